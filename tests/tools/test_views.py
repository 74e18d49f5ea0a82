"""Views of heap and stack: what they say is true, and looking changes not a single word."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

import minipy
from minipy.memory.layout import HEAP_BASE, W_HEAP_TOP, WORD_BYTES
from minipy.memory.words import Heap
from minipy.tools import heaptext, heapview, stackview, values
from minipy.tools.watch import Watch

SOURCE = """
import gc
class Node:
    def __init__(self, other):
        self.other = other
ring = Node(None)
ring.other = Node(ring)
numbers = [1, 2.5, "text", None, 10**30, (1, 2), {"a": 1}, {1, 2}]
same = numbers
def double(x):
    return 2 * x
"""


@pytest.fixture
def interpreter() -> Iterator[minipy.Interpreter]:
    """An interpreter after SOURCE."""
    interpreter = minipy.Interpreter(capture=True)
    assert interpreter.run_source(SOURCE) == 0
    yield interpreter
    interpreter.close()


def words_of(heap: Heap) -> list[int]:
    """All words in use."""
    w = heap.words
    return [int(w[i]) for i in range(int(w[W_HEAP_TOP]))]


@pytest.mark.parametrize("look", [heaptext.heap_text, heaptext.stack_text, heapview.live_objects])
def test_looking_changes_nothing(interpreter: minipy.Interpreter, look: Callable[[Heap], object]) -> None:
    before = words_of(interpreter.heap)
    look(interpreter.heap)
    assert words_of(interpreter.heap) == before


def test_objects_are_counted_by_type(interpreter: minipy.Interpreter) -> None:
    rows = {row.name: row for row in heapview.types(interpreter.heap)}
    assert rows["Node"].objects == 2
    assert rows["set"].objects == 1
    assert sum(row.objects for row in rows.values()) == len(heapview.live_objects(interpreter.heap))


def test_the_space_is_accounted_for(interpreter: minipy.Interpreter) -> None:
    space = heapview.space(interpreter.heap)
    top = int(interpreter.heap.words[W_HEAP_TOP])
    assert space.size == (top - HEAP_BASE) * WORD_BYTES
    assert sum(row.pools for row in space.classes) == space.pools
    used = sum(row.block * row.used for row in space.classes) + space.large_size
    assert used <= space.size - space.free_size
    live = sum(row.size for row in heapview.types(interpreter.heap))
    assert live <= used


def test_generations(interpreter: minipy.Interpreter) -> None:
    rows = heapview.generations(interpreter.heap)
    assert [row.threshold for row in rows] == [700, 10, 10]
    tracked = [a for a in heapview.live_objects(interpreter.heap) if heapview.generation_of(interpreter.heap, a) == 0]
    assert rows[0].objects == len(tracked)


def test_one_object(interpreter: minipy.Interpreter) -> None:
    heap = interpreter.heap
    numbers = heapview.describe(heap, interpreter.global_address("numbers"))
    assert (numbers.type_name, numbers.refcount, numbers.generation) == ("list", 2, 0)
    texts = [values.preview(heap, a) for a in numbers.references]
    assert texts == [
        "1", "2.5", "'text'", "None", str(10**30), "tuple of 2 items", "dict of 1 entry", "set of 2 elements",
    ]  # fmt: skip
    ring = heapview.describe(heap, interpreter.global_address("ring"))
    (other,) = (a for a in ring.references if values.type_name(heap, a) == "Node")
    assert interpreter.global_address("ring") in heapview.describe(heap, other).references


def test_previews_are_short(interpreter: minipy.Interpreter) -> None:
    assert values.shortened("x" * 40) == "x" * 40
    assert values.shortened("a" * 100 + "b" * 100) == "a" * 30 + "..." + "b" * 7
    heap = interpreter.heap
    assert values.preview(heap, interpreter.global_address("double")) == "function double"
    assert values.preview(heap, interpreter.global_address("Node")) == "type Node"
    assert values.labelled(heap, 0) == "NULL"


def test_the_stack_while_a_program_runs() -> None:
    interpreter = minipy.Interpreter(capture=True)
    seen: list[list[stackview.Record]] = []
    watch = Watch(interpreter, lambda line: None)

    def look() -> None:
        watch.ask()
        seen.append(stackview.stack(interpreter.heap))

    interpreter.host.observer = look
    interpreter.run_source("def inner(a):\n    b = [a]\n    for i in b:\n        b.clear()\n\ninner('x')\n")
    records = [records for records in seen if len(records) == 2][-1]
    assert [record.function for record in records] == ["inner", "<module>"]
    assert (records[0].line in (3, 4), records[1].line) == (True, 6)
    names = [name for name, _ in records[0].variables]
    assert names == ["a", "b", "i"]
    assert len(records[0].operands) == 1, "the iterator"
    assert "inner" in [name for name, _ in records[1].variables]
    assert stackview.stack(interpreter.heap) == []
    interpreter.close()


def test_a_watch_reports_collections_and_the_deepest_stack() -> None:
    interpreter = minipy.Interpreter(capture=True)
    lines: list[str] = []
    watch = Watch(interpreter, lambda collection: lines.append(collection.text))
    interpreter.run_source("def f(n):\n    return n and f(n - 1)\nf(30)\nfor i in range(2000): x = []; x.append(x)\n")
    watch.report()
    assert lines[0].startswith("[collection of generation 0: ")
    assert watch.deepest[0].startswith("Run-time stack")
    assert "  ... 24 more records ..." in watch.deepest
    interpreter.close()
