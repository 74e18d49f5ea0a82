"""The rows of a sort under way, and how its keys are compared.

Work happens on rows of n words:

    keys:     key 0   | key 1   | ...          `delta` words apart, always moved together:
    values:   item 0  | item 1  | ...          if the items are the keys there is only one row (delta 0)
    scratch:  rows of the same kind for one of two runs being merged

Before the first comparison the keys are looked through. If all are exactly int, or all float, the row of keys holds
bare numbers instead of objects: the ints' values, or the floats' slots in the float lane. They are next to each other
in memory where the objects are not, which makes up for moving two rows. Rows of only str objects are compared by
their words, without asking the machine, rows of only tuples ask it about their items, where they must.

CPython counterpart: sortslice, MergeState and the unsafe_*_compare functions of Objects/listobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import INT_VALUE, OB_SIZE, OB_TYPE, STR_DATA, TUPLE_ITEMS
from minipy.memory.obmalloc import allocate, free
from minipy.memory.statics import T_FLOAT, T_INT, T_STR, T_TUPLE
from minipy.memory.words import copy_many, vec
from minipy.objects.hashing import items_equal
from minipy.objects.machine import Machine
from minipy.objects.spans import reverse_words
from minipy.objects.unicode_words import order_bytes, str_kind, str_length
from minipy.objects.unicodeobject import str_order

KEYS_ANY: Final = 0
KEYS_INT: Final = 1
KEYS_FLOAT: Final = 2
KEYS_LATIN1: Final = 3
KEYS_STR: Final = 4
KEYS_TUPLE: Final = 5
MIN_GALLOP: Final = 7
"""How often in a row one run must win before a merge begins to gallop."""


class Sort:
    """One sort: where its rows lie, how its keys are compared, and the two runs being merged."""

    m: Machine
    words: vec[i64]
    floats: vec[float]
    start: i64
    n: i64
    delta: i64
    kind: i64
    scratch: i64
    scratch_words: i64
    min_gallop: i64
    run_starts: list[int]
    run_lengths: list[int]
    run_powers: list[int]
    to: i64
    a: i64
    na: i64
    b: i64
    nb: i64

    def __init__(self, m: Machine, kind: i64, start: i64, n: i64, delta: i64) -> None:
        """Rows of n keys from `start`."""
        self.m = m
        self.words = m.words
        self.floats = m.floats
        self.start = start
        self.n = n
        self.delta = delta
        self.kind = kind
        self.scratch = 0
        self.scratch_words = 0
        self.min_gallop = MIN_GALLOP
        self.run_starts = []
        self.run_lengths = []
        self.run_powers = []
        self.to = 0
        self.a = 0
        self.na = 0
        self.b = 0
        self.nb = 0


def kind_of_keys(w: vec[i64], at: i64, n: i64) -> i64:
    """The kind of keys if all n > 0 of them are of the same exact type, else KEYS_ANY."""
    t: i64 = w[w[at] + OB_TYPE]
    end: i64 = at + n
    narrow: bool = t == T_STR
    while at < end:
        if w[w[at] + OB_TYPE] != t:
            return KEYS_ANY
        if narrow and str_kind(w, w[at]) != 1:
            narrow = False
        at += 1
    if t == T_INT:
        return KEYS_INT
    if t == T_FLOAT:
        return KEYS_FLOAT
    if t == T_TUPLE:
        return KEYS_TUPLE
    if t == T_STR:
        return KEYS_LATIN1 if narrow else KEYS_STR
    return KEYS_ANY


def is_bare(kind: i64) -> bool:
    """Do rows of this kind hold numbers instead of objects?"""
    return kind == KEYS_INT or kind == KEYS_FLOAT


def bare_keys(w: vec[i64], to: i64, at: i64, n: i64) -> None:
    """Write the values of n int objects, or the slots of n float objects (the same field), to the row at `to`."""
    i: i64 = 0
    while i < n:
        w[to + i] = w[w[at + i] + INT_VALUE]
        i += 1


def key_less(s: Sort, w: vec[i64], a: i64, b: i64) -> bool:
    """key a < key b. Only tuples and keys of any kind may run program code."""
    kind: i64 = s.kind
    if kind == KEYS_INT:
        return a < b
    if kind == KEYS_LATIN1:
        return order_bytes(w, a + STR_DATA, b + STR_DATA, str_length(w, a), str_length(w, b)) < 0
    if kind == KEYS_FLOAT:
        floats = s.floats
        return floats[a] < floats[b]
    if kind == KEYS_TUPLE:
        return tuple_less(s.m, w, a, b)
    if kind == KEYS_STR:
        return str_order(s.m, a, b) < 0
    return s.m.less(a, b)


def tuple_less(m: Machine, w: vec[i64], a: i64, b: i64) -> bool:
    """a < b of two exact tuples: the first items that differ decide, else the lengths."""
    n: i64 = w[a + OB_SIZE]
    k: i64 = w[b + OB_SIZE]
    i: i64 = TUPLE_ITEMS
    end: i64 = TUPLE_ITEMS + (n if n < k else k)
    while i < end:
        x: i64 = w[a + i]
        y: i64 = w[b + i]
        if not items_equal(m, w, x, y):
            if w[x + OB_TYPE] == T_INT and w[y + OB_TYPE] == T_INT:
                return w[x + INT_VALUE] < w[y + INT_VALUE]
            return m.less(x, y)
        i += 1
    return n < k


def copy_rows(s: Sort, to: i64, at: i64, n: i64) -> None:
    """Copy n keys and what belongs to them; the two places may overlap."""
    copy_many(s.words, to, at, n)
    if s.delta != 0:
        copy_many(s.words, to + s.delta, at + s.delta, n)


def reverse_rows(s: Sort, at: i64, n: i64) -> None:
    """Turn n keys, and what belongs to them, round."""
    reverse_words(s.words, at, n)
    if s.delta != 0:
        reverse_words(s.words, at + s.delta, n)


def make_scratch(s: Sort, n: i64) -> None:
    """Have scratch rows for n keys."""
    words: i64 = s.delta + n
    if s.scratch_words < words:
        drop_scratch(s)
        s.scratch = allocate(s.m, words)
        s.scratch_words = words
        s.words = s.m.words


def drop_scratch(s: Sort) -> None:
    """Give the scratch rows back."""
    if s.scratch != 0:
        free(s.m, s.m.words, s.scratch, s.scratch_words)
        s.scratch = 0
        s.scratch_words = 0
