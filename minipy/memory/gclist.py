"""The collector's lists: circular, doubly linked through the objects' heads.

    head --> a --> b --> c --> head        gc_next;  gc_prev the other way round; an empty list's head links to itself

CPython counterpart: gc_list_* in Modules/gcmodule.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import GC_NEXT, GC_PREV, HEAP_BASE, OB_TYPE, TP_GC
from minipy.memory.statics import T_TUPLE
from minipy.memory.words import vec


def may_be_tracked(w: vec[i64], o: i64) -> bool:
    """May `o` be part of a cycle? No atom may, no static object, no tuple that was found to hold none of the others."""
    if w[w[o + OB_TYPE] + TP_GC] == 0 or o < HEAP_BASE:
        return False
    return w[o + OB_TYPE] != T_TUPLE or w[o + GC_NEXT] != 0


def gc_list_is_empty(w: vec[i64], head: i64) -> bool:
    """Whether no object is in the list."""
    return w[head + GC_NEXT] == head


def gc_list_move(w: vec[i64], a: i64, head: i64) -> None:
    """Move the object from the list it is in to the end of the list `head`."""
    following: i64 = w[a + GC_NEXT]
    before: i64 = w[a + GC_PREV]
    w[following + GC_PREV] = before
    w[before + GC_NEXT] = following
    last: i64 = w[head + GC_PREV]
    w[last + GC_NEXT] = a
    w[a + GC_PREV] = last
    w[a + GC_NEXT] = head
    w[head + GC_PREV] = a


def gc_list_merge(w: vec[i64], source: i64, head: i64) -> None:
    """Append all of the list `source` to the list `head`; `source` becomes empty."""
    first: i64 = w[source + GC_NEXT]
    if first == source:
        return
    last: i64 = w[source + GC_PREV]
    tail: i64 = w[head + GC_PREV]
    w[tail + GC_NEXT] = first
    w[first + GC_PREV] = tail
    w[last + GC_NEXT] = head
    w[head + GC_PREV] = last
    w[source + GC_NEXT] = source
    w[source + GC_PREV] = source


def gc_list_size(w: vec[i64], head: i64) -> i64:
    """How many objects are in the list."""
    n: i64 = 0
    a: i64 = w[head + GC_NEXT]
    while a != head:
        n += 1
        a = w[a + GC_NEXT]
    return n


def gc_list_holds(w: vec[i64], head: i64, wanted: i64) -> bool:
    """Whether the object is in the list."""
    a: i64 = w[head + GC_NEXT]
    while a != head:
        if a == wanted:
            return True
        a = w[a + GC_NEXT]
    return False


def gc_list_objects(w: vec[i64], head: i64) -> list[int]:
    """The objects in the list, in order (borrowed)."""
    objects: list[int] = []
    a: i64 = w[head + GC_NEXT]
    while a != head:
        objects.append(int(a))
        a = w[a + GC_NEXT]
    return objects
