"""Trees against the host's, with every position."""
from __future__ import annotations

import ast as host
import sysconfig
from pathlib import Path

import pytest
from syntax.samples import ROOT, samples

from minipy.syntax import ast, parser
from minipy.tools.astcheck import GOOD, check

LIBRARY = Path(sysconfig.get_path("stdlib"))
FILES = (
    "abc.py ast.py argparse.py bisect.py calendar.py codecs.py configparser.py contextlib.py copy.py csv.py "
    "dataclasses.py enum.py fractions.py functools.py genericpath.py glob.py heapq.py inspect.py json/decoder.py "
    "keyword.py locale.py opcode.py os.py pprint.py queue.py random.py re/_parser.py shlex.py "
    "statistics.py string.py textwrap.py timeit.py "
    "tokenize.py typing.py weakref.py test/test_fstring.py test/test_grammar.py test/test_patma.py "
    "test/test_named_expressions.py test/test_positional_only_arg.py test/test_string_literals.py"
).split()


def assert_same(source: str, mode: parser.Mode = "exec") -> None:
    """The two dumps of a source are equal."""
    expected = host.dump(host.parse(source, mode=mode), indent=2, include_attributes=True)
    assert ast.dump(parser.parse(source, "<sample>", mode), 2, include_attributes=True) == expected


@pytest.mark.parametrize("source", samples("snippets.txt"))
def test_snippet(source: str) -> None:
    assert_same(source)


@pytest.mark.parametrize("name", FILES)
def test_library_file(name: str) -> None:
    assert check(LIBRARY / name) == ("same", "")


def test_programs() -> None:
    paths = [*ROOT.glob("programs/**/*.mp"), *ROOT.glob("tests/**/*.mp"), *ROOT.glob("minipy/**/*.mp")]
    verdicts = {path: check(path) for path in paths}
    assert {path: verdict for path, verdict in verdicts.items() if verdict[0] not in GOOD} == {}


@pytest.mark.parametrize("source", ["1", "a, b", "lambda: x", "\n1 # c\n", "(1,\n2)", "f'{x}'", "1\n\n"])
def test_expression(source: str) -> None:
    assert_same(source, "eval")


@pytest.mark.parametrize("source", ["x", "x\n", "x; y\n", "if x: y\n", "if x:\n  y\n\n", "x # c", "@a\nclass A: b\n"])
def test_interactive(source: str) -> None:
    assert_same(source, "single")


@pytest.mark.parametrize("indent", [None, 0, 1, 4])
def test_dump_layout(indent: int | None) -> None:
    source = "def f(a, *b, c=1): return [a, {b: c}, None, ...]\nfrom . import x"
    assert ast.dump(parser.parse(source, ""), indent) == host.dump(host.parse(source), indent=indent)


def test_dump_of_a_deep_tree() -> None:
    assert ast.dump(parser.parse("not " * 5000 + "x", ""), None).count("UnaryOp") == 5000


def test_a_comment_may_end_in_a_backslash() -> None:
    for source in ("#\\", "x #\\\n  # \\\ny", "if x: #\\\n  y #\\"):
        assert_same(source)


def test_windows_and_old_mac_line_ends() -> None:
    for source in ("x = 1\r\nif x:\r\n    y\r\n", "x = '''a\r\nb'''\r\ny", "x\ry\r"):
        assert_same(source)
