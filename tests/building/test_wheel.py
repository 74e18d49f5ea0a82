"""What is packed into a wheel where nothing can be compiled, and what is said about that."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import minipy
from minipy.building.hook import missing_compiler

ROOT = Path(__file__).parent.parent.parent


def build(folder: Path, **environment: str) -> tuple[list[str], str, str]:
    """The names in the wheel, the wheel's name, and what was said, one line a message of minipy's."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **environment})
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    said = [line for line in (done.stdout + done.stderr).splitlines() if "minipy:" in line]
    return zipfile.ZipFile(wheel).namelist(), wheel.name, "\n".join(said)


@pytest.mark.parametrize(
    ("environment", "reason"), [({"MINIPY_PURE": "1"}, "MINIPY_PURE is set"), ({"CC": "no-such-cc"}, "no C compiler")]
)
def test_a_pure_wheel(tmp_path: Path, environment: dict[str, str], reason: str) -> None:
    names, wheel, said = build(tmp_path, **{"MINIPY_PURE": "", **environment})
    assert wheel.endswith("-py3-none-any.whl")
    assert not [name for name in names if name.endswith((".so", ".pyd", ".c", ".pyc", ".mpc"))]
    source = [str(path.relative_to(ROOT)) for path in (ROOT / "minipy").rglob("*.py")]
    library = [str(path.relative_to(ROOT)) for path in (ROOT / "minipy" / "lib").rglob("*.mp")]
    assert {*source, *library, "minipy/grammar/minipy.lark", "minipy/DIFFERENCES.md", "minipy/py.typed"} <= set(names)
    assert f"minipy-{minipy.__version__}.data/scripts/minipy" in names
    assert said.count("\n") == 0
    assert reason in said and "uncompiled" in said


def test_why_there_is_no_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "no-such-cc")
    assert missing_compiler() == "no C compiler (no-such-cc)"
    monkeypatch.setenv("CC", "false")
    assert missing_compiler() == "the C compiler finds no Python.h"


def test_nothing_is_left_in_the_tree() -> None:
    assert list((ROOT / "minipy").rglob("*.so")) == []
