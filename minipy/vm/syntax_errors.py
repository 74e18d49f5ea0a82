"""Compiling text for a program: a fault in it becomes the program's SyntaxError.

CPython counterpart: Python/pythonrun.c (Py_CompileString), Parser/pegen_errors.c (the exception's fields).
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.errors import SourceError
from minipy.memory.layout import MODULE_DICT, OB_TYPE, TP_SOLID, TUPLE_ITEMS, W_DEPTH, W_MODULES, W_RECURSION_LIMIT
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    NONE,
    T_INDENTATION_ERROR,
    T_MEMORY_ERROR,
    T_MODULE,
    T_RECURSION_ERROR,
    T_SYNTAX_ERROR,
    T_SYNTAX_WARNING,
    T_TAB_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised
from minipy.objects import exceptions
from minipy.objects.dictobject import dict_get_str
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import new_tuple
from minipy.objects.unicodeobject import intern, new_str
from minipy.vm.host import ANY_LEVELS, Host
from minipy.vm.loader import Loader

LEVELS_A_CALL: Final = 3
"""As deep may a text be for each call that may still be made: COMPILER_STACK_FRAME_SCALE of CPython."""


def compile_text(
    m: Machine, host: Host, loader: Loader, text: str, filename: str, mode: str, own_namespace: bool
) -> i64:
    """The code object (owned) of a text."""
    function: i64 = warning_function(m)
    host.keeps_warnings = function != 0
    host.levels = LEVELS_A_CALL * (m.words[W_RECURSION_LIMIT] - m.words[W_DEPTH])
    try:
        code = host.compile(text, filename, mode, own_namespace)
    except SourceError as fault:
        raise set_syntax_error(m, fault) from None
    finally:
        host.keeps_warnings = False
        host.levels = ANY_LEVELS
        kept = host.kept_warnings
        host.kept_warnings = []
    for warning in kept:
        warn(m, function, warning)
    return loader.load(code)


def warning_function(m: Machine) -> i64:
    """warnings.warn_explicit (borrowed) if the program has imported warnings, else 0."""
    module: i64 = entry(m, m.words[W_MODULES], "warnings")
    if module == 0 or m.words[m.words[module + OB_TYPE] + TP_SOLID] != T_MODULE:
        return 0
    return entry(m, m.words[module + MODULE_DICT], "warn_explicit")


def entry(m: Machine, d: i64, name: str) -> i64:
    """d[name] (borrowed), 0 if there is none."""
    key: i64 = intern(m, name)
    try:
        return dict_get_str(m.words, d, key)
    finally:
        decref(m, m.words, key)


def warn(m: Machine, function: i64, warning: SourceError) -> None:
    """Call the function for a SyntaxWarning; if filters make it an exception, that is a SyntaxError."""
    args: i64 = new_tuple(m, 4)
    try:
        message: i64 = new_str(m, warning.message)
        m.words[args + TUPLE_ITEMS] = message
        m.words[args + TUPLE_ITEMS + 1] = T_SYNTAX_WARNING
        m.words[T_SYNTAX_WARNING] += 1
        filename: i64 = new_str(m, warning.filename)
        m.words[args + TUPLE_ITEMS + 2] = filename
        line: i64 = new_int(m, warning.span.lineno)
        m.words[args + TUPLE_ITEMS + 3] = line
        decref(m, m.words, m.call_object(function, args, 0))
    except Raised:
        if not m.catch(T_SYNTAX_WARNING):
            raise
        raise set_syntax_error(m, warning) from None
    finally:
        decref(m, m.words, args)


def decode_source(m: Machine, host: Host, source: bytes, filename: str) -> str:
    """The text of a source that the program has as bytes."""
    try:
        return host.decode(source, filename)
    except SourceError as fault:
        raise set_syntax_error(m, fault) from None


def set_syntax_error(m: Machine, fault: SourceError) -> Raised:
    """Make a fault in a text the pending exception."""
    kind: i64 = kind_of(fault.kind)
    placed = kind == T_SYNTAX_ERROR or kind == T_INDENTATION_ERROR or kind == T_TAB_ERROR
    if not placed or fault.span.lineno < 0:
        return m.error(kind, fault.message)
    args: i64 = new_tuple(m, 2)
    try:
        message: i64 = new_str(m, fault.message)
        m.words[args + TUPLE_ITEMS] = message
        place: i64 = new_tuple(m, 6)
        m.words[args + TUPLE_ITEMS + 1] = place
        fill_place(m, place + TUPLE_ITEMS, fault)
        e: i64 = exceptions.new_exception(m, kind, args)
    finally:
        decref(m, m.words, args)
    exceptions.set_pending(m, e)
    return Raised()


def kind_of(name: str) -> i64:
    """The exception type that a SourceError names."""
    if name == "IndentationError":
        return T_INDENTATION_ERROR
    elif name == "TabError":
        return T_TAB_ERROR
    elif name == "MemoryError":
        return T_MEMORY_ERROR
    elif name == "RecursionError":
        return T_RECURSION_ERROR
    elif name == "ValueError":
        return T_VALUE_ERROR
    return T_SYNTAX_ERROR


def fill_place(m: Machine, at: i64, fault: SourceError) -> None:
    """filename, lineno, offset, text, end_lineno, end_offset, at `at`."""
    name: i64 = new_str(m, fault.filename)
    m.words[at] = name
    put_number(m, at + 1, fault.span.lineno)
    put_number(m, at + 2, fault.offset)
    if fault.by_compiler and not fault.text:
        m.words[NONE] += 1
        m.words[at + 3] = NONE
    else:
        text: i64 = new_str(m, fault.text)
        m.words[at + 3] = text
    put_number(m, at + 4, fault.span.end_lineno)
    put_number(m, at + 5, fault.end_offset)


def put_number(m: Machine, at: i64, number: int) -> None:
    """An int object at `at`."""
    o: i64 = new_int(m, number)
    m.words[at] = o

