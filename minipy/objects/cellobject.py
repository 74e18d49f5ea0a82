"""Cells: variables shared between a function and the functions inside it.

    +0 refcnt | +1 type | +2 contents, or 0 while the variable has no value

CPython counterpart: Objects/cellobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import CELL_CONTENTS, OB_TYPE
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import incref, store
from minipy.memory.statics import T_CELL, T_VALUE_ERROR
from minipy.memory.words import Heap
from minipy.objects.hashing import compare_held
from minipy.objects.longobject import compare_words, new_bool, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.reprs import address_text
from minipy.objects.typeobject import name_of_type_of
from minipy.objects.unicodeobject import new_str

CELL_GET_CONTENTS: Final = 0

GETSETS: Final = ((CELL_GET_CONTENTS, "cell_contents"),)
NEW: Final = (0, 1, "")


def new_cell(heap: Heap, value: i64) -> i64:
    """A cell that holds `value` (borrowed; 0: empty)."""
    c: i64 = gc_alloc(heap, T_CELL)
    w = heap.words
    if value != 0:
        incref(w, value)
    w[c + CELL_CONTENTS] = value
    return c


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """types.CellType(contents), or an empty one."""
    return new_cell(m, m.words[at] if n > 0 else 0)


def get(m: Machine, number: i64, o: i64) -> i64:
    """cell.cell_contents."""
    w = m.words
    value: i64 = w[o + CELL_CONTENTS]
    if value == 0:
        raise m.error(T_VALUE_ERROR, "Cell is empty")
    incref(w, value)
    return value


def set_contents(m: Machine, o: i64, value: i64) -> None:
    """cell.cell_contents = value (borrowed; 0: make it empty)."""
    w = m.words
    if value != 0:
        incref(w, value)
    store(m, w, o + CELL_CONTENTS, value)


def cell_repr(m: Machine, o: i64) -> i64:
    """<cell at 0x...: int object at 0x...>"""
    value: i64 = m.words[o + CELL_CONTENTS]
    text = "<cell at " + address_text(o) + ": "
    if value == 0:
        return new_str(m, text + "empty>")
    return new_str(m, text + name_of_type_of(m, value) + " object at " + address_text(value) + ">")


def cell_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """Cells compare by their contents; an empty one is less than any other."""
    w = m.words
    if w[b + OB_TYPE] != T_CELL:
        return not_implemented(w)
    x: i64 = w[a + CELL_CONTENTS]
    y: i64 = w[b + CELL_CONTENTS]
    if x != 0 and y != 0:
        return compare_held(m, op, x, y)
    return new_bool(w, compare_words(op, 1 if x != 0 else 0, 1 if y != 0 else 0))
