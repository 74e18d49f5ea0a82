"""Cells: the boxes through which a function and its closures share a variable.

CPython counterpart: Objects/cellobject.c; MAKE_CELL, COPY_FREE_VARS, LOAD_CLASSDEREF in Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    CELL_CONTENTS,
    CO_NLOCALSPLUS,
    FUNC_CLOSURE,
    FUNC_CODE,
    TUPLE_ITEMS,
    W_BASE,
    W_SP,
)
from minipy.memory.refcount import decref, store
from minipy.objects.cellobject import new_cell
from minipy.objects.machine import Machine
from minipy.vm import names


def make_cell(m: Machine, i: i64, sp: i64) -> i64:
    """MAKE_CELL: the local's value, if any, moves into a new cell in the same slot."""
    at: i64 = m.words[W_BASE] + i
    value: i64 = m.words[at]
    cell: i64 = new_cell(m, value)
    w = m.words
    w[at] = cell
    if value != 0:
        decref(m, w, value)
    return sp


def copy_free_vars(m: Machine, n: i64, sp: i64) -> i64:
    """COPY_FREE_VARS: the closure's n cells become the last local slots."""
    w = m.words
    base: i64 = w[W_BASE]
    function: i64 = w[base - 1]
    closure: i64 = w[function + FUNC_CLOSURE]
    at: i64 = base + w[w[function + FUNC_CODE] + CO_NLOCALSPLUS] - n
    i: i64 = 0
    while i < n:
        cell: i64 = w[closure + TUPLE_ITEMS + i]
        w[cell] += 1
        w[at + i] = cell
        i += 1
    return sp


def load_closure(m: Machine, i: i64, sp: i64) -> i64:
    """LOAD_CLOSURE: push the cell itself."""
    w = m.words
    cell: i64 = w[w[W_BASE] + i]
    w[cell] += 1
    w[sp] = cell
    return sp + 1


def load_class_deref(m: Machine, i: i64, sp: i64) -> i64:
    """LOAD_CLASSDEREF: a class body looks into its namespace first."""
    w = m.words
    base: i64 = w[W_BASE]
    value: i64 = names.find_in_namespace(m, names.local_name(w, base, i))
    w = m.words
    if value == 0:
        value = w[w[base + i] + CELL_CONTENTS]
        if value == 0:
            raise names.unbound_cell(m, base, i)
        w[value] += 1
    w[sp] = value
    return sp + 1


def delete_deref(m: Machine, i: i64, sp: i64) -> i64:
    """DELETE_DEREF."""
    w = m.words
    base: i64 = w[W_BASE]
    at: i64 = w[base + i] + CELL_CONTENTS
    if w[at] == 0:
        raise names.unbound_cell(m, base, i)
    store(m, w, at, 0)
    return sp


def delete_fast(m: Machine, i: i64, sp: i64) -> i64:
    """DELETE_FAST."""
    w = m.words
    base: i64 = w[W_BASE]
    value: i64 = w[base + i]
    if value == 0:
        raise names.unbound_local(m, base, i)
    w[base + i] = 0
    w[W_SP] = sp
    decref(m, w, value)
    return sp
