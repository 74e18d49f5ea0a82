"""The module gc: the collector of memory/gc.py as a program sees it.

CPython counterpart: Modules/gcmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory import gc, gcdebug
from minipy.memory.gclist import gc_list_objects, gc_list_size
from minipy.memory.layout import (
    GC_FINALIZED,
    GC_NEXT,
    GC_REFS,
    GENERATION0,
    GENERATION1,
    GENERATION2,
    GENERATION_WORDS,
    OB_TYPE,
    PERMANENT,
    TP_GC,
    TUPLE_ITEMS,
    W_GC_COUNT,
    W_GC_DEBUG,
    W_GC_ENABLED,
    W_GC_STATS,
    W_GC_THRESHOLD,
)
from minipy.memory.layout_modules import W_GC_CALLBACKS, W_GC_GARBAGE
from minipy.memory.objalloc import is_tracked
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_DICT, T_STR, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.traverse import referents
from minipy.memory.words import Raised, vec
from minipy.modules.constants import add_int, add_object
from minipy.objects.dictobject import new_dict
from minipy.objects.listobject import list_append, list_append_owned, new_list
from minipy.objects.longobject import new_bool, new_int, none
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods, add_functions
from minipy.objects.tupleobject import new_tuple
from minipy.vm.module_families import FAMILY_GC

ENABLE: Final = 1
DISABLE: Final = 2
ISENABLED: Final = 3
COLLECT: Final = 4
GET_THRESHOLD: Final = 5
SET_THRESHOLD: Final = 6
GET_COUNT: Final = 7
GET_STATS: Final = 8
GET_OBJECTS: Final = 9
GET_REFERENTS: Final = 10
GET_REFERRERS: Final = 11
IS_TRACKED: Final = 12
IS_FINALIZED: Final = 13
FREEZE: Final = 14
UNFREEZE: Final = 15
GET_FREEZE_COUNT: Final = 16
SET_DEBUG: Final = 17
GET_DEBUG: Final = 18

FUNCTIONS: Final[Methods] = (
    (ENABLE, "enable", 0, 0, ""),
    (DISABLE, "disable", 0, 0, ""),
    (ISENABLED, "isenabled", 0, 0, ""),
    (COLLECT, "collect", 0, 1, "generation"),
    (GET_THRESHOLD, "get_threshold", 0, 0, ""),
    (SET_THRESHOLD, "set_threshold", 0, -1, ""),
    (GET_COUNT, "get_count", 0, 0, ""),
    (GET_STATS, "get_stats", 0, 0, ""),
    (GET_OBJECTS, "get_objects", 0, 1, "generation"),
    (GET_REFERENTS, "get_referents", 0, -1, ""),
    (GET_REFERRERS, "get_referrers", 0, -1, ""),
    (IS_TRACKED, "is_tracked", 1, 1, ""),
    (IS_FINALIZED, "is_finalized", 1, 1, ""),
    (FREEZE, "freeze", 0, 0, ""),
    (UNFREEZE, "unfreeze", 0, 0, ""),
    (GET_FREEZE_COUNT, "get_freeze_count", 0, 0, ""),
    (SET_DEBUG, "set_debug", 1, 1, ""),
    (GET_DEBUG, "get_debug", 0, 0, ""),
)
DEBUG_FLAGS: Final = (
    ("DEBUG_STATS", gcdebug.DEBUG_STATS),
    ("DEBUG_COLLECTABLE", gcdebug.DEBUG_COLLECTABLE),
    ("DEBUG_UNCOLLECTABLE", gcdebug.DEBUG_UNCOLLECTABLE),
    ("DEBUG_SAVEALL", gcdebug.DEBUG_SAVEALL),
    ("DEBUG_LEAK", gcdebug.DEBUG_LEAK),
)


def fill(m: Machine, d: i64) -> None:
    """Put the functions and constants into the module's dict."""
    add_functions(m, d, "gc", FAMILY_GC, FUNCTIONS)
    for name, value in DEBUG_FLAGS:
        add_int(m, d, name, value)
    add_list(m, d, "garbage", W_GC_GARBAGE)
    add_list(m, d, "callbacks", W_GC_CALLBACKS)


def add_list(m: Machine, d: i64, name: str, register: i64) -> None:
    """d[name] = the list that the register owns; an empty one is made if there is none."""
    if m.words[register] == 0:
        o: i64 = new_list(m, 0)
        m.words[register] = o
    m.words[m.words[register]] += 1
    add_object(m, d, name, m.words[register])


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of FUNCTIONS; see objects/natives.py."""
    w = m.words
    if number == COLLECT:
        return new_int(m, gc.collect(m, generation_argument(m, w[at], 2)))
    elif number == ISENABLED:
        return new_bool(w, w[W_GC_ENABLED] != 0)
    elif number == GET_THRESHOLD:
        return three_numbers(m, W_GC_THRESHOLD)
    elif number == GET_COUNT:
        return three_numbers(m, W_GC_COUNT)
    elif number == GET_STATS:
        return statistics(m)
    elif number == GET_OBJECTS:
        return objects_list(m, w[at])
    elif number == GET_REFERENTS:
        return referents_list(m, at, n)
    elif number == GET_REFERRERS:
        return referrers_list(m, at, n)
    elif number == IS_TRACKED:
        return new_bool(w, is_tracked(w, w[at]))
    elif number == IS_FINALIZED:
        return new_bool(w, w[w[w[at] + OB_TYPE] + TP_GC] != 0 and w[w[at] + GC_REFS] & GC_FINALIZED != 0)
    elif number == GET_FREEZE_COUNT:
        return new_int(m, gc_list_size(w, PERMANENT))
    elif number == GET_DEBUG:
        return new_int(m, w[W_GC_DEBUG])
    change(m, number, at, n)
    return none(m.words)


def change(m: Machine, number: i64, at: i64, n: i64) -> None:
    """The functions that return None."""
    w = m.words
    if number == ENABLE:
        gc.gc_enable(m, True)
    elif number == DISABLE:
        gc.gc_enable(m, False)
    elif number == FREEZE:
        gc.gc_freeze(w)
    elif number == UNFREEZE:
        gc.gc_unfreeze(w)
    elif number == SET_DEBUG:
        w[W_GC_DEBUG] = m.index(w[at])
    elif number == SET_THRESHOLD:
        set_threshold(m, at, n)


def set_threshold(m: Machine, at: i64, n: i64) -> None:
    """set_threshold(threshold0[, threshold1[, threshold2]])."""
    if n == 0 or n > 3:
        most = "at least 1 argument" if n == 0 else "at most 3 arguments"
        raise m.error(T_TYPE_ERROR, f"set_threshold() takes {most} ({n} given)")
    i: i64 = 0
    while i < n:
        gc.gc_set_threshold(m, i, m.index(m.words[at + i]))
        i += 1


def generation_argument(m: Machine, o: i64, default: i64) -> i64:
    """A generation's number; 0 (no argument) gives the default."""
    if o == 0:
        return default
    generation: i64 = m.index(o)
    if generation < 0 or generation > 2:
        raise m.error(T_VALUE_ERROR, "invalid generation")
    return generation


def three_numbers(m: Machine, at: i64) -> i64:
    """A tuple of the words at `at`."""
    t: i64 = new_tuple(m, 3)
    i: i64 = 0
    try:
        while i < 3:
            o: i64 = new_int(m, m.words[at + i])
            m.words[t + TUPLE_ITEMS + i] = o
            i += 1
    except Raised:
        decref(m, m.words, t)
        raise
    return t


def statistics(m: Machine) -> i64:
    """get_stats(): a dict for each generation."""
    o: i64 = new_list(m, 0)
    i: i64 = 0
    try:
        while i < 3:
            d: i64 = new_dict(m)
            list_append_owned(m, o, d)
            fill_statistics(m, d, W_GC_STATS + i * 3)
            i += 1
    except Raised:
        decref(m, m.words, o)
        raise
    return o


def fill_statistics(m: Machine, d: i64, at: i64) -> None:
    """Put the three numbers at `at` into the dict d."""
    add_int(m, d, "collections", int(m.words[at]))
    add_int(m, d, "collected", int(m.words[at + 1]))
    add_int(m, d, "uncollectable", int(m.words[at + 2]))


def list_of(m: Machine, addresses: list[int]) -> i64:
    """A list of the objects at these addresses."""
    o: i64 = new_list(m, 0)
    try:
        for address in addresses:
            list_append(m, o, address)
    except Raised:
        decref(m, m.words, o)
        raise
    return o


def objects_list(m: Machine, argument: i64) -> i64:
    """get_objects([generation]): all tracked objects but the list itself."""
    first: i64 = wanted_generation(m, argument)
    last: i64 = first
    if first < 0:
        first = 0
        last = 2
    o: i64 = new_list(m, 0)
    try:
        while first <= last:
            append_all(m, o, GENERATION0 + first * GENERATION_WORDS)
            first += 1
    except Raised:
        decref(m, m.words, o)
        raise
    return o


def wanted_generation(m: Machine, argument: i64) -> i64:
    """The generation that get_objects is asked for; -1: all."""
    if argument == 0 or argument == NONE:
        return -1
    number: i64 = m.index_object(argument)
    if number == 0:
        raise m.error(T_TYPE_ERROR, f"argument should be integer or None, not '{m.type_name(argument)}'")
    decref(m, m.words, number)
    generation: i64 = m.index(argument)
    if generation < -1:
        raise m.error(T_VALUE_ERROR, "generation parameter cannot be negative")
    if generation > 2:
        text = "generation parameter must be less than the number of available generations (3)"
        raise m.error(T_VALUE_ERROR, text)
    return generation


def append_all(m: Machine, o: i64, head: i64) -> None:
    """Append the objects in a list of the collector to the list o, but for itself."""
    a: i64 = m.words[head + GC_NEXT]
    while a != head:
        if a != o:
            list_append(m, o, a)
        a = m.words[a + GC_NEXT]


def referents_list(m: Machine, at: i64, n: i64) -> i64:
    """get_referents(*objects)."""
    addresses: list[int] = []
    w = m.words
    i: i64 = 0
    while i < n:
        if w[w[w[at + i] + OB_TYPE] + TP_GC] != 0:
            addresses.extend(traversed(w, w[at + i]))
        i += 1
    return list_of(m, addresses)


def referrers_list(m: Machine, at: i64, n: i64) -> i64:
    """get_referrers(*objects)."""
    w = m.words
    wanted: list[int] = []
    i: i64 = 0
    while i < n:
        wanted.append(int(w[at + i]))
        i += 1
    found: list[int] = []
    for head in (GENERATION0, GENERATION1, GENERATION2):
        for address in gc_list_objects(w, head):
            if any_in(traversed(w, address), wanted):
                found.append(address)
    return list_of(m, found)


def traversed(w: vec[i64], a: i64) -> list[int]:
    """What the object refers to, but for the keys of a dict with no others than strings, which CPython leaves out."""
    references = referents(w, a)
    if w[a + OB_TYPE] == T_DICT and all(w[key + OB_TYPE] == T_STR for key in references[::2]):
        return references[1::2]
    return references


def any_in(addresses: list[int], wanted: list[int]) -> bool:
    """Is one of the addresses wanted?"""
    for address in addresses:
        if address in wanted:
            return True
    return False
