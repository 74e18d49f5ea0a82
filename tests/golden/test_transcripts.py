"""Golden transcripts: beside each `name.repl`, what is typed, the whole session as a reader sees it (`name.session`).

Addresses are replaced by <1>, <2>, ... in the order they appear, so that only their being the same or not is recorded;
the bytes of dumps, the collector's links, times and the figures of the whole heap and of generations are left out.
After a wanted change: `pytest tests/golden --update-golden`, and read the difference before it is kept.
"""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

import minipy
from minipy.tools.commands import COMMANDS
from minipy.tools.repl import Repl

DUMP = re.compile(r"^(    0x[0-9a-f]+)  (?:[0-9a-f]{2} ){7}.*$", re.M)
GENERATION = re.compile(r"^(  [012]) +\d+ +\d+ +\d+ .*$|(?<=until it has )\d+", re.M)
TIME = re.compile(r"^\d+\.\d+ s;", re.M)
WHOLE_HEAP = re.compile(r"(?<=^Live objects\n)(  type .*\n)(?:  .*\n)+Address space.*\n((?:  .*\n)+)", re.M)
LINKS = re.compile(r"(  gc_(?:next|prev)) +0x[0-9a-f]+$", re.M)
HERE = Path(__file__).parent / "repl"


def transcript(typed: str) -> str:
    """The session, prompts, output and errors in one."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        repl = Repl(minipy.Interpreter(argv=[""]))
        for line in typed.splitlines():
            print("... " if repl.waits else ">>> ", line, sep="")
            if not repl.feed(line):
                break
        assert repl.interpreter.check() == []
        assert repl.close() == []
    return shown.getvalue()


def comparable(text: str) -> str:
    """With numbers in their order for addresses, without blanks at the ends of lines."""
    seen: dict[str, str] = {}
    text = TIME.sub("(time) s;", WHOLE_HEAP.sub(without_figures, text))
    text = GENERATION.sub(r"\1 (figures)", text)
    text = LINKS.sub(r"\1 (link)", text)
    text = DUMP.sub(r"\1 (bytes)", text)
    text = re.sub(r"\b0x[0-9a-f]+\b", lambda match: seen.setdefault(match[0], f"<{len(seen) + 1}>"), text)
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def without_figures(heap: re.Match[str]) -> str:
    """The head of the table and what is told of the space, without numbers."""
    space = re.sub(r"  +", "  ", re.sub(r"\d[\d,.]*", "#", heap[2])).replace("arenas", "arena")
    return f"{heap[1]}  (types)\nAddress space\n{space}"


@pytest.mark.parametrize("script", sorted(HERE.glob("*.repl")), ids=lambda path: path.stem)
def test_session(script: Path, request: pytest.FixtureRequest) -> None:
    golden = script.with_suffix(".session")
    shown = comparable(transcript(script.read_text()))
    if request.config.getoption("--update-golden"):
        golden.write_text(shown)
    assert shown == golden.read_text()


def test_every_command_is_in_a_session() -> None:
    typed = {line.split()[0] for script in HERE.glob("*.repl") for line in script.read_text().splitlines() if line}
    assert {f":{command.name}" for command in COMMANDS} <= typed
