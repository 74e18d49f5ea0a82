"""What every object has: `__class__`, `__dir__`, `__format__`, `__init_subclass__`, and the `__dict__` of instances.

CPython counterpart: object_methods and object_getsets of Objects/typeobject.c, object_dir and type_dir of the same.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    DICT_ENTRIES,
    DICT_NENTRIES,
    NATIVE_NUMBER,
    OB_SIZE,
    OB_TYPE,
    TP_BASE,
    TP_BUF,
    TP_DICT,
    TP_DICTOFFSET,
    TP_GC,
    TP_MRO,
    TP_SOLID,
    TP_VALUES,
    TP_WEAKLIST,
    TUPLE_ITEMS,
    WORD_BYTES,
)
from minipy.memory.refcount import decref, incref
from minipy.memory.sizes import buffer_words, object_words
from minipy.memory.statics import (
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    T_ATTRIBUTE_ERROR,
    T_MEMBER,
    T_MODULE,
    T_TYPE,
    T_TYPE_ERROR,
)
from minipy.memory.weaklist import first_alive, list_word
from minipy.memory.words import vec
from minipy.objects.arguments import argument_index, require_str
from minipy.objects.classobject import (
    delete_attribute,
    find_instance_attribute,
    instance_dict,
    replace_dict,
    store_attribute,
)
from minipy.objects.dict_merge import dict_merge
from minipy.objects.dictobject import dict_length, is_dict, new_dict
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, ENTRY_WORDS
from minipy.objects.identifiers import ID_CLASS, ID_DICT, ID_DOC
from minipy.objects.libraryfunctions import call_library1, call_library2
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.mappingproxy import new_mappingproxy
from minipy.objects.recursion import enter_call, leave_call
from minipy.objects.typedoc import type_doc
from minipy.objects.typeobject import (
    is_heap_type,
    is_subtype,
    is_type,
    name_of_type,
    name_of_type_of,
    type_lookup,
    type_of,
)
from minipy.objects.unicodeobject import str_length

OBJECT_DIR: Final = 0
OBJECT_FORMAT: Final = 1
OBJECT_SIZEOF: Final = 2
OBJECT_INIT_SUBCLASS: Final = 3
OBJECT_SUBCLASSHOOK: Final = 4
OBJECT_REDUCE: Final = 5
OBJECT_REDUCE_EX: Final = 6
OBJECT_GETSTATE: Final = 7
OBJECT_GET_CLASS: Final = 10
OBJECT_GET_DOC: Final = 11
OBJECT_GET_DICT: Final = 12
OBJECT_GET_WEAKREF: Final = 13

METHODS: Final = (
    (OBJECT_DIR, "__dir__", 0, 0, ""),
    (OBJECT_FORMAT, "__format__", 1, 1, ""),
    (OBJECT_SIZEOF, "__sizeof__", 0, 0, ""),
    (OBJECT_REDUCE, "__reduce__", 0, 0, ""),
    (OBJECT_REDUCE_EX, "__reduce_ex__", 1, 1, ""),
    (OBJECT_GETSTATE, "__getstate__", 0, 0, ""),
)
CLASS_METHODS: Final = (
    (OBJECT_INIT_SUBCLASS, "__init_subclass__", 0, 0, "**"),
    (OBJECT_SUBCLASSHOOK, "__subclasshook__", 1, 1, ""),
)
GETSETS: Final = ((OBJECT_GET_CLASS, "__class__"), (OBJECT_GET_DOC, "__doc__"))
"""`__dict__` and `__weakref__` are added to the classes whose instances have them (slotsbuild.py)."""


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """A method of object."""
    w = m.words
    o: i64 = w[at]
    if number == OBJECT_DIR:
        return object_dir(m, o)
    if number == OBJECT_FORMAT:
        return object_format(m, o, w[at + 1])
    if number == OBJECT_SIZEOF:
        return new_int(m, size_of(w, o) * WORD_BYTES)
    if number >= OBJECT_REDUCE:
        return reduced(m, number, at)
    result: i64 = NONE
    if number == OBJECT_INIT_SUBCLASS and w[at + 1] != 0 and dict_length(w, w[at + 1]) > 0:
        raise m.error(T_TYPE_ERROR, name_of_type(m, o) + ".__init_subclass__() takes no keyword arguments")
    if number == OBJECT_SUBCLASSHOOK:
        result = NOT_IMPLEMENTED_OBJECT
    incref(w, result)
    return result


def get(m: Machine, number: i64, o: i64) -> i64:
    """__class__, __doc__, __dict__, __weakref__."""
    w = m.words
    value: i64 = NONE
    if number == OBJECT_GET_CLASS:
        value = type_of(w, o)
    elif number == OBJECT_GET_DOC:
        value = find_instance_attribute(w, o, ID_DOC)
        if value == 0:
            return type_doc(m, type_of(w, o))
    elif number == OBJECT_GET_DICT:
        if w[w[o + OB_TYPE] + TP_SOLID] == T_TYPE:
            return new_mappingproxy(m, w[o + TP_DICT])
        value = instance_dict(m, o)
        w = m.words
    else:
        first: i64 = first_alive(w, w[list_word(w, o)])
        value = first if first != 0 else NONE
    incref(w, value)
    return value


def set(m: Machine, number: i64, o: i64, value: i64) -> None:
    """o.__class__ = value, o.__dict__ = value."""
    if number == OBJECT_GET_CLASS:
        set_class(m, o, value)
    elif number == OBJECT_GET_DICT:
        check_own_dict(m, o, value)
        if value == 0:
            value = new_dict(m)
            replace_dict(m, o, value)
            decref(m, m.words, value)
        elif not is_dict(m.words, value):
            text = "__dict__ must be set to a dictionary, not a '" + name_of_type_of(m, value) + "'"
            raise m.error(T_TYPE_ERROR, text)
        else:
            replace_dict(m, o, value)
    elif number == OBJECT_GET_DOC and m.words[m.words[o + OB_TYPE] + TP_DICTOFFSET] != 0:
        change_doc(m, o, value)
    elif number == OBJECT_GET_DOC:
        raise m.error(T_ATTRIBUTE_ERROR, "'" + name_of_type_of(m, o) + "' object attribute '__doc__' is read-only")
    else:
        text = "attribute '__weakref__' of '" + name_of_type_of(m, o) + "' objects is not writable"
        raise m.error(T_ATTRIBUTE_ERROR, text)


def check_own_dict(m: Machine, o: i64, value: i64) -> None:
    """AttributeError for a class or module, whose `__dict__` is fixed; TypeError for deleting an exception's."""
    solid: i64 = m.words[m.words[o + OB_TYPE] + TP_SOLID]
    if solid == T_TYPE:
        raise m.error(T_ATTRIBUTE_ERROR, "attribute '__dict__' of 'type' objects is not writable")
    if solid == T_MODULE:
        raise m.error(T_ATTRIBUTE_ERROR, "readonly attribute")
    if value == 0 and m.words[solid + TP_DICTOFFSET] != 0:
        raise m.error(T_TYPE_ERROR, "cannot delete __dict__")


def change_doc(m: Machine, o: i64, value: i64) -> None:
    """o.__doc__ = value in o's own dict, or delete it if value is 0."""
    if value != 0:
        store_attribute(m, o, ID_DOC, value)
    elif not delete_attribute(m, o, ID_DOC):
        raise m.error(T_ATTRIBUTE_ERROR, "'" + name_of_type_of(m, o) + "' object has no attribute '__doc__'")


def set_class(m: Machine, o: i64, t: i64) -> None:
    """o.__class__ = t, for two program classes (or kinds of modules) whose instances are laid out alike.

    Only instances of a program's class hold a reference to it.
    """
    w = m.words
    if t == 0:
        raise m.error(T_TYPE_ERROR, "can't delete __class__ attribute")
    if not is_type(w, t):
        text = "__class__ must be set to a class, not '" + name_of_type_of(m, t) + "' object"
        raise m.error(T_TYPE_ERROR, text)
    old: i64 = w[o + OB_TYPE]
    modules: bool = is_subtype(w, t, T_MODULE) and is_subtype(w, old, T_MODULE)
    if not modules and (not is_heap_type(w, t) or not is_heap_type(w, old)):
        raise m.error(
            T_TYPE_ERROR, "__class__ assignment only supported for mutable types or ModuleType subclasses"
        )
    if not same_layout(w, old, t) or not same_fields(w, lowest_alike(w, old), lowest_alike(w, t)):
        text = "'" + name_of_type(m, t) + "' object layout differs from '" + name_of_type(m, old) + "'"
        raise m.error(T_TYPE_ERROR, "__class__ assignment: " + text)
    if w[old + TP_VALUES] != 0:
        instance_dict(m, o)
        w = m.words
    if is_heap_type(w, t):
        incref(w, t)
    w[o + OB_TYPE] = t
    if is_heap_type(w, old):
        decref(m, w, old)


def same_layout(w: vec[i64], a: i64, b: i64) -> bool:
    """Have instances of both classes the same fields?"""
    i: i64 = TP_GC
    while i <= TP_BUF:
        if w[a + i] != w[b + i]:
            return False
        i += 1
    return w[a + TP_DICTOFFSET] == w[b + TP_DICTOFFSET] and w[a + TP_WEAKLIST] == w[b + TP_WEAKLIST]


def lowest_alike(w: vec[i64], t: i64) -> i64:
    """The lowest of t's first bases whose instances are laid out as t's."""
    while w[t + TP_BASE] != 0 and same_layout(w, t, w[t + TP_BASE]):
        t = w[t + TP_BASE]
    return t


def same_fields(w: vec[i64], a: i64, b: i64) -> bool:
    """Do both classes add the same members of `__slots__` to the same base?"""
    return a == b or (w[a + TP_BASE] == w[b + TP_BASE] and has_members_of(w, a, b) and has_members_of(w, b, a))


def has_members_of(w: vec[i64], a: i64, b: i64) -> bool:
    """Has b each member of `__slots__` that a has, at the same place?"""
    entry: i64 = w[w[a + TP_DICT] + DICT_ENTRIES]
    end: i64 = entry + w[w[a + TP_DICT] + DICT_NENTRIES] * ENTRY_WORDS
    while entry < end:
        member: i64 = w[entry + ENTRY_VALUE]
        if w[entry + ENTRY_KEY] != 0 and w[member + OB_TYPE] == T_MEMBER:
            other: i64 = type_lookup(w, b, w[entry + ENTRY_KEY])
            if other == 0 or w[other + OB_TYPE] != T_MEMBER or w[other + NATIVE_NUMBER] != w[member + NATIVE_NUMBER]:
                return False
        entry += ENTRY_WORDS
    return True


def reduced(m: Machine, number: i64, at: i64) -> i64:
    """What copies are made of: as the library's copyreg takes the object at `at` apart."""
    if number != OBJECT_REDUCE_EX:
        name = "_reduce" if number == OBJECT_REDUCE else "_getstate"
        return call_library1(m, "copyreg", name, m.words[at])
    protocol: i64 = argument_index(m, m.words[at + 1])
    try:
        return call_library2(m, "copyreg", "_reduce_ex", m.words[at], protocol)
    finally:
        decref(m, m.words, protocol)


def object_format(m: Machine, o: i64, spec: i64) -> i64:
    """str(o); a format that asks for more is an error."""
    require_str(m, spec, "__format__() argument")
    if str_length(m.words, spec) > 0:
        text = "unsupported format string passed to " + name_of_type_of(m, o) + ".__format__"
        raise m.error(T_TYPE_ERROR, text)
    enter_call(m)
    try:
        return m.str(o)
    finally:
        leave_call(m.words)


def size_of(w: vec[i64], o: i64) -> i64:
    """Words of the object itself and of the buffers it owns, the collector's head not counted."""
    t: i64 = w[o + OB_TYPE]
    return object_words(w, o, t) + buffer_words(w, o, t) - w[t + TP_GC]


# ---------------------------------------------------------------- dir
def object_dir(m: Machine, o: i64) -> i64:
    """The names of o's own attributes and those of its classes: an unsorted list."""
    names: i64 = new_dict(m)
    try:
        merge_own_names(m, names, o)
        t: i64 = m.find_attribute(o, ID_CLASS)
        if t != 0:
            try:
                merge_class_names(m, names, t)
            finally:
                decref(m, m.words, t)
        return m.list_of(names)
    finally:
        decref(m, m.words, names)


def merge_own_names(m: Machine, names: i64, o: i64) -> None:
    """Add the keys of o.__dict__."""
    d: i64 = m.find_attribute(o, ID_DICT)
    if d == 0:
        return
    try:
        if is_dict(m.words, d):
            dict_merge(m, names, d)
    finally:
        decref(m, m.words, d)


def merge_class_names(m: Machine, names: i64, t: i64) -> None:
    """Add the keys of the dicts along t's resolution order."""
    w = m.words
    if not is_type(w, t):
        return
    mro: i64 = w[t + TP_MRO]
    i: i64 = 0
    while i < m.words[mro + OB_SIZE]:
        dict_merge(m, names, m.words[m.words[mro + TUPLE_ITEMS + i] + TP_DICT])
        i += 1


def type_dir(m: Machine, t: i64) -> i64:
    """The names of a class's attributes and its bases', without the metaclass's: an unsorted list."""
    names: i64 = new_dict(m)
    try:
        merge_class_names(m, names, t)
        return m.list_of(names)
    finally:
        decref(m, m.words, names)
