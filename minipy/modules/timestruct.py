"""The calendar in the module time: struct_time, and what makes and shows it.

CPython counterpart: the rest of Modules/timemodule.c.
"""

from __future__ import annotations

import time
from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import LIST_ITEMS, LIST_LENGTH
from minipy.memory.layout_modules import W_STRUCT_TIME
from minipy.memory.refcount import decref, store
from minipy.memory.statics import NONE, T_OVERFLOW_ERROR, T_TUPLE, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.modules.constants import add_int, add_object
from minipy.modules.nativeclass import add_new, check_class
from minipy.modules.structseq import new_struct, new_struct_class
from minipy.objects.arguments import argument_index, argument_word, host_argument
from minipy.objects.floatobject import is_real, new_float, real_value
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods
from minipy.objects.tupleobject import is_tuple, tuple_of2
from minipy.objects.unicodeobject import new_str

LOCALTIME: Final = 20
GMTIME: Final = 21
MKTIME: Final = 22
ASCTIME: Final = 23
STRFTIME: Final = 24
STRPTIME: Final = 25
STRUCT_TIME: Final = 26

FUNCTIONS: Final[Methods] = (
    (LOCALTIME, "localtime", 0, 1, ""),
    (GMTIME, "gmtime", 0, 1, ""),
    (MKTIME, "mktime", 1, 1, ""),
    (ASCTIME, "asctime", 0, 1, ""),
    (STRFTIME, "strftime", 1, 2, ""),
    (STRPTIME, "strptime", 1, 2, ""),
)
FIELDS: Final = ("tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst")


def fill(m: Machine, d: i64, family: i64) -> None:
    """Put the class and the time zone into the module's dict."""
    t: i64 = new_struct_class(m, "time", "struct_time", FIELDS)
    add_new(m, t, family, STRUCT_TIME, (1, 1, ""))
    m.words[t] += 1
    store(m, m.words, W_STRUCT_TIME, t)
    add_object(m, d, "struct_time", t)
    add_int(m, d, "timezone", time.timezone)
    add_int(m, d, "altzone", time.altzone)
    add_int(m, d, "daylight", time.daylight)
    add_object(m, d, "tzname", zone_names(m))


def zone_names(m: Machine) -> i64:
    """time.tzname."""
    standard: i64 = new_str(m, time.tzname[0])
    summer: i64 = 0
    try:
        summer = new_str(m, time.tzname[1])
        return tuple_of2(m, standard, summer)
    finally:
        decref(m, m.words, standard)
        if summer != 0:
            decref(m, m.words, summer)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of FUNCTIONS, and struct_time's constructor; see objects/natives.py."""
    w = m.words
    try:
        if number == LOCALTIME:
            return broken_down(m, time.localtime(seconds(m, at, n)))
        elif number == GMTIME:
            return broken_down(m, time.gmtime(seconds(m, at, n)))
        elif number == MKTIME:
            return new_float(m, time.mktime(host_struct(m, w[at], "mktime")))
        elif number == ASCTIME:
            return new_str(m, time.asctime(host_struct(m, w[at], "asctime") if n > 0 else time.localtime()))
        elif number == STRFTIME:
            text = host_argument(m, w[at], "", "strftime() argument 1")
            when = host_struct(m, m.words[at + 1], "strftime") if n > 1 else time.localtime()
            return new_str(m, time.strftime(text, when))
        elif number == STRPTIME:
            text = host_argument(m, w[at], "", "strptime() argument 0")
            form = host_argument(m, m.words[at + 1], "", "strptime() argument 1") if n > 1 else "%a %b %d %H:%M:%S %Y"
            return broken_down(m, time.strptime(text, form))
    except OverflowError as error:
        raise m.error(T_OVERFLOW_ERROR, f"{error}") from None
    except ValueError as error:
        raise m.error(T_VALUE_ERROR, f"{error}") from None
    return struct_time(m, w[at], w[at + 1])


def seconds(m: Machine, at: i64, n: i64) -> float:
    """The optional number of seconds since the epoch at `at`: now, if it is None or not given."""
    if n == 0 or m.words[at] == NONE:
        return time.time()
    return seconds_of(m, m.words[at])


def seconds_of(m: Machine, o: i64) -> float:
    """A number of seconds: a float, or an integer."""
    w = m.words
    if is_real(w, o):
        return real_value(m, o)
    number: i64 = argument_index(m, o)
    try:
        return real_value(m, number)
    finally:
        decref(m, m.words, number)


def broken_down(m: Machine, parts: time.struct_time) -> i64:
    """A struct_time of the host as one of the program."""
    values: list[i64] = []
    try:
        for part in parts:
            values.append(new_int(m, int(part)))
    except Raised:
        for value in values:
            decref(m, m.words, value)
        raise
    return new_struct(m, m.words[W_STRUCT_TIME], values)


def host_struct(m: Machine, o: i64, function: str) -> time.struct_time:
    """The host's struct_time of a tuple of nine ints."""
    if not is_tuple(m.words, o):
        raise m.error(T_TYPE_ERROR, "Tuple or struct_time argument required")
    values: i64 = m.list_of(o)
    parts: list[int] = []
    try:
        i: i64 = 0
        while i < m.words[values + LIST_LENGTH]:
            parts.append(int(argument_word(m, m.words[m.words[values + LIST_ITEMS] + i])))
            i += 1
    finally:
        decref(m, m.words, values)
    if len(parts) != len(FIELDS):
        raise m.error(T_TYPE_ERROR, f"{function}(): illegal time tuple argument")
    return time.struct_time(parts)


def struct_time(m: Machine, t: i64, iterable: i64) -> i64:
    """struct_time(iterable) of nine values."""
    check_class(m, t, T_TUPLE)
    items: i64 = m.list_of(iterable)
    values: list[i64] = []
    try:
        length: i64 = m.words[items + LIST_LENGTH]
        if length < 9 or length > 11:
            how = "an at least 9-sequence" if length < 9 else "an at most 11-sequence"
            raise m.error(T_TYPE_ERROR, f"time.struct_time() takes {how} ({length}-sequence given)")
        for i in range(9):
            value: i64 = m.words[m.words[items + LIST_ITEMS] + i]
            m.words[value] += 1
            values.append(value)
    finally:
        decref(m, m.words, items)
    return new_struct(m, t, values)
