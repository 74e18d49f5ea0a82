"""Filling a dict from something else: another dict, a mapping, pairs, or keys alone.

CPython counterpart: dict_update_arg, dict_merge, PyDict_MergeFromSeq2 and _PyDict_FromKeys of Objects/dictobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import DICT_ENTRIES_WORDS, DICT_NENTRIES, DICT_USED, OB_TYPE
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_DICT, T_RUNTIME_ERROR, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.dictobject import dict_set, dict_set_hash, is_dict
from minipy.objects.dicttable import (
    ENTRY_HASH,
    ENTRY_KEY,
    ENTRY_VALUE,
    ENTRY_WORDS,
    dict_next,
    entry_at,
    merge_clean,
    resize,
)
from minipy.objects.identifiers import ID_ITER, NAME_KEYS
from minipy.objects.listobject import list_drain, list_item, list_length, new_list
from minipy.objects.machine import Machine
from minipy.objects.setobject import SET_KEY, is_set, set_entry, set_next
from minipy.objects.typeobject import type_lookup


def dict_update(m: Machine, d: i64, other: i64) -> None:
    """d.update(other): a dict, something with a method keys(), or an iterable of pairs."""
    w = m.words
    t: i64 = w[other + OB_TYPE]
    if t == T_DICT or (is_dict(w, other) and type_lookup(w, t, ID_ITER) == type_lookup(w, T_DICT, ID_ITER)):
        dict_merge(m, d, other)
        return
    keys: i64 = m.find_attribute(other, NAME_KEYS)
    if keys == 0:
        merge_pairs(m, d, other)
        return
    try:
        merge_mapping(m, d, other, keys)
    finally:
        decref(m, m.words, keys)


def dict_merge(m: Machine, d: i64, other: i64) -> None:
    """Set d's values to those of the dict `other`."""
    w = m.words
    n: i64 = w[other + DICT_USED]
    if n == 0 or d == other:
        return
    if w[d + DICT_USED] == 0:
        merge_clean(m, d, other)
        return
    if w[d + DICT_ENTRIES_WORDS] < n * ENTRY_WORDS:
        resize(m, d, (w[d + DICT_USED] + n) * 3 // 2)
    entries: i64 = m.words[other + DICT_NENTRIES]
    i: i64 = dict_next(m.words, other, 0)
    while i >= 0:
        copy_entry(m, d, entry_at(m.words, other, i))
        if m.words[other + DICT_NENTRIES] != entries:
            raise m.error(T_RUNTIME_ERROR, "dict mutated during update")
        i = dict_next(m.words, other, i + 1)


def copy_entry(m: Machine, d: i64, e: i64) -> None:
    """Set d's value for the key of another dict's entry at e."""
    w = m.words
    key: i64 = w[e + ENTRY_KEY]
    value: i64 = w[e + ENTRY_VALUE]
    incref(w, key)
    incref(w, value)
    try:
        dict_set_hash(m, d, key, w[e + ENTRY_HASH], value)
    finally:
        decref(m, m.words, key)
        decref(m, m.words, value)


def merge_mapping(m: Machine, d: i64, other: i64, keys: i64) -> None:
    """d[k] = other[k] for k in keys()."""
    iterable: i64 = m.call0(keys)
    iterator: i64 = 0
    try:
        iterator = m.iter(iterable)
    finally:
        decref(m, m.words, iterable)
    try:
        key: i64 = m.next(iterator)
        while key != 0:
            set_from_mapping(m, d, other, key)
            key = m.next(iterator)
    finally:
        decref(m, m.words, iterator)


def set_from_mapping(m: Machine, d: i64, other: i64, key: i64) -> None:
    """d[key] = other[key]; takes over the reference to key."""
    value: i64 = 0
    try:
        value = m.get_item(other, key)
        dict_set(m, d, key, value)
    finally:
        decref(m, m.words, key)
        if value != 0:
            decref(m, m.words, value)


def merge_pairs(m: Machine, d: i64, iterable: i64) -> None:
    """d[k] = v for k, v in iterable."""
    iterator: i64 = m.iter(iterable)
    try:
        number: i64 = 0
        pair: i64 = m.next(iterator)
        while pair != 0:
            set_from_pair(m, d, pair, number)
            number += 1
            pair = m.next(iterator)
    finally:
        decref(m, m.words, iterator)


def set_from_pair(m: Machine, d: i64, pair: i64, number: i64) -> None:
    """d[k] = v for the sequence `pair`, number `number` of its kind; takes over the reference to it."""
    items: i64 = 0
    try:
        items = new_list(m, 0)
        iterator: i64 = pair_iterator(m, pair, number)
        try:
            list_drain(m, items, iterator)
        finally:
            decref(m, m.words, iterator)
        w = m.words
        n: i64 = list_length(w, items)
        if n != 2:
            text: str = f"dictionary update sequence element #{int(number)} has length {int(n)}; 2 is required"
            raise m.error(T_VALUE_ERROR, text)
        dict_set(m, d, list_item(w, items, 0), list_item(w, items, 1))
    finally:
        decref(m, m.words, pair)
        if items != 0:
            decref(m, m.words, items)


def pair_iterator(m: Machine, pair: i64, number: i64) -> i64:
    """iter(pair)."""
    try:
        return m.iter(pair)
    except Raised:
        if not m.catch(T_TYPE_ERROR):
            raise
    text: str = f"cannot convert dictionary update sequence element #{int(number)} to a sequence"
    raise m.error(T_TYPE_ERROR, text)


def dict_from_keys(m: Machine, t: i64, iterable: i64, value: i64) -> i64:
    """t.fromkeys(iterable, value): a new t, made by calling it, with `value` for every key."""
    d: i64 = m.call0(t)
    iterator: i64 = 0
    try:
        if m.words[d + OB_TYPE] == T_DICT and is_set(m.words, iterable):
            add_keys_of_set(m, d, iterable, value)
            return d
        iterator = m.iter(iterable)
        exact: bool = m.words[d + OB_TYPE] == T_DICT
        key: i64 = m.next(iterator)
        while key != 0:
            try:
                if exact:
                    dict_set(m, d, key, value)
                else:
                    m.set_item(d, key, value)
            finally:
                decref(m, m.words, key)
            key = m.next(iterator)
    except Raised:
        decref(m, m.words, d)
        raise
    finally:
        if iterator != 0:
            decref(m, m.words, iterator)
    return d


def add_keys_of_set(m: Machine, d: i64, s: i64, value: i64) -> None:
    """d[key] = value for every key of a set, whose hashes are known."""
    i: i64 = set_next(m.words, s, 0)
    while i >= 0:
        e: i64 = set_entry(m.words, s, i)
        key: i64 = m.words[e + SET_KEY]
        incref(m.words, key)
        try:
            dict_set_hash(m, d, key, m.words[e], value)
        finally:
            decref(m, m.words, key)
        i = set_next(m.words, s, i + 1)
