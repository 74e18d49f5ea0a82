"""Checks and conversions of arguments that natives share.

CPython counterpart: Argument Clinic's converters and _PyArg_BadArgument (Python/getargs.c).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import DICT_USED
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_OVERFLOW_ERROR, T_TYPE_ERROR
from minipy.memory.words import vec
from minipy.objects.longobject import fits_word, host_int, int_word, is_int
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import host_str, is_str


def argument_word(m: Machine, o: i64) -> i64:
    """The word of an argument that must be an integer: OverflowError beyond a word, TypeError without __index__."""
    if is_int(m.words, o):
        return int_word(m, o)
    return m.index(o)


def argument_index(m: Machine, o: i64) -> i64:
    """The int object of an argument that must be an integer, owned; TypeError without __index__."""
    i: i64 = m.index_object(o)
    if i == 0:
        raise m.error(T_TYPE_ERROR, f"'{m.type_name(o)}' object cannot be interpreted as an integer")
    return i


def argument_int(m: Machine, o: i64) -> int:
    """The host int of an argument that must be an integer; TypeError without __index__."""
    i: i64 = argument_index(m, o)
    v = host_int(m, i)
    decref(m, m.words, i)
    return v


def argument_c_int(m: Machine, o: i64) -> i64:
    """The same of one that CPython keeps in 32 bits; OverflowError if it needs more."""
    v = argument_int(m, o)
    if v < -1 << 31 or v >= 1 << 31:
        raise m.error(T_OVERFLOW_ERROR, "Python int too large to convert to C int")
    return v


def index_sized(m: Machine, o: i64, i: i64, fault: i64) -> i64:
    """The word of the int object i (taken over) that o's __index__ gave; the exception `fault` if it fits in none."""
    fits: bool = fits_word(m.words, i)
    v: i64 = int_word(m, i) if fits else 0
    decref(m, m.words, i)
    if not fits:
        raise m.error(fault, "cannot fit '" + m.type_name(o) + "' into an index-sized integer")
    return v


def require_str(m: Machine, o: i64, role: str) -> None:
    """TypeError "role must be str, not X" unless o is a str."""
    if not is_str(m.words, o):
        given = "None" if o == NONE else m.type_name(o)
        raise m.error(T_TYPE_ERROR, f"{role} must be str, not {given}")


def host_argument(m: Machine, o: i64, default: str, role: str) -> str:
    """The text of an argument that must be a str; `default` if it is 0, not given."""
    if o == 0:
        return default
    require_str(m, o, role)
    return host_str(m, o)


def call_once(m: Machine, function: i64) -> i64:
    """function(), owned; the caller's reference to the function is taken over."""
    try:
        return m.call0(function)
    finally:
        decref(m, m.words, function)


def has_keywords(w: vec[i64], d: i64) -> bool:
    """Are there keyword arguments in d, their dict or 0?"""
    return d != 0 and w[d + DICT_USED] > 0
