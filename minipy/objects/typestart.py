"""Making the static types at start-up, from the stanzas of typetable.py and slottable.py and the modules' tables.

The order matters: all layouts first (nothing can be allocated before the types of tuples, dicts and strs have
theirs), then names, bases and resolution orders, then the dicts, base types before derived ones.

CPython counterpart: _PyTypes_InitTypes of Objects/object.c and PyType_Ready of Objects/typeobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    GC_REFS,
    GC_REFS_UNTRACKED,
    IMMORTAL,
    NATIVE_NAME,
    NATIVE_NUMBER,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    TP_BASE,
    TP_BASES,
    TP_CLASS,
    TP_DICT,
    TP_DICTOFFSET,
    TP_FLAGS,
    TP_GC,
    TP_MODULE,
    TP_MRO,
    TP_NAME,
    TP_NATIVE_NEW,
    TP_QUALNAME,
    TP_SOLID,
    TP_WEAKLIST,
    TPFLAGS_EXCEPTION,
    TPFLAGS_FORGET,
    TPFLAGS_READY,
    TUPLE_ITEMS,
    TYPE_WORDS,
    W_GC_COUNT,
    W_REFUSE_NEW,
)
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    ELLIPSIS,
    EMPTY_TUPLE,
    FIRST_TYPE,
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    T_BASE_EXCEPTION,
    T_BASE_EXCEPTION_GROUP,
    T_BIGINT,
    T_CALLABLE_PROXY,
    T_EXCEPTION,
    T_EXCEPTION_GROUP,
    T_GENERIC_ALIAS,
    T_INT,
    T_OBJECT,
    T_OS_ERROR,
    T_PROPERTY,
    T_SIMPLE_NAMESPACE,
    T_TYPE,
    T_UNION,
    T_WEAKPROXY,
    T_WEAKREF,
    T_WRAPPER,
)
from minipy.memory.words import vec
from minipy.objects.descrobject import NEW_PROPERTY
from minipy.objects.dictobject import dict_set_str, new_dict
from minipy.objects.exceptions import keep_memory_errors
from minipy.objects.identifiers import ID_HASH
from minipy.objects.interned import intern, intern_statics
from minipy.objects.machine import Machine
from minipy.objects.natives import FAMILY_SLOT, new_native, put, set_owner, set_parameters
from minipy.objects.slots import slot_arity, slot_number
from minipy.objects.slottable import UNHASHABLE, WRAPPERS
from minipy.objects.tupleobject import new_tuple, tuple_of1, tuple_of2
from minipy.objects.typenatives import add_constructors, add_natives
from minipy.objects.typetable import PUBLIC_TYPES, TYPE_TABLE, Layout

CONSTANTS: Final[tuple[tuple[str, int], ...]] = (
    ("Ellipsis", ELLIPSIS),
    ("NotImplemented", NOT_IMPLEMENTED_OBJECT),
    ("EnvironmentError", T_OS_ERROR),
    ("IOError", T_OS_ERROR),
)
"""Names of builtins that are neither keywords nor a type's own name."""


def make_static_types(m: Machine) -> None:
    """Make all built-in types; needs the static objects (statics.py) and nothing else."""
    lay_out_types(m.words)
    intern_statics(m)
    make_hierarchy(m)
    add_natives(m)
    add_constructors(m)
    add_wrappers(m)
    inherit_constructors(m.words)
    keep_memory_errors(m)
    m.words[W_GC_COUNT] = 0


def type_address(i: int) -> i64:
    """The address of the static type with the stanza i."""
    return FIRST_TYPE + i * TYPE_WORDS


def lay_out_types(w: vec[i64]) -> None:
    """Headers, layout descriptors and flags of all static types."""
    for i in range(len(TYPE_TABLE)):
        _, base, descriptor, flags, _ = TYPE_TABLE[i]
        t: i64 = type_address(i)
        w[t + OB_REFCNT] = IMMORTAL
        w[t + OB_TYPE] = T_TYPE
        w[t + GC_REFS] = GC_REFS_UNTRACKED
        set_layout(w, t, descriptor)
        w[t + TP_BASE] = base
        w[t + TP_SOLID] = t
        w[t + TP_CLASS] = t
        w[t + TP_FLAGS] = flags | TPFLAGS_READY
        if base != 0 and w[base + TP_FLAGS] & TPFLAGS_EXCEPTION != 0:
            w[t + TP_FLAGS] |= TPFLAGS_EXCEPTION
        if w[t + TP_FLAGS] & TPFLAGS_EXCEPTION != 0:
            w[t + TP_SOLID] = T_BASE_EXCEPTION
    w[T_BIGINT + TP_CLASS] = T_INT
    w[T_TYPE + TP_FLAGS] |= TPFLAGS_FORGET
    w[T_WEAKREF + TP_FLAGS] |= TPFLAGS_FORGET
    w[T_WEAKPROXY + TP_FLAGS] |= TPFLAGS_FORGET
    w[T_CALLABLE_PROXY + TP_FLAGS] |= TPFLAGS_FORGET


def set_layout(w: vec[i64], t: i64, descriptor: Layout) -> None:
    """Write the words of one layout descriptor."""
    last = len(descriptor) - 2
    at: i64 = t + TP_GC
    for k in range(last):
        w[at] = descriptor[k]
        at += 1
    w[t + TP_DICTOFFSET] = descriptor[last]
    w[t + TP_WEAKLIST] = descriptor[last + 1]


def make_hierarchy(m: Machine) -> None:
    """Names, bases, resolution orders and empty dicts."""
    for i in range(len(TYPE_TABLE)):
        name, base, _, _, _ = TYPE_TABLE[i]
        t: i64 = type_address(i)
        text: i64 = intern(m, name)
        d: i64 = new_dict(m)
        w = m.words
        incref(w, text)
        w[t + TP_NAME] = text
        w[t + TP_QUALNAME] = text
        w[t + TP_DICT] = d
        if base == 0:
            incref(w, EMPTY_TUPLE)
            w[t + TP_BASES] = EMPTY_TUPLE
        else:
            incref(w, base)
            bases: i64 = tuple_of1(m, base)
            m.words[t + TP_BASES] = bases
    for i in range(len(TYPE_TABLE)):
        t = type_address(i)
        mro: i64 = linear_order(m, t)
        m.words[t + TP_MRO] = mro
    make_exception_group(m)
    module: i64 = intern(m, "types")
    w = m.words
    for t in (T_GENERIC_ALIAS, T_UNION, T_SIMPLE_NAMESPACE):
        incref(w, module)
        w[t + TP_MODULE] = module
    decref(m, w, module)


def linear_order(m: Machine, t: i64) -> i64:
    """The resolution order of a type with single inheritance: itself, its base, ..., object."""
    w = m.words
    n: i64 = 0
    b: i64 = t
    while b != 0:
        n += 1
        b = w[b + TP_BASE]
    mro: i64 = new_tuple(m, n)
    w = m.words
    at: i64 = mro + TUPLE_ITEMS
    b = t
    while b != 0:
        incref(w, b)
        w[at] = b
        at += 1
        b = w[b + TP_BASE]
    return mro


def make_exception_group(m: Machine) -> None:
    """ExceptionGroup(BaseExceptionGroup, Exception): the one static type with two bases."""
    bases: i64 = tuple_of2(m, T_BASE_EXCEPTION_GROUP, T_EXCEPTION)
    w = m.words
    old: i64 = w[T_EXCEPTION_GROUP + TP_BASES]
    w[T_EXCEPTION_GROUP + TP_BASES] = bases
    decref(m, w, old)
    old = w[T_EXCEPTION_GROUP + TP_MRO]
    n: i64 = w[old + OB_SIZE]
    mro: i64 = new_tuple(m, n + 1)
    w = m.words
    k: i64 = 0
    while k < 2:
        w[mro + TUPLE_ITEMS + k] = w[old + TUPLE_ITEMS + k]
        k += 1
    w[mro + TUPLE_ITEMS + 2] = T_EXCEPTION
    while k < n:
        w[mro + TUPLE_ITEMS + k + 1] = w[old + TUPLE_ITEMS + k]
        k += 1
    k = 0
    while k < n + 1:
        incref(w, w[mro + TUPLE_ITEMS + k])
        k += 1
    w[T_EXCEPTION_GROUP + TP_MRO] = mro
    decref(m, w, old)


def add_wrappers(m: Machine) -> None:
    """The special methods of slottable.py, and `__hash__ = None` where it says so."""
    for t, names in WRAPPERS:
        for name in names.split():
            add_wrapper(m, t, name)
    for t in UNHASHABLE:
        dict_set_str(m, m.words[t + TP_DICT], ID_HASH, NONE)


def add_wrapper(m: Machine, t: i64, name: str) -> None:
    """One of them: number, owner, parameters (a property's `__init__` has names for them) and place."""
    fewest, most = slot_arity(name)
    parameters = "**" if most == -1 else ""
    if t == T_PROPERTY and name == "__init__":
        fewest, most, parameters = NEW_PROPERTY
    o: i64 = new_native(m, T_WRAPPER, FAMILY_SLOT, 0, name, fewest, most)
    w = m.words
    w[o + NATIVE_NUMBER] = slot_number(t, w[o + NATIVE_NAME])
    set_owner(m, o, t)
    set_parameters(m, o, parameters)
    put(m, m.words[t + TP_DICT], o, o)


def inherit_constructors(w: vec[i64]) -> None:
    """TP_NATIVE_NEW of the types without a `__new__` of their own: the base's, unless that is object's."""
    for i in range(len(TYPE_TABLE)):
        t: i64 = type_address(i)
        if w[t + TP_NATIVE_NEW] == 0:
            base: i64 = w[t + TP_BASE]
            w[t + TP_NATIVE_NEW] = w[W_REFUSE_NEW] if base == T_OBJECT else w[base + TP_NATIVE_NEW]


def make_builtin_types_dict(m: Machine, d: i64) -> None:
    """Put the types and singletons a program knows by name into the dict d of the module builtins."""
    for i in range(len(TYPE_TABLE)):
        t: i64 = type_address(i)
        if t != T_BIGINT and (TYPE_TABLE[i][0] in PUBLIC_TYPES or m.words[t + TP_FLAGS] & TPFLAGS_EXCEPTION != 0):
            dict_set_str(m, d, m.words[t + TP_NAME], t)
    for name, o in CONSTANTS:
        text: i64 = intern(m, name)
        dict_set_str(m, d, text, o)
        decref(m, m.words, text)
