"""The tables of a dict: entries in the order of insertion, and an index table to find them by hash.

    dict:  used | nentries | entries --> hash key value | hash key value | hash 0 0 (deleted) | ... | unused ...
                           | index   --> 0 | 2 | 0 | -3 | 1 | ...    0 free, else entry number + 1; deleted: negative

The index table has a power of two of words, at least 8, and is at most two thirds full; a key's search starts at
hash & mask and goes on over the whole table (`i * 5 + perturb + 1`). Both tables are made by the first insertion.

Invariants
- used <= nentries <= capacity of the entries; each entry ever added has exactly one index word, which is not used
  again when the entry is deleted: so a third of the index words stay free, and every search ends.
- A live entry has a key and a value, a deleted one has neither (both 0) but keeps its hash; if the first one is
  deleted, the number of entries at the front that are known to be deleted takes the place of its hash.
- DICT_VERSION is 0 for a new dict and takes a number never used before whenever a key is added or removed or entries
  move: while it is the same, an entry's address stays right. A changed value does not change it.

CPython counterpart: Objects/dictobject.c, combined tables only; the growth (three times `used`) is CPython's. The
index words are not packed into bytes, and str keys need no table of their own kind.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.gclist import may_be_tracked
from minipy.memory.layout import (
    DICT_ENTRIES,
    DICT_ENTRIES_WORDS,
    DICT_INDEX,
    DICT_INDEX_WORDS,
    DICT_NENTRIES,
    DICT_USED,
    DICT_VERSION,
    GC_NEXT,
    W_VERSION,
)
from minipy.memory.objalloc import gc_track
from minipy.memory.obmalloc import allocate, free, reallocate
from minipy.memory.refcount import incref
from minipy.memory.words import Heap, Raised, fill_words, vec
from minipy.objects.hashing import PERTURB_MASK, UNDECIDED, quick_equal

ENTRY_WORDS: Final = 3
ENTRY_HASH: Final = 0
ENTRY_KEY: Final = 1
ENTRY_VALUE: Final = 2
LEAST_INDEX: Final = 8


def touch(w: vec[i64], d: i64) -> None:
    """Give d a new version: its keys change or its entries move."""
    v: i64 = w[W_VERSION] + 1
    w[W_VERSION] = v
    w[d + DICT_VERSION] = v


def find(w: vec[i64], d: i64, key: i64, h: i64) -> i64:
    """The address of key's entry, 0: there is none, UNDECIDED: a key with this hash is neither str nor int."""
    index: i64 = w[d + DICT_INDEX]
    if index == 0:
        return 0
    entries: i64 = w[d + DICT_ENTRIES] - ENTRY_WORDS
    mask: i64 = w[d + DICT_INDEX_WORDS] - 1
    perturb: i64 = h
    i: i64 = h & mask
    while True:
        number: i64 = w[index + i]
        if number == 0:
            return 0
        if number > 0:
            e: i64 = entries + number * ENTRY_WORDS
            if w[e + ENTRY_KEY] == key:
                return e
            if w[e + ENTRY_HASH] == h:
                same: i64 = quick_equal(w, w[e + ENTRY_KEY], key)
                if same == 1:
                    return e
                if same == UNDECIDED:
                    return UNDECIDED
        perturb = (perturb >> 5) & PERTURB_MASK
        i = (i * 5 + perturb + 1) & mask


def entry_at(w: vec[i64], d: i64, number: i64) -> i64:
    """The address of entry `number`: ENTRY_HASH, ENTRY_KEY and ENTRY_VALUE lie there."""
    return w[d + DICT_ENTRIES] + number * ENTRY_WORDS


def dict_next(w: vec[i64], d: i64, position: i64) -> i64:
    """The number of the first live entry at or behind `position`, -1: none."""
    e: i64 = w[d + DICT_ENTRIES] + position * ENTRY_WORDS
    n: i64 = w[d + DICT_NENTRIES]
    if position == 0 and n > 0 and w[e + ENTRY_KEY] == 0:
        return first_live(w, d, n)
    while position < n:
        if w[e + ENTRY_KEY] != 0:
            return position
        e += ENTRY_WORDS
        position += 1
    return -1


def first_live(w: vec[i64], d: i64, n: i64) -> i64:
    """dict_next from 0 where the first of n entries is deleted: no other is looked at twice, so that a dict can be
    emptied from its front in linear time.
    """
    first: i64 = w[d + DICT_ENTRIES]
    position: i64 = w[first + ENTRY_HASH]
    while position < n and w[first + position * ENTRY_WORDS + ENTRY_KEY] == 0:
        position += 1
    w[first + ENTRY_HASH] = position
    return position if position < n else -1


def dict_previous(w: vec[i64], d: i64, position: i64) -> i64:
    """The number of the last live entry at or before `position`, -1: none."""
    if position >= w[d + DICT_NENTRIES]:
        position = w[d + DICT_NENTRIES] - 1
    while position >= 0 and w[entry_at(w, d, position) + ENTRY_KEY] == 0:
        position -= 1
    return position


# ---------------------------------------------------------------- changing
def insert_entry(heap: Heap, d: i64, key: i64, h: i64, value: i64) -> None:
    """Add an entry for a key that is not in d; borrows key and value."""
    w = heap.words
    n: i64 = w[d + DICT_NENTRIES]
    if n * ENTRY_WORDS == w[d + DICT_ENTRIES_WORDS]:
        resize(heap, d, w[d + DICT_USED] * 3)
        w = heap.words
        n = w[d + DICT_NENTRIES]
    e: i64 = w[d + DICT_ENTRIES] + n * ENTRY_WORDS
    incref(w, key)
    incref(w, value)
    w[e + ENTRY_HASH] = h
    w[e + ENTRY_KEY] = key
    w[e + ENTRY_VALUE] = value
    if w[d + GC_NEXT] == 0:
        maintain_tracking(w, d, key, value)
    w[d + DICT_NENTRIES] = n + 1
    w[d + DICT_USED] += 1
    w[free_index(w, w[d + DICT_INDEX], w[d + DICT_INDEX_WORDS] - 1, h)] = n + 1
    touch(w, d)


def maintain_tracking(w: vec[i64], d: i64, key: i64, value: i64) -> None:
    """The untracked dict d gets key and value: track it if one of them may ever be part of a cycle.

    CPython counterpart: MAINTAIN_TRACKING of Objects/dictobject.c.
    """
    if may_be_tracked(w, value) or may_be_tracked(w, key):
        gc_track(w, d)


def free_index(w: vec[i64], index: i64, mask: i64, h: i64) -> i64:
    """The address of the first index word on h's way that is free."""
    perturb: i64 = h
    i: i64 = h & mask
    while w[index + i] != 0:
        perturb = (perturb >> 5) & PERTURB_MASK
        i = (i * 5 + perturb + 1) & mask
    return index + i


def index_of_entry(w: vec[i64], d: i64, number: i64) -> i64:
    """The address of the index word of entry `number`, live or deleted."""
    index: i64 = w[d + DICT_INDEX]
    mask: i64 = w[d + DICT_INDEX_WORDS] - 1
    perturb: i64 = w[entry_at(w, d, number) + ENTRY_HASH]
    i: i64 = perturb & mask
    number += 1
    while w[index + i] != number and w[index + i] != -number:
        perturb = (perturb >> 5) & PERTURB_MASK
        i = (i * 5 + perturb + 1) & mask
    return index + i


def delete_entry(w: vec[i64], d: i64, e: i64) -> None:
    """Delete the live entry at e; the caller has taken over its key and value."""
    number: i64 = (e - w[d + DICT_ENTRIES]) // ENTRY_WORDS
    w[index_of_entry(w, d, number)] = -number - 1
    w[e + ENTRY_KEY] = 0
    w[e + ENTRY_VALUE] = 0
    if number == 0:
        w[e + ENTRY_HASH] = 1
    w[d + DICT_USED] -= 1
    touch(w, d)


def forget_from(w: vec[i64], d: i64, number: i64) -> None:
    """Undo the additions of entry `number` and all later ones, which are deleted: their index words are free again.

    Right because it goes backward: no older key's search passes over a word that was free when they were added.
    """
    n: i64 = w[d + DICT_NENTRIES]
    if number == 0:
        fill_words(w, w[d + DICT_INDEX], w[d + DICT_INDEX_WORDS], 0)
        n = 0
    while n > number:
        n -= 1
        w[index_of_entry(w, d, n)] = 0
    w[d + DICT_NENTRIES] = n


# ---------------------------------------------------------------- tables
def resize(heap: Heap, d: i64, least: i64) -> None:
    """New tables, the index of at least `least` words; deleted entries go. Raises before anything changes."""
    words: i64 = LEAST_INDEX
    while words < least:
        words = words << 1
    index: i64 = allocate(heap, words)
    try:
        set_entries_room(heap, d, (words << 1) // 3 * ENTRY_WORDS)
    except Raised:
        free(heap, heap.words, index, words)
        raise
    w = heap.words
    fill_words(w, index, words, 0)
    fill_index(w, w[d + DICT_ENTRIES], w[d + DICT_USED], index, words - 1)
    if w[d + DICT_INDEX] != 0:
        free(heap, w, w[d + DICT_INDEX], w[d + DICT_INDEX_WORDS])
    w[d + DICT_INDEX] = index
    w[d + DICT_INDEX_WORDS] = words
    touch(w, d)


def set_entries_room(heap: Heap, d: i64, room: i64) -> None:
    """Make d's table of entries `room` words, in place where that goes; deleted entries go, so the index is stale."""
    w = heap.words
    old: i64 = w[d + DICT_ENTRIES]
    had: i64 = w[d + DICT_ENTRIES_WORDS]
    entries: i64
    if old != 0 and room >= had and w[d + DICT_USED] == w[d + DICT_NENTRIES]:
        entries = reallocate(heap, old, had, room)
        w = heap.words
    else:
        entries = allocate(heap, room)
        w = heap.words
        copy_entries(w, d, entries)
        if old != 0:
            free(heap, w, old, had)
    w[d + DICT_NENTRIES] = w[d + DICT_USED]
    w[d + DICT_ENTRIES] = entries
    w[d + DICT_ENTRIES_WORDS] = room


def copy_entries(w: vec[i64], d: i64, to: i64) -> None:
    """Copy d's live entries, close to each other, to the address `to`."""
    e: i64 = w[d + DICT_ENTRIES]
    end: i64 = e + w[d + DICT_NENTRIES] * ENTRY_WORDS
    while e < end:
        if w[e + ENTRY_KEY] != 0:
            w[to + ENTRY_HASH] = w[e + ENTRY_HASH]
            w[to + ENTRY_KEY] = w[e + ENTRY_KEY]
            w[to + ENTRY_VALUE] = w[e + ENTRY_VALUE]
            to += ENTRY_WORDS
        e += ENTRY_WORDS


def fill_index(w: vec[i64], entries: i64, n: i64, index: i64, mask: i64) -> None:
    """Enter n live entries into an index table that is still free."""
    i: i64 = 0
    while i < n:
        at: i64 = free_index(w, index, mask, w[entries + i * ENTRY_WORDS + ENTRY_HASH])
        i += 1
        w[at] = i


def merge_clean(heap: Heap, d: i64, other: i64) -> None:
    """Add the entries of the dict `other` to d, which is empty: no key needs comparing."""
    w = heap.words
    n: i64 = w[other + DICT_USED]
    if n == 0:
        return
    if w[d + DICT_ENTRIES_WORDS] < n * ENTRY_WORDS or w[d + DICT_NENTRIES] != 0:
        resize(heap, d, (n * 3 + 1) // 2)
        w = heap.words
    entries: i64 = w[d + DICT_ENTRIES]
    copy_entries(w, other, entries)
    own_entries(w, entries, n)
    fill_index(w, entries, n, w[d + DICT_INDEX], w[d + DICT_INDEX_WORDS] - 1)
    w[d + DICT_NENTRIES] = n
    w[d + DICT_USED] = n
    if w[other + GC_NEXT] != 0:
        gc_track(w, d)
    touch(w, d)


def own_entries(w: vec[i64], e: i64, n: i64) -> None:
    """Count the references of n entries just copied."""
    end: i64 = e + n * ENTRY_WORDS
    while e < end:
        incref(w, w[e + ENTRY_KEY])
        incref(w, w[e + ENTRY_VALUE])
        e += ENTRY_WORDS
