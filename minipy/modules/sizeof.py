"""sys.getsizeof and object.__sizeof__: the memory of one object, without what it refers to.

    getsizeof = __sizeof__ + the collector's head       __sizeof__: fixed part, items, the buffers it owns

CPython counterpart: _PySys_GetSizeOf (Python/sysmodule.c), object___sizeof___impl (Objects/typeobject.c).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TP_GC, WORD_BYTES
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_METHOD_DESCRIPTOR, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.attributes import call_special, lookup_special
from minipy.objects.identifiers import ID_SIZEOF
from minipy.objects.longobject import int_word, is_int, new_int
from minipy.objects.machine import Machine
from minipy.objects.object_methods import size_of


def getsizeof(m: Machine, o: i64, default: i64) -> i64:
    """sys.getsizeof(o, default): an owned int, or the default (0: none) where `__sizeof__` gives a TypeError."""
    try:
        size: i64 = own_size(m, o)
    except Raised:
        if default == 0 or not m.catch(T_TYPE_ERROR):
            raise
        incref(m.words, default)
        return default
    w = m.words
    return new_int(m, size + w[w[o + OB_TYPE] + TP_GC] * WORD_BYTES)


def own_size(m: Machine, o: i64) -> i64:
    """What `__sizeof__` says, checked."""
    w = m.words
    method: i64 = lookup_special(m, o, ID_SIZEOF)
    if w[method + OB_TYPE] == T_METHOD_DESCRIPTOR:
        return size_of(w, o) * WORD_BYTES
    answer: i64 = call_special(m, method, o, 0, 0)
    try:
        if not is_int(m.words, answer):
            raise m.error(T_TYPE_ERROR, "an integer is required")
        size: i64 = int_word(m, answer)
    finally:
        decref(m, m.words, answer)
    if size < 0:
        raise m.error(T_VALUE_ERROR, "__sizeof__() should return >= 0")
    return size
