"""Sets and frozensets: one open-addressed table of hashes and keys, searched in short runs.

    set:   used | fill | table --> hash key | 0 0 (free) | -1 0 (dummy: was removed) | hash key | ...
           count = entries of the table, a power of two; pop's finger, or a frozenset's hash

A search looks at the entry hash & mask and up to nine behind it, then jumps (`i * 5 + 1 + perturb`) and so on, until
it finds the key or a free entry. The order of a set is the order of its table: so probing, growth and the ways of
merging are CPython's to the letter, and sets of ints and tuples print as they do there.

Invariants
- No table until the first insertion: an empty set behaves as if it had eight free entries.
- used live entries, fill live and dummy ones; fill * 5 < mask * 3 after every insertion: a free entry always exists.
- No object has the hash -1, so no dummy is taken for a live entry.
- Comparing keys may run program code that changes the set: `set_look_slow` then starts again.
- Every table is replaced, never changed in size; a removed key is released when the set is in order.

CPython counterpart: Objects/setobject.c, the first half. Its small table inside the object is a block like any here.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    OB_TYPE,
    SET_COUNT,
    SET_FILL,
    SET_FINGER,
    SET_HASH,
    SET_TABLE,
    SET_TABLE_WORDS,
    SET_USED,
    TP_SOLID,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.obmalloc import allocate, free
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_FROZENSET, T_SET
from minipy.memory.words import Heap, Raised, fill_words, vec
from minipy.objects.hashing import PERTURB_MASK, UNDECIDED, hash_of, items_equal, quick_equal
from minipy.objects.machine import Machine

LEAST_ENTRIES: Final = 8
LINEAR_PROBES: Final = 9
SET_ENTRY_WORDS: Final = 2
SET_KEY: Final = 1  # of an entry; its hash is word 0
DUMMY_HASH: Final = -1
CHANGED: Final = -2


def new_set(m: Machine, t: i64) -> i64:
    """An empty instance of t, which is set, frozenset or a subclass."""
    s: i64 = gc_alloc(m, t)
    w = m.words
    if w[t + TP_SOLID] == T_FROZENSET:
        w[s + SET_HASH] = -1
    return s


def is_set(w: vec[i64], o: i64) -> bool:
    """Is o a set, a frozenset or an instance of a subclass?"""
    solid: i64 = w[w[o + OB_TYPE] + TP_SOLID]
    return solid == T_SET or solid == T_FROZENSET


def set_length(w: vec[i64], s: i64) -> i64:
    """len(s)."""
    return w[s + SET_USED]


def set_mask(w: vec[i64], s: i64) -> i64:
    """Entries of the table, less one."""
    if w[s + SET_TABLE] == 0:
        return LEAST_ENTRIES - 1
    return w[s + SET_COUNT] - 1


def set_next(w: vec[i64], s: i64, position: i64) -> i64:
    """The number of the first live entry at or behind `position`, -1: none."""
    n: i64 = w[s + SET_COUNT]
    e: i64 = w[s + SET_TABLE] + position * SET_ENTRY_WORDS + SET_KEY
    while position < n:
        if w[e] != 0:
            return position
        e += SET_ENTRY_WORDS
        position += 1
    return -1


def set_entry(w: vec[i64], s: i64, number: i64) -> i64:
    """The address of entry `number`: its hash, and its key at SET_KEY."""
    return w[s + SET_TABLE] + number * SET_ENTRY_WORDS


# ---------------------------------------------------------------- finding
def set_look(w: vec[i64], s: i64, key: i64, h: i64) -> i64:
    """The address of key's entry, or the free one where it belongs; UNDECIDED: only the machine can tell.

    The set must have a table.
    """
    table: i64 = w[s + SET_TABLE]
    mask: i64 = w[s + SET_COUNT] - 1
    perturb: i64 = h
    i: i64 = h & mask
    while True:
        e: i64 = table + i * SET_ENTRY_WORDS
        last: i64 = e
        if i + LINEAR_PROBES <= mask:
            last = e + LINEAR_PROBES * SET_ENTRY_WORDS
        while e <= last:
            k: i64 = w[e + SET_KEY]
            if k == key or (k == 0 and w[e] == 0):
                return e
            if w[e] == h:
                same: i64 = quick_equal(w, k, key)
                if same == 1:
                    return e
                if same == UNDECIDED:
                    return UNDECIDED
            e += SET_ENTRY_WORDS
        perturb = (perturb >> 5) & PERTURB_MASK
        i = (i * 5 + 1 + perturb) & mask


def set_look_slow(m: Machine, s: i64, key: i64, h: i64) -> i64:
    """As `set_look`, but asks the machine about other keys than str and int. 0: the set has lost its table."""
    e: i64 = CHANGED
    while e == CHANGED and m.words[s + SET_TABLE] != 0:
        e = look_once(m, s, key, h)
    return e if e != CHANGED else 0


def look_once(m: Machine, s: i64, key: i64, h: i64) -> i64:
    """One search of `set_look_slow`; CHANGED: a comparison changed the set, so it must start again."""
    w = m.words
    table: i64 = w[s + SET_TABLE]
    mask: i64 = w[s + SET_COUNT] - 1
    perturb: i64 = h
    i: i64 = h & mask
    while True:
        e: i64 = table + i * SET_ENTRY_WORDS
        last: i64 = e
        if i + LINEAR_PROBES <= mask:
            last = e + LINEAR_PROBES * SET_ENTRY_WORDS
        while e <= last:
            k: i64 = w[e + SET_KEY]
            if k == 0 and w[e] == 0:
                return e
            if w[e] == h:
                same: bool = k == key or items_equal(m, w, k, key)
                w = m.words
                if w[s + SET_TABLE] != table or w[e + SET_KEY] != k:
                    return CHANGED
                if same:
                    return e
            e += SET_ENTRY_WORDS
        perturb = (perturb >> 5) & PERTURB_MASK
        i = (i * 5 + 1 + perturb) & mask


def set_find(m: Machine, s: i64, key: i64, h: i64) -> i64:
    """The address of key's entry, or 0. May run program code."""
    w = m.words
    if w[s + SET_USED] == 0:
        return 0
    e: i64 = set_look(w, s, key, h)
    if e == UNDECIDED:
        e = set_look_slow(m, s, key, h)
        w = m.words
    if e == 0 or w[e + SET_KEY] == 0:
        return 0
    return e


def set_contains(m: Machine, s: i64, key: i64) -> bool:
    """key in s, for a hashable key."""
    return set_find(m, s, key, hash_of(m, m.words, key)) != 0


# ---------------------------------------------------------------- changing
def set_add(m: Machine, s: i64, key: i64) -> None:
    """s.add(key); borrows key. TypeError if it is unhashable."""
    set_add_hash(m, s, key, hash_of(m, m.words, key))


def set_add_hash(m: Machine, s: i64, key: i64, h: i64) -> None:
    """s.add(key) where hash(key) is h; borrows key."""
    e: i64 = 0
    w = m.words
    while e == 0:
        if w[s + SET_TABLE] == 0:
            set_resize(m, s, 0)
            w = m.words
        e = set_look(w, s, key, h)
        if e == UNDECIDED:
            e = set_look_slow(m, s, key, h)
            w = m.words
    if w[e + SET_KEY] != 0:
        return
    if w[s + SET_FILL] != w[s + SET_USED]:
        e = last_dummy(w, s, h, e)
    incref(w, key)
    w[s + SET_USED] += 1
    w[e + SET_KEY] = key
    if w[e] == DUMMY_HASH:
        w[e] = h
        return
    w[e] = h
    fill: i64 = w[s + SET_FILL] + 1
    w[s + SET_FILL] = fill
    if fill * 5 >= (w[s + SET_COUNT] - 1) * 3:
        set_grow(m, s, e)


def last_dummy(w: vec[i64], s: i64, h: i64, end: i64) -> i64:
    """The last dummy on h's way to the free entry at `end`, which is returned if there is none."""
    table: i64 = w[s + SET_TABLE]
    mask: i64 = w[s + SET_COUNT] - 1
    found: i64 = end
    perturb: i64 = h
    i: i64 = h & mask
    while True:
        e: i64 = table + i * SET_ENTRY_WORDS
        last: i64 = e
        if i + LINEAR_PROBES <= mask:
            last = e + LINEAR_PROBES * SET_ENTRY_WORDS
        while e <= last:
            if e == end:
                return found
            if w[e] == DUMMY_HASH:
                found = e
            e += SET_ENTRY_WORDS
        perturb = (perturb >> 5) & PERTURB_MASK
        i = (i * 5 + 1 + perturb) & mask


def set_grow(m: Machine, s: i64, e: i64) -> None:
    """Enlarge the table after the insertion at e, which is undone if there is no memory."""
    used: i64 = m.words[s + SET_USED]
    try:
        set_resize(m, s, used * 2 if used > 50000 else used * 4)
    except Raised:
        w = m.words
        decref(m, w, w[e + SET_KEY])
        w[e] = 0
        w[e + SET_KEY] = 0
        w[s + SET_USED] -= 1
        w[s + SET_FILL] -= 1
        raise


def set_discard_hash(m: Machine, s: i64, key: i64, h: i64) -> bool:
    """Remove key, whose hash is h; False if it was not there."""
    e: i64 = set_find(m, s, key, h)
    if e == 0:
        return False
    w = m.words
    old: i64 = set_take(w, s, e)
    decref(m, w, old)
    return True


def set_take(w: vec[i64], s: i64, e: i64) -> i64:
    """Make the live entry at e a dummy; its key, which the caller now owns."""
    key: i64 = w[e + SET_KEY]
    w[e] = DUMMY_HASH
    w[e + SET_KEY] = 0
    w[s + SET_USED] -= 1
    return key


def set_pop(m: Machine, s: i64) -> i64:
    """Remove and return a key of a set that is not empty: the first live one from the finger on."""
    w = m.words
    i: i64 = w[s + SET_FINGER] & (w[s + SET_COUNT] - 1)
    i = set_next(w, s, i)
    if i < 0:
        i = set_next(w, s, 0)
    w[s + SET_FINGER] = i + 1
    return set_take(w, s, set_entry(w, s, i))


def set_clear(m: Machine, s: i64) -> None:
    """s.clear(): s is empty before the first key is released."""
    w = m.words
    table: i64 = w[s + SET_TABLE]
    words: i64 = w[s + SET_TABLE_WORDS]
    if table == 0:
        return
    fill_words(w, s + SET_USED, SET_HASH - SET_USED, 0)
    e: i64 = table
    while e < table + words:
        if m.words[e + SET_KEY] != 0:
            decref(m, m.words, m.words[e + SET_KEY])
        e += SET_ENTRY_WORDS
    free(m, m.words, table, words)


# ---------------------------------------------------------------- tables
def set_resize(heap: Heap, s: i64, least: i64) -> None:
    """A new table of more than `least` entries; dummies go. Raises before anything changes."""
    count: i64 = LEAST_ENTRIES
    while count <= least:
        count = count << 1
    table: i64 = allocate(heap, count * SET_ENTRY_WORDS)
    w = heap.words
    fill_words(w, table, count * SET_ENTRY_WORDS, 0)
    old: i64 = w[s + SET_TABLE]
    e: i64 = old
    end: i64 = old + w[s + SET_COUNT] * SET_ENTRY_WORDS
    while e < end:
        if w[e + SET_KEY] != 0:
            insert_clean(w, table, count - 1, w[e + SET_KEY], w[e])
        e += SET_ENTRY_WORDS
    if old != 0:
        free(heap, w, old, w[s + SET_TABLE_WORDS])
    w[s + SET_TABLE] = table
    w[s + SET_TABLE_WORDS] = count * SET_ENTRY_WORDS
    w[s + SET_COUNT] = count
    w[s + SET_FILL] = w[s + SET_USED]


def insert_clean(w: vec[i64], table: i64, mask: i64, key: i64, h: i64) -> None:
    """Put a key known to be absent into a table without dummies; the reference is moved, not counted."""
    perturb: i64 = h
    i: i64 = h & mask
    while True:
        e: i64 = table + i * SET_ENTRY_WORDS
        last: i64 = e
        if i + LINEAR_PROBES <= mask:
            last = e + LINEAR_PROBES * SET_ENTRY_WORDS
        while e <= last:
            if w[e + SET_KEY] == 0:
                w[e] = h
                w[e + SET_KEY] = key
                return
            e += SET_ENTRY_WORDS
        perturb = (perturb >> 5) & PERTURB_MASK
        i = (i * 5 + 1 + perturb) & mask
