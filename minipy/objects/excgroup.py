"""Groups of exceptions: what ExceptionGroup(message, exceptions) asks of its arguments, and keeps of them.

A group has two fields of its own, message and a tuple; excgroup_split.py takes it apart.

CPython counterpart: BaseExceptionGroup_new of Objects/exceptions.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import EXC_ARGS, EXC_EXTRA, EXC_VALUE, LIST_ITEMS, LIST_LENGTH, OB_SIZE, TUPLE_ITEMS
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import (
    T_BASE_EXCEPTION_GROUP,
    T_EXCEPTION,
    T_EXCEPTION_GROUP,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised
from minipy.objects.dictobject import is_dict
from minipy.objects.exceptions import is_exception, new_exception
from minipy.objects.identifiers import ID_GETITEM
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import tuple_from
from minipy.objects.typeobject import is_instance_of, is_subtype, name_of_type, name_of_type_of
from minipy.objects.unicodeobject import is_str

NEW: Final = "BaseExceptionGroup.__new__() "


def new_group(m: Machine, t: i64, args: i64) -> i64:
    """A group of the class t, or ExceptionGroup where BaseExceptionGroup is asked for only Exceptions."""
    w = m.words
    n: i64 = w[args + OB_SIZE]
    if n != 2:
        raise m.error(T_TYPE_ERROR, NEW + "takes exactly 2 arguments (" + str(n) + " given)")
    message: i64 = w[args + TUPLE_ITEMS]
    if not is_str(w, message):
        raise m.error(T_TYPE_ERROR, NEW + "argument 1 must be str, not " + name_of_type_of(m, message))
    exceptions: i64 = tuple_of_exceptions(m, w[args + TUPLE_ITEMS + 1])
    try:
        e: i64 = new_exception(m, group_class(m, t, exceptions), args)
    except Raised:
        decref(m, m.words, exceptions)
        raise
    w = m.words
    incref(w, message)
    store(m, w, e + EXC_VALUE, message)
    store(m, w, e + EXC_EXTRA, exceptions)
    return e


def tuple_of_exceptions(m: Machine, sequence: i64) -> i64:
    """A tuple (owned) of the exceptions in the sequence; there must be one."""
    if not is_sequence(m, sequence):
        raise m.error(T_TYPE_ERROR, "second argument (exceptions) must be a sequence")
    items: i64 = m.list_of(sequence)
    try:
        check_items(m, items)
        return tuple_from(m, m.words[items + LIST_ITEMS], m.words[items + LIST_LENGTH])
    finally:
        decref(m, m.words, items)


def is_sequence(m: Machine, o: i64) -> bool:
    """Has o items by number, as far as its class tells?"""
    getter: i64 = 0 if is_dict(m.words, o) else m.find_special(o, ID_GETITEM)
    if getter != 0:
        decref(m, m.words, getter)
    return getter != 0


def check_items(m: Machine, items: i64) -> None:
    """ValueError unless the list has items, all of them exceptions."""
    w = m.words
    n: i64 = w[items + LIST_LENGTH]
    if n == 0:
        raise m.error(T_VALUE_ERROR, "second argument (exceptions) must be a non-empty sequence")
    i: i64 = 0
    while i < n:
        if not is_exception(w, w[w[items + LIST_ITEMS] + i]):
            raise m.error(T_VALUE_ERROR, "Item " + str(i) + " of second argument (exceptions) is not an exception")
        i += 1


def group_class(m: Machine, t: i64, exceptions: i64) -> i64:
    """The class of a group of these: Exceptions only, unless t is a group that is no Exception itself."""
    w = m.words
    plain: bool = True
    i: i64 = 0
    while i < w[exceptions + OB_SIZE]:
        plain = plain and is_instance_of(w, w[exceptions + TUPLE_ITEMS + i], T_EXCEPTION)
        i += 1
    if t == T_BASE_EXCEPTION_GROUP and plain:
        return T_EXCEPTION_GROUP
    if not plain and is_subtype(w, t, T_EXCEPTION):
        where = "an ExceptionGroup" if t == T_EXCEPTION_GROUP else "'" + name_of_type(m, t) + "'"
        raise m.error(T_TYPE_ERROR, "Cannot nest BaseExceptions in " + where)
    return t


def set_args(m: Machine, e: i64, args: i64) -> None:
    """`__init__` of a group: only the arguments change."""
    w = m.words
    incref(w, args)
    store(m, w, e + EXC_ARGS, args)
