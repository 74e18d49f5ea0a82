"""Instructions that add to a container lying `depth` values below what they add: comprehensions and displays.

CPython counterpart: MAP_ADD, LIST_EXTEND, SET_UPDATE, DICT_UPDATE, DICT_MERGE in Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    DICT_NENTRIES,
    OB_TYPE,
)
from minipy.memory.refcount import decref
from minipy.memory.statics import T_ATTRIBUTE_ERROR, T_DICT, T_STR, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.objects import dict_merge as merging
from minipy.objects import listobject, set_algebra
from minipy.objects.dictobject import dict_get, dict_set, new_dict
from minipy.objects.dicttable import ENTRY_KEY, entry_at
from minipy.objects.identifiers import ID_MODULE, ID_QUALNAME, NAME_KEYS
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import host_str
from minipy.vm.frame import pop_top


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
    if not merge(m, w[sp - 1 - depth], mapping):
        raise m.error(T_TYPE_ERROR, f"'{m.type_name(mapping)}' object is not a mapping")
    return pop_top(m, 1, sp)


def dict_merge(m: Machine, depth: i64, sp: i64) -> i64:
    """DICT_MERGE: `**mapping` in a call; a keyword given twice is an error."""
    w = m.words
    mapping: i64 = w[sp - 1]
    function: i64 = w[sp - 3 - depth]
    d: i64 = w[sp - 1 - depth]
    added: i64 = new_dict(m)
    try:
        if not merge(m, added, mapping):
            text = f" argument after ** must be a mapping, not {m.type_name(mapping)}"
            raise m.error(T_TYPE_ERROR, callable_text(m, function) + text)
        duplicate: i64 = common_key(m, d, added)
        if duplicate != 0:
            text = f" got multiple values for keyword argument '{host_str(m, duplicate)}'"
            raise m.error(T_TYPE_ERROR, callable_text(m, function) + text)
        merging.dict_update(m, d, added)
    finally:
        decref(m, m.words, added)
    return pop_top(m, 1, sp)


def merge(m: Machine, d: i64, mapping: i64) -> bool:
    """Add a mapping's items to the dict d; False: it is none, having no `keys`, or lacking another attribute."""
    if m.words[mapping + OB_TYPE] == T_DICT:
        merging.dict_update(m, d, mapping)
        return True
    method: i64 = m.find_attribute(mapping, NAME_KEYS)
    if method == 0:
        return False
    decref(m, m.words, method)
    try:
        merging.dict_update(m, d, mapping)
    except Raised:
        if not m.catch(T_ATTRIBUTE_ERROR):
            raise
        return False
    return True


def common_key(m: Machine, a: i64, b: i64) -> i64:
    """A key (borrowed) that both dicts of keywords have, or 0."""
    i: i64 = 0
    while i < m.words[b + DICT_NENTRIES]:
        key: i64 = m.words[entry_at(m.words, b, i) + ENTRY_KEY]
        if key != 0 and m.words[key + OB_TYPE] == T_STR and dict_get(m, a, key) != 0:
            return key
        i += 1
    return 0


def callable_text(m: Machine, function: i64) -> str:
    """How CPython names what is called: module.name(), name() if that is a built-in; str(function) without a name."""
    name = attribute_text(m, function, ID_QUALNAME)
    if name == "":
        return attribute_text(m, function, 0)
    module = attribute_text(m, function, ID_MODULE)
    return name + "()" if module in ("", "None", "builtins") else f"{module}.{name}()"


def attribute_text(m: Machine, o: i64, name: i64) -> str:
    """str(o.name), "" without such an attribute; str(o) for name 0."""
    value: i64 = m.find_attribute(o, name) if name != 0 else m.str(o)
    if value == 0:
        return ""
    text: i64 = 0
    try:
        text = m.str(value)
        return host_str(m, text)
    finally:
        decref(m, m.words, value)
        if text != 0:
            decref(m, m.words, text)
