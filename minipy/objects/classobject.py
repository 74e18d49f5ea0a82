"""Instances of program classes: attributes as inline values, or in a dict.

    class:     TP_KEYS -> {"x": 0, "y": 1, "z": 2}          one table of names for all its instances
    instance:  dict 0 | weaklist | values -> | x | y |      INSTANCE_COUNT = 2: z is not set yet
                                   or
               dict -> {"x": ..., "other": ...}             after `__dict__` was asked for, or order was broken

Invariants
- INSTANCE_DICT is 0 or the values are not used (INSTANCE_VALUES, _COUNT, _ALLOCATED are 0): never both.
- Values are set in the order of their indices; the first out of turn moves them all to a dict. So the instance's own
  order of insertion is the order of the indices. Below INSTANCE_COUNT a value is 0 only if it was skipped or deleted;
  from there to INSTANCE_ALLOCATED all are 0.
- TP_KEYS only grows, up to MOST_KEYS names; TP_NKEYS is its length.
- Only types with TP_VALUES have values; others with a TP_DICTOFFSET always use a dict.

CPython counterpart: the inline values of 3.11's Objects/dictobject.c (_PyObject_InitializeDict, make_inline_values,
_PyObject_StoreInstanceAttribute), whose values keep their own order of insertion in a prefix.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    DICT_ENTRIES,
    INSTANCE_ALLOCATED,
    INSTANCE_COUNT,
    INSTANCE_DICT,
    INSTANCE_VALUES,
    INT_VALUE,
    OB_TYPE,
    TP_DICTOFFSET,
    TP_KEYS,
    TP_NKEYS,
    TP_VALUES,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.obmalloc import allocate, free, reallocate
from minipy.memory.refcount import decref, incref
from minipy.memory.words import Heap, Raised, fill_words, vec
from minipy.objects.dictobject import dict_del_str, dict_find_str, dict_set_str, new_dict
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, ENTRY_WORDS
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.recursion import enter_call, leave_call
from minipy.objects.typeobject import CACHE_INDEX, cache_entry, type_lookup, type_modified

MOST_KEYS: Final = 60
NOWHERE: Final = -1
"""What attribute_index and store_attribute say when there is no inline value."""


def new_instance(m: Heap, t: i64) -> i64:
    """An instance of the class t, which has TP_VALUES, with room for the attributes its class knows."""
    o: i64 = gc_alloc(m, t)
    w = m.words
    n: i64 = w[t + TP_NKEYS]
    if n > 0:
        try:
            resize_values(m, o, n)
        except Raised:
            decref(m, m.words, o)
            raise
    return o


def counted_instance(m: Machine, t: i64) -> i64:
    """The same for an `__init__` that follows: to call the class is a call, which ends when the instance is taken up.

    So on every path `leave_call` follows: frame.leave_special, unwind.pop_record.
    """
    enter_call(m)
    try:
        return new_instance(m, t)
    except Raised:
        leave_call(m.words)
        raise


def resize_values(m: Heap, o: i64, n: i64) -> None:
    """Make room for n values, more than there are now."""
    w = m.words
    old: i64 = w[o + INSTANCE_ALLOCATED]
    values: i64
    if old == 0:
        values = allocate(m, n)
    else:
        values = reallocate(m, w[o + INSTANCE_VALUES], old, n)
    w = m.words
    fill_words(w, values + old, n - old, 0)
    w[o + INSTANCE_VALUES] = values
    w[o + INSTANCE_ALLOCATED] = n


def key_index(w: vec[i64], t: i64, name: i64) -> i64:
    """The index of the attribute `name` in values of t's instances, or NOWHERE."""
    keys: i64 = w[t + TP_KEYS]
    if keys == 0:
        return NOWHERE
    entry: i64 = cache_entry(w, t, name)
    if entry != 0 and w[entry + CACHE_INDEX] != 0:
        return w[entry + CACHE_INDEX] - 1
    e: i64 = dict_find_str(w, keys, name)
    if e == 0:
        return NOWHERE
    index: i64 = w[w[e + ENTRY_VALUE] + INT_VALUE]
    if entry != 0:
        w[entry + CACHE_INDEX] = index + 1
    return index


def attribute_index(w: vec[i64], o: i64, name: i64) -> i64:
    """The index of o's attribute among its inline values, or NOWHERE (not set, or o has a dict)."""
    t: i64 = w[o + OB_TYPE]
    if w[t + TP_VALUES] == 0 or w[o + INSTANCE_DICT] != 0:
        return NOWHERE
    i: i64 = key_index(w, t, name)
    if i < 0 or i >= w[o + INSTANCE_COUNT] or w[w[o + INSTANCE_VALUES] + i] == 0:
        return NOWHERE
    return i


def find_instance_attribute(w: vec[i64], o: i64, name: i64) -> i64:
    """o's own attribute `name`, borrowed, or 0."""
    t: i64 = w[o + OB_TYPE]
    offset: i64 = w[t + TP_DICTOFFSET]
    if offset == 0:
        return 0
    d: i64 = w[o + offset]
    if d != 0:
        e: i64 = dict_find_str(w, d, name)
        if e == 0:
            return 0
        return w[e + ENTRY_VALUE]
    if w[t + TP_VALUES] == 0:
        return 0
    i: i64 = key_index(w, t, name)
    if i < 0 or i >= w[o + INSTANCE_COUNT]:
        return 0
    return w[w[o + INSTANCE_VALUES] + i]


def store_attribute(m: Machine, o: i64, name: i64, value: i64) -> i64:
    """Set o's own attribute (value borrowed): its index among the inline values, or NOWHERE if it went to a dict.

    o's class must have a TP_DICTOFFSET.
    """
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if w[t + TP_VALUES] == 0 or w[o + INSTANCE_DICT] != 0:
        dict_set_str(m, instance_dict(m, o), name, value)
        return NOWHERE
    i: i64 = key_index(w, t, name)
    if i < 0:
        i = add_key(m, t, name)
        w = m.words
    if i < 0 or (i < w[o + INSTANCE_COUNT] and w[w[o + INSTANCE_VALUES] + i] == 0):
        dict_set_str(m, instance_dict(m, o), name, value)
        return NOWHERE
    set_value(m, o, t, i, value)
    return i


def set_value(m: Machine, o: i64, t: i64, i: i64, value: i64) -> None:
    """Replace value i, or add it behind the last one."""
    w = m.words
    if i >= w[o + INSTANCE_ALLOCATED]:
        resize_values(m, o, w[t + TP_NKEYS])
        w = m.words
    at: i64 = w[o + INSTANCE_VALUES] + i
    old: i64 = w[at]
    incref(w, value)
    w[at] = value
    if i >= w[o + INSTANCE_COUNT]:
        w[o + INSTANCE_COUNT] = i + 1
    if old != 0:
        decref(m, w, old)


def add_key(m: Machine, t: i64, name: i64) -> i64:
    """Give the attribute `name` the next index in the class t; NOWHERE if the class has too many.

    Instances may now hide what the class has under that name: what caches know of it is void.
    """
    w = m.words
    n: i64 = w[t + TP_NKEYS]
    if n >= MOST_KEYS:
        return NOWHERE
    if w[t + TP_KEYS] == 0:
        keys: i64 = new_dict(m)
        w = m.words
        w[t + TP_KEYS] = keys
    number: i64 = new_int(m, n)
    try:
        dict_set_str(m, m.words[t + TP_KEYS], name, number)
    finally:
        decref(m, m.words, number)
    w = m.words
    w[t + TP_NKEYS] = n + 1
    if type_lookup(w, t, name) != 0:
        type_modified(w, t)
    return n


def delete_attribute(m: Machine, o: i64, name: i64) -> bool:
    """Delete o's own attribute; False if there is none."""
    w = m.words
    i: i64 = attribute_index(w, o, name)
    if i >= 0:
        at: i64 = w[o + INSTANCE_VALUES] + i
        old: i64 = w[at]
        w[at] = 0
        decref(m, w, old)
        return True
    offset: i64 = w[w[o + OB_TYPE] + TP_DICTOFFSET]
    if offset == 0 or w[o + offset] == 0:
        return False
    return dict_del_str(m, w[o + offset], name)


# ---------------------------------------------------------------- the dict
def instance_dict(m: Machine, o: i64) -> i64:
    """o's `__dict__`, borrowed; made now if there was none. o's class must have a TP_DICTOFFSET."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    offset: i64 = w[t + TP_DICTOFFSET]
    if w[o + offset] != 0:
        return w[o + offset]
    d: i64 = new_dict(m)
    if w[t + TP_VALUES] != 0:
        try:
            fill_dict(m, d, o, t)
        except Raised:
            decref(m, m.words, d)
            raise
        drop_values(m, o)
    m.words[o + offset] = d
    return d


def fill_dict(m: Machine, d: i64, o: i64, t: i64) -> None:
    """Put o's values into the dict d under their names."""
    w = m.words
    n: i64 = w[o + INSTANCE_COUNT]
    i: i64 = 0
    while i < n:
        value: i64 = w[w[o + INSTANCE_VALUES] + i]
        if value != 0:
            dict_set_str(m, d, key_name(w, t, i), value)
            w = m.words
        i += 1


def key_name(w: vec[i64], t: i64, i: i64) -> i64:
    """The name with the index i in the class t, borrowed. TP_KEYS only grows, so entry i is index i."""
    return w[w[w[t + TP_KEYS] + DICT_ENTRIES] + i * ENTRY_WORDS + ENTRY_KEY]


def drop_values(m: Machine, o: i64) -> None:
    """Release o's inline values and their buffer."""
    w = m.words
    values: i64 = w[o + INSTANCE_VALUES]
    n: i64 = w[o + INSTANCE_COUNT]
    size: i64 = w[o + INSTANCE_ALLOCATED]
    w[o + INSTANCE_VALUES] = 0
    w[o + INSTANCE_COUNT] = 0
    w[o + INSTANCE_ALLOCATED] = 0
    i: i64 = 0
    while i < n:
        if m.words[values + i] != 0:
            decref(m, m.words, m.words[values + i])
        i += 1
    if values != 0:
        free(m, m.words, values, size)


def replace_dict(m: Machine, o: i64, d: i64) -> None:
    """o.__dict__ = d (borrowed). o's class must have a TP_DICTOFFSET."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    at: i64 = o + w[t + TP_DICTOFFSET]
    old: i64 = w[at]
    incref(w, d)
    w[at] = d
    if old != 0:
        decref(m, w, old)
    elif w[t + TP_VALUES] != 0:
        drop_values(m, o)
