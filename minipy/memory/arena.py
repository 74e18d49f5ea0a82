"""Arenas and pools: where obmalloc's slow paths get pools from and give them back to.

    ARENA_LISTS + n --> arena with n free pools <-> arena with n free pools
                          |
                          +- ARENA_FREEPOOLS -> pool given back -> pool given back -> 0
                          +- ARENA_FRESH ----> the first pool never used; all behind it neither

Invariants
- An arena with n free pools, n > 0, is in list n; one without is in no list.
- An arena without a pool in use is returned to the large blocks at once, unless no other arena has a free pool.

CPython counterpart: new_arena, allocate_from_new_pool, insert_to_freepool in Objects/obmalloc.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.largealloc import alloc_arena, release_block
from minipy.memory.layout import (
    ARENA_FREEPOOLS,
    ARENA_FRESH,
    ARENA_LISTS,
    ARENA_NEXT,
    ARENA_NFREE,
    ARENA_NPOOLS,
    ARENA_PREVIOUS,
    ARENA_WORDS,
    POOL_ARENA,
    POOL_CLASS,
    POOL_COUNT,
    POOL_FREE,
    POOL_FRESH,
    POOL_HEADER,
    POOL_HIDDEN,
    POOL_NEXT,
    POOL_WORDS,
    W_ARENA_WORDS,
    W_ARENAS,
    W_ARENAS_ALLOCATED,
    W_ARENAS_HIGHEST,
)
from minipy.memory.words import Heap, vec


def new_pool(heap: Heap, size_class: i64) -> i64:
    """An empty pool for blocks of size_class * 2 words, in no list; 0: no memory. May grow the heap."""
    arena: i64 = fullest_arena(heap.words)
    if arena == 0:
        arena = new_arena(heap)
        if arena == 0:
            return 0
    w = heap.words
    pool: i64 = take_pool(w, arena)
    first: i64 = pool + POOL_HEADER
    w[first] = 0
    w[pool + POOL_FREE] = first
    w[pool + POOL_COUNT] = 0
    w[pool + POOL_ARENA] = arena
    w[pool + POOL_CLASS] = size_class
    w[pool + POOL_FRESH] = first + size_class * 2
    w[pool + POOL_HIDDEN] = 0
    return pool


def take_pool(w: vec[i64], arena: i64) -> i64:
    """A pool of an arena that has a free one: the last given back, else the first fresh one."""
    unlink_arena(w, arena)
    w[arena + ARENA_NFREE] -= 1
    if w[arena + ARENA_NFREE] != 0:
        link_arena(w, arena)
    pool: i64 = w[arena + ARENA_FREEPOOLS]
    if pool != 0:
        w[arena + ARENA_FREEPOOLS] = w[pool + POOL_NEXT]
        return pool
    pool = w[arena + ARENA_FRESH]
    w[arena + ARENA_FRESH] = pool + POOL_WORDS
    return pool


def release_pool(w: vec[i64], pool: i64) -> None:
    """Give back a pool without blocks in use, already out of its size class's list."""
    arena: i64 = w[pool + POOL_ARENA]
    w[pool + POOL_NEXT] = w[arena + ARENA_FREEPOOLS]
    w[arena + ARENA_FREEPOOLS] = pool
    n: i64 = w[arena + ARENA_NFREE]
    if n != 0:
        unlink_arena(w, arena)
    w[arena + ARENA_NFREE] = n + 1
    if n + 1 == w[arena + ARENA_NPOOLS] and fullest_arena(w) != 0:
        w[W_ARENAS] -= 1
        release_block(w, arena)
    else:
        link_arena(w, arena)


def new_arena(heap: Heap) -> i64:
    """A fresh arena in its list; 0: no memory. May grow the heap."""
    arena: i64 = alloc_arena(heap)
    if arena == 0:
        return 0
    w = heap.words
    pools: i64 = w[W_ARENA_WORDS] // POOL_WORDS - 1
    w[arena + ARENA_NFREE] = pools
    w[arena + ARENA_NPOOLS] = pools
    w[arena + ARENA_FREEPOOLS] = 0
    w[arena + ARENA_FRESH] = arena + POOL_WORDS
    link_arena(w, arena)
    w[W_ARENAS] += 1
    w[W_ARENAS_HIGHEST] = max(w[W_ARENAS_HIGHEST], w[W_ARENAS])
    w[W_ARENAS_ALLOCATED] += 1
    return arena


def fullest_arena(w: vec[i64]) -> i64:
    """The arena with the fewest free pools, but at least one; 0: there is none."""
    n: i64 = 1
    while n < ARENA_WORDS // POOL_WORDS:
        if w[ARENA_LISTS + n] != 0:
            return w[ARENA_LISTS + n]
        n += 1
    return 0


def link_arena(w: vec[i64], arena: i64) -> None:
    """Put the arena first in the list its number of free pools names."""
    head: i64 = ARENA_LISTS + w[arena + ARENA_NFREE]
    first: i64 = w[head]
    w[arena + ARENA_NEXT] = first
    w[arena + ARENA_PREVIOUS] = 0
    if first != 0:
        w[first + ARENA_PREVIOUS] = arena
    w[head] = arena


def unlink_arena(w: vec[i64], arena: i64) -> None:
    """Take the arena out of its list."""
    following: i64 = w[arena + ARENA_NEXT]
    before: i64 = w[arena + ARENA_PREVIOUS]
    if following != 0:
        w[following + ARENA_PREVIOUS] = before
    if before != 0:
        w[before + ARENA_NEXT] = following
    else:
        w[ARENA_LISTS + w[arena + ARENA_NFREE]] = following
