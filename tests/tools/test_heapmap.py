"""The map of the heap: its totals are what counting its cells gives, its cells are the allocator's own figures."""

from __future__ import annotations

import re
from collections import Counter

import pytest

import minipy
from minipy.memory.census import census
from minipy.memory.usage import usage
from minipy.tools import heapmap
from minipy.tools.screen import plain

SOURCE = """
class Node:
    pass
nodes = [Node() for i in range(40)]
texts = [str(i) * 3 for i in range(90)]
texts = texts[::2]
numbers = [i / 3 for i in range(50)]
"""


@pytest.fixture(params=[40, 80, 200])
def width(request: pytest.FixtureRequest) -> int:
    """Columns of the terminal."""
    return int(request.param)


def map_of(interpreter: minipy.Interpreter, number: int, width: int) -> list[str]:
    """The lines of one arena's map."""
    heap = interpreter.heap
    return [plain(line) for line in heapmap.arena_text(heap, census(heap), number, width)]


def test_totals_are_what_counting_the_cells_gives(width: int) -> None:
    interpreter = minipy.Interpreter(capture=True)
    assert interpreter.run_source(SOURCE) == 0
    nodes = -instances_at_start()
    for number, arena in enumerate(usage(interpreter.heap.words).arenas):
        lines = map_of(interpreter, number, width)
        assert all(len(line) <= width for line in lines[2:] if line.startswith("  ") and "blocks" not in line)
        cells, sizes, totals = counted(lines)
        told = re.findall(r"^  (\S) +([\d,]+) blocks +([\d,]+) bytes", "\n".join(totals), re.M)
        assert {letter: int(n.replace(",", "")) for letter, n, _ in told} == cells
        assert {letter: int(n.replace(",", "")) for letter, _, n in told} == sizes
        assert sum(cells.values()) - cells["."] == arena.used
        nodes += cells["o"]
    assert nodes == 40
    interpreter.close()


def instances_at_start() -> int:
    """Cells of instances before any program."""
    interpreter = minipy.Interpreter(capture=True)
    arenas = len(usage(interpreter.heap.words).arenas)
    cells = sum(counted(map_of(interpreter, number, 80))[0]["o"] for number in range(arenas))
    interpreter.close()
    return cells


def counted(lines: list[str]) -> tuple[Counter[str], Counter[str], list[str]]:
    """Cells and bytes by letter, counted in the map; and the lines behind it."""
    first = next((i for i, line in enumerate(lines) if line.startswith("pool ")), len(lines))
    last = max(i for i, line in enumerate(lines) if line.endswith("pools unused"))
    cells: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    size = 0
    for line in lines[first:last]:
        if line.startswith("pool "):
            size = int(re.search(r"blocks of (\d+) bytes", line)[1])  # type: ignore[index]
        else:
            cells.update(line.strip())
            sizes.update({letter: n * size for letter, n in Counter(line.strip()).items()})
    return cells, sizes, lines[last:]


def test_the_legend_stands_above_and_below_and_names_every_letter() -> None:
    interpreter = minipy.Interpreter(capture=True)
    assert interpreter.run_source(SOURCE) == 0
    lines = map_of(interpreter, 0, 80)
    legend = [line for line in lines if ". free" in line]
    assert len(legend) == 2
    above = lines[2 : next(i for i, line in enumerate(lines) if line.startswith("pool "))]
    assert lines[-len(above) :] == above
    named = set(re.findall(r"  (\S) [a-z]", "\n".join(above)))
    cells = {letter for line in lines if line.startswith("  ") and " " not in line.strip() for letter in line.strip()}
    assert cells <= named
    interpreter.close()


def test_what_still_holds_an_arena() -> None:
    interpreter = minipy.Interpreter(capture=True, options=minipy.Options(tiny_arenas=True))
    source = "class Node: pass\nnodes = [Node() for i in range(2000)]\nkept = nodes[1000]\ndel nodes\ni = 0\n"
    assert interpreter.run_source(source + "import gc\ngc.collect()\n") == 0
    heap = interpreter.heap
    lines = [plain(line) for line in heapmap.arenas_text(heap, census(heap), 80)]
    heads = [i for i, line in enumerate(lines) if line.startswith("arena ")]
    arenas = usage(heap.words).arenas
    assert len(heads) == len(arenas) > 4
    for i, arena in zip(heads, arenas, strict=True):
        assert f"{arena.used:,} block" in lines[i]
        assert lines[i + 1].startswith("  held by ")
        cells = lines[i + 2].strip()
        assert len(cells) - cells.count(".") == arena.pools
    assert any("Node object at" in line and "(global kept)" in line for line in lines)
    interpreter.close()
