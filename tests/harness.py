"""Runs a program under minipy in this process, and tells what its heap looked like when it ended."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from oracle import ROOT, Result, arguments_of, expected, render, stdin_of

import minipy
from minipy.memory.layout import W_ALLOCATIONS


class Outcome(NamedTuple):
    """A run: its result, what heap.check() complains of afterwards, what is left when all is torn down.

    `allocations` is their number if Options had them counted.
    """

    result: Result
    unsound: list[str]
    leaked: list[str]
    allocations: int


def name_of(program: Path) -> str:
    """A program's short name in the list of tests, as ``lang/closures``."""
    return "/".join(program.with_suffix("").parts[-2:])


def _result(program: Path, stdout: str, stderr: str, code: int) -> Result:
    """The result without the name of the program's folder, which modules beside it bring into tracebacks."""
    return Result(stdout, stderr.replace(f"{program.parent}{os.sep}", ""), code)


def run_minipy(program: Path, options: minipy.Options | None = None) -> Outcome:
    """Runs a program in a fresh interpreter, in its own folder, with its recorded arguments and input."""
    with contextlib.chdir(program.parent):
        interpreter = minipy.Interpreter(argv=[program.name, *arguments_of(program)], stdin=stdin_of(program),
                                         path=str(program.parent), options=options, capture=True)
        code = interpreter.run_file(program.name)
        allocations = int(interpreter.heap.words[W_ALLOCATIONS])
        unsound = list(interpreter.check())
        leaked = list(interpreter.close())
        result = _result(program, interpreter.stdout_text, interpreter.stderr_text, code)
        return Outcome(result, unsound, leaked, allocations)


def run_command(program: Path) -> Result:
    """Runs a program as a user does, by the command line, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(Path(minipy.__file__).resolve().parent.parent),
                   "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-P", "-m", "minipy", "run", program.name, *arguments_of(program)],
                          cwd=program.parent, env=environment, input=stdin_of(program).encode(),
                          capture_output=True, timeout=120, check=False)
    return _result(program, done.stdout.decode(), done.stderr.decode(), done.returncode)


def assert_as_recorded(program: Path, outcome: Outcome) -> None:
    """A run ended as CPython's did, with a sound heap and nothing left over."""
    assert render(outcome.result) == render(expected(program)), f"{program.relative_to(ROOT)} differs from CPython"
    assert outcome.unsound == [], "heap.check() after the program"
    assert outcome.leaked == [], "objects left after the interpreter was closed"
