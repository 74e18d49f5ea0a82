"""Conversions between built-in numbers: abs, int, float of an instance, whatever its class overrides.

CPython counterpart: nb_absolute, nb_int and nb_float slots of Objects/longobject.c and Objects/floatobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE
from minipy.memory.statics import T_COMPLEX, T_FLOAT
from minipy.objects.complexobject import complex_absolute
from minipy.objects.float_arith import float_absolute
from minipy.objects.floatobject import as_float, float_trunc, float_value, new_float
from minipy.objects.long_arith import long_absolute, long_unary
from minipy.objects.machine import Machine
from minipy.objects.native_number import is_integer, solid_of
from minipy.objects.operators import UNARY_POSITIVE


def absolute(m: Machine, solid: i64, o: i64) -> i64:
    """abs(o) of a built-in number, owned; 0 if it is none."""
    if is_integer(solid):
        return long_absolute(m, o)
    if solid == T_FLOAT:
        return float_absolute(m, o)
    if solid == T_COMPLEX:
        return complex_absolute(m, o)
    return 0


def exact_int(m: Machine, o: i64) -> i64:
    """int(o) of a built-in number: an exact int, owned."""
    if solid_of(m.words, o) == T_FLOAT:
        return float_trunc(m, float_value(m, o))
    return long_unary(m, UNARY_POSITIVE, o)


def exact_float(m: Machine, o: i64) -> i64:
    """float(o) of a built-in number: an exact float, owned."""
    if m.words[o + OB_TYPE] == T_FLOAT:
        m.words[o] += 1
        return o
    return new_float(m, as_float(m, o))
