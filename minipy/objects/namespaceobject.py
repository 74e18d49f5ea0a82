"""types.SimpleNamespace: an object with just the attributes it is given.

CPython counterpart: Objects/namespaceobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import DICT_ENTRIES, DICT_NENTRIES, OB_TYPE
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref
from minipy.memory.statics import T_SIMPLE_NAMESPACE
from minipy.memory.words import Raised
from minipy.objects.classobject import instance_dict
from minipy.objects.dict_merge import dict_merge
from minipy.objects.dictobject import dict_copy
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, ENTRY_WORDS
from minipy.objects.longobject import not_implemented
from minipy.objects.machine import Machine
from minipy.objects.object_methods import OBJECT_GET_DICT
from minipy.objects.tupleobject import host_repr
from minipy.objects.typeobject import is_instance_of, name_of_type_of
from minipy.objects.unicodeobject import host_str, is_str, new_str

GETSETS: Final = ((OBJECT_GET_DICT, "__dict__"),)
NEW: Final = (0, 0, "**")


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """SimpleNamespace(**attributes)."""
    o: i64 = gc_alloc(m, t)
    try:
        namespace_init(m, o, at, n)
    except Raised:
        decref(m, m.words, o)
        raise
    return o


def namespace_init(m: Machine, o: i64, at: i64, n: i64) -> None:
    """SimpleNamespace.__init__: the dict of keywords, or 0, is the last argument."""
    keywords: i64 = m.words[at + n - 1]
    if keywords != 0:
        dict_merge(m, instance_dict(m, o), keywords)


def namespace_repr(m: Machine, o: i64) -> i64:
    """namespace(a=1, b=2)"""
    name = "namespace"
    if m.words[o + OB_TYPE] != T_SIMPLE_NAMESPACE:
        name = name_of_type_of(m, o)
    if not m.repr_enter(o):
        return new_str(m, name + "(...)")
    d: i64 = 0
    parts: list[str] = []
    try:
        d = dict_copy(m, instance_dict(m, o))
        entry: i64 = m.words[d + DICT_ENTRIES]
        end: i64 = entry + m.words[d + DICT_NENTRIES] * ENTRY_WORDS
        while entry < end:
            if is_str(m.words, m.words[entry + ENTRY_KEY]):
                parts.append(host_str(m, m.words[entry + ENTRY_KEY]) + "=" + host_repr(m, m.words[entry + ENTRY_VALUE]))
            entry += ENTRY_WORDS
    finally:
        m.repr_leave(o)
        if d != 0:
            decref(m, m.words, d)
    return new_str(m, name + "(" + ", ".join(parts) + ")")


def namespace_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """Namespaces are equal if their attributes are."""
    if not is_instance_of(m.words, b, T_SIMPLE_NAMESPACE):
        return not_implemented(m.words)
    return m.compare(op, instance_dict(m, a), instance_dict(m, b))
