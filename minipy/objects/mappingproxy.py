"""mappingproxy: a dict (or another mapping) that can be read only, as `__dict__` of a class.

CPython counterpart: mappingproxy of Objects/descrobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TP_SOLID, WRAPPED_FUNCTION
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    NONE,
    T_DICT,
    T_DICT_ITEMS,
    T_DICT_KEYS,
    T_DICT_VALUES,
    T_LIST,
    T_MAPPINGPROXY,
    T_TUPLE,
    T_TYPE_ERROR,
)
from minipy.objects.dict_methods import dict_get_default
from minipy.objects.dictobject import dict_copy
from minipy.objects.dictviews import new_view, reverse_iter
from minipy.objects.identifiers import ID_GETITEM
from minipy.objects.interned import intern
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import host_repr
from minipy.objects.typeobject import name_of_type_of, type_lookup
from minipy.objects.unicodeobject import new_str

PROXY_GET: Final = 0
PROXY_KEYS: Final = 1
PROXY_VALUES: Final = 2
PROXY_ITEMS: Final = 3
PROXY_COPY: Final = 4
PROXY_REVERSED: Final = 5

METHODS: Final = (
    (PROXY_GET, "get", 1, 2, ""),
    (PROXY_KEYS, "keys", 0, 0, ""),
    (PROXY_VALUES, "values", 0, 0, ""),
    (PROXY_ITEMS, "items", 0, 0, ""),
    (PROXY_COPY, "copy", 0, 0, ""),
    (PROXY_REVERSED, "__reversed__", 0, 0, ""),
)
NEW: Final = (1, 1, "")


def new_mappingproxy(m: Machine, d: i64) -> i64:
    """A view of the dict d (borrowed)."""
    o: i64 = gc_alloc(m, T_MAPPINGPROXY)
    w = m.words
    incref(w, d)
    w[o + WRAPPED_FUNCTION] = d
    return o


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """types.MappingProxyType(mapping): anything that can be subscripted, but no list or tuple."""
    w = m.words
    d: i64 = w[at]
    solid: i64 = w[w[d + OB_TYPE] + TP_SOLID]
    if solid == T_LIST or solid == T_TUPLE or type_lookup(w, w[d + OB_TYPE], ID_GETITEM) == 0:
        raise m.error(T_TYPE_ERROR, "mappingproxy() argument must be a mapping, not " + name_of_type_of(m, d))
    return new_mappingproxy(m, d)


def mapping(m: Machine, o: i64) -> i64:
    """The dict behind the proxy, borrowed."""
    return m.words[o + WRAPPED_FUNCTION]


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """A method of mappingproxy."""
    w = m.words
    d: i64 = mapping(m, w[at])
    if w[d + OB_TYPE] != T_DICT:
        return call_own(m, number, d, at, n)
    if number == PROXY_REVERSED:
        return reverse_iter(m, d, T_DICT_KEYS)
    if number == PROXY_GET:
        return dict_get_default(m, d, w[at + 1], w[at + 2] if n > 2 else NONE)
    if number == PROXY_KEYS:
        return new_view(m, T_DICT_KEYS, d)
    if number == PROXY_VALUES:
        return new_view(m, T_DICT_VALUES, d)
    if number == PROXY_ITEMS:
        return new_view(m, T_DICT_ITEMS, d)
    return dict_copy(m, d)


def call_own(m: Machine, number: i64, d: i64, at: i64, n: i64) -> i64:
    """The method of the same name of a mapping that is no plain dict."""
    name: i64 = intern(m, METHODS[int(number)][1])
    method: i64 = 0
    try:
        method = m.get_attribute(d, name)
        if number != PROXY_GET:
            return m.call0(method)
        return m.call2(method, m.words[at + 1], m.words[at + 2] if n > 2 else NONE)
    finally:
        decref(m, m.words, name)
        if method != 0:
            decref(m, m.words, method)


def proxy_repr(m: Machine, o: i64) -> i64:
    """mappingproxy({...})"""
    return new_str(m, "mappingproxy(" + host_repr(m, mapping(m, o)) + ")")
