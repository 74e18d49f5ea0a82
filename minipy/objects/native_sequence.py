"""The built-in types' lengths, subscripts, membership and iteration, chosen by TP_SOLID.

CPython counterpart: the sq_* and mp_* slots, tp_iter and tp_iternext of the built-in types.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import LIST_LENGTH, OB_SIZE, WRAPPED_FUNCTION
from minipy.memory.layout_modules import DEQUE_LENGTH
from minipy.memory.refcount import incref
from minipy.memory.statics import (
    T_BYTEARRAY,
    T_BYTES,
    T_DEQUE,
    T_DICT,
    T_DICT_ITEMS,
    T_DICT_KEYS,
    T_DICT_VALUES,
    T_FROZENSET,
    T_GENERATOR,
    T_GENERIC_ALIAS,
    T_ITERTOOL,
    T_LIST,
    T_LIST_ITERATOR,
    T_MAPPINGPROXY,
    T_RANGE,
    T_SET,
    T_STR,
    T_TUPLE,
    T_UNION,
)
from minipy.objects.bytearrayobject import bytearray_del_item, bytearray_get_item, bytearray_set_item
from minipy.objects.bytesobject import bytes_contains, bytes_get_item, bytes_length
from minipy.objects.deque_sequence import deque_contains, deque_del_item, deque_get_item, deque_set_item
from minipy.objects.dict_methods import dict_contains, dict_del_item, dict_get_item, dict_set_item
from minipy.objects.dictobject import dict_length
from minipy.objects.dictviews import view_contains, view_length
from minipy.objects.genericalias import alias_get_item, alias_iter
from minipy.objects.iterobject import iter_native, next_native
from minipy.objects.list_slice import list_del_item, list_get_item, list_set_item
from minipy.objects.listobject import list_contains
from minipy.objects.machine import Machine
from minipy.objects.range_methods import range_contains, range_get_item, range_length
from minipy.objects.set_methods import set_has
from minipy.objects.setobject import set_length
from minipy.objects.tupleobject import tuple_contains, tuple_get_item
from minipy.objects.unicode_find import str_contains
from minipy.objects.unicode_slice import str_get_item
from minipy.objects.unicode_words import str_length


def native_length(m: Machine, solid: i64, o: i64) -> i64:
    """len(o) of a built-in type; -1: it has none."""
    w = m.words
    if solid == T_LIST:
        return w[o + LIST_LENGTH]
    if solid == T_STR:
        return str_length(w, o)
    if solid == T_TUPLE:
        return w[o + OB_SIZE]
    if solid == T_DICT:
        return dict_length(w, o)
    if solid == T_SET or solid == T_FROZENSET:
        return set_length(w, o)
    if solid == T_RANGE:
        return range_length(m, o)
    if solid == T_DEQUE:
        return w[o + DEQUE_LENGTH]
    if solid == T_BYTES:
        return bytes_length(w, o)
    if solid == T_BYTEARRAY:
        return w[o + LIST_LENGTH]
    if solid == T_DICT_KEYS or solid == T_DICT_VALUES or solid == T_DICT_ITEMS:
        return view_length(w, o)
    if solid == T_MAPPINGPROXY:
        return m.length(w[o + WRAPPED_FUNCTION])
    return -1


def native_get_item(m: Machine, solid: i64, o: i64, key: i64) -> i64:
    """o[key] of a built-in type, owned; 0: it cannot be subscripted."""
    if solid == T_LIST:
        return list_get_item(m, o, key)
    if solid == T_DICT:
        return dict_get_item(m, o, key)
    if solid == T_STR:
        return str_get_item(m, o, key)
    if solid == T_TUPLE:
        return tuple_get_item(m, o, key)
    if solid == T_RANGE:
        return range_get_item(m, o, key)
    if solid == T_BYTES:
        return bytes_get_item(m, o, key)
    if solid == T_BYTEARRAY:
        return bytearray_get_item(m, o, key)
    if solid == T_DEQUE:
        return deque_get_item(m, o, key)
    if solid == T_MAPPINGPROXY:
        return m.get_item(m.words[o + WRAPPED_FUNCTION], key)
    if solid == T_GENERIC_ALIAS or solid == T_UNION:
        return alias_get_item(m, o, key)
    return 0


def native_set_item(m: Machine, solid: i64, o: i64, key: i64, value: i64) -> bool:
    """o[key] = value of a built-in type; False: it does not allow that."""
    if solid == T_LIST:
        list_set_item(m, o, key, value)
    elif solid == T_DICT:
        dict_set_item(m, o, key, value)
    elif solid == T_BYTEARRAY:
        bytearray_set_item(m, o, key, value)
    elif solid == T_DEQUE:
        deque_set_item(m, o, key, value)
    else:
        return False
    return True


def native_del_item(m: Machine, solid: i64, o: i64, key: i64) -> bool:
    """del o[key] of a built-in type; False: it does not allow that."""
    if solid == T_LIST:
        list_del_item(m, o, key)
    elif solid == T_DICT:
        dict_del_item(m, o, key)
    elif solid == T_BYTEARRAY:
        bytearray_del_item(m, o, key)
    elif solid == T_DEQUE:
        deque_del_item(m, o, key)
    else:
        return False
    return True


def has_contains(solid: i64) -> bool:
    """Does native_contains know the type?"""
    if solid == T_LIST or solid == T_DICT or solid == T_STR or solid == T_TUPLE or solid == T_SET:
        return True
    if solid == T_FROZENSET or solid == T_RANGE or solid == T_BYTES or solid == T_MAPPINGPROXY:
        return True
    return solid == T_DICT_KEYS or solid == T_DICT_ITEMS or solid == T_BYTEARRAY or solid == T_DEQUE


def native_contains(m: Machine, solid: i64, o: i64, value: i64) -> bool:
    """value in o of a built-in type that has_contains."""
    if solid == T_LIST:
        return list_contains(m, o, value)
    if solid == T_DICT:
        return dict_contains(m, o, value)
    if solid == T_STR:
        return str_contains(m, o, value)
    if solid == T_TUPLE:
        return tuple_contains(m, o, value)
    if solid == T_SET or solid == T_FROZENSET:
        return set_has(m, o, value)
    if solid == T_RANGE:
        return range_contains(m, o, value)
    if solid == T_BYTES or solid == T_BYTEARRAY:
        return bytes_contains(m, o, value)
    if solid == T_DEQUE:
        return deque_contains(m, o, value)
    if solid == T_MAPPINGPROXY:
        return m.contains(m.words[o + WRAPPED_FUNCTION], value)
    return view_contains(m, o, value)


def native_iter(m: Machine, solid: i64, o: i64) -> i64:
    """iter(o) of a built-in type, owned; 0: it is not iterable."""
    if solid == T_GENERATOR:
        incref(m.words, o)
        return o
    if solid == T_MAPPINGPROXY:
        return m.iter(m.words[o + WRAPPED_FUNCTION])
    if solid == T_GENERIC_ALIAS:
        return alias_iter(m, o)
    return iter_native(m, o)


def is_iterator_type(solid: i64) -> bool:
    """Is it one of the built-in iterators (generators not counted)?"""
    return solid >= T_LIST_ITERATOR and solid <= T_ITERTOOL


def native_next(m: Machine, o: i64) -> i64:
    """The next value of a built-in iterator (is_iterator_type), owned, or 0."""
    return next_native(m, o)
