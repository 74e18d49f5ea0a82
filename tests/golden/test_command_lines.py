"""Golden transcripts of the command line: `name.commands`, a command a line, and beside it `name.shown`.

What a command writes to standard error stands behind its output, `(exit code N)` last unless it is 0. Addresses are
replaced by <1>, <2>, ... After a wanted change: `pytest tests/golden --update-golden`, and read the difference.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from tools.command import command_here

from minipy import __version__

HERE = Path(__file__).parent / "cli"


def transcript(commands: str) -> str:
    """The commands and what a reader sees."""
    parts = []
    for line in commands.splitlines():
        output, errors, code = command_here(*shlex.split(line), folder=HERE)
        parts.append(f"$ minipy {line}\n{output}{errors}" + (f"(exit code {code})\n" if code else ""))
    text = "\n".join(parts).replace(f"{HERE}/", "").replace(f'"minipy": "{__version__}"', '"minipy": "VERSION"')
    seen: dict[str, str] = {}
    return re.sub(r"\b0x[0-9a-f]+\b", lambda match: seen.setdefault(match[0], f"<{len(seen) + 1}>"), text)


@pytest.mark.parametrize("commands", sorted(HERE.glob("*.commands")), ids=lambda path: path.stem)
def test_command_lines(commands: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    golden = commands.with_suffix(".shown")
    shown = transcript(commands.read_text("utf-8"))
    if request.config.getoption("--update-golden"):
        golden.write_text(shown, "utf-8")
    assert shown == golden.read_text("utf-8")
