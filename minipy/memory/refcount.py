"""Reference counting: an object whose count falls to 0 is deallocated at once, and with it what only it held.

    decref -> 0 --> int, float, str --------------------------------------> freed
               |--> others ------------------------------------------------> references dropped --> freed
               `--> with last words --> trash list --> finalizer, weak references --^ `--> 0 --> trash list ...
                                        W_TRASH -> a -> b -> 0

Deallocation is a loop, not a recursion: an object whose count fell to 0 waits on the trash list, untracked, linked
through ob_refcnt, which holds the negated address of the next: a waiting object's count is never positive, and a weak
reference to it is dead. References are dropped in the reverse of CPython's order and the list is last in, first out,
so finalizers run in CPython's order: depth first, attributes in order, a list's items from the last to the first.

Invariants
- A finalizer runs once an object (GC_FINALIZED). Meanwhile the object is tracked, its count is 1, and that reference
  lies on the run-time stack. If there is another one afterwards, the object lives on.
- While weak references are cleared, the object still waits on the trash list.
- A weak reference that waits and is called back lives again: its count is positive, 1 of it is the trash list's, and
  the link lies in WR_PREVIOUS, less 1.
- Program code runs only in finalize, clear_weakrefs and forget: whoever calls decref on an object that may have such
  holds references to all it still needs, and reloads heap.words.

CPython counterpart: Py_DECREF, _Py_Dealloc, subtype_dealloc (Objects/typeobject.c), the trashcan (Objects/object.c).
There a container drops one reference after the other, each with all it held; here an object drops all of its
references before the first of them is finalized.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.floatlane import free_float_slot
from minipy.memory.layout import (
    FLOAT_SLOT,
    GC_FINALIZED,
    GC_NEXT,
    GC_PREV,
    GC_REFS,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    STR_INTERNED,
    STR_LENGTH,
    TP_BUF,
    TP_BUF_COUNT,
    TP_BUF_FIRST,
    TP_BUF_STRIDE,
    TP_FLAGS,
    TP_GC,
    TP_ITEMS,
    TP_NSLOTS,
    TP_RAW1,
    TP_RAW1_SIZE,
    TP_RAW2,
    TP_RAW2_SIZE,
    TP_SLOTS,
    TP_SOLID,
    TP_WEAKLIST,
    TPFLAGS_DEL,
    TPFLAGS_FORGET,
    TPFLAGS_HEAPTYPE,
    W_FLOAT_FREE,
    W_INT_FREE,
    W_SP,
    W_TRASH,
)
from minipy.memory.layout_modules import WR_PREVIOUS
from minipy.memory.objalloc import free_object, gc_track
from minipy.memory.obmalloc import free
from minipy.memory.statics import T_FLOAT, T_INT, T_LIST, T_STR
from minipy.memory.words import Heap, vec

TPFLAGS_LAST_WORDS: Final = TPFLAGS_DEL | TPFLAGS_FORGET


# ---------------------------------------------------------------- the interface
def incref(w: vec[i64], a: i64) -> None:
    """One more reference to `a`."""
    w[a] += 1


def decref(heap: Heap, w: vec[i64], a: i64) -> None:
    """One reference to `a` less; the last one deallocates it."""
    n: i64 = w[a] - 1
    w[a] = n
    if n == 0:
        dealloc(heap, w, a)


def xdecref(heap: Heap, w: vec[i64], a: i64) -> None:
    """As decref; 0 is allowed."""
    if a != 0:
        decref(heap, w, a)


def store(heap: Heap, w: vec[i64], at: i64, value: i64) -> None:
    """Set the word `at` to `value` (stolen reference or 0), then release what was there."""
    old: i64 = w[at]
    w[at] = value
    if old != 0:
        decref(heap, w, old)


def dealloc(heap: Heap, w: vec[i64], a: i64) -> None:
    """Deallocate `a`, whose count is 0, and all that only it held."""
    if free_leaf(heap, w, a):
        return
    bottom: i64 = w[W_TRASH]
    t: i64 = w[a + OB_TYPE]
    if has_last_words(w, a, t):
        park(w, a)
    else:
        leave_list(w, a, t)
        drop_contents(heap, w, a, t)
        free_object(heap, w, a, t)
    if w[W_TRASH] != bottom:
        empty_trash(heap, bottom)


# ---------------------------------------------------------------- what dies at once, and what waits
def free_leaf(heap: Heap, w: vec[i64], a: i64) -> bool:
    """Free an exact int, float or str, which hold nothing; False: `a` is something else."""
    t: i64 = w[a + OB_TYPE]
    if t == T_INT:
        w[a] = w[W_INT_FREE]
        w[W_INT_FREE] = a
        return True
    if t == T_FLOAT:
        w[a] = w[W_FLOAT_FREE]
        w[W_FLOAT_FREE] = a
        return True
    if t == T_STR:
        if w[a + STR_LENGTH] & STR_INTERNED != 0:
            heap.forget_interned(a)
        free_object(heap, w, a, t)
        return True
    return False


def park(w: vec[i64], a: i64) -> None:
    """Untrack the object and put it on the trash list."""
    leave_list(w, a, w[a + OB_TYPE])
    w[a + OB_REFCNT] = -w[W_TRASH]
    w[W_TRASH] = a


def leave_list(w: vec[i64], a: i64, t: i64) -> None:
    """Untrack the dying object of type `t`."""
    if w[t + TP_GC] != 0:
        following: i64 = w[a + GC_NEXT]
        if following != 0:
            before: i64 = w[a + GC_PREV]
            w[following + GC_PREV] = before
            w[before + GC_NEXT] = following
            w[a + GC_NEXT] = 0


def empty_trash(heap: Heap, bottom: i64) -> None:
    """Deallocate what waits on the trash list above `bottom`, and what follows from it."""
    w = heap.words
    while w[W_TRASH] != bottom:
        a: i64 = w[W_TRASH]
        if w[a + OB_REFCNT] > 0:
            leave_trash(heap, a)
            w = heap.words
            continue
        t: i64 = w[a + OB_TYPE]
        if has_last_words(w, a, t):
            if last_words(heap, a, t):
                w = heap.words
                continue
            w = heap.words
        w[W_TRASH] = -w[a + OB_REFCNT]
        drop_contents(heap, w, a, t)
        free_object(heap, w, a, t)


def leave_trash(heap: Heap, r: i64) -> None:
    """The trash list gives up its reference to the first that waits, a weak reference that was called back."""
    w = heap.words
    w[W_TRASH] = -1 - w[r + WR_PREVIOUS]
    w[r + WR_PREVIOUS] = 0
    gc_track(w, r)
    decref(heap, w, r)


# ---------------------------------------------------------------- last words
def has_last_words(w: vec[i64], a: i64, t: i64) -> bool:
    """Whether something is to be told before the object dies."""
    if w[t + TP_FLAGS] & TPFLAGS_LAST_WORDS != 0:
        return True
    weaklist: i64 = w[t + TP_WEAKLIST]
    return weaklist != 0 and w[a + weaklist] != 0


def last_words(heap: Heap, a: i64, t: i64) -> bool:
    """Finalizer, weak references, other registrations of the first waiting object. True: it lives on."""
    w = heap.words
    flags: i64 = w[t + TP_FLAGS]
    if flags & TPFLAGS_DEL != 0 and w[a + GC_REFS] & GC_FINALIZED == 0:
        w[W_TRASH] = -w[a + OB_REFCNT]
        w[a + OB_REFCNT] = 1
        gc_track(w, a)
        if not call_finalizer(heap, a):
            return True
        w = heap.words
        park(w, a)
    weaklist: i64 = w[t + TP_WEAKLIST]
    if weaklist != 0 and w[a + weaklist] != 0:
        heap.clear_weakrefs(a)
    if flags & TPFLAGS_FORGET != 0:
        heap.forget(a)
        if heap.words[t + TP_SOLID] == T_FLOAT:
            free_float_slot(heap, heap.words[a + FLOAT_SLOT])
    return False


def call_finalizer(heap: Heap, a: i64) -> bool:
    """Finalize `a`; the caller's reference moves to the stack and is dropped there. True: it was the last one."""
    w = heap.words
    sp: i64 = w[W_SP]
    w[sp] = a
    w[W_SP] = sp + 1
    w[a + GC_REFS] |= GC_FINALIZED
    heap.finalize(a)
    w = heap.words
    w[W_SP] = sp
    n: i64 = w[a + OB_REFCNT] - 1
    w[a + OB_REFCNT] = n
    return n == 0


# ---------------------------------------------------------------- dropping references
def drop(heap: Heap, w: vec[i64], a: i64) -> None:
    """One reference of a dying object less (0 is allowed); an object without any dies or waits."""
    if a != 0:
        n: i64 = w[a + OB_REFCNT] - 1
        w[a + OB_REFCNT] = n
        if n == 0 and not free_leaf(heap, w, a):
            park(w, a)


def drop_forward(heap: Heap, w: vec[i64], i: i64, end: i64) -> None:
    """Drop the references in [i, end), the first one first: it is finalized last."""
    while i < end:
        drop(heap, w, w[i])
        i += 1


def drop_backward(heap: Heap, w: vec[i64], i: i64, end: i64) -> None:
    """Drop the references in [i, end), the last one first: it is finalized last."""
    while end > i:
        end -= 1
        drop(heap, w, w[end])


def drop_contents(heap: Heap, w: vec[i64], a: i64, t: i64) -> None:
    """Drop all references of the dying object `a` of type `t` and free its buffers, as the layout descriptor says."""
    if w[t + TP_FLAGS] & TPFLAGS_HEAPTYPE != 0:
        drop(heap, w, t)
    at: i64 = w[t + TP_BUF]
    if at != 0 and w[a + at] != 0:
        drop_buffer(heap, w, w[a + at], w[a + w[t + TP_BUF_COUNT]], t)
    at = w[t + TP_ITEMS]
    if at != 0:
        drop_forward(heap, w, a + at, a + at + w[a + OB_SIZE])
    n: i64 = w[t + TP_NSLOTS]
    if n != 0:
        at = a + w[t + TP_SLOTS]
        drop_backward(heap, w, at, at + n)
    at = w[t + TP_RAW1]
    if at != 0:
        free_buffer(heap, w, w[a + at], w[a + w[t + TP_RAW1_SIZE]])
        at = w[t + TP_RAW2]
        if at != 0:
            free_buffer(heap, w, w[a + at], w[a + w[t + TP_RAW2_SIZE]])


def drop_buffer(heap: Heap, w: vec[i64], p: i64, n: i64, t: i64) -> None:
    """Drop the references in the `n` entries of a buffer: a list's forward, all others' backward."""
    stride: i64 = w[t + TP_BUF_STRIDE]
    if stride == 1:
        if w[t + TP_SOLID] == T_LIST:
            drop_forward(heap, w, p, p + n)
        else:
            drop_backward(heap, w, p, p + n)
        return
    first: i64 = w[t + TP_BUF_FIRST]
    at: i64 = p + n * stride
    while at > p:
        at -= stride
        drop_backward(heap, w, at + first, at + stride)


def free_buffer(heap: Heap, w: vec[i64], p: i64, n: i64) -> None:
    """Free a raw buffer of `n` words; 0: none."""
    if p != 0:
        free(heap, w, p, n)
