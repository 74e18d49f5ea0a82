"""Slice objects, and the arithmetic of slicing that every sequence shares.

`slice_unpack` reads start, stop and step (which may run a program's `__index__`) and `slice_adjust` fits them to a
length; both leave their answer in three registers of the control block, which the caller reads at once, before it
calls anything else. They are two because a list's length may change while `__index__` runs.

CPython counterpart: PySlice_Unpack and PySlice_AdjustIndices of Objects/sliceobject.c, _PyEval_SliceIndex of
Python/ceval.c. The methods of slices are in slice_methods.py: they need tuples, which need this module.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    BIG_SIGN,
    INT_VALUE,
    OB_TYPE,
    RANGE_START,
    RANGE_STEP,
    RANGE_STOP,
    W_SLICE_START,
    W_SLICE_STEP,
    W_SLICE_STOP,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    NONE,
    T_BIGINT,
    T_BOOL,
    T_INDEX_ERROR,
    T_INT,
    T_SLICE,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import vec
from minipy.objects.arguments import index_sized
from minipy.objects.machine import Machine

FAR: Final = 1 << 62
"""Beyond every length; indices are clamped to it, as CPython clamps them to PY_SSIZE_T_MAX."""


def new_slice(m: Machine, start: i64, stop: i64, step: i64) -> i64:
    """slice(start, stop, step); the three are borrowed."""
    s: i64 = gc_alloc(m, T_SLICE)
    w = m.words
    incref(w, start)
    incref(w, stop)
    incref(w, step)
    w[s + RANGE_START] = start
    w[s + RANGE_STOP] = stop
    w[s + RANGE_STEP] = step
    return s


def clamped_index(m: Machine, o: i64, message: str) -> i64:
    """The integer o, clamped to -FAR .. FAR; TypeError with `message` if o has no `__index__` (it may run)."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if t == T_INT or t == T_BOOL:
        return w[o + INT_VALUE]
    n: i64 = m.index_object(o)
    if n == 0:
        raise m.error(T_TYPE_ERROR, message)
    w = m.words
    if w[n + OB_TYPE] == T_BIGINT:
        v: i64 = w[n + BIG_SIGN] * FAR
    else:
        v = w[n + INT_VALUE]
    decref(m, w, n)
    return v


def subscript_index(m: Machine, key: i64, name: str) -> i64:
    """The word of a subscript that is no exact int (`__index__` may run); `name` is the sequence's type."""
    n: i64 = m.index_object(key)
    if n == 0:
        raise m.error(T_TYPE_ERROR, name + " indices must be integers or slices, not " + m.type_name(key))
    return index_sized(m, key, n, T_INDEX_ERROR)


def slice_bound(m: Machine, w: vec[i64], o: i64, default: i64) -> i64:
    """A part of a slice: its integer, or `default` for None."""
    if o == NONE:
        return default
    if w[o + OB_TYPE] == T_INT:
        return w[o + INT_VALUE]
    return clamped_index(m, o, "slice indices must be integers or None or have an __index__ method")


def method_bound(m: Machine, o: i64) -> i64:
    """The integer of a start or stop argument of index() and its like, where None is an error."""
    return clamped_index(m, o, "slice indices must be integers or have an __index__ method")


def slice_unpack(m: Machine, s: i64) -> None:
    """Read the slice into W_SLICE_START, W_SLICE_STOP and W_SLICE_STEP, not yet fitted to a length."""
    w = m.words
    step: i64 = slice_bound(m, w, w[s + RANGE_STEP], 1)
    if step == 0:
        raise m.error(T_VALUE_ERROR, "slice step cannot be zero")
    w = m.words
    start: i64 = slice_bound(m, w, w[s + RANGE_START], FAR if step < 0 else 0)
    w = m.words
    stop: i64 = slice_bound(m, w, w[s + RANGE_STOP], -FAR if step < 0 else FAR)
    w = m.words
    w[W_SLICE_START] = start
    w[W_SLICE_STOP] = stop
    w[W_SLICE_STEP] = step


def is_plain_bound(w: vec[i64], o: i64) -> bool:
    """Is o None or an int of one word, so that reading it runs no program code?"""
    return o == NONE or w[o + OB_TYPE] == T_INT


def unpack_plain(m: Machine, start: i64, stop: i64, step: i64) -> bool:
    """Read three borrowed objects as slice_unpack does; False, nothing read, if only a slice object will do."""
    w = m.words
    if not (is_plain_bound(w, start) and is_plain_bound(w, stop) and is_plain_bound(w, step)):
        return False
    by: i64 = slice_bound(m, w, step, 1)
    if by == 0:
        return False
    w[W_SLICE_START] = slice_bound(m, w, start, FAR if by < 0 else 0)
    w[W_SLICE_STOP] = slice_bound(m, w, stop, -FAR if by < 0 else FAR)
    w[W_SLICE_STEP] = by
    return True


def adjust_bound(v: i64, length: i64, step: i64) -> i64:
    """One bound counted from the front and held within the sequence."""
    if v < 0:
        v += length
        if v < 0:
            return -1 if step < 0 else 0
    elif v >= length:
        return length - 1 if step < 0 else length
    return v


def slice_adjust(w: vec[i64], length: i64) -> i64:
    """Fit the unpacked slice in the registers to `length`; return how many items it selects."""
    step: i64 = w[W_SLICE_STEP]
    start: i64 = adjust_bound(w[W_SLICE_START], length, step)
    stop: i64 = adjust_bound(w[W_SLICE_STOP], length, step)
    w[W_SLICE_START] = start
    w[W_SLICE_STOP] = stop
    if step < 0:
        if stop < start:
            return (start - stop - 1) // -step + 1
    elif start < stop:
        return (stop - start - 1) // step + 1
    return 0


def slice_indices(m: Machine, s: i64, length: i64) -> i64:
    """The number of items slice s selects from `length`; first, end and step are then in the W_SLICE registers."""
    slice_unpack(m, s)
    return slice_adjust(m.words, length)
