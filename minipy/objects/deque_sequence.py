"""collections.deque as a sequence: subscripts, operators, comparison, repr.

CPython counterpart: deque of Modules/_collectionsmodule.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE
from minipy.memory.layout_modules import DEQUE_LENGTH, DEQUE_MAXLEN
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_INDEX_ERROR, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.objects.deque_methods import copy_of
from minipy.objects.dequeobject import (
    clear,
    delete,
    extend,
    find,
    is_deque,
    place,
)
from minipy.objects.hashing import compare_held, items_equal
from minipy.objects.longobject import compare_words, is_int, new_bool, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.operators import CMP_EQ, CMP_NE
from minipy.objects.tupleobject import host_repr
from minipy.objects.typeobject import name_of_type
from minipy.objects.unicodeobject import new_str


def item_index(m: Machine, o: i64, key: i64) -> i64:
    """The index of the item that a subscript means."""
    if not is_int(m.words, key):
        number: i64 = m.index_object(key)
        if number == 0:
            raise m.error(T_TYPE_ERROR, f"sequence index must be integer, not '{m.type_name(key)}'")
        decref(m, m.words, number)
    i: i64 = m.index(key)
    n: i64 = m.words[o + DEQUE_LENGTH]
    if i < 0:
        i += n
    if i < 0 or i >= n:
        raise m.error(T_INDEX_ERROR, "deque index out of range")
    return i


def deque_get_item(m: Machine, o: i64, key: i64) -> i64:
    """o[key]."""
    i: i64 = item_index(m, o, key)
    w = m.words
    value: i64 = w[place(w, o, i)]
    incref(w, value)
    return value


def deque_set_item(m: Machine, o: i64, key: i64, value: i64) -> None:
    """o[key] = value."""
    i: i64 = item_index(m, o, key)
    w = m.words
    at: i64 = place(w, o, i)
    old: i64 = w[at]
    incref(w, value)
    w[at] = value
    decref(m, w, old)


def deque_del_item(m: Machine, o: i64, key: i64) -> None:
    """del o[key]."""
    delete(m, o, item_index(m, o, key))


def deque_contains(m: Machine, o: i64, value: i64) -> bool:
    """value in o."""
    return find(m, o, value, 0, m.words[o + DEQUE_LENGTH]) >= 0


def deque_concat(m: Machine, a: i64, b: i64) -> i64:
    """a + b of two deques."""
    if not is_deque(m.words, b):
        raise m.error(T_TYPE_ERROR, f'can only concatenate deque (not "{m.type_name(b)}") to deque')
    made: i64 = copy_of(m, a)
    try:
        extend(m, made, b, False)
    except Raised:
        decref(m, m.words, made)
        raise
    return made


def deque_inplace_concat(m: Machine, a: i64, b: i64) -> i64:
    """a += b for any iterable b; returns a, owned."""
    extend(m, a, b, False)
    incref(m.words, a)
    return a


def deque_repeat(m: Machine, o: i64, times: i64) -> i64:
    """o * times."""
    made: i64 = copy_of(m, o)
    try:
        decref(m, m.words, deque_inplace_repeat(m, made, times))
    except Raised:
        decref(m, m.words, made)
        raise
    return made


def deque_inplace_repeat(m: Machine, o: i64, times: i64) -> i64:
    """o *= times; returns o, owned."""
    if times <= 0:
        clear(m, o)
    elif m.words[o + DEQUE_LENGTH] > 0:
        values: i64 = m.list_of(o)
        try:
            while times > 1:
                extend(m, o, values, False)
                times -= 1
        finally:
            decref(m, m.words, values)
    incref(m.words, o)
    return o


def deque_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b: the first pair of items that differ decides, else the lengths."""
    w = m.words
    if not is_deque(w, b):
        return not_implemented(w)
    if w[a + DEQUE_LENGTH] != w[b + DEQUE_LENGTH] and (op == CMP_EQ or op == CMP_NE):
        return new_bool(w, op == CMP_NE)
    i: i64 = 0
    while i < w[a + DEQUE_LENGTH] and i < w[b + DEQUE_LENGTH]:
        if not items_equal(m, w, w[place(w, a, i)], w[place(w, b, i)]):
            return decide(m, op, a, b, i)
        i += 1
        w = m.words
    return new_bool(w, compare_words(op, w[a + DEQUE_LENGTH], w[b + DEQUE_LENGTH]))


def decide(m: Machine, op: i64, a: i64, b: i64, i: i64) -> i64:
    """a op b where the items i were found different (and may be gone by now)."""
    w = m.words
    if op == CMP_EQ or op == CMP_NE:
        return new_bool(w, op == CMP_NE)
    if i >= w[a + DEQUE_LENGTH] or i >= w[b + DEQUE_LENGTH]:
        return new_bool(w, compare_words(op, w[a + DEQUE_LENGTH], w[b + DEQUE_LENGTH]))
    x: i64 = w[place(w, a, i)]
    y: i64 = w[place(w, b, i)]
    return compare_held(m, op, x, y)


def deque_repr(m: Machine, o: i64) -> i64:
    """repr(o): `deque([1, 2], maxlen=3)`, and `[...]` inside itself."""
    if not m.repr_enter(o):
        return new_str(m, "[...]")
    try:
        values: i64 = m.list_of(o)
        try:
            text = host_repr(m, values)
        finally:
            decref(m, m.words, values)
    finally:
        m.repr_leave(o)
    w = m.words
    limit = f", maxlen={w[o + DEQUE_MAXLEN]}" if w[o + DEQUE_MAXLEN] >= 0 else ""
    return new_str(m, f"{name_of_type(m, w[o + OB_TYPE])}({text}{limit})")
