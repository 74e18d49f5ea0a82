"""Instructions that make containers of the topmost values of the operand stack, which give up their references to them.

CPython counterpart: the BUILD_* instructions of Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import LIST_ITEMS, TUPLE_ITEMS
from minipy.memory.refcount import decref
from minipy.memory.statics import EMPTY_STR, EMPTY_TUPLE, T_SET
from minipy.memory.words import Raised
from minipy.objects.dictobject import dict_set, new_dict
from minipy.objects.listobject import new_list
from minipy.objects.machine import Machine
from minipy.objects.setobject import new_set, set_add
from minipy.objects.tupleobject import new_tuple
from minipy.objects.unicode_concat import join_items
from minipy.vm.frame import replace_top


def tuple_of_stack(m: Machine, at: i64, n: i64) -> i64:
    """A new tuple that takes over the n references at `at`; the caller drops the words."""
    if n == 0:
        m.words[EMPTY_TUPLE] += 1
        return EMPTY_TUPLE
    t: i64 = new_tuple(m, n)
    w = m.words
    i: i64 = 0
    while i < n:
        w[t + TUPLE_ITEMS + i] = w[at + i]
        w[at + i] = 0
        i += 1
    return t


def list_of_stack(m: Machine, at: i64, n: i64) -> i64:
    """A new list that takes over the n references at `at`; the caller drops the words."""
    o: i64 = new_list(m, n)
    w = m.words
    items: i64 = w[o + LIST_ITEMS]
    i: i64 = 0
    while i < n:
        w[items + i] = w[at + i]
        w[at + i] = 0
        i += 1
    return o


def build_set(m: Machine, n: i64, sp: i64) -> i64:
    """BUILD_SET."""
    o: i64 = new_set(m, T_SET)
    try:
        i: i64 = sp - n
        while i < sp:
            set_add(m, o, m.words[i])
            i += 1
    except Raised:
        decref(m, m.words, o)
        raise
    return replace_top(m, sp, n, o)


def build_map(m: Machine, n: i64, sp: i64) -> i64:
    """BUILD_MAP: n pairs, key below value."""
    o: i64 = new_dict(m)
    try:
        i: i64 = sp - 2 * n
        while i < sp:
            dict_set(m, o, m.words[i], m.words[i + 1])
            i += 2
    except Raised:
        decref(m, m.words, o)
        raise
    return replace_top(m, sp, 2 * n, o)


def build_string(m: Machine, n: i64, sp: i64) -> i64:
    """BUILD_STRING: join n str objects."""
    return replace_top(m, sp, n, join_items(m, EMPTY_STR, sp - n, n))

