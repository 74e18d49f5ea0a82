"""Values that cross between the host and a program: copies, never the objects themselves.

    host_value   None, bool, int, float, complex, str, bytes, tuple, list, set, frozenset, dict -> the same of the host
    new_value    and back

Only exact types cross: an instance of a program's class has no counterpart in the host.

CPython counterpart: Py_BuildValue and PyArg_Parse (Python/modsupport.c, Python/getargs.c).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    DICT_ENTRIES,
    DICT_NENTRIES,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_SIZE,
    OB_TYPE,
    TUPLE_ITEMS,
)
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    NONE,
    T_BIGINT,
    T_BOOL,
    T_BYTES,
    T_COMPLEX,
    T_DICT,
    T_FLOAT,
    T_FROZENSET,
    T_INT,
    T_LIST,
    T_SET,
    T_STR,
    T_TUPLE,
    TRUE,
)
from minipy.objects.bytesobject import host_bytes, new_bytes
from minipy.objects.complexobject import complex_value, new_complex
from minipy.objects.dictobject import dict_set, new_dict
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, ENTRY_WORDS
from minipy.objects.floatobject import float_value, new_float
from minipy.objects.listobject import list_append, new_list
from minipy.objects.longobject import host_int, new_bool, new_int_host, none
from minipy.objects.machine import Machine
from minipy.objects.recursion import enter, leave
from minipy.objects.setobject import SET_KEY, new_set, set_add, set_entry, set_next
from minipy.objects.tupleobject import tuple_from
from minipy.objects.unicodeobject import host_str, new_str


# ---------------------------------------------------------------- out of the program
def host_value(m: Machine, o: i64) -> object:
    """The host's copy of the object o (borrowed); its TypeError if it has none. Raised if o is endless."""
    t: i64 = m.words[o + OB_TYPE]
    if o == NONE:
        return None
    if t == T_BOOL:
        return bool(o == TRUE)
    if t == T_INT or t == T_BIGINT:
        return host_int(m, o)
    if t == T_FLOAT:
        return float_value(m, o)
    if t == T_COMPLEX:
        return complex_value(m, o)
    if t == T_STR:
        return host_str(m, o)
    if t == T_BYTES:
        return host_bytes(m, o)
    enter(m, "")
    try:
        return host_container(m, o, t)
    finally:
        leave(m.words)


def host_container(m: Machine, o: i64, t: i64) -> object:
    """The host's copy of a container of the exact type t."""
    w = m.words
    if t == T_TUPLE:
        return tuple(host_items(m, o + TUPLE_ITEMS, w[o + OB_SIZE]))
    if t == T_LIST:
        return host_items(m, w[o + LIST_ITEMS], w[o + LIST_LENGTH])
    if t == T_DICT:
        return host_dict(m, o)
    if t == T_SET:
        return set(host_keys(m, o))
    if t == T_FROZENSET:
        return frozenset(host_keys(m, o))
    raise TypeError(f"a value of the type {m.type_name(o)} cannot leave the program")


def host_items(m: Machine, at: i64, n: i64) -> list[object]:
    """The host's copies of the n objects whose references lie at `at`."""
    return [host_value(m, m.words[at + i]) for i in range(n)]


def host_dict(m: Machine, d: i64) -> dict[object, object]:
    """The host's copy of a dict."""
    w = m.words
    result: dict[object, object] = {}
    e: i64 = w[d + DICT_ENTRIES]
    end: i64 = e + w[d + DICT_NENTRIES] * ENTRY_WORDS
    while e < end:
        if w[e + ENTRY_KEY] != 0:
            result[host_value(m, w[e + ENTRY_KEY])] = host_value(m, w[e + ENTRY_VALUE])
        e += ENTRY_WORDS
    return result


def host_keys(m: Machine, s: i64) -> list[object]:
    """The host's copies of a set's elements."""
    w = m.words
    result: list[object] = []
    i: i64 = set_next(w, s, 0)
    while i >= 0:
        result.append(host_value(m, w[set_entry(w, s, i) + SET_KEY]))
        i = set_next(w, s, i + 1)
    return result


# ---------------------------------------------------------------- into the program
def new_value(m: Machine, v: object) -> i64:
    """An owned copy of a value of the host; the host's TypeError if a program has no such values."""
    if v is None:
        return none(m.words)
    if isinstance(v, bool):
        return new_bool(m.words, v)
    if isinstance(v, int):
        return new_int_host(m, v)
    if isinstance(v, float):
        return new_float(m, v)
    if isinstance(v, complex):
        return new_complex(m, T_COMPLEX, v.real, v.imag)
    if isinstance(v, str):
        return new_str(m, v)
    if isinstance(v, bytes):
        return new_bytes(m, v)
    return new_container(m, v)


def new_container(m: Machine, v: object) -> i64:
    """An owned copy of a container of the host."""
    if isinstance(v, list):
        return filled(m, new_list(m, 0), v)
    if isinstance(v, tuple):
        return new_tuple_of(m, v)
    if isinstance(v, dict):
        return new_dict_of(m, v)
    if isinstance(v, set):
        return filled(m, new_set(m, T_SET), list(v))
    if isinstance(v, frozenset):
        return filled(m, new_set(m, T_FROZENSET), list(v))
    raise TypeError(f"a value of the type {type(v).__name__} cannot enter a program")


def filled(m: Machine, o: i64, values: list[object]) -> i64:
    """The new list or set o with copies of the values; it is released on an error."""
    try:
        for v in values:
            item: i64 = new_value(m, v)
            try:
                if m.words[o + OB_TYPE] == T_LIST:
                    list_append(m, o, item)
                else:
                    set_add(m, o, item)
            finally:
                decref(m, m.words, item)
    except Exception:
        decref(m, m.words, o)
        raise
    return o


def new_tuple_of(m: Machine, values: tuple[object, ...]) -> i64:
    """An owned tuple of copies of the values."""
    items: i64 = filled(m, new_list(m, 0), list(values))
    try:
        w = m.words
        return tuple_from(m, w[items + LIST_ITEMS], w[items + LIST_LENGTH])
    finally:
        decref(m, m.words, items)


def new_dict_of(m: Machine, values: dict[object, object]) -> i64:
    """An owned dict of copies of the values."""
    d: i64 = new_dict(m)
    try:
        for name, v in values.items():
            pair: i64 = new_tuple_of(m, (name, v))
            try:
                dict_set(m, d, m.words[pair + TUPLE_ITEMS], m.words[pair + TUPLE_ITEMS + 1])
            finally:
                decref(m, m.words, pair)
    except Exception:
        decref(m, m.words, d)
        raise
    return d
