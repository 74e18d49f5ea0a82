"""Integers: values of up to 62 bits in one word, larger ones as a sign and digits.

    T_INT, T_BOOL   a+0 ob_refcnt | a+1 ob_type | a+2 INT_VALUE
    T_BIGINT        a+0 ob_refcnt | a+1 ob_type | a+2 ob_size | a+3 BIG_SIGN -1 or 1 | a+4 digit 0 | digit 1 ...

A digit is 62 bits, least significant first, so that a word has room for a sum of two (bigdigits.py). Operators work
on the digits (long_big.py) or, where the host's are quicker, on transient host ints: digits -> host int -> operator ->
digits (long_arith.py).

Invariants
- Canonical: -2**62 <= value < 2**62 is always a T_INT (or T_BOOL), anything else always a T_BIGINT without leading
  zero digits; a program sees both as `int`.
- SMALL_INT_MIN .. SMALL_INT_MAX are the static objects, so `is` agrees for them.
- An instance of a program's subclass of int has its value at INT_VALUE, too, or as a T_BIGINT at INT_LARGE: `plain_int`
  comes before anything looks whether an int is a T_BIGINT.

CPython counterpart: Objects/longobject.c (30-bit digits for every value), Objects/boolobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    BIG_DIGITS,
    BIG_SIGN,
    INT_LARGE,
    INT_VALUE,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    TP_FLAGS,
    TP_GC,
    TP_SOLID,
    TPFLAGS_HEAPTYPE,
    W_HEAP_LIMIT,
    W_HEAP_TOP,
    W_INT_FREE,
    WORD_BYTES,
)
from minipy.memory.objalloc import gc_alloc, int_block, new_object, new_var_object
from minipy.memory.statics import (
    FALSE,
    INT_STRIDE,
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    SMALL_INT_MAX,
    SMALL_INT_MIN,
    SMALL_INT_ZERO,
    T_BIGINT,
    T_BOOL,
    T_INT,
    T_OVERFLOW_ERROR,
    TRUE,
)
from minipy.memory.words import Heap, vec, write_bytes
from minipy.objects.bigdigits import (
    DIGIT_BITS,
    DIGIT_MASK,
    compare_digits,
    digits_modulo_mersenne,
    digits_to_bytes,
    unpack_words,
)
from minipy.objects.machine import Machine
from minipy.objects.operators import CMP_EQ, CMP_GE, CMP_GT, CMP_LE, CMP_LT

HASH_MODULUS: Final = (1 << 61) - 1
"""Numbers hash modulo this prime, so that equal int, float and complex values hash alike (CPython's rule)."""


# ---------------------------------------------------------------- making
def fast_int(w: vec[i64], v: i64) -> i64:
    """An owned int for -2**62 <= v < 2**62; 0: the free list is empty, use `new_int`."""
    if v >= SMALL_INT_MIN and v <= SMALL_INT_MAX:
        s: i64 = SMALL_INT_ZERO + v * INT_STRIDE
        w[s] += 1
        return s
    a: i64 = w[W_INT_FREE]
    if a != 0:
        w[W_INT_FREE] = w[a]
        w[a + OB_REFCNT] = 1
        w[a + INT_VALUE] = v
    return a


def new_int(heap: Heap, v: i64) -> i64:
    """An owned int of any word."""
    if ((v >> 62) + 1) >> 1 != 0:
        return new_word_digits(heap, v)
    a: i64 = fast_int(heap.words, v)
    if a == 0:
        a = int_block(heap)
        w = heap.words
        w[a + OB_REFCNT] = 1
        w[a + INT_VALUE] = v
    return a


def new_int_host(heap: Heap, v: int) -> i64:
    """An owned int of a host int of any size."""
    if -(1 << 62) <= v < (1 << 62):
        return new_int(heap, i64(v))
    return _new_big(heap, v)


def _new_big(heap: Heap, v: int) -> i64:
    """An owned T_BIGINT; v is outside the range of a word int. The host's bytes wait in the last digits' place."""
    magnitude: int = abs(v)
    bits: i64 = i64(magnitude.bit_length())
    n: i64 = (bits + DIGIT_BITS - 1) // DIGIT_BITS
    packed: i64 = (bits + 63) // 64
    a: i64 = new_var_object(heap, T_BIGINT, n)
    w = heap.words
    w[a + BIG_SIGN] = 1 if v > 0 else -1
    if n == 2:
        w[a + BIG_DIGITS] = i64(magnitude & DIGIT_MASK)
        w[a + BIG_DIGITS + 1] = i64(magnitude >> DIGIT_BITS)
        return a
    source: i64 = a + BIG_DIGITS + n - packed
    write_bytes(w, source, magnitude.to_bytes(int(packed * WORD_BYTES), "little"))
    unpack_words(w, a + BIG_DIGITS, n, source)
    return a


def new_word_digits(heap: Heap, v: i64) -> i64:
    """An owned T_BIGINT of any word, not canonical if it is small; 0 has no digits."""
    less: i64 = v if v >= 0 else -(v + 1)
    low: i64 = (less & DIGIT_MASK) + (1 if v < 0 else 0)
    high: i64 = (less >> DIGIT_BITS) + (low >> DIGIT_BITS)
    n: i64 = 2 if high != 0 else (1 if low != 0 else 0)
    a: i64 = new_var_object(heap, T_BIGINT, n)
    w = heap.words
    w[a + BIG_SIGN] = 1 if v >= 0 else -1
    if n > 0:
        w[a + BIG_DIGITS] = low & DIGIT_MASK
    if n > 1:
        w[a + BIG_DIGITS + 1] = high
    return a


def new_bool(w: vec[i64], flag: bool) -> i64:
    """An owned True or False."""
    a: i64 = TRUE if flag else FALSE
    w[a] += 1
    return a


def none(w: vec[i64]) -> i64:
    """An owned None."""
    w[NONE] += 1
    return NONE


def not_implemented(w: vec[i64]) -> i64:
    """An owned NotImplemented: what an operator answers for operands it does not know."""
    w[NOT_IMPLEMENTED_OBJECT] += 1
    return NOT_IMPLEMENTED_OBJECT


def new_instance_of(heap: Heap, t: i64) -> i64:
    """An owned instance of the fixed-size type t, tracked if its type has a head for that."""
    return gc_alloc(heap, t) if heap.words[t + TP_GC] != 0 else new_object(heap, t)


# ---------------------------------------------------------------- reading
def is_int(w: vec[i64], a: i64) -> bool:
    """True for int, bool and instances of subclasses of int."""
    t: i64 = w[a + OB_TYPE]
    if t == T_INT:
        return True
    s: i64 = w[t + TP_SOLID]
    return s == T_INT or s == T_BIGINT or s == T_BOOL


def is_exact_int(w: vec[i64], a: i64) -> bool:
    """True for int itself: neither bool nor a program's subclass."""
    t: i64 = w[a + OB_TYPE]
    return t == T_INT or t == T_BIGINT


def plain_int(w: vec[i64], a: i64) -> i64:
    """Where the value of the int a lies, borrowed: in a itself but for subclass instances with a large one."""
    if w[w[a + OB_TYPE] + TP_FLAGS] & TPFLAGS_HEAPTYPE != 0 and w[a + INT_LARGE] != 0:
        return w[a + INT_LARGE]
    return a


def host_int(heap: Heap, a: i64) -> int:
    """The value of an int, bool or subclass instance as a host int."""
    w = heap.words
    a = plain_int(w, a)
    if w[a + OB_TYPE] != T_BIGINT:
        return int(w[a + INT_VALUE])
    v: int
    if w[a + OB_SIZE] == 2:
        v = int(w[a + BIG_DIGITS + 1]) << int(DIGIT_BITS) | int(w[a + BIG_DIGITS])
    else:
        v = int.from_bytes(digits_to_bytes(w, a + BIG_DIGITS, w[a + OB_SIZE]), "little")
    return v if w[a + BIG_SIGN] > 0 else -v


def fits_word(w: vec[i64], a: i64) -> bool:
    """Whether the int object's value is within a signed word."""
    a = plain_int(w, a)
    if w[a + OB_TYPE] != T_BIGINT:
        return True
    high: i64 = w[a + BIG_DIGITS + 1]
    return w[a + OB_SIZE] == 2 and (high == 1 or (high == 2 and w[a + BIG_DIGITS] == 0 and w[a + BIG_SIGN] < 0))


def int_word(m: Machine, a: i64) -> i64:
    """The value of an int object as a word; OverflowError if it does not fit."""
    w = m.words
    a = plain_int(w, a)
    if w[a + OB_TYPE] != T_BIGINT:
        return w[a + INT_VALUE]
    if not fits_word(w, a):
        raise m.error(T_OVERFLOW_ERROR, "Python int too large to convert to C ssize_t")
    return (w[a + BIG_DIGITS] + (w[a + BIG_DIGITS + 1] << DIGIT_BITS)) * w[a + BIG_SIGN]


def long_sign(w: vec[i64], a: i64) -> i64:
    """-1, 0 or 1: the truth value and the direction of an int."""
    a = plain_int(w, a)
    v: i64 = w[a + BIG_SIGN] if w[a + OB_TYPE] == T_BIGINT else w[a + INT_VALUE]
    if v == 0:
        return 0
    return 1 if v > 0 else -1


def check_bits(heap: Heap, bits: int) -> None:
    """Refuse a result of about `bits` bits that the rest of the heap could not hold, before the host computes it."""
    if bits > 1 << 20:
        w = heap.words
        if bits >> 6 > int(w[W_HEAP_LIMIT] - w[W_HEAP_TOP]):
            raise heap.no_memory()


# ---------------------------------------------------------------- equality, order, hash
def compare_words(op: i64, x: i64, y: i64) -> bool:
    """`x op y` for a CMP_* number."""
    if op == CMP_LT:
        return x < y
    if op == CMP_LE:
        return x <= y
    if op == CMP_EQ:
        return x == y
    if op == CMP_GT:
        return x > y
    if op == CMP_GE:
        return x >= y
    return x != y


def long_order(heap: Heap, a: i64, b: i64) -> i64:
    """-1, 0 or 1 as the int a is less than, equal to or greater than the int b."""
    w = heap.words
    x: i64
    y: i64
    a = plain_int(w, a)
    b = plain_int(w, b)
    if w[a + OB_TYPE] != T_BIGINT and w[b + OB_TYPE] != T_BIGINT:
        x = w[a + INT_VALUE]
        y = w[b + INT_VALUE]
        return 0 if x == y else (-1 if x < y else 1)
    if w[a + OB_TYPE] != T_BIGINT:
        return -w[b + BIG_SIGN]
    sign: i64 = w[a + BIG_SIGN]
    if w[b + OB_TYPE] != T_BIGINT or w[b + BIG_SIGN] != sign:
        return sign
    return sign * compare_digits(w, a + BIG_DIGITS, w[a + OB_SIZE], b + BIG_DIGITS, w[b + OB_SIZE])


def long_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """The rich comparison of two ints as an owned bool; owned NotImplemented if one is not an int."""
    w = m.words
    if not is_int(w, a) or not is_int(w, b):
        return not_implemented(w)
    return new_bool(w, compare_words(op, long_order(m, a, b), 0))


def word_hash(v: i64) -> i64:
    """The hash of an int's value, |v| <= 2**62: v modulo HASH_MODULUS with v's sign; -1 means error, so -2."""
    h: i64 = v % HASH_MODULUS if v >= 0 else -(-v % HASH_MODULUS)
    return h if h != -1 else -2


def long_hash(heap: Heap, a: i64) -> i64:
    """hash(a) of an int, bool or subclass instance."""
    w = heap.words
    a = plain_int(w, a)
    if w[a + OB_TYPE] != T_BIGINT:
        return word_hash(w[a + INT_VALUE])
    return word_hash(w[a + BIG_SIGN] * digits_modulo_mersenne(w, a + BIG_DIGITS, w[a + OB_SIZE]))
