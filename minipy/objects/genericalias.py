"""Types with parameters, and unions of types: `list[int]`, `int | None`. They are for annotations and isinstance.

    alias (T_GENERIC_ALIAS):  origin | tuple of the parameters
    union (T_UNION):          0      | tuple of the members

CPython counterpart: Objects/genericaliasobject.c and Objects/unionobject.c; here one file serves both.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import METHOD_FUNCTION, METHOD_SELF, OB_SIZE, OB_TYPE, TUPLE_ITEMS
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    ELLIPSIS,
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    T_FROZENSET,
    T_GENERIC_ALIAS,
    T_NONE,
    T_TYPE_ERROR,
    T_UNION,
)
from minipy.memory.words import Raised, vec
from minipy.objects.longobject import new_bool
from minipy.objects.machine import Machine
from minipy.objects.operators import CMP_EQ, CMP_NE
from minipy.objects.reprs import full_type_name
from minipy.objects.set_algebra import set_from
from minipy.objects.tupleobject import host_repr, is_tuple, new_tuple, tuple_of1
from minipy.objects.typeobject import is_type
from minipy.objects.unicodeobject import new_str

ALIAS_CLASS_GETITEM: Final = 0
ALIAS_GET_ORIGIN: Final = 1
ALIAS_GET_ARGS: Final = 2
ALIAS_MRO_ENTRIES: Final = 3
ALIAS_ORIGIN: Final = METHOD_FUNCTION
ALIAS_ARGS: Final = METHOD_SELF

CLASS_METHODS: Final = ((ALIAS_CLASS_GETITEM, "__class_getitem__", 1, 1, ""),)
METHODS: Final = ((ALIAS_MRO_ENTRIES, "__mro_entries__", 1, 1, ""),)
GETSETS: Final = ((ALIAS_GET_ORIGIN, "__origin__"), (ALIAS_GET_ARGS, "__args__"))
UNION_GETSETS: Final = ((ALIAS_GET_ARGS, "__args__"),)
NEW: Final = (2, 2, "")


def new_alias(m: Machine, origin: i64, args: i64) -> i64:
    """origin[args]; both borrowed, args a tuple or one parameter."""
    o: i64 = gc_alloc(m, T_UNION if origin == 0 else T_GENERIC_ALIAS)
    if is_tuple(m.words, args):
        incref(m.words, args)
    else:
        try:
            args = tuple_of1(m, args)
        except Raised:
            decref(m, m.words, o)
            raise
    w = m.words
    if origin != 0:
        incref(w, origin)
    w[o + ALIAS_ORIGIN] = origin
    w[o + ALIAS_ARGS] = args
    return o


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """types.GenericAlias(origin, parameters)."""
    w = m.words
    return new_alias(m, w[at], w[at + 1])


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """list.__class_getitem__(parameters), list[int].__mro_entries__(bases)."""
    w = m.words
    if number == ALIAS_MRO_ENTRIES:
        return mro_entries(m, w[at])
    return new_alias(m, w[at], w[at + 1])


def mro_entries(m: Machine, o: i64) -> i64:
    """What a class with the base list[int] has instead: (list,)."""
    if is_union(m.words, o):
        raise m.error(T_TYPE_ERROR, "cannot create 'types.UnionType' instances")
    return tuple_of1(m, m.words[o + ALIAS_ORIGIN])


def get(m: Machine, number: i64, o: i64) -> i64:
    """__origin__ and __args__."""
    w = m.words
    value: i64 = w[o + (ALIAS_ORIGIN if number == ALIAS_GET_ORIGIN else ALIAS_ARGS)]
    if value == 0:
        value = NONE
    incref(w, value)
    return value


def call_alias(m: Machine, o: i64, args: i64, keywords: i64) -> i64:
    """list[int](...) is list(...); a union cannot be called."""
    if is_union(m.words, o):
        raise m.error(T_TYPE_ERROR, "'types.UnionType' object is not callable")
    return m.call_object(m.words[o + ALIAS_ORIGIN], args, keywords)


# ---------------------------------------------------------------- unions
def is_union(w: vec[i64], o: i64) -> bool:
    """Is o a union of types?"""
    return w[o + OB_TYPE] == T_UNION


def is_type_like(w: vec[i64], o: i64) -> bool:
    """May o stand in a union: a class, None, list[int], another union?"""
    return o == NONE or is_type(w, o) or w[o + OB_TYPE] == T_GENERIC_ALIAS or is_union(w, o)


def union_of(m: Machine, a: i64, b: i64) -> i64:
    """a | b for two types; NotImplemented for anything else."""
    w = m.words
    if not is_type_like(w, a) or not is_type_like(w, b) or (a == NONE and b == NONE):
        incref(w, NOT_IMPLEMENTED_OBJECT)
        return NOT_IMPLEMENTED_OBJECT
    members: list[int] = []
    add_members(m, members, a)
    add_members(m, members, b)
    if len(members) == 1:
        incref(w, members[0])
        return members[0]
    args: i64 = new_tuple(m, len(members))
    w = m.words
    at: i64 = args + TUPLE_ITEMS
    for o in members:
        incref(w, o)
        w[at] = o
        at += 1
    try:
        return new_alias(m, 0, args)
    finally:
        decref(m, m.words, args)


def add_members(m: Machine, members: list[int], o: i64) -> None:
    """Add o (its type for None), or the members of the union o, each once."""
    w = m.words
    if not is_union(w, o):
        if o == NONE:
            o = T_NONE
        if not any([m.equal(o, i64(member)) for member in members]):
            members.append(int(o))
        return
    args: i64 = w[o + ALIAS_ARGS]
    i: i64 = 0
    while i < w[args + OB_SIZE]:
        add_members(m, members, w[args + TUPLE_ITEMS + i])
        i += 1


# ---------------------------------------------------------------- text and comparison
def alias_repr(m: Machine, o: i64) -> i64:
    """list[int], int | None"""
    w = m.words
    args: i64 = w[o + ALIAS_ARGS]
    parts: list[str] = []
    i: i64 = 0
    while i < m.words[args + OB_SIZE]:
        parts.append(parameter_text(m, m.words[args + TUPLE_ITEMS + i]))
        i += 1
    if m.words[o + ALIAS_ORIGIN] == 0:
        return new_str(m, " | ".join(["None" if part == "NoneType" else part for part in parts]))
    return new_str(m, parameter_text(m, m.words[o + ALIAS_ORIGIN]) + "[" + (", ".join(parts) or "()") + "]")


def parameter_text(m: Machine, o: i64) -> str:
    """How a parameter is shown: classes by their name."""
    if o == ELLIPSIS:
        return "..."
    if is_type(m.words, o):
        return full_type_name(m, o)
    return host_repr(m, o)


def alias_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """Equal origins and parameters."""
    w = m.words
    if (op != CMP_EQ and op != CMP_NE) or w[b + OB_TYPE] != w[a + OB_TYPE]:
        incref(w, NOT_IMPLEMENTED_OBJECT)
        return NOT_IMPLEMENTED_OBJECT
    same: bool = w[a + ALIAS_ORIGIN] == w[b + ALIAS_ORIGIN]
    if same and is_union(w, a):
        same = includes(m, a, b) and includes(m, b, a)
    elif same:
        same = m.equal(w[a + ALIAS_ARGS], w[b + ALIAS_ARGS])
    return new_bool(m.words, same == (op == CMP_EQ))


def includes(m: Machine, a: i64, b: i64) -> bool:
    """Has the union a all members of the union b?"""
    args: i64 = m.words[b + ALIAS_ARGS]
    i: i64 = 0
    while i < m.words[args + OB_SIZE]:
        if not m.contains(m.words[a + ALIAS_ARGS], m.words[args + TUPLE_ITEMS + i]):
            return False
        i += 1
    return True


def alias_hash(m: Machine, o: i64) -> i64:
    """The hash of origin and parameters; of a union in any order."""
    w = m.words
    if is_union(w, o):
        members: i64 = set_from(m, T_FROZENSET, w[o + ALIAS_ARGS])
        try:
            return m.hash(members)
        finally:
            decref(m, m.words, members)
    h: i64 = m.hash(w[o + ALIAS_ARGS]) ^ w[o + ALIAS_ORIGIN]
    return -2 if h == -1 else h
