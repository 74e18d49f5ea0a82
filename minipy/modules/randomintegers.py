"""Whole random numbers: randrange, randint, getrandbits, randbytes.

CPython counterpart: the same methods of Lib/random.py; getrandbits of Modules/_randommodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    INT_STRIDE,
    NONE,
    SMALL_INT_ZERO,
    T_INT,
    T_OVERFLOW_ERROR,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised
from minipy.modules.mersenne import next_bits
from minipy.modules.randomdraws import below
from minipy.objects.arguments import argument_int
from minipy.objects.bytesobject import new_bytes
from minipy.objects.deprecated import warn_deprecated
from minipy.objects.longobject import check_bits, host_int, is_int, new_int_host
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods
from minipy.objects.operators import NB_ADD

GETRANDBITS: Final = 10
RANDRANGE: Final = 11
RANDINT: Final = 12
RANDBYTES: Final = 13
ONE: Final = SMALL_INT_ZERO + INT_STRIDE
MOST_BITS: Final = (1 << 31) - 1

DEPRECATED: Final = (
    "non-integer arguments to randrange() have been deprecated since Python 3.10 and will be removed in a subsequent "
    "version"
)
METHODS: Final[Methods] = (
    (GETRANDBITS, "getrandbits", 1, 1, ""),
    (RANDRANGE, "randrange", 1, 3, "start stop step"),
    (RANDINT, "randint", 2, 2, "a b"),
    (RANDBYTES, "randbytes", 1, 1, "n"),
)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The methods of METHODS; see objects/natives.py."""
    w = m.words
    o: i64 = w[at]
    if number == RANDRANGE:
        return randrange(m, o, w[at + 1], w[at + 2], w[at + 3])
    elif number == RANDINT:
        return randint(m, o, w[at + 1], w[at + 2])
    elif number == RANDBYTES:
        count = bits_argument(m, w[at + 1], 8)
        return new_bytes(m, random_bits(m, o, count * 8).to_bytes(count, "little"))
    return new_int_host(m, random_bits(m, o, bits_argument(m, w[at + 1], 1)))


def bits_argument(m: Machine, o: i64, unit: int) -> int:
    """A number of bits or bytes (units of so many bits), checked."""
    k = argument_int(m, o)
    if k < 0:
        raise m.error(T_VALUE_ERROR, "number of bits must be non-negative")
    if k * unit > MOST_BITS:
        raise m.error(T_OVERFLOW_ERROR, "Python int too large to convert to C int")
    check_bits(m, k * unit)
    return k


def random_bits(m: Machine, o: i64, k: int) -> int:
    """An int of k random bits."""
    return next_bits(m.words, o, k) if k > 0 else 0


# ---------------------------------------------------------------- ranges
def integer(m: Machine, o: i64, what: str) -> int:
    """A bound as a host int; a float is taken if it is whole."""
    if is_int(m.words, o):
        return host_int(m, o)
    i: i64 = m.index_object(o)
    if i == 0:
        i = m.call1(T_INT, o)
        try:
            if not m.equal(i, o):
                warn_deprecated(m, "randrange() will raise TypeError in the future")
                raise m.error(T_VALUE_ERROR, f"non-integer {what} for randrange()")
            warn_deprecated(m, DEPRECATED)
        except Raised:
            decref(m, m.words, i)
            raise
    v = host_int(m, i)
    decref(m, m.words, i)
    return v


def randrange(m: Machine, o: i64, first: i64, last: i64, by: i64) -> i64:
    """randrange(start, stop=None, step=1)."""
    start = integer(m, first, "arg 1")
    if last == 0 or last == NONE:
        if by != 0 and by != ONE:
            raise m.error(T_TYPE_ERROR, "Missing a non-None stop argument")
        if start <= 0:
            raise m.error(T_VALUE_ERROR, "empty range for randrange()")
        return new_int_host(m, below(m, o, start))
    stop = integer(m, last, "stop")
    return new_int_host(m, in_range(m, o, start, stop, 1 if by == 0 else integer(m, by, "step")))


def in_range(m: Machine, o: i64, start: int, stop: int, step: int) -> int:
    """A number from range(start, stop, step)."""
    width = stop - start
    if step == 1:
        if width <= 0:
            raise m.error(T_VALUE_ERROR, f"empty range for randrange() ({start}, {stop}, {width})")
        return start + below(m, o, width)
    if step == 0:
        raise m.error(T_VALUE_ERROR, "zero step for randrange()")
    count = (width + step - 1) // step if step > 0 else (width + step + 1) // step
    if count <= 0:
        raise m.error(T_VALUE_ERROR, "empty range for randrange()")
    return start + step * below(m, o, count)


def randint(m: Machine, o: i64, a: i64, b: i64) -> i64:
    """randint(a, b): from a to b, both included."""
    w = m.words
    if is_int(w, a) and w[b + OB_TYPE] == T_INT:
        return new_int_host(m, in_range(m, o, host_int(m, a), host_int(m, b) + 1, 1))
    stop: i64 = m.binary(NB_ADD, b, ONE)
    try:
        return randrange(m, o, a, stop, 0)
    finally:
        decref(m, m.words, stop)
