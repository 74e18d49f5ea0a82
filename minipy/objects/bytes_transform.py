"""Bytes made of bytes, as if they were ASCII letters: case, padding, translation, hexadecimal; all of host bytes.

CPython counterpart: Objects/bytes_methods.c, Objects/stringlib/transmogrify.h, Python/pystrhex.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import W_HEAP_LIMIT, WORD_BYTES
from minipy.memory.statics import NONE, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.objects.arguments import argument_word, host_argument
from minipy.objects.bytes_find import argument
from minipy.objects.bytesobject import host_bytes, is_bytes_like
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import host_str, is_str, new_str

CASE_UPPER: Final = 0
CASE_LOWER: Final = 1
CASE_TITLE: Final = 2
CASE_CAPITALIZE: Final = 3
CASE_SWAP: Final = 4
KIND_DIGIT: Final = 0
KIND_ALPHA: Final = 1
KIND_ALNUM: Final = 2
KIND_SPACE: Final = 3
KIND_ASCII: Final = 4
KIND_LOWER: Final = 5
KIND_UPPER: Final = 6
KIND_TITLE: Final = 7
PAD_CENTER: Final = 0
PAD_LEFT: Final = 1
PAD_RIGHT: Final = 2
PAD_ZERO: Final = 3


# ---------------------------------------------------------------- letters
def in_case(number: i64, data: bytes) -> bytes:
    """upper, lower, title, capitalize, swapcase."""
    if number == CASE_UPPER:
        return data.upper()
    if number == CASE_LOWER:
        return data.lower()
    if number == CASE_TITLE:
        return data.title()
    return data.capitalize() if number == CASE_CAPITALIZE else data.swapcase()


def is_kind(number: i64, data: bytes) -> bool:
    """data.isdigit() and its like."""
    if number == KIND_DIGIT:
        return data.isdigit()
    if number == KIND_ALPHA:
        return data.isalpha()
    if number == KIND_ALNUM:
        return data.isalnum()
    if number == KIND_SPACE:
        return data.isspace()
    if number == KIND_ASCII:
        return data.isascii()
    if number == KIND_LOWER:
        return data.islower()
    return data.isupper() if number == KIND_UPPER else data.istitle()


# ---------------------------------------------------------------- width
def check_size(m: Machine, size: int) -> None:
    """MemoryError if the heap could never hold so many bytes, before the host makes them."""
    if size > int(m.words[W_HEAP_LIMIT]) * WORD_BYTES:
        raise m.no_memory()


def padded(m: Machine, number: i64, data: bytes, width: i64, fill: i64) -> bytes:
    """center, ljust, rjust (fill 0: a blank) and zfill."""
    size = int(argument_word(m, width))
    check_size(m, size)
    if number == PAD_ZERO:
        return data.zfill(size)
    blank = b" "
    if fill != 0:
        name = "center" if number == PAD_CENTER else ("ljust" if number == PAD_LEFT else "rjust")
        blank = fill_byte(m, fill, name)
    if number == PAD_CENTER:
        return data.center(size, blank)
    return data.ljust(size, blank) if number == PAD_LEFT else data.rjust(size, blank)


def fill_byte(m: Machine, fill: i64, name: str) -> bytes:
    """The one byte of the argument `fill` of the method `name`."""
    blank = host_bytes(m, fill) if is_bytes_like(m.words, fill) else b""
    if len(blank) != 1:
        text = f"{name}() argument 2 must be a byte string of length 1, not {m.type_name(fill)}"
        raise m.error(T_TYPE_ERROR, text)
    return blank


def with_tabs_expanded(m: Machine, data: bytes, width: i64) -> bytes:
    """data.expandtabs(tabsize=8); width 0: not given."""
    size = 8 if width == 0 else int(argument_word(m, width))
    check_size(m, data.count(b"\t") * max(size, 0))
    return data.expandtabs(size)


# ---------------------------------------------------------------- translation
def translated(m: Machine, data: bytes, table: i64, delete: i64) -> bytes:
    """data.translate(table, delete=b""); delete 0: not given."""
    values = None if table == NONE else argument(m, table)
    if values is not None and len(values) != 256:
        raise m.error(T_VALUE_ERROR, "translation table must be 256 characters long")
    return data.translate(values, b"" if delete == 0 else argument(m, delete))


def table_of(m: Machine, source: i64, to: i64) -> bytes:
    """bytes.maketrans(source, to)."""
    left = argument(m, source)
    right = argument(m, to)
    if len(left) != len(right):
        raise m.error(T_VALUE_ERROR, "maketrans arguments must have same length")
    return bytes.maketrans(left, right)


# ---------------------------------------------------------------- hexadecimal
def hex_text(m: Machine, data: bytes, separator: i64, group: i64) -> i64:
    """data.hex(sep, bytes_per_sep), an owned str; the host's ValueErrors are CPython's."""
    size: i64 = 1 if group == 0 else argument_word(m, group)
    if separator == 0:
        return new_str(m, data.hex())
    m.length(separator)
    try:
        if is_str(m.words, separator):
            return new_str(m, data.hex(host_str(m, separator), int(size)))
        if is_bytes_like(m.words, separator):
            return new_str(m, data.hex(host_bytes(m, separator), int(size)))
    except ValueError as e:
        raise m.error(T_VALUE_ERROR, str(e)) from None
    raise m.error(T_TYPE_ERROR, "sep must be str or bytes.")


def bytes_of_hex(m: Machine, text: i64) -> bytes:
    """bytes.fromhex(text); the host's ValueErrors are CPython's."""
    source = host_argument(m, text, "", "fromhex() argument")
    try:
        return bytes.fromhex(source)
    except ValueError as e:
        raise m.error(T_VALUE_ERROR, str(e)) from None
