"""Bound methods, and the texts of natives.

    method:  function | self            `a.f` where f is a function of a's class

CPython counterpart: Objects/classobject.c (PyMethod), Objects/methodobject.c, the reprs of Objects/descrobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    METHOD_FUNCTION,
    METHOD_SELF,
    NATIVE_FAMILY,
    NATIVE_NAME,
    NATIVE_NUMBER,
    NATIVE_OWNER,
    NATIVE_SELF,
    OB_TYPE,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    NONE,
    T_BUILTIN,
    T_GETSET,
    T_MEMBER,
    T_METHOD,
    T_METHOD_WRAPPER,
    T_TYPE_ERROR,
    T_WRAPPER,
)
from minipy.memory.words import Heap
from minipy.objects.identifiers import ID_DOC, ID_NAME, ID_QUALNAME
from minipy.objects.longobject import new_bool, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.natives import FAMILY_NEW, FAMILY_SLOT
from minipy.objects.operators import CMP_EQ, CMP_NE
from minipy.objects.reprs import address_text
from minipy.objects.tupleobject import host_repr
from minipy.objects.typeobject import is_type, name_of_type, name_of_type_of, type_of
from minipy.objects.unicodeobject import host_str, is_str, new_str

METHOD_GET_FUNC: Final = 0
METHOD_GET_SELF: Final = 1
NATIVE_GET_NAME: Final = 2
NATIVE_GET_QUALNAME: Final = 3
NATIVE_GET_SELF: Final = 4
NATIVE_GET_MODULE: Final = 5
NATIVE_GET_OBJCLASS: Final = 6
NATIVE_GET_DOC: Final = 7
METHOD_GET_DOC: Final = 8

METHOD_GETSETS: Final = ((METHOD_GET_FUNC, "__func__"), (METHOD_GET_SELF, "__self__"), (METHOD_GET_DOC, "__doc__"))
BUILTIN_GETSETS: Final = (
    (NATIVE_GET_NAME, "__name__"),
    (NATIVE_GET_QUALNAME, "__qualname__"),
    (NATIVE_GET_SELF, "__self__"),
    (NATIVE_GET_MODULE, "__module__"),
    (NATIVE_GET_DOC, "__doc__"),
)
METHOD_WRAPPER_GETSETS: Final = (
    (NATIVE_GET_NAME, "__name__"),
    (NATIVE_GET_QUALNAME, "__qualname__"),
    (NATIVE_GET_SELF, "__self__"),
    (NATIVE_GET_OBJCLASS, "__objclass__"),
    (NATIVE_GET_DOC, "__doc__"),
)
DESCRIPTOR_GETSETS: Final = (
    (NATIVE_GET_NAME, "__name__"),
    (NATIVE_GET_QUALNAME, "__qualname__"),
    (NATIVE_GET_OBJCLASS, "__objclass__"),
    (NATIVE_GET_DOC, "__doc__"),
)
NEW_METHOD: Final = (2, 2, "")


def new_bound_method(heap: Heap, function: i64, o: i64) -> i64:
    """The method `function` of the object o; both borrowed."""
    b: i64 = gc_alloc(heap, T_METHOD)
    w = heap.words
    incref(w, function)
    incref(w, o)
    w[b + METHOD_FUNCTION] = function
    w[b + METHOD_SELF] = o
    return b


def new_method(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """types.MethodType(function, object)."""
    w = m.words
    if w[at + 1] == NONE:
        raise m.error(T_TYPE_ERROR, "self must not be None")
    return new_bound_method(m, w[at], w[at + 1])


def get(m: Machine, number: i64, o: i64) -> i64:
    """An attribute of a method or native."""
    w = m.words
    value: i64 = NONE
    if number == METHOD_GET_FUNC:
        value = w[o + METHOD_FUNCTION]
    elif number == METHOD_GET_SELF:
        value = w[o + METHOD_SELF]
    elif number == METHOD_GET_DOC:
        return m.get_attribute(w[o + METHOD_FUNCTION], ID_DOC)
    elif number == NATIVE_GET_DOC:
        text = native_doc(m, o)
        if text != "":
            return new_str(m, text)
    elif number == NATIVE_GET_NAME:
        value = w[o + NATIVE_NAME]
    elif number == NATIVE_GET_QUALNAME:
        return new_str(m, native_qualname(m, o))
    elif number == NATIVE_GET_SELF and w[o + NATIVE_SELF] != 0:
        value = w[o + NATIVE_SELF]
    elif number == NATIVE_GET_OBJCLASS and w[o + NATIVE_OWNER] != 0:
        value = w[o + NATIVE_OWNER]
    elif number == NATIVE_GET_MODULE and w[o + NATIVE_OWNER] != 0 and is_str(w, w[o + NATIVE_OWNER]):
        value = w[o + NATIVE_OWNER]
    incref(w, value)
    return value


def native_doc(m: Machine, o: i64) -> str:
    """The sentence about a built-in function, method or special method; "" if there is none."""
    from minipy.objects.nativedocs import sentence

    owner: i64 = m.words[o + NATIVE_OWNER]
    of_type: bool = owner != 0 and is_type(m.words, owner)
    return sentence(name_of_type(m, owner) if of_type else "", host_str(m, m.words[o + NATIVE_NAME]))


def native_qualname(m: Machine, o: i64) -> str:
    """`append` of a module's function, `list.append` of a method."""
    w = m.words
    name = host_str(m, w[o + NATIVE_NAME])
    owner: i64 = w[o + NATIVE_OWNER]
    if w[o + OB_TYPE] == T_BUILTIN and w[o + NATIVE_SELF] != 0:
        owner = w[o + NATIVE_SELF] if is_type(w, w[o + NATIVE_SELF]) else type_of(w, w[o + NATIVE_SELF])
    if owner != 0 and is_type(w, owner):
        return name_of_type(m, owner) + "." + name
    return name


# ---------------------------------------------------------------- texts
def native_repr(m: Machine, o: i64) -> i64:
    """The repr of a built-in function, a method descriptor, a wrapper, a getset or a member."""
    w = m.words
    name = host_str(m, w[o + NATIVE_NAME])
    t: i64 = w[o + OB_TYPE]
    if t == T_BUILTIN or t == T_METHOD_WRAPPER:
        return new_str(m, builtin_repr(m, o, name))
    owner = name_of_type(m, w[o + NATIVE_OWNER]) if w[o + NATIVE_OWNER] != 0 else "type"
    kind = "method"
    if t == T_WRAPPER:
        kind = "slot wrapper"
    elif t == T_GETSET:
        kind = "attribute"
    elif t == T_MEMBER:
        kind = "member"
    return new_str(m, "<" + kind + " '" + name + "' of '" + owner + "' objects>")


def builtin_repr(m: Machine, o: i64, name: str) -> str:
    """<built-in function len>, <built-in method append of list object at 0x...>, <method-wrapper ...>."""
    w = m.words
    bound: i64 = w[o + NATIVE_SELF]
    if w[o + NATIVE_FAMILY] == FAMILY_NEW:
        bound = w[o + NATIVE_OWNER]
    if bound == 0:
        return "<built-in function " + name + ">"
    of = " of " + name_of_type_of(m, bound) + " object at " + address_text(bound) + ">"
    if w[o + NATIVE_FAMILY] == FAMILY_SLOT:
        return "<method-wrapper '" + name + "'" + of
    return "<built-in method " + name + of


def method_repr(m: Machine, o: i64) -> i64:
    """<bound method A.f of ...>"""
    name: i64 = m.find_attribute(m.words[o + METHOD_FUNCTION], ID_QUALNAME)
    if name == 0:
        name = m.find_attribute(m.words[o + METHOD_FUNCTION], ID_NAME)
    text = "?"
    if name != 0:
        if is_str(m.words, name):
            text = host_str(m, name)
        decref(m, m.words, name)
    return new_str(m, "<bound method " + text + " of " + host_repr(m, m.words[o + METHOD_SELF]) + ">")


# ---------------------------------------------------------------- comparison
def method_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """Methods are equal if they bind equal functions to the same object."""
    w = m.words
    if (op != CMP_EQ and op != CMP_NE) or w[b + OB_TYPE] != T_METHOD:
        return not_implemented(w)
    same: bool = w[a + METHOD_SELF] == w[b + METHOD_SELF] and m.equal(w[a + METHOD_FUNCTION], w[b + METHOD_FUNCTION])
    return new_bool(m.words, same == (op == CMP_EQ))


def method_hash(m: Machine, o: i64) -> i64:
    """The hash of the function and of the object's identity."""
    w = m.words
    h: i64 = m.hash(w[o + METHOD_FUNCTION]) ^ w[o + METHOD_SELF]
    return -2 if h == -1 else h


def builtin_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """Bound natives are equal if they bind the same native to the same object."""
    w = m.words
    if (op != CMP_EQ and op != CMP_NE) or w[b + OB_TYPE] != w[a + OB_TYPE]:
        return not_implemented(w)
    same: bool = (
        w[a + NATIVE_SELF] == w[b + NATIVE_SELF]
        and w[a + NATIVE_FAMILY] == w[b + NATIVE_FAMILY]
        and w[a + NATIVE_NUMBER] == w[b + NATIVE_NUMBER]
    )
    return new_bool(w, same == (op == CMP_EQ))


def builtin_hash(m: Machine, o: i64) -> i64:
    """The hash of what builtin_compare compares."""
    w = m.words
    h: i64 = w[o + NATIVE_SELF] ^ (w[o + NATIVE_FAMILY] << 40) ^ (w[o + NATIVE_NUMBER] << 20)
    return -2 if h == -1 else h
