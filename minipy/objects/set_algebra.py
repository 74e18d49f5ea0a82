"""Union, intersection, difference: sets from sets and from any iterable.

The steps are CPython's, because the order of a set shows how it was made. A key taken from another set is owned
while it is looked up: comparing may run program code that changes that set.

CPython counterpart: set_merge, set_update_internal, set_intersection, set_difference, set_symmetric_difference
of Objects/setobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    DICT_USED,
    OB_TYPE,
    SET_COUNT,
    SET_FILL,
    SET_FINGER,
    SET_TABLE,
    SET_USED,
    TP_SOLID,
)
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_DICT
from minipy.memory.words import Raised, vec
from minipy.objects.dictobject import dict_find
from minipy.objects.dicttable import ENTRY_HASH, ENTRY_KEY, dict_next, entry_at
from minipy.objects.hashing import hash_of
from minipy.objects.machine import Machine
from minipy.objects.setobject import (
    SET_KEY,
    insert_clean,
    is_set,
    new_set,
    set_add,
    set_add_hash,
    set_clear,
    set_discard_hash,
    set_entry,
    set_find,
    set_mask,
    set_next,
    set_resize,
)


def base_type(w: vec[i64], s: i64) -> i64:
    """set or frozenset: the type of what a method of s returns."""
    return w[w[s + OB_TYPE] + TP_SOLID]


def set_from(m: Machine, t: i64, iterable: i64) -> i64:
    """A new t with the items of `iterable`; 0: empty."""
    s: i64 = new_set(m, t)
    if iterable != 0:
        try:
            set_update(m, s, iterable)
        except Raised:
            decref(m, m.words, s)
            raise
    return s


def set_copy(m: Machine, s: i64) -> i64:
    """A new set or frozenset with s's keys."""
    return set_from(m, base_type(m.words, s), s)


# ---------------------------------------------------------------- union
def set_update(m: Machine, s: i64, other: i64) -> None:
    """Add all items of the iterable `other`."""
    w = m.words
    if is_set(w, other):
        set_merge(m, s, other)
    elif w[other + OB_TYPE] == T_DICT:
        add_keys_of_dict(m, s, other)
    else:
        iterator: i64 = m.iter(other)
        try:
            key: i64 = m.next(iterator)
            while key != 0:
                add_owned(m, s, key)
                key = m.next(iterator)
        finally:
            decref(m, m.words, iterator)


def add_owned(m: Machine, s: i64, key: i64) -> None:
    """s.add(key); takes over the reference to key."""
    try:
        set_add(m, s, key)
    finally:
        decref(m, m.words, key)


def make_room(m: Machine, s: i64, more: i64) -> None:
    """Enlarge the table at once for `more` keys to come, if they would make it grow."""
    w = m.words
    if (w[s + SET_FILL] + more) * 5 >= set_mask(w, s) * 3:
        set_resize(m, s, (w[s + SET_USED] + more) * 2)


def add_keys_of_dict(m: Machine, s: i64, d: i64) -> None:
    """Add the keys of an exact dict, whose hashes are known."""
    make_room(m, s, m.words[d + DICT_USED])
    i: i64 = dict_next(m.words, d, 0)
    while i >= 0:
        e: i64 = entry_at(m.words, d, i)
        add_entry(m, s, m.words[e + ENTRY_KEY], m.words[e + ENTRY_HASH])
        i = dict_next(m.words, d, i + 1)


def add_entry(m: Machine, s: i64, key: i64, h: i64) -> None:
    """Add a key that another container owns now, but perhaps not during the comparisons."""
    incref(m.words, key)
    try:
        set_add_hash(m, s, key, h)
    finally:
        decref(m, m.words, key)


def set_merge(m: Machine, s: i64, other: i64) -> None:
    """Add the keys of another set."""
    w = m.words
    if s == other or w[other + SET_USED] == 0:
        return
    make_room(m, s, w[other + SET_USED])
    w = m.words
    if w[s + SET_FILL] == 0:
        merge_into_empty(m, s, other)
        return
    i: i64 = set_next(w, other, 0)
    while i >= 0:
        e: i64 = set_entry(m.words, other, i)
        add_entry(m, s, m.words[e + SET_KEY], m.words[e])
        i = set_next(m.words, other, i + 1)


def merge_into_empty(m: Machine, s: i64, other: i64) -> None:
    """Fill an empty set without comparing: entry by entry in the same places where the tables are alike."""
    if m.words[s + SET_TABLE] == 0:
        set_resize(m, s, 0)
    w = m.words
    table: i64 = w[s + SET_TABLE]
    alike: bool = w[s + SET_COUNT] == w[other + SET_COUNT] and w[other + SET_FILL] == w[other + SET_USED]
    i: i64 = set_next(w, other, 0)
    while i >= 0:
        e: i64 = set_entry(w, other, i)
        key: i64 = w[e + SET_KEY]
        incref(w, key)
        if alike:
            to: i64 = set_entry(w, s, i)
            w[to] = w[e]
            w[to + SET_KEY] = key
        else:
            insert_clean(w, table, w[s + SET_COUNT] - 1, key, w[e])
        i = set_next(w, other, i + 1)
    w[s + SET_FILL] = w[other + SET_USED]
    w[s + SET_USED] = w[other + SET_USED]


# ---------------------------------------------------------------- intersection
def set_intersection(m: Machine, s: i64, other: i64) -> i64:
    """A new set of s's base type with what is in both; `other` is any iterable."""
    w = m.words
    if s == other:
        return set_copy(m, s)
    result: i64 = new_set(m, base_type(w, s))
    try:
        if not is_set(m.words, other):
            intersect_iterable(m, result, s, other)
        elif m.words[other + SET_USED] > m.words[s + SET_USED]:
            add_common(m, result, other, s, True)
        else:
            add_common(m, result, s, other, True)
    except Raised:
        decref(m, m.words, result)
        raise
    return result


def add_common(m: Machine, result: i64, s: i64, walked: i64, wanted: bool) -> None:
    """Add to `result` the keys of the set `walked` that s has (wanted) or has not."""
    i: i64 = set_next(m.words, walked, 0)
    while i >= 0:
        w = m.words
        e: i64 = set_entry(w, walked, i)
        key: i64 = w[e + SET_KEY]
        h: i64 = w[e]
        incref(w, key)
        try:
            if (set_find(m, s, key, h) != 0) == wanted:
                set_add_hash(m, result, key, h)
        finally:
            decref(m, m.words, key)
        i = set_next(m.words, walked, i + 1)


def intersect_iterable(m: Machine, result: i64, s: i64, other: i64) -> None:
    """Add to `result` the items of an iterable that s has."""
    iterator: i64 = m.iter(other)
    try:
        key: i64 = m.next(iterator)
        while key != 0:
            try:
                h: i64 = hash_of(m, m.words, key)
                if set_find(m, s, key, h) != 0:
                    set_add_hash(m, result, key, h)
            finally:
                decref(m, m.words, key)
            key = m.next(iterator)
    finally:
        decref(m, m.words, iterator)


# ---------------------------------------------------------------- difference
def set_difference(m: Machine, s: i64, other: i64) -> i64:
    """A new set of s's base type with what is in s but not in the iterable `other`."""
    w = m.words
    known: bool = True
    size: i64 = 0
    if is_set(w, other):
        size = w[other + SET_USED]
    elif w[other + OB_TYPE] == T_DICT:
        size = w[other + DICT_USED]
    else:
        known = False
    result: i64
    if not known or w[s + SET_USED] >> 2 > size:
        result = set_copy(m, s)
    else:
        result = new_set(m, base_type(w, s))
    try:
        if not known or m.words[s + SET_USED] >> 2 > size:
            set_difference_update(m, result, other)
        elif is_set(m.words, other):
            add_common(m, result, other, s, False)
        else:
            add_not_in_dict(m, result, s, other)
    except Raised:
        decref(m, m.words, result)
        raise
    return result


def add_not_in_dict(m: Machine, result: i64, s: i64, d: i64) -> None:
    """Add to `result` the keys of s that are not keys of the dict d."""
    i: i64 = set_next(m.words, s, 0)
    while i >= 0:
        w = m.words
        e: i64 = set_entry(w, s, i)
        key: i64 = w[e + SET_KEY]
        h: i64 = w[e]
        incref(w, key)
        try:
            if dict_find(m, d, key, h) == 0:
                set_add_hash(m, result, key, h)
        finally:
            decref(m, m.words, key)
        i = set_next(m.words, s, i + 1)


def set_difference_update(m: Machine, s: i64, other: i64) -> None:
    """Remove all items of the iterable `other`; a table with many dummies is made anew."""
    w = m.words
    if s == other:
        set_clear(m, s)
        return
    if is_set(w, other):
        if w[other + SET_USED] >> 3 > w[s + SET_USED]:
            common: i64 = set_intersection(m, s, other)
            try:
                discard_keys(m, s, common)
            finally:
                decref(m, m.words, common)
        else:
            discard_keys(m, s, other)
    else:
        discard_iterable(m, s, other)
    w = m.words
    used: i64 = w[s + SET_USED]
    if w[s + SET_FILL] - used > set_mask(w, s) // 4:
        set_resize(m, s, used * 2 if used > 50000 else used * 4)


def discard_keys(m: Machine, s: i64, other: i64) -> None:
    """Remove the keys of the set `other`."""
    i: i64 = set_next(m.words, other, 0)
    while i >= 0:
        w = m.words
        e: i64 = set_entry(w, other, i)
        discard_entry(m, s, w[e + SET_KEY], w[e])
        i = set_next(m.words, other, i + 1)


def discard_entry(m: Machine, s: i64, key: i64, h: i64) -> bool:
    """Remove a key that another container owns now; False if it was not there."""
    incref(m.words, key)
    try:
        return set_discard_hash(m, s, key, h)
    finally:
        decref(m, m.words, key)


def discard_iterable(m: Machine, s: i64, other: i64) -> None:
    """Remove the items of any iterable."""
    iterator: i64 = m.iter(other)
    try:
        key: i64 = m.next(iterator)
        while key != 0:
            try:
                set_discard_hash(m, s, key, hash_of(m, m.words, key))
            finally:
                decref(m, m.words, key)
            key = m.next(iterator)
    finally:
        decref(m, m.words, iterator)


# ---------------------------------------------------------------- symmetric difference
def set_symmetric_update(m: Machine, s: i64, other: i64) -> None:
    """Make s what is in either s or the iterable `other`, but not in both."""
    if s == other:
        set_clear(m, s)
        return
    if m.words[other + OB_TYPE] == T_DICT:
        toggle_dict(m, s, other)
        return
    keys: i64 = other
    if is_set(m.words, other):
        incref(m.words, other)
    else:
        keys = set_from(m, base_type(m.words, s), other)
    try:
        i: i64 = set_next(m.words, keys, 0)
        while i >= 0:
            w = m.words
            e: i64 = set_entry(w, keys, i)
            toggle_key(m, s, w[e + SET_KEY], w[e])
            i = set_next(m.words, keys, i + 1)
    finally:
        decref(m, m.words, keys)


def toggle_dict(m: Machine, s: i64, d: i64) -> None:
    """The same for the keys of an exact dict, in its order."""
    i: i64 = dict_next(m.words, d, 0)
    while i >= 0:
        e: i64 = entry_at(m.words, d, i)
        toggle_key(m, s, m.words[e + ENTRY_KEY], m.words[e + ENTRY_HASH])
        i = dict_next(m.words, d, i + 1)


def toggle_key(m: Machine, s: i64, key: i64, h: i64) -> None:
    """Remove the key if s has it, else add it."""
    incref(m.words, key)
    try:
        if not set_discard_hash(m, s, key, h):
            set_add_hash(m, s, key, h)
    finally:
        decref(m, m.words, key)


def set_symmetric_difference(m: Machine, s: i64, other: i64) -> i64:
    """A new set of s's base type with what is in exactly one of the two."""
    result: i64 = set_from(m, base_type(m.words, s), other)
    try:
        set_symmetric_update(m, result, s)
    except Raised:
        decref(m, m.words, result)
        raise
    return result


def swap_tables(w: vec[i64], a: i64, b: i64) -> None:
    """Exchange the contents of two sets that are no frozensets."""
    i: i64 = SET_USED
    while i < SET_FINGER:
        v: i64 = w[a + i]
        w[a + i] = w[b + i]
        w[b + i] = v
        i += 1
