"""What the methods of random.Random draw from: the generator itself, or what a program's class puts in its place.

A class derived from Random may define `random` or `getrandbits`; then the other methods draw through it, as CPython's
`_randbelow` does: the first class in the order that defines one of them decides. An instance may have its own, too.

CPython counterpart: Random.__init_subclass__, _randbelow_with_getrandbits, _randbelow_without_getrandbits of
Lib/random.py.
"""

from __future__ import annotations

import math
from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, OB_TYPE, TP_DICT, TP_MRO, TUPLE_ITEMS
from minipy.memory.layout_modules import RANDOM_DICT
from minipy.memory.refcount import decref
from minipy.memory.statics import T_RANDOM, T_TYPE_ERROR
from minipy.memory.words import vec
from minipy.modules.mersenne import next_below, next_float
from minipy.objects.classobject import find_instance_attribute
from minipy.objects.dictobject import dict_find_str
from minipy.objects.floatobject import as_float
from minipy.objects.interned import intern
from minipy.objects.longobject import host_int, is_int, new_int_host
from minipy.objects.machine import Machine

STEPS: Final = 1 << 53
"""A program's own `random` is taken to give multiples of 1 / STEPS."""
BITS: Final = "getrandbits"
FLOAT: Final = "random"


def draw(m: Machine, o: i64) -> float:
    """self.random()."""
    w = m.words
    if is_plain(w, o) or not is_replaced(m, o, FLOAT):
        return next_float(w, o)
    result: i64 = call_own(m, o, FLOAT, 0)
    try:
        return as_float(m, result)
    finally:
        decref(m, m.words, result)


def below(m: Machine, o: i64, n: int) -> int:
    """A number from range(n), n > 0, each equally likely."""
    w = m.words
    if is_plain(w, o):
        return next_below(w, o, n)
    source = first_replaced(m, o)
    if source == BITS or (source == "" and is_replaced(m, o, BITS)):
        bits = n.bit_length()
        r = own_bits(m, o, bits)
        while r >= n:
            r = own_bits(m, o, bits)
        return r
    if source == FLOAT:
        return below_by_floats(m, o, n)
    return next_below(m.words, o, n)


def below_by_floats(m: Machine, o: i64, n: int) -> int:
    """As below, where only `random` can be asked."""
    if n >= STEPS:
        return math.floor(draw(m, o) * n)
    limit = (STEPS - STEPS % n) / STEPS
    r = draw(m, o)
    while r >= limit:
        r = draw(m, o)
    return math.floor(r * STEPS) % n


def is_plain(w: vec[i64], o: i64) -> bool:
    """Is o an instance of Random itself, without attributes of its own?"""
    return w[o + OB_TYPE] == T_RANDOM and w[o + RANDOM_DICT] == 0


def is_replaced(m: Machine, o: i64, name: str) -> bool:
    """Does a class between o's and Random define the method, or o itself?"""
    key: i64 = intern(m, name)
    w = m.words
    found: bool = places_before(w, w[o + OB_TYPE], key) >= 0 or find_instance_attribute(w, o, key) != 0
    decref(m, w, key)
    return found


def first_replaced(m: Machine, o: i64) -> str:
    """Which of BITS and FLOAT the first class before Random that defines one defines; BITS of both; "": none does."""
    bits: i64 = intern(m, BITS)
    floats: i64 = intern(m, FLOAT)
    t: i64 = m.words[o + OB_TYPE]
    by_bits: i64 = places_before(m.words, t, bits)
    by_floats: i64 = places_before(m.words, t, floats)
    decref(m, m.words, bits)
    decref(m, m.words, floats)
    if by_bits >= 0 and (by_floats < 0 or by_bits <= by_floats):
        return BITS
    return FLOAT if by_floats >= 0 else ""


def places_before(w: vec[i64], t: i64, key: i64) -> i64:
    """How many classes in t's resolution order stand before the first that defines `key`; -1: none before Random."""
    mro: i64 = w[t + TP_MRO]
    i: i64 = mro + TUPLE_ITEMS
    end: i64 = i + w[mro + OB_SIZE]
    while i < end and w[i] != T_RANDOM:
        if dict_find_str(w, w[w[i] + TP_DICT], key) != 0:
            return i - mro - TUPLE_ITEMS
        i += 1
    return -1


def call_own(m: Machine, o: i64, name: str, argument: i64) -> i64:
    """o.name(argument), 0: without one."""
    key: i64 = intern(m, name)
    try:
        method: i64 = m.get_attribute(o, key)
    finally:
        decref(m, m.words, key)
    try:
        return m.call0(method) if argument == 0 else m.call1(method, argument)
    finally:
        decref(m, m.words, method)


def own_bits(m: Machine, o: i64, bits: int) -> int:
    """o.getrandbits(bits)."""
    argument: i64 = new_int_host(m, bits)
    try:
        result: i64 = call_own(m, o, BITS, argument)
    finally:
        decref(m, m.words, argument)
    try:
        if not is_int(m.words, result):
            raise m.error(T_TYPE_ERROR, f"'{m.type_name(result)}' object cannot be interpreted as an integer")
        return host_int(m, result)
    finally:
        decref(m, m.words, result)
