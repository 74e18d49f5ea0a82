"""The methods of sets and frozensets, and their constructors.

CPython counterpart: set_methods and frozenset_methods of Objects/setobject.c. Operators are in set_operators.py.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    OB_TYPE,
    SET_USED,
    TP_FLAGS,
    TP_SOLID,
    TPFLAGS_HASH,
)
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    T_FROZENSET,
    T_KEY_ERROR,
    T_SET,
)
from minipy.memory.words import Raised, vec
from minipy.objects.hashing import hash_of
from minipy.objects.longobject import new_bool, none
from minipy.objects.machine import Machine
from minipy.objects.set_algebra import (
    set_copy,
    set_difference,
    set_difference_update,
    set_from,
    set_intersection,
    set_symmetric_difference,
    set_symmetric_update,
    set_update,
    swap_tables,
)
from minipy.objects.set_subset import set_isdisjoint, set_issubset, set_issuperset
from minipy.objects.setobject import (
    set_add,
    set_clear,
    set_contains,
    set_discard_hash,
    set_find,
    set_pop,
)

SET_ADD: Final = 0
SET_CLEAR: Final = 1
SET_COPY: Final = 2
SET_DIFFERENCE: Final = 3
SET_DIFFERENCE_UPDATE: Final = 4
SET_DISCARD: Final = 5
SET_INTERSECTION: Final = 6
SET_INTERSECTION_UPDATE: Final = 7
SET_ISDISJOINT: Final = 8
SET_ISSUBSET: Final = 9
SET_ISSUPERSET: Final = 10
SET_POP: Final = 11
SET_REMOVE: Final = 12
SET_SYMMETRIC_DIFFERENCE: Final = 13
SET_SYMMETRIC_UPDATE: Final = 14
SET_UNION: Final = 15
SET_UPDATE: Final = 16

FROZENSET_METHODS: Final = (
    (SET_COPY, "copy", 0, 0, ""),
    (SET_DIFFERENCE, "difference", 0, -1, ""),
    (SET_INTERSECTION, "intersection", 0, -1, ""),
    (SET_ISDISJOINT, "isdisjoint", 1, 1, ""),
    (SET_ISSUBSET, "issubset", 1, 1, ""),
    (SET_ISSUPERSET, "issuperset", 1, 1, ""),
    (SET_SYMMETRIC_DIFFERENCE, "symmetric_difference", 1, 1, ""),
    (SET_UNION, "union", 0, -1, ""),
)
METHODS: Final = (
    (SET_ADD, "add", 1, 1, ""),
    (SET_CLEAR, "clear", 0, 0, ""),
    (SET_COPY, "copy", 0, 0, ""),
    (SET_DIFFERENCE, "difference", 0, -1, ""),
    (SET_DIFFERENCE_UPDATE, "difference_update", 0, -1, ""),
    (SET_DISCARD, "discard", 1, 1, ""),
    (SET_INTERSECTION, "intersection", 0, -1, ""),
    (SET_INTERSECTION_UPDATE, "intersection_update", 0, -1, ""),
    (SET_ISDISJOINT, "isdisjoint", 1, 1, ""),
    (SET_ISSUBSET, "issubset", 1, 1, ""),
    (SET_ISSUPERSET, "issuperset", 1, 1, ""),
    (SET_POP, "pop", 0, 0, ""),
    (SET_REMOVE, "remove", 1, 1, ""),
    (SET_SYMMETRIC_DIFFERENCE, "symmetric_difference", 1, 1, ""),
    (SET_SYMMETRIC_UPDATE, "symmetric_difference_update", 1, 1, ""),
    (SET_UNION, "union", 0, -1, ""),
    (SET_UPDATE, "update", 0, -1, ""),
)
NEW: Final = (0, 1, "")
NEW_FROZENSET: Final = (0, 1, "")


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """set(iterable=()) for the class t."""
    return set_from(m, t, m.words[at] if n > 0 else 0)


def new_frozenset(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """frozenset(iterable=()) for the class t; an exact frozenset is its own copy."""
    w = m.words
    if n > 0 and t == T_FROZENSET and w[w[at] + OB_TYPE] == T_FROZENSET:
        incref(w, w[at])
        return w[at]
    return set_from(m, t, w[at] if n > 0 else 0)


def set_init(m: Machine, s: i64, at: i64, n: i64) -> None:
    """set.__init__: s becomes what the iterable at `at` gives, empty without one."""
    set_clear(m, s)
    if n > 0:
        set_update(m, s, m.words[at])


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` with self and the arguments at `at`."""
    if number <= SET_INTERSECTION_UPDATE or number >= SET_POP:
        return call_changing(m, number, at, n)
    w = m.words
    flag: bool
    if number == SET_ISDISJOINT:
        flag = set_isdisjoint(m, w[at], w[at + 1])
    elif number == SET_ISSUBSET:
        flag = set_issubset(m, w[at], w[at + 1])
    else:
        flag = set_issuperset(m, w[at], w[at + 1])
    return new_bool(m.words, flag)


def call_changing(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The methods that change self or make a set."""
    w = m.words
    s: i64 = w[at]
    if number == SET_ADD:
        set_add(m, s, w[at + 1])
    elif number == SET_DISCARD:
        set_take_out(m, s, w[at + 1])
    elif number == SET_REMOVE:
        if not set_take_out(m, s, w[at + 1]):
            raise m.error_object(T_KEY_ERROR, m.words[at + 1])
    elif number == SET_POP:
        if w[s + SET_USED] == 0:
            raise m.error(T_KEY_ERROR, "pop from an empty set")
        return set_pop(m, s)
    elif number == SET_UPDATE:
        update_with_all(m, s, at + 1, n - 1)
    elif number == SET_CLEAR:
        set_clear(m, s)
    elif number == SET_SYMMETRIC_UPDATE:
        set_symmetric_update(m, s, w[at + 1])
    elif number == SET_DIFFERENCE_UPDATE:
        difference_with_all(m, s, at + 1, n - 1)
    elif number == SET_INTERSECTION_UPDATE:
        intersect_in_place(m, s, at + 1, n - 1)
    else:
        return call_making(m, number, at, n)
    return none(m.words)


def call_making(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The methods that make a set."""
    w = m.words
    s: i64 = w[at]
    if number == SET_UNION:
        return set_union(m, s, at + 1, n - 1)
    if number == SET_INTERSECTION:
        return intersect_all(m, s, at + 1, n - 1)
    if number == SET_DIFFERENCE:
        return subtract_all(m, s, at + 1, n - 1)
    if number == SET_SYMMETRIC_DIFFERENCE:
        return set_symmetric_difference(m, s, w[at + 1])
    if w[s + OB_TYPE] == T_FROZENSET:
        incref(w, s)
        return s
    return set_copy(m, s)


# ---------------------------------------------------------------- methods with any number of arguments
def update_with_all(m: Machine, s: i64, at: i64, n: i64) -> None:
    """s.update(*others)."""
    i: i64 = 0
    while i < n:
        set_update(m, s, m.words[at + i])
        i += 1


def difference_with_all(m: Machine, s: i64, at: i64, n: i64) -> None:
    """s.difference_update(*others)."""
    i: i64 = 0
    while i < n:
        set_difference_update(m, s, m.words[at + i])
        i += 1


def set_union(m: Machine, s: i64, at: i64, n: i64) -> i64:
    """s.union(*others)."""
    result: i64 = set_copy(m, s)
    try:
        update_with_all(m, result, at, n)
    except Raised:
        decref(m, m.words, result)
        raise
    return result


def intersect_all(m: Machine, s: i64, at: i64, n: i64) -> i64:
    """s.intersection(*others)."""
    if n == 0:
        return set_copy(m, s)
    result: i64 = set_intersection(m, s, m.words[at])
    i: i64 = 1
    while i < n:
        before: i64 = result
        try:
            result = set_intersection(m, before, m.words[at + i])
        finally:
            decref(m, m.words, before)
        i += 1
    return result


def intersect_in_place(m: Machine, s: i64, at: i64, n: i64) -> None:
    """s.intersection_update(*others)."""
    result: i64 = intersect_all(m, s, at, n)
    swap_tables(m.words, s, result)
    decref(m, m.words, result)


def subtract_all(m: Machine, s: i64, at: i64, n: i64) -> i64:
    """s.difference(*others)."""
    if n == 0:
        return set_copy(m, s)
    result: i64 = set_difference(m, s, m.words[at])
    try:
        difference_with_all(m, result, at + 1, n - 1)
    except Raised:
        decref(m, m.words, result)
        raise
    return result


# ---------------------------------------------------------------- one key
def is_unhashable_set(w: vec[i64], key: i64) -> bool:
    """Is it a set without a hash, for which a frozenset is looked for, so that a set of sets can be searched?"""
    t: i64 = w[key + OB_TYPE]
    return w[t + TP_SOLID] == T_SET and w[t + TP_FLAGS] & TPFLAGS_HASH == 0


def set_has(m: Machine, s: i64, value: i64) -> bool:
    """value in s."""
    if not is_unhashable_set(m.words, value):
        return set_contains(m, s, value)
    key: i64 = set_from(m, T_FROZENSET, value)
    try:
        return set_find(m, s, key, hash_of(m, m.words, key)) != 0
    finally:
        decref(m, m.words, key)


def set_take_out(m: Machine, s: i64, value: i64) -> bool:
    """s.discard(value); False if it was not there."""
    if not is_unhashable_set(m.words, value):
        return set_discard_hash(m, s, value, hash_of(m, m.words, value))
    key: i64 = set_from(m, T_FROZENSET, value)
    try:
        return set_discard_hash(m, s, key, hash_of(m, m.words, key))
    finally:
        decref(m, m.words, key)
