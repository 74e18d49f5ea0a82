"""What a program can do with a list: subscripts and slices, comparison, repr, and the table of methods.

CPython counterpart: the second half of Objects/listobject.c. The buffer itself is listobject.py's.
"""

from __future__ import annotations

from typing import Final

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
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref, xdecref
from minipy.memory.statics import (
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    T_INDEX_ERROR,
    T_INT,
    T_LIST,
    T_SLICE,
    T_TUPLE,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised, vec
from minipy.objects.hashing import items_equal
from minipy.objects.listobject import (
    is_list,
    list_append,
    list_clear,
    list_drain,
    list_extend,
    list_find,
    list_from,
    list_from_every,
    list_insert,
    list_pop_at,
    list_replace,
    list_resize,
    new_list,
)
from minipy.objects.listsort import list_sort
from minipy.objects.longobject import compare_words, new_bool, new_int
from minipy.objects.machine import Machine
from minipy.objects.operators import CMP_EQ, CMP_NE
from minipy.objects.sliceobject import method_bound, slice_adjust, slice_unpack, subscript_index
from minipy.objects.spans import move_words, reverse_words
from minipy.objects.tupleobject import host_repr
from minipy.objects.unicodeobject import new_str

LIST_APPEND: Final = 0
LIST_CLEAR: Final = 1
LIST_COPY: Final = 2
LIST_COUNT: Final = 3
LIST_EXTEND: Final = 4
LIST_INDEX: Final = 5
LIST_INSERT: Final = 6
LIST_POP: Final = 7
LIST_REMOVE: Final = 8
LIST_REVERSE: Final = 9
LIST_SORT: Final = 10

METHODS: Final = (
    (LIST_APPEND, "append", 1, 1, ""),
    (LIST_CLEAR, "clear", 0, 0, ""),
    (LIST_COPY, "copy", 0, 0, ""),
    (LIST_COUNT, "count", 1, 1, ""),
    (LIST_EXTEND, "extend", 1, 1, ""),
    (LIST_INDEX, "index", 1, 3, ""),
    (LIST_INSERT, "insert", 2, 2, ""),
    (LIST_POP, "pop", 0, 1, ""),
    (LIST_REMOVE, "remove", 1, 1, ""),
    (LIST_REVERSE, "reverse", 0, 0, ""),
    (LIST_SORT, "sort", 0, 0, "* key reverse"),
)
NEW: Final = (0, 1, "")


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """list(iterable=()) for the class t."""
    o: i64 = gc_alloc(m, t)
    if n > 0:
        try:
            list_extend(m, o, m.words[at])
        except Raised:
            decref(m, m.words, o)
            raise
    return o


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` with self and the arguments at `at`."""
    w = m.words
    o: i64 = w[at]
    if number == LIST_APPEND:
        list_append(m, o, w[at + 1])
    elif number == LIST_POP:
        return list_pop(m, o, m.index(w[at + 1]) if n > 1 else -1)
    elif number == LIST_EXTEND:
        list_extend(m, o, w[at + 1])
    elif number == LIST_INSERT:
        list_insert(m, o, m.index(w[at + 1]), m.words[at + 2])
    elif number == LIST_SORT:
        list_sort(m, o, w[at + 1], w[at + 2] != 0 and m.index(w[at + 2]) != 0)
    elif number == LIST_REVERSE:
        reverse_words(w, w[o + LIST_ITEMS], w[o + LIST_LENGTH])
    elif number == LIST_REMOVE:
        list_remove(m, o, w[at + 1])
    elif number == LIST_INDEX:
        return list_index(m, o, at, n)
    elif number == LIST_COUNT:
        return list_count(m, o, w[at + 1])
    elif number == LIST_COPY:
        return list_from(m, w[o + LIST_ITEMS], w[o + LIST_LENGTH])
    else:
        list_clear(m, o)
    incref(m.words, NONE)
    return NONE


# ---------------------------------------------------------------- subscripts
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
        move_words(w, to, at + 1, run)
        to += run
        i += 1


# ---------------------------------------------------------------- methods
def list_pop(m: Machine, o: i64, i: i64) -> i64:
    """o.pop(i)."""
    n: i64 = m.words[o + LIST_LENGTH]
    if n == 0:
        raise m.error(T_INDEX_ERROR, "pop from empty list")
    if i < 0:
        i += n
    if i < 0 or i >= n:
        raise m.error(T_INDEX_ERROR, "pop index out of range")
    return list_pop_at(m, o, i)


def list_remove(m: Machine, o: i64, value: i64) -> None:
    """o.remove(value)."""
    i: i64 = list_find(m, o, value, 0, m.words[o + LIST_LENGTH])
    if i < 0 or i >= m.words[o + LIST_LENGTH]:
        raise m.error(T_VALUE_ERROR, "list.remove(x): x not in list")
    decref(m, m.words, list_pop_at(m, o, i))


def list_index(m: Machine, o: i64, at: i64, n: i64) -> i64:
    """o.index(value, start=0, stop=...) with the arguments at `at`."""
    w = m.words
    value: i64 = w[at + 1]
    start: i64 = method_bound(m, w[at + 2]) if n > 2 else 0
    stop: i64 = method_bound(m, m.words[at + 3]) if n > 3 else m.words[o + LIST_LENGTH]
    length: i64 = m.words[o + LIST_LENGTH]
    if start < 0:
        start = start + length if start + length > 0 else 0
    if stop < 0:
        stop += length
    i: i64 = list_find(m, o, value, start, stop)
    if i < 0:
        raise m.error(T_VALUE_ERROR, host_repr(m, value) + " is not in list")
    return new_int(m, i)


def list_count(m: Machine, o: i64, value: i64) -> i64:
    """o.count(value)."""
    count: i64 = 0
    i: i64 = list_find(m, o, value, 0, m.words[o + LIST_LENGTH])
    while i >= 0:
        count += 1
        i = list_find(m, o, value, i + 1, m.words[o + LIST_LENGTH])
    return new_int(m, count)


# ---------------------------------------------------------------- comparison, repr
def list_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b: the first pair of items that differ decides, else the lengths. Either list may change meanwhile."""
    w = m.words
    if not is_list(w, b):
        incref(w, NOT_IMPLEMENTED_OBJECT)
        return NOT_IMPLEMENTED_OBJECT
    if w[a + LIST_LENGTH] != w[b + LIST_LENGTH] and (op == CMP_EQ or op == CMP_NE):
        return new_bool(w, op == CMP_NE)
    i: i64 = 0
    while i < w[a + LIST_LENGTH] and i < w[b + LIST_LENGTH]:
        x: i64 = w[w[a + LIST_ITEMS] + i]
        y: i64 = w[w[b + LIST_ITEMS] + i]
        if not items_equal(m, w, x, y):
            return list_decide(m, op, a, b, i)
        i += 1
        w = m.words
    return new_bool(w, compare_words(op, w[a + LIST_LENGTH], w[b + LIST_LENGTH]))


def list_decide(m: Machine, op: i64, a: i64, b: i64, i: i64) -> i64:
    """a op b where the items i were found different (and may be gone by now)."""
    w = m.words
    if i >= w[a + LIST_LENGTH] or i >= w[b + LIST_LENGTH]:
        return new_bool(w, compare_words(op, w[a + LIST_LENGTH], w[b + LIST_LENGTH]))
    if op == CMP_EQ or op == CMP_NE:
        return new_bool(w, op == CMP_NE)
    x: i64 = w[w[a + LIST_ITEMS] + i]
    y: i64 = w[w[b + LIST_ITEMS] + i]
    incref(w, x)
    incref(w, y)
    try:
        return m.compare(op, x, y)
    finally:
        decref(m, m.words, x)
        decref(m, m.words, y)


def list_repr(m: Machine, o: i64) -> i64:
    """repr(o): `[1, 2]`, and `[...]` inside itself."""
    if m.words[o + LIST_LENGTH] == 0:
        return new_str(m, "[]")
    if not m.repr_enter(o):
        return new_str(m, "[...]")
    parts: list[str] = []
    try:
        i: i64 = 0
        while i < m.words[o + LIST_LENGTH]:
            parts.append(host_repr(m, m.words[m.words[o + LIST_ITEMS] + i]))
            i += 1
    finally:
        m.repr_leave(o)
    return new_str(m, "[" + ", ".join(parts) + "]")
