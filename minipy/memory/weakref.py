"""Weak references: they know an object without keeping it alive, and learn of its death.

    object:  ... | weak list --> ref <--> ref <--> proxy <--> ref      WR_NEXT, WR_PREVIOUS; the first one's is 0
                                  |        |        |          |
                                  `--------+--------+----------`--> WR_OBJECT, the object: a raw address, not counted

    weak reference:  object | hash | next | previous | due | callback

The word at TP_WEAKLIST of the object begins the list. First comes the plain reference without a callback, then the
plain proxy without one: they are shared. Behind them all others, the newest first; callbacks run in this order.

Invariants
- WR_OBJECT is 0 or an object whose list holds the weak reference. It is 0 before any callback runs.
- An object whose count fell to 0 is dead at once, though it may still wait for deallocation (memory/refcount.py): for
  whoever asks there is no such object (`referent`), and no such weak reference (`is_dead`).
- No callback of a weak reference that is garbage itself runs.
- WR_DUE is not 0 only while the callbacks of one object's list are called: it owns what WR_CALLBACK owned.

CPython counterpart: Objects/weakrefobject.c; handle_weakrefs of Modules/gcmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.gclist import gc_list_is_empty, gc_list_move
from minipy.memory.layout import (
    GC_NEXT,
    GC_REFS,
    GC_REFS_ONE,
    GC_REFS_TENTATIVELY_UNREACHABLE,
    OB_TYPE,
    TP_SOLID,
    TP_WEAKLIST,
    WRCB_TO_CALL,
)
from minipy.memory.refcount import decref
from minipy.memory.statics import T_CALLABLE_PROXY, T_WEAKPROXY, T_WEAKREF
from minipy.memory.words import Heap, vec

WR_OBJECT: Final = 2
WR_HASH: Final = 3
"""The object's hash once it was asked for, -1 before."""
WR_NEXT: Final = 4
WR_PREVIOUS: Final = 5
WR_DUE: Final = 6
WR_CALLBACK: Final = 7
"""The only reference; last, so that those of subclasses with slots follow it."""
WR_WORDS: Final = 8


# ---------------------------------------------------------------- asking
def list_word(w: vec[i64], o: i64) -> i64:
    """The address of the word that begins the list of weak references to `o`; 0: its type has no such list."""
    offset: i64 = w[w[o + OB_TYPE] + TP_WEAKLIST]
    return 0 if offset == 0 else o + offset


def is_proxy(w: vec[i64], o: i64) -> bool:
    """Is `o` a proxy, callable or not?"""
    t: i64 = w[o + OB_TYPE]
    return t == T_WEAKPROXY or t == T_CALLABLE_PROXY


def is_weakref(w: vec[i64], o: i64) -> bool:
    """Is `o` a weak reference, a proxy, or an instance of a subclass?"""
    solid: i64 = w[w[o + OB_TYPE] + TP_SOLID]
    return solid == T_WEAKREF or solid == T_WEAKPROXY or solid == T_CALLABLE_PROXY


def is_dead(w: vec[i64], r: i64) -> bool:
    """Does the object or weak reference `r` only wait for its deallocation?"""
    return w[r] <= 0


def referent(w: vec[i64], r: i64) -> i64:
    """The object that the weak reference `r` refers to, borrowed; 0: it is dead."""
    o: i64 = w[r + WR_OBJECT]
    return 0 if o == 0 or is_dead(w, o) else o


def first_alive(w: vec[i64], r: i64) -> i64:
    """The weak reference `r` or the first one behind it in its list that is not dead; 0: none."""
    while r != 0 and is_dead(w, r):
        r = w[r + WR_NEXT]
    return r


# ---------------------------------------------------------------- an object's list
def insert_after(w: vec[i64], at: i64, previous: i64, r: i64) -> None:
    """Put `r` behind `previous`, or first (0), into the list that begins at the word `at`."""
    following: i64 = w[at] if previous == 0 else w[previous + WR_NEXT]
    w[r + WR_PREVIOUS] = previous
    w[r + WR_NEXT] = following
    if following != 0:
        w[following + WR_PREVIOUS] = r
    if previous == 0:
        w[at] = r
    else:
        w[previous + WR_NEXT] = r


def unlink(w: vec[i64], r: i64) -> None:
    """The weak reference leaves its object's list and refers to nothing; its callback stays."""
    o: i64 = w[r + WR_OBJECT]
    if o == 0:
        return
    previous: i64 = w[r + WR_PREVIOUS]
    following: i64 = w[r + WR_NEXT]
    if previous == 0:
        w[list_word(w, o)] = following
    else:
        w[previous + WR_NEXT] = following
    if following != 0:
        w[following + WR_PREVIOUS] = previous
    w[r + WR_OBJECT] = 0
    w[r + WR_NEXT] = 0
    w[r + WR_PREVIOUS] = 0


# ---------------------------------------------------------------- the object dies of its count
def clear_weakrefs(heap: Heap, o: i64) -> None:
    """The object dies: cut all its weak references off, then call their callbacks, those that are dead left out."""
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
        if w[r + WR_CALLBACK] != 0 and not is_dead(w, r):
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
        if is_weakref(w, a):
            unlink(w, a)
        at: i64 = list_word(w, a)
        while at != 0 and w[at] != 0:
            r: i64 = w[at]
            unlink(w, r)
            if w[r + WR_CALLBACK] != 0 and not is_dead(w, r) and not is_garbage(w, r):
                w[r] += 1
                gc_list_move(w, r, WRCB_TO_CALL)
        a = w[a + GC_NEXT]


def is_garbage(w: vec[i64], r: i64) -> bool:
    """Has the running collection found `r` unreachable?"""
    return w[r + GC_REFS] & -GC_REFS_ONE == GC_REFS_TENTATIVELY_UNREACHABLE
