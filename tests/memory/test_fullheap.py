"""A full heap: reserves and garbage are given back before an allocation fails, and no program code runs meanwhile."""

from __future__ import annotations

import pytest
from memory.tiny import NODE_LEFT, NODE_WEAKLIST, T_DYING, TinyHeap, make_list, make_node, make_pair, pop, push, shared

import minipy
from minipy.memory.fullheap import collect_quietly
from minipy.memory.gc import collect
from minipy.memory.gclist import gc_list_objects
from minipy.memory.layout import GC_FINALIZED, GC_REFS, GENERATION2, W_GC_COLLECTING
from minipy.memory.obmalloc import allocate, free
from minipy.memory.options import Options
from minipy.memory.words import Raised


class FullHeap(TinyHeap):
    """Makes room as the machine does."""

    def make_room(self) -> None:
        collect_quietly(self)


def ring(heap: TinyHeap, t: int = 0, other: int = 0) -> int:
    """A node that refers to itself, and maybe to another object; nobody else does."""
    a = make_node(heap, 0, other, t) if t else make_node(heap, 0, other)
    heap.words[a + NODE_LEFT] = a
    return a


def old_objects(heap: TinyHeap) -> list[int]:
    return gc_list_objects(heap.words, GENERATION2)


def test_garbage_goes_and_what_can_be_reached_stays() -> None:
    heap = FullHeap()
    kept = push(heap, make_node(heap, shared(heap, ring(heap))))
    ring(heap, other=make_pair(heap, shared(heap, kept), shared(heap, kept)))
    collect_quietly(heap)
    assert old_objects(heap) == [kept, heap.words[kept + NODE_LEFT]]
    heap.check()


def test_garbage_with_last_words_waits_with_all_it_refers_to() -> None:
    heap = FullHeap()
    dying = ring(heap, T_DYING, other=shared(heap, ring(heap)))
    watched = ring(heap, other=shared(heap, ring(heap)))
    heap.words[watched + NODE_WEAKLIST] = 1
    plain = ring(heap, other=shared(heap, dying))
    collect_quietly(heap)
    assert (heap.finalized, heap.told) == ([], [])
    assert plain not in old_objects(heap)
    assert len(old_objects(heap)) == 4
    heap.words[watched + NODE_WEAKLIST] = 0
    heap.check()
    assert collect(heap, 2) == 4
    assert heap.finalized == [dying]
    heap.check()


def test_what_had_its_last_words_goes() -> None:
    heap = FullHeap()
    a = ring(heap, T_DYING)
    heap.words[a + GC_REFS] |= GC_FINALIZED
    collect_quietly(heap)
    assert old_objects(heap) == []
    assert heap.finalized == []


def test_nothing_happens_inside_a_collection() -> None:
    heap = FullHeap()
    ring(heap)
    heap.words[W_GC_COLLECTING] = 1
    collect_quietly(heap)
    assert old_objects(heap) == []
    heap.words[W_GC_COLLECTING] = 0
    collect_quietly(heap)


def test_an_allocation_finds_the_memory_of_garbage() -> None:
    heap = FullHeap(Options(tiny_arenas=True, heap_limit=8 * 4096 * 4))
    for _ in range(2000):
        a = push(heap, make_list(heap))
        heap.words[a + 2] = 1
        heap.words[heap.words[a + 4]] = shared(heap, a)
        pop(heap)
    a = allocate(heap, 5000)
    free(heap, heap.words, a, 5000)
    heap.check()


def test_without_garbage_there_is_no_memory() -> None:
    heap = FullHeap(Options(tiny_arenas=True, heap_limit=8 * 4096 * 4))
    push(heap, make_node(heap))
    for n in (4 * 4096, 1 << 40):
        with pytest.raises(Raised):
            allocate(heap, n)
    heap.check()


PROGRAM = """
import gc
gc.disable()
class Node: pass
kept = [Node()]
def fill():
    for i in range(3000):
        node = Node()
        node.me = node
        node.rest = [0] * 400
    return "enough"
print(fill())
try:
    while True:
        kept.append([0] * 100)
except MemoryError:
    print("full", len(kept) > 100)
del kept[1:]
print(fill(), len(kept))
"""


def test_a_program_at_its_limit_goes_on() -> None:
    """Cycles are collected when the heap is full, though automatic collections are off; all live is a MemoryError."""
    interpreter = minipy.Interpreter(heap_limit=4 << 20, capture=True)
    assert interpreter.run_source(PROGRAM) == 0, interpreter.stderr_text
    assert interpreter.stdout_text == "enough\nfull True\nenough 1\n"
    assert interpreter.check() == []
    assert interpreter.close() == []


def test_a_limit_is_given_once() -> None:
    with pytest.raises(ValueError, match="not both"):
        minipy.Interpreter(options=minipy.Options(), heap_limit=1 << 24)
