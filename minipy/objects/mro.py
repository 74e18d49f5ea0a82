"""The method resolution order of a class: C3 linearisation.

    merge of  [order of base 1] [order of base 2] ... [bases]
    take the first head that stands in no other list's tail; repeat; no such head: the bases contradict each other

A metaclass may have an `mro()` of its own, which is asked when the class is complete but for that.

CPython counterpart: mro_implementation, pmerge and mro_check of Objects/typeobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import LIST_ITEMS, LIST_LENGTH, OB_SIZE, OB_TYPE, TP_BASES, TP_MRO, TUPLE_ITEMS
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_METHOD_DESCRIPTOR, T_TYPE, T_TYPE_ERROR
from minipy.objects.attributes import call_special
from minipy.objects.interned import intern
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import new_tuple, tuple_from
from minipy.objects.typelayout import solid_base
from minipy.objects.typeobject import is_subtype, is_type, name_of_type, name_of_type_of, type_lookup


def tuple_words(m: Machine, t: i64) -> list[int]:
    """The items of a tuple, borrowed."""
    w = m.words
    first: i64 = t + TUPLE_ITEMS
    return [int(w[first + i]) for i in range(int(w[t + OB_SIZE]))]


def make_mro(m: Machine, t: i64, bases: i64) -> i64:
    """The resolution order of the new class t with the tuple `bases`: an owned tuple."""
    return new_order(m, [int(t), *linearize(m, tuple_words(m, bases))])


def mro_above(m: Machine, t: i64, base: i64) -> i64:
    """The order of a new class t until its metaclass's own `mro()` is asked: t, then all of its base."""
    return new_order(m, [int(t), *tuple_words(m, m.words[base + TP_MRO])])


def new_order(m: Machine, order: list[int]) -> i64:
    """A tuple of classes, owned."""
    mro: i64 = new_tuple(m, len(order))
    w = m.words
    at: i64 = mro + TUPLE_ITEMS
    for base in order:
        incref(w, base)
        w[at] = base
        at += 1
    return mro


def order_of(m: Machine, t: i64) -> i64:
    """The order that t's bases, or the `mro()` of a program's metaclass, give t: an owned tuple."""
    method: i64 = own_mro(m, t)
    if method == 0:
        return make_mro(m, t, m.words[t + TP_BASES])
    result: i64 = call_special(m, method, t, 0, 0)
    items: i64 = 0
    try:
        items = m.list_of(result)
        check_order(m, t, items)
        return tuple_from(m, m.words[items + LIST_ITEMS], m.words[items + LIST_LENGTH])
    finally:
        decref(m, m.words, result)
        if items != 0:
            decref(m, m.words, items)


def own_mro(m: Machine, t: i64) -> i64:
    """The `mro` of t's metaclass if that is a program's own, borrowed, else 0."""
    meta: i64 = m.words[t + OB_TYPE]
    if meta == T_TYPE:
        return 0
    name: i64 = intern(m, "mro")
    method: i64 = type_lookup(m.words, meta, name)
    decref(m, m.words, name)
    return 0 if m.words[method + OB_TYPE] == T_METHOD_DESCRIPTOR else method


def check_order(m: Machine, t: i64, items: i64) -> None:
    """TypeError unless the list is an order for t: classes whose instances are laid out as t's begin."""
    w = m.words
    n: i64 = w[items + LIST_LENGTH]
    if n == 0:
        raise m.error(T_TYPE_ERROR, "type MRO must not be empty")
    i: i64 = 0
    while i < n:
        o: i64 = w[w[items + LIST_ITEMS] + i]
        if not is_type(w, o):
            raise m.error(T_TYPE_ERROR, "mro() returned a non-class ('" + name_of_type_of(m, o) + "')")
        if not is_subtype(w, solid_base(w, t), solid_base(w, o)):
            raise m.error(T_TYPE_ERROR, "mro() returned base with unsuitable layout ('" + name_of_type(m, o) + "')")
        i += 1


def linearize(m: Machine, bases: list[int]) -> list[int]:
    """The order behind the class itself; TypeError if there is none."""
    for i, base in enumerate(bases):
        if base in bases[i + 1 :]:
            raise m.error(T_TYPE_ERROR, "duplicate base class " + name_of_type(m, base))
    lists: list[list[int]] = [tuple_words(m, m.words[base + TP_MRO]) for base in bases]
    lists.append(list(bases))
    order: list[int] = []
    while True:
        lists = [rest for rest in lists if len(rest) > 0]
        if len(lists) == 0:
            return order
        head = next_head(lists)
        if head == 0:
            raise m.error(T_TYPE_ERROR, contradiction(m, lists))
        order.append(head)
        for rest in lists:
            if rest[0] == head:
                del rest[0]


def next_head(lists: list[list[int]]) -> int:
    """The first head that no other list has in its tail; 0: none."""
    for candidates in lists:
        head = candidates[0]
        blocked = False
        for other in lists:
            if head in other[1:]:
                blocked = True
        if not blocked:
            return head
    return 0


def contradiction(m: Machine, lists: list[list[int]]) -> str:
    """The message that names the heads which block each other."""
    names: list[str] = []
    for rest in lists:
        name = name_of_type(m, rest[0])
        if name not in names:
            names.append(name)
    return "Cannot create a consistent method resolution\norder (MRO) for bases " + ", ".join(names)
