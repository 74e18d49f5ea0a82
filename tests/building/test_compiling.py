"""A small module compiled by mypyc with and without the improvements: the same answers, whatever the path."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from minipy.building.c_improve import PARTS
from minipy.building.hook import missing_compiler

HELPER = '''
from mypy_extensions import i64
from librt.vecs import extend, vec

def get(w: vec[i64], a: i64) -> i64:
    return w[a]

class Machine:
    words: vec[i64]

    def __init__(self) -> None:
        self.words = vec[i64](memoryview(bytes(80)).cast("q"), capacity=100)

    def answer(self, n: i64) -> i64:
        raise NotImplementedError

    def grow(self) -> None:
        self.words = extend(self.words, self.words)

class VM(Machine):
    def answer(self, n: i64) -> i64:
        w = self.words
        self.grow()
        w[n] += n
        w = self.words
        return w[n] + len(w)

def asked(m: Machine, n: i64) -> i64:
    w = m.words
    w[n] = 5
    return m.answer(n) + w[n]
'''

MODULE = '''
from mypy_extensions import i64
from librt.vecs import vec
from helper import VM, asked, get

def call(w: vec[i64], number: i64, n: i64) -> i64:
    if number == 1:
        return get(w, n)
    elif number == 2 or number == 9:
        w[n] = number
        return w[n] * 2
    elif number == 3 and n > 4:
        return n * 3
    elif number == 4:
        number = 6
    elif number == 3:
        return -3
    elif number == 5:
        raise ValueError(n)
    elif number == 6:
        return 60
    elif number == 7:
        return 70
    elif number == -8:
        return 80
    return number

def answers() -> list[str]:
    w = vec[i64](memoryview(bytes(80)).cast("q"))
    found: list[str] = []
    for number in range(-10, 12):
        for n in (0, 3, 5, 9):
            try:
                found.append(str(call(w, number, n)))
            except ValueError as error:
                found.append(type(error).__name__)
        found.append(str(asked(VM(), 3)))
    return found

def outside(a: i64) -> i64:
    return get(vec[i64](memoryview(bytes(80)).cast("q")), a)
'''

SETUP = """
import sys
from setuptools import setup
from mypyc.build import mypycify
from minipy.building import c_calls, c_hints, compiling
c_hints.inline_helpers.__defaults__ = (("helper.get",),)
c_calls.call_directly.__defaults__ = ({"helper___Machine": "helper___VM"},)
extensions = mypycify(["sample.py", "helper.py"], target_dir="c", opt_level="1", group_name="sample")
if sys.argv.pop() == "improved":
    compiling.prepare(extensions)
setup(name="sample", ext_modules=extensions, script_args=["--quiet", "build_ext", "--inplace"])
"""


def build(folder: Path, kind: str) -> str:
    """Compile the module in a folder of its own; what the build says."""
    root = Path(__file__).parent.parent.parent
    folder.mkdir()
    (folder / "helper.py").write_text(HELPER)
    (folder / "sample.py").write_text(MODULE)
    (folder / "setup.py").write_text(SETUP)
    shutil.copytree(root / "minipy" / "building", folder / "minipy" / "building")
    (folder / "minipy" / "__init__.py").write_text("")
    built = subprocess.run([sys.executable, "setup.py", kind], cwd=folder, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    assert (folder / f"sample{suffix}").exists()
    return built.stdout


def ask(folder: Path, expression: str) -> subprocess.CompletedProcess[str]:
    """What a process with the compiled module prints for an expression."""
    command = [sys.executable, "-c", f"import sample; print({expression})"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.mark.skipif(bool(missing_compiler()), reason="no C compiler")
def test_improved_code_answers_alike(tmp_path: Path) -> None:
    build(tmp_path / "plain", "plain")
    report = build(tmp_path / "improved", "improved")
    plain, improved = (ask(tmp_path / kind, "sample.answers()") for kind in ("plain", "improved"))
    assert plain.stdout == improved.stdout != ""
    for index in (-1, 10, 1 << 60):
        ended = ask(tmp_path / "improved", f"sample.outside({index})")
        assert ended.returncode == 70
        assert ended.stderr.startswith("minipy: internal error: address out of range")
    for part in PARTS:
        assert f"{part}: " in report
    assert "not found" not in report.replace("indent: pattern not found", "")
