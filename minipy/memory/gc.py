"""The cyclic garbage collector: three generations, each collected by subtracting the references from inside it.

    collect(g): merge younger lists into generation g; that list is `young`
      update_refs          gc_refs = ob_refcnt, for every object in young
      subtract_refs        for every reference from an object in young to another: gc_refs - 1
                           what is left above 0 comes from outside: from the stack, registers, older generations
      move_unreachable     young -> UNREACHABLE if gc_refs is 0, and back again when something reachable refers to it
      untrack_tuples       tuples that can never be in a cycle leave the collector's sight
      survivors            merged into the next generation
      handle_weakrefs      weak references to UNREACHABLE are cleared, callbacks run
      finalize_garbage     finalizers run, once an object
      handle_resurrected_objects   what a finalizer made reachable again moves to the old generation
      delete_garbage       references inside the rest are cleared; counts fall to 0 and deallocate

gc_refs << 1 is a count (0 or more) while its object is being collected, else GC_REFS_UNTRACKED, GC_REFS_REACHABLE or
GC_REFS_TENTATIVELY_UNREACHABLE; bit 0 is GC_FINALIZED.

Invariants
- Between collections every tracked object is GC_REFS_REACHABLE and in one generation's list (or PERMANENT, frozen).
- No collection starts inside another. Nothing here depends on time or on addresses' order.
- Program code runs in handle_weakrefs, finalize_garbage and delete_garbage.

CPython counterpart: gc_collect_main in Modules/gcmodule.c (3.11). gc_refs has a word of its own, as up to 3.7; dicts
are always tracked; garbage is looked at a second time only if a finalizer ran.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.gclist import gc_list_is_empty, gc_list_merge, gc_list_move, gc_list_size
from minipy.memory.layout import (
    FINALIZERS,
    GC_FINALIZED,
    GC_NEXT,
    GC_REFS,
    GC_REFS_ONE,
    GC_REFS_REACHABLE,
    GC_REFS_TENTATIVELY_UNREACHABLE,
    GENERATION0,
    GENERATION2,
    GENERATION_WORDS,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    PERMANENT,
    TP_BUF,
    TP_BUF_COUNT,
    TP_BUF_FIRST,
    TP_BUF_STRIDE,
    TP_FLAGS,
    TP_GC,
    TP_ITEMS,
    TP_NSLOTS,
    TP_SLOTS,
    TPFLAGS_DEL,
    TUPLE_ITEMS,
    UNREACHABLE,
    W_GC_COLLECTING,
    W_GC_COUNT,
    W_GC_ENABLED,
    W_GC_STATS,
    W_GC_THRESHOLD,
    W_GC_TRIGGER,
    W_LONG_LIVED_PENDING,
    W_LONG_LIVED_TOTAL,
)
from minipy.memory.objalloc import gc_untrack
from minipy.memory.obmalloc import release_reserves
from minipy.memory.refcount import call_finalizer, dealloc, decref, store
from minipy.memory.statics import T_TUPLE
from minipy.memory.traverse import VISIT_DECREF, VISIT_REACHABLE, traverse
from minipy.memory.words import Heap, vec

GENERATIONS: Final = 3
STATS_WORDS: Final = 3
"""Words of a generation's statistics: collections, collected, uncollectable."""


PHASES: Final = (
    "start 0", "start 1", "start 2", "update_refs", "subtract_refs", "move_unreachable", "untrack_tuples",
    "handle_weakrefs", "finalize_garbage", "handle_resurrected_objects", "delete_garbage", "stop",
)  # fmt: skip
"""What Heap.phase hears, by number; after "start G" of a collection of generation G the younger lists are merged."""
PHASE_UPDATE_REFS: Final = 3
PHASE_SUBTRACT_REFS: Final = 4
PHASE_MOVE_UNREACHABLE: Final = 5
PHASE_UNTRACK_TUPLES: Final = 6
PHASE_HANDLE_WEAKREFS: Final = 7
PHASE_FINALIZE_GARBAGE: Final = 8
PHASE_HANDLE_RESURRECTED: Final = 9
PHASE_DELETE_GARBAGE: Final = 10
PHASE_STOP: Final = 11


# ---------------------------------------------------------------- when
def maybe_collect(heap: Heap) -> None:
    """At a safe point: collect if allocations made it due. May run program code; reload heap.words."""
    w = heap.words
    if w[W_GC_COUNT] > w[W_GC_TRIGGER] and w[W_GC_COLLECTING] == 0:
        if heap.options.collect_every_allocation:
            collect(heap, GENERATIONS - 1)
        else:
            collect_generations(heap)


def collect_generations(heap: Heap) -> i64:
    """Collect the oldest generation whose threshold is exceeded, if any; returns the number of unreachable objects.

    A full collection also waits until the objects that survived a middle one since the last full one are a quarter
    of those that survived that: else ever growing programs would take quadratic time.
    """
    w = heap.words
    g: i64 = GENERATIONS - 1
    while g >= 0:
        if w[W_GC_COUNT + g] > w[W_GC_THRESHOLD + g]:
            if g < GENERATIONS - 1 or w[W_LONG_LIVED_PENDING] >= w[W_LONG_LIVED_TOTAL] // 4:
                return collect(heap, g)
        g -= 1
    return 0


def collect(heap: Heap, generation: i64) -> i64:
    """Collect a generation and all younger ones; returns the number of unreachable objects, 0 inside a collection."""
    w = heap.words
    if w[W_GC_COLLECTING] != 0:
        return 0
    w[W_GC_COLLECTING] = 1
    heap.phase(generation)
    n: i64 = collect_main(heap, generation)
    heap.phase(PHASE_STOP)
    w = heap.words
    w[W_GC_COLLECTING] = 0
    stats: i64 = W_GC_STATS + generation * STATS_WORDS
    w[stats] += 1
    w[stats + 1] += n
    return n


# ---------------------------------------------------------------- how
def collect_main(heap: Heap, generation: i64) -> i64:
    """The phases, in order; returns the number of unreachable objects."""
    w = heap.words
    young: i64 = merge_younger(w, generation)
    deduce_unreachable(heap, young, UNREACHABLE)
    heap.phase(PHASE_UNTRACK_TUPLES)
    untrack_tuples(w, young)
    move_survivors(w, young, generation)
    old: i64 = young if generation == GENERATIONS - 1 else young + GENERATION_WORDS
    heap.phase(PHASE_HANDLE_WEAKREFS)
    n: i64 = heap.handle_weakrefs(UNREACHABLE)
    garbage: i64 = UNREACHABLE
    heap.phase(PHASE_FINALIZE_GARBAGE)
    if finalize_garbage(heap, UNREACHABLE):
        garbage = FINALIZERS
        heap.phase(PHASE_HANDLE_RESURRECTED)
        handle_resurrected_objects(heap, UNREACHABLE, garbage, old)
    n += gc_list_size(heap.words, garbage)
    heap.phase(PHASE_DELETE_GARBAGE)
    delete_garbage(heap, garbage, old)
    if generation == GENERATIONS - 1:
        release_reserves(heap)
    return n


def merge_younger(w: vec[i64], generation: i64) -> i64:
    """Count the collection, join the younger lists to the generation's; returns its list's head."""
    if generation < GENERATIONS - 1:
        w[W_GC_COUNT + generation + 1] += 1
    young: i64 = GENERATION0 + generation * GENERATION_WORDS
    g: i64 = 0
    while g <= generation:
        w[W_GC_COUNT + g] = 0
        if g < generation:
            gc_list_merge(w, GENERATION0 + g * GENERATION_WORDS, young)
        g += 1
    return young


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
            maybe_untrack(w, a)
        a = following


def maybe_untrack(w: vec[i64], a: i64) -> None:
    """Untrack the tuple if each item is no container or an untracked tuple; one still being filled stays."""
    i: i64 = a + TUPLE_ITEMS
    end: i64 = i + w[a + OB_SIZE]
    while i < end:
        item: i64 = w[i]
        if item == 0:
            return
        if w[w[item + OB_TYPE] + TP_GC] != 0 and (w[item + OB_TYPE] != T_TUPLE or w[item + GC_NEXT] != 0):
            return
        i += 1
    gc_untrack(w, a)


def move_survivors(w: vec[i64], young: i64, generation: i64) -> None:
    """Merge what is reachable into the next older list; keep the sizes that say when a full collection pays."""
    if generation == GENERATIONS - 1:
        w[W_LONG_LIVED_PENDING] = 0
        w[W_LONG_LIVED_TOTAL] = gc_list_size(w, young)
        return
    if generation == GENERATIONS - 2:
        w[W_LONG_LIVED_PENDING] += gc_list_size(w, young)
    gc_list_merge(w, young, young + GENERATION_WORDS)


def finalize_garbage(heap: Heap, unreachable: i64) -> bool:
    """Run the finalizers of the objects in the list that have one not run yet; False: there was none."""
    w = heap.words
    found: bool = False
    while not gc_list_is_empty(w, unreachable):
        a: i64 = w[unreachable + GC_NEXT]
        gc_list_move(w, a, FINALIZERS)
        if w[w[a + OB_TYPE] + TP_FLAGS] & TPFLAGS_DEL != 0 and w[a + GC_REFS] & GC_FINALIZED == 0:
            found = True
            w[a + OB_REFCNT] += 1
            if call_finalizer(heap, a):
                dealloc(heap, heap.words, a)
            w = heap.words
    gc_list_merge(w, FINALIZERS, unreachable)
    return found


def handle_resurrected_objects(heap: Heap, unreachable: i64, still_unreachable: i64, old: i64) -> None:
    """After finalizers: sort the list anew; what became reachable again joins the generation `old`."""
    deduce_unreachable(heap, unreachable, still_unreachable)
    gc_list_merge(heap.words, unreachable, old)


def delete_garbage(heap: Heap, garbage: i64, old: i64) -> None:
    """Clear the references of each object in the list; those that do not die of it join the generation `old`."""
    w = heap.words
    while not gc_list_is_empty(w, garbage):
        a: i64 = w[garbage + GC_NEXT]
        w[a + OB_REFCNT] += 1
        clear(heap, a)
        decref(heap, heap.words, a)
        w = heap.words
        if w[garbage + GC_NEXT] == a:
            w[a + GC_REFS] = GC_REFS_REACHABLE | (w[a + GC_REFS] & GC_FINALIZED)
            gc_list_move(w, a, old)


def clear(heap: Heap, a: i64) -> None:
    """Release all references of the object `a` but that to its type, leaving 0; lengths and buffers stay.

    CPython counterpart: tp_clear.
    """
    w = heap.words
    t: i64 = w[a + OB_TYPE]
    at: i64 = a + w[t + TP_SLOTS]
    clear_range(heap, at, at + w[t + TP_NSLOTS])
    at = w[t + TP_BUF]
    if at != 0 and w[a + at] != 0:
        p: i64 = w[a + at]
        stride: i64 = w[t + TP_BUF_STRIDE]
        first: i64 = w[t + TP_BUF_FIRST]
        end: i64 = p + w[a + w[t + TP_BUF_COUNT]] * stride
        while p < end:
            clear_range(heap, p + first, p + stride)
            p += stride
    at = w[t + TP_ITEMS]
    if at != 0:
        clear_range(heap, a + at, a + at + w[a + OB_SIZE])


def clear_range(heap: Heap, i: i64, end: i64) -> None:
    """Release the references in [i, end), leaving 0."""
    while i < end:
        store(heap, heap.words, i, 0)
        i += 1


# ---------------------------------------------------------------- settings
def gc_enable(heap: Heap, enabled: bool) -> None:
    """Switch automatic collections on or off."""
    heap.words[W_GC_ENABLED] = 1 if enabled else 0
    heap.set_gc_trigger()


def gc_set_threshold(heap: Heap, generation: i64, threshold: i64) -> None:
    """Set a generation's threshold; 0 for generation 0 switches automatic collections off."""
    heap.words[W_GC_THRESHOLD + generation] = threshold
    heap.set_gc_trigger()


def gc_freeze(w: vec[i64]) -> None:
    """Move all tracked objects to the permanent list, which no collection looks at."""
    g: i64 = 0
    while g < GENERATIONS:
        gc_list_merge(w, GENERATION0 + g * GENERATION_WORDS, PERMANENT)
        w[W_GC_COUNT + g] = 0
        g += 1


def gc_unfreeze(w: vec[i64]) -> None:
    """Move the permanent list to the oldest generation."""
    gc_list_merge(w, PERMANENT, GENERATION2)
