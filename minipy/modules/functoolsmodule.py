"""The module _functools: partial, reduce and what lru_cache makes. The rest of functools is written in minipy.

CPython counterpart: Modules/_functoolsmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import TP_DICT
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_LRU_CACHE, T_PARTIAL, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.modules import lrucache, partialclass
from minipy.modules.constants import add_object
from minipy.objects.dictobject import dict_get_str
from minipy.objects.identifiers import ID_CALL
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods, add_functions
from minipy.objects.recursion import enter_call, leave_call
from minipy.vm.module_families import FAMILY_FUNCTOOLS

REDUCE: Final = 1
FUNCTIONS: Final[Methods] = ((REDUCE, "reduce", 2, 3, ""),)


def fill(m: Machine, d: i64) -> None:
    """Put the functions and classes into the module's dict."""
    add_functions(m, d, "_functools", FAMILY_FUNCTOOLS, FUNCTIONS)
    if dict_get_str(m.words, m.words[T_PARTIAL + TP_DICT], ID_CALL) == 0:
        partialclass.complete_partial(m, FAMILY_FUNCTOOLS)
        lrucache.complete_lru_cache(m, FAMILY_FUNCTOOLS)
    m.words[T_PARTIAL] += 1
    add_object(m, d, "partial", T_PARTIAL)
    m.words[T_LRU_CACHE] += 1
    add_object(m, d, "_lru_cache_wrapper", T_LRU_CACHE)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """reduce, and what the classes have; see objects/natives.py."""
    if number >= lrucache.NEW:
        return lrucache.call(m, number, at, n)
    if number >= partialclass.NEW:
        return partialclass.call(m, number, at, n)
    enter_call(m)
    try:
        return reduce(m, m.words[at], m.words[at + 1], m.words[at + 2] if n > 2 else 0)
    finally:
        leave_call(m.words)


def get(m: Machine, number: i64, o: i64) -> i64:
    """The attributes of partial."""
    return partialclass.get(m, number, o)


def reduce(m: Machine, function: i64, iterable: i64, initial: i64) -> i64:
    """reduce(function, iterable[, initial])."""
    if not m.is_iterable(iterable):
        raise m.error(T_TYPE_ERROR, "reduce() arg 2 must support iteration")
    iterator: i64 = m.iter(iterable)
    total: i64 = 0
    try:
        total = first_value(m, iterator, initial)
        value: i64 = m.next(iterator)
        while value != 0:
            old: i64 = total
            total = 0
            total = folded(m, function, old, value)
            value = m.next(iterator)
    except Raised:
        if total != 0:
            decref(m, m.words, total)
        raise
    finally:
        decref(m, m.words, iterator)
    return total


def first_value(m: Machine, iterator: i64, initial: i64) -> i64:
    """What reduce begins with, owned: `initial`, or if that is 0 the first value."""
    if initial != 0:
        incref(m.words, initial)
        return initial
    value: i64 = m.next(iterator)
    if value == 0:
        raise m.error(T_TYPE_ERROR, "reduce() of empty iterable with no initial value")
    return value


def folded(m: Machine, function: i64, total: i64, value: i64) -> i64:
    """function(total, value), both of which are released."""
    try:
        return m.call2(function, total, value)
    finally:
        decref(m, m.words, total)
        decref(m, m.words, value)
