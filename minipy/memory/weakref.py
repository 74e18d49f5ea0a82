"""The end of weakly referenced objects: weak references are cut off, their callbacks called.

    the count falls to 0    clear_weakrefs, after the finalizer    all references, then the callbacks
    a collection finds it   handle_weakrefs, before finalizers     all references to all garbage, then the callbacks

Invariants
- No callback runs before all weak references that the same death concerns are cut off.
- No callback of a weak reference that is garbage itself, or died before, runs. One that only waits for its deallocation
  behind the object's is alive in CPython, which has not come to its holder yet: it is called back.
- WR_DUE is not 0 only while the callbacks of one object's list are called: it owns what WR_CALLBACK owned, as if it
  were a variable of this module. A collection leaves WR_CALLBACK in its place, as CPython does.

CPython counterpart: PyObject_ClearWeakRefs of Objects/weakrefobject.c, handle_weakrefs of Modules/gcmodule.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.gclist import gc_list_is_empty, gc_list_move
from minipy.memory.layout import (
    GC_NEXT,
    GC_REFS,
    GC_REFS_ONE,
    GC_REFS_TENTATIVELY_UNREACHABLE,
    OB_TYPE,
    TP_FLAGS,
    TP_WEAKLIST,
    TPFLAGS_FORGET,
    WRCB_TO_CALL,
)
from minipy.memory.layout_modules import WR_CALLBACK, WR_DUE, WR_NEXT, WR_PREVIOUS
from minipy.memory.refcount import decref
from minipy.memory.weaklist import is_dead, is_weakref, list_word, unlink
from minipy.memory.words import Heap, vec


# ---------------------------------------------------------------- the object dies of its count
def clear_weakrefs(heap: Heap, o: i64) -> None:
    """The object dies: cut all its weak references off, then call their callbacks."""
    r: i64 = detach_due(heap.words, list_word(heap.words, o))
    while r != 0:
        w = heap.words
        following: i64 = w[r + WR_NEXT]
        callback: i64 = w[r + WR_DUE]
        w[r + WR_NEXT] = 0
        w[r + WR_DUE] = 0
        heap.call_back(r, callback)
        decref(heap, heap.words, callback)
        decref(heap, heap.words, r)
        r = following


def detach_due(w: vec[i64], at: i64) -> i64:
    """Empty the list; what is to be called back, held and linked through WR_NEXT, comes back: the first, or 0."""
    due: i64 = 0
    last: i64 = 0
    while w[at] != 0:
        r: i64 = w[at]
        unlink(w, r)
        if w[r + WR_CALLBACK] != 0:
            if is_dead(w, r):
                w[r + WR_PREVIOUS] = w[r] - 1
                w[r] = 1
            w[r + WR_DUE] = w[r + WR_CALLBACK]
            w[r + WR_CALLBACK] = 0
            w[r] += 1
            if last == 0:
                due = r
            else:
                w[last + WR_NEXT] = r
            last = r
    return due


# ---------------------------------------------------------------- a collection finds the object unreachable
def handle_weakrefs(heap: Heap, unreachable: i64, old: i64) -> i64:
    """Cut off all weak references to objects in the list, then call the callbacks of those that are no garbage.

    No callback runs before the last reference is cut off: it could bring garbage back. Called before finalizers;
    the weak references called back join the list `old`. Returns how many of these died of it.
    """
    clear_all(heap.words, unreachable)
    freed: i64 = 0
    w = heap.words
    while not gc_list_is_empty(w, WRCB_TO_CALL):
        r: i64 = w[WRCB_TO_CALL + GC_NEXT]
        heap.call_back(r, w[r + WR_CALLBACK])
        decref(heap, heap.words, r)
        w = heap.words
        if w[WRCB_TO_CALL + GC_NEXT] == r:
            gc_list_move(w, r, old)
        else:
            freed += 1
    return freed


def clear_all(w: vec[i64], unreachable: i64) -> None:
    """Cut off the weak references to and in the list; those with a callback to call are held and moved."""
    a: i64 = w[unreachable + GC_NEXT]
    while a != unreachable:
        t: i64 = w[a + OB_TYPE]
        if w[t + TP_FLAGS] & TPFLAGS_FORGET != 0 and is_weakref(w, a):
            unlink(w, a)
        offset: i64 = w[t + TP_WEAKLIST]
        if offset != 0 and w[a + offset] != 0:
            clear_list(w, a + offset)
        a = w[a + GC_NEXT]


def clear_list(w: vec[i64], at: i64) -> None:
    """Cut off the weak references to one object, whose list begins at the word `at`."""
    while w[at] != 0:
        r: i64 = w[at]
        unlink(w, r)
        if w[r + WR_CALLBACK] != 0 and not is_dead(w, r) and not is_garbage(w, r):
            w[r] += 1
            gc_list_move(w, r, WRCB_TO_CALL)


def is_garbage(w: vec[i64], r: i64) -> bool:
    """Has the running collection found `r` unreachable?"""
    return w[r + GC_REFS] & -GC_REFS_ONE == GC_REFS_TENTATIVELY_UNREACHABLE
