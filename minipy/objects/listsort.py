"""list.sort: the keys, the safety of the list, and what happens when a program interferes.

The list is emptied while it is sorted, so that a key function or a comparison that looks at it cannot disturb the
sort; one that changes it is found out at the end, since the empty buffer it has then does not survive that. Its
items wait in a list of no program's meanwhile.

CPython counterpart: list_sort_impl of Objects/listobject.c. The algorithm is in timsort.py, sortmerge.py and
gallop.py, the rows and comparisons in sortkeys.py.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import LIST_ITEMS, LIST_LENGTH
from minipy.memory.objalloc import gc_untrack
from minipy.memory.obmalloc import allocate, free
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_VALUE_ERROR
from minipy.memory.words import copy_many, vec
from minipy.objects.listobject import list_append_owned, new_list, take_buffer
from minipy.objects.machine import Machine
from minipy.objects.sortkeys import Sort, bare_keys, is_bare, kind_of_keys, reverse_rows
from minipy.objects.timsort import sort_rows

EMPTY_ROOM: Final = 4
"""The words of the buffer that a list has while it is sorted: enough that taking an item out again gives it back."""


def list_sort(m: Machine, o: i64, key: i64, backwards: bool) -> None:
    """o.sort(key=key, reverse=backwards); key is borrowed, 0 or None: the items are the keys."""
    work: i64 = new_list(m, 0)
    empty: i64 = take_buffer(m, work, EMPTY_ROOM)
    gc_untrack(m.words, work)
    swap_bodies(m.words, o, work)
    changed: bool = False
    try:
        if m.words[work + LIST_LENGTH] > 0:
            sort_items(m, work, key if key != NONE else 0, backwards)
    finally:
        w = m.words
        changed = w[o + LIST_ITEMS] != empty or w[o + LIST_LENGTH] != 0
        swap_bodies(w, o, work)
        decref(m, w, work)
    if changed:
        raise m.error(T_VALUE_ERROR, "list modified during sort")


def swap_bodies(w: vec[i64], a: i64, b: i64) -> None:
    """Exchange the items of two lists."""
    i: i64 = LIST_LENGTH
    while i <= LIST_ITEMS:
        v: i64 = w[a + i]
        w[a + i] = w[b + i]
        w[b + i] = v
        i += 1


def sort_items(m: Machine, work: i64, key: i64, backwards: bool) -> None:
    """Sort the list `work`, which no program sees, by its items or by key(item)."""
    n: i64 = m.words[work + LIST_LENGTH]
    items: i64 = m.words[work + LIST_ITEMS]
    if key == 0:
        kind: i64 = kind_of_keys(m.words, items, n)
        if is_bare(kind):
            sort_in_rows(m, kind, items, items, n, backwards)
        else:
            sort_keys(Sort(m, kind, items, n, 0), backwards)
        return
    keys: i64 = new_list(m, 0)
    gc_untrack(m.words, keys)
    try:
        i: i64 = 0
        while i < n:
            list_append_owned(m, keys, m.call1(key, m.words[items + i]))
            i += 1
        row: i64 = m.words[keys + LIST_ITEMS]
        sort_in_rows(m, kind_of_keys(m.words, row, n), row, items, n, backwards)
    finally:
        decref(m, m.words, keys)


def sort_in_rows(m: Machine, kind: i64, keys: i64, items: i64, n: i64, backwards: bool) -> None:
    """Sort n items in place by the keys at `keys`, in a row of keys and one of items made for it."""
    rows: i64 = allocate(m, 2 * n)
    try:
        if is_bare(kind):
            bare_keys(m.words, rows, keys, n)
        else:
            copy_many(m.words, rows, keys, n)
        copy_many(m.words, rows + n, items, n)
        sort_keys(Sort(m, kind, rows, n, n), backwards)
    finally:
        copy_many(m.words, items, rows + n, n)
        free(m, m.words, rows, 2 * n)


def sort_keys(s: Sort, backwards: bool) -> None:
    """Sort the rows. Turning them round before and after keeps a falling sort stable."""
    if backwards:
        reverse_rows(s, s.start, s.n)
    try:
        sort_rows(s)
    finally:
        if backwards:
            reverse_rows(s, s.start, s.n)
