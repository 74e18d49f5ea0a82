"""What happens at each allocation and release while W_ALLOC_HOOK is set: the work of the stress switches.

    allocate -> count -> fail? -> check? -> collect? -> a block -> poison CLEAN -> guard words
    free     -> count -> guard words whole? -> poison DEAD -> the block goes back

CPython counterpart: _PyMem_DebugRawAlloc, _PyMem_DebugCheckAddress (Objects/obmalloc.c), _testcapi.set_nomemory.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.check import Unsound, check_in_native_code
from minipy.memory.guards import guarded_words, set_guard
from minipy.memory.layout import W_ALLOCATIONS, W_FAIL_AT, W_FREES, W_GUARD, W_POISON
from minipy.memory.words import Heap, fill_words, vec

CLEAN: Final = 0x4DCDCDCDCDCDCDCD
"""Poison: a word handed out and not written since; no address, no count."""
DEAD: Final = 0x4DDDDDDDDDDDDDDD
"""Poison: a word of a block given back."""


def before_allocation(heap: Heap) -> None:
    """Count, and do what is wanted at this allocation: fail (raises no_memory), check (raises Unsound), collect."""
    w = heap.words
    n: i64 = w[W_ALLOCATIONS] + 1
    w[W_ALLOCATIONS] = n
    if n == w[W_FAIL_AT]:
        raise heap.no_memory()
    options = heap.options
    if options.check_allocations != 0 and n % options.check_allocations == 0:
        check_in_native_code(heap)
    if options.cramped:
        heap.make_room()


def after_allocation(w: vec[i64], a: i64, n: i64) -> None:
    """Poison the `n` words handed out at `a` and guard what is behind them."""
    if w[W_POISON] != 0:
        fill_words(w, a, n, CLEAN)
    if w[W_GUARD] != 0:
        set_guard(w, a, n)


def note_release(w: vec[i64], a: i64, room: i64) -> None:
    """The block at `a`, of `room` words, is given back: count it, look at its guard, poison it. Raises Unsound."""
    w[W_FREES] += 1
    if w[W_GUARD] != 0:
        if guarded_words(w, a, room) < 0:
            raise Unsound(f"block {a}: given back with a broken guard word")
        w[a + room - 1] = DEAD
    if w[W_POISON] != 0:
        fill_words(w, a, room, DEAD)
