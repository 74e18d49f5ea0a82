"""Runs one program as a process of its own and measures it: processor time, elapsed time, peak memory, output.

    bench -> launcher -> program         the launcher is a bare Python of some 9 MB

Why a launcher: Linux counts the memory of the process that starts a program among the program's own peak, so a large
parent would hide the peak of a small program. The launcher is not larger than the smallest Python there is.

Processor time (user and system) is what is compared, since it changes little when the machine is shared.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import minipy

LAUNCHER: Final = """
import posix, sys, time
start = time.perf_counter()
process = posix.posix_spawn(sys.argv[1], sys.argv[1:], posix.environ)
_, status, usage = posix.wait4(process, 0)
elapsed = time.perf_counter() - start
measured = posix.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, elapsed, usage.ru_maxrss
sys.stderr.write("\\n[%d, %r, %r, %d]" % measured)
"""
BYTES_PER_RSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024
TIMEOUT_SECONDS: Final = 3600


def minipy_command() -> list[str]:
    """What a user types: the installed command if it starts this minipy, else the module."""
    home = Path(minipy.__file__).resolve().parent.parent
    command = Path(sysconfig.get_path("scripts"), "minipy")
    if home == Path(sysconfig.get_path("purelib")).resolve() and command.exists():
        return [str(command)]
    return [sys.executable, "-P", "-m", "minipy"]


class Run(NamedTuple):
    """One run of one program: seconds, bytes, and both streams as text."""

    code: int
    processor: float
    elapsed: float
    peak: int
    stdout: str
    stderr: str


class Failure(Exception):
    """A program that did not run to its end."""


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Runs a command (a full path and its arguments) to its end. Raises Failure if it takes too long."""
    launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, *command]
    try:
        done = subprocess.run(launcher, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=TIMEOUT_SECONDS, check=False)  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Failure(f"more than {TIMEOUT_SECONDS} s: {' '.join(command)}") from error
    stderr, _, measured = done.stderr.decode(errors="replace").rpartition("\n")
    try:
        code, processor, elapsed, peak = json.loads(measured)
    except ValueError as error:
        raise Failure(f"cannot run {' '.join(command)}: {stderr}{measured}") from error
    return Run(code, processor, elapsed, peak * BYTES_PER_RSS_UNIT, done.stdout.decode(errors="replace"), stderr)
