"""Which object owns a block, asked of all objects that a census found: for the map of an arena.

A small block in use is an object's own, one of its raw buffers, kept ready on the int or float free list, or the
table of interned strings.

CPython counterpart: none; obmalloc's pools do not know what lies in their blocks.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.census import Found
from minipy.memory.layout import (
    HEAP_BASE,
    OB_TYPE,
    SMALL_LIMIT,
    TP_GC,
    TP_ITEMSIZE,
    TP_RAW1,
    TP_RAW1_SIZE,
    TP_RAW2,
    TP_RAW2_SIZE,
    W_ARENA_WORDS,
    W_FLOAT_FREE,
    W_INT_FREE,
)
from minipy.memory.sizes import object_words
from minipy.memory.tally import Tally
from minipy.memory.words import vec

OWN_BLOCK: Final = 0
RAW1: Final = 1
RAW2: Final = 2
"""What of its owner a block is."""
KEPT_READY: Final = 0
"""Stands for a type in `held_by_arena`: blocks on the int and float free lists."""
TYPE_BITS: Final = 40


class Owners:
    """The blocks in [low, high) that objects own: (block, words asked for, owner, OWN_BLOCK or RAW...) in a row."""

    def __init__(self, low: i64, high: i64) -> None:
        self.low = int(low)
        self.high = int(high)
        self.rows: list[int] = []

    def note(self, block: i64, words: i64, owner: i64, what: int) -> None:
        """One more block, if it lies there."""
        if self.low <= int(block) < self.high:
            self.rows.extend([int(block), int(words), int(owner), what])


def owners(found: Found, low: i64, high: i64) -> Owners:
    """Who owns the blocks between two addresses."""
    w = found.w
    result = Owners(low, high)
    i: i64 = 0
    while i < found.found:
        a: i64 = found.objects[i]
        if a >= HEAP_BASE:
            t: i64 = w[a + OB_TYPE]
            block: i64 = a - w[t + TP_GC]
            if block >= low and block < high:
                result.note(block, object_words(w, a, t), a, OWN_BLOCK)
            if w[t + TP_RAW1] != 0:
                note_buffers(result, w, a, t)
        i += 1
    return result


def note_buffers(result: Owners, w: vec[i64], a: i64, t: i64) -> None:
    """Note the object's raw buffers."""
    if w[a + w[t + TP_RAW1]] != 0:
        result.note(w[a + w[t + TP_RAW1]], w[a + w[t + TP_RAW1_SIZE]], a, RAW1)
    if w[t + TP_RAW2] != 0 and w[a + w[t + TP_RAW2]] != 0:
        result.note(w[a + w[t + TP_RAW2]], w[a + w[t + TP_RAW2_SIZE]], a, RAW2)


def held_by_arena(found: Found) -> dict[int, int]:
    """Small blocks in use, by address of their arena << TYPE_BITS | type of the owner (or KEPT_READY, ...)."""
    w = found.w
    result = Tally()
    i: i64 = 0
    while i < found.found:
        a: i64 = found.objects[i]
        if a >= HEAP_BASE:
            t: i64 = w[a + OB_TYPE]
            head: i64 = w[t + TP_GC]
            if w[t + TP_ITEMSIZE] == 0 or object_words(w, a, t) <= SMALL_LIMIT:
                count_block(result, w, a - head, t)
            if w[t + TP_RAW1] != 0:
                if w[a + w[t + TP_RAW1]] != 0 and w[a + w[t + TP_RAW1_SIZE]] <= SMALL_LIMIT:
                    count_block(result, w, w[a + w[t + TP_RAW1]], t)
                if w[t + TP_RAW2] != 0 and w[a + w[t + TP_RAW2]] != 0 and w[a + w[t + TP_RAW2_SIZE]] <= SMALL_LIMIT:
                    count_block(result, w, w[a + w[t + TP_RAW2]], t)
        i += 1
    for register in (W_INT_FREE, W_FLOAT_FREE):
        for block in kept_ready(w, register):
            count_block(result, w, block, KEPT_READY)
    result.settle()
    return result.counts


def count_block(result: Tally, w: vec[i64], block: i64, t: i64) -> None:
    """One more block of the arena it lies in."""
    arena: i64 = block // w[W_ARENA_WORDS] * w[W_ARENA_WORDS]
    result.add(arena << TYPE_BITS | t, 1)


def kept_ready(w: vec[i64], register: i64) -> list[int]:
    """The blocks on the int or the float free list."""
    blocks: list[int] = []
    a: i64 = w[register]
    while a != 0:
        blocks.append(int(a))
        a = w[a]
    return blocks
