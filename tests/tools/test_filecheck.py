"""The tools that check many files: their counts, their exit status, and what they say of a file."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from minipy.tools import astcheck, compilecheck, filecheck

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="compared with CPython 3.11")


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Three files: a good one, one that is wrong, and one with what minipy has not; and one that does not count."""
    (tmp_path / "good.py").write_text("x = 1\n")
    (tmp_path / "wrong.mp").write_text("x = (\n")
    (tmp_path / "later.py").write_text("async def f(): pass\n")
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "site-packages" / "other.py").write_text("x\n")
    return str(tmp_path)


def timeless(out: str) -> list[str]:
    """The lines of the output without how long it took."""
    return re.sub(r"in \d+ s", "in N s", out).splitlines()


@pytest.mark.parametrize("jobs", [[], ["--jobs", "2"]])
def test_trees(folder: str, jobs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert filecheck.main(astcheck.check, astcheck.GOOD, [*jobs, folder]) == 0
    assert timeless(capsys.readouterr().out) == ["3 files in N s: 1 rejected by both, 2 same"]


def test_code(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert filecheck.main(compilecheck.check, compilecheck.GOOD, [folder]) == 0
    assert timeless(capsys.readouterr().out) == [
        "    1 an async function is not supported by minipy yet",
        "3 files in N s: 1 not supported, 1 rejected by both, 1 verified",
    ]


def test_what_is_not_good(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    def check(path: Path) -> tuple[str, str]:
        if path.name == "wrong.mp":
            raise KeyboardInterrupt
        return ("odd", "very") if path.name == "later.py" else ("fine", "")

    assert filecheck.main(check, ("fine",), [folder]) == 130
    out, err = capsys.readouterr()
    assert timeless(out) == [f"{folder}/later.py: odd: very", "2 files in N s: 1 fine, 1 odd"]
    assert err == f"\nstopped while checking {folder}/wrong.mp\n"
