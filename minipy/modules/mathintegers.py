"""Functions of the module math over integers of any size.

CPython counterpart: math_gcd, math_lcm, math_isqrt, math_factorial, math_perm_impl, math_comb_impl in
Modules/mathmodule.c. The host computes; a result that the heap could not hold is refused before.
"""

from __future__ import annotations

import math
from typing import Final

from mypy_extensions import i64

from minipy.memory.statics import NONE, T_OVERFLOW_ERROR, T_VALUE_ERROR
from minipy.objects.arguments import argument_int
from minipy.objects.long_arith import long_absolute
from minipy.objects.longobject import check_bits, is_int, new_int_host
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods

GCD: Final = 70
LCM: Final = 71
ISQRT: Final = 72
FACTORIAL: Final = 73
COMB: Final = 74
PERM: Final = 75

FUNCTIONS: Final[Methods] = (
    (GCD, "gcd", 0, -1, ""),
    (LCM, "lcm", 0, -1, ""),
    (ISQRT, "isqrt", 1, 1, ""),
    (FACTORIAL, "factorial", 1, 1, ""),
    (COMB, "comb", 2, 2, ""),
    (PERM, "perm", 1, 2, ""),
)
LONG_MAX: Final = (1 << 63) - 1


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of FUNCTIONS; see objects/natives.py."""
    w = m.words
    if number <= LCM and n == 1 and is_int(w, w[at]):
        return long_absolute(m, w[at])
    if number == GCD:
        return new_int_host(m, gcd(m, at, n))
    elif number == LCM:
        return new_int_host(m, lcm(m, at, n))
    elif number == ISQRT:
        return new_int_host(m, isqrt(m, argument_int(m, w[at])))
    elif number == FACTORIAL:
        return new_int_host(m, factorial(m, argument_int(m, w[at])))
    elif number == COMB:
        return new_int_host(m, comb(m, argument_int(m, w[at]), argument_int(m, m.words[at + 1])))
    if n == 1 or w[at + 1] == NONE:
        return new_int_host(m, factorial(m, argument_int(m, w[at])))
    return new_int_host(m, perm(m, argument_int(m, w[at]), argument_int(m, m.words[at + 1])))


def gcd(m: Machine, at: i64, n: i64) -> int:
    """The greatest common divisor of the n numbers at `at`."""
    v = 0
    i: i64 = 0
    while i < n:
        v = math.gcd(v, argument_int(m, m.words[at + i]))
        i += 1
    return v


def lcm(m: Machine, at: i64, n: i64) -> int:
    """The least common multiple of the n numbers at `at`."""
    v = 1
    i: i64 = 0
    while i < n:
        v = math.lcm(v, argument_int(m, m.words[at + i]))
        check_bits(m, v.bit_length())
        i += 1
    return v


def isqrt(m: Machine, v: int) -> int:
    """The whole part of the square root."""
    if v < 0:
        raise m.error(T_VALUE_ERROR, "isqrt() argument must be nonnegative")
    return math.isqrt(v)


def factorial(m: Machine, v: int) -> int:
    """v!"""
    if v < 0:
        raise m.error(T_VALUE_ERROR, "factorial() not defined for negative values")
    if v > LONG_MAX:
        raise m.error(T_OVERFLOW_ERROR, f"factorial() argument should not exceed {LONG_MAX}")
    check_bits(m, product_bits(v, v))
    return math.factorial(v)


def product_bits(v: int, k: int) -> int:
    """About how many bits v * (v - 1) * ... of k factors has."""
    return max(v.bit_length() - 2, 0) * k


def comb(m: Machine, v: int, k: int) -> int:
    """In how many ways k of v can be chosen."""
    check_non_negative(m, v, k)
    k = min(k, v - k)
    if k < 0:
        return 0
    if k > LONG_MAX:
        raise m.error(T_OVERFLOW_ERROR, f"min(n - k, k) must not exceed {LONG_MAX}")
    check_bits(m, min(product_bits(v, k) - product_bits(k, k), v))
    return math.comb(v, k)


def perm(m: Machine, v: int, k: int) -> int:
    """In how many ways k of v can be chosen in order."""
    check_non_negative(m, v, k)
    if k > v:
        return 0
    if k > LONG_MAX:
        raise m.error(T_OVERFLOW_ERROR, f"k must not exceed {LONG_MAX}")
    check_bits(m, product_bits(v, k))
    return math.perm(v, k)


def check_non_negative(m: Machine, v: int, k: int) -> None:
    """ValueError unless both arguments of comb or perm are natural numbers."""
    if v < 0:
        raise m.error(T_VALUE_ERROR, "n must be a non-negative integer")
    if k < 0:
        raise m.error(T_VALUE_ERROR, "k must be a non-negative integer")
