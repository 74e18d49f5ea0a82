"""The module _traceback: what the library's traceback module asks of the machine.

The texts are those of vm/tracebacks.py, which prints an exception that nobody handled; so both say the same.

CPython counterpart: Python/traceback.c; there Lib/traceback.py makes its texts a second time.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_FILENAME,
    CO_NAME,
    FUNC_CODE,
    OB_TYPE,
    TB_FUNCTION,
    TB_OFFSET,
    TUPLE_ITEMS,
)
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_BASE_EXCEPTION, T_TRACEBACK, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.objects.arguments import argument_word, require_str
from minipy.objects.longobject import new_int, none
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods, add_functions
from minipy.objects.tupleobject import new_tuple
from minipy.objects.typeobject import is_subtype
from minipy.objects.unicodeobject import host_str, new_str
from minipy.vm.module_families import FAMILY_TRACEBACK
from minipy.vm.tracebacks import entry_text, exception_only, place_at

ENTRY: Final = 1
EXCEPTION_ONLY: Final = 2
SOURCE_LINE: Final = 3

FUNCTIONS: Final[Methods] = (
    (ENTRY, "entry", 1, 1, ""),
    (EXCEPTION_ONLY, "exception_only", 1, 1, ""),
    (SOURCE_LINE, "source_line", 2, 2, ""),
)


def fill(m: Machine, d: i64) -> None:
    """Put the functions into the module's dict."""
    add_functions(m, d, "_traceback", FAMILY_TRACEBACK, FUNCTIONS)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of FUNCTIONS; see objects/natives.py."""
    o: i64 = m.words[at]
    if number == SOURCE_LINE:
        require_str(m, o, "source_line() argument 1")
        return new_str(m, m.source_line(host_str(m, o), int(argument_word(m, m.words[at + 1]))))
    if number == ENTRY:
        if m.words[o + OB_TYPE] != T_TRACEBACK:
            raise m.error(T_TYPE_ERROR, f"entry() expects a traceback, not '{m.type_name(o)}'")
        return entry(m, o)
    if not is_subtype(m.words, m.words[o + OB_TYPE], T_BASE_EXCEPTION):
        raise m.error(T_TYPE_ERROR, f"exception_only() expects an exception, not '{m.type_name(o)}'")
    return new_str(m, exception_only(m, o))


def entry(m: Machine, tb: i64) -> i64:
    """(filename, line, name, text as printed, end line, column, end column) of one entry, an owned tuple."""
    t: i64 = new_tuple(m, 7)
    try:
        w = m.words
        code: i64 = w[w[tb + TB_FUNCTION] + FUNC_CODE]
        place = place_at(w, code, w[tb + TB_OFFSET])
        incref(w, w[code + CO_FILENAME])
        w[t + TUPLE_ITEMS] = w[code + CO_FILENAME]
        incref(w, w[code + CO_NAME])
        w[t + TUPLE_ITEMS + 2] = w[code + CO_NAME]
        text: i64 = new_str(m, entry_text(m, tb)[1])
        m.words[t + TUPLE_ITEMS + 3] = text
        put_number(m, t, 1, place.line)
        put_number(m, t, 4, place.end_line)
        put_number(m, t, 5, place.column)
        put_number(m, t, 6, place.end_column)
    except Raised:
        decref(m, m.words, t)
        raise
    return t


def put_number(m: Machine, t: i64, index: i64, value: i64) -> None:
    """Put an int into a new tuple, None for what is not known (-1)."""
    o: i64 = new_int(m, value) if value >= 0 else none(m.words)
    m.words[t + TUPLE_ITEMS + index] = o
