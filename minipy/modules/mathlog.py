"""Logarithms of the module math, which take integers of any size.

    log(v) of an int beyond the floats:  v = fraction * 2**exponent,  log(fraction) + exponent * log(2)

CPython counterpart: loghelper, m_log, m_log2, m_log10 in Modules/mathmodule.c.
"""

from __future__ import annotations

import math
from typing import Final

from mypy_extensions import i64

from minipy.memory.statics import T_TYPE_ERROR, T_VALUE_ERROR, T_ZERO_DIVISION_ERROR
from minipy.objects.floatobject import as_float, new_float
from minipy.objects.longobject import host_int, is_int
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods

LOG: Final = 50
LOG2: Final = 51
LOG10: Final = 52

FUNCTIONS: Final[Methods] = ((LOG, "log", 0, -1, ""), (LOG2, "log2", 1, 1, ""), (LOG10, "log10", 1, 1, ""))


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of FUNCTIONS; see objects/natives.py."""
    if number != LOG or n == 1:
        return new_float(m, logarithm(m, number, m.words[at]))
    if n != 2:
        raise m.error(T_TYPE_ERROR, "math.log requires 1 to 2 arguments")
    x: float = logarithm(m, LOG, m.words[at])
    base: float = logarithm(m, LOG, m.words[at + 1])
    if base == 0.0:
        raise m.error(T_ZERO_DIVISION_ERROR, "float division by zero")
    return new_float(m, x / base)


def logarithm(m: Machine, number: i64, o: i64) -> float:
    """The logarithm of a real number; ValueError for zero and below."""
    try:
        if is_int(m.words, o):
            return log_of_int(number, host_int(m, o))
        return log_of_float(number, as_float(m, o))
    except ValueError:
        raise m.error(T_VALUE_ERROR, "math domain error") from None


def log_of_float(number: i64, x: float) -> float:
    """The host's logarithm; its ValueError."""
    if number == LOG2:
        return math.log2(x)
    elif number == LOG10:
        return math.log10(x)
    return math.log(x)


def log_of_int(number: i64, v: int) -> float:
    """The logarithm of an int of any size."""
    bits = v.bit_length()
    if bits < 1024 or v < 0:
        return log_of_float(number, float(v) if v > 0 else -1.0)
    fraction = v / (1 << bits)
    if fraction == 1.0:
        fraction = 0.5
        bits += 1
    return log_of_float(number, fraction) + log_of_float(number, 2.0) * bits
