"""Messages against the host's: kind, words, line, and both columns."""
from __future__ import annotations

import traceback

import pytest
from syntax.samples import host_fault, our_fault, samples

from minipy.errors import SourceError, Span
from minipy.syntax import parser
from minipy.syntax.parser import Mode


@pytest.mark.parametrize("source", samples("broken.txt"))
def test_broken(source: str) -> None:
    assert our_fault(source) == host_fault(source) != None  # noqa: E711 (all three are wanted in the report)


ENDS = [
    "'abc\\", "x = '''a", "x = (", "x = \\", "(1,\n2", "if x:", "def f():\n", "x = f'{",
    "if x:\n    y\n  z", "\tx\n  y",
    "(" * 201, "[" * 150 + "(" * 51, "".join(" " * n + "if x:\n" for n in range(101)), "x = é\n(", "x = é y",
    "é = (é é)", "if x:\r\n", "x = 1\r\nif x:\r\n",
]


@pytest.mark.parametrize("source", ENDS)
def test_without_a_last_newline(source: str) -> None:
    assert our_fault(source) == host_fault(source) != None  # noqa: E711


@pytest.mark.parametrize(
    ("mode", "source"),
    [
        ("eval", ""), ("eval", "x = 1"), ("eval", "1 2"), ("eval", "pass"), ("eval", " 1"), ("eval", "1\n2"),
        ("eval", "*a"), ("eval", "yield"), ("eval", "x := 1"), ("eval", "print x"), ("eval", "f(a b)"), ("eval", "("),
        ("eval", "1 +"), ("eval", "1 + "), ("eval", "a."), ("eval", "1 + # c"), ("eval", "1\n+"), ("eval", "é +"),
        ("eval", "f'{'"), ("eval", "f'{!x}' "), ("eval", r"'\N'"), ("eval", "1 + \n"), ("eval", "é = f'{'"),
        ("eval", "x if"), ("single", "x ="), ("single", "f'}'"), ("single", "1 +"), ("single", "1 +\n"),
        ("single", ""), ("single", "# c"), ("single", "x\ny"), ("single", "x; y\nz"), ("single", "x\n  y"),
        ("eval", " "), ("eval", "1\n  "), ("eval", "1\\"), ("eval", "(1\\"), ("eval", "match x:\n  case 1: y\n"),
        ("single", "  "), ("single", "if x: y"), ("single", "if x:\n  y\n  "), ("single", "if x:\n  y\n "),
        ("single", "if x:\n  y\n    "), ("single", "if x:\n  y\n# c"), ("single", "if x: y\n  "), ("single", "x\\"),
        ("single", "if x:\n  "), ("single", "if x:"), ("single", "if x:\n  y\n z"), ("single", "def f"),
        ("single", "try"), ("single", "try: x\nexcept: y"), ("single", "for x"), ("single", "x\n\\"),
        ("single", "x y"), ("single", "pass\n)"), ("single", "if x: y\nz"), ("single", "  x"), ("single", "x = 1\n@"),
    ],
)
def test_other_modes(mode: Mode, source: str) -> None:
    assert our_fault(source, mode) == host_fault(source, mode) != None  # noqa: E711


ENDED = ["x\n  ", "x\n# c", "if x: y\n# c", "if x:\n  y", "class A:\n  def f():\n    x", "x \\\n  ", "x;"]


@pytest.mark.parametrize("source", ENDED)
def test_a_single_statement_that_ends_without_a_newline(source: str) -> None:
    assert our_fault(source, "single") is host_fault(source, "single") is None


@pytest.mark.parametrize("source", [s for s in samples("broken.txt") if s.isascii() and "\t" not in s])
def test_shown_as_the_host_shows_it(source: str) -> None:
    """Where the fault is in one line and CPython's two printers agree."""
    with pytest.raises(SourceError) as ours:
        parser.parse(source, "x.mp")
    try:
        compile(source, "x.mp", "exec")
    except SyntaxError as e:
        if e.lineno == e.end_lineno:
            assert ours.value.format() == "".join(traceback.format_exception_only(e))


def test_carets_under_what_is_not_ascii_and_over_lines() -> None:
    error = SourceError("SyntaxError", "no", "x.mp", Span(1, 5, 1, 6), "  é = é\n")
    assert error.format() == '  File "x.mp", line 1\n    é = é\n      ^\nSyntaxError: no\n'
    error = SourceError("SyntaxError", "no", "x.mp", Span(2, 4, 3, 1), "x = (a\n")
    assert error.format() == '  File "x.mp", line 2\n    x = (a\n        ^^\nSyntaxError: no\n'
    error = SourceError("RecursionError", "deep", "x.mp", Span(1, 0, 1, 0), "x")
    assert error.format() == "RecursionError: deep\n"
