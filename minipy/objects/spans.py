"""Runs of references: what loops of Py_INCREF are in CPython's list and tuple code.

A span is `n` words from the address `at`; lengths are in words, and n <= 0 is an empty span.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.refcount import incref
from minipy.memory.words import vec


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
