"""operator.itemgetter, attrgetter and methodcaller: functions of an object, made of an item, a name or a call.

    GETTER_KIND     GETTER_NAMES                      GETTER_ARGS             GETTER_KEYWORDS
    ITEM            tuple of items
    ATTRIBUTE       tuple of names as given           tuple of their parts    (each a tuple of interned str)
    METHOD          the name                          tuple of arguments      dict or 0

CPython counterpart: itemgetter, attrgetter and methodcaller of Modules/_operator.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    DICT_USED,
    OB_SIZE,
    OB_TYPE,
    TP_DICT,
    TP_FLAGS,
    TPFLAGS_BASETYPE,
    TPFLAGS_SPECIAL,
    TUPLE_ITEMS,
)
from minipy.memory.layout_modules import GETTER_ARGS, GETTER_KEYWORDS, GETTER_KIND, GETTER_NAMES
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_GETTER, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.modules.constants import add_object
from minipy.modules.nativeclass import add_new, check_class, new_class
from minipy.modules.partialclass import item_texts, joined, keyword_texts
from minipy.objects.dictobject import dict_get_str
from minipy.objects.identifiers import ID_CALL
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods, add_methods
from minipy.objects.tuple_methods import tuple_of_names
from minipy.objects.tupleobject import host_repr, new_tuple, tuple_from, tuple_of1, tuple_of2
from minipy.objects.typeobject import name_of_type
from minipy.objects.unicodeobject import host_str, intern_in_place, is_str, new_str

ITEM: Final = 70
ATTRIBUTE: Final = 71
METHOD: Final = 72
CALL_GETTER: Final = 73
REPR: Final = 74
REDUCE: Final = 75
METHODS: Final[Methods] = (
    (CALL_GETTER, "__call__", 0, -1, "**"),
    (REPR, "__repr__", 0, 0, ""),
    (REDUCE, "__reduce__", 0, 0, ""),
)
CLASSES: Final = ((ITEM, "itemgetter", ""), (ATTRIBUTE, "attrgetter", ""), (METHOD, "methodcaller", "**"))


def add_classes(m: Machine, d: i64, family: i64) -> None:
    """Put the three classes into the module's dict."""
    if dict_get_str(m.words, m.words[T_GETTER + TP_DICT], ID_CALL) == 0:
        add_methods(m, T_GETTER, family, METHODS)
        m.words[T_GETTER + TP_FLAGS] |= TPFLAGS_SPECIAL
    for kind, name, parameters in CLASSES:
        t: i64 = new_class(m, T_GETTER, "operator", name)
        add_new(m, t, family, kind, (0, -1, parameters))
        m.words[t + TP_FLAGS] &= ~TPFLAGS_BASETYPE
        add_object(m, d, name, t)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The constructors (the class at `at`) and the methods; see objects/natives.py."""
    if number == CALL_GETTER:
        return call_getter(m, at, n)
    elif number == REPR:
        return getter_repr(m, m.words[at])
    elif number == REDUCE:
        return reduced(m, m.words[at])
    check_class(m, m.words[at], T_GETTER)
    if number == METHOD:
        return new_method_caller(m, at, n)
    if n < 2:
        raise m.error(T_TYPE_ERROR, f"{name_of_type(m, m.words[at])} expected 1 argument, got 0")
    if number == ATTRIBUTE:
        return new_attribute_getter(m, at, n)
    return new_getter(m, m.words[at], ITEM, tuple_from(m, at + 1, n - 1), 0)


# ---------------------------------------------------------------- making them
def new_getter(m: Machine, t: i64, kind: i64, names: i64, args: i64) -> i64:
    """A getter of the class t; takes over names and args (or 0) in any case."""
    try:
        o: i64 = gc_alloc(m, t)
    except Raised:
        decref(m, m.words, names)
        if args != 0:
            decref(m, m.words, args)
        raise
    w = m.words
    w[o + GETTER_KIND] = kind
    w[o + GETTER_NAMES] = names
    w[o + GETTER_ARGS] = args
    return o


def new_attribute_getter(m: Machine, at: i64, n: i64) -> i64:
    """attrgetter(name, ...)."""
    paths: i64 = new_tuple(m, n - 1)
    try:
        i: i64 = 0
        while i < n - 1:
            path: i64 = path_of(m, m.words[at + 1 + i])
            m.words[paths + TUPLE_ITEMS + i] = path
            i += 1
        names: i64 = tuple_from(m, at + 1, n - 1)
    except Raised:
        decref(m, m.words, paths)
        raise
    return new_getter(m, m.words[at], ATTRIBUTE, names, paths)


def path_of(m: Machine, name: i64) -> i64:
    """The parts of a dotted name, a tuple of interned str."""
    if not is_str(m.words, name):
        raise m.error(T_TYPE_ERROR, "attribute name must be a string")
    return tuple_of_names(m, host_str(m, name).split("."))


def new_method_caller(m: Machine, at: i64, n: i64) -> i64:
    """methodcaller(name, *args, **keywords)."""
    w = m.words
    if n < 3:
        raise m.error(T_TYPE_ERROR, "methodcaller needs at least one argument, the method name")
    if not is_str(w, w[at + 1]):
        raise m.error(T_TYPE_ERROR, "method name must be a string")
    args: i64 = tuple_from(m, at + 2, n - 3)
    w = m.words
    incref(w, w[at + 1])
    try:
        name: i64 = intern_in_place(m, w[at + 1])
    except Raised:
        decref(m, m.words, args)
        raise
    o: i64 = new_getter(m, m.words[at], METHOD, name, args)
    w = m.words
    keywords: i64 = w[at + n - 1]
    if keywords != 0 and w[keywords + DICT_USED] > 0:
        incref(w, keywords)
        w[o + GETTER_KEYWORDS] = keywords
    return o


# ---------------------------------------------------------------- using them
def call_getter(m: Machine, at: i64, n: i64) -> i64:
    """o(object)."""
    w = m.words
    o: i64 = w[at]
    if w[at + n - 1] != 0:
        raise m.error(T_TYPE_ERROR, f"{name_of_type(m, w[o + OB_TYPE])}() takes no keyword arguments")
    if n != 3:
        raise m.error(T_TYPE_ERROR, f"{name_of_type(m, w[o + OB_TYPE])} expected 1 argument, got {n - 2}")
    subject: i64 = w[at + 1]
    if w[o + GETTER_KIND] == METHOD:
        return call_method(m, o, subject)
    names: i64 = w[o + GETTER_NAMES]
    count: i64 = w[names + OB_SIZE]
    if count == 1:
        return part(m, o, subject, 0)
    parts: i64 = new_tuple(m, count)
    try:
        i: i64 = 0
        while i < count:
            value: i64 = part(m, o, subject, i)
            m.words[parts + TUPLE_ITEMS + i] = value
            i += 1
    except Raised:
        decref(m, m.words, parts)
        raise
    return parts


def part(m: Machine, o: i64, subject: i64, i: i64) -> i64:
    """The item or attribute number i that the getter wants of the object; owned."""
    w = m.words
    if w[o + GETTER_KIND] == ITEM:
        return m.get_item(subject, w[w[o + GETTER_NAMES] + TUPLE_ITEMS + i])
    path: i64 = w[w[o + GETTER_ARGS] + TUPLE_ITEMS + i]
    value: i64 = m.get_attribute(subject, w[path + TUPLE_ITEMS])
    k: i64 = 1
    while k < m.words[path + OB_SIZE]:
        outer: i64 = value
        try:
            value = m.get_attribute(outer, m.words[path + TUPLE_ITEMS + k])
        finally:
            decref(m, m.words, outer)
        k += 1
    return value


def call_method(m: Machine, o: i64, subject: i64) -> i64:
    """subject.name(*args, **keywords)."""
    method: i64 = m.get_attribute(subject, m.words[o + GETTER_NAMES])
    try:
        w = m.words
        args: i64 = w[o + GETTER_ARGS]
        if w[o + GETTER_KEYWORDS] == 0:
            return m.call(method, args + TUPLE_ITEMS, w[args + OB_SIZE])
        return m.call_object(method, args, w[o + GETTER_KEYWORDS])
    finally:
        decref(m, m.words, method)


def reduced(m: Machine, o: i64) -> i64:
    """o.__reduce__(): the class and its arguments. A methodcaller with keywords cannot be taken apart so."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if w[o + GETTER_KIND] != METHOD:
        return tuple_of2(m, t, w[o + GETTER_NAMES])
    if w[o + GETTER_KEYWORDS] != 0:
        raise m.error(T_TYPE_ERROR, "a methodcaller with keyword arguments cannot be taken apart")
    name: i64 = tuple_of1(m, w[o + GETTER_NAMES])
    made: i64 = 0
    try:
        args: i64 = m.words[o + GETTER_ARGS]
        made = joined(m, name, args + TUPLE_ITEMS, m.words[args + OB_SIZE])
        return tuple_of2(m, t, made)
    finally:
        decref(m, m.words, name)
        if made != 0:
            decref(m, m.words, made)


def getter_repr(m: Machine, o: i64) -> i64:
    """operator.itemgetter(1), operator.methodcaller('name', 2, key=3)."""
    name = f"operator.{name_of_type(m, m.words[o + OB_TYPE])}"
    if not m.repr_enter(o):
        return new_str(m, f"{name}(...)")
    try:
        w = m.words
        if w[o + GETTER_KIND] != METHOD:
            return new_str(m, f"{name}({', '.join(item_texts(m, w[o + GETTER_NAMES]))})")
        texts = [host_repr(m, w[o + GETTER_NAMES])]
        texts += item_texts(m, m.words[o + GETTER_ARGS])
        if m.words[o + GETTER_KEYWORDS] != 0:
            texts += keyword_texts(m, m.words[o + GETTER_KEYWORDS])
        return new_str(m, f"{name}({', '.join(texts)})")
    finally:
        m.repr_leave(o)
