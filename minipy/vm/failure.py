"""An exception that ended a program, as data: for whoever asks why it ended (minipy/tools/verdict.py).

CPython counterpart: sys.last_type, sys.last_value, sys.last_traceback.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_FILENAME,
    EXC_TRACEBACK,
    FUNC_CODE,
    OB_TYPE,
    TB_FUNCTION,
    TB_NEXT,
    TB_OFFSET,
    TP_QUALNAME,
)
from minipy.memory.statics import NONE
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import host_str
from minipy.vm.tracebacks import place_at


class Failure:
    """Its type's name, its message, where it was raised (file "" and line 0: unknown), all that was printed of it."""

    def __init__(self, kind: str, message: str, filename: str, line: int, text: str) -> None:
        self.kind = kind
        self.message = message
        self.filename = filename
        self.line = line
        self.text = text


def failure_of(m: Machine, e: i64, text: str) -> Failure:
    """The failure that the exception e is, of which `text` was printed. Runs no program code."""
    w = m.words
    kind = host_str(m, w[w[e + OB_TYPE] + TP_QUALNAME])
    filename = ""
    line = 0
    tb: i64 = w[e + EXC_TRACEBACK]
    while tb != 0 and tb != NONE:
        code: i64 = w[w[tb + TB_FUNCTION] + FUNC_CODE]
        filename = host_str(m, w[code + CO_FILENAME])
        line = place_at(w, code, w[tb + TB_OFFSET]).line
        tb = w[tb + TB_NEXT]
    return Failure(kind, message_in(text, kind), filename, line, text)


def message_in(text: str, kind: str) -> str:
    """What stands behind the last `Type: ` of a traceback, notes included."""
    before, colon, message = text.rpartition(f"{kind}: ")
    return message.rstrip("\n") if colon else ""
