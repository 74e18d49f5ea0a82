"""What is printed of an exception that nobody handled, as CPython 3.11 prints it.

    Traceback (most recent call last):            format_exception: causes and contexts first, then
      File "a.mp", line 7, in <module>              one entry a record the exception passed
        print(half(0))                                the source line, if there is one
              ^^^^^^^                                 the range, unless it is the whole line
    ZeroDivisionError: division by zero             last_line

CPython counterpart: Python/traceback.c, Python/pythonrun.c, Lib/traceback.py.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_FILENAME,
    CO_FIRST,
    CO_FIRSTLINENO,
    CO_INSTRUCTIONS,
    CO_NAME,
    EXC_EXTRA,
    EXC_VALUE,
    FUNC_CODE,
    INT_VALUE,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_SIZE,
    OB_TYPE,
    RETURN_PC,
    TB_FUNCTION,
    TB_NEXT,
    TB_OFFSET,
    TP_QUALNAME,
    TUPLE_ITEMS,
    W_BASE,
    W_MODULES,
    W_PC,
)
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_BOOL, T_INT, T_LIST, T_STR, T_SYNTAX_ERROR
from minipy.memory.words import Raised, vec
from minipy.objects import attributes, exceptions
from minipy.objects.classobject import find_instance_attribute
from minipy.objects.codeobject import position_at
from minipy.objects.dictobject import dict_get_str
from minipy.objects.identifiers import ID_MODULE, ID_NOTES, NAME_SYS, NAME_TRACEBACKLIMIT
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import module_entry
from minipy.objects.tupleobject import host_repr
from minipy.objects.typeobject import is_subtype
from minipy.objects.unicodeobject import host_str

MOST_ENTRIES: Final = 1000
REPEATS: Final = 3
"""So many equal entries in a row are printed; the rest is counted."""


class Place:
    """A stretch of source: lines from 1, columns in bytes from 0 (-1: unknown)."""

    def __init__(self, line: int, end_line: int, column: int, end_column: int) -> None:
        self.line = line
        self.end_line = end_line
        self.column = column
        self.end_column = end_column


def place_at(w: vec[i64], code: i64, key: i64) -> Place:
    """Where the instruction of a traceback entry stands: `key` is TB_OFFSET, offset * 2 + part."""
    best: i64 = position_at(w, code, key)
    if best == 0:
        return Place(int(w[code + CO_FIRSTLINENO]), int(w[code + CO_FIRSTLINENO]), -1, -1)
    columns: i64 = w[best + 1]
    return Place(
        int(w[best] & 0xFFFFFF), int(columns >> 40), int(columns >> 20 & 0xFFFFF) - 1, int(columns & 0xFFFFF) - 1
    )


def running_place(m: Machine) -> str:
    """The line that runs now, in words: "line 3 of a.mp"; "no line" between two statements. Allocates nothing."""
    w = m.words
    base: i64 = w[W_BASE]
    if base == 0:
        return "no line: the machine did it between two statements"
    code: i64 = w[w[base - 1] + FUNC_CODE]
    offset: i64 = (w[W_PC] & RETURN_PC) - 1 - code - CO_FIRST
    if offset < 0 or offset >= w[code + CO_INSTRUCTIONS]:
        offset = 0
    return f"line {place_at(w, code, offset * 2).line} of {host_str(m, w[code + CO_FILENAME])}"


# ---------------------------------------------------------------- entries
def entries_text(m: Machine, tb: i64) -> str:
    """The last entries of a traceback, the outermost first, repeated ones counted."""
    parts: list[str] = []
    last = ""
    count = 0
    skipped: i64 = entry_count(m.words, tb) - entry_limit(m.words)
    while tb != 0 and tb != NONE:
        if skipped > 0:
            skipped -= 1
            tb = m.words[tb + TB_NEXT]
            continue
        head, lines = entry_text(m, tb)
        if head != last:
            parts.append(repeated(count))
            count = 0
            last = head
        count += 1
        if count <= REPEATS:
            parts.append(lines)
        tb = m.words[tb + TB_NEXT]
    parts.append(repeated(count))
    return "".join(parts)


def entry_count(w: vec[i64], tb: i64) -> i64:
    """How many entries a traceback has."""
    count: i64 = 0
    while tb != 0 and tb != NONE:
        count += 1
        tb = w[tb + TB_NEXT]
    return count


def entry_limit(w: vec[i64]) -> i64:
    """How many entries of a traceback are printed: sys.tracebacklimit, or as many as CPython prints without it."""
    module: i64 = 0 if w[W_MODULES] == 0 else dict_get_str(w, w[W_MODULES], NAME_SYS)
    limit: i64 = 0 if module == 0 else module_entry(w, module, NAME_TRACEBACKLIMIT)
    if limit == 0 or (w[limit + OB_TYPE] != T_INT and w[limit + OB_TYPE] != T_BOOL):
        return MOST_ENTRIES
    return max(w[limit + INT_VALUE], 0)


def repeated(count: int) -> str:
    """The line that stands for the entries not printed."""
    more = count - REPEATS
    if more <= 0:
        return ""
    return f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n"


def entry_text(m: Machine, tb: i64) -> tuple[str, str]:
    """One entry: its first line (which says whether two are equal), and all its lines."""
    w = m.words
    code: i64 = w[w[tb + TB_FUNCTION] + FUNC_CODE]
    place = place_at(w, code, w[tb + TB_OFFSET])
    filename = host_str(m, w[code + CO_FILENAME])
    head = f'  File "{filename}", line {place.line}, in {host_str(m, w[code + CO_NAME])}\n'
    source = m.source_line(filename, place.line)
    if source.strip() == "":
        return head, head
    return head, head + "    " + source.strip() + "\n" + carets(m, source, place)


def carets(m: Machine, source: str, place: Place) -> str:
    """The line that underlines the range, "" if it is the whole line or unknown."""
    if place.column < 0 or place.end_column < 0:
        return ""
    data = source.encode()
    start = len(data[: place.column].decode(errors="replace"))
    stripped = source.rstrip()
    end = len(stripped)
    marks = ""
    if place.end_line == place.line:
        end = len(data[: place.end_column].decode(errors="replace"))
        segment = source[start:end]
        left, right = m.anchors(segment)
        if left >= 0:
            marks = "~" * width(segment[:left]) + "^" * width(segment[left:right]) + "~" * width(segment[right:])
    indent = len(source) - len(source.lstrip())
    if marks == "":
        if end - start >= len(stripped) - indent:
            return ""
        marks = "^" * width(source[start:end])
    return "    " + " " * width(source[indent:start]) + marks + "\n"


def width(text: str) -> int:
    """How many columns of a terminal the text takes: East Asian wide letters take two."""
    if text.isascii():
        return len(text)
    from unicodedata import east_asian_width

    return sum([2 if east_asian_width(letter) in "WF" else 1 for letter in text])


# ---------------------------------------------------------------- below the entries
def exception_only(m: Machine, e: i64) -> str:
    """What the module traceback prints below a traceback: a SyntaxError's place, the last line, the notes."""
    return place_text(m, e) + message_line(m, e) + "\n" + notes_text(m, e)


def place_text(m: Machine, e: i64) -> str:
    """Where a SyntaxError is, nothing for others."""
    return syntax_error_place(m, e) if is_subtype(m.words, m.words[e + OB_TYPE], T_SYNTAX_ERROR) else ""


def qualified_type(m: Machine, e: i64) -> str:
    """The name of the exception's type, with its module unless that is builtins or __main__."""
    t: i64 = m.words[e + OB_TYPE]
    name = host_str(m, m.words[t + TP_QUALNAME])
    module: i64 = attributes.find_attr(m, t, ID_MODULE)
    if module == 0:
        return name
    prefix = host_str(m, module) if m.words[module + OB_TYPE] == T_STR else "builtins"
    decref(m, m.words, module)
    return name if prefix in ("builtins", "__main__") else f"{prefix}.{name}"


def last_line(m: Machine, e: i64) -> str:
    """`Type: message` of an exception that nobody handled, and a suggestion if there is one."""
    return message_line(m, e) + m.suggestion(e) + "\n"


def message_line(m: Machine, e: i64) -> str:
    """`Type: message`"""
    name = qualified_type(m, e)
    message = text_of(m, e)
    if is_subtype(m.words, m.words[e + OB_TYPE], T_SYNTAX_ERROR):
        message = syntax_message(m, e, message)
    return f"{name}: {message}" if message else name


def text_of(m: Machine, o: i64) -> str:
    """str(o), or CPython's stand-in if that fails."""
    try:
        text: i64 = m.str(o)
    except Raised:
        exceptions.clear_pending(m)
        return "<exception str() failed>"
    result = host_str(m, text)
    decref(m, m.words, text)
    return result


def notes_text(m: Machine, e: i64) -> str:
    """What add_note added; `__notes__` that are no list as they are."""
    w = m.words
    notes: i64 = find_instance_attribute(w, e, ID_NOTES)
    if notes == 0 or notes == NONE:
        return ""
    if w[notes + OB_TYPE] != T_LIST:
        return host_repr(m, notes) + "\n"
    lines: list[str] = []
    i: i64 = 0
    while i < m.words[notes + LIST_LENGTH]:
        lines.append(text_of(m, m.words[m.words[notes + LIST_ITEMS] + i]) + "\n")
        i += 1
    return "".join(lines)


# ---------------------------------------------------------------- SyntaxError
def syntax_fields(m: Machine, e: i64) -> i64:
    """Address of a SyntaxError's details (filename, line, offset, text, perhaps the end), 0 if it has no line."""
    w = m.words
    details: i64 = w[e + EXC_EXTRA]
    if details == 0 or w[w[details + TUPLE_ITEMS + 1] + OB_TYPE] != T_INT:
        return 0
    return details + TUPLE_ITEMS


def syntax_message(m: Machine, e: i64, message: str) -> str:
    """A SyntaxError's message without the place that its str() has."""
    at: i64 = syntax_fields(m, e)
    if at == 0:
        return message
    return text_of(m, m.words[e + EXC_VALUE])


def int_at(w: vec[i64], at: i64) -> int:
    """The value of the int at `at`, 0 if it is no int."""
    return int(w[w[at] + INT_VALUE]) if w[w[at] + OB_TYPE] == T_INT else 0


def syntax_error_place(m: Machine, e: i64) -> str:
    """The file, the line and the caret of a SyntaxError."""
    at: i64 = syntax_fields(m, e)
    w = m.words
    if at == 0:
        return ""
    file = "<string>" if w[at] == NONE else text_of(m, w[at])
    text = f'  File "{file}", line {text_of(m, m.words[at + 1])}\n'
    w = m.words
    if w[w[at + 3] + OB_TYPE] != T_STR:
        return text
    line = host_str(m, w[at + 3]).rstrip("\n")
    shown = line.lstrip(" \t\f")
    return f"{text}    {shown}\n{syntax_error_carets(w, at, len(line), len(line) - len(shown))}"


def syntax_error_carets(w: vec[i64], at: i64, length: int, indent: int) -> str:
    """The line of carets under a line of so many characters, shown without its indent; none to the left of that."""
    offset = int_at(w, at + 2)
    if offset < 1:
        return ""
    has_end = w[at - TUPLE_ITEMS + OB_SIZE] == 6 and w[at + 4] != NONE
    end = int_at(w, at + 5) if has_end else 0
    if end < offset or end == 0:
        end = offset + 1
    if has_end and int_at(w, at + 4) != int_at(w, at + 1):
        end = length + 1
    offset, end = min(offset, length + 1), min(end, length + 1)
    start = offset - 1 - indent
    return "" if start < 0 else "    " + " " * start + "^" * max(end - offset, 1) + "\n"
