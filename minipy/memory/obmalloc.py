"""The allocator: small blocks from pools by size class, larger ones by boundary tags.

    arena (W_ARENA_WORDS, aligned)              pool (512 words, aligned)
    +--------+------+------+-----+------+       +--------+-------+-------+------+-------+-----+
    | header | pool | pool | ... | pool |       | header | block | block | free | fresh | ... |
    +--------+------+------+-----+------+       +--------+-------+-------+------+-------+-----+
                                                 POOL_FREE --------------> next free -> 0

A request of up to SMALL_LIMIT words is rounded up to an even number; blocks of one size share pools. A free block's
first word links to the next free one of its pool, last freed first. A pool is used (in the list of its size class at
USEDPOOLS), full (in no list) or empty (back with its arena, for any size class; arena.py). Larger requests are large
blocks (largealloc.py). A block has no header: who frees it says how many words it has.

The hook: while W_ALLOC_HOOK is set, the lists' heads are kept at HOOKED_POOLS and each pool's free list in
POOL_HIDDEN, so that the fast paths find nothing, take the slow ones, and those do what the switches say (hook.py).

Invariants
- An empty list is 0; a pool in USEDPOOLS has a free block at POOL_FREE. Blocks from POOL_FRESH on were never used.
- A pool that becomes empty while it is the only one of its list stays there, so that a loop that makes and drops one
  object takes no slow path; a full collection, or a lack of memory, gives such pools back (release_reserves).
- Contents of a new block are undefined; its address is even.

CPython counterpart: Objects/obmalloc.c. Arenas of 256 KiB and pools of 4 KiB as up to 3.9 (now four times as large),
16 byte alignment; it gives
every empty pool back at once.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.arena import new_pool, release_pool
from minipy.memory.floatlane import free_float_slot
from minipy.memory.guards import large_room
from minipy.memory.hook import after_allocation, before_allocation, note_release
from minipy.memory.largealloc import alloc_large, free_large, resize_large
from minipy.memory.layout import (
    FLOAT_SLOT,
    POOL_CLASS,
    POOL_COUNT,
    POOL_FREE,
    POOL_FRESH,
    POOL_HIDDEN,
    POOL_NEXT,
    POOL_PREVIOUS,
    POOL_WORDS,
    SIZE_CLASSES,
    SMALL_LIMIT,
    USEDPOOLS,
    W_ALLOC_HOOK,
    W_FLOAT_FREE,
    W_GUARD,
    W_HEAP_LIMIT,
    W_INT_FREE,
    W_RESERVE_OPEN,
)
from minipy.memory.words import Heap, copy_many, vec


# ---------------------------------------------------------------- the interface
def allocate(heap: Heap, n: i64) -> i64:
    """A raw block of `n` > 0 words, contents undefined. Raises no_memory. The caller reloads heap.words."""
    if n <= SMALL_LIMIT:
        a: i64 = alloc_small(heap.words, (n + 1) >> 1)
        if a != 0:
            return a
    return allocate_slow(heap, n)


def free(heap: Heap, w: vec[i64], a: i64, n: i64) -> None:
    """Give back the block `a` that was allocated, or last reallocated, with `n` words."""
    if n <= SMALL_LIMIT:
        free_small(w, a)
    else:
        free_slow_large(w, a)


def reallocate(heap: Heap, a: i64, old: i64, new: i64) -> i64:
    """Resize a block of `old` words to `new`, in place or moved with its contents; returns its address.

    While the hook is set it always moves, so that who does not read the address again is found out.
    Raises no_memory, the block unchanged. The caller reloads heap.words.
    """
    if heap.words[W_ALLOC_HOOK] == 0:
        if old <= SMALL_LIMIT:
            if new <= SMALL_LIMIT and (new + 1) >> 1 == (old + 1) >> 1:
                return a
        elif new > SMALL_LIMIT and resize_large(heap, a, new):
            return a
    b: i64 = allocate(heap, new)
    w = heap.words
    copy_many(w, b, a, min(old, new))
    free(heap, w, a, old)
    return b


# ---------------------------------------------------------------- fast paths
def alloc_small(w: vec[i64], size_class: i64) -> i64:
    """A block of size_class * 2 words; 0: take the slow path (allocate_slow)."""
    pool: i64 = w[USEDPOOLS + size_class]
    if pool == 0:
        return 0
    return take_block(w, pool)


def take_block(w: vec[i64], pool: i64) -> i64:
    """The first free block of a used pool."""
    a: i64 = w[pool + POOL_FREE]
    following: i64 = w[a]
    w[pool + POOL_FREE] = following
    w[pool + POOL_COUNT] += 1
    if following == 0:
        extend_pool(w, pool)
    return a


def free_small(w: vec[i64], a: i64) -> None:
    """Give back a block of at most SMALL_LIMIT words."""
    pool: i64 = a & -POOL_WORDS
    following: i64 = w[pool + POOL_FREE]
    w[a] = following
    w[pool + POOL_FREE] = a
    n: i64 = w[pool + POOL_COUNT] - 1
    w[pool + POOL_COUNT] = n
    if following == 0 or n == 0:
        free_slow(w, a, pool, following)


# ---------------------------------------------------------------- slow paths
def extend_pool(w: vec[i64], pool: i64) -> None:
    """The free list ran out: put the first fresh block on it, or, without one, take the full pool out of its list."""
    a: i64 = w[pool + POOL_FRESH]
    if a == 0:
        unlink_pool(w, pool)
        return
    size: i64 = w[pool + POOL_CLASS] * 2
    w[a] = 0
    w[pool + POOL_FREE] = a
    w[pool + POOL_FRESH] = 0 if a + 2 * size > pool + POOL_WORDS else a + size


def free_slow(w: vec[i64], a: i64, pool: i64, following: i64) -> None:
    """The block `a` went back to a pool that was full, is now empty, or is hooked."""
    if w[W_ALLOC_HOOK] != 0:
        note_release(w, a, w[pool + POOL_CLASS] * 2)
        following = w[pool + POOL_HIDDEN]
        w[a] = following
        w[pool + POOL_HIDDEN] = a
        w[pool + POOL_FREE] = 0
    if following == 0:
        link_pool(w, pool)
    if w[pool + POOL_COUNT] == 0 and w[pool + POOL_NEXT] + w[pool + POOL_PREVIOUS] != 0:
        unlink_pool(w, pool)
        release_pool(w, pool)


def free_slow_large(w: vec[i64], a: i64) -> None:
    """Give back a large block."""
    if w[W_ALLOC_HOOK] != 0:
        note_release(w, a, large_room(w, a))
    free_large(w, a)


def allocate_slow(heap: Heap, n: i64) -> i64:
    """As allocate, when the fast path found nothing; without memory the reserves are given back, then garbage."""
    if heap.words[W_ALLOC_HOOK] != 0:
        before_allocation(heap)
    a: i64 = try_allocate(heap, n)
    if a == 0:
        release_reserves(heap)
        a = try_allocate(heap, n)
    if a == 0 and n < heap.words[W_HEAP_LIMIT]:
        heap.make_room()
        a = try_allocate(heap, n)
        if a == 0:
            heap.words[W_RESERVE_OPEN] = 1
    if a == 0:
        raise heap.no_memory()
    if heap.words[W_ALLOC_HOOK] != 0:
        after_allocation(heap.words, a, n)
        heap.allocated(a)
    return a


def try_allocate(heap: Heap, n: i64) -> i64:
    """A block of `n` words; 0: no memory. May grow the heap."""
    if n > SMALL_LIMIT:
        return 0 if n > heap.words[W_HEAP_LIMIT] else alloc_large(heap, n + heap.words[W_GUARD])
    w = heap.words
    size_class: i64 = (n + w[W_GUARD] + 1) >> 1
    hook: i64 = w[W_ALLOC_HOOK]
    pool: i64 = w[USEDPOOLS + hook + size_class]
    if pool == 0:
        pool = new_pool(heap, size_class)
        if pool == 0:
            return 0
        w = heap.words
        link_pool(w, pool)
    return take_block(w, pool) if hook == 0 else take_hidden(w, pool)


def take_hidden(w: vec[i64], pool: i64) -> i64:
    """A block of a hooked pool, whose free list is in POOL_HIDDEN (a fresh pool's still in POOL_FREE)."""
    if w[pool + POOL_HIDDEN] != 0:
        w[pool + POOL_FREE] = w[pool + POOL_HIDDEN]
    a: i64 = take_block(w, pool)
    w[pool + POOL_HIDDEN] = w[pool + POOL_FREE]
    w[pool + POOL_FREE] = 0
    return a


def release_reserves(heap: Heap) -> None:
    """Give the int and float blocks that are kept ready back to their pools, and empty pools to their arenas."""
    w = heap.words
    a: i64 = w[W_INT_FREE]
    w[W_INT_FREE] = 0
    following: i64
    while a != 0:
        following = w[a]
        free_small(w, a)
        a = following
    a = w[W_FLOAT_FREE]
    w[W_FLOAT_FREE] = 0
    while a != 0:
        following = w[a]
        free_float_slot(heap, w[a + FLOAT_SLOT])
        free_small(w, a)
        a = following
    release_empty_pools(w)


def release_empty_pools(w: vec[i64]) -> None:
    """Give the empty pools that stayed in their lists back to their arenas."""
    size_class: i64 = 1
    while size_class <= SIZE_CLASSES:
        pool: i64 = w[USEDPOOLS + w[W_ALLOC_HOOK] + size_class]
        while pool != 0:
            following: i64 = w[pool + POOL_NEXT]
            if w[pool + POOL_COUNT] == 0:
                unlink_pool(w, pool)
                release_pool(w, pool)
            pool = following
        size_class += 1


# ---------------------------------------------------------------- lists of used pools
def link_pool(w: vec[i64], pool: i64) -> None:
    """Put a pool with a free block first in the list of its size class."""
    head: i64 = USEDPOOLS + w[W_ALLOC_HOOK] + w[pool + POOL_CLASS]
    first: i64 = w[head]
    w[pool + POOL_NEXT] = first
    w[pool + POOL_PREVIOUS] = 0
    if first != 0:
        w[first + POOL_PREVIOUS] = pool
    w[head] = pool


def unlink_pool(w: vec[i64], pool: i64) -> None:
    """Take a pool out of the list of its size class."""
    following: i64 = w[pool + POOL_NEXT]
    before: i64 = w[pool + POOL_PREVIOUS]
    if following != 0:
        w[following + POOL_PREVIOUS] = before
    if before != 0:
        w[before + POOL_NEXT] = following
    else:
        w[USEDPOOLS + w[W_ALLOC_HOOK] + w[pool + POOL_CLASS]] = following
