"""Guard words: what is written behind a block is found, when the block is given back and by the checker."""

from __future__ import annotations

import pytest
from memory.tiny import TinyHeap, make_dict, make_float, make_int, make_list, make_node, make_str, push

from minipy.memory.check import Unsound, check
from minipy.memory.guards import GUARD, GUARD_LAST, block_room, guarded_words
from minipy.memory.layout import LIST_ALLOCATED
from minipy.memory.obmalloc import allocate, free, reallocate
from minipy.memory.options import Options
from minipy.memory.switches import apply_switches
from minipy.memory.words import Heap

SIZES = [1, 2, 3, 4, 62, 63, 64, 65, 66, 67, 68, 300, 5000]


def guarded(**switches: bool) -> TinyHeap:
    return TinyHeap(Options(guard=True, **switches))  # type: ignore[arg-type]


@pytest.mark.parametrize("n", SIZES)
def test_guard_words_lie_behind_each_block(n: int) -> None:
    heap = guarded()
    a = allocate(heap, n)
    room = block_room(heap.words, a, n)
    assert room > n
    assert heap.words[a + room - 1] == GUARD_LAST + n
    assert all(heap.words[i] == GUARD for i in range(a + n, a + room - 1))
    assert guarded_words(heap.words, a, room) == n


@pytest.mark.parametrize("n", SIZES)
def test_a_write_behind_a_block_is_found(n: int) -> None:
    heap = guarded()
    a = allocate(heap, n)
    heap.words[a + n] = 0
    assert any("something wrote on the guard words" in problem for problem in check(heap))
    with pytest.raises(Unsound, match="broken guard word"):
        free(heap, heap.words, a, n)


@pytest.mark.parametrize("n", SIZES)
def test_a_block_freed_twice_is_found(n: int) -> None:
    heap = guarded()
    allocate(heap, n)
    a = allocate(heap, n)
    allocate(heap, n)
    free(heap, heap.words, a, n)
    with pytest.raises(Unsound):
        free(heap, heap.words, a, n)


@pytest.mark.parametrize("poison", [False, True])
@pytest.mark.parametrize(("old", "new"), [(3, 4), (4, 3), (63, 64), (64, 65), (65, 64), (70, 71), (300, 5000)])
def test_a_resized_block_is_guarded_anew(old: int, new: int, poison: bool) -> None:
    heap = guarded(poison=poison)
    apply_switches(heap)
    a = allocate(heap, old)
    heap.words[a] = 77
    b = reallocate(heap, a, old, new)
    assert b != a
    assert heap.words[b] == 77
    assert guarded_words(heap.words, b, block_room(heap.words, b, new)) == new
    free(heap, heap.words, b, new)


def test_a_heap_of_guarded_objects_is_well() -> None:
    heap = guarded(poison=True)
    for a in (make_int(heap, 5), make_float(heap, 0.5), make_str(heap, 64), make_node(heap), make_list(heap)):
        push(heap, a)
    push(heap, make_dict(heap, (make_str(heap, 3), make_int(heap, 1))))
    heap.check()


def test_the_checker_knows_how_many_words_were_asked_for() -> None:
    """Unguarded, a block of 4 words may be one of 3."""
    for options, problems in ((Options(), 0), (Options(guard=True), 1)):
        heap = TinyHeap(options)
        a = push(heap, make_list(heap, make_int(heap, 300), make_int(heap, 301)))
        heap.words[a + LIST_ALLOCATED] += 1
        assert sum("not the 4 it should" in problem for problem in check(heap)) == problems


def test_the_guard_is_for_a_whole_life() -> None:
    heap: Heap = guarded()
    a = allocate(heap, 5)
    heap.options.guard = False
    apply_switches(heap)
    assert allocate(heap, 5) != 0
    free(heap, heap.words, a, 5)
    later = TinyHeap()
    b = allocate(later, 6)
    later.options.guard = True
    apply_switches(later)
    free(later, later.words, b, 6)
