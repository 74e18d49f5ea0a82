"""The page about CPython's tests of the collector names each of their methods, and only programs that exist."""

from __future__ import annotations

import ast
import re
import sysconfig
from pathlib import Path

import pytest
from oracle import LANG, ROOT

PAGE = (ROOT / "minipy" / "memory" / "COLLECTOR_TESTS.md").read_text()
HOST_TESTS = Path(sysconfig.get_path("stdlib")) / "test"


@pytest.mark.parametrize("file", ["test_gc", "test_weakref", "test_weakset", "test_finalization"])
def test_every_method_is_named(file: str) -> None:
    source = HOST_TESTS / f"{file}.py"
    if not source.exists():
        pytest.skip("this host has no Lib/test")
    section = PAGE.partition(f"## {file}\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"\w+", section + PAGE.partition("## What does not apply")[2]))
    methods = {node.name.removeprefix("test_") for node in ast.walk(ast.parse(source.read_text()))
               if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}  # fmt: skip
    assert methods - named == set()


def test_every_program_exists() -> None:
    named = re.findall(r"`((?:gc|weakref|finalizers|memory|refcount|atexit|freed|identity|unraisable)_?\w*)`", PAGE)
    assert len(named) > 25
    assert [name for name in named if not (LANG / f"{name}.mp").exists()] == []
    assert all((ROOT / path).exists() for path in re.findall(r"`(tests/\w+/\w+\.py)`", PAGE))
