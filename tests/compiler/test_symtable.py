"""The symbol tables against the host's, scope by scope."""
from __future__ import annotations

import symtable as host
import sysconfig
from pathlib import Path

import pytest

from minipy.errors import SourceError
from minipy.syntax import parser
from minipy.syntax.symcollect import build
from minipy.syntax.symtable import Scope, mangle

LIBRARY = Path(sysconfig.get_path("stdlib"))
MODULES = ("argparse", "typing", "dataclasses", "functools", "enum", "inspect")
TESTS = ("scope", "super", "named_expressions", "listcomps", "global")
FILES = [LIBRARY / f"{name}.py" for name in MODULES] + [LIBRARY / "test" / f"test_{name}.py" for name in TESTS]


def compare(table: host.SymbolTable, scope: Scope) -> list[str]:
    """What differs, scopes inside included. The records' bits are the host's."""
    theirs = table._table.symbols  # type: ignore[attr-defined]
    found = [f"{scope.name} line {scope.lineno}: {key}" for key in theirs.items() ^ scope.symbols.items()]
    children = table.get_children()
    if [child.get_lineno() for child in children] != [child.lineno for child in scope.children]:
        return [*found, f"{scope.name}: other scopes inside"]
    for theirs_inside, inside in zip(children, scope.children, strict=True):
        found += compare(theirs_inside, inside)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_names_are_found_as_in_the_host(path: Path) -> None:
    source = path.read_text()
    try:
        tree = parser.parse(source, str(path))
    except SourceError:
        pytest.skip("has what minipy leaves out")
    table = host.symtable(source, str(path), "exec")
    assert compare(table, build(tree, str(path), source).top) == []


@pytest.mark.parametrize("private, name, expected", [
    ("C", "__x", "_C__x"), ("_C", "__x", "_C__x"), ("__", "__x", "__x"), (None, "__x", "__x"), ("C", "__x__", "__x__"),
    ("C", "_x", "_x"), ("C", "__a.b", "__a.b"),
])  # fmt: skip
def test_mangling(private: str | None, name: str, expected: str) -> None:
    assert mangle(private, name) == expected
