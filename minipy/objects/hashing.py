"""Hash and equality of the commonest keys, str, int and tuples of them, without asking the machine.

Dicts, sets and the searches of lists and tuples ask here first. Exact str and int objects are compared by their
words, and no program code can run; for everything else the answer is "undecided", and the caller asks the machine,
which may run a program's `__hash__` or `__eq__`.

CPython counterpart: the PyUnicode_CheckExact shortcuts of Objects/dictobject.c and Objects/setobject.c; here ints
have one too. `wrap` stands for the unsigned 64-bit arithmetic of C: compiled words wrap by themselves, host ints
of the uncompiled machine do not.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import INT_VALUE, OB_SIZE, OB_TYPE, STR_HASH, TUPLE_ITEMS
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_INT, T_STR, T_TUPLE
from minipy.memory.words import INTERPRETED, vec
from minipy.objects.machine import Machine
from minipy.objects.unicode_words import str_equal, str_hash

UNDECIDED: Final = -1
HASH_MODULUS: Final = (1 << 61) - 1
"""The hash of an int is its remainder by this prime (sys.hash_info.modulus)."""
PERTURB_MASK: Final = (1 << 59) - 1
"""(hash >> 5) & PERTURB_MASK is the unsigned shift a probe sequence starts with."""
XXPRIME_1_HIGH: Final = 0x9E3779B1 - (1 << 32)
XXPRIME_1_LOW: Final = 0x85EBCA87
XXPRIME_2_HIGH: Final = 0xC2B2AE3D - (1 << 32)
XXPRIME_2_LOW: Final = 0x27D4EB4F
XXPRIME_5: Final = 0x27D4EB2F165667C5
"""Constants of the xxHash algorithm by Yann Collet; in halves, since mypyc makes a longer literal a Python object."""
MASK32: Final = (1 << 32) - 1


def wrap(v: i64) -> i64:
    """v modulo 2**64, as a signed word."""
    if not INTERPRETED:
        return v
    high: i64 = (v >> 32) & MASK32
    if high >= 1 << 31:
        high -= 1 << 32
    return (high << 32) + (v & MASK32)


def quick_hash(w: vec[i64], o: i64) -> i64:
    """hash(o) of an exact str or a small enough exact int, else UNDECIDED (which is no object's hash)."""
    t: i64 = w[o + OB_TYPE]
    if t == T_STR:
        h: i64 = w[o + STR_HASH]
        if h != -1:
            return h
        return str_hash(w, o)
    if t == T_INT:
        v: i64 = w[o + INT_VALUE]
        if v < HASH_MODULUS and v > -HASH_MODULUS:
            if v == -1:
                return -2
            return v
    return UNDECIDED


def quick_tuple_hash(w: vec[i64], o: i64) -> i64:
    """The hash of a tuple of exact str and int objects by xxHash, as CPython since 3.8; else UNDECIDED."""
    n: i64 = w[o + OB_SIZE]
    accumulator: i64 = XXPRIME_5
    i: i64 = 0
    while i < n:
        lane: i64 = quick_hash(w, w[o + TUPLE_ITEMS + i])
        if lane == UNDECIDED:
            return UNDECIDED
        accumulator = mixed(accumulator, lane)
        i += 1
    return finished(accumulator, n)


def mixed(accumulator: i64, lane: i64) -> i64:
    """The tuple hash so far, with one more item's hash."""
    prime: i64 = XXPRIME_2_HIGH
    accumulator = wrap(accumulator + wrap(lane * ((prime << 32) + XXPRIME_2_LOW)))
    accumulator = wrap((accumulator << 31) | ((accumulator >> 33) & ((1 << 31) - 1)))
    prime = XXPRIME_1_HIGH
    return wrap(accumulator * ((prime << 32) + XXPRIME_1_LOW))


def finished(accumulator: i64, n: i64) -> i64:
    """The hash of a tuple of n items."""
    accumulator = wrap(accumulator + (n ^ (XXPRIME_5 ^ 3527539)))
    return 1546275796 if accumulator == -1 else accumulator


def hash_of(m: Machine, w: vec[i64], o: i64) -> i64:
    """hash(o). May run program code unless o is a str or an int; TypeError if o is unhashable."""
    h: i64 = quick_hash(w, o)
    if h == UNDECIDED and w[o + OB_TYPE] == T_TUPLE:
        h = quick_tuple_hash(w, o)
    if h == UNDECIDED:
        h = m.hash(o)
    return h


def quick_equal(w: vec[i64], a: i64, b: i64) -> i64:
    """1: a is b or equals it; 0: different; UNDECIDED: only the machine can tell."""
    if a == b:
        return 1
    t: i64 = w[a + OB_TYPE]
    u: i64 = w[b + OB_TYPE]
    if t == T_STR:
        if u == T_STR:
            return 1 if str_equal(w, a, b) else 0
        if u == T_INT:
            return 0
    elif t == T_INT:
        if u == T_INT:
            return 1 if w[a + INT_VALUE] == w[b + INT_VALUE] else 0
        if u == T_STR:
            return 0
    return UNDECIDED


def quick_tuple_equal(w: vec[i64], a: i64, b: i64) -> i64:
    """As quick_equal, for two exact tuples: decided where the first items that differ, or all, are."""
    n: i64 = w[a + OB_SIZE]
    i: i64 = 0
    while i < n and i < w[b + OB_SIZE]:
        r: i64 = quick_equal(w, w[a + TUPLE_ITEMS + i], w[b + TUPLE_ITEMS + i])
        if r != 1:
            return r
        i += 1
    return 1 if n == w[b + OB_SIZE] else 0


def items_equal(m: Machine, w: vec[i64], a: i64, b: i64) -> bool:
    """a is b or a == b. May run program code; a and b are kept alive meanwhile."""
    r: i64 = decided(w, a, b)
    return equal_held(m, w, a, b) if r == UNDECIDED else r == 1


def item_equal(m: Machine, w: vec[i64], item: i64, value: i64) -> bool:
    """As items_equal, for a value that the caller keeps alive."""
    r: i64 = decided(w, item, value)
    if r != UNDECIDED:
        return r == 1
    incref(w, item)
    try:
        return m.equal(item, value)
    finally:
        decref(m, m.words, item)


def held_equal(m: Machine, w: vec[i64], a: i64, b: i64) -> bool:
    """As items_equal, for two objects that the caller keeps alive: items of tuples."""
    r: i64 = decided(w, a, b)
    return m.equal(a, b) if r == UNDECIDED else r == 1


def decided(w: vec[i64], a: i64, b: i64) -> i64:
    """1 or 0 if a is b or a == b can be told without calling anything, else UNDECIDED."""
    r: i64 = quick_equal(w, a, b)
    if r == UNDECIDED and w[a + OB_TYPE] == T_TUPLE and w[b + OB_TYPE] == T_TUPLE:
        r = quick_tuple_equal(w, a, b)
    return r


def equal_held(m: Machine, w: vec[i64], a: i64, b: i64) -> bool:
    """The machine's answer, with both operands owned while it looks for one."""
    incref(w, a)
    incref(w, b)
    try:
        return m.equal(a, b)
    finally:
        decref(m, m.words, a)
        decref(m, m.words, b)


def compare_held(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b as the machine answers, owned; both operands are owned meanwhile: a program may take them out of where
    they lie.
    """
    incref(m.words, a)
    incref(m.words, b)
    try:
        return m.compare(op, a, b)
    finally:
        decref(m, m.words, a)
        decref(m, m.words, b)
