"""The collector: what is garbage, the generations, finalizers, resurrection, settings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from memory.tiny import (
    NODE_LEFT,
    NODE_RIGHT,
    T_DYING,
    TinyHeap,
    make_class,
    make_dict,
    make_float,
    make_int,
    make_list,
    make_node,
    make_pair,
    make_str,
    make_tuple,
    pop,
    push,
    shared,
)

from minipy.memory.gc import (
    collect,
    collect_generations,
    gc_enable,
    gc_freeze,
    gc_set_threshold,
    gc_unfreeze,
    maybe_collect,
)
from minipy.memory.gclist import gc_list_objects, gc_list_size
from minipy.memory.gcphases import PHASE_HANDLE_WEAKREFS
from minipy.memory.layout import (
    DICT_ENTRIES,
    GC_REFS,
    GC_REFS_REACHABLE,
    GENERATION0,
    GENERATION1,
    GENERATION2,
    OB_REFCNT,
    PERMANENT,
    TP_NAME,
    TUPLE_ITEMS,
    UNREACHABLE,
    W_FLOAT_FREE,
    W_GC_COLLECTING,
    W_GC_COUNT,
    W_GC_STATS,
    W_GC_TRIGGER,
    W_INT_FREE,
    W_LONG_LIVED_PENDING,
    W_LONG_LIVED_TOTAL,
)
from minipy.memory.objalloc import gc_alloc, is_tracked
from minipy.memory.obmalloc import free
from minipy.memory.options import Options
from minipy.memory.refcount import decref, store
from minipy.memory.traverse import reference_words, referents
from minipy.memory.words import NEVER


def ring(heap: TinyHeap, n: int, t: int = 0) -> list[int]:
    """n nodes in a circle that nothing outside refers to."""
    nodes = [make_node(heap, t=t) if t else make_node(heap) for _ in range(n)]
    for i, a in enumerate(nodes):
        heap.words[a + NODE_LEFT] = nodes[(i + 1) % n]
    return nodes


class TestGarbage:
    def test_a_circle_is_collected(self) -> None:
        heap = TinyHeap()
        ring(heap, 5)
        assert collect(heap, 0) == 5
        assert collect(heap, 2) == 0
        heap.check()

    def test_a_circle_that_the_stack_holds_is_not(self) -> None:
        heap = TinyHeap()
        nodes = ring(heap, 5)
        push(heap, shared(heap, nodes[2]))
        assert collect(heap, 2) == 0
        heap.check()
        pop(heap)
        assert collect(heap, 2) == 5
        heap.check()

    def test_what_hangs_on_garbage_goes_along_what_garbage_refers_to_outside_stays(self) -> None:
        heap = TinyHeap()
        outside = push(heap, make_node(heap))
        a = ring(heap, 2)[0]
        pair = make_pair(heap, make_int(heap, 1), make_str(heap))
        parts = make_list(heap, make_int(heap, 1000), make_str(heap), pair)
        heap.words[a + NODE_RIGHT] = make_tuple(heap, parts, shared(heap, outside))
        assert collect(heap, 2) == 4
        assert heap.words[outside + OB_REFCNT] == 1
        heap.check()

    @pytest.mark.parametrize("kind", ["list", "tuple", "dict key", "dict value", "class"])
    def test_circles_through_every_kind_of_reference(self, kind: str) -> None:
        heap = TinyHeap()
        a = make_node(heap)
        if kind == "list":
            heap.words[a + NODE_LEFT] = make_list(heap, a)
        elif kind == "tuple":
            heap.words[a + NODE_LEFT] = make_tuple(heap, make_int(heap, 5), a)
        elif kind == "dict key":
            heap.words[a + NODE_LEFT] = make_dict(heap, (make_str(heap), make_str(heap)), (a, make_int(heap, 1)))
        elif kind == "dict value":
            heap.words[a + NODE_LEFT] = make_dict(heap, (make_str(heap), a))
        else:
            t = make_class(heap)
            instance = gc_alloc(heap, t)
            decref(heap, heap.words, t)
            heap.words[t + TP_NAME] = instance
            decref(heap, heap.words, a)
        assert collect(heap, 2) == 2
        heap.check()

    @pytest.mark.parametrize("make", [make_list, lambda heap, a: make_dict(heap, (make_str(heap), a)), make_tuple])
    def test_a_circle_is_broken_at_the_container_made_first(self, make: Callable[[TinyHeap, int], int]) -> None:
        heap = TinyHeap()
        first = make(heap, make_int(heap, 1))
        a = make_node(heap, first)
        at = reference_words(heap.words, first)[-1]
        store(heap, heap.words, at, a)
        assert collect(heap, 0) == 2
        heap.check()

    def test_empty_buffers_are_skipped(self) -> None:
        heap = TinyHeap()
        a = make_node(heap)
        held = make_list(heap, a)
        empty = make_dict(heap)
        free(heap, heap.words, heap.words[empty + DICT_ENTRIES], 3)
        heap.words[empty + DICT_ENTRIES] = 0
        heap.words[a + NODE_LEFT] = held
        heap.words[a + NODE_RIGHT] = empty
        assert referents(heap.words, empty) == []
        assert collect(heap, 2) == 3
        heap.check()

    def test_an_object_found_unreachable_too_early_comes_back(self) -> None:
        heap = TinyHeap()
        inner = make_node(heap, make_node(heap))
        outer = push(heap, make_node(heap, inner))
        assert gc_list_objects(heap.words, GENERATION0)[-1] == outer
        assert collect(heap, 0) == 0
        assert gc_list_objects(heap.words, GENERATION1)[0] == outer
        heap.check()


class TestGenerations:
    def test_survivors_grow_older(self) -> None:
        heap = TinyHeap()
        a = push(heap, make_node(heap))
        for head in (GENERATION0, GENERATION1, GENERATION2, GENERATION2):
            assert gc_list_objects(heap.words, head) == [a]
            collect(heap, 0 if head == GENERATION0 else 1 if head == GENERATION1 else 2)
            assert heap.words[a + GC_REFS] == GC_REFS_REACHABLE

    def test_counts(self) -> None:
        heap = TinyHeap()
        push(heap, make_node(heap))
        w = heap.words
        counts = []
        for generation in (0, 0, 1, 2):
            collect(heap, generation)
            counts.append([w[W_GC_COUNT + i] for i in range(3)])
        assert counts == [[0, 1, 0], [0, 2, 0], [0, 0, 1], [0, 0, 0]]

    def test_old_garbage_waits_for_its_generation(self) -> None:
        heap = TinyHeap()
        nodes = ring(heap, 3)
        push(heap, shared(heap, nodes[0]))
        collect(heap, 1)
        pop(heap)
        assert collect(heap, 0) == 0
        assert collect(heap, 1) == 0
        assert collect(heap, 2) == 3

    def test_the_oldest_generation_over_its_threshold_is_collected(self) -> None:
        heap = TinyHeap(Options(gc_thresholds=(2, 1, 1)))
        w = heap.words
        collections = []
        for _ in range(8):
            for _ in range(3):
                push(heap, make_node(heap))
            maybe_collect(heap)
            collections.append([w[W_GC_STATS + 3 * i] for i in range(3)])
        assert collections[:4] == [[1, 0, 0], [2, 0, 0], [2, 1, 0], [3, 1, 0]]
        assert collections[7][1] == 2
        assert collections[7][2] == 1

    def test_a_full_collection_waits_for_a_quarter_of_new_survivors(self) -> None:
        heap = TinyHeap()
        w = heap.words
        for _ in range(40):
            push(heap, make_node(heap))
        collect(heap, 2)
        assert (w[W_LONG_LIVED_TOTAL], w[W_LONG_LIVED_PENDING]) == (40, 0)
        for pending in (9, 10):
            while gc_list_size(w, GENERATION0) + w[W_LONG_LIVED_PENDING] < pending:
                push(heap, make_node(heap))
            collect(heap, 1)
            assert w[W_LONG_LIVED_PENDING] == pending
            w[W_GC_COUNT + 2] = 11
            collect_generations(heap)
            assert w[W_GC_STATS + 6] == (1 if pending == 9 else 2)

    def test_nothing_is_due(self) -> None:
        heap = TinyHeap()
        assert collect_generations(heap) == 0
        maybe_collect(heap)
        assert [heap.words[W_GC_STATS + 3 * i] for i in range(3)] == [0, 0, 0]

    def test_every_allocation_may_be_followed_by_a_full_collection(self) -> None:
        heap = TinyHeap(Options(collect_every_allocation=True))
        ring(heap, 2)
        maybe_collect(heap)
        assert heap.words[W_GC_STATS + 6] == 1
        assert heap.words[W_GC_STATS + 7] == 2

    def test_a_full_collection_gives_the_free_numbers_back(self) -> None:
        heap = TinyHeap()
        decref(heap, heap.words, make_int(heap, 1))
        decref(heap, heap.words, make_float(heap, 1.0))
        collect(heap, 1)
        assert heap.words[W_INT_FREE] != 0
        collect(heap, 2)
        assert heap.words[W_INT_FREE] == heap.words[W_FLOAT_FREE] == 0
        heap.check()


class TestTuples:
    def test_tuples_that_can_be_in_no_circle_are_untracked(self) -> None:
        heap = TinyHeap()
        flat = push(heap, make_tuple(heap, make_int(heap, 1), make_str(heap)))
        nested = push(heap, make_tuple(heap, make_tuple(heap, make_int(heap, 1))))
        mixed = push(heap, make_tuple(heap, make_node(heap)))
        unfinished = push(heap, make_tuple(heap, make_int(heap, 1), 0))
        collect(heap, 0)
        assert not is_tracked(heap.words, flat)
        assert is_tracked(heap.words, mixed)
        assert is_tracked(heap.words, unfinished)
        collect(heap, 2)
        assert not is_tracked(heap.words, nested)
        assert not is_tracked(heap.words, heap.words[nested + TUPLE_ITEMS])
        heap.check()


class TestFinalizers:
    def test_they_run_in_the_order_of_the_list_before_anything_is_cleared(self) -> None:
        heap = TinyHeap()
        nodes = ring(heap, 4, T_DYING)

        def whole(o: int) -> None:
            assert all(heap.words[a + NODE_LEFT] != 0 for a in nodes)
            heap.check()

        heap.on_finalize = whole
        assert collect(heap, 0) == 4
        assert heap.finalized == nodes
        heap.check()

    def test_resurrected_objects_join_the_old_generation_the_rest_dies(self) -> None:
        heap = TinyHeap()
        keeper = push(heap, make_node(heap))
        collect(heap, 0)
        kept = ring(heap, 2, T_DYING)
        lost = ring(heap, 3, T_DYING)

        def resurrect(o: int) -> None:
            if o == kept[0]:
                heap.words[keeper + NODE_RIGHT] = shared(heap, o)

        heap.on_finalize = resurrect
        assert collect(heap, 0) == len(lost)
        assert gc_list_objects(heap.words, GENERATION1) == [keeper, *kept]
        heap.check()
        store(heap, heap.words, keeper + NODE_RIGHT, 0)
        assert collect(heap, 2) == 2
        assert heap.finalized == kept + lost
        heap.check()

    def test_a_finalizer_may_break_the_circle(self) -> None:
        heap = TinyHeap()
        nodes = ring(heap, 3, T_DYING)
        heap.on_finalize = lambda o: store(heap, heap.words, nodes[2] + NODE_LEFT, 0) if o == nodes[0] else None
        assert collect(heap, 0) == 0
        assert sorted(heap.finalized) == nodes
        heap.check()

    def test_a_finalizer_may_allocate_but_no_collection_starts_inside_another(self) -> None:
        heap = TinyHeap(Options(gc_thresholds=(1, 1, 1)))
        ring(heap, 2, T_DYING)

        def busy(o: int) -> None:
            ring(heap, 3)
            maybe_collect(heap)
            assert collect(heap, 2) == 0
            assert heap.words[W_GC_COLLECTING] == 1

        heap.on_finalize = busy
        assert collect(heap, 2) == 2
        heap.on_finalize = None
        assert collect(heap, 2) == 6
        heap.check()

    def test_an_object_that_outlives_its_clearing_joins_the_old_generation(self) -> None:
        heap = TinyHeap()
        a, b = ring(heap, 2)
        keeper = push(heap, make_node(heap))
        told: list[int] = []

        def keep(phase: int) -> None:
            if phase == PHASE_HANDLE_WEAKREFS:
                told.extend(gc_list_objects(heap.words, UNREACHABLE))
                heap.words[keeper + NODE_LEFT] = shared(heap, b)

        heap.phase = keep  # type: ignore[method-assign]
        collect(heap, 0)
        assert told == [a, b]
        assert gc_list_objects(heap.words, GENERATION1) == [keeper, b]
        assert heap.words[b + NODE_LEFT] == 0
        heap.check()


class TestSettings:
    def test_switching_off_and_on(self) -> None:
        heap = TinyHeap()
        gc_enable(heap, False)
        assert heap.words[W_GC_TRIGGER] == NEVER
        gc_enable(heap, True)
        assert heap.words[W_GC_TRIGGER] == 700
        gc_set_threshold(heap, 0, 5)
        assert heap.words[W_GC_TRIGGER] == 5
        gc_set_threshold(heap, 0, 0)
        assert heap.words[W_GC_TRIGGER] == NEVER

    def test_frozen_objects_are_not_looked_at(self) -> None:
        heap = TinyHeap()
        nodes = ring(heap, 3)
        gc_freeze(heap.words)
        assert gc_list_objects(heap.words, PERMANENT) == nodes
        assert collect(heap, 2) == 0
        gc_unfreeze(heap.words)
        assert collect(heap, 2) == 3
        assert gc_list_size(heap.words, UNREACHABLE) == 0
