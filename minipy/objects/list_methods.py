"""What a program can do with a list: comparison, repr, and the table of methods.

CPython counterpart: list_methods and the slots of Objects/listobject.c. The buffer itself is listobject.py's,
subscripts are in list_slice.py.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    ITER_INDEX,
    ITER_SOURCE,
    LIST_ITEMS,
    LIST_LENGTH,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    T_INDEX_ERROR,
    T_LIST_REVERSEITERATOR,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised
from minipy.objects.hashing import compare_held, items_equal
from minipy.objects.listobject import (
    is_list,
    list_append,
    list_append_owned,
    list_clear,
    list_extend,
    list_find,
    list_from,
    list_insert,
    list_pop_at,
    new_list,
)
from minipy.objects.listsort import list_sort
from minipy.objects.longobject import compare_words, new_bool, new_int, none, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.operators import CMP_EQ, CMP_NE
from minipy.objects.sliceobject import method_bound
from minipy.objects.spans import reverse_words
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
LIST_REVERSED: Final = 11

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
    (LIST_REVERSED, "__reversed__", 0, 0, ""),
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


def list_from_iterable(m: Machine, iterable: i64) -> i64:
    """A new list of what iterating gives."""
    o: i64 = new_list(m, 0)
    try:
        list_extend(m, o, iterable)
    except Raised:
        decref(m, m.words, o)
        raise
    return o


def list_to_join(m: Machine, iterable: i64) -> i64:
    """A new list of what str.join or bytes.join was given; TypeError if that is not iterable."""
    iterator: i64 = 0
    try:
        iterator = m.iter(iterable)
    except Raised:
        if not m.catch(T_TYPE_ERROR):
            raise
    if iterator == 0:
        raise m.error(T_TYPE_ERROR, "can only join an iterable")
    try:
        return list_from_iterable(m, iterator)
    finally:
        decref(m, m.words, iterator)


def list_of_texts(m: Machine, texts: list[str]) -> i64:
    """A new list of strs."""
    o: i64 = new_list(m, 0)
    try:
        for text in texts:
            list_append_owned(m, o, new_str(m, text))
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
    elif number == LIST_REVERSED:
        return list_reversed(m, o)
    else:
        list_clear(m, o)
    return none(m.words)


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


def list_reversed(m: Machine, o: i64) -> i64:
    """reversed(o): ITER_INDEX is the index of the next item, -1 at the end."""
    it: i64 = gc_alloc(m, T_LIST_REVERSEITERATOR)
    w = m.words
    incref(w, o)
    w[it + ITER_SOURCE] = o
    w[it + ITER_INDEX] = w[o + LIST_LENGTH] - 1
    return it


# ---------------------------------------------------------------- comparison, repr
def list_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b: the first pair of items that differ decides, else the lengths. Either list may change meanwhile."""
    w = m.words
    if not is_list(w, b):
        return not_implemented(w)
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
    return compare_held(m, op, x, y)


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
