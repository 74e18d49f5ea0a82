"""Large blocks and arenas: boundary tags, coalescing, best fit.

    HEAP_BASE                                                        W_LAST_BLOCK        W_HEAP_TOP
    |size|before| large block ... |size|before| free ... |size|before| arena ...           |
     kind                          kind  next, previous   kind

The heap is a row of blocks without gaps. Each begins with its own size (and kind, in the low bits) and the size of
the block before it, so both neighbours are found by adding or subtracting. Free blocks hang in bins by size, four
bins a power of two; a request takes the smallest free block that holds it, the last freed among equals.

Invariants
- Sizes are multiples of BLOCK_UNIT words, headers included; what an owner gets begins at an even address.
- No two free neighbours: freeing coalesces with both.
- The row ends at W_HEAP_TOP, which is arena aligned: it rises by whole arenas when no free block fits, and falls when
  the last block is free and holds whole arenas. The array of words does not shrink; a later rise reuses it.
- The last arena below W_HEAP_LIMIT is a reserve, opened when memory has run out: with it a program handles its
  MemoryError. It is closed again when the top rises far below it. A heap of few arenas has none.

CPython counterpart: none; it leaves requests over 512 bytes to the C library's malloc. This is Knuth's boundary tag
method (TAOCP 1, 2.5), as in Doug Lea's malloc.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    BLOCK_ARENA,
    BLOCK_FREE,
    BLOCK_HEADER,
    BLOCK_KIND,
    BLOCK_LARGE,
    BLOCK_NEXT_FREE,
    BLOCK_PREVIOUS,
    BLOCK_PREVIOUS_FREE,
    BLOCK_SIZE,
    BLOCK_SPLIT,
    BLOCK_UNIT,
    HEAP_BASE,
    LARGE_BIN_COUNT,
    LARGE_BINS,
    W_ARENA_WORDS,
    W_HEAP_LIMIT,
    W_HEAP_TOP,
    W_HIGHEST_TOP,
    W_LAST_BLOCK,
    W_RESERVE_OPEN,
)
from minipy.memory.words import Heap, vec

LEAST_WITH_RESERVE: Final = 8
"""Arenas a heap must have room for to have a reserve."""


def alloc_large(heap: Heap, n: i64) -> i64:
    """The address of `n` words, contents undefined; 0: no memory. May grow the heap."""
    size: i64 = block_words(n)
    b: i64 = best_fit(heap.words, size)
    if b == 0:
        b = raise_top(heap, size)
        if b == 0:
            return 0
    w = heap.words
    unlink_free(w, b)
    take(w, b, size, BLOCK_LARGE)
    return b + BLOCK_HEADER


def free_large(w: vec[i64], a: i64) -> None:
    """Give back what alloc_large returned."""
    release_block(w, a - BLOCK_HEADER)


def resize_large(heap: Heap, a: i64, n: i64) -> bool:
    """Make the large block at `a` hold `n` words without moving it. False: no room, nothing changed."""
    w = heap.words
    b: i64 = a - BLOCK_HEADER
    size: i64 = block_words(n)
    have: i64 = block_size(w, b)
    room: i64 = room_behind(w, b + have)
    if have + room < size and b + have + room == w[W_HEAP_TOP]:
        raise_top(heap, size - have)
        w = heap.words
        room = room_behind(w, b + have)
    if have + room < size:
        return False
    if room != 0:
        unlink_free(w, b + have)
    set_block(w, b, have + room, BLOCK_LARGE)
    take(w, b, size, BLOCK_LARGE)
    return True


def room_behind(w: vec[i64], end: i64) -> i64:
    """Words of the free block at `end`; 0: none there."""
    if end == w[W_HEAP_TOP] or block_kind(w, end) != BLOCK_FREE:
        return 0
    return block_size(w, end)


def alloc_arena(heap: Heap) -> i64:
    """An aligned block of W_ARENA_WORDS words, holes first; 0: no memory. May grow the heap."""
    w = heap.words
    words: i64 = w[W_ARENA_WORDS]
    b: i64 = best_fit_aligned(w, words)
    if b == 0:
        last: i64 = last_free(w)
        missing: i64 = words if last == 0 else aligned(last, words) + words - w[W_HEAP_TOP]
        b = lift(heap, missing)
        if b == 0:
            return 0
        w = heap.words
    unlink_free(w, b)
    return carve(w, b, aligned(b, words), words)


def carve(w: vec[i64], b: i64, start: i64, words: i64) -> i64:
    """Take the arena [start, start + words) out of the unlinked free block b; the rests stay free."""
    size: i64 = block_size(w, b)
    end: i64 = b + size
    if start != b:
        set_block(w, b, start - b, BLOCK_FREE)
        link_free(w, b)
    set_block(w, start, words, BLOCK_ARENA)
    if start + words != end:
        set_block(w, start + words, end - start - words, BLOCK_FREE)
        link_free(w, start + words)
    return start


def release_block(w: vec[i64], b: i64) -> None:
    """Free the block b: coalesce with both neighbours, lower the top where possible."""
    size: i64 = block_size(w, b)
    room: i64 = room_behind(w, b + size)
    if room != 0:
        unlink_free(w, b + size)
        size += room
    before: i64 = b - w[b + BLOCK_PREVIOUS]
    if before != b and block_kind(w, before) == BLOCK_FREE:
        unlink_free(w, before)
        size += b - before
        b = before
    set_block(w, b, size, BLOCK_FREE)
    if b + size == w[W_HEAP_TOP]:
        lower_top(w, b)
    else:
        link_free(w, b)


# ---------------------------------------------------------------- the top
def raise_top(heap: Heap, size: i64) -> i64:
    """Make the last block a free one of at least `size` words; returns it, or 0: no memory, nothing changed."""
    w = heap.words
    last: i64 = last_free(w)
    have: i64 = 0 if last == 0 else block_size(w, last)
    return lift(heap, aligned(size - have, w[W_ARENA_WORDS]))


def lift(heap: Heap, missing: i64) -> i64:
    """Raise the top by `missing` words, whole arenas; returns the last block, now free, or 0: no memory."""
    w = heap.words
    old: i64 = w[W_HEAP_TOP]
    if not may_rise(w, old + missing):
        return 0
    try:
        heap.grow(old + missing)
    except MemoryError:
        return 0
    w = heap.words
    b: i64 = old
    last: i64 = w[W_LAST_BLOCK]
    before: i64 = 0 if last == 0 else old - last
    if last_free(w) != 0:
        unlink_free(w, last)
        b = last
        before = w[b + BLOCK_PREVIOUS]
    w[W_HEAP_TOP] = old + missing
    w[W_HIGHEST_TOP] = max(w[W_HIGHEST_TOP], old + missing)
    set_block(w, b, old + missing - b, BLOCK_FREE)
    w[b + BLOCK_PREVIOUS] = before
    link_free(w, b)
    return b


def may_rise(w: vec[i64], top: i64) -> bool:
    """Whether the top may be raised so far; below the reserve this closes it."""
    reserve: i64 = w[W_ARENA_WORDS] if w[W_HEAP_LIMIT] - HEAP_BASE >= LEAST_WITH_RESERVE * w[W_ARENA_WORDS] else 0
    if top <= w[W_HEAP_LIMIT] - reserve:
        w[W_RESERVE_OPEN] = 0
        return True
    return top <= w[W_HEAP_LIMIT] and w[W_RESERVE_OPEN] != 0


def lower_top(w: vec[i64], b: i64) -> None:
    """The unlinked free block b is the last: give whole arenas of it back, link what remains."""
    top: i64 = aligned(b, w[W_ARENA_WORDS])
    w[W_HEAP_TOP] = top
    if top != b:
        set_block(w, b, top - b, BLOCK_FREE)
        link_free(w, b)
        return
    before: i64 = w[b + BLOCK_PREVIOUS]
    w[W_LAST_BLOCK] = 0 if before == 0 else b - before


def last_free(w: vec[i64]) -> i64:
    """The last block if it is free, else 0."""
    last: i64 = w[W_LAST_BLOCK]
    if last != 0 and block_kind(w, last) != BLOCK_FREE:
        return 0
    return last


# ---------------------------------------------------------------- blocks
def block_words(n: i64) -> i64:
    """Words of the whole block that holds a request of n."""
    return (n + BLOCK_HEADER + BLOCK_UNIT - 1) & -BLOCK_UNIT


def block_size(w: vec[i64], b: i64) -> i64:
    """Words of the block b, header included."""
    return w[b + BLOCK_SIZE] & ~BLOCK_KIND


def block_kind(w: vec[i64], b: i64) -> i64:
    """BLOCK_FREE, BLOCK_LARGE or BLOCK_ARENA."""
    return w[b + BLOCK_SIZE] & BLOCK_KIND


def aligned(a: i64, words: i64) -> i64:
    """The next multiple of `words`, a power of two, from a on."""
    return (a + words - 1) & -words


def set_block(w: vec[i64], b: i64, size: i64, kind: i64) -> None:
    """Write the size into the block's own header and into its successor's (or W_LAST_BLOCK)."""
    w[b + BLOCK_SIZE] = size | kind
    if b + size == w[W_HEAP_TOP]:
        w[W_LAST_BLOCK] = b
    else:
        w[b + size + BLOCK_PREVIOUS] = size


def take(w: vec[i64], b: i64, size: i64, kind: i64) -> None:
    """Give the unlinked block b to an owner who needs `size` words of it; a useful rest becomes a free block."""
    have: i64 = block_size(w, b)
    if have - size < BLOCK_SPLIT:
        set_block(w, b, have, kind)
        return
    set_block(w, b, size, kind)
    set_block(w, b + size, have - size, BLOCK_LARGE)
    release_block(w, b + size)


# ---------------------------------------------------------------- bins of free blocks
def bin_of(size: i64) -> i64:
    """The address of the bin for free blocks of `size` words: by the highest bit and the two bits below it."""
    shift: i64 = 0
    while size >> shift > 7:
        shift += 1
    return LARGE_BINS + min(shift * 4 + ((size >> shift) & 3), LARGE_BIN_COUNT - 1)


def link_free(w: vec[i64], b: i64) -> None:
    """Hang the free block b into its bin."""
    head: i64 = bin_of(block_size(w, b))
    first: i64 = w[head]
    w[b + BLOCK_NEXT_FREE] = first
    w[b + BLOCK_PREVIOUS_FREE] = 0
    if first != 0:
        w[first + BLOCK_PREVIOUS_FREE] = b
    w[head] = b


def unlink_free(w: vec[i64], b: i64) -> None:
    """Take the free block b out of its bin."""
    following: i64 = w[b + BLOCK_NEXT_FREE]
    before: i64 = w[b + BLOCK_PREVIOUS_FREE]
    if following != 0:
        w[following + BLOCK_PREVIOUS_FREE] = before
    if before != 0:
        w[before + BLOCK_NEXT_FREE] = following
    else:
        w[bin_of(block_size(w, b))] = following


def best_fit(w: vec[i64], size: i64) -> i64:
    """The smallest free block of at least `size` words; 0: none."""
    head: i64 = bin_of(size)
    while head < LARGE_BINS + LARGE_BIN_COUNT:
        best: i64 = 0
        b: i64 = w[head]
        while b != 0:
            have: i64 = block_size(w, b)
            if have == size:
                return b
            if have > size and (best == 0 or have < block_size(w, best)):
                best = b
            b = w[b + BLOCK_NEXT_FREE]
        if best != 0:
            return best
        head += 1
    return 0


def best_fit_aligned(w: vec[i64], words: i64) -> i64:
    """The smallest free block that holds `words` words from a multiple of `words` on; 0: none."""
    head: i64 = bin_of(words)
    while head < LARGE_BINS + LARGE_BIN_COUNT:
        best: i64 = 0
        b: i64 = w[head]
        while b != 0:
            have: i64 = block_size(w, b)
            if aligned(b, words) + words <= b + have and (best == 0 or have < block_size(w, best)):
                best = b
            b = w[b + BLOCK_NEXT_FREE]
        if best != 0:
            return best
        head += 1
    return 0
