"""Collections of any kind: len, subscripts, membership, iteration.

Where the class has no special methods of a program's own, the built-in behaviour of its TP_SOLID is asked directly.

CPython counterpart: PyObject_Size, PyObject_GetItem, PySequence_Contains, PyObject_GetIter and PyIter_Next of
Objects/abstract.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TP_FLAGS, TP_SOLID, TPFLAGS_SPECIAL
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    T_GENERIC_ALIAS,
    T_STOP_ITERATION,
    T_TYPE,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
    T_WRAPPER,
)
from minipy.memory.words import Raised
from minipy.objects.abstract_compare import equal, length_by_method, truth_of
from minipy.objects.abstract_number import own_special
from minipy.objects.attributes import call_special, find_attr
from minipy.objects.genericalias import new_alias
from minipy.objects.identifiers import (
    ID_CLASS_GETITEM,
    ID_CONTAINS,
    ID_DELITEM,
    ID_GETITEM,
    ID_ITER,
    ID_LEN,
    ID_LENGTH_HINT,
    ID_NEXT,
    ID_SETITEM,
)
from minipy.objects.iterobject import iterator_length, seq_iter
from minipy.objects.longobject import int_word, is_int
from minipy.objects.machine import Machine
from minipy.objects.native_sequence import (
    has_contains,
    is_iterator_type,
    native_contains,
    native_del_item,
    native_get_item,
    native_iter,
    native_length,
    native_next,
    native_set_item,
)
from minipy.objects.typeobject import is_type, name_of_type, name_of_type_of, type_lookup


# ---------------------------------------------------------------- length
def length(m: Machine, o: i64) -> i64:
    """len(o); TypeError if it has none."""
    d: i64 = own_special(m, o, ID_LEN)
    if d != 0:
        return length_by_method(m, d, o)
    w = m.words
    n: i64 = native_length(m, w[w[o + OB_TYPE] + TP_SOLID], o)
    if n < 0:
        raise m.error(T_TYPE_ERROR, "object of type '" + name_of_type_of(m, o) + "' has no len()")
    return n


def length_hint(m: Machine, o: i64) -> i64:
    """len(o) or what `__length_hint__` says, -1 where there is neither or it raises TypeError."""
    w = m.words
    solid: i64 = w[w[o + OB_TYPE] + TP_SOLID]
    n: i64
    if own_special(m, o, ID_LEN) == 0:
        n = native_length(m, solid, o)
        if n >= 0:
            return n
        if is_iterator_type(solid):
            return iterator_length(m, o)
    try:
        if own_special(m, o, ID_LEN) != 0:
            return length(m, o)
    except Raised:
        if not m.catch(T_TYPE_ERROR):
            raise
    return length_by_hint(m, o)


def length_by_hint(m: Machine, o: i64) -> i64:
    """What o's own `__length_hint__` says."""
    d: i64 = own_special(m, o, ID_LENGTH_HINT)
    if d == 0:
        return -1
    try:
        r: i64 = call_special(m, d, o, 0, 0)
    except Raised:
        if not m.catch(T_TYPE_ERROR):
            raise
        return -1
    try:
        return -1 if r == NOT_IMPLEMENTED_OBJECT else hint_of(m, r)
    finally:
        decref(m, m.words, r)


def hint_of(m: Machine, r: i64) -> i64:
    """The result of a `__length_hint__` as a word: an int, not negative; OverflowError if it is too large."""
    if not is_int(m.words, r):
        raise m.error(T_TYPE_ERROR, f"__length_hint__ must be an integer, not {name_of_type_of(m, r)}")
    n: i64 = int_word(m, r)
    if n < 0:
        raise m.error(T_VALUE_ERROR, "__length_hint__() should return >= 0")
    return n


# ---------------------------------------------------------------- subscripts
def get_item(m: Machine, o: i64, key: i64) -> i64:
    """o[key], owned."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    r: i64
    if w[t + TP_FLAGS] & TPFLAGS_SPECIAL != 0:
        d: i64 = own_special(m, o, ID_GETITEM)
        if d != 0:
            return call_special(m, d, o, key, 0)
    r = native_get_item(m, w[t + TP_SOLID], o, key)
    if r != 0:
        return r
    if is_type(w, o):
        return class_get_item(m, o, key)
    raise m.error(T_TYPE_ERROR, "'" + name_of_type_of(m, o) + "' object is not subscriptable")


def class_get_item(m: Machine, t: i64, key: i64) -> i64:
    """t[key] of a class: its `__class_getitem__`."""
    if t == T_TYPE:
        return new_alias(m, T_GENERIC_ALIAS, t, key)
    function: i64 = find_attr(m, t, ID_CLASS_GETITEM)
    if function == 0:
        raise m.error(T_TYPE_ERROR, "type '" + name_of_type(m, t) + "' is not subscriptable")
    try:
        return m.call1(function, key)
    finally:
        decref(m, m.words, function)


def set_item(m: Machine, o: i64, key: i64, value: i64) -> None:
    """o[key] = value."""
    d: i64 = own_special(m, o, ID_SETITEM)
    if d != 0:
        r: i64 = call_special(m, d, o, key, value)
        decref(m, m.words, r)
        return
    w = m.words
    if not native_set_item(m, w[w[o + OB_TYPE] + TP_SOLID], o, key, value):
        raise m.error(T_TYPE_ERROR, "'" + name_of_type_of(m, o) + "' object does not support item assignment")


def del_item(m: Machine, o: i64, key: i64) -> None:
    """del o[key]."""
    d: i64 = own_special(m, o, ID_DELITEM)
    if d != 0:
        r: i64 = call_special(m, d, o, key, 0)
        decref(m, m.words, r)
        return
    w = m.words
    if not native_del_item(m, w[w[o + OB_TYPE] + TP_SOLID], o, key):
        how = "doesn't" if native_length(m, w[w[o + OB_TYPE] + TP_SOLID], o) >= 0 else "does not"
        raise m.error(T_TYPE_ERROR, "'" + name_of_type_of(m, o) + "' object " + how + " support item deletion")


# ---------------------------------------------------------------- membership
def contains(m: Machine, o: i64, value: i64) -> bool:
    """value in o."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if w[t + TP_FLAGS] & TPFLAGS_SPECIAL != 0:
        d: i64 = type_lookup(w, t, ID_CONTAINS)
        if d == NONE:
            raise m.error(T_TYPE_ERROR, "'" + name_of_type_of(m, o) + "' object is not a container")
        if d != 0 and w[d + OB_TYPE] != T_WRAPPER:
            return truth_of(m, call_special(m, d, o, value, 0))
        if d == 0:
            return contains_by_iteration(m, o, value)
    solid: i64 = w[t + TP_SOLID]
    if has_contains(solid):
        return native_contains(m, solid, o, value)
    return contains_by_iteration(m, o, value)


def contains_by_iteration(m: Machine, o: i64, value: i64) -> bool:
    """value in o, by trying all values o gives."""
    if not is_iterable(m, o):
        raise m.error(T_TYPE_ERROR, "argument of type '" + name_of_type_of(m, o) + "' is not iterable")
    iterator: i64 = get_iter(m, o)
    try:
        while True:
            item: i64 = m.next(iterator)
            if item == 0:
                return False
            try:
                if equal(m, item, value):
                    return True
            finally:
                decref(m, m.words, item)
    finally:
        decref(m, m.words, iterator)


# ---------------------------------------------------------------- iteration
def is_iterable(m: Machine, o: i64) -> bool:
    """Has o's type an `__iter__` or a `__getitem__`?"""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    d: i64 = type_lookup(w, t, ID_ITER)
    if d != 0:
        return d != NONE
    return type_lookup(w, t, ID_GETITEM) != 0


def get_iter(m: Machine, o: i64) -> i64:
    """iter(o), owned; TypeError if o is not iterable."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    r: i64
    if w[t + TP_FLAGS] & TPFLAGS_SPECIAL != 0:
        r = iter_by_method(m, o, t)
    else:
        r = native_iter(m, w[t + TP_SOLID], o)
    if r == 0:
        raise m.error(T_TYPE_ERROR, "'" + name_of_type_of(m, o) + "' object is not iterable")
    return r


def iter_by_method(m: Machine, o: i64, t: i64) -> i64:
    """A program's `__iter__`, else by `__getitem__`, else the built-in one; 0: none."""
    w = m.words
    d: i64 = type_lookup(w, t, ID_ITER)
    if d == NONE:
        return 0
    if d == 0:
        if type_lookup(w, t, ID_GETITEM) != 0:
            return seq_iter(m, o)
        return 0
    if w[d + OB_TYPE] == T_WRAPPER:
        return native_iter(m, w[t + TP_SOLID], o)
    r: i64 = call_special(m, d, o, 0, 0)
    if not is_iterator(m, r):
        kind = name_of_type_of(m, r)
        decref(m, m.words, r)
        raise m.error(T_TYPE_ERROR, "iter() returned non-iterator of type '" + kind + "'")
    return r


def is_iterator(m: Machine, o: i64) -> bool:
    """Has o's type a `__next__`?"""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if is_iterator_type(w[t + TP_SOLID]):
        return True
    d: i64 = type_lookup(w, t, ID_NEXT)
    return d != 0 and d != NONE


def iter_next(m: Machine, o: i64) -> i64:
    """The next value, owned; 0 when exhausted. Generators are the vm's: it asks them itself.

    A StopIteration ends any iterator, also one that a function of a map or a filter has raised.
    """
    try:
        return next_value(m, o)
    except Raised:
        if not m.catch(T_STOP_ITERATION):
            raise
    return 0


def next_value(m: Machine, o: i64) -> i64:
    """As iter_next; but the StopIteration that a function or `__next__` raises is raised."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if w[t + TP_FLAGS] & TPFLAGS_SPECIAL == 0:
        if is_iterator_type(w[t + TP_SOLID]):
            return native_next(m, o)
    else:
        d: i64 = type_lookup(w, t, ID_NEXT)
        if d != 0 and d != NONE:
            return native_next(m, o) if w[d + OB_TYPE] == T_WRAPPER else call_special(m, d, o, 0, 0)
    raise m.error(T_TYPE_ERROR, "'" + name_of_type_of(m, o) + "' object is not an iterator")
