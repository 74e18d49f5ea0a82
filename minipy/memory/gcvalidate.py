"""Are the collector's lists in order? Asked between the phases of a collection if Options.check_collector says so.

CPython counterpart: validate_list of Modules/gcmodule.c (GC_DEBUG).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.check import Unsound
from minipy.memory.describe import describe
from minipy.memory.layout import (
    GC_NEXT,
    GC_PREV,
    GC_REFS,
    GC_REFS_ONE,
    GC_REFS_REACHABLE,
    GC_REFS_TENTATIVELY_UNREACHABLE,
    GENERATION0,
    GENERATION_WORDS,
    OB_REFCNT,
    OB_TYPE,
    PERMANENT,
    TP_GC,
    WRCB_TO_CALL,
)
from minipy.memory.words import vec


def validate_lists(w: vec[i64], when: str, garbage: i64) -> None:
    """The generations hold reachable objects, the list `garbage` (0: none) the others; else Unsound."""
    head: i64 = GENERATION0
    while head <= WRCB_TO_CALL:
        if head <= PERMANENT:
            validate_list(w, when, head, GC_REFS_REACHABLE)
        elif head == garbage:
            validate_list(w, when, head, GC_REFS_TENTATIVELY_UNREACHABLE)
        elif w[head + GC_NEXT] != head or w[head + GC_PREV] != head:
            raise Unsound(f"{when}: list {head} is not empty")
        head += GENERATION_WORDS


def validate_list(w: vec[i64], when: str, head: i64, state: i64) -> None:
    """Links lead there and back; each object is alive, has a collector's head and the state; else Unsound."""
    before: i64 = head
    a: i64 = w[head + GC_NEXT]
    while a != head:
        if w[a + GC_PREV] != before:
            raise Unsound(f"{when}: gc_prev of {describe(w, a)} is not {before}")
        if w[w[a + OB_TYPE] + TP_GC] == 0 or w[a + OB_REFCNT] <= 0:
            raise Unsound(f"{when}: {describe(w, a)} is in list {head}, but dead or no container")
        if w[a + GC_REFS] & -GC_REFS_ONE != state:
            raise Unsound(f"{when}: gc_refs of {describe(w, a)} in list {head} is {w[a + GC_REFS]}")
        before = a
        a = w[a + GC_NEXT]
    if w[head + GC_PREV] != before:
        raise Unsound(f"{when}: gc_prev of list {head} is not {before}")
