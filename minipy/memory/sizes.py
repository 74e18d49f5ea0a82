"""How large an object is: its own block and the buffers it owns, by its type's layout descriptor.

CPython counterpart: _PyObject_SIZE, _PyObject_VAR_SIZE (Include/internal/pycore_object.h), each type's __sizeof__.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    OB_SIZE,
    TP_BASICSIZE,
    TP_GC,
    TP_ITEMSIZE,
    TP_RAW1,
    TP_RAW1_SIZE,
    TP_RAW2,
    TP_RAW2_SIZE,
)
from minipy.memory.words import vec


def object_words(w: vec[i64], a: i64, t: i64) -> i64:
    """Words of the object's own block as it was asked for: head, fixed part, items."""
    n: i64 = w[t + TP_BASICSIZE] + w[t + TP_GC]
    if w[t + TP_ITEMSIZE] != 0:
        n += w[a + OB_SIZE]
    return n


def buffer_words(w: vec[i64], a: i64, t: i64) -> i64:
    """Words of the raw buffers the object owns."""
    n: i64 = 0
    if w[t + TP_RAW1] != 0 and w[a + w[t + TP_RAW1]] != 0:
        n = w[a + w[t + TP_RAW1_SIZE]]
    if w[t + TP_RAW2] != 0 and w[a + w[t + TP_RAW2]] != 0:
        n += w[a + w[t + TP_RAW2_SIZE]]
    return n
