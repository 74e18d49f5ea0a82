"""functools.partial: a function with some of its arguments given already.

The class is a static type that gets its methods when functools is imported; being marked as one with special methods
of its own, it is called and shown through them.

CPython counterpart: partialobject of Modules/_functoolsmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.describe import tp_name
from minipy.memory.layout import (
    DICT_ENTRIES,
    DICT_NENTRIES,
    DICT_USED,
    OB_SIZE,
    OB_TYPE,
    TP_DICT,
    TP_FLAGS,
    TP_SOLID,
    TPFLAGS_SPECIAL,
    TUPLE_ITEMS,
)
from minipy.memory.layout_modules import PARTIAL_ARGS, PARTIAL_DICT, PARTIAL_FUNCTION, PARTIAL_KEYWORDS
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import NONE, T_DICT, T_PARTIAL, T_TUPLE, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.modules.constants import add_module_name, add_text
from minipy.modules.nativeclass import check_class
from minipy.objects import genericalias, namespaceobject
from minipy.objects.dict_merge import dict_merge
from minipy.objects.dictobject import dict_copy, new_dict
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, ENTRY_WORDS
from minipy.objects.longobject import none
from minipy.objects.machine import Machine
from minipy.objects.natives import (
    FAMILY_GENERIC_ALIAS,
    FAMILY_OBJECT,
    Getsets,
    Methods,
    add_class_methods,
    add_getsets,
    add_methods,
)
from minipy.objects.tupleobject import host_repr, new_tuple, tuple_from, tuple_of1, tuple_of3
from minipy.objects.typenatives import add_constructor
from minipy.objects.unicodeobject import host_str, new_str
from minipy.vm.bltin_attributes import is_callable

NEW: Final = 20
CALL: Final = 21
REPR: Final = 22
REDUCE: Final = 23
SETSTATE: Final = 24
METHODS: Final[Methods] = (
    (CALL, "__call__", 0, -1, "**"),
    (REPR, "__repr__", 0, 0, ""),
    (REDUCE, "__reduce__", 0, 0, ""),
    (SETSTATE, "__setstate__", 1, 1, ""),
)
GETSETS: Final[Getsets] = ((PARTIAL_FUNCTION, "func"), (PARTIAL_ARGS, "args"), (PARTIAL_KEYWORDS, "keywords"))
"""A computed attribute's number is the field that it is."""


def complete_partial(m: Machine, family: i64) -> None:
    """Give the static type its constructor and methods."""
    add_module_name(m, T_PARTIAL, "functools")
    add_text(m, m.words[T_PARTIAL + TP_DICT], "__doc__", "A function with some of its arguments given already.")
    add_getsets(m, T_PARTIAL, FAMILY_OBJECT, namespaceobject.GETSETS)
    add_methods(m, T_PARTIAL, family, METHODS)
    add_getsets(m, T_PARTIAL, family, GETSETS)
    add_class_methods(m, T_PARTIAL, FAMILY_GENERIC_ALIAS, genericalias.CLASS_METHODS)
    add_constructor(m, T_PARTIAL, family, NEW, (0, -1, "**"))
    m.words[T_PARTIAL + TP_FLAGS] |= TPFLAGS_SPECIAL


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The constructor and the methods; see objects/natives.py."""
    if number == CALL:
        return partial_call(m, at, n)
    if number == NEW:
        return new_partial(m, at, n)
    if number == REDUCE:
        return reduced(m, m.words[at])
    if number == SETSTATE:
        set_state(m, m.words[at], m.words[at + 1])
        return none(m.words)
    return partial_repr(m, m.words[at])


def get(m: Machine, number: i64, o: i64) -> i64:
    """func, args and keywords."""
    w = m.words
    value: i64 = w[o + number]
    incref(w, value)
    return value


def new_partial(m: Machine, at: i64, n: i64) -> i64:
    """partial.__new__(class, func, *args, **keywords): what another partial was given already is taken over."""
    w = m.words
    keywords: i64 = w[at + n - 1]
    check_class(m, w[at], T_PARTIAL)
    if n < 3:
        raise m.error(T_TYPE_ERROR, "type 'partial' takes at least one argument")
    function: i64 = w[at + 1]
    if not is_callable(m, function):
        raise m.error(T_TYPE_ERROR, "the first argument must be callable")
    inner: bool = w[w[function + OB_TYPE] + TP_SOLID] == T_PARTIAL and w[function + PARTIAL_DICT] == 0
    o: i64 = gc_alloc(m, w[at])
    try:
        given: i64 = joined(m, m.words[function + PARTIAL_ARGS] if inner else 0, at + 2, n - 3)
        m.words[o + PARTIAL_ARGS] = given
        named: i64 = merged(m, m.words[function + PARTIAL_KEYWORDS] if inner else 0, keywords)
        m.words[o + PARTIAL_KEYWORDS] = named
    except Raised:
        decref(m, m.words, o)
        raise
    w = m.words
    if inner:
        function = w[function + PARTIAL_FUNCTION]
    incref(w, function)
    w[o + PARTIAL_FUNCTION] = function
    return o


def joined(m: Machine, first: i64, at: i64, n: i64) -> i64:
    """A tuple of the items of a tuple (0: none) and the n objects at `at`."""
    if first == 0 or m.words[first + OB_SIZE] == 0:
        return tuple_from(m, at, n)
    k: i64 = m.words[first + OB_SIZE]
    t: i64 = new_tuple(m, k + n)
    w = m.words
    i: i64 = 0
    while i < k + n:
        item: i64 = w[first + TUPLE_ITEMS + i] if i < k else w[at + i - k]
        incref(w, item)
        w[t + TUPLE_ITEMS + i] = item
        i += 1
    return t


def merged(m: Machine, first: i64, second: i64) -> i64:
    """A new dict of the entries of one dict and then another, each of which may be 0."""
    d: i64 = new_dict(m) if first == 0 else dict_copy(m, first)
    if second != 0:
        try:
            dict_merge(m, d, second)
        except Raised:
            decref(m, m.words, d)
            raise
    return d


def partial_call(m: Machine, at: i64, n: i64) -> i64:
    """o(*args, **keywords)."""
    w = m.words
    o: i64 = w[at]
    keywords: i64 = w[at + n - 1]
    function: i64 = w[o + PARTIAL_FUNCTION]
    own: i64 = w[o + PARTIAL_KEYWORDS]
    if w[own + DICT_USED] == 0 and keywords == 0 and w[w[o + PARTIAL_ARGS] + OB_SIZE] == 0:
        return m.call(function, at + 1, n - 2)
    args: i64 = joined(m, w[o + PARTIAL_ARGS], at + 1, n - 2)
    named: i64 = 0
    try:
        w = m.words
        if w[own + DICT_USED] == 0 and keywords == 0:
            return m.call(function, args + TUPLE_ITEMS, w[args + OB_SIZE])
        named = merged(m, own, keywords)
        return m.call_object(function, args, named)
    finally:
        decref(m, m.words, args)
        if named != 0:
            decref(m, m.words, named)


def reduced(m: Machine, o: i64) -> i64:
    """o.__reduce__(): class, (function,), (function, args, keywords, the instance's dict or None)."""
    w = m.words
    args: i64 = tuple_of1(m, w[o + PARTIAL_FUNCTION])
    state: i64 = 0
    try:
        state = new_tuple(m, 4)
        w = m.words
        i: i64 = 0
        while i < 4:
            part: i64 = w[o + PARTIAL_FUNCTION + i]
            if part == 0:
                part = NONE
            incref(w, part)
            w[state + TUPLE_ITEMS + i] = part
            i += 1
        return tuple_of3(m, w[o + OB_TYPE], args, state)
    finally:
        decref(m, m.words, args)
        if state != 0:
            decref(m, m.words, state)


def set_state(m: Machine, o: i64, state: i64) -> None:
    """o.__setstate__(what reduced put third)."""
    w = m.words
    at: i64 = state + TUPLE_ITEMS
    fits: bool = w[state + OB_TYPE] == T_TUPLE and w[state + OB_SIZE] == 4
    if not fits or not is_callable(m, w[at]) or w[w[at + 1] + OB_TYPE] != T_TUPLE or w[w[at + 2] + OB_TYPE] != T_DICT:
        raise m.error(T_TYPE_ERROR, "invalid partial state")
    if w[at + 3] != NONE and w[w[at + 3] + OB_TYPE] != T_DICT:
        raise m.error(T_TYPE_ERROR, "invalid partial state")
    i: i64 = 0
    while i < 4:
        part: i64 = m.words[at + i]
        if i == 3 and part == NONE:
            part = 0
        else:
            incref(m.words, part)
        store(m, m.words, o + PARTIAL_FUNCTION + i, part)
        i += 1


def partial_repr(m: Machine, o: i64) -> i64:
    """functools.partial(function, 1, a=2)."""
    if not m.repr_enter(o):
        return new_str(m, "...")
    try:
        w = m.words
        parts = [host_repr(m, w[o + PARTIAL_FUNCTION])]
        parts += item_texts(m, m.words[o + PARTIAL_ARGS])
        parts += keyword_texts(m, m.words[o + PARTIAL_KEYWORDS])
        return new_str(m, f"{tp_name(m.words, m.words[o + OB_TYPE])}({', '.join(parts)})")
    finally:
        m.repr_leave(o)


def item_texts(m: Machine, t: i64) -> list[str]:
    """The reprs of a tuple's items."""
    texts: list[str] = []
    i: i64 = 0
    while i < m.words[t + OB_SIZE]:
        texts.append(host_repr(m, m.words[t + TUPLE_ITEMS + i]))
        i += 1
    return texts


def keyword_texts(m: Machine, d: i64) -> list[str]:
    """name=value of each entry of a dict of keywords."""
    texts: list[str] = []
    i: i64 = 0
    while i < m.words[d + DICT_NENTRIES]:
        w = m.words
        entry: i64 = w[d + DICT_ENTRIES] + i * ENTRY_WORDS
        if w[entry + ENTRY_KEY] != 0:
            name: i64 = m.str(w[entry + ENTRY_KEY])
            try:
                text = host_str(m, name)
            finally:
                decref(m, m.words, name)
            entry = m.words[d + DICT_ENTRIES] + i * ENTRY_WORDS
            texts.append(f"{text}={host_repr(m, m.words[entry + ENTRY_VALUE])}")
        i += 1
    return texts
