"""Classes of native modules, made when the module is imported: heap types above a static type that has the behaviour.

    T_ITERTOOL                 static, in every machine: layout, __iter__, __next__, __repr__
        ^
    itertools.chain            its __new__, and what else it has alone

CPython counterpart: PyType_FromModuleAndSpec.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import TP_DICT, TP_FLAGS, TP_NATIVE_NEW, TP_VERSION
from minipy.memory.layout_modules import TPFLAGS_SEALED
from minipy.memory.refcount import decref
from minipy.memory.statics import EMPTY_TUPLE, T_BUILTIN, T_TYPE, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.modules.constants import add_object, add_text
from minipy.objects.dictobject import dict_del_str, new_dict
from minipy.objects.identifiers import ID_SLOTS
from minipy.objects.machine import Machine
from minipy.objects.natives import new_native, put, set_owner, set_parameters
from minipy.objects.tupleobject import tuple_of1
from minipy.objects.typebuild import build_type
from minipy.objects.typeobject import is_subtype, is_type, name_of_type
from minipy.objects.unicodeobject import intern

Signature = tuple[int, int, str]


def new_class(m: Machine, base: i64, module: str, name: str) -> i64:
    """The class module.name above the static type `base`, owned; without a constructor of its own."""
    text: i64 = intern(m, name)
    bases: i64 = 0
    namespace: i64 = 0
    try:
        bases = tuple_of1(m, base)
        namespace = new_dict(m)
        add_text(m, namespace, "__module__", module)
        m.words[EMPTY_TUPLE] += 1
        add_object(m, namespace, "__slots__", EMPTY_TUPLE)
        t: i64 = build_type(m, T_TYPE, text, bases, namespace, 0)
    finally:
        decref(m, m.words, text)
        if bases != 0:
            decref(m, m.words, bases)
        if namespace != 0:
            decref(m, m.words, namespace)
    dict_del_str(m, m.words[t + TP_DICT], ID_SLOTS)
    m.words[t + TP_VERSION] = 0
    m.words[t + TP_FLAGS] |= TPFLAGS_SEALED
    return t


def check_class(m: Machine, t: i64, base: i64) -> None:
    """TypeError unless t, the first argument of a `__new__`, is a class with the layout of the static type `base`."""
    name = name_of_type(m, base)
    if not is_type(m.words, t):
        raise m.error(T_TYPE_ERROR, f"{name}.__new__(X): X is not a type object ({m.type_name(t)})")
    if not is_subtype(m.words, t, base):
        text = f"{name}.__new__({name_of_type(m, t)}): {name_of_type(m, t)} is not a subtype of {name}"
        raise m.error(T_TYPE_ERROR, text)


def add_new(m: Machine, t: i64, family: i64, number: i64, signature: Signature) -> None:
    """Give the new class t its `__new__`, which gets the class before the arguments that the signature counts.

    A signature is fewest, most, parameters (objects/natives.py). On an error t is released.
    """
    fewest, most, parameters = signature
    try:
        o: i64 = new_native(m, T_BUILTIN, family, number, "__new__", fewest + 1, most + 1 if most >= 0 else -1)
        set_owner(m, o, t)
        set_parameters(m, o, parameters)
        m.words[t + TP_NATIVE_NEW] = o
        put(m, m.words[t + TP_DICT], o, o)
    except Raised:
        decref(m, m.words, t)
        raise
    m.words[t + TP_VERSION] = 0
