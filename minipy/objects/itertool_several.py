"""Iterators of the module itertools that share an iterable or go through several: tee, groupby, zip_longest.

    tee          TOOL_SOURCE the link whose value is next
    link         TOOL_SOURCE iterator   TOOL_A its value, 0: not asked for yet   TOOL_EXTRA the next link
                 TOOL_INDEX 1: the iterator is being asked
    groupby      TOOL_SOURCE iterator   TOOL_EXTRA key function or None   TOOL_A key of the group given last
                 TOOL_B, TOOL_C key and value read last, 0: none          TOOL_LIMIT address of the group (raw)
    group        TOOL_SOURCE the groupby                                  TOOL_A its key
    zip_longest  TOOL_SOURCE tuple of iterators, 0 for an exhausted one   TOOL_EXTRA fill value   TOOL_INDEX how many
                 are left

All tees of one iterable walk the same chain of links; what all have passed is freed.

CPython counterpart: Modules/itertoolsmodule.c. There a link holds 57 values.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, OB_TYPE, TUPLE_ITEMS
from minipy.memory.layout_modules import (
    TOOL_A,
    TOOL_B,
    TOOL_C,
    TOOL_EXTRA,
    TOOL_INDEX,
    TOOL_LIMIT,
    TOOL_SOURCE,
)
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import NONE, T_ITERTOOL, T_RUNTIME_ERROR
from minipy.memory.words import Raised
from minipy.objects.hashing import equal_held
from minipy.objects.itertool import LAST_SIMPLE, ask, new_tool
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import new_tuple, tuple_of2

TEE: Final = LAST_SIMPLE + 1
GROUPBY: Final = LAST_SIMPLE + 2
GROUP: Final = LAST_SIMPLE + 3
ZIP_LONGEST: Final = LAST_SIMPLE + 4
LINK: Final = LAST_SIMPLE + 5
LAST_SEVERAL: Final = LAST_SIMPLE + 5


def next_several(m: Machine, it: i64, kind: i64) -> i64:
    """The next value, owned, or 0, of an iterator of this file."""
    if kind == ZIP_LONGEST:
        return zip_longest_next(m, it)
    elif kind == GROUPBY:
        return groupby_next(m, it)
    elif kind == GROUP:
        return group_next(m, it)
    return tee_next(m, it)


# ---------------------------------------------------------------- tee
def new_link(m: Machine, iterator: i64) -> i64:
    """A link of the chain, owned; the iterator is borrowed."""
    incref(m.words, iterator)
    return new_tool(m, T_ITERTOOL, LINK, iterator, 0)


def new_tee(m: Machine, t: i64, iterable: i64) -> i64:
    """A tee of the class t over an iterable; of another tee, a copy."""
    w = m.words
    if w[iterable + OB_TYPE] == t:
        incref(w, w[iterable + TOOL_SOURCE])
        return new_tool(m, t, TEE, w[iterable + TOOL_SOURCE], 0)
    iterator: i64 = m.iter(iterable)
    try:
        if m.words[iterator + OB_TYPE] == t:
            return new_tee(m, t, iterator)
        return new_tool(m, t, TEE, new_link(m, iterator), 0)
    finally:
        decref(m, m.words, iterator)


def tee_next(m: Machine, it: i64) -> i64:
    """The next value: the one of the link, which asks for it if this is the first tee that comes by."""
    link: i64 = m.words[it + TOOL_SOURCE]
    if m.words[link + TOOL_A] == 0 and not fill_link(m, link):
        return 0
    w = m.words
    value: i64 = w[link + TOOL_A]
    incref(w, value)
    incref(w, w[link + TOOL_EXTRA])
    store(m, w, it + TOOL_SOURCE, w[link + TOOL_EXTRA])
    return value


def fill_link(m: Machine, link: i64) -> bool:
    """Ask the iterator for the link's value, and append the next link; False if there are no more values."""
    w = m.words
    if w[link + TOOL_INDEX] != 0:
        raise m.error(T_RUNTIME_ERROR, "cannot re-enter the tee iterator")
    iterator: i64 = w[link + TOOL_SOURCE]
    incref(w, link)
    w[link + TOOL_INDEX] = 1
    value: i64 = 0
    try:
        value = ask(m, iterator)
        if value != 0:
            following: i64 = new_link(m, iterator)
            m.words[link + TOOL_EXTRA] = following
            m.words[link + TOOL_A] = value
            incref(m.words, value)
        return value != 0
    finally:
        m.words[link + TOOL_INDEX] = 0
        if value != 0:
            decref(m, m.words, value)
        decref(m, m.words, link)


# ---------------------------------------------------------------- groupby
def groupby_next(m: Machine, it: i64) -> i64:
    """(key, group) of the next run of values with equal keys."""
    m.words[it + TOOL_LIMIT] = 0
    while not begins_group(m, it):
        if not read_value(m, it):
            return 0
    w = m.words
    key: i64 = w[it + TOOL_B]
    incref(w, key)
    store(m, w, it + TOOL_A, key)
    incref(m.words, it)
    group: i64 = new_tool(m, T_ITERTOOL, GROUP, it, 0)
    try:
        w = m.words
        incref(w, key)
        w[group + TOOL_A] = key
        w[it + TOOL_LIMIT] = group
        return tuple_of2(m, key, group)
    finally:
        decref(m, m.words, group)


def begins_group(m: Machine, it: i64) -> bool:
    """Is the value read last, if there still is one, the first of another group?"""
    w = m.words
    if w[it + TOOL_B] == 0:
        return False
    different: bool = w[it + TOOL_A] == 0 or not equal_held(m, m.words, w[it + TOOL_A], w[it + TOOL_B])
    return different and m.words[it + TOOL_B] != 0


def read_value(m: Machine, it: i64) -> bool:
    """Read the next value and its key; False if there is none."""
    value: i64 = ask(m, m.words[it + TOOL_SOURCE])
    if value == 0:
        return False
    function: i64 = m.words[it + TOOL_EXTRA]
    key: i64 = value
    if function == NONE:
        incref(m.words, value)
    else:
        try:
            key = m.call1(function, value)
        except Raised:
            decref(m, m.words, value)
            raise
    store(m, m.words, it + TOOL_C, value)
    store(m, m.words, it + TOOL_B, key)
    return True


def group_next(m: Machine, group: i64) -> i64:
    """The next value of a group; 0 at its end, and when the groupby has gone on to another one."""
    it: i64 = m.words[group + TOOL_SOURCE]
    if m.words[it + TOOL_LIMIT] != group:
        return 0
    if m.words[it + TOOL_C] == 0 and not read_value(m, it):
        return 0
    w = m.words
    if w[it + TOOL_B] == 0 or not equal_held(m, m.words, w[group + TOOL_A], w[it + TOOL_B]):
        return 0
    w = m.words
    value: i64 = w[it + TOOL_C]
    w[it + TOOL_C] = 0
    store(m, w, it + TOOL_B, 0)
    return value


# ---------------------------------------------------------------- zip_longest
def zip_longest_next(m: Machine, it: i64) -> i64:
    """A tuple of one value of each, the fill value of those that are exhausted; 0 when all are."""
    iterators: i64 = m.words[it + TOOL_SOURCE]
    n: i64 = m.words[iterators + OB_SIZE]
    if m.words[it + TOOL_INDEX] == 0:
        return 0
    result: i64 = new_tuple(m, n)
    try:
        i: i64 = 0
        while i < n:
            value: i64 = one_value(m, it, iterators + TUPLE_ITEMS + i)
            m.words[result + TUPLE_ITEMS + i] = value
            i += 1
    except Raised:
        m.words[it + TOOL_INDEX] = 0
        decref(m, m.words, result)
        raise
    if m.words[it + TOOL_INDEX] == 0:
        decref(m, m.words, result)
        return 0
    return result


def one_value(m: Machine, it: i64, place: i64) -> i64:
    """The next value of the iterator at the address `place`, or the fill value."""
    iterator: i64 = m.words[place]
    if iterator != 0:
        value: i64 = ask(m, iterator)
        if value != 0:
            return value
        if m.words[place] != 0:
            m.words[it + TOOL_INDEX] -= 1
            store(m, m.words, place, 0)
    w = m.words
    fill: i64 = w[it + TOOL_EXTRA]
    incref(w, fill)
    return fill
