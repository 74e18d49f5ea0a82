"""Packed bytes, the contents of bytes, bytearray and str: a part of them read, written and searched.

    at + 0      at + 1                    byte i lies in word at + (i >> 3); [start, end) are bytes i
    0 .. 7      8 .. 15     ...

What is near is found by words; beyond, the host's search is quicker, even though it needs a copy. So that a search
costs no more than the way to what it finds, it is given pieces that grow: data.find(b"x", i) in a loop stays linear.

CPython counterpart: Objects/stringlib/fastsearch.h, memcpy and memmove.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import BYTES_DATA, BYTES_LENGTH, LIST_ITEMS, LIST_LENGTH, OB_TYPE, TP_SOLID, WORD_BYTES
from minipy.memory.statics import T_BYTEARRAY
from minipy.memory.words import read_bytes, vec, write_bytes
from minipy.objects.unicode_words import byte_at, bytes_match, find_byte, shift_left

NEAR: Final = 96
"""So many bytes are searched by words."""
FIRST_PIECE: Final = 256
"""So many more are the first piece that the host searches; each piece is GROWTH times as long as the one before."""
GROWTH: Final = 4


# ---------------------------------------------------------------- where they lie
def bytes_address(w: vec[i64], o: i64) -> i64:
    """The word from which on the contents of a bytes object or bytearray lie; 0 of an empty bytearray."""
    return w[o + LIST_ITEMS] if w[w[o + OB_TYPE] + TP_SOLID] == T_BYTEARRAY else o + BYTES_DATA


def bytes_count(w: vec[i64], o: i64) -> i64:
    """len(o) of bytes or a bytearray."""
    return w[o + LIST_LENGTH] if w[w[o + OB_TYPE] + TP_SOLID] == T_BYTEARRAY else w[o + BYTES_LENGTH]


# ---------------------------------------------------------------- reading and writing a part
def read_part(w: vec[i64], at: i64, i: i64, n: i64) -> bytes:
    """The n bytes from byte i on."""
    before: i64 = i & 7
    data = read_bytes(w, at + (i >> 3), before + n)
    return data[int(before) :] if before != 0 else data


def set_byte(w: vec[i64], at: i64, i: i64, v: i64) -> None:
    """Make v byte i."""
    at += i >> 3
    shift: i64 = (i & 7) << 3
    if shift == 0:
        w[at] = (w[at] & ~0xFF) | v
    else:
        w[at] = (w[at] & ~shift_left(0xFF, shift)) | shift_left(v, shift)


def write_part(w: vec[i64], at: i64, i: i64, data: bytes) -> None:
    """Write `data` from byte i on; the bytes around it stay what they are."""
    if len(data) <= WORD_BYTES:
        for k in range(len(data)):
            set_byte(w, at, i + k, i64(data[k]))
        return
    end: i64 = i + len(data)
    head = read_bytes(w, at + (i >> 3), i & 7)
    tail = read_bytes(w, at + (end >> 3), WORD_BYTES)[int(end & 7) :] if end & 7 != 0 else b""
    write_bytes(w, at + (i >> 3), head + data + tail)


# ---------------------------------------------------------------- searching
def find_packed(w: vec[i64], at: i64, start: i64, end: i64, part: i64, k: i64, unit: i64) -> i64:
    """The first place within [start, end) of the k bytes at `part`, a multiple of `unit` (1, 2, 4); -1: none."""
    if k == 0 or end - start < k:
        return start if end - start >= k else -1
    last: i64 = end - k + 1
    near: i64 = start + NEAR if start + NEAR < last else last
    first: i64 = byte_at(w, part, 0)
    i: i64 = find_byte(w, at, first, start, near)
    while i >= 0:
        if i & (unit - 1) == 0 and bytes_match(w, at, i, part, k):
            return i
        i = find_byte(w, at, first, i + 1, near)
    return find_far(w, at, near, end, read_bytes(w, part, k), unit) if near < last else -1


def find_far(w: vec[i64], at: i64, start: i64, end: i64, pattern: bytes, unit: i64) -> i64:
    """As find_packed, for bytes of the host, not empty."""
    k: i64 = len(pattern)
    size: i64 = FIRST_PIECE
    while end - start >= k:
        stop: i64 = start + size + k if start + size + k < end else end
        piece = read_part(w, at, start, stop - start)
        i: i64 = piece.find(pattern)
        while i >= 0 and (start + i) & (unit - 1) != 0:
            i = piece.find(pattern, int(i + 1))
        if i >= 0:
            return start + i
        start = stop - k + 1
        size *= GROWTH
    return -1


def rfind_far(w: vec[i64], at: i64, start: i64, end: i64, pattern: bytes, unit: i64) -> i64:
    """The last place within [start, end) of the bytes of the host, a multiple of `unit`; -1: none."""
    k: i64 = len(pattern)
    size: i64 = FIRST_PIECE
    while end - start >= k:
        low: i64 = end - size - k if end - size - k > start else start
        piece = read_part(w, at, low, end - low)
        i: i64 = piece.rfind(pattern)
        while i >= 0 and (low + i) & (unit - 1) != 0:
            i = piece.rfind(pattern, 0, int(i + k - 1))
        if i >= 0:
            return low + i
        end = low + k - 1
        size *= GROWTH
    return -1
