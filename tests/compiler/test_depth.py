"""How deep a source may be nested: as deep as in CPython, and beyond that the same kind of error."""
from __future__ import annotations

import subprocess
import sys

import pytest

from minipy import compiler
from minipy.errors import SourceError
from minipy.syntax import parser

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="compared with CPython 3.11")
HOST = """
import sys
try:
    compile(sys.stdin.read(), "f", "exec")
except (SyntaxError, RecursionError, MemoryError) as error:
    print(type(error).__name__, error.msg if isinstance(error, SyntaxError) else error)
"""


def blocks(head: str, depth: int) -> str:
    """Compound statements inside one another."""
    return "".join(" " * n + head + ":\n" for n in range(depth)) + " " * depth + "x = 1\n"


def host(source: str) -> str:
    """What the host says of a source, in a process of its own: its limit counts the calls that lead there."""
    done = subprocess.run([sys.executable, "-c", HOST], input=source, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def ours(source: str) -> str:
    """The same of minipy."""
    try:
        compiler.compile_module(parser.parse(source, "f"), "f", source=source)
    except SourceError as error:
        return f"{error.kind} {error.message}".strip()
    return ""


@pytest.mark.parametrize("source", [
    *(f"x = {'-' * n}a" for n in (2992, 2993, 5967, 5968)),
    *(f"x = {'not ' * n}a" for n in (2992, 2993, 5967, 5968)),
    *(f"x = {'a if b else ' * n}a" for n in (2992, 2993, 5967, 5968)),
    *(f"x = {'a ** ' * n}a" for n in (2983, 2984)),
    *(f"x = {'lambda: ' * n}a" for n in (2983, 2984)),
    *(f"x = {'lambda a=' * n}1{': 0' * n}" for n in (745, 746)),
    *(f"def f():\n return {'-' * n}a" for n in (2991, 2992, 5900, 6000)),
    *("if a: b\n" + "elif a: b\n" * n for n in (2991, 2992, 6000)),
    *(f"x = {'a + ' * n}a" for n in (2992, 2993, 10_000)),
    *(f"x = a{'.b' * n}" for n in (2992, 2993, 10_000)),
    *(f"x = a{'(b)' * n}" for n in (2992, 2993)),
    *(f"x = f'{{{'-' * n}a}}'" for n in (2900, 3000, 6000)),
    *(f"x = {'(' * n}{'-' * m}a{')' * n}" for n, m in ((190, 10), (190, 1000), (10, 5000), (10, 6000))),
    *("(" * n + ")" * n for n in (200, 201, 100_000)), *("x = " + "[" * n + "]" * n for n in (200, 201, 10_000)),
    *(blocks("if a", n) for n in (99, 100, 1000)), *(blocks("def f()", n) for n in (99, 100)),
    *(blocks("for a in b", n) for n in (20, 21)), *(blocks("with a", n) for n in (20, 21)),
    "x = [a " + "for a in b " * 300 + "]", "x = " + "[" * 90 + "1" + " for a in b]" * 90,
    "x = " + "a < " * 5000 + "a", "x = " + "a or " * 5000 + "a", "a = " * 5000 + "a", "a\n" * 5000, "'a' " * 5000,
    "x = [" + "a, " * 5000 + "]", "match a:\n case a" + ".b" * 3000 + ": pass", "x = '%s'" + " % a" * 3000,
])  # fmt: skip
def test_depth(source: str) -> None:
    assert ours(source) == host(source)


def test_an_error_without_a_message() -> None:
    with pytest.raises(SourceError) as error:
        parser.parse("-" * 10_000 + "a", "f")
    assert error.value.format() == "MemoryError\n"
