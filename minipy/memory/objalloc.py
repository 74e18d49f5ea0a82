"""Making objects: header, zeroed payload, and for containers the collector's head.

    new_object, new_var_object        |ob_refcnt 1|ob_type| 0 ...
    gc_alloc, gc_alloc_var   |next|previous|refs|ob_refcnt 1|ob_type| 0 ...      linked last into generation 0

A new object is valid at once: its references are 0, so a constructor that fails just decrefs it. An allocation of a
container may make a collection due; it only asks for the next safe point, where the collection runs.

Invariants
- An instance of a heap type owns a reference to its type; an instance of a static type does not.
- An object with a head is tracked exactly if its gc_next is not 0.
- All results are owned references; every function raises no_memory and may grow the heap: reload heap.words.

CPython counterpart: Objects/object.c, _PyObject_GC_New and gc_alloc in Modules/gcmodule.c, float free list in
Objects/floatobject.c. 3.11 collects inside the allocation, 3.12 at the eval breaker, as here.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.floatlane import float_slot, free_float_slot
from minipy.memory.layout import (
    FLOAT_SLOT,
    GC_FINALIZED,
    GC_HEAD_WORDS,
    GC_NEXT,
    GC_PREV,
    GC_REFS,
    GC_REFS_REACHABLE,
    GC_REFS_UNTRACKED,
    GENERATION0,
    INT_VALUE,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    SMALL_LIMIT,
    TP_BASICSIZE,
    TP_FLAGS,
    TP_GC,
    TP_ITEMSIZE,
    TPFLAGS_HEAPTYPE,
    W_ALLOC_HOOK,
    W_BREAKER_RELOAD,
    W_EVAL_BREAKER,
    W_FLOAT_FREE,
    W_GC_COUNT,
    W_GC_TRIGGER,
    W_INT_FREE,
)
from minipy.memory.obmalloc import alloc_small, allocate, allocate_slow, free
from minipy.memory.statics import T_FLOAT, T_INT
from minipy.memory.words import Heap, Raised, fill_words, vec

BLOCK_WORDS: Final = 3
"""Words of an int or float object."""
BATCH: Final = 126
"""Int or float blocks made ready at a time: what a pool holds."""


# ---------------------------------------------------------------- containers
def gc_alloc(heap: Heap, t: i64) -> i64:
    """A tracked instance of the fixed-size type at `t`."""
    return gc_new(heap, t, heap.words[t + TP_BASICSIZE])


def gc_alloc_var(heap: Heap, t: i64, n: i64) -> i64:
    """A tracked instance of the type at `t` with ob_size `n`."""
    w = heap.words
    a: i64 = gc_new(heap, t, w[t + TP_BASICSIZE] + n * w[t + TP_ITEMSIZE])
    heap.words[a + OB_SIZE] = n
    return a


def gc_new(heap: Heap, t: i64, n: i64) -> i64:
    """A tracked object of `n` words, header included, head not."""
    a: i64 = gc_block(heap, t, n)
    gc_link(heap.words, a)
    return a


def gc_alloc_untracked(heap: Heap, t: i64) -> i64:
    """An instance of the fixed-size type at `t` that the collector will see when gc_track is called."""
    a: i64 = gc_block(heap, t, heap.words[t + TP_BASICSIZE])
    w = heap.words
    w[a + GC_NEXT] = 0
    w[a + GC_PREV] = 0
    w[a + GC_REFS] = GC_REFS_UNTRACKED
    return a


def gc_block(heap: Heap, t: i64, n: i64) -> i64:
    """The object of gc_new, its head not written yet. It counts for the collector."""
    w = heap.words
    b: i64 = 0
    head: i64 = w[t + TP_GC]
    if n <= SMALL_LIMIT - head:
        b = alloc_small(w, (n + head + 1) >> 1)
    if b == 0:
        b = allocate_slow(heap, n + head)
        w = heap.words
    a: i64 = b + head
    w[a] = 1
    w[a + OB_TYPE] = t
    fill_words(w, a + OB_SIZE, n - OB_SIZE, 0)
    if w[t + TP_FLAGS] & TPFLAGS_HEAPTYPE != 0:
        w[t] += 1
        if head != GC_HEAD_WORDS:
            fill_words(w, b, head - GC_HEAD_WORDS, 0)
    count: i64 = w[W_GC_COUNT] + 1
    w[W_GC_COUNT] = count
    if count > w[W_GC_TRIGGER]:
        ask_safe_point(w)
    return a


def ask_safe_point(w: vec[i64]) -> None:
    """Let the loop visit its safe point next; the count of those passed so far stays exact."""
    w[W_BREAKER_RELOAD] -= w[W_EVAL_BREAKER]
    w[W_EVAL_BREAKER] = 0


def gc_link(w: vec[i64], a: i64) -> None:
    """Make the object last in generation 0."""
    last: i64 = w[GENERATION0 + GC_PREV]
    w[a + GC_NEXT] = GENERATION0
    w[a + GC_PREV] = last
    w[a + GC_REFS] = GC_REFS_REACHABLE
    w[last + GC_NEXT] = a
    w[GENERATION0 + GC_PREV] = a


def gc_track(w: vec[i64], a: i64) -> None:
    """Let the collector see the object, which has a head; one already tracked is left alone."""
    if w[a + GC_NEXT] == 0:
        finalized: i64 = w[a + GC_REFS] & GC_FINALIZED
        gc_link(w, a)
        w[a + GC_REFS] |= finalized


def gc_untrack(w: vec[i64], a: i64) -> None:
    """Hide the object, which has a head, from the collector; one not tracked is left alone."""
    following: i64 = w[a + GC_NEXT]
    if following == 0:
        return
    before: i64 = w[a + GC_PREV]
    w[following + GC_PREV] = before
    w[before + GC_NEXT] = following
    w[a + GC_NEXT] = 0
    w[a + GC_PREV] = 0
    w[a + GC_REFS] = GC_REFS_UNTRACKED | (w[a + GC_REFS] & GC_FINALIZED)


def is_tracked(w: vec[i64], a: i64) -> bool:
    """Whether the collector sees the object (any object)."""
    return w[w[a + OB_TYPE] + TP_GC] != 0 and w[a + GC_NEXT] != 0


# ---------------------------------------------------------------- other objects
def new_object(heap: Heap, t: i64) -> i64:
    """An untracked instance of the fixed-size type at `t`."""
    return new_sized(heap, t, heap.words[t + TP_BASICSIZE])


def new_var_object(heap: Heap, t: i64, n: i64) -> i64:
    """An untracked instance of the type at `t` with ob_size `n`."""
    w = heap.words
    a: i64 = new_sized(heap, t, w[t + TP_BASICSIZE] + n * w[t + TP_ITEMSIZE])
    heap.words[a + OB_SIZE] = n
    return a


def new_var_instance(heap: Heap, t: i64, n: i64) -> i64:
    """An instance of the type at `t` with ob_size `n`, tracked if its type has a head for that."""
    return gc_alloc_var(heap, t, n) if heap.words[t + TP_GC] != 0 else new_var_object(heap, t, n)


def new_sized(heap: Heap, t: i64, n: i64) -> i64:
    """An untracked object of `n` words; a type of containers gets its head all the same."""
    a: i64
    if heap.words[t + TP_GC] != 0:
        a = gc_new(heap, t, n)
        gc_untrack(heap.words, a)
        return a
    a = allocate(heap, n)
    w = heap.words
    w[a] = 1
    w[a + OB_TYPE] = t
    fill_words(w, a + OB_SIZE, n - OB_SIZE, 0)
    if w[t + TP_FLAGS] & TPFLAGS_HEAPTYPE != 0:
        w[t] += 1
    return a


# ---------------------------------------------------------------- int and float blocks kept ready
def int_block(heap: Heap) -> i64:
    """An int object 0, from W_INT_FREE, which is filled if it is empty."""
    if heap.words[W_INT_FREE] == 0:
        add_int_block(heap, allocate(heap, BLOCK_WORDS))
        w = heap.words
        n: i64 = BATCH if w[W_ALLOC_HOOK] == 0 else 1
        while n > 1:
            b: i64 = alloc_small(w, (BLOCK_WORDS + 1) >> 1)
            if b == 0:
                break
            add_int_block(heap, b)
            n -= 1
    w = heap.words
    a: i64 = w[W_INT_FREE]
    w[W_INT_FREE] = w[a]
    w[a + OB_REFCNT] = 1
    w[a + INT_VALUE] = 0
    return a


def add_int_block(heap: Heap, a: i64) -> None:
    """Make the raw block ready for an int."""
    w = heap.words
    w[a] = w[W_INT_FREE]
    w[a + OB_TYPE] = T_INT
    w[W_INT_FREE] = a


def float_block(heap: Heap) -> i64:
    """A float object of undefined value, from W_FLOAT_FREE, which is filled if it is empty. Reload heap.floats."""
    if heap.words[W_FLOAT_FREE] == 0:
        add_float_block(heap, True)
        n: i64 = BATCH if heap.words[W_ALLOC_HOOK] == 0 else 1
        while n > 1 and add_float_block(heap, False):
            n -= 1
    w = heap.words
    a: i64 = w[W_FLOAT_FREE]
    w[W_FLOAT_FREE] = w[a]
    w[a + OB_REFCNT] = 1
    return a


def add_float_block(heap: Heap, needed: bool) -> bool:
    """Make one more block with its slot ready for a float; if it is not needed, only from a pool in use."""
    slot: i64 = float_slot(heap)
    a: i64 = 0
    try:
        a = allocate(heap, BLOCK_WORDS) if needed else alloc_small(heap.words, (BLOCK_WORDS + 1) >> 1)
    except Raised:
        free_float_slot(heap, slot)
        raise
    if a == 0:
        free_float_slot(heap, slot)
        return False
    w = heap.words
    w[a] = w[W_FLOAT_FREE]
    w[a + OB_TYPE] = T_FLOAT
    w[a + FLOAT_SLOT] = slot
    w[W_FLOAT_FREE] = a
    return True


def free_object(heap: Heap, w: vec[i64], a: i64, t: i64) -> None:
    """Give back the memory of the object `a` of type `t` (a borrowed address); its references are released already."""
    n: i64 = w[t + TP_BASICSIZE]
    if w[t + TP_ITEMSIZE] != 0:
        n += w[a + OB_SIZE]
    head: i64 = w[t + TP_GC]
    if head != 0 and w[W_GC_COUNT] > 0:
        w[W_GC_COUNT] -= 1
    free(heap, w, a - head, n + head)
