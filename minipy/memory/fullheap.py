"""The collection made when the heap is full, inside the allocation that found it so.

    allocate -> no memory -> reserves given back -> no memory -> collect_quietly -> no memory -> MemoryError

Native code in the middle of its work has asked for the memory, and may hold plain references to what the program can
reach. So no program code may run: garbage with a finalizer or a weak reference, and what it refers to, is left to the
next ordinary collection.

Invariant: what native code builds is, at every allocation, whole as far as its layout descriptor tells: words that
are no references yet are 0 or not counted yet.

CPython counterpart: none, it raises MemoryError at once. Sorting out the garbage is move_legacy_finalizers and
move_legacy_finalizer_reachable (Modules/gcmodule.c).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.gc import GENERATIONS, delete_garbage, merge_younger
from minipy.memory.gclist import gc_list_merge, gc_list_move
from minipy.memory.gcreach import move_unreachable, subtract_refs, update_refs
from minipy.memory.layout import (
    FINALIZERS,
    GC_FINALIZED,
    GC_NEXT,
    GC_REFS,
    GC_REFS_ONE,
    OB_TYPE,
    TP_FLAGS,
    TP_WEAKLIST,
    TPFLAGS_DEL,
    UNREACHABLE,
    W_GC_COLLECTING,
)
from minipy.memory.obmalloc import release_reserves
from minipy.memory.words import Heap, vec


def collect_quietly(heap: Heap) -> None:
    """A full collection of what no program code hears of; nothing inside another collection. Reload heap.words."""
    w = heap.words
    if w[W_GC_COLLECTING] != 0:
        return
    w[W_GC_COLLECTING] = 1
    young: i64 = merge_younger(w, GENERATIONS - 1)
    update_refs(w, young)
    subtract_refs(w, young)
    move_unreachable(w, young, UNREACHABLE)
    move_legacy_finalizers(w, UNREACHABLE, FINALIZERS)
    move_unreachable(w, FINALIZERS, UNREACHABLE)
    gc_list_merge(w, FINALIZERS, young)
    delete_garbage(heap, UNREACHABLE, young)
    heap.words[W_GC_COLLECTING] = 0
    release_reserves(heap)


def move_legacy_finalizers(w: vec[i64], unreachable: i64, finalizers: i64) -> None:
    """Move the garbage that has last words to the list `finalizers`, as if it were referred to from outside."""
    a: i64 = w[unreachable + GC_NEXT]
    while a != unreachable:
        following: i64 = w[a + GC_NEXT]
        if has_last_words(w, a):
            gc_list_move(w, a, finalizers)
            w[a + GC_REFS] = GC_REFS_ONE | (w[a + GC_REFS] & GC_FINALIZED)
        a = following


def has_last_words(w: vec[i64], a: i64) -> bool:
    """Whether program code might run when the object dies."""
    t: i64 = w[a + OB_TYPE]
    if w[t + TP_FLAGS] & TPFLAGS_DEL != 0 and w[a + GC_REFS] & GC_FINALIZED == 0:
        return True
    weaklist: i64 = w[t + TP_WEAKLIST]
    return weaklist != 0 and w[a + weaklist] != 0
