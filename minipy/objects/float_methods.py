"""float as a program sees it: constructor, methods, attributes, text.

CPython counterpart: the type object of Objects/floatobject.c, PyNumber_Float of Objects/abstract.c.
"""

from __future__ import annotations

import sys
from typing import Final

from mypy_extensions import i64

from minipy.memory.floatlane import float_slot
from minipy.memory.layout import FLOAT_SLOT, OB_TYPE
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    NONE,
    T_BIGINT,
    T_BOOL,
    T_FLOAT,
    T_INT,
    T_OVERFLOW_ERROR,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised
from minipy.objects.arguments import argument_index, require_str
from minipy.objects.bytesobject import host_bytes
from minipy.objects.float_arith import float_ceil, float_floor, float_round, float_unary
from minipy.objects.floatobject import (
    convert_to_float,
    float_trunc,
    float_value,
    long_as_float,
    new_float,
    not_finite,
    reads_as_text,
)
from minipy.objects.formatting import float_repr as float_repr
from minipy.objects.formatting import format_float
from minipy.objects.identifiers import ID_FLOAT
from minipy.objects.long_arith import int_pair
from minipy.objects.longobject import is_int, new_bool, new_instance_of
from minipy.objects.machine import Machine
from minipy.objects.operators import UNARY_POSITIVE
from minipy.objects.tupleobject import tuple_of_owned
from minipy.objects.unicodeobject import host_str, is_str, new_str

FLOAT_IS_INTEGER: Final = 0
FLOAT_AS_INTEGER_RATIO: Final = 1
FLOAT_HEX: Final = 2
FLOAT_CONJUGATE: Final = 3
FLOAT_ROUND: Final = 4
FLOAT_TRUNC: Final = 5
FLOAT_FLOOR: Final = 6
FLOAT_CEIL: Final = 7
FLOAT_FORMAT: Final = 8
FLOAT_FROMHEX: Final = 9
FLOAT_GETFORMAT: Final = 10
FLOAT_GETNEWARGS: Final = 11
METHODS: Final = (
    (FLOAT_IS_INTEGER, "is_integer", 0, 0, ""),
    (FLOAT_AS_INTEGER_RATIO, "as_integer_ratio", 0, 0, ""),
    (FLOAT_HEX, "hex", 0, 0, ""),
    (FLOAT_CONJUGATE, "conjugate", 0, 0, ""),
    (FLOAT_ROUND, "__round__", 0, 1, ""),
    (FLOAT_TRUNC, "__trunc__", 0, 0, ""),
    (FLOAT_FLOOR, "__floor__", 0, 0, ""),
    (FLOAT_CEIL, "__ceil__", 0, 0, ""),
    (FLOAT_FORMAT, "__format__", 1, 1, ""),
    (FLOAT_GETNEWARGS, "__getnewargs__", 0, 0, ""),
)
CLASS_METHODS: Final = ((FLOAT_FROMHEX, "fromhex", 1, 1, ""), (FLOAT_GETFORMAT, "__getformat__", 1, 1, ""))

FLOAT_REAL: Final = 0
FLOAT_IMAG: Final = 1
GETSETS: Final = ((FLOAT_REAL, "real"), (FLOAT_IMAG, "imag"))

NEW: Final = (0, 1, "")


# ---------------------------------------------------------------- constructor
def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """float(x=0.0) for the class t, owned."""
    v: i64 = new_float(m, 0.0) if n == 0 else to_float(m, m.words[at])
    if t == T_FLOAT:
        return v
    x = float_value(m, v)
    decref(m, m.words, v)
    a: i64 = new_instance_of(m, t)
    try:
        slot: i64 = float_slot(m)
    except Raised:
        decref(m, m.words, a)
        raise
    m.words[a + FLOAT_SLOT] = slot
    m.floats[slot] = x
    return a


def to_float(m: Machine, x: i64) -> i64:
    """float(x): an exact float, owned."""
    w = m.words
    t: i64 = w[x + OB_TYPE]
    if t == T_FLOAT:
        incref(w, x)
        return x
    if t == T_INT or t == T_BOOL or t == T_BIGINT:
        return new_float(m, long_as_float(m, x))
    if reads_as_text(w, x, ID_FLOAT):
        if is_str(w, x):
            return new_float(m, parse(m, host_str(m, x)))
        return new_float(m, parse_bytes(m, host_bytes(m, x)))
    r: i64 = convert_to_float(m, x)
    if r == 0:
        if is_int(w, x):
            return new_float(m, long_as_float(m, x))
        raise m.error(T_TYPE_ERROR, f"float() argument must be a string or a real number, not '{m.type_name(x)}'")
    if m.words[r + OB_TYPE] == T_FLOAT:
        return r
    value = float_value(m, r)
    decref(m, m.words, r)
    return new_float(m, value)


def parse(m: Machine, text: str) -> float:
    """The value a text spells; the host's ValueError is CPython's."""
    try:
        return float(text)
    except ValueError as e:
        message = str(e)
    raise m.error(T_VALUE_ERROR, message)


def parse_bytes(m: Machine, text: bytes) -> float:
    """As parse, for bytes."""
    try:
        return float(text)
    except ValueError as e:
        message = str(e)
    raise m.error(T_VALUE_ERROR, message)


def format_name(m: Machine, kind: i64) -> i64:
    """float.__getformat__(kind), owned: how the processor keeps a "double" or a "float"."""
    if not is_str(m.words, kind):
        raise m.error(T_TYPE_ERROR, "__getformat__() argument must be str, not " + m.type_name(kind))
    if host_str(m, kind) not in ("double", "float"):
        raise m.error(T_VALUE_ERROR, "__getformat__() argument 1 must be 'double' or 'float'")
    return new_str(m, f"IEEE, {sys.byteorder}-endian")


# ---------------------------------------------------------------- methods
def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` with the n borrowed arguments at `at`, self (or the class) first; owned result."""
    w = m.words
    a: i64 = w[at]
    if number == FLOAT_FROMHEX:
        return from_hex(m, a, w[at + 1])
    if number == FLOAT_GETFORMAT:
        return format_name(m, w[at + 1])
    x = float_value(m, a)
    if number == FLOAT_IS_INTEGER:
        return new_bool(w, x.is_integer())
    if number == FLOAT_AS_INTEGER_RATIO:
        return as_ratio(m, x)
    if number == FLOAT_HEX:
        return new_str(m, x.hex())
    if number == FLOAT_ROUND:
        return round_method(m, a, w[at + 1] if n > 1 else 0)
    if number == FLOAT_TRUNC:
        return float_trunc(m, x)
    if number == FLOAT_FLOOR:
        return float_floor(m, x)
    if number == FLOAT_CEIL:
        return float_ceil(m, x)
    if number == FLOAT_FORMAT:
        require_str(m, w[at + 1], "__format__() argument")
        return format_float(m, a, w[at + 1])
    value: i64 = float_unary(m, UNARY_POSITIVE, a)
    return tuple_of_owned(m, value) if number == FLOAT_GETNEWARGS else value


def get(m: Machine, number: i64, o: i64) -> i64:
    """The attribute real or imag of the float o, owned."""
    return float_unary(m, UNARY_POSITIVE, o) if number == FLOAT_REAL else new_float(m, 0.0)


def as_ratio(m: Machine, x: float) -> i64:
    """x as a tuple of two ints, in lowest terms, owned."""
    if x - x != 0.0:
        raise not_finite(m, x, "integer ratio")
    numerator, denominator = x.as_integer_ratio()
    return int_pair(m, numerator, denominator)


def round_method(m: Machine, a: i64, digits: i64) -> i64:
    """a.__round__(digits), owned; digits 0 or None: to an int."""
    if digits == 0 or digits == NONE:
        return float_round(m, a, 0)
    o: i64 = argument_index(m, digits)
    try:
        return float_round(m, a, o)
    finally:
        decref(m, m.words, o)


def from_hex(m: Machine, cls: i64, text: i64) -> i64:
    """float.fromhex(text) for the class cls, owned."""
    if not is_str(m.words, text):
        raise m.error(T_TYPE_ERROR, "bad argument type for built-in operation")
    v: i64 = new_float(m, parse_hex(m, host_str(m, text)))
    if cls == T_FLOAT:
        return v
    try:
        return m.call1(cls, v)
    finally:
        decref(m, m.words, v)


def parse_hex(m: Machine, text: str) -> float:
    """The value of a hexadecimal floating-point text; the host's errors are CPython's."""
    kind: i64 = T_VALUE_ERROR
    try:
        return float.fromhex(text)
    except OverflowError as e:
        kind = T_OVERFLOW_ERROR
        message = str(e)
    except ValueError as e:
        message = str(e)
    raise m.error(kind, message)
