"""Counting native code that recurses over a program's data: repr, comparison and hash of nested collections.

Each level counts like a call: W_DEPTH against the recursion limit; and W_DATA_DEPTH against what the host's own stack
can bear, whatever limit the program sets. Iterators over iterators count only there.

CPython counterpart: Py_EnterRecursiveCall of Python/ceval.c. There iterators over iterators end the process when they
are too many for its stack; here RecursionError.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TP_SOLID, W_DATA_DEPTH, W_DEPTH, W_RECURSION_LIMIT
from minipy.memory.statics import T_ENUMERATE, T_ITERTOOL, T_RECURSION_ERROR
from minipy.memory.words import vec
from minipy.objects.machine import Machine

DEEPEST: Final = 2500


def enter(m: Machine, where: str) -> None:
    """One level more; RecursionError "maximum recursion depth exceeded" + where. Every enter has its `leave`."""
    w = m.words
    if w[W_DEPTH] >= w[W_RECURSION_LIMIT] or w[W_DATA_DEPTH] >= DEEPEST:
        raise m.error(T_RECURSION_ERROR, "maximum recursion depth exceeded" + where)
    w[W_DEPTH] += 1
    w[W_DATA_DEPTH] += 1


def next_inner(m: Machine, it: i64) -> i64:
    """m.next(it) for an iterator that asks `it` when it is asked itself: one level more if `it` does the same."""
    w = m.words
    solid: i64 = w[w[it + OB_TYPE] + TP_SOLID]
    if solid < T_ENUMERATE or solid > T_ITERTOOL:
        return m.next(it)
    if w[W_DATA_DEPTH] >= DEEPEST:
        raise m.error(T_RECURSION_ERROR, "maximum recursion depth exceeded in an iterator")
    w[W_DATA_DEPTH] += 1
    try:
        return m.next(it)
    finally:
        m.words[W_DATA_DEPTH] -= 1


def leave(w: vec[i64]) -> None:
    """End of what `enter` began, on every path."""
    w[W_DEPTH] -= 1
    w[W_DATA_DEPTH] -= 1
