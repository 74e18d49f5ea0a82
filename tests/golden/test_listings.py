"""Golden listings: beside each `name.mp` its symbols (`name.symbols`) and its instructions (`name.dis`).

After a wanted change: `pytest tests/golden --update-golden`, and read the difference before it is kept.
"""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from minipy import compiler
from minipy.bytecode.dis import disassemble
from minipy.syntax import ast, parser
from minipy.syntax.symcollect import build
from minipy.syntax.symtable import format_table

HERE = Path(__file__).parent


def symbols(tree: ast.Module, filename: str) -> str:
    """The symbol tables."""
    return format_table(build(tree, filename))


def instructions(tree: ast.Module, filename: str) -> str:
    """The code, with what each instruction does to the stack."""
    return disassemble(compiler.compile_module(tree, filename), show_stack=True)


def observed(tree: ast.Module, filename: str) -> str:
    """The code of an observed run."""
    return disassemble(compiler.compile_module(tree, filename, observed=True))


@pytest.mark.parametrize("suffix, listing", [(".symbols", symbols), (".dis", instructions), (".observed", observed)])
@pytest.mark.parametrize("program", sorted(HERE.glob("*.mp")), ids=lambda path: path.stem)
def test_listing(
    program: Path, suffix: str, listing: Callable[[ast.Module, str], str], request: pytest.FixtureRequest
) -> None:
    golden = program.with_suffix(suffix)
    if suffix == ".observed" and not golden.exists():
        pytest.skip("its observed code is not kept")
    written = listing(parser.parse(program.read_text(), program.name), program.name)
    if request.config.getoption("--update-golden"):
        golden.write_text(written)
    assert written == golden.read_text()
