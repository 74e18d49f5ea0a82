"""Complex numbers: two references to float objects.

    a+0 ob_refcnt | a+1 ob_type | a+2 real -> float | a+3 imag -> float

Arithmetic reads both parts, lets a transient host complex compute, and writes new parts.

CPython counterpart: Objects/complexobject.c, where the parts are two C doubles in the object.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import COMPLEX_REAL, OB_TYPE, TP_SOLID
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    T_COMPLEX,
    T_OVERFLOW_ERROR,
    T_ZERO_DIVISION_ERROR,
)
from minipy.memory.words import Heap, Raised, vec
from minipy.objects.floatobject import float_value, is_float, is_real, new_float, real_value
from minipy.objects.longobject import host_int, new_bool, new_instance_of, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.operators import (
    CMP_EQ,
    CMP_NE,
    NB_ADD,
    NB_MULTIPLY,
    NB_POWER,
    NB_SUBTRACT,
    NB_TRUE_DIVIDE,
    UNARY_NEGATIVE,
    UNARY_POSITIVE,
)
from minipy.objects.unicodeobject import new_str

COMPLEX_IMAG: Final = COMPLEX_REAL + 1


def new_complex(m: Machine, t: i64, real: float, imag: float) -> i64:
    """An owned instance of complex or of its subclass t."""
    a: i64 = new_instance_of(m, t)
    try:
        part: i64 = new_float(m, real)
        m.words[a + COMPLEX_REAL] = part
        part = new_float(m, imag)
        m.words[a + COMPLEX_IMAG] = part
    except Raised:
        decref(m, m.words, a)
        raise
    return a


def from_host(m: Machine, z: complex) -> i64:
    """An owned complex of a host complex."""
    return new_complex(m, T_COMPLEX, z.real, z.imag)


def is_complex(w: vec[i64], a: i64) -> bool:
    """True for complex and instances of its subclasses."""
    return w[w[a + OB_TYPE] + TP_SOLID] == T_COMPLEX


def complex_value(heap: Heap, a: i64) -> complex:
    """The value of a complex object as a host complex."""
    w = heap.words
    return complex(float_value(heap, w[a + COMPLEX_REAL]), float_value(heap, w[a + COMPLEX_IMAG]))


def operand(m: Machine, a: i64) -> complex:
    """The value of a complex, float or int."""
    if is_complex(m.words, a):
        return complex_value(m, a)
    return complex(real_value(m, a), 0.0)


def is_number(w: vec[i64], a: i64) -> bool:
    """True for the operands of complex arithmetic."""
    return is_real(w, a) or is_complex(w, a)


def complex_binary(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """`a op b` of two numbers, owned; owned NotImplemented for other operands or operators."""
    w = m.words
    if not is_number(w, a) or not is_number(w, b):
        return not_implemented(w)
    x = operand(m, a)
    y = operand(m, b)
    if op == NB_ADD:
        return from_host(m, x + y)
    if op == NB_SUBTRACT:
        return from_host(m, x - y)
    if op == NB_MULTIPLY:
        return from_host(m, x * y)
    if op == NB_TRUE_DIVIDE:
        if y == 0:
            raise m.error(T_ZERO_DIVISION_ERROR, "complex division by zero")
        return from_host(m, x / y)
    if op == NB_POWER:
        return complex_power(m, x, y)
    return not_implemented(w)


def complex_power(m: Machine, x: complex, y: complex) -> i64:
    """x ** y, owned."""
    message = ""
    try:
        return from_host(m, complex(x**y))
    except ZeroDivisionError:
        message = "0.0 to a negative or complex power"
    except OverflowError:
        pass
    if message != "":
        raise m.error(T_ZERO_DIVISION_ERROR, message)
    raise m.error(T_OVERFLOW_ERROR, "complex exponentiation")


def complex_of_power(m: Machine, x: float, y: float) -> i64:
    """x ** y of floats whose result is complex, owned."""
    return complex_power(m, complex(x, 0.0), complex(y, 0.0))


def complex_unary(m: Machine, op: i64, a: i64) -> i64:
    """+a or -a, owned; +a of an exact complex number is that number."""
    if op == UNARY_POSITIVE and m.words[a + OB_TYPE] == T_COMPLEX:
        incref(m.words, a)
        return a
    z = complex_value(m, a)
    return from_host(m, -z if op == UNARY_NEGATIVE else z)


def complex_absolute(m: Machine, a: i64) -> i64:
    """abs(a): a float, owned."""
    try:
        return new_float(m, abs(complex_value(m, a)))
    except OverflowError:
        pass
    raise m.error(T_OVERFLOW_ERROR, "absolute value too large")


def complex_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a == b or a != b of numbers, owned; owned NotImplemented for anything else."""
    w = m.words
    if not is_number(w, a) or not is_number(w, b) or (op != CMP_EQ and op != CMP_NE):
        return not_implemented(w)
    return new_bool(w, numbers_equal(m, a, b) == (op == CMP_EQ))


def numbers_equal(m: Machine, a: i64, b: i64) -> bool:
    """Equality of two numbers, one of them complex: exact for large ints too."""
    w = m.words
    if not is_complex(w, a):
        return numbers_equal(m, b, a)
    x = complex_value(m, a)
    if is_complex(w, b):
        return x == complex_value(m, b)
    if is_float(w, b):
        return x == complex(float_value(m, b), 0.0)
    return x.imag == 0.0 and x.real - x.real == 0.0 and int(x.real) == host_int(m, b) and x.real == int(x.real)


def complex_hash(m: Machine, a: i64) -> i64:
    """hash(a): that of the real part where the imaginary part is 0; by the address for a NaN."""
    z = complex_value(m, a)
    return a >> 1 if z != z else i64(hash(z))


def complex_true(m: Machine, a: i64) -> bool:
    """The truth value."""
    z = complex_value(m, a)
    return z.real != 0.0 or z.imag != 0.0


def complex_repr(m: Machine, a: i64) -> i64:
    """repr(a), owned."""
    return new_str(m, repr(complex_value(m, a)))
