"""Tuples whose items have names, as sys.version_info and time.struct_time are: classes made above tuple.

    sys.version_info      (3, 11, 0, 'final', 0)      .major is item 0: a computed attribute with the number 0

CPython counterpart: Objects/structseq.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, OB_TYPE, TP_DICT, TP_FLAGS, TPFLAGS_BASETYPE, TPFLAGS_SPECIAL, TUPLE_ITEMS
from minipy.memory.objalloc import gc_alloc_var, gc_untrack
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import NONE, T_GETSET, T_METHOD_DESCRIPTOR, T_TUPLE
from minipy.memory.words import Raised
from minipy.modules.nativeclass import new_class
from minipy.objects.dictobject import dict_get_str, dict_set_str
from minipy.objects.identifiers import ID_MATCH_ARGS
from minipy.objects.machine import Machine
from minipy.objects.natives import new_native, put, set_owner
from minipy.objects.reprs import full_type_name
from minipy.objects.tupleobject import host_repr, new_tuple, tuple_item, tuple_repr
from minipy.objects.unicodeobject import host_str, intern, new_str
from minipy.vm.module_families import FAMILY_STRUCTSEQ

REPR: Final = 100


def new_struct_class(m: Machine, module: str, name: str, fields: tuple[str, ...]) -> i64:
    """The class module.name with these fields, owned."""
    t: i64 = new_class(m, T_TUPLE, module, name)
    try:
        m.words[t + TP_FLAGS] &= ~TPFLAGS_BASETYPE
        names: i64 = new_tuple(m, len(fields))
        try:
            for i in range(len(fields)):
                field: i64 = intern(m, fields[i])
                m.words[names + TUPLE_ITEMS + i] = field
                o: i64 = new_native(m, T_GETSET, FAMILY_STRUCTSEQ, i, fields[i], 0, 0)
                set_owner(m, o, t)
                put(m, m.words[t + TP_DICT], o, o)
            dict_set_str(m, m.words[t + TP_DICT], ID_MATCH_ARGS, names)
        finally:
            decref(m, m.words, names)
        m.words[t + TP_FLAGS] |= TPFLAGS_SPECIAL
        show: i64 = new_native(m, T_METHOD_DESCRIPTOR, FAMILY_STRUCTSEQ, REPR, "__repr__", 0, 0)
        set_owner(m, show, T_TUPLE)
        put(m, m.words[t + TP_DICT], show, show)
    except Raised:
        decref(m, m.words, t)
        raise
    return t


def new_struct(m: Machine, t: i64, values: list[i64]) -> i64:
    """An instance of the class with these items, whose references it takes over; untracked, as CPython leaves it."""
    o: i64 = 0
    try:
        o = gc_alloc_var(m, t, len(values))
    except Raised:
        for value in values:
            decref(m, m.words, value)
        raise
    at: i64 = o + TUPLE_ITEMS
    for value in values:
        m.words[at] = value
        at += 1
    gc_untrack(m.words, o)
    return o


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """repr(o): the class, and each field with its item."""
    o: i64 = m.words[at]
    t: i64 = m.words[o + OB_TYPE]
    names: i64 = dict_get_str(m.words, m.words[t + TP_DICT], ID_MATCH_ARGS)
    if names == 0:
        return tuple_repr(m, o)
    parts: list[str] = []
    i: i64 = 0
    while i < m.words[o + OB_SIZE] and i < m.words[names + OB_SIZE]:
        parts.append(f"{host_str(m, tuple_item(m.words, names, i))}={host_repr(m, tuple_item(m.words, o, i))}")
        i += 1
    return new_str(m, f"{full_type_name(m, t)}({', '.join(parts)})")


def get(m: Machine, number: i64, o: i64) -> i64:
    """The item with this number; None if there are fewer."""
    w = m.words
    value: i64 = tuple_item(w, o, number) if number < w[o + OB_SIZE] else NONE
    incref(w, value)
    return value
