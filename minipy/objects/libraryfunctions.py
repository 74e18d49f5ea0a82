"""What native code leaves to functions of the library: rarely asked for, and easier to write in the language itself.

CPython counterpart: _PyImport_GetModuleAttrString of Python/import.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.refcount import decref, xdecref
from minipy.objects.interned import intern
from minipy.objects.machine import Machine


def library_function(m: Machine, module: str, name: str) -> i64:
    """The function `name` of the library's module, owned; the module is imported if it was not."""
    o: i64 = m.import_module(module)
    text: i64 = 0
    try:
        text = intern(m, name)
        return m.get_attribute(o, text)
    finally:
        decref(m, m.words, o)
        xdecref(m, m.words, text)


def call_library1(m: Machine, module: str, name: str, a: i64) -> i64:
    """The result, owned, of the library's function for a (borrowed)."""
    function: i64 = library_function(m, module, name)
    try:
        return m.call1(function, a)
    finally:
        decref(m, m.words, function)


def call_library2(m: Machine, module: str, name: str, a: i64, b: i64) -> i64:
    """The same with two arguments."""
    function: i64 = library_function(m, module, name)
    try:
        return m.call2(function, a, b)
    finally:
        decref(m, m.words, function)
