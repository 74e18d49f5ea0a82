"""Operators of int and bool: words while the result surely fits one, then digits, host ints for the rest.

    long_binary --both in a word--> word_binary --0: might not fit--> big_binary --0: not here--> host_binary
                --one is large------------------------------------------^

`word_binary` only takes the cases it can prove to be exact, `big_binary` (long_big.py) what takes few steps; everything
else goes the slow, always right way. Sizes are checked before the host computes, so that `10 ** 10 ** 10` is a
MemoryError of the heap's limit.

CPython counterpart: the operators of Objects/longobject.c and Objects/boolobject.c; the messages are its own.
"""

from __future__ import annotations

from _operator import truediv
from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import BIG_SIGN, INT_VALUE, OB_TYPE, TUPLE_ITEMS
from minipy.memory.objalloc import gc_alloc_var
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    NONE,
    T_BIGINT,
    T_BOOL,
    T_INT,
    T_OVERFLOW_ERROR,
    T_TUPLE,
    T_VALUE_ERROR,
    T_ZERO_DIVISION_ERROR,
)
from minipy.memory.words import Raised
from minipy.objects.float_arith import power_of_floats
from minipy.objects.floatobject import new_float
from minipy.objects.long_big import big_binary, with_sign, word_product
from minipy.objects.longobject import (
    check_bits,
    host_int,
    is_int,
    new_bool,
    new_int,
    new_int_host,
    not_implemented,
    plain_int,
)
from minipy.objects.machine import Machine
from minipy.objects.operators import (
    NB_ADD,
    NB_AND,
    NB_DIVMOD,
    NB_FLOOR_DIVIDE,
    NB_LSHIFT,
    NB_MULTIPLY,
    NB_OR,
    NB_POWER,
    NB_REMAINDER,
    NB_RSHIFT,
    NB_SUBTRACT,
    NB_TRUE_DIVIDE,
    NB_XOR,
    UNARY_INVERT,
    UNARY_NEGATIVE,
    UNARY_POSITIVE,
)

LEAST: Final = -(1 << 62)
SURELY_WORD: Final = 4.5e18
"""A product whose float is below this is below 2**62, which is 4.6e18."""


def long_binary(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """`a op b` of two ints, owned; owned NotImplemented if one is not an int or ints lack the operator."""
    w = m.words
    if not is_int(w, a) or not is_int(w, b):
        return not_implemented(w)
    a = plain_int(w, a)
    b = plain_int(w, b)
    t: i64 = w[a + OB_TYPE]
    u: i64 = w[b + OB_TYPE]
    if t == T_BOOL and u == T_BOOL and (op == NB_AND or op == NB_OR or op == NB_XOR):
        return new_bool(w, bits_of_words(op, w[a + INT_VALUE], w[b + INT_VALUE]) != 0)
    r: i64 = 0
    if t != T_BIGINT and u != T_BIGINT:
        r = word_binary(m, op, w[a + INT_VALUE], w[b + INT_VALUE])
        if r != 0:
            return r
    r = big_binary(m, op, a, b)
    if r != 0:
        return r
    return host_binary(m, op, host_int(m, a), host_int(m, b))


# ---------------------------------------------------------------- words
def bits_of_words(op: i64, x: i64, y: i64) -> i64:
    """x & y, x | y or x ^ y."""
    if op == NB_AND:
        return x & y
    return x | y if op == NB_OR else x ^ y


def word_binary(m: Machine, op: i64, x: i64, y: i64) -> i64:
    """`x op y`, owned, where words suffice; 0: they may not, or it is an error. -2**62 <= x, y < 2**62."""
    if op == NB_ADD:
        return new_int(m, x + y)
    if op == NB_SUBTRACT:
        return new_int(m, x - y)
    if op == NB_MULTIPLY:
        return product_of_words(m, x, y)
    if op == NB_AND or op == NB_OR or op == NB_XOR:
        return new_int(m, bits_of_words(op, x, y))
    if op == NB_FLOOR_DIVIDE:
        return new_int(m, x // y) if y != 0 else 0
    if op == NB_REMAINDER:
        return new_int(m, x % y) if y != 0 else 0
    if op == NB_LSHIFT:
        return new_int(m, x << y) if y >= 0 and y < 31 and is_half(x) else 0
    if op == NB_RSHIFT:
        return new_int(m, x >> (y if y < 63 else 63)) if y >= 0 else 0
    if op == NB_POWER:
        return power_of_words(m, x, y) if y >= 0 else 0
    if op == NB_DIVMOD:
        return int_pair(m, int(x // y), int(x % y)) if y != 0 else 0
    if op == NB_TRUE_DIVIDE:
        return new_float(m, float(x) / float(y)) if y != 0 and is_exact(x) and is_exact(y) else 0
    return 0


def product_of_words(m: Machine, x: i64, y: i64) -> i64:
    """x * y of two words, owned; 0 if one is -2**62. A float of the product tells whether that fits a word."""
    if is_half(x) and is_half(y):
        return new_int(m, x * y)
    about: float = float(x) * float(y)
    if about < SURELY_WORD and about > -SURELY_WORD:
        return new_int(m, x * y)
    return word_product(m, x, y) if x != LEAST and y != LEAST else 0


def power_of_words(m: Machine, x: i64, y: i64) -> i64:
    """x ** y, y >= 0, by squaring, owned; 0 if a product on the way may not fit a word."""
    result: i64 = 1
    while True:
        if y & 1 != 0:
            if result != 1 and not (is_half(result) and is_half(x)):
                return 0
            result *= x
        y >>= 1
        if y == 0:
            return new_int(m, result)
        if not is_half(x):
            return 0
        x *= x


def is_half(v: i64) -> bool:
    """|v| < 2**31 or so: a product of two such words fits a word."""
    return (v >> 31) + 1 >> 1 == 0


def is_exact(v: i64) -> bool:
    """v is exact as a float, so that the float quotient of two such words is rounded once."""
    return (v >> 53) + 1 >> 1 == 0


# ---------------------------------------------------------------- host ints
def zero_division(m: Machine, message: str) -> Raised:
    """ZeroDivisionError with CPython's text."""
    return m.error(T_ZERO_DIVISION_ERROR, message)


def host_binary(m: Machine, op: i64, x: int, y: int) -> i64:
    """`x op y` of host ints, owned; owned NotImplemented for an operator ints lack."""
    if op == NB_ADD:
        return new_int_host(m, x + y)
    if op == NB_SUBTRACT:
        return new_int_host(m, x - y)
    if op == NB_MULTIPLY:
        check_bits(m, x.bit_length() + y.bit_length())
        return new_int_host(m, x * y)
    if op == NB_AND:
        return new_int_host(m, x & y)
    if op == NB_OR:
        return new_int_host(m, x | y)
    if op == NB_XOR:
        return new_int_host(m, x ^ y)
    if op == NB_LSHIFT or op == NB_RSHIFT:
        return shift(m, op, x, y)
    if op == NB_POWER:
        return host_power(m, x, y)
    if op == NB_TRUE_DIVIDE:
        return true_divide(m, x, y)
    return divide(m, op, x, y)


def divide(m: Machine, op: i64, x: int, y: int) -> i64:
    """x // y, x % y or divmod(x, y); NotImplemented for the operators that are left."""
    if op == NB_FLOOR_DIVIDE:
        if y == 0:
            raise zero_division(m, "integer division or modulo by zero")
        return new_int_host(m, x // y)
    if op == NB_REMAINDER:
        if y == 0:
            raise zero_division(m, "integer modulo by zero")
        return new_int_host(m, x % y)
    if op == NB_DIVMOD:
        if y == 0:
            raise zero_division(m, "integer division or modulo by zero")
        return int_pair(m, x // y, x % y)
    return not_implemented(m.words)


def shift(m: Machine, op: i64, x: int, y: int) -> i64:
    """x << y or x >> y."""
    if y < 0:
        raise m.error(T_VALUE_ERROR, "negative shift count")
    if op == NB_RSHIFT:
        n = x.bit_length()
        return new_int_host(m, x >> (y if y < n else n))
    if x == 0:
        return new_int(m, 0)
    if y >> 63 != 0:
        raise m.error(T_OVERFLOW_ERROR, "too many digits in integer")
    check_bits(m, x.bit_length() + y)
    return new_int_host(m, x << y)


def true_divide(m: Machine, x: int, y: int) -> i64:
    """x / y rounded once, which the host's division of int objects does (mypyc's `/` rounds the operands too)."""
    if y == 0:
        raise zero_division(m, "division by zero")
    try:
        quotient: float = truediv(x, y)
        return new_float(m, quotient)
    except OverflowError:
        pass
    raise m.error(T_OVERFLOW_ERROR, "integer division result too large for a float")


def host_power(m: Machine, x: int, y: int) -> i64:
    """x ** y: an int, or a float for a negative y."""
    if y < 0:
        return power_of_floats(m, float_of(m, x), float_of(m, y))
    if x > 1 or x < -1:
        check_bits(m, (x.bit_length() - 1) * y)
    return new_int_host(m, x**y)


def float_of(m: Machine, x: int) -> float:
    """x as a float; OverflowError if it is beyond them."""
    try:
        return float(x)
    except OverflowError:
        pass
    raise m.error(T_OVERFLOW_ERROR, "int too large to convert to float")


def long_power(m: Machine, a: i64, b: i64, modulus: i64) -> i64:
    """pow(a, b, modulus), owned; modulus 0 or None: a ** b. NotImplemented if one is not an int."""
    w = m.words
    if modulus == 0 or modulus == NONE:
        return long_binary(m, NB_POWER, a, b)
    if not is_int(w, a) or not is_int(w, b) or not is_int(w, modulus):
        return not_implemented(w)
    x = host_int(m, a)
    y = host_int(m, b)
    z = host_int(m, modulus)
    if z == 0:
        raise m.error(T_VALUE_ERROR, "pow() 3rd argument cannot be 0")
    try:
        return new_int_host(m, pow(x, y, z))
    except ValueError:
        pass
    raise m.error(T_VALUE_ERROR, "base is not invertible for the given modulus")


def int_pair(m: Machine, x: int, y: int) -> i64:
    """The tuple (x, y), owned. Written by hand, since tuples lie above numbers."""
    t: i64 = gc_alloc_var(m, T_TUPLE, 2)
    try:
        a: i64 = new_int_host(m, x)
        m.words[t + TUPLE_ITEMS] = a
        b: i64 = new_int_host(m, y)
        m.words[t + TUPLE_ITEMS + 1] = b
    except Raised:
        decref(m, m.words, t)
        raise
    return t


# ---------------------------------------------------------------- unary
def long_unary(m: Machine, op: i64, a: i64) -> i64:
    """+a, -a or ~a of an int, owned; bools give ints."""
    w = m.words
    a = plain_int(w, a)
    if w[a + OB_TYPE] != T_BIGINT:
        v: i64 = w[a + INT_VALUE]
        if op == UNARY_NEGATIVE:
            return new_int(m, -v)
        return new_int(m, ~v) if op == UNARY_INVERT else exact_word(m, a)
    if op == UNARY_INVERT:
        return new_int_host(m, ~host_int(m, a))
    return with_sign(m, a, -w[a + BIG_SIGN] if op == UNARY_NEGATIVE else w[a + BIG_SIGN])


def long_absolute(m: Machine, a: i64) -> i64:
    """abs(a) of an int, owned."""
    w = m.words
    a = plain_int(w, a)
    if w[a + OB_TYPE] != T_BIGINT:
        v: i64 = w[a + INT_VALUE]
        return exact_word(m, a) if v >= 0 else new_int(m, -v)
    return with_sign(m, a, 1)


def exact_word(m: Machine, a: i64) -> i64:
    """The word int a itself, owned, or, if it is a bool or of a program's class, an int of its value."""
    w = m.words
    if w[a + OB_TYPE] != T_INT:
        return new_int(m, w[a + INT_VALUE])
    w[a] += 1
    return a


def long_round(m: Machine, a: i64, digits: i64) -> i64:
    """round(a, digits) of an int, owned; digits is an int object, or 0 for round(a). Half goes to even."""
    n = host_int(m, digits) if digits != 0 else 0
    if n >= 0:
        return long_unary(m, UNARY_POSITIVE, a)
    x = host_int(m, a)
    if -n > x.bit_length():
        return new_int(m, 0)
    return new_int_host(m, round(x, n))
