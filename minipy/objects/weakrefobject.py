"""weakref.ref, as a program sees it. What happens when the object dies: memory/weakref.py.

The type is complete only when its module is made: programs without weak references do not pay for it.

CPython counterpart: _PyWeakref_RefType of Objects/weakrefobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.describe import tp_name
from minipy.memory.layout import (
    OB_TYPE,
    TP_DICT,
    TP_FLAGS,
    TP_MODULE,
    TP_NATIVE_NEW,
    TPFLAGS_EQ,
    TPFLAGS_HASH,
    TPFLAGS_SPECIAL,
)
from minipy.memory.layout_modules import WR_CALLBACK, WR_HASH, WR_NEXT, WR_OBJECT
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import (
    NONE,
    T_BUILTIN,
    T_CALLABLE_PROXY,
    T_TYPE_ERROR,
    T_WEAKPROXY,
    T_WEAKREF,
)
from minipy.memory.weaklist import (
    first_alive,
    insert_after,
    is_proxy,
    is_weakref,
    list_word,
    referent,
)
from minipy.memory.words import vec
from minipy.objects.arguments import has_keywords
from minipy.objects.genericalias import is_union
from minipy.objects.hashing import compare_held
from minipy.objects.identifiers import ID_CALL, ID_NAME
from minipy.objects.interned import intern
from minipy.objects.longobject import new_bool, new_int, none, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.natives import (
    FAMILY_GENERIC_ALIAS,
    FAMILY_WEAKREF,
    Getsets,
    Methods,
    add_class_methods,
    add_getsets,
    add_methods,
    new_native,
    put,
    set_parameters,
)
from minipy.objects.operators import CMP_EQ, CMP_NE
from minipy.objects.reprs import address_text
from minipy.objects.typeobject import type_lookup
from minipy.objects.unicodeobject import host_str, is_str, new_str

REF_NEW: Final = 0
REF_INIT: Final = 1
REF_CALL: Final = 2
REF_EQ: Final = 3
REF_NE: Final = 4
REF_HASH: Final = 5
REF_REPR: Final = 6
REF_GET_CALLBACK: Final = 0

METHODS: Final[Methods] = (
    (REF_INIT, "__init__", 0, -1, "**"),
    (REF_CALL, "__call__", 0, -1, "**"),
    (REF_EQ, "__eq__", 1, 1, ""),
    (REF_NE, "__ne__", 1, 1, ""),
    (REF_HASH, "__hash__", 0, 0, ""),
    (REF_REPR, "__repr__", 0, 0, ""),
)
CLASS_GETITEM: Final[Methods] = ((0, "__class_getitem__", 1, 1, ""),)
GETSETS: Final[Getsets] = ((REF_GET_CALLBACK, "__callback__"),)


def make_class(m: Machine) -> None:
    """Give the static type its constructor, methods and attribute."""
    new: i64 = new_native(m, T_BUILTIN, FAMILY_WEAKREF, REF_NEW, "__new__", 1, -1)
    set_parameters(m, new, "**")
    m.words[T_WEAKREF + TP_NATIVE_NEW] = new
    put(m, m.words[T_WEAKREF + TP_DICT], new, new)
    add_methods(m, T_WEAKREF, FAMILY_WEAKREF, METHODS)
    add_class_methods(m, T_WEAKREF, FAMILY_GENERIC_ALIAS, CLASS_GETITEM)
    add_getsets(m, T_WEAKREF, FAMILY_WEAKREF, GETSETS)
    set_module(m, T_WEAKREF)
    m.words[T_WEAKREF + TP_FLAGS] |= TPFLAGS_SPECIAL | TPFLAGS_EQ | TPFLAGS_HASH


def set_module(m: Machine, t: i64) -> None:
    """t.__module__ = "weakref"."""
    module: i64 = intern(m, "weakref")
    store(m, m.words, t + TP_MODULE, module)


# ---------------------------------------------------------------- making them
def new_ref(m: Machine, t: i64, o: i64, callback: i64) -> i64:
    """A weak reference of the class t (ref or a subclass) to o, owned; callback 0: none. TypeError if o has no list.

    References of the class ref without a callback are shared.
    """
    check_referable(m, o)
    w = m.words
    if t == T_WEAKREF and callback == 0:
        shared: i64 = basic_ref(w, w[list_word(w, o)])
        if shared != 0:
            incref(w, shared)
            return shared
    r: i64 = new_reference(m, t, o, callback)
    w = m.words
    at: i64 = list_word(w, o)
    insert_after(w, at, 0 if t == T_WEAKREF and callback == 0 else last_basic(w, w[at]), r)
    return r


def new_proxy(m: Machine, o: i64, callback: i64) -> i64:
    """A proxy for o, owned; callback 0: none. TypeError if o has no list."""
    check_referable(m, o)
    w = m.words
    t: i64 = T_CALLABLE_PROXY if type_lookup(w, w[o + OB_TYPE], ID_CALL) != 0 else T_WEAKPROXY
    shared: i64 = 0 if callback != 0 else basic_proxy(w, w[list_word(w, o)])
    if shared != 0:
        incref(w, shared)
        return shared
    r: i64 = new_reference(m, t, o, callback)
    w = m.words
    at: i64 = list_word(w, o)
    insert_after(w, at, basic_ref(w, w[at]) if callback == 0 else last_basic(w, w[at]), r)
    return r


def new_reference(m: Machine, t: i64, o: i64, callback: i64) -> i64:
    """A weak reference that is in no list yet."""
    r: i64 = gc_alloc(m, t)
    w = m.words
    w[r + WR_OBJECT] = o
    w[r + WR_HASH] = -1
    w[r + WR_CALLBACK] = callback
    if callback != 0:
        incref(w, callback)
    return r


def check_referable(m: Machine, o: i64) -> None:
    """TypeError unless o's type has a list of weak references."""
    w = m.words
    if list_word(w, o) == 0 or is_union(w, o):
        name = tp_name(w, w[o + OB_TYPE])
        raise m.error(T_TYPE_ERROR, "cannot create weak reference to '" + name + "' object")


def basic_ref(w: vec[i64], first: i64) -> i64:
    """The shared reference in the list that begins with `first`, borrowed; 0: none."""
    r: i64 = first_alive(w, first)
    return r if r != 0 and w[r + OB_TYPE] == T_WEAKREF and w[r + WR_CALLBACK] == 0 else 0


def basic_proxy(w: vec[i64], first: i64) -> i64:
    """The shared proxy, borrowed; 0: none."""
    ref: i64 = basic_ref(w, first)
    r: i64 = first_alive(w, first if ref == 0 else w[ref + WR_NEXT])
    return r if r != 0 and is_proxy(w, r) and w[r + WR_CALLBACK] == 0 else 0


def last_basic(w: vec[i64], first: i64) -> i64:
    """Behind which of the list all that is not shared goes: the proxy, the reference, 0."""
    proxy: i64 = basic_proxy(w, first)
    return proxy if proxy != 0 else basic_ref(w, first)


# ---------------------------------------------------------------- methods
def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The methods of METHODS, and `__new__`; a last word with the dict of keywords where they take any."""
    w = m.words
    if number == REF_CALL:
        return ref_call(m, at, n)
    elif number == REF_EQ or number == REF_NE:
        return ref_compare(m, CMP_EQ if number == REF_EQ else CMP_NE, w[at], w[at + 1])
    elif number == REF_HASH:
        return new_int(m, ref_hash(m, w[at]))
    elif number == REF_REPR:
        return ref_repr(m, w[at])
    elif number == REF_NEW:
        return construct(m, at, n)
    if has_keywords(w, w[at + n - 1]):
        raise m.error(T_TYPE_ERROR, "ref() takes no keyword arguments")
    check_count(m, "__init__", n - 2)
    return none(w)


def get(m: Machine, number: i64, r: i64) -> i64:
    """__callback__"""
    callback: i64 = m.words[r + WR_CALLBACK]
    if callback == 0:
        callback = NONE
    incref(m.words, callback)
    return callback


def check_count(m: Machine, name: str, given: i64) -> None:
    """TypeError unless 1 or 2 arguments are given."""
    if given < 1:
        raise m.error(T_TYPE_ERROR, name + " expected at least 1 argument, got " + str(given))
    if given > 2:
        raise m.error(T_TYPE_ERROR, name + " expected at most 2 arguments, got " + str(given))


def construct(m: Machine, at: i64, n: i64) -> i64:
    """ref.__new__(class, object, callback=None, **others): only a class's own `__init__` may take others."""
    w = m.words
    t: i64 = w[at]
    if t == T_WEAKREF and has_keywords(w, w[at + n - 1]):
        raise m.error(T_TYPE_ERROR, "ref() takes no keyword arguments")
    check_count(m, "__new__", n - 2)
    callback: i64 = w[at + 2] if n > 3 else 0
    return new_ref(m, t, w[at + 1], 0 if callback == NONE else callback)


def ref_call(m: Machine, at: i64, n: i64) -> i64:
    """r(): the object, or None."""
    w = m.words
    if has_keywords(w, w[at + n - 1]):
        raise m.error(T_TYPE_ERROR, "weakref() takes no keyword arguments")
    if n > 2:
        raise m.error(T_TYPE_ERROR, "weakref expected 0 arguments, got " + str(n - 2))
    return dereference(m, w[at])


def dereference(m: Machine, r: i64) -> i64:
    """The object that r refers to, or None; owned."""
    w = m.words
    o: i64 = referent(w, r)
    if o == 0:
        o = NONE
    incref(w, o)
    return o


def ref_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """As their objects compare while both are alive, else by identity."""
    w = m.words
    if not is_weakref(w, b):
        return not_implemented(w)
    x: i64 = referent(w, a)
    y: i64 = referent(w, b)
    if x == 0 or y == 0:
        return new_bool(w, (a == b) == (op == CMP_EQ))
    return compare_held(m, op, x, y)


def ref_hash(m: Machine, r: i64) -> i64:
    """The object's hash, which is remembered past its death; TypeError if it was not asked for before."""
    w = m.words
    if w[r + WR_HASH] != -1:
        return w[r + WR_HASH]
    o: i64 = referent(w, r)
    if o == 0:
        raise m.error(T_TYPE_ERROR, "weak object has gone away")
    incref(w, o)
    try:
        h: i64 = m.hash(o)
    finally:
        decref(m, m.words, o)
    m.words[r + WR_HASH] = h
    return h


def ref_repr(m: Machine, r: i64) -> i64:
    """<weakref at 0x...; to 'C' at 0x... (name)>, <weakref at 0x...; dead>"""
    w = m.words
    o: i64 = referent(w, r)
    here = "<weakref at " + address_text(r)
    if o == 0:
        return new_str(m, here + "; dead>")
    text = here + "; to '" + tp_name(w, w[o + OB_TYPE]) + "' at " + address_text(o)
    incref(w, o)
    try:
        name: i64 = m.find_special(o, ID_NAME)
    finally:
        decref(m, m.words, o)
    if name != 0:
        if is_str(m.words, name):
            text += " (" + host_str(m, name) + ")"
        decref(m, m.words, name)
    return new_str(m, text + ">")
