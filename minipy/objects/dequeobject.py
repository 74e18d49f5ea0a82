"""collections.deque: a ring of words, a power of two of them, that grows when it is full.

    DEQUE_ITEMS -> | c | d |   |   |   |   | a | b |        DEQUE_START 6, DEQUE_LENGTH 4, DEQUE_ROOM 8

Invariants
- Item i lies at (DEQUE_START + i) & (DEQUE_ROOM - 1); every other word of the ring is 0.
- DEQUE_ITEMS is 0 while nothing was ever added; then DEQUE_ROOM is 0, too.
- A change of the items' number or places adds 1 to DEQUE_STATE: iterators and searches then stop with RuntimeError.

CPython counterpart: deque of Modules/_collectionsmodule.c, a list of blocks of 64 items.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TP_SOLID
from minipy.memory.layout_modules import (
    DEQUE_ITEMS,
    DEQUE_LENGTH,
    DEQUE_MAXLEN,
    DEQUE_ROOM,
    DEQUE_START,
    DEQUE_STATE,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.obmalloc import allocate, free
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_DEQUE, T_INDEX_ERROR, T_RUNTIME_ERROR
from minipy.memory.words import Raised, vec
from minipy.objects.hashing import items_equal
from minipy.objects.machine import Machine

FIRST_ROOM: Final = 8


def new_deque(m: Machine, t: i64, maxlen: i64) -> i64:
    """An empty deque of the class t; maxlen -1: unlimited."""
    o: i64 = gc_alloc(m, t)
    m.words[o + DEQUE_MAXLEN] = maxlen
    return o


def is_deque(w: vec[i64], o: i64) -> bool:
    """Is o a deque or an instance of a subclass?"""
    return w[w[o + OB_TYPE] + TP_SOLID] == T_DEQUE


def place(w: vec[i64], o: i64, i: i64) -> i64:
    """The address of the word of item i."""
    return w[o + DEQUE_ITEMS] + ((w[o + DEQUE_START] + i) & (w[o + DEQUE_ROOM] - 1))


# ---------------------------------------------------------------- both ends
def make_room(m: Machine, o: i64) -> None:
    """Room for at least one item more."""
    w = m.words
    room: i64 = w[o + DEQUE_ROOM]
    if w[o + DEQUE_LENGTH] < room:
        return
    larger: i64 = room * 2 if room > 0 else FIRST_ROOM
    items: i64 = allocate(m, larger)
    w = m.words
    n: i64 = w[o + DEQUE_LENGTH]
    i: i64 = 0
    while i < larger:
        w[items + i] = w[place(w, o, i)] if i < n else 0
        i += 1
    old: i64 = w[o + DEQUE_ITEMS]
    w[o + DEQUE_ITEMS] = items
    w[o + DEQUE_ROOM] = larger
    w[o + DEQUE_START] = 0
    if room > 0:
        free(m, w, old, room)


def append(m: Machine, o: i64, value: i64) -> None:
    """o.append(value), which is borrowed; a full deque drops its first item."""
    make_room(m, o)
    w = m.words
    incref(w, value)
    w[place(w, o, w[o + DEQUE_LENGTH])] = value
    w[o + DEQUE_LENGTH] += 1
    w[o + DEQUE_STATE] += 1
    if w[o + DEQUE_MAXLEN] >= 0 and w[o + DEQUE_LENGTH] > w[o + DEQUE_MAXLEN]:
        decref(m, w, take_first(w, o))


def append_left(m: Machine, o: i64, value: i64) -> None:
    """o.appendleft(value), which is borrowed; a full deque drops its last item."""
    make_room(m, o)
    w = m.words
    incref(w, value)
    w[o + DEQUE_START] = (w[o + DEQUE_START] - 1) & (w[o + DEQUE_ROOM] - 1)
    w[place(w, o, 0)] = value
    w[o + DEQUE_LENGTH] += 1
    w[o + DEQUE_STATE] += 1
    if w[o + DEQUE_MAXLEN] >= 0 and w[o + DEQUE_LENGTH] > w[o + DEQUE_MAXLEN]:
        decref(m, w, take_last(w, o))


def take_first(w: vec[i64], o: i64) -> i64:
    """The first item of a deque that is not empty, taken out, owned."""
    at: i64 = place(w, o, 0)
    value: i64 = w[at]
    w[at] = 0
    w[o + DEQUE_START] = (w[o + DEQUE_START] + 1) & (w[o + DEQUE_ROOM] - 1)
    w[o + DEQUE_LENGTH] -= 1
    w[o + DEQUE_STATE] += 1
    return value


def take_last(w: vec[i64], o: i64) -> i64:
    """The last item of a deque that is not empty, taken out, owned."""
    at: i64 = place(w, o, w[o + DEQUE_LENGTH] - 1)
    value: i64 = w[at]
    w[at] = 0
    w[o + DEQUE_LENGTH] -= 1
    w[o + DEQUE_STATE] += 1
    return value


def pop(m: Machine, o: i64, left: bool) -> i64:
    """o.pop() or o.popleft()."""
    w = m.words
    if w[o + DEQUE_LENGTH] == 0:
        raise m.error(T_INDEX_ERROR, "pop from an empty deque")
    return take_first(w, o) if left else take_last(w, o)


def extend(m: Machine, o: i64, iterable: i64, left: bool) -> None:
    """o.extend(iterable) or o.extendleft(iterable)."""
    values: i64 = iterable
    if iterable == o:
        values = m.list_of(iterable)
    else:
        incref(m.words, iterable)
    iterator: i64 = 0
    try:
        iterator = m.iter(values)
        value: i64 = m.next(iterator)
        while value != 0:
            try:
                if left:
                    append_left(m, o, value)
                else:
                    append(m, o, value)
            finally:
                decref(m, m.words, value)
            value = m.next(iterator)
    finally:
        decref(m, m.words, values)
        if iterator != 0:
            decref(m, m.words, iterator)


def clear(m: Machine, o: i64) -> None:
    """o.clear(): the deque is empty before the first item is released."""
    w = m.words
    items: i64 = w[o + DEQUE_ITEMS]
    room: i64 = w[o + DEQUE_ROOM]
    if room == 0:
        return
    start: i64 = w[o + DEQUE_START]
    n: i64 = w[o + DEQUE_LENGTH]
    w[o + DEQUE_ITEMS] = 0
    w[o + DEQUE_ROOM] = 0
    w[o + DEQUE_START] = 0
    w[o + DEQUE_LENGTH] = 0
    w[o + DEQUE_STATE] += 1
    i: i64 = 0
    while i < n:
        decref(m, m.words, m.words[items + ((start + i) & (room - 1))])
        i += 1
    free(m, m.words, items, room)


# ---------------------------------------------------------------- anywhere
def rotate(w: vec[i64], o: i64, steps: i64) -> None:
    """o.rotate(steps): the last `steps` items come first."""
    n: i64 = w[o + DEQUE_LENGTH]
    if n < 2:
        return
    steps = steps % n
    if steps == 0:
        return
    w[o + DEQUE_STATE] += 1
    forward: bool = steps <= n // 2
    left: i64 = steps if forward else n - steps
    mask: i64 = w[o + DEQUE_ROOM] - 1
    while left > 0:
        left -= 1
        here: i64 = place(w, o, n - 1) if forward else place(w, o, 0)
        value: i64 = w[here]
        w[here] = 0
        w[o + DEQUE_START] = (w[o + DEQUE_START] + (-1 if forward else 1)) & mask
        w[place(w, o, 0) if forward else place(w, o, n - 1)] = value


def reverse(w: vec[i64], o: i64) -> None:
    """o.reverse()."""
    i: i64 = 0
    k: i64 = w[o + DEQUE_LENGTH] - 1
    while i < k:
        a: i64 = place(w, o, i)
        b: i64 = place(w, o, k)
        value: i64 = w[a]
        w[a] = w[b]
        w[b] = value
        i += 1
        k -= 1


def insert(m: Machine, o: i64, index: i64, value: i64) -> None:
    """o.insert(index, value): IndexError if the deque is full."""
    w = m.words
    n: i64 = w[o + DEQUE_LENGTH]
    if w[o + DEQUE_MAXLEN] >= 0 and n >= w[o + DEQUE_MAXLEN]:
        raise m.error(T_INDEX_ERROR, "deque already at its maximum size")
    if index < 0:
        index = index + n if index + n > 0 else 0
    if index >= n:
        append(m, o, value)
        return
    rotate(w, o, -index)
    try:
        append_left(m, o, value)
    finally:
        rotate(m.words, o, index)


def delete(m: Machine, o: i64, index: i64) -> None:
    """Remove the item with an index in range."""
    w = m.words
    rotate(w, o, -index)
    value: i64 = take_first(w, o)
    rotate(w, o, index)
    decref(m, w, value)


# ---------------------------------------------------------------- searching
def find(m: Machine, o: i64, value: i64, i: i64, stop: i64) -> i64:
    """The index of the first item from i to before stop that equals value, -1: none. RuntimeError if o changes."""
    w = m.words
    state: i64 = w[o + DEQUE_STATE]
    while i < stop and i < w[o + DEQUE_LENGTH]:
        if items_equal(m, w, w[place(w, o, i)], value):
            return i
        i += 1
        w = m.words
        if w[o + DEQUE_STATE] != state:
            raise mutated(m)
    return -1


def count(m: Machine, o: i64, value: i64) -> i64:
    """How many items equal value; RuntimeError if o changes."""
    w = m.words
    state: i64 = w[o + DEQUE_STATE]
    found: i64 = 0
    i: i64 = 0
    while i < w[o + DEQUE_LENGTH]:
        if items_equal(m, w, w[place(w, o, i)], value):
            found += 1
        i += 1
        w = m.words
        if w[o + DEQUE_STATE] != state:
            raise mutated(m)
    return found


def mutated(m: Machine) -> Raised:
    """RuntimeError: the deque changed while it was gone through."""
    return m.error(T_RUNTIME_ERROR, "deque mutated during iteration")


def copy(m: Machine, o: i64) -> i64:
    """An exact deque of the same maxlen with the same items."""
    made: i64 = new_deque(m, T_DEQUE, m.words[o + DEQUE_MAXLEN])
    try:
        extend(m, made, o, False)
    except Raised:
        decref(m, m.words, made)
        raise
    return made
