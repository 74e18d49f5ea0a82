"""The safe point: what the loop does when W_EVAL_BREAKER has counted down to 0.

Collections that allocations made due, Ctrl-C, limits on steps and time. An allocation asks for a visit by setting the
register to 0; otherwise it is visited every POLL safe points, because a C signal is only noticed when the host runs
Python code: `m.poll` is such code.

CPython counterpart: Python/ceval_gil.c (_Py_HandlePending); collections run here since 3.12.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.gc import maybe_collect
from minipy.memory.layout import W_BREAKER_RELOAD, W_EVAL_BREAKER, W_SIGNAL, W_STEPS
from minipy.memory.statics import T_KEYBOARD_INTERRUPT
from minipy.objects.machine import Machine

POLL: Final = 20000
"""Safe points between two looks at signals and limits: well under a tenth of a second."""


def safe_point(m: Machine) -> None:
    """Do what is due and set the countdown again. May run finalisers; KeyboardInterrupt on Ctrl-C."""
    w = m.words
    passed: i64 = w[W_BREAKER_RELOAD] - w[W_EVAL_BREAKER]
    w[W_STEPS] += passed
    w[W_EVAL_BREAKER] = POLL
    w[W_BREAKER_RELOAD] = POLL
    maybe_collect(m)
    m.poll()
    w = m.words
    if w[W_SIGNAL] != 0:
        w[W_SIGNAL] = 0
        raise m.error_object(T_KEYBOARD_INTERRUPT, 0)
