"""Views of a dict (keys, values, items), and the iterators of dicts.

A view has one field, its dict, and shows it as it is now. An iterator has

    ITER_SOURCE  the dict; 0 when exhausted        ITER_INDEX  number of the entry to look at next
    ITER_EXTRA   items: the pair given last;       ITER_LIMIT  used entries at the start; -1 after an error
                 reversed: the type of its view    ITER_STEP   entries still to come

All three reversed iterators are of one type.

CPython counterpart: _PyDictViewObject and dictiterobject of Objects/dictobject.c. Set operations on views are in
dictview_methods.py.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    DICT_NENTRIES,
    DICT_USED,
    ITER_EXTRA,
    ITER_INDEX,
    ITER_LIMIT,
    ITER_SOURCE,
    ITER_STEP,
    OB_TYPE,
    TUPLE_ITEMS,
    VIEW_DICT,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    T_DICT_ITEMITERATOR,
    T_DICT_ITEMS,
    T_DICT_KEYITERATOR,
    T_DICT_KEYS,
    T_DICT_REVERSEKEYITERATOR,
    T_DICT_VALUEITERATOR,
    T_DICT_VALUES,
    T_RUNTIME_ERROR,
)
from minipy.memory.words import vec
from minipy.objects.dictobject import dict_find
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, dict_next, dict_previous, entry_at
from minipy.objects.hashing import hash_of, items_equal
from minipy.objects.machine import Machine
from minipy.objects.resulttuple import next_pair
from minipy.objects.tupleobject import host_repr, is_tuple, tuple_length, tuple_of2
from minipy.objects.unicodeobject import new_str


def new_view(m: Machine, t: i64, d: i64) -> i64:
    """A view of type t of the dict d (borrowed)."""
    view: i64 = gc_alloc(m, t)
    w = m.words
    incref(w, d)
    w[view + VIEW_DICT] = d
    return view


def is_set_view(w: vec[i64], o: i64) -> bool:
    """Is o a view of keys or items?"""
    t: i64 = w[o + OB_TYPE]
    return t == T_DICT_KEYS or t == T_DICT_ITEMS


def view_length(w: vec[i64], view: i64) -> i64:
    """len(view)."""
    return w[w[view + VIEW_DICT] + DICT_USED]


def view_contains(m: Machine, view: i64, value: i64) -> bool:
    """value in view, for keys and items."""
    w = m.words
    d: i64 = w[view + VIEW_DICT]
    if w[view + OB_TYPE] == T_DICT_KEYS:
        return dict_find(m, d, value, hash_of(m, w, value)) != 0
    if not is_tuple(w, value) or tuple_length(w, value) != 2:
        return False
    e: i64 = dict_find(m, d, w[value + TUPLE_ITEMS], hash_of(m, w, w[value + TUPLE_ITEMS]))
    if e == 0:
        return False
    w = m.words
    return items_equal(m, w, w[e + ENTRY_VALUE], w[value + TUPLE_ITEMS + 1])


def view_repr(m: Machine, view: i64) -> i64:
    """repr(view): `dict_keys(['a', 'b'])`, and `...` inside itself."""
    if not m.repr_enter(view):
        return new_str(m, "...")
    parts: list[str] = []
    try:
        d: i64 = m.words[view + VIEW_DICT]
        i: i64 = dict_next(m.words, d, 0)
        while i >= 0:
            parts.append(shown_repr(m, m.words[view + OB_TYPE], entry_at(m.words, d, i)))
            i = dict_next(m.words, d, i + 1)
    finally:
        m.repr_leave(view)
    return new_str(m, m.type_name(view) + "([" + ", ".join(parts) + "])")


def shown_repr(m: Machine, t: i64, e: i64) -> str:
    """The repr of what a view of type t shows of the entry at e."""
    if t == T_DICT_ITEMS:
        pair: i64 = tuple_of2(m, m.words[e + ENTRY_KEY], m.words[e + ENTRY_VALUE])
        try:
            return host_repr(m, pair)
        finally:
            decref(m, m.words, pair)
    return host_repr(m, m.words[e + (ENTRY_KEY if t == T_DICT_KEYS else ENTRY_VALUE)])


# ---------------------------------------------------------------- iterators
def new_dict_iterator(m: Machine, t: i64, d: i64) -> i64:
    """An iterator of type t over the dict d (borrowed)."""
    it: i64 = gc_alloc(m, t)
    w = m.words
    incref(w, d)
    w[it + ITER_SOURCE] = d
    w[it + ITER_LIMIT] = w[d + DICT_USED]
    w[it + ITER_STEP] = w[d + DICT_USED]
    return it


def dict_iter(m: Machine, d: i64) -> i64:
    """iter(d)."""
    return new_dict_iterator(m, T_DICT_KEYITERATOR, d)


def view_iter(m: Machine, view: i64) -> i64:
    """iter(view)."""
    w = m.words
    t: i64 = w[view + OB_TYPE]
    if t == T_DICT_KEYS:
        return new_dict_iterator(m, T_DICT_KEYITERATOR, w[view + VIEW_DICT])
    if t == T_DICT_VALUES:
        return new_dict_iterator(m, T_DICT_VALUEITERATOR, w[view + VIEW_DICT])
    return new_dict_iterator(m, T_DICT_ITEMITERATOR, w[view + VIEW_DICT])


def reverse_iter(m: Machine, d: i64, t: i64) -> i64:
    """reversed(d) for t T_DICT_KEYS, or of the view of type t of d."""
    it: i64 = new_dict_iterator(m, T_DICT_REVERSEKEYITERATOR, d)
    w = m.words
    incref(w, t)
    w[it + ITER_EXTRA] = t
    w[it + ITER_INDEX] = w[d + DICT_NENTRIES] - 1
    return it


def next_entry(m: Machine, it: i64, backwards: bool) -> i64:
    """Step a dict iterator: the address of the entry, 0: exhausted, as it stays. RuntimeError if the dict changed."""
    w = m.words
    d: i64 = w[it + ITER_SOURCE]
    if d == 0:
        return 0
    if w[it + ITER_LIMIT] != w[d + DICT_USED]:
        w[it + ITER_LIMIT] = -1
        raise m.error(T_RUNTIME_ERROR, "dictionary changed size during iteration")
    i: i64
    if backwards:
        i = dict_previous(w, d, w[it + ITER_INDEX])
        w[it + ITER_INDEX] = i - 1
    else:
        i = dict_next(w, d, w[it + ITER_INDEX])
        w[it + ITER_INDEX] = i + 1
    if i >= 0 and w[it + ITER_STEP] > 0:
        w[it + ITER_STEP] -= 1
        return entry_at(w, d, i)
    w[it + ITER_SOURCE] = 0
    decref(m, w, d)
    if i >= 0:
        raise m.error(T_RUNTIME_ERROR, "dictionary keys changed during iteration")
    return 0


def dict_key_next(m: Machine, it: i64) -> i64:
    """The next key, owned, or 0."""
    e: i64 = next_entry(m, it, False)
    if e == 0:
        return 0
    w = m.words
    v: i64 = w[e + ENTRY_KEY]
    incref(w, v)
    return v


def dict_value_next(m: Machine, it: i64) -> i64:
    """The next value, owned, or 0."""
    e: i64 = next_entry(m, it, False)
    if e == 0:
        return 0
    w = m.words
    v: i64 = w[e + ENTRY_VALUE]
    incref(w, v)
    return v


def dict_item_next(m: Machine, it: i64) -> i64:
    """The next (key, value), owned, or 0."""
    e: i64 = next_entry(m, it, False)
    if e == 0:
        return 0
    w = m.words
    key: i64 = w[e + ENTRY_KEY]
    value: i64 = w[e + ENTRY_VALUE]
    incref(w, key)
    incref(w, value)
    return next_pair(m, it, key, value)


def dict_reverse_next(m: Machine, it: i64) -> i64:
    """The next key, value or item from the end, owned, or 0."""
    e: i64 = next_entry(m, it, True)
    if e == 0:
        return 0
    w = m.words
    kind: i64 = w[it + ITER_EXTRA]
    if kind == T_DICT_ITEMS:
        return tuple_of2(m, w[e + ENTRY_KEY], w[e + ENTRY_VALUE])
    v: i64 = w[e + (ENTRY_KEY if kind == T_DICT_KEYS else ENTRY_VALUE)]
    incref(w, v)
    return v


def dict_iterator_length(w: vec[i64], it: i64) -> i64:
    """The length hint of a dict iterator."""
    d: i64 = w[it + ITER_SOURCE]
    if d == 0 or w[it + ITER_LIMIT] != w[d + DICT_USED]:
        return 0
    return w[it + ITER_STEP]
