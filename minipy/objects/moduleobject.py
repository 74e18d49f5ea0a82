"""Modules: a dict of globals with a type.

CPython counterpart: Objects/moduleobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import MODULE_DICT, OB_TYPE, TP_SOLID, W_BUILTINS
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import NONE, T_ATTRIBUTE_ERROR, T_MODULE, T_TYPE_ERROR
from minipy.memory.words import Raised, vec
from minipy.objects.dictobject import dict_del_str, dict_find_str, dict_get_str, dict_set_str, is_dict, new_dict
from minipy.objects.dicttable import ENTRY_VALUE
from minipy.objects.identifiers import (
    ID_ANNOTATIONS,
    ID_BUILTINS,
    ID_DICT,
    ID_DIR,
    ID_DOC,
    ID_FILE,
    ID_LOADER,
    ID_NAME,
    ID_PACKAGE,
    ID_PATH,
    ID_SPEC,
)
from minipy.objects.interned import intern
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import host_str, is_str, new_str

MODULE_GET_DICT: Final = 0
MODULE_DIR: Final = 1
MODULE_GET_ANNOTATIONS: Final = 2

METHODS: Final = ((MODULE_DIR, "__dir__", 0, 0, ""),)
GETSETS: Final = ((MODULE_GET_DICT, "__dict__"), (MODULE_GET_ANNOTATIONS, "__annotations__"))
NEW: Final = (1, 2, "name doc")


def new_module(m: Machine, name: str) -> i64:
    """A module with `__name__` and the other names every module has (None)."""
    text: i64 = intern(m, name)
    try:
        return make_module(m, T_MODULE, text, NONE)
    finally:
        decref(m, m.words, text)


def make_module(m: Machine, t: i64, name: i64, doc: i64) -> i64:
    """A module of the class t; name and doc are borrowed."""
    o: i64 = gc_alloc(m, t)
    try:
        d: i64 = new_dict(m)
        m.words[o + MODULE_DICT] = d
        dict_set_str(m, d, ID_NAME, name)
        dict_set_str(m, d, ID_DOC, doc)
        dict_set_str(m, d, ID_PACKAGE, NONE)
        dict_set_str(m, d, ID_LOADER, NONE)
        dict_set_str(m, d, ID_SPEC, NONE)
    except Raised:
        decref(m, m.words, o)
        raise
    return o


def module_entry(w: vec[i64], o: i64, name: i64) -> i64:
    """The module's global `name`, borrowed, or 0."""
    entry: i64 = dict_find_str(w, w[o + MODULE_DICT], name)
    if entry == 0:
        return 0
    return w[entry + ENTRY_VALUE]


def module_name(m: Machine, o: i64) -> str:
    """The module's `__name__` as host text, "?" if it has none."""
    name: i64 = module_entry(m.words, o, ID_NAME)
    if name == 0 or not is_str(m.words, name):
        return "?"
    return host_str(m, name)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """module.__dir__(): what the module's own `__dir__` gives (PEP 562), else a list of its names."""
    o: i64 = m.words[at]
    own: i64 = module_entry(m.words, o, ID_DIR)
    if own != 0:
        return m.call0(own)
    d: i64 = m.get_attribute(o, ID_DICT)
    try:
        if not is_dict(m.words, d):
            raise m.error(T_TYPE_ERROR, "<module>.__dict__ is not a dictionary")
        return m.list_of(d)
    finally:
        decref(m, m.words, d)


def get(m: Machine, number: i64, o: i64) -> i64:
    """module.__dict__, or module.__annotations__, made if there is none."""
    w = m.words
    value: i64 = w[o + MODULE_DICT]
    if number == MODULE_GET_ANNOTATIONS:
        value = dict_get_str(w, w[o + MODULE_DICT], ID_ANNOTATIONS)
        if value == 0:
            value = new_dict(m)
            try:
                dict_set_str(m, m.words[o + MODULE_DICT], ID_ANNOTATIONS, value)
            except Raised:
                decref(m, m.words, value)
                raise
            return value
    incref(w, value)
    return value


def set(m: Machine, number: i64, o: i64, value: i64) -> None:
    """Set (value 0: delete) module.__annotations__; AttributeError for `__dict__`."""
    if number == MODULE_GET_DICT:
        raise m.error(T_ATTRIBUTE_ERROR, "readonly attribute")
    d: i64 = m.words[o + MODULE_DICT]
    if value != 0:
        dict_set_str(m, d, ID_ANNOTATIONS, value)
    elif not dict_del_str(m, d, ID_ANNOTATIONS):
        raise m.error(T_ATTRIBUTE_ERROR, "__annotations__")


def builtins_of(w: vec[i64], module_dict: i64) -> i64:
    """The dict of the built-in names that code with these globals sees, borrowed: `__builtins__` may name another."""
    own: i64 = dict_get_str(w, module_dict, ID_BUILTINS)
    if own == 0:
        return w[W_BUILTINS]
    if w[w[own + OB_TYPE] + TP_SOLID] == T_MODULE:
        return w[own + MODULE_DICT]
    return own if is_dict(w, own) else w[W_BUILTINS]


def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """types.ModuleType(name, doc=None)."""
    w = m.words
    if not is_str(w, w[at]):
        raise m.error(T_TYPE_ERROR, "module.__init__() argument 1 must be str, not " + m.type_name(w[at]))
    doc: i64 = w[at + 1]
    return make_module(m, t, w[at], NONE if doc == 0 else doc)


def module_repr(m: Machine, o: i64) -> i64:
    """<module 'm' from 'm.mp'>; a package without a file is a (namespace), anything else without one (built-in)."""
    text = "<module '" + module_name(m, o) + "'"
    file: i64 = module_entry(m.words, o, ID_FILE)
    if file != 0 and is_str(m.words, file):
        return new_str(m, text + " from '" + host_str(m, file) + "'>")
    kind = "built-in" if module_entry(m.words, o, ID_PATH) == 0 else "namespace"
    return new_str(m, f"{text} ({kind})>")
