"""Native functions as objects: how a module's table becomes methods, attributes and functions a program sees.

A native is a family (which module implements it) and a number there. The tables name each once:

    METHODS = ((LIST_INSERT, "insert", 2, 2, ""), (LIST_SORT, "sort", 0, 0, "* key reverse"), ...)
                number       name   fewest most  parameters

`fewest` and `most` count positional arguments without self, -1: any number. The caller lays out on the run-time stack

    self | positional arguments | one word a keyword-only parameter

- without parameters: the positional arguments as given, nothing else;
- with parameters and most >= 0: exactly `most` positional words, 0 for a missing one. The names before `*` are those
  of the last positional words (the ones before are positional only);
- with parameters and most == -1: the positional arguments as given;
- names behind `*`: one word each, 0 if not given. A last `**`: a word with a dict of all other keywords, or 0.

Invariants
- NATIVE_PARAMETERS is 0 or a tuple with the names (`**` included), NATIVE_POSITIONAL counts those before `*`.
- A descriptor's NATIVE_OWNER is the static type that has it.

CPython counterpart: PyMethodDef, PyGetSetDef and Argument Clinic; Objects/descrobject.c makes the same objects.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    NATIVE_FAMILY,
    NATIVE_MAX,
    NATIVE_MIN,
    NATIVE_NAME,
    NATIVE_NUMBER,
    NATIVE_OWNER,
    NATIVE_PARAMETERS,
    NATIVE_POSITIONAL,
    NATIVE_SELF,
    OB_SIZE,
    OB_TYPE,
    STR_DATA,
    TP_DICT,
    TP_GC,
    TUPLE_ITEMS,
    WRAPPED_FUNCTION,
)
from minipy.memory.objalloc import gc_alloc, new_object
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    T_BUILTIN,
    T_CLASSMETHOD_DESCRIPTOR,
    T_GETSET,
    T_MEMBER,
    T_METHOD_DESCRIPTOR,
    T_METHOD_WRAPPER,
    T_STATICMETHOD,
    T_WRAPPER,
)
from minipy.memory.words import Raised, vec
from minipy.objects.dictobject import dict_set_owned
from minipy.objects.interned import intern
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import new_tuple

Methods = tuple[tuple[int, str, int, int, str], ...]
Getsets = tuple[tuple[int, str], ...]

FAMILY_NEW: Final = 0  # the number is the static type whose constructor it is
FAMILY_SLOT: Final = 1  # the number is the special method's name (objects/slots.py)
FAMILY_OBJECT: Final = 2
FAMILY_TYPE: Final = 3
FAMILY_INT: Final = 4
FAMILY_FLOAT: Final = 5
FAMILY_COMPLEX: Final = 6
FAMILY_STR: Final = 7
FAMILY_BYTES: Final = 8
FAMILY_BYTEARRAY: Final = 9
FAMILY_TUPLE: Final = 10
FAMILY_LIST: Final = 11
FAMILY_DICT: Final = 12
FAMILY_DICT_VIEW: Final = 13
FAMILY_SET: Final = 14
FAMILY_RANGE: Final = 15
FAMILY_SLICE: Final = 16
FAMILY_ITER: Final = 17
FAMILY_FUNCTION: Final = 18
FAMILY_METHOD: Final = 20
FAMILY_DESCRIPTOR: Final = 21
FAMILY_MODULE: Final = 22
FAMILY_CELL: Final = 23
FAMILY_EXCEPTION: Final = 24
FAMILY_MAPPINGPROXY: Final = 26
FAMILY_GENERIC_ALIAS: Final = 27
FAMILY_SUPER: Final = 28
FAMILY_CODE: Final = 29
FAMILY_WEAKREF: Final = 30
FAMILY_WEAKPROXY: Final = 31
FAMILY_MODULES: Final = 40
"""Families from here on belong to vm and modules: vm/module_families.py numbers them."""
FAMILY_GENERATOR: Final = FAMILY_MODULES + 1
"""The one of these whose attributes can be set; declared here, where that is asked."""


REST: Final = 0x2A2A
"""The text `**` as it lies in a str's first word of data."""


def takes_rest(w: vec[i64], parameters: i64) -> bool:
    """Is `**` the last of a native's parameters (the tuple, not 0)?"""
    last: i64 = w[parameters + TUPLE_ITEMS + w[parameters + OB_SIZE] - 1]
    return w[last + STR_DATA] == REST


def name_in(getsets: Getsets, number: i64) -> str:
    """The name that a table of attributes gives a number; "attribute" if it has none for it."""
    for known, name in getsets:
        if known == number:
            return name
    return "attribute"


def has_setters(family: i64) -> bool:
    """Has the family computed attributes that can be set?"""
    if family == FAMILY_OBJECT or family == FAMILY_TYPE or family == FAMILY_FUNCTION or family == FAMILY_EXCEPTION:
        return True
    if family == FAMILY_DESCRIPTOR or family == FAMILY_CELL or family == FAMILY_MODULE:
        return True
    return family == FAMILY_GENERATOR


def is_plain_member(family: i64) -> bool:
    """Are the family's attributes fields of the object in CPython: members that can only be read?"""
    if family == FAMILY_SUPER or family == FAMILY_COMPLEX or family == FAMILY_CODE:
        return True
    return family == FAMILY_RANGE or family == FAMILY_SLICE or family == FAMILY_WEAKREF


def new_native(m: Machine, t: i64, family: i64, number: i64, name: str, fewest: i64, most: i64) -> i64:
    """An object of the native type t (T_BUILTIN, T_METHOD_DESCRIPTOR, ...) without owner, self and parameters."""
    o: i64 = gc_alloc(m, t) if m.words[t + TP_GC] != 0 else new_object(m, t)
    text: i64 = 0
    try:
        text = intern(m, name)
    except Raised:
        decref(m, m.words, o)
        raise
    w = m.words
    w[o + NATIVE_NAME] = text
    w[o + NATIVE_FAMILY] = family
    w[o + NATIVE_NUMBER] = number
    w[o + NATIVE_MIN] = fewest
    w[o + NATIVE_MAX] = most
    return o


def set_owner(m: Machine, o: i64, owner: i64) -> None:
    """Make `owner` (borrowed) the NATIVE_OWNER of a native that has none."""
    w = m.words
    incref(w, owner)
    w[o + NATIVE_OWNER] = owner


def set_parameters(m: Machine, o: i64, parameters: str) -> None:
    """Give a native its parameters' names, in the tables' notation; releases the native if that fails."""
    if parameters == "":
        return
    try:
        name_parameters(m, o, parameters)
    except Raised:
        decref(m, m.words, o)
        raise


def name_parameters(m: Machine, o: i64, parameters: str) -> None:
    """The tuple of names, and how many of them stand before `*`."""
    names = parameters.split()
    positional = len(names)
    if "*" in names:
        positional = names.index("*")
        del names[positional]
    elif "**" in names:
        positional = names.index("**")
    t: i64 = new_tuple(m, len(names))
    w = m.words
    w[o + NATIVE_PARAMETERS] = t
    w[o + NATIVE_POSITIONAL] = positional
    at: i64 = t + TUPLE_ITEMS
    for name in names:
        text: i64 = intern(m, name)
        m.words[at] = text
        at += 1


def add_methods(m: Machine, t: i64, family: i64, table: Methods) -> None:
    """Put a table's methods into the dict of the static type t."""
    for number, name, fewest, most, parameters in table:
        o: i64 = new_native(m, T_METHOD_DESCRIPTOR, family, number, name, fewest, most)
        set_owner(m, o, t)
        set_parameters(m, o, parameters)
        put(m, m.words[t + TP_DICT], o, o)


def add_getsets(m: Machine, t: i64, family: i64, table: Getsets) -> None:
    """Put a table's computed attributes, or what is called a member, into the dict of the static type t."""
    kind: i64 = T_MEMBER if is_plain_member(family) else T_GETSET
    for number, name in table:
        o: i64 = new_native(m, kind, family, number, name, 0, 0)
        set_owner(m, o, t)
        put(m, m.words[t + TP_DICT], o, o)


def add_class_methods(m: Machine, t: i64, family: i64, table: Methods) -> None:
    """Put class methods (first argument: the class) into the dict of the static type t."""
    for number, name, fewest, most, parameters in table:
        o: i64 = new_native(m, T_CLASSMETHOD_DESCRIPTOR, family, number, name, fewest, most)
        set_owner(m, o, t)
        set_parameters(m, o, parameters)
        put(m, m.words[t + TP_DICT], o, o)


def add_static_methods(m: Machine, t: i64, family: i64, table: Methods) -> None:
    """Put static methods (no first argument) into the dict of the static type t."""
    for number, name, fewest, most, parameters in table:
        o: i64 = new_native(m, T_BUILTIN, family, number, name, fewest, most)
        set_owner(m, o, t)
        set_parameters(m, o, parameters)
        put_static(m, t, o)


def add_functions(m: Machine, d: i64, module_name: str, family: i64, table: Methods) -> None:
    """Put a module's functions into its dict d; they get no self."""
    owner: i64 = intern(m, module_name)
    try:
        for number, name, fewest, most, parameters in table:
            o: i64 = new_native(m, T_BUILTIN, family, number, name, fewest, most)
            set_owner(m, o, owner)
            set_parameters(m, o, parameters)
            put(m, d, o, o)
    finally:
        decref(m, m.words, owner)


def put_static(m: Machine, t: i64, function: i64) -> None:
    """A staticmethod around `function` (stolen) goes into t's dict."""
    try:
        o: i64 = gc_alloc(m, T_STATICMETHOD)
    except Raised:
        decref(m, m.words, function)
        raise
    w = m.words
    w[o + WRAPPED_FUNCTION] = function
    put(m, w[t + TP_DICT], function, o)


def put(m: Machine, d: i64, native: i64, value: i64) -> None:
    """d[name of the native] = value (stolen)."""
    dict_set_owned(m, d, m.words[native + NATIVE_NAME], value)


def bind_native(m: Machine, descriptor: i64, o: i64) -> i64:
    """The method `descriptor` bound to o: a new T_BUILTIN, of a special method a T_METHOD_WRAPPER. Both borrowed."""
    special: bool = m.words[descriptor + OB_TYPE] == T_WRAPPER
    b: i64 = gc_alloc(m, T_METHOD_WRAPPER if special else T_BUILTIN)
    w = m.words
    i: i64 = NATIVE_NAME
    while i <= NATIVE_POSITIONAL:
        value: i64 = w[descriptor + i]
        if i <= NATIVE_PARAMETERS and value != 0:
            incref(w, value)
        w[b + i] = value
        i += 1
    incref(w, o)
    w[b + NATIVE_SELF] = o
    return b
