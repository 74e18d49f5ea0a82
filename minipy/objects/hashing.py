"""Hash and equality of the two commonest keys, str and int, without asking the machine.

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

from minipy.memory.layout import INT_VALUE, OB_TYPE, STR_HASH
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_INT, T_STR
from minipy.memory.words import vec
from minipy.objects.machine import Machine
from minipy.objects.unicode_words import str_equal, str_hash

UNDECIDED: Final = -1
HASH_MODULUS: Final = (1 << 61) - 1
"""The hash of an int is its remainder by this prime (sys.hash_info.modulus)."""
PERTURB_MASK: Final = (1 << 59) - 1
"""(hash >> 5) & PERTURB_MASK is the unsigned shift a probe sequence starts with."""
MASK32: Final = (1 << 32) - 1


def wrap(v: i64) -> i64:
    """v modulo 2**64, as a signed word."""
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


def hash_of(m: Machine, w: vec[i64], o: i64) -> i64:
    """hash(o). May run program code unless o is a str or an int; TypeError if o is unhashable."""
    h: i64 = quick_hash(w, o)
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


def items_equal(m: Machine, w: vec[i64], a: i64, b: i64) -> bool:
    """a is b or a == b. May run program code; a and b are kept alive meanwhile."""
    r: i64 = quick_equal(w, a, b)
    if r == UNDECIDED:
        return equal_slow(m, w, a, b)
    return r == 1


def equal_slow(m: Machine, w: vec[i64], a: i64, b: i64) -> bool:
    """The machine's answer, with both operands owned while it looks for one."""
    incref(w, a)
    incref(w, b)
    try:
        return m.equal(a, b)
    finally:
        decref(m, m.words, a)
        decref(m, m.words, b)
