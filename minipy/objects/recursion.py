"""Counting native code that recurses over a program's data: repr, comparison and hash of nested collections.

Each level counts like a call: W_DEPTH against the recursion limit, and W_NATIVE_DEPTH against what the host's own
stack can bear, whatever limit the program sets.

CPython counterpart: Py_EnterRecursiveCall of Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import W_DEPTH, W_NATIVE_DEPTH, W_RECURSION_LIMIT
from minipy.memory.statics import T_RECURSION_ERROR
from minipy.memory.words import vec
from minipy.objects.machine import Machine


def enter(m: Machine, where: str) -> None:
    """One level more; RecursionError "maximum recursion depth exceeded" + where. Every enter has its `leave`."""
    w = m.words
    if w[W_DEPTH] >= w[W_RECURSION_LIMIT] or w[W_NATIVE_DEPTH] >= m.options.native_limit:
        raise m.error(T_RECURSION_ERROR, "maximum recursion depth exceeded" + where)
    w[W_DEPTH] += 1
    w[W_NATIVE_DEPTH] += 1


def leave(w: vec[i64]) -> None:
    """End of what `enter` began, on every path."""
    w[W_DEPTH] -= 1
    w[W_NATIVE_DEPTH] -= 1
