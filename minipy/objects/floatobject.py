"""Floating-point numbers, whose values lie in the float lane beside the words.

    a+0 ob_refcnt | a+1 ob_type | a+2 FLOAT_SLOT ----> heap.floats[slot]

A block on the float free list keeps its slot, so making a float is: take the block, write its slot.

Invariants
- Each float block owns one slot of the lane for as long as the block exists.
- An instance of a program's subclass of float has a slot of its own (memory/floatlane.py), given back when it dies.

CPython counterpart: Objects/floatobject.c; the free list there has the same purpose. The lane exists because Python
code cannot read the bits of a word as a float (DESIGN: the address space).
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import FLOAT_SLOT, OB_REFCNT, OB_TYPE, TP_SOLID, W_FLOAT_FREE
from minipy.memory.objalloc import float_block
from minipy.memory.refcount import decref
from minipy.memory.statics import T_FLOAT, T_OVERFLOW_ERROR, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Heap, Raised, vec
from minipy.objects.bytesobject import is_bytes_like
from minipy.objects.deprecated import warn_of_subclass
from minipy.objects.identifiers import ID_FLOAT, ID_INDEX
from minipy.objects.longobject import (
    compare_words,
    host_int,
    is_int,
    new_bool,
    new_int_host,
    not_implemented,
)
from minipy.objects.machine import Machine
from minipy.objects.operators import CMP_NE
from minipy.objects.typeobject import type_lookup
from minipy.objects.unicodeobject import is_str

EXACT_INT_BITS: Final = 53
"""Integers of up to this many bits are exact as floats."""
UNORDERED: Final = 2
"""What float_order says of a NaN."""


# ---------------------------------------------------------------- making
def fast_float(w: vec[i64], fl: vec[float], x: float) -> i64:
    """An owned float; 0: the free list is empty, use `new_float`."""
    a: i64 = w[W_FLOAT_FREE]
    if a != 0:
        w[W_FLOAT_FREE] = w[a]
        w[a + OB_REFCNT] = 1
        fl[w[a + FLOAT_SLOT]] = x
    return a


def new_float(heap: Heap, x: float) -> i64:
    """An owned float."""
    a: i64 = fast_float(heap.words, heap.floats, x)
    if a == 0:
        a = float_block(heap)
        w = heap.words
        w[a + OB_REFCNT] = 1
        heap.floats[w[a + FLOAT_SLOT]] = x
    return a


# ---------------------------------------------------------------- reading
def is_float(w: vec[i64], a: i64) -> bool:
    """True for float and instances of its subclasses."""
    t: i64 = w[a + OB_TYPE]
    return t == T_FLOAT or w[t + TP_SOLID] == T_FLOAT


def float_value(heap: Heap, a: i64) -> float:
    """The value of a float object (or of a subclass's instance)."""
    return heap.floats[heap.words[a + FLOAT_SLOT]]


def long_as_float(m: Machine, a: i64) -> float:
    """The float nearest to an int; OverflowError if there is none."""
    v: int = host_int(m, a)
    if v.bit_length() <= EXACT_INT_BITS:
        return float(v)
    try:
        return float(v)
    except OverflowError:
        pass
    raise m.error(T_OVERFLOW_ERROR, "int too large to convert to float")


def is_real(w: vec[i64], a: i64) -> bool:
    """True for the operands of float arithmetic: float, int, bool and their subclasses."""
    return is_float(w, a) or is_int(w, a)


def real_value(m: Machine, a: i64) -> float:
    """The value of an operand `is_real` accepted; OverflowError for an int beyond the floats."""
    if is_float(m.words, a):
        return float_value(m, a)
    return long_as_float(m, a)


def as_float(m: Machine, a: i64) -> float:
    """The value of any real number, through __float__ or __index__ if need be; TypeError otherwise."""
    if is_real(m.words, a):
        return real_value(m, a)
    r: i64 = convert_to_float(m, a)
    if r == 0:
        raise m.error(T_TYPE_ERROR, f"must be real number, not {m.type_name(a)}")
    x: float = float_value(m, r)
    decref(m, m.words, r)
    return x


def convert_to_float(m: Machine, a: i64) -> i64:
    """The float that a's __float__ (or, without one, its __index__) gives, owned; 0: it has neither."""
    w = m.words
    f: i64 = type_lookup(w, w[a + OB_TYPE], ID_FLOAT)
    if f != 0:
        r: i64 = m.call_method(a, ID_FLOAT, 0, 0)
        if not is_float(m.words, r):
            message = f"{m.type_name(a)}.__float__ returned non-float (type {m.type_name(r)})"
            decref(m, m.words, r)
            raise m.error(T_TYPE_ERROR, message)
        return exact_float_of(m, a, r)
    n: i64 = m.index_object(a)
    if n == 0:
        return 0
    try:
        return new_float(m, long_as_float(m, n))
    finally:
        decref(m, m.words, n)


def reads_as_text(w: vec[i64], x: i64, name: i64) -> bool:
    """Is x a text, or bytes, that has no special method `name` and no `__index__` of its own to be a number by?"""
    if not is_str(w, x) and not is_bytes_like(w, x):
        return False
    t: i64 = w[x + OB_TYPE]
    return type_lookup(w, t, name) == 0 and type_lookup(w, t, ID_INDEX) == 0


def exact_float_of(m: Machine, a: i64, r: i64) -> i64:
    """The float r that a's `__float__` gave (stolen), owned; a warning if it is of a subclass."""
    if m.words[r + OB_TYPE] != T_FLOAT:
        try:
            warn_of_subclass(m, "float", f"{m.type_name(a)}.__float__ returned non-float (type {m.type_name(r)})")
        except Raised:
            decref(m, m.words, r)
            raise
    return r


# ---------------------------------------------------------------- equality, order, hash
def float_int_order(x: float, n: int) -> i64:
    """-1, 0 or 1 as the finite float x is below, equal to or above the int n, exactly."""
    whole: int = int(x)
    if whole != n:
        return -1 if whole < n else 1
    rest: float = x - float(whole)
    if rest == 0.0:
        return 0
    return -1 if rest < 0.0 else 1


def float_order(m: Machine, a: i64, b: i64) -> i64:
    """-1, 0 or 1 for two reals at least one of which is a float; UNORDERED if one is a NaN."""
    w = m.words
    if not is_float(w, a):
        r: i64 = float_order(m, b, a)
        return r if r == UNORDERED else -r
    x: float = float_value(m, a)
    if x != x:
        return UNORDERED
    y: float
    if is_float(w, b):
        y = float_value(m, b)
        if y != y:
            return UNORDERED
        return 0 if x == y else (-1 if x < y else 1)
    if x - x != 0.0:
        return 1 if x > 0.0 else -1
    return float_int_order(x, host_int(m, b))


def float_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """The rich comparison of a float with a real, as an owned bool; owned NotImplemented for other operands."""
    w = m.words
    if not (is_float(w, a) and is_real(w, b)) and not (is_float(w, b) and is_real(w, a)):
        return not_implemented(w)
    r: i64 = float_order(m, a, b)
    if r == UNORDERED:
        return new_bool(w, op == CMP_NE)
    return new_bool(w, compare_words(op, r, 0))


def float_hash(m: Machine, a: i64) -> i64:
    """hash(a): equal to the hash of an equal int (the host's rule is CPython's); a NaN hashes by its address."""
    x: float = float_value(m, a)
    if x != x:
        return a >> 1
    return i64(hash(x))


# ---------------------------------------------------------------- to int
def float_trunc(m: Machine, x: float) -> i64:
    """int(x), owned; CPython's errors for NaN and infinity."""
    if x - x != 0.0:
        raise not_finite(m, x, "integer")
    return new_int_host(m, int(x))


def not_finite(m: Machine, x: float, wanted: str) -> Raised:
    """The error of converting a NaN or an infinity to an integer or an integer ratio."""
    capital = wanted != "integer"
    if x != x:
        return m.error(T_VALUE_ERROR, f"cannot convert {'NaN' if capital else 'float NaN'} to {wanted}")
    return m.error(T_OVERFLOW_ERROR, f"cannot convert {'Infinity' if capital else 'float infinity'} to {wanted}")
