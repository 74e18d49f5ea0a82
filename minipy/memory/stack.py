"""Walking the activation records of the run-time stack.

    STACK_BASE                                                       W_BASE                          W_SP
    | function | locals | header | values | function | locals ... | function | locals | header | values |
                            `-- FRAME_BACK <------------------------------------------------'

Every word of the stack in use is a reference or 0, except each record's FRAME_BACK and FRAME_RETURN.

Invariant: FRAME_BACK of a record that native code entered names the interrupted record, so the chain reaches the first
record, whose FRAME_BACK is 0. While no record runs, W_BASE is 0.

CPython counterpart: the f_back chain, _PyInterpreterFrame.previous.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_NLOCALSPLUS,
    FRAME_BACK,
    FRAME_RETURN,
    FUNC_CODE,
    STACK_BASE,
    W_BASE,
    W_SP,
)
from minipy.memory.words import vec


def records(w: vec[i64]) -> list[int]:
    """The bases of the activation records, the running one first."""
    bases: list[int] = []
    base: i64 = w[W_BASE]
    while base != 0:
        bases.append(int(base))
        back: i64 = w[record_header(w, base) + FRAME_BACK]
        if back >= base:
            break
        base = back
    return bases


def record_header(w: vec[i64], base: i64) -> i64:
    """The address of the record's header, FRAME_BACK being its first word."""
    return base + w[w[w[base - 1] + FUNC_CODE] + CO_NLOCALSPLUS]


def stack_references(w: vec[i64]) -> list[int]:
    """The addresses of all words of the run-time stack in use that hold references or 0."""
    raw: set[int] = set()
    for base in records(w):
        header: i64 = record_header(w, base)
        raw.add(int(header + FRAME_BACK))
        raw.add(int(header + FRAME_RETURN))
    return [at for at in range(STACK_BASE, int(w[W_SP])) if at not in raw]
