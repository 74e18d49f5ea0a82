"""Instructions that add to a container lying `depth` values below what they add: comprehensions and displays.

CPython counterpart: MAP_ADD, LIST_EXTEND, SET_UPDATE, DICT_UPDATE, DICT_MERGE in Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import W_SP
from minipy.memory.statics import T_ATTRIBUTE_ERROR, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.objects import dict_merge as merging
from minipy.objects import listobject, setobject
from minipy.objects.dictobject import dict_set
from minipy.objects.machine import Machine
from minipy.vm.frame import pop_values


def pop_top(m: Machine, n: i64, sp: i64) -> i64:
    """Drop the n topmost values."""
    pop_values(m, m.words, sp - n, sp)
    m.words[W_SP] = sp - n
    return sp - n


def map_add(m: Machine, depth: i64, sp: i64) -> i64:
    """MAP_ADD: dict, ..., key, value."""
    w = m.words
    dict_set(m, w[sp - 2 - depth], w[sp - 2], w[sp - 1])
    return pop_top(m, 2, sp)


def list_extend(m: Machine, depth: i64, sp: i64) -> i64:
    """LIST_EXTEND, with the message of a star in a display or call."""
    w = m.words
    iterable: i64 = w[sp - 1]
    try:
        listobject.list_extend(m, w[sp - 1 - depth], iterable)
    except Raised:
        if m.is_iterable(iterable) or not m.catch(T_TYPE_ERROR):
            raise
        raise m.error(T_TYPE_ERROR, f"Value after * must be an iterable, not {m.type_name(iterable)}") from None
    return pop_top(m, 1, sp)


def set_update(m: Machine, depth: i64, sp: i64) -> i64:
    """SET_UPDATE."""
    w = m.words
    setobject.set_update(m, w[sp - 1 - depth], w[sp - 1])
    return pop_top(m, 1, sp)


def dict_update(m: Machine, depth: i64, sp: i64) -> i64:
    """DICT_UPDATE: `**mapping` in a display."""
    w = m.words
    mapping: i64 = w[sp - 1]
    try:
        merging.dict_merge(m, w[sp - 1 - depth], mapping)
    except Raised:
        if not m.catch(T_ATTRIBUTE_ERROR):
            raise
        raise m.error(T_TYPE_ERROR, f"'{m.type_name(mapping)}' object is not a mapping") from None
    return pop_top(m, 1, sp)


def dict_merge(m: Machine, depth: i64, sp: i64) -> i64:
    """DICT_MERGE: `**mapping` in a call; a keyword given twice is an error."""
    w = m.words
    merging.merge_keywords(m, w[sp - 1 - depth], w[sp - 1], w[sp - 3 - depth])
    return pop_top(m, 1, sp)
