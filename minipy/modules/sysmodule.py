"""The module sys, as far as it makes sense inside minipy.

CPython counterpart: Python/sysmodule.c.
"""

from __future__ import annotations

import sys
from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_NLOCALSPLUS,
    EXC_TRACEBACK,
    FRAME_BACK,
    FUNC_CODE,
    FUNC_GLOBALS,
    OB_REFCNT,
    OB_TYPE,
    W_BASE,
    W_DEPTH,
    W_MAX_STR_DIGITS,
    W_MODULES,
    W_RECURSION_LIMIT,
)
from minipy.memory.statics import (
    NONE,
    SMALL_INT_ZERO,
    T_RECURSION_ERROR,
    T_STR,
    T_SYSTEM_EXIT,
    T_TUPLE,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised
from minipy.modules import sysinfo, textstream
from minipy.modules.constants import add_int, add_object, add_text
from minipy.modules.sizeof import getsizeof
from minipy.objects import digitlimit
from minipy.objects.arguments import argument_c_int
from minipy.objects.dictobject import dict_get_str
from minipy.objects.exceptions import handled_exception, is_exception, new_exception, set_pending
from minipy.objects.identifiers import ID_NAME
from minipy.objects.list_methods import list_of_texts
from minipy.objects.listobject import new_list
from minipy.objects.longobject import new_bool, new_int, none
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods, add_functions
from minipy.objects.tuple_methods import tuple_of_names
from minipy.objects.tupleobject import tuple_of3
from minipy.objects.unicodeobject import intern_in_place, new_str
from minipy.vm.exception_print import format_exception
from minipy.vm.frameobject import get_frame
from minipy.vm.module_families import FAMILY_SYS, FAMILY_TEXT_STREAM
from minipy.vm.unraisable import unraisable_hook, write_error

EXIT: Final = 1
GETREFCOUNT: Final = 2
GETRECURSIONLIMIT: Final = 3
SETRECURSIONLIMIT: Final = 4
GETSIZEOF: Final = 5
INTERN: Final = 6
EXC_INFO: Final = 7
GETDEFAULTENCODING: Final = 8
EXCEPTION: Final = 9
IS_FINALIZING: Final = 10
DISPLAYHOOK: Final = 11
UNRAISABLEHOOK: Final = 30
EXCEPTHOOK: Final = 31
GETFRAMEMODULENAME: Final = 12
DEBUGMALLOCSTATS: Final = 13
GET_INT_MAX_STR_DIGITS: Final = 14
SET_INT_MAX_STR_DIGITS: Final = 15
GETFRAME: Final = 16

FUNCTIONS: Final[Methods] = (
    (EXIT, "exit", 0, 1, ""),
    (GETREFCOUNT, "getrefcount", 1, 1, ""),
    (GETRECURSIONLIMIT, "getrecursionlimit", 0, 0, ""),
    (SETRECURSIONLIMIT, "setrecursionlimit", 1, 1, ""),
    (GET_INT_MAX_STR_DIGITS, "get_int_max_str_digits", 0, 0, ""),
    (SET_INT_MAX_STR_DIGITS, "set_int_max_str_digits", 1, 1, "maxdigits"),
    (GETSIZEOF, "getsizeof", 1, 2, "object default"),
    (INTERN, "intern", 1, 1, ""),
    (EXC_INFO, "exc_info", 0, 0, ""),
    (GETDEFAULTENCODING, "getdefaultencoding", 0, 0, ""),
    (GETDEFAULTENCODING, "getfilesystemencoding", 0, 0, ""),
    (EXCEPTION, "exception", 0, 0, ""),
    (IS_FINALIZING, "is_finalizing", 0, 0, ""),
    (DISPLAYHOOK, "displayhook", 1, 1, ""),
    (EXCEPTHOOK, "excepthook", 3, 3, ""),
    (EXCEPTHOOK, "__excepthook__", 3, 3, ""),
    (UNRAISABLEHOOK, "unraisablehook", 1, 1, ""),
    (UNRAISABLEHOOK, "__unraisablehook__", 1, 1, ""),
    (GETFRAME, "_getframe", 0, 1, ""),
    (GETFRAMEMODULENAME, "_getframemodulename", 0, 1, "depth"),
    (DEBUGMALLOCSTATS, "_debugmallocstats", 0, 0, ""),
)
BUILT_IN: Final = (
    "_abc", "_collections", "_functools", "_operator", "_traceback", "_weakref", "atexit", "builtins", "gc",
    "itertools", "sys", "time",
)  # fmt: skip
"""sys.builtin_module_names: modules that come before any file."""


def fill(m: Machine, d: i64) -> None:
    """Put the functions and constants into the module's dict."""
    textstream.make_class(m, FAMILY_TEXT_STREAM)
    add_functions(m, d, "sys", FAMILY_SYS, FUNCTIONS)
    add_int(m, d, "maxsize", (1 << 63) - 1)
    add_int(m, d, "maxunicode", 0x10FFFF)
    sysinfo.fill(m, d)
    add_text(m, d, "byteorder", sys.byteorder)
    add_text(m, d, "platform", sys.platform)
    add_text(m, d, "version", "3.11 (minipy)")
    add_text(m, d, "executable", "")
    add_object(m, d, "builtin_module_names", tuple_of_names(m, BUILT_IN))
    add_text(m, d, "float_repr_style", "short")
    add_object(m, d, "warnoptions", new_list(m, 0))
    add_object(m, d, "argv", list_of_texts(m, m.program_arguments()))
    add_path(m, d)
    for number, name in ((0, "stdin"), (1, "stdout"), (2, "stderr")):
        add_object(m, d, name, textstream.new_stream(m, number))
        add_object(m, d, f"__{name}__", textstream.new_stream(m, number))
    m.words[m.words[W_MODULES]] += 1
    add_object(m, d, "modules", m.words[W_MODULES])


def add_path(m: Machine, d: i64) -> None:
    """sys.path: where modules are looked for."""
    add_object(m, d, "path", list_of_texts(m, [m.program_path(), m.library_path()]))


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of FUNCTIONS; see objects/natives.py."""
    w = m.words
    if number == EXIT:
        raise leave(m, w[at] if n > 0 else NONE)
    elif number == GETREFCOUNT:
        return new_int(m, w[w[at] + OB_REFCNT])
    elif number == GETRECURSIONLIMIT:
        return new_int(m, w[W_RECURSION_LIMIT])
    elif number == SETRECURSIONLIMIT:
        set_recursion_limit(m, w[at])
    elif number == GETSIZEOF:
        return getsizeof(m, w[at], w[at + 1])
    elif number == INTERN:
        return intern_text(m, w[at])
    elif number == EXC_INFO:
        return exception_info(m)
    elif number == GETDEFAULTENCODING:
        return new_str(m, "utf-8")
    elif number == EXCEPTION:
        return current_exception(m)
    elif number == IS_FINALIZING:
        return new_bool(w, False)
    elif number == GETFRAME:
        return get_frame(m, m.index(w[at]) if n > 0 else 0)
    elif number == GETFRAMEMODULENAME:
        return calling_module(m, w[at] if w[at] != 0 else SMALL_INT_ZERO)
    elif number == DEBUGMALLOCSTATS:
        write_malloc_stats(m)
    elif number == GET_INT_MAX_STR_DIGITS:
        return new_int(m, w[W_MAX_STR_DIGITS])
    elif number == SET_INT_MAX_STR_DIGITS:
        digitlimit.set_limit(m, m.index(w[at]))
    else:
        call_hook(m, number, at)
    return none(m.words)


def call_hook(m: Machine, number: i64, at: i64) -> None:
    """displayhook(value), excepthook(type, exception, traceback), unraisablehook(unraisable)."""
    w = m.words
    if number == DISPLAYHOOK:
        m.display(w[at])
    elif number == UNRAISABLEHOOK:
        unraisable_hook(m, w[at])
    elif number == EXCEPTHOOK and is_exception(w, w[at + 1]):
        write_error(m, format_exception(m, w[at + 1]), True)


def leave(m: Machine, argument: i64) -> Raised:
    """SystemExit: a tuple is its arguments, None none."""
    if argument == NONE:
        return m.error_object(T_SYSTEM_EXIT, 0)
    if m.words[argument + OB_TYPE] != T_TUPLE:
        return m.error_object(T_SYSTEM_EXIT, argument)
    set_pending(m, new_exception(m, T_SYSTEM_EXIT, argument))
    return Raised()


def write_malloc_stats(m: Machine) -> None:
    """sys._debugmallocstats(): to the process's standard error, whatever sys.stderr is."""
    from minipy.memory.mallocstats import debug_malloc_stats

    m.write(2, debug_malloc_stats(m.words))
    m.flush(2)


def set_recursion_limit(m: Machine, o: i64) -> None:
    """sys.setrecursionlimit."""
    limit: i64 = argument_c_int(m, o)
    if limit < 1:
        raise m.error(T_VALUE_ERROR, "recursion limit must be greater or equal than 1")
    depth: i64 = m.words[W_DEPTH] + 1  # with this call
    if limit <= depth:
        text = f"cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
        raise m.error(T_RECURSION_ERROR, text)
    m.words[W_RECURSION_LIMIT] = limit


def intern_text(m: Machine, o: i64) -> i64:
    """sys.intern."""
    if m.words[o + OB_TYPE] != T_STR:
        raise m.error(T_TYPE_ERROR, f"intern() argument must be str, not {m.type_name(o)}")
    m.words[o] += 1
    return intern_in_place(m, o)


def current_exception(m: Machine) -> i64:
    """sys.exception()."""
    w = m.words
    e: i64 = handled_exception(w)
    if e == 0:
        e = NONE
    w[e] += 1
    return e


def exception_info(m: Machine) -> i64:
    """sys.exc_info()."""
    e: i64 = handled_exception(m.words)
    if e == 0:
        return tuple_of3(m, NONE, NONE, NONE)
    w = m.words
    traceback: i64 = w[e + EXC_TRACEBACK]
    return tuple_of3(m, w[e + OB_TYPE], e, traceback if traceback != 0 else NONE)


def calling_module(m: Machine, depth: i64) -> i64:
    """sys._getframemodulename: the `__name__` where the function `depth` calls up is defined, None beyond the last."""
    up: i64 = m.index(depth)
    w = m.words
    base: i64 = w[W_BASE]
    while up > 0 and base != 0:
        base = w[base + w[w[w[base - 1] + FUNC_CODE] + CO_NLOCALSPLUS] + FRAME_BACK]
        up -= 1
    name: i64 = dict_get_str(w, w[w[base - 1] + FUNC_GLOBALS], ID_NAME) if base != 0 else 0
    if name == 0:
        name = NONE
    w[name] += 1
    return name
