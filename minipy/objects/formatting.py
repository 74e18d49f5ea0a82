"""Text of numbers: repr, and the format mini-language of int, float, complex and str.

Ints of a word are written digit by digit. The host's format() does all else on a transient host value; its
ValueErrors have CPython's texts, in which only the type's name is put right.

CPython counterpart: Python/formatter_unicode.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import INT_VALUE, OB_TYPE
from minipy.memory.statics import T_INT, T_OVERFLOW_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.complexobject import complex_value
from minipy.objects.decimal_text import word_text
from minipy.objects.digitlimit import int_format, int_text
from minipy.objects.floatobject import float_value
from minipy.objects.longobject import host_int
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import host_str, new_str, str_length

SHORT_SPEC: Final = 7
"""A format specification of so many characters has no width that matters to memory."""
LONGEST_WIDTH: Final = 18
"""More digits are left to the host, which refuses widths that are no word."""


# ---------------------------------------------------------------- repr
def long_repr(m: Machine, a: i64) -> i64:
    """repr(a) and str(a) of an int, owned; ValueError if it has too many digits."""
    w = m.words
    if w[a + OB_TYPE] == T_INT:
        return word_text(m, w[a + INT_VALUE])
    return new_str(m, int_text(m, host_int(m, a)))


def bool_repr(m: Machine, a: i64) -> i64:
    """repr(a) and str(a) of a bool, owned."""
    return new_str(m, "True" if m.words[a + INT_VALUE] != 0 else "False")


def float_repr(m: Machine, a: i64) -> i64:
    """repr(a) and str(a), owned: the shortest text that reads back as the same value."""
    return new_str(m, repr(float_value(m, a)))


# ---------------------------------------------------------------- format
def format_int(m: Machine, a: i64, spec: i64) -> i64:
    """format(a, spec) of an int or bool, owned."""
    return m.str(a) if str_length(m.words, spec) == 0 else format_host(m, a, host_int(m, a), spec)


def format_float(m: Machine, a: i64, spec: i64) -> i64:
    """format(a, spec) of a float, owned."""
    return m.str(a) if str_length(m.words, spec) == 0 else format_host(m, a, float_value(m, a), spec)


def format_complex(m: Machine, a: i64, spec: i64) -> i64:
    """format(a, spec) of a complex, owned."""
    return m.str(a) if str_length(m.words, spec) == 0 else format_host(m, a, complex_value(m, a), spec)


def format_str(m: Machine, a: i64, spec: i64) -> i64:
    """format(a, spec) of a str, owned."""
    return m.str(a) if str_length(m.words, spec) == 0 else format_host(m, a, host_str(m, a), spec)


def format_host(m: Machine, a: i64, value: int | float | complex | str, spec: i64) -> i64:
    """format(a, spec) by the host, owned; `value` is a's as the host has it."""
    text = spec_text(m, spec)
    try:
        return new_str(m, int_format(m, value, text) if isinstance(value, int) else format(value, text))
    except ValueError as e:
        message = str(e)
    except OverflowError as e:
        raise m.error(T_OVERFLOW_ERROR, str(e)) from None
    raise spec_error(m, a, message, type(value).__name__)


def spec_text(m: Machine, spec: i64) -> str:
    """A format specification as host text; MemoryError if it asks for more than ever fits."""
    text = host_str(m, spec)
    if len(text) > SHORT_SPEC:
        digits = ""
        for character in text + " ":
            if "0" <= character <= "9":
                digits += character
            elif digits:
                m.require(int(digits) if len(digits) <= LONGEST_WIDTH else 0)
                digits = ""
    return text


def spec_error(m: Machine, a: i64, message: str, host_type: str) -> Raised:
    """ValueError with the host's message, which names the type of a instead of the host value's."""
    ending = f" for object of type '{host_type}'"
    if message.endswith(ending):
        message = message.removesuffix(ending) + f" for object of type '{m.type_name(a)}'"
    return m.error(T_VALUE_ERROR, message)
