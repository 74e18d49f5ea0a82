"""The method resolution order of a class: C3 linearisation.

    merge of  [order of base 1] [order of base 2] ... [bases]
    take the first head that stands in no other list's tail; repeat; no such head: the bases contradict each other

CPython counterpart: mro_implementation and pmerge of Objects/typeobject.c. A metaclass's own `mro()` is not asked.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, TP_MRO, TUPLE_ITEMS
from minipy.memory.refcount import incref
from minipy.memory.statics import T_TYPE_ERROR
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import new_tuple
from minipy.objects.typeobject import name_of_type


def tuple_words(m: Machine, t: i64) -> list[int]:
    """The items of a tuple, borrowed."""
    w = m.words
    first: i64 = t + TUPLE_ITEMS
    return [int(w[first + i]) for i in range(int(w[t + OB_SIZE]))]


def make_mro(m: Machine, t: i64, bases: i64) -> i64:
    """The resolution order of the new class t with the tuple `bases`: an owned tuple."""
    order = [int(t), *linearize(m, tuple_words(m, bases))]
    mro: i64 = new_tuple(m, len(order))
    w = m.words
    at: i64 = mro + TUPLE_ITEMS
    for base in order:
        incref(w, base)
        w[at] = base
        at += 1
    return mro


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
