"""`a[start:stop:step]` and its assignment, without a slice object where no program could see it.

    BINARY_SLICE, STORE_SLICE -> a list, str or tuple, bounds None or ints -> W_SLICE_START, _STOP, _STEP -> the type
                              -> any other                                 -> slice object -> __getitem__, __setitem__

CPython counterpart: BINARY_SLICE and STORE_SLICE in Python/bytecodes.c of 3.12 (two bounds only). 3.11 always makes the
object and keeps the last one that died for the next slice (slice_cache).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_LIST, T_STR, T_TUPLE
from minipy.objects.list_slice import list_set_slice, list_slice
from minipy.objects.machine import Machine
from minipy.objects.sliceobject import new_slice, unpack_plain
from minipy.objects.tupleobject import tuple_slice
from minipy.objects.unicode_slice import str_slice
from minipy.vm.frame import pop_values, replace_top


def build_slice(m: Machine, n: i64, sp: i64) -> i64:
    """BUILD_SLICE of 2 or 3 values."""
    return replace_top(m, sp, n, slice_of(m, n, sp))


def binary_slice(m: Machine, n: i64, sp: i64) -> i64:
    """BINARY_SLICE: container, 2 or 3 bounds."""
    w = m.words
    o: i64 = w[sp - n - 1]
    t: i64 = w[o + OB_TYPE]
    r: i64
    if (t == T_LIST or t == T_STR or t == T_TUPLE) and unpack_bounds(m, n, sp):
        r = list_slice(m, o) if t == T_LIST else str_slice(m, o) if t == T_STR else tuple_slice(m, o)
    else:
        s: i64 = slice_of(m, n, sp)
        try:
            r = m.get_item(o, s)
        finally:
            decref(m, m.words, s)
    return replace_top(m, sp, n + 1, r)


def store_slice(m: Machine, n: i64, sp: i64) -> i64:
    """STORE_SLICE: value, container, 2 or 3 bounds."""
    w = m.words
    o: i64 = w[sp - n - 1]
    value: i64 = w[sp - n - 2]
    if w[o + OB_TYPE] == T_LIST and unpack_bounds(m, n, sp):
        list_set_slice(m, o, value)
    else:
        s: i64 = slice_of(m, n, sp)
        try:
            m.set_item(o, s, value)
        finally:
            decref(m, m.words, s)
    pop_values(m, m.words, sp - n - 2, sp)
    return sp - n - 2


def slice_of(m: Machine, n: i64, sp: i64) -> i64:
    """A slice of the n topmost values, owned; they stay where they are."""
    w = m.words
    return new_slice(m, w[sp - n], w[sp - n + 1], w[sp - 1] if n == 3 else NONE)


def unpack_bounds(m: Machine, n: i64, sp: i64) -> bool:
    """Read the n topmost values into the registers of slicing; False if only a slice object will do."""
    w = m.words
    return unpack_plain(m, w[sp - n], w[sp - n + 1], w[sp - 1] if n == 3 else NONE)
