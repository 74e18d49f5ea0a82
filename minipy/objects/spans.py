"""Moving runs of words: what memmove and loops of Py_INCREF are in CPython's list and tuple code.

A span is `n` words from the address `at`; lengths are in words, and n <= 0 is an empty span.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.refcount import incref
from minipy.memory.words import copy_many, vec

SHORT_MOVE: Final = 128
"""Up to this length a loop is quicker than the host's bulk copy."""


def move_words(w: vec[i64], to: i64, at: i64, n: i64) -> None:
    """Copy the span to `to`; the two may overlap."""
    if n > SHORT_MOVE:
        copy_many(w, to, at, n)
        return
    i: i64 = 0
    if to <= at:
        while i < n:
            w[to + i] = w[at + i]
            i += 1
    else:
        i = n - 1
        while i >= 0:
            w[to + i] = w[at + i]
            i -= 1


def copy_references(w: vec[i64], to: i64, at: i64, n: i64, step: i64) -> None:
    """Copy n references, every step-th word from `at`, to `to`, which owns its copies. No overlap."""
    end: i64 = to + n
    while to < end:
        v: i64 = w[at]
        incref(w, v)
        w[to] = v
        to += 1
        at += step


def reverse_words(w: vec[i64], at: i64, n: i64) -> None:
    """Turn the span round in place."""
    end: i64 = at + n - 1
    while at < end:
        v: i64 = w[at]
        w[at] = w[end]
        w[end] = v
        at += 1
        end -= 1
