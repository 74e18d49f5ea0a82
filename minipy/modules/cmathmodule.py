"""The module cmath: functions of complex numbers, calculated by the host's.

CPython counterpart: Modules/cmathmodule.c.
"""

from __future__ import annotations

import cmath
from typing import Final

from mypy_extensions import i64

from minipy.memory.refcount import decref
from minipy.memory.statics import T_COMPLEX, T_OVERFLOW_ERROR, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.modules.constants import add_float, add_object
from minipy.objects.complexobject import complex_value, from_host, is_complex, new_complex
from minipy.objects.float_arith import float_pair
from minipy.objects.floatobject import as_float, new_float
from minipy.objects.identifiers import ID_COMPLEX
from minipy.objects.longobject import new_bool
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods, add_functions
from minipy.vm.module_families import FAMILY_CMATH

ACOS: Final = 1
ACOSH: Final = 2
ASIN: Final = 3
ASINH: Final = 4
ATAN: Final = 5
ATANH: Final = 6
COS: Final = 7
COSH: Final = 8
EXP: Final = 9
LOG10: Final = 10
SIN: Final = 11
SINH: Final = 12
SQRT: Final = 13
TAN: Final = 14
TANH: Final = 15
LOG: Final = 20
PHASE: Final = 21
POLAR: Final = 22
RECT: Final = 23
ISNAN: Final = 24
ISINF: Final = 25
ISFINITE: Final = 26
ISCLOSE: Final = 27

FUNCTIONS: Final[Methods] = (
    (ACOS, "acos", 1, 1, ""),
    (ACOSH, "acosh", 1, 1, ""),
    (ASIN, "asin", 1, 1, ""),
    (ASINH, "asinh", 1, 1, ""),
    (ATAN, "atan", 1, 1, ""),
    (ATANH, "atanh", 1, 1, ""),
    (COS, "cos", 1, 1, ""),
    (COSH, "cosh", 1, 1, ""),
    (EXP, "exp", 1, 1, ""),
    (LOG10, "log10", 1, 1, ""),
    (SIN, "sin", 1, 1, ""),
    (SINH, "sinh", 1, 1, ""),
    (SQRT, "sqrt", 1, 1, ""),
    (TAN, "tan", 1, 1, ""),
    (TANH, "tanh", 1, 1, ""),
    (LOG, "log", 1, 2, ""),
    (PHASE, "phase", 1, 1, ""),
    (POLAR, "polar", 1, 1, ""),
    (RECT, "rect", 2, 2, ""),
    (ISNAN, "isnan", 1, 1, ""),
    (ISINF, "isinf", 1, 1, ""),
    (ISFINITE, "isfinite", 1, 1, ""),
    (ISCLOSE, "isclose", 2, 2, "a b * rel_tol abs_tol"),
)
CONSTANTS: Final = (("e", cmath.e), ("pi", cmath.pi), ("tau", cmath.tau), ("inf", cmath.inf), ("nan", cmath.nan))


def fill(m: Machine, d: i64) -> None:
    """Put the functions and constants into the module's dict."""
    add_functions(m, d, "cmath", FAMILY_CMATH, FUNCTIONS)
    for name, value in CONSTANTS:
        add_float(m, d, name, value)
    add_object(m, d, "infj", new_complex(m, T_COMPLEX, 0.0, cmath.inf))
    add_object(m, d, "nanj", new_complex(m, T_COMPLEX, 0.0, cmath.nan))


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of FUNCTIONS; see objects/natives.py."""
    try:
        if number < LOG:
            return from_host(m, function_of(number, argument(m, m.words[at])))
        return rarer(m, number, at, n)
    except OverflowError as error:
        raise m.error(T_OVERFLOW_ERROR, f"{error}") from None
    except ValueError as error:
        raise m.error(T_VALUE_ERROR, f"{error}") from None


def argument(m: Machine, o: i64) -> complex:
    """A number as a complex one, by its `__complex__` if it has one."""
    if is_complex(m.words, o):
        return complex_value(m, o)
    method: i64 = m.find_special(o, ID_COMPLEX)
    if method == 0:
        return complex(as_float(m, o), 0.0)
    try:
        z: i64 = m.call0(method)
    finally:
        decref(m, m.words, method)
    try:
        if not is_complex(m.words, z):
            raise m.error(T_TYPE_ERROR, f"__complex__ returned non-complex (type {m.type_name(z)})")
        return complex_value(m, z)
    finally:
        decref(m, m.words, z)


def function_of(number: i64, z: complex) -> complex:
    """The value of one of the functions before LOG."""
    if number == SQRT:
        return cmath.sqrt(z)
    elif number == EXP:
        return cmath.exp(z)
    elif number == SIN:
        return cmath.sin(z)
    elif number == COS:
        return cmath.cos(z)
    elif number == TAN:
        return cmath.tan(z)
    elif number == LOG10:
        return cmath.log10(z)
    elif number == SINH:
        return cmath.sinh(z)
    elif number == COSH:
        return cmath.cosh(z)
    elif number == TANH:
        return cmath.tanh(z)
    return inverse_of(number, z)


def inverse_of(number: i64, z: complex) -> complex:
    """The same for the inverse functions."""
    if number == ACOS:
        return cmath.acos(z)
    elif number == ACOSH:
        return cmath.acosh(z)
    elif number == ASIN:
        return cmath.asin(z)
    elif number == ASINH:
        return cmath.asinh(z)
    elif number == ATAN:
        return cmath.atan(z)
    return cmath.atanh(z)


def rarer(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions from LOG on."""
    w = m.words
    if number == RECT:
        return from_host(m, cmath.rect(as_float(m, w[at]), as_float(m, m.words[at + 1])))
    z = argument(m, w[at])
    if number == LOG:
        if n == 1:
            return from_host(m, cmath.log(z))
        return from_host(m, cmath.log(z, argument(m, m.words[at + 1])))
    elif number == PHASE:
        return new_float(m, cmath.phase(z))
    elif number == POLAR:
        r, phi = cmath.polar(z)
        return float_pair(m, r, phi)
    elif number == ISCLOSE:
        return is_close(m, z, at)
    elif number == ISNAN:
        return new_bool(m.words, cmath.isnan(z))
    elif number == ISINF:
        return new_bool(m.words, cmath.isinf(z))
    return new_bool(m.words, cmath.isfinite(z))


def is_close(m: Machine, a: complex, at: i64) -> i64:
    """isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)."""
    b = argument(m, m.words[at + 1])
    relative = as_float(m, m.words[at + 2]) if m.words[at + 2] != 0 else 1e-09
    absolute = as_float(m, m.words[at + 3]) if m.words[at + 3] != 0 else 0.0
    return new_bool(m.words, cmath.isclose(a, b, rel_tol=relative, abs_tol=absolute))
