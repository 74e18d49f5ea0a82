"""Dicts as the rest of the machine uses them: look a key up, set it, take it out, copy, clear.

The tables are dicttable.py's. Keys of exact type str and int are found without leaving the words; for any other key
the machine is asked, which may run a program's `__hash__` and `__eq__`.

Invariants
- The comparison of keys may change the dict: `find_slow` then starts again.
- What leaves the dict is released after the dict is in order.

CPython counterpart: the lookups and the API functions of Objects/dictobject.c. Methods are in dict_methods.py, views
and iterators in dictviews.py.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    DICT_ENTRIES,
    DICT_ENTRIES_WORDS,
    DICT_INDEX,
    DICT_INDEX_WORDS,
    DICT_NENTRIES,
    DICT_USED,
    GC_NEXT,
    OB_TYPE,
    TP_FLAGS,
    TP_SOLID,
    TPFLAGS_HASH,
)
from minipy.memory.objalloc import gc_alloc_untracked
from minipy.memory.obmalloc import free
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_DICT
from minipy.memory.words import Heap, Raised, fill_words, vec
from minipy.objects.dicttable import (
    ENTRY_HASH,
    ENTRY_KEY,
    ENTRY_VALUE,
    ENTRY_WORDS,
    delete_entry,
    find,
    insert_entry,
    maintain_tracking,
    merge_clean,
    touch,
)
from minipy.objects.hashing import PERTURB_MASK, UNDECIDED, hash_of, items_equal
from minipy.objects.machine import Machine
from minipy.objects.unicode_words import str_hash


def new_dict(heap: Heap) -> i64:
    """An empty dict; not tracked, see maintain_tracking."""
    return gc_alloc_untracked(heap, T_DICT)


def is_dict(w: vec[i64], o: i64) -> bool:
    """Is o a dict or an instance of a subclass?"""
    return w[w[o + OB_TYPE] + TP_SOLID] == T_DICT


def dict_length(w: vec[i64], d: i64) -> i64:
    """len(d)."""
    return w[d + DICT_USED]


# ---------------------------------------------------------------- finding
def find_slow(m: Machine, d: i64, key: i64, h: i64) -> i64:
    """As `find`, but asks the machine about keys of other types; starts again when that moved the dict's tables or took
    the key away; as in CPython, other keys may come and go meanwhile.
    """
    w = m.words
    i: i64 = h
    perturb: i64 = h
    while w[d + DICT_INDEX] != 0:
        i = i & (w[d + DICT_INDEX_WORDS] - 1)
        number: i64 = w[w[d + DICT_INDEX] + i]
        if number == 0:
            return 0
        e: i64 = w[d + DICT_ENTRIES] + (number - 1) * ENTRY_WORDS
        if number > 0 and w[e + ENTRY_HASH] == h:
            found: i64 = w[e + ENTRY_KEY]
            index: i64 = w[d + DICT_INDEX]
            entries: i64 = w[d + DICT_ENTRIES]
            same: bool = found == key or items_equal(m, w, found, key)
            w = m.words
            if w[d + DICT_INDEX] != index or w[d + DICT_ENTRIES] != entries or w[e + ENTRY_KEY] != found:
                i = h
                perturb = h
                continue
            if same:
                return e
        perturb = (perturb >> 5) & PERTURB_MASK
        i = i * 5 + perturb + 1
    return 0


def dict_find(m: Machine, d: i64, key: i64, h: i64) -> i64:
    """The address of key's entry (ENTRY_KEY, ENTRY_VALUE) or 0. May run program code."""
    e: i64 = find(m.words, d, key, h)
    if e == UNDECIDED:
        return find_slow(m, d, key, h)
    return e


def dict_find_str(w: vec[i64], d: i64, key: i64) -> i64:
    """The address of the entry of the exact str `key`, or 0. Runs no program code.

    A key that only a program's `__eq__` could find equal to a str is not found; `dict_get` finds it.
    """
    e: i64 = find(w, d, key, str_hash(w, key))
    if e == UNDECIDED:
        return 0
    return e


def dict_get(m: Machine, d: i64, key: i64) -> i64:
    """d's value for key, borrowed, or 0. TypeError if key is unhashable."""
    e: i64 = dict_find(m, d, key, hash_of(m, m.words, key))
    if e == 0:
        return 0
    return m.words[e + ENTRY_VALUE]


def dict_get_str(w: vec[i64], d: i64, key: i64) -> i64:
    """d's value for the exact str `key`, borrowed, or 0. Runs no program code: see dict_find_str."""
    e: i64 = dict_find_str(w, d, key)
    if e == 0:
        return 0
    return w[e + ENTRY_VALUE]


# ---------------------------------------------------------------- changing
def dict_set(m: Machine, d: i64, key: i64, value: i64) -> None:
    """d[key] = value; borrows both. TypeError if key is unhashable."""
    w = m.words
    if w[w[key + OB_TYPE] + TP_FLAGS] & TPFLAGS_HASH != 0:
        dict_set_held(m, d, key, value)
    else:
        dict_set_hash(m, d, key, hash_of(m, w, key), value)


def dict_set_held(m: Machine, d: i64, key: i64, value: i64) -> None:
    """As dict_set; a program's `__hash__` and `__eq__` see that key and value are held."""
    w = m.words
    incref(w, key)
    incref(w, value)
    try:
        dict_set_hash(m, d, key, hash_of(m, w, key), value)
    finally:
        decref(m, m.words, key)
        decref(m, m.words, value)


def dict_set_str(m: Machine, d: i64, key: i64, value: i64) -> None:
    """d[key] = value for an exact str `key`; borrows both."""
    dict_set_hash(m, d, key, str_hash(m.words, key), value)


def dict_set_owned(m: Machine, d: i64, key: i64, value: i64) -> None:
    """d[key] = value with a str key (borrowed); the reference to the value is the dict's now."""
    try:
        dict_set_str(m, d, key, value)
    finally:
        decref(m, m.words, value)


def dict_set_hash(m: Machine, d: i64, key: i64, h: i64, value: i64) -> None:
    """d[key] = value where hash(key) is h; borrows both."""
    w = m.words
    e: i64 = find(w, d, key, h)
    if e == UNDECIDED:
        e = find_slow(m, d, key, h)
        w = m.words
    if e == 0:
        insert_entry(m, d, key, h, value)
    else:
        old: i64 = w[e + ENTRY_VALUE]
        incref(w, value)
        w[e + ENTRY_VALUE] = value
        if w[d + GC_NEXT] == 0:
            maintain_tracking(w, d, key, value)
        decref(m, w, old)


def dict_pop(m: Machine, d: i64, key: i64, h: i64) -> i64:
    """Remove key and return its value, owned, or 0 if it was not there."""
    e: i64 = dict_find(m, d, key, h)
    if e == 0:
        return 0
    w = m.words
    old: i64 = w[e + ENTRY_KEY]
    value: i64 = w[e + ENTRY_VALUE]
    delete_entry(w, d, e)
    decref(m, w, old)
    return value


def dict_del(m: Machine, d: i64, key: i64) -> bool:
    """Remove key; False if it was not there. TypeError if key is unhashable."""
    value: i64 = dict_pop(m, d, key, hash_of(m, m.words, key))
    if value == 0:
        return False
    decref(m, m.words, value)
    return True


def dict_del_str(m: Machine, d: i64, key: i64) -> bool:
    """As dict_del, for an exact str `key`."""
    return dict_del(m, d, key)


def dict_clear(m: Machine, d: i64) -> None:
    """d.clear(): d is empty before the first entry is released."""
    w = m.words
    if w[d + DICT_INDEX] == 0:
        return
    entries: i64 = w[d + DICT_ENTRIES]
    room: i64 = w[d + DICT_ENTRIES_WORDS]
    at: i64 = entries
    end: i64 = entries + w[d + DICT_NENTRIES] * ENTRY_WORDS
    free(m, w, w[d + DICT_INDEX], w[d + DICT_INDEX_WORDS])
    fill_words(w, d + DICT_USED, DICT_INDEX_WORDS + 1 - DICT_USED, 0)
    touch(w, d)
    while at < end:
        if m.words[at + ENTRY_KEY] != 0:
            decref(m, m.words, m.words[at + ENTRY_KEY])
            decref(m, m.words, m.words[at + ENTRY_VALUE])
        at += ENTRY_WORDS
    free(m, m.words, entries, room)


def dict_copy(m: Machine, d: i64) -> i64:
    """A new exact dict with d's entries."""
    new: i64 = new_dict(m)
    try:
        merge_clean(m, new, d)
    except Raised:
        decref(m, m.words, new)
        raise
    return new
