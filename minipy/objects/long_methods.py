"""int and bool as a program sees them: constructors, methods, attributes, text.

CPython counterpart: the type objects of Objects/longobject.c and Objects/boolobject.c, PyNumber_Long of
Objects/abstract.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import INT_LARGE, INT_VALUE, OB_TYPE
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    T_BIGINT,
    T_BOOL,
    T_FLOAT,
    T_INT,
    T_OVERFLOW_ERROR,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised
from minipy.objects.arguments import argument_index, argument_int, argument_word, call_once, host_argument, require_str
from minipy.objects.bytesobject import bytes_from, host_bytes, is_bytes_like, new_bytes
from minipy.objects.decimal_text import NO_WORD, word_from_text
from minipy.objects.deprecated import warn_deprecated, warn_of_subclass
from minipy.objects.digitlimit import int_from
from minipy.objects.floatobject import float_trunc, float_value, reads_as_text
from minipy.objects.formatting import bool_repr as bool_repr
from minipy.objects.formatting import format_int
from minipy.objects.formatting import long_repr as long_repr
from minipy.objects.identifiers import ID_INT, ID_TRUNC
from minipy.objects.long_arith import long_round, long_unary
from minipy.objects.longobject import (
    host_int,
    is_exact_int,
    is_int,
    new_bool,
    new_instance_of,
    new_int,
    new_int_host,
)
from minipy.objects.machine import Machine
from minipy.objects.operators import UNARY_POSITIVE
from minipy.objects.recursion import enter_call, leave_call
from minipy.objects.tupleobject import tuple_of2, tuple_of_owned
from minipy.objects.unicodeobject import host_str, is_str

INT_BIT_LENGTH: Final = 0
INT_BIT_COUNT: Final = 1
INT_TO_BYTES: Final = 2
INT_CONJUGATE: Final = 3
INT_AS_INTEGER_RATIO: Final = 4
INT_ROUND: Final = 5
INT_TRUNC: Final = 6
INT_FLOOR: Final = 7
INT_CEIL: Final = 8
INT_FORMAT: Final = 9
INT_FROM_BYTES: Final = 10
INT_GETNEWARGS: Final = 11
METHODS: Final = (
    (INT_BIT_LENGTH, "bit_length", 0, 0, ""),
    (INT_BIT_COUNT, "bit_count", 0, 0, ""),
    (INT_TO_BYTES, "to_bytes", 0, 2, "length byteorder * signed"),
    (INT_CONJUGATE, "conjugate", 0, 0, ""),
    (INT_AS_INTEGER_RATIO, "as_integer_ratio", 0, 0, ""),
    (INT_ROUND, "__round__", 0, 1, ""),
    (INT_TRUNC, "__trunc__", 0, 0, ""),
    (INT_FLOOR, "__floor__", 0, 0, ""),
    (INT_CEIL, "__ceil__", 0, 0, ""),
    (INT_FORMAT, "__format__", 1, 1, ""),
    (INT_GETNEWARGS, "__getnewargs__", 0, 0, ""),
)
CLASS_METHODS: Final = ((INT_FROM_BYTES, "from_bytes", 1, 2, "bytes byteorder * signed"),)

INT_REAL: Final = 0
INT_IMAG: Final = 1
INT_NUMERATOR: Final = 2
INT_DENOMINATOR: Final = 3
GETSETS: Final = (
    (INT_REAL, "real"),
    (INT_IMAG, "imag"),
    (INT_NUMERATOR, "numerator"),
    (INT_DENOMINATOR, "denominator"),
)

NEW: Final = (0, 2, "base")
NEW_BOOL: Final = (0, 1, "")


# ---------------------------------------------------------------- constructors
def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """int(x=0) or int(text, base) for the class t, owned. Two words at `at`, 0 for what is not given."""
    w = m.words
    x: i64 = w[at]
    base: i64 = w[at + 1]
    v: i64
    if x == 0:
        if base != 0:
            raise m.error(T_TYPE_ERROR, "int() missing string argument")
        v = new_int(m, 0)
    elif base == 0:
        v = to_int(m, x)
    else:
        v = long_from_text(m, x, based(m, x, base))
    return v if t == T_INT else subclass_instance(m, t, v)


def subclass_instance(m: Machine, t: i64, v: i64) -> i64:
    """An instance of the subclass t with the value of the int v, whose reference is taken over."""
    a: i64
    try:
        a = new_instance_of(m, t)
    except Raised:
        decref(m, m.words, v)
        raise
    w = m.words
    if w[v + OB_TYPE] == T_BIGINT:
        w[a + INT_LARGE] = v
    else:
        w[a + INT_VALUE] = w[v + INT_VALUE]
        decref(m, w, v)
    return a


def to_int(m: Machine, x: i64) -> i64:
    """int(x): an exact int, owned. Text is read in base 10; other objects convert by __int__, __index__, __trunc__."""
    w = m.words
    if is_exact_int(w, x):
        incref(w, x)
        return x
    t: i64 = w[x + OB_TYPE]
    if t == T_BOOL:
        return new_int(m, w[x + INT_VALUE])
    if t == T_FLOAT:
        return float_trunc(m, float_value(m, x))
    if reads_as_text(w, x, ID_INT):
        return long_from_text(m, x, 10)
    special: i64 = m.find_special(x, ID_INT)
    if special != 0:
        enter_call(m)
        try:
            return exact(m, call_once(m, special), "__int__ returned non-int")
        finally:
            leave_call(m.words)
    r: i64 = m.index_object(x)
    if r != 0:
        return exact(m, r, "__index__ returned non-int")
    special = m.find_special(x, ID_TRUNC)
    if special != 0:
        warn_of_trunc(m, special)
        return truncated(m, call_once(m, special))
    raise m.error(
        T_TYPE_ERROR,
        f"int() argument must be a string, a bytes-like object or a real number, not '{m.type_name(x)}'",
    )


def warn_of_trunc(m: Machine, special: i64) -> None:
    """What is said of int() by `__trunc__`; the bound method is released if that raises."""
    try:
        warn_deprecated(m, "The delegation of int() to __trunc__ is deprecated.")
    except Raised:
        decref(m, m.words, special)
        raise


def exact(m: Machine, r: i64, complaint: str) -> i64:
    """The exact int of what a conversion gave (r is taken over); TypeError if that is no int.

    A complaint says what gave r, which is also warned of if r is of a subclass; "": it may be.
    """
    w = m.words
    if is_exact_int(w, r):
        return r
    try:
        if not is_int(w, r):
            raise m.error(T_TYPE_ERROR, f"{complaint} (type {m.type_name(r)})")
        if complaint != "":
            warn_of_subclass(m, "int", f"{complaint} (type {m.type_name(r)})")
        return long_unary(m, UNARY_POSITIVE, r)
    finally:
        decref(m, m.words, r)


def truncated(m: Machine, r: i64) -> i64:
    """The int of what __trunc__ gave (r is taken over)."""
    if is_int(m.words, r):
        return exact(m, r, "")
    try:
        i: i64 = m.index_object(r)
        if i == 0:
            raise m.error(T_TYPE_ERROR, f"__trunc__ returned non-Integral (type {m.type_name(r)})")
        return exact(m, i, "__index__ returned non-int")
    finally:
        decref(m, m.words, r)


def based(m: Machine, x: i64, base: i64) -> int:
    """The host int of int()'s base argument; CPython's errors."""
    b = argument_int(m, base)
    if b != 0 and (b < 2 or b > 36):
        raise m.error(T_VALUE_ERROR, "int() base must be >= 2 and <= 36, or 0")
    if not is_str(m.words, x) and not is_bytes_like(m.words, x):
        raise m.error(T_TYPE_ERROR, "int() can't convert non-string with explicit base")
    return b


def long_from_text(m: Machine, x: i64, base: int) -> i64:
    """The int a str or bytes object spells in the base, owned; the host's ValueError is CPython's."""
    if base == 10 and is_str(m.words, x):
        v: i64 = word_from_text(m.words, x)
        if v != NO_WORD:
            return new_int(m, v)
    try:
        if is_str(m.words, x):
            return new_int_host(m, int_from(m, host_str(m, x), base))
        return new_int_host(m, int_from(m, host_bytes(m, x), base))
    except ValueError as e:
        message = str(e)
    raise m.error(T_VALUE_ERROR, message)


def new_bool_of(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """bool(x=False), owned."""
    flag = n > 0 and m.is_true(m.words[at])
    return new_bool(m.words, flag)


# ---------------------------------------------------------------- methods
def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` with the n borrowed arguments at `at`, self (or the class) first; owned result."""
    w = m.words
    a: i64 = w[at]
    if number == INT_BIT_LENGTH:
        return new_int(m, host_int(m, a).bit_length())
    if number == INT_BIT_COUNT:
        return new_int(m, host_int(m, a).bit_count())
    if number == INT_TO_BYTES:
        return to_bytes(m, a, w[at + 1], w[at + 2], w[at + 3])
    if number == INT_AS_INTEGER_RATIO:
        return as_ratio(m, a)
    if number == INT_ROUND:
        return round_method(m, a, w[at + 1] if n > 1 else 0)
    if number == INT_FORMAT:
        require_str(m, w[at + 1], "__format__() argument")
        return format_int(m, a, w[at + 1])
    if number == INT_FROM_BYTES:
        return from_bytes(m, a, w[at + 1], w[at + 2], w[at + 3])
    value: i64 = long_unary(m, UNARY_POSITIVE, a)
    return tuple_of_owned(m, value) if number == INT_GETNEWARGS else value


def get(m: Machine, number: i64, o: i64) -> i64:
    """The attribute `number` of the int o, owned."""
    if number == INT_IMAG:
        return new_int(m, 0)
    if number == INT_DENOMINATOR:
        return new_int(m, 1)
    return long_unary(m, UNARY_POSITIVE, o)


def as_ratio(m: Machine, a: i64) -> i64:
    """(a, 1), owned."""
    x: i64 = long_unary(m, UNARY_POSITIVE, a)
    one: i64 = new_int(m, 1)
    try:
        return tuple_of2(m, x, one)
    finally:
        decref(m, m.words, x)
        decref(m, m.words, one)


def round_method(m: Machine, a: i64, digits: i64) -> i64:
    """a.__round__(digits), owned; digits 0: not given."""
    if digits == 0:
        return long_round(m, a, 0)
    o: i64 = argument_index(m, digits)
    try:
        return long_round(m, a, o)
    finally:
        decref(m, m.words, o)


def byte_order(m: Machine, o: i64, function: str) -> bool:
    """True for "little", False for "big" (also if o is 0); CPython's errors."""
    s = host_argument(m, o, "big", f"{function}() argument 'byteorder'")
    if s != "little" and s != "big":
        raise m.error(T_VALUE_ERROR, "byteorder must be either 'little' or 'big'")
    return s == "little"


def to_bytes(m: Machine, a: i64, length: i64, order: i64, signed: i64) -> i64:
    """a.to_bytes(length=1, byteorder="big", *, signed=False), owned."""
    n: i64 = 1 if length == 0 else argument_word(m, length)
    little = byte_order(m, order, "to_bytes")
    with_sign = signed != 0 and m.is_true(signed)
    if n < 0:
        raise m.error(T_VALUE_ERROR, "length argument must be non-negative")
    m.require(n)
    try:
        return new_bytes(m, host_int(m, a).to_bytes(int(n), "little" if little else "big", signed=with_sign))
    except OverflowError as e:
        message = str(e)
    raise m.error(T_OVERFLOW_ERROR, message)


def from_bytes(m: Machine, cls: i64, data: i64, order: i64, signed: i64) -> i64:
    """int.from_bytes(bytes, byteorder="big", *, signed=False) for the class cls, owned."""
    little = byte_order(m, order, "from_bytes")
    with_sign = signed != 0 and m.is_true(signed)
    text = bytes_from(m, data)
    v: i64 = new_int_host(m, int.from_bytes(text, "little" if little else "big", signed=with_sign))
    if cls == T_INT:
        return v
    try:
        return m.call1(cls, v)
    finally:
        decref(m, m.words, v)
