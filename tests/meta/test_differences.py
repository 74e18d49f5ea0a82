"""The listed differences from CPython are true: their examples run, and the facts they name are measured."""

from __future__ import annotations

import doctest
from pathlib import Path

import minipy

PAGE = Path(minipy.__file__).parent / "DIFFERENCES.md"


def output(source: str) -> str:
    """What a program prints."""
    interpreter = minipy.Interpreter(capture=True)
    assert interpreter.run_source(source) == 0, interpreter.stderr_text
    return interpreter.stdout_text


def test_the_page_travels_with_the_package() -> None:
    assert PAGE.exists()


def test_its_examples_run() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert (failed, tried > 0) == (0, True)


def test_a_collection_waits_for_a_safe_point() -> None:
    lists = ", ".join("[]" for _ in range(1500))
    source = f"import gc\nx = [{lists}]\nn = gc.get_count()[0]\nprint(n > 1400)\nfor i in (1, 2): pass\n"
    assert output(source + "print(gc.get_count()[0] < 700)\n") == "True\nTrue\n"


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
