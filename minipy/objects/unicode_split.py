"""Taking texts apart: split, rsplit, splitlines, partition.

`split` of Latin-1 text finds the places in the words (whitespace) or by the host (a separator) and copies the pieces
from word to word; other kinds and the rarer methods go through host strs.

CPython counterpart: Objects/stringlib/split.h and partition.h.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import STR_DATA
from minipy.memory.refcount import decref, xdecref
from minipy.memory.statics import EMPTY_STR, NONE, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised, read_bytes, vec
from minipy.objects.list_methods import list_of_texts
from minipy.objects.listobject import list_append_owned, new_list
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import tuple_of3
from minipy.objects.unicode_find import find_text, rfind_text, text_argument
from minipy.objects.unicode_slice import exact_str, substring
from minipy.objects.unicode_words import byte_at, find_byte
from minipy.objects.unicodeobject import host_str, is_str, str_kind, str_length


def is_space(c: i64) -> bool:
    """Whether the Latin-1 character is whitespace to str.split."""
    if c <= 32:
        return c == 32 or (c >= 9 and c <= 13) or c >= 28
    return c == 0x85 or c == 0xA0


def skip_spaces(w: vec[i64], at: i64, i: i64, n: i64) -> i64:
    """The first place from i on that is not whitespace, in n bytes packed from word `at` on."""
    while i < n:
        c: i64 = (w[at + (i >> 3)] >> ((i & 7) << 3)) & 0xFF
        if c > 32 and c < 128 or not is_space(c):
            return i
        i += 1
    return n


def skip_word(w: vec[i64], at: i64, i: i64, n: i64) -> i64:
    """The first place from i on that is whitespace."""
    while i < n:
        c: i64 = (w[at + (i >> 3)] >> ((i & 7) << 3)) & 0xFF
        if (c <= 32 or c >= 128) and is_space(c):
            return i
        i += 1
    return n


def split_argument(m: Machine, separator: i64) -> bool:
    """Whether there is a separator (not None or 0); its TypeError and ValueError."""
    if separator == 0 or separator == NONE:
        return False
    w = m.words
    if not is_str(w, separator):
        raise m.error(T_TYPE_ERROR, f"must be str or None, not {m.type_name(separator)}")
    if str_length(w, separator) == 0:
        raise m.error(T_VALUE_ERROR, "empty separator")
    return True


def split(m: Machine, a: i64, separator: i64, most: i64) -> i64:
    """a.split(separator, most), owned; separator 0 or None: whitespace; most < 0: no limit."""
    given = split_argument(m, separator)
    w = m.words
    if str_kind(w, a) != 1 or (given and str_kind(w, separator) != 1):
        text = host_str(m, a)
        return host_pieces(m, a, text, text.split(host_str(m, separator) if given else None, int(most)))
    pieces: i64 = new_list(m, 0)
    try:
        if given:
            split_at(m, pieces, a, separator, most)
        else:
            split_spaces(m, pieces, a, most)
    except Raised:
        decref(m, m.words, pieces)
        raise
    return pieces


def split_at(m: Machine, pieces: i64, a: i64, separator: i64, most: i64) -> None:
    """Append the pieces of a between separators; both of kind 1."""
    w = m.words
    n: i64 = str_length(w, a)
    k: i64 = str_length(w, separator)
    if k == 1:
        split_at_byte(m, pieces, a, byte_at(w, separator + STR_DATA, 0), most)
        return
    data = read_bytes(w, a + STR_DATA, n)
    pattern = read_bytes(w, separator + STR_DATA, k)
    start: i64 = 0
    while most != 0:
        i: i64 = data.find(pattern, int(start))
        if i < 0:
            break
        list_append_owned(m, pieces, substring(m, a, start, i))
        start = i + k
        most -= 1
    list_append_owned(m, pieces, substring(m, a, start, n))


def split_at_byte(m: Machine, pieces: i64, a: i64, separator: i64, most: i64) -> None:
    """As split_at, for a separator of one character."""
    w = m.words
    n: i64 = str_length(w, a)
    start: i64 = 0
    while most != 0:
        i: i64 = find_byte(w, a + STR_DATA, separator, start, n)
        if i < 0:
            break
        list_append_owned(m, pieces, substring(m, a, start, i))
        w = m.words
        start = i + 1
        most -= 1
    list_append_owned(m, pieces, substring(m, a, start, n))


def split_spaces(m: Machine, pieces: i64, a: i64, most: i64) -> None:
    """Append the runs of a without whitespace; the last of a limited split keeps its whitespace."""
    w = m.words
    at: i64 = a + STR_DATA
    n: i64 = str_length(w, a)
    start: i64 = skip_spaces(w, at, 0, n)
    while start < n:
        end: i64 = skip_word(w, at, start, n) if most != 0 else n
        list_append_owned(m, pieces, substring(m, a, start, end))
        w = m.words
        start = skip_spaces(w, at, end, n)
        most -= 1


def rsplit(m: Machine, a: i64, separator: i64, most: i64) -> i64:
    """a.rsplit(separator, most), owned."""
    given = split_argument(m, separator)
    text = host_str(m, a)
    return host_pieces(m, a, text, text.rsplit(host_str(m, separator) if given else None, int(most)))


def splitlines(m: Machine, a: i64, keep: bool) -> i64:
    """a.splitlines(keep), owned."""
    text = host_str(m, a)
    return host_pieces(m, a, text, text.splitlines(keep))


def host_pieces(m: Machine, a: i64, text: str, pieces: list[str]) -> i64:
    """A list of what the host split a's text into, owned; where it gave the text back, of a itself."""
    if len(pieces) != 1 or pieces[0] is not text:
        return list_of_texts(m, pieces)
    one: i64 = new_list(m, 0)
    try:
        list_append_owned(m, one, exact_str(m, a))
    except Raised:
        decref(m, m.words, one)
        raise
    return one


def partition(m: Machine, a: i64, separator: i64, last: bool) -> i64:
    """a.partition(separator), or rpartition if `last`, owned."""
    text_argument(m, separator)
    w = m.words
    n: i64 = str_length(w, a)
    k: i64 = str_length(w, separator)
    if k == 0:
        raise m.error(T_VALUE_ERROR, "empty separator")
    i: i64 = rfind_text(m, a, separator, 0, n) if last else find_text(m, a, separator, 0, n)
    if i < 0:
        return tuple_of3(m, EMPTY_STR, EMPTY_STR, a) if last else tuple_of3(m, a, EMPTY_STR, EMPTY_STR)
    head: i64 = substring(m, a, 0, i)
    tail: i64 = 0
    try:
        tail = substring(m, a, i + k, n)
        return tuple_of3(m, head, separator, tail)
    finally:
        decref(m, m.words, head)
        xdecref(m, m.words, tail)
