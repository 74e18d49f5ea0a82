"""Instructions that add to a container lying `depth` values below what they add: comprehensions and displays.

CPython counterpart: MAP_ADD, LIST_EXTEND, SET_UPDATE, DICT_UPDATE, DICT_MERGE in Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    DICT_ENTRIES,
    DICT_NENTRIES,
    DICT_USED,
    FUNC_MODULE,
    FUNC_QUALNAME,
    OB_TYPE,
    W_SP,
)
from minipy.memory.refcount import decref
from minipy.memory.statics import T_DICT, T_FUNCTION, T_STR, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.objects import dict_merge as merging
from minipy.objects import listobject, set_algebra
from minipy.objects.dictobject import dict_get, dict_set, new_dict
from minipy.objects.identifiers import NAME_KEYS
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import host_str
from minipy.vm.frame import pop_values


def pop_top(m: Machine, n: i64, sp: i64) -> i64:
    """Drop the n topmost values."""
    pop_values(m, m.words, sp - n, sp)
    m.words[W_SP] = sp - n
    return sp - n


def map_add(m: Machine, depth: i64, sp: i64) -> i64:
    """MAP_ADD: dict, ..., key, value."""
    w = m.words
    dict_set(m, w[sp - 2 - depth], w[sp - 2], w[sp - 1])
    return pop_top(m, 2, sp)


def list_extend(m: Machine, depth: i64, sp: i64) -> i64:
    """LIST_EXTEND, with the message of a star in a display or call."""
    w = m.words
    iterable: i64 = w[sp - 1]
    try:
        listobject.list_extend(m, w[sp - 1 - depth], iterable)
    except Raised:
        if m.is_iterable(iterable) or not m.catch(T_TYPE_ERROR):
            raise
        raise m.error(T_TYPE_ERROR, f"Value after * must be an iterable, not {m.type_name(iterable)}") from None
    return pop_top(m, 1, sp)


def set_update(m: Machine, depth: i64, sp: i64) -> i64:
    """SET_UPDATE."""
    w = m.words
    set_algebra.set_update(m, w[sp - 1 - depth], w[sp - 1])
    return pop_top(m, 1, sp)


def dict_update(m: Machine, depth: i64, sp: i64) -> i64:
    """DICT_UPDATE: `**mapping` in a display."""
    w = m.words
    mapping: i64 = w[sp - 1]
    if not is_mapping(m, mapping):
        raise m.error(T_TYPE_ERROR, f"'{m.type_name(mapping)}' object is not a mapping")
    merging.dict_update(m, w[sp - 1 - depth], mapping)
    return pop_top(m, 1, sp)


def dict_merge(m: Machine, depth: i64, sp: i64) -> i64:
    """DICT_MERGE: `**mapping` in a call; a keyword given twice is an error."""
    w = m.words
    mapping: i64 = w[sp - 1]
    function: i64 = w[sp - 3 - depth]
    if not is_mapping(m, mapping):
        text = f"{callable_text(m, function)} argument after ** must be a mapping, not {m.type_name(mapping)}"
        raise m.error(T_TYPE_ERROR, text)
    d: i64 = w[sp - 1 - depth]
    if w[d + DICT_USED] == 0:
        merging.dict_update(m, d, mapping)
        return pop_top(m, 1, sp)
    added: i64 = new_dict(m)
    try:
        merging.dict_update(m, added, mapping)
        duplicate: i64 = common_key(m, d, added)
        if duplicate != 0:
            text = f"{callable_text(m, function)} got multiple values for keyword argument '{host_str(m, duplicate)}'"
            raise m.error(T_TYPE_ERROR, text)
        merging.dict_update(m, d, added)
    finally:
        decref(m, m.words, added)
    return pop_top(m, 1, sp)


def is_mapping(m: Machine, o: i64) -> bool:
    """Has o a method `keys`, as what follows `**` must?"""
    if m.words[o + OB_TYPE] == T_DICT:
        return True
    method: i64 = m.find_attribute(o, NAME_KEYS)
    if method == 0:
        return False
    decref(m, m.words, method)
    return True


def common_key(m: Machine, a: i64, b: i64) -> i64:
    """A key (borrowed) that both dicts of keywords have, or 0."""
    i: i64 = 0
    while i < m.words[b + DICT_NENTRIES]:
        key: i64 = m.words[m.words[b + DICT_ENTRIES] + 3 * i + 1]
        if key != 0 and m.words[key + OB_TYPE] == T_STR and dict_get(m, a, key) != 0:
            return key
        i += 1
    return 0


def callable_text(m: Machine, function: i64) -> str:
    """How CPython names what is called: module.name() for functions not of builtins or __main__'s own."""
    w = m.words
    if w[function + OB_TYPE] != T_FUNCTION:
        return m.type_name(function) + " object"
    name = host_str(m, w[function + FUNC_QUALNAME])
    module: i64 = w[function + FUNC_MODULE]
    if module == 0 or w[module + OB_TYPE] != T_STR or host_str(m, module) == "builtins":
        return name + "()"
    return f"{host_str(m, module)}.{name}()"
