"""Functions of the module math over many numbers: fsum, prod, dist, hypot.

CPython counterpart: math_fsum, math_prod_impl, math_dist_impl, math_hypot in Modules/mathmodule.c.
"""

from __future__ import annotations

import math
from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import LIST_LENGTH, OB_SIZE, TUPLE_ITEMS
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_OVERFLOW_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.floatobject import as_float, new_float
from minipy.objects.listobject import list_item
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods
from minipy.objects.operators import NB_MULTIPLY
from minipy.objects.tupleobject import is_tuple

FSUM: Final = 60
PROD: Final = 61
DIST: Final = 62
HYPOT: Final = 63

FUNCTIONS: Final[Methods] = (
    (FSUM, "fsum", 1, 1, ""),
    (PROD, "prod", 1, 1, "* start"),
    (DIST, "dist", 2, 2, ""),
    (HYPOT, "hypot", 0, -1, ""),
)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of FUNCTIONS; see objects/natives.py."""
    w = m.words
    if number == FSUM:
        return fsum(m, w[at])
    elif number == PROD:
        return prod(m, w[at], w[at + 1])
    elif number == DIST:
        return dist(m, w[at], w[at + 1])
    return new_float(m, math.hypot(*floats_at(m, at, n)))


def floats_at(m: Machine, at: i64, n: i64) -> list[float]:
    """The values of n real numbers whose references lie at `at`, in words that do not move."""
    values: list[float] = []
    i: i64 = 0
    while i < n:
        values.append(as_float(m, m.words[at + i]))
        i += 1
    return values


def fsum(m: Machine, iterable: i64) -> i64:
    """fsum(iterable): the exactly rounded sum."""
    values: list[float] = []
    iterator: i64 = m.iter(iterable)
    try:
        o: i64 = m.next(iterator)
        while o != 0:
            try:
                values.append(as_float(m, o))
            finally:
                decref(m, m.words, o)
            o = m.next(iterator)
    finally:
        decref(m, m.words, iterator)
    try:
        return new_float(m, math.fsum(values))
    except OverflowError:
        raise m.error(T_OVERFLOW_ERROR, "intermediate overflow in fsum") from None
    except ValueError:
        raise m.error(T_VALUE_ERROR, "-inf + inf in fsum") from None


def prod(m: Machine, iterable: i64, start: i64) -> i64:
    """prod(iterable, *, start=1)."""
    iterator: i64 = m.iter(iterable)
    result: i64 = start
    if start == 0:
        result = new_int(m, 1)
    else:
        incref(m.words, start)
    try:
        o: i64 = m.next(iterator)
        while o != 0:
            result = multiply(m, result, o)
            o = m.next(iterator)
    except Raised:
        decref(m, m.words, result)
        raise
    finally:
        decref(m, m.words, iterator)
    return result


def multiply(m: Machine, product: i64, factor: i64) -> i64:
    """product * factor; takes over both references, but not product's on an error."""
    try:
        result: i64 = m.binary(NB_MULTIPLY, product, factor)
    finally:
        decref(m, m.words, factor)
    decref(m, m.words, product)
    return result


def dist(m: Machine, p: i64, q: i64) -> i64:
    """dist(p, q): the Euclidean distance of two points, sequences of coordinates."""
    a = coordinates(m, p)
    b = coordinates(m, q)
    if len(a) != len(b):
        raise m.error(T_VALUE_ERROR, "both points must have the same number of dimensions")
    return new_float(m, math.dist(a, b))


def coordinates(m: Machine, point: i64) -> list[float]:
    """The values of a tuple's items, or of what another iterable gives."""
    if is_tuple(m.words, point):
        return floats_at(m, point + TUPLE_ITEMS, m.words[point + OB_SIZE])
    items: i64 = m.list_of(point)
    values: list[float] = []
    try:
        i: i64 = 0
        while i < m.words[items + LIST_LENGTH]:
            values.append(as_float(m, list_item(m.words, items, i)))
            i += 1
    finally:
        decref(m, m.words, items)
    return values
