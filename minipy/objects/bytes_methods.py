"""bytes as a program sees it: constructor and methods, by way of transient host bytes.

CPython counterpart: bytes_methods and bytes_new of Objects/bytesobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, OB_TYPE, TP_SOLID, TUPLE_ITEMS
from minipy.memory.refcount import decref, incref, xdecref
from minipy.memory.statics import NONE, T_BYTES, T_OVERFLOW_ERROR, T_TUPLE, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.arguments import argument_word, host_argument
from minipy.objects.bytesobject import bytes_from, host_bytes, is_bytes, new_bytes, new_bytes_of
from minipy.objects.identifiers import ID_BYTES
from minipy.objects.listobject import list_append, list_extend, new_list
from minipy.objects.longobject import fits_word, host_int, int_word, new_bool, new_int
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import tuple_of3
from minipy.objects.unicode_codec import decode, encode
from minipy.objects.unicode_concat import items_address, items_count
from minipy.objects.unicode_find import first_place, last_place
from minipy.objects.unicodeobject import host_str, is_str, new_str

BYTES_DECODE: Final = 0
BYTES_HEX: Final = 1
BYTES_JOIN: Final = 2
BYTES_SPLIT: Final = 3
BYTES_RSPLIT: Final = 4
BYTES_STRIP: Final = 5
BYTES_LSTRIP: Final = 6
BYTES_RSTRIP: Final = 7
BYTES_REPLACE: Final = 8
BYTES_STARTSWITH: Final = 9
BYTES_ENDSWITH: Final = 10
BYTES_FIND: Final = 11
BYTES_RFIND: Final = 12
BYTES_INDEX: Final = 13
BYTES_RINDEX: Final = 14
BYTES_COUNT: Final = 15
BYTES_PARTITION: Final = 16
BYTES_RPARTITION: Final = 17
BYTES_REMOVEPREFIX: Final = 18
BYTES_REMOVESUFFIX: Final = 19
BYTES_UPPER: Final = 20
BYTES_LOWER: Final = 21
BYTES_ISDIGIT: Final = 22
BYTES_ISALPHA: Final = 23
BYTES_ISALNUM: Final = 24
BYTES_ISSPACE: Final = 25
BYTES_ISASCII: Final = 26
BYTES_SPLITLINES: Final = 27
BYTES_FROMHEX: Final = 28
METHODS: Final = (
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
    (BYTES_FIND, "find", 1, 3, ""),
    (BYTES_RFIND, "rfind", 1, 3, ""),
    (BYTES_INDEX, "index", 1, 3, ""),
    (BYTES_RINDEX, "rindex", 1, 3, ""),
    (BYTES_COUNT, "count", 1, 3, ""),
    (BYTES_PARTITION, "partition", 1, 1, ""),
    (BYTES_RPARTITION, "rpartition", 1, 1, ""),
    (BYTES_REMOVEPREFIX, "removeprefix", 1, 1, ""),
    (BYTES_REMOVESUFFIX, "removesuffix", 1, 1, ""),
    (BYTES_UPPER, "upper", 0, 0, ""),
    (BYTES_LOWER, "lower", 0, 0, ""),
    (BYTES_ISDIGIT, "isdigit", 0, 0, ""),
    (BYTES_ISALPHA, "isalpha", 0, 0, ""),
    (BYTES_ISALNUM, "isalnum", 0, 0, ""),
    (BYTES_ISSPACE, "isspace", 0, 0, ""),
    (BYTES_ISASCII, "isascii", 0, 0, ""),
)
CLASS_METHODS: Final = ((BYTES_FROMHEX, "fromhex", 1, 1, ""),)
NEW: Final = (0, 3, "source encoding errors")


# ---------------------------------------------------------------- constructor
def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """bytes(source=b"", encoding=..., errors=...) for the class t, owned; three words at `at`, 0 if not given."""
    w = m.words
    source: i64 = w[at]
    encoding: i64 = w[at + 1]
    errors: i64 = w[at + 2]
    data = b""
    if source != 0 and is_str(w, source):
        if encoding == 0:
            raise m.error(T_TYPE_ERROR, "string argument without an encoding")
        codec = host_argument(m, encoding, "utf-8", "bytes() argument 'encoding'")
        data = encode(m, host_str(m, source), codec, host_argument(m, errors, "strict", "bytes() argument 'errors'"))
    elif encoding != 0 or errors != 0:
        given = "encoding" if encoding != 0 else "errors"
        raise m.error(T_TYPE_ERROR, f"{given} without a string argument")
    elif source != 0:
        if t == T_BYTES and w[source + OB_TYPE] == T_BYTES:
            incref(w, source)
            return source
        data = bytes_of_source(m, source)
    return new_bytes(m, data) if t == T_BYTES else new_bytes_of(m, t, data)


def bytes_of_source(m: Machine, o: i64) -> bytes:
    """The bytes that bytes(o) holds: zeros if o is an integer."""
    special: i64 = m.find_special(o, ID_BYTES)
    if special != 0:
        decref(m, m.words, special)
        return bytes_from(m, o)
    i: i64 = m.index_object(o)
    if i == 0:
        return bytes_from(m, o)
    fits = fits_word(m.words, i)
    count: i64 = int_word(m, i) if fits else 0
    decref(m, m.words, i)
    if not fits:
        raise m.error(T_OVERFLOW_ERROR, f"cannot fit '{m.type_name(o)}' into an index-sized integer")
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
    data = host_bytes(m, w[at])
    if number >= BYTES_FIND and number <= BYTES_COUNT:
        return new_int(m, search(m, number, data, at, n))
    if number >= BYTES_ISDIGIT and number <= BYTES_ISASCII:
        return new_bool(w, is_kind(number, data))
    if number == BYTES_DECODE:
        codec = host_argument(m, w[at + 1], "utf-8", "decode() argument 'encoding'")
        return new_str(m, decode(m, data, codec, host_argument(m, w[at + 2], "strict", "decode() argument 'errors'")))
    if number == BYTES_STARTSWITH or number == BYTES_ENDSWITH:
        return new_bool(w, tail_match(m, number == BYTES_STARTSWITH, data, at, n))
    if number == BYTES_UPPER or number == BYTES_LOWER:
        return new_bytes(m, data.upper() if number == BYTES_UPPER else data.lower())
    if number == BYTES_REPLACE:
        most: i64 = argument_word(m, w[at + 3]) if n > 3 else -1
        return new_bytes(m, data.replace(argument(m, w[at + 1]), argument(m, w[at + 2]), int(most)))
    if number == BYTES_JOIN:
        return join(m, data, w[at + 1])
    if number == BYTES_HEX:
        return hex_text(m, data, w[at + 1], w[at + 2])
    return call_parts(m, number, data, at, n)


def call_parts(m: Machine, number: i64, data: bytes, at: i64, n: i64) -> i64:
    """The methods that take bytes apart."""
    w = m.words
    o: i64 = w[at + 1] if n > 1 else 0
    if number == BYTES_PARTITION or number == BYTES_RPARTITION:
        return partition(m, data, argument(m, o), number == BYTES_RPARTITION)
    if number == BYTES_REMOVEPREFIX:
        return new_bytes(m, data.removeprefix(argument(m, o)))
    if number == BYTES_REMOVESUFFIX:
        return new_bytes(m, data.removesuffix(argument(m, o)))
    if number == BYTES_SPLITLINES:
        return list_of_bytes(m, data.splitlines(o != 0 and argument_word(m, o) != 0))
    separator = None if o == 0 or o == NONE else argument(m, o)
    if number == BYTES_STRIP:
        return new_bytes(m, data.strip(separator))
    if number == BYTES_LSTRIP:
        return new_bytes(m, data.lstrip(separator))
    if number == BYTES_RSTRIP:
        return new_bytes(m, data.rstrip(separator))
    if separator is not None and len(separator) == 0:
        raise m.error(T_VALUE_ERROR, "empty separator")
    most: i64 = argument_word(m, m.words[at + 2]) if m.words[at + 2] != 0 else -1
    if number == BYTES_SPLIT:
        return list_of_bytes(m, data.split(separator, int(most)))
    return list_of_bytes(m, data.rsplit(separator, int(most)))


def argument(m: Machine, o: i64) -> bytes:
    """The contents of an argument that must be bytes."""
    if not is_bytes(m.words, o):
        raise m.error(T_TYPE_ERROR, f"a bytes-like object is required, not '{m.type_name(o)}'")
    return host_bytes(m, o)


def is_kind(number: i64, data: bytes) -> bool:
    """data.isdigit() and its like."""
    if number == BYTES_ISDIGIT:
        return data.isdigit()
    if number == BYTES_ISALPHA:
        return data.isalpha()
    if number == BYTES_ISALNUM:
        return data.isalnum()
    return data.isspace() if number == BYTES_ISSPACE else data.isascii()


def search(m: Machine, number: i64, data: bytes, at: i64, n: i64) -> i64:
    """find, rfind, index, rindex and count of bytes or one byte."""
    w = m.words
    pattern = sought(m, w[at + 1])
    length: i64 = len(data)
    start = int(first_place(m, w[at + 2], length) if n > 2 else 0)
    end = int(last_place(m, m.words[at + 3], length) if n > 3 else length)
    if number == BYTES_COUNT:
        return i64(data.count(pattern, start, end))
    first = number == BYTES_FIND or number == BYTES_INDEX
    i: i64 = data.find(pattern, start, end) if first else data.rfind(pattern, start, end)
    if i < 0 and (number == BYTES_INDEX or number == BYTES_RINDEX):
        raise m.error(T_VALUE_ERROR, "subsection not found")
    return i


def sought(m: Machine, o: i64) -> bytes:
    """What a search looks for: bytes, or an int as the byte of that value."""
    if is_bytes(m.words, o):
        return host_bytes(m, o)
    i: i64 = m.index_object(o)
    if i == 0:
        raise m.error(T_TYPE_ERROR, f"argument should be integer or bytes-like object, not '{m.type_name(o)}'")
    v = host_int(m, i)
    decref(m, m.words, i)
    if v < 0 or v > 255:
        raise m.error(T_VALUE_ERROR, "byte must be in range(0, 256)")
    return bytes([v])


def tail_match(m: Machine, front: bool, data: bytes, at: i64, n: i64) -> bool:
    """startswith or endswith, for bytes or a tuple of them."""
    w = m.words
    b: i64 = w[at + 1]
    length: i64 = len(data)
    start = int(first_place(m, w[at + 2], length) if n > 2 else 0)
    end = int(last_place(m, m.words[at + 3], length) if n > 3 else length)
    w = m.words
    if is_bytes(w, b):
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


def partition(m: Machine, data: bytes, separator: bytes, last: bool) -> i64:
    """data.partition(separator), or rpartition, owned."""
    if len(separator) == 0:
        raise m.error(T_VALUE_ERROR, "empty separator")
    head, middle, tail = data.rpartition(separator) if last else data.partition(separator)
    a: i64 = new_bytes(m, head)
    b: i64 = 0
    c: i64 = 0
    try:
        b = new_bytes(m, middle)
        c = new_bytes(m, tail)
        return tuple_of3(m, a, b, c)
    finally:
        decref(m, m.words, a)
        xdecref(m, m.words, b)
        xdecref(m, m.words, c)


def list_of_bytes(m: Machine, parts: list[bytes]) -> i64:
    """An owned list of bytes objects."""
    pieces: i64 = new_list(m, 0)
    try:
        for part in parts:
            piece: i64 = new_bytes(m, part)
            try:
                list_append(m, pieces, piece)
            finally:
                decref(m, m.words, piece)
    except Raised:
        decref(m, m.words, pieces)
        raise
    return pieces


def join(m: Machine, separator: bytes, iterable: i64) -> i64:
    """separator.join(iterable), owned."""
    iterator: i64 = 0
    try:
        iterator = m.iter(iterable)
    except Raised:
        if not m.catch(T_TYPE_ERROR):
            raise
    if iterator == 0:
        raise m.error(T_TYPE_ERROR, "can only join an iterable")
    items: i64 = 0
    try:
        items = new_list(m, 0)
        list_extend(m, items, iterator)
        return new_bytes(m, separator.join(contents(m, items)))
    finally:
        decref(m, m.words, iterator)
        xdecref(m, m.words, items)


def contents(m: Machine, items: i64) -> list[bytes]:
    """The host bytes of a list's items."""
    parts: list[bytes] = []
    size: i64 = 0
    w = m.words
    at: i64 = items_address(w, items)
    for i in range(int(items_count(w, items))):
        o: i64 = w[at + i64(i)]
        if not is_bytes(w, o):
            name = m.type_name(o)
            raise m.error(T_TYPE_ERROR, f"sequence item {i}: expected a bytes-like object, {name} found")
        parts.append(host_bytes(m, o))
        size += w[o + OB_SIZE]
        m.require(size)
    return parts


# ---------------------------------------------------------------- hexadecimal
def hex_text(m: Machine, data: bytes, separator: i64, group: i64) -> i64:
    """data.hex(sep, bytes_per_sep), owned; the host's ValueErrors are CPython's."""
    if separator == 0:
        return new_str(m, data.hex())
    w = m.words
    size: i64 = 1 if group == 0 else argument_word(m, group)
    try:
        if is_str(w, separator):
            return new_str(m, data.hex(host_str(m, separator), int(size)))
        return new_str(m, data.hex(argument(m, separator), int(size)))
    except ValueError as e:
        message = str(e)
    raise m.error(T_VALUE_ERROR, message)


def from_hex(m: Machine, cls: i64, text: i64) -> i64:
    """bytes.fromhex(text) for the class cls, owned."""
    source = host_argument(m, text, "", "fromhex() argument")
    message = ""
    data = b""
    try:
        data = bytes.fromhex(source)
    except ValueError as e:
        message = str(e)
    if message != "":
        raise m.error(T_VALUE_ERROR, message)
    b: i64 = new_bytes(m, data)
    if cls == T_BYTES:
        return b
    try:
        return m.call1(cls, b)
    finally:
        decref(m, m.words, b)
