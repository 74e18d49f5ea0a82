"""isinstance and issubclass, with `__instancecheck__` and `__subclasscheck__` of metaclasses.

CPython counterpart: object_isinstance, recursive_issubclass, PyObject_IsInstance of Objects/abstract.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    OB_SIZE,
    OB_TYPE,
    TP_FLAGS,
    TP_SOLID,
    TPFLAGS_GETATTR,
    TPFLAGS_GETATTRIBUTE,
    TUPLE_ITEMS,
)
from minipy.memory.layout_modules import ALIAS_ARGS
from minipy.memory.refcount import decref
from minipy.memory.statics import T_OBJECT, T_TUPLE, T_TYPE, T_TYPE_ERROR
from minipy.memory.words import vec
from minipy.objects.abstract_compare import truth_of
from minipy.objects.abstract_number import own_special
from minipy.objects.attributes import call_special
from minipy.objects.genericalias import is_alias, is_union
from minipy.objects.identifiers import ID_BASES, ID_CLASS, ID_INSTANCECHECK, ID_SUBCLASSCHECK
from minipy.objects.machine import Machine
from minipy.objects.recursion import enter, leave
from minipy.objects.typeobject import is_subtype, is_type, type_lookup, type_of


def is_instance(m: Machine, o: i64, classes: i64) -> bool:
    """isinstance(o, classes): a class, or a tuple or union of such."""
    w = m.words
    if w[o + OB_TYPE] == classes:
        return True
    if w[classes + OB_TYPE] == T_TYPE:
        return plain_instance(m, o, classes)
    members: i64 = members_of(m, classes)
    if members != 0:
        return any_of(m, o, members, True)
    d: i64 = own_special(m, classes, ID_INSTANCECHECK)
    if d != 0:
        return asked_metaclass(m, d, classes, o, " in __instancecheck__")
    if is_type(w, classes):
        return plain_instance(m, o, classes)
    check_no_alias(m, classes, "isinstance")
    check_class(m, classes, "isinstance() arg 2 must be a type, a tuple of types, or a union")
    claimed: i64 = m.find_attribute(o, ID_CLASS)
    return claimed != 0 and derives(m, claimed, classes)


def asked_metaclass(m: Machine, check: i64, classes: i64, o: i64, where: str) -> bool:
    """What the special method `check` of the metaclass says of o; all borrowed."""
    enter(m, where)
    try:
        return truth_of(m, call_special(m, check, classes, o, 0))
    finally:
        leave(m.words)


def plain_instance(m: Machine, o: i64, t: i64) -> bool:
    """Is o's type, or what its `__class__` says, t or derived from it?"""
    w = m.words
    kind: i64 = type_of(w, o)
    if kind == t or is_subtype(w, kind, t):
        return True
    if not claims_class(w, kind):
        return False
    claimed: i64 = m.find_attribute(o, ID_CLASS)
    if claimed == 0:
        return False
    w = m.words
    result: bool = claimed != kind and is_type(w, claimed) and is_subtype(w, claimed, t)
    decref(m, w, claimed)
    return result


def claims_class(w: vec[i64], t: i64) -> bool:
    """May an instance of t give another `__class__` than its type?"""
    if w[t + TP_FLAGS] & (TPFLAGS_GETATTR | TPFLAGS_GETATTRIBUTE) != 0:
        return True
    return type_lookup(w, t, ID_CLASS) != type_lookup(w, T_OBJECT, ID_CLASS)


def is_subclass(m: Machine, t: i64, classes: i64) -> bool:
    """issubclass(t, classes)."""
    w = m.words
    members: i64 = members_of(m, classes)
    if members != 0:
        return any_of(m, t, members, False)
    d: i64 = own_special(m, classes, ID_SUBCLASSCHECK)
    if d != 0:
        return asked_metaclass(m, d, classes, t, " in __subclasscheck__")
    if is_type(w, t) and is_type(w, classes):
        return is_subtype(w, t, classes)
    check_class(m, t, "issubclass() arg 1 must be a class")
    check_no_alias(m, classes, "issubclass")
    check_class(m, classes, "issubclass() arg 2 must be a class, a tuple of classes, or a union")
    m.words[t] += 1
    return derives(m, t, classes)


# ---------------------------------------------------------------- what is no type but has `__bases__`
def bases_of(m: Machine, o: i64) -> i64:
    """o.__bases__ if that is a tuple (owned), else 0."""
    bases: i64 = m.find_attribute(o, ID_BASES)
    if bases != 0 and m.words[m.words[bases + OB_TYPE] + TP_SOLID] != T_TUPLE:
        decref(m, m.words, bases)
        return 0
    return bases


def check_no_alias(m: Machine, o: i64, function: str) -> None:
    """TypeError for list[int] where a class is wanted."""
    if is_alias(m.words, o):
        raise m.error(T_TYPE_ERROR, function + "() argument 2 cannot be a parameterized generic")


def check_class(m: Machine, o: i64, message: str) -> None:
    """TypeError unless o is like a class."""
    bases: i64 = bases_of(m, o)
    if bases == 0:
        raise m.error(T_TYPE_ERROR, message)
    decref(m, m.words, bases)


def derives(m: Machine, o: i64, target: i64) -> bool:
    """Is `target` o (stolen) or among what it derives from by `__bases__`?"""
    while o != target:
        bases: i64 = 0
        try:
            bases = bases_of(m, o)
        finally:
            decref(m, m.words, o)
        w = m.words
        if bases == 0 or w[bases + OB_SIZE] != 1:
            return bases != 0 and any_derives(m, bases, target)
        o = w[bases + TUPLE_ITEMS]
        w[o] += 1
        decref(m, w, bases)
    decref(m, m.words, o)
    return True


def any_derives(m: Machine, bases: i64, target: i64) -> bool:
    """Does one of the bases (a tuple, stolen) derive from target?"""
    try:
        enter(m, " in __issubclass__")
        try:
            i: i64 = 0
            while i < m.words[bases + OB_SIZE]:
                one: i64 = m.words[bases + TUPLE_ITEMS + i]
                m.words[one] += 1
                if derives(m, one, target):
                    return True
                i += 1
            return False
        finally:
            leave(m.words)
    finally:
        decref(m, m.words, bases)


def members_of(m: Machine, classes: i64) -> i64:
    """The tuple of alternatives, borrowed: the tuple itself, or a union's; 0 if it is neither."""
    w = m.words
    if w[w[classes + OB_TYPE] + TP_SOLID] == T_TUPLE:
        return classes
    if is_union(w, classes):
        return w[classes + ALIAS_ARGS]
    return 0


def any_of(m: Machine, o: i64, members: i64, instance: bool) -> bool:
    """Does one of the alternatives fit?"""
    enter(m, " in __instancecheck__" if instance else " in __subclasscheck__")
    try:
        i: i64 = 0
        while i < m.words[members + OB_SIZE]:
            one: i64 = m.words[members + TUPLE_ITEMS + i]
            if is_instance(m, o, one) if instance else is_subclass(m, o, one):
                return True
            i += 1
        return False
    finally:
        leave(m.words)
