"""Setting and deleting attributes of instances and classes.

A data descriptor of the class is asked first; else the attribute goes to the instance's values or dict, for a class
into its own dict, after which the versions of the class and its subclasses are no longer valid.

CPython counterpart: _PyObject_GenericSetAttrWithDict of Objects/object.c, type_setattro and update_slot of
Objects/typeobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.describe import is_immutable, tp_name
from minipy.memory.layout import (
    OB_TYPE,
    TP_DICT,
    TP_DICTOFFSET,
    TP_FLAGS,
    TP_SOLID,
    TPFLAGS_ABSTRACT,
    TPFLAGS_SETATTR,
    TPFLAGS_SPECIAL,
    TPFLAGS_TYPE,
)
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    T_ATTRIBUTE_ERROR,
    T_FUNCTION,
    T_GETSET,
    T_MEMBER,
    T_PROPERTY,
    T_TYPE_ERROR,
    T_WRAPPER,
)
from minipy.memory.words import Raised
from minipy.objects.attributes import call_special
from minipy.objects.classobject import delete_attribute, store_attribute
from minipy.objects.descrobject import getset_set, member_set, property_set
from minipy.objects.dictobject import dict_del_str, dict_set_str
from minipy.objects.identifiers import ID_ABSTRACTMETHODS, ID_DELATTR, ID_DELETE, ID_SET, ID_SETATTR
from minipy.objects.machine import Machine
from minipy.objects.specialnames import special_flags
from minipy.objects.typeobject import (
    add_flags,
    name_of_type_of,
    type_lookup,
    type_modified,
)
from minipy.objects.unicodeobject import host_str


def set_attr(m: Machine, o: i64, name: i64, value: i64) -> None:
    """o.name = value (borrowed)."""
    change_attr(m, o, name, value)


def del_attr(m: Machine, o: i64, name: i64) -> None:
    """del o.name."""
    change_attr(m, o, name, 0)


def change_attr(m: Machine, o: i64, name: i64, value: i64) -> None:
    """Set o.name, or delete it if value is 0, through a program's `__setattr__` or `__delattr__` if there is one."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if w[t + TP_FLAGS] & TPFLAGS_SETATTR != 0:
        d: i64 = type_lookup(w, t, ID_SETATTR if value != 0 else ID_DELATTR)
        if w[d + OB_TYPE] != T_WRAPPER:
            result: i64 = call_special(m, d, o, name, value)
            decref(m, m.words, result)
            return
    native_change(m, o, name, value)


def native_change(m: Machine, o: i64, name: i64, value: i64) -> None:
    """The built-in `__setattr__`, or `__delattr__` if value is 0."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if w[t + TP_FLAGS] & TPFLAGS_TYPE != 0:
        change_type(m, o, name, value)
        return
    d: i64 = type_lookup(w, t, name)
    if d != 0 and change_by_descriptor(m, d, o, value):
        return
    if w[t + TP_DICTOFFSET] == 0:
        raise cannot_change(m, o, name, d)
    if value != 0:
        store_attribute(m, o, name, value)
    elif not delete_attribute(m, o, name):
        raise unknown(m, o, name)


def change_by_descriptor(m: Machine, d: i64, o: i64, value: i64) -> bool:
    """Set (value 0: delete) through d if it is a data descriptor; False if it is none."""
    w = m.words
    kind: i64 = w[d + OB_TYPE]
    if kind == T_FUNCTION:
        return False
    incref(w, d)
    try:
        if w[kind + TP_FLAGS] & TPFLAGS_SPECIAL != 0 and has_own_set(m, kind):
            call_set(m, d, kind, o, value)
            return True
        return native_set(m, w[kind + TP_SOLID], d, o, value)
    finally:
        decref(m, m.words, d)


def native_set(m: Machine, solid: i64, d: i64, o: i64, value: i64) -> bool:
    """The built-in `__set__` or `__delete__` of the type `solid`; False if it has none."""
    if solid == T_PROPERTY:
        property_set(m, d, o, value)
    elif solid == T_MEMBER:
        member_set(m, d, o, value)
    elif solid == T_GETSET:
        getset_set(m, d, o, value)
    else:
        return False
    return True


def has_own_set(m: Machine, kind: i64) -> bool:
    """Has the class a program's `__set__` or `__delete__`?"""
    w = m.words
    d: i64 = type_lookup(w, kind, ID_SET)
    if d != 0 and w[d + OB_TYPE] != T_WRAPPER:
        return True
    d = type_lookup(w, kind, ID_DELETE)
    return d != 0 and w[d + OB_TYPE] != T_WRAPPER


def call_set(m: Machine, d: i64, kind: i64, o: i64, value: i64) -> None:
    """A program's `__set__` or `__delete__`."""
    name: i64 = ID_SET if value != 0 else ID_DELETE
    function: i64 = type_lookup(m.words, kind, name)
    if function == 0:
        text = "__set__" if value != 0 else "__delete__"
        raise m.error(T_ATTRIBUTE_ERROR, text)
    result: i64 = call_special(m, function, d, o, value)
    decref(m, m.words, result)


def cannot_change(m: Machine, o: i64, name: i64, d: i64) -> Raised:
    """AttributeError where the instance has no room for attributes of its own."""
    if d == 0:
        return unknown(m, o, name)
    text = "'" + name_of_type_of(m, o) + "' object attribute '" + host_str(m, name) + "' is read-only"
    return m.error(T_ATTRIBUTE_ERROR, text)


def unknown(m: Machine, o: i64, name: i64) -> Raised:
    """AttributeError that, other than where an attribute is read, knows neither o nor the name, as in CPython."""
    text = "'" + name_of_type_of(m, o) + "' object has no attribute '" + host_str(m, name) + "'"
    return m.error(T_ATTRIBUTE_ERROR, text)


# ---------------------------------------------------------------- classes
def change_type(m: Machine, t: i64, name: i64, value: i64) -> None:
    """Set (value 0: delete) the attribute of the class t."""
    w = m.words
    d: i64 = type_lookup(w, w[t + OB_TYPE], name)
    if is_immutable(w, t):
        text = "cannot set '" + host_str(m, name) + "' attribute of immutable type '" + tp_name(w, t) + "'"
        raise m.error(T_TYPE_ERROR, text)
    if d != 0 and change_by_descriptor(m, d, t, value):
        type_modified(m.words, t)
        return
    if value == 0:
        delete_from_type(m, t, name)
    else:
        set_in_type(m, t, name, value)


def set_in_type(m: Machine, t: i64, name: i64, value: i64) -> None:
    """Put a value (borrowed) into the dict of the heap type t."""
    type_modified(m.words, t)
    dict_set_str(m, m.words[t + TP_DICT], name, value)
    note_special(m, t, name, value)


def delete_from_type(m: Machine, t: i64, name: i64) -> None:
    """Take a name out of the dict of the heap type t. Its flags stay: they only promise a lookup."""
    type_modified(m.words, t)
    if not dict_del_str(m, m.words[t + TP_DICT], name):
        text = "type object '" + tp_name(m.words, t) + "' has no attribute '" + host_str(m, name) + "'"
        raise m.error(T_ATTRIBUTE_ERROR, text)


def note_special(m: Machine, t: i64, name: i64, value: i64) -> None:
    """Tell t's flags, and those of its subclasses, of a special method that t has now."""
    flags: i64 = special_flags(name)
    if flags != 0:
        add_flags(m.words, t, flags)
    elif name == ID_ABSTRACTMETHODS:
        abstract: bool = m.is_true(value)
        w = m.words
        w[t + TP_FLAGS] = w[t + TP_FLAGS] & ~TPFLAGS_ABSTRACT
        if abstract:
            w[t + TP_FLAGS] |= TPFLAGS_ABSTRACT
