"""Which objects of a generation are garbage: those that only references among themselves keep alive.

    update_refs          gc_refs = ob_refcnt, for every object in young
    subtract_refs        for every reference from an object in young to another: gc_refs - 1
                         what is left above 0 comes from outside: from the stack, registers, older generations
    move_unreachable     young -> unreachable if gc_refs is 0, and back again when something reachable refers to it
    untrack_tuples       tuples that can never be in a cycle leave the collector's sight; in a full collection also
    untrack_dicts        dicts that cannot be in one now

gc_refs << 1 is a count (0 or more) while its object is being looked at; afterwards GC_REFS_REACHABLE or
GC_REFS_TENTATIVELY_UNREACHABLE stands there, as memory/gc.py says.

CPython counterpart: deduce_unreachable of Modules/gcmodule.c; gc_refs has a word of its own, as up to 3.7.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.gclist import gc_list_move, may_be_tracked
from minipy.memory.gcphases import PHASE_MOVE_UNREACHABLE, PHASE_SUBTRACT_REFS, PHASE_UPDATE_REFS
from minipy.memory.layout import (
    DICT_ENTRIES,
    DICT_NENTRIES,
    GC_FINALIZED,
    GC_NEXT,
    GC_REFS,
    GC_REFS_ONE,
    GC_REFS_REACHABLE,
    GC_REFS_TENTATIVELY_UNREACHABLE,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    TP_BUF_FIRST,
    TP_BUF_STRIDE,
    TUPLE_ITEMS,
)
from minipy.memory.objalloc import gc_untrack
from minipy.memory.statics import T_DICT, T_TUPLE
from minipy.memory.traverse import VISIT_DECREF, VISIT_REACHABLE, traverse
from minipy.memory.words import Heap, vec


def deduce_unreachable(heap: Heap, young: i64, unreachable: i64) -> None:
    """Move the objects in `young` that only references among themselves keep alive to the empty list `unreachable`."""
    w = heap.words
    heap.phase(PHASE_UPDATE_REFS)
    update_refs(w, young)
    heap.phase(PHASE_SUBTRACT_REFS)
    subtract_refs(w, young)
    heap.phase(PHASE_MOVE_UNREACHABLE)
    move_unreachable(w, young, unreachable)


def update_refs(w: vec[i64], young: i64) -> None:
    """gc_refs = ob_refcnt."""
    a: i64 = w[young + GC_NEXT]
    while a != young:
        w[a + GC_REFS] = w[a + OB_REFCNT] * GC_REFS_ONE | (w[a + GC_REFS] & GC_FINALIZED)
        a = w[a + GC_NEXT]


def subtract_refs(w: vec[i64], young: i64) -> None:
    """Take the references from objects in `young` off the gc_refs of what they refer to."""
    a: i64 = w[young + GC_NEXT]
    while a != young:
        traverse(w, a, VISIT_DECREF, young)
        a = w[a + GC_NEXT]


def move_unreachable(w: vec[i64], young: i64, unreachable: i64) -> None:
    """Scan `young` once: an object without references from outside is moved out until a reachable one refers to it.

    What lies to the left of the scan is reachable for sure; what comes back is appended, so it is scanned, too.
    """
    a: i64 = w[young + GC_NEXT]
    while a != young:
        refs: i64 = w[a + GC_REFS]
        following: i64 = w[a + GC_NEXT]
        if refs < GC_REFS_ONE:
            gc_list_move(w, a, unreachable)
            w[a + GC_REFS] = GC_REFS_TENTATIVELY_UNREACHABLE | (refs & GC_FINALIZED)
        else:
            w[a + GC_REFS] = GC_REFS_REACHABLE | (refs & GC_FINALIZED)
            traverse(w, a, VISIT_REACHABLE, young)
            following = w[a + GC_NEXT]
        a = following


def untrack_tuples(w: vec[i64], young: i64) -> None:
    """Untrack the tuples in `young` whose items can never be tracked."""
    a: i64 = w[young + GC_NEXT]
    while a != young:
        following: i64 = w[a + GC_NEXT]
        if w[a + OB_TYPE] == T_TUPLE:
            maybe_untrack_tuple(w, a)
        a = following


def maybe_untrack_tuple(w: vec[i64], a: i64) -> None:
    """Untrack the tuple if no item may be tracked; one still being filled stays."""
    i: i64 = a + TUPLE_ITEMS
    end: i64 = i + w[a + OB_SIZE]
    while i < end:
        if w[i] == 0 or may_be_tracked(w, w[i]):
            return
        i += 1
    gc_untrack(w, a)


def untrack_dicts(w: vec[i64], young: i64) -> i64:
    """Untrack the dicts in `young` that hold nothing that may be tracked; they are tracked again when they get some.

    Only a full collection does this: to look at every growing dict each time would take quadratic time. Returns how
    many objects are left, which saves a walk through all of them.
    """
    left: i64 = 0
    a: i64 = w[young + GC_NEXT]
    while a != young:
        following: i64 = w[a + GC_NEXT]
        left += 1
        if w[a + OB_TYPE] == T_DICT:
            maybe_untrack_dict(w, a)
            if w[a + GC_NEXT] == 0:
                left -= 1
        a = following
    return left


def maybe_untrack_dict(w: vec[i64], a: i64) -> None:
    """Untrack the dict if no key and no value may be tracked."""
    stride: i64 = w[T_DICT + TP_BUF_STRIDE]
    i: i64 = w[a + DICT_ENTRIES] + w[T_DICT + TP_BUF_FIRST]
    end: i64 = i + w[a + DICT_NENTRIES] * stride
    while i < end:
        if w[i] != 0 and (may_be_tracked(w, w[i]) or may_be_tracked(w, w[i + 1])):
            return
        i += stride
    gc_untrack(w, a)
