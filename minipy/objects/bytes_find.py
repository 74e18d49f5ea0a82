"""Where a part is in bytes or a bytearray: find and its like, startswith, endswith.

CPython counterpart: Objects/bytes_methods.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, OB_TYPE, TP_SOLID, TUPLE_ITEMS
from minipy.memory.statics import T_TUPLE, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import vec
from minipy.objects.bytesobject import byte_of, host_bytes, is_bytes_like
from minipy.objects.machine import Machine
from minipy.objects.packed import bytes_address, bytes_count, find_far, read_part, rfind_far
from minipy.objects.unicode_find import first_place, last_place
from minipy.objects.unicode_words import bytes_match

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


def search(m: Machine, number: i64, a: i64, at: i64, n: i64) -> i64:
    """find, rfind, index, rindex and count of bytes or one byte in a, whose arguments lie at `at`."""
    w = m.words
    length: i64 = bytes_count(w, a)
    start: i64 = first_place(m, w[at + 2], length) if n > 2 else 0
    end: i64 = last_place(m, m.words[at + 3], length) if n > 3 else length
    pattern = sought(m, m.words[at + 1])
    w = m.words
    if bytes_count(w, a) < end:
        end = bytes_count(w, a)  # an `__index__` has taken bytes away
    i: i64 = place_of(w, number, bytes_address(w, a), start, end, pattern)
    if i < 0 and (number == SEARCH_INDEX or number == SEARCH_RINDEX):
        raise m.error(T_VALUE_ERROR, "subsection not found")
    return i


def place_of(w: vec[i64], number: i64, at: i64, start: i64, end: i64, pattern: bytes) -> i64:
    """The first or last place of the pattern in [start, end) of the bytes at `at`, or the number of places."""
    if start > end:
        return 0 if number == SEARCH_COUNT else -1
    if number == SEARCH_COUNT:
        return i64(read_part(w, at, start, end - start).count(pattern))
    first = number == SEARCH_FIND or number == SEARCH_INDEX
    if len(pattern) == 0:
        return start if first else end
    return find_far(w, at, start, end, pattern, 1) if first else rfind_far(w, at, start, end, pattern, 1)


def sought(m: Machine, o: i64) -> bytes:
    """What a search looks for: bytes, or an int as the byte of that value."""
    if is_bytes_like(m.words, o):
        return host_bytes(m, o)
    i: i64 = m.index_object(o)
    if i == 0:
        raise m.error(T_TYPE_ERROR, f"argument should be integer or bytes-like object, not '{m.type_name(o)}'")
    return bytes([byte_of(m, i, "byte")])


def tail_match(m: Machine, front: bool, a: i64, at: i64, n: i64) -> bool:
    """startswith or endswith of a, for bytes or a tuple of them."""
    w = m.words
    b: i64 = w[at + 1]
    length: i64 = bytes_count(w, a)
    start: i64 = first_place(m, w[at + 2], length) if n > 2 else 0
    end: i64 = last_place(m, m.words[at + 3], length) if n > 3 else length
    w = m.words
    if is_bytes_like(w, b):
        return matches(w, front, a, b, start, end)
    name = "startswith" if front else "endswith"
    if w[w[b + OB_TYPE] + TP_SOLID] != T_TUPLE:
        raise m.error(T_TYPE_ERROR, f"{name} first arg must be bytes or a tuple of bytes, not {m.type_name(b)}")
    i: i64 = 0
    while i < w[b + OB_SIZE]:
        part: i64 = w[b + TUPLE_ITEMS + i]
        if not is_bytes_like(w, part):
            raise m.error(T_TYPE_ERROR, f"a bytes-like object is required, not '{m.type_name(part)}'")
        if matches(w, front, a, part, start, end):
            return True
        i += 1
    return False


def matches(w: vec[i64], front: bool, a: i64, part: i64, start: i64, end: i64) -> bool:
    """Whether a[start:end] begins or ends with the part."""
    k: i64 = bytes_count(w, part)
    if end > bytes_count(w, a):
        end = bytes_count(w, a)
    if end - start < k:
        return False
    return bytes_match(w, bytes_address(w, a), start if front else end - k, bytes_address(w, part), k)
