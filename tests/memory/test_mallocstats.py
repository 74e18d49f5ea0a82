"""The allocator's figures: every word of the heap is in exactly one of them, and sys._debugmallocstats shows them."""

from __future__ import annotations

import re

import pytest
from memory.tiny import TinyHeap, make_float, make_int

import minipy
from minipy.memory.check_blocks import survey
from minipy.memory.layout import HEAP_BASE, SIZE_CLASSES, W_ARENAS_ALLOCATED, W_ARENAS_HIGHEST, W_HEAP_TOP
from minipy.memory.mallocstats import debug_malloc_stats
from minipy.memory.obmalloc import allocate, free
from minipy.memory.options import Options
from minipy.memory.refcount import decref
from minipy.memory.usage import usage
from minipy.memory.words import Heap


def fragmented(options: Options) -> Heap:
    """A heap where blocks of many sizes were made, and every third given back."""
    heap = TinyHeap(options)
    blocks = [(allocate(heap, n), n) for n in [*range(1, 80), 500, 5000, 300] * 10]
    for a, n in blocks[::3]:
        free(heap, heap.words, a, n)
    return heap


def figure_in(text: str, label: str) -> int:
    """The number behind a label of the table."""
    found = re.search(rf"{label}[^=\n]*= *([\d,]+)$", text, re.M)
    assert found is not None
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize("options", [Options(), Options(tiny_arenas=True), Options(guard=True)])
def test_all_bytes_are_accounted_for(options: Options) -> None:
    heap = fragmented(options)
    u = usage(heap.words)
    small = sum(2 * c * (u.used[c] + u.free[c]) for c in range(SIZE_CLASSES + 1))
    unused = 512 * sum(arena.free_pools for arena in u.arenas)
    rest = u.large_words + u.free_large_words + u.header_words + u.tail_words
    assert small + unused + rest == heap.words[W_HEAP_TOP] - HEAP_BASE > 0
    assert figure_in(debug_malloc_stats(heap.words), "Total") == 8 * (heap.words[W_HEAP_TOP] - HEAP_BASE)


def test_the_figures_agree_with_the_checkers_census() -> None:
    w = fragmented(Options()).words
    text = debug_malloc_stats(w)
    census = survey(w)
    used = figure_in(text, "# bytes in allocated blocks") + figure_in(text, "# bytes in .* large blocks")
    assert used == 8 * census.live_words()
    assert figure_in(text, "# arenas allocated current") == len(census.arenas)


def test_a_size_class() -> None:
    heap = TinyHeap()
    allocate(heap, 7)
    assert "\n    3     64           1               1            62\n" in debug_malloc_stats(heap.words)


def test_an_empty_heap() -> None:
    assert figure_in(debug_malloc_stats(TinyHeap().words), "Total") == 0


def test_arenas_come_and_go() -> None:
    heap = TinyHeap(Options(tiny_arenas=True))
    blocks = [allocate(heap, 64) for _ in range(7 * 7 * 3)]
    for a in blocks[1:]:
        free(heap, heap.words, a, 64)
    assert (heap.words[W_ARENAS_ALLOCATED], heap.words[W_ARENAS_HIGHEST]) == (3, 3)
    text = debug_malloc_stats(heap.words)
    labels = "# arenas allocated total", "# arenas reclaimed", "# arenas highwater mark", "# arenas allocated current"
    assert [figure_in(text, label) for label in labels] == [3, 2, 3, 1]


def test_numbers_kept_ready() -> None:
    heap = TinyHeap()
    assert "0 free ints * 32 bytes each" in debug_malloc_stats(heap.words)
    numbers = [make_int(heap, 1000), make_float(heap, 0.5)]
    for a in numbers:
        decref(heap, heap.words, a)
    text = debug_malloc_stats(heap.words)
    assert re.search(r"\n +126 free ints \* 32 bytes each = +4,032\n", text)
    assert re.search(r"\n +\d+ free floats \* 32 bytes each = ", text)


def test_the_table_has_cpythons_shape() -> None:
    lines = debug_malloc_stats(fragmented(Options()).words).splitlines()
    assert lines[0] == "Small block threshold = 512, in 32 size classes."
    assert lines[2] == "class   size   num pools   blocks in use  avail blocks"
    assert lines[4].split()[:2] == ["0", "16"]
    assert {len(row) for row in lines if row.startswith("#")} == {57}


def test_sys_prints_it_on_standard_error() -> None:
    interpreter = minipy.Interpreter(capture=True)
    assert interpreter.run_source("import sys\nprint(sys._debugmallocstats())") == 0
    assert interpreter.stdout_text == "None\n"
    assert interpreter.stderr_text.splitlines()[:4] == debug_malloc_stats(interpreter.heap.words).splitlines()[:4]
