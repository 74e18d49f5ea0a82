"""Taking bytes or a bytearray apart and joining them, by way of transient host bytes. Parts are of the whole's kind.

CPython counterpart: the stringlib templates for bytes and bytearray (Objects/stringlib/split.h, partition.h, join.h).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE
from minipy.memory.refcount import decref, xdecref
from minipy.memory.statics import T_BYTEARRAY, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.bytearrayobject import new_bytearray
from minipy.objects.bytesobject import host_bytes, is_bytes_like, new_bytes
from minipy.objects.list_methods import list_to_join
from minipy.objects.listobject import list_append_owned, new_list
from minipy.objects.machine import Machine
from minipy.objects.spans import sequence_items, sequence_length
from minipy.objects.tupleobject import tuple_of3


def made(m: Machine, kind: i64, data: bytes) -> i64:
    """Owned bytes, or a bytearray if that is the kind."""
    return new_bytearray(m, data) if kind == T_BYTEARRAY else new_bytes(m, data)


def partition(m: Machine, kind: i64, data: bytes, separator: bytes, last: bool) -> i64:
    """data.partition(separator), or rpartition, owned."""
    if len(separator) == 0:
        raise m.error(T_VALUE_ERROR, "empty separator")
    head, middle, tail = data.rpartition(separator) if last else data.partition(separator)
    a: i64 = made(m, kind, head)
    b: i64 = 0
    c: i64 = 0
    try:
        b = made(m, kind, middle)
        c = made(m, kind, tail)
        return tuple_of3(m, a, b, c)
    finally:
        decref(m, m.words, a)
        xdecref(m, m.words, b)
        xdecref(m, m.words, c)


def list_of_bytes(m: Machine, kind: i64, parts: list[bytes]) -> i64:
    """An owned list of bytes or bytearrays."""
    pieces: i64 = new_list(m, 0)
    try:
        for part in parts:
            list_append_owned(m, pieces, made(m, kind, part))
    except Raised:
        decref(m, m.words, pieces)
        raise
    return pieces


def join(m: Machine, kind: i64, separator: bytes, iterable: i64) -> i64:
    """separator.join(iterable), owned."""
    items: i64 = list_to_join(m, iterable)
    try:
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
