"""The methods, attributes and the constructor of complex.

CPython counterpart: Objects/complexobject.c, from complex_conjugate on.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import COMPLEX_REAL, OB_TYPE
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_COMPLEX, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.arguments import require_str
from minipy.objects.complexobject import (
    COMPLEX_IMAG,
    complex_unary,
    complex_value,
    from_host,
    is_complex,
    is_number,
    new_complex,
    operand,
)
from minipy.objects.deprecated import warn_of_subclass
from minipy.objects.floatobject import as_float
from minipy.objects.formatting import format_complex
from minipy.objects.identifiers import ID_COMPLEX
from minipy.objects.machine import Machine
from minipy.objects.operators import UNARY_POSITIVE
from minipy.objects.tupleobject import tuple_of2
from minipy.objects.typeobject import type_lookup
from minipy.objects.unicodeobject import host_str, is_str

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


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number`, owned."""
    w = m.words
    if number == COMPLEX_FORMAT:
        require_str(m, w[at + 1], "__format__() argument")
        return format_complex(m, w[at], w[at + 1])
    if number == COMPLEX_GETNEWARGS:
        return tuple_of2(m, w[w[at] + COMPLEX_REAL], w[w[at] + COMPLEX_IMAG])
    if number == COMPLEX_COMPLEX:
        return complex_unary(m, UNARY_POSITIVE, w[at])
    return from_host(m, complex_value(m, w[at]).conjugate())


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
        if m.words[r + OB_TYPE] != T_COMPLEX:
            warn_of_subclass(m, "complex", f"__complex__ returned non-complex (type {m.type_name(r)})")
        return complex_value(m, r)
    finally:
        decref(m, m.words, r)
