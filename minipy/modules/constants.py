"""Putting constants into a native module's dict.

CPython counterpart: PyModule_AddObject, PyModule_AddIntConstant, PyModule_AddStringConstant.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import TP_DICT, TP_MODULE
from minipy.memory.refcount import decref, store
from minipy.objects.dictobject import dict_set_str
from minipy.objects.floatobject import new_float
from minipy.objects.longobject import new_int_host
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import intern, new_str


def add_object(m: Machine, d: i64, name: str, o: i64) -> None:
    """d[name] = o (stolen)."""
    try:
        key: i64 = intern(m, name)
        try:
            dict_set_str(m, d, key, o)
        finally:
            decref(m, m.words, key)
    finally:
        decref(m, m.words, o)


def add_int(m: Machine, d: i64, name: str, value: int) -> None:
    """d[name] = an int."""
    add_object(m, d, name, new_int_host(m, value))


def add_float(m: Machine, d: i64, name: str, value: float) -> None:
    """d[name] = a float."""
    add_object(m, d, name, new_float(m, value))


def add_text(m: Machine, d: i64, name: str, value: str) -> None:
    """d[name] = a str."""
    add_object(m, d, name, new_str(m, value))


def add_module_name(m: Machine, t: i64, module: str) -> None:
    """Make `module` the `__module__` of the static type t."""
    name: i64 = intern(m, module)
    store(m, m.words, t + TP_MODULE, name)
    add_text(m, m.words[t + TP_DICT], "__module__", module)
