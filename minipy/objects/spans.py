"""Runs of references: what PySequence_Fast and loops of Py_INCREF are in CPython's list and tuple code.

A span is `n` words from the address `at`; lengths are in words, and n <= 0 is an empty span.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import LIST_ITEMS, LIST_LENGTH, OB_SIZE, OB_TYPE, TUPLE_ITEMS
from minipy.memory.refcount import incref
from minipy.memory.statics import T_LIST, T_TUPLE
from minipy.memory.words import vec


def is_sequence(w: vec[i64], o: i64) -> bool:
    """Is o an exact list or tuple, so that its items are a span?"""
    t: i64 = w[o + OB_TYPE]
    return t == T_LIST or t == T_TUPLE


def sequence_items(w: vec[i64], o: i64) -> i64:
    """The address of the items of the exact list or tuple o; a list may move them, or have none (0)."""
    return w[o + LIST_ITEMS] if w[o + OB_TYPE] == T_LIST else o + TUPLE_ITEMS


def sequence_length(w: vec[i64], o: i64) -> i64:
    """The number of items of the exact list or tuple o."""
    return w[o + LIST_LENGTH] if w[o + OB_TYPE] == T_LIST else w[o + OB_SIZE]


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
