"""The module atexit: functions called when the program ends, the last registered first.

W_ATEXIT owns a list of (function, positional arguments, keyword arguments or None), 0 before the first; None stands
where a registration was taken back.

CPython counterpart: Modules/atexitmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import DICT_USED, LIST_ITEMS, LIST_LENGTH, TUPLE_ITEMS
from minipy.memory.layout_modules import W_ATEXIT
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import NONE, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.objects.listobject import list_append_owned, new_list
from minipy.objects.longobject import new_int, none
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods, add_functions
from minipy.objects.tupleobject import tuple_from, tuple_of3
from minipy.vm.bltin_attributes import is_callable
from minipy.vm.module_families import FAMILY_ATEXIT
from minipy.vm.unraisable import write_unraisable

REGISTER: Final = 1
UNREGISTER: Final = 2
CLEAR: Final = 3
RUN: Final = 4
COUNT: Final = 5

FUNCTIONS: Final[Methods] = (
    (REGISTER, "register", 0, -1, "**"),
    (UNREGISTER, "unregister", 1, 1, ""),
    (CLEAR, "_clear", 0, 0, ""),
    (RUN, "_run_exitfuncs", 0, 0, ""),
    (COUNT, "_ncallbacks", 0, 0, ""),
)


def fill(m: Machine, d: i64) -> None:
    """Put the functions into the module's dict."""
    add_functions(m, d, "atexit", FAMILY_ATEXIT, FUNCTIONS)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of FUNCTIONS; see objects/natives.py."""
    if number == REGISTER:
        return register(m, at, n)
    elif number == COUNT:
        return new_int(m, count(m))
    elif number == UNREGISTER:
        unregister(m, m.words[at])
    elif number == CLEAR:
        store(m, m.words, W_ATEXIT, 0)
    elif number == RUN:
        run_all(m)
    return none(m.words)


def count(m: Machine) -> i64:
    """How many functions are registered."""
    w = m.words
    return 0 if w[W_ATEXIT] == 0 else w[w[W_ATEXIT] + LIST_LENGTH]


def register(m: Machine, at: i64, n: i64) -> i64:
    """register(function, *args, **keywords): the function itself, so that it can be a decorator."""
    if n < 2:
        raise m.error(T_TYPE_ERROR, "register() takes at least 1 argument (0 given)")
    function: i64 = m.words[at]
    if not is_callable(m, function):
        raise m.error(T_TYPE_ERROR, "the first argument must be callable")
    if m.words[W_ATEXIT] == 0:
        functions: i64 = new_list(m, 0)
        m.words[W_ATEXIT] = functions
    keywords: i64 = m.words[at + n - 1]
    args: i64 = tuple_from(m, at + 1, n - 2)
    try:
        entry: i64 = tuple_of3(m, function, args, NONE if keywords == 0 else keywords)
    finally:
        decref(m, m.words, args)
    list_append_owned(m, m.words[W_ATEXIT], entry)
    incref(m.words, function)
    return function


def entry_at(m: Machine, i: i64) -> i64:
    """The word of the list that holds registration i."""
    return m.words[m.words[W_ATEXIT] + LIST_ITEMS] + i


def unregister(m: Machine, function: i64) -> None:
    """Put None in the place of all registrations of what is equal to the function."""
    i: i64 = 0
    while i < count(m):
        entry: i64 = m.words[entry_at(m, i)]
        if entry != NONE:
            incref(m.words, entry)
            try:
                if m.equal(m.words[entry + TUPLE_ITEMS], function) and i < count(m):
                    incref(m.words, NONE)
                    store(m, m.words, entry_at(m, i), NONE)
            finally:
                decref(m, m.words, entry)
        i += 1


def run_all(m: Machine) -> None:
    """Call them from the last to the first, but none registered meanwhile, and forget all; each error is reported."""
    i: i64 = count(m) - 1
    while i >= 0:
        if i < count(m):
            entry: i64 = m.words[entry_at(m, i)]
            incref(m.words, entry)
            if entry != NONE:
                run_one(m, entry)
            decref(m, m.words, entry)
        i -= 1
    store(m, m.words, W_ATEXIT, 0)


def run_one(m: Machine, entry: i64) -> None:
    """Call one function with its arguments."""
    w = m.words
    keywords: i64 = w[entry + TUPLE_ITEMS + 2]
    if keywords == NONE or w[keywords + DICT_USED] == 0:
        keywords = 0
    try:
        decref(m, m.words, m.call_object(w[entry + TUPLE_ITEMS], w[entry + TUPLE_ITEMS + 1], keywords))
    except Raised:
        write_unraisable(m, m.words[entry + TUPLE_ITEMS], "Exception ignored in atexit callback")
