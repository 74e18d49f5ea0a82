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
from minipy.memory.obmalloc import allocate
from minipy.memory.refcount import decref, free_buffer, incref, xdecref
from minipy.memory.statics import (
    T_INDEX_ERROR,
    T_INT,
    T_SLICE,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised, copy_many, vec
from minipy.objects.listobject import (
    list_drain,
    list_from_every,
    list_pop_at,
    list_resize,
    new_list,
    release_items,
)
from minipy.objects.machine import Machine
from minipy.objects.sliceobject import slice_adjust, slice_unpack, subscript_index
from minipy.objects.spans import copy_references, is_sequence, sequence_items, sequence_length


def list_get_item(m: Machine, o: i64, key: i64) -> i64:
    """o[key]: an item, or a list for a slice."""
    w = m.words
    i: i64
    if w[key + OB_TYPE] == T_INT:
        i = w[key + INT_VALUE]
    elif w[key + OB_TYPE] == T_SLICE:
        slice_unpack(m, key)
        return list_slice(m, o)
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


def list_slice(m: Machine, o: i64) -> i64:
    """o[start:stop:step] of the unpacked slice, a new list."""
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
        slice_unpack(m, key)
        list_set_slice(m, o, value)
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


def list_set_slice(m: Machine, o: i64, value: i64) -> None:
    """o[start:stop:step] = value of the unpacked slice; with a step the lengths must agree."""
    w = m.words
    start: i64 = w[W_SLICE_START]
    stop: i64 = w[W_SLICE_STOP]
    step: i64 = w[W_SLICE_STEP]
    values: i64 = assigned_sequence(m, o, value, step == 1)
    try:
        w = m.words
        w[W_SLICE_START] = start
        w[W_SLICE_STOP] = stop
        w[W_SLICE_STEP] = step
        count: i64 = slice_adjust(w, w[o + LIST_LENGTH])
        n: i64 = sequence_length(w, values)
        if step == 1:
            list_replace(m, o, w[W_SLICE_START], count, sequence_items(w, values), n)
        elif n != count:
            text: str = f"attempt to assign sequence of size {int(n)} to extended slice of size {int(count)}"
            raise m.error(T_VALUE_ERROR, text)
        else:
            list_replace_every(m, o, w[W_SLICE_START], step, sequence_items(w, values), n)
    finally:
        decref(m, m.words, values)


def list_replace(m: Machine, o: i64, start: i64, removed: i64, at: i64, n: i64) -> None:
    """Replace `removed` items from index `start` by the n borrowed references at `at` (not inside o's buffer)."""
    length: i64 = m.words[o + LIST_LENGTH]
    old: i64 = allocate(m, removed) if removed > 0 else 0
    if n > removed:
        try:
            list_resize(m, o, length + n - removed)
        except Raised:
            free_buffer(m, m.words, old, removed)
            raise
    w = m.words
    first: i64 = w[o + LIST_ITEMS] + start
    copy_many(w, old, first, removed)
    copy_many(w, first + n, first + removed, length - start - removed)
    copy_references(w, first, at, n, 1)
    if n < removed:
        list_resize(m, o, length + n - removed)
    release_items(m, old, removed, removed)


def list_replace_every(m: Machine, o: i64, start: i64, step: i64, at: i64, n: i64) -> None:
    """Replace every step-th of the items from `start` by the n borrowed references at `at`; the first dies first."""
    old: i64 = allocate(m, n) if n > 0 else 0
    w = m.words
    to: i64 = w[o + LIST_ITEMS] + start
    i: i64 = 0
    while i < n:
        w[old + n - 1 - i] = w[to]
        incref(w, w[at + i])
        w[to] = w[at + i]
        to += step
        i += 1
    release_items(m, old, n, n)


def assigned_sequence(m: Machine, o: i64, value: i64, simple: bool) -> i64:
    """The iterable `value` as an exact list (not o) or tuple, owned; TypeError in the words of slice assignment."""
    if value != o and is_sequence(m.words, value):
        incref(m.words, value)
        return value
    iterator: i64 = assigned_iterator(m, value, simple)
    values: i64 = 0
    try:
        values = new_list(m, 0)
        list_drain(m, values, iterator)
    except Raised:
        xdecref(m, m.words, values)
        raise
    finally:
        decref(m, m.words, iterator)
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
    removed: i64 = allocate(m, count)
    w = m.words
    close_gaps(w, w[o + LIST_ITEMS], w[o + LIST_LENGTH], start, step, removed, count)
    list_resize(m, o, w[o + LIST_LENGTH] - count)
    release_items(m, removed, count, count)


def close_gaps(w: vec[i64], items: i64, length: i64, start: i64, step: i64, removed: i64, count: i64) -> None:
    """Move every step-th item from `start` to the address `removed`, the last first, and the others down."""
    to: i64 = items + start
    i: i64 = 0
    while i < count:
        at: i64 = items + start + i * step
        w[removed + count - 1 - i] = w[at]
        run: i64 = step - 1
        if i == count - 1:
            run = items + length - at - 1
        copy_many(w, to, at + 1, run)
        to += run
        i += 1
