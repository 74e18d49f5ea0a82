"""Making a class: what `class` statements and type(name, bases, dict) do once the namespace is filled.

    check the bases -> layout (typelayout.py) -> copy the namespace -> members of __slots__ -> MRO, flags
    -> __classcell__ -> __set_name__ of each value -> __init_subclass__ of the base

Invariants
- From `gc_alloc` on the new type is valid: whatever fails afterwards just releases it.
- The type's dict is its own copy; every later change goes through attributes_set.py, which knows the versions.

CPython counterpart: type_new and its parts in Objects/typeobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    CELL_CONTENTS,
    DICT_ENTRIES,
    DICT_NENTRIES,
    DICT_USED,
    FUNC_GLOBALS,
    OB_SIZE,
    OB_TYPE,
    STR_INTERNED,
    STR_LENGTH,
    TP_BASE,
    TP_BASES,
    TP_CLASS,
    TP_DICT,
    TP_FLAGS,
    TP_MODULE,
    TP_MRO,
    TP_NAME,
    TP_NATIVE_NEW,
    TP_QUALNAME,
    TP_SOLID,
    TPFLAGS_BASETYPE,
    TPFLAGS_EXCEPTION,
    TPFLAGS_FORGET,
    TPFLAGS_HEAPTYPE,
    TPFLAGS_READY,
    TPFLAGS_TYPE,
    TUPLE_ITEMS,
    W_BASE,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import (
    EMPTY_TUPLE,
    NONE,
    T_CELL,
    T_CLASSMETHOD,
    T_FLOAT,
    T_FUNCTION,
    T_OBJECT,
    T_RUNTIME_ERROR,
    T_STATICMETHOD,
    T_STR,
    T_TYPE_ERROR,
)
from minipy.memory.words import Raised, vec
from minipy.objects.attributes import bind_held, call_special
from minipy.objects.descrobject import wrap_function
from minipy.objects.dictobject import dict_copy, dict_del_str, dict_find_str, dict_set_str
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, ENTRY_WORDS
from minipy.objects.exceptions import error_from_pending
from minipy.objects.identifiers import (
    ID_CLASS_GETITEM,
    ID_DOC,
    ID_EQ,
    ID_HASH,
    ID_INIT_SUBCLASS,
    ID_MODULE,
    ID_NAME,
    ID_NEW,
    ID_QUALNAME,
    ID_SET_NAME,
)
from minipy.objects.interned import intern, intern_in_place
from minipy.objects.machine import Machine
from minipy.objects.mro import make_mro, mro_above, order_of, own_mro
from minipy.objects.slotsbuild import SlotNames, add_slots, read_slots
from minipy.objects.specialnames import inherit_flags, special_flags
from minipy.objects.tupleobject import tuple_of1
from minipy.objects.typelayout import best_base
from minipy.objects.typeobject import (
    is_subtype,
    is_type,
    link_type,
    name_of_type,
    name_of_type_of,
    type_lookup,
    type_modified,
)
from minipy.objects.unicodeobject import host_str, is_str


def calculate_metaclass(m: Machine, meta: i64, bases: i64) -> i64:
    """The most derived of `meta` and the bases' classes, borrowed; TypeError if they conflict."""
    w = m.words
    winner: i64 = meta
    i: i64 = bases + TUPLE_ITEMS
    end: i64 = i + w[bases + OB_SIZE]
    while i < end:
        t: i64 = w[w[i] + OB_TYPE]
        i += 1
        if is_subtype(w, winner, t):
            continue
        if not is_subtype(w, t, winner):
            raise m.error(
                T_TYPE_ERROR,
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
                "metaclasses of all its bases",
            )
        winner = t
    return winner


def build_type(m: Machine, meta: i64, name: i64, bases: i64, namespace: i64, keywords: i64) -> i64:
    """type.__new__(meta, name, bases, namespace, **keywords): the new class. All borrowed, keywords may be 0."""
    some: i64 = bases
    if m.words[bases + OB_SIZE] == 0:
        some = tuple_of1(m, T_OBJECT)
    else:
        incref(m.words, some)
    t: i64 = 0
    try:
        t = make_type(m, meta, name, some, namespace)
        finish_type(m, t, keywords)
    except Raised:
        if t != 0:
            decref(m, m.words, t)
        raise
    finally:
        decref(m, m.words, some)
    return t


def make_type(m: Machine, meta: i64, name: i64, bases: i64, namespace: i64) -> i64:
    """The class with its layout, dict, order and flags; no program code has run yet but `__slots__`' iteration."""
    check_bases(m, bases)
    base: i64 = best_base(m, bases)
    slots: SlotNames = read_slots(m, name, base, bases, namespace)
    t: i64 = gc_alloc(m, meta)
    try:
        link_type(m.words, t)
        set_references(m, t, name, base, bases, namespace)
        set_module(m, t)
        set_qualname(m, t)
        wrap_methods(m, t)
        mro: i64 = make_mro(m, t, bases) if own_mro(m, t) == 0 else mro_above(m, t, base)
        m.words[t + TP_MRO] = mro
        inherit(m, t, base)
        fill_cell(m, t)
        add_slots(m, t, base, slots)
        set_doc(m, t)
        set_hash(m, t)
        set_own_order(m, t)
    except Raised:
        decref(m, m.words, t)
        raise
    return t


def set_own_order(m: Machine, t: i64) -> None:
    """Ask the metaclass's own `mro()`, if it has one, now that the class is complete."""
    if own_mro(m, t) != 0:
        order: i64 = order_of(m, t)
        type_modified(m.words, t)
        store(m, m.words, t + TP_MRO, order)
        inherit_flags(m.words, t)


def check_bases(m: Machine, bases: i64) -> None:
    """TypeError unless all bases are classes."""
    w = m.words
    i: i64 = bases + TUPLE_ITEMS
    end: i64 = i + w[bases + OB_SIZE]
    while i < end:
        if not is_type(w, w[i]):
            raise m.error(T_TYPE_ERROR, "bases must be types")
        i += 1


def set_references(m: Machine, t: i64, name: i64, base: i64, bases: i64, namespace: i64) -> None:
    """Name, bases and the copy of the namespace."""
    w = m.words
    w[t + TP_CLASS] = t
    w[t + TP_FLAGS] = TPFLAGS_HEAPTYPE | TPFLAGS_BASETYPE | TPFLAGS_READY
    incref(w, name)
    w[t + TP_NAME] = name
    incref(w, name)
    w[t + TP_QUALNAME] = name
    incref(w, base)
    w[t + TP_BASE] = base
    incref(w, bases)
    w[t + TP_BASES] = bases
    d: i64 = dict_copy(m, namespace)
    m.words[t + TP_DICT] = d
    intern_keys(m, d)


def intern_keys(m: Machine, d: i64) -> None:
    """Make the str keys of the new dict d interned, so that lookups may compare and remember their addresses."""
    entry: i64 = m.words[d + DICT_ENTRIES]
    end: i64 = entry + m.words[d + DICT_NENTRIES] * ENTRY_WORDS
    while entry < end:
        w = m.words
        key: i64 = w[entry + ENTRY_KEY]
        if w[key + OB_TYPE] == T_STR and w[key + STR_LENGTH] & STR_INTERNED == 0:
            incref(w, key)
            same: i64 = intern_in_place(m, key)
            store(m, m.words, entry + ENTRY_KEY, same)
        entry += ENTRY_WORDS


def own_entry(w: vec[i64], t: i64, name: i64) -> i64:
    """What the dict of t has under `name`, borrowed, or 0."""
    entry: i64 = dict_find_str(w, w[t + TP_DICT], name)
    if entry == 0:
        return 0
    return w[entry + ENTRY_VALUE]


def set_module(m: Machine, t: i64) -> None:
    """`__module__`: the namespace's, or the name of the module whose code runs."""
    w = m.words
    if own_entry(w, t, ID_MODULE) == 0 and w[W_BASE] != 0:
        function: i64 = w[w[W_BASE] - 1]
        if w[function + OB_TYPE] == T_FUNCTION:
            entry: i64 = dict_find_str(w, w[function + FUNC_GLOBALS], ID_NAME)
            if entry != 0:
                dict_set_str(m, w[t + TP_DICT], ID_MODULE, w[entry + ENTRY_VALUE])
    w = m.words
    module: i64 = own_entry(w, t, ID_MODULE)
    if module != 0:
        incref(w, module)
        w[t + TP_MODULE] = module


def set_qualname(m: Machine, t: i64) -> None:
    """`__qualname__` moves from the dict into the type."""
    w = m.words
    qualname: i64 = own_entry(w, t, ID_QUALNAME)
    if qualname == 0:
        return
    if not is_str(w, qualname):
        raise m.error(T_TYPE_ERROR, "type __qualname__ must be a str, not " + name_of_type_of(m, qualname))
    incref(w, qualname)
    store(m, w, t + TP_QUALNAME, qualname)
    dict_del_str(m, m.words[t + TP_DICT], ID_QUALNAME)


def set_doc(m: Machine, t: i64) -> None:
    """Every class has its own `__doc__`, if only None."""
    w = m.words
    if own_entry(w, t, ID_DOC) == 0:
        dict_set_str(m, w[t + TP_DICT], ID_DOC, NONE)


def wrap_methods(m: Machine, t: i64) -> None:
    """`__new__` is a static method, `__init_subclass__` and `__class_getitem__` are class methods."""
    wrap_method(m, t, ID_NEW, T_STATICMETHOD)
    wrap_method(m, t, ID_INIT_SUBCLASS, T_CLASSMETHOD)
    wrap_method(m, t, ID_CLASS_GETITEM, T_CLASSMETHOD)


def wrap_method(m: Machine, t: i64, name: i64, kind: i64) -> None:
    """Wrap t's function `name`, if there is one, in a `kind`."""
    w = m.words
    function: i64 = own_entry(w, t, name)
    if function == 0 or w[function + OB_TYPE] != T_FUNCTION:
        return
    wrapper: i64 = wrap_function(m, kind, function)
    try:
        dict_set_str(m, m.words[t + TP_DICT], name, wrapper)
    finally:
        decref(m, m.words, wrapper)


def set_hash(m: Machine, t: i64) -> None:
    """A class with `__eq__` and no `__hash__` is not hashable."""
    w = m.words
    if own_entry(w, t, ID_EQ) != 0 and own_entry(w, t, ID_HASH) == 0:
        dict_set_str(m, w[t + TP_DICT], ID_HASH, NONE)


def inherit(m: Machine, t: i64, base: i64) -> None:
    """Flags and constructor: from the bases, and from the special methods in t's own dict."""
    w = m.words
    inherit_flags(w, t)
    flags: i64 = w[t + TP_FLAGS] | (w[base + TP_FLAGS] & (TPFLAGS_TYPE | TPFLAGS_EXCEPTION | TPFLAGS_FORGET))
    d: i64 = w[t + TP_DICT]
    entry: i64 = w[d + DICT_ENTRIES]
    last: i64 = entry + w[d + DICT_NENTRIES] * ENTRY_WORDS
    while entry < last:
        flags |= special_flags(w[entry + ENTRY_KEY])
        entry += ENTRY_WORDS
    if w[base + TP_SOLID] == T_FLOAT:
        flags |= TPFLAGS_FORGET
    w[t + TP_FLAGS] = flags
    w[t + TP_NATIVE_NEW] = w[base + TP_NATIVE_NEW]


def fill_cell(m: Machine, t: i64) -> None:
    """Put t into the cell that its methods' `__class__` is, which the class body left as `__classcell__`."""
    name: i64 = intern(m, "__classcell__")
    try:
        cell: i64 = own_entry(m.words, t, name)
        if cell == 0:
            return
        w = m.words
        if w[cell + OB_TYPE] != T_CELL:
            wanted = "type.__new__ got an unexpected __classcell__ of type "
            raise m.error(T_TYPE_ERROR, wanted + name_of_type_of(m, cell))
        incref(w, t)
        store(m, w, cell + CELL_CONTENTS, t)
        dict_del_str(m, m.words[t + TP_DICT], name)
    finally:
        decref(m, m.words, name)


# ---------------------------------------------------------------- the class tells its values and its base
def finish_type(m: Machine, t: i64, keywords: i64) -> None:
    """Call `__set_name__` of the values, then `__init_subclass__` of the next class in the order."""
    names: i64 = dict_copy(m, m.words[t + TP_DICT])
    try:
        entry: i64 = m.words[names + DICT_ENTRIES]
        end: i64 = entry + m.words[names + DICT_NENTRIES] * ENTRY_WORDS
        while entry < end:
            call_set_name(m, t, m.words[entry + ENTRY_KEY], m.words[entry + ENTRY_VALUE])
            entry += ENTRY_WORDS
    finally:
        decref(m, m.words, names)
    call_init_subclass(m, t, keywords)


def call_set_name(m: Machine, t: i64, name: i64, value: i64) -> None:
    """value.__set_name__(t, name), if value's type has such a method."""
    w = m.words
    kind: i64 = w[value + OB_TYPE]
    if kind == T_FUNCTION:
        return
    method: i64 = type_lookup(w, kind, ID_SET_NAME)
    if method == 0:
        return
    incref(w, value)
    try:
        result: i64 = call_special(m, method, value, t, name)
        decref(m, m.words, result)
    except Raised:
        text = "Error calling __set_name__ on '" + name_of_type_of(m, value) + "' instance '" + host_str(m, name)
        raise error_from_pending(m, T_RUNTIME_ERROR, text + "' in '" + name_of_type(m, t) + "'") from None
    finally:
        decref(m, m.words, value)


def call_init_subclass(m: Machine, t: i64, keywords: i64) -> None:
    """super(t, t).__init_subclass__(**keywords)."""
    w = m.words
    mro: i64 = w[t + TP_MRO]
    i: i64 = mro + TUPLE_ITEMS
    end: i64 = mro + TUPLE_ITEMS + w[mro + OB_SIZE]
    while i < end and w[i] != t:
        i += 1
    if i == end:
        raise m.error(T_TYPE_ERROR, "super(type, obj): obj must be an instance or subtype of type")
    i += 1
    while i < end and own_entry(w, w[i], ID_INIT_SUBCLASS) == 0:
        i += 1
    if i == end or (w[i] == T_OBJECT and (keywords == 0 or w[keywords + DICT_USED] == 0)):
        return
    function: i64 = bind_held(m, own_entry(w, w[i], ID_INIT_SUBCLASS), 0, t)
    try:
        if keywords == 0:
            result: i64 = m.call0(function)
        else:
            result = m.call_object(function, EMPTY_TUPLE, keywords)
        decref(m, m.words, result)
    finally:
        decref(m, m.words, function)
