"""The str and repr of exceptions, each kind in its own words.

CPython counterpart: the tp_str and tp_repr functions of Objects/exceptions.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    EXC_ARGS,
    EXC_EXTRA,
    EXC_VALUE,
    OB_SIZE,
    OB_TYPE,
    TUPLE_ITEMS,
)
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    NONE,
    T_BASE_EXCEPTION_GROUP,
    T_KEY_ERROR,
    T_OS_ERROR,
    T_SYNTAX_ERROR,
    T_UNICODE_ERROR,
)
from minipy.objects.longobject import host_int, is_int
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import host_repr
from minipy.objects.typeobject import is_subtype, name_of_type_of
from minipy.objects.unicodeerrors import coding_error_str
from minipy.objects.unicodeobject import host_str, is_str, new_str


# ---------------------------------------------------------------- str
def exception_str(m: Machine, e: i64) -> i64:
    """str(e), in the words of e's kind."""
    w = m.words
    t: i64 = w[e + OB_TYPE]
    args: i64 = w[e + EXC_ARGS]
    n: i64 = w[args + OB_SIZE]
    if n == 1 and is_subtype(w, t, T_KEY_ERROR):
        return m.repr(w[args + TUPLE_ITEMS])
    if n == 2 and is_subtype(w, t, T_OS_ERROR):
        return os_error_str(m, e, args)
    if n > 0 and is_subtype(w, t, T_SYNTAX_ERROR):
        return syntax_error_str(m, e)
    if w[e + EXC_EXTRA] != 0 and is_subtype(w, t, T_UNICODE_ERROR):
        return coding_error_str(m, e)
    if n == 2 and is_subtype(w, t, T_BASE_EXCEPTION_GROUP):
        return group_str(m, e)
    if n == 1:
        return m.str(w[args + TUPLE_ITEMS])
    if n > 1:
        return m.str(args)
    return new_str(m, "")


def host_str_of(m: Machine, o: i64) -> str:
    """str(o) as host text."""
    text: i64 = m.str(o)
    result = host_str(m, text)
    decref(m, m.words, text)
    return result


def os_error_str(m: Machine, e: i64, args: i64) -> i64:
    """[Errno 2] No such file or directory: 'name', perhaps -> 'second name'"""
    text = "[Errno " + host_str_of(m, m.words[args + TUPLE_ITEMS]) + "] "
    text += host_str_of(m, m.words[args + TUPLE_ITEMS + 1])
    name: i64 = m.words[e + EXC_VALUE]
    if name != 0 and name != NONE:
        text += ": " + host_repr(m, name)
        second: i64 = m.words[e + EXC_EXTRA]
        if second != 0 and second != NONE:
            text += " -> " + host_repr(m, second)
    return new_str(m, text)


def syntax_error_str(m: Machine, e: i64) -> i64:
    """message (file, line 3)"""
    w = m.words
    text = host_str_of(m, w[e + EXC_VALUE])
    details: i64 = w[e + EXC_EXTRA]
    if details == 0 or w[details + OB_SIZE] < 2:
        return new_str(m, text)
    file: i64 = w[details + TUPLE_ITEMS]
    line: i64 = w[details + TUPLE_ITEMS + 1]
    place = ""
    if is_str(w, file):
        place = host_str(m, file).split("/")[-1]
    if is_int(w, line):
        place += (", " if place != "" else "") + "line " + str(host_int(m, line))
    if place == "":
        return new_str(m, text)
    return new_str(m, text + " (" + place + ")")


def group_str(m: Machine, e: i64) -> i64:
    """message (2 sub-exceptions)"""
    w = m.words
    n: i64 = w[w[e + EXC_EXTRA] + OB_SIZE] if w[e + EXC_EXTRA] != 0 else 0
    text = host_str_of(m, w[e + EXC_VALUE]) + " (" + str(n) + " sub-exception"
    return new_str(m, text + ("s)" if n != 1 else ")"))


# ---------------------------------------------------------------- repr
def exception_repr(m: Machine, e: i64) -> i64:
    """Name('argument'), Name(1, 2)"""
    args: i64 = m.words[e + EXC_ARGS]
    if m.words[args + OB_SIZE] == 1:
        text = "(" + host_repr(m, m.words[args + TUPLE_ITEMS]) + ")"
    else:
        text = host_repr(m, args)
    return new_str(m, name_of_type_of(m, e) + text)
