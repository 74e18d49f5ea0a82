"""Counting native code that recurses over a program's data: repr, comparison and hash of nested collections.

Each level counts like a call: W_DEPTH against the recursion limit; and W_DATA_DEPTH against what the host's own stack
can bear, whatever limit the program sets.

CPython counterpart: Py_EnterRecursiveCall of Python/ceval.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import W_DATA_DEPTH, W_DEPTH, W_RECURSION_LIMIT
from minipy.memory.statics import T_RECURSION_ERROR
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


def leave(w: vec[i64]) -> None:
    """End of what `enter` began, on every path."""
    w[W_DEPTH] -= 1
    w[W_DATA_DEPTH] -= 1
