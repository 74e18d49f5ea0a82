"""Iterators of the built-in types, and the one place that knows them all.

    list_iterator, tuple_iterator                 ITER_SOURCE sequence, 0: exhausted   ITER_INDEX next index
    str_iterator, str_ascii_iterator              the same, and of a text that is ASCII
    list_reverseiterator                          the same, from the last index down
    iterator (of what has only __getitem__)       the same
    bytes_iterator                                the same
    callable_iterator                             ITER_SOURCE function, 0: exhausted   ITER_EXTRA sentinel

An iterator that was exhausted once stays so: it has let go of its source. The eval loop steps list and range
iterators itself while they have values, in the same way as list_next and range_next here.

Invariant: the native iterator types have consecutive addresses, T_LIST_ITERATOR first, T_ITERTOOL last.

CPython counterpart: Objects/iterobject.c, listiterobject and tupleiterobject of Objects/listobject.c, tupleobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    ITER_EXTRA,
    ITER_INDEX,
    ITER_LIMIT,
    ITER_SOURCE,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_SIZE,
    OB_TYPE,
    TP_SOLID,
    TUPLE_ITEMS,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import (
    T_BYTEARRAY,
    T_BYTES,
    T_BYTES_ITERATOR,
    T_CALLABLE_ITERATOR,
    T_DEQUE,
    T_DICT,
    T_DICT_ITEMITERATOR,
    T_DICT_ITEMS,
    T_DICT_KEYITERATOR,
    T_DICT_KEYS,
    T_DICT_REVERSEKEYITERATOR,
    T_DICT_VALUEITERATOR,
    T_DICT_VALUES,
    T_ENUMERATE,
    T_FILTER,
    T_FROZENSET,
    T_ITERTOOL,
    T_LIST,
    T_LIST_ITERATOR,
    T_LIST_REVERSEITERATOR,
    T_LONGRANGE_ITERATOR,
    T_MAP,
    T_RANGE,
    T_RANGE_ITERATOR,
    T_REVERSED,
    T_SEQ_ITERATOR,
    T_SET,
    T_SET_ITERATOR,
    T_STOP_ITERATION,
    T_STR,
    T_STR_ASCII_ITERATOR,
    T_STR_ITERATOR,
    T_TUPLE,
    T_TUPLE_ITERATOR,
    T_ZIP,
)
from minipy.memory.words import Raised, vec
from minipy.objects.bytesobject import bytes_next
from minipy.objects.deque_iterator import FORWARD, deque_iter
from minipy.objects.dictviews import (
    dict_item_next,
    dict_iter,
    dict_iterator_length,
    dict_key_next,
    dict_reverse_next,
    dict_value_next,
    view_iter,
)
from minipy.objects.enumobject import enumerate_next, filter_next, item_or_end, map_next, reversed_next, zip_next
from minipy.objects.hashing import equal_held
from minipy.objects.itertool_next import next_tool
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.rangeobject import longrange_next, range_iter, range_next
from minipy.objects.set_operators import set_iter, set_iterator_length, set_iterator_next
from minipy.objects.unicode_slice import str_iter, str_next
from minipy.objects.unicode_words import str_length


# ---------------------------------------------------------------- any of them
def is_native_iterator(w: vec[i64], o: i64) -> bool:
    """Is o of one of the types `next_native` steps, or a subclass?"""
    solid: i64 = w[w[o + OB_TYPE] + TP_SOLID]
    return solid >= T_LIST_ITERATOR and solid <= T_ITERTOOL


def next_native(m: Machine, it: i64) -> i64:
    """The next value of a native iterator, owned, or 0 when it is exhausted."""
    w = m.words
    t: i64 = w[w[it + OB_TYPE] + TP_SOLID]
    if t == T_LIST_ITERATOR:
        return list_next(m, it)
    elif t == T_RANGE_ITERATOR:
        return range_next(m, it)
    elif t == T_DICT_KEYITERATOR:
        return dict_key_next(m, it)
    elif t == T_DICT_ITEMITERATOR:
        return dict_item_next(m, it)
    elif t == T_DICT_VALUEITERATOR:
        return dict_value_next(m, it)
    elif t == T_TUPLE_ITERATOR:
        return tuple_next(m, it)
    elif t == T_STR_ASCII_ITERATOR or t == T_STR_ITERATOR:
        return str_next(m, it)
    elif t == T_ENUMERATE:
        return enumerate_next(m, it)
    elif t == T_ZIP:
        return zip_next(m, it)
    elif t == T_MAP:
        return map_next(m, it)
    elif t == T_FILTER:
        return filter_next(m, it)
    elif t == T_SET_ITERATOR:
        return set_iterator_next(m, it)
    elif t == T_ITERTOOL:
        return next_tool(m, it)
    return next_rarer(m, it, t)


def next_rarer(m: Machine, it: i64, t: i64) -> i64:
    """The rest of `next_native`."""
    if t == T_LIST_REVERSEITERATOR:
        return list_reverse_next(m, it)
    elif t == T_REVERSED:
        return reversed_next(m, it)
    elif t == T_DICT_REVERSEKEYITERATOR:
        return dict_reverse_next(m, it)
    elif t == T_CALLABLE_ITERATOR:
        return callable_next(m, it)
    elif t == T_LONGRANGE_ITERATOR:
        return longrange_next(m, it)
    elif t == T_BYTES_ITERATOR:
        return bytes_iterator_next(m, it)
    return seq_next(m, it)


def iter_native(m: Machine, o: i64) -> i64:
    """iter(o) of a built-in type (or what a subclass inherits), owned; 0: o is of no type known here."""
    w = m.words
    t: i64 = w[w[o + OB_TYPE] + TP_SOLID]
    if t == T_LIST:
        return new_index_iterator(m, T_LIST_ITERATOR, o)
    elif t == T_RANGE:
        return range_iter(m, o)
    elif t == T_DICT:
        return dict_iter(m, o)
    elif t == T_DICT_ITEMS or t == T_DICT_KEYS or t == T_DICT_VALUES:
        return view_iter(m, o)
    elif t == T_TUPLE:
        return new_index_iterator(m, T_TUPLE_ITERATOR, o)
    elif t == T_STR:
        return str_iter(m, o)
    elif t == T_SET or t == T_FROZENSET:
        return set_iter(m, o)
    elif t == T_BYTES or t == T_BYTEARRAY:
        return new_index_iterator(m, T_BYTES_ITERATOR, o)
    elif t == T_DEQUE:
        return deque_iter(m, o, FORWARD)
    elif t >= T_LIST_ITERATOR and t <= T_ITERTOOL:
        incref(w, o)
        return o
    return 0


def iterator_length(m: Machine, it: i64) -> i64:
    """How many values a native iterator still has, where that is known; else -1."""
    w = m.words
    t: i64 = w[w[it + OB_TYPE] + TP_SOLID]
    source: i64 = w[it + ITER_SOURCE]
    i: i64 = w[it + ITER_INDEX]
    n: i64 = 0
    if t == T_RANGE_ITERATOR or t == T_LONGRANGE_ITERATOR:
        return w[it + ITER_LIMIT]
    if t >= T_DICT_KEYITERATOR and t <= T_DICT_REVERSEKEYITERATOR:
        return dict_iterator_length(w, it)
    if t == T_SET_ITERATOR:
        return set_iterator_length(w, it)
    if t == T_LIST_REVERSEITERATOR or t == T_REVERSED:
        n = m.length(source) if source != 0 else 0
        return i + 1 if n > i else 0
    if t < T_LIST_ITERATOR or t > T_SEQ_ITERATOR:
        return -1
    if source != 0:
        n = source_length(m, t, source)
        if n < 0:
            return -1
        n -= i
    return n if n > 0 else 0


def source_length(m: Machine, t: i64, source: i64) -> i64:
    """The length of the sequence that an iterator of type t walks; -1: unknown."""
    w = m.words
    if t == T_LIST_ITERATOR:
        return w[source + LIST_LENGTH]
    if t == T_TUPLE_ITERATOR:
        return w[source + OB_SIZE]
    if t == T_STR_ASCII_ITERATOR or t == T_STR_ITERATOR:
        return str_length(w, source)
    return m.length_hint(source)


# ---------------------------------------------------------------- by index
def new_index_iterator(m: Machine, t: i64, o: i64) -> i64:
    """An iterator of type t that starts at index 0 of o (borrowed)."""
    it: i64 = gc_alloc(m, t)
    w = m.words
    incref(w, o)
    w[it + ITER_SOURCE] = o
    return it


def seq_iter(m: Machine, o: i64) -> i64:
    """iter(o) of an object that only has `__getitem__`."""
    return new_index_iterator(m, T_SEQ_ITERATOR, o)


def list_next(m: Machine, it: i64) -> i64:
    """The next item, owned, or 0. The list may have changed since."""
    w = m.words
    o: i64 = w[it + ITER_SOURCE]
    if o == 0:
        return 0
    i: i64 = w[it + ITER_INDEX]
    if i < w[o + LIST_LENGTH]:
        v: i64 = w[w[o + LIST_ITEMS] + i]
        incref(w, v)
        w[it + ITER_INDEX] = i + 1
        return v
    w[it + ITER_SOURCE] = 0
    decref(m, w, o)
    return 0


def list_reverse_next(m: Machine, it: i64) -> i64:
    """The next item from the end, owned, or 0."""
    w = m.words
    o: i64 = w[it + ITER_SOURCE]
    if o == 0:
        return 0
    i: i64 = w[it + ITER_INDEX]
    if i >= 0 and i < w[o + LIST_LENGTH]:
        v: i64 = w[w[o + LIST_ITEMS] + i]
        incref(w, v)
        w[it + ITER_INDEX] = i - 1
        return v
    w[it + ITER_INDEX] = -1
    w[it + ITER_SOURCE] = 0
    decref(m, w, o)
    return 0


def tuple_next(m: Machine, it: i64) -> i64:
    """The next item, owned, or 0."""
    w = m.words
    o: i64 = w[it + ITER_SOURCE]
    if o == 0:
        return 0
    i: i64 = w[it + ITER_INDEX]
    if i < w[o + OB_SIZE]:
        v: i64 = w[o + TUPLE_ITEMS + i]
        incref(w, v)
        w[it + ITER_INDEX] = i + 1
        return v
    w[it + ITER_SOURCE] = 0
    decref(m, w, o)
    return 0


def seq_next(m: Machine, it: i64) -> i64:
    """source[0], source[1], ... until IndexError or StopIteration, owned, then 0."""
    w = m.words
    o: i64 = w[it + ITER_SOURCE]
    if o == 0:
        return 0
    i: i64 = w[it + ITER_INDEX]
    w[it + ITER_INDEX] = i + 1
    v: i64 = item_or_end(m, o, i)
    if v == 0:
        store(m, m.words, it + ITER_SOURCE, 0)
    return v


def bytes_iterator_next(m: Machine, it: i64) -> i64:
    """The next byte of a bytes or a bytearray, which may change meanwhile, owned, or 0."""
    w = m.words
    o: i64 = w[it + ITER_SOURCE]
    if o != 0 and w[w[o + OB_TYPE] + TP_SOLID] == T_BYTEARRAY:
        return seq_next(m, it)
    return bytes_next(m, it)


# ---------------------------------------------------------------- by calls
def callable_iter(m: Machine, function: i64, sentinel: i64) -> i64:
    """iter(function, sentinel); borrows both."""
    it: i64 = new_index_iterator(m, T_CALLABLE_ITERATOR, function)
    w = m.words
    incref(w, sentinel)
    w[it + ITER_EXTRA] = sentinel
    return it


def callable_next(m: Machine, it: i64) -> i64:
    """What the function returns, owned, until it equals the sentinel; then 0."""
    if m.words[it + ITER_SOURCE] == 0:
        return 0
    v: i64 = 0
    try:
        v = m.call0(m.words[it + ITER_SOURCE])
    except Raised:
        if not m.catch(T_STOP_ITERATION):
            raise
    done: bool = True
    if v != 0 and m.words[it + ITER_SOURCE] != 0:
        try:
            done = equal_held(m, m.words, m.words[it + ITER_EXTRA], v)
        except Raised:
            decref(m, m.words, v)
            raise
        if not done:
            return v
    if v != 0:
        decref(m, m.words, v)
    store(m, m.words, it + ITER_SOURCE, 0)
    store(m, m.words, it + ITER_EXTRA, 0)
    return 0


# ---------------------------------------------------------------- methods
ITER_LENGTH_HINT: Final = 0

METHODS: Final = ((ITER_LENGTH_HINT, "__length_hint__", 0, 0, ""),)
LENGTH_HINT_TYPES: Final = (
    T_LIST_ITERATOR,
    T_LIST_REVERSEITERATOR,
    T_TUPLE_ITERATOR,
    T_STR_ASCII_ITERATOR,
    T_STR_ITERATOR,
    T_BYTES_ITERATOR,
    T_RANGE_ITERATOR,
    T_LONGRANGE_ITERATOR,
    T_DICT_KEYITERATOR,
    T_DICT_VALUEITERATOR,
    T_DICT_ITEMITERATOR,
    T_DICT_REVERSEKEYITERATOR,
    T_SET_ITERATOR,
    T_SEQ_ITERATOR,
    T_REVERSED,
)
"""The types that have the methods of METHODS."""


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` (there is one) with self at `at`."""
    return new_int(m, iterator_length(m, m.words[at]))
