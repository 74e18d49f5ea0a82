"""Views of keys and items as sets: operators, the subset order, and the methods of views.

CPython counterpart: dictviews_as_number, dictview_richcompare, dictviews_isdisjoint of Objects/dictobject.c. The
results are new sets.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, VIEW_DICT
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_DICT_KEYS, T_MAPPINGPROXY, T_SET
from minipy.memory.words import Raised, vec
from minipy.objects.dictviews import is_set_view, reverse_iter, view_contains, view_length
from minipy.objects.longobject import compare_words, new_bool, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.operators import CMP_EQ, CMP_GE, CMP_GT, CMP_NE, NB_AND, NB_OR, NB_SUBTRACT, NB_XOR
from minipy.objects.set_algebra import (
    add_owned,
    set_difference_update,
    set_from,
    set_intersection,
    set_symmetric_update,
    set_update,
)
from minipy.objects.setobject import is_set, new_set, set_length

VIEW_ISDISJOINT: Final = 0
VIEW_REVERSED: Final = 1
VIEW_MAPPING: Final = 2

VALUES_METHODS: Final = ((VIEW_REVERSED, "__reversed__", 0, 0, ""),)
METHODS: Final = (
    (VIEW_ISDISJOINT, "isdisjoint", 1, 1, ""),
    (VIEW_REVERSED, "__reversed__", 0, 0, ""),
)
GETSETS: Final = ((VIEW_MAPPING, "mapping"),)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` with self and the arguments at `at`."""
    w = m.words
    view: i64 = w[at]
    if number == VIEW_REVERSED:
        return reverse_iter(m, w[view + VIEW_DICT], w[view + OB_TYPE])
    disjoint: bool = view_isdisjoint(m, view, w[at + 1])
    return new_bool(m.words, disjoint)


def get(m: Machine, number: i64, o: i64) -> i64:
    """view.mapping: the dict, to be read only."""
    proxy: i64 = gc_alloc(m, T_MAPPINGPROXY)
    w = m.words
    d: i64 = w[o + VIEW_DICT]
    incref(w, d)
    w[proxy + VIEW_DICT] = d
    return proxy


def view_isdisjoint(m: Machine, view: i64, other: i64) -> bool:
    """Has the iterable `other` nothing that the view has?"""
    w = m.words
    if view == other:
        return view_length(w, view) == 0
    walked: i64 = other
    searched: i64 = view
    if (is_set(w, other) or is_set_view(w, other)) and size(w, other) > view_length(w, view):
        walked = view
        searched = other
    iterator: i64 = m.iter(walked)
    try:
        item: i64 = m.next(iterator)
        while item != 0:
            try:
                if has(m, searched, item):
                    return False
            finally:
                decref(m, m.words, item)
            item = m.next(iterator)
    finally:
        decref(m, m.words, iterator)
    return True


def size(w: vec[i64], o: i64) -> i64:
    """len(o) of a set or a view."""
    return set_length(w, o) if is_set(w, o) else view_length(w, o)


def has(m: Machine, o: i64, item: i64) -> bool:
    """item in o, for a view of keys or items or anything else."""
    if is_set_view(m.words, o):
        return view_contains(m, o, item)
    return m.contains(o, item)


def view_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b of a view of keys or items and another one or a set: the order of subsets."""
    w = m.words
    if not is_set(w, b) and not is_set_view(w, b):
        return not_implemented(w)
    n: i64 = size(w, a)
    k: i64 = size(w, b)
    flag: bool
    if op == CMP_EQ or op == CMP_NE:
        flag = (n == k and all_in(m, a, b)) == (op == CMP_EQ)
    elif op == CMP_GE or op == CMP_GT:
        flag = compare_words(op, n, k) and all_in(m, b, a)
    else:
        flag = compare_words(op, n, k) and all_in(m, a, b)
    return new_bool(m.words, flag)


def all_in(m: Machine, a: i64, b: i64) -> bool:
    """Are all items of a in b?"""
    iterator: i64 = m.iter(a)
    try:
        item: i64 = m.next(iterator)
        while item != 0:
            try:
                if not has(m, b, item):
                    return False
            finally:
                decref(m, m.words, item)
            item = m.next(iterator)
    finally:
        decref(m, m.words, iterator)
    return True


def view_binary(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b where one is a view of keys or items and the other any iterable: & | - ^."""
    if op == NB_AND:
        return view_intersection(m, a, b)
    if op != NB_OR and op != NB_SUBTRACT and op != NB_XOR:
        return not_implemented(m.words)
    s: i64 = set_from(m, T_SET, view_source(m.words, a))
    try:
        if op == NB_OR:
            set_update(m, s, b)
        elif op == NB_SUBTRACT:
            set_difference_update(m, s, b)
        else:
            set_symmetric_update(m, s, b)
    except Raised:
        decref(m, m.words, s)
        raise
    return s


def view_source(w: vec[i64], o: i64) -> i64:
    """What to make a set of, instead of o: a view's dict has the keys with their hashes."""
    if w[o + OB_TYPE] == T_DICT_KEYS:
        return w[o + VIEW_DICT]
    return o


def view_intersection(m: Machine, a: i64, b: i64) -> i64:
    """The set of what is in both; the smaller of two views is walked."""
    w = m.words
    if not is_set_view(w, a):
        return view_intersection(m, b, a)
    if w[b + OB_TYPE] == T_SET and view_length(w, a) <= set_length(w, b):
        return set_intersection(m, b, a)
    if is_set_view(w, b) and view_length(w, b) > view_length(w, a):
        return view_intersection(m, b, a)
    s: i64 = new_set(m, T_SET)
    iterator: i64 = 0
    try:
        iterator = m.iter(b)
        item: i64 = m.next(iterator)
        while item != 0:
            keep_common(m, s, a, item)
            item = m.next(iterator)
    except Raised:
        decref(m, m.words, s)
        raise
    finally:
        if iterator != 0:
            decref(m, m.words, iterator)
    return s


def keep_common(m: Machine, s: i64, view: i64, item: i64) -> None:
    """Add the item, whose reference is taken over, to s if the view has it."""
    wanted: bool = False
    try:
        wanted = view_contains(m, view, item)
    finally:
        if not wanted:
            decref(m, m.words, item)
    if wanted:
        add_owned(m, s, item)
