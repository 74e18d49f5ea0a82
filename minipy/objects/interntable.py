"""Interned strings: one str object for each text, so that names are compared by their address.

W_INTERNED points to a raw block, an open-addressed table of borrowed references:

    +0 TABLE_SLOTS, a power of 2 | +1 TABLE_USED | +2 slot 0 | slot 1 | ...      slot: 0 free, else a str

Invariants
- A str with STR_INTERNED set is in the table, or is "" or a static one-character str, which need no table.
- The table does not count its references: an interned str dies with its last user, and deallocation calls
  `forget_interned` through the hook of memory/words.py.
- Linear probing from hash & (slots - 1); removal moves later entries up, so a free slot ends each search.

CPython counterpart: the dict `interned` of Objects/unicodeobject.c (3.11: its two references are taken off the count).
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import STR_INTERNED, STR_LENGTH, W_INTERNED
from minipy.memory.obmalloc import allocate, free
from minipy.memory.statics import EMPTY_STR, IDENTIFIER_STRIDE, IDENTIFIERS, LATIN1, LATIN1_STRIDE
from minipy.memory.words import Heap, vec
from minipy.objects.identifiers import IDENTIFIER_NAMES
from minipy.objects.unicode_words import str_equal, str_hash

TABLE_SLOTS: Final = 0
TABLE_USED: Final = 1
TABLE_FIRST: Final = 2
FIRST_SLOTS: Final = 512


def find_or_add(heap: Heap, a: i64) -> i64:
    """The str in the table equal to a, owned; a itself, now in the table, if there was none (not counted anew)."""
    make_room(heap)
    w = heap.words
    slot: i64 = find_slot(w, a)
    found: i64 = w[slot]
    if found != 0:
        w[found] += 1
        return found
    w[slot] = a
    w[w[W_INTERNED] + TABLE_USED] += 1
    w[a + STR_LENGTH] |= STR_INTERNED
    return a


def find_slot(w: vec[i64], a: i64) -> i64:
    """The address of the slot that holds a str equal to a, or of the free one where it belongs."""
    table: i64 = w[W_INTERNED]
    mask: i64 = w[table + TABLE_SLOTS] - 1
    i: i64 = str_hash(w, a) & mask
    while True:
        found: i64 = w[table + TABLE_FIRST + i]
        if found == 0 or str_equal(w, found, a):
            return table + TABLE_FIRST + i
        i = (i + 1) & mask


def make_room(heap: Heap) -> None:
    """Make the table, or one twice as large, when it is two thirds full."""
    w = heap.words
    old: i64 = w[W_INTERNED]
    slots: i64 = w[old + TABLE_SLOTS] if old != 0 else 0
    if old != 0 and (w[old + TABLE_USED] + 1) * 3 <= slots * 2:
        return
    wanted: i64 = slots * 2 if old != 0 else FIRST_SLOTS
    table: i64 = allocate(heap, TABLE_FIRST + wanted)
    w = heap.words
    w[table + TABLE_SLOTS] = wanted
    w[table + TABLE_USED] = w[old + TABLE_USED] if old != 0 else 0
    i: i64 = 0
    while i < wanted:
        w[table + TABLE_FIRST + i] = 0
        i += 1
    w[W_INTERNED] = table
    i = 0
    while i < slots:
        a: i64 = w[old + TABLE_FIRST + i]
        if a != 0:
            w[find_slot(w, a)] = a
        i += 1
    if old != 0:
        free(heap, w, old, TABLE_FIRST + slots)


def forget_interned(heap: Heap, a: i64) -> None:
    """Take the dying str a out of the table. Allocates nothing and runs no program code."""
    w = heap.words
    table: i64 = w[W_INTERNED]
    first: i64 = table + TABLE_FIRST
    mask: i64 = w[table + TABLE_SLOTS] - 1
    hole: i64 = find_slot(w, a) - first
    w[table + TABLE_USED] -= 1
    i: i64 = (hole + 1) & mask
    while w[first + i] != 0:
        home: i64 = str_hash(w, w[first + i]) & mask
        if (i - home) & mask >= (i - hole) & mask:
            w[first + hole] = w[first + i]
            hole = i
        i = (i + 1) & mask
    w[first + hole] = 0


def intern_statics(heap: Heap) -> None:
    """Mark the static strings as interned and enter the identifiers; once, at the start."""
    w = heap.words
    w[EMPTY_STR + STR_LENGTH] |= STR_INTERNED
    for code in range(256):
        w[LATIN1 + i64(code) * LATIN1_STRIDE + STR_LENGTH] |= STR_INTERNED
    a: i64 = IDENTIFIERS
    for name in IDENTIFIER_NAMES:
        if len(name) > 1:
            find_or_add(heap, a)
        a += IDENTIFIER_STRIDE
