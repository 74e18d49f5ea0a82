"""What the special methods of built-in types do when a program calls them: `list.__len__(x)`, `super().__init__()`.

A wrapper's number is owner << OWNER_SHIFT | name: the static type in whose dict it stands (slottable.py) and the
address of its name. The call goes to the owner's own behaviour, past overrides in the object's class.

CPython counterpart: the wrap_* functions of Objects/typeobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, W_RESULT
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    IDENTIFIER_STRIDE,
    NONE,
    T_GENERATOR,
    T_OBJECT,
    T_STOP_ITERATION,
    T_TYPE_ERROR,
)
from minipy.objects.abstract_compare import object_compare
from minipy.objects.arguments import argument_index
from minipy.objects.attribute_errors import no_attribute
from minipy.objects.attributes import native_bind, native_read
from minipy.objects.attributes_set import native_change, native_set
from minipy.objects.exceptions import set_error_object
from minipy.objects.identifiers import (
    ID_ABS,
    ID_ADD,
    ID_BOOL,
    ID_CALL,
    ID_CONTAINS,
    ID_DELATTR,
    ID_DELETE,
    ID_DELITEM,
    ID_FLOAT,
    ID_GE,
    ID_GET,
    ID_GETATTRIBUTE,
    ID_GETITEM,
    ID_HASH,
    ID_IADD,
    ID_INDEX,
    ID_INIT,
    ID_INT,
    ID_INVERT,
    ID_ITER,
    ID_IXOR,
    ID_LEN,
    ID_LT,
    ID_NEG,
    ID_NEXT,
    ID_POS,
    ID_RADD,
    ID_RDIVMOD,
    ID_REPR,
    ID_SET,
    ID_SETATTR,
    ID_SETITEM,
    ID_STR,
)
from minipy.objects.interned import intern_in_place
from minipy.objects.longobject import new_bool, new_int, none, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.native_compare import identity_hash, native_compare, native_hash, native_true
from minipy.objects.native_number import (
    is_operand_of,
    is_sequence_type,
    native_binary,
    native_concat,
    native_inplace,
    native_power,
    native_repeat,
    native_unary,
    solid_of,
)
from minipy.objects.native_sequence import (
    native_contains,
    native_del_item,
    native_get_item,
    native_iter,
    native_length,
    native_next,
    native_set_item,
)
from minipy.objects.native_text import has_own_str, native_repr, native_str
from minipy.objects.numbers import absolute, exact_float, exact_int
from minipy.objects.operators import (
    NB_ADD,
    NB_MULTIPLY,
    NB_POWER,
    UNARY_INVERT,
    UNARY_NEGATIVE,
    UNARY_POSITIVE,
)
from minipy.objects.reprs import default_repr
from minipy.objects.slotcalls import call_slot_of, init_slot
from minipy.objects.typeobject import is_instance_of, name_of_type, name_of_type_of
from minipy.objects.unicodeobject import host_str, is_str, new_str

OWNER_SHIFT: Final = 16
NAME_MASK: Final = (1 << OWNER_SHIFT) - 1


def slot_arity(name: str) -> tuple[int, int]:
    """The fewest and most arguments of a special method, self not counted; -1: any number, and keywords."""
    if name in ("__init__", "__call__"):
        return 0, -1
    if name in ("__setitem__", "__set__", "__setattr__"):
        return 2, 2
    if name in ("__pow__", "__rpow__", "__get__"):
        return 1, 2
    if name in ("__len__", "__repr__", "__str__", "__hash__", "__bool__", "__iter__", "__next__", "__int__"):
        return 0, 0
    if name in ("__float__", "__index__", "__neg__", "__pos__", "__abs__", "__invert__"):
        return 0, 0
    return 1, 1


def slot_number(owner: i64, name: i64) -> i64:
    """The number of the wrapper of the special method `name` in the dict of the static type `owner`."""
    return (owner << OWNER_SHIFT) | name


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """Run a wrapper: self and its arguments lie at `at`."""
    w = m.words
    owner: i64 = number >> OWNER_SHIFT
    name: i64 = number & NAME_MASK
    o: i64 = w[at]
    check_instance(m, o, owner, name)
    if name == ID_INIT:
        init_slot(m, owner, o, at, n)
        return none(m.words)
    if name >= ID_LT and name <= ID_GE:
        return compare_slot(m, owner, (name - ID_LT) // IDENTIFIER_STRIDE, o, w[at + 1])
    if name >= ID_ADD and name <= ID_IXOR:
        return number_slot(m, owner, name, at, n)
    return object_slot(m, owner, name, at, n)


def check_instance(m: Machine, o: i64, owner: i64, name: i64) -> None:
    """TypeError unless o is an instance of the type whose special method `name` is called."""
    if not is_instance_of(m.words, o, owner):
        text = "descriptor '" + host_str(m, name) + "' requires a '" + name_of_type(m, owner)
        raise m.error(T_TYPE_ERROR, text + "' object but received a '" + name_of_type_of(m, o) + "'")


def compare_slot(m: Machine, owner: i64, op: i64, a: i64, b: i64) -> i64:
    """__lt__ ... __ge__."""
    if owner == T_OBJECT:
        return object_compare(m, op, a, b)
    return native_compare(m, op, owner, a, b)


# ---------------------------------------------------------------- numbers
def number_slot(m: Machine, owner: i64, name: i64, at: i64, n: i64) -> i64:
    """__add__ ... __divmod__, reflected and in place."""
    w = m.words
    a: i64 = w[at]
    b: i64 = w[at + 1]
    op: i64
    if name >= ID_IADD:
        op = (name - ID_IADD) // IDENTIFIER_STRIDE
        if op == NB_MULTIPLY and is_sequence_type(owner):
            return repeat_slot(m, owner, a, b, True)
        return native_inplace(m, op, owner, a, b)
    op = (name - ID_ADD) // IDENTIFIER_STRIDE
    if not is_operand_of(owner, solid_of(w, b)):
        return not_implemented(w)
    if name >= ID_RADD and name <= ID_RDIVMOD:
        op = (name - ID_RADD) // IDENTIFIER_STRIDE
        if not is_sequence_type(owner) or op != NB_MULTIPLY:
            return native_binary(m, op, b, a)
    if is_sequence_type(owner):
        if op == NB_ADD:
            return native_concat(m, owner, a, b)
        if op == NB_MULTIPLY:
            return repeat_slot(m, owner, a, b, False)
    if op == NB_POWER and n > 2 and w[at + 2] != NONE:
        return native_power(m, a, b, w[at + 2])
    return native_binary(m, op, a, b)


def repeat_slot(m: Machine, owner: i64, a: i64, b: i64, in_place: bool) -> i64:
    """__mul__ and __imul__ of a sequence a."""
    count: i64 = argument_index(m, b)
    try:
        if in_place:
            return native_inplace(m, NB_MULTIPLY, owner, a, count)
        return native_repeat(m, owner, a, count)
    finally:
        decref(m, m.words, count)


def unary_slot(m: Machine, owner: i64, name: i64, o: i64) -> i64:
    """__neg__, __pos__, __invert__, __abs__, __int__, __index__, __float__; 0: none of them."""
    if name == ID_NEG:
        return native_unary(m, UNARY_NEGATIVE, owner, o)
    if name == ID_POS:
        return native_unary(m, UNARY_POSITIVE, owner, o)
    if name == ID_INVERT:
        return native_unary(m, UNARY_INVERT, owner, o)
    if name == ID_ABS:
        return absolute(m, owner, o)
    if name == ID_INT or name == ID_INDEX:
        return exact_int(m, o)
    if name == ID_FLOAT:
        return exact_float(m, o)
    return 0


# ---------------------------------------------------------------- the rest
def object_slot(m: Machine, owner: i64, name: i64, at: i64, n: i64) -> i64:
    """Text, hash, truth, attributes; then collections, numbers, descriptors."""
    w = m.words
    o: i64 = w[at]
    if name == ID_REPR:
        if owner == T_OBJECT:
            return new_str(m, default_repr(m, o))
        return native_repr(m, owner, o)
    if name == ID_STR:
        if has_own_str(owner):
            return native_str(m, owner, o)
        return m.repr(o)
    if name == ID_HASH:
        return new_int(m, identity_hash(o) if owner == T_OBJECT else native_hash(m, owner, o))
    if name == ID_BOOL:
        return new_bool(w, native_true(m, owner, o))
    if name == ID_GETATTRIBUTE or name == ID_SETATTR or name == ID_DELATTR:
        return attribute_slot(m, name, at, n)
    if name == ID_CALL:
        return call_slot_of(m, owner, at, n)
    r: i64 = unary_slot(m, owner, name, o)
    if r != 0:
        return r
    return collection_slot(m, owner, name, at, n)


def attribute_slot(m: Machine, name: i64, at: i64, n: i64) -> i64:
    """__getattribute__, __setattr__, __delattr__."""
    w = m.words
    o: i64 = w[at]
    if not is_str(w, w[at + 1]):
        raise m.error(T_TYPE_ERROR, "attribute name must be string, not '" + name_of_type_of(m, w[at + 1]) + "'")
    incref(w, w[at + 1])
    attribute: i64 = intern_in_place(m, w[at + 1])
    try:
        if name != ID_GETATTRIBUTE:
            native_change(m, o, attribute, m.words[at + 2] if name == ID_SETATTR else 0)
            return none(m.words)
        value: i64 = native_read(m, o, attribute)
        if value == 0:
            raise no_attribute(m, o, attribute)
        return value
    finally:
        decref(m, m.words, attribute)


def collection_slot(m: Machine, owner: i64, name: i64, at: i64, n: i64) -> i64:
    """__len__, __getitem__, __setitem__, __delitem__, __contains__, __iter__, __next__; then descriptors."""
    w = m.words
    o: i64 = w[at]
    if name == ID_LEN:
        return new_int(m, native_length(m, owner, o))
    if name == ID_GETITEM:
        return native_get_item(m, owner, o, w[at + 1])
    if name == ID_SETITEM:
        native_set_item(m, owner, o, w[at + 1], w[at + 2])
        return none(m.words)
    if name == ID_DELITEM:
        native_del_item(m, owner, o, w[at + 1])
        return none(m.words)
    if name == ID_CONTAINS:
        found: bool = native_contains(m, owner, o, w[at + 1])
        return new_bool(m.words, found)
    if name == ID_ITER:
        return native_iter(m, owner, o)
    if name == ID_NEXT:
        return next_slot(m, owner, o)
    return descriptor_slot(m, owner, name, at, n)


def next_slot(m: Machine, owner: i64, o: i64) -> i64:
    """__next__: the next value, or StopIteration with what a generator returned."""
    value: i64 = m.next(o) if owner == T_GENERATOR else native_next(m, o)
    if value != 0:
        return value
    w = m.words
    returned: i64 = w[W_RESULT]
    w[W_RESULT] = 0
    raised = set_error_object(m, T_STOP_ITERATION, returned)
    if returned != 0:
        decref(m, m.words, returned)
    raise raised


def descriptor_slot(m: Machine, owner: i64, name: i64, at: i64, n: i64) -> i64:
    """__get__, __set__, __delete__."""
    w = m.words
    d: i64 = w[at]
    if name == ID_GET:
        o: i64 = w[at + 1]
        t: i64 = w[at + 2] if n > 2 else NONE
        if o == NONE and t == NONE:
            raise m.error(T_TYPE_ERROR, "__get__(None, None) is invalid")
        return native_bind(m, owner, d, 0 if o == NONE else o, w[o + OB_TYPE] if t == NONE else t)
    if name == ID_SET:
        native_set(m, owner, d, w[at + 1], w[at + 2])
    elif name == ID_DELETE:
        native_set(m, owner, d, w[at + 1], 0)
    return none(m.words)
