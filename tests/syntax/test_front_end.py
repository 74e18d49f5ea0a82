"""Encodings, tokens, unfinished input, size, and the cache of the tables."""
from __future__ import annotations

import codeop
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from syntax.samples import ROOT

from minipy.errors import SourceError
from minipy.syntax import ast, parser


def message(source: str | bytes) -> str:
    """What is wrong with a source."""
    with pytest.raises(SourceError) as error:
        parser.parse(source, "x.mp")
    return error.value.message


def test_encodings() -> None:
    def text(source: bytes) -> object:
        statement = parser.parse(source, "x.mp").body[-1]
        assert isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
        return statement.value.value

    assert text("x = 'é'".encode()) == "é"
    assert text(b"\xef\xbb\xbfx = 'a'") == "a"
    assert text(b"# coding: latin-1\nx = '\xe9'") == "é"
    assert text(b"#!/usr/bin/minipy\n# -*- coding: cp1252 -*-\nx = '\x80'") == "€"
    assert text(b"x = 0\n# coding: latin-1\nx = 'a'") == "a"


def test_what_cannot_be_decoded() -> None:
    assert message(b"y\nx = '\xe9'").startswith("Non-UTF-8 code starting with '\\xe9' in file x.mp on line 2, but no")
    assert message(b"# coding: nope\nx") == "encoding problem: nope"
    assert message(b"\xef\xbb\xbf# coding: latin-1\nx") == "encoding problem: iso-8859-1 with BOM"
    assert message(b"# coding: utf-8\nx = '\xe9'").startswith("(unicode error) 'utf-8' codec can't decode byte 0xe9")
    assert message("x\0y") == "source code string cannot contain null bytes"
    assert message(b"x\0y") == "source code cannot contain null bytes"
    assert message("x = '\ud800'").startswith("'utf-8' codec can't encode character '\\ud800'")


def test_tokens() -> None:
    found = [(t.type, t.text, t.lineno, t.col_offset) for t in parser.tokens("if é:\n  x = 'é'  # c\n")]
    assert found == [
        ("IF", "if", 1, 0), ("NAME", "é", 1, 3), ("COLON", ":", 1, 5), ("_NEWLINE", "\n", 1, 6), ("_INDENT", "", 2, 1),
        ("NAME", "x", 2, 2), ("EQUAL", "=", 2, 4), ("STRING", "'é'", 2, 6), ("_NEWLINE", "\n", 2, 12),
        ("_DEDENT", "", 2, 15), ("$END", "", 2, 15),
    ]
    with pytest.raises(SourceError):
        parser.tokens("x = 'a")


UNFINISHED = [
    "x = (", "x = (1,", "(1 +", "if x:", "if x: y", "if x:\n  y", "if x:\n  y\nelse:", "def f(", "def f():", "@a",
    "@a\ndef f(): pass", "class A:", "try:", "try:\n  x", "try:\n  x\nexcept:", "'''a", "'a\\", "x \\", "f'''{",
    "for x in y:", "match x:", "match x:\n case 1:", "match x:\n case 1:\n  y", "with (a as b", "from x import (",
    "x = {1:", "[1,\n2", "if x:\n  (", "if x:\n  '''", "if x:\n  y\n  ", "f(*", "a[", "x =\\",
]
FINISHED = [
    "", "# c", "x", "x = ", "x = (1 2", "if x:\n  y\n", "'a", "f'{a", "x y", "x]", "lambda", "for x in y", "import",
    "x\ny", "$", "(]", "1a", "  x", "\n\nx", "else:", "a.", "x if y else", "match x:\n case 1:\n  y\n", "x; y",
    "def f(): pass\n",
]


@pytest.mark.parametrize("source", UNFINISHED + FINISHED)
def test_is_incomplete(source: str) -> None:
    assert parser.is_incomplete(source) == (source in UNFINISHED)


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="compared with CPython 3.11")
@pytest.mark.parametrize("source", UNFINISHED + FINISHED)
def test_is_incomplete_as_the_host_says(source: str) -> None:
    try:
        wants_more = codeop.compile_command(source) is None
    except SyntaxError:
        wants_more = False
    assert parser.is_incomplete(source) == wants_more


N = 5000
HUGE = [
    "1+" * N + "1", "1+" * N, "not " * N + "x", "-" * N + "x y", "lambda: " * N + "x y", "a if b else " * N + "c",
    "if a: b\n" + "elif a: b\n" * N, "a" + ".b()[c]" * N, "a" + "()" * N + " b", "a < " * N + "b", "a = " * N + "b c",
    "f() = " * N + "b", "a," * N + "b c", "a " * N, "a b, " * N, "words like these, and so on. " * N, "'a' " * N,
    "f(" + "a=1," * N + "b c)", "def f(" + ",".join(f"a{i}" for i in range(N)) + " b): pass", "\\\n" * N,
    "{" + "a: b," * N + "c d}", "[x " + "for x in y " * N + "z z]", "'" * N,
    "(" * 100_000, "[" * 100_000, "(" * 100_000 + ")" * 100_000,
    "f'" + "{" * N + "'", "f'" + "{a b}" * N + "'", "print " * N, "print a, " * N, "if " * N, "match " * N, "@a\n" * N,
    "1" * N, "with (a as b, " * 100, "try: x\n" * N, "x\n" * N + "y z", "x;" * N + "y z", ":" * N, "*" * N, "}" * N,
    "(a:=" * 150 + "1" + ")" * 150, "a = (" + "b if c else " * N + "d e)",
]


@pytest.mark.parametrize("source", HUGE, ids=[source[:12] for source in HUGE])
def test_no_size_breaks_the_parser(source: str) -> None:
    try:
        parser.parse(source, "x.mp")
    except SourceError as error:
        assert error.message or error.kind == "MemoryError"


def test_too_many_brackets() -> None:
    assert message("(" * 201) == "too many nested parentheses"
    parser.parse("(" * 200 + ")" * 200, "x.mp")


# the tables

def test_the_grammar_has_one_conflict(caplog: pytest.LogCaptureFixture) -> None:
    import lark

    grammar = (ROOT / "grammar" / "minipy.lark").read_text("utf-8")
    with caplog.at_level(logging.DEBUG, lark.logger.name):
        lark.Lark(grammar, parser="lalr", lexer="basic", start=list(parser.START_RULES.values()), debug=True)
    conflicts = [record.getMessage() for record in caplog.records if "onflict" in record.getMessage()]
    assert conflicts == ["Shift/Reduce conflict for terminal COLON: (resolving as shift)"]


def run(code: str, cache: Path) -> str:
    """What a fresh process prints that keeps its tables below `cache`."""
    paths = {"XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache), "HOME": str(cache), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-c", "import sys\nfrom minipy.syntax import parser\n" + code]
    done = subprocess.run(command, env=paths, capture_output=True, text=True)
    assert not done.stderr
    return done.stdout


PARSE = "parser.parse('x = 1', ''); print('lark' in sys.modules)"


def test_tables_are_kept(tmp_path: Path) -> None:
    assert run(PARSE, tmp_path) == "True\n"
    assert run(PARSE, tmp_path) == "False\n"
    (file,) = tmp_path.rglob("grammar-*.tables")
    file.write_bytes(file.read_bytes()[:-1])
    assert run(PARSE, tmp_path) == "True\n"
    assert run(PARSE, tmp_path) == "False\n"


def test_without_a_place_for_the_tables(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a directory")
    assert run(PARSE, blocked) == "True\n"
