"""Changing the bases of a class that exists already: `C.__bases__ = (A, B)`.

The class and all that derives from it get new orders, one after the other; if one of them cannot be made, all get
their former ones back. A metaclass's own `mro()` runs in between, which may change bases itself.

CPython counterpart: type_set_bases, mro_hierarchy and compatible_for_assignment of Objects/typeobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    LIST_ITEMS,
    LIST_LENGTH,
    OB_SIZE,
    TP_BASE,
    TP_BASES,
    TP_GC,
    TP_MRO,
    TP_NATIVE_NEW,
    TP_NEXT_TYPE,
    TP_SOLID,
    TP_VERSION,
    TUPLE_ITEMS,
    W_HEAP_TYPES,
)
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import T_TYPE_ERROR
from minipy.memory.words import Raised, vec
from minipy.objects.listobject import list_append, new_list
from minipy.objects.machine import Machine
from minipy.objects.mro import order_of
from minipy.objects.object_methods import same_layout
from minipy.objects.specialnames import inherit_flags
from minipy.objects.tupleobject import is_tuple
from minipy.objects.typelayout import best_base
from minipy.objects.typeobject import (
    is_subtype,
    is_type,
    name_of_type,
    name_of_type_of,
    type_modified,
)


def set_bases(m: Machine, t: i64, bases: i64) -> None:
    """t.__bases__ = bases (borrowed; 0: delete)."""
    check_bases(m, t, bases)
    base: i64 = best_base(m, bases)
    check_compatible(m, m.words[t + TP_BASE], base)
    types: i64 = new_list(m, 0)
    orders: i64 = 0
    old: i64 = m.words[t + TP_BASES]
    incref(m.words, old)
    try:
        orders = new_list(m, 0)
        collect_derived(m, types, t)
        put_bases(m, t, bases, base)
        renew_orders(m, types, orders)
    except Raised:
        restore_orders(m, types, orders)
        if m.words[t + TP_BASES] == bases:
            put_bases(m, t, old, best_base(m, old))
        raise
    finally:
        decref(m, m.words, old)
        decref(m, m.words, types)
        if orders != 0:
            decref(m, m.words, orders)


def check_bases(m: Machine, t: i64, bases: i64) -> None:
    """TypeError unless `bases` is a tuple of classes none of which derives from t."""
    name = name_of_type(m, t)
    if bases == 0:
        raise m.error(T_TYPE_ERROR, "cannot delete '__bases__' attribute of immutable type '" + name + "'")
    w = m.words
    if not is_tuple(w, bases):
        text = "can only assign tuple to " + name + ".__bases__, not " + name_of_type_of(m, bases)
        raise m.error(T_TYPE_ERROR, text)
    if w[bases + OB_SIZE] == 0:
        raise m.error(T_TYPE_ERROR, "can only assign non-empty tuple to " + name + ".__bases__, not ()")
    i: i64 = bases + TUPLE_ITEMS
    end: i64 = i + w[bases + OB_SIZE]
    while i < end:
        if not is_type(w, w[i]):
            text = name + ".__bases__ must be tuple of classes, not '" + name_of_type_of(m, w[i]) + "'"
            raise m.error(T_TYPE_ERROR, text)
        if is_subtype(w, w[i], t) or has_base(w, w[i], t):
            raise m.error(T_TYPE_ERROR, "a __bases__ item causes an inheritance cycle")
        i += 1


def has_base(w: vec[i64], t: i64, base: i64) -> bool:
    """Is `base` t or among the first bases of t's first bases?"""
    while t != 0 and t != base:
        t = w[t + TP_BASE]
    return t == base


def check_compatible(m: Machine, old: i64, base: i64) -> None:
    """TypeError unless instances of what derives from `old` are laid out as if it derived from `base`."""
    w = m.words
    if same_layout(w, old, base) and w[old + TP_SOLID] == w[base + TP_SOLID]:
        return
    differs = " object layout differs from "
    if w[old + TP_GC] != w[base + TP_GC]:
        differs = " deallocator differs from "
    text = "__bases__ assignment: '" + name_of_type(m, base) + "'" + differs + "'" + name_of_type(m, old) + "'"
    raise m.error(T_TYPE_ERROR, text)


def put_bases(m: Machine, t: i64, bases: i64, base: i64) -> None:
    """Write bases and the first base (both borrowed) into t."""
    w = m.words
    incref(w, bases)
    incref(w, base)
    w[t + TP_NATIVE_NEW] = w[base + TP_NATIVE_NEW]
    store(m, w, t + TP_BASE, base)
    store(m, m.words, t + TP_BASES, bases)


def collect_derived(m: Machine, types: i64, t: i64) -> None:
    """Append t and all classes that derive from it to a list, each behind its bases."""
    list_append(m, types, t)
    i: i64 = 0
    while i < m.words[types + LIST_LENGTH]:
        base: i64 = m.words[m.words[types + LIST_ITEMS] + i]
        h: i64 = m.words[W_HEAP_TYPES]
        while h != 0:
            if is_direct_base(m.words, base, h):
                list_append(m, types, h)
            h = m.words[h + TP_NEXT_TYPE]
        i += 1


def is_direct_base(w: vec[i64], base: i64, t: i64) -> bool:
    """Is `base` among t's bases?"""
    bases: i64 = w[t + TP_BASES]
    i: i64 = bases + TUPLE_ITEMS
    end: i64 = i + w[bases + OB_SIZE]
    while i < end:
        if w[i] == base:
            return True
        i += 1
    return False


def renew_orders(m: Machine, types: i64, orders: i64) -> None:
    """Make the orders of the classes anew; their former ones are appended to `orders`."""
    type_modified(m.words, m.words[m.words[types + LIST_ITEMS]])
    i: i64 = 0
    while i < m.words[types + LIST_LENGTH]:
        t: i64 = m.words[m.words[types + LIST_ITEMS] + i]
        order: i64 = order_of(m, t)
        try:
            list_append(m, orders, m.words[t + TP_MRO])
        except Raised:
            decref(m, m.words, order)
            raise
        put_order(m, t, order)
        i += 1


def restore_orders(m: Machine, types: i64, orders: i64) -> None:
    """Give the classes the orders they had, as far as these were replaced: the last first."""
    i: i64 = m.words[orders + LIST_LENGTH] if orders != 0 else 0
    while i > 0:
        i -= 1
        order: i64 = m.words[m.words[orders + LIST_ITEMS] + i]
        incref(m.words, order)
        put_order(m, m.words[m.words[types + LIST_ITEMS] + i], order)


def put_order(m: Machine, t: i64, order: i64) -> None:
    """t.__mro__ = order (stolen)."""
    type_modified(m.words, t)
    store(m, m.words, t + TP_MRO, order)
    m.words[t + TP_VERSION] = 0
    inherit_flags(m.words, t)
