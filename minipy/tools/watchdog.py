"""A time limit that holds even while native code works on one long task, such as `sum(range(10 ** 10))`.

    parent: waits, with one hand on the clock          child: runs the program, which its own limit ends as a rule
            kills it GRACE seconds after the limit <-- but not before native code is done

CPython counterpart: timeout(1) of the shell; subprocess.run(timeout=...).
"""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Final, NoReturn

from minipy.process import guarded

GRACE: Final = 1.0
"""Seconds that the program's own limit has to end it."""
SIGNALLED: Final = 128
"""What a shell adds to the number of the signal that ended a process."""
SENT_BY_A_PROCESS: Final = 0
"""si_code of what kill() sends; Ctrl-C comes from the kernel, to the child as well."""


def can_watch() -> bool:
    """Whether a child process can take this one's place, its output going where it should."""
    able = hasattr(os, "fork") and hasattr(signal, "sigtimedwait")
    return able and sys.stdout is sys.__stdout__ and sys.stderr is sys.__stderr__


def run_watched(action: Callable[[], int], seconds: float) -> int | None:
    """Run the action in a child process; its exit code, None if it had to be killed after `seconds` and GRACE."""
    sys.stdout.flush()
    sys.stderr.flush()
    signals = {signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    child = os.fork()
    if child == 0:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        run_as_child(action)
    try:
        return wait_for(child, signals, time.monotonic() + seconds + GRACE)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def run_as_child(action: Callable[[], int]) -> NoReturn:
    """Run the action and end the process; a line that was written is out, whatever happens then."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    code = guarded(action)
    sys.stderr.flush()
    os._exit(code)


def wait_for(child: int, signals: set[signal.Signals], deadline: float) -> int | None:
    """The child's exit code; None: it was killed at the deadline. Signals of other processes are passed on to it."""
    while (left := deadline - time.monotonic()) > 0:
        heard = signal.sigtimedwait(signals, left)
        if heard is None:
            break
        if heard.si_signo != signal.SIGCHLD and heard.si_code <= SENT_BY_A_PROCESS:
            os.kill(child, heard.si_signo)
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else SIGNALLED - code
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None
