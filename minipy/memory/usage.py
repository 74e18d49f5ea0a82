"""How the allocator has divided the heap, in figures: arenas, pools by size class, large blocks, what is free or lost.

    words of the heap = blocks in use + free blocks + free pools + free large blocks + headers + tails of pools

The figures come from the headers of arenas, pools and large blocks alone, so they are quick to have.

CPython counterpart: _PyObject_DebugMallocStats (Objects/obmalloc.c).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.largealloc import block_kind, block_size
from minipy.memory.layout import (
    ARENA_FREEPOOLS,
    ARENA_FRESH,
    BLOCK_ARENA,
    BLOCK_FREE,
    BLOCK_HEADER,
    HEAP_BASE,
    POOL_CLASS,
    POOL_COUNT,
    POOL_HEADER,
    POOL_NEXT,
    POOL_WORDS,
    SIZE_CLASSES,
    W_ARENA_WORDS,
    W_HEAP_TOP,
)
from minipy.memory.words import vec


class ArenaUsage:
    """One arena: its address, pools in use and free, blocks in use, their words, words of free blocks in used pools."""

    def __init__(self, address: int) -> None:
        self.address = address
        self.pools = 0
        self.free_pools = 0
        self.used = 0
        self.used_words = 0
        self.free_words = 0


class Usage:
    """The whole heap. Lists by size class have SIZE_CLASSES + 1 entries; class c has blocks of 2c words."""

    def __init__(self) -> None:
        self.arenas: list[ArenaUsage] = []
        self.pools = [0] * (SIZE_CLASSES + 1)
        self.used = [0] * (SIZE_CLASSES + 1)
        self.free = [0] * (SIZE_CLASSES + 1)
        self.large = 0
        self.large_words = 0
        self.free_large = 0
        self.free_large_words = 0
        self.header_words = 0
        self.tail_words = 0


def usage(w: vec[i64]) -> Usage:
    """Walk the row of blocks from HEAP_BASE to W_HEAP_TOP."""
    result = Usage()
    b: i64 = HEAP_BASE
    while b < w[W_HEAP_TOP]:
        size: i64 = block_size(w, b)
        kind: i64 = block_kind(w, b)
        if kind == BLOCK_ARENA:
            add_arena(result, w, b)
        else:
            result.header_words += BLOCK_HEADER
            if kind == BLOCK_FREE:
                result.free_large += 1
                result.free_large_words += int(size - BLOCK_HEADER)
            else:
                result.large += 1
                result.large_words += int(size - BLOCK_HEADER)
        b += size
    return result


def add_arena(result: Usage, w: vec[i64], arena: i64) -> None:
    """Add the pools of an arena; its first one holds the arena's header."""
    row = ArenaUsage(int(arena))
    free = free_pools(w, arena)
    end: i64 = arena + w[W_ARENA_WORDS]
    pool: i64 = arena + POOL_WORDS
    while pool < end:
        if pool >= w[arena + ARENA_FRESH] or int(pool) in free:
            row.free_pools += 1
        else:
            add_pool(result, row, w, pool)
        pool += POOL_WORDS
    result.header_words += POOL_WORDS
    result.arenas.append(row)


def free_pools(w: vec[i64], arena: i64) -> set[int]:
    """The pools of the arena that were used before and given back."""
    found: set[int] = set()
    pool: i64 = w[arena + ARENA_FREEPOOLS]
    while pool != 0:
        found.add(int(pool))
        pool = w[pool + POOL_NEXT]
    return found


def add_pool(result: Usage, row: ArenaUsage, w: vec[i64], pool: i64) -> None:
    """Add a pool in use to its arena's row and to its size class."""
    size_class = int(w[pool + POOL_CLASS])
    words = 2 * size_class
    room = (POOL_WORDS - POOL_HEADER) // words
    used = int(w[pool + POOL_COUNT])
    result.pools[size_class] += 1
    result.used[size_class] += used
    result.free[size_class] += room - used
    result.header_words += POOL_HEADER
    result.tail_words += POOL_WORDS - POOL_HEADER - room * words
    row.pools += 1
    row.used += used
    row.used_words += used * words
    row.free_words += (room - used) * words
