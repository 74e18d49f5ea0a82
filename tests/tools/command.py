"""The command `minipy`: in a process of its own, or, several times as quick, in this one."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import minipy
from minipy.process import guarded

HOME = str(Path(minipy.__file__).parent.parent)


def command(
    *arguments: str, stdin: str = "", folder: Path | None = None, environment: dict[str, str] | None = None
) -> tuple[str, str, int]:
    """Output, errors and exit code of the command; -P, lest `-m` finds the source in the current folder first."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "minipy", *arguments], input=stdin, text=True, capture_output=True,
        env={**os.environ, "PYTHONPATH": HOME, **(environment or {})}, cwd=folder, timeout=60,
    )  # fmt: skip
    return done.stdout, done.stderr, done.returncode


def command_here(*arguments: str, stdin: str = "", folder: Path | None = None) -> tuple[str, str, int]:
    """As `command`, but for the fast path and what only the end of a process does."""
    from minipy import cli

    output, errors = io.StringIO(), io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch("sys.stdin", io.StringIO(stdin)))
        stack.enter_context(contextlib.redirect_stdout(output))
        stack.enter_context(contextlib.redirect_stderr(errors))
        stack.enter_context(contextlib.chdir(folder or Path.cwd()))
        code = guarded(lambda: cli.run(list(arguments)))
    return output.getvalue(), errors.getvalue(), code
