"""The cyclic garbage collector: three generations, each collected by subtracting the references from inside it.

    collect(g): merge younger lists into generation g; that list is `young`
      deduce_unreachable   what no reference from outside leads to: young -> UNREACHABLE (memory/gcreach.py)
      untrack_tuples       tuples that can never be in a cycle leave the collector's sight
      move_survivors       what is left joins the next older generation, without its plain dicts if there is none
      handle_weakrefs      weak references to UNREACHABLE are cut off, callbacks called (memory/weakref.py)
      finalize_garbage     finalizers run, once an object
      handle_resurrected_objects   what a finalizer made reachable again moves to the old generation
      delete_garbage       references inside the rest are cleared; counts fall to 0 and deallocate

gc_refs << 1 is a count (0 or more) while its object is being collected, else GC_REFS_UNTRACKED, GC_REFS_REACHABLE or
GC_REFS_TENTATIVELY_UNREACHABLE; bit 0 is GC_FINALIZED.

Invariants
- Between collections every tracked object is GC_REFS_REACHABLE and in one generation's list (or PERMANENT, frozen).
- No collection starts inside another. Nothing here depends on time or on addresses' order.
- Program code runs in collection_starts, handle_weakrefs, finalize_garbage, delete_garbage and collection_ends.

CPython counterpart: gc_collect_main in Modules/gcmodule.c (3.11), but for: no type has a legacy finalizer, so nothing
is uncollectable; garbage is looked at a second time only if a finalizer ran.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory import gcdebug
from minipy.memory.gclist import gc_list_is_empty, gc_list_merge, gc_list_move, gc_list_size
from minipy.memory.gcphases import (
    PHASE_DELETE_GARBAGE,
    PHASE_FINALIZE_GARBAGE,
    PHASE_HANDLE_RESURRECTED,
    PHASE_HANDLE_WEAKREFS,
    PHASE_STOP,
    PHASE_UNTRACK_TUPLES,
    enter,
)
from minipy.memory.gcreach import deduce_unreachable, untrack_dicts, untrack_tuples
from minipy.memory.layout import (
    FINALIZERS,
    GC_FINALIZED,
    GC_NEXT,
    GC_REFS,
    GC_REFS_REACHABLE,
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
    TP_ITEMS,
    TP_NSLOTS,
    TP_SLOTS,
    TPFLAGS_DEL,
    UNREACHABLE,
    W_GC_COLLECTING,
    W_GC_COUNT,
    W_GC_DEBUG,
    W_GC_ENABLED,
    W_GC_STATS,
    W_GC_THRESHOLD,
    W_GC_TRIGGER,
    W_LONG_LIVED_PENDING,
    W_LONG_LIVED_TOTAL,
)
from minipy.memory.obmalloc import release_reserves
from minipy.memory.refcount import call_finalizer, dealloc, decref, store
from minipy.memory.weakref import handle_weakrefs
from minipy.memory.words import Heap, vec

GENERATIONS: Final = 3
STATS_WORDS: Final = 3
"""Words of a generation's statistics: collections, collected, uncollectable."""


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
    heap.collection_starts(generation)
    n: i64 = collect_main(heap, generation)
    heap.collection_ends(generation, n, 0)
    heap.words[W_GC_COLLECTING] = 0
    return n


def collect_at_exit(heap: Heap) -> None:
    """A full collection that tells no callback of a program; the machine is being torn down."""
    w = heap.words
    if w[W_GC_COLLECTING] == 0:
        w[W_GC_COLLECTING] = 1
        collect_main(heap, GENERATIONS - 1)
        heap.words[W_GC_COLLECTING] = 0


# ---------------------------------------------------------------- how
def collect_main(heap: Heap, generation: i64) -> i64:
    """The phases, in order; returns the number of unreachable objects."""
    heap.phase(generation)
    started = gcdebug.begin(heap, generation)
    w = heap.words
    young: i64 = merge_younger(w, generation)
    deduce_unreachable(heap, young, UNREACHABLE)
    enter(heap, PHASE_UNTRACK_TUPLES, UNREACHABLE)
    untrack_tuples(w, young)
    move_survivors(w, young, generation)
    gcdebug.collectable(heap, UNREACHABLE)
    old: i64 = young if generation == GENERATIONS - 1 else young + GENERATION_WORDS
    enter(heap, PHASE_HANDLE_WEAKREFS, UNREACHABLE)
    n: i64 = handle_weakrefs(heap, UNREACHABLE, old)
    garbage: i64 = UNREACHABLE
    enter(heap, PHASE_FINALIZE_GARBAGE, garbage)
    if finalize_garbage(heap, garbage):
        enter(heap, PHASE_HANDLE_RESURRECTED, garbage)
        garbage = FINALIZERS
        handle_resurrected_objects(heap, UNREACHABLE, garbage, old)
    n += gc_list_size(heap.words, garbage)
    enter(heap, PHASE_DELETE_GARBAGE, garbage)
    delete_garbage(heap, garbage, old)
    gcdebug.done(heap, n, started)
    if generation == GENERATIONS - 1:
        release_reserves(heap)
    count_collection(heap.words, generation, n)
    enter(heap, PHASE_STOP, 0)
    return n


def count_collection(w: vec[i64], generation: i64, n: i64) -> None:
    """One more collection of the generation in the statistics, with n objects found unreachable."""
    stats: i64 = W_GC_STATS + generation * STATS_WORDS
    w[stats] += 1
    w[stats + 1] += n


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


def move_survivors(w: vec[i64], young: i64, generation: i64) -> None:
    """Merge what is reachable into the next older list; keep the sizes that say when a full collection pays."""
    if generation == GENERATIONS - 1:
        w[W_LONG_LIVED_PENDING] = 0
        w[W_LONG_LIVED_TOTAL] = untrack_dicts(w, young)
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
    """Clear the references of each object in the list; those that do not die of it join the generation `old`.

    With DEBUG_SAVEALL nothing is cleared: all of it is kept in gc.garbage.
    """
    w = heap.words
    saveall: bool = w[W_GC_DEBUG] & gcdebug.DEBUG_SAVEALL != 0
    if not saveall and not gc_list_is_empty(w, garbage):
        heap.clear_classes()
    while not gc_list_is_empty(w, garbage):
        a: i64 = w[garbage + GC_NEXT]
        w[a + OB_REFCNT] += 1
        if saveall:
            heap.save_garbage(a)
        elif not heap.clear_object(a):
            clear(heap, a)
        decref(heap, heap.words, a)
        w = heap.words
        if w[garbage + GC_NEXT] == a:
            w[a + GC_REFS] = GC_REFS_REACHABLE | (w[a + GC_REFS] & GC_FINALIZED)
            gc_list_move(w, a, old)


def clear(heap: Heap, a: i64) -> None:
    """Release all references of the object `a` but that to its type, leaving 0; lengths and buffers stay.

    For objects that can do without: Heap.clear_object knows the others.

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
