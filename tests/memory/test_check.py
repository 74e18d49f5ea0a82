"""The checker finds what is broken, names it, and stays silent otherwise: each test breaks one thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from memory.tiny import (
    NODE_LEFT,
    TinyHeap,
    block_of,
    make_class,
    make_dict,
    make_float,
    make_int,
    make_list,
    make_node,
    make_str,
    pop,
    push,
    set_layout,
    shared,
)

from minipy.memory.check import Unsound, check, check_in_native_code, check_machine, check_now, leaks
from minipy.memory.check_blocks import survey
from minipy.memory.largealloc import bin_of, block_size
from minipy.memory.layout import (
    ARENA_FREEPOOLS,
    ARENA_LISTS,
    ARENA_NFREE,
    ARENA_NPOOLS,
    ARENA_PREVIOUS,
    BLOCK_KIND,
    BLOCK_NEXT_FREE,
    BLOCK_PREVIOUS,
    BLOCK_PREVIOUS_FREE,
    FLOAT_SLOT,
    GC_NEXT,
    GC_PREV,
    GC_REFS,
    GC_REFS_ONE,
    GENERATION0,
    HEAP_BASE,
    IMMORTAL,
    LIST_ALLOCATED,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_REFCNT,
    OB_TYPE,
    POOL_CLASS,
    POOL_COUNT,
    POOL_FREE,
    POOL_HIDDEN,
    POOL_PREVIOUS,
    POOL_WORDS,
    TP_BASICSIZE,
    TP_GC,
    UNREACHABLE,
    USEDPOOLS,
    W_ARENAS,
    W_FLOAT_FREE,
    W_HEAP_TOP,
    W_HEAP_TYPES,
    W_INT_FREE,
    W_INTERNED,
    W_LAST_BLOCK,
    W_NATIVE_DEPTH,
    W_PENDING,
    W_SP,
    W_TRASH,
)
from minipy.memory.objalloc import gc_alloc, gc_untrack
from minipy.memory.obmalloc import allocate, free
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, SMALL_INT_ZERO, T_INT, T_LIST, T_NONE
from minipy.memory.switches import apply_switches, hook_allocations

Breakage = Callable[["Sample"], None]


class Sample:
    """A heap with one of everything, and the addresses to break it at."""

    def __init__(self) -> None:
        heap = self.heap = TinyHeap()
        self.w = heap.words
        self.number = push(heap, make_int(heap, 300))
        self.fraction = push(heap, make_float(heap, 0.5))
        self.text = push(heap, make_str(heap))
        self.node = push(heap, make_node(heap, shared(heap, self.text)))
        self.items = push(heap, make_list(heap, shared(heap, self.node)))
        self.table = push(heap, make_dict(heap, (make_str(heap), make_str(heap))))
        self.a, self.b, self.c = allocate(heap, 100), allocate(heap, 200), allocate(heap, 300)
        free(heap, heap.words, self.b, 200)
        self.w = heap.words
        self.hole = self.b - 2
        self.arena = int(self.node) & -32768
        self.pool = block_of(self.node) & -POOL_WORDS

    def problems(self) -> list[str]:
        return check_machine(self.heap.words, False)


def put(field: str, offset: int, value: int) -> Breakage:
    """Set the word at an address of the sample."""

    def act(s: Sample) -> None:
        s.w[getattr(s, field) + offset if field else offset] = value

    return act


def add(field: str, offset: int, more: int) -> Breakage:
    """Add to the word at an address of the sample."""

    def act(s: Sample) -> None:
        s.w[getattr(s, field) + offset if field else offset] += more

    return act


BLOCKS: list[tuple[str, Breakage]] = [
    ("makes no sense", add("hole", 0, 1 << 30)),
    ("makes no sense", put("hole", 0, BLOCK_KIND)),
    ("BLOCK_PREVIOUS is not", add("hole", BLOCK_PREVIOUS, 4)),
    ("W_LAST_BLOCK", add("", W_LAST_BLOCK, 4)),
    ("W_ARENAS", add("", W_ARENAS, 1)),
    ("size, address or number of pools", add("arena", ARENA_NPOOLS, 1)),
    ("counts 62 free pools", add("arena", ARENA_NFREE, 5)),
    ("the list leads to 77", put("arena", ARENA_FREEPOOLS, 77)),
    ("arena or size class is wrong", put("pool", POOL_CLASS, 99)),
    ("blocks in use, has", add("pool", POOL_COUNT, 1)),
    ("the list leads to 5", put("pool", POOL_FREE, 5)),
    ("in the wrong word for the hook", put("pool", POOL_HIDDEN, 1)),
    ("free blocks in no bin", lambda s: put("", bin_of(block_size(s.w, s.hole)), 0)(s)),
    ("does not belong there", lambda s: put("", bin_of(5000), s.hole)(s)),
    ("comes back to", lambda s: put("hole", BLOCK_NEXT_FREE, s.hole)(s)),
    ("pools with free blocks in no list", put("", USEDPOOLS + 4, 0)),
    ("wrongly in the list of class 9", lambda s: put("", USEDPOOLS + 9, s.pool)(s)),
    ("wrongly in list 3", lambda s: put("", ARENA_LISTS + 3, s.arena)(s)),
    ("does not link back to", put("pool", POOL_PREVIOUS, 8)),
    ("does not link back to", put("arena", ARENA_PREVIOUS, 8)),
    ("does not link back to", put("hole", BLOCK_PREVIOUS_FREE, 8)),
    ("arenas with free pools in no list", lambda s: put("", ARENA_LISTS + s.w[s.arena + ARENA_NFREE], 0)(s)),
]

OBJECTS: list[tuple[str, Breakage]] = [
    ("counts 0 references, 1 were found", add("number", OB_REFCNT, -1)),
    ("counts 1 references, 2 were found", add("text", OB_REFCNT, -1)),
    ("is no object", put("node", NODE_LEFT, 12345678)),
    ("is no object", put("node", OB_TYPE, 4)),
    ("is no object", lambda s: put("node", OB_TYPE, s.items)(s)),
    ("is no object", put("node", NODE_LEFT, 40)),
    ("is no block in use", add("items", LIST_ITEMS, 2)),
    ("words, not the", add("items", LIST_ALLOCATED, 40)),
    ("words used of a buffer", add("items", LIST_LENGTH, 40)),
    ("belongs to", lambda s: put("items", LIST_ITEMS, s.w[s.table + LIST_ITEMS])(s)),
    ("of the float lane is not its own", put("fraction", FLOAT_SLOT, 99999)),
    ("is no block of its own", put("", W_INT_FREE, 5)),
    ("lost its type", lambda s: put("", s.w[W_INT_FREE] + OB_TYPE, T_LIST)(s)),
    ("of the float lane is not its own", lambda s: put("", s.w[W_FLOAT_FREE] + FLOAT_SLOT, 1)(s)),
    ("gc_prev of", add("node", GC_PREV, 1)),
    ("gc_prev of its head", add("", GENERATION0 + GC_PREV, 1)),
    ("which is no object or twice in it", put("node", GC_NEXT, 5)),
    ("which is no object or twice in it", lambda s: put("items", GC_NEXT, s.node)(s)),
    ("gc_refs is", put("node", GC_REFS, GC_REFS_ONE)),
    ("counts -1 references", put("", SMALL_INT_ZERO + OB_REFCNT, IMMORTAL - 1)),
]


def test_the_sample_is_well() -> None:
    assert Sample().problems() == []


@pytest.mark.parametrize(("sentence", "act"), BLOCKS + OBJECTS)
def test_each_breakage_is_named(sentence: str, act: Breakage) -> None:
    sample = Sample()
    sample.w[SMALL_INT_ZERO + OB_REFCNT], sample.w[SMALL_INT_ZERO + OB_TYPE] = IMMORTAL, T_INT
    act(sample)
    assert any(sentence in problem for problem in sample.problems()), sample.problems()


def test_two_free_neighbours_and_a_top_too_high() -> None:
    heap = TinyHeap()
    allocate(heap, 100)
    w = heap.words
    hole = w[W_LAST_BLOCK]
    size = block_size(w, hole)
    w[hole] = 64
    w[hole + 64], w[hole + 65] = size - 64, 64
    w[W_LAST_BLOCK] = hole + 64
    assert any("two free blocks" in problem for problem in survey(w).problems)
    heap = TinyHeap()
    heap.grow(HEAP_BASE + 32768)
    w = heap.words
    w[W_HEAP_TOP] = HEAP_BASE + 32768
    w[HEAP_BASE] = 32768
    w[W_LAST_BLOCK] = HEAP_BASE
    assert any("the top could be lower" in problem for problem in survey(w).problems)


def test_a_free_list_that_leaves_its_blocks() -> None:
    heap = TinyHeap()
    a = allocate(heap, 4)
    w = heap.words
    w[(a & -POOL_WORDS) + POOL_FREE] = a + 1
    w[a + 1] = 0
    assert any("which are no blocks of it" in problem for problem in survey(w).problems)


def test_blocks_and_references_nobody_has_are_leaks_only_when_exact() -> None:
    sample = Sample()
    lost = [problem for problem in check(sample.heap) if "nobody owns it" in problem]
    assert len(lost) == 2
    sample.w[sample.text + OB_REFCNT] += 1
    assert any("counts 3 references, 2 were found" in problem for problem in check(sample.heap))
    sample.w[W_NATIVE_DEPTH] = 1
    assert check(sample.heap) == []


def test_leaks_names_forgotten_roots() -> None:
    heap = TinyHeap()
    push(heap, make_str(heap))
    heap.words[W_PENDING] = make_node(heap)
    assert [sentence.split()[0] for sentence in leaks(heap)] == ["stack", "register"]
    pop(heap)
    decref(heap, heap.words, heap.words[W_PENDING])
    heap.words[W_PENDING] = 0
    assert leaks(heap) == []


def test_a_leaked_object_is_found() -> None:
    heap = TinyHeap()
    make_str(heap, 5)
    make_node(heap)
    assert len(leaks(heap)) == 2


def test_a_count_that_fell_too_far_is_found_on_the_trash_list() -> None:
    heap = TinyHeap()
    a = push(heap, make_node(heap))
    gc_untrack(heap.words, a)
    heap.words[a + OB_REFCNT] = 0
    heap.words[W_TRASH] = a
    assert any("waits for deallocation, but has 1" in problem for problem in check(heap))
    heap.words[W_TRASH] = 17
    assert any("trash list: 17 is no object" in problem for problem in check(heap))


def test_an_object_without_a_head_in_a_list() -> None:
    heap = TinyHeap()
    t = push(heap, make_class(heap))
    a = push(heap, gc_alloc(heap, t))
    bare = push(heap, make_class(heap))
    w = heap.words
    w[a + OB_TYPE] = bare
    w[t + OB_REFCNT] -= 1
    w[bare + OB_REFCNT] += 1
    w[bare + TP_GC] = 0
    w[bare + TP_BASICSIZE] = 8
    assert any("is no object" in problem for problem in check(heap))


def test_a_tracked_object_in_no_list() -> None:
    sample = Sample()
    w = sample.w
    before, following = w[sample.node + GC_PREV], w[sample.node + GC_NEXT]
    w[before + GC_NEXT], w[following + GC_PREV] = following, before
    assert any("but no list holds it" in problem for problem in sample.problems())


def test_a_list_of_the_collector_that_should_be_empty() -> None:
    sample = Sample()
    w = sample.w
    first, last = w[GENERATION0 + GC_NEXT], w[GENERATION0 + GC_PREV]
    w[UNREACHABLE + GC_NEXT], w[UNREACHABLE + GC_PREV] = first, last
    w[first + GC_PREV], w[last + GC_NEXT] = UNREACHABLE, UNREACHABLE
    w[GENERATION0 + GC_NEXT] = w[GENERATION0 + GC_PREV] = GENERATION0
    assert any("not empty outside a collection" in problem for problem in sample.problems())


def test_instances_classes_and_their_classes() -> None:
    heap = TinyHeap()
    t = make_class(heap)
    push(heap, gc_alloc(heap, t))
    assert any("ob_refcnt counts 2 references, 1 were found" in problem for problem in check(heap))
    decref(heap, heap.words, t)
    heap.check()


def test_the_table_of_interned_strings() -> None:
    heap = TinyHeap()
    a = push(heap, make_str(heap))
    table = allocate(heap, 2 + 4)
    w = heap.words
    w[table], w[table + 1] = 4, 1
    w[table + 2], w[table + 3], w[table + 4], w[table + 5] = 0, a, NONE, 0
    w[W_INTERNED] = table
    heap.check()
    w[table + 2] = a + 64
    assert any("is dead" in problem for problem in check(heap))
    w[W_INTERNED] = table + 2
    assert any("is no block in use" in problem for problem in check(heap))


def test_the_list_of_heap_types() -> None:
    heap = TinyHeap()
    t = push(heap, make_class(heap))
    heap.words[W_HEAP_TYPES] = t
    heap.check()
    pop(heap)
    assert any("list of heap types" in problem for problem in check(heap))


def test_singletons_count_too() -> None:
    heap = TinyHeap()
    heap.words[NONE], heap.words[NONE + 1] = IMMORTAL + 1, T_NONE
    set_layout(heap, T_NONE, 2)
    push(heap, NONE)
    heap.check()
    heap.words[NONE] -= 1
    assert any("counts 0 references, 1 were found" in problem for problem in check(heap))


def test_a_broken_heap_ends_the_run() -> None:
    sample = Sample()
    check_in_native_code(sample.heap)
    sample.w[sample.text + OB_REFCNT] = 0
    for look in (check_now, check_in_native_code):
        with pytest.raises(Unsound, match="ob_refcnt counts 0 references, 2 were found"):
            look(sample.heap)


def test_it_can_be_had_at_each_allocation() -> None:
    sample = Sample()
    sample.heap.options.check_allocations = 2
    apply_switches(sample.heap)
    make_str(sample.heap)
    sample.w[sample.text + OB_REFCNT] = 0
    with pytest.raises(Unsound):
        make_str(sample.heap)
    make_str(sample.heap)


def test_a_hooked_heap_is_well() -> None:
    sample = Sample()
    hook_allocations(sample.w, True)
    assert sample.problems() == []
    assert sample.w[W_SP] > 0
