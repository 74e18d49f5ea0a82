"""Code objects and traceback entries as a program sees them: `co_name`, `co_varnames`, `tb_lineno` ...

Behind a code object's instructions and exception table lie its positions, two words each:

    place << 24 | line      end line << 40 | column << 20 | end column

where `place` is twice the offset of an instruction (or of the first of several in the same place), plus 1 for the first
load of a fused instruction: what TB_OFFSET holds.

CPython counterpart: Objects/codeobject.c, Python/traceback.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_ARGCOUNT,
    CO_CELLVARS,
    CO_CONSTS,
    CO_FILENAME,
    CO_FIRST,
    CO_FIRSTLINENO,
    CO_FLAGS,
    CO_FREEVARS,
    CO_INSTRUCTIONS,
    CO_KWONLYARGCOUNT,
    CO_NAME,
    CO_NAMES,
    CO_NEXCEPTIONS,
    CO_NLOCALS,
    CO_NPOSITIONS,
    CO_POSONLYARGCOUNT,
    CO_QUALNAME,
    CO_STACKSIZE,
    CO_VARNAMES,
    FUNC_CODE,
    TB_FUNCTION,
    TB_NEXT,
    TB_OFFSET,
)
from minipy.memory.layout_modules import HANDLER_WORDS, POSITION_WORDS
from minipy.memory.refcount import incref
from minipy.memory.statics import NONE
from minipy.memory.words import vec
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.reprs import address_text
from minipy.objects.unicodeobject import host_str, new_str

TRACEBACK_FLAG: Final = 100
"""Numbers from here on: attributes of traceback entries."""
LINE_MASK: Final = (1 << 24) - 1

CODE_GETSETS: Final = (
    (CO_NAME, "co_name"),
    (CO_QUALNAME, "co_qualname"),
    (CO_FILENAME, "co_filename"),
    (CO_CONSTS, "co_consts"),
    (CO_NAMES, "co_names"),
    (CO_VARNAMES, "co_varnames"),
    (CO_CELLVARS, "co_cellvars"),
    (CO_FREEVARS, "co_freevars"),
    (CO_ARGCOUNT, "co_argcount"),
    (CO_POSONLYARGCOUNT, "co_posonlyargcount"),
    (CO_KWONLYARGCOUNT, "co_kwonlyargcount"),
    (CO_FLAGS, "co_flags"),
    (CO_NLOCALS, "co_nlocals"),
    (CO_STACKSIZE, "co_stacksize"),
    (CO_FIRSTLINENO, "co_firstlineno"),
)
"""Numbered by the word that holds the value: a reference below CO_ARGCOUNT, a count from there on."""
TRACEBACK_GETSETS: Final = (
    (TRACEBACK_FLAG + TB_NEXT, "tb_next"),
    (TRACEBACK_FLAG + TB_FUNCTION, "tb_lineno"),
    (TRACEBACK_FLAG + TB_OFFSET, "tb_lasti"),
)


def get(m: Machine, number: i64, o: i64) -> i64:
    """An attribute of a code object or a traceback entry."""
    if number >= TRACEBACK_FLAG:
        return traceback_get(m, number - TRACEBACK_FLAG, o)
    w = m.words
    if number >= CO_ARGCOUNT:
        return new_int(m, w[o + number])
    incref(w, w[o + number])
    return w[o + number]


def traceback_get(m: Machine, number: i64, tb: i64) -> i64:
    """tb_next, tb_lineno, tb_lasti."""
    w = m.words
    if number == TB_OFFSET:
        return new_int(m, w[tb + TB_OFFSET] & -2)
    if number == TB_FUNCTION:
        return new_int(m, line_at(w, w[w[tb + TB_FUNCTION] + FUNC_CODE], w[tb + TB_OFFSET]))
    following: i64 = w[tb + TB_NEXT]
    if following == 0:
        following = NONE
    incref(w, following)
    return following


def position_at(w: vec[i64], code: i64, place: i64) -> i64:
    """The address of the two words that tell where `place` stands in the source, 0 if none do."""
    at: i64 = code + CO_FIRST + w[code + CO_INSTRUCTIONS] + HANDLER_WORDS * w[code + CO_NEXCEPTIONS]
    end: i64 = at + POSITION_WORDS * w[code + CO_NPOSITIONS]
    best: i64 = 0
    while at < end:
        found: i64 = w[at] >> 24
        if found == place:
            return at
        if found & 1 == 0 and place & 1 == 0 and found < place and (best == 0 or found > w[best] >> 24):
            best = at
        at += POSITION_WORDS
    return best


def line_at(w: vec[i64], code: i64, place: i64) -> i64:
    """The line of `place` in the source."""
    at: i64 = position_at(w, code, place)
    if at == 0:
        return w[code + CO_FIRSTLINENO]
    return w[at] & LINE_MASK


def code_repr(m: Machine, o: i64) -> i64:
    """<code object f at 0x..., file "x.mp", line 3>"""
    w = m.words
    text = "<code object " + host_str(m, w[o + CO_NAME]) + " at " + address_text(o) + ', file "'
    return new_str(m, text + host_str(m, w[o + CO_FILENAME]) + '", line ' + str(w[o + CO_FIRSTLINENO]) + ">")
