"""`__init__` and `__call__` of the built-in types, as a program calls them: super().__init__(...), f.__call__(...).

    at: self | arguments ... | dict of keywords, or 0

CPython counterpart: tp_init of the built-in types, type_call of Objects/typeobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    DICT_USED,
    OB_SIZE,
    OB_TYPE,
    TP_FLAGS,
    TPFLAGS_NEW,
    TUPLE_ITEMS,
    WRAPPED_FUNCTION,
)
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    NONE,
    T_BASE_EXCEPTION,
    T_BYTEARRAY,
    T_CLASSMETHOD,
    T_DEQUE,
    T_DICT,
    T_GENERIC_ALIAS,
    T_LIST,
    T_OBJECT,
    T_PROPERTY,
    T_SET,
    T_SIMPLE_NAMESPACE,
    T_STATICMETHOD,
    T_TYPE,
    T_TYPE_ERROR,
    T_WRAPPER,
)
from minipy.memory.words import Raised
from minipy.objects.bytearray_methods import bytearray_init
from minipy.objects.deque_methods import deque_init
from minipy.objects.descrobject import property_init, wrapped_init
from minipy.objects.dict_merge import dict_update
from minipy.objects.excmethods import exception_init
from minipy.objects.genericalias import call_alias
from minipy.objects.identifiers import ID_INIT, ID_NEW
from minipy.objects.listobject import list_clear, list_extend
from minipy.objects.machine import Machine
from minipy.objects.namespaceobject import namespace_init
from minipy.objects.set_methods import set_init
from minipy.objects.tupleobject import new_tuple, tuple_from
from minipy.objects.typecall import object_init
from minipy.objects.typeobject import is_instance_of, name_of_type, type_lookup
from minipy.objects.unicodeerrors import init_fields, is_coding_error


def init_slot(m: Machine, owner: i64, o: i64, at: i64, n: i64) -> None:
    """The built-in `__init__` of the type `owner`; a property's arguments are laid out by name."""
    given: i64 = n - 2
    if owner == T_OBJECT:
        object_init(m, o, at, n)
    elif owner == T_BASE_EXCEPTION:
        exception_init(m, o, at + 1, n - 1)
    elif is_coding_error(owner):
        exception_init(m, o, at + 1, n - 1)
        init_fields(m, o)
    elif owner == T_SIMPLE_NAMESPACE:
        namespace_init(m, o, at, n)
    elif owner == T_DICT:
        at_most(m, owner, given, 1)
        if given == 1:
            dict_update(m, o, m.words[at + 1])
        if m.words[at + n - 1] != 0:
            dict_update(m, o, m.words[at + n - 1])
    elif owner == T_DEQUE:
        deque_init(m, o, at + 1)
    elif owner == T_PROPERTY:
        property_init(m, o, at + 1, n - 1)
    elif owner == T_TYPE:
        type_init(m, at, n)
    elif owner == T_BYTEARRAY:
        bytearray_init(m, o, at + 1, given, m.words[at + n - 1])
    elif owner == T_LIST or owner == T_SET or owner == T_STATICMETHOD or owner == T_CLASSMETHOD:
        argument_init(m, owner, o, at, n)


def argument_init(m: Machine, owner: i64, o: i64, at: i64, n: i64) -> None:
    """`__init__` of those that take one argument: list, set, staticmethod, classmethod."""
    given: i64 = n - 2
    if owner != T_LIST or m.words[m.words[o + OB_TYPE] + TP_FLAGS] & TPFLAGS_NEW == 0:
        no_keywords(m, name_of_type(m, owner), m.words[at + n - 1])
    if owner == T_LIST:
        at_most(m, owner, given, 1)
        list_clear(m, o)
        if given == 1:
            list_extend(m, o, m.words[at + 1])
    elif owner == T_SET:
        at_most(m, owner, given, 1)
        set_init(m, o, at + 1, given)
    elif given != 1:
        raise m.error(T_TYPE_ERROR, name_of_type(m, owner) + " expected 1 argument, got " + str(given))
    else:
        wrapped_init(m, o, at + 1, given)


def type_init(m: Machine, at: i64, n: i64) -> None:
    """type.__init__ only counts its arguments."""
    if n == 3:
        no_keywords(m, "type.__init__", m.words[at + n - 1])
    elif n != 5:
        raise m.error(T_TYPE_ERROR, "type.__init__() takes 1 or 3 arguments")


def no_keywords(m: Machine, name: str, keywords: i64) -> None:
    """TypeError if the dict of keywords (0: none) has entries."""
    if keywords != 0 and m.words[keywords + DICT_USED] > 0:
        raise m.error(T_TYPE_ERROR, name + "() takes no keyword arguments")


def at_most(m: Machine, owner: i64, given: i64, most: i64) -> None:
    """TypeError if more than `most` arguments are given."""
    if given > most:
        text = name_of_type(m, owner) + " expected at most " + str(most) + " argument"
        raise m.error(T_TYPE_ERROR, text + ("" if most == 1 else "s") + ", got " + str(given))


def call_slot_of(m: Machine, owner: i64, at: i64, n: i64) -> i64:
    """The built-in `__call__` of the type `owner`."""
    o: i64 = m.words[at]
    if owner == T_STATICMETHOD:
        o = m.words[o + WRAPPED_FUNCTION]
    keywords: i64 = m.words[at + n - 1]
    args: i64 = tuple_from(m, at + 1, n - 2)
    try:
        if owner == T_TYPE:
            return call_type(m, o, args, keywords)
        if owner == T_GENERIC_ALIAS:
            return call_alias(m, o, args, keywords)
        return m.call_object(o, args, keywords)
    finally:
        decref(m, m.words, args)


def call_type(m: Machine, t: i64, args: i64, keywords: i64) -> i64:
    """type.__call__(t, *args, **keywords), past a metaclass's own `__call__`: `__new__`, then `__init__`."""
    o: i64 = call_new(m, t, args, keywords)
    w = m.words
    init: i64 = type_lookup(w, w[o + OB_TYPE], ID_INIT)
    if not is_instance_of(w, o, t) or (w[init + OB_TYPE] == T_WRAPPER and w[t + TP_FLAGS] & TPFLAGS_NEW == 0):
        return o
    try:
        method: i64 = m.find_special(o, ID_INIT)
        try:
            result: i64 = m.call_object(method, args, keywords)
        finally:
            decref(m, m.words, method)
        if result != NONE:
            text = "__init__() should return None, not '" + m.type_name(result) + "'"
            decref(m, m.words, result)
            raise m.error(T_TYPE_ERROR, text)
    except Raised:
        decref(m, m.words, o)
        raise
    decref(m, m.words, result)
    return o


def call_new(m: Machine, t: i64, args: i64, keywords: i64) -> i64:
    """t.__new__(t, *args, **keywords)."""
    function: i64 = m.get_attribute(t, ID_NEW)
    full: i64 = 0
    try:
        full = prepend(m, t, args)
        return m.call_object(function, full, keywords)
    finally:
        decref(m, m.words, function)
        if full != 0:
            decref(m, m.words, full)


def prepend(m: Machine, first: i64, t: i64) -> i64:
    """(first, *t), owned."""
    n: i64 = m.words[t + OB_SIZE]
    full: i64 = new_tuple(m, n + 1)
    w = m.words
    incref(w, first)
    w[full + TUPLE_ITEMS] = first
    i: i64 = 0
    while i < n:
        incref(w, w[t + TUPLE_ITEMS + i])
        w[full + TUPLE_ITEMS + 1 + i] = w[t + TUPLE_ITEMS + i]
        i += 1
    return full
