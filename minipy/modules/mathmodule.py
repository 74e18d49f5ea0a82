"""The module math.

The host's functions work on converted values; the faults get CPython's words here, whatever the host calls them.
Numbers 1 .. LAST_UNARY are the functions from one float to a float; sqrt, sin, cos and floor are quick for a float.

CPython counterpart: Modules/mathmodule.c. Functions of integers: mathintegers.py; of many numbers: mathsums.py.
"""

from __future__ import annotations

import math
from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import FLOAT_SLOT, OB_TYPE
from minipy.memory.refcount import decref, incref, xdecref
from minipy.memory.statics import T_BIGINT, T_FLOAT, T_INT, T_OVERFLOW_ERROR, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.modules import mathintegers, mathlog, mathsums
from minipy.modules.constants import add_float
from minipy.objects.float_arith import float_pair
from minipy.objects.floatobject import as_float, float_trunc, new_float
from minipy.objects.identifiers import ID_CEIL, ID_FLOOR, ID_TRUNC
from minipy.objects.longobject import host_int, is_int, new_bool, new_int_host
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods, add_functions
from minipy.objects.tupleobject import tuple_of2
from minipy.vm.module_families import FAMILY_MATH

SQRT: Final = 1
EXP: Final = 2
EXP2: Final = 3
EXPM1: Final = 4
CBRT: Final = 5
FABS: Final = 6
DEGREES: Final = 7
RADIANS: Final = 8
LOG1P: Final = 9
GAMMA: Final = 10
LGAMMA: Final = 11
ERF: Final = 12
ERFC: Final = 13
ULP: Final = 14
LAST_PLAIN: Final = ULP
SIN: Final = 15
COS: Final = 16
TAN: Final = 17
ASIN: Final = 18
ACOS: Final = 19
ATAN: Final = 20
SINH: Final = 21
COSH: Final = 22
TANH: Final = 23
ASINH: Final = 24
ACOSH: Final = 25
ATANH: Final = 26
LAST_UNARY: Final = ATANH
FLOOR: Final = 27
CEIL: Final = 28
TRUNC: Final = 29
POW: Final = 30
ATAN2: Final = 31
FMOD: Final = 32
COPYSIGN: Final = 33
REMAINDER: Final = 34
NEXTAFTER: Final = 35
LAST_BINARY: Final = NEXTAFTER
LDEXP: Final = 36
FREXP: Final = 37
MODF: Final = 38
ISNAN: Final = 39
ISINF: Final = 40
ISFINITE: Final = 41
ISCLOSE: Final = 42
FIRST_LOG: Final = 50
FIRST_SUM: Final = 60
FIRST_INTEGER: Final = 70

FUNCTIONS: Final[Methods] = (
    (SQRT, "sqrt", 1, 1, ""),
    (EXP, "exp", 1, 1, ""),
    (EXP2, "exp2", 1, 1, ""),
    (EXPM1, "expm1", 1, 1, ""),
    (CBRT, "cbrt", 1, 1, ""),
    (FABS, "fabs", 1, 1, ""),
    (DEGREES, "degrees", 1, 1, ""),
    (RADIANS, "radians", 1, 1, ""),
    (LOG1P, "log1p", 1, 1, ""),
    (GAMMA, "gamma", 1, 1, ""),
    (LGAMMA, "lgamma", 1, 1, ""),
    (ERF, "erf", 1, 1, ""),
    (ERFC, "erfc", 1, 1, ""),
    (ULP, "ulp", 1, 1, ""),
    (SIN, "sin", 1, 1, ""),
    (COS, "cos", 1, 1, ""),
    (TAN, "tan", 1, 1, ""),
    (ASIN, "asin", 1, 1, ""),
    (ACOS, "acos", 1, 1, ""),
    (ATAN, "atan", 1, 1, ""),
    (SINH, "sinh", 1, 1, ""),
    (COSH, "cosh", 1, 1, ""),
    (TANH, "tanh", 1, 1, ""),
    (ASINH, "asinh", 1, 1, ""),
    (ACOSH, "acosh", 1, 1, ""),
    (ATANH, "atanh", 1, 1, ""),
    (FLOOR, "floor", 1, 1, ""),
    (CEIL, "ceil", 1, 1, ""),
    (TRUNC, "trunc", 1, 1, ""),
    (POW, "pow", 2, 2, ""),
    (ATAN2, "atan2", 2, 2, ""),
    (FMOD, "fmod", 2, 2, ""),
    (COPYSIGN, "copysign", 2, 2, ""),
    (REMAINDER, "remainder", 2, 2, ""),
    (NEXTAFTER, "nextafter", 2, 2, ""),
    (LDEXP, "ldexp", 2, 2, ""),
    (FREXP, "frexp", 1, 1, ""),
    (MODF, "modf", 1, 1, ""),
    (ISNAN, "isnan", 1, 1, ""),
    (ISINF, "isinf", 1, 1, ""),
    (ISFINITE, "isfinite", 1, 1, ""),
    (ISCLOSE, "isclose", 2, 2, "a b * rel_tol abs_tol"),
)
DEFAULT_TOLERANCE: Final = 1e-09


def fill(m: Machine, d: i64) -> None:
    """Put the functions and constants into the module's dict."""
    add_functions(m, d, "math", FAMILY_MATH, FUNCTIONS)
    add_functions(m, d, "math", FAMILY_MATH, mathlog.FUNCTIONS)
    add_functions(m, d, "math", FAMILY_MATH, mathsums.FUNCTIONS)
    add_functions(m, d, "math", FAMILY_MATH, mathintegers.FUNCTIONS)
    add_float(m, d, "pi", math.pi)
    add_float(m, d, "e", math.e)
    add_float(m, d, "tau", math.tau)
    add_float(m, d, "inf", math.inf)
    add_float(m, d, "nan", math.nan)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of FUNCTIONS; see objects/natives.py."""
    o: i64 = m.words[at]
    if number <= LAST_UNARY:
        return unary(m, number, argument(m, o))
    elif number == FLOOR:
        return floor(m, o)
    elif number >= FIRST_INTEGER:
        return mathintegers.call(m, number, at, n)
    elif number >= FIRST_SUM:
        return mathsums.call(m, number, at, n)
    elif number >= FIRST_LOG:
        return mathlog.call(m, number, at, n)
    elif number == CEIL:
        return ceil(m, o)
    elif number == TRUNC:
        return trunc(m, o)
    elif number <= LAST_BINARY:
        return binary(m, number, argument(m, o), argument(m, m.words[at + 1]))
    elif number == LDEXP:
        return ldexp(m, argument(m, o), m.words[at + 1])
    elif number == FREXP:
        return frexp(m, argument(m, o))
    elif number == MODF:
        return modf(m, argument(m, o))
    elif number == ISCLOSE:
        return isclose(m, at)
    return new_bool(m.words, test(number, argument(m, o)))


def argument(m: Machine, o: i64) -> float:
    """The value of a real number."""
    w = m.words
    if w[o + OB_TYPE] == T_FLOAT:
        return m.floats[w[o + FLOAT_SLOT]]
    return as_float(m, o)


def domain_error(m: Machine) -> Raised:
    """The argument is outside the function's domain."""
    return m.error(T_VALUE_ERROR, "math domain error")


def range_error(m: Machine) -> Raised:
    """The result is too large for a float."""
    return m.error(T_OVERFLOW_ERROR, "math range error")


# ---------------------------------------------------------------- from one float to a float
def unary(m: Machine, number: i64, x: float) -> i64:
    """A function from one float to a float, with its faults."""
    try:
        y: float = plain(number, x) if number <= LAST_PLAIN else trigonometric(number, x)
    except ValueError:
        raise domain_error(m) from None
    except OverflowError:
        raise range_error(m) from None
    return new_float(m, y)


def plain(number: i64, x: float) -> float:
    """Powers and the like."""
    if number == SQRT:
        return math.sqrt(x)
    elif number == EXP:
        return math.exp(x)
    elif number == EXP2:
        return math.exp2(x)
    elif number == EXPM1:
        return math.expm1(x)
    elif number == CBRT:
        return math.cbrt(x)
    elif number == FABS:
        return math.fabs(x)
    elif number == DEGREES:
        return math.degrees(x)
    elif number == RADIANS:
        return math.radians(x)
    elif number == LOG1P:
        return math.log1p(x)
    elif number == GAMMA:
        return math.gamma(x)
    elif number == LGAMMA:
        return math.lgamma(x)
    elif number == ERF:
        return math.erf(x)
    elif number == ERFC:
        return math.erfc(x)
    return math.ulp(x)


def trigonometric(number: i64, x: float) -> float:
    """Circular and hyperbolic functions."""
    if number == SIN:
        return math.sin(x)
    elif number == COS:
        return math.cos(x)
    elif number == TAN:
        return math.tan(x)
    elif number == ASIN:
        return math.asin(x)
    elif number == ACOS:
        return math.acos(x)
    elif number == ATAN:
        return math.atan(x)
    elif number == SINH:
        return math.sinh(x)
    elif number == COSH:
        return math.cosh(x)
    elif number == TANH:
        return math.tanh(x)
    elif number == ASINH:
        return math.asinh(x)
    elif number == ACOSH:
        return math.acosh(x)
    return math.atanh(x)


# ---------------------------------------------------------------- from two floats to a float
def binary(m: Machine, number: i64, x: float, y: float) -> i64:
    """A function from two floats to a float, with its faults."""
    try:
        return new_float(m, of_two(number, x, y))
    except ValueError:
        raise domain_error(m) from None
    except OverflowError:
        raise range_error(m) from None


def of_two(number: i64, x: float, y: float) -> float:
    """The functions POW .. NEXTAFTER."""
    if number == POW:
        return math.pow(x, y)
    elif number == ATAN2:
        return math.atan2(x, y)
    elif number == FMOD:
        return math.fmod(x, y)
    elif number == COPYSIGN:
        return math.copysign(x, y)
    elif number == REMAINDER:
        return math.remainder(x, y)
    return math.nextafter(x, y)


def ldexp(m: Machine, x: float, o: i64) -> i64:
    """ldexp(x, i)."""
    if not is_int(m.words, o):
        raise m.error(T_TYPE_ERROR, "Expected an int as second argument to ldexp.")
    try:
        return new_float(m, math.ldexp(x, host_int(m, o)))
    except OverflowError:
        raise range_error(m) from None


# ---------------------------------------------------------------- to whole numbers
def floor(m: Machine, o: i64) -> i64:
    """floor(x): through __floor__, or of the float."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if t == T_FLOAT:
        x: float = m.floats[w[o + FLOAT_SLOT]]
        return new_int_host(m, math.floor(x)) if x - x == 0.0 else float_trunc(m, x)
    if t == T_INT or t == T_BIGINT:
        incref(w, o)
        return o
    result: i64 = special(m, o, ID_FLOOR)
    if result != 0:
        return result
    x = as_float(m, o)
    return new_int_host(m, math.floor(x)) if x - x == 0.0 else float_trunc(m, x)


def ceil(m: Machine, o: i64) -> i64:
    """ceil(x): through __ceil__, or of the float."""
    w = m.words
    if w[o + OB_TYPE] != T_FLOAT:
        result: i64 = special(m, o, ID_CEIL)
        if result != 0:
            return result
    x: float = argument(m, o)
    return new_int_host(m, math.ceil(x)) if x - x == 0.0 else float_trunc(m, x)


def trunc(m: Machine, o: i64) -> i64:
    """trunc(x): through __trunc__."""
    w = m.words
    if w[o + OB_TYPE] == T_FLOAT:
        return float_trunc(m, m.floats[w[o + FLOAT_SLOT]])
    result: i64 = special(m, o, ID_TRUNC)
    if result == 0:
        raise m.error(T_TYPE_ERROR, f"type {m.type_name(o)} doesn't define __trunc__ method")
    return result


def special(m: Machine, o: i64, name: i64) -> i64:
    """The result of a special method without arguments, owned; 0 if the type has none."""
    method: i64 = m.find_special(o, name)
    if method == 0:
        return 0
    try:
        return m.call0(method)
    finally:
        decref(m, m.words, method)


# ---------------------------------------------------------------- parts and questions
def frexp(m: Machine, x: float) -> i64:
    """frexp(x): (mantissa, exponent)."""
    mantissa, exponent = math.frexp(x)
    a: i64 = new_float(m, mantissa)
    b: i64 = 0
    try:
        b = new_int_host(m, exponent)
        return tuple_of2(m, a, b)
    finally:
        decref(m, m.words, a)
        xdecref(m, m.words, b)


def modf(m: Machine, x: float) -> i64:
    """modf(x): (fraction, whole part), both with the sign of x."""
    fraction, whole = math.modf(x)
    return float_pair(m, fraction, whole)


def test(number: i64, x: float) -> bool:
    """isnan, isinf, isfinite."""
    if number == ISNAN:
        return x != x
    elif number == ISINF:
        return x == x and x - x != 0.0
    return x - x == 0.0


def isclose(m: Machine, at: i64) -> i64:
    """isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)."""
    w = m.words
    a: float = argument(m, w[at])
    b: float = argument(m, m.words[at + 1])
    relative: i64 = m.words[at + 2]
    absolute: i64 = m.words[at + 3]
    rel_tol: float = DEFAULT_TOLERANCE if relative == 0 else argument(m, relative)
    abs_tol: float = 0.0 if absolute == 0 else argument(m, absolute)
    if rel_tol < 0.0 or abs_tol < 0.0:
        raise m.error(T_VALUE_ERROR, "tolerances must be non-negative")
    return new_bool(m.words, math.isclose(a, b, rel_tol=rel_tol, abs_tol=abs_tol))
