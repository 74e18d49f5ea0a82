"""print and input.

CPython counterpart: builtin_print and builtin_input of Python/bltinmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TEXT_STREAM_NUMBER, W_DEPTH, W_MODULES, W_RECURSION_LIMIT
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_EOF_ERROR, T_RUNTIME_ERROR, T_STR, T_TEXT_STREAM, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.objects.dictobject import dict_get_str
from minipy.objects.identifiers import NAME_FLUSH, NAME_STDOUT, NAME_SYS, NAME_WRITE
from minipy.objects.longobject import none
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import module_entry
from minipy.objects.recursion import CALLING, enter_call, leave_call, too_deep
from minipy.objects.unicodeobject import host_str, new_str

KEYWORDS: Final = 4


def print_values(m: Machine, at: i64, n: i64) -> i64:
    """print(*values, sep, end, file, flush): the keyword words are the last four."""
    check_room(m)
    enter_call(m)
    try:
        return print_options(m, at, n - KEYWORDS)
    finally:
        leave_call(m.words)


def print_options(m: Machine, at: i64, values: i64) -> i64:
    """print the values at `at`, behind which the keyword words are."""
    options: i64 = at + values
    target: i64 = m.words[options + 2]
    if target == 0 or target == NONE:
        target = standard_output(m)
    if target != NONE:
        separator = text_option(m, m.words[options], "sep", " ")
        end = text_option(m, m.words[options + 1], "end", "\n")
        m.words[target] += 1
        try:
            print_to(m, target, at, values, separator, end)
            flush: i64 = m.words[options + 3]
            if flush != 0 and m.is_true(flush):
                flush_stream(m, target)
        finally:
            decref(m, m.words, target)
    return none(m.words)


def check_room(m: Machine) -> None:
    """RecursionError if the stream's `write` and what that calls would be too many calls, as in CPython."""
    if m.words[W_DEPTH] + 2 > m.words[W_RECURSION_LIMIT]:
        raise too_deep(m, CALLING)


def print_to(m: Machine, target: i64, at: i64, values: i64, separator: str, end: str) -> None:
    """Write the values at `at`. An object of the program's gets each piece by itself, as in CPython."""
    pieces: bool = m.words[target + OB_TYPE] != T_TEXT_STREAM
    text = ""
    i: i64 = 0
    try:
        while i < values:
            if i > 0:
                text += separator
                if pieces:
                    write_to(m, target, text)
                    text = ""
            text += text_of(m, m.words[at + i])
            if pieces:
                write_to(m, target, text)
                text = ""
            i += 1
    except Raised:
        if not pieces:
            write_to(m, target, text)
        raise
    write_to(m, target, text + end)


def text_option(m: Machine, o: i64, name: str, default: str) -> str:
    """sep or end: a str, or None for the default."""
    if o == 0 or o == NONE:
        return default
    if m.words[o + OB_TYPE] != T_STR:
        raise m.error(T_TYPE_ERROR, f"{name} must be None or a string, not {m.type_name(o)}")
    return host_str(m, o)


def text_of(m: Machine, o: i64) -> str:
    """str(o) as host text."""
    if m.words[o + OB_TYPE] == T_STR:
        return host_str(m, o)
    text: i64 = m.str(o)
    result = host_str(m, text)
    decref(m, m.words, text)
    return result


def standard_output(m: Machine) -> i64:
    """sys.stdout, borrowed; RuntimeError if the program removed it."""
    module: i64 = dict_get_str(m.words, m.words[W_MODULES], NAME_SYS)
    target: i64 = 0 if module == 0 else module_entry(m.words, module, NAME_STDOUT)
    if target == 0:
        raise m.error(T_RUNTIME_ERROR, "lost sys.stdout")
    return target


def write_to(m: Machine, target: i64, text: str) -> None:
    """Write to a text stream, or to any object with a method write."""
    if m.words[target + OB_TYPE] == T_TEXT_STREAM:
        m.write(int(m.words[target + TEXT_STREAM_NUMBER]), text)
        return
    o: i64 = new_str(m, text)
    try:
        call_named(m, target, NAME_WRITE, o)
    finally:
        decref(m, m.words, o)


def flush_stream(m: Machine, target: i64) -> None:
    """Flush a text stream, or any object with a method flush."""
    if m.words[target + OB_TYPE] == T_TEXT_STREAM:
        m.flush(int(m.words[target + TEXT_STREAM_NUMBER]))
    else:
        call_named(m, target, NAME_FLUSH, 0)


def call_named(m: Machine, o: i64, name: i64, argument: i64) -> None:
    """o.name(argument) (0: without argument); the result is dropped."""
    method: i64 = m.get_attribute(o, name)
    try:
        result: i64 = m.call0(method) if argument == 0 else m.call1(method, argument)
    finally:
        decref(m, m.words, method)
    decref(m, m.words, result)


def input_line(m: Machine, at: i64, n: i64) -> i64:
    """input([prompt])."""
    target: i64 = standard_output(m)
    if target != NONE:
        if n > 0:
            write_to(m, target, text_of(m, m.words[at]))
        flush_stream(m, target)
    line = m.read_line()
    if line == "":
        raise m.error(T_EOF_ERROR, "EOF when reading a line")
    return new_str(m, line[:-1] if line.endswith("\n") else line)
