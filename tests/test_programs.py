"""Every program under programs/ and tests/lang/ does what CPython 3.11 did when its record was made (tests/oracle.py).

Compiled, the stress tests take all language tests; uncompiled, a sample of small ones.
"""

from __future__ import annotations

import ast
import re
import zlib
from pathlib import Path
from typing import Final

import pytest
from harness import assert_as_recorded, name_of, run_command, run_minipy
from oracle import LANG, PROGRAMS, ROOT, Result, all_programs, expected, parse, render

import minipy

MODULES: Final = frozenset(("math", "time", "random", "sys", "gc", "weakref"))
BY_COMMAND: Final = ("slides/stack_and_heap", "slides/stack_and_heap_python2", "slides/xrange_python2",
                     "errors/uncaught", "errors/exit_code", "interactive/guess_number", "modules/main",
                     "memory/first_look")
ABOUT_THE_COLLECTOR: Final = frozenset(("finalizers_at_exit", "gc_callbacks", "gc_module", "gc_questions",
                                        "memory_deep", "memory_growth"))
"""Programs whose output, or whose time, is changed by collecting all the time."""


SEES_EACH_COLLECTION: Final = frozenset(("finalizers", "freed_address", "gc_cycles", "gc_debug", "gc_half_cleared",
                                         "gc_tracked_types"))


def compiled() -> bool:
    """Whether minipy runs compiled; some 80 times as many programs can be afforded then."""
    return bool(getattr(minipy, "COMPILED", False))


def stressed() -> list[Path]:
    """The language tests for the stress switches: all, or uncompiled a few of the shortest."""
    programs = [p for p in sorted(LANG.glob("*.mp")) if p.stem not in ABOUT_THE_COLLECTOR]
    return programs if compiled() else sorted(programs, key=lambda p: p.stat().st_size)[::4][:12]


@pytest.mark.parametrize("program", all_programs(), ids=name_of)
def test_program(program: Path) -> None:
    assert_as_recorded(program, run_minipy(program))


@pytest.mark.parametrize("name", BY_COMMAND)
def test_program_by_the_command_line(name: str) -> None:
    program = PROGRAMS / f"{name}.mp"
    assert render(run_command(program)) == render(expected(program))


@pytest.mark.stress
@pytest.mark.parametrize("program", stressed(), ids=name_of)
def test_collecting_at_every_allocation(program: Path) -> None:
    options = minipy.Options(collect_every_allocation=True, poison=True)
    assert_as_recorded(program, run_minipy(program, options))


@pytest.mark.stress
@pytest.mark.parametrize("program", stressed(), ids=name_of)
def test_tiny_arenas_and_frequent_collections(program: Path) -> None:
    options = minipy.Options(tiny_arenas=True, gc_thresholds=(7, 2, 2), check_collector=True, poison=True, guard=True)
    assert_as_recorded(program, run_minipy(program, options))


@pytest.mark.stress
@pytest.mark.parametrize("program", [p for p in stressed() if p.stem not in SEES_EACH_COLLECTION][::3], ids=name_of)
def test_a_heap_that_is_always_full(program: Path) -> None:
    """Each allocation collects first, in the middle of native code; now and then the heap is checked there, too."""
    options = minipy.Options(cramped=True, check_allocations=997, poison=True)
    assert_as_recorded(program, run_minipy(program, options))


@pytest.mark.stress
@pytest.mark.parametrize("name", ["recursion", "closures", "generators_basic", "class_basics"])
def test_a_tiny_stack(name: str) -> None:
    """Programs end as usual, or, if they go deep, with a RecursionError; the heap is sound."""
    outcome = run_minipy(LANG / f"{name}.mp", minipy.Options(tiny_stack=True, poison=True))
    assert (outcome.unsound, outcome.leaked) == ([], [])
    assert "RecursionError" in outcome.result.stderr or outcome.result == expected(LANG / f"{name}.mp")


def failing_allocations(name: str, total: int) -> list[int]:
    """The first few of a program's allocations, and some of all the others, not the same ones in every program."""
    points = 14 if compiled() else 5
    phase = zlib.crc32(name.encode()) / (1 << 32)
    return sorted({*range(1, min(4, total + 1)), *(int(total * (i + phase) / points) + 1 for i in range(points))})


@pytest.mark.stress
@pytest.mark.parametrize("program", sorted(LANG.glob("*.mp")) if compiled() else stressed()[:6], ids=name_of)
def test_a_failing_allocation_is_a_memory_error(program: Path) -> None:
    """The Nth allocation fails, for several N: the heap is sound, nothing leaks, the program ends as programs do."""
    total = run_minipy(program, minipy.Options(count_allocations=True)).allocations
    for n in failing_allocations(program.stem, total):
        outcome = run_minipy(program, minipy.Options(fail_allocation=n, poison=True, guard=True))
        assert (outcome.unsound, outcome.leaked) == ([], []), f"allocation {n}"
        assert not re.search(r'minipy/[^"]*\.py"', outcome.result.stderr), f"a traceback of the host at allocation {n}"
        usual = outcome.result.code in (0, expected(program).code)
        assert usual or "Error" in outcome.result.stderr, f"allocation {n}"


def test_every_program_has_a_record_and_every_record_a_program() -> None:
    programs = {p.with_suffix("") for p in all_programs()}
    records = {p.with_suffix("") for folder in (PROGRAMS, LANG) for p in folder.rglob("*.expected")}
    assert programs == records


@pytest.mark.parametrize("program", sorted(PROGRAMS.rglob("*.mp")), ids=name_of)
def test_program_says_what_it_shows(program: Path) -> None:
    """A title; for learners also what it shows and what to try. Imports only of what every minipy has."""
    text = program.read_text("utf-8")
    assert text.startswith("# ")
    if program.parent.name != "bench":
        assert "\n# Shows: " in text and "\n# Try: " in text
    if program.stem.endswith("_python2"):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import) and program.parent.name != "modules":
            assert {alias.name for alias in node.names} <= MODULES, f"{program.relative_to(ROOT)}: imports"


@pytest.mark.parametrize("result", [
    Result("", "", 0), Result("a\n", "", 0), Result("a", "b", 3), Result("", "Traceback\n", 1), Result("x\n\n", "", 2),
    Result("--- exit of a door\n", "", 0), Result("\n", "\n", 0)])
def test_a_record_stands_for_one_result(result: Result) -> None:
    assert parse(render(result)) == result
