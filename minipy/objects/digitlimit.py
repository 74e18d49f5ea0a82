"""Numbers between host and decimal text, under the program's own limit of digits (sys.set_int_max_str_digits).

The host has the same limit and the same messages; it is set to the program's only while a long number is converted.

CPython counterpart: _PY_LONG_DEFAULT_MAX_STR_DIGITS in Include/internal/pycore_long.h, Objects/longobject.c.
"""

from __future__ import annotations

import sys
from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import W_MAX_STR_DIGITS
from minipy.memory.statics import T_VALUE_ERROR
from minipy.objects.machine import Machine

LEAST_LIMIT: Final = 640
"""A limit that is not 0 is at least so many digits."""
SAFE_BITS: Final = 2100
"""A number of up to this many bits has fewer digits than the least limit."""


def set_limit(m: Machine, limit: i64) -> None:
    """sys.set_int_max_str_digits(limit); 0: no limit."""
    if limit != 0 and limit < LEAST_LIMIT:
        raise m.error(T_VALUE_ERROR, f"maxdigits must be 0 or larger than {LEAST_LIMIT}")
    m.words[W_MAX_STR_DIGITS] = limit


def int_text(m: Machine, v: int) -> str:
    """str(v); ValueError if it has too many digits."""
    if v.bit_length() <= SAFE_BITS:
        return str(v)
    kept = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(int(m.words[W_MAX_STR_DIGITS]))
    try:
        return str(v)
    except ValueError as error:
        message = str(error)
    finally:
        sys.set_int_max_str_digits(kept)
    raise m.error(T_VALUE_ERROR, message)


def int_format(m: Machine, v: int, spec: str) -> str:
    """format(v, spec) by the host; its own ValueError for a bad spec or too many digits."""
    if v.bit_length() <= SAFE_BITS:
        return format(v, spec)
    kept = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(int(m.words[W_MAX_STR_DIGITS]))
    try:
        return format(v, spec)
    finally:
        sys.set_int_max_str_digits(kept)


def int_from(m: Machine, text: str | bytes, base: int) -> int:
    """int(text, base) by the host; its own ValueError if it spells none, or too long a one."""
    if len(text) < LEAST_LIMIT:
        return int(text, base)
    kept = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(int(m.words[W_MAX_STR_DIGITS]))
    try:
        return int(text, base)
    finally:
        sys.set_int_max_str_digits(kept)
