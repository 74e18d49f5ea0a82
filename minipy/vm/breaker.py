"""The safe point: what the loop does when W_EVAL_BREAKER has counted down to 0.

Collections that allocations made due, Ctrl-C, limits on steps and time. An allocation asks for a visit by setting the
register to 0; otherwise it is visited after as many safe points as the program passes in a few thousandths of a
second, because a C signal is only noticed when the host runs Python code: `m.poll` is such code.

When the host ends the program, every safe point from then on raises.

CPython counterpart: Python/ceval_gil.c (_Py_HandlePending); collections run here since 3.12.
"""

from __future__ import annotations

import time
from typing import Final

from mypy_extensions import i64

from minipy.memory.gc import maybe_collect
from minipy.memory.layout import W_BREAKER_RELOAD, W_EVAL_BREAKER, W_SIGNAL, W_STEPS, W_STOPPING
from minipy.memory.statics import T_KEYBOARD_INTERRUPT, T_SYSTEM_EXIT
from minipy.objects.machine import Machine

FIRST_POLL: Final = 200
MOST_POLL: Final = 10000
"""Safe points to the first look at signals and limits, and the most between two."""
PERIOD: Final = 0.005
"""Seconds there should be between two looks at most."""


class Pace:
    """How many safe points may pass before the next look, at the speed the program has shown."""

    def __init__(self) -> None:
        self.last = FIRST_POLL
        self.looked = time.perf_counter()

    def next(self, passed: int) -> int:
        """The number, after `passed` of them; it at most doubles."""
        if passed == 0:
            return self.last
        now = time.perf_counter()
        took = now - self.looked
        self.looked = now
        wanted = MOST_POLL if took * MOST_POLL <= passed * PERIOD else int(passed * PERIOD / took)
        self.last = max(1, min(wanted, 2 * self.last, MOST_POLL))
        return self.last


def safe_point(m: Machine) -> None:
    """Do what is due and set the countdown again. May run finalisers; KeyboardInterrupt on Ctrl-C."""
    w = m.words
    if w[W_STOPPING] != 0:
        raise m.error_object(T_SYSTEM_EXIT, 0)
    passed: i64 = w[W_BREAKER_RELOAD] - w[W_EVAL_BREAKER]
    w[W_STEPS] += passed
    following: i64 = m.next_poll(passed)
    w[W_EVAL_BREAKER] = following
    w[W_BREAKER_RELOAD] = following
    maybe_collect(m)
    m.poll()
    w = m.words
    if w[W_SIGNAL] != 0:
        w[W_SIGNAL] = 0
        raise m.error_object(T_KEYBOARD_INTERRUPT, 0)
