"""Reading and copying packed text by words: what needs no allocation.

Characters (or a bytes object's bytes) lie packed in words, little-endian, from a word's lowest byte up; behind the
last one the word is padded with zero bytes. See unicodeobject.py for the picture.

    byte 0 .. 7 of the text is the first word, byte 8 .. 15 the second, ...

Uncompiled, words are host ints that do not wrap: `shift_left` gives the signed word both ways.

CPython counterpart: the PyUnicode_READ family and memcpy.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    MASK62,
    OB_TYPE,
    STR_DATA,
    STR_HASH,
    STR_INTERNED,
    STR_KIND,
    STR_KIND_BITS,
    STR_LENGTH,
    TP_SOLID,
)
from minipy.memory.statics import T_STR
from minipy.memory.words import vec

HASH_START: Final = 0x2545F4914F6CDD1D
HASH_FACTOR: Final = 0x1E3779B97F4A7C15
NOT_INTERNED: Final = ~STR_INTERNED


# ---------------------------------------------------------------- reading
def is_str(w: vec[i64], a: i64) -> bool:
    """True for str and instances of its subclasses."""
    t: i64 = w[a + OB_TYPE]
    return t == T_STR or w[t + TP_SOLID] == T_STR


def str_length(w: vec[i64], a: i64) -> i64:
    """The number of characters."""
    return w[a + STR_LENGTH] >> STR_KIND_BITS


def str_kind(w: vec[i64], a: i64) -> i64:
    """Bytes a character: 1, 2 or 4."""
    return w[a + STR_LENGTH] & STR_KIND


def str_bytes(w: vec[i64], a: i64) -> i64:
    """The number of bytes the characters take."""
    meta: i64 = w[a + STR_LENGTH]
    return (meta >> STR_KIND_BITS) * (meta & STR_KIND)


def char_at(w: vec[i64], a: i64, i: i64) -> i64:
    """The code point of character i, 0 <= i < length."""
    kind: i64 = w[a + STR_LENGTH] & STR_KIND
    if kind == 1:
        return (w[a + STR_DATA + (i >> 3)] >> ((i & 7) << 3)) & 0xFF
    if kind == 2:
        return (w[a + STR_DATA + (i >> 2)] >> ((i & 3) << 4)) & 0xFFFF
    return (w[a + STR_DATA + (i >> 1)] >> ((i & 1) << 5)) & 0xFFFFFFFF


def byte_at(w: vec[i64], at: i64, i: i64) -> i64:
    """Byte i of the bytes packed from word `at` on."""
    return (w[at + (i >> 3)] >> ((i & 7) << 3)) & 0xFF


# ---------------------------------------------------------------- equality, order, hash
def str_equal(w: vec[i64], a: i64, b: i64) -> bool:
    """Whether two strs have the same text."""
    if a == b:
        return True
    meta: i64 = w[a + STR_LENGTH] & NOT_INTERNED
    if meta != w[b + STR_LENGTH] & NOT_INTERNED:
        return False
    if w[a + STR_HASH] != w[b + STR_HASH] and w[a + STR_HASH] != -1 and w[b + STR_HASH] != -1:
        return False
    p: i64 = a + STR_DATA
    q: i64 = b + STR_DATA
    end: i64 = p + (((meta >> STR_KIND_BITS) * (meta & STR_KIND) + 7) >> 3)
    while p < end:
        if w[p] != w[q]:
            return False
        p += 1
        q += 1
    return True


def hash_words(w: vec[i64], at: i64, n_bytes: i64) -> i64:
    """The hash of packed bytes, 0 <= result < 2**62: fold, multiply and fold again, a word at a time."""
    h: i64 = HASH_START ^ n_bytes
    end: i64 = at + ((n_bytes + 7) >> 3)
    while at < end:
        x: i64 = w[at]
        x ^= x >> 32
        h = ((h ^ x) * HASH_FACTOR) & MASK62
        h ^= h >> 32
        at += 1
    return h


def str_hash(w: vec[i64], a: i64) -> i64:
    """hash(a), computed once."""
    h: i64 = w[a + STR_HASH]
    if h == -1:
        n: i64 = str_bytes(w, a)
        h = hash_words(w, a + STR_DATA, n) if n > 0 else 0
        w[a + STR_HASH] = h
    return h


def order_bytes(w: vec[i64], p: i64, q: i64, n: i64, k: i64) -> i64:
    """-1, 0 or 1: the n packed bytes at word p against the k packed bytes at word q, in lexical order."""
    end: i64 = p + ((n if n < k else k) + 7 >> 3)
    while p < end:
        x: i64 = w[p]
        y: i64 = w[q]
        if x != y:
            s: i64 = 0
            while ((x ^ y) >> s) & 0xFF == 0:
                s += 8
            return -1 if (x >> s) & 0xFF < (y >> s) & 0xFF else 1
        p += 1
        q += 1
    return 0 if n == k else (-1 if n < k else 1)


# ---------------------------------------------------------------- copying
def low_bits(n: i64) -> i64:
    """A word with the lowest n bits set, n < 64. `1 << n` will not do: mypyc shifts a literal as a C int."""
    all_bits: i64 = n | -1
    return ~(all_bits << n)


def shift_left(x: i64, s: i64) -> i64:
    """x << s as a signed word, 0 < s < 64."""
    return ((x & low_bits(63 - s)) << s) | (-((x >> (63 - s)) & 1) << 63)


def shift_right(x: i64, s: i64) -> i64:
    """x >> s with zeros shifted in, 0 < s < 64."""
    return (x >> s) & low_bits(64 - s)


def append_bytes(w: vec[i64], to: i64, start: i64, source: i64, n: i64) -> None:
    """Copy n bytes from word `source` on to byte `start` of `to`.

    Bytes of `to` from `start` on to the end of its word are zero before; so they are behind the copy after it.
    """
    d: i64 = to + (start >> 3)
    s: i64 = (start & 7) << 3
    end: i64 = source + ((n + 7) >> 3)
    if s == 0:
        while source < end:
            w[d] = w[source]
            d += 1
            source += 1
        return
    last: i64 = to + ((start + n - 1) >> 3)
    while source < end:
        x: i64 = w[source]
        w[d] |= shift_left(x, s)
        d += 1
        if d <= last:
            w[d] = shift_right(x, 64 - s)
        source += 1


def extract_bytes(w: vec[i64], to: i64, source: i64, start: i64, n: i64) -> None:
    """Copy n > 0 bytes from byte `start` of `source` to word `to` on, padded with zeros to a whole word."""
    p: i64 = source + (start >> 3)
    last: i64 = source + ((start + n - 1) >> 3)
    s: i64 = (start & 7) << 3
    end: i64 = to + ((n + 7) >> 3)
    while to < end:
        if s == 0:
            w[to] = w[p]
        else:
            x: i64 = shift_right(w[p], s)
            w[to] = x | shift_left(w[p + 1], 64 - s) if p < last else x
        to += 1
        p += 1
    if n & 7 != 0:
        w[end - 1] &= low_bits((n & 7) << 3)


def bytes_match(w: vec[i64], at: i64, start: i64, pattern: i64, n: i64) -> bool:
    """Whether the n bytes from byte `start` of `at` are those from word `pattern` on."""
    p: i64 = at + (start >> 3)
    s: i64 = (start & 7) << 3
    while n > 0:
        x: i64 = w[p]
        if s != 0:
            x = shift_right(x, s)
            if n > 8 - (s >> 3):
                x |= shift_left(w[p + 1], 64 - s)
        if n < 8:
            return (x ^ w[pattern]) & low_bits(n << 3) == 0
        if x != w[pattern]:
            return False
        p += 1
        pattern += 1
        n -= 8
    return True


def find_byte(w: vec[i64], at: i64, value: i64, start: i64, end: i64) -> i64:
    """The first place of the byte in start .. end - 1 of the bytes packed from word `at` on; -1: none."""
    i: i64 = start
    while i < end:
        if (w[at + (i >> 3)] >> ((i & 7) << 3)) & 0xFF == value:
            return i
        i += 1
    return -1
