"""What a program can ask of a range: subscripts, membership, comparison, hash, repr, methods.

CPython counterpart: range_as_sequence, range_subscript, range_richcompare, range_hash of Objects/rangeobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    INT_VALUE,
    OB_TYPE,
    RANGE_LENGTH,
    RANGE_START,
    RANGE_STEP,
    RANGE_STOP,
)
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    INT_STRIDE,
    NONE,
    SMALL_INT_ZERO,
    T_BIGINT,
    T_BOOL,
    T_INDEX_ERROR,
    T_INT,
    T_RANGE,
    T_SLICE,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import vec
from minipy.objects.longobject import host_int, int_word, new_bool, new_int, new_int_host, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.operators import CMP_EQ, CMP_NE
from minipy.objects.rangeobject import host_range, in_words, range_from_host, range_iter, range_of, range_reversed
from minipy.objects.slice_methods import host_slice
from minipy.objects.tupleobject import host_repr, tuple_hash, tuple_of3
from minipy.objects.unicodeobject import new_str

RANGE_COUNT_METHOD: Final = 0
RANGE_INDEX_METHOD: Final = 1
RANGE_REVERSED_METHOD: Final = 2

METHODS: Final = (
    (RANGE_COUNT_METHOD, "count", 1, 1, ""),
    (RANGE_INDEX_METHOD, "index", 1, 1, ""),
    (RANGE_REVERSED_METHOD, "__reversed__", 0, 0, ""),
)
GETSETS: Final = ((RANGE_START, "start"), (RANGE_STOP, "stop"), (RANGE_STEP, "step"))
NEW: Final = (1, 3, "")
ONE: Final = SMALL_INT_ZERO + INT_STRIDE


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """range(stop) or range(start, stop, step=1)."""
    w = m.words
    if n == 1:
        return range_of(m, SMALL_INT_ZERO, w[at], ONE)
    return range_of(m, w[at], w[at + 1], w[at + 2] if n > 2 else ONE)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` with self and the arguments at `at`."""
    w = m.words
    if number == RANGE_REVERSED_METHOD:
        return range_reversed(m, w[at])
    if number == RANGE_INDEX_METHOD:
        return range_index(m, w[at], w[at + 1])
    return range_count(m, w[at], w[at + 1])


def get(m: Machine, number: i64, o: i64) -> i64:
    """start, stop or step."""
    w = m.words
    v: i64 = w[o + number]
    incref(w, v)
    return v


# ---------------------------------------------------------------- length, subscripts, membership
def range_length(m: Machine, r: i64) -> i64:
    """len(r); OverflowError if it is no word."""
    return int_word(m, m.words[r + RANGE_LENGTH])


def range_is_true(w: vec[i64], r: i64) -> bool:
    """bool(r)."""
    length: i64 = w[r + RANGE_LENGTH]
    return w[length + OB_TYPE] == T_BIGINT or w[length + INT_VALUE] != 0


def range_get_item(m: Machine, r: i64, key: i64) -> i64:
    """r[key]: a member, or a range for a slice."""
    w = m.words
    if w[key + OB_TYPE] == T_INT and in_words(w, r):
        i: i64 = w[key + INT_VALUE]
        n: i64 = w[w[r + RANGE_LENGTH] + INT_VALUE]
        if i < 0:
            i += n
        if i < 0 or i >= n:
            raise m.error(T_INDEX_ERROR, "range object index out of range")
        return new_int(m, w[w[r + RANGE_START] + INT_VALUE] + i * w[w[r + RANGE_STEP] + INT_VALUE])
    if w[key + OB_TYPE] == T_SLICE:
        return range_slice(m, r, key)
    index: i64 = m.index_object(key)
    if index == 0:
        raise m.error(T_TYPE_ERROR, "range indices must be integers or slices, not " + m.type_name(key))
    k: int = host_int(m, index)
    decref(m, m.words, index)
    members: range = host_range(m, r)
    length: int = host_int(m, m.words[r + RANGE_LENGTH])
    if not -length <= k < length:
        raise m.error(T_INDEX_ERROR, "range object index out of range")
    return new_int_host(m, members[k])


def range_slice(m: Machine, r: i64, s: i64) -> i64:
    """r[start:stop:step], a range."""
    part: slice = host_slice(m, s)
    return range_from_host(m, host_range(m, r)[part])


def is_plain_int(w: vec[i64], o: i64) -> bool:
    """Is o an int or bool, and no instance of a program's subclass?"""
    t: i64 = w[o + OB_TYPE]
    return t == T_INT or t == T_BIGINT or t == T_BOOL


def range_contains(m: Machine, r: i64, value: i64) -> bool:
    """value in r: computed for an int, else by comparing with each member."""
    if is_plain_int(m.words, value):
        return host_int(m, value) in host_range(m, r)
    return range_scan(m, r, value, True) >= 0


def range_scan(m: Machine, r: i64, value: i64, first: bool) -> i64:
    """Compare each member with value: the index of the first equal one or -1; not `first`: how many are equal."""
    found: i64 = 0
    i: i64 = 0
    iterator: i64 = range_iter(m, r)
    try:
        member: i64 = m.next(iterator)
        while member != 0:
            try:
                if m.equal(member, value):
                    if first:
                        return i
                    found += 1
            finally:
                decref(m, m.words, member)
            i += 1
            member = m.next(iterator)
    finally:
        decref(m, m.words, iterator)
    return -1 if first else found


def range_index(m: Machine, r: i64, value: i64) -> i64:
    """r.index(value)."""
    if is_plain_int(m.words, value):
        members: range = host_range(m, r)
        v: int = host_int(m, value)
        if v in members:
            return new_int_host(m, (v - members.start) // members.step)
        raise m.error(T_VALUE_ERROR, host_repr(m, value) + " is not in range")
    i: i64 = range_scan(m, r, value, True)
    if i < 0:
        raise m.error(T_VALUE_ERROR, "sequence.index(x): x not in sequence")
    return new_int(m, i)


def range_count(m: Machine, r: i64, value: i64) -> i64:
    """r.count(value)."""
    if is_plain_int(m.words, value):
        return new_int(m, 1 if range_contains(m, r, value) else 0)
    return new_int(m, range_scan(m, r, value, False))


# ---------------------------------------------------------------- comparison, hash, repr
def range_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a == b or a != b: ranges with the same members are equal."""
    w = m.words
    if w[b + OB_TYPE] != T_RANGE or (op != CMP_EQ and op != CMP_NE):
        return not_implemented(w)
    same: bool = a == b or host_range(m, a) == host_range(m, b)
    return new_bool(m.words, same == (op == CMP_EQ))


def range_hash(m: Machine, r: i64) -> i64:
    """hash(r): of (length, start, step), with None for what does not matter."""
    w = m.words
    length: i64 = w[r + RANGE_LENGTH]
    start: i64 = w[r + RANGE_START]
    step: i64 = w[r + RANGE_STEP]
    if w[length + OB_TYPE] != T_BIGINT:
        if w[length + INT_VALUE] == 0:
            start = NONE
        if w[length + INT_VALUE] <= 1:
            step = NONE
    t: i64 = tuple_of3(m, length, start, step)
    try:
        return tuple_hash(m, t)
    finally:
        decref(m, m.words, t)


def range_repr(m: Machine, r: i64) -> i64:
    """repr(r)."""
    w = m.words
    step: i64 = w[r + RANGE_STEP]
    text: str = host_repr(m, w[r + RANGE_START]) + ", " + host_repr(m, m.words[r + RANGE_STOP])
    if m.words[step + OB_TYPE] == T_BIGINT or m.words[step + INT_VALUE] != 1:
        text += ", " + host_repr(m, step)
    return new_str(m, "range(" + text + ")")
