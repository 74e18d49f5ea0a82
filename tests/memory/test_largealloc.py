"""Large blocks: fitting, splitting, coalescing, the top."""

from __future__ import annotations

import pytest

from minipy.memory.arena import new_arena
from minipy.memory.check_blocks import survey
from minipy.memory.largealloc import (
    alloc_large,
    best_fit,
    bin_of,
    block_words,
    free_large,
    resize_large,
)
from minipy.memory.layout import (
    ARENA_WORDS,
    BLOCK_HEADER,
    HEAP_BASE,
    LARGE_BIN_COUNT,
    LARGE_BINS,
    W_HEAP_TOP,
    W_LAST_BLOCK,
)
from minipy.memory.options import Options
from minipy.memory.words import Heap


def heap_of(arenas: int) -> Heap:
    return Heap(Options(heap_limit=arenas * ARENA_WORDS * 8))


def well(heap: Heap) -> None:
    assert survey(heap.words).problems == []


def test_the_first_block_lies_at_the_bottom_behind_its_header() -> None:
    heap = heap_of(2)
    assert alloc_large(heap, 100) == HEAP_BASE + BLOCK_HEADER
    assert heap.words[W_HEAP_TOP] == HEAP_BASE + ARENA_WORDS
    well(heap)


def test_blocks_follow_each_other_and_freeing_all_empties_the_heap() -> None:
    heap = heap_of(2)
    blocks = [alloc_large(heap, n) for n in (100, 200, 300)]
    assert blocks[1] - blocks[0] == block_words(100)
    for a in (blocks[1], blocks[0], blocks[2]):
        free_large(heap.words, a)
        well(heap)
    assert heap.words[W_HEAP_TOP] == HEAP_BASE
    assert heap.words[W_LAST_BLOCK] == 0


def test_a_freed_block_coalesces_with_both_neighbours() -> None:
    heap = heap_of(2)
    a, b, c, _ = [alloc_large(heap, 100) for _ in range(4)]
    free_large(heap.words, a)
    free_large(heap.words, c)
    free_large(heap.words, b)
    well(heap)
    assert alloc_large(heap, 3 * block_words(100) - BLOCK_HEADER) == a


def test_the_best_fit_is_taken() -> None:
    heap = heap_of(2)
    holes = []
    for n in (400, 150, 200):
        holes.append(alloc_large(heap, n))
        alloc_large(heap, 100)
    for a in holes:
        free_large(heap.words, a)
    assert alloc_large(heap, 140) == holes[1]
    assert alloc_large(heap, 140) == holes[2]
    well(heap)


def test_an_exact_fit_is_taken_at_once() -> None:
    heap = heap_of(2)
    a, _, b = alloc_large(heap, 100), alloc_large(heap, 100), alloc_large(heap, 104)
    alloc_large(heap, 100)
    free_large(heap.words, b)
    free_large(heap.words, a)
    assert best_fit(heap.words, block_words(104)) == b - BLOCK_HEADER


def test_a_small_rest_stays_with_its_block() -> None:
    heap = heap_of(2)
    a, b = alloc_large(heap, 150), alloc_large(heap, 100)
    free_large(heap.words, a)
    assert alloc_large(heap, 100) == a
    well(heap)
    free_large(heap.words, a)
    free_large(heap.words, b)
    assert heap.words[W_HEAP_TOP] == HEAP_BASE


def test_no_memory_is_0_and_changes_nothing() -> None:
    heap = heap_of(2)
    a = alloc_large(heap, 100)
    assert alloc_large(heap, 2 * ARENA_WORDS) == 0
    well(heap)
    assert alloc_large(heap, 2 * ARENA_WORDS - 200) == a + block_words(100)


def test_the_host_may_refuse_too(monkeypatch: pytest.MonkeyPatch) -> None:
    heap = heap_of(2)

    def refuse(top: int) -> None:
        raise MemoryError

    monkeypatch.setattr(heap, "grow", refuse)
    assert alloc_large(heap, 100) == 0


def test_the_top_falls_by_whole_arenas() -> None:
    heap = heap_of(8)
    a = alloc_large(heap, 100)
    b = alloc_large(heap, 3 * ARENA_WORDS)
    assert heap.words[W_HEAP_TOP] == HEAP_BASE + 4 * ARENA_WORDS
    free_large(heap.words, b)
    assert heap.words[W_HEAP_TOP] == HEAP_BASE + ARENA_WORDS
    well(heap)
    free_large(heap.words, a)
    assert heap.words[W_HEAP_TOP] == HEAP_BASE


def test_an_arena_is_aligned_and_the_gap_before_it_is_free() -> None:
    heap = heap_of(8)
    alloc_large(heap, 100)
    b = alloc_large(heap, 3 * ARENA_WORDS)
    alloc_large(heap, 100)
    free_large(heap.words, b)
    arena = new_arena(heap)
    assert arena == HEAP_BASE + ARENA_WORDS
    well(heap)
    assert alloc_large(heap, ARENA_WORDS - 200) == HEAP_BASE + block_words(100) + BLOCK_HEADER


def test_holes_serve_arenas_before_the_top_rises() -> None:
    heap = heap_of(8)
    a = alloc_large(heap, 2 * ARENA_WORDS)
    alloc_large(heap, 100)
    free_large(heap.words, a)
    top = heap.words[W_HEAP_TOP]
    first, second = new_arena(heap), new_arena(heap)
    assert sorted([first, second]) == [HEAP_BASE, HEAP_BASE + ARENA_WORDS]
    assert heap.words[W_HEAP_TOP] == top
    assert new_arena(heap) == top
    well(heap)


def test_no_memory_for_an_arena_is_0() -> None:
    heap = heap_of(1)
    assert new_arena(heap) == HEAP_BASE
    assert new_arena(heap) == 0


class TestResize:
    def test_shrinking_gives_the_rest_back(self) -> None:
        heap = heap_of(2)
        a = alloc_large(heap, 1000)
        alloc_large(heap, 100)
        assert resize_large(heap, a, 100)
        well(heap)
        assert alloc_large(heap, 500) == a + block_words(100)

    def test_growing_into_a_free_neighbour(self) -> None:
        heap = heap_of(2)
        a, b, _ = alloc_large(heap, 100), alloc_large(heap, 500), alloc_large(heap, 100)
        free_large(heap.words, b)
        assert resize_large(heap, a, 300)
        assert not resize_large(heap, a, 1000)
        well(heap)

    def test_growing_at_the_top_raises_it(self) -> None:
        heap = heap_of(8)
        a = alloc_large(heap, 100)
        assert resize_large(heap, a, 5 * ARENA_WORDS)
        assert heap.words[W_HEAP_TOP] == HEAP_BASE + 6 * ARENA_WORDS
        assert not resize_large(heap, a, 9 * ARENA_WORDS)
        well(heap)

    def test_no_room_before_a_used_neighbour(self) -> None:
        heap = heap_of(2)
        a, _ = alloc_large(heap, 100), alloc_large(heap, 100)
        assert not resize_large(heap, a, 200)


def test_bins_are_in_order_of_size() -> None:
    bins = [bin_of(size) for size in range(4, 5000, 4)]
    assert bins == sorted(bins)
    assert bins[0] == LARGE_BINS
    assert bin_of(1 << 40) == LARGE_BINS + LARGE_BIN_COUNT - 1
