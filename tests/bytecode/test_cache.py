"""The code cache: what it keeps it gives back, and nothing that does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from minipy.bytecode import cache
from minipy.bytecode.code import Code, ExceptionEntry
from minipy.errors import Span

SOURCE = b"x = 1\n"
CONSTANTS = (None, True, 1, -0.0, 10**40, "a\ud800", b"b", 1j, ..., (1, (2, "x")), frozenset({1, 2}))


def sample() -> Code:
    """A code object with something in every field."""
    inner = Code("f", "C.f", "p.mp", 3)
    inner.consts = (7,)
    code = Code("<module>", "<module>", "p.mp", 1)
    code.argcount, code.posonlyargcount, code.kwonlyargcount, code.flags, code.stacksize = 3, 1, 2, 12, 5
    code.varnames, code.cellvars, code.freevars, code.names = ("a", "b"), ("b",), ("c",), ("print",)
    code.consts = (*CONSTANTS, inner)
    code.instructions = [1, 2 << 8, -5, 1 << 40]
    code.positions = [(0, Span(1, 0, 1, 5)), (2, Span(2, -1, 2, -2))]
    code.first_loads = {2: Span(3, 1, 3, 2)}
    code.exceptions = [ExceptionEntry(0, 2, 3, 1, True)]
    code.doc = "text"
    return code


def facts(code: Code) -> list[object]:
    """Everything a code object says, comparable."""
    spans = [(at, repr(span)) for at, span in [*code.positions, *code.first_loads.items()]]
    consts = [facts(const) if isinstance(const, Code) else repr(const) for const in code.consts]
    entries = [(e.start, e.end, e.target, e.depth, e.lasti) for e in code.exceptions]
    plain = [name for name in Code.__slots__ if name not in ("positions", "first_loads", "consts", "exceptions")]
    return [spans, consts, entries, *(getattr(code, name) for name in plain)]


class Compiler:
    """Stands in for the compiler and counts how often it is asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, source: bytes, filename: str) -> Code:
        self.calls += 1
        return sample()


@pytest.fixture
def compiler() -> Compiler:
    return Compiler()


def test_packing_keeps_everything() -> None:
    assert facts(cache.unpack(cache.pack(sample()), "p.mp")) == facts(sample())


def test_a_second_start_does_not_compile(compiler: Compiler, tmp_path: Path) -> None:
    folder = (str(tmp_path / cache.CACHE_FOLDER),)
    first = cache.load_or_compile(SOURCE, "p.mp", folder, compiler)
    second = cache.load_or_compile(SOURCE, "p.mp", folder, compiler)
    assert compiler.calls == 1
    assert facts(first) == facts(second)


def test_a_moved_program_shows_its_new_name(compiler: Compiler, tmp_path: Path) -> None:
    cache.load_or_compile(SOURCE, "old/p.mp", (str(tmp_path),), compiler)
    code = cache.load_or_compile(SOURCE, "new/p.mp", (str(tmp_path),), compiler)
    assert compiler.calls == 1
    inner = code.consts[-1]
    assert isinstance(inner, Code)
    assert (code.filename, inner.filename) == ("new/p.mp", "new/p.mp")


def test_another_source_is_compiled_anew(compiler: Compiler, tmp_path: Path) -> None:
    cache.load_or_compile(SOURCE, "p.mp", (str(tmp_path),), compiler)
    cache.load_or_compile(SOURCE + b"#", "p.mp", (str(tmp_path),), compiler)
    assert compiler.calls == 2


def test_another_compiler_compiles_anew(
    compiler: Compiler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.load_or_compile(SOURCE, "p.mp", (str(tmp_path),), compiler)
    monkeypatch.setattr(cache, "compiler_stamp", lambda: "other")
    cache.load_or_compile(SOURCE, "p.mp", (str(tmp_path),), compiler)
    assert compiler.calls == 2


@pytest.mark.parametrize("damage", [b"", b"mpc1", b"junk", "cut", "flip", "longer"])
def test_a_damaged_file_is_as_none(compiler: Compiler, tmp_path: Path, damage: bytes | str) -> None:
    cache.load_or_compile(SOURCE, "p.mp", (str(tmp_path),), compiler)
    (kept,) = tmp_path.iterdir()
    data = bytearray(kept.read_bytes())
    if damage == "flip":
        data[len(data) // 2] ^= 4
    whole = {"cut": data[:-9], "flip": data, "longer": data + b"x"}
    kept.write_bytes(damage if isinstance(damage, bytes) else whole[damage])
    assert facts(cache.load_or_compile(SOURCE, "p.mp", (str(tmp_path),), compiler)) == facts(sample())
    assert compiler.calls == 2
    cache.load_or_compile(SOURCE, "p.mp", (str(tmp_path),), compiler)
    assert compiler.calls == 2, "the damaged file was replaced"


def test_a_folder_that_cannot_be_made_is_no_matter(compiler: Compiler, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache.load_or_compile(SOURCE, "p.mp", (str(tmp_path / "file" / "folder"),), compiler)
    assert compiler.calls == 1


def test_no_half_written_file_stays(compiler: Compiler, tmp_path: Path) -> None:
    cache.load_or_compile(SOURCE, "p.mp", (str(tmp_path),), compiler)
    assert [file.name for file in tmp_path.iterdir()] == ["p.mp.mpc"]


def test_what_warned_is_compiled_again(tmp_path: Path) -> None:
    calls: list[str] = []

    def compiler(source: bytes, filename: str) -> Code:
        calls.append(filename)
        return sample()

    for clean in (False, True, True):
        cache.load_or_compile(SOURCE, "p.mp", (str(tmp_path),), compiler, lambda clean=clean: clean)
    assert len(calls) == 2


def test_beside_a_program_that_cannot_be_written_to_the_user_keeps_it(
    compiler: Compiler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "cache_directory", lambda: str(tmp_path / "user"))
    (tmp_path / cache.CACHE_FOLDER).write_text("a file, so no folder can be made")
    folders = cache.folders_for(str(tmp_path / "p.mp"))
    for _ in range(2):
        cache.load_or_compile(SOURCE, "p.mp", folders, compiler)
    assert compiler.calls == 1
    assert [file.name for file in (tmp_path / "user").rglob("*") if file.is_file()] == ["p.mp.mpc"]
