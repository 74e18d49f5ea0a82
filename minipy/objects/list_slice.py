"""Subscripts of lists: items and slices, read, assigned and deleted.

Invariant: what a program's `__index__` or iterator may change, the length and the place of the items, is read after
it has run.

CPython counterpart: list_subscript, list_ass_subscript and list_ass_slice of Objects/listobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    INT_VALUE,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_TYPE,
    W_SLICE_START,
    W_SLICE_STEP,
    W_SLICE_STOP,
)
from minipy.memory.refcount import decref, incref, xdecref
from minipy.memory.statics import (
    T_INDEX_ERROR,
    T_INT,
    T_LIST,
    T_SLICE,
    T_TUPLE,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised, copy_many, vec
from minipy.objects.listobject import (
    list_drain,
    list_extend,
    list_from_every,
    list_pop_at,
    list_replace,
    list_resize,
    new_list,
)
from minipy.objects.machine import Machine
from minipy.objects.sliceobject import slice_adjust, slice_unpack, subscript_index


def list_get_item(m: Machine, o: i64, key: i64) -> i64:
    """o[key]: an item, or a list for a slice."""
    w = m.words
    i: i64
    if w[key + OB_TYPE] == T_INT:
        i = w[key + INT_VALUE]
    elif w[key + OB_TYPE] == T_SLICE:
        return list_slice(m, o, key)
    else:
        i = subscript_index(m, key, "list")
        w = m.words
    n: i64 = w[o + LIST_LENGTH]
    if i < 0:
        i += n
    if i < 0 or i >= n:
        raise m.error(T_INDEX_ERROR, "list index out of range")
    v: i64 = w[w[o + LIST_ITEMS] + i]
    incref(w, v)
    return v


def list_slice(m: Machine, o: i64, s: i64) -> i64:
    """o[start:stop:step], a new list."""
    slice_unpack(m, s)
    w = m.words
    count: i64 = slice_adjust(w, w[o + LIST_LENGTH])
    return list_from_every(m, w[o + LIST_ITEMS] + w[W_SLICE_START], count, w[W_SLICE_STEP])


def assignment_index(m: Machine, o: i64, key: i64) -> i64:
    """The place of o[key] for a key that is no slice, within the list."""
    w = m.words
    i: i64
    if w[key + OB_TYPE] == T_INT:
        i = w[key + INT_VALUE]
    else:
        i = subscript_index(m, key, "list")
        w = m.words
    n: i64 = w[o + LIST_LENGTH]
    if i < 0:
        i += n
    if i < 0 or i >= n:
        raise m.error(T_INDEX_ERROR, "list assignment index out of range")
    return i


def list_set_item(m: Machine, o: i64, key: i64, value: i64) -> None:
    """o[key] = value; borrows value."""
    w = m.words
    if w[key + OB_TYPE] == T_SLICE:
        list_set_slice(m, o, key, value)
        return
    i: i64 = assignment_index(m, o, key)
    w = m.words
    at: i64 = w[o + LIST_ITEMS] + i
    old: i64 = w[at]
    incref(w, value)
    w[at] = value
    decref(m, w, old)


def list_del_item(m: Machine, o: i64, key: i64) -> None:
    """del o[key]."""
    if m.words[key + OB_TYPE] == T_SLICE:
        list_del_slice(m, o, key)
        return
    v: i64 = list_pop_at(m, o, assignment_index(m, o, key))
    decref(m, m.words, v)


def list_set_slice(m: Machine, o: i64, s: i64, value: i64) -> None:
    """o[start:stop:step] = value; with a step the lengths must agree."""
    slice_unpack(m, s)
    w = m.words
    start: i64 = w[W_SLICE_START]
    stop: i64 = w[W_SLICE_STOP]
    step: i64 = w[W_SLICE_STEP]
    values: i64 = sequence_copy(m, value, step == 1)
    try:
        w = m.words
        w[W_SLICE_START] = start
        w[W_SLICE_STOP] = stop
        w[W_SLICE_STEP] = step
        count: i64 = slice_adjust(w, w[o + LIST_LENGTH])
        n: i64 = w[values + LIST_LENGTH]
        if step == 1:
            list_replace(m, o, w[W_SLICE_START], count, w[values + LIST_ITEMS], n)
        elif n != count:
            text: str = f"attempt to assign sequence of size {int(n)} to extended slice of size {int(count)}"
            raise m.error(T_VALUE_ERROR, text)
        else:
            swap_every(w, w[o + LIST_ITEMS] + w[W_SLICE_START], step, w[values + LIST_ITEMS], n)
    finally:
        decref(m, m.words, values)


def sequence_copy(m: Machine, value: i64, simple: bool) -> i64:
    """A new list of the iterable `value`; TypeError in the words of slice assignment if it is none."""
    values: i64 = new_list(m, 0)
    iterator: i64 = 0
    try:
        t: i64 = m.words[value + OB_TYPE]
        if t == T_LIST or t == T_TUPLE:
            list_extend(m, values, value)
        else:
            iterator = assigned_iterator(m, value, simple)
            list_drain(m, values, iterator)
    except Raised:
        decref(m, m.words, values)
        raise
    finally:
        xdecref(m, m.words, iterator)
    return values


def assigned_iterator(m: Machine, value: i64, simple: bool) -> i64:
    """iter(value)."""
    try:
        return m.iter(value)
    except Raised:
        if not m.catch(T_TYPE_ERROR):
            raise
    if simple:
        raise m.error(T_TYPE_ERROR, "can only assign an iterable")
    raise m.error(T_TYPE_ERROR, "must assign iterable to extended slice")


def swap_every(w: vec[i64], to: i64, step: i64, at: i64, n: i64) -> None:
    """Exchange n words from `at` with every step-th word from `to`."""
    end: i64 = at + n
    while at < end:
        v: i64 = w[to]
        w[to] = w[at]
        w[at] = v
        to += step
        at += 1


def list_del_slice(m: Machine, o: i64, s: i64) -> None:
    """del o[start:stop:step]."""
    slice_unpack(m, s)
    w = m.words
    count: i64 = slice_adjust(w, w[o + LIST_LENGTH])
    start: i64 = w[W_SLICE_START]
    step: i64 = w[W_SLICE_STEP]
    if count == 0:
        return
    if step < 0:
        start += (count - 1) * step
        step = -step
    if step == 1:
        list_replace(m, o, start, count, 0, 0)
        return
    removed: i64 = new_list(m, count)
    w = m.words
    close_gaps(w, w[o + LIST_ITEMS], w[o + LIST_LENGTH], start, step, w[removed + LIST_ITEMS], count)
    list_resize(m, o, w[o + LIST_LENGTH] - count)
    decref(m, m.words, removed)


def close_gaps(w: vec[i64], items: i64, length: i64, start: i64, step: i64, removed: i64, count: i64) -> None:
    """Move every step-th item from `start` to the address `removed` and the others down."""
    to: i64 = items + start
    i: i64 = 0
    while i < count:
        at: i64 = items + start + i * step
        w[removed + i] = w[at]
        run: i64 = step - 1
        if i == count - 1:
            run = items + length - at - 1
        copy_many(w, to, at + 1, run)
        to += run
        i += 1
