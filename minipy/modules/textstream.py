"""sys.stdin, sys.stdout, sys.stderr: objects that stand for the host's three streams.

CPython counterpart: Modules/_io/textio.c, as far as a program without files can see it.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TEXT_STREAM_NUMBER, TP_FLAGS, TP_MODULE, TP_SOLID, TPFLAGS_SPECIAL
from minipy.memory.objalloc import new_object
from minipy.memory.refcount import decref, store
from minipy.memory.statics import FALSE, T_STOP_ITERATION, T_STR, T_TEXT_STREAM, T_TYPE_ERROR
from minipy.objects.list_methods import list_of_texts
from minipy.objects.longobject import new_bool, new_int, none
from minipy.objects.machine import Machine
from minipy.objects.natives import Getsets, Methods, add_getsets, add_methods
from minipy.objects.unicodeobject import host_str, intern, new_str, str_length

WRITE: Final = 1
FLUSH: Final = 2
WRITELINES: Final = 3
READ: Final = 4
READLINE: Final = 5
READLINES: Final = 6
ISATTY: Final = 7
FILENO: Final = 8
READABLE: Final = 9
WRITABLE: Final = 10
ITER: Final = 11
NEXT: Final = 12
REPR: Final = 13
GET_NAME: Final = 1
GET_ENCODING: Final = 2
GET_MODE: Final = 3
GET_CLOSED: Final = 4

METHODS: Final[Methods] = (
    (WRITE, "write", 1, 1, ""),
    (FLUSH, "flush", 0, 0, ""),
    (WRITELINES, "writelines", 1, 1, ""),
    (READ, "read", 0, 0, ""),
    (READLINE, "readline", 0, 0, ""),
    (READLINES, "readlines", 0, 0, ""),
    (ISATTY, "isatty", 0, 0, ""),
    (FILENO, "fileno", 0, 0, ""),
    (READABLE, "readable", 0, 0, ""),
    (WRITABLE, "writable", 0, 0, ""),
    (ITER, "__iter__", 0, 0, ""),
    (NEXT, "__next__", 0, 0, ""),
    (REPR, "__repr__", 0, 0, ""),
)
GETSETS: Final[Getsets] = ((GET_NAME, "name"), (GET_ENCODING, "encoding"), (GET_MODE, "mode"), (GET_CLOSED, "closed"))


def make_class(m: Machine, family: i64) -> None:
    """Give the static type of streams its methods."""
    add_methods(m, T_TEXT_STREAM, family, METHODS)
    add_getsets(m, T_TEXT_STREAM, family, GETSETS)
    module: i64 = intern(m, "_io")
    w = m.words
    store(m, w, T_TEXT_STREAM + TP_MODULE, module)
    w[T_TEXT_STREAM + TP_FLAGS] |= TPFLAGS_SPECIAL


def new_stream(m: Machine, number: i64) -> i64:
    """The object (owned) of stream 0, 1 or 2."""
    o: i64 = new_object(m, T_TEXT_STREAM)
    m.words[o + TEXT_STREAM_NUMBER] = number
    return o


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The methods of METHODS; see objects/natives.py."""
    o: i64 = m.words[at]
    if number == WRITE:
        return write(m, o, m.words[at + 1])
    elif number == WRITELINES:
        write_lines(m, o, m.words[at + 1])
    elif number == READ:
        return new_str(m, "".join(all_lines(m)))
    elif number == READLINE:
        return new_str(m, m.read_line())
    elif number == ITER:
        m.words[o] += 1
        return o
    elif number == NEXT:
        return next_line(m)
    elif number == READABLE:
        return new_bool(m.words, m.words[o + TEXT_STREAM_NUMBER] == 0)
    elif number == WRITABLE:
        return new_bool(m.words, m.words[o + TEXT_STREAM_NUMBER] != 0)
    elif number == REPR:
        return stream_repr(m, o)
    elif number == READLINES:
        return list_of_texts(m, all_lines(m))
    elif number == FILENO:
        return new_int(m, m.words[o + TEXT_STREAM_NUMBER])
    elif number == FLUSH:
        m.flush(int(m.words[o + TEXT_STREAM_NUMBER]))
    elif number == ISATTY:
        m.words[FALSE] += 1
        return FALSE
    return none(m.words)


def get(m: Machine, number: i64, o: i64) -> i64:
    """The attributes of GETSETS."""
    stream: i64 = m.words[o + TEXT_STREAM_NUMBER]
    if number == GET_ENCODING:
        return new_str(m, "utf-8")
    elif number == GET_MODE:
        return new_str(m, "r" if stream == 0 else "w")
    elif number == GET_CLOSED:
        return new_bool(m.words, False)
    return new_str(m, stream_name(stream))


def stream_name(stream: i64) -> str:
    """The name that stands for a file's."""
    return "<stdin>" if stream == 0 else "<stdout>" if stream == 1 else "<stderr>"


def stream_repr(m: Machine, o: i64) -> i64:
    """<_io.TextIOWrapper name='<stdin>' mode='r' encoding='utf-8'>"""
    stream: i64 = m.words[o + TEXT_STREAM_NUMBER]
    mode = "r" if stream == 0 else "w"
    return new_str(m, f"<_io.TextIOWrapper name='{stream_name(stream)}' mode='{mode}' encoding='utf-8'>")


def next_line(m: Machine) -> i64:
    """The next line of standard input, with its newline; StopIteration at its end."""
    line = m.read_line()
    if line == "":
        raise m.error_object(T_STOP_ITERATION, 0)
    return new_str(m, line)


def write(m: Machine, o: i64, text: i64) -> i64:
    """write(text): the number of characters."""
    if m.words[m.words[text + OB_TYPE] + TP_SOLID] != T_STR:
        raise m.error(T_TYPE_ERROR, f"write() argument must be str, not {m.type_name(text)}")
    m.write(int(m.words[o + TEXT_STREAM_NUMBER]), host_str(m, text))
    return new_int(m, str_length(m.words, text))


def write_lines(m: Machine, o: i64, lines: i64) -> None:
    """writelines(iterable)."""
    iterator: i64 = m.iter(lines)
    try:
        line: i64 = m.next(iterator)
        while line != 0:
            try:
                decref(m, m.words, write(m, o, line))
            finally:
                decref(m, m.words, line)
            line = m.next(iterator)
    finally:
        decref(m, m.words, iterator)


def all_lines(m: Machine) -> list[str]:
    """Standard input to its end."""
    lines: list[str] = []
    line = m.read_line()
    while line != "":
        lines.append(line)
        line = m.read_line()
    return lines
