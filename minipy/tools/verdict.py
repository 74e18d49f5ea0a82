"""Why a run ended, for people and for graders: the exit code, and `--verdict-json`.

    verdict        exit code                            what happened
    ok             0                                    the program came to its end, or sys.exit(0)
    exit           its own                              sys.exit
    exception      1                                    an exception nobody handled
    syntax_error   1                                    it was not run at all
    interrupted    130                                  Ctrl-C
    heap_limit     121                                  a MemoryError nobody handled, under --heap-limit
    max_output     122                                  a limit stopped it
    max_steps      123
    timeout        124
    no_file        2                                    it could not be read
    closed_pipe    141                                  nobody reads its output any more

CPython counterpart: Modules/main.c (pymain_run_python) for the codes up to 2 and 130.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from minipy import Interpreter, LimitReached
from minipy.process import EXIT_INTERRUPTED, EXIT_LIMITS

NAMES = {"heap": "heap_limit", "output": "max_output", "steps": "max_steps", "timeout": "timeout"}


class Verdict(NamedTuple):
    """The verdict's name, the exit code, and of an exception or a fault in the source what is known."""

    verdict: str
    exit_code: int
    error: dict[str, Any] | None = None


def verdict_of(interpreter: Interpreter, code: int, limited: bool) -> Verdict:
    """The verdict on a run that was not stopped from outside; `limited`: a limit was set on the heap."""
    fault = interpreter.refused
    if fault is not None:
        place = {"type": fault.kind, "message": fault.message, "file": fault.filename, "line": fault.span.lineno}
        return Verdict("syntax_error", code, {**place, "text": fault.format()})
    failure = interpreter.session.failure
    if failure is None:
        return Verdict("exit" if code else "ok", code)
    error = {
        "type": failure.kind,
        "message": failure.message,
        "file": failure.filename,
        "line": failure.line,
        "text": failure.text,
    }
    if failure.kind == "MemoryError" and limited:
        return Verdict(NAMES["heap"], EXIT_LIMITS["heap"], error)
    return Verdict("interrupted" if code == EXIT_INTERRUPTED else "exception", code, error)


def verdict_of_limit(limit: LimitReached) -> Verdict:
    """The verdict on a run that a limit stopped."""
    return Verdict(NAMES[limit.reason], EXIT_LIMITS[limit.reason])
