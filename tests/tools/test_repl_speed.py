"""Each command answers within a second of processor time on a heap of a million objects, compiled."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Iterator

import pytest

import minipy
from minipy.memory.census import census, totals
from minipy.memory.layout import WORD_BYTES
from minipy.tools.commands import COMMANDS
from minipy.tools.repl import Repl

if not minipy.COMPILED:
    pytest.skip("the bar is on the compiled machine", allow_module_level=True)

MADE = (
    "class Node:\n    def __init__(self, i): self.i = i\n",
    "nodes = [Node(i) for i in range(500_000)]",
    "texts = [str(i) for i in range(500_000)]; small = [1]; pairs = {i: [i] for i in range(1000)}",
    "lost = [1.5]; lost.append(lost)",
)
ASKED = (
    ":heap", ":heap", ":heap map", ":heap map 7", ":heap Node", ":heap str", ":heap list", ":heap nodes", ":heap texts",
    ":heap pairs", ":heap {nodes}", ":refs small", ":refs nodes", ":refs None", ":refs Node", ":refs {nodes}",
    ":why small", ":why nodes", ":why {lost}", ":stack", ":gc", ":gc log on", ":gc log off", ":gc off", ":gc on",
    ":gc threshold 700 10 10", ":explain on", "pairs = None", ":explain off", ":explain again = nodes",
    ":explain again = None", ":explain nodes.append(1)", ":step len(nodes)", ":dis Node", ":help", ":help heap",
    ":ast 1", ":symbols 1", ":tokens 1", ":time len(nodes)", ":set", ":set poison", ":save {folder}/saved.mp",
    ":load {folder}/loaded.mp", ":gc step 0", ":gc step", ":gc step 2", ":gc collect 0", ":gc collect", ":reset",
    ":quit",
)  # fmt: skip
"""In this order, for the last of them change what is there. `{nodes}` and `{lost}` stand for addresses."""


@pytest.fixture(scope="module")
def repl() -> Iterator[Repl]:
    """A session with a million objects."""
    repl = Repl(minipy.Interpreter(argv=[""], capture=True))
    for statement in MADE:
        repl.run(statement)
    assert sum(totals(census(repl.heap)).objects.values()) > 1_000_000
    yield repl
    repl.close()


@pytest.fixture(scope="module")
def places(repl: Repl, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the braces in ASKED stand for; the object `lost` is garbage in a cycle."""
    folder = tmp_path_factory.mktemp("speed")
    (folder / "loaded.mp").write_text("loaded = 1\n")
    found = {name: hex(repl.interpreter.global_address(name) * WORD_BYTES) for name in ("nodes", "lost")}
    repl.run("import gc; gc.collect(); gc.disable(); del lost; gc.enable()\n")
    return {"folder": str(folder), **found}


@pytest.mark.parametrize("asked", ASKED)
def test_it_answers_within_a_second(repl: Repl, places: dict[str, str], asked: str) -> None:
    seconds = []
    for _ in range(3):
        start = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            repl.feed(asked.format_map(places))
        seconds.append(time.process_time() - start)
        if seconds[-1] < 1:
            return
    raise AssertionError(f"{asked} took {min(seconds):.2f} s of processor time")


def test_all_commands_are_asked() -> None:
    assert {asked[1:].split(" ")[0] for asked in ASKED if asked.startswith(":")} == {c.name for c in COMMANDS}
