"""The fields of Unicode errors: a program can set them, and str() speaks of them, not of the arguments.

    UnicodeEncodeError, UnicodeDecodeError (encoding, object, start, end, reason)    EXC_EXTRA: a tuple of the five;
    UnicodeTranslateError                            (object, start, end, reason)    0 if never initialised

CPython counterpart: PyUnicodeErrorObject of Objects/exceptions.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import EXC_ARGS, EXC_EXTRA, OB_SIZE, OB_TYPE, TUPLE_ITEMS
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import (
    NONE,
    T_TYPE_ERROR,
    T_UNICODE_DECODE_ERROR,
    T_UNICODE_ENCODE_ERROR,
    T_UNICODE_TRANSLATE_ERROR,
)
from minipy.memory.words import Raised, vec
from minipy.objects.arguments import argument_word, require_str
from minipy.objects.bytesobject import host_bytes, is_bytes, is_bytes_like, new_bytes
from minipy.objects.longobject import host_int, int_word, is_int, new_int
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import new_tuple
from minipy.objects.typeobject import is_subtype, name_of_type_of
from minipy.objects.unicodeobject import host_str, is_str, new_str

ENCODING: Final = 0
OBJECT: Final = 1
START: Final = 2
END: Final = 3
REASON: Final = 4
COUNT: Final = 5
"""The items of EXC_EXTRA."""


def is_coding_error(t: i64) -> bool:
    """Is the built-in type t one of the three?"""
    return t >= T_UNICODE_DECODE_ERROR and t <= T_UNICODE_TRANSLATE_ERROR


def coding_kind(w: vec[i64], t: i64) -> i64:
    """Which of the three the class t derives from; 0: none of them."""
    for kind in (T_UNICODE_ENCODE_ERROR, T_UNICODE_DECODE_ERROR, T_UNICODE_TRANSLATE_ERROR):
        if is_subtype(w, t, kind):
            return kind
    return 0


# ---------------------------------------------------------------- from the arguments
def init_fields(m: Machine, e: i64) -> None:
    """Take e's fields from its arguments; TypeError if their number or one's type is wrong. Others have none."""
    w = m.words
    kind: i64 = coding_kind(w, w[e + OB_TYPE])
    if kind == 0:
        return
    args: i64 = w[e + EXC_ARGS]
    first: i64 = OBJECT if kind == T_UNICODE_TRANSLATE_ERROR else ENCODING
    if w[args + OB_SIZE] != COUNT - first:
        text = "function takes exactly " + str(COUNT - first) + " arguments (" + str(w[args + OB_SIZE]) + " given)"
        raise m.error(T_TYPE_ERROR, text)
    fields: i64 = new_tuple(m, COUNT)
    try:
        i: i64 = 0
        while i < COUNT:
            given: i64 = m.words[args + TUPLE_ITEMS + i - first] if i >= first else NONE
            value: i64 = checked(m, kind, i, i - first + 1, given)
            m.words[fields + TUPLE_ITEMS + i] = value
            i += 1
    except Raised:
        decref(m, m.words, fields)
        raise
    store(m, m.words, e + EXC_EXTRA, fields)


def checked(m: Machine, kind: i64, i: i64, position: i64, value: i64) -> i64:
    """The argument at `position` for field i, owned: a text, bytes or a whole number; TypeError if it is none."""
    if i == START or i == END:
        return new_int(m, argument_word(m, value))
    if i == OBJECT and kind == T_UNICODE_DECODE_ERROR:
        if not is_bytes_like(m.words, value):
            text = "a bytes-like object is required, not '" + name_of_type_of(m, value) + "'"
            raise m.error(T_TYPE_ERROR, text)
        if not is_bytes(m.words, value):
            return new_bytes(m, host_bytes(m, value))
    elif position > 0:
        require_str(m, value, "argument " + str(position))
    incref(m.words, value)
    return value


# ---------------------------------------------------------------- attributes
def get_field(w: vec[i64], e: i64, i: i64) -> i64:
    """Field i, borrowed; 0 if e was never initialised."""
    fields: i64 = w[e + EXC_EXTRA]
    return w[fields + TUPLE_ITEMS + i] if fields != 0 else 0


def field_value(m: Machine, i: i64, value: i64) -> i64:
    """What field i becomes when `value` is set (0: it is deleted), owned: start and end are whole numbers always."""
    if i == START or i == END:
        if value == 0:
            raise m.error(T_TYPE_ERROR, "can't delete numeric/char attribute")
        if not is_int(m.words, value):
            raise m.error(T_TYPE_ERROR, "an integer is required")
        return new_int(m, int_word(m, value))
    if value == 0:
        value = NONE
    incref(m.words, value)
    return value


# ---------------------------------------------------------------- str
def coding_error_str(m: Machine, e: i64) -> i64:
    """'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)"""
    w = m.words
    kind: i64 = coding_kind(w, w[e + OB_TYPE])
    start = number(m, e, START)
    end = number(m, e, END)
    source: i64 = get_field(w, e, OBJECT)
    unit = "byte" if kind == T_UNICODE_DECODE_ERROR else "character"
    verb = "decode " if unit == "byte" else ("encode " if kind == T_UNICODE_ENCODE_ERROR else "translate ")
    text = "can't " + verb
    if kind != T_UNICODE_TRANSLATE_ERROR:
        text = "'" + field_text(m, e, ENCODING) + "' codec " + text
    one = shown_unit(m, source, start) if end == start + 1 else ""
    if one != "":
        text += unit + " " + one + " in position " + str(start)
    else:
        text += unit + "s in position " + str(start) + "-" + str(end - 1)
    return new_str(m, text + ": " + field_text(m, e, REASON))


def shown_unit(m: Machine, source: i64, i: int) -> str:
    """Byte or character i of the object as the message shows it, "" if there is none."""
    if is_bytes(m.words, source):
        data = host_bytes(m, source)
        return "0x" + data[i : i + 1].hex() if 0 <= i < len(data) else ""
    text = host_str(m, source) if is_str(m.words, source) else ""
    if not 0 <= i < len(text):
        return ""
    code = ord(text[i])
    letter, width = ("x", 2) if code <= 0xFF else ("u", 4) if code <= 0xFFFF else ("U", 8)
    return "'\\" + letter + hex(code)[2:].rjust(width, "0") + "'"


def number(m: Machine, e: i64, i: i64) -> int:
    """The field start or end."""
    return host_int(m, get_field(m.words, e, i))


def field_text(m: Machine, e: i64, i: i64) -> str:
    """str() of a field as host text."""
    text: i64 = m.str(get_field(m.words, e, i))
    result = host_str(m, text)
    decref(m, m.words, text)
    return result
