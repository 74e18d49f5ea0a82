"""getattr, setattr, hasattr, delattr, callable.

CPython counterpart: Python/bltinmodule.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TP_FLAGS, TP_SOLID, TPFLAGS_TYPE
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    T_BUILTIN,
    T_FUNCTION,
    T_METHOD,
    T_METHOD_DESCRIPTOR,
    T_STR,
    T_TYPE_ERROR,
)
from minipy.objects import attributes, attributes_set
from minipy.objects.identifiers import ID_CALL
from minipy.objects.longobject import new_bool, none
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import host_str, intern, intern_in_place


def attribute_name(m: Machine, at: i64, function: str) -> i64:
    """The name at `at` as an interned str (owned); TypeError if it is none."""
    o: i64 = m.words[at]
    if m.words[m.words[o + OB_TYPE] + TP_SOLID] != T_STR:
        if function == "getattr":
            raise m.error(T_TYPE_ERROR, f"attribute name must be string, not '{m.type_name(o)}'")
        raise m.error(T_TYPE_ERROR, f"{function}attribute name must be string, not '{m.type_name(o)}'")
    if m.words[o + OB_TYPE] != T_STR:
        return intern(m, host_str(m, o))
    m.words[o] += 1
    return intern_in_place(m, o)


def getattr_of(m: Machine, at: i64, n: i64) -> i64:
    """getattr(o, name[, default])."""
    name: i64 = attribute_name(m, at + 1, "getattr")
    try:
        if n == 2:
            return attributes.get_attr(m, m.words[at], name)
        value: i64 = attributes.find_attr(m, m.words[at], name)
    finally:
        decref(m, m.words, name)
    if value == 0:
        value = m.words[at + 2]
        m.words[value] += 1
    return value


def hasattr_of(m: Machine, at: i64) -> i64:
    """hasattr(o, name)."""
    name: i64 = attribute_name(m, at + 1, "")
    try:
        value: i64 = attributes.find_attr(m, m.words[at], name)
    finally:
        decref(m, m.words, name)
    if value != 0:
        decref(m, m.words, value)
    return new_bool(m.words, value != 0)


def setattr_of(m: Machine, at: i64) -> i64:
    """setattr(o, name, value)."""
    name: i64 = attribute_name(m, at + 1, "")
    try:
        attributes_set.set_attr(m, m.words[at], name, m.words[at + 2])
    finally:
        decref(m, m.words, name)
    return none(m.words)


def delattr_of(m: Machine, at: i64) -> i64:
    """delattr(o, name)."""
    name: i64 = attribute_name(m, at + 1, "")
    try:
        attributes_set.del_attr(m, m.words[at], name)
    finally:
        decref(m, m.words, name)
    return none(m.words)


def is_callable(m: Machine, o: i64) -> bool:
    """callable(o)."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if t == T_FUNCTION or t == T_BUILTIN or t == T_METHOD or t == T_METHOD_DESCRIPTOR:
        return True
    return w[t + TP_FLAGS] & TPFLAGS_TYPE != 0 or attributes.lookup_special(m, o, ID_CALL) != 0
