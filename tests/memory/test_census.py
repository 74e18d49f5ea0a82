"""The quick census and usage figures agree with the checker, which trusts nothing; looking changes no word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import minipy
from minipy.memory.census import Found, census, of_types, referrers, totals, waits_for
from minipy.memory.check import check_lists
from minipy.memory.check_blocks import survey
from minipy.memory.check_objects import Graph, find_objects
from minipy.memory.layout import HEAP_BASE, IMMORTAL, OB_REFCNT, OB_TYPE, POOL_WORDS, W_HEAP_TOP
from minipy.memory.owners import held_by_arena, owners
from minipy.memory.usage import usage

SOURCE = """
import gc
class Node:
    pass
nodes = [Node() for i in range(300)]
for node in nodes:
    node.me = node
    node.parts = (1, 2.5, "x" * 7, {node: [node]})
def counter():
    held = [5]
    yield held
running = counter()
next(running)
nodes = nodes[:100]
def cycle():
    x = []
    x.append(x)
    return id(x)
old = cycle()
gc.freeze(); gc.unfreeze()
young = cycle()
"""


@pytest.fixture(scope="module")
def interpreter() -> Iterator[minipy.Interpreter]:
    """An interpreter after SOURCE, with garbage that waits."""
    interpreter = minipy.Interpreter(capture=True)
    assert interpreter.run_source(SOURCE) == 0, interpreter.stderr_text
    yield interpreter
    interpreter.close()


def graph_of(interpreter: minipy.Interpreter) -> Graph:
    """What the checker finds."""
    w = interpreter.heap.words
    blocks = survey(w)
    graph = Graph(w, blocks)
    find_objects(graph, check_lists(blocks, w))
    assert blocks.problems == []
    return graph


def objects_of(found: Found) -> list[int]:
    """Their addresses."""
    return [int(found.objects[i]) for i in range(int(found.found))]


def test_it_finds_what_the_checker_finds(interpreter: minipy.Interpreter) -> None:
    found = census(interpreter.heap)
    graph = graph_of(interpreter)
    assert set(objects_of(found)) == set(graph.counts)
    assert len(objects_of(found)) == len(graph.counts), "each once"
    assert sum(totals(found).objects.values()) == sum(1 for a in graph.counts if a >= HEAP_BASE)
    assert totals(found).garbage == found.found - found.reachable > 200


def test_every_count_is_its_referrers_and_roots(interpreter: minipy.Interpreter) -> None:
    heap = interpreter.heap
    found = census(heap)
    for a in objects_of(found)[::97]:
        count = int(heap.words[a + OB_REFCNT]) - (IMMORTAL if a < HEAP_BASE else 0)
        links = referrers(found, a, 1000)
        roots = 1 if found.parents[found.index(a)] < -1 else 0
        assert links.total == len(links.pairs) // 2
        assert count == links.total + roots
        assert all(heap.words[at] == a for at in links.pairs[1::2])


def test_garbage_waits_for_its_generation(interpreter: minipy.Interpreter) -> None:
    heap = interpreter.heap
    for name, generation in (("old", 2), ("young", 0)):
        number = interpreter.global_address(name)
        place = int(heap.words[number + 2]) // 8
        assert waits_for(heap, place) == generation


def test_the_space_adds_up(interpreter: minipy.Interpreter) -> None:
    w = interpreter.heap.words
    figures = usage(w)
    blocks = survey(w)
    free = sum(arena.free_words + arena.free_pools * POOL_WORDS for arena in figures.arenas)
    assert free + figures.free_large_words == blocks.free_words
    assert figures.header_words + figures.tail_words == blocks.header_words
    assert sum(arena.used_words for arena in figures.arenas) + figures.large_words == blocks.live_words()
    held = held_by_arena(census(interpreter.heap))
    assert sum(held.values()) == sum(arena.used for arena in figures.arenas) == sum(figures.used)


def test_owners_are_the_checkers(interpreter: minipy.Interpreter) -> None:
    graph = graph_of(interpreter)
    rows = owners(census(interpreter.heap), HEAP_BASE, int(interpreter.heap.words[W_HEAP_TOP])).rows
    assert dict(zip(rows[::4], rows[2::4], strict=True)) == {a: owner for a, owner in graph.owners.items() if owner}


def test_objects_of_a_type(interpreter: minipy.Interpreter) -> None:
    heap = interpreter.heap
    node = interpreter.global_address("Node")
    some = of_types(census(heap), [node], 7)
    assert len(some) == 7
    assert {int(heap.words[a + OB_TYPE]) for a in some} == {node}


def test_it_changes_no_word(interpreter: minipy.Interpreter) -> None:
    w = interpreter.heap.words
    before = [int(w[i]) for i in range(int(w[W_HEAP_TOP]))]
    found = census(interpreter.heap)
    totals(found)
    held_by_arena(found)
    usage(w)
    assert [int(w[i]) for i in range(int(w[W_HEAP_TOP]))] == before
