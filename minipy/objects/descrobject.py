"""Descriptors: property, staticmethod, classmethod, the members of `__slots__`, natives on classes.

    property:  fget | fset | fdel | doc | name | is the doc fget's        staticmethod, classmethod:  function | dict
    member:    a native (layout NATIVE_*) whose NATIVE_NUMBER is the offset in the instance

`bind` in attributes.py is their `__get__`; what each does with an instance stands here.

CPython counterpart: Objects/descrobject.c, the static and class methods of Objects/funcobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.describe import tp_name
from minipy.memory.layout import (
    NATIVE_FAMILY,
    NATIVE_NAME,
    NATIVE_NUMBER,
    NATIVE_OWNER,
    OB_TYPE,
    PROPERTY_DEL,
    PROPERTY_DOC,
    PROPERTY_GET,
    PROPERTY_GETTER_DOC,
    PROPERTY_NAME,
    PROPERTY_SET,
    TP_QUALNAME,
    TP_SOLID,
    TUPLE_ITEMS,
    WRAPPED_FUNCTION,
)
from minipy.memory.layout_modules import WRAPPED_DICT
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import NONE, T_ATTRIBUTE_ERROR, T_MEMBER, T_PROPERTY, T_TYPE_ERROR, TRUE
from minipy.memory.words import Raised
from minipy.objects.classobject import instance_dict
from minipy.objects.dict_merge import dict_merge
from minipy.objects.dictobject import dict_set_owned, new_dict
from minipy.objects.identifiers import ID_ANNOTATIONS, ID_DOC, ID_MODULE, ID_NAME, ID_QUALNAME, ID_SETATTR
from minipy.objects.interned import intern
from minipy.objects.longobject import new_bool, none
from minipy.objects.machine import Machine
from minipy.objects.natives import has_setters, new_native, set_owner
from minipy.objects.tupleobject import host_repr, new_tuple
from minipy.objects.typeobject import is_instance_of, is_subtype, is_type, name_of_type, name_of_type_of, type_of
from minipy.objects.unicodeobject import host_str, new_str

PROPERTY_GETTER: Final = 0
PROPERTY_SETTER: Final = 1
PROPERTY_DELETER: Final = 2
PROPERTY_SET_NAME: Final = 3
GET_FGET: Final = 10
GET_FSET: Final = 11
GET_FDEL: Final = 12
GET_DOC: Final = 13
GET_ABSTRACT: Final = 14
GET_FUNC: Final = 20
GET_FUNC_ABSTRACT: Final = 21

PROPERTY_METHODS: Final = (
    (PROPERTY_GETTER, "getter", 1, 1, ""),
    (PROPERTY_SETTER, "setter", 1, 1, ""),
    (PROPERTY_DELETER, "deleter", 1, 1, ""),
    (PROPERTY_SET_NAME, "__set_name__", 0, -1, ""),
)
PROPERTY_GETSETS: Final = (
    (GET_FGET, "fget"),
    (GET_FSET, "fset"),
    (GET_FDEL, "fdel"),
    (GET_DOC, "__doc__"),
    (GET_ABSTRACT, "__isabstractmethod__"),
)
WRAPPED_GETSETS: Final = (
    (GET_FUNC, "__func__"),
    (GET_FUNC, "__wrapped__"),
    (GET_FUNC_ABSTRACT, "__isabstractmethod__"),
)
NO_FAMILY: Final = 0
"""A member of `__slots__` is no native's: its NATIVE_NUMBER is the place."""
NEW_PROPERTY: Final = (0, 4, "fget fset fdel doc")
NEW_WRAPPED: Final = (1, 1, "")


# ---------------------------------------------------------------- property
def new_property(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """property(fget=None, fset=None, fdel=None, doc=None)."""
    p: i64 = gc_alloc(m, t)
    try:
        property_init(m, p, at, n)
    except Raised:
        decref(m, m.words, p)
        raise
    return p


def property_init(m: Machine, p: i64, at: i64, n: i64) -> None:
    """property.__init__: n functions at `at`, 0 or None where there is none; without doc, fget's `__doc__`."""
    w = m.words
    i: i64 = 0
    while i < n:
        value: i64 = w[at + i]
        if value != 0 and value != NONE:
            incref(w, value)
            store(m, w, p + PROPERTY_GET + i, value)
        i += 1
    w = m.words
    if w[p + PROPERTY_DOC] == 0 and w[p + PROPERTY_GET] != 0:
        doc: i64 = m.find_attribute(w[p + PROPERTY_GET], ID_DOC)
        if doc != 0:
            take_doc(m, p, doc)


def take_doc(m: Machine, p: i64, doc: i64) -> None:
    """The getter's doc (stolen) is the property's; of an instance of a subclass an attribute of its own."""
    w = m.words
    incref(w, TRUE)
    store(m, w, p + PROPERTY_GETTER_DOC, TRUE)
    w = m.words
    if w[p + OB_TYPE] == T_PROPERTY:
        store(m, w, p + PROPERTY_DOC, doc)
        return
    try:
        done: i64 = m.call_method(p, ID_SETATTR, ID_DOC, doc)
        decref(m, m.words, done)
    finally:
        decref(m, m.words, doc)


def property_with(m: Machine, p: i64, which: i64, function: i64) -> i64:
    """type(p)(fget, fset, fdel, doc) with those of p but for another function at the word `which`.

    A doc that came from the getter is taken anew.
    """
    args: i64 = new_tuple(m, 4)
    w = m.words
    i: i64 = 0
    while i < 4:
        value: i64 = function if PROPERTY_GET + i == which else w[p + PROPERTY_GET + i]
        if value == 0 or (PROPERTY_GET + i == PROPERTY_DOC and w[p + PROPERTY_GETTER_DOC] != 0):
            value = NONE
        incref(w, value)
        w[args + TUPLE_ITEMS + i] = value
        i += 1
    try:
        copy: i64 = m.call_object(w[p + OB_TYPE], args, 0)
    finally:
        decref(m, m.words, args)
    w = m.words
    if w[p + PROPERTY_NAME] != 0 and w[w[copy + OB_TYPE] + TP_SOLID] == T_PROPERTY:
        incref(w, w[p + PROPERTY_NAME])
        store(m, w, copy + PROPERTY_NAME, w[p + PROPERTY_NAME])
    return copy


def property_get(m: Machine, p: i64, o: i64) -> i64:
    """The property's value for the instance o."""
    getter: i64 = m.words[p + PROPERTY_GET]
    if getter == 0:
        raise property_error(m, p, o, "getter")
    return m.call1(getter, o)


def property_set(m: Machine, p: i64, o: i64, value: i64) -> None:
    """Set (value 0: delete) through the property."""
    w = m.words
    function: i64 = w[p + PROPERTY_DEL] if value == 0 else w[p + PROPERTY_SET]
    if function == 0:
        raise property_error(m, p, o, "deleter" if value == 0 else "setter")
    result: i64 = m.call1(function, o) if value == 0 else m.call2(function, o, value)
    decref(m, m.words, result)


def property_error(m: Machine, p: i64, o: i64, missing: str) -> Raised:
    """AttributeError: property 'x' of 'A' object has no setter."""
    w = m.words
    text = "property "
    if w[p + PROPERTY_NAME] != 0:
        text += host_repr(m, w[p + PROPERTY_NAME]) + " "
    text += "of " + host_repr(m, w[type_of(w, o) + TP_QUALNAME]) + " object has no " + missing
    return m.error(T_ATTRIBUTE_ERROR, text)


def is_abstract(m: Machine, function: i64) -> bool:
    """Is function.__isabstractmethod__ true? 0 and what has no such attribute is not."""
    if function == 0:
        return False
    name: i64 = intern(m, "__isabstractmethod__")
    flag: i64 = 0
    try:
        flag = m.find_attribute(function, name)
        return flag != 0 and m.is_true(flag)
    finally:
        decref(m, m.words, name)
        if flag != 0:
            decref(m, m.words, flag)


# ---------------------------------------------------------------- static and class methods
def new_wrapped(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """staticmethod(function), classmethod(function)."""
    d: i64 = own_attributes(m, m.words[at])
    try:
        o: i64 = wrap_function(m, t, m.words[at])
    except Raised:
        decref(m, m.words, d)
        raise
    m.words[o + WRAPPED_DICT] = d
    return o


def wrapped_init(m: Machine, o: i64, at: i64, n: i64) -> None:
    """staticmethod.__init__, classmethod.__init__."""
    function: i64 = m.words[at]
    incref(m.words, function)
    store(m, m.words, o + WRAPPED_FUNCTION, function)
    d: i64 = own_attributes(m, function)
    try:
        dict_merge(m, instance_dict(m, o), d)
    finally:
        decref(m, m.words, d)


def own_attributes(m: Machine, function: i64) -> i64:
    """A dict of the function's module, names, doc and annotations, a staticmethod's or classmethod's own."""
    d: i64 = new_dict(m)
    try:
        for name in (ID_MODULE, ID_NAME, ID_QUALNAME, ID_DOC, ID_ANNOTATIONS):
            value: i64 = m.find_attribute(function, name)
            if value != 0:
                dict_set_owned(m, d, name, value)
    except Raised:
        decref(m, m.words, d)
        raise
    return d


def wrap_function(m: Machine, t: i64, function: i64) -> i64:
    """A staticmethod or classmethod (t) around `function` (borrowed)."""
    o: i64 = gc_alloc(m, t)
    w = m.words
    incref(w, function)
    w[o + WRAPPED_FUNCTION] = function
    return o


def wrapped_repr(m: Machine, o: i64) -> i64:
    """<staticmethod(<function f at 0x...>)>"""
    inner = host_repr(m, m.words[o + WRAPPED_FUNCTION])
    return new_str(m, "<" + name_of_type_of(m, o) + "(" + inner + ")>")


# ---------------------------------------------------------------- members of __slots__
def new_member(m: Machine, t: i64, name: i64, offset: i64) -> i64:
    """The descriptor of the attribute `name` (borrowed) at the word `offset` of t's instances."""
    o: i64 = new_native(m, T_MEMBER, NO_FAMILY, offset, host_str(m, name), 0, 0)
    set_owner(m, o, t)
    return o


def check_owner(m: Machine, d: i64, o: i64) -> None:
    """TypeError unless o is an instance of the class the descriptor d belongs to."""
    w = m.words
    owner: i64 = w[d + NATIVE_OWNER]
    if owner != 0 and not is_instance_of(w, o, owner):
        raise m.error(
            T_TYPE_ERROR,
            "descriptor '" + host_str(m, w[d + NATIVE_NAME]) + "' for '" + name_of_type(m, owner)
            + "' objects doesn't apply to a '" + name_of_type_of(m, o) + "' object",
        )  # fmt: skip


def check_subtype(m: Machine, d: i64, t: i64) -> None:
    """TypeError unless t is a class of the built-in type whose class method d is."""
    w = m.words
    owner: i64 = w[d + NATIVE_OWNER]
    if is_type(w, t) and is_subtype(w, t, owner):
        return
    text = "descriptor '" + host_str(m, w[d + NATIVE_NAME]) + "' "
    if not is_type(w, t):
        text += "for type '" + name_of_type(m, owner) + "' needs a type, not a '" + name_of_type_of(m, t) + "' as arg 2"
    else:
        text += "requires a subtype of '" + name_of_type(m, owner) + "' but received '" + name_of_type(m, t) + "'"
    raise m.error(T_TYPE_ERROR, text)


def member_get(m: Machine, d: i64, o: i64) -> i64:
    """The attribute of the instance o; AttributeError if it is not set."""
    w = m.words
    if w[d + NATIVE_FAMILY] != NO_FAMILY:
        return getset_get(m, d, o)
    check_owner(m, d, o)
    value: i64 = w[o + w[d + NATIVE_NUMBER]]
    if value == 0:
        raise missing_member(m, d, o)
    incref(w, value)
    return value


def member_set(m: Machine, d: i64, o: i64, value: i64) -> None:
    """Set (value 0: delete) the attribute of the instance o."""
    check_owner(m, d, o)
    w = m.words
    if w[d + NATIVE_FAMILY] != NO_FAMILY:
        raise m.error(T_ATTRIBUTE_ERROR, "readonly attribute")
    at: i64 = o + w[d + NATIVE_NUMBER]
    if value == 0 and w[at] == 0:
        raise m.error(T_ATTRIBUTE_ERROR, host_str(m, w[d + NATIVE_NAME]))
    if value != 0:
        incref(w, value)
    store(m, w, at, value)


def missing_member(m: Machine, d: i64, o: i64) -> Raised:
    """AttributeError: the attribute of `__slots__` has no value."""
    name = host_str(m, m.words[d + NATIVE_NAME])
    return m.error(T_ATTRIBUTE_ERROR, "'" + name_of_type_of(m, o) + "' object has no attribute '" + name + "'")


# ---------------------------------------------------------------- computed attributes of built-in types
def getset_get(m: Machine, d: i64, o: i64) -> i64:
    """The computed attribute of o."""
    check_owner(m, d, o)
    w = m.words
    return m.native_get(w[d + NATIVE_FAMILY], w[d + NATIVE_NUMBER], o)


def getset_set(m: Machine, d: i64, o: i64, value: i64) -> None:
    """Set (value 0: delete) the computed attribute of o."""
    check_owner(m, d, o)
    w = m.words
    if not has_setters(w[d + NATIVE_FAMILY]):
        raise not_writable(m, host_str(m, w[d + NATIVE_NAME]), tp_name(w, w[d + NATIVE_OWNER]))
    m.native_set(w[d + NATIVE_FAMILY], w[d + NATIVE_NUMBER], o, value)


def not_writable(m: Machine, name: str, t: str) -> Raised:
    """AttributeError of a computed attribute that cannot be set."""
    return m.error(T_ATTRIBUTE_ERROR, "attribute '" + name + "' of '" + t + "' objects is not writable")


# ---------------------------------------------------------------- their own methods and attributes
def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """A method of property."""
    w = m.words
    p: i64 = w[at]
    if number == PROPERTY_GETTER:
        return property_with(m, p, PROPERTY_GET, w[at + 1])
    if number == PROPERTY_SETTER:
        return property_with(m, p, PROPERTY_SET, w[at + 1])
    if number == PROPERTY_DELETER:
        return property_with(m, p, PROPERTY_DEL, w[at + 1])
    if n != 3:
        text = f"__set_name__() takes 2 positional arguments but {int(n - 1)} were given"
        raise m.error(T_TYPE_ERROR, text)
    incref(w, w[at + 2])
    store(m, w, p + PROPERTY_NAME, w[at + 2])
    return none(m.words)


def get(m: Machine, number: i64, o: i64) -> i64:
    """An attribute of a property, staticmethod or classmethod."""
    w = m.words
    if number == GET_ABSTRACT:
        abstract: bool = is_abstract(m, w[o + PROPERTY_GET]) or is_abstract(m, w[o + PROPERTY_SET])
        return new_bool(m.words, abstract or is_abstract(m, w[o + PROPERTY_DEL]))
    if number < GET_FUNC:
        value: i64 = w[o + PROPERTY_GET + number - GET_FGET]
        if value == 0:
            value = NONE
        incref(w, value)
        return value
    function: i64 = w[o + WRAPPED_FUNCTION]
    if number == GET_FUNC_ABSTRACT:
        return new_bool(m.words, is_abstract(m, function))
    incref(w, function)
    return function


def set(m: Machine, number: i64, o: i64, value: i64) -> None:
    """A property's `__doc__` can be set, nothing else."""
    if number != GET_DOC:
        raise m.error(T_ATTRIBUTE_ERROR, "readonly attribute")
    w = m.words
    if value != 0:
        incref(w, value)
    store(m, w, o + PROPERTY_DOC, value)
