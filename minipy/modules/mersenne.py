"""The Mersenne Twister MT19937, whose state lies in the heap.

    RANDOM_STATE -> 624 words of 32 bits        RANDOM_INDEX: the next one to be tempered; 624: make new ones first

Every draw gives the same numbers as CPython's from the same state.

Source: M. Matsumoto and T. Nishimura, "Mersenne Twister: A 623-dimensionally equidistributed uniform pseudorandom
number generator", ACM TOMACS 8 (1998); seeding by array from 2002. CPython counterpart: Modules/_randommodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import RANDOM_INDEX, RANDOM_STATE
from minipy.memory.words import vec

SIZE: Final = 624
MIDDLE: Final = 397
UPPER: Final = 0x80000000
LOWER: Final = 0x7FFFFFFF
TWIST: Final = 0x9908B0DF
MASK: Final = 0xFFFFFFFF
FIRST_SEED: Final = 19650218
FRACTION: Final = 1.0 / 9007199254740992.0


# ---------------------------------------------------------------- seeding
def fill(w: vec[i64], s: i64, seed: i64) -> None:
    """The state that one number of 32 bits gives."""
    w[s] = seed
    i: i64 = 1
    while i < SIZE:
        seed = (1812433253 * (seed ^ (seed >> 30)) + i) & MASK
        w[s + i] = seed
        i += 1


def seed_with(w: vec[i64], o: i64, key: list[int]) -> None:
    """Seed the generator o with one or more numbers of 32 bits."""
    s: i64 = w[o + RANDOM_STATE]
    fill(w, s, FIRST_SEED)
    n: i64 = len(key)
    i: i64 = 1
    j: i64 = 0
    rounds: i64 = SIZE if n < SIZE else n
    while rounds > 0:
        last: i64 = w[s + i - 1]
        w[s + i] = ((w[s + i] ^ ((last ^ (last >> 30)) * 1664525)) + i64(key[j]) + j) & MASK
        i = next_place(w, s, i)
        j = j + 1 if j + 1 < n else 0
        rounds -= 1
    rounds = SIZE - 1
    while rounds > 0:
        last = w[s + i - 1]
        w[s + i] = ((w[s + i] ^ ((last ^ (last >> 30)) * 1566083941)) - i) & MASK
        i = next_place(w, s, i)
        rounds -= 1
    w[s] = UPPER
    w[o + RANDOM_INDEX] = SIZE


def next_place(w: vec[i64], s: i64, i: i64) -> i64:
    """The place after i; behind the last one it is 1, and word 0 becomes the last."""
    i += 1
    if i < SIZE:
        return i
    w[s] = w[s + SIZE - 1]
    return 1


# ---------------------------------------------------------------- drawing
def twist(w: vec[i64], s: i64) -> None:
    """Make the next 624 words."""
    i: i64 = 0
    while i < SIZE:
        after: i64 = i + 1 if i + 1 < SIZE else 0
        far: i64 = i + MIDDLE if i + MIDDLE < SIZE else i + MIDDLE - SIZE
        y: i64 = (w[s + i] & UPPER) | (w[s + after] & LOWER)
        x: i64 = w[s + far] ^ (y >> 1)
        if y & 1 != 0:
            x ^= TWIST
        w[s + i] = x
        i += 1


def next_word(w: vec[i64], o: i64) -> i64:
    """32 random bits."""
    i: i64 = w[o + RANDOM_INDEX]
    s: i64 = w[o + RANDOM_STATE]
    if i >= SIZE:
        twist(w, s)
        i = 0
    w[o + RANDOM_INDEX] = i + 1
    y: i64 = w[s + i]
    y ^= y >> 11
    y ^= (y << 7) & 0x9D2C5680
    y ^= (y << 15) & 0xEFC60000
    return y ^ (y >> 18)


def next_float(w: vec[i64], o: i64) -> float:
    """A number from [0, 1) with 53 random bits."""
    high: i64 = next_word(w, o) >> 5
    low: i64 = next_word(w, o) >> 6
    return (float(high) * 67108864.0 + float(low)) * FRACTION


def next_bits(w: vec[i64], o: i64, k: int) -> int:
    """An int of k > 0 random bits, drawn 32 at a time from the lowest."""
    if k <= 32:
        few: i64 = k
        return int(next_word(w, o) >> (32 - few))
    parts: list[bytes] = []
    while k > 0:
        word: i64 = next_word(w, o)
        if k < 32:
            few = k
            word >>= 32 - few
        parts.append(int(word).to_bytes(4, "little"))
        k -= 32
    return int.from_bytes(b"".join(parts), "little")


def next_below(w: vec[i64], o: i64, n: int) -> int:
    """A number from range(n), n > 0, each equally likely."""
    bits = n.bit_length()
    if bits > 32:
        r = next_bits(w, o, bits)
        while r >= n:
            r = next_bits(w, o, bits)
        return r
    shift: i64 = 32 - bits
    limit: i64 = n
    word: i64 = next_word(w, o) >> shift
    while word >= limit:
        word = next_word(w, o) >> shift
    return int(word)
