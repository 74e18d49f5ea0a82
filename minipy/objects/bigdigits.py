"""Magnitudes: rows of 62-bit digits in the heap, least significant first, and the schoolbook arithmetic on them.

    w[x] .. w[x + n - 1]      x = sum of w[x + i] * 2**(62 * i)          "the n digits at x"

    digit   |0 0| high half, 31 bits | low half, 31 bits |        the two top bits of the word are always 0

With 62 bits a sum of two digits and a carry fits a signed word, and with halves of 31 bits so do the partial products
of two digits; nothing here ever passes 2**63, so compiled words and uncompiled ints agree without masks.

Invariants
- The callers provide the room and check for zero divisors; nothing here allocates in the heap.
- Digits may be 0 at the top unless a function says otherwise.

CPython counterpart: x_add, x_sub, x_mul, x_divrem, inplace_divrem1 of Objects/longobject.c (digits of 30 bits). The
division is Knuth's algorithm D, TAOCP volume 2, 4.3.1, without the second test of a quotient digit: with digits this
large a wrong guess is so rare that adding back is cheaper.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.words import read_bytes, vec
from minipy.objects.operators import NB_AND, NB_OR

DIGIT_BITS: Final = 62
DIGIT_MASK: Final = (1 << 62) - 1
HALF_BITS: Final = 31
HALF_MASK: Final = (1 << 31) - 1
LARGEST_WORD: Final = (1 << 63) - 1


# ---------------------------------------------------------------- sizes and order
def trimmed(w: vec[i64], x: i64, n: i64) -> i64:
    """How many of the n digits at x are left without the zeros at the top."""
    while n > 0 and w[x + n - 1] == 0:
        n -= 1
    return n


def digit_length(d: i64) -> i64:
    """How many bits the digit d has: 0 for 0, at most 62."""
    n: i64 = 0
    step: i64 = 32
    while step > 0:
        if d >> step != 0:
            d >>= step
            n += step
        step >>= 1
    return n + d


def compare_digits(w: vec[i64], x: i64, n: i64, y: i64, k: i64) -> i64:
    """-1, 0 or 1 as the n digits at x are less than, equal to or greater than the k at y; no zeros at the tops."""
    if n != k:
        return -1 if n < k else 1
    while n > 0:
        n -= 1
        difference: i64 = w[x + n] - w[y + n]
        if difference != 0:
            return -1 if difference < 0 else 1
    return 0


# ---------------------------------------------------------------- sums
def add_digits(w: vec[i64], r: i64, x: i64, n: i64, y: i64, k: i64) -> i64:
    """Write x + y to the n digits at r, return the carry, 0 or 1; n >= k. r may be x or y."""
    carry: i64 = 0
    i: i64 = 0
    while i < k:
        s: i64 = w[x + i] + w[y + i] + carry
        w[r + i] = s & DIGIT_MASK
        carry = s >> DIGIT_BITS
        i += 1
    while i < n:
        s = w[x + i] + carry
        w[r + i] = s & DIGIT_MASK
        carry = s >> DIGIT_BITS
        i += 1
    return carry


def subtract_digits(w: vec[i64], r: i64, x: i64, n: i64, y: i64, k: i64) -> None:
    """Write x - y to the n digits at r; x >= y and n >= k. r may be x or y."""
    borrow: i64 = 0
    i: i64 = 0
    while i < k:
        s: i64 = w[x + i] - w[y + i] + borrow
        w[r + i] = s & DIGIT_MASK
        borrow = s >> DIGIT_BITS
        i += 1
    while i < n:
        s = w[x + i] + borrow
        w[r + i] = s & DIGIT_MASK
        borrow = s >> DIGIT_BITS
        i += 1


def increment_digits(w: vec[i64], x: i64) -> None:
    """Add 1 to the digits at x; the callers know that one of them has room for it."""
    while w[x] == DIGIT_MASK:
        w[x] = 0
        x += 1
    w[x] += 1


# ---------------------------------------------------------------- products
def add_row(w: vec[i64], r: i64, y: i64, n: i64, f: i64) -> i64:
    """Add the n digits at y times the digit f to those at r; returns the carry, a digit.

    With B = 2**31: f * d = low * B**0 + middle * B**1 + high * B**2, where the middle one is the sum of two products.
    """
    f0: i64 = f & HALF_MASK
    f1: i64 = f >> HALF_BITS
    carry: i64 = 0
    i: i64 = 0
    while i < n:
        d: i64 = w[y + i]
        d0: i64 = d & HALF_MASK
        d1: i64 = d >> HALF_BITS
        s: i64 = w[r + i] + carry
        low: i64 = d0 * f0 + (s & HALF_MASK)
        middle: i64 = d1 * f0 + d0 * f1 + (low >> HALF_BITS) + (s >> HALF_BITS)
        w[r + i] = (middle & HALF_MASK) << HALF_BITS | low & HALF_MASK
        carry = d1 * f1 + (middle >> HALF_BITS)
        i += 1
    return carry


def subtract_row(w: vec[i64], r: i64, y: i64, n: i64, f: i64) -> i64:
    """Subtract the n digits at y times the digit f from those at r; returns what is still to be taken away above."""
    f0: i64 = f & HALF_MASK
    f1: i64 = f >> HALF_BITS
    carry: i64 = 0
    i: i64 = 0
    while i < n:
        d: i64 = w[y + i]
        d0: i64 = d & HALF_MASK
        d1: i64 = d >> HALF_BITS
        low: i64 = d0 * f0 + (carry & HALF_MASK)
        middle: i64 = d1 * f0 + d0 * f1 + (low >> HALF_BITS) + (carry >> HALF_BITS)
        s: i64 = w[r + i] - ((middle & HALF_MASK) << HALF_BITS | low & HALF_MASK)
        w[r + i] = s & DIGIT_MASK
        carry = d1 * f1 + (middle >> HALF_BITS) - (s >> DIGIT_BITS)
        i += 1
    return carry


def multiply_digits(w: vec[i64], r: i64, x: i64, n: i64, y: i64, k: i64) -> None:
    """Write x * y to the n + k digits at r, which are 0 and apart from both; quickest with n >= k."""
    i: i64 = 0
    while i < k:
        w[r + i + n] = add_row(w, r + i, x, n, w[y + i])
        i += 1


# ---------------------------------------------------------------- bits
def combine_digits(w: vec[i64], op: i64, r: i64, y: i64, n: i64) -> None:
    """Change the n digits at r to r & y, r | y or r ^ y."""
    i: i64 = 0
    while i < n:
        if op == NB_AND:
            w[r + i] &= w[y + i]
        elif op == NB_OR:
            w[r + i] |= w[y + i]
        else:
            w[r + i] ^= w[y + i]
        i += 1


def low_bits(n: i64) -> i64:
    """A digit whose n <= 62 low bits are set. Not 1 << n, where compiled the 1 would have 32 bits only."""
    return DIGIT_MASK >> (DIGIT_BITS - n)


def shift_left(w: vec[i64], r: i64, x: i64, n: i64, bits: i64) -> i64:
    """Write x << bits to the n digits at r, return what is shifted out; 0 <= bits < 62. r may be x."""
    keep: i64 = DIGIT_MASK >> bits
    back: i64 = DIGIT_BITS - bits
    carry: i64 = 0
    i: i64 = 0
    while i < n:
        d: i64 = w[x + i]
        w[r + i] = (d & keep) << bits | carry
        carry = d >> back
        i += 1
    return carry


def shift_right(w: vec[i64], r: i64, x: i64, n: i64, bits: i64) -> None:
    """Write x >> bits to the n digits at r; 0 <= bits < 62. r may be x."""
    lost: i64 = low_bits(bits)
    back: i64 = DIGIT_BITS - bits
    carry: i64 = 0
    i: i64 = n
    while i > 0:
        i -= 1
        d: i64 = w[x + i]
        w[r + i] = d >> bits | carry
        carry = (d & lost) << back


# ---------------------------------------------------------------- quotients
def divide_by_digit(w: vec[i64], q: i64, x: i64, n: i64, v: i64) -> i64:
    """Write x // v to the n digits at q, return x % v; v is a digit above 0. q may be x.

    Both are shifted, x on the way, until v has bit 61 set; the remainder is shifted back at the end.
    """
    if v <= HALF_MASK:
        return divide_by_half(w, q, x, n, v)
    shift: i64 = DIGIT_BITS - digit_length(v)
    v <<= shift
    keep: i64 = DIGIT_MASK >> shift
    back: i64 = DIGIT_BITS - shift
    rest: i64 = 0
    i: i64 = n
    while i > 0:
        i -= 1
        d: i64 = w[x + i]
        high: i64 = rest | d >> back
        low: i64 = (d & keep) << shift
        first: i64 = half_quotient(high, low >> HALF_BITS, v)
        rest = half_remainder(high, low >> HALF_BITS, v, first)
        second: i64 = half_quotient(rest, low & HALF_MASK, v)
        rest = half_remainder(rest, low & HALF_MASK, v, second)
        w[q + i] = first << HALF_BITS | second
    return rest >> shift


def divide_by_half(w: vec[i64], q: i64, x: i64, n: i64, v: i64) -> i64:
    """As divide_by_digit for v < 2**31, where two plain divisions give a digit."""
    rest: i64 = 0
    i: i64 = n
    while i > 0:
        i -= 1
        d: i64 = w[x + i]
        high: i64 = rest << HALF_BITS | d >> HALF_BITS
        first: i64 = high // v
        low: i64 = (high - first * v) << HALF_BITS | d & HALF_MASK
        second: i64 = low // v
        w[q + i] = first << HALF_BITS | second
        rest = low - second * v
    return rest


def divide_digits(w: vec[i64], q: i64, u: i64, n: i64, v: i64, k: i64) -> None:
    """Divide the n digits at u by the k at v: the n - k + 1 at q get the quotient, the k at u keep the remainder.

    Of v's top digit bit 61 is set; n >= k > 0. There is one more digit at u + n, less than v's top digit.
    """
    top: i64 = w[v + k - 1]
    j: i64 = n - k
    while j >= 0:
        high: i64 = w[u + j + k]
        guess: i64 = DIGIT_MASK if high >= top else divide_two(high, w[u + j + k - 1], top)
        high -= subtract_row(w, u + j, v, k, guess)
        while high < 0:
            high += add_digits(w, u + j, u + j, k, v, k)
            guess -= 1
        w[u + j + k] = high
        w[q + j] = guess
        j -= 1


def divide_two(high: i64, low: i64, v: i64) -> i64:
    """The two digits high, low divided by the digit v, which has bit 61 set; high < v. The quotient is a digit."""
    first: i64 = half_quotient(high, low >> HALF_BITS, v)
    rest: i64 = half_remainder(high, low >> HALF_BITS, v, first)
    return first << HALF_BITS | half_quotient(rest, low & HALF_MASK, v)


def half_quotient(high: i64, low: i64, v: i64) -> i64:
    """(high << 31 | low) // v, a half; high < v, and v has bit 61 set. The guess from v's high half is 2 too large at
    most."""
    v1: i64 = v >> HALF_BITS
    v0: i64 = v & HALF_MASK
    q: i64 = high // v1
    r: i64 = high - q * v1
    while r <= HALF_MASK and (q > HALF_MASK or q * v0 > r << HALF_BITS | low):
        q -= 1
        r += v1
    return q


def half_remainder(high: i64, low: i64, v: i64, q: i64) -> i64:
    """(high << 31 | low) - q * v for the half_quotient q."""
    return ((high - q * (v >> HALF_BITS)) << HALF_BITS | low) - q * (v & HALF_MASK)


def digits_modulo_mersenne(w: vec[i64], x: i64, n: i64) -> i64:
    """The n digits at x modulo 2**61 - 1, the hash of a number: 2**62 is 2 there."""
    h: i64 = 0
    while n > 0:
        n -= 1
        h = 2 * h + w[x + n]
        h = (h & ((1 << 61) - 1)) + (h >> 61)
        if h >= (1 << 61) - 1:
            h -= (1 << 61) - 1
    return h


# ---------------------------------------------------------------- bytes
def digits_to_bytes(w: vec[i64], x: i64, n: i64) -> bytes:
    """The n digits at x as bytes, least significant first, some more 0 at the end."""
    packed = vec[i64](memoryview(bytes(int(8 * n))).cast("q"))
    word: i64 = 0
    have: i64 = 0
    to: i64 = 0
    for i in range(n):
        d: i64 = w[x + i]
        word |= (d & (LARGEST_WORD >> have)) << have | -(d >> (63 - have) & 1) << 63
        have += DIGIT_BITS
        if have >= 64:
            packed[to] = word
            to += 1
            have -= 64
            word = d >> (DIGIT_BITS - have)
    if have > 0:
        packed[to] = word
    return read_bytes(packed, 0, 8 * n)


def unpack_words(w: vec[i64], x: i64, n: i64, source: i64) -> None:
    """Write the n digits at x from the 64-bit words at `source`, which may be the last of those n words."""
    rest: i64 = 0
    have: i64 = 0
    for i in range(n):
        if have == DIGIT_BITS:
            w[x + i] = rest
            rest = 0
            have = 0
            continue
        word: i64 = w[source] if source < x + n else 0
        source += 1
        w[x + i] = rest | (word & (DIGIT_MASK >> have)) << have
        have += 2
        rest = word >> (64 - have) & low_bits(have)
