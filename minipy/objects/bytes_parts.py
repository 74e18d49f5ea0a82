"""Taking bytes or a bytearray apart and joining them, by way of transient host bytes. Parts are of the whole's kind.

CPython counterpart: the stringlib templates for bytes and bytearray (Objects/stringlib/split.h, partition.h, join.h).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, OB_TYPE, TP_SOLID
from minipy.memory.refcount import decref, incref, xdecref
from minipy.memory.statics import T_BYTEARRAY, T_BYTES, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.bytearrayobject import new_bytearray
from minipy.objects.bytesobject import host_bytes, is_bytes, is_bytes_like, new_bytes
from minipy.objects.list_methods import list_to_join
from minipy.objects.listobject import list_append_owned, new_list
from minipy.objects.machine import Machine
from minipy.objects.spans import sequence_items, sequence_length
from minipy.objects.tupleobject import tuple_of3


def made(m: Machine, kind: i64, data: bytes) -> i64:
    """Owned bytes, or a bytearray if that is the kind."""
    return new_bytearray(m, data) if kind == T_BYTEARRAY else new_bytes(m, data)


def changed(m: Machine, o: i64, data: bytes, result: bytes) -> i64:
    """What the host made of o's bytes `data`, owned, of its kind: exact bytes themselves where it gave `data` back."""
    w = m.words
    if result is data and w[o + OB_TYPE] == T_BYTES:
        incref(w, o)
        return o
    return made(m, w[w[o + OB_TYPE] + TP_SOLID], result)


def partition(m: Machine, o: i64, data: bytes, separator: bytes, last: bool) -> i64:
    """o.partition(separator), or rpartition, owned; `data` are o's bytes."""
    if len(separator) == 0:
        raise m.error(T_VALUE_ERROR, "empty separator")
    head, middle, tail = data.rpartition(separator) if last else data.partition(separator)
    a: i64 = part_of(m, o, data, head)
    b: i64 = 0
    c: i64 = 0
    try:
        b = part_of(m, o, data, middle)
        c = part_of(m, o, data, tail)
        return tuple_of3(m, a, b, c)
    finally:
        decref(m, m.words, a)
        xdecref(m, m.words, b)
        xdecref(m, m.words, c)


def part_of(m: Machine, o: i64, data: bytes, part: bytes) -> i64:
    """One of the three, owned: bytes without the separator are a part of themselves, also those of a subclass."""
    if part is data and is_bytes(m.words, o):
        incref(m.words, o)
        return o
    return changed(m, o, data, part)


def list_of_bytes(m: Machine, o: i64, data: bytes, parts: list[bytes]) -> i64:
    """An owned list of the parts of o, whose bytes are `data`."""
    pieces: i64 = new_list(m, 0)
    try:
        for part in parts:
            list_append_owned(m, pieces, changed(m, o, data, part))
    except Raised:
        decref(m, m.words, pieces)
        raise
    return pieces


def join(m: Machine, kind: i64, separator: bytes, iterable: i64) -> i64:
    """separator.join(iterable), owned: exact bytes that are alone themselves."""
    items: i64 = list_to_join(m, iterable)
    try:
        w = m.words
        if kind == T_BYTES and sequence_length(w, items) == 1 and w[w[sequence_items(w, items)] + OB_TYPE] == T_BYTES:
            incref(w, w[sequence_items(w, items)])
            return w[sequence_items(w, items)]
        return made(m, kind, separator.join(contents(m, items)))
    finally:
        decref(m, m.words, items)


def contents(m: Machine, items: i64) -> list[bytes]:
    """The host bytes of a list's items."""
    parts: list[bytes] = []
    size: i64 = 0
    w = m.words
    at: i64 = sequence_items(w, items)
    for i in range(int(sequence_length(w, items))):
        o: i64 = w[at + i64(i)]
        if not is_bytes_like(w, o):
            name = m.type_name(o)
            raise m.error(T_TYPE_ERROR, f"sequence item {i}: expected a bytes-like object, {name} found")
        parts.append(host_bytes(m, o))
        size += w[o + OB_SIZE]
        m.require(size)
    return parts
