"""Operators on large ints by their digits, so that no host int is made.

    word or T_BIGINT --big_form--> T_BIGINT --digits (bigdigits.py)--> T_BIGINT --fit--> canonical int

Schoolbook arithmetic takes a time of n * k digits. Beyond SCHOOLBOOK digits of the shorter operand the host's
methods win over what it costs to convert to host ints and back, and `big_binary` leaves the operands to them.

Invariants
- `big_form` and what is under construction here need not be canonical: they may be small or have zeros at the top.
- x, y are borrowed T_BIGINTs, results are owned canonical ints; every function may grow the heap and raise no_memory.

CPython counterpart: long_add, long_sub, long_mul, l_divmod, long_lshift and long_rshift of Objects/longobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import BIG_DIGITS, BIG_SIGN, INT_VALUE, OB_SIZE, OB_TYPE, TUPLE_ITEMS
from minipy.memory.objalloc import gc_alloc_var, new_var_object
from minipy.memory.obmalloc import reallocate
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_BIGINT, T_TUPLE
from minipy.memory.words import INTERPRETED, Heap, Raised, copy_many
from minipy.objects.bigdigits import (
    DIGIT_BITS,
    DIGIT_MASK,
    add_digits,
    add_row,
    combine_digits,
    compare_digits,
    digit_length,
    divide_by_digit,
    divide_digits,
    increment_digits,
    low_bits,
    multiply_digits,
    shift_left,
    shift_right,
    subtract_digits,
    trimmed,
)
from minipy.objects.longobject import check_bits, new_int, new_word_digits
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
)

SCHOOLBOOK: Final = 80
SCHOOLBOOK_INTERPRETED: Final = 2
"""Uncompiled, a step of the host's is a thousand times quicker than one here."""
MOST_SHIFT: Final = 1 << 50


def big_binary(heap: Heap, op: i64, a: i64, b: i64) -> i64:
    """`a op b` of two ints, owned; 0: for host ints, be it for the size, an error or another operator."""
    w = heap.words
    if op == NB_LSHIFT or op == NB_RSHIFT:
        return big_shift(heap, op, a, w[b + INT_VALUE]) if w[b + OB_TYPE] != T_BIGINT else 0
    if op == NB_POWER or op == NB_TRUE_DIVIDE:
        return 0
    x: i64 = big_form(heap, a)
    try:
        y: i64 = big_form(heap, b)
        try:
            return big_operator(heap, op, x, y)
        finally:
            decref(heap, heap.words, y)
    finally:
        decref(heap, heap.words, x)


def big_operator(heap: Heap, op: i64, x: i64, y: i64) -> i64:
    """`x op y` but for shifts and powers, owned; 0: too large for schoolbook methods, or a division by zero."""
    w = heap.words
    n: i64 = w[x + OB_SIZE]
    k: i64 = w[y + OB_SIZE]
    if op == NB_ADD:
        return big_sum(heap, x, y, w[y + BIG_SIGN])
    if op == NB_SUBTRACT:
        return big_sum(heap, x, y, -w[y + BIG_SIGN])
    if op == NB_MULTIPLY:
        return big_product(heap, x, y) if schoolbook(n, k) else 0
    if is_division(op):
        return big_divide(heap, op, x, y) if k != 0 and schoolbook(n - k, k) else 0
    return big_bits(heap, op, x, y) if op == NB_AND or op == NB_OR or op == NB_XOR else 0


def is_division(op: i64) -> bool:
    """// % or divmod."""
    return op == NB_FLOOR_DIVIDE or op == NB_REMAINDER or op == NB_DIVMOD


def schoolbook(n: i64, k: i64) -> bool:
    """Whether n * k steps here are quicker than host ints."""
    most: i64 = SCHOOLBOOK_INTERPRETED if INTERPRETED else SCHOOLBOOK
    return n <= most or k <= most


# ---------------------------------------------------------------- forms
def new_big(heap: Heap, n: i64, sign: i64) -> i64:
    """An owned T_BIGINT of n digits 0."""
    a: i64 = new_var_object(heap, T_BIGINT, n)
    heap.words[a + BIG_SIGN] = sign
    return a


def big_form(heap: Heap, a: i64) -> i64:
    """The int a as an owned T_BIGINT, 0 without digits."""
    w = heap.words
    if w[a + OB_TYPE] == T_BIGINT:
        incref(w, a)
        return a
    return new_word_digits(heap, w[a + INT_VALUE])


def fit(heap: Heap, a: i64) -> i64:
    """The canonical int, owned, of the T_BIGINT a, which is taken over and may have zeros at the top."""
    w = heap.words
    size: i64 = w[a + OB_SIZE]
    n: i64 = trimmed(w, a + BIG_DIGITS, size)
    if n <= 1 or is_least_word(heap, a, n):
        v: i64 = 0
        if n > 0:
            v = w[a + BIG_DIGITS] if n == 1 else DIGIT_MASK + 1
        v *= w[a + BIG_SIGN]
        decref(heap, w, a)
        return new_int(heap, v)
    if n < size:
        try:
            a = reallocate(heap, a, BIG_DIGITS + size, BIG_DIGITS + n)
        except Raised:
            decref(heap, heap.words, a)
            raise
        heap.words[a + OB_SIZE] = n
    return a


def is_least_word(heap: Heap, a: i64, n: i64) -> bool:
    """Whether n digits at the T_BIGINT a are those of -2**62, the one word int with two digits."""
    w = heap.words
    return n == 2 and w[a + BIG_SIGN] < 0 and w[a + BIG_DIGITS] == 0 and w[a + BIG_DIGITS + 1] == 1


# ---------------------------------------------------------------- sums
def big_sum(heap: Heap, x: i64, y: i64, sign: i64) -> i64:
    """x plus y's magnitude with the sign given, owned."""
    w = heap.words
    n: i64 = w[x + OB_SIZE]
    k: i64 = w[y + OB_SIZE]
    same: bool = w[x + BIG_SIGN] == sign
    if n < k or (not same and compare_digits(w, x + BIG_DIGITS, n, y + BIG_DIGITS, k) < 0):
        x, y, n, k = y, x, k, n
    else:
        sign = w[x + BIG_SIGN]
    room: i64 = n + 1 if same and may_carry(heap, x, y, n, k) else n
    r: i64 = new_big(heap, room, sign)
    w = heap.words
    if not same:
        subtract_digits(w, r + BIG_DIGITS, x + BIG_DIGITS, n, y + BIG_DIGITS, k)
        return fit(heap, r)
    carry: i64 = add_digits(w, r + BIG_DIGITS, x + BIG_DIGITS, n, y + BIG_DIGITS, k)
    if room > n:
        w[r + BIG_DIGITS + n] = carry
    return fit(heap, r)


def may_carry(heap: Heap, x: i64, y: i64, n: i64, k: i64) -> bool:
    """Whether the sum of n and k <= n digits may need one more."""
    w = heap.words
    if n == 0:
        return False
    top: i64 = w[x + BIG_DIGITS + n - 1]
    if k == n:
        top += w[y + BIG_DIGITS + n - 1]
    return top >= DIGIT_MASK


# ---------------------------------------------------------------- products
def big_product(heap: Heap, x: i64, y: i64) -> i64:
    """x * y, owned."""
    w = heap.words
    if w[x + OB_SIZE] < w[y + OB_SIZE]:
        x, y = y, x
    n: i64 = w[x + OB_SIZE]
    k: i64 = w[y + OB_SIZE]
    r: i64 = new_big(heap, n + k, w[x + BIG_SIGN] * w[y + BIG_SIGN])
    multiply_digits(heap.words, r + BIG_DIGITS, x + BIG_DIGITS, n, y + BIG_DIGITS, k)
    return fit(heap, r)


def word_product(heap: Heap, x: i64, y: i64) -> i64:
    """x * y of two words above -2**62 and below 2**62, owned."""
    r: i64 = new_big(heap, 2, 1 if (x < 0) == (y < 0) else -1)
    w = heap.words
    at: i64 = r + BIG_DIGITS
    w[at + 1] = y if y >= 0 else -y
    w[at + 1] = add_row(w, at, at + 1, 1, x if x >= 0 else -x)
    return fit(heap, r)


# ---------------------------------------------------------------- quotients
def big_divide(heap: Heap, op: i64, x: i64, y: i64) -> i64:
    """x // y, x % y or divmod(x, y), owned; y is not 0. Floors, which may take one more digit than truncating."""
    w = heap.words
    n: i64 = max(w[x + OB_SIZE], w[y + OB_SIZE])
    k: i64 = w[y + OB_SIZE]
    sign: i64 = w[x + BIG_SIGN] * w[y + BIG_SIGN]
    q: i64 = new_big(heap, n - k + (1 if sign > 0 else 2), sign)
    try:
        r: i64 = divide_truncating(heap, x, y, n, q + BIG_DIGITS)
    except Raised:
        decref(heap, heap.words, q)
        raise
    w = heap.words
    if sign < 0 and trimmed(w, r + BIG_DIGITS, k) > 0:
        increment_digits(w, q + BIG_DIGITS)
        subtract_digits(w, r + BIG_DIGITS, y + BIG_DIGITS, k, r + BIG_DIGITS, k)
    if op == NB_FLOOR_DIVIDE:
        decref(heap, w, r)
        return fit(heap, q)
    if op == NB_REMAINDER:
        decref(heap, w, q)
        return fit(heap, r)
    return fitting_pair(heap, q, r)


def divide_truncating(heap: Heap, x: i64, y: i64, n: i64, q: i64) -> i64:
    """Write |x| // |y| to the digits at q; |x| % |y| with y's sign as an owned T_BIGINT with zeros at the top.

    n is the larger number of digits. Both are shifted until y's top digit has bit 61 set.
    """
    w = heap.words
    size: i64 = w[x + OB_SIZE]
    k: i64 = w[y + OB_SIZE]
    top: i64 = w[y + BIG_DIGITS + k - 1]
    u: i64 = new_big(heap, n + 1 if k > 1 else 1, w[y + BIG_SIGN])
    if k == 1:
        w = heap.words
        w[u + BIG_DIGITS] = divide_by_digit(w, q, x + BIG_DIGITS, size, top)
        return u
    shift: i64 = DIGIT_BITS - digit_length(top)
    try:
        v: i64 = new_big(heap, k, 1)
    except Raised:
        decref(heap, heap.words, u)
        raise
    w = heap.words
    shift_left(w, v + BIG_DIGITS, y + BIG_DIGITS, k, shift)
    w[u + BIG_DIGITS + size] = shift_left(w, u + BIG_DIGITS, x + BIG_DIGITS, size, shift)
    divide_digits(w, q, u + BIG_DIGITS, n, v + BIG_DIGITS, k)
    shift_right(w, u + BIG_DIGITS, u + BIG_DIGITS, k, shift)
    decref(heap, w, v)
    return u


def fitting_pair(heap: Heap, q: i64, r: i64) -> i64:
    """The tuple of two T_BIGINTs, which are taken over, as canonical ints; owned."""
    try:
        t: i64 = gc_alloc_var(heap, T_TUPLE, 2)
    except Raised:
        decref(heap, heap.words, q)
        decref(heap, heap.words, r)
        raise
    heap.words[t + TUPLE_ITEMS + 1] = r
    try:
        fitted: i64 = fit(heap, q)
        w = heap.words
        w[t + TUPLE_ITEMS] = fitted
        w[t + TUPLE_ITEMS + 1] = 0
        fitted = fit(heap, r)
        heap.words[t + TUPLE_ITEMS + 1] = fitted
    except Raised:
        decref(heap, heap.words, t)
        raise
    return t


# ---------------------------------------------------------------- shifts
def big_shift(heap: Heap, op: i64, a: i64, count: i64) -> i64:
    """a << count or a >> count, owned; 0: an error for others to raise."""
    if count < 0 or (op == NB_LSHIFT and count > MOST_SHIFT):
        return 0
    if op == NB_LSHIFT:
        check_bits(heap, int(count))
    x: i64 = big_form(heap, a)
    try:
        return shifted_left(heap, x, count) if op == NB_LSHIFT else shifted_right(heap, x, count)
    finally:
        decref(heap, heap.words, x)


def shifted_left(heap: Heap, x: i64, count: i64) -> i64:
    """x << count, owned."""
    w = heap.words
    n: i64 = w[x + OB_SIZE]
    if n == 0:
        return new_int(heap, 0)
    skip: i64 = count // DIGIT_BITS
    r: i64 = new_big(heap, n + skip + 1, w[x + BIG_SIGN])
    w = heap.words
    to: i64 = r + BIG_DIGITS + skip
    w[to + n] = shift_left(w, to, x + BIG_DIGITS, n, count % DIGIT_BITS)
    return fit(heap, r)


def shifted_right(heap: Heap, x: i64, count: i64) -> i64:
    """x >> count, owned: the floor, so a negative int that loses a bit is one larger in magnitude."""
    w = heap.words
    sign: i64 = w[x + BIG_SIGN]
    skip: i64 = count // DIGIT_BITS
    bits: i64 = count % DIGIT_BITS
    n: i64 = w[x + OB_SIZE] - skip
    if n <= 0:
        return new_int(heap, 0 if sign > 0 else -1)
    r: i64 = new_big(heap, n + 1, sign)
    w = heap.words
    source: i64 = x + BIG_DIGITS + skip
    shift_right(w, r + BIG_DIGITS, source, n, bits)
    if sign < 0 and (w[source] & low_bits(bits) != 0 or trimmed(w, x + BIG_DIGITS, skip) > 0):
        increment_digits(w, r + BIG_DIGITS)
    return fit(heap, r)


# ---------------------------------------------------------------- bits and signs
def big_bits(heap: Heap, op: i64, x: i64, y: i64) -> i64:
    """x & y, x | y or x ^ y, owned; 0 if one is negative, whose bits are not those of its digits."""
    w = heap.words
    if w[x + BIG_SIGN] < 0 or w[y + BIG_SIGN] < 0:
        return 0
    if (w[x + OB_SIZE] < w[y + OB_SIZE]) != (op == NB_AND):
        x, y = y, x
    n: i64 = w[x + OB_SIZE]
    k: i64 = w[y + OB_SIZE]
    r: i64 = new_big(heap, n, 1)
    w = heap.words
    copy_many(w, r + BIG_DIGITS, x + BIG_DIGITS, n)
    combine_digits(w, op, r + BIG_DIGITS, y + BIG_DIGITS, min(n, k))
    return fit(heap, r)


def with_sign(heap: Heap, x: i64, sign: i64) -> i64:
    """The T_BIGINT x with the sign given, owned: x itself if it has it."""
    w = heap.words
    if w[x + BIG_SIGN] == sign:
        incref(w, x)
        return x
    n: i64 = w[x + OB_SIZE]
    r: i64 = new_big(heap, n, sign)
    copy_many(heap.words, r + BIG_DIGITS, x + BIG_DIGITS, n)
    return fit(heap, r)
