"""Searching in a text: in, find, index, count, startswith.

Texts are searched as the bytes they are packed in (packed.py), in units of a character.

CPython counterpart: Objects/stringlib/fastsearch.h and find.h, tailmatch of Objects/unicodeobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import STR_DATA
from minipy.memory.statics import NONE, T_TYPE_ERROR
from minipy.memory.words import Heap, read_bytes
from minipy.objects.machine import Machine
from minipy.objects.packed import find_far, find_packed, read_part, rfind_far
from minipy.objects.sliceobject import FAR, slice_bound
from minipy.objects.unicode_words import bytes_match
from minipy.objects.unicodeobject import is_str, str_kind, str_length, widened


def find_text(heap: Heap, a: i64, b: i64, start: i64, end: i64) -> i64:
    """The first place of the text b within a[start:end], 0 <= start, end <= length; -1: none."""
    w = heap.words
    kind: i64 = str_kind(w, a)
    if str_kind(w, b) > kind:
        return -1
    at: i64 = a + STR_DATA
    i: i64
    if str_kind(w, b) == kind:
        i = find_packed(w, at, start * kind, end * kind, b + STR_DATA, str_length(w, b) * kind, kind)
    elif str_length(w, b) == 0:
        return start if start <= end else -1
    else:
        i = find_far(w, at, start * kind, end * kind, widened(heap, b, kind), kind)
    return i // kind if i >= 0 else -1


def rfind_text(heap: Heap, a: i64, b: i64, start: i64, end: i64) -> i64:
    """The last place of the text b within a[start:end]; -1: none."""
    w = heap.words
    kind: i64 = str_kind(w, a)
    if str_length(w, b) == 0:
        return end if start <= end else -1
    if str_kind(w, b) > kind:
        return -1
    i: i64 = rfind_far(w, a + STR_DATA, start * kind, end * kind, widened(heap, b, kind), kind)
    return i // kind if i >= 0 else -1


def count_text(heap: Heap, a: i64, b: i64, start: i64, end: i64) -> i64:
    """How often the text b is in a[start:end], without overlapping."""
    k: i64 = str_length(heap.words, b)
    if k == 0:
        return end - start + 1 if start <= end else 0
    if str_kind(heap.words, a) == 1 and str_kind(heap.words, b) == 1:
        w = heap.words
        part = read_bytes(w, b + STR_DATA, k)
        return i64(read_part(w, a + STR_DATA, start, end - start).count(part)) if start < end else 0
    n: i64 = 0
    i: i64 = find_text(heap, a, b, start, end)
    while i >= 0:
        n += 1
        i = find_text(heap, a, b, i + k, end)
    return n


def str_contains(m: Machine, a: i64, b: i64) -> bool:
    """b in a; TypeError if b is not a str."""
    w = m.words
    if not is_str(w, b):
        raise m.error(T_TYPE_ERROR, f"'in <string>' requires string as left operand, not {m.type_name(b)}")
    return str_length(w, b) == 0 or find_text(m, a, b, 0, str_length(w, a)) >= 0


def matches_at(heap: Heap, a: i64, i: i64, b: i64) -> bool:
    """Whether the text b stands at place i of a, i >= 0."""
    w = heap.words
    k: i64 = str_length(w, b)
    if i + k > str_length(w, a):
        return False
    kind: i64 = str_kind(w, a)
    if kind == str_kind(w, b):
        return bytes_match(w, a + STR_DATA, i * kind, b + STR_DATA, k * kind)
    if k == 0 or kind < str_kind(w, b):
        return k == 0
    return read_part(w, a + STR_DATA, i * kind, k * kind) == widened(heap, b, kind)


# ---------------------------------------------------------------- arguments
def first_place(m: Machine, o: i64, length: i64) -> i64:
    """A start argument (0 or None: not given), counted from the front; it may lie behind the end."""
    if o == 0 or o == NONE:
        return 0
    v: i64 = slice_bound(m, m.words, o, 0)
    if v < 0:
        v += length
    return v if v > 0 else 0


def last_place(m: Machine, o: i64, length: i64) -> i64:
    """An end argument (0 or None: not given), counted from the front and within the text."""
    v: i64 = FAR if o == 0 else slice_bound(m, m.words, o, FAR)
    if v < 0:
        v += length
    return length if v > length else (v if v > 0 else 0)


def text_argument(m: Machine, o: i64) -> None:
    """The TypeError of find, count, index, partition ... if o is not a str."""
    if not is_str(m.words, o):
        raise m.error(T_TYPE_ERROR, f"must be str, not {m.type_name(o)}")
