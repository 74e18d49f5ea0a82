"""Instructions of except*: which part of a group a clause takes, and what is raised after all clauses.

CPython counterpart: CHECK_EG_MATCH and exception_group_match of Python/ceval.c, _PyExc_PrepReraiseStar and
exception_group_projection of Objects/exceptions.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    EXC_CAUSE,
    EXC_CONTEXT,
    EXC_EXTRA,
    EXC_TRACEBACK,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_SIZE,
    OB_TYPE,
    TP_SOLID,
    TUPLE_ITEMS,
    W_EXC_INFO,
)
from minipy.memory.refcount import decref, incref, store, xdecref
from minipy.memory.statics import (
    EMPTY_STR,
    NONE,
    T_BASE_EXCEPTION_GROUP,
    T_EXCEPTION_GROUP,
    T_TUPLE,
    T_TYPE_ERROR,
)
from minipy.memory.words import vec
from minipy.objects.exceptions import check_handler, exception_matches
from minipy.objects.excgroup_split import is_group, split
from minipy.objects.interned import intern
from minipy.objects.listobject import list_append, new_list
from minipy.objects.longobject import none
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import tuple_of1
from minipy.objects.typeobject import is_subtype


# ---------------------------------------------------------------- CHECK_EG_MATCH
def check_eg_match(m: Machine, sp: i64) -> i64:
    """CHECK_EG_MATCH: the group and the type give way to what is left and what matches, or None; that is handled."""
    w = m.words
    group: i64 = w[sp - 2]
    kind: i64 = w[sp - 1]
    match, rest = parted(m, group, kind)
    w = m.words
    w[sp - 2] = rest
    w[sp - 1] = match
    if match != NONE:
        incref(w, match)
        store(m, w, w[W_EXC_INFO], match)
    decref(m, m.words, group)
    decref(m, m.words, kind)
    return sp


def parted(m: Machine, e: i64, kind: i64) -> tuple[i64, i64]:
    """What matches and what is left of the exception or None e, both owned, None for nothing."""
    check_kind(m, kind)
    w = m.words
    if e == NONE or not (exception_matches(m, e, kind) or is_group(w, e)):
        incref(w, NONE)
        incref(w, e)
        return NONE, e
    if not exception_matches(m, e, kind):
        return split_by_method(m, e, kind)
    match: i64 = e
    if is_group(m.words, e):
        incref(m.words, e)
    else:
        match = wrapped(m, e)
    incref(m.words, NONE)
    return match, NONE


def check_kind(m: Machine, kind: i64) -> None:
    """TypeError unless it is a class of exceptions, or a tuple of such, and no group."""
    w = m.words
    if w[w[kind + OB_TYPE] + TP_SOLID] != T_TUPLE:
        check_class(m, kind)
        return
    i: i64 = 0
    while i < w[kind + OB_SIZE]:
        check_class(m, w[kind + TUPLE_ITEMS + i])
        i += 1


def check_class(m: Machine, t: i64) -> None:
    """TypeError unless it is a class of exceptions and no group."""
    check_handler(m, t)
    if is_subtype(m.words, t, T_BASE_EXCEPTION_GROUP):
        raise m.error(T_TYPE_ERROR, "catching ExceptionGroup with except* is not allowed. Use except instead.")


def wrapped(m: Machine, e: i64) -> i64:
    """A group without a message that holds only e, owned."""
    one: i64 = tuple_of1(m, e)
    try:
        return m.call2(T_EXCEPTION_GROUP, EMPTY_STR, one)
    finally:
        decref(m, m.words, one)


def split_by_method(m: Machine, group: i64, kind: i64) -> tuple[i64, i64]:
    """group.split(kind), which a program may have written."""
    name: i64 = intern(m, "split")
    method: i64 = 0
    pair: i64 = 0
    try:
        method = m.get_attribute(group, name)
        pair = m.call1(method, kind)
        w = m.words
        if w[w[pair + OB_TYPE] + TP_SOLID] != T_TUPLE:
            kind_name = m.type_name(pair)
            raise m.error(T_TYPE_ERROR, f"{m.type_name(group)}.split must return a tuple, not {kind_name}")
        if w[pair + OB_SIZE] < 2:
            size = int(w[pair + OB_SIZE])
            raise m.error(T_TYPE_ERROR, f"{m.type_name(group)}.split must return a 2-tuple, got tuple of size {size}")
        incref(w, w[pair + TUPLE_ITEMS])
        incref(w, w[pair + TUPLE_ITEMS + 1])
        return w[pair + TUPLE_ITEMS], w[pair + TUPLE_ITEMS + 1]
    finally:
        decref(m, m.words, name)
        xdecref(m, m.words, method)
        xdecref(m, m.words, pair)


# ---------------------------------------------------------------- PREP_RERAISE_STAR
def prep_reraise_star(m: Machine, sp: i64) -> i64:
    """PREP_RERAISE_STAR: the group and the list of what was raised give way to what is to be raised, or None."""
    w = m.words
    group: i64 = w[sp - 2]
    raised: i64 = w[sp - 1]
    result: i64 = to_raise(m, group, raised)
    w = m.words
    w[sp - 2] = result
    w[sp - 1] = 0
    decref(m, w, group)
    decref(m, m.words, raised)
    return sp - 1


def to_raise(m: Machine, group: i64, raised: i64) -> i64:
    """What goes on after the clauses, owned: None, an exception, or a group of all there are."""
    w = m.words
    if w[raised + LIST_LENGTH] == 0:
        return none(w)
    if not is_group(w, group):
        first: i64 = w[w[raised + LIST_ITEMS]]
        incref(w, first)
        return first
    fresh: i64 = new_list(m, 0)
    leaves: i64 = 0
    try:
        leaves = new_list(m, 0)
        sort_out(m, group, raised, fresh, leaves)
        return joined(m, group, fresh, leaves)
    finally:
        decref(m, m.words, fresh)
        xdecref(m, m.words, leaves)


def sort_out(m: Machine, group: i64, raised: i64, fresh: i64, leaves: i64) -> None:
    """New exceptions go to `fresh`; of parts of the group itself, raised again, their exceptions to `leaves`."""
    i: i64 = 0
    while i < m.words[raised + LIST_LENGTH]:
        e: i64 = m.words[m.words[raised + LIST_ITEMS] + i]
        if e != NONE:
            if is_part(m.words, e, group):
                collect_leaves(m, e, leaves)
            else:
                list_append(m, fresh, e)
        i += 1


def is_part(w: vec[i64], e: i64, group: i64) -> bool:
    """Was e split off the group? Then it has its traceback, cause and context."""
    if not is_group(w, e):
        return False
    for field in (EXC_TRACEBACK, EXC_CAUSE, EXC_CONTEXT):
        if w[e + field] != w[group + field]:
            return False
    return True


def collect_leaves(m: Machine, group: i64, leaves: i64) -> None:
    """Append all exceptions in the group that are no groups to the list."""
    waiting: i64 = new_list(m, 0)
    try:
        list_append(m, waiting, group)
        at: i64 = 0
        while at < m.words[waiting + LIST_LENGTH]:
            exceptions: i64 = m.words[m.words[m.words[waiting + LIST_ITEMS] + at] + EXC_EXTRA]
            i: i64 = 0
            while i < m.words[exceptions + OB_SIZE]:
                e: i64 = m.words[exceptions + TUPLE_ITEMS + i]
                list_append(m, waiting if is_group(m.words, e) else leaves, e)
                i += 1
            at += 1
    finally:
        decref(m, m.words, waiting)


def joined(m: Machine, group: i64, fresh: i64, leaves: i64) -> i64:
    """The part of the group with these leaves, and the new exceptions, as one; owned, None if there is nothing."""
    if m.words[leaves + LIST_LENGTH] > 0:
        again, nothing = split(m, group, leaves, False)
        if again != 0:
            if m.words[fresh + LIST_LENGTH] == 0:
                return again
            try:
                list_append(m, fresh, again)
            finally:
                decref(m, m.words, again)
    w = m.words
    if w[fresh + LIST_LENGTH] > 1:
        return m.call2(T_EXCEPTION_GROUP, EMPTY_STR, fresh)
    result: i64 = w[w[fresh + LIST_ITEMS]] if w[fresh + LIST_LENGTH] == 1 else NONE
    incref(w, result)
    return result
