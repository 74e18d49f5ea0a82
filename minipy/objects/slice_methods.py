"""What a program can ask of a slice object: its parts, comparison, repr, indices().

CPython counterpart: the slots and slice_indices of Objects/sliceobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, RANGE_START, RANGE_STEP, RANGE_STOP, TUPLE_ITEMS
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import NONE, T_SLICE, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.arguments import argument_int
from minipy.objects.longobject import host_int, new_int_host, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.sliceobject import new_slice
from minipy.objects.tupleobject import host_repr, new_tuple, tuple_compare, tuple_of3
from minipy.objects.unicodeobject import new_str

SLICE_INDICES: Final = 0

METHODS: Final = ((SLICE_INDICES, "indices", 1, 1, ""),)
GETSETS: Final = ((RANGE_START, "start"), (RANGE_STOP, "stop"), (RANGE_STEP, "step"))
NEW: Final = (1, 3, "")


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """slice(stop) or slice(start, stop, step=None)."""
    w = m.words
    if n == 1:
        return new_slice(m, NONE, w[at], NONE)
    return new_slice(m, w[at], w[at + 1], w[at + 2] if n > 2 else NONE)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` with self and the arguments at `at`."""
    w = m.words
    return slice_method_indices(m, w[at], w[at + 1])


def get(m: Machine, number: i64, o: i64) -> i64:
    """start, stop or step."""
    w = m.words
    v: i64 = w[o + number]
    incref(w, v)
    return v


def slice_method_indices(m: Machine, s: i64, length: i64) -> i64:
    """s.indices(length): (start, stop, step) for a sequence of any length."""
    n: int = argument_int(m, length)
    if n < 0:
        raise m.error(T_VALUE_ERROR, "length should not be negative")
    first, end, by = host_slice(m, s).indices(n)
    t: i64 = new_tuple(m, 3)
    try:
        put(m, t, 0, first)
        put(m, t, 1, end)
        put(m, t, 2, by)
    except Raised:
        decref(m, m.words, t)
        raise
    return t


def put(m: Machine, t: i64, i: i64, v: int) -> None:
    """Item i of the new tuple t becomes v."""
    a: i64 = new_int_host(m, v)
    m.words[t + TUPLE_ITEMS + i] = a


def host_slice(m: Machine, s: i64) -> slice:
    """The host slice with the same parts, ints of any size or None; ValueError for the step 0."""
    step: int | None = slice_part(m, m.words[s + RANGE_STEP])
    if step == 0:
        raise m.error(T_VALUE_ERROR, "slice step cannot be zero")
    start: int | None = slice_part(m, m.words[s + RANGE_START])
    stop: int | None = slice_part(m, m.words[s + RANGE_STOP])
    return slice(start, stop, step)


def slice_part(m: Machine, o: i64) -> int | None:
    """A part of a slice as a host int of any size, or None."""
    if o == NONE:
        return None
    return host_index(m, o, "slice indices must be integers or None or have an __index__ method")


def host_index(m: Machine, o: i64, message: str) -> int:
    """o as a host int through `__index__`; TypeError with the message if it has none."""
    n: i64 = m.index_object(o)
    if n == 0:
        raise m.error(T_TYPE_ERROR, message)
    v: int = host_int(m, n)
    decref(m, m.words, n)
    return v


def slice_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b: slices compare as the tuples of their parts."""
    w = m.words
    if w[b + OB_TYPE] != T_SLICE:
        return not_implemented(w)
    x: i64 = tuple_of3(m, w[a + RANGE_START], w[a + RANGE_STOP], w[a + RANGE_STEP])
    y: i64 = 0
    try:
        w = m.words
        y = tuple_of3(m, w[b + RANGE_START], w[b + RANGE_STOP], w[b + RANGE_STEP])
        return tuple_compare(m, op, x, y)
    finally:
        decref(m, m.words, x)
        if y != 0:
            decref(m, m.words, y)


def slice_repr(m: Machine, s: i64) -> i64:
    """repr(s)."""
    start: str = host_repr(m, m.words[s + RANGE_START])
    stop: str = host_repr(m, m.words[s + RANGE_STOP])
    return new_str(m, "slice(" + start + ", " + stop + ", " + host_repr(m, m.words[s + RANGE_STEP]) + ")")
