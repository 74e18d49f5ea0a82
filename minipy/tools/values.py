"""A short text of any object, read from the words alone: no code of the program runs, nothing is counted.

CPython counterpart: none; gdb's python-gdb.py shows a stopped process's objects in the same way.
"""

from __future__ import annotations

from minipy.memory.layout import (
    DICT_USED,
    FUNC_QUALNAME,
    LIST_LENGTH,
    NATIVE_NAME,
    OB_SIZE,
    OB_TYPE,
    SET_USED,
    TP_CLASS,
    TP_QUALNAME,
    TP_SOLID,
    WORD_BYTES,
)
from minipy.memory.statics import (
    ELLIPSIS,
    FALSE,
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    T_BIGINT,
    T_BUILTIN,
    T_DICT,
    T_FLOAT,
    T_FROZENSET,
    T_FUNCTION,
    T_INT,
    T_LIST,
    T_SET,
    T_STR,
    T_TUPLE,
    T_TYPE,
    TRUE,
)
from minipy.memory.words import Heap
from minipy.objects.floatobject import float_value
from minipy.objects.longobject import host_int
from minipy.objects.unicodeobject import host_str

MOST_DIGITS = 18
SINGLETONS = {
    NONE: "None",
    TRUE: "True",
    FALSE: "False",
    ELLIPSIS: "Ellipsis",
    NOT_IMPLEMENTED_OBJECT: "NotImplemented",
}
SIZES = {
    T_LIST: (LIST_LENGTH, "item"),
    T_TUPLE: (OB_SIZE, "item"),
    T_DICT: (DICT_USED, "entry"),
    T_SET: (SET_USED, "element"),
    T_FROZENSET: (SET_USED, "element"),
}
"""Containers that say how much they hold: where their length stands, and what it counts."""
NAMES = {T_FUNCTION: FUNC_QUALNAME, T_BUILTIN: NATIVE_NAME, T_TYPE: TP_QUALNAME}
"""Objects that say their name: where it stands."""
LONGEST = 40
MOST_BITS = 1000
"""Of longer numbers the size is shown: writing out their digits takes long."""


def type_name(heap: Heap, a: int) -> str:
    """The name of the class of the object at `a`, as type(o).__name__."""
    w = heap.words
    return host_str(heap, w[w[w[a + OB_TYPE] + TP_CLASS] + TP_QUALNAME])


def preview(heap: Heap, a: int) -> str:
    """One line about the object at the word address `a`: a simple value itself, of others what they are."""
    if a in SINGLETONS:
        return SINGLETONS[a]
    w = heap.words
    t = w[a + OB_TYPE]
    solid = int(w[t + TP_SOLID])
    if solid in (T_INT, T_BIGINT):
        number = host_int(heap, a)
        return shortened(str(number)) if number.bit_length() <= MOST_BITS else f"int of {number.bit_length():,} bits"
    if t == T_FLOAT:
        return repr(float_value(heap, a))
    if solid == T_STR:
        return shortened(repr(host_str(heap, a)))
    name = type_name(heap, a)
    if solid in SIZES:
        offset, unit = SIZES[solid]
        return f"{name} of {counted(int(w[a + offset]), unit)}"
    if solid in NAMES:
        return f"{name} {host_str(heap, w[a + NAMES[solid]])}"
    return f"{name} object"


def shortened(text: str) -> str:
    """The text, its middle left out if it is long."""
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - 10]}...{text[-7:]}"


def counted(n: int, noun: str) -> str:
    """How many of something: "1 item", "2 items", "3 entries"."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{n:,} {noun if n == 1 else plural}"


def address_text(a: int) -> str:
    """The address as a program sees it: id() in hexadecimal."""
    return hex(a * WORD_BYTES)


def labelled(heap: Heap, a: int) -> str:
    """Address and preview of a reference; NULL for 0."""
    return f"{address_text(a)}  {preview(heap, a)}" if a else "NULL"


def labelled_short(heap: Heap, a: int) -> str:
    """Preview and address, as part of a sentence."""
    return f"{preview(heap, a)} at {address_text(a)}"


def natural(text: str) -> int | None:
    """The number that decimal digits mean; None if they are none, or mean more than fits a word with ease."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else -1
    return number if number >= 0 else None
