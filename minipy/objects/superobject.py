"""super(type, object): the attributes that follow `type` in the resolution order of the object's class.

    super:  type | object | class whose order is searched

The compiler gives both arguments also where the program writes none (`__class__` and the first parameter).

CPython counterpart: the end of Objects/typeobject.c (super_getattro, supercheck).
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    OB_SIZE,
    OB_TYPE,
    SUPER_OBJECT,
    SUPER_OBJECT_TYPE,
    SUPER_TYPE,
    TP_DICT,
    TP_MRO,
    TUPLE_ITEMS,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import NONE, T_RUNTIME_ERROR, T_SUPER, T_TYPE_ERROR
from minipy.memory.words import vec
from minipy.objects.dictobject import dict_find_str
from minipy.objects.dicttable import ENTRY_VALUE
from minipy.objects.identifiers import ID_CLASS
from minipy.objects.machine import Machine
from minipy.objects.typeobject import is_subtype, is_type, name_of_type, name_of_type_of, type_of
from minipy.objects.unicodeobject import new_str

GET_THISCLASS: Final = 0
GET_SELF: Final = 1
GET_SELF_CLASS: Final = 2

GETSETS: Final = ((GET_THISCLASS, "__thisclass__"), (GET_SELF, "__self__"), (GET_SELF_CLASS, "__self_class__"))
NEW: Final = (0, 2, "")


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """super(type, object), or super(type), which is not bound."""
    w = m.words
    if n == 0:
        raise m.error(T_RUNTIME_ERROR, "super(): no arguments")
    start: i64 = w[at]
    if not is_type(w, start):
        raise m.error(T_TYPE_ERROR, "super() argument 1 must be a type, not " + m.type_name(start))
    bound: i64 = w[at + 1] if n > 1 else NONE
    owner: i64 = 0
    if bound != NONE:
        owner = search_class(m, start, bound)
    return make_super(m, t, start, bound, owner)


def make_super(m: Machine, t: i64, start: i64, bound: i64, owner: i64) -> i64:
    """A super object; all references borrowed, `bound` None and `owner` 0 if it is not bound."""
    s: i64 = gc_alloc(m, t)
    w = m.words
    incref(w, start)
    w[s + SUPER_TYPE] = start
    if owner != 0:
        incref(w, bound)
        w[s + SUPER_OBJECT] = bound
        incref(w, owner)
        w[s + SUPER_OBJECT_TYPE] = owner
    return s


def search_class(m: Machine, start: i64, bound: i64) -> i64:
    """The class whose order super(start, bound) searches, borrowed: bound, its type, or what its `__class__` says."""
    w = m.words
    if is_type(w, bound) and is_subtype(w, bound, start):
        return bound
    t: i64 = type_of(w, bound)
    if is_subtype(w, t, start):
        return t
    claimed: i64 = m.find_attribute(bound, ID_CLASS)
    if claimed != 0:
        w = m.words
        decref(m, w, claimed)
        if claimed != t and is_type(w, claimed) and is_subtype(w, claimed, start):
            return claimed
    raise m.error(T_TYPE_ERROR, "super(type, obj): obj must be an instance or subtype of type")


def super_bound(m: Machine, s: i64, o: i64) -> i64:
    """The super object s, which is not bound, as an attribute of a class asked through the instance o: bound to o."""
    w = m.words
    t: i64 = w[s + OB_TYPE]
    if t == T_SUPER:
        return make_super(m, t, w[s + SUPER_TYPE], o, search_class(m, w[s + SUPER_TYPE], o))
    return m.call2(t, w[s + SUPER_TYPE], o)


def super_lookup(w: vec[i64], s: i64, name: i64) -> i64:
    """What follows the type in the order and has `name`, borrowed, or 0."""
    owner: i64 = w[s + SUPER_OBJECT_TYPE]
    if owner == 0:
        return 0
    mro: i64 = w[owner + TP_MRO]
    end: i64 = mro + TUPLE_ITEMS + w[mro + OB_SIZE]
    i: i64 = mro + TUPLE_ITEMS
    while i < end and w[i] != w[s + SUPER_TYPE]:
        i += 1
    i += 1
    while i < end:
        entry: i64 = dict_find_str(w, w[w[i] + TP_DICT], name)
        if entry != 0:
            return w[entry + ENTRY_VALUE]
        i += 1
    return 0


def get(m: Machine, number: i64, o: i64) -> i64:
    """__thisclass__, __self__, __self_class__."""
    w = m.words
    value: i64 = w[o + SUPER_TYPE + number]
    if value == 0:
        value = NONE
    incref(w, value)
    return value


def super_repr(m: Machine, o: i64) -> i64:
    """<super: <class 'A'>, <B object>>"""
    w = m.words
    text = "<super: <class '" + name_of_type(m, w[o + SUPER_TYPE]) + "'>, "
    bound: i64 = w[o + SUPER_OBJECT]
    if bound == 0:
        return new_str(m, text + "NULL>")
    return new_str(m, text + "<" + name_of_type_of(m, bound) + " object>>")
