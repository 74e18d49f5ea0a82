"""Exceptions as a program sees them: constructor, attributes, `add_note`, str and repr.

CPython counterpart: the methods and members of each kind in Objects/exceptions.c. Where a kind's attributes are read
from the arguments or from EXC_VALUE and EXC_EXTRA, see set_fields in exceptions.py.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    EXC_ARGS,
    EXC_CAUSE,
    EXC_CONTEXT,
    EXC_DICT,
    EXC_EXTRA,
    EXC_SUPPRESS,
    EXC_TRACEBACK,
    EXC_VALUE,
    OB_SIZE,
    OB_TYPE,
    TUPLE_ITEMS,
)
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import (
    FALSE,
    NONE,
    T_ATTRIBUTE_ERROR,
    T_BASE_EXCEPTION,
    T_BASE_EXCEPTION_GROUP,
    T_IMPORT_ERROR,
    T_NAME_ERROR,
    T_OS_ERROR,
    T_STOP_ITERATION,
    T_SYNTAX_ERROR,
    T_SYSTEM_EXIT,
    T_TRACEBACK,
    T_TYPE_ERROR,
    T_UNICODE_DECODE_ERROR,
    T_UNICODE_ENCODE_ERROR,
    T_UNICODE_TRANSLATE_ERROR,
    TRUE,
)
from minipy.memory.words import Raised, vec
from minipy.objects import excgroup_split, object_methods
from minipy.objects.classobject import instance_dict
from minipy.objects.dictobject import dict_copy, dict_del_str, dict_find_str, dict_get_str, dict_length, dict_set_owned
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, dict_next, entry_at
from minipy.objects.exceptions import is_exception, new_exception, set_cause
from minipy.objects.excgroup import new_group, set_args
from minipy.objects.identifiers import ID_INIT, ID_NOTES, NAME_NAME, NAME_OBJ, NAME_PATH
from minipy.objects.listobject import is_list, list_append, new_list
from minipy.objects.longobject import new_int, none
from minipy.objects.machine import Machine
from minipy.objects.natives import Getsets, name_in
from minipy.objects.object_methods import OBJECT_GET_DICT
from minipy.objects.oserror import errno_class
from minipy.objects.tuple_methods import tuple_from_iterable
from minipy.objects.tupleobject import host_repr, new_tuple, tuple_from
from minipy.objects.typeobject import is_subtype, name_of_type, name_of_type_of, type_lookup
from minipy.objects.unicodeerrors import (
    COUNT,
    ENCODING,
    END,
    OBJECT,
    REASON,
    START,
    field_value,
    get_field,
)
from minipy.objects.unicodeobject import is_str

ADD_NOTE: Final = 0
WITH_TRACEBACK: Final = 1

METHODS: Final = ((ADD_NOTE, "add_note", 1, 1, ""), (WITH_TRACEBACK, "with_traceback", 1, 1, ""))
NEW: Final = (0, -1, "**")
FIELD_FLAG: Final = 100
"""Numbers from here on: item number - FIELD_FLAG of the arguments (OSError, ImportError)."""
DETAIL_COUNT: Final = 6
DETAIL_FLAG: Final = 200
"""Numbers from here on: item number - DETAIL_FLAG of the tuple EXC_EXTRA (SyntaxError)."""
CODING_FLAG: Final = 300
"""Numbers from here on: field number - CODING_FLAG of a Unicode error."""

GETSETS: Final[Getsets] = (
    (EXC_ARGS, "args"),
    (EXC_TRACEBACK, "__traceback__"),
    (EXC_CONTEXT, "__context__"),
    (EXC_CAUSE, "__cause__"),
    (EXC_SUPPRESS, "__suppress_context__"),
    (EXC_DICT, "__dict__"),
)
CODING_FIELDS: Final[Getsets] = (
    (CODING_FLAG + ENCODING, "encoding"),
    (CODING_FLAG + OBJECT, "object"),
    (CODING_FLAG + START, "start"),
    (CODING_FLAG + END, "end"),
    (CODING_FLAG + REASON, "reason"),
)
KIND_GETSETS: Final[tuple[tuple[int, Getsets], ...]] = (
    (T_STOP_ITERATION, ((EXC_VALUE, "value"),)),
    (T_SYSTEM_EXIT, ((EXC_VALUE, "code"),)),
    (T_ATTRIBUTE_ERROR, ((EXC_VALUE, "name"), (EXC_EXTRA, "obj"))),
    (T_NAME_ERROR, ((EXC_VALUE, "name"),)),
    (T_IMPORT_ERROR, ((EXC_VALUE, "name"), (EXC_EXTRA, "path"), (FIELD_FLAG, "msg"))),
    (
        T_OS_ERROR,
        (
            (FIELD_FLAG, "errno"),
            (FIELD_FLAG + 1, "strerror"),
            (EXC_VALUE, "filename"),
            (EXC_EXTRA, "filename2"),
        ),
    ),
    (
        T_SYNTAX_ERROR,
        (
            (EXC_VALUE, "msg"),
            (DETAIL_FLAG, "filename"),
            (DETAIL_FLAG + 1, "lineno"),
            (DETAIL_FLAG + 2, "offset"),
            (DETAIL_FLAG + 3, "text"),
            (DETAIL_FLAG + 4, "end_lineno"),
            (DETAIL_FLAG + 5, "end_offset"),
        ),
    ),
    (T_UNICODE_ENCODE_ERROR, CODING_FIELDS),
    (T_UNICODE_DECODE_ERROR, CODING_FIELDS),
    (T_UNICODE_TRANSLATE_ERROR, CODING_FIELDS),
    (T_BASE_EXCEPTION_GROUP, ((EXC_VALUE, "message"), (EXC_EXTRA, "exceptions"))),
)


# ---------------------------------------------------------------- making
def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """BaseException.__new__: n - 1 arguments and the dict of keywords, or 0.

    Keywords are refused here unless the class's own `__init__` will see them.
    """
    w = m.words
    keywords: i64 = w[at + n - 1]
    args: i64 = tuple_from(m, at, n - 1)
    e: i64 = 0
    try:
        if t == T_OS_ERROR:
            t = errno_class(m.words, args)
        if is_subtype(m.words, t, T_BASE_EXCEPTION_GROUP):
            e = new_group(m, t, args)
        else:
            e = new_exception(m, t, args)
        if keywords != 0 and is_native_init(m.words, t):
            take_keywords(m, e, keywords)
        if is_native_init(m.words, t):
            take_place(m, e)
    except Raised:
        if e != 0:
            decref(m, m.words, e)
        raise
    finally:
        decref(m, m.words, args)
    return e


def take_place(m: Machine, e: i64) -> None:
    """A SyntaxError's details are the items of its second argument: file, line, offset, text, or also where it ends.

    TypeError if it has other than four or six items. Other exceptions have none.
    """
    w = m.words
    args: i64 = w[e + EXC_ARGS]
    if w[args + OB_SIZE] != 2 or not is_subtype(w, w[e + OB_TYPE], T_SYNTAX_ERROR):
        return
    place: i64 = tuple_from_iterable(m, w[args + TUPLE_ITEMS + 1])
    store(m, m.words, e + EXC_EXTRA, place)
    count: i64 = m.words[place + OB_SIZE]
    if count < 4:
        raise m.error(T_TYPE_ERROR, f"function takes at least 4 arguments ({int(count)} given)")
    if count > 6:
        raise m.error(T_TYPE_ERROR, f"function takes at most 6 arguments ({int(count)} given)")
    if count == 5:
        raise m.error(T_TYPE_ERROR, "end_offset must be provided when end_lineno is provided")


def is_native_init(w: vec[i64], t: i64) -> bool:
    """Has the class t the built-in `__init__`?"""
    return type_lookup(w, t, ID_INIT) == type_lookup(w, T_BASE_EXCEPTION, ID_INIT)


def exception_init(m: Machine, e: i64, at: i64, n: i64) -> None:
    """BaseException.__init__(e, *args, **keywords): as `new`, for an e there is already."""
    keywords: i64 = m.words[at + n - 1]
    args: i64 = tuple_from(m, at, n - 1)
    try:
        if is_subtype(m.words, m.words[e + OB_TYPE], T_BASE_EXCEPTION_GROUP):
            set_args(m, e, args)
        else:
            copy_fields(m, e, args)
            take_place(m, e)
    finally:
        decref(m, m.words, args)
    if keywords != 0:
        take_keywords(m, e, keywords)


def copy_fields(m: Machine, e: i64, args: i64) -> None:
    """Give e what a new exception with these arguments has."""
    twin: i64 = new_exception(m, m.words[e + OB_TYPE], args)
    w = m.words
    for word in (EXC_ARGS, EXC_VALUE, EXC_EXTRA):
        value: i64 = w[twin + word]
        if value != 0:
            incref(w, value)
        store(m, w, e + word, value)
    decref(m, m.words, twin)


def take_keywords(m: Machine, e: i64, keywords: i64) -> None:
    """ImportError(name=, path=), AttributeError(name=, obj=), NameError(name=); TypeError for others."""
    w = m.words
    t: i64 = w[e + OB_TYPE]
    second: i64 = 0
    if is_subtype(w, t, T_IMPORT_ERROR):
        second = NAME_PATH
    elif is_subtype(w, t, T_ATTRIBUTE_ERROR):
        second = NAME_OBJ
    elif not is_subtype(w, t, T_NAME_ERROR) and dict_length(w, keywords) > 0:
        raise m.error(T_TYPE_ERROR, name_of_type(m, t) + "() takes no keyword arguments")
    rest: i64 = dict_copy(m, keywords)
    try:
        take_keyword(m, e + EXC_VALUE, rest, NAME_NAME)
        if second != 0:
            take_keyword(m, e + EXC_EXTRA, rest, second)
        other: i64 = dict_next(m.words, rest, 0)
        if other >= 0:
            key: i64 = m.words[entry_at(m.words, rest, other) + ENTRY_KEY]
            text = host_repr(m, key) + " is an invalid keyword argument for "
            raise m.error(T_TYPE_ERROR, text + name_of_type(m, t) + "()")
    finally:
        decref(m, m.words, rest)


def take_keyword(m: Machine, at: i64, rest: i64, name: i64) -> None:
    """Move the keyword `name` out of the dict into the word at `at`, if it is there."""
    w = m.words
    entry: i64 = dict_find_str(w, rest, name)
    if entry == 0:
        return
    value: i64 = w[entry + ENTRY_VALUE]
    incref(w, value)
    store(m, w, at, value)
    dict_del_str(m, rest, name)


# ---------------------------------------------------------------- methods
def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """A method of BaseException."""
    w = m.words
    e: i64 = w[at]
    if number == ADD_NOTE:
        add_note(m, e, w[at + 1])
        return none(m.words)
    if number >= excgroup_split.GROUP_DERIVE:
        return excgroup_split.call(m, number, at)
    set(m, EXC_TRACEBACK, e, w[at + 1])
    incref(m.words, e)
    return e


def add_note(m: Machine, e: i64, note: i64) -> None:
    """e.__notes__.append(note); the list is made by the first."""
    w = m.words
    if not is_str(w, note):
        raise m.error(T_TYPE_ERROR, "note must be a str, not '" + name_of_type_of(m, note) + "'")
    d: i64 = instance_dict(m, e)
    notes: i64 = dict_get_str(m.words, d, ID_NOTES)
    if notes == 0:
        notes = new_list(m, 0)
        dict_set_owned(m, d, ID_NOTES, notes)
    elif not is_list(m.words, notes):
        raise m.error(T_TYPE_ERROR, "Cannot add note: __notes__ is not a list")
    list_append(m, notes, note)


# ---------------------------------------------------------------- attributes
def get(m: Machine, number: i64, e: i64) -> i64:
    """The attribute at the word `number`, or a field of the arguments or details."""
    w = m.words
    value: i64 = 0
    if number >= CODING_FLAG:
        value = get_field(w, e, number - CODING_FLAG)
        if value == 0 and (number == CODING_FLAG + START or number == CODING_FLAG + END):
            return new_int(m, 0)
    elif number >= DETAIL_FLAG:
        value = item(w, w[e + EXC_EXTRA], number - DETAIL_FLAG)
    elif number >= FIELD_FLAG:
        value = field(w, e, number - FIELD_FLAG)
    elif number == EXC_DICT:
        return object_methods.get(m, OBJECT_GET_DICT, e)
    else:
        value = w[e + number]
    if value == 0:
        value = FALSE if number == EXC_SUPPRESS else NONE
    incref(w, value)
    return value


def item(w: vec[i64], t: i64, i: i64) -> i64:
    """Item i of a tuple, borrowed; 0 if there is no tuple or no such item."""
    if t == 0 or i >= w[t + OB_SIZE]:
        return 0
    return w[t + TUPLE_ITEMS + i]


def field(w: vec[i64], e: i64, i: i64) -> i64:
    """Argument i, borrowed, where the kind names it: an OSError's of two at least, an ImportError's only one."""
    args: i64 = w[e + EXC_ARGS]
    named: bool = w[args + OB_SIZE] >= 2 if is_subtype(w, w[e + OB_TYPE], T_OS_ERROR) else w[args + OB_SIZE] == 1
    return item(w, args, i) if named else 0


def set(m: Machine, number: i64, e: i64, value: i64) -> None:
    """Set an attribute; only what may be None can be deleted."""
    if number == EXC_DICT:
        object_methods.set(m, OBJECT_GET_DICT, e, value)
        return
    if number >= CODING_FLAG:
        value = field_value(m, number - CODING_FLAG, value)
        try:
            set_detail(m, e, number - CODING_FLAG, value, COUNT)
        finally:
            decref(m, m.words, value)
        return
    if value == 0:
        raise m.error(T_TYPE_ERROR, name_in(GETSETS, number) + " may not be deleted")
    if number >= DETAIL_FLAG:
        set_detail(m, e, number - DETAIL_FLAG, value, DETAIL_COUNT)
        return
    if number >= FIELD_FLAG:
        raise m.error(T_ATTRIBUTE_ERROR, "readonly attribute")
    if number == EXC_ARGS:
        value = tuple_from_iterable(m, value)
        store(m, m.words, e + EXC_ARGS, value)
        return
    if number == EXC_SUPPRESS:
        value = TRUE if m.is_true(value) else 0
    elif number == EXC_TRACEBACK or number == EXC_CONTEXT or number == EXC_CAUSE:
        value = checked_link(m, number, value)
    if number == EXC_CAUSE:
        set_cause(m, e, value)
        return
    if value != 0:
        incref(m.words, value)
    store(m, m.words, e + number, value)


def checked_link(m: Machine, number: i64, value: i64) -> i64:
    """An exception (a traceback for `__traceback__`), or 0 for None; TypeError for others. Borrowed."""
    w = m.words
    if value == NONE:
        return 0
    if number == EXC_TRACEBACK:
        if w[value + OB_TYPE] != T_TRACEBACK:
            raise m.error(T_TYPE_ERROR, "__traceback__ must be a traceback or None")
    elif not is_exception(w, value):
        name = "context" if number == EXC_CONTEXT else "cause"
        raise m.error(T_TYPE_ERROR, "exception " + name + " must be None or derive from BaseException")
    return value


def set_detail(m: Machine, e: i64, i: i64, value: i64, count: i64) -> None:
    """Replace item i (value 0: by None) of the tuple EXC_EXTRA, which has `count` items then."""
    w = m.words
    old: i64 = w[e + EXC_EXTRA]
    details: i64 = new_tuple(m, count)
    w = m.words
    k: i64 = 0
    while k < count:
        part: i64 = value if k == i else item(w, old, k)
        if part == 0:
            part = NONE
        incref(w, part)
        w[details + TUPLE_ITEMS + k] = part
        k += 1
    store(m, w, e + EXC_EXTRA, details)
