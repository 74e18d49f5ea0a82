"""The SyntaxErrors of the compiler's stage: kind, text and place as the host's compile() reports them."""
from __future__ import annotations

import ast
import warnings
from pathlib import Path

import pytest

from minipy import compiler
from minipy.errors import SourceError
from minipy.syntax import parser

SNIPPETS = (Path(__file__).parent / "errors.txt").read_text().split("---\n")
Report = tuple[str, str, int | None, int | None, int | None, int | None]


def host_error(source: str) -> Report:
    """What the host says of a text that parses but does not compile."""
    ast.parse(source)
    with warnings.catch_warnings(), pytest.raises(SyntaxError) as caught:
        warnings.simplefilter("ignore")
        compile(source, "f", "exec", dont_inherit=True)
    error = caught.value
    end = -1 if error.end_offset is None else error.end_offset
    return type(error).__name__, error.msg, error.lineno, error.offset, error.end_lineno, end


@pytest.mark.parametrize("source", SNIPPETS)
def test_error_is_the_hosts(source: str) -> None:
    tree = parser.parse(source, "f")
    with pytest.raises(SourceError) as caught:
        compiler.compile_module(tree, "f", source=source)
    error = caught.value
    own = error.kind, error.message, error.span.lineno, error.offset, error.span.end_lineno, error.end_offset
    assert own == host_error(source)


def test_what_is_left_out_says_so() -> None:
    source = "async def f(): pass\n"
    with pytest.raises(SourceError, match="is not supported by minipy yet"):
        compiler.compile_module(parser.parse(source, "f"), "f", source=source)


@pytest.mark.parametrize("source", [
    "x = " + "a + " * 3000 + "a\n",
    "x = " + "-" * 3000 + "a\n",
    "x = " + "not " * 3000 + "a\n",
    "x = a" + ".b" * 3000 + "\n",
    "x = " + "lambda: " * 3000 + "a\n",
    "x = " + "a if b else " * 3000 + "c\n",
    "x = a" + "(b)" * 5000 + "\n",
])  # fmt: skip
def test_deep_nesting_ends_in_an_error(source: str) -> None:
    with pytest.raises(SourceError) as caught:
        compiler.compile_module(parser.parse(source, "f"), "f", source=source)
    assert caught.value.kind in ("RecursionError", "SyntaxError", "MemoryError")


def test_a_long_chain_is_not_deep() -> None:
    chain = "if a == 0: pass\n" + "".join(f"elif a == {n}: b = {n}\n" for n in range(700))
    compiler.compile_module(parser.parse(chain, "f"), "f")
    total = "x = " + " + ".join(["a"] * 900) + "\n"
    compiler.compile_module(parser.parse(total, "f"), "f")
