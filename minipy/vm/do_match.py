"""Instructions of the match statement: what kind of thing the subject is, and its parts for the sub-patterns.

    GET_LEN         subject             -- subject length
    MATCH_MAPPING   subject             -- subject bool          dict, mappingproxy and classes derived from them
    MATCH_SEQUENCE  subject             -- subject bool          list, tuple, range and classes derived from them
                                                                 or whatever collections.abc says is one
    MATCH_KEYS      subject keys        -- subject keys values   a tuple, or None: a key is missing
    MATCH_CLASS     subject class names -- attributes            a tuple, or None: no instance, or one is missing

On an error the operands are still on the stack.

CPython counterpart: match_keys, match_class and match_class_attr in Python/ceval.c; the flag _Py_TPFLAGS_MATCH_SELF is
TP_SOLID here.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, OB_TYPE, TP_FLAGS, TP_SOLID, TUPLE_ITEMS, W_SP
from minipy.memory.layout_modules import TPFLAGS_MAPPING, TPFLAGS_SEQUENCE
from minipy.memory.objalloc import new_object
from minipy.memory.refcount import decref, incref, xdecref
from minipy.memory.statics import (
    T_BIGINT,
    T_BOOL,
    T_BYTEARRAY,
    T_BYTES,
    T_DICT,
    T_FLOAT,
    T_FROZENSET,
    T_INT,
    T_LIST,
    T_OBJECT,
    T_SET,
    T_STR,
    T_TUPLE,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised, vec
from minipy.objects import abstract_type, attributes
from minipy.objects.dictobject import dict_get
from minipy.objects.identifiers import ID_MATCH_ARGS
from minipy.objects.interned import intern
from minipy.objects.longobject import new_bool, new_int, none
from minipy.objects.machine import Machine
from minipy.objects.setobject import new_set, set_add, set_contains
from minipy.objects.tupleobject import host_repr, new_tuple
from minipy.objects.typeobject import is_type, name_of_type
from minipy.objects.unicodeobject import host_str
from minipy.vm.frame import replace_top


def push(m: Machine, sp: i64, value: i64) -> i64:
    """Push `value` (stolen)."""
    w = m.words
    w[sp] = value
    w[W_SP] = sp + 1
    return sp + 1


def get_len(m: Machine, sp: i64) -> i64:
    """GET_LEN."""
    return push(m, sp, new_int(m, m.length(m.words[sp - 1])))


def match_mapping(m: Machine, sp: i64) -> i64:
    """MATCH_MAPPING."""
    w = m.words
    return push(m, sp, new_bool(w, w[w[w[sp - 1] + OB_TYPE] + TP_FLAGS] & TPFLAGS_MAPPING != 0))


def match_sequence(m: Machine, sp: i64) -> i64:
    """MATCH_SEQUENCE."""
    w = m.words
    return push(m, sp, new_bool(w, w[w[w[sp - 1] + OB_TYPE] + TP_FLAGS] & TPFLAGS_SEQUENCE != 0))


def shared_none(w: vec[i64]) -> i64:
    """None, owned."""
    return none(w)


# ---------------------------------------------------------------- mappings
def match_keys(m: Machine, sp: i64) -> i64:
    """MATCH_KEYS."""
    w = m.words
    subject: i64 = w[sp - 2]
    keys: i64 = w[sp - 1]
    n: i64 = w[keys + OB_SIZE]
    method: i64 = 0
    if n > 0 and w[subject + OB_TYPE] != T_DICT:
        method = get_method(m, subject)
    seen: i64 = 0
    values: i64 = 0
    try:
        seen = new_set(m, T_SET)
        values = new_tuple(m, n)
        if not fill_values(m, subject, method, keys, seen, values):
            decref(m, m.words, values)
            values = shared_none(m.words)
    except Raised:
        xdecref(m, m.words, values)
        raise
    finally:
        xdecref(m, m.words, seen)
        xdecref(m, m.words, method)
    return push(m, sp, values)


def get_method(m: Machine, subject: i64) -> i64:
    """subject.get, owned."""
    name: i64 = intern(m, "get")
    try:
        return attributes.get_attr(m, subject, name)
    finally:
        decref(m, m.words, name)


def fill_values(m: Machine, subject: i64, method: i64, keys: i64, seen: i64, values: i64) -> bool:
    """Put the subject's values for the keys into the tuple; False if one is missing."""
    i: i64 = TUPLE_ITEMS
    end: i64 = TUPLE_ITEMS + m.words[keys + OB_SIZE]
    while i < end:
        key: i64 = m.words[keys + i]
        if set_contains(m, seen, key):
            raise m.error(T_VALUE_ERROR, f"mapping pattern checks duplicate key ({host_repr(m, key)})")
        set_add(m, seen, key)
        value: i64 = mapping_value(m, subject, method, key)
        if value == 0:
            return False
        m.words[values + i] = value
        i += 1
    return True


def mapping_value(m: Machine, subject: i64, method: i64, key: i64) -> i64:
    """The value of a key, owned; 0 if it is missing. method: the subject's `get`, 0 for a dict."""
    if method == 0:
        value: i64 = dict_get(m, subject, key)
        if value != 0:
            incref(m.words, value)
        return value
    missing: i64 = new_object(m, T_OBJECT)
    try:
        value = m.call2(method, key, missing)
        if value == missing:
            decref(m, m.words, value)
            value = 0
    finally:
        decref(m, m.words, missing)
    return value


# ---------------------------------------------------------------- classes
def match_class(m: Machine, n: i64, sp: i64) -> i64:
    """MATCH_CLASS with n positional sub-patterns and a tuple of the names of the others."""
    w = m.words
    subject: i64 = w[sp - 3]
    t: i64 = w[sp - 2]
    if not is_type(w, t):
        raise m.error(T_TYPE_ERROR, "called match pattern must be a type")
    if not abstract_type.is_instance(m, subject, t):
        return replace_top(m, sp, 3, shared_none(m.words))
    names: i64 = m.words[sp - 1]
    values: i64 = new_tuple(m, n + m.words[names + OB_SIZE])
    seen: list[str] = []
    try:
        found: bool = n == 0 or fill_positional(m, subject, t, n, values, seen)
        if not found or not fill_named(m, subject, t, names, values + TUPLE_ITEMS + n, seen):
            decref(m, m.words, values)
            values = shared_none(m.words)
    except Raised:
        decref(m, m.words, values)
        raise
    return replace_top(m, sp, 3, values)


def matches_self(w: vec[i64], t: i64) -> bool:
    """Is a single positional sub-pattern of the class t about the subject itself?"""
    solid: i64 = w[t + TP_SOLID]
    if solid == T_INT or solid == T_BIGINT or solid == T_BOOL or solid == T_FLOAT or solid == T_STR:
        return True
    if solid == T_BYTES or solid == T_BYTEARRAY or solid == T_FROZENSET:
        return True
    return solid == T_LIST or solid == T_TUPLE or solid == T_DICT or solid == T_SET


def fill_positional(m: Machine, subject: i64, t: i64, n: i64, values: i64, seen: list[str]) -> bool:
    """Put the attributes that `t.__match_args__` names for n positional sub-patterns into the tuple `values`."""
    names: i64 = attributes.find_attr(m, t, ID_MATCH_ARGS)
    try:
        w = m.words
        itself: bool = names == 0 and matches_self(w, t)
        if names != 0 and w[names + OB_TYPE] != T_TUPLE:
            text = f"{name_of_type(m, t)}.__match_args__ must be a tuple (got {m.type_name(names)})"
            raise m.error(T_TYPE_ERROR, text)
        allowed: i64 = 1 if itself else 0
        if names != 0:
            allowed = w[names + OB_SIZE]
        if allowed < n:
            plural = "" if allowed == 1 else "s"
            text = f"{name_of_type(m, t)}() accepts {allowed} positional sub-pattern{plural} ({n} given)"
            raise m.error(T_TYPE_ERROR, text)
        if not itself:
            return fill_attributes(m, subject, t, names, n, values + TUPLE_ITEMS, seen)
        incref(w, subject)
        w[values + TUPLE_ITEMS] = subject
        return True
    finally:
        xdecref(m, m.words, names)


def fill_named(m: Machine, subject: i64, t: i64, names: i64, at: i64, seen: list[str]) -> bool:
    """Put the attributes of the named sub-patterns into the words at `at`."""
    return fill_attributes(m, subject, t, names, m.words[names + OB_SIZE], at, seen)


def fill_attributes(m: Machine, subject: i64, t: i64, names: i64, n: i64, at: i64, seen: list[str]) -> bool:
    """Put the attributes with the first n names of a tuple into the words at `at`; False if one is missing."""
    i: i64 = 0
    while i < n:
        name: i64 = m.words[names + TUPLE_ITEMS + i]
        if m.words[name + OB_TYPE] != T_STR:
            raise m.error(T_TYPE_ERROR, f"__match_args__ elements must be strings (got {m.type_name(name)})")
        text = host_str(m, name)
        if text in seen:
            message = f"{name_of_type(m, t)}() got multiple sub-patterns for attribute {host_repr(m, name)}"
            raise m.error(T_TYPE_ERROR, message)
        seen.append(text)
        value: i64 = named_attribute(m, subject, text)
        if value == 0:
            return False
        m.words[at + i] = value
        i += 1
    return True


def named_attribute(m: Machine, subject: i64, name: str) -> i64:
    """The subject's attribute, owned; 0 if it has none."""
    interned: i64 = intern(m, name)
    try:
        return attributes.find_attr(m, subject, interned)
    finally:
        decref(m, m.words, interned)
