"""The constructor and the methods of collections.deque.

The class is a static type; the module collections gives it its methods when it is imported.

CPython counterpart: deque of Modules/_collectionsmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TUPLE_ITEMS
from minipy.memory.layout_modules import DEQUE_LENGTH, DEQUE_MAXLEN, DEQUE_STATE
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import EMPTY_TUPLE, NONE, T_DEQUE, T_INDEX_ERROR, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.arguments import argument_word
from minipy.objects.deque_iterator import BACKWARD, FORWARD, deque_iter
from minipy.objects.dequeobject import (
    append,
    append_left,
    clear,
    copy,
    count,
    delete,
    extend,
    find,
    insert,
    new_deque,
    place,
    pop,
    reverse,
    rotate,
)
from minipy.objects.hashing import items_equal
from minipy.objects.identifiers import ID_DICT
from minipy.objects.longobject import is_int, new_int, none
from minipy.objects.machine import Machine
from minipy.objects.sliceobject import method_bound
from minipy.objects.tupleobject import host_repr, new_tuple, tuple_of2
from minipy.objects.typecall import has_own_init

APPEND: Final = 1
APPENDLEFT: Final = 2
CLEAR: Final = 3
COPY: Final = 4
COUNT: Final = 5
EXTEND: Final = 6
EXTENDLEFT: Final = 7
INDEX: Final = 8
INSERT: Final = 9
POP: Final = 10
POPLEFT: Final = 11
REMOVE: Final = 12
REVERSE: Final = 13
ROTATE: Final = 14
REVERSED: Final = 15
NEW: Final = 16
REDUCE: Final = 17
MAXLEN: Final = 1

METHODS: Final = (
    (APPEND, "append", 1, 1, ""),
    (APPENDLEFT, "appendleft", 1, 1, ""),
    (CLEAR, "clear", 0, 0, ""),
    (COPY, "copy", 0, 0, ""),
    (COPY, "__copy__", 0, 0, ""),
    (COUNT, "count", 1, 1, ""),
    (EXTEND, "extend", 1, 1, ""),
    (EXTENDLEFT, "extendleft", 1, 1, ""),
    (INDEX, "index", 1, 3, ""),
    (INSERT, "insert", 2, 2, ""),
    (POP, "pop", 0, 0, ""),
    (POPLEFT, "popleft", 0, 0, ""),
    (REMOVE, "remove", 1, 1, ""),
    (REVERSE, "reverse", 0, 0, ""),
    (ROTATE, "rotate", 0, 1, ""),
    (REVERSED, "__reversed__", 0, 0, ""),
    (REDUCE, "__reduce__", 0, 0, ""),
)
GETSETS: Final = ((MAXLEN, "maxlen"),)
PARAMETERS: Final = (0, 2, "iterable maxlen")


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` with self at `at`, or the constructor with the class there."""
    w = m.words
    o: i64 = w[at]
    if number == APPEND:
        append(m, o, w[at + 1])
    elif number == POPLEFT or number == POP:
        return pop(m, o, number == POPLEFT)
    elif number == APPENDLEFT:
        append_left(m, o, w[at + 1])
    elif number == EXTEND or number == EXTENDLEFT:
        extend(m, o, w[at + 1], number == EXTENDLEFT)
    elif number == NEW:
        return new(m, o, at + 1)
    elif number == ROTATE:
        rotate(w, o, argument_word(m, w[at + 1]) if n > 1 else 1)
    elif number == REVERSE:
        reverse(w, o)
    elif number == INSERT:
        insert(m, o, argument_word(m, w[at + 1]), m.words[at + 2])
    elif number == REMOVE:
        remove(m, o, w[at + 1])
    elif number == CLEAR:
        clear(m, o)
    else:
        return answer(m, number, at, n)
    return none(m.words)


def answer(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The methods that give something: the rest of `call`."""
    o: i64 = m.words[at]
    if number == COUNT:
        return new_int(m, count(m, o, m.words[at + 1]))
    elif number == REDUCE:
        return reduced(m, o)
    elif number == INDEX:
        return index_of(m, o, at, n)
    elif number == REVERSED:
        return deque_iter(m, o, BACKWARD)
    return copy_of(m, o)


def copy_of(m: Machine, o: i64) -> i64:
    """A copy of o's own class, which is called for it unless it is deque itself."""
    kind: i64 = m.words[o + OB_TYPE]
    if kind == T_DEQUE:
        return copy(m, o)
    if m.words[o + DEQUE_MAXLEN] < 0:
        return m.call1(kind, o)
    limit: i64 = maxlen(m, o)
    try:
        return m.call2(kind, o, limit)
    finally:
        decref(m, m.words, limit)


def maxlen(m: Machine, o: i64) -> i64:
    """o.maxlen: an int or None."""
    w = m.words
    if w[o + DEQUE_MAXLEN] < 0:
        return none(w)
    return new_int(m, w[o + DEQUE_MAXLEN])


def reduced(m: Machine, o: i64) -> i64:
    """o.__reduce__(): the class, its arguments, the instance's dict or None, an iterator over the items."""
    parts: i64 = new_tuple(m, 4)
    try:
        w = m.words
        incref(w, w[o + OB_TYPE])
        w[parts + TUPLE_ITEMS] = w[o + OB_TYPE]
        args: i64 = constructor_arguments(m, o)
        m.words[parts + TUPLE_ITEMS + 1] = args
        state: i64 = m.find_attribute(o, ID_DICT)
        if state == 0:
            incref(m.words, NONE)
            state = NONE
        m.words[parts + TUPLE_ITEMS + 2] = state
        items: i64 = deque_iter(m, o, FORWARD)
        m.words[parts + TUPLE_ITEMS + 3] = items
    except Raised:
        decref(m, m.words, parts)
        raise
    return parts


def constructor_arguments(m: Machine, o: i64) -> i64:
    """() or ((), maxlen), owned."""
    if m.words[o + DEQUE_MAXLEN] < 0:
        return new_tuple(m, 0)
    limit: i64 = maxlen(m, o)
    try:
        return tuple_of2(m, EMPTY_TUPLE, limit)
    finally:
        decref(m, m.words, limit)


# ---------------------------------------------------------------- construction
def new(m: Machine, t: i64, at: i64) -> i64:
    """deque.__new__(class, iterable, maxlen), 0 where not given: filled at once unless `__init__` is a program's."""
    o: i64 = new_deque(m, t, -1)
    if not has_own_init(m.words, t):
        try:
            deque_init(m, o, at)
        except Raised:
            decref(m, m.words, o)
            raise
    return o


def deque_init(m: Machine, o: i64, at: i64) -> None:
    """deque.__init__: iterable and maxlen lie at `at`, 0 where not given."""
    w = m.words
    iterable: i64 = w[at]
    given: i64 = w[at + 1]
    limit: i64 = -1
    if given != 0 and given != NONE:
        if not is_int(w, given):
            raise m.error(T_TYPE_ERROR, "an integer is required")
        limit = argument_word(m, given)
        if limit < 0:
            raise m.error(T_VALUE_ERROR, "maxlen must be non-negative")
    clear(m, o)
    m.words[o + DEQUE_MAXLEN] = limit
    if iterable != 0:
        extend(m, o, iterable, False)


# ---------------------------------------------------------------- methods
def remove(m: Machine, o: i64, value: i64) -> None:
    """o.remove(value)."""
    w = m.words
    state: i64 = w[o + DEQUE_STATE]
    i: i64 = 0
    while i < w[o + DEQUE_LENGTH]:
        equal: bool = items_equal(m, w, w[place(w, o, i)], value)
        w = m.words
        if w[o + DEQUE_STATE] != state:
            raise m.error(T_INDEX_ERROR, "deque mutated during iteration")
        if equal:
            delete(m, o, i)
            return
        i += 1
    raise not_there(m, value)


def not_there(m: Machine, value: i64) -> Raised:
    """ValueError: the deque has no such item."""
    return m.error(T_VALUE_ERROR, host_repr(m, value) + " is not in deque")


def index_of(m: Machine, o: i64, at: i64, n: i64) -> i64:
    """o.index(value, start=0, stop=...) with the arguments at `at`."""
    length: i64 = m.words[o + DEQUE_LENGTH]
    start: i64 = method_bound(m, m.words[at + 2]) if n > 2 else 0
    stop: i64 = method_bound(m, m.words[at + 3]) if n > 3 else length
    if start < 0:
        start = start + length if start + length > 0 else 0
    if stop < 0:
        stop += length
    i: i64 = find(m, o, m.words[at + 1], start, stop)
    if i < 0:
        raise not_there(m, m.words[at + 1])
    return new_int(m, i)
