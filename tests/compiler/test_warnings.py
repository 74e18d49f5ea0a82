"""The SyntaxWarnings of the compiler's stage, as the host gives them."""
from __future__ import annotations

import warnings

import pytest

from minipy import compiler
from minipy.errors import Span
from minipy.syntax import parser

SNIPPETS = [
    "x is 1", "x is not 'a'", "1 is x is 2", "x is None", "x is True", "x is ...", "x is -1", "x is (1, 2)",
    "x is (y, 2)", "if x is 1: pass", "if 1 < x is 1: pass", "while not x is 0: pass", "1(2)", "(1, 2)(3)", "[1](2)",
    "{}(1)", "{1}(1)", "'a'(1)", "f'{x}'(1)", "(x for x in y)(1)", "(lambda: 1)(2)", "[x for x in y](1)", "None(1)",
    "1[2]", "None[1]", "...[1]", "{1}[2]", "(x for x in y)[1]", "(lambda: 1)[2]", "{}[1]", "[1]['a']", "[1][2]",
    "[1][True]", "'a'['b']",
    "'a'[x]", "(1, 2)['a']", "(x, 2)[1.5]", "f'{x}'['a']", "[1][1, 2]", "[1][1:2]", "[1][None]", "b'a'['b']", "x[1, 2]",
    "1.5[1]", "assert (x, 'y')", "assert ()", "assert x, 'y'", "[(1, 2) (3, 4)]", "[1][(x, 2)]", "[1][f'a']",
    "try: pass\nfinally: x is 1", "1[2] = 3", "del 1[2]", "[1]['a'] = 2", "assert (1, 'y')",
]  # fmt: skip


@pytest.mark.parametrize("source", SNIPPETS)
def test_warns_as_the_host(source: str) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        compile(source, "f", "exec", dont_inherit=True)
    heard: list[tuple[str, int]] = []

    def warn(message: str, span: Span) -> None:
        heard.append((message, span.lineno))

    compiler.compile_module(parser.parse(source, "f"), "f", source=source, warn=warn)
    expected = [(str(warning.message), warning.lineno) for warning in caught]
    assert list(dict.fromkeys(heard)) == list(dict.fromkeys(expected))  # the host generates a loop's condition twice
