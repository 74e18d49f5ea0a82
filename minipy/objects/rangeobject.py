"""Ranges, and the iterator that `for` loops run on.

    range:            +2 start | +3 stop | +4 step | +5 length          four int objects
    range_iterator:   ITER_INDEX next value | ITER_LIMIT values still to come | ITER_STEP step       three words

A range whose start, step and length are words is worked on in words. Everything that meets a large int, and the
slices, are a transient host range. The iterator over a range with large ints, longrange_iterator, keeps the next
value in ITER_SOURCE and the step in ITER_EXTRA as int objects.

Invariant: of a range in words every member is a word int (|value| <= 2**62), and so is one step behind the last.

CPython counterpart: Objects/rangeobject.c. What a program can ask of a range is in range_methods.py.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    INT_VALUE,
    ITER_EXTRA,
    ITER_INDEX,
    ITER_LIMIT,
    ITER_SOURCE,
    ITER_STEP,
    OB_TYPE,
    RANGE_LENGTH,
    RANGE_START,
    RANGE_STEP,
    RANGE_STOP,
)
from minipy.memory.objalloc import new_object
from minipy.memory.refcount import decref, incref, xdecref
from minipy.memory.statics import (
    T_BIGINT,
    T_INT,
    T_LONGRANGE_ITERATOR,
    T_RANGE,
    T_RANGE_ITERATOR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised, vec
from minipy.objects.arguments import argument_index
from minipy.objects.long_arith import long_unary
from minipy.objects.longobject import fast_int, host_int, long_sign, new_int, new_int_host
from minipy.objects.machine import Machine
from minipy.objects.operators import UNARY_POSITIVE

MOST_STEPS: Final = 1 << 62
"""A longrange_iterator counts no further: it is never run to the end."""


# ---------------------------------------------------------------- making
def new_range(m: Machine, start: i64, stop: i64, step: i64) -> i64:
    """range(start, stop, step) of three int objects (borrowed); ValueError if step is 0."""
    w = m.words
    length: i64
    if long_sign(w, step) == 0:
        raise m.error(T_VALUE_ERROR, "range() arg 3 must not be zero")
    if w[start + OB_TYPE] != T_BIGINT and w[stop + OB_TYPE] != T_BIGINT and w[step + OB_TYPE] != T_BIGINT:
        length = new_int(m, count_steps(w[start + INT_VALUE], w[stop + INT_VALUE], w[step + INT_VALUE]))
    else:
        length = new_int_host(m, host_length(host_int(m, start), host_int(m, stop), host_int(m, step)))
    r: i64 = 0
    try:
        r = new_object(m, T_RANGE)
    except Raised:
        decref(m, m.words, length)
        raise
    w = m.words
    incref(w, start)
    incref(w, stop)
    incref(w, step)
    w[r + RANGE_START] = start
    w[r + RANGE_STOP] = stop
    w[r + RANGE_STEP] = step
    w[r + RANGE_LENGTH] = length
    return r


def count_steps(start: i64, stop: i64, step: i64) -> i64:
    """How many members a range of words has."""
    if step > 0 and start < stop:
        return (stop - 1 - start) // step + 1
    if step < 0 and start > stop:
        return (start - 1 - stop) // -step + 1
    return 0


def host_length(start: int, stop: int, step: int) -> int:
    """The same for host ints of any size."""
    if step > 0:
        return max(0, (stop - start + step - 1) // step)
    return max(0, (start - stop - step - 1) // -step)


def range_argument(m: Machine, o: i64) -> i64:
    """An argument of range() as an exact int, owned: a range is not tracked, so it must hold nothing that could be."""
    n: i64 = argument_index(m, o)
    kind: i64 = m.words[n + OB_TYPE]
    if kind == T_INT or kind == T_BIGINT:
        return n
    try:
        return long_unary(m, UNARY_POSITIVE, n)
    finally:
        decref(m, m.words, n)


def range_of(m: Machine, start: i64, stop: i64, step: i64) -> i64:
    """range(start, stop, step) of any objects (borrowed)."""
    a: i64 = range_argument(m, start)
    b: i64 = 0
    c: i64 = 0
    try:
        b = range_argument(m, stop)
        c = range_argument(m, step)
        return new_range(m, a, b, c)
    finally:
        w = m.words
        decref(m, w, a)
        xdecref(m, w, b)
        xdecref(m, w, c)


def range_from_host(m: Machine, r: range) -> i64:
    """The range object of a host range."""
    start: i64 = new_int_host(m, r.start)
    stop: i64 = 0
    step: i64 = 0
    try:
        stop = new_int_host(m, r.stop)
        step = new_int_host(m, r.step)
        return new_range(m, start, stop, step)
    finally:
        w = m.words
        decref(m, w, start)
        xdecref(m, w, stop)
        xdecref(m, w, step)


def host_range(m: Machine, r: i64) -> range:
    """The host range with the same members."""
    w = m.words
    return range(host_int(m, w[r + RANGE_START]), host_int(m, w[r + RANGE_STOP]), host_int(m, w[r + RANGE_STEP]))


def in_words(w: vec[i64], r: i64) -> bool:
    """Are all members of r, and their number, words?"""
    return (
        w[w[r + RANGE_START] + OB_TYPE] != T_BIGINT
        and w[w[r + RANGE_STOP] + OB_TYPE] != T_BIGINT
        and w[w[r + RANGE_STEP] + OB_TYPE] != T_BIGINT
        and w[w[r + RANGE_LENGTH] + OB_TYPE] != T_BIGINT
    )


# ---------------------------------------------------------------- iteration
def range_iter(m: Machine, r: i64) -> i64:
    """iter(r)."""
    w = m.words
    start: i64 = w[r + RANGE_START]
    step: i64 = w[r + RANGE_STEP]
    length: i64 = w[r + RANGE_LENGTH]
    if in_words(w, r):
        return new_range_iterator(m, w[start + INT_VALUE], w[length + INT_VALUE], w[step + INT_VALUE])
    it: i64 = new_object(m, T_LONGRANGE_ITERATOR)
    w = m.words
    incref(w, start)
    incref(w, step)
    w[it + ITER_SOURCE] = start
    w[it + ITER_EXTRA] = step
    w[it + ITER_LIMIT] = MOST_STEPS if w[length + OB_TYPE] == T_BIGINT else w[length + INT_VALUE]
    return it


def range_reversed(m: Machine, r: i64) -> i64:
    """reversed(r)."""
    w = m.words
    if in_words(w, r):
        n: i64 = w[w[r + RANGE_LENGTH] + INT_VALUE]
        step: i64 = w[w[r + RANGE_STEP] + INT_VALUE]
        first: i64 = w[w[r + RANGE_START] + INT_VALUE]
        return new_range_iterator(m, first + (n - 1) * step if n > 0 else first, n, -step)
    backwards: i64 = range_from_host(m, host_range(m, r)[::-1])
    try:
        return range_iter(m, backwards)
    finally:
        decref(m, m.words, backwards)


def new_range_iterator(m: Machine, start: i64, length: i64, step: i64) -> i64:
    """An iterator over `length` words."""
    it: i64 = new_object(m, T_RANGE_ITERATOR)
    w = m.words
    w[it + ITER_INDEX] = start
    w[it + ITER_LIMIT] = length
    w[it + ITER_STEP] = step
    return it


def range_next(m: Machine, it: i64) -> i64:
    """The next value of a range_iterator, owned, or 0."""
    w = m.words
    left: i64 = w[it + ITER_LIMIT]
    if left <= 0:
        return 0
    v: i64 = w[it + ITER_INDEX]
    w[it + ITER_LIMIT] = left - 1
    w[it + ITER_INDEX] = v + w[it + ITER_STEP]
    a: i64 = fast_int(w, v)
    if a == 0:
        a = new_int(m, v)
    return a


def longrange_next(m: Machine, it: i64) -> i64:
    """The next value of a longrange_iterator, owned, or 0."""
    w = m.words
    if w[it + ITER_LIMIT] <= 0:
        return 0
    v: i64 = w[it + ITER_SOURCE]
    following: i64 = new_int_host(m, host_int(m, v) + host_int(m, w[it + ITER_EXTRA]))
    w = m.words
    w[it + ITER_SOURCE] = following
    w[it + ITER_LIMIT] -= 1
    return v
