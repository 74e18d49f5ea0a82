"""bytes as a program sees it, and what bytearray has in common with it: constructors, the table of methods.

A method's result is of its object's kind. The work is done on transient host bytes: bytes_find.py, bytes_parts.py,
bytes_transform.py; what changes a bytearray stands in bytearray_methods.py.

CPython counterpart: bytes_methods and bytes_new of Objects/bytesobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TP_SOLID
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import NONE, T_BYTES, T_OVERFLOW_ERROR, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.objects.arguments import argument_word, host_argument, index_sized
from minipy.objects.bytes_find import argument, search, tail_match
from minipy.objects.bytes_parts import changed, join, list_of_bytes, made, partition
from minipy.objects.bytes_transform import (
    bytes_of_hex,
    hex_text,
    in_case,
    is_kind,
    padded,
    table_of,
    translated,
    with_tabs_expanded,
)
from minipy.objects.bytesobject import (
    bytes_iterated,
    host_bytes,
    is_exact_bytes,
    new_bytes,
    new_bytes_of,
    special_bytes,
)
from minipy.objects.identifiers import ID_BYTES
from minipy.objects.longobject import new_bool, new_int
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import tuple_of1
from minipy.objects.unicode_codec import decode, encode
from minipy.objects.unicodeobject import host_str, is_str, new_str

BYTES_SEARCH: Final = 0  # + SEARCH_*
BYTES_CASE: Final = 8  # + CASE_*
BYTES_KIND: Final = 16  # + KIND_*
BYTES_PAD: Final = 24  # + PAD_*
BYTES_DECODE: Final = 32
BYTES_HEX: Final = 33
BYTES_JOIN: Final = 34
BYTES_SPLIT: Final = 35
BYTES_RSPLIT: Final = 36
BYTES_STRIP: Final = 37
BYTES_LSTRIP: Final = 38
BYTES_RSTRIP: Final = 39
BYTES_REPLACE: Final = 40
BYTES_STARTSWITH: Final = 41
BYTES_ENDSWITH: Final = 42
BYTES_PARTITION: Final = 43
BYTES_RPARTITION: Final = 44
BYTES_REMOVEPREFIX: Final = 45
BYTES_REMOVESUFFIX: Final = 46
BYTES_SPLITLINES: Final = 47
BYTES_EXPANDTABS: Final = 48
BYTES_TRANSLATE: Final = 49
BYTES_MAKETRANS: Final = 50
BYTES_FROMHEX: Final = 51
BYTES_BYTES: Final = 52
BYTES_GETNEWARGS: Final = 53
METHODS: Final = (
    (BYTES_SEARCH + 0, "find", 1, 3, ""),
    (BYTES_SEARCH + 1, "rfind", 1, 3, ""),
    (BYTES_SEARCH + 2, "index", 1, 3, ""),
    (BYTES_SEARCH + 3, "rindex", 1, 3, ""),
    (BYTES_SEARCH + 4, "count", 1, 3, ""),
    (BYTES_CASE + 0, "upper", 0, 0, ""),
    (BYTES_CASE + 1, "lower", 0, 0, ""),
    (BYTES_CASE + 2, "title", 0, 0, ""),
    (BYTES_CASE + 3, "capitalize", 0, 0, ""),
    (BYTES_CASE + 4, "swapcase", 0, 0, ""),
    (BYTES_KIND + 0, "isdigit", 0, 0, ""),
    (BYTES_KIND + 1, "isalpha", 0, 0, ""),
    (BYTES_KIND + 2, "isalnum", 0, 0, ""),
    (BYTES_KIND + 3, "isspace", 0, 0, ""),
    (BYTES_KIND + 4, "isascii", 0, 0, ""),
    (BYTES_KIND + 5, "islower", 0, 0, ""),
    (BYTES_KIND + 6, "isupper", 0, 0, ""),
    (BYTES_KIND + 7, "istitle", 0, 0, ""),
    (BYTES_PAD + 0, "center", 1, 2, ""),
    (BYTES_PAD + 1, "ljust", 1, 2, ""),
    (BYTES_PAD + 2, "rjust", 1, 2, ""),
    (BYTES_PAD + 3, "zfill", 1, 1, ""),
    (BYTES_DECODE, "decode", 0, 2, "encoding errors"),
    (BYTES_HEX, "hex", 0, 2, "sep bytes_per_sep"),
    (BYTES_JOIN, "join", 1, 1, ""),
    (BYTES_SPLIT, "split", 0, 2, "sep maxsplit"),
    (BYTES_RSPLIT, "rsplit", 0, 2, "sep maxsplit"),
    (BYTES_SPLITLINES, "splitlines", 0, 1, "keepends"),
    (BYTES_STRIP, "strip", 0, 1, ""),
    (BYTES_LSTRIP, "lstrip", 0, 1, ""),
    (BYTES_RSTRIP, "rstrip", 0, 1, ""),
    (BYTES_REPLACE, "replace", 2, 3, ""),
    (BYTES_STARTSWITH, "startswith", 1, 3, ""),
    (BYTES_ENDSWITH, "endswith", 1, 3, ""),
    (BYTES_PARTITION, "partition", 1, 1, ""),
    (BYTES_RPARTITION, "rpartition", 1, 1, ""),
    (BYTES_REMOVEPREFIX, "removeprefix", 1, 1, ""),
    (BYTES_REMOVESUFFIX, "removesuffix", 1, 1, ""),
    (BYTES_EXPANDTABS, "expandtabs", 0, 1, "tabsize"),
    (BYTES_TRANSLATE, "translate", 1, 2, "delete"),
)
OWN_METHODS: Final = ((BYTES_BYTES, "__bytes__", 0, 0, ""), (BYTES_GETNEWARGS, "__getnewargs__", 0, 0, ""))
CLASS_METHODS: Final = ((BYTES_FROMHEX, "fromhex", 1, 1, ""),)
STATIC_METHODS: Final = ((BYTES_MAKETRANS, "maketrans", 2, 2, ""),)
NEW: Final = (0, 3, "source encoding errors")


# ---------------------------------------------------------------- constructor
def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """bytes(source=b"", encoding=..., errors=...) for the class t, owned; three words at `at`, 0 if not given."""
    source: i64 = m.words[at]
    if t == T_BYTES and source != 0 and m.words[source + OB_TYPE] == T_BYTES and m.words[at + 1] + m.words[at + 2] == 0:
        incref(m.words, source)
        return source
    data = contents_given(m, at, "bytes")
    return new_bytes(m, data) if t == T_BYTES else new_bytes_of(m, t, data)


def contents_given(m: Machine, at: i64, kind: str) -> bytes:
    """What the arguments of bytes() or bytearray(), three words at `at`, say."""
    w = m.words
    source: i64 = w[at]
    encoding: i64 = w[at + 1]
    errors: i64 = w[at + 2]
    codec = host_argument(m, encoding, "utf-8", f"{kind}() argument 'encoding'")
    handler = host_argument(m, errors, "strict", f"{kind}() argument 'errors'")
    if source != 0 and is_str(w, source):
        if encoding == 0:
            raise m.error(T_TYPE_ERROR, "string argument without an encoding")
        return encode(m, host_str(m, source), codec, handler)
    if encoding != 0 or errors != 0:
        given = "encoding" if encoding != 0 else "errors"
        raise m.error(T_TYPE_ERROR, f"{given} without a string argument")
    return b"" if source == 0 else bytes_of_source(m, source, kind)


def bytes_of_source(m: Machine, o: i64, kind: str) -> bytes:
    """The bytes that bytes(o) holds: zeros if o is an integer. A bytearray does not ask for `__bytes__`."""
    if is_exact_bytes(m.words, o):
        return host_bytes(m, o)
    special: i64 = m.find_special(o, ID_BYTES) if kind == "bytes" else 0
    if special != 0:
        return special_bytes(m, special)
    i: i64 = m.index_object(o)
    if i == 0:
        return bytes_iterated(m, o, kind)
    count: i64 = index_sized(m, o, i, T_OVERFLOW_ERROR)
    if count < 0:
        raise m.error(T_VALUE_ERROR, "negative count")
    m.require(count)
    return bytes(int(count))


# ---------------------------------------------------------------- methods
def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` with the n borrowed arguments at `at`, self (or the class) first; owned result."""
    w = m.words
    if number == BYTES_FROMHEX:
        return from_hex(m, w[at], w[at + 1])
    if number == BYTES_MAKETRANS:
        return new_bytes(m, table_of(m, w[at], w[at + 1]))
    a: i64 = w[at]
    if number < BYTES_CASE:
        return new_int(m, search(m, number - BYTES_SEARCH, a, at, n))
    if number == BYTES_STARTSWITH or number == BYTES_ENDSWITH:
        return new_bool(w, tail_match(m, number == BYTES_STARTSWITH, a, at, n))
    data = host_bytes(m, a)
    if number < BYTES_KIND:
        return changed(m, a, data, in_case(number - BYTES_CASE, data))
    if number < BYTES_PAD:
        return new_bool(w, is_kind(number - BYTES_KIND, data))
    if number < BYTES_DECODE:
        return changed(m, a, data, padded(m, number - BYTES_PAD, data, w[at + 1], w[at + 2] if n > 2 else 0))
    if number == BYTES_DECODE:
        codec = host_argument(m, w[at + 1], "utf-8", "decode() argument 'encoding'")
        return new_str(m, decode(m, data, codec, host_argument(m, w[at + 2], "strict", "decode() argument 'errors'")))
    if number == BYTES_HEX:
        return hex_text(m, data, w[at + 1], w[at + 2])
    if number == BYTES_BYTES:
        return changed(m, a, data, data)
    if number == BYTES_GETNEWARGS:
        return new_arguments(m, data)
    return call_parts(m, number, a, data, at, n)


def call_parts(m: Machine, number: i64, a: i64, data: bytes, at: i64, n: i64) -> i64:
    """The methods that put bytes together and take them apart: those of a, `data`."""
    w = m.words
    o: i64 = w[at + 1] if n > 1 else 0
    if number == BYTES_JOIN:
        return join(m, w[w[a + OB_TYPE] + TP_SOLID], data, o)
    if number == BYTES_REPLACE:
        old = argument(m, o)
        new = argument(m, w[at + 2])
        most: i64 = argument_word(m, w[at + 3]) if n > 3 else -1
        return changed(m, a, data, data.replace(old, new, int(most)))
    if number == BYTES_PARTITION or number == BYTES_RPARTITION:
        return partition(m, a, data, argument(m, o), number == BYTES_RPARTITION)
    if number == BYTES_REMOVEPREFIX:
        return changed(m, a, data, data.removeprefix(argument(m, o)))
    if number == BYTES_REMOVESUFFIX:
        return changed(m, a, data, data.removesuffix(argument(m, o)))
    if number == BYTES_SPLITLINES:
        return list_of_bytes(m, a, data, data.splitlines(o != 0 and argument_word(m, o) != 0))
    if number == BYTES_EXPANDTABS:
        return changed(m, a, data, with_tabs_expanded(m, data, o))
    if number == BYTES_TRANSLATE:
        return changed(m, a, data, translated(m, data, o, w[at + 2]))
    if number == BYTES_STRIP or number == BYTES_LSTRIP or number == BYTES_RSTRIP:
        return changed(m, a, data, stripped(number, data, None if o == 0 or o == NONE else argument(m, o)))
    return split(m, number, a, data, o, w[at + 2])


def stripped(number: i64, data: bytes, unwanted: bytes | None) -> bytes:
    """strip, lstrip, rstrip."""
    if number == BYTES_STRIP:
        return data.strip(unwanted)
    return data.lstrip(unwanted) if number == BYTES_LSTRIP else data.rstrip(unwanted)


def split(m: Machine, number: i64, a: i64, data: bytes, o: i64, maxsplit: i64) -> i64:
    """split and rsplit of a, whose bytes are `data`; 0: an argument not given."""
    most: i64 = argument_word(m, maxsplit) if maxsplit != 0 else -1
    separator = None if o == 0 or o == NONE else argument(m, o)
    if separator is not None and len(separator) == 0:
        raise m.error(T_VALUE_ERROR, "empty separator")
    if number == BYTES_SPLIT:
        return list_of_bytes(m, a, data, data.split(separator, int(most)))
    return list_of_bytes(m, a, data, data.rsplit(separator, int(most)))


def new_arguments(m: Machine, data: bytes) -> i64:
    """(bytes,): what `__new__` is to be given for a copy."""
    b: i64 = new_bytes(m, data)
    try:
        return tuple_of1(m, b)
    finally:
        decref(m, m.words, b)


def from_hex(m: Machine, cls: i64, text: i64) -> i64:
    """cls.fromhex(text), owned, for bytes, bytearray or a subclass."""
    kind: i64 = m.words[cls + TP_SOLID]
    b: i64 = made(m, kind, bytes_of_hex(m, text))
    if cls == kind:
        return b
    try:
        return m.call1(cls, b)
    finally:
        decref(m, m.words, b)
