"""The system's clocks by their numbers: time.clock_gettime(time.CLOCK_MONOTONIC) and its kin.

CPython counterpart: Modules/timemodule.c.
"""

from __future__ import annotations

import time
from typing import Final

from mypy_extensions import i64

from minipy.memory.statics import T_OS_ERROR
from minipy.modules.constants import add_int
from minipy.objects.arguments import argument_word
from minipy.objects.floatobject import new_float
from minipy.objects.longobject import new_int_host
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods, add_functions

CLOCK_GETTIME: Final = 13
CLOCK_GETTIME_NS: Final = 14
CLOCK_GETRES: Final = 15

FUNCTIONS: Final[Methods] = (
    (CLOCK_GETTIME, "clock_gettime", 1, 1, ""),
    (CLOCK_GETTIME_NS, "clock_gettime_ns", 1, 1, ""),
    (CLOCK_GETRES, "clock_getres", 1, 1, ""),
)
CLOCKS: Final = (
    "CLOCK_BOOTTIME",
    "CLOCK_MONOTONIC",
    "CLOCK_MONOTONIC_RAW",
    "CLOCK_PROCESS_CPUTIME_ID",
    "CLOCK_REALTIME",
    "CLOCK_TAI",
    "CLOCK_THREAD_CPUTIME_ID",
)
"""Those that the platform has become constants."""


def fill(m: Machine, d: i64, family: i64) -> None:
    """Put the functions and the clocks' numbers into the module's dict, where the platform has them."""
    if not hasattr(time, "clock_gettime"):
        return
    add_functions(m, d, "time", family, FUNCTIONS)
    for name in CLOCKS:
        if hasattr(time, name):
            add_int(m, d, name, int(getattr(time, name)))


def call(m: Machine, number: i64, at: i64) -> i64:
    """The functions of FUNCTIONS; see objects/natives.py."""
    clock = int(argument_word(m, m.words[at]))
    try:
        if number == CLOCK_GETTIME:
            return new_float(m, time.clock_gettime(clock))
        if number == CLOCK_GETTIME_NS:
            return new_int_host(m, time.clock_gettime_ns(clock))
        return new_float(m, time.clock_getres(clock))
    except OSError as error:
        raise m.error(T_OS_ERROR, f"{error}") from None
