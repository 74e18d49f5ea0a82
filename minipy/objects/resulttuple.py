"""The tuple that an iterator of tuples hands out: the same one again while nobody else has kept it.

`for i, x in enumerate(a)` unpacks and drops each pair at once, so one pair serves the whole loop. The iterator holds
it in ITER_EXTRA; a count of 1 says that nobody else does.

CPython counterpart: en_result of Objects/enumobject.c, the result of zip in Python/bltinmodule.c, di_result of
Objects/dictobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import ITER_EXTRA, OB_REFCNT, TUPLE_ITEMS
from minipy.memory.refcount import decref, incref, store
from minipy.memory.words import Raised
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import new_tuple


def next_pair(m: Machine, it: i64, a: i64, b: i64) -> i64:
    """(a, b), owned: the pair of the iterator `it`, or a new one that becomes it. Takes a and b over in any case."""
    w = m.words
    pair: i64 = w[it + ITER_EXTRA]
    if pair == 0 or w[pair + OB_REFCNT] != 1:
        return new_pair(m, it, a, b)
    incref(w, pair)
    first: i64 = w[pair + TUPLE_ITEMS]
    second: i64 = w[pair + TUPLE_ITEMS + 1]
    w[pair + TUPLE_ITEMS] = a
    w[pair + TUPLE_ITEMS + 1] = b
    decref(m, w, first)
    decref(m, w, second)
    return pair


def new_pair(m: Machine, it: i64, a: i64, b: i64) -> i64:
    """A new pair (a, b), owned, that the iterator keeps too. Takes a and b over."""
    try:
        pair: i64 = new_tuple(m, 2)
    except Raised:
        decref(m, m.words, a)
        decref(m, m.words, b)
        raise
    w = m.words
    w[pair + TUPLE_ITEMS] = a
    w[pair + TUPLE_ITEMS + 1] = b
    incref(w, pair)
    store(m, w, it + ITER_EXTRA, pair)
    return pair
