"""Making objects: what a new one looks like, when a collection becomes due, numbers kept ready."""

from __future__ import annotations

import pytest
from memory.tiny import (
    T_NODE,
    TinyHeap,
    make_class,
    make_float,
    make_int,
    make_list,
    make_node,
    make_str,
    make_tuple,
    pop,
    push,
    shared,
)

from minipy.memory.gclist import gc_list_objects
from minipy.memory.layout import (
    GC_FINALIZED,
    GC_REFS,
    GC_REFS_REACHABLE,
    GC_REFS_UNTRACKED,
    GENERATION0,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    TP_BASICSIZE,
    TP_GC,
    TUPLE_ITEMS,
    W_BREAKER_RELOAD,
    W_EVAL_BREAKER,
    W_GC_COUNT,
)
from minipy.memory.objalloc import (
    BATCH,
    float_block,
    gc_alloc,
    gc_alloc_var,
    gc_track,
    gc_untrack,
    int_block,
    is_tracked,
    new_object,
    new_var_object,
)
from minipy.memory.options import Options
from minipy.memory.refcount import decref
from minipy.memory.statics import T_FLOAT, T_INT, T_OBJECT, T_STR, T_TUPLE
from minipy.memory.switches import apply_switches
from minipy.memory.words import Raised


def poisoned() -> TinyHeap:
    heap = TinyHeap(Options(poison=True))
    apply_switches(heap)
    return heap


def test_a_plain_object_is_its_header_and_zeros() -> None:
    heap = poisoned()
    a = new_object(heap, T_OBJECT)
    assert [heap.words[a + i] for i in range(2)] == [1, T_OBJECT]
    s = new_var_object(heap, T_STR, 3)
    assert [heap.words[s + i] for i in range(8)] == [1, T_STR, 3, 0, 0, 0, 0, 0]


def test_a_container_is_zeroed_tracked_and_counted() -> None:
    heap = poisoned()
    a, b = gc_alloc(heap, T_NODE), gc_alloc_var(heap, T_TUPLE, 4)
    w = heap.words
    assert [w[a + i] for i in range(5)] == [1, T_NODE, 0, 0, 0]
    assert [w[b + i] for i in range(7)] == [1, T_TUPLE, 4, 0, 0, 0, 0]
    assert w[a + GC_REFS] == GC_REFS_REACHABLE
    assert gc_list_objects(w, GENERATION0) == [a, b]
    assert w[W_GC_COUNT] == 2


@pytest.mark.parametrize("n", [57, 58, 59, 500, 40000])
def test_containers_of_any_size(n: int) -> None:
    heap = TinyHeap()
    a = push(heap, gc_alloc_var(heap, T_TUPLE, n))
    assert {heap.words[a + TUPLE_ITEMS + i] for i in range(n)} == {0}
    heap.check()
    pop(heap)
    heap.check()


def test_an_instance_of_a_heap_type_owns_a_reference_to_it() -> None:
    heap = TinyHeap()
    t = push(heap, make_class(heap))
    a = push(heap, gc_alloc(heap, t))
    assert heap.words[t + OB_REFCNT] == 2
    heap.check()
    pop(heap)
    assert heap.words[t + OB_REFCNT] == 1
    assert heap.words[a + OB_REFCNT] == 0


def test_an_untracked_instance_of_a_container_type_has_a_head() -> None:
    heap = TinyHeap()
    a = push(heap, new_object(heap, T_NODE))
    assert not is_tracked(heap.words, a)
    assert heap.words[a + GC_REFS] == GC_REFS_UNTRACKED
    heap.check()
    pop(heap)
    heap.check()


def test_an_object_without_a_head_of_a_heap_type() -> None:
    heap = TinyHeap()
    t = push(heap, make_class(heap))
    heap.words[t + TP_GC] = 0
    heap.words[t + TP_BASICSIZE] = 4
    push(heap, new_object(heap, t))
    assert heap.words[t + OB_REFCNT] == 2
    heap.check()
    pop(heap)
    heap.check()


def test_tracking_keeps_the_finalized_mark_and_may_be_repeated() -> None:
    heap = TinyHeap()
    a = make_node(heap)
    w = heap.words
    w[a + GC_REFS] |= GC_FINALIZED
    gc_track(w, a)
    gc_untrack(w, a)
    gc_untrack(w, a)
    assert not is_tracked(w, a)
    assert w[a + GC_REFS] == GC_REFS_UNTRACKED | GC_FINALIZED
    gc_track(w, a)
    assert is_tracked(w, a)
    assert w[a + GC_REFS] == GC_REFS_REACHABLE | GC_FINALIZED
    assert not is_tracked(w, make_int(heap, 1000))


def test_passing_the_threshold_asks_for_a_safe_point_and_keeps_the_step_count() -> None:
    heap = TinyHeap(Options(gc_thresholds=(3, 10, 10)))
    w = heap.words
    w[W_EVAL_BREAKER], w[W_BREAKER_RELOAD] = 60, 100
    for _ in range(3):
        make_node(heap)
    assert w[W_EVAL_BREAKER] == 60
    make_node(heap)
    make_node(heap)
    assert (w[W_EVAL_BREAKER], w[W_BREAKER_RELOAD]) == (0, 40)


class TestNumbers:
    def test_a_pool_of_them_is_made_ready(self) -> None:
        heap = TinyHeap()
        ints = [int_block(heap) for _ in range(BATCH)]
        w = heap.words
        assert {a & -512 for a in ints} == {ints[0] & -512}
        assert all([w[a], w[a + OB_TYPE], w[a + 2]] == [1, T_INT, 0] for a in ints)

    def test_a_dead_number_is_reused_first(self) -> None:
        heap = TinyHeap()
        a, x = int_block(heap), float_block(heap)
        decref(heap, heap.words, a)
        decref(heap, heap.words, x)
        assert (int_block(heap), float_block(heap)) == (a, x)
        assert heap.words[x + OB_TYPE] == T_FLOAT

    def test_floats_have_slots_of_their_own(self) -> None:
        heap = TinyHeap()
        floats = [push(heap, make_float(heap, i / 4)) for i in range(300)]
        assert [heap.floats[heap.words[a + 2]] for a in floats] == [i / 4 for i in range(300)]
        heap.check()

    def test_a_partly_used_pool_limits_the_batch(self) -> None:
        heap = TinyHeap()
        push(heap, new_object(heap, T_OBJECT))
        push(heap, make_str(heap))
        push(heap, make_float(heap, 1.0))
        push(heap, make_int(heap, 1))
        push(heap, make_float(heap, 1.0))
        heap.check()


def test_a_failed_allocation_leaves_everything_as_it_was() -> None:
    heap = TinyHeap()
    t = push(heap, make_class(heap))
    heap.options.fail_allocation = 1
    for make in (
        lambda: gc_alloc(heap, t),
        lambda: gc_alloc_var(heap, T_TUPLE, 3),
        lambda: new_object(heap, T_OBJECT),
        lambda: new_var_object(heap, T_STR, 100),
        lambda: int_block(heap),
        lambda: float_block(heap),
    ):
        apply_switches(heap)
        with pytest.raises(Raised):
            make()
        heap.check()


def test_the_objects_of_the_helpers_are_well_formed() -> None:
    heap = TinyHeap()
    item = push(heap, make_str(heap))
    push(heap, make_list(heap, shared(heap, item), make_tuple(heap, shared(heap, item))))
    assert heap.words[item + OB_SIZE] == 1
    assert heap.words[item + OB_REFCNT] == 3
    heap.check()
    pop(heap)
    heap.check()
