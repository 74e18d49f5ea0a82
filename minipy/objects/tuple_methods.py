"""Tuples from anything iterable, and the table of a tuple's methods.

CPython counterpart: tuple_methods and tuple_new of Objects/tupleobject.c, PySequence_Tuple of Objects/abstract.c.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import LIST_ITEMS, LIST_LENGTH, OB_SIZE, OB_TYPE, TUPLE_ITEMS
from minipy.memory.objalloc import gc_alloc_var
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_LIST, T_TUPLE, T_VALUE_ERROR
from minipy.memory.words import Raised, copy_many
from minipy.objects.interned import intern
from minipy.objects.list_methods import list_from_iterable
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.sliceobject import method_bound
from minipy.objects.spans import copy_references
from minipy.objects.tupleobject import new_tuple, tuple_find, tuple_from, tuple_of_owned, tuple_repeat

TUPLE_COUNT: Final = 0
TUPLE_INDEX: Final = 1
TUPLE_GETNEWARGS: Final = 2

METHODS: Final = (
    (TUPLE_COUNT, "count", 1, 1, ""),
    (TUPLE_INDEX, "index", 1, 3, ""),
    (TUPLE_GETNEWARGS, "__getnewargs__", 0, 0, ""),
)
NEW: Final = (0, 1, "")


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """tuple(iterable=()) for the class t."""
    items: i64 = tuple_from_iterable(m, m.words[at]) if n > 0 else new_tuple(m, 0)
    if t == T_TUPLE:
        return items
    try:
        size: i64 = m.words[items + OB_SIZE]
        o: i64 = gc_alloc_var(m, t, size)
        copy_references(m.words, o + TUPLE_ITEMS, items + TUPLE_ITEMS, size, 1)
        return o
    finally:
        decref(m, m.words, items)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` with self and the arguments at `at`."""
    w = m.words
    if number == TUPLE_COUNT:
        return tuple_count(m, w[at], w[at + 1])
    if number == TUPLE_GETNEWARGS:
        return tuple_of_owned(m, tuple_repeat(m, w[at], 1))
    return tuple_index(m, w[at], at, n)


def tuple_of_names(m: Machine, names: Sequence[str]) -> i64:
    """A tuple of interned strs."""
    t: i64 = new_tuple(m, len(names))
    at: i64 = t + TUPLE_ITEMS
    try:
        for name in names:
            text: i64 = intern(m, name)
            m.words[at] = text
            at += 1
    except Raised:
        decref(m, m.words, t)
        raise
    return t


def tuple_from_iterable(m: Machine, iterable: i64) -> i64:
    """A tuple of what iterating gives; an exact tuple is its own copy."""
    w = m.words
    t: i64 = w[iterable + OB_TYPE]
    if t == T_TUPLE:
        incref(w, iterable)
        return iterable
    if t == T_LIST:
        return tuple_from(m, w[iterable + LIST_ITEMS], w[iterable + LIST_LENGTH])
    return tuple_from_list(m, list_from_iterable(m, iterable))


def tuple_from_list(m: Machine, items: i64) -> i64:
    """A tuple with the items of a list that nobody else has; takes over the reference to it."""
    n: i64 = m.words[items + LIST_LENGTH]
    try:
        o: i64 = new_tuple(m, n)
        w = m.words
        copy_many(w, o + TUPLE_ITEMS, w[items + LIST_ITEMS], n)
        w[items + LIST_LENGTH] = 0
        return o
    finally:
        decref(m, m.words, items)


def tuple_count(m: Machine, o: i64, value: i64) -> i64:
    """o.count(value)."""
    n: i64 = m.words[o + OB_SIZE]
    count: i64 = 0
    i: i64 = tuple_find(m, o, value, 0, n)
    while i >= 0:
        count += 1
        i = tuple_find(m, o, value, i + 1, n)
    return new_int(m, count)


def tuple_index(m: Machine, o: i64, at: i64, n: i64) -> i64:
    """o.index(value, start=0, stop=...) with the arguments at `at`."""
    w = m.words
    length: i64 = w[o + OB_SIZE]
    start: i64 = method_bound(m, w[at + 2]) if n > 2 else 0
    stop: i64 = method_bound(m, m.words[at + 3]) if n > 3 else length
    if start < 0:
        start = start + length if start + length > 0 else 0
    if stop < 0:
        stop += length
    i: i64 = tuple_find(m, o, m.words[at + 1], start, stop if stop < length else length)
    if i < 0:
        raise m.error(T_VALUE_ERROR, "tuple.index(x): x not in tuple")
    return new_int(m, i)
