"""The bases of a class statement: what stands there and is no class may say which classes it means.

    class Names(Generic[T], list[str])      given: two aliases      bases: Generic, list

CPython counterpart: update_bases of Python/bltinmodule.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import LIST_ITEMS, LIST_LENGTH, OB_SIZE, TUPLE_ITEMS
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_TYPE_ERROR
from minipy.memory.words import vec
from minipy.objects.identifiers import ID_MRO_ENTRIES
from minipy.objects.interned import intern
from minipy.objects.listobject import list_append, list_extend, new_list
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import is_tuple, tuple_from
from minipy.objects.typeobject import is_type


def resolve_bases(m: Machine, given: i64) -> i64:
    """The bases, each that is no class replaced by what its `__mro_entries__` returns; `given` itself if none is."""
    if all_types(m.words, given):
        incref(m.words, given)
        return given
    bases: i64 = new_list(m, 0)
    changed = False
    try:
        i: i64 = 0
        while i < m.words[given + OB_SIZE]:
            base: i64 = m.words[given + TUPLE_ITEMS + i]
            entries: i64 = entries_of(m, base, given)
            if entries == 0:
                list_append(m, bases, base)
            else:
                changed = True
                try:
                    list_extend(m, bases, entries)
                finally:
                    decref(m, m.words, entries)
            i += 1
        if not changed:
            incref(m.words, given)
            return given
        return tuple_from(m, m.words[bases + LIST_ITEMS], m.words[bases + LIST_LENGTH])
    finally:
        decref(m, m.words, bases)


def all_types(w: vec[i64], bases: i64) -> bool:
    """Are all of them classes?"""
    i: i64 = 0
    while i < w[bases + OB_SIZE]:
        if not is_type(w, w[bases + TUPLE_ITEMS + i]):
            return False
        i += 1
    return True


def entries_of(m: Machine, base: i64, given: i64) -> i64:
    """The classes that stand for a base, an owned tuple; 0: it stands for itself."""
    if is_type(m.words, base):
        return 0
    method: i64 = m.find_attribute(base, ID_MRO_ENTRIES)
    if method == 0:
        return 0
    try:
        entries: i64 = m.call1(method, given)
    finally:
        decref(m, m.words, method)
    if not is_tuple(m.words, entries):
        decref(m, m.words, entries)
        raise m.error(T_TYPE_ERROR, "__mro_entries__ must return a tuple")
    return entries


def keep_bases(m: Machine, namespace: i64, given: i64) -> None:
    """namespace["__orig_bases__"] = given."""
    name: i64 = intern(m, "__orig_bases__")
    try:
        m.set_item(namespace, name, given)
    finally:
        decref(m, m.words, name)
