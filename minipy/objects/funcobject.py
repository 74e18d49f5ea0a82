"""Functions: a code object with what a `def` gave it, and the attributes a program sees of it.

    code | globals | defaults | kwdefaults | closure | name | qualname | module | doc | annotations | dict | weaklist

Each of the references but code, globals, name and qualname may be 0, which a program sees as None (or an empty dict).

CPython counterpart: Objects/funcobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_DOC,
    CO_FREEVARS,
    CO_NAME,
    CO_QUALNAME,
    FUNC_ANNOTATIONS,
    FUNC_CLOSURE,
    FUNC_CODE,
    FUNC_DEFAULTS,
    FUNC_DICT,
    FUNC_DOC,
    FUNC_GLOBALS,
    FUNC_KWDEFAULTS,
    FUNC_MODULE,
    FUNC_NAME,
    FUNC_QUALNAME,
    GEN_QUALNAME,
    OB_SIZE,
    OB_TYPE,
    TUPLE_ITEMS,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import NONE, T_ATTRIBUTE_ERROR, T_CODE, T_FUNCTION, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised, vec
from minipy.objects.dictobject import dict_find_str, dict_set_str, is_dict, new_dict
from minipy.objects.dicttable import ENTRY_VALUE
from minipy.objects.identifiers import ID_NAME
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import builtins_of
from minipy.objects.reprs import address_text
from minipy.objects.tupleobject import is_tuple
from minipy.objects.typeobject import name_of_type_of
from minipy.objects.unicodeobject import host_str, is_str, new_str

FUNC_BUILTINS: Final = 0
GETSETS: Final = (
    (FUNC_CODE, "__code__"),
    (FUNC_GLOBALS, "__globals__"),
    (FUNC_DEFAULTS, "__defaults__"),
    (FUNC_KWDEFAULTS, "__kwdefaults__"),
    (FUNC_CLOSURE, "__closure__"),
    (FUNC_NAME, "__name__"),
    (FUNC_QUALNAME, "__qualname__"),
    (FUNC_MODULE, "__module__"),
    (FUNC_DOC, "__doc__"),
    (FUNC_ANNOTATIONS, "__annotations__"),
    (FUNC_DICT, "__dict__"),
    (FUNC_BUILTINS, "__builtins__"),
)
"""Numbered by the word that holds the value, but for the built-ins: those that the globals name."""


def new_function(m: Machine, code: i64, names: i64) -> i64:
    """A function of a code object and its dict of globals (both borrowed), without defaults and closure."""
    f: i64 = gc_alloc(m, T_FUNCTION)
    w = m.words
    share(w, f + FUNC_CODE, code)
    share(w, f + FUNC_GLOBALS, names)
    share(w, f + FUNC_NAME, w[code + CO_NAME])
    share(w, f + FUNC_QUALNAME, w[code + CO_QUALNAME])
    if w[code + CO_DOC] != 0:
        share(w, f + FUNC_DOC, w[code + CO_DOC])
    entry: i64 = dict_find_str(w, names, ID_NAME)
    if entry != 0:
        share(w, f + FUNC_MODULE, w[entry + ENTRY_VALUE])
    return f


def share(w: vec[i64], at: i64, value: i64) -> None:
    """w[at] = a new reference to value; the word held none."""
    incref(w, value)
    w[at] = value


def get(m: Machine, number: i64, o: i64) -> i64:
    """The attribute at the word `number`."""
    w = m.words
    value: i64 = builtins_of(w, w[o + FUNC_GLOBALS]) if number == FUNC_BUILTINS else w[o + number]
    if number == FUNC_ANNOTATIONS and value != 0 and is_tuple(w, value):
        value = annotations_dict(m, value)
        store(m, m.words, o + number, value)
        w = m.words
    if value == 0 and (number == FUNC_ANNOTATIONS or number == FUNC_DICT):
        value = new_dict(m)
        w = m.words
        w[o + number] = value
    if value == 0:
        value = NONE
    incref(w, value)
    return value


def annotations_dict(m: Machine, pairs: i64) -> i64:
    """What MAKE_FUNCTION left, a tuple name, value, name, value ..., as a dict."""
    d: i64 = new_dict(m)
    i: i64 = pairs + TUPLE_ITEMS
    end: i64 = i + m.words[pairs + OB_SIZE]
    try:
        while i < end:
            dict_set_str(m, d, m.words[i], m.words[i + 1])
            i += 2
    except Raised:
        decref(m, m.words, d)
        raise
    return d


def set(m: Machine, number: i64, o: i64, value: i64) -> None:
    """Change the attribute at the word `number`; 0 deletes it where that is allowed."""
    w = m.words
    if number == FUNC_GLOBALS or number == FUNC_CLOSURE or number == FUNC_BUILTINS:
        raise m.error(T_ATTRIBUTE_ERROR, "readonly attribute")
    if value == NONE and number != FUNC_MODULE and number != FUNC_DOC and number != FUNC_NAME:
        value = 0
    check_value(m, number, o, value)
    if value != 0:
        incref(w, value)
    store(m, w, o + number, value)


def check_value(m: Machine, number: i64, o: i64, value: i64) -> None:
    """TypeError or ValueError unless `value` may stand at the word `number`."""
    w = m.words
    if number == FUNC_NAME or number == FUNC_QUALNAME:
        if value == 0 or not is_str(w, value):
            wanted = "__name__" if number == FUNC_NAME else "__qualname__"
            raise m.error(T_TYPE_ERROR, wanted + " must be set to a string object")
    elif number == FUNC_CODE:
        if value == 0 or w[value + OB_TYPE] != T_CODE:
            raise m.error(T_TYPE_ERROR, "__code__ must be set to a code object")
        check_closure(m, o, value)
    elif number == FUNC_DEFAULTS:
        if value != 0 and not is_tuple(w, value):
            raise m.error(T_TYPE_ERROR, "__defaults__ must be set to a tuple object")
    elif number == FUNC_KWDEFAULTS or number == FUNC_ANNOTATIONS:
        if value != 0 and not is_dict(w, value):
            wanted = "__kwdefaults__" if number == FUNC_KWDEFAULTS else "__annotations__"
            raise m.error(T_TYPE_ERROR, wanted + " must be set to a dict object")
    elif number == FUNC_DICT:
        if value == 0 or not is_dict(w, value):
            kind = "NULL" if value == 0 else name_of_type_of(m, value)
            raise m.error(T_TYPE_ERROR, "__dict__ must be set to a dictionary, not a '" + kind + "'")


def check_closure(m: Machine, o: i64, code: i64) -> None:
    """ValueError unless the code has as many free variables as the function has cells."""
    w = m.words
    free: i64 = w[w[code + CO_FREEVARS] + OB_SIZE]
    cells: i64 = 0
    if w[o + FUNC_CLOSURE] != 0:
        cells = w[w[o + FUNC_CLOSURE] + OB_SIZE]
    if free != cells:
        name = host_str(m, w[o + FUNC_NAME])
        raise m.error(
            T_VALUE_ERROR,
            name + "() requires a code object with " + str(cells) + " free vars, not " + str(free),
        )


def generator_repr(m: Machine, o: i64) -> i64:
    """<generator object f at 0x...>"""
    return new_str(m, "<generator object " + host_str(m, m.words[o + GEN_QUALNAME]) + " at " + address_text(o) + ">")


def function_repr(m: Machine, o: i64) -> i64:
    """<function f at 0x...>"""
    return new_str(m, "<function " + host_str(m, m.words[o + FUNC_QUALNAME]) + " at " + address_text(o) + ">")
