"""Small blocks: size classes, pools, arenas, the free lists that are given back, the hook."""

from __future__ import annotations

import pytest
from memory.tiny import TinyHeap, make_float, make_int

from minipy.memory.floatlane import float_slot, free_float_slot
from minipy.memory.hook import CLEAN, DEAD
from minipy.memory.layout import (
    ARENA_FRESH,
    ARENA_LISTS,
    ARENA_NFREE,
    FLOAT_SLOT,
    HEAP_BASE,
    POOL_COUNT,
    POOL_HEADER,
    POOL_WORDS,
    SMALL_LIMIT,
    TINY_ARENA_WORDS,
    USEDPOOLS,
    W_ALLOCATIONS,
    W_ARENAS,
    W_ARENAS_ALLOCATED,
    W_FLOAT_FREE,
    W_FLOAT_SLOTS,
    W_FREES,
    W_HEAP_TOP,
    W_INT_FREE,
)
from minipy.memory.obmalloc import alloc_small, allocate, free, reallocate, release_empty_pools
from minipy.memory.options import Options
from minipy.memory.refcount import decref
from minipy.memory.switches import apply_switches
from minipy.memory.words import FLOAT_GROWTH, Heap, Raised


def blocks_of_a_pool(n: int) -> int:
    return (POOL_WORDS - POOL_HEADER) // ((n + 1) // 2 * 2)


class TestPools:
    def test_the_fast_path_finds_nothing_in_an_empty_heap(self) -> None:
        assert alloc_small(TinyHeap().words, 3) == 0

    def test_blocks_of_a_class_lie_side_by_side(self) -> None:
        heap = TinyHeap()
        a, b = allocate(heap, 5), allocate(heap, 6)
        assert a == HEAP_BASE + POOL_WORDS + POOL_HEADER
        assert b - a == 6

    @pytest.mark.parametrize("n", [1, 2, 3, 63, 64])
    def test_a_pool_holds_what_fits_and_every_block_is_even(self, n: int) -> None:
        heap = TinyHeap()
        blocks = [allocate(heap, n) for _ in range(blocks_of_a_pool(n))]
        assert {a // POOL_WORDS for a in blocks} == {blocks[0] // POOL_WORDS}
        assert all(a % 2 == 0 for a in blocks)
        assert heap.words[USEDPOOLS + (n + 1) // 2] == 0
        assert allocate(heap, n) // POOL_WORDS == blocks[0] // POOL_WORDS + 1

    def test_the_block_freed_last_is_handed_out_first(self) -> None:
        heap = TinyHeap()
        a, b, _ = allocate(heap, 4), allocate(heap, 4), allocate(heap, 4)
        free(heap, heap.words, a, 4)
        free(heap, heap.words, b, 4)
        assert [allocate(heap, 4), allocate(heap, 4)] == [b, a]

    def test_a_full_pool_is_used_again_after_one_release(self) -> None:
        heap = TinyHeap()
        blocks = [allocate(heap, 64) for _ in range(2 * blocks_of_a_pool(64))]
        free(heap, heap.words, blocks[3], 64)
        assert heap.words[USEDPOOLS + 32] == blocks[3] & -POOL_WORDS
        assert allocate(heap, 64) == blocks[3]

    def test_an_empty_pool_serves_another_class(self) -> None:
        heap = TinyHeap()
        keep = allocate(heap, 10)
        a = allocate(heap, 4)
        pool = a & -POOL_WORDS
        free(heap, heap.words, a, 4)
        assert heap.words[USEDPOOLS + 2] == pool
        release_empty_pools(heap.words)
        assert heap.words[USEDPOOLS + 2] == 0
        assert allocate(heap, 20) & -POOL_WORDS == pool
        assert keep & -POOL_WORDS != pool

    def test_a_pool_in_the_middle_of_its_list_can_become_empty(self) -> None:
        heap = TinyHeap()
        per_pool = blocks_of_a_pool(64)
        blocks = [allocate(heap, 64) for _ in range(3 * per_pool)]
        for i in (0, per_pool, 2 * per_pool):
            free(heap, heap.words, blocks[i], 64)
        for a in blocks[per_pool + 1 : 2 * per_pool]:
            free(heap, heap.words, a, 64)
        assert heap.words[(blocks[0] & -POOL_WORDS) + POOL_COUNT] == per_pool - 1
        assert [allocate(heap, 64) for _ in range(2)] == [blocks[2 * per_pool], blocks[0]]


class TestArenas:
    def fill(self, heap: Heap, pools: int) -> list[int]:
        """One block a pool is left of the blocks that fill so many pools: 64 words use 7/8 of a pool each."""
        blocks = [allocate(heap, 64) for _ in range(7 * pools)]
        for i, a in enumerate(blocks):
            if i % 7:
                free(heap, heap.words, a, 64)
        return blocks[::7]

    def test_the_first_pool_of_an_arena_holds_its_header(self) -> None:
        heap = TinyHeap(Options(tiny_arenas=True))
        allocate(heap, 1)
        w = heap.words
        pools = TINY_ARENA_WORDS // POOL_WORDS - 1
        assert w[HEAP_BASE + ARENA_NFREE] == pools - 1
        assert w[HEAP_BASE + ARENA_FRESH] == HEAP_BASE + 2 * POOL_WORDS
        assert w[ARENA_LISTS + pools - 1] == HEAP_BASE

    def test_pools_come_from_the_fullest_arena(self) -> None:
        heap = TinyHeap(Options(tiny_arenas=True))
        firsts = self.fill(heap, 14)
        assert heap.words[W_ARENAS] == 2
        for a in (firsts[0], firsts[1], firsts[8]):
            free(heap, heap.words, a, 64)
        assert allocate(heap, 2) & -POOL_WORDS == firsts[8] & -POOL_WORDS

    def test_a_wholly_free_arena_is_returned_but_for_the_last(self) -> None:
        heap = TinyHeap(Options(tiny_arenas=True))
        firsts = self.fill(heap, 14)
        for a in firsts[7:]:
            free(heap, heap.words, a, 64)
        assert heap.words[W_ARENAS] == 2
        for a in firsts[:7]:
            free(heap, heap.words, a, 64)
        release_empty_pools(heap.words)
        assert heap.words[W_ARENAS] == 1
        assert heap.words[W_ARENAS_ALLOCATED] == 2

    def test_without_memory_for_an_arena_the_free_lists_are_given_back(self) -> None:
        heap = TinyHeap(Options(tiny_arenas=True, heap_limit=8 * TINY_ARENA_WORDS))
        numbers = [make_int(heap, i) for i in range(10)] + [make_float(heap, 1.5)]
        with pytest.raises(Raised):
            while True:
                allocate(heap, 64)
        for a in numbers:
            decref(heap, heap.words, a)
        assert heap.words[W_INT_FREE] != 0
        assert allocate(heap, 20) != 0
        assert heap.words[W_INT_FREE] == heap.words[W_FLOAT_FREE] == 0

    def test_a_request_beyond_the_limit_is_no_memory(self) -> None:
        with pytest.raises(Raised):
            allocate(TinyHeap(), 1 << 61)


class TestReallocate:
    def test_the_same_class_stays(self) -> None:
        heap = TinyHeap()
        a = allocate(heap, 5)
        assert reallocate(heap, a, 5, 6) == a

    @pytest.mark.parametrize(("old", "new"), [(5, 9), (9, 5), (64, 65), (65, 64), (100, 3000), (3000, 100), (3, 3000)])
    def test_the_contents_move_along(self, old: int, new: int) -> None:
        heap = TinyHeap()
        a = allocate(heap, old)
        allocate(heap, old)
        for i in range(old):
            heap.words[a + i] = 1000 + i
        b = reallocate(heap, a, old, new)
        n = min(old, new)
        assert [heap.words[b + i] for i in range(n)] == [1000 + i for i in range(n)]

    def test_a_large_block_grows_in_place_at_the_top(self) -> None:
        heap = TinyHeap()
        a = allocate(heap, 100)
        assert reallocate(heap, a, 100, 100000) == a
        assert heap.words[W_HEAP_TOP] > a + 100000

    def test_no_memory_leaves_the_block_alone(self) -> None:
        heap = TinyHeap(Options(heap_limit=1))
        a = allocate(heap, 100)
        heap.words[a] = 77
        with pytest.raises(Raised):
            reallocate(heap, a, 100, 1 << 40)
        assert heap.words[a] == 77
        free(heap, heap.words, a, 100)
        assert heap.words[W_HEAP_TOP] == HEAP_BASE


class TestFloatLane:
    def test_slots_are_reused_last_first_and_0_is_none(self) -> None:
        heap = TinyHeap()
        a, b = float_slot(heap), float_slot(heap)
        assert (a, b) == (1, 2)
        for slot in (a, 0, b):
            free_float_slot(heap, slot)
        assert [float_slot(heap), float_slot(heap), float_slot(heap)] == [2, 1, 3]
        assert heap.floats[0] == 0.0

    def test_the_lane_grows(self) -> None:
        heap = TinyHeap()
        slots = [float_slot(heap) for _ in range(FLOAT_GROWTH + 5)]
        heap.floats[slots[-1]] = 2.5
        assert heap.words[W_FLOAT_SLOTS] == FLOAT_GROWTH + 6

    def test_the_host_may_refuse(self, monkeypatch: pytest.MonkeyPatch) -> None:
        heap = TinyHeap()

        def refuse() -> None:
            raise MemoryError

        monkeypatch.setattr(heap, "grow_floats", refuse)
        with pytest.raises(Raised):
            float_slot(heap)

    def test_no_memory_for_a_float_gives_its_slot_back(self) -> None:
        heap = TinyHeap()
        heap.options.fail_allocation = 1
        apply_switches(heap)
        with pytest.raises(Raised):
            make_float(heap, 1.0)
        assert heap.words[make_float(heap, 1.0) + FLOAT_SLOT] == 1


class TestHook:
    def hooked(self, **switches: object) -> TinyHeap:
        heap = TinyHeap(Options(**switches))  # type: ignore[arg-type]
        apply_switches(heap)
        return heap

    def test_allocations_and_releases_are_counted(self) -> None:
        heap = self.hooked(count_allocations=True)
        a, b = allocate(heap, 4), allocate(heap, 400)
        free(heap, heap.words, a, 4)
        free(heap, heap.words, b, 400)
        assert (heap.words[W_ALLOCATIONS], heap.words[W_FREES]) == (2, 2)

    @pytest.mark.parametrize("n", [4, 63, 400])
    def test_poison_fills_new_and_dead_blocks(self, n: int) -> None:
        heap = self.hooked(poison=True)
        a = allocate(heap, n)
        assert {heap.words[a + i] for i in range(n)} == {CLEAN}
        allocate(heap, n)
        free(heap, heap.words, a, n)
        assert {heap.words[a + i] for i in range(SMALL_LIMIT + 1 < n and 4 or 1, n)} == {DEAD}

    @pytest.mark.parametrize("nth", [1, 2, 5])
    def test_just_the_nth_allocation_fails(self, nth: int) -> None:
        heap = TinyHeap()
        allocate(heap, 4)
        heap.options.fail_allocation = nth
        apply_switches(heap)
        for _ in range(nth - 1):
            allocate(heap, 4)
        with pytest.raises(Raised):
            allocate(heap, 4)
        allocate(heap, 4)

    def test_pools_work_the_same_when_hooked(self) -> None:
        heap = self.hooked(count_allocations=True)
        blocks = [allocate(heap, 64) for _ in range(20)]
        assert len(set(blocks)) == 20
        assert alloc_small(heap.words, 32) == 0
        free(heap, heap.words, blocks[4], 64)
        assert allocate(heap, 64) == blocks[4]
        for a in blocks:
            free(heap, heap.words, a, 64)

    def test_the_hook_may_come_and_go(self) -> None:
        heap = TinyHeap()
        blocks = [allocate(heap, 64) for _ in range(10)]
        free(heap, heap.words, blocks[8], 64)
        for on in (True, True, False, False, True):
            heap.options.count_allocations = on
            apply_switches(heap)
            assert alloc_small(heap.words, 32) == (0 if on else blocks[8])
            if not on:
                free(heap, heap.words, blocks[8], 64)
        assert allocate(heap, 64) == blocks[8]

    def test_numbers_are_made_ready_one_at_a_time(self) -> None:
        heap = self.hooked(count_allocations=True)
        make_int(heap, 1)
        make_float(heap, 1.0)
        assert heap.words[W_INT_FREE] == heap.words[W_FLOAT_FREE] == 0
