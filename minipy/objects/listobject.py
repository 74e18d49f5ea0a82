"""Lists: a header and a separate buffer of references that is allocated with room to grow.

    list:   +2 length | +3 allocated | +4 items --> buffer:  item 0 | item 1 | ... | unused ...

Invariants
- length <= allocated; items is 0 exactly when allocated is 0; the buffer is `allocated` words.
- Words of the buffer behind `length` are undefined, and nobody reads them.
- Whatever may run program code (equality, iteration, a decref) may change the list: length and items are read again.
- A removed item is released only after the list is in order again.

CPython counterpart: Objects/listobject.c, with its rule of over-allocation. Sorting is in listsort.py, the table of
methods in list_methods.py.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    ITER_INDEX,
    ITER_LIMIT,
    ITER_STEP,
    LIST_ALLOCATED,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_TYPE,
    TP_SOLID,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.obmalloc import allocate, free, reallocate
from minipy.memory.refcount import decref, free_buffer, incref
from minipy.memory.statics import T_LIST, T_MEMORY_ERROR, T_RANGE_ITERATOR, T_TYPE_ERROR
from minipy.memory.words import Raised, copy_many, fill_words, vec
from minipy.objects.hashing import item_equal
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.spans import copy_references, is_sequence, sequence_items, sequence_length
from minipy.objects.tupleobject import MOST_ITEMS

MOST_WORD: Final = (1 << 63) - 1


def new_list(m: Machine, n: i64) -> i64:
    """A list of n items, all still 0: the caller stores owned references into them before program code runs."""
    o: i64 = gc_alloc(m, T_LIST)
    if n > 0:
        items: i64 = take_buffer(m, o, n)
        fill_words(m.words, items, n, 0)
        m.words[o + LIST_LENGTH] = n
    return o


def take_buffer(m: Machine, o: i64, n: i64) -> i64:
    """Give the new list o a buffer of n words, undefined; releases o before it raises MemoryError."""
    try:
        items: i64 = allocate(m, n)
    except Raised:
        decref(m, m.words, o)
        raise
    w = m.words
    w[o + LIST_ITEMS] = items
    w[o + LIST_ALLOCATED] = n
    return items


def list_from(m: Machine, at: i64, n: i64) -> i64:
    """A list of the n borrowed references at the address `at`."""
    return list_from_every(m, at, n, 1)


def list_from_every(m: Machine, at: i64, n: i64, step: i64) -> i64:
    """A list of n borrowed references, every step-th word from `at`."""
    o: i64 = gc_alloc(m, T_LIST)
    if n > 0:
        items: i64 = take_buffer(m, o, n)
        w = m.words
        copy_references(w, items, at, n, step)
        w[o + LIST_LENGTH] = n
    return o


def is_list(w: vec[i64], o: i64) -> bool:
    """Is o a list or an instance of a subclass?"""
    return w[w[o + OB_TYPE] + TP_SOLID] == T_LIST


def list_length(w: vec[i64], o: i64) -> i64:
    """len(o)."""
    return w[o + LIST_LENGTH]


def list_item(w: vec[i64], o: i64, i: i64) -> i64:
    """Item i (in range), borrowed."""
    return w[w[o + LIST_ITEMS] + i]


# ---------------------------------------------------------------- size
def list_resize(m: Machine, o: i64, n: i64) -> None:
    """Make room for n items and set the length to n; new items are undefined: the caller stores them at once.

    Grows by an eighth and a bit, so that appending n times moves O(n) words; gives memory back below one half.
    """
    w = m.words
    allocated: i64 = w[o + LIST_ALLOCATED]
    if allocated >= n and n >= allocated >> 1:
        w[o + LIST_LENGTH] = n
        return
    room: i64 = (n + (n >> 3) + 6) & -4
    if n - w[o + LIST_LENGTH] > room - n:
        room = (n + 3) & -4
    if n < allocated:
        list_shrink(m, o, n, room if n > 0 else 0)
    else:
        list_set_room(m, o, room)
        m.words[o + LIST_LENGTH] = n


def list_shrink(m: Machine, o: i64, n: i64, room: i64) -> None:
    """Set the length to n and the buffer to `room` words; without memory for the smaller buffer keep the larger."""
    m.words[o + LIST_LENGTH] = n
    try:
        list_set_room(m, o, room)
    except Raised:
        if not m.catch(T_MEMORY_ERROR):
            raise


def list_set_room(m: Machine, o: i64, room: i64) -> None:
    """Make the buffer `room` words (at least the length, or 0), keeping the items."""
    w = m.words
    items: i64 = w[o + LIST_ITEMS]
    allocated: i64 = w[o + LIST_ALLOCATED]
    if room == allocated:
        return
    if room == 0:
        w[o + LIST_ITEMS] = 0
        w[o + LIST_ALLOCATED] = 0
        free(m, w, items, allocated)
        return
    if items == 0:
        items = allocate(m, room)
    else:
        items = reallocate(m, items, allocated, room)
    w = m.words
    w[o + LIST_ITEMS] = items
    w[o + LIST_ALLOCATED] = room


def list_append(m: Machine, o: i64, v: i64) -> None:
    """o.append(v); borrows v."""
    w = m.words
    n: i64 = w[o + LIST_LENGTH]
    if n < w[o + LIST_ALLOCATED]:
        w[o + LIST_LENGTH] = n + 1
    else:
        list_resize(m, o, n + 1)
        w = m.words
    incref(w, v)
    w[w[o + LIST_ITEMS] + n] = v


def list_append_owned(m: Machine, o: i64, v: i64) -> None:
    """o.append(v) and take the caller's reference over, whatever happens."""
    try:
        list_append(m, o, v)
    finally:
        decref(m, m.words, v)


def list_insert(m: Machine, o: i64, i: i64, v: i64) -> None:
    """o.insert(i, v) with any word i; borrows v."""
    n: i64 = m.words[o + LIST_LENGTH]
    list_resize(m, o, n + 1)
    w = m.words
    if i < 0:
        i += n
        if i < 0:
            i = 0
    if i > n:
        i = n
    at: i64 = w[o + LIST_ITEMS] + i
    copy_many(w, at + 1, at, n - i)
    incref(w, v)
    w[at] = v


def list_pop_at(m: Machine, o: i64, i: i64) -> i64:
    """Remove and return item i (in range)."""
    w = m.words
    n: i64 = w[o + LIST_LENGTH]
    at: i64 = w[o + LIST_ITEMS] + i
    v: i64 = w[at]
    copy_many(w, at, at + 1, n - 1 - i)
    list_resize(m, o, n - 1)
    return v


def list_clear(m: Machine, o: i64) -> None:
    """o.clear(): the list is empty before the first item is released."""
    w = m.words
    items: i64 = w[o + LIST_ITEMS]
    n: i64 = w[o + LIST_LENGTH]
    allocated: i64 = w[o + LIST_ALLOCATED]
    if items == 0:
        return
    w[o + LIST_ITEMS] = 0
    w[o + LIST_LENGTH] = 0
    w[o + LIST_ALLOCATED] = 0
    release_items(m, items, n, allocated)


def release_items(m: Machine, items: i64, n: i64, allocated: i64) -> None:
    """Free a buffer of `allocated` words that no list has any more and its n references, the last first; 0: none."""
    i: i64 = n - 1
    while i >= 0:
        decref(m, m.words, m.words[items + i])
        i -= 1
    free_buffer(m, m.words, items, allocated)


# ---------------------------------------------------------------- growing by whole sequences
def list_extend(m: Machine, o: i64, iterable: i64) -> None:
    """o.extend(iterable)."""
    w = m.words
    if not is_sequence(w, iterable):
        list_extend_iterator(m, o, iterable)
        return
    n: i64 = sequence_length(w, iterable)
    length: i64 = extend_room(m, o, n)
    w = m.words
    copy_references(w, w[o + LIST_ITEMS] + length, sequence_items(w, iterable), n, 1)


def extend_room(m: Machine, o: i64, n: i64) -> i64:
    """Add n undefined items to o, which the caller stores at once; return the former length."""
    w = m.words
    length: i64 = w[o + LIST_LENGTH]
    if w[o + LIST_ITEMS] == 0 and n > 0:
        list_set_room(m, o, (n + 1) & -2)
        m.words[o + LIST_LENGTH] = n
    elif n > 0:
        list_resize(m, o, length + n)
    return length


def list_extend_iterator(m: Machine, o: i64, iterable: i64) -> None:
    """Extend by anything iterable; a length hint makes room beforehand, without one there is room for 8."""
    iterator: i64 = m.iter(iterable)
    try:
        hint: i64 = m.length_hint(iterable)
        make_hinted_room(m, o, hint if hint >= 0 else 8)
        list_drain(m, o, iterator)
    finally:
        decref(m, m.words, iterator)


def make_hinted_room(m: Machine, o: i64, hint: i64) -> None:
    """Make room for so many items more, the length unchanged; a hint beyond any list is none."""
    w = m.words
    length: i64 = w[o + LIST_LENGTH]
    if hint > MOST_WORD - length:
        return
    if hint > MOST_ITEMS:
        raise m.no_memory()
    if w[o + LIST_ITEMS] != 0:
        list_resize(m, o, length + hint)
        m.words[o + LIST_LENGTH] = length
    elif hint > 0:
        list_set_room(m, o, (hint + 1) & -2)


def list_drain(m: Machine, o: i64, iterator: i64) -> None:
    """Append what the iterator still gives, item by item, so that the program sees the list grow."""
    if m.words[iterator + OB_TYPE] == T_RANGE_ITERATOR:
        list_drain_range(m, o, iterator)
    else:
        v: i64 = m.next(iterator)
        while v != 0:
            list_append_owned(m, o, v)
            v = m.next(iterator)
    w = m.words
    n: i64 = w[o + LIST_LENGTH]
    if n < w[o + LIST_ALLOCATED]:
        list_resize(m, o, n)


def list_drain_range(m: Machine, o: i64, iterator: i64) -> None:
    """The same for a range of words, whose values are made here."""
    w = m.words
    while w[iterator + ITER_LIMIT] > 0:
        v: i64 = w[iterator + ITER_INDEX]
        w[iterator + ITER_LIMIT] -= 1
        w[iterator + ITER_INDEX] = v + w[iterator + ITER_STEP]
        list_append_owned(m, o, new_int(m, v))
        w = m.words


def list_concat(m: Machine, a: i64, b: i64) -> i64:
    """a + b."""
    w = m.words
    if not is_list(w, b):
        raise m.error(T_TYPE_ERROR, 'can only concatenate list (not "' + m.type_name(b) + '") to list')
    n: i64 = w[a + LIST_LENGTH]
    k: i64 = w[b + LIST_LENGTH]
    o: i64 = new_list(m, n + k)
    w = m.words
    at: i64 = w[o + LIST_ITEMS]
    copy_references(w, at, w[a + LIST_ITEMS], n, 1)
    copy_references(w, at + n, w[b + LIST_ITEMS], k, 1)
    return o


def list_inplace_concat(m: Machine, a: i64, b: i64) -> i64:
    """a += b for any iterable b; returns a, owned."""
    list_extend(m, a, b)
    incref(m.words, a)
    return a


def list_repeat(m: Machine, o: i64, times: i64) -> i64:
    """o * times, times a word."""
    n: i64 = m.words[o + LIST_LENGTH]
    if times < 0:
        times = 0
    if n > 0 and times > MOST_ITEMS // n:
        raise m.no_memory()
    r: i64 = new_list(m, n * times)
    w = m.words
    repeat_references(w, w[r + LIST_ITEMS], w[o + LIST_ITEMS], n, times)
    return r


def repeat_references(w: vec[i64], to: i64, at: i64, n: i64, times: i64) -> None:
    """Copy the n references at `at` `times` times, one run behind the other."""
    while times > 0:
        copy_references(w, to, at, n, 1)
        to += n
        times -= 1


def list_inplace_repeat(m: Machine, o: i64, times: i64) -> i64:
    """o *= times; returns o, owned."""
    w = m.words
    n: i64 = w[o + LIST_LENGTH]
    if n > 0 and times > MOST_ITEMS // n:
        raise m.no_memory()
    if times <= 0:
        list_clear(m, o)
    elif n > 0 and times > 1:
        list_resize(m, o, n * times)
        w = m.words
        items: i64 = w[o + LIST_ITEMS]
        repeat_references(w, items + n, items, n, times - 1)
    incref(m.words, o)
    return o


def list_find(m: Machine, o: i64, value: i64, i: i64, stop: i64) -> i64:
    """Index of the first item from i >= 0 to before stop that equals value, -1: none. The list may change."""
    w = m.words
    while i < stop and i < w[o + LIST_LENGTH]:
        if item_equal(m, w, w[w[o + LIST_ITEMS] + i], value):
            return i
        i += 1
        w = m.words
    return -1


def list_contains(m: Machine, o: i64, value: i64) -> bool:
    """value in o."""
    return list_find(m, o, value, 0, m.words[o + LIST_LENGTH]) >= 0
