"""Where a part is in bytes or a bytearray: find and its like, startswith, endswith, by way of transient host bytes.

CPython counterpart: Objects/bytes_methods.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, OB_TYPE, TP_SOLID, TUPLE_ITEMS
from minipy.memory.statics import T_TUPLE, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.objects.bytesobject import byte_of, host_bytes, is_bytes_like
from minipy.objects.machine import Machine
from minipy.objects.unicode_find import first_place, last_place

SEARCH_FIND: Final = 0
SEARCH_RFIND: Final = 1
SEARCH_INDEX: Final = 2
SEARCH_RINDEX: Final = 3
SEARCH_COUNT: Final = 4


def argument(m: Machine, o: i64) -> bytes:
    """The contents of an argument that must be bytes or a bytearray."""
    if not is_bytes_like(m.words, o):
        raise m.error(T_TYPE_ERROR, f"a bytes-like object is required, not '{m.type_name(o)}'")
    return host_bytes(m, o)


def search(m: Machine, number: i64, data: bytes, at: i64, n: i64) -> i64:
    """find, rfind, index, rindex and count of bytes or one byte."""
    w = m.words
    length: i64 = len(data)
    start = int(first_place(m, w[at + 2], length) if n > 2 else 0)
    end = int(last_place(m, m.words[at + 3], length) if n > 3 else length)
    pattern = sought(m, m.words[at + 1])
    if number == SEARCH_COUNT:
        return i64(data.count(pattern, start, end))
    first = number == SEARCH_FIND or number == SEARCH_INDEX
    i: i64 = data.find(pattern, start, end) if first else data.rfind(pattern, start, end)
    if i < 0 and (number == SEARCH_INDEX or number == SEARCH_RINDEX):
        raise m.error(T_VALUE_ERROR, "subsection not found")
    return i


def sought(m: Machine, o: i64) -> bytes:
    """What a search looks for: bytes, or an int as the byte of that value."""
    if is_bytes_like(m.words, o):
        return host_bytes(m, o)
    i: i64 = m.index_object(o)
    if i == 0:
        raise m.error(T_TYPE_ERROR, f"argument should be integer or bytes-like object, not '{m.type_name(o)}'")
    return bytes([byte_of(m, i, "byte")])


def tail_match(m: Machine, front: bool, data: bytes, at: i64, n: i64) -> bool:
    """startswith or endswith, for bytes or a tuple of them."""
    w = m.words
    b: i64 = w[at + 1]
    length: i64 = len(data)
    start = int(first_place(m, w[at + 2], length) if n > 2 else 0)
    end = int(last_place(m, m.words[at + 3], length) if n > 3 else length)
    w = m.words
    if is_bytes_like(w, b):
        return matches(front, data, host_bytes(m, b), start, end)
    name = "startswith" if front else "endswith"
    if w[w[b + OB_TYPE] + TP_SOLID] != T_TUPLE:
        raise m.error(T_TYPE_ERROR, f"{name} first arg must be bytes or a tuple of bytes, not {m.type_name(b)}")
    i: i64 = 0
    while i < w[b + OB_SIZE]:
        if matches(front, data, argument(m, w[b + TUPLE_ITEMS + i]), start, end):
            return True
        i += 1
    return False


def matches(front: bool, data: bytes, part: bytes, start: int, end: int) -> bool:
    """Whether data[start:end] begins or ends with the part."""
    return data.startswith(part, start, end) if front else data.endswith(part, start, end)
