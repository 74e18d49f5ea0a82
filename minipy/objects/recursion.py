"""Counting native code that recurses over a program's data: repr, comparison and hash of nested collections.

    enter           counts like a call: W_DEPTH against the recursion limit; and the host's own stack
    enter_call      counts like a call: a built-in function that calls back
    enter_data      the host's own stack alone: hashes and iterators over iterators, which CPython does not count

W_DATA_DEPTH says what the host's own stack has to bear, whatever limit the program sets: a level of `enter` takes up to
1400 bytes of it, one of `enter_data` 450 (measured 170 to 810, and 220 to 440).

CPython counterpart: Py_EnterRecursiveCall of Python/ceval.c. There iterators over iterators end the process when they
are too many for its stack; here RecursionError.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    OB_TYPE,
    TP_SOLID,
    W_DATA_DEPTH,
    W_DEPTH,
    W_NATIVE_DEPTH,
    W_NATIVE_LIMIT,
    W_RECURSION_LIMIT,
)
from minipy.memory.statics import T_ENUMERATE, T_ITERTOOL, T_RECURSION_ERROR
from minipy.memory.words import Raised, vec
from minipy.objects.machine import Machine

DEEPEST: Final = 7500
ENTERED: Final = 3
"""What a level of `enter` counts against DEEPEST."""
CALLING: Final = " while calling a Python object"


def too_deep(m: Machine, where: str) -> Raised:
    """RecursionError: maximum recursion depth exceeded + where."""
    return m.error(T_RECURSION_ERROR, "maximum recursion depth exceeded" + where)


def enter(m: Machine, where: str) -> None:
    """One level more; RecursionError "maximum recursion depth exceeded" + where. Every enter has its `leave`."""
    w = m.words
    if w[W_DEPTH] >= w[W_RECURSION_LIMIT] or w[W_DATA_DEPTH] >= DEEPEST:
        raise too_deep(m, where)
    w[W_DEPTH] += 1
    w[W_DATA_DEPTH] += ENTERED


def leave(w: vec[i64]) -> None:
    """End of what `enter` began, on every path."""
    w[W_DEPTH] -= 1
    w[W_DATA_DEPTH] -= ENTERED


def enter_call(m: Machine) -> None:
    """One level more for a call; RecursionError. Every enter_call has its `leave_call`."""
    w = m.words
    if w[W_DEPTH] >= w[W_RECURSION_LIMIT]:
        raise too_deep(m, CALLING)
    w[W_DEPTH] += 1


def leave_call(w: vec[i64]) -> None:
    """End of what `enter_call` began, on every path."""
    w[W_DEPTH] -= 1


def enter_data(m: Machine, where: str) -> None:
    """One level more that only the host's own stack limits; RecursionError. `leave_data` ends it."""
    w = m.words
    if w[W_DATA_DEPTH] >= DEEPEST:
        raise too_deep(m, where)
    w[W_DATA_DEPTH] += 1


def leave_data(w: vec[i64]) -> None:
    """End of what `enter_data` began, on every path."""
    w[W_DATA_DEPTH] -= 1


def count_native(m: Machine, depth: i64) -> None:
    """One level more than `depth` of native code that calls; RecursionError if the host's stack may not bear it."""
    w = m.words
    if depth >= w[W_NATIVE_LIMIT]:
        raise too_deep(m, "")
    w[W_NATIVE_DEPTH] = depth + 1


def next_inner(m: Machine, it: i64) -> i64:
    """m.next(it) for an iterator that asks `it` when it is asked itself: one level more if `it` does the same."""
    w = m.words
    solid: i64 = w[w[it + OB_TYPE] + TP_SOLID]
    if solid < T_ENUMERATE or solid > T_ITERTOOL:
        return m.next(it)
    enter_data(m, " in an iterator")
    try:
        return m.next(it)
    finally:
        leave_data(m.words)
