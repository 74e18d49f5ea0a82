"""The module time.

CPython counterpart: Modules/timemodule.c.
"""

from __future__ import annotations

import time
from typing import Final

from mypy_extensions import i64

from minipy.memory.statics import T_OVERFLOW_ERROR, T_VALUE_ERROR
from minipy.modules import timeclocks, timestruct
from minipy.objects.floatobject import as_float, new_float
from minipy.objects.longobject import new_int_host, none
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods, add_functions
from minipy.objects.unicodeobject import new_str
from minipy.vm.module_families import FAMILY_TIME

TIME: Final = 1
PERF_COUNTER: Final = 2
MONOTONIC: Final = 3
PROCESS_TIME: Final = 4
SLEEP: Final = 5
TIME_NS: Final = 6
PERF_COUNTER_NS: Final = 7
MONOTONIC_NS: Final = 8
PROCESS_TIME_NS: Final = 9
THREAD_TIME: Final = 11
THREAD_TIME_NS: Final = 12
CTIME: Final = 10

FUNCTIONS: Final[Methods] = (
    (TIME, "time", 0, 0, ""),
    (PERF_COUNTER, "perf_counter", 0, 0, ""),
    (MONOTONIC, "monotonic", 0, 0, ""),
    (PROCESS_TIME, "process_time", 0, 0, ""),
    (SLEEP, "sleep", 1, 1, ""),
    (TIME_NS, "time_ns", 0, 0, ""),
    (PERF_COUNTER_NS, "perf_counter_ns", 0, 0, ""),
    (MONOTONIC_NS, "monotonic_ns", 0, 0, ""),
    (PROCESS_TIME_NS, "process_time_ns", 0, 0, ""),
    (CTIME, "ctime", 0, 1, ""),
    (THREAD_TIME, "thread_time", 0, 0, ""),
    (THREAD_TIME_NS, "thread_time_ns", 0, 0, ""),
)


def fill(m: Machine, d: i64) -> None:
    """Put the functions into the module's dict."""
    add_functions(m, d, "time", FAMILY_TIME, FUNCTIONS)
    add_functions(m, d, "time", FAMILY_TIME, timestruct.FUNCTIONS)
    timestruct.fill(m, d, FAMILY_TIME)
    timeclocks.fill(m, d, FAMILY_TIME)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of FUNCTIONS; see objects/natives.py."""
    if number >= timestruct.LOCALTIME:
        return timestruct.call(m, number, at, n)
    elif number >= timeclocks.CLOCK_GETTIME:
        return timeclocks.call(m, number, at)
    elif number == TIME:
        return new_float(m, time.time())
    elif number == PERF_COUNTER:
        return new_float(m, time.perf_counter())
    elif number == MONOTONIC:
        return new_float(m, time.monotonic())
    elif number == PROCESS_TIME:
        return new_float(m, time.process_time())
    elif number == SLEEP:
        return sleep(m, timestruct.seconds_of(m, m.words[at]))
    elif number == TIME_NS:
        return new_int_host(m, time.time_ns())
    elif number == PERF_COUNTER_NS:
        return new_int_host(m, time.perf_counter_ns())
    elif number == MONOTONIC_NS:
        return new_int_host(m, time.monotonic_ns())
    elif number == PROCESS_TIME_NS:
        return new_int_host(m, time.process_time_ns())
    elif number == THREAD_TIME:
        return new_float(m, time.thread_time())
    elif number == THREAD_TIME_NS:
        return new_int_host(m, time.thread_time_ns())
    return new_str(m, time_text(m, as_float(m, m.words[at])) if n > 0 else time.ctime())


def time_text(m: Machine, seconds: float) -> str:
    """ctime(seconds)."""
    try:
        return time.ctime(seconds)
    except OverflowError as error:
        raise m.error(T_OVERFLOW_ERROR, f"{error}") from None
    except ValueError as error:
        raise m.error(T_VALUE_ERROR, f"{error}") from None


def sleep(m: Machine, seconds: float) -> i64:
    """sleep(seconds)."""
    if seconds < 0:
        raise m.error(T_VALUE_ERROR, "sleep length must be non-negative")
    if seconds != seconds:
        raise m.error(T_VALUE_ERROR, "Invalid value NaN (not a number)")
    m.sleep(seconds)
    return none(m.words)
