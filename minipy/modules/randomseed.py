"""Random.seed: from a value to the words that seed the generator; getstate and setstate.

CPython counterpart: random_seed, random_getstate, random_setstate in Modules/_randommodule.c, Random.seed in
Lib/random.py.
"""

from __future__ import annotations

import os
from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    OB_SIZE,
    OB_TYPE,
    RANDOM_GAUSS,
    RANDOM_INDEX,
    RANDOM_STATE,
    TP_SOLID,
    TUPLE_ITEMS,
)
from minipy.memory.refcount import decref, incref, store, xdecref
from minipy.memory.statics import NONE, T_BYTEARRAY, T_BYTES, T_STR, T_TUPLE, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import vec
from minipy.modules.mersenne import MASK, SIZE, seed_with
from minipy.objects.bytesobject import bytes_from
from minipy.objects.floatobject import is_float
from minipy.objects.longobject import host_int, is_int, new_int
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import new_tuple, tuple_of3
from minipy.objects.unicodeobject import host_str

VERSION: Final = 3
WORD_MASK: Final = (1 << 64) - 1
SEED_TYPES: Final = "The only supported seed types are: None,\nint, float, str, bytes, and bytearray."


def seed(m: Machine, o: i64, value: i64, version: int) -> None:
    """o.seed(value, version); value 0 is None."""
    seed_with(m.words, o, key_of(m, value, version))
    store(m, m.words, o + RANDOM_GAUSS, 0)


def key_of(m: Machine, value: i64, version: int) -> list[int]:
    """The numbers of 32 bits that seed the generator."""
    if value == 0 or value == NONE:
        return system_key()
    w = m.words
    solid: i64 = w[w[value + OB_TYPE] + TP_SOLID]
    if is_int(w, value):
        return digits(abs(host_int(m, value)))
    if solid == T_STR or solid == T_BYTES or solid == T_BYTEARRAY:
        if version == 2:
            return digits(text_number(host_str(m, value).encode() if solid == T_STR else bytes_from(m, value)))
        if version == 1 and solid != T_BYTEARRAY:
            return digits(old_number(host_str(m, value) if solid == T_STR else bytes_from(m, value).decode("latin-1")))
    elif not is_float(w, value):
        raise m.error(T_TYPE_ERROR, SEED_TYPES)
    return digits(int(m.hash(value)) & WORD_MASK)


def system_key() -> list[int]:
    """Numbers nobody can foresee."""
    data = os.urandom(SIZE * 4)
    return [int.from_bytes(data[i : i + 4], "little") for i in range(0, SIZE * 4, 4)]


def digits(v: int) -> list[int]:
    """The digits of a natural number, each of 32 bits, the lowest first; at least one."""
    key = [v & MASK]
    v >>= 32
    while v > 0:
        key.append(v & MASK)
        v >>= 32
    return key


def text_number(data: bytes) -> int:
    """The number that a text or bytes stand for: with their digest behind them, so that short ones differ too."""
    from hashlib import sha512

    return int.from_bytes(data + sha512(data).digest(), "big")


def old_number(text: str) -> int:
    """The number that version 1 made of a text: its hash of old."""
    x = ord(text[0]) << 7 if text else 0
    for c in text:
        x = (1000003 * x ^ ord(c)) & WORD_MASK
    return x ^ len(text)


# ---------------------------------------------------------------- the state as a program sees it
def getstate(m: Machine, o: i64) -> i64:
    """(3, (624 words, index), second value of gauss or None)."""
    words: i64 = new_tuple(m, SIZE + 1)
    version: i64 = 0
    i: i64 = 0
    try:
        while i <= SIZE:
            w = m.words
            number: i64 = new_int(m, w[w[o + RANDOM_STATE] + i] if i < SIZE else w[o + RANDOM_INDEX])
            m.words[words + TUPLE_ITEMS + i] = number
            i += 1
        second: i64 = m.words[o + RANDOM_GAUSS]
        version = new_int(m, VERSION)
        return tuple_of3(m, version, words, NONE if second == 0 else second)
    finally:
        xdecref(m, m.words, version)
        decref(m, m.words, words)


def setstate(m: Machine, o: i64, state: i64) -> None:
    """o.setstate(state) with what getstate gave."""
    w = m.words
    if w[w[state + OB_TYPE] + TP_SOLID] != T_TUPLE or w[state + OB_SIZE] != 3:
        raise m.error(T_TYPE_ERROR, "state vector must be a tuple")
    version: i64 = w[state + TUPLE_ITEMS]
    words: i64 = w[state + TUPLE_ITEMS + 1]
    second: i64 = w[state + TUPLE_ITEMS + 2]
    if not is_int(w, version) or host_int(m, version) != VERSION:
        text = f"state with version {host_int(m, version) if is_int(w, version) else '?'} passed to Random.setstate()"
        raise m.error(T_VALUE_ERROR, f"{text} of version {VERSION}")
    if w[w[words + OB_TYPE] + TP_SOLID] != T_TUPLE:
        raise m.error(T_TYPE_ERROR, "state vector must be a tuple")
    if w[words + OB_SIZE] != SIZE + 1:
        raise m.error(T_VALUE_ERROR, "state vector is the wrong size")
    numbers = state_numbers(m, words)
    w = m.words
    set_words(w, w[o + RANDOM_STATE], numbers)
    w[o + RANDOM_INDEX] = numbers[SIZE]
    if second == NONE:
        second = 0
    else:
        incref(w, second)
    store(m, w, o + RANDOM_GAUSS, second)


def state_numbers(m: Machine, words: i64) -> list[int]:
    """The 625 numbers of a state's tuple, checked."""
    numbers: list[int] = []
    i: i64 = 0
    while i <= SIZE:
        number: i64 = m.words[words + TUPLE_ITEMS + i]
        if not is_int(m.words, number):
            raise m.error(T_TYPE_ERROR, "an integer is required")
        numbers.append(host_int(m, number) & MASK)
        i += 1
    if numbers[SIZE] > SIZE:
        raise m.error(T_VALUE_ERROR, "invalid state")
    return numbers


def set_words(w: vec[i64], s: i64, numbers: list[int]) -> None:
    """Copy the state's words."""
    i: i64 = 0
    while i < SIZE:
        w[s + i] = numbers[i]
        i += 1
