"""What lru_cache makes of a function: it remembers its results, the ones used last at the end of a dict.

    key         one exact int or str by itself; else the tuple
                args, and if there are keywords: the marker, name, value, name, value ...; if typed: all types

The dict's entries before LRU_FIRST are deleted ones, as long as they lie at LRU_ENTRIES: so the oldest is soon found.

CPython counterpart: lru_cache_object of Modules/_functoolsmodule.c, which links the results in a list.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    DICT_ENTRIES,
    DICT_NENTRIES,
    DICT_USED,
    OB_TYPE,
    TP_DICT,
    TP_FLAGS,
    TPFLAGS_SPECIAL,
    TUPLE_ITEMS,
)
from minipy.memory.layout_modules import (
    LRU_ENTRIES,
    LRU_FIRST,
    LRU_FUNCTION,
    LRU_HITS,
    LRU_INFO,
    LRU_MAXSIZE,
    LRU_MISSES,
    LRU_RESULTS,
    LRU_TYPED,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import NONE, T_INT, T_LRU_CACHE, T_STR, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.modules.constants import add_module_name, add_text
from minipy.modules.nativeclass import check_class
from minipy.objects import namespaceobject
from minipy.objects.dictobject import dict_clear, dict_find, dict_pop, dict_set_hash, new_dict
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, ENTRY_WORDS, dict_next, entry_at
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.methodobject import new_bound_method
from minipy.objects.natives import FAMILY_OBJECT, Methods, add_getsets, add_methods
from minipy.objects.tupleobject import new_tuple, tuple_from
from minipy.objects.typenatives import add_constructor
from minipy.vm.bltin_attributes import is_callable

NEW: Final = 40
CALL: Final = 41
INFO: Final = 42
CLEAR: Final = 43
GET: Final = 44
COPY: Final = 45
METHODS: Final[Methods] = (
    (CALL, "__call__", 0, -1, "**"),
    (INFO, "cache_info", 0, 0, ""),
    (CLEAR, "cache_clear", 0, 0, ""),
    (GET, "__get__", 1, 2, ""),
    (COPY, "__copy__", 0, 0, ""),
    (COPY, "__deepcopy__", 1, 1, ""),
)


def complete_lru_cache(m: Machine, family: i64) -> None:
    """Give the static type its constructor and methods."""
    add_module_name(m, T_LRU_CACHE, "functools")
    add_text(m, m.words[T_LRU_CACHE + TP_DICT], "__doc__", "A function that remembers its results.")
    add_getsets(m, T_LRU_CACHE, FAMILY_OBJECT, namespaceobject.GETSETS)
    add_methods(m, T_LRU_CACHE, family, METHODS)
    add_constructor(m, T_LRU_CACHE, family, NEW, (4, 4, "user_function maxsize typed cache_info_type"))
    m.words[T_LRU_CACHE + TP_FLAGS] |= TPFLAGS_SPECIAL


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The constructor and the methods; see objects/natives.py."""
    w = m.words
    o: i64 = w[at]
    if number == CALL:
        return cached_call(m, o, at, n)
    elif number == NEW:
        return new_cache(m, at)
    elif number == GET:
        if w[at + 1] != NONE:
            return new_bound_method(m, o, w[at + 1])
    elif number == INFO:
        return info(m, o)
    elif number == CLEAR:
        clear(m, o)
        o = NONE
    m.words[o] += 1
    return o


# ---------------------------------------------------------------- the object
def new_cache(m: Machine, at: i64) -> i64:
    """_lru_cache_wrapper(user_function, maxsize, typed, cache_info_type)."""
    w = m.words
    check_class(m, w[at], T_LRU_CACHE)
    if not is_callable(m, w[at + 1]):
        raise m.error(T_TYPE_ERROR, "the first argument must be callable")
    maxsize: i64 = -1
    if w[at + 2] != NONE:
        maxsize = m.index(w[at + 2])
        if maxsize < 0:
            maxsize = 0
    typed: bool = m.is_true(m.words[at + 3])
    o: i64 = gc_alloc(m, m.words[at])
    w = m.words
    w[o + LRU_MAXSIZE] = maxsize
    w[o + LRU_TYPED] = 1 if typed else 0
    incref(w, w[at + 1])
    w[o + LRU_FUNCTION] = w[at + 1]
    incref(w, w[at + 4])
    w[o + LRU_INFO] = w[at + 4]
    try:
        d: i64 = new_dict(m)
    except Raised:
        decref(m, m.words, o)
        raise
    m.words[o + LRU_RESULTS] = d
    return o


def info(m: Machine, o: i64) -> i64:
    """o.cache_info()."""
    w = m.words
    figures: i64 = new_tuple(m, 4)
    try:
        i: i64 = 0
        while i < 4:
            w = m.words
            value: i64 = NONE
            if i < 2:
                value = new_int(m, w[o + LRU_HITS] if i == 0 else w[o + LRU_MISSES])
            elif i == 3:
                value = new_int(m, w[w[o + LRU_RESULTS] + DICT_USED])
            elif w[o + LRU_MAXSIZE] >= 0:
                value = new_int(m, w[o + LRU_MAXSIZE])
            else:
                incref(w, NONE)
            m.words[figures + TUPLE_ITEMS + i] = value
            i += 1
        return m.call(m.words[o + LRU_INFO], figures + TUPLE_ITEMS, 4)
    finally:
        decref(m, m.words, figures)


def clear(m: Machine, o: i64) -> None:
    """o.cache_clear()."""
    w = m.words
    w[o + LRU_HITS] = 0
    w[o + LRU_MISSES] = 0
    dict_clear(m, w[o + LRU_RESULTS])


# ---------------------------------------------------------------- a call
def cached_call(m: Machine, o: i64, at: i64, n: i64) -> i64:
    """o(*args, **keywords): the arguments begin behind `at`, the dict of keywords or 0 is the last of n words."""
    w = m.words
    if w[o + LRU_MAXSIZE] == 0:
        w[o + LRU_MISSES] += 1
        return call_function(m, o, at, n)
    key: i64 = make_key(m, o, at + 1, n - 2, w[at + n - 1])
    try:
        h: i64 = m.hash(key)
        entry: i64 = dict_find(m, m.words[o + LRU_RESULTS], key, h)
        if entry != 0:
            m.words[o + LRU_HITS] += 1
            return found(m, o, key, h, entry)
        m.words[o + LRU_MISSES] += 1
        result: i64 = call_function(m, o, at, n)
        try:
            remember(m, o, key, h, result)
        except Raised:
            decref(m, m.words, result)
            raise
        return result
    finally:
        decref(m, m.words, key)


def call_function(m: Machine, o: i64, at: i64, n: i64) -> i64:
    """Call the function itself."""
    w = m.words
    keywords: i64 = w[at + n - 1]
    if keywords == 0:
        return m.call(w[o + LRU_FUNCTION], at + 1, n - 2)
    args: i64 = tuple_from(m, at + 1, n - 2)
    try:
        return m.call_object(m.words[o + LRU_FUNCTION], args, keywords)
    finally:
        decref(m, m.words, args)


def found(m: Machine, o: i64, key: i64, h: i64, entry: i64) -> i64:
    """The value of an entry, which is the one used last from now on."""
    w = m.words
    d: i64 = w[o + LRU_RESULTS]
    value: i64 = w[entry + ENTRY_VALUE]
    incref(w, value)
    if w[o + LRU_MAXSIZE] < 0 or entry == entry_at(w, d, w[d + DICT_NENTRIES] - 1):
        return value
    kept: i64 = w[entry + ENTRY_KEY]
    incref(w, kept)
    try:
        old: i64 = dict_pop(m, d, key, h)
        if old != 0:
            decref(m, m.words, old)
        dict_set_hash(m, d, kept, h, value)
    except Raised:
        decref(m, m.words, value)
        raise
    finally:
        decref(m, m.words, kept)
    return value


def remember(m: Machine, o: i64, key: i64, h: i64, result: i64) -> None:
    """Keep a result, which a call inside the call may have done already; the oldest goes if there are too many."""
    d: i64 = m.words[o + LRU_RESULTS]
    limit: i64 = m.words[o + LRU_MAXSIZE]
    if limit > 0:
        if dict_find(m, d, key, h) != 0:
            return
        if m.words[d + DICT_USED] >= limit:
            drop_oldest(m, o, d)
    dict_set_hash(m, d, key, h, result)


def drop_oldest(m: Machine, o: i64, d: i64) -> None:
    """Forget the result used longest ago."""
    w = m.words
    if w[o + LRU_ENTRIES] != w[d + DICT_ENTRIES]:
        w[o + LRU_ENTRIES] = w[d + DICT_ENTRIES]
        w[o + LRU_FIRST] = 0
    place: i64 = dict_next(w, d, w[o + LRU_FIRST])
    if place < 0:
        return
    w[o + LRU_FIRST] = place
    entry: i64 = entry_at(w, d, place)
    key: i64 = w[entry + ENTRY_KEY]
    incref(w, key)
    try:
        old: i64 = dict_pop(m, d, key, w[entry])
        if old != 0:
            decref(m, m.words, old)
    finally:
        decref(m, m.words, key)


# ---------------------------------------------------------------- keys
def make_key(m: Machine, o: i64, at: i64, n: i64, keywords: i64) -> i64:
    """The key of a call with the n arguments at `at` and a dict of keywords or 0; owned."""
    w = m.words
    typed: bool = w[o + LRU_TYPED] != 0
    if keywords == 0 and not typed:
        if n == 1 and (w[w[at] + OB_TYPE] == T_INT or w[w[at] + OB_TYPE] == T_STR):
            incref(w, w[at])
            return w[at]
        return tuple_from(m, at, n)
    k: i64 = w[keywords + DICT_USED] if keywords != 0 else 0
    words: i64 = n + (2 * k + 1 if k > 0 else 0)
    key: i64 = new_tuple(m, words + (n + k if typed else 0))
    to: i64 = key + TUPLE_ITEMS
    w = m.words
    i: i64 = 0
    while i < n:
        incref(w, w[at + i])
        w[to + i] = w[at + i]
        i += 1
    if k > 0:
        add_keywords(m, to + n, keywords)
    if typed:
        add_types(m, key, n, words)
    return key


def add_keywords(m: Machine, to: i64, keywords: i64) -> None:
    """The marker, then name and value of each keyword, at `to`."""
    w = m.words
    incref(w, T_LRU_CACHE)
    w[to] = T_LRU_CACHE
    to += 1
    entry: i64 = w[keywords + DICT_ENTRIES]
    end: i64 = entry + w[keywords + DICT_NENTRIES] * ENTRY_WORDS
    while entry < end:
        if w[entry + ENTRY_KEY] != 0:
            incref(w, w[entry + ENTRY_KEY])
            incref(w, w[entry + ENTRY_VALUE])
            w[to] = w[entry + ENTRY_KEY]
            w[to + 1] = w[entry + ENTRY_VALUE]
            to += 2
        entry += ENTRY_WORDS


def add_types(m: Machine, key: i64, n: i64, words: i64) -> None:
    """The types of the n arguments and of the keywords' values, behind the `words` items that the key has."""
    w = m.words
    items: i64 = key + TUPLE_ITEMS
    to: i64 = items + words
    i: i64 = 0 if n > 0 else 2
    while i < words:
        kind: i64 = w[w[items + i] + OB_TYPE]
        incref(w, kind)
        w[to] = kind
        to += 1
        i += 1 if i < n - 1 else (3 if i == n - 1 else 2)
