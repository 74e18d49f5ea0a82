"""`__doc__` of a class: its own, or for a built-in type the sentence of its stanza.

CPython counterpart: type_get_doc of Objects/typeobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import TP_DICT, TYPE_WORDS
from minipy.memory.statics import FIRST_TYPE, NONE, T_ELLIPSIS, T_NONE, T_NOT_IMPLEMENTED
from minipy.objects.attributes import bind_held
from minipy.objects.dictobject import dict_find_str
from minipy.objects.dicttable import ENTRY_VALUE
from minipy.objects.identifiers import ID_DOC
from minipy.objects.machine import Machine
from minipy.objects.typeobject import is_heap_type
from minipy.objects.typetable import TYPE_TABLE
from minipy.objects.unicodeobject import new_str


def type_doc(m: Machine, t: i64) -> i64:
    """t.__doc__, owned; a descriptor is asked."""
    w = m.words
    if t == T_NONE or t == T_ELLIPSIS or t == T_NOT_IMPLEMENTED:
        w[NONE] += 1
        return NONE  # they have none in CPython
    if not is_heap_type(w, t):
        return new_str(m, TYPE_TABLE[int((t - FIRST_TYPE) // TYPE_WORDS)][4])
    entry: i64 = dict_find_str(w, w[t + TP_DICT], ID_DOC)
    value: i64 = NONE
    if entry != 0:
        value = w[entry + ENTRY_VALUE]
    return bind_held(m, value, 0, t)
