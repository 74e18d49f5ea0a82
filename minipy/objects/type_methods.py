"""What a program sees of a class: its attributes, `mro()`, `__subclasses__()`, type(name, bases, dict).

CPython counterpart: type_methods, type_getsets and type_repr of Objects/typeobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    OB_SIZE,
    OB_TYPE,
    TP_BASE,
    TP_BASES,
    TP_BASICSIZE,
    TP_DICT,
    TP_FLAGS,
    TP_ITEMSIZE,
    TP_MODULE,
    TP_MRO,
    TP_NAME,
    TP_NEXT_TYPE,
    TP_QUALNAME,
    TUPLE_ITEMS,
    TYPE_WORDS,
    W_HEAP_TYPES,
    WORD_BYTES,
)
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import FIRST_TYPE, NONE, T_ATTRIBUTE_ERROR, T_STATICMETHOD, T_TYPE, T_TYPE_ERROR, TYPE_COUNT
from minipy.memory.words import Raised, vec
from minipy.objects.dictobject import dict_find_str, dict_set_str, is_dict, new_dict
from minipy.objects.dicttable import ENTRY_VALUE
from minipy.objects.identifiers import ID_ANNOTATIONS, ID_DOC, ID_MODULE, ID_NEW, NAME_BUILTINS
from minipy.objects.listobject import list_append, list_from, new_list
from minipy.objects.longobject import new_bool, new_int
from minipy.objects.machine import Machine
from minipy.objects.mappingproxy import new_mappingproxy
from minipy.objects.mro import make_mro
from minipy.objects.natives import name_in
from minipy.objects.object_methods import type_dir
from minipy.objects.reprs import full_type_name
from minipy.objects.tupleobject import is_tuple, new_tuple
from minipy.objects.typebases import set_bases
from minipy.objects.typebuild import build_type, calculate_metaclass
from minipy.objects.typedoc import type_doc
from minipy.objects.typeobject import (
    is_heap_type,
    is_instance_of,
    is_subtype,
    is_type,
    name_of_type,
    name_of_type_of,
    type_lookup,
    type_modified,
    type_of,
)
from minipy.objects.unicodeobject import is_str, new_str

TYPE_MRO: Final = 0
TYPE_SUBCLASSES: Final = 1
TYPE_INSTANCECHECK: Final = 2
TYPE_SUBCLASSCHECK: Final = 3
TYPE_DIR: Final = 4
TYPE_PREPARE: Final = 5
GET_NAME: Final = 20
GET_QUALNAME: Final = 21
GET_MODULE: Final = 22
GET_BASES: Final = 23
GET_MRO: Final = 24
GET_DICT: Final = 25
GET_DOC: Final = 26
GET_BASE: Final = 27
GET_ANNOTATIONS: Final = 28
GET_FLAGS: Final = 29
GET_BASICSIZE: Final = 30
GET_ITEMSIZE: Final = 31

METHODS: Final = (
    (TYPE_MRO, "mro", 0, 0, ""),
    (TYPE_SUBCLASSES, "__subclasses__", 0, 0, ""),
    (TYPE_INSTANCECHECK, "__instancecheck__", 1, 1, ""),
    (TYPE_SUBCLASSCHECK, "__subclasscheck__", 1, 1, ""),
    (TYPE_DIR, "__dir__", 0, 0, ""),
)
CLASS_METHODS: Final = ((TYPE_PREPARE, "__prepare__", 0, -1, "**"),)
GETSETS: Final[tuple[tuple[int, str], ...]] = (
    (GET_NAME, "__name__"),
    (GET_QUALNAME, "__qualname__"),
    (GET_MODULE, "__module__"),
    (GET_BASES, "__bases__"),
    (GET_MRO, "__mro__"),
    (GET_DICT, "__dict__"),
    (GET_DOC, "__doc__"),
    (GET_BASE, "__base__"),
    (GET_ANNOTATIONS, "__annotations__"),
    (GET_FLAGS, "__flags__"),
    (GET_BASICSIZE, "__basicsize__"),
    (GET_ITEMSIZE, "__itemsize__"),
)
NEW: Final = (0, 3, "**")


# ---------------------------------------------------------------- type(x), type(name, bases, dict)
def new(m: Machine, meta: i64, at: i64, n: i64) -> i64:
    """type.__new__: name, bases, namespace (0 where not given) and the dict of keywords, or 0."""
    w = m.words
    if w[at] != 0 and w[at + 1] == 0 and meta == T_TYPE:
        t: i64 = type_of(w, w[at])
        incref(w, t)
        return t
    if w[at + 2] == 0:
        raise m.error(T_TYPE_ERROR, wrong_count(w, meta, at))
    check_argument(m, is_str(w, w[at]), 1, "str", w[at])
    check_argument(m, is_tuple(w, w[at + 1]), 2, "tuple", w[at + 1])
    check_argument(m, is_dict(w, w[at + 2]), 3, "dict", w[at + 2])
    winner: i64 = calculate_metaclass(m, meta, w[at + 1])
    if winner != meta:
        own: i64 = type_lookup(m.words, winner, ID_NEW)
        if m.words[own + OB_TYPE] == T_STATICMETHOD:
            return call_other_new(m, winner, at)
    return build_type(m, winner, w[at], w[at + 1], w[at + 2], w[at + 3])


def wrong_count(w: vec[i64], meta: i64, at: i64) -> str:
    """What is wrong with fewer than three arguments for type or a metaclass."""
    if meta == T_TYPE:
        return "type() takes 1 or 3 arguments"
    given = "0" if w[at] == 0 else ("1" if w[at + 1] == 0 else "2")
    return "type.__new__() takes exactly 3 arguments (" + given + " given)"


def check_argument(m: Machine, fits: bool, number: int, wanted: str, o: i64) -> None:
    """TypeError unless an argument of type.__new__ fits."""
    if not fits:
        text = "type.__new__() argument " + str(number) + " must be " + wanted + ", not " + name_of_type_of(m, o)
        raise m.error(T_TYPE_ERROR, text)


def call_other_new(m: Machine, meta: i64, at: i64) -> i64:
    """The `__new__` of the more derived metaclass of a base, which decides instead."""
    function: i64 = m.get_attribute(meta, ID_NEW)
    args: i64 = 0
    try:
        args = new_tuple(m, 4)
        w = m.words
        incref(w, meta)
        w[args + TUPLE_ITEMS] = meta
        i: i64 = 0
        while i < 3:
            incref(w, w[at + i])
            w[args + TUPLE_ITEMS + 1 + i] = w[at + i]
            i += 1
        return m.call_object(function, args, w[at + 3])
    finally:
        decref(m, m.words, function)
        if args != 0:
            decref(m, m.words, args)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """A method of type."""
    w = m.words
    t: i64 = w[at]
    if number == TYPE_MRO:
        return linear_order(m, t)
    if number == TYPE_SUBCLASSES:
        return subclasses(m, t)
    if number == TYPE_INSTANCECHECK:
        return new_bool(w, is_instance_of(w, w[at + 1], t))
    if number == TYPE_SUBCLASSCHECK:
        return new_bool(w, is_type(w, w[at + 1]) and is_subtype(w, w[at + 1], t))
    if number == TYPE_DIR:
        return type_dir(m, t)
    return new_dict(m)


def linear_order(m: Machine, t: i64) -> i64:
    """type.mro(t): the list of t's order as its bases give it."""
    order: i64 = make_mro(m, t, m.words[t + TP_BASES])
    try:
        return list_from(m, order + TUPLE_ITEMS, m.words[order + OB_SIZE])
    finally:
        decref(m, m.words, order)


def subclasses(m: Machine, t: i64) -> i64:
    """The list of classes with t among their bases, in the order they were made."""
    result: i64 = new_list(m, 0)
    try:
        i: i64 = 0
        while i < TYPE_COUNT:
            append_if_derived(m, result, FIRST_TYPE + i * TYPE_WORDS, t)
            i += 1
        found: list[int] = []
        h: i64 = m.words[W_HEAP_TYPES]
        while h != 0:
            found.append(int(h))
            h = m.words[h + TP_NEXT_TYPE]
        found.reverse()
        for one in found:
            append_if_derived(m, result, one, t)
    except Raised:
        decref(m, m.words, result)
        raise
    return result


def append_if_derived(m: Machine, result: i64, h: i64, t: i64) -> None:
    """Append the class h if t is one of its bases."""
    w = m.words
    bases: i64 = w[h + TP_BASES]
    i: i64 = bases + TUPLE_ITEMS
    end: i64 = i + w[bases + OB_SIZE]
    while i < end:
        if w[i] == t:
            list_append(m, result, h)
            return
        i += 1


# ---------------------------------------------------------------- attributes
def get(m: Machine, number: i64, t: i64) -> i64:
    """An attribute of the class t."""
    w = m.words
    if number == GET_DICT:
        return new_mappingproxy(m, w[t + TP_DICT])
    if number == GET_DOC:
        return type_doc(m, t)
    if number == GET_ANNOTATIONS:
        return class_annotations(m, t)
    if number == GET_FLAGS:
        return new_int(m, w[t + TP_FLAGS])
    if number == GET_BASICSIZE:
        return new_int(m, w[t + TP_BASICSIZE] * WORD_BYTES)
    if number == GET_ITEMSIZE:
        return new_int(m, w[t + TP_ITEMSIZE] * WORD_BYTES)
    value: i64 = type_word(m, number, t)
    if value == 0:
        value = NONE
    incref(w, value)
    return value


def type_word(m: Machine, number: i64, t: i64) -> i64:
    """An attribute that lies in the type object, borrowed, or 0."""
    w = m.words
    if number == GET_NAME:
        return w[t + TP_NAME]
    if number == GET_QUALNAME:
        return w[t + TP_QUALNAME]
    if number == GET_BASES:
        return w[t + TP_BASES]
    if number == GET_MRO:
        return w[t + TP_MRO]
    if number == GET_BASE:
        return w[t + TP_BASE]
    if is_heap_type(w, t):
        entry: i64 = dict_find_str(w, w[t + TP_DICT], ID_MODULE)
        return w[entry + ENTRY_VALUE] if entry != 0 else 0
    if w[t + TP_MODULE] == 0:
        return NAME_BUILTINS
    return w[t + TP_MODULE]


def class_annotations(m: Machine, t: i64) -> i64:
    """t.__annotations__; a class without annotations gets an empty dict."""
    w = m.words
    if not is_heap_type(w, t):
        text = "type object '" + name_of_type(m, t) + "' has no attribute '__annotations__'"
        raise m.error(T_ATTRIBUTE_ERROR, text)
    entry: i64 = dict_find_str(w, w[t + TP_DICT], ID_ANNOTATIONS)
    if entry != 0:
        incref(w, w[entry + ENTRY_VALUE])
        return w[entry + ENTRY_VALUE]
    d: i64 = new_dict(m)
    dict_set_str(m, m.words[t + TP_DICT], ID_ANNOTATIONS, d)
    return d


def set(m: Machine, number: i64, t: i64, value: i64) -> None:
    """__name__, __qualname__, __module__, __doc__, __annotations__ and __bases__ of a program's class can be set."""
    w = m.words
    if not is_heap_type(w, t):
        raise immutable(m, "cannot set '", number, t)
    if value == 0 and number == GET_DOC:
        raise immutable(m, "cannot delete '", number, t)
    if number == GET_NAME or number == GET_QUALNAME:
        set_name(m, number, t, value)
    elif number == GET_MODULE and value != 0:
        incref(w, value)
        store(m, w, t + TP_MODULE, value)
        dict_set_str(m, m.words[t + TP_DICT], ID_MODULE, value)
    elif number == GET_DOC:
        dict_set_str(m, w[t + TP_DICT], ID_DOC, value)
    elif number == GET_ANNOTATIONS and value != 0:
        dict_set_str(m, w[t + TP_DICT], ID_ANNOTATIONS, value)
    elif number == GET_BASES:
        set_bases(m, t, value)
    elif number == GET_MRO or number == GET_BASE or number >= GET_FLAGS:
        raise m.error(T_ATTRIBUTE_ERROR, "readonly attribute")
    else:
        text = "attribute '" + name_in(GETSETS, number) + "' of 'type' objects is not writable"
        raise m.error(T_ATTRIBUTE_ERROR, text)
    type_modified(m.words, t)


def immutable(m: Machine, wrong: str, number: i64, t: i64) -> Raised:
    """TypeError of an attribute that cannot be set or deleted."""
    text = wrong + name_in(GETSETS, number) + "' attribute of immutable type '" + name_of_type(m, t) + "'"
    return m.error(T_TYPE_ERROR, text)


def set_name(m: Machine, number: i64, t: i64, value: i64) -> None:
    """t.__name__ or t.__qualname__ = value."""
    name = name_in(GETSETS, number)
    if value == 0:
        raise m.error(T_TYPE_ERROR, "cannot delete '" + name + "' attribute of type '" + name_of_type(m, t) + "'")
    if not is_str(m.words, value):
        text = "can only assign string to " + name_of_type(m, t) + "." + name + ", not '"
        raise m.error(T_TYPE_ERROR, text + name_of_type_of(m, value) + "'")
    incref(m.words, value)
    store(m, m.words, t + (TP_NAME if number == GET_NAME else TP_QUALNAME), value)


def type_repr(m: Machine, t: i64) -> i64:
    """<class 'module.X'>"""
    return new_str(m, "<class '" + full_type_name(m, t) + "'>")
