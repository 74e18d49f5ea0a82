"""list.sort: a stable merge sort that takes order already there for granted.

The list is emptied while it is sorted, so that a key function or a comparison that looks at it cannot disturb the
sort; one that changes it is found out at the end. Work happens in raw rows of n words:

    keys:     key 0   | key 1   | ...          `delta` words apart, moved together:
    values:   item 0  | item 1  | ...          without a key function there is only the row of items (delta 0)
    scratch:  half as many words for merging, laid out in the same way

The halves are sorted, and merged unless the first of the right half is not less than the last of the left one: a
sorted list costs n - 1 comparisons, a list that falls strictly is turned round. Before the first comparison the keys
are looked through: rows of only int, only float or only str objects are compared by their words, without the machine.

Invariants
- At every moment, also when a comparison raises, the rows (with the scratch row of an unfinished merge, which is put
  back at once) hold each reference exactly once.
- The recursion is as deep as the logarithm of n.

CPython counterpart: Objects/listsort.txt and list_sort_impl. CPython finds natural runs and gallops; the order of
the result is the same, the number of comparisons is not always.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import FLOAT_SLOT, INT_VALUE, LIST_ITEMS, LIST_LENGTH, OB_TYPE
from minipy.memory.objalloc import gc_untrack
from minipy.memory.obmalloc import allocate, free
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_FLOAT, T_INT, T_STR, T_VALUE_ERROR
from minipy.memory.words import copy_many, vec
from minipy.objects.listobject import list_append_owned, new_list
from minipy.objects.machine import Machine
from minipy.objects.spans import reverse_words
from minipy.objects.unicodeobject import str_order

INSERTION: Final = 10
"""Rows up to this length are sorted by insertion."""


class Sort:
    """One sort under way: where its rows lie and how its keys are compared."""

    def __init__(self, m: Machine, rows: i64, delta: i64) -> None:
        self.m = m
        self.words = m.words
        self.rows: i64 = rows
        self.delta: i64 = delta
        self.scratch: i64 = 0
        self.kind: i64 = 0


def list_sort(m: Machine, o: i64, key: i64, backwards: bool) -> None:
    """o.sort(key=key, reverse=backwards); key is borrowed, 0 or None: the items are the keys."""
    work: i64 = new_list(m, 0)
    gc_untrack(m.words, work)
    swap_bodies(m.words, o, work)
    changed: bool = False
    try:
        if m.words[work + LIST_LENGTH] > 1:
            sort_items(m, work, key if key != NONE else 0, backwards)
    finally:
        w = m.words
        changed = w[o + LIST_ITEMS] != 0
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
        sort_rows(Sort(m, items, 0), n, backwards)
        return
    keys: i64 = new_list(m, 0)
    gc_untrack(m.words, keys)
    rows: i64 = 0
    try:
        i: i64 = 0
        while i < n:
            list_append_owned(m, keys, m.call1(key, m.words[items + i]))
            i += 1
        rows = allocate(m, 2 * n)
        copy_many(m.words, rows, m.words[keys + LIST_ITEMS], n)
        copy_many(m.words, rows + n, items, n)
        sort_rows(Sort(m, rows, n), n, backwards)
    finally:
        if rows != 0:
            copy_many(m.words, items, rows + n, n)
            free(m, m.words, rows, 2 * n)
        decref(m, m.words, keys)


def sort_rows(s: Sort, n: i64, backwards: bool) -> None:
    """Sort n keys and what belongs to them. Turning round before and after keeps a falling sort stable."""
    if backwards:
        reverse_rows(s, n)
    try:
        s.kind = kind_of_keys(s.words, s.rows, n)
        run: i64 = falling_run(s, n)
        if run == n:
            reverse_rows(s, n)
        else:
            words: i64 = (n + 1) // 2 if s.delta == 0 else s.delta + (n + 1) // 2
            s.scratch = allocate(s.m, words)
            s.words = s.m.words
            try:
                sort_range(s, s.rows, s.rows + n)
            finally:
                free(s.m, s.m.words, s.scratch, words)
    finally:
        if backwards:
            reverse_rows(s, n)


def reverse_rows(s: Sort, n: i64) -> None:
    """Turn the rows round."""
    reverse_words(s.words, s.rows, n)
    if s.delta != 0:
        reverse_words(s.words, s.rows + s.delta, n)


def kind_of_keys(w: vec[i64], at: i64, n: i64) -> i64:
    """T_INT, T_FLOAT or T_STR if all keys are exactly that, else 0."""
    t: i64 = w[w[at] + OB_TYPE]
    if t != T_INT and t != T_FLOAT and t != T_STR:
        return 0
    end: i64 = at + n
    while at < end:
        if w[w[at] + OB_TYPE] != t:
            return 0
        at += 1
    return t


def falling_run(s: Sort, n: i64) -> i64:
    """How many keys from the first fall strictly."""
    w = s.words
    run: i64 = 1
    while run < n and key_less(s, w, w[s.rows + run], w[s.rows + run - 1]):
        run += 1
    return run


def key_less(s: Sort, w: vec[i64], a: i64, b: i64) -> bool:
    """key a < key b. Only the last branch may run program code."""
    kind: i64 = s.kind
    if kind == T_INT:
        return w[a + INT_VALUE] < w[b + INT_VALUE]
    if kind == T_STR:
        return str_order(s.m, a, b) < 0
    if kind == T_FLOAT:
        floats = s.m.floats
        return floats[w[a + FLOAT_SLOT]] < floats[w[b + FLOAT_SLOT]]
    return s.m.less(a, b)


def sort_range(s: Sort, at: i64, end: i64) -> None:
    """Sort the keys at addresses at .. end."""
    if end - at <= INSERTION:
        sort_by_insertion(s, at, end)
        return
    middle: i64 = at + (end - at) // 2
    sort_range(s, at, middle)
    sort_range(s, middle, end)
    w = s.words
    if key_less(s, w, w[middle], w[middle - 1]):
        merge(s, at, middle, end)


def sort_by_insertion(s: Sort, at: i64, end: i64) -> None:
    """Sort a short row: each key in turn moves down to its place, which halving the sorted part finds."""
    w = s.words
    i: i64 = at + 1
    while i < end:
        k: i64 = w[i]
        low: i64 = at
        high: i64 = i
        if not key_less(s, w, k, w[i - 1]):
            low = i
        while low < high:
            middle: i64 = low + (high - low) // 2
            if key_less(s, w, k, w[middle]):
                high = middle
            else:
                low = middle + 1
        if low < i:
            rotate(w, low, i)
            if s.delta != 0:
                rotate(w, low + s.delta, i + s.delta)
        i += 1


def rotate(w: vec[i64], low: i64, high: i64) -> None:
    """Move the word at `high` down to `low` and the ones between up."""
    v: i64 = w[high]
    while high > low:
        w[high] = w[high - 1]
        high -= 1
    w[low] = v


def merge(s: Sort, at: i64, middle: i64, end: i64) -> None:
    """Merge the sorted rows at .. middle and middle .. end, through a copy of the left one in the scratch row."""
    w = s.words
    delta: i64 = s.delta
    left: i64 = s.scratch
    left_end: i64 = left + middle - at
    copy_rows(s, left, at, middle - at)
    right: i64 = middle
    try:
        while left < left_end and right < end:
            if key_less(s, w, w[right], w[left]):
                w[at] = w[right]
                if delta != 0:
                    w[at + delta] = w[right + delta]
                right += 1
            else:
                w[at] = w[left]
                if delta != 0:
                    w[at + delta] = w[left + delta]
                left += 1
            at += 1
    finally:
        copy_rows(s, at, left, left_end - left)


def copy_rows(s: Sort, to: i64, at: i64, n: i64) -> None:
    """Copy n keys and what belongs to them."""
    copy_many(s.words, to, at, n)
    if s.delta != 0:
        copy_many(s.words, to + s.delta, at + s.delta, n)
