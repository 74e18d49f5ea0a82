"""Texts of any objects: repr, str, format, ascii; and the guard against a repr inside itself.

CPython counterpart: PyObject_Repr, PyObject_Str and Py_ReprEnter of Objects/object.c, PyObject_Format of
Objects/abstract.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import NATIVE_NAME, NATIVE_OWNER, OB_TYPE, TP_FLAGS, TP_SOLID, TPFLAGS_SPECIAL
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_METHOD_DESCRIPTOR, T_OBJECT, T_STR, T_TYPE_ERROR, T_WRAPPER
from minipy.objects.attributes import call_held, call_special
from minipy.objects.identifiers import ID_FORMAT, ID_REPR, ID_STR
from minipy.objects.machine import Machine
from minipy.objects.native_text import has_own_str, native_format, native_repr, native_str
from minipy.objects.recursion import enter, leave
from minipy.objects.reprs import default_repr
from minipy.objects.typeobject import name_of_type_of, type_lookup
from minipy.objects.unicode_methods import str_ascii
from minipy.objects.unicodeobject import is_str, new_str


def repr_object(m: Machine, o: i64) -> i64:
    """repr(o): an owned str."""
    enter(m, " while getting the repr of an object")
    try:
        return any_repr(m, o)
    finally:
        leave(m.words)


def any_repr(m: Machine, o: i64) -> i64:
    """The repr by a program's `__repr__` or the built-in one."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if w[t + TP_FLAGS] & TPFLAGS_SPECIAL != 0:
        d: i64 = type_lookup(w, t, ID_REPR)
        if w[d + OB_TYPE] != T_WRAPPER or w[d + NATIVE_NAME] != ID_REPR:
            return checked_text(m, call_special(m, d, o, 0, 0), "__repr__")
        if w[d + NATIVE_OWNER] == T_OBJECT:
            return new_str(m, default_repr(m, o))
    return native_repr(m, w[t + TP_SOLID], o)


def checked_text(m: Machine, r: i64, name: str) -> i64:
    """r (stolen and returned) if it is a str; TypeError otherwise."""
    if is_str(m.words, r):
        return r
    kind = name_of_type_of(m, r)
    decref(m, m.words, r)
    raise m.error(T_TYPE_ERROR, name + " returned non-string (type " + kind + ")")


def str_object(m: Machine, o: i64) -> i64:
    """str(o): an owned str."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if t == T_STR:
        incref(w, o)
        return o
    solid: i64 = w[t + TP_SOLID]
    if w[t + TP_FLAGS] & TPFLAGS_SPECIAL != 0:
        d: i64 = type_lookup(w, t, ID_STR)
        if w[d + OB_TYPE] != T_WRAPPER or w[d + NATIVE_NAME] != ID_STR:
            enter(m, " while getting the str of an object")
            try:
                return checked_text(m, call_special(m, d, o, 0, 0), "__str__")
            finally:
                leave(m.words)
        if w[d + NATIVE_OWNER] == T_OBJECT:
            solid = T_OBJECT
    enter(m, " while getting the str of an object")
    try:
        if solid == T_OBJECT or not has_own_str(solid):
            return any_repr(m, o)
        return native_str(m, solid, o)
    finally:
        leave(m.words)


def format_object(m: Machine, o: i64, spec: i64) -> i64:
    """format(o, spec): an owned str."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if w[t + TP_FLAGS] & TPFLAGS_SPECIAL != 0:
        d: i64 = type_lookup(w, t, ID_FORMAT)
        if w[d + OB_TYPE] != T_METHOD_DESCRIPTOR:
            r: i64 = call_held(m, d, o, spec)
            if is_str(m.words, r):
                return r
            kind = name_of_type_of(m, r)
            decref(m, m.words, r)
            raise m.error(T_TYPE_ERROR, "__format__ must return a str, not " + kind)
    return native_format(m, w[t + TP_SOLID], o, spec)


def ascii_object(m: Machine, o: i64) -> i64:
    """ascii(o): an owned str."""
    r: i64 = repr_object(m, o)
    try:
        return str_ascii(m, r)
    finally:
        decref(m, m.words, r)
