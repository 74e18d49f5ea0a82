"""Each command answers within a second of processor time on a heap of a million objects, compiled."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Iterator

import pytest

import minipy
from minipy.memory.census import census, totals
from minipy.tools.repl import Repl

if not minipy.COMPILED:
    pytest.skip("the bar is on the compiled machine", allow_module_level=True)

MADE = (
    "class Node:\n    def __init__(self, i): self.i = i\n",
    "nodes = [Node(i) for i in range(500_000)]",
    "texts = [str(i) for i in range(500_000)]; small = [1]; pairs = {i: [i] for i in range(1000)}",
)
COMMANDS = (
    ":heap", ":heap", ":heap map", ":heap map 7", ":heap Node", ":heap str", ":heap nodes", ":heap pairs",
    ":refs small", ":refs nodes", ":refs None", ":refs Node", ":why small", ":why nodes", ":stack", ":gc", ":gc step",
    ":gc step 2", ":gc collect", ":explain again = nodes", ":explain again = None", ":explain nodes.append(1)",
    ":step len(nodes)", ":dis Node", ":help", ":ast 1", ":symbols 1", ":tokens 1", ":time 1", ":set",
)  # fmt: skip


@pytest.fixture(scope="module")
def repl() -> Iterator[Repl]:
    """A session with a million objects."""
    repl = Repl(minipy.Interpreter(argv=[""], capture=True))
    for statement in MADE:
        repl.run(statement)
    assert sum(totals(census(repl.heap)).objects.values()) > 1_000_000
    yield repl
    repl.close()


@pytest.mark.parametrize("command", COMMANDS)
def test_it_answers_within_a_second(repl: Repl, command: str) -> None:
    seconds = []
    for _ in range(3):
        start = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            repl.feed(command)
        seconds.append(time.process_time() - start)
        if seconds[-1] < 1:
            return
    raise AssertionError(f"{command} took {min(seconds):.2f} s of processor time")
