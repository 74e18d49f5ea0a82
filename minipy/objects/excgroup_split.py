"""Groups of exceptions taken apart: derive, split and subgroup.

    group (ValueError, group (TypeError, ValueError))   split by ValueError
        match: group (ValueError, group (ValueError))
        rest:  group (group (TypeError))

What is left of a group, on either side, is a new group that its own `derive` makes, with the old one's traceback,
cause, context and a copy of its notes.

CPython counterpart: exceptiongroup_split_recursive, exceptiongroup_subset and BaseExceptionGroup_split of
Objects/exceptions.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    EXC_CAUSE,
    EXC_CONTEXT,
    EXC_EXTRA,
    EXC_SUPPRESS,
    EXC_TRACEBACK,
    EXC_VALUE,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_SIZE,
    OB_TYPE,
    TP_SOLID,
    TUPLE_ITEMS,
)
from minipy.memory.refcount import decref, incref, store, xdecref
from minipy.memory.statics import (
    T_BASE_EXCEPTION,
    T_BASE_EXCEPTION_GROUP,
    T_FUNCTION,
    T_LIST,
    T_TUPLE,
    T_TYPE_ERROR,
)
from minipy.memory.words import Raised, vec
from minipy.objects.classobject import find_instance_attribute, instance_dict
from minipy.objects.dictobject import dict_set_owned
from minipy.objects.identifiers import ID_NOTES
from minipy.objects.interned import intern
from minipy.objects.listobject import is_list, list_append, new_list
from minipy.objects.longobject import none
from minipy.objects.machine import Machine
from minipy.objects.recursion import enter, leave
from minipy.objects.tupleobject import tuple_of2
from minipy.objects.typeobject import is_instance_of, is_subtype, is_type

GROUP_DERIVE: Final = 300
GROUP_SPLIT: Final = 301
GROUP_SUBGROUP: Final = 302
METHODS: Final = (
    (GROUP_DERIVE, "derive", 1, 1, ""),
    (GROUP_SPLIT, "split", 1, 1, ""),
    (GROUP_SUBGROUP, "subgroup", 1, 1, ""),
)


def call(m: Machine, number: i64, at: i64) -> i64:
    """The method `number` with self and its argument at `at`."""
    group: i64 = m.words[at]
    argument: i64 = m.words[at + 1]
    if number == GROUP_DERIVE:
        return m.call2(T_BASE_EXCEPTION_GROUP, m.words[group + EXC_VALUE], argument)
    check_matcher(m, argument)
    match, rest = split(m, group, argument, number == GROUP_SPLIT)
    if number == GROUP_SUBGROUP:
        return or_none(m.words, match)
    match = or_none(m.words, match)
    rest = or_none(m.words, rest)
    try:
        return tuple_of2(m, match, rest)
    finally:
        decref(m, m.words, match)
        decref(m, m.words, rest)


def or_none(w: vec[i64], a: i64) -> i64:
    """a, or an owned None for 0."""
    if a == 0:
        return none(w)
    return a


# ---------------------------------------------------------------- what matches
def is_group(w: vec[i64], e: i64) -> bool:
    """Is e a group of exceptions?"""
    return is_instance_of(w, e, T_BASE_EXCEPTION_GROUP)


def is_exception_class(w: vec[i64], t: i64) -> bool:
    """Is t a class of exceptions?"""
    return is_type(w, t) and is_subtype(w, t, T_BASE_EXCEPTION)


def check_matcher(m: Machine, matcher: i64) -> None:
    """TypeError unless it is a function, a class of exceptions or a tuple of such classes."""
    w = m.words
    good: bool = w[matcher + OB_TYPE] == T_FUNCTION or is_exception_class(w, matcher)
    if not good and w[w[matcher + OB_TYPE] + TP_SOLID] == T_TUPLE:
        good = True
        i: i64 = 0
        while i < w[matcher + OB_SIZE]:
            good = good and is_exception_class(w, w[matcher + TUPLE_ITEMS + i])
            i += 1
    if not good:
        raise m.error(T_TYPE_ERROR, "expected a function, exception type or tuple of exception types")


def matches(m: Machine, e: i64, matcher: i64) -> bool:
    """Does the exception match? A function is asked; a list holds the very exceptions that do."""
    w = m.words
    i: i64 = 0
    if w[matcher + OB_TYPE] == T_LIST:
        while i < w[matcher + LIST_LENGTH]:
            if w[w[matcher + LIST_ITEMS] + i] == e:
                return True
            i += 1
        return False
    if w[matcher + OB_TYPE] == T_FUNCTION:
        answer: i64 = m.call1(matcher, e)
        try:
            return m.is_true(answer)
        finally:
            decref(m, m.words, answer)
    if is_type(w, matcher):
        return is_instance_of(w, e, matcher)
    while i < w[matcher + OB_SIZE]:
        if is_instance_of(w, e, w[matcher + TUPLE_ITEMS + i]):
            return True
        i += 1
    return False


# ---------------------------------------------------------------- taking apart
def split(m: Machine, e: i64, matcher: i64, want_rest: bool) -> tuple[i64, i64]:
    """What of e matches and what is left, both owned or 0; what is left only if it is wanted."""
    if matches(m, e, matcher):
        incref(m.words, e)
        return e, 0
    if not is_group(m.words, e):
        if not want_rest:
            return 0, 0
        incref(m.words, e)
        return 0, e
    enter(m, " in exceptiongroup_split_recursive")
    try:
        return split_group(m, e, matcher, want_rest)
    finally:
        leave(m.words)


def split_group(m: Machine, group: i64, matcher: i64, want_rest: bool) -> tuple[i64, i64]:
    """The same of a group that does not match as a whole."""
    matching: i64 = new_list(m, 0)
    others: i64 = 0
    match: i64 = 0
    try:
        others = new_list(m, 0)
        exceptions: i64 = m.words[group + EXC_EXTRA]
        i: i64 = 0
        while i < m.words[exceptions + OB_SIZE]:
            sort_out(m, m.words[exceptions + TUPLE_ITEMS + i], matcher, want_rest, matching, others)
            i += 1
        match = subset(m, group, matching)
        return match, subset(m, group, others) if want_rest else 0
    except Raised:
        xdecref(m, m.words, match)
        raise
    finally:
        decref(m, m.words, matching)
        xdecref(m, m.words, others)


def sort_out(m: Machine, e: i64, matcher: i64, want_rest: bool, matching: i64, others: i64) -> None:
    """Append the two parts of e to the lists they belong in."""
    match, rest = split(m, e, matcher, want_rest)
    try:
        if match != 0:
            list_append(m, matching, match)
        if rest != 0:
            list_append(m, others, rest)
    finally:
        xdecref(m, m.words, match)
        xdecref(m, m.words, rest)


def subset(m: Machine, group: i64, exceptions: i64) -> i64:
    """The group of the exceptions in a list, as the one they were in derives it; owned, 0 if there are none."""
    if m.length(exceptions) == 0:
        return 0
    name: i64 = intern(m, "derive")
    derive: i64 = 0
    part: i64 = 0
    try:
        derive = m.get_attribute(group, name)
        part = m.call1(derive, exceptions)
        if not is_group(m.words, part):
            raise m.error(T_TYPE_ERROR, "derive must return an instance of BaseExceptionGroup")
        inherit(m, part, group)
    except Raised:
        xdecref(m, m.words, part)
        raise
    finally:
        decref(m, m.words, name)
        xdecref(m, m.words, derive)
    return part


def inherit(m: Machine, part: i64, group: i64) -> None:
    """Give a part what the group has: traceback, context, cause, and a copy of the notes."""
    for field in (EXC_TRACEBACK, EXC_CONTEXT, EXC_CAUSE, EXC_SUPPRESS):
        w = m.words
        value: i64 = w[group + field]
        if value != 0:
            incref(w, value)
        store(m, w, part + field, value)
    notes: i64 = find_instance_attribute(m.words, group, ID_NOTES)
    if notes != 0 and is_list(m.words, notes):
        copy: i64 = m.list_of(notes)
        dict_set_owned(m, instance_dict(m, part), ID_NOTES, copy)
