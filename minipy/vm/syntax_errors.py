"""Compiling text for a program: a fault in it becomes the program's SyntaxError.

CPython counterpart: Python/pythonrun.c (Py_CompileString), Parser/pegen_errors.c (the exception's fields).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.errors import SourceError
from minipy.memory.layout import TUPLE_ITEMS
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    T_INDENTATION_ERROR,
    T_MEMORY_ERROR,
    T_RECURSION_ERROR,
    T_SYNTAX_ERROR,
    T_TAB_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised
from minipy.objects import exceptions
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import new_tuple
from minipy.objects.unicodeobject import new_str
from minipy.vm.host import Host
from minipy.vm.loader import Loader


def compile_text(
    m: Machine, host: Host, loader: Loader, text: str, filename: str, mode: str, own_namespace: bool
) -> i64:
    """The code object (owned) of a text."""
    try:
        code = host.compile(text, filename, mode, own_namespace)
    except SourceError as fault:
        raise set_syntax_error(m, fault) from None
    return loader.load(code)


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
    text: i64 = new_str(m, fault.text)
    m.words[at + 3] = text
    put_number(m, at + 4, fault.span.end_lineno)
    put_number(m, at + 5, fault.end_offset)


def put_number(m: Machine, at: i64, number: int) -> None:
    """An int object at `at`."""
    o: i64 = new_int(m, number)
    m.words[at] = o

