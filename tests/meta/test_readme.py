"""What the README shows works: its Python examples, the commands and files it names."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

from tools.command import command_here

from minipy.process import COMMANDS

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
TEXT = README.read_text()
SHELL = "\n".join(re.findall(r"^```sh\n(.*?)^```", TEXT, re.M | re.S))


def test_its_python_examples_run() -> None:
    failed, tried = doctest.testfile(str(README), module_relative=False)
    assert tried > 0
    assert failed == 0


def test_it_opens_with_two_commands() -> None:
    first, second = re.findall(r"^```sh\n(.*)\n```", TEXT, re.M)[:2]
    assert first.startswith("python3 -m venv .venv && .venv/bin/pip install . && ")
    assert "programs/memory/first_look.mp" in first
    assert second.endswith("&& .venv/bin/pytest")


def test_its_commands_exist() -> None:
    named = set(re.findall(r"\bminipy ([a-z]+)\b(?!\.)", SHELL))
    assert named <= {*COMMANDS, "import"}, named
    assert {"heap", "dis", "bench"} <= named


def test_what_it_shows_of_the_command_line_works(tmp_path: Path) -> None:
    source = "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(5))\n"
    (tmp_path / "fib.mp").write_text(source)
    (using,) = re.findall(r"^## Using it\n\n```sh\n(.*?)^```", TEXT, re.M | re.S)
    lines = [line.partition("  ")[0].split()[1:] for line in using.splitlines()]
    assert [line for line in lines if command_here(*line, folder=tmp_path)[2] != 0] == []


def test_its_files_exist() -> None:
    named = re.findall(r"`((?:minipy|programs|tests|grammar)/[\w./-]+)`", TEXT)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_its_links_lead_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", TEXT) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link.split("#")[0]).exists()] == []


def test_ci_runs_the_readmes_test_command() -> None:
    (command,) = re.findall(r"^python3 .*pytest$", TEXT, re.M)
    assert command in SHELL
    assert "grep -m 1 '^python3 .*pytest$' README.md" in (ROOT / ".ci" / "run").read_text()
