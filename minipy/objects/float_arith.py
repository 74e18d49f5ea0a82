"""Operators of float, with one operand perhaps an int; CPython's rules for zero, sign, infinity and NaN.

Compiled, `//` and `%` of host floats are CPython's own; power follows the rules of C's pow (IEEE 754), with a complex
result for a negative base and a fractional exponent.

CPython counterpart: the operators of Objects/floatobject.c; the messages are its own.
"""

from __future__ import annotations

import math

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TUPLE_ITEMS
from minipy.memory.objalloc import gc_alloc_var
from minipy.memory.refcount import decref
from minipy.memory.statics import T_FLOAT, T_OVERFLOW_ERROR, T_TUPLE, T_ZERO_DIVISION_ERROR
from minipy.memory.words import Raised
from minipy.objects.complexobject import complex_of_power
from minipy.objects.floatobject import float_value, is_real, new_float, not_finite, real_value
from minipy.objects.longobject import host_int, new_int_host, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.operators import (
    NB_ADD,
    NB_DIVMOD,
    NB_FLOOR_DIVIDE,
    NB_MULTIPLY,
    NB_POWER,
    NB_REMAINDER,
    NB_SUBTRACT,
    NB_TRUE_DIVIDE,
    UNARY_NEGATIVE,
    UNARY_POSITIVE,
)


def float_binary(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """`a op b` of two reals (one of them a float), owned; owned NotImplemented for other operands or operators."""
    w = m.words
    if not is_real(w, a) or not is_real(w, b):
        return not_implemented(w)
    x = real_value(m, a)
    y = real_value(m, b)
    if op == NB_ADD:
        return new_float(m, x + y)
    if op == NB_SUBTRACT:
        return new_float(m, x - y)
    if op == NB_MULTIPLY:
        return new_float(m, x * y)
    if op == NB_TRUE_DIVIDE:
        if y == 0.0:
            raise m.error(T_ZERO_DIVISION_ERROR, "float division by zero")
        return new_float(m, x / y)
    if op == NB_POWER:
        return power_of_floats(m, x, y)
    return floor_operator(m, op, x, y)


def floor_operator(m: Machine, op: i64, x: float, y: float) -> i64:
    """x // y, x % y or divmod(x, y), owned; NotImplemented for the operators that are left."""
    if op == NB_FLOOR_DIVIDE:
        if y == 0.0:
            raise m.error(T_ZERO_DIVISION_ERROR, "float floor division by zero")
        return new_float(m, x // y)
    if op == NB_REMAINDER:
        if y == 0.0:
            raise m.error(T_ZERO_DIVISION_ERROR, "float modulo")
        return new_float(m, x % y)
    if op == NB_DIVMOD:
        if y == 0.0:
            raise m.error(T_ZERO_DIVISION_ERROR, "float divmod()")
        return float_pair(m, x // y, x % y)
    return not_implemented(m.words)


def float_pair(m: Machine, x: float, y: float) -> i64:
    """The tuple (x, y), owned. Written by hand, since tuples lie above numbers."""
    t: i64 = gc_alloc_var(m, T_TUPLE, 2)
    try:
        a: i64 = new_float(m, x)
        m.words[t + TUPLE_ITEMS] = a
        b: i64 = new_float(m, y)
        m.words[t + TUPLE_ITEMS + 1] = b
    except Raised:
        decref(m, m.words, t)
        raise
    return t


def power_of_floats(m: Machine, x: float, y: float) -> i64:
    """x ** y, owned: a float, or a complex for a negative base with a fractional exponent."""
    if x == 0.0 and y < 0.0 and y - y == 0.0:
        raise m.error(T_ZERO_DIVISION_ERROR, "0.0 cannot be raised to a negative power")
    if x < 0.0 and x - x == 0.0 and y - y == 0.0 and y != math.floor(y):
        return complex_of_power(m, x, y)
    try:
        return new_float(m, math.pow(x, y))
    except OverflowError:
        pass
    raise m.error(T_OVERFLOW_ERROR, "(34, 'Numerical result out of range')")


def float_unary(m: Machine, op: i64, a: i64) -> i64:
    """+a or -a of a float, owned; the machine refuses ~a before. +a of an exact float is a itself."""
    if op == UNARY_POSITIVE and m.words[a + OB_TYPE] == T_FLOAT:
        m.words[a] += 1
        return a
    x = float_value(m, a)
    return new_float(m, -x if op == UNARY_NEGATIVE else x)


def float_absolute(m: Machine, a: i64) -> i64:
    """abs(a) of a float, owned."""
    return new_float(m, abs(float_value(m, a)))


def float_round(m: Machine, a: i64, digits: i64) -> i64:
    """round(a, digits), owned; digits is an int object, or 0 for round(a), an int. Half goes to even."""
    x = float_value(m, a)
    if x - x != 0.0:
        if digits == 0:
            raise not_finite(m, x, "integer")
        return new_float(m, x)
    if digits == 0:
        return new_int_host(m, round(x))
    n = host_int(m, digits)
    if n > 400:
        return new_float(m, x)
    if n < -400:
        return new_float(m, 0.0 * x)
    try:
        return new_float(m, round(x, n))
    except OverflowError:
        pass
    raise m.error(T_OVERFLOW_ERROR, "rounded value too large to represent")


def float_floor(m: Machine, x: float) -> i64:
    """math.floor(x) as an owned int; CPython's errors for NaN and infinity."""
    if x - x != 0.0:
        raise not_finite(m, x, "integer")
    return new_int_host(m, math.floor(x))


def float_ceil(m: Machine, x: float) -> i64:
    """math.ceil(x) as an owned int; CPython's errors for NaN and infinity."""
    if x - x != 0.0:
        raise not_finite(m, x, "integer")
    return new_int_host(m, math.ceil(x))
