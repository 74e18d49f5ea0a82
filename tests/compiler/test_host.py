"""The compiled code against the host's: names, scopes, places in the source, constants; and verified."""
from __future__ import annotations

import random
import sysconfig
import warnings
from pathlib import Path

import pytest
from compiler.hostcode import differences

from minipy import compiler
from minipy.bytecode.code import Code
from minipy.bytecode.verify import verify
from minipy.compiler import fuse
from minipy.errors import SourceError
from minipy.syntax import ast, parser

ROOT = Path(__file__).parent.parent.parent
LIBRARY = Path(sysconfig.get_path("stdlib"))
SAMPLE = random.Random(3).sample(sorted(LIBRARY.rglob("test_*.py")) + sorted(LIBRARY.glob("*.py")), 25)
FEATURES = [LIBRARY / "test" / f"test_{name}.py" for name in ("patma", "with", "generators", "scope", "super")]
PROGRAMS = sorted([*(ROOT / "programs").rglob("*.mp"), *(ROOT / "tests" / "lang").glob("*.mp")])


def parsed(path: Path) -> ast.Module | None:
    """The tree of a file, None if it is no program (of minipy's)."""
    try:
        return parser.parse(path.read_bytes(), str(path))
    except SourceError:
        return None


def own_code(path: Path, observed: bool = False) -> Code | None:
    """The code of a file, None if it is no program."""
    tree = parsed(path)
    try:
        return None if tree is None else compiler.compile_module(tree, str(path), observed=observed)
    except SourceError:
        return None


@pytest.mark.parametrize("path", FEATURES + SAMPLE, ids=lambda path: path.stem)
def test_code_agrees_with_the_hosts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuse, "fuse", lambda block: None)
    own = own_code(path)
    if own is None:
        pytest.skip("has what minipy leaves out")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        host = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
    assert differences(host, own) == []


FORMATS = (
    "'%s' % (a,)", "'%-4s|%4r|%%' % (a, b)", "'%.2a' % (a,)", "'%100s' % (a,)", "'%99s' % (a,)",
    "'%s' % a", "'%d' % (a,)",
    "('%s' + '%s') % (a, b)", "'%s' % (*a,)", "'%s' % (1, 2)", "'%(a)s' % (b,)", "'%s %s' % (a,)",
    "'%' % (a,)", "b'%s' % (a,)",
    "'%5.s' % (a,)", "'%0+5s' % (a,)", "'' % (a,)", "'%s%%%' % (a,)",
)  # fmt: skip


@pytest.mark.parametrize("source", FORMATS)
def test_formats_become_fstrings_as_in_the_host(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuse, "fuse", lambda block: None)
    own = compiler.compile_module(parser.parse(source, "f"), "f")
    assert differences(compile(source, "f", "exec", dont_inherit=True), own) == []


@pytest.mark.parametrize("path", PROGRAMS + FEATURES + SAMPLE, ids=lambda path: path.stem)
def test_code_is_sound(path: Path) -> None:
    for observed in (False, True):
        code = own_code(path, observed)
        if code is not None:
            assert verify(code) == []
