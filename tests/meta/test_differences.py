"""The listed differences from CPython are true: each program on the page prints here what the page says, there not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import minipy

PAGE = Path(minipy.__file__).parent / "DIFFERENCES.md"
EXAMPLES: list[tuple[str, str]] = re.findall(r"```python\n(.*?)```\n```text\n(.*?)```\n", PAGE.read_text("utf-8"), re.S)


def title_of(example: tuple[str, str]) -> str:
    """What tells an example from the others in the list of tests."""
    return re.sub(r"\W+", "_", example[0])[:30]


def output(source: str) -> str:
    """What a program prints."""
    interpreter = minipy.Interpreter(capture=True)
    assert interpreter.run_source(source) == 0, interpreter.stderr_text
    return interpreter.stdout_text


def test_each_difference_has_an_example() -> None:
    text = PAGE.read_text("utf-8").partition("## Outside the program")[0]
    assert len(EXAMPLES) == len(re.findall(r"^\*\*", text, re.M)) > 10
    assert text.count("```") == 4 * len(EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=title_of)
def test_minipy_does_what_the_page_says(example: tuple[str, str]) -> None:
    assert output(example[0]) == example[1]


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the page compares with CPython 3.11")
@pytest.mark.parametrize("example", EXAMPLES, ids=title_of)
def test_cpython_does_something_else(example: tuple[str, str]) -> None:
    done = subprocess.run([sys.executable, "-c", example[0]], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout != example[1], "no difference any more: take it off the page"


def test_finalizers_run_in_cpythons_order() -> None:
    source = """
class D:
    def __init__(self, name, *parts):
        self.name, self.parts = name, parts
    def __del__(self):
        print(self.name)
D("a", D("b", D("c")), D("d"))
"""
    assert output(source) == "a\nd\nb\nc\n"
