"""Putting texts together: +, +=, * and join.

Texts of one kind are put together by words; different kinds by way of the host, which finds the common one.

`str_append` is what makes `s += x` in a loop linear: the str that only its variable knows is prolonged in place, with
an eighth of room to spare. ob_size counts that room; the text's length is in STR_LENGTH.

CPython counterpart: PyUnicode_Concat, PyUnicode_Append (and unicode_concatenate of Python/ceval.c), unicode_repeat,
PyUnicode_Join. There realloc finds the room at the end.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    STR_DATA,
    STR_HASH,
    STR_INTERNED,
    STR_KIND,
    STR_KIND_BITS,
    STR_LENGTH,
    W_HEAP_LIMIT,
    WORD_BYTES,
)
from minipy.memory.obmalloc import reallocate
from minipy.memory.statics import T_STR, T_TYPE_ERROR
from minipy.memory.words import read_bytes, vec, write_bytes
from minipy.objects.machine import Machine
from minipy.objects.unicode_slice import exact_str
from minipy.objects.unicode_words import append_bytes
from minipy.objects.unicodeobject import blank_str, empty_str, host_str, is_str, new_str, str_kind, str_length, widened

SPARE_SHIFT: Final = 3


def concat(m: Machine, a: i64, b: i64) -> i64:
    """a + b of a str a, owned; TypeError if b is not a str."""
    w = m.words
    if not is_str(w, b):
        raise m.error(T_TYPE_ERROR, f'can only concatenate str (not "{m.type_name(b)}") to str')
    n: i64 = str_length(w, a)
    k: i64 = str_length(w, b)
    if k == 0:
        return exact_str(m, a)
    if n == 0:
        return exact_str(m, b)
    kind: i64 = str_kind(w, a)
    if kind != str_kind(w, b):
        return new_str(m, host_str(m, a) + host_str(m, b))
    r: i64 = blank_str(m, n + k, kind)
    w = m.words
    append_bytes(w, r + STR_DATA, 0, a + STR_DATA, n * kind)
    append_bytes(w, r + STR_DATA, n * kind, b + STR_DATA, k * kind)
    return r


def can_append(w: vec[i64], a: i64, b: i64) -> bool:
    """Whether `str_append` may prolong a: an exact str that only the caller knows, and b a str no wider."""
    return (
        w[a + OB_REFCNT] == 1
        and w[a + OB_TYPE] == T_STR
        and is_str(w, b)
        and str_kind(w, a) >= str_kind(w, b)
        and w[a + STR_LENGTH] & STR_INTERNED == 0
    )


def str_append(m: Machine, a: i64, b: i64) -> i64:
    """a + b for operands `can_append` accepts, owned: the caller's reference to a becomes the result (a may move).

    MemoryError leaves a as it was, still the caller's.
    """
    w = m.words
    meta: i64 = w[a + STR_LENGTH]
    kind: i64 = meta & STR_KIND
    n: i64 = (meta >> STR_KIND_BITS) * kind
    k: i64 = str_length(w, b) * kind
    if k == 0:
        return a
    needed: i64 = (n + k + 7) >> 3
    size: i64 = w[a + OB_SIZE]
    if needed > size:
        wanted: i64 = needed + (needed >> SPARE_SHIFT) + 1
        a = reallocate(m, a, STR_DATA + size, STR_DATA + wanted)
        w = m.words
        w[a + OB_SIZE] = wanted
    if str_kind(w, b) == kind:
        append_bytes(w, a + STR_DATA, n, b + STR_DATA, k)
    else:
        at: i64 = a + STR_DATA + (n >> 3)
        write_bytes(w, at, read_bytes(w, at, n & 7) + widened(m, b, kind))
    w[a + STR_LENGTH] = meta + (str_length(w, b) << STR_KIND_BITS)
    w[a + STR_HASH] = -1
    return a


def repeat(m: Machine, a: i64, count: i64) -> i64:
    """a * count, owned; MemoryError if the heap could never hold it."""
    w = m.words
    n: i64 = str_length(w, a)
    if count <= 0 or n == 0:
        return empty_str(w)
    if count == 1:
        return exact_str(m, a)
    kind: i64 = str_kind(w, a)
    if count > w[W_HEAP_LIMIT] * WORD_BYTES // (n * kind):
        raise m.no_memory()
    r: i64 = blank_str(m, n * count, kind)
    w = m.words
    write_bytes(w, r + STR_DATA, read_bytes(w, a + STR_DATA, n * kind) * int(count))
    return r


# ---------------------------------------------------------------- join
def join_items(m: Machine, separator: i64, at: i64, n: i64) -> i64:
    """separator.join of the n references at the address `at`, owned. Runs no program code."""
    w = m.words
    if n == 0:
        return empty_str(w)
    if n == 1 and w[w[at] + OB_TYPE] == T_STR:
        w[w[at]] += 1
        return w[at]
    gap: i64 = str_length(w, separator)
    total: i64 = gap * (n - 1)
    kind: i64 = str_kind(w, separator) if gap != 0 else 1
    i: i64 = 0
    while i < n:
        a: i64 = w[at + i]
        if not is_str(w, a):
            raise m.error(T_TYPE_ERROR, f"sequence item {int(i)}: expected str instance, {m.type_name(a)} found")
        kind |= str_kind(w, a)
        total += str_length(w, a)
        i += 1
    m.require(total * kind)
    if kind != 1:
        return new_str(m, host_str(m, separator).join([host_str(m, w[at + i]) for i in range(n)]))
    if total == 0:
        return empty_str(w)
    return join_latin1(m, separator, at, n, total)


def join_latin1(m: Machine, separator: i64, at: i64, n: i64, total: i64) -> i64:
    """As join_items for strs of kind 1 with `total` > 0 characters in the result."""
    w = m.words
    if total == 1:
        return new_str(m, host_str(m, separator).join([host_str(m, w[at + i]) for i in range(n)]))
    r: i64 = blank_str(m, total, 1)
    w = m.words
    to: i64 = r + STR_DATA
    gap: i64 = str_length(w, separator)
    filled: i64 = 0
    end: i64 = at + n
    while at < end:
        k: i64 = str_length(w, w[at])
        if k != 0:
            append_bytes(w, to, filled, w[at] + STR_DATA, k)
            filled += k
        at += 1
        if gap != 0 and at < end:
            append_bytes(w, to, filled, separator + STR_DATA, gap)
            filled += gap
    return r
