"""Arming the stress switches of Options while a program runs.

    off   USEDPOOLS + c ----> pool: POOL_FREE -> a -> b        fast paths find a, b
    on    HOOKED_POOLS + c -> pool: POOL_HIDDEN -> a -> b      fast paths find nothing: see obmalloc

The builder of an interpreter calls apply_switches when all is set up, and again whenever an option was changed.

CPython counterpart: PyMem_SetupDebugHooks, _testcapi.set_nomemory.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    HOOK_DISTANCE,
    POOL_FREE,
    POOL_HIDDEN,
    POOL_NEXT,
    SIZE_CLASSES,
    USEDPOOLS,
    W_ALLOC_HOOK,
    W_ALLOCATIONS,
    W_FAIL_AT,
    W_GUARD,
    W_POISON,
)
from minipy.memory.words import Heap, vec


def apply_switches(heap: Heap) -> None:
    """Make the machine follow heap.options from now on: hook, poison, failing allocation, collections.

    Not `guard`, `tiny_arenas` and `tiny_stack`: these are for a whole life.
    """
    options = heap.options
    w = heap.words
    hook_allocations(w, options.hooks_allocation() or w[W_GUARD] != 0)
    w[W_POISON] = 1 if options.poison else 0
    w[W_FAIL_AT] = w[W_ALLOCATIONS] + options.fail_allocation if options.fail_allocation != 0 else 0
    heap.set_gc_trigger()


def hook_allocations(w: vec[i64], on: bool) -> None:
    """Send each allocation and each release to the slow path, or stop doing so."""
    if on == (w[W_ALLOC_HOOK] != 0):
        return
    size_class: i64 = 1
    while size_class <= SIZE_CLASSES:
        head: i64 = USEDPOOLS + size_class
        if on:
            move_pools(w, head, head + HOOK_DISTANCE, POOL_FREE, POOL_HIDDEN)
        else:
            move_pools(w, head + HOOK_DISTANCE, head, POOL_HIDDEN, POOL_FREE)
        size_class += 1
    w[W_ALLOC_HOOK] = HOOK_DISTANCE if on else 0


def move_pools(w: vec[i64], source: i64, target: i64, field: i64, target_field: i64) -> None:
    """Move a list of pools to another head and each pool's free list to another field."""
    pool: i64 = w[source]
    w[target] = pool
    w[source] = 0
    while pool != 0:
        w[pool + target_field] = w[pool + field]
        w[pool + field] = 0
        pool = w[pool + POOL_NEXT]
