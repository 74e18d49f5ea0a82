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
    T_TYPE_ERROR,
    T_VALUE_ERROR,
    T_ZERO_DIVISION_ERROR,
)
from minipy.memory.words import Heap, Raised, vec
from minipy.objects.arguments import require_str
from minipy.objects.floatobject import as_float, float_value, is_float, is_real, new_float, real_value
from minipy.objects.identifiers import ID_COMPLEX
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
)
from minipy.objects.tupleobject import tuple_of2
from minipy.objects.typeobject import type_lookup
from minipy.objects.unicodeobject import host_str, is_str, new_str

COMPLEX_IMAG: Final = COMPLEX_REAL + 1

COMPLEX_CONJUGATE: Final = 0
COMPLEX_COMPLEX: Final = 1
COMPLEX_FORMAT: Final = 2
COMPLEX_GETNEWARGS: Final = 3
METHODS: Final = (
    (COMPLEX_CONJUGATE, "conjugate", 0, 0, ""),
    (COMPLEX_COMPLEX, "__complex__", 0, 0, ""),
    (COMPLEX_FORMAT, "__format__", 1, 1, ""),
    (COMPLEX_GETNEWARGS, "__getnewargs__", 0, 0, ""),
)
GET_REAL: Final = 0
GET_IMAG: Final = 1
GETSETS: Final = ((GET_REAL, "real"), (GET_IMAG, "imag"))
NEW: Final = (0, 2, "real imag")


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
    """+a or -a, owned."""
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


# ---------------------------------------------------------------- the type's attributes
def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number`, owned."""
    from minipy.objects.formatting import format_complex

    w = m.words
    if number == COMPLEX_FORMAT:
        require_str(m, w[at + 1], "__format__() argument")
        return format_complex(m, w[at], w[at + 1])
    if number == COMPLEX_GETNEWARGS:
        return tuple_of2(m, w[w[at] + COMPLEX_REAL], w[w[at] + COMPLEX_IMAG])
    z = complex_value(m, w[at])
    return from_host(m, z if number == COMPLEX_COMPLEX else z.conjugate())


def get(m: Machine, number: i64, o: i64) -> i64:
    """The attribute real or imag, owned."""
    w = m.words
    part: i64 = w[o + (COMPLEX_REAL if number == GET_REAL else COMPLEX_IMAG)]
    incref(w, part)
    return part


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """complex(real=0, imag=0) or complex(text), owned; an instance of the class t."""
    w = m.words
    real: i64 = w[at]
    imag: i64 = w[at + 1]
    if real != 0 and is_str(w, real):
        if imag != 0:
            raise m.error(T_TYPE_ERROR, "complex() can't take second arg if first is a string")
        z = parse(m, real)
        return new_complex(m, t, z.real, z.imag)
    if imag != 0 and is_str(w, imag):
        raise m.error(T_TYPE_ERROR, "complex() second arg can't be a string")
    if real != 0 and imag == 0 and t == T_COMPLEX and w[real + OB_TYPE] == T_COMPLEX:
        incref(w, real)
        return real
    z = complex(0.0, 0.0)
    if real != 0:
        z = argument(m, real, "first argument must be a string or a number")
    if imag == 0:
        return new_complex(m, t, z.real, z.imag)
    y = argument(m, imag, "second argument must be a number")
    # a part is only added where there is one: zeros keep their signs
    x = z.real - y.imag if is_complex(m.words, imag) else z.real
    return new_complex(m, t, x, y.real + z.imag if is_complex_argument(m, real) else y.real)


def is_complex_argument(m: Machine, a: i64) -> bool:
    """Has the first argument of complex(), 0 if there is none, an imaginary part?"""
    return a != 0 and (is_complex(m.words, a) or has_complex(m, a))


def has_complex(m: Machine, a: i64) -> bool:
    """Has a's class a `__complex__`?"""
    w = m.words
    return type_lookup(w, w[a + OB_TYPE], ID_COMPLEX) != 0


def parse(m: Machine, text: i64) -> complex:
    """The value a str spells; the host's ValueError is CPython's."""
    try:
        return complex(host_str(m, text))
    except ValueError as e:
        message = str(e)
    raise m.error(T_VALUE_ERROR, message)


def argument(m: Machine, a: i64, role: str) -> complex:
    """A number given to complex(), through __complex__, __float__ or __index__ if need be."""
    w = m.words
    if w[a + OB_TYPE] != T_COMPLEX and has_complex(m, a):
        return by_method(m, a)
    if is_number(m.words, a):
        return operand(m, a)
    try:
        return complex(as_float(m, a), 0.0)
    except Raised:
        if not m.catch(T_TYPE_ERROR):
            raise
    raise m.error(T_TYPE_ERROR, f"complex() {role}, not '{m.type_name(a)}'")


def by_method(m: Machine, a: i64) -> complex:
    """What a's `__complex__` gives."""
    f: i64 = m.find_special(a, ID_COMPLEX)
    try:
        r: i64 = m.call0(f)
    finally:
        decref(m, m.words, f)
    try:
        if not is_complex(m.words, r):
            raise m.error(T_TYPE_ERROR, f"__complex__ returned non-complex (type {m.type_name(r)})")
        return complex_value(m, r)
    finally:
        decref(m, m.words, r)
