"""The module _weakref: the native part of weakref, whose rest is minipy/lib/weakref.mp.

CPython counterpart: Modules/_weakref.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout_modules import WR_NEXT
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_CALLABLE_PROXY, T_TYPE_ERROR, T_WEAKPROXY, T_WEAKREF
from minipy.memory.weaklist import first_alive, is_weakref, list_word, referent
from minipy.memory.words import Raised
from minipy.modules.constants import add_object
from minipy.objects import weakproxy, weakrefobject
from minipy.objects.dictobject import dict_del, dict_get, is_dict
from minipy.objects.listobject import list_append, new_list
from minipy.objects.longobject import new_int, none
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods, add_functions
from minipy.objects.weakrefobject import new_proxy
from minipy.vm.module_families import FAMILY_WEAKREF_MODULE

PROXY: Final = 1
GETWEAKREFCOUNT: Final = 2
GETWEAKREFS: Final = 3
REMOVE_DEAD: Final = 4

FUNCTIONS: Final[Methods] = (
    (PROXY, "proxy", 1, 2, ""),
    (GETWEAKREFCOUNT, "getweakrefcount", 1, 1, ""),
    (GETWEAKREFS, "getweakrefs", 1, 1, ""),
    (REMOVE_DEAD, "_remove_dead_weakref", 2, 2, ""),
)
TYPES: Final = (
    ("ref", T_WEAKREF),
    ("ReferenceType", T_WEAKREF),
    ("ProxyType", T_WEAKPROXY),
    ("CallableProxyType", T_CALLABLE_PROXY),
)


def fill(m: Machine, d: i64) -> None:
    """Put the functions and classes into the module's dict."""
    weakrefobject.make_class(m)
    weakproxy.make_classes(m)
    add_functions(m, d, "_weakref", FAMILY_WEAKREF_MODULE, FUNCTIONS)
    for name, t in TYPES:
        m.words[t] += 1
        add_object(m, d, name, t)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of FUNCTIONS; see objects/natives.py."""
    w = m.words
    if number == PROXY:
        callback: i64 = w[at + 1] if n > 1 else NONE
        return new_proxy(m, w[at], 0 if callback == NONE else callback)
    elif number == GETWEAKREFCOUNT:
        return count(m, w[at])
    elif number == GETWEAKREFS:
        return references(m, w[at])
    remove_dead(m, w[at], w[at + 1])
    return none(m.words)


def count(m: Machine, o: i64) -> i64:
    """getweakrefcount(o): 0 also for what cannot be weakly referenced."""
    w = m.words
    at: i64 = list_word(w, o)
    n: i64 = 0
    r: i64 = 0 if at == 0 else first_alive(w, w[at])
    while r != 0:
        n += 1
        r = first_alive(w, w[r + WR_NEXT])
    return new_int(m, n)


def references(m: Machine, o: i64) -> i64:
    """getweakrefs(o): a list of all."""
    result: i64 = new_list(m, 0)
    w = m.words
    at: i64 = list_word(w, o)
    r: i64 = 0 if at == 0 else first_alive(w, w[at])
    try:
        while r != 0:
            list_append(m, result, r)
            r = first_alive(m.words, m.words[r + WR_NEXT])
    except Raised:
        decref(m, m.words, result)
        raise
    return result


def remove_dead(m: Machine, d: i64, key: i64) -> None:
    """_remove_dead_weakref(d, key): del d[key] if the weak reference there is dead, in one step; no key is no error."""
    if not is_dict(m.words, d):
        raise m.error(T_TYPE_ERROR, f"_remove_dead_weakref() argument 1 must be dict, not {m.type_name(d)}")
    value: i64 = dict_get(m, d, key)
    if value == 0:
        return
    if not is_weakref(m.words, value):
        raise m.error(T_TYPE_ERROR, "not a weakref")
    if referent(m.words, value) == 0:
        dict_del(m, d, key)
