"""Proxies of weakref.proxy: whatever is done to one is done to the object it stands for, as long as that lives.

Each special method is a native whose number is the address of its name, as for wrappers (objects/slots.py): it takes
the objects the proxies among its arguments stand for and asks the machine. The types get them when the module
weakref is made.

CPython counterpart: WRAP_UNARY, WRAP_BINARY and the slots of _PyWeakref_ProxyType in Objects/weakrefobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    NATIVE_NAME,
    NATIVE_NUMBER,
    TP_DICT,
    TP_FLAGS,
    TPFLAGS_EQ,
    TPFLAGS_GETATTRIBUTE,
    TPFLAGS_HASH,
    TPFLAGS_SETATTR,
    TPFLAGS_SPECIAL,
)
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    IDENTIFIER_STRIDE,
    NONE,
    T_CALLABLE_PROXY,
    T_FLOAT,
    T_INT,
    T_METHOD_DESCRIPTOR,
    T_REFERENCE_ERROR,
    T_STOP_ITERATION,
    T_TYPE_ERROR,
    T_WEAKPROXY,
)
from minipy.memory.weaklist import is_proxy, referent
from minipy.objects.abstract_number import absolute_value, unary
from minipy.objects.abstract_sequence import del_item, is_iterator
from minipy.objects.arguments import argument_index
from minipy.objects.attributes import call_method
from minipy.objects.attributes_set import change_attr
from minipy.objects.dictobject import dict_set_str
from minipy.objects.identifiers import (
    ID_ABS,
    ID_ADD,
    ID_BOOL,
    ID_CALL,
    ID_CONTAINS,
    ID_DELATTR,
    ID_DELITEM,
    ID_DIVMOD,
    ID_FLOAT,
    ID_GE,
    ID_GETATTRIBUTE,
    ID_GETITEM,
    ID_HASH,
    ID_IADD,
    ID_INDEX,
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
    ID_SETATTR,
    ID_SETITEM,
    ID_STR,
)
from minipy.objects.interned import intern_in_place
from minipy.objects.longobject import new_bool, new_int, none
from minipy.objects.machine import Machine
from minipy.objects.natives import FAMILY_WEAKPROXY, new_native, put, set_owner, set_parameters
from minipy.objects.operators import NB_INPLACE, UNARY_INVERT, UNARY_NEGATIVE, UNARY_POSITIVE
from minipy.objects.reprs import address_text
from minipy.objects.slottable import ORDER
from minipy.objects.tupleobject import tuple_from
from minipy.objects.unicodeobject import is_str, new_str
from minipy.objects.weakrefobject import set_module

NAMES: Final = (
    "__add__ __and__ __floordiv__ __lshift__ __matmul__ __mul__ __mod__ __or__ __pow__ __rshift__ __sub__ __truediv__ "
    "__xor__ __divmod__ __radd__ __rand__ __rfloordiv__ __rlshift__ __rmatmul__ __rmul__ __rmod__ __ror__ __rpow__ "
    "__rrshift__ __rsub__ __rtruediv__ __rxor__ __rdivmod__ __iadd__ __iand__ __ifloordiv__ __ilshift__ __imatmul__ "
    "__imul__ __imod__ __ior__ __ipow__ __irshift__ __isub__ __itruediv__ __ixor__ __neg__ __pos__ __abs__ __invert__ "
    "__bool__ __int__ __float__ __index__ __bytes__ __reversed__ __len__ __getitem__ __setitem__ __delitem__ "
    "__contains__ __iter__ __next__ __getattribute__ __setattr__ __delattr__ __repr__ __str__ "
)
NONE_TAKEN: Final = frozenset(
    "__neg__ __pos__ __abs__ __invert__ __bool__ __int__ __float__ __index__ __bytes__ __reversed__ __len__ __iter__ "
    "__next__ __repr__ __str__".split()
)
FLAGS: Final = TPFLAGS_SPECIAL | TPFLAGS_EQ | TPFLAGS_HASH | TPFLAGS_GETATTRIBUTE | TPFLAGS_SETATTR


def make_classes(m: Machine) -> None:
    """Give both static types their special methods; proxies cannot be hashed, and only one type can be called."""
    for t in (T_WEAKPROXY, T_CALLABLE_PROXY):
        for name in (ORDER + NAMES).split():
            add_method(m, t, name)
        dict_set_str(m, m.words[t + TP_DICT], ID_HASH, NONE)
        set_module(m, t)
        m.words[t + TP_FLAGS] |= FLAGS
    add_method(m, T_CALLABLE_PROXY, "__call__")


def add_method(m: Machine, t: i64, name: str) -> None:
    """One special method, numbered by its name."""
    fewest = 0 if name in NONE_TAKEN else 2 if name.startswith("__set") else 1
    most = fewest
    if name == "__call__":
        fewest, most = 0, -1
    o: i64 = new_native(m, T_METHOD_DESCRIPTOR, FAMILY_WEAKPROXY, 0, name, fewest, most)
    w = m.words
    w[o + NATIVE_NUMBER] = w[o + NATIVE_NAME]
    set_owner(m, o, t)
    set_parameters(m, o, "**" if most == -1 else "")
    put(m, m.words[t + TP_DICT], o, o)


# ---------------------------------------------------------------- calls
def unwrap(m: Machine, o: i64) -> i64:
    """The object that o stands for if o is a proxy, else o; owned. ReferenceError if it is dead."""
    if is_proxy(m.words, o):
        o = referent(m.words, o)
        if o == 0:
            raise m.error(T_REFERENCE_ERROR, "weakly-referenced object no longer exists")
    incref(m.words, o)
    return o


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """A special method of a proxy: its number is its name. What the arguments stand for is held meanwhile."""
    if number == ID_REPR:
        return proxy_repr(m, m.words[at])
    o: i64 = unwrap(m, m.words[at])
    other: i64 = 0
    try:
        if n > 1 and number != ID_CALL:
            other = unwrap(m, m.words[at + 1])
        if number >= ID_LT and number <= ID_GE:
            return m.compare((number - ID_LT) // IDENTIFIER_STRIDE, o, other)
        if number >= ID_ADD and number <= ID_IXOR:
            return operator(m, number, o, other)
        if number == ID_CALL:
            return call_referent(m, o, at, n)
        if number == ID_GETATTRIBUTE or number == ID_SETATTR or number == ID_DELATTR:
            return attribute(m, number, o, m.words[at + 1], m.words[at + 2] if n > 2 else 0)
        return collection(m, number, o, other, m.words[at + 2] if n > 2 else 0)
    finally:
        if other != 0:
            decref(m, m.words, other)
        decref(m, m.words, o)


def operator(m: Machine, number: i64, o: i64, other: i64) -> i64:
    """Binary operators, reflected and in place, with the objects themselves."""
    if number <= ID_DIVMOD:
        return m.binary((number - ID_ADD) // IDENTIFIER_STRIDE, o, other)
    if number <= ID_RDIVMOD:
        return m.binary((number - ID_RADD) // IDENTIFIER_STRIDE, other, o)
    return m.binary((number - ID_IADD) // IDENTIFIER_STRIDE + NB_INPLACE, o, other)


def call_referent(m: Machine, o: i64, at: i64, n: i64) -> i64:
    """proxy(*args, **keywords); the last word is the dict of keywords, or 0."""
    args: i64 = tuple_from(m, at + 1, n - 2)
    try:
        return m.call_object(o, args, m.words[at + n - 1])
    finally:
        decref(m, m.words, args)


def attribute(m: Machine, number: i64, o: i64, name: i64, value: i64) -> i64:
    """Read, set or delete (value 0) an attribute."""
    w = m.words
    if not is_str(w, name):
        raise m.error(T_TYPE_ERROR, "attribute name must be string, not '" + m.type_name(name) + "'")
    incref(w, name)
    name = intern_in_place(m, name)
    try:
        if number == ID_GETATTRIBUTE:
            return m.get_attribute(o, name)
        change_attr(m, o, name, value)
    finally:
        decref(m, m.words, name)
    return none(m.words)


def collection(m: Machine, number: i64, o: i64, key: i64, value: i64) -> i64:
    """Subscripts, membership, length, iteration, truth, text; what is left is the object's own special method."""
    if number == ID_GETITEM:
        return m.get_item(o, key)
    if number == ID_SETITEM:
        m.set_item(o, key, value)
        return none(m.words)
    if number == ID_DELITEM:
        del_item(m, o, key)
        return none(m.words)
    if number == ID_CONTAINS:
        return new_bool(m.words, m.contains(o, key))
    if number == ID_LEN:
        return new_int(m, m.length(o))
    if number == ID_ITER:
        return m.iter(o)
    if number == ID_NEXT:
        return next_value(m, o)
    if number == ID_BOOL:
        return new_bool(m.words, m.is_true(o))
    if number == ID_STR:
        return m.str(o)
    return number_method(m, number, o)


def number_method(m: Machine, number: i64, o: i64) -> i64:
    """Operators with one operand, conversions; what is left is a method that the object has itself or not."""
    if number == ID_NEG:
        return unary(m, UNARY_NEGATIVE, o)
    if number == ID_POS:
        return unary(m, UNARY_POSITIVE, o)
    if number == ID_INVERT:
        return unary(m, UNARY_INVERT, o)
    if number == ID_ABS:
        return absolute_value(m, o)
    if number == ID_INT:
        return m.call1(T_INT, o)
    if number == ID_FLOAT:
        return m.call1(T_FLOAT, o)
    if number == ID_INDEX:
        return argument_index(m, o)
    return call_method(m, o, number, 0, 0)


def next_value(m: Machine, o: i64) -> i64:
    """next(proxy)."""
    if not is_iterator(m, o):
        text = "Weakref proxy referenced a non-iterator '" + m.type_name(o) + "' object"
        raise m.error(T_TYPE_ERROR, text)
    value: i64 = m.next(o)
    if value == 0:
        raise m.error_object(T_STOP_ITERATION, 0)
    return value


def proxy_repr(m: Machine, p: i64) -> i64:
    """<weakproxy at 0x... to C at 0x...>; a dead one stands for None."""
    o: i64 = referent(m.words, p)
    if o == 0:
        o = NONE
    text = "<weakproxy at " + address_text(p) + " to " + m.type_name(o) + " at " + address_text(o) + ">"
    return new_str(m, text)
