"""LOAD_ATTR, STORE_ATTR and LOAD_METHOD when their inline caches do not answer, and the filling of these caches.

    LOAD_ATTR, STORE_ATTR   type version | index among the instance's inline values
    LOAD_ATTR               type version | CLASS_VALUE + a value of the class (borrowed) that no instance hides
    LOAD_METHOD             type version | the function (borrowed); negated if it must be checked that the instance
                                           has no dict of its own, which may hide the method

A type's version changes with every change of what its attributes mean (objects/typeobject.py), so a function or index
found once is right while the version is. Cache words start as -1, a version no type has.

CPython counterpart: Python/specialize.c (LOAD_ATTR_INSTANCE_VALUE, STORE_ATTR_INSTANCE_VALUE, LOAD_METHOD_*).
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    INSTANCE_DICT,
    INSTANCE_VALUES,
    OB_TYPE,
    TP_DICTOFFSET,
    TP_FLAGS,
    TP_VALUES,
    TP_VERSION,
    TPFLAGS_GETATTRIBUTE,
    TPFLAGS_SETATTR,
    W_SP,
)
from minipy.memory.refcount import decref
from minipy.memory.statics import T_FUNCTION, T_METHOD_DESCRIPTOR
from minipy.memory.words import vec
from minipy.objects import attributes, classobject
from minipy.objects.attributes import is_descriptor
from minipy.objects.attributes_set import set_attr
from minipy.objects.classobject import attribute_index, key_index
from minipy.objects.machine import Machine
from minipy.objects.typeobject import type_lookup, type_version

CLASS_VALUE: Final = 1 << 48
"""Beyond any index and any address."""


def has_plain_values(w: vec[i64], o: i64) -> bool:
    """May the attributes of o's type be remembered by index: inline values, no program-defined access?"""
    t: i64 = w[o + OB_TYPE]
    return w[t + TP_VALUES] == INSTANCE_VALUES and w[t + TP_FLAGS] & (TPFLAGS_GETATTRIBUTE | TPFLAGS_SETATTR) == 0


def remember(w: vec[i64], o: i64, index: i64, pc: i64) -> None:
    """Fill the cache words at `pc`: instances of o's type keep the attribute at `index` of their inline values."""
    w[pc + 1] = index
    w[pc] = type_version(w, w[o + OB_TYPE])


def load_attribute(m: Machine, o: i64, name: i64, pc: i64) -> i64:
    """o.name, owned."""
    w = m.words
    if has_plain_values(w, o):
        value: i64 = cached_class_value(w, o, pc)
        if value == 0:
            value = find_and_remember(w, o, name, pc)
        if value != 0:
            w[value] += 1
            return value
    return attributes.get_attr(m, o, name)


def cached_class_value(w: vec[i64], o: i64, pc: i64) -> i64:
    """What the cache words at `pc` know of o's class, borrowed; 0: nothing, or o may have an attribute of its own."""
    value: i64 = w[pc + 1] - CLASS_VALUE
    if value > 0 and w[pc] == w[w[o + OB_TYPE] + TP_VERSION] and w[o + INSTANCE_DICT] == 0:
        return value
    return 0


def find_and_remember(w: vec[i64], o: i64, name: i64, pc: i64) -> i64:
    """An inline value of o, or a value of its class that is no descriptor, borrowed; 0: it is something else.

    A class loses its version when its instances get a name of its own (classobject.add_key).
    """
    t: i64 = w[o + OB_TYPE]
    found: i64 = type_lookup(w, t, name)
    if found == 0:
        index: i64 = attribute_index(w, o, name)
        if index < 0:
            return 0
        remember(w, o, index, pc)
        return w[w[o + INSTANCE_VALUES] + index]
    if is_descriptor(w, found) or key_index(w, t, name) >= 0 or w[o + INSTANCE_DICT] != 0:
        return 0
    remember(w, o, CLASS_VALUE + found, pc)
    return found


def replace_by_attribute(m: Machine, name: i64, pc: i64, sp: i64) -> None:
    """LOAD_ATTR: the object on top of the stack gives way to its attribute."""
    w = m.words
    o: i64 = w[sp - 1]
    value: i64 = load_attribute(m, o, name, pc)
    w = m.words
    w[sp - 1] = value
    decref(m, w, o)


def store_attribute(m: Machine, name: i64, pc: i64, sp: i64) -> i64:
    """STORE_ATTR: pops the value and the object above it; returns the new sp."""
    w = m.words
    o: i64 = w[sp - 1]
    value: i64 = w[sp - 2]
    if has_plain_values(w, o) and type_lookup(w, w[o + OB_TYPE], name) == 0:
        index: i64 = classobject.store_attribute(m, o, name, value)
        if index >= 0:
            remember(m.words, o, index, pc)
    else:
        set_attr(m, o, name, value)
    w = m.words
    w[W_SP] = sp - 2
    decref(m, w, value)
    decref(m, m.words, o)
    return sp - 2


def load_method(m: Machine, at: i64, name: i64, pc: i64) -> None:
    """LOAD_METHOD: the object at `at` gives way to function and self, or 0 and the attribute."""
    w = m.words
    o: i64 = w[at]
    t: i64 = w[o + OB_TYPE]
    attributes.load_method(m, at, name)
    w = m.words
    function: i64 = w[at]
    if function == 0 or w[at + 1] != o or w[t + TP_FLAGS] & TPFLAGS_GETATTRIBUTE != 0:
        return
    kind: i64 = w[function + OB_TYPE]
    if kind != T_FUNCTION and kind != T_METHOD_DESCRIPTOR:
        return
    if w[t + TP_VALUES] == INSTANCE_VALUES:
        w[pc + 1] = 0 - function
    elif w[t + TP_DICTOFFSET] == 0:
        w[pc + 1] = function
    else:
        return
    w[pc] = type_version(w, t)
