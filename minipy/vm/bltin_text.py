"""Built-in functions between numbers and text: ord, chr, hex, bin, oct, format, pow.

CPython counterpart: Python/bltinmodule.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TP_SOLID
from minipy.memory.statics import (
    EMPTY_STR,
    NONE,
    T_BYTEARRAY,
    T_BYTES,
    T_STR,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.objects import abstract_number
from minipy.objects.arguments import argument_c_int, argument_int
from minipy.objects.bytesobject import host_bytes
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.operators import NB_POWER
from minipy.objects.unicodeobject import char_at, new_char, new_str, str_length


def ord_of(m: Machine, o: i64) -> i64:
    """ord(character)."""
    w = m.words
    solid: i64 = w[w[o + OB_TYPE] + TP_SOLID]
    if solid == T_STR:
        length: i64 = str_length(w, o)
        if length == 1:
            return new_int(m, char_at(w, o, 0))
        raise m.error(T_TYPE_ERROR, f"ord() expected a character, but string of length {int(length)} found")
    if solid == T_BYTES or solid == T_BYTEARRAY:
        data = host_bytes(m, o)
        if len(data) == 1:
            return new_int(m, data[0])
        raise m.error(T_TYPE_ERROR, f"ord() expected a character, but string of length {len(data)} found")
    raise m.error(T_TYPE_ERROR, f"ord() expected string of length 1, but {m.type_name(o)} found")


def chr_of(m: Machine, o: i64) -> i64:
    """chr(code point)."""
    code: i64 = argument_c_int(m, o)
    if code < 0 or code > 0x10FFFF:
        raise m.error(T_VALUE_ERROR, "chr() arg not in range(0x110000)")
    return new_char(m, code)


def in_base(m: Machine, o: i64, base: str) -> i64:
    """hex, bin, oct: base is the format's letter."""
    return new_str(m, format(argument_int(m, o), "#" + base))


def format_of(m: Machine, at: i64, n: i64) -> i64:
    """format(value[, spec])."""
    spec: i64 = m.words[at + 1] if n > 1 else EMPTY_STR
    if m.words[m.words[spec + OB_TYPE] + TP_SOLID] != T_STR:
        raise m.error(T_TYPE_ERROR, f"format() argument 2 must be str, not {m.type_name(spec)}")
    return m.format(m.words[at], spec)


def pow_of(m: Machine, at: i64) -> i64:
    """pow(base, exp[, mod])."""
    w = m.words
    if w[at + 2] == 0 or w[at + 2] == NONE:
        return m.binary(NB_POWER, w[at], w[at + 1])
    return abstract_number.power(m, w[at], w[at + 1], w[at + 2])
