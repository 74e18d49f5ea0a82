"""Attributes: reading `o.name`, and what a class does to them through descriptors and `__getattr__`.

    get_attr(o, name)        the type's order is searched first; what is found there is
       data descriptor       (property, member, getset, __set__)   asked at once,
       else o's own values   inline or in its dict                 win,
       else                  bound (functions), or taken as it is,
       else                  __getattr__ if the class has one,
       else                  AttributeError.

Classes (`type_read`), modules (`module_getattr`) and super objects look elsewhere first. Names are
interned str objects.

CPython counterpart: _PyObject_GenericGetAttrWithDict and _PyObject_GetMethod of Objects/object.c,
slot_tp_getattr_hook of Objects/typeobject.c. Setting and deleting: attributes_set.py.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    METHOD_FUNCTION,
    OB_TYPE,
    SUPER_OBJECT,
    SUPER_OBJECT_TYPE,
    TP_FLAGS,
    TP_SOLID,
    TPFLAGS_GETATTR,
    TPFLAGS_GETATTRIBUTE,
    TPFLAGS_SPECIAL,
    TPFLAGS_TYPE,
    WRAPPED_FUNCTION,
)
from minipy.memory.layout_modules import ALIAS_ORIGIN
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    NONE,
    T_ATTRIBUTE_ERROR,
    T_CLASSMETHOD,
    T_CLASSMETHOD_DESCRIPTOR,
    T_FUNCTION,
    T_GENERIC_ALIAS,
    T_GETSET,
    T_MEMBER,
    T_METHOD,
    T_METHOD_DESCRIPTOR,
    T_MODULE,
    T_PROPERTY,
    T_STATICMETHOD,
    T_SUPER,
    T_WRAPPER,
)
from minipy.memory.words import Raised, vec
from minipy.objects.attribute_errors import no_attribute, note_attribute
from minipy.objects.classobject import find_instance_attribute
from minipy.objects.descrobject import check_owner, check_subtype, getset_get, member_get, property_get
from minipy.objects.genericalias import asks_origin
from minipy.objects.identifiers import ID_CLASS, ID_DELETE, ID_GET, ID_GETATTR, ID_GETATTRIBUTE, ID_SET
from minipy.objects.machine import Machine
from minipy.objects.methodobject import new_bound_method
from minipy.objects.moduleobject import module_entry
from minipy.objects.natives import bind_native
from minipy.objects.recursion import CALLING, enter, leave
from minipy.objects.superobject import super_bound, super_lookup
from minipy.objects.typeobject import type_lookup


# ---------------------------------------------------------------- entries
def get_attr(m: Machine, o: i64, name: i64) -> i64:
    """o.name, owned; AttributeError if there is none."""
    try:
        value: i64 = read_attr(m, o, name)
    except Raised:
        note_attribute(m, o, name)
        raise
    if value == 0:
        raise no_attribute(m, o, name)
    return value


def find_attr(m: Machine, o: i64, name: i64) -> i64:
    """o.name, owned; 0 where that raises AttributeError."""
    try:
        return read_attr(m, o, name)
    except Raised:
        if not m.catch(T_ATTRIBUTE_ERROR):
            raise
    return 0


def read_attr(m: Machine, o: i64, name: i64) -> i64:
    """o.name, owned; 0 if there is none and no program code said so by an AttributeError of its own."""
    w = m.words
    flags: i64 = w[w[o + OB_TYPE] + TP_FLAGS]
    if flags & (TPFLAGS_GETATTR | TPFLAGS_GETATTRIBUTE) == 0:
        return native_read(m, o, name)
    return hooked_read(m, o, name, flags)


def hooked_read(m: Machine, o: i64, name: i64, flags: i64) -> i64:
    """As read_attr, for a class with a program's `__getattribute__` or `__getattr__`."""
    value: i64 = 0
    try:
        if flags & TPFLAGS_GETATTRIBUTE != 0:
            value = call_special(m, type_lookup(m.words, m.words[o + OB_TYPE], ID_GETATTRIBUTE), o, name, 0)
        else:
            value = native_read(m, o, name)
    except Raised:
        if flags & TPFLAGS_GETATTR == 0 or not m.catch(T_ATTRIBUTE_ERROR):
            raise
    if value == 0 and flags & TPFLAGS_GETATTR != 0:
        hook: i64 = type_lookup(m.words, m.words[o + OB_TYPE], ID_GETATTR)
        if hook != 0:
            value = call_held(m, hook, o, name)
    return value


def native_read(m: Machine, o: i64, name: i64) -> i64:
    """o.name as the built-in `__getattribute__` of o's type finds it; 0: there is none."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if w[t + TP_FLAGS] & TPFLAGS_TYPE != 0:
        return type_read(m, o, name)
    solid: i64 = w[t + TP_SOLID]
    if solid == T_SUPER and name != ID_CLASS:
        found: i64 = super_lookup(w, o, name)
        if found != 0:
            return bind_super(m, o, found)
    if solid == T_GENERIC_ALIAS and asks_origin(m, name):
        return get_attr(m, w[o + ALIAS_ORIGIN], name)
    value: i64 = generic_read(m, o, name)
    if value != 0:
        return value
    if solid == T_METHOD:
        return get_attr(m, m.words[o + METHOD_FUNCTION], name)
    if solid == T_MODULE:
        return module_getattr(m, o, name)
    return 0


def generic_read(m: Machine, o: i64, name: i64) -> i64:
    """o.name by type and instance; 0: there is none."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    d: i64 = type_lookup(w, t, name)
    if d != 0 and is_data_descriptor(w, d):
        return bind_held(m, d, o, t)
    value: i64 = find_instance_attribute(w, o, name)
    if value != 0:
        incref(w, value)
        return value
    if d == 0:
        return 0
    return bind_held(m, d, o, t)


def module_getattr(m: Machine, o: i64, name: i64) -> i64:
    """A module's own function `__getattr__`, called with the name; 0 if it has none."""
    function: i64 = module_entry(m.words, o, ID_GETATTR)
    if function == 0:
        return 0
    return m.call1(function, name)


def type_read(m: Machine, t: i64, name: i64) -> i64:
    """The attribute of the class t: the metaclass's data descriptors, the class's order, the metaclass; 0: none."""
    w = m.words
    meta: i64 = w[t + OB_TYPE]
    d: i64 = type_lookup(w, meta, name)
    if d != 0 and is_data_descriptor(w, d):
        return bind_held(m, d, t, meta)
    found: i64 = type_lookup(w, t, name)
    if found != 0:
        return bind_held(m, found, 0, t)
    if d != 0:
        return bind_held(m, d, t, meta)
    return 0


def bind_super(m: Machine, s: i64, found: i64) -> i64:
    """What super found, bound to its object (or class, if that is what it was made with)."""
    w = m.words
    o: i64 = w[s + SUPER_OBJECT]
    owner: i64 = w[s + SUPER_OBJECT_TYPE]
    return bind_held(m, found, 0 if o == owner else o, owner)


# ---------------------------------------------------------------- descriptors
def is_data_descriptor(w: vec[i64], d: i64) -> bool:
    """Does d define `__get__` and `__set__` or `__delete__`, so that it goes before the instance's own attributes?"""
    t: i64 = w[d + OB_TYPE]
    if t == T_FUNCTION:
        return False
    solid: i64 = w[t + TP_SOLID]
    if solid == T_PROPERTY or solid == T_GETSET or solid == T_MEMBER:
        return True
    if w[t + TP_FLAGS] & TPFLAGS_SPECIAL == 0:
        return False
    if type_lookup(w, t, ID_GET) == 0:
        return False
    return type_lookup(w, t, ID_SET) != 0 or type_lookup(w, t, ID_DELETE) != 0


def bind_held(m: Machine, d: i64, o: i64, t: i64) -> i64:
    """As `bind`, for a d borrowed from a place that program code may change meanwhile."""
    w = m.words
    if w[d + OB_TYPE] == T_FUNCTION:
        if o == 0:
            incref(w, d)
            return d
        return new_bound_method(m, d, o)
    incref(w, d)
    try:
        return bind(m, d, o, t)
    finally:
        decref(m, m.words, d)


def bind_inner(m: Machine, d: i64, o: i64, t: i64) -> i64:
    """As bind_held, for a descriptor met while another one is bound: that may go on for ever."""
    enter(m, CALLING)
    try:
        return bind_held(m, d, o, t)
    finally:
        leave(m.words)


def bind(m: Machine, d: i64, o: i64, t: i64) -> i64:
    """d.__get__(o, t), owned; o = 0: asked through the class t itself. d itself if it is no descriptor."""
    w = m.words
    kind: i64 = w[d + OB_TYPE]
    if w[kind + TP_FLAGS] & TPFLAGS_SPECIAL != 0:
        get: i64 = type_lookup(w, kind, ID_GET)
        if get != 0 and w[get + OB_TYPE] != T_WRAPPER:
            return call_special(m, get, d, NONE if o == 0 else o, t)
    return native_bind(m, w[kind + TP_SOLID], d, o, t)


def native_bind(m: Machine, solid: i64, d: i64, o: i64, t: i64) -> i64:
    """The built-in `__get__` of the type `solid`."""
    w = m.words
    if solid == T_STATICMETHOD:
        incref(w, w[d + WRAPPED_FUNCTION])
        return w[d + WRAPPED_FUNCTION]
    if solid == T_CLASSMETHOD:
        return bind_class(m, w[d + WRAPPED_FUNCTION], t)
    if solid == T_CLASSMETHOD_DESCRIPTOR:
        check_subtype(m, d, t)
        return bind_native(m, d, t)
    if o == 0:
        incref(w, d)
        return d
    if solid == T_FUNCTION:
        return new_bound_method(m, d, o)
    if solid == T_METHOD_DESCRIPTOR or solid == T_WRAPPER:
        check_owner(m, d, o)
        return bind_native(m, d, o)
    if solid == T_PROPERTY:
        return property_get(m, d, o)
    if solid == T_GETSET:
        return getset_get(m, d, o)
    if solid == T_MEMBER:
        return member_get(m, d, o)
    if solid == T_SUPER and w[d + SUPER_OBJECT] == 0:
        return super_bound(m, d, o)
    incref(w, d)
    return d


def bind_class(m: Machine, function: i64, t: i64) -> i64:
    """A class method: its function bound to the class t; what is no function is asked as a descriptor itself."""
    kind: i64 = m.words[function + OB_TYPE]
    if kind == T_FUNCTION or kind == T_METHOD:
        return new_bound_method(m, function, t)
    if kind == T_METHOD_DESCRIPTOR:
        return bind_native(m, function, t)
    if is_descriptor(m.words, function):
        return bind_inner(m, function, t, t)
    return new_bound_method(m, function, t)


def is_descriptor(w: vec[i64], d: i64) -> bool:
    """Has d's type a `__get__`?"""
    return type_lookup(w, w[d + OB_TYPE], ID_GET) != 0


# ---------------------------------------------------------------- special methods and method calls
def lookup_special(m: Machine, o: i64, name: i64) -> i64:
    """The special method on o's type as it lies there, borrowed; 0: none."""
    w = m.words
    return type_lookup(w, w[o + OB_TYPE], name)


def special(m: Machine, o: i64, name: i64) -> i64:
    """The special method bound to o, owned; 0: none."""
    w = m.words
    d: i64 = type_lookup(w, w[o + OB_TYPE], name)
    if d == 0:
        return 0
    return bind_held(m, d, o, w[o + OB_TYPE])


def call_special(m: Machine, d: i64, o: i64, a: i64, b: i64) -> i64:
    """Call what lookup_special gave with o, a and b (0: not given); no bound method is made for a function.

    The function is kept alive by the caller's type or by the call.
    """
    w = m.words
    kind: i64 = w[d + OB_TYPE]
    if kind == T_FUNCTION or kind == T_METHOD_DESCRIPTOR or kind == T_WRAPPER:
        if a == 0:
            return m.call1(d, o)
        if b == 0:
            return m.call2(d, o, a)
        return m.call3(d, o, a, b)
    bound: i64 = bind_inner(m, d, o, w[o + OB_TYPE])
    try:
        if a == 0:
            return m.call0(bound)
        if b == 0:
            return m.call1(bound, a)
        return m.call2(bound, a, b)
    finally:
        decref(m, m.words, bound)


def call_held(m: Machine, d: i64, o: i64, a: i64) -> i64:
    """As call_special with one argument or none, where CPython makes a bound method, which holds o for the call."""
    incref(m.words, o)
    try:
        return call_special(m, d, o, a, 0)
    finally:
        decref(m, m.words, o)


def call_method(m: Machine, o: i64, name: i64, a: i64, b: i64) -> i64:
    """Call the special method `name` of o's type with a and b (0: not given); AttributeError if there is none."""
    d: i64 = lookup_special(m, o, name)
    if d == 0:
        raise no_attribute(m, o, name)
    return call_special(m, d, o, a, b)


def load_method(m: Machine, at: i64, name: i64) -> None:
    """The object (owned) at w[at] gives way to two words: function, self; or 0, the attribute.

    On an error the object still lies there.
    """
    w = m.words
    o: i64 = w[at]
    t: i64 = w[o + OB_TYPE]
    d: i64 = 0
    if w[t + TP_FLAGS] & (TPFLAGS_GETATTR | TPFLAGS_GETATTRIBUTE | TPFLAGS_TYPE) == 0:
        if w[t + TP_SOLID] == T_SUPER:
            if load_super_method(m, at, name):
                return
        else:
            d = type_lookup(w, t, name)
    if d != 0 and is_method(w, d) and find_instance_attribute(w, o, name) == 0:
        incref(w, d)
        w[at + 1] = o
        w[at] = d
        return
    value: i64 = get_attr(m, o, name)
    w = m.words
    w[at] = 0
    w[at + 1] = value
    decref(m, w, o)


def is_method(w: vec[i64], d: i64) -> bool:
    """May d be called with the object first, instead of being bound to it?"""
    kind: i64 = w[d + OB_TYPE]
    return kind == T_FUNCTION or kind == T_METHOD_DESCRIPTOR


def load_super_method(m: Machine, at: i64, name: i64) -> bool:
    """load_method where w[at] is a super object that finds a function: function and the super's own object."""
    w = m.words
    s: i64 = w[at]
    o: i64 = w[s + SUPER_OBJECT]
    if o == 0 or o == w[s + SUPER_OBJECT_TYPE] or name == ID_CLASS:
        return False
    d: i64 = super_lookup(w, s, name)
    if d == 0 or not is_method(w, d):
        return False
    incref(w, d)
    incref(w, o)
    w[at] = d
    w[at + 1] = o
    decref(m, w, s)
    return True
