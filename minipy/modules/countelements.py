"""Counting in a dict, as Counter does: one more for each value of an iterable.

CPython counterpart: _count_elements of Modules/_collectionsmodule.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.refcount import decref
from minipy.memory.statics import T_TYPE_ERROR
from minipy.objects.dictobject import dict_find, dict_set_hash, is_dict
from minipy.objects.dicttable import ENTRY_VALUE
from minipy.objects.longobject import new_int, none
from minipy.objects.machine import Machine
from minipy.objects.operators import NB_ADD


def count_elements(m: Machine, d: i64, iterable: i64) -> i64:
    """d[value] = d.get(value, 0) + 1 for each value, past any methods of d's class; gives None, owned."""
    if not is_dict(m.words, d):
        raise m.error(T_TYPE_ERROR, f"a dict is required, not {m.type_name(d)}")
    one: i64 = new_int(m, 1)
    iterator: i64 = 0
    try:
        iterator = m.iter(iterable)
        value: i64 = m.next(iterator)
        while value != 0:
            try:
                count_one(m, d, value, one)
            finally:
                decref(m, m.words, value)
            value = m.next(iterator)
    finally:
        decref(m, m.words, one)
        if iterator != 0:
            decref(m, m.words, iterator)
    return none(m.words)


def count_one(m: Machine, d: i64, value: i64, one: i64) -> None:
    """d[value] = d.get(value, 0) + one."""
    h: i64 = m.hash(value)
    entry: i64 = dict_find(m, d, value, h)
    if entry == 0:
        dict_set_hash(m, d, value, h, one)
        return
    old: i64 = m.words[entry + ENTRY_VALUE]
    m.words[old] += 1
    try:
        count: i64 = m.binary(NB_ADD, old, one)
    finally:
        decref(m, m.words, old)
    try:
        dict_set_hash(m, d, value, h, count)
    finally:
        decref(m, m.words, count)
