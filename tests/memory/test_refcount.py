"""Reference counts and deallocation: what dies, in which order, and what is told before."""

from __future__ import annotations

import pytest
from memory.tiny import (
    NODE_LEFT,
    NODE_RIGHT,
    NODE_WEAKLIST,
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

from minipy.memory.check_blocks import survey
from minipy.memory.floatlane import float_slot
from minipy.memory.layout import (
    FLOAT_SLOT,
    GC_FINALIZED,
    GC_REFS,
    LIST_ITEMS,
    OB_REFCNT,
    STR_INTERNED,
    STR_LENGTH,
    TP_NSLOTS,
    TP_SLOTS,
    TPFLAGS_FORGET,
    W_ARENAS,
    W_FLOAT_SLOT_FREE,
    W_GC_COUNT,
    W_INT_FREE,
    W_SP,
    W_TRASH,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.options import Options
from minipy.memory.refcount import decref, incref, store, xdecref
from minipy.memory.statics import T_FLOAT
from minipy.memory.switches import apply_switches


def drop(heap: TinyHeap, a: int) -> None:
    decref(heap, heap.words, a)


def test_incref_and_decref() -> None:
    heap = TinyHeap()
    a = push(heap, make_node(heap))
    incref(heap.words, a)
    assert heap.words[a + OB_REFCNT] == 2
    drop(heap, a)
    assert heap.words[a + OB_REFCNT] == 1
    xdecref(heap, heap.words, 0)
    incref(heap.words, a)
    xdecref(heap, heap.words, a)
    heap.check()


def test_store_releases_the_old_value_after_the_new_one_is_in_place() -> None:
    heap = TinyHeap()
    a = push(heap, make_node(heap, make_node(heap, t=T_DYING)))
    seen: list[int] = []
    heap.on_finalize = lambda _: seen.append(heap.words[a + NODE_LEFT])
    store(heap, heap.words, a + NODE_LEFT, 0)
    assert seen == [0]
    new = make_int(heap, 5000)
    store(heap, heap.words, a + NODE_LEFT, new)
    assert heap.words[a + NODE_LEFT] == new
    heap.check()


@pytest.mark.parametrize("switch", ["poison", "tiny_arenas", "count_allocations"])
def test_everything_an_object_holds_dies_with_it(switch: str) -> None:
    heap = TinyHeap(Options(**{switch: True}))  # type: ignore[arg-type]
    apply_switches(heap)
    item = push(heap, make_node(heap))

    def held() -> int:
        return shared(heap, item)

    numbers = make_tuple(heap, make_int(heap, 999), make_float(heap, 2.5), make_str(heap), make_str(heap, 200))
    everything = make_tuple(
        heap,
        make_list(heap, held(), numbers, held()),
        make_dict(heap, (make_str(heap), held()), (make_str(heap), make_tuple(heap, held()))),
        make_pair(heap, held(), make_pair(heap, make_int(heap, 1000), held())),
        make_node(heap, held(), held()),
    )
    push(heap, everything)
    heap.check()
    pop(heap)
    assert heap.words[item + OB_REFCNT] == 1
    heap.check()


def test_empty_buffers_need_no_freeing() -> None:
    heap = TinyHeap()
    a = push(heap, make_list(heap))
    heap.words[a + LIST_ITEMS] = 0
    heap.words[a + LIST_ITEMS - 1] = 0
    pop(heap)
    assert heap.words[W_GC_COUNT] == 0


def test_long_chains_die_without_recursion() -> None:
    heap = TinyHeap()
    a = 0
    for _ in range(20000):
        a = make_node(heap, a)
    assert heap.words[W_GC_COUNT] == 20000
    drop(heap, a)
    assert heap.words[W_GC_COUNT] == 0
    assert heap.words[W_ARENAS] == 1
    heap.check()


def test_dead_ints_wait_for_the_next_int() -> None:
    heap = TinyHeap()
    a = make_int(heap, 300)
    drop(heap, a)
    assert heap.words[W_INT_FREE] == a


def test_an_interned_str_is_forgotten_first() -> None:
    heap = TinyHeap()
    a, b = make_str(heap), make_str(heap)
    heap.words[a + STR_LENGTH] = STR_INTERNED
    drop(heap, b)
    drop(heap, a)
    assert heap.told == [("interned", a)]


def test_the_last_instance_takes_its_class_along() -> None:
    heap = TinyHeap()
    t = make_class(heap)
    a = gc_alloc(heap, t)
    drop(heap, t)
    assert heap.told == []
    drop(heap, a)
    assert heap.told == [("forget", t)]
    heap.check()


def test_a_float_subclass_gives_its_slot_back() -> None:
    heap = TinyHeap()
    t = push(heap, make_class(heap, flags=TPFLAGS_FORGET, solid=T_FLOAT))
    heap.words[t + TP_SLOTS] = FLOAT_SLOT + 1
    heap.words[t + TP_NSLOTS] = 1
    a = push(heap, gc_alloc(heap, t))
    slot = float_slot(heap)
    heap.words[a + FLOAT_SLOT] = slot
    heap.check()
    pop(heap)
    assert heap.words[W_FLOAT_SLOT_FREE] == slot
    heap.check()


class TestOrder:
    """Finalizers run in CPython's order: the object, then depth first what it held."""

    def dying(self, heap: TinyHeap, *neighbours: int) -> int:
        return make_node(heap, *neighbours, t=T_DYING)

    def test_attributes_in_order_each_with_all_it_held(self) -> None:
        heap = TinyHeap()
        a, b, c = [self.dying(heap) for _ in range(3)]
        d = self.dying(heap, a, b)
        e = self.dying(heap, d, c)
        drop(heap, e)
        assert heap.finalized == [e, d, a, b, c]
        heap.check()

    def test_items_of_lists_and_tuples_from_the_last_to_the_first(self) -> None:
        heap = TinyHeap()
        items = [self.dying(heap) for _ in range(6)]
        drop(heap, make_list(heap, *items[:3]))
        drop(heap, make_tuple(heap, *items[3:]))
        assert heap.finalized == items[2::-1] + items[:2:-1]

    def test_entries_of_dicts_in_order_key_before_value(self) -> None:
        heap = TinyHeap()
        items = [self.dying(heap) for _ in range(4)]
        drop(heap, make_dict(heap, (items[0], items[1]), (items[2], items[3])))
        assert heap.finalized == items


class TestFinalizers:
    def test_the_object_is_whole_tracked_and_on_the_stack_meanwhile(self) -> None:
        heap = TinyHeap()
        child = make_node(heap)
        a = make_node(heap, child, t=T_DYING)

        def look(o: int) -> None:
            w = heap.words
            assert w[w[W_SP] - 1] == o
            assert w[o + OB_REFCNT] == 1
            assert w[o + NODE_LEFT] == child
            heap.check()

        heap.on_finalize = look
        drop(heap, a)
        assert heap.finalized == [a]
        heap.check()

    def test_a_resurrected_object_lives_on_and_is_not_finalized_again(self) -> None:
        heap = TinyHeap()
        a = make_node(heap, make_node(heap), t=T_DYING)
        heap.on_finalize = lambda o: heap.words.__setitem__(keeper + NODE_RIGHT, shared(heap, o))
        keeper = push(heap, make_node(heap))
        drop(heap, a)
        assert heap.words[a + OB_REFCNT] == 1
        assert heap.words[a + GC_REFS] & GC_FINALIZED
        heap.check()
        pop(heap)
        assert heap.finalized == [a]
        heap.check()

    def test_what_waits_survives_a_nested_deallocation(self) -> None:
        heap = TinyHeap()
        inner = make_node(heap, make_node(heap, t=T_DYING), t=T_DYING)
        keeper = push(heap, make_node(heap, inner))
        outer = make_node(heap, make_node(heap, t=T_DYING), make_node(heap, t=T_DYING))

        def nested(_: int) -> None:
            heap.check()
            store(heap, heap.words, keeper + NODE_LEFT, 0)
            heap.check()

        heap.on_finalize = nested
        drop(heap, outer)
        assert len(heap.finalized) == 4
        assert heap.finalized[1] == inner
        assert heap.words[W_TRASH] == 0
        heap.check()


class TestWeakReferences:
    def test_they_are_cleared_after_the_finalizer_while_the_object_waits(self) -> None:
        heap = TinyHeap()
        a = make_node(heap, make_node(heap), t=T_DYING)
        heap.words[a + NODE_WEAKLIST] = 1
        order: list[str] = []

        def cleared(o: int) -> None:
            order.append("weakrefs")
            assert heap.words[o + OB_REFCNT] <= 0
            heap.words[o + NODE_WEAKLIST] = 0
            heap.check()

        heap.on_finalize = lambda _: order.append("finalizer")
        heap.on_weakrefs = cleared
        drop(heap, a)
        assert order == ["finalizer", "weakrefs"]
        heap.check()

    def test_objects_without_any_are_not_asked(self) -> None:
        heap = TinyHeap()
        drop(heap, make_node(heap))
        assert heap.told == []


def test_the_heap_is_empty_again_after_everything_died() -> None:
    heap = TinyHeap()
    drop(heap, make_list(heap, make_str(heap, 300), make_node(heap)))
    assert heap.words[W_ARENAS] == 1
    assert survey(heap.words).live == {}
