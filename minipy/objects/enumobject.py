"""enumerate, zip, map, filter and reversed: iterators over other iterators.

    enumerate   ITER_SOURCE iterator            ITER_EXTRA the pair given last      ITER_INDEX next number
                with a start of more than 62 bits: ITER_EXTRA the next number, an int object, and ITER_STEP 1
    zip         ITER_SOURCE tuple of iterators  ITER_EXTRA the tuple given last     ITER_STEP 1: strict
    map         ITER_SOURCE tuple of iterators  ITER_EXTRA function
    filter      ITER_SOURCE iterator            ITER_EXTRA function or None
    reversed    ITER_SOURCE sequence, 0: done                                       ITER_INDEX next index

The iterators inside are always asked through m.next, which counts how deep that goes.

CPython counterpart: Objects/enumobject.c; zip, map and filter of Python/bltinmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    INT_VALUE,
    ITER_EXTRA,
    ITER_INDEX,
    ITER_SOURCE,
    ITER_STEP,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    TUPLE_ITEMS,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import (
    NONE,
    T_BIGINT,
    T_BOOL,
    T_INDEX_ERROR,
    T_LIST,
    T_STOP_ITERATION,
    T_TUPLE,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised
from minipy.objects.arguments import argument_index
from minipy.objects.identifiers import ID_GETITEM, ID_REVERSED
from minipy.objects.list_methods import list_reversed
from minipy.objects.longobject import host_int, new_int, new_int_host
from minipy.objects.machine import Machine
from minipy.objects.recursion import next_inner
from minipy.objects.resulttuple import next_pair
from minipy.objects.tupleobject import new_tuple

NEW_ENUMERATE: Final = (1, 2, "iterable start")
NEW_ZIP: Final = (0, -1, "* strict")
NEW_MAP: Final = (0, -1, "")
NEW_FILTER: Final = (2, 2, "")
NEW_REVERSED: Final = (1, 1, "")


def iterators_of(m: Machine, at: i64, n: i64) -> i64:
    """A tuple of iter(x) for the n objects at `at`."""
    t: i64 = new_tuple(m, n)
    try:
        i: i64 = 0
        while i < n:
            iterator: i64 = m.iter(m.words[at + i])
            m.words[t + TUPLE_ITEMS + i] = iterator
            i += 1
    except Raised:
        decref(m, m.words, t)
        raise
    return t


def new_iterator(m: Machine, t: i64, source: i64, extra: i64) -> i64:
    """An iterator of type t; takes over `source` in any case, borrows `extra` (or 0)."""
    try:
        it: i64 = gc_alloc(m, t)
    except Raised:
        decref(m, m.words, source)
        raise
    w = m.words
    w[it + ITER_SOURCE] = source
    if extra != 0:
        incref(w, extra)
        w[it + ITER_EXTRA] = extra
    return it


# ---------------------------------------------------------------- enumerate
def new_enumerate(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """enumerate(iterable, start=0)."""
    start: i64 = m.words[at + 1]
    number: i64 = argument_index(m, start) if start != 0 else 0
    it: i64 = 0
    try:
        it = new_iterator(m, t, m.iter(m.words[at]), 0)
        w = m.words
        if number != 0:
            if w[number + OB_TYPE] == T_BIGINT:
                w[it + ITER_STEP] = 1
                incref(w, number)
                w[it + ITER_EXTRA] = number
            else:
                w[it + ITER_INDEX] = w[number + INT_VALUE]
    finally:
        if number != 0:
            decref(m, m.words, number)
    return it


def enumerate_next(m: Machine, it: i64) -> i64:
    """The next (number, value), owned, or 0."""
    v: i64 = next_inner(m, m.words[it + ITER_SOURCE])
    if v == 0:
        return 0
    w = m.words
    if w[it + ITER_STEP] != 0:
        return enumerate_long(m, it, v)
    i: i64 = w[it + ITER_INDEX]
    w[it + ITER_INDEX] = i + 1
    number: i64 = 0
    try:
        number = new_int(m, i)
    except Raised:
        decref(m, m.words, v)
        raise
    return next_pair(m, it, number, v)


def enumerate_long(m: Machine, it: i64, v: i64) -> i64:
    """The same for large numbers; takes over the reference to v."""
    pair: i64 = 0
    try:
        pair = new_tuple(m, 2)
        number: i64 = m.words[it + ITER_EXTRA]
        following: i64 = new_int_host(m, host_int(m, number) + 1)
    except Raised:
        decref(m, m.words, v)
        if pair != 0:
            decref(m, m.words, pair)
        raise
    w = m.words
    w[it + ITER_EXTRA] = following
    w[pair + TUPLE_ITEMS] = number
    w[pair + TUPLE_ITEMS + 1] = v
    return pair


# ---------------------------------------------------------------- zip
def new_zip(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """zip(*iterables, strict=False): the last word is strict or 0."""
    strict: i64 = m.words[at + n - 1]
    flag: bool = strict != 0 and m.is_true(strict)
    it: i64 = new_iterator(m, t, iterators_of(m, at, n - 1), 0)
    m.words[it + ITER_STEP] = 1 if flag else 0
    return it


def zip_next(m: Machine, it: i64) -> i64:
    """The next tuple of one value of each, owned, or 0 as soon as one of them is exhausted."""
    w = m.words
    iterators: i64 = w[it + ITER_SOURCE]
    n: i64 = w[iterators + OB_SIZE]
    if n == 0:
        return 0
    result: i64 = zip_tuple(m, it, n)
    i: i64 = 0
    try:
        while i < n:
            v: i64 = next_inner(m, m.words[iterators + TUPLE_ITEMS + i])
            if v == 0:
                break
            old: i64 = m.words[result + TUPLE_ITEMS + i]
            m.words[result + TUPLE_ITEMS + i] = v
            if old != 0:
                decref(m, m.words, old)
            i += 1
    except Raised:
        decref(m, m.words, result)
        raise
    if i == n:
        return result
    decref(m, m.words, result)
    if m.words[it + ITER_STEP] != 0:
        check_strict(m, iterators, i, n)
    return 0


def zip_tuple(m: Machine, it: i64, n: i64) -> i64:
    """The tuple to fill, owned: the one given last if nobody kept it, else a new one."""
    w = m.words
    result: i64 = w[it + ITER_EXTRA]
    if result == 0 or w[result + OB_REFCNT] != 1:
        result = new_tuple(m, n)
        w = m.words
        incref(w, result)
        store(m, w, it + ITER_EXTRA, result)
    else:
        incref(w, result)
    return result


def check_strict(m: Machine, iterators: i64, i: i64, n: i64) -> None:
    """ValueError unless all iterators are exhausted; number i is, the ones before it were not."""
    if i > 0:
        raise m.error(T_VALUE_ERROR, f"zip() argument {int(i + 1)} is shorter than argument{others(i)}")
    i = 1
    while i < n:
        v: i64 = next_inner(m, m.words[iterators + TUPLE_ITEMS + i])
        if v != 0:
            decref(m, m.words, v)
            raise m.error(T_VALUE_ERROR, f"zip() argument {int(i + 1)} is longer than argument{others(i)}")
        i += 1


def others(i: i64) -> str:
    """` 1`, `s 1-2`: the arguments before number i, for a message."""
    return " 1" if i == 1 else f"s 1-{int(i)}"


# ---------------------------------------------------------------- map
def new_map(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """map(function, *iterables)."""
    if n < 2:
        raise m.error(T_TYPE_ERROR, "map() must have at least two arguments.")
    return new_iterator(m, t, iterators_of(m, at + 1, n - 1), m.words[at])


def map_next(m: Machine, it: i64) -> i64:
    """function(one value of each), owned, or 0."""
    w = m.words
    iterators: i64 = w[it + ITER_SOURCE]
    if w[iterators + OB_SIZE] > 1:
        return map_several(m, it, iterators)
    v: i64 = next_inner(m, w[iterators + TUPLE_ITEMS])
    if v == 0:
        return 0
    try:
        return m.call1(m.words[it + ITER_EXTRA], v)
    finally:
        decref(m, m.words, v)


def map_several(m: Machine, it: i64, iterators: i64) -> i64:
    """The same for several iterables: the arguments lie in a tuple."""
    n: i64 = m.words[iterators + OB_SIZE]
    arguments: i64 = new_tuple(m, n)
    try:
        i: i64 = 0
        while i < n:
            v: i64 = next_inner(m, m.words[iterators + TUPLE_ITEMS + i])
            if v == 0:
                return 0
            m.words[arguments + TUPLE_ITEMS + i] = v
            i += 1
        return m.call(m.words[it + ITER_EXTRA], arguments + TUPLE_ITEMS, n)
    finally:
        decref(m, m.words, arguments)


# ---------------------------------------------------------------- filter
def new_filter(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """filter(function or None, iterable)."""
    return new_iterator(m, t, m.iter(m.words[at + 1]), m.words[at])


def filter_next(m: Machine, it: i64) -> i64:
    """The next value for which the function is true, owned, or 0."""
    v: i64 = next_inner(m, m.words[it + ITER_SOURCE])
    while v != 0:
        wanted: bool = False
        try:
            wanted = passes(m, m.words[it + ITER_EXTRA], v)
        finally:
            if not wanted:
                decref(m, m.words, v)
        if wanted:
            return v
        v = next_inner(m, m.words[it + ITER_SOURCE])
    return 0


def passes(m: Machine, function: i64, v: i64) -> bool:
    """The truth of function(v), of v itself for None and bool."""
    if function == NONE or function == T_BOOL:
        return m.is_true(v)
    r: i64 = m.call1(function, v)
    try:
        return m.is_true(r)
    finally:
        decref(m, m.words, r)


# ---------------------------------------------------------------- reversed
def new_reversed(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """reversed(sequence): what its `__reversed__` gives, or an iterator over its items from the last."""
    o: i64 = m.words[at]
    if m.words[o + OB_TYPE] == T_LIST:
        return list_reversed(m, o)
    method: i64 = m.find_special(o, ID_REVERSED)
    if method != 0 and method != NONE:
        try:
            return m.call0(method)
        finally:
            decref(m, m.words, method)
    item: i64 = 0
    if method == 0:
        item = m.find_special(o, ID_GETITEM)
    else:
        m.words[NONE] -= 1
    if item == 0:
        raise m.error(T_TYPE_ERROR, "'" + m.type_name(o) + "' object is not reversible")
    decref(m, m.words, item)
    size: i64 = m.length(o)
    incref(m.words, o)
    it: i64 = new_iterator(m, t, o, 0)
    m.words[it + ITER_INDEX] = size - 1
    return it


def reversed_next(m: Machine, it: i64) -> i64:
    """The item before the last one given, owned, or 0."""
    w = m.words
    o: i64 = w[it + ITER_SOURCE]
    i: i64 = w[it + ITER_INDEX]
    if o == 0:
        return 0
    if i >= 0:
        w[it + ITER_INDEX] = i - 1
        if w[o + OB_TYPE] == T_TUPLE:
            v: i64 = w[o + TUPLE_ITEMS + i]
            incref(w, v)
            return v
        v = item_or_end(m, o, i)
        if v != 0:
            return v
    store(m, m.words, it + ITER_SOURCE, 0)
    return 0


def item_or_end(m: Machine, o: i64, i: i64) -> i64:
    """o[i], owned; 0 for IndexError and StopIteration."""
    key: i64 = new_int(m, i)
    try:
        return m.get_item(o, key)
    except Raised:
        if not m.catch(T_INDEX_ERROR) and not m.catch(T_STOP_ITERATION):
            raise
    finally:
        decref(m, m.words, key)
    return 0
