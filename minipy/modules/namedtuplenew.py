"""The `__new__` of a named tuple's class, made without text and compiler, which take their time to start.

    RESUME | LOAD_GLOBAL _tuple_new | LOAD_FAST _cls | LOAD_FAST of each field | BUILD_TUPLE | CALL | RETURN_VALUE

CPython counterpart: namedtuple of Lib/collections/__init__.py, which evaluates the text of a lambda.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.bytecode import opcodes
from minipy.bytecode.code import CO_NEWLOCALS, CO_OPTIMIZED, Code
from minipy.memory.layout import OB_SIZE, TUPLE_ITEMS
from minipy.memory.refcount import decref
from minipy.memory.statics import T_TYPE_ERROR
from minipy.objects.dictobject import is_dict
from minipy.objects.funcobject import new_function
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import is_tuple
from minipy.objects.unicodeobject import host_str, is_str
from minipy.vm.loader import Loader


def new_constructor(m: Machine, typename: i64, fields: i64, module_dict: i64) -> i64:
    """The function `__new__(_cls, field, ...)`, owned; its globals have `_tuple_new`. All arguments are borrowed."""
    w = m.words
    if not is_str(w, typename) or not is_tuple(w, fields) or not is_dict(w, module_dict):
        raise m.error(T_TYPE_ERROR, "a str, a tuple and a dict are required")
    names = ["_cls"]
    i: i64 = 0
    while i < w[fields + OB_SIZE]:
        if not is_str(w, w[fields + TUPLE_ITEMS + i]):
            raise m.error(T_TYPE_ERROR, "field names must be str")
        names.append(host_str(m, w[fields + TUPLE_ITEMS + i]))
        i += 1
    code: i64 = Loader(m).load(constructor_code(host_str(m, typename), names))
    try:
        return new_function(m, code, module_dict)
    finally:
        decref(m, m.words, code)


def constructor_code(typename: str, names: list[str]) -> Code:
    """lambda _cls, a, b: _tuple_new(_cls, (a, b))"""
    code = Code("__new__", f"{typename}.__new__", f"<namedtuple {typename}>", 1)
    code.argcount = len(names)
    code.flags = CO_OPTIMIZED | CO_NEWLOCALS
    code.varnames = tuple(names)
    code.names = ("_tuple_new",)
    code.consts = (None,)
    code.stacksize = len(names) + 2
    words = [opcodes.RESUME, opcodes.LOAD_GLOBAL, 0, 0]
    for i in range(len(names)):
        words.append(opcodes.LOAD_FAST | i << 8)
    words.append(opcodes.BUILD_TUPLE | (len(names) - 1) << 8)
    words.append(opcodes.CALL | 2 << 8)
    words.append(opcodes.RETURN_VALUE)
    code.instructions = words
    return code
