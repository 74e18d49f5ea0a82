"""Subset, superset, disjoint: questions about two sets, or a set and any iterable.

CPython counterpart: set_issubset, set_issuperset and set_isdisjoint of Objects/setobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    SET_USED,
)
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_SET
from minipy.objects.hashing import hash_of
from minipy.objects.machine import Machine
from minipy.objects.set_algebra import set_from
from minipy.objects.setobject import (
    SET_KEY,
    is_set,
    set_entry,
    set_find,
    set_next,
)


def set_issubset(m: Machine, s: i64, other: i64) -> bool:
    """Is every key of s in the iterable `other`?"""
    if not is_set(m.words, other):
        made: i64 = set_from(m, T_SET, other)
        try:
            return set_issubset(m, s, made)
        finally:
            decref(m, m.words, made)
    if m.words[s + SET_USED] > m.words[other + SET_USED]:
        return False
    return not has_key(m, s, other, False)


def has_key(m: Machine, walked: i64, s: i64, wanted: bool) -> bool:
    """Has the set `walked` a key that s has (wanted) or has not?"""
    i: i64 = set_next(m.words, walked, 0)
    while i >= 0:
        w = m.words
        e: i64 = set_entry(w, walked, i)
        key: i64 = w[e + SET_KEY]
        incref(w, key)
        try:
            if (set_find(m, s, key, w[e]) != 0) == wanted:
                return True
        finally:
            decref(m, m.words, key)
        i = set_next(m.words, walked, i + 1)
    return False


def set_issuperset(m: Machine, s: i64, other: i64) -> bool:
    """Is every item of the iterable `other` in s?"""
    if is_set(m.words, other):
        return set_issubset(m, other, s)
    return not has_item(m, s, other, False)


def has_item(m: Machine, s: i64, other: i64, wanted: bool) -> bool:
    """Has the iterable `other` an item that s has (wanted) or has not?"""
    iterator: i64 = m.iter(other)
    try:
        key: i64 = m.next(iterator)
        while key != 0:
            try:
                if (set_find(m, s, key, hash_of(m, m.words, key)) != 0) == wanted:
                    return True
            finally:
                decref(m, m.words, key)
            key = m.next(iterator)
    finally:
        decref(m, m.words, iterator)
    return False


def set_isdisjoint(m: Machine, s: i64, other: i64) -> bool:
    """Has s no item of the iterable `other`?"""
    w = m.words
    if not is_set(w, other):
        return not has_item(m, s, other, True)
    if s == other:
        return w[s + SET_USED] == 0
    if w[other + SET_USED] > w[s + SET_USED]:
        return not has_key(m, s, other, True)
    return not has_key(m, other, s, True)
