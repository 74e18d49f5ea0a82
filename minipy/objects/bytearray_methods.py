"""bytearray as a program sees it: constructor, and the methods that change it; all others stand in bytes_methods.py.

CPython counterpart: bytearray_methods and bytearray___init___impl of Objects/bytearrayobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import LIST_ALLOCATED, LIST_ITEMS, LIST_LENGTH, OB_TYPE, TP_DICTOFFSET, WORD_BYTES
from minipy.memory.refcount import decref, xdecref
from minipy.memory.statics import NONE, T_BYTEARRAY, T_INDEX_ERROR, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.arguments import argument_word
from minipy.objects.bytearrayobject import (
    append_byte,
    append_bytes,
    byte_argument,
    clear_contents,
    new_bytearray,
    new_bytearray_of,
    replace_bytes,
    set_contents,
)
from minipy.objects.bytes_methods import contents_given
from minipy.objects.bytesobject import drain_bytes, host_bytes, is_bytes_like
from minipy.objects.longobject import new_int, none
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import tuple_from, tuple_of2, tuple_of3
from minipy.objects.unicode_words import byte_at, find_byte
from minipy.objects.unicodeobject import new_str

BYTEARRAY_APPEND: Final = 0
BYTEARRAY_EXTEND: Final = 1
BYTEARRAY_INSERT: Final = 2
BYTEARRAY_POP: Final = 3
BYTEARRAY_REMOVE: Final = 4
BYTEARRAY_REVERSE: Final = 5
BYTEARRAY_CLEAR: Final = 6
BYTEARRAY_COPY: Final = 7
BYTEARRAY_ALLOC: Final = 8
BYTEARRAY_REDUCE: Final = 9
BYTEARRAY_REDUCE_EX: Final = 10
METHODS: Final = (
    (BYTEARRAY_APPEND, "append", 1, 1, ""),
    (BYTEARRAY_EXTEND, "extend", 1, 1, ""),
    (BYTEARRAY_INSERT, "insert", 2, 2, ""),
    (BYTEARRAY_POP, "pop", 0, 1, ""),
    (BYTEARRAY_REMOVE, "remove", 1, 1, ""),
    (BYTEARRAY_REVERSE, "reverse", 0, 0, ""),
    (BYTEARRAY_CLEAR, "clear", 0, 0, ""),
    (BYTEARRAY_COPY, "copy", 0, 0, ""),
    (BYTEARRAY_ALLOC, "__alloc__", 0, 0, ""),
    (BYTEARRAY_REDUCE, "__reduce__", 0, 0, ""),
    (BYTEARRAY_REDUCE_EX, "__reduce_ex__", 0, 1, ""),
)
NEW: Final = (0, 3, "source encoding errors")


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """bytearray(source=b"", encoding=..., errors=...) for the class t, owned; three words at `at`, 0 if not given."""
    return new_bytearray_of(m, t, contents_given(m, at, "bytearray"))


def bytearray_init(m: Machine, o: i64, at: i64, given: i64, keywords: i64) -> None:
    """bytearray.__init__: o holds what bytearray() makes of the `given` arguments at `at` and of the keywords."""
    args: i64 = tuple_from(m, at, given)
    other: i64 = 0
    try:
        other = m.call_object(T_BYTEARRAY, args, keywords)
        set_contents(m, o, host_bytes(m, other))
    finally:
        decref(m, m.words, args)
        xdecref(m, m.words, other)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` with self and the arguments at `at`."""
    w = m.words
    o: i64 = w[at]
    if number == BYTEARRAY_POP:
        return pop(m, o, argument_word(m, w[at + 1]) if n > 1 else -1)
    if number == BYTEARRAY_COPY:
        return new_bytearray(m, host_bytes(m, o))
    if number == BYTEARRAY_ALLOC:
        return new_int(m, w[o + LIST_ALLOCATED] * WORD_BYTES)
    if number == BYTEARRAY_REDUCE or number == BYTEARRAY_REDUCE_EX:
        return reduced(m, o)
    if number == BYTEARRAY_APPEND:
        append_byte(m, o, byte_argument(m, w[at + 1]))
    elif number == BYTEARRAY_EXTEND:
        extend(m, o, w[at + 1])
    elif number == BYTEARRAY_INSERT:
        insert(m, o, argument_word(m, w[at + 1]), m.words[at + 2])
    elif number == BYTEARRAY_REMOVE:
        remove(m, o, byte_argument(m, w[at + 1]))
    elif number == BYTEARRAY_REVERSE:
        set_contents(m, o, host_bytes(m, o)[::-1])
    else:
        clear_contents(m, o)
    return none(m.words)


def extend(m: Machine, o: i64, more: i64) -> None:
    """o.extend(iterable of ints)."""
    if is_bytes_like(m.words, more):
        append_bytes(m, o, host_bytes(m, more))
        return
    iterator: i64 = 0
    try:
        iterator = m.iter(more)
    except Raised:
        if not m.catch(T_TYPE_ERROR):
            raise
    if iterator == 0:
        raise m.error(T_TYPE_ERROR, f"can't extend bytearray with {m.type_name(more)}")
    try:
        data = bytes(drain_bytes(m, iterator, "byte"))
    finally:
        decref(m, m.words, iterator)
    append_bytes(m, o, data)


def insert(m: Machine, o: i64, i: i64, value: i64) -> None:
    """o.insert(i, value)."""
    v: i64 = byte_argument(m, value)
    n: i64 = m.words[o + LIST_LENGTH]
    if i < 0:
        i += n
    replace_bytes(m, o, 0 if i < 0 else n if i > n else i, 0, bytes([int(v)]))


def pop(m: Machine, o: i64, i: i64) -> i64:
    """o.pop(i), owned."""
    w = m.words
    n: i64 = w[o + LIST_LENGTH]
    if n == 0:
        raise m.error(T_INDEX_ERROR, "pop from empty bytearray")
    if i < 0:
        i += n
    if i < 0 or i >= n:
        raise m.error(T_INDEX_ERROR, "pop index out of range")
    v: i64 = new_int(m, byte_at(w, w[o + LIST_ITEMS], i))
    if i == n - 1:
        m.words[o + LIST_LENGTH] = i
    else:
        replace_bytes(m, o, i, 1, b"")
    return v


def remove(m: Machine, o: i64, v: i64) -> None:
    """o.remove(v): the first byte v."""
    w = m.words
    i: i64 = find_byte(w, w[o + LIST_ITEMS], v, 0, w[o + LIST_LENGTH])
    if i < 0:
        raise m.error(T_VALUE_ERROR, "value not found in bytearray")
    replace_bytes(m, o, i, 1, b"")


def reduced(m: Machine, o: i64) -> i64:
    """(class, (latin-1 text, "latin-1"), dict or None), owned: how copies are made."""
    text: i64 = new_str(m, host_bytes(m, o).decode("latin-1"))
    codec: i64 = 0
    args: i64 = 0
    try:
        codec = new_str(m, "latin-1")
        args = tuple_of2(m, text, codec)
        w = m.words
        t: i64 = w[o + OB_TYPE]
        d: i64 = w[o + w[t + TP_DICTOFFSET]] if w[t + TP_DICTOFFSET] != 0 else 0
        return tuple_of3(m, t, args, d if d != 0 else NONE)
    finally:
        decref(m, m.words, text)
        xdecref(m, m.words, codec)
        xdecref(m, m.words, args)
