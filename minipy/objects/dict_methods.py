"""What a program can do with a dict: subscripts, comparison, repr, `|`, and the table of methods.

Invariant: a loop over a dict that may run program code finds its entry by number again after each step, and owns the
key and the value it works on.

CPython counterpart: the mp_methods and slots of Objects/dictobject.c. Merging is in dict_merge.py.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import DICT_NENTRIES, DICT_USED, OB_TYPE
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    NONE,
    T_DICT,
    T_DICT_ITEMS,
    T_DICT_KEYS,
    T_DICT_VALUES,
    T_KEY_ERROR,
)
from minipy.memory.words import Raised
from minipy.objects.dict_merge import dict_from_keys, dict_update
from minipy.objects.dictobject import (
    dict_clear,
    dict_copy,
    dict_find,
    dict_pop,
    dict_set,
    is_dict,
    new_dict,
)
from minipy.objects.dicttable import (
    ENTRY_HASH,
    ENTRY_KEY,
    ENTRY_VALUE,
    delete_entry,
    dict_next,
    dict_previous,
    entry_at,
    forget_from,
    insert_entry,
)
from minipy.objects.dictviews import new_view, reverse_iter
from minipy.objects.hashing import hash_of, item_equal
from minipy.objects.identifiers import ID_MISSING
from minipy.objects.longobject import new_bool, none, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.operators import CMP_EQ, CMP_NE
from minipy.objects.recursion import enter_call, leave_call
from minipy.objects.tupleobject import host_repr, tuple_of2
from minipy.objects.unicodeobject import new_str

DICT_CLEAR: Final = 0
DICT_COPY: Final = 1
DICT_FROMKEYS: Final = 2
DICT_GET: Final = 3
DICT_ITEMS: Final = 4
DICT_KEYS: Final = 5
DICT_POP: Final = 6
DICT_POPITEM: Final = 7
DICT_SETDEFAULT: Final = 8
DICT_UPDATE: Final = 9
DICT_VALUES: Final = 10
DICT_REVERSED: Final = 11

METHODS: Final = (
    (DICT_CLEAR, "clear", 0, 0, ""),
    (DICT_COPY, "copy", 0, 0, ""),
    (DICT_GET, "get", 1, 2, ""),
    (DICT_ITEMS, "items", 0, 0, ""),
    (DICT_KEYS, "keys", 0, 0, ""),
    (DICT_POP, "pop", 1, 2, ""),
    (DICT_POPITEM, "popitem", 0, 0, ""),
    (DICT_SETDEFAULT, "setdefault", 1, 2, ""),
    (DICT_UPDATE, "update", 0, 1, "**"),
    (DICT_VALUES, "values", 0, 0, ""),
    (DICT_REVERSED, "__reversed__", 0, 0, ""),
)
CLASS_METHODS: Final = ((DICT_FROMKEYS, "fromkeys", 1, 2, ""),)
NEW: Final = (0, 1, "**")


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """dict(other=(), **keywords) for the class t."""
    d: i64 = new_dict(m) if t == T_DICT else gc_alloc(m, t)
    try:
        dict_init(m, d, at)
    except Raised:
        decref(m, m.words, d)
        raise
    return d


def dict_init(m: Machine, d: i64, at: i64) -> None:
    """d.update(other, **keywords): at `at` lie other and the dict of keywords, 0 where not given."""
    w = m.words
    if w[at] != 0:
        dict_update(m, d, w[at])
    w = m.words
    if w[at + 1] != 0:
        dict_update(m, d, w[at + 1])


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` with self (the class for fromkeys) and the arguments at `at`."""
    w = m.words
    d: i64 = w[at]
    if number == DICT_GET:
        return dict_get_default(m, d, w[at + 1], w[at + 2] if n > 2 else NONE)
    if number == DICT_ITEMS:
        return new_view(m, T_DICT_ITEMS, d)
    if number == DICT_KEYS:
        return new_view(m, T_DICT_KEYS, d)
    if number == DICT_VALUES:
        return new_view(m, T_DICT_VALUES, d)
    if number == DICT_SETDEFAULT:
        return dict_setdefault(m, d, w[at + 1], w[at + 2] if n > 2 else NONE)
    if number == DICT_POP:
        return dict_pop_default(m, d, w[at + 1], w[at + 2] if n > 2 else 0)
    if number == DICT_POPITEM:
        return dict_popitem(m, d)
    if number == DICT_COPY:
        return dict_copy(m, d)
    if number == DICT_FROMKEYS:
        return dict_from_keys(m, d, w[at + 1], w[at + 2] if n > 2 else NONE)
    if number == DICT_REVERSED:
        return reverse_iter(m, d, T_DICT_KEYS)
    if number == DICT_UPDATE:
        dict_init(m, d, at + 1)
    else:
        dict_clear(m, d)
    return none(m.words)


# ---------------------------------------------------------------- subscripts
def dict_get_item(m: Machine, d: i64, key: i64) -> i64:
    """d[key], or what a subclass's `__missing__` gives."""
    w = m.words
    e: i64 = dict_find(m, d, key, hash_of(m, w, key))
    if e == 0:
        return dict_missing(m, d, key)
    w = m.words
    v: i64 = w[e + ENTRY_VALUE]
    incref(w, v)
    return v


def dict_missing(m: Machine, d: i64, key: i64) -> i64:
    """The value for a key that is not there: `__missing__` of a subclass, else KeyError."""
    if m.words[d + OB_TYPE] != T_DICT:
        method: i64 = m.find_special(d, ID_MISSING)
        if method != 0:
            try:
                return called(m, method, key)
            finally:
                decref(m, m.words, method)
    raise m.error_object(T_KEY_ERROR, key)


def called(m: Machine, function: i64, key: i64) -> i64:
    """function(key), owned, counted as CPython counts it."""
    enter_call(m)
    try:
        return m.call1(function, key)
    finally:
        leave_call(m.words)


def dict_set_item(m: Machine, d: i64, key: i64, value: i64) -> None:
    """d[key] = value; borrows both."""
    dict_set(m, d, key, value)


def dict_del_item(m: Machine, d: i64, key: i64) -> None:
    """del d[key]."""
    value: i64 = dict_pop(m, d, key, hash_of(m, m.words, key))
    if value == 0:
        raise m.error_object(T_KEY_ERROR, key)
    decref(m, m.words, value)


def dict_contains(m: Machine, d: i64, key: i64) -> bool:
    """key in d."""
    return dict_find(m, d, key, hash_of(m, m.words, key)) != 0


# ---------------------------------------------------------------- methods
def dict_get_default(m: Machine, d: i64, key: i64, default: i64) -> i64:
    """d.get(key, default)."""
    e: i64 = dict_find(m, d, key, hash_of(m, m.words, key))
    w = m.words
    v: i64 = default if e == 0 else w[e + ENTRY_VALUE]
    incref(w, v)
    return v


def dict_setdefault(m: Machine, d: i64, key: i64, default: i64) -> i64:
    """d.setdefault(key, default)."""
    h: i64 = hash_of(m, m.words, key)
    e: i64 = dict_find(m, d, key, h)
    v: i64 = default
    if e == 0:
        insert_entry(m, d, key, h, default)
    else:
        v = m.words[e + ENTRY_VALUE]
    incref(m.words, v)
    return v


def dict_pop_default(m: Machine, d: i64, key: i64, default: i64) -> i64:
    """d.pop(key, default); default 0: KeyError. An empty dict does not ask for the key's hash."""
    value: i64 = 0
    if m.words[d + DICT_USED] > 0:
        value = dict_pop(m, d, key, hash_of(m, m.words, key))
    if value != 0:
        return value
    if default == 0:
        raise m.error_object(T_KEY_ERROR, key)
    incref(m.words, default)
    return default


def dict_popitem(m: Machine, d: i64) -> i64:
    """d.popitem(): the last entry as (key, value)."""
    w = m.words
    if w[d + DICT_USED] == 0:
        raise m.error(T_KEY_ERROR, "popitem(): dictionary is empty")
    number: i64 = dict_previous(w, d, w[d + DICT_NENTRIES])
    e: i64 = entry_at(w, d, number)
    pair: i64 = tuple_of2(m, w[e + ENTRY_KEY], w[e + ENTRY_VALUE])
    w = m.words
    decref(m, w, w[e + ENTRY_KEY])
    decref(m, w, w[e + ENTRY_VALUE])
    delete_entry(w, d, e)
    forget_from(w, d, number)
    return pair


# ---------------------------------------------------------------- operators
def dict_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a == b or a != b; dicts have no order."""
    w = m.words
    if not is_dict(w, b) or (op != CMP_EQ and op != CMP_NE):
        return not_implemented(w)
    equal: bool = dict_equal(m, a, b)
    return new_bool(m.words, equal == (op == CMP_EQ))


def dict_equal(m: Machine, a: i64, b: i64) -> bool:
    """Do a and b have equal values for the same keys?"""
    w = m.words
    if w[a + DICT_USED] != w[b + DICT_USED]:
        return False
    i: i64 = dict_next(w, a, 0)
    while i >= 0:
        if not entry_equal(m, a, i, b):
            return False
        i = dict_next(m.words, a, i + 1)
    return True


def entry_equal(m: Machine, a: i64, i: i64, b: i64) -> bool:
    """Has b the key of a's entry i, with an equal value?"""
    w = m.words
    e: i64 = entry_at(w, a, i)
    key: i64 = w[e + ENTRY_KEY]
    value: i64 = w[e + ENTRY_VALUE]
    incref(w, key)
    incref(w, value)
    try:
        other: i64 = dict_find(m, b, key, w[e + ENTRY_HASH])
        if other == 0:
            return False
        return item_equal(m, m.words, m.words[other + ENTRY_VALUE], value)
    finally:
        decref(m, m.words, key)
        decref(m, m.words, value)


def dict_or(m: Machine, a: i64, b: i64) -> i64:
    """a | b: a new dict, b's values win."""
    w = m.words
    if not is_dict(w, a) or not is_dict(w, b):
        return not_implemented(w)
    d: i64 = dict_copy(m, a)
    try:
        dict_update(m, d, b)
    except Raised:
        decref(m, m.words, d)
        raise
    return d


def dict_ior(m: Machine, a: i64, b: i64) -> i64:
    """a |= b for any mapping or iterable of pairs; returns a, owned."""
    dict_update(m, a, b)
    incref(m.words, a)
    return a


def dict_repr(m: Machine, d: i64) -> i64:
    """repr(d): `{'a': 1}`, and `{...}` inside itself."""
    if m.words[d + DICT_USED] == 0:
        return new_str(m, "{}")
    if not m.repr_enter(d):
        return new_str(m, "{...}")
    parts: list[str] = []
    try:
        i: i64 = dict_next(m.words, d, 0)
        while i >= 0:
            parts.append(entry_repr(m, entry_at(m.words, d, i)))
            i = dict_next(m.words, d, i + 1)
    finally:
        m.repr_leave(d)
    return new_str(m, "{" + ", ".join(parts) + "}")


def entry_repr(m: Machine, e: i64) -> str:
    """`key: value` of the entry at e."""
    value: i64 = m.words[e + ENTRY_VALUE]
    incref(m.words, value)
    try:
        key: str = host_repr(m, m.words[e + ENTRY_KEY])
        return key + ": " + host_repr(m, value)
    finally:
        decref(m, m.words, value)
