"""Iterators over a deque, forward and backward, as itertools (objects/itertool.py) with classes of their own.

    TOOL_SOURCE the deque     TOOL_INDEX items still to give     TOOL_STEP the deque's state at the start

CPython counterpart: dequeiter of Modules/_collectionsmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout_modules import (
    DEQUE_LENGTH,
    DEQUE_STATE,
    TOOL_INDEX,
    TOOL_SOURCE,
    TOOL_STEP,
    W_DEQUE_ITERATOR,
    W_DEQUE_REVERSED,
)
from minipy.memory.refcount import incref
from minipy.objects.dequeobject import mutated, place
from minipy.objects.itertool import new_tool
from minipy.objects.itertool_combine import LAST_CHOICE
from minipy.objects.machine import Machine

FORWARD: Final = LAST_CHOICE + 1
BACKWARD: Final = LAST_CHOICE + 2


def deque_iter(m: Machine, o: i64, kind: i64) -> i64:
    """iter(o) or reversed(o)."""
    w = m.words
    incref(w, o)
    it: i64 = new_tool(m, w[W_DEQUE_ITERATOR if kind == FORWARD else W_DEQUE_REVERSED], kind, o, 0)
    w = m.words
    w[it + TOOL_INDEX] = w[o + DEQUE_LENGTH]
    w[it + TOOL_STEP] = w[o + DEQUE_STATE]
    return it


def deque_next(m: Machine, it: i64, kind: i64) -> i64:
    """The next item, owned, or 0; RuntimeError if the deque changed."""
    w = m.words
    o: i64 = w[it + TOOL_SOURCE]
    left: i64 = w[it + TOOL_INDEX]
    if w[o + DEQUE_STATE] != w[it + TOOL_STEP]:
        w[it + TOOL_INDEX] = 0
        raise mutated(m)
    if left == 0:
        return 0
    w[it + TOOL_INDEX] = left - 1
    value: i64 = w[place(w, o, w[o + DEQUE_LENGTH] - left if kind == FORWARD else left - 1)]
    incref(w, value)
    return value
