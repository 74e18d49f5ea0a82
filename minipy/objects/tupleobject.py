"""Tuples: immutable sequences whose items lie inline behind the header.

    +0 refcnt | +1 type | +2 ob_size = n | +3 item 0 | ... | item n-1

Invariants
- There is one empty tuple, the static EMPTY_TUPLE (an instance of a subclass of tuple may be empty too).
- Items are 0 only while a constructor fills the tuple; nothing else writes to them.

CPython counterpart: Objects/tupleobject.c. There are no free lists: pools are already one.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import INT_VALUE, OB_SIZE, OB_TYPE, TP_SOLID, TUPLE_ITEMS, W_SLICE_START, W_SLICE_STEP
from minipy.memory.objalloc import gc_alloc_var
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    EMPTY_TUPLE,
    T_INDEX_ERROR,
    T_INT,
    T_SLICE,
    T_TUPLE,
    T_TYPE_ERROR,
)
from minipy.memory.words import Heap, vec
from minipy.objects.hashing import XXPRIME_5, finished, hash_of, held_equal, mixed
from minipy.objects.longobject import compare_words, new_bool, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.operators import CMP_EQ, CMP_NE
from minipy.objects.sliceobject import slice_adjust, slice_unpack, subscript_index
from minipy.objects.spans import copy_references
from minipy.objects.unicodeobject import host_str, new_str

MOST_ITEMS: Final = 1 << 56
"""More items than any address space holds; keeps the product of a repetition a word."""


def new_tuple(m: Heap, n: i64) -> i64:
    """A tuple of n items, all still 0: the caller stores owned references into them. n = 0: the empty tuple."""
    if n == 0:
        incref(m.words, EMPTY_TUPLE)
        return EMPTY_TUPLE
    return gc_alloc_var(m, T_TUPLE, n)


def tuple_from(m: Heap, at: i64, n: i64) -> i64:
    """A tuple of the n borrowed references at the address `at`."""
    t: i64 = new_tuple(m, n)
    copy_references(m.words, t + TUPLE_ITEMS, at, n, 1)
    return t


def tuple_of1(m: Heap, a: i64) -> i64:
    """(a,); borrows a."""
    t: i64 = gc_alloc_var(m, T_TUPLE, 1)
    w = m.words
    incref(w, a)
    w[t + TUPLE_ITEMS] = a
    return t


def tuple_of_owned(m: Heap, a: i64) -> i64:
    """(a,), where the reference to a is the tuple's now."""
    try:
        return tuple_of1(m, a)
    finally:
        decref(m, m.words, a)


def tuple_of2(m: Heap, a: i64, b: i64) -> i64:
    """(a, b); borrows both."""
    t: i64 = gc_alloc_var(m, T_TUPLE, 2)
    w = m.words
    incref(w, a)
    incref(w, b)
    w[t + TUPLE_ITEMS] = a
    w[t + TUPLE_ITEMS + 1] = b
    return t


def tuple_of3(m: Heap, a: i64, b: i64, c: i64) -> i64:
    """(a, b, c); borrows the three."""
    t: i64 = gc_alloc_var(m, T_TUPLE, 3)
    w = m.words
    incref(w, a)
    incref(w, b)
    incref(w, c)
    w[t + TUPLE_ITEMS] = a
    w[t + TUPLE_ITEMS + 1] = b
    w[t + TUPLE_ITEMS + 2] = c
    return t


def is_tuple(w: vec[i64], o: i64) -> bool:
    """Is o a tuple or an instance of a subclass?"""
    return w[w[o + OB_TYPE] + TP_SOLID] == T_TUPLE


def tuple_length(w: vec[i64], o: i64) -> i64:
    """len(o)."""
    return w[o + OB_SIZE]


def tuple_item(w: vec[i64], o: i64, i: i64) -> i64:
    """Item i (in range), borrowed."""
    return w[o + TUPLE_ITEMS + i]


def tuple_get_item(m: Machine, o: i64, key: i64) -> i64:
    """o[key]: an item, or a tuple for a slice."""
    w = m.words
    i: i64
    if w[key + OB_TYPE] == T_INT:
        i = w[key + INT_VALUE]
    elif w[key + OB_TYPE] == T_SLICE:
        slice_unpack(m, key)
        return tuple_slice(m, o)
    else:
        i = subscript_index(m, key, "tuple")
        w = m.words
    n: i64 = w[o + OB_SIZE]
    if i < 0:
        i += n
    if i < 0 or i >= n:
        raise m.error(T_INDEX_ERROR, "tuple index out of range")
    v: i64 = w[o + TUPLE_ITEMS + i]
    incref(w, v)
    return v


def tuple_slice(m: Machine, o: i64) -> i64:
    """o[start:stop:step] of the unpacked slice; the whole of an exact tuple is the tuple itself."""
    w = m.words
    count: i64 = slice_adjust(w, w[o + OB_SIZE])
    start: i64 = w[W_SLICE_START]
    step: i64 = w[W_SLICE_STEP]
    if count == w[o + OB_SIZE] and step == 1 and w[o + OB_TYPE] == T_TUPLE:
        incref(w, o)
        return o
    t: i64 = new_tuple(m, count)
    copy_references(m.words, t + TUPLE_ITEMS, o + TUPLE_ITEMS + start, count, step)
    return t


def tuple_concat(m: Machine, a: i64, b: i64) -> i64:
    """a + b."""
    w = m.words
    if not is_tuple(w, b):
        raise m.error(T_TYPE_ERROR, 'can only concatenate tuple (not "' + m.type_name(b) + '") to tuple')
    n: i64 = w[a + OB_SIZE]
    k: i64 = w[b + OB_SIZE]
    if k == 0 and w[a + OB_TYPE] == T_TUPLE:
        incref(w, a)
        return a
    if n == 0 and w[b + OB_TYPE] == T_TUPLE:
        incref(w, b)
        return b
    t: i64 = new_tuple(m, n + k)
    w = m.words
    copy_references(w, t + TUPLE_ITEMS, a + TUPLE_ITEMS, n, 1)
    copy_references(w, t + TUPLE_ITEMS + n, b + TUPLE_ITEMS, k, 1)
    return t


def tuple_repeat(m: Machine, o: i64, times: i64) -> i64:
    """o * times, times a word."""
    w = m.words
    n: i64 = w[o + OB_SIZE]
    if w[o + OB_TYPE] == T_TUPLE and (n == 0 or times == 1):
        incref(w, o)
        return o
    if times < 0:
        times = 0
    if n > 0 and times > MOST_ITEMS // n:
        raise m.no_memory()
    t: i64 = new_tuple(m, n * times)
    w = m.words
    i: i64 = 0
    while i < times:
        copy_references(w, t + TUPLE_ITEMS + i * n, o + TUPLE_ITEMS, n, 1)
        i += 1
    return t


def tuple_contains(m: Machine, o: i64, value: i64) -> bool:
    """value in o."""
    return tuple_find(m, o, value, 0, m.words[o + OB_SIZE]) >= 0


def tuple_find(m: Machine, o: i64, value: i64, i: i64, stop: i64) -> i64:
    """Index of the first item from i to before stop (both in range) that equals value, -1: none."""
    w = m.words
    while i < stop:
        if held_equal(m, w, w[o + TUPLE_ITEMS + i], value):
            return i
        i += 1
    return -1


def tuple_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b: the first pair of items that differ decides, else the lengths."""
    w = m.words
    if not is_tuple(w, b):
        return not_implemented(w)
    n: i64 = w[a + OB_SIZE]
    k: i64 = w[b + OB_SIZE]
    shorter: i64 = n if n < k else k
    i: i64 = 0
    while i < shorter:
        if not held_equal(m, w, w[a + TUPLE_ITEMS + i], w[b + TUPLE_ITEMS + i]):
            break
        i += 1
    if i == shorter:
        return new_bool(m.words, compare_words(op, n, k))
    if op == CMP_EQ:
        return new_bool(m.words, False)
    if op == CMP_NE:
        return new_bool(m.words, True)
    return m.compare(op, w[a + TUPLE_ITEMS + i], w[b + TUPLE_ITEMS + i])


def tuple_hash(m: Machine, o: i64) -> i64:
    """hash(o) by xxHash over the items' hashes, as CPython since 3.8; TypeError if an item is unhashable."""
    w = m.words
    n: i64 = w[o + OB_SIZE]
    accumulator: i64 = XXPRIME_5
    i: i64 = 0
    while i < n:
        accumulator = mixed(accumulator, hash_of(m, w, w[o + TUPLE_ITEMS + i]))
        w = m.words
        i += 1
    return finished(accumulator, n)


def tuple_repr(m: Machine, o: i64) -> i64:
    """repr(o): `(1, 2)`, `(1,)`, and `(...)` inside itself."""
    n: i64 = m.words[o + OB_SIZE]
    if n == 0:
        return new_str(m, "()")
    if not m.repr_enter(o):
        return new_str(m, "(...)")
    parts: list[str] = []
    try:
        i: i64 = 0
        while i < n:
            parts.append(host_repr(m, m.words[o + TUPLE_ITEMS + i]))
            i += 1
    finally:
        m.repr_leave(o)
    return new_str(m, "(" + ", ".join(parts) + (",)" if n == 1 else ")"))


def host_repr(m: Machine, o: i64) -> str:
    """repr(o) as host text; o is kept alive meanwhile."""
    incref(m.words, o)
    try:
        r: i64 = m.repr(o)
    finally:
        decref(m, m.words, o)
    s: str = host_str(m, r)
    decref(m, m.words, r)
    return s
