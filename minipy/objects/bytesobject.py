"""Bytes: an immutable run of bytes, packed into words like a str of kind 1.

    a+0 ob_refcnt | a+1 ob_type | a+2 ob_size | a+3 BYTES_HASH | a+4 BYTES_LENGTH, in bytes | a+5 BYTES_DATA: bytes ...

Invariants
- The bytes behind the last one are 0, so that equal contents are equal words.
- b"" is EMPTY_BYTES (not of a subclass). BYTES_HASH is -1 until the hash is asked for.

CPython counterpart: Objects/bytesobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    BYTES_DATA,
    BYTES_HASH,
    BYTES_LENGTH,
    INT_VALUE,
    ITER_INDEX,
    ITER_SOURCE,
    OB_TYPE,
    TP_SOLID,
    W_HEAP_LIMIT,
    W_SLICE_START,
    W_SLICE_STEP,
    WORD_BYTES,
)
from minipy.memory.objalloc import new_var_instance
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    EMPTY_BYTES,
    T_BYTEARRAY,
    T_BYTES,
    T_INDEX_ERROR,
    T_INT,
    T_SLICE,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Heap, Raised, read_bytes, vec, write_bytes
from minipy.objects.arguments import argument_index
from minipy.objects.identifiers import ID_BYTES
from minipy.objects.longobject import (
    compare_words,
    host_int,
    is_int,
    new_bool,
    new_int,
    not_implemented,
)
from minipy.objects.machine import Machine
from minipy.objects.operators import CMP_EQ, CMP_NE
from minipy.objects.packed import bytes_address, bytes_count, find_far, find_packed, read_part
from minipy.objects.sliceobject import slice_indices, subscript_index
from minipy.objects.unicode_words import byte_at, hash_words, order_bytes
from minipy.objects.unicodeobject import is_str, new_str


# ---------------------------------------------------------------- making and reading
def new_bytes(heap: Heap, data: bytes) -> i64:
    """An owned bytes object."""
    if len(data) == 0:
        heap.words[EMPTY_BYTES] += 1
        return EMPTY_BYTES
    return new_bytes_of(heap, T_BYTES, data)


def new_bytes_of(heap: Heap, t: i64, data: bytes) -> i64:
    """An owned instance of bytes or its subclass t."""
    n: i64 = len(data)
    size: i64 = (n + 7) >> 3
    a: i64 = new_var_instance(heap, t, size)
    w = heap.words
    w[a + BYTES_HASH] = -1
    w[a + BYTES_LENGTH] = n
    write_bytes(w, a + BYTES_DATA, data)
    return a


def is_bytes(w: vec[i64], a: i64) -> bool:
    """True for bytes and instances of its subclasses."""
    t: i64 = w[a + OB_TYPE]
    return t == T_BYTES or w[t + TP_SOLID] == T_BYTES


def is_bytes_like(w: vec[i64], a: i64) -> bool:
    """True for bytes, bytearray and instances of their subclasses."""
    solid: i64 = w[w[a + OB_TYPE] + TP_SOLID]
    return solid == T_BYTES or solid == T_BYTEARRAY


def bytes_length(w: vec[i64], a: i64) -> i64:
    """len(a) of bytes."""
    return w[a + BYTES_LENGTH]


def host_bytes(heap: Heap, a: i64) -> bytes:
    """The contents of bytes or a bytearray as host bytes."""
    return read_bytes(heap.words, bytes_address(heap.words, a), bytes_count(heap.words, a))


# ---------------------------------------------------------------- equality, order, hash, text
def bytes_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """The rich comparison of bytes or bytearrays, owned; owned NotImplemented if one is neither."""
    w = m.words
    if not is_bytes_like(w, a) or not is_bytes_like(w, b):
        return not_implemented(w)
    if not is_bytes(w, a) or not is_bytes(w, b):
        x = host_bytes(m, a)
        y = host_bytes(m, b)
        return new_bool(w, compare_words(op, 0 if x == y else (-1 if x < y else 1), 0))
    n: i64 = w[a + BYTES_LENGTH]
    k: i64 = w[b + BYTES_LENGTH]
    if n != k and (op == CMP_EQ or op == CMP_NE):
        return new_bool(w, op == CMP_NE)
    return new_bool(w, compare_words(op, order_bytes(w, a + BYTES_DATA, b + BYTES_DATA, n, k), 0))


def bytes_hash(w: vec[i64], a: i64) -> i64:
    """hash(a), computed once; that of the str with the same bytes, as in CPython."""
    h: i64 = w[a + BYTES_HASH]
    if h == -1:
        n: i64 = w[a + BYTES_LENGTH]
        h = hash_words(w, a + BYTES_DATA, n) if n > 0 else 0
        w[a + BYTES_HASH] = h
    return h


def bytes_repr(m: Machine, a: i64) -> i64:
    """repr(a), owned."""
    return new_str(m, repr(host_bytes(m, a)))


# ---------------------------------------------------------------- sequence
def bytes_get_item(m: Machine, a: i64, key: i64) -> i64:
    """a[key] with an int (an int object, owned) or a slice (owned bytes)."""
    w = m.words
    t: i64 = w[key + OB_TYPE]
    if t == T_SLICE:
        return bytes_slice(m, a, key)
    i: i64 = w[key + INT_VALUE] if t == T_INT else subscript_index(m, key, "byte")
    w = m.words
    n: i64 = w[a + BYTES_LENGTH]
    if i < 0:
        i += n
    if i < 0 or i >= n:
        raise m.error(T_INDEX_ERROR, "index out of range")
    return new_int(m, byte_at(w, a + BYTES_DATA, i))


def bytes_slice(m: Machine, a: i64, s: i64) -> i64:
    """a[start:stop:step], owned; the whole of exact bytes is themselves."""
    n: i64 = slice_indices(m, s, bytes_length(m.words, a))
    w = m.words
    if n == w[a + BYTES_LENGTH] and w[W_SLICE_STEP] == 1 and w[a + OB_TYPE] == T_BYTES:
        incref(w, a)
        return a
    return new_bytes(m, every_byte(w, a + BYTES_DATA, w[W_SLICE_START], w[W_SLICE_STEP], n))


def every_byte(w: vec[i64], at: i64, start: i64, step: i64, n: i64) -> bytes:
    """n of the bytes packed at `at`, every step-th (not 0) from `start` on, where it is in range."""
    if n <= 0:
        return b""
    if step > 0:
        return read_part(w, at, start, (n - 1) * step + 1)[:: int(step)]
    last: i64 = start + (n - 1) * step
    return read_part(w, at, last, start - last + 1)[:: int(step)]


def bytes_contains(m: Machine, a: i64, b: i64) -> bool:
    """b in a, for an integer or bytes b; a may be a bytearray, too."""
    w = m.words
    if is_bytes_like(w, b):
        k: i64 = bytes_count(w, b)
        return find_packed(w, bytes_address(w, a), 0, bytes_count(w, a), bytes_address(w, b), k, 1) >= 0
    i: i64 = m.index_object(b)
    if i == 0:
        raise m.error(T_TYPE_ERROR, f"a bytes-like object is required, not '{m.type_name(b)}'")
    pattern = bytes([byte_of(m, i, "byte")])
    w = m.words
    return find_far(w, bytes_address(w, a), 0, bytes_count(w, a), pattern, 1) >= 0


def bytes_concat(m: Machine, a: i64, b: i64) -> i64:
    """a + b, owned; exact bytes to which nothing is added are themselves."""
    w = m.words
    if not is_bytes_like(w, b):
        raise m.error(T_TYPE_ERROR, f"can't concat {m.type_name(b)} to bytes")
    if w[a + BYTES_LENGTH] == 0 and w[b + OB_TYPE] == T_BYTES:
        incref(w, b)
        return b
    if w[a + OB_TYPE] == T_BYTES and m.length(b) == 0:
        incref(w, a)
        return a
    return new_bytes(m, host_bytes(m, a) + host_bytes(m, b))


def bytes_repeat(m: Machine, a: i64, count: i64) -> i64:
    """a * count, owned, exact bytes once themselves; MemoryError if the heap could never hold it."""
    if count == 1 and m.words[a + OB_TYPE] == T_BYTES:
        incref(m.words, a)
        return a
    return new_bytes(m, host_bytes(m, a) * repeat_size(m, m.words[a + BYTES_LENGTH], count))


def repeat_size(m: Machine, n: i64, count: i64) -> int:
    """How often n bytes are to be repeated; MemoryError if the heap could never hold them."""
    if count > 0 and n > 0 and count > m.words[W_HEAP_LIMIT] * WORD_BYTES // n:
        raise m.no_memory()
    return int(count if count > 0 else 0)


def bytes_next(m: Machine, it: i64) -> i64:
    """The next byte as an int, owned; 0 at the end."""
    w = m.words
    a: i64 = w[it + ITER_SOURCE]
    if a == 0:
        return 0
    i: i64 = w[it + ITER_INDEX]
    if i >= w[a + BYTES_LENGTH]:
        w[it + ITER_SOURCE] = 0
        decref(m, w, a)
        return 0
    w[it + ITER_INDEX] = i + 1
    return new_int(m, byte_at(w, a + BYTES_DATA, i))


# ---------------------------------------------------------------- from other objects
def bytes_from(m: Machine, o: i64) -> bytes:
    """The host bytes of a bytes object, of what __bytes__ gives, or of an iterable of ints; CPython's errors."""
    if is_exact_bytes(m.words, o):
        return host_bytes(m, o)
    special: i64 = m.find_special(o, ID_BYTES)
    if special != 0:
        return special_bytes(m, special)
    return bytes_iterated(m, o, "bytes")


def is_exact_bytes(w: vec[i64], o: i64) -> bool:
    """True for bytes and bytearray themselves: no subclass's `__bytes__` is to be asked."""
    return w[o + OB_TYPE] == T_BYTES or w[o + OB_TYPE] == T_BYTEARRAY


def bytes_iterated(m: Machine, o: i64, kind: str) -> bytes:
    """The host bytes of bytes or of an iterable of ints; CPython's errors for the type `kind` that is made."""
    if is_bytes_like(m.words, o):
        return host_bytes(m, o)
    if is_str(m.words, o) or is_int(m.words, o):
        raise m.error(T_TYPE_ERROR, f"cannot convert '{m.type_name(o)}' object to {kind}")
    iterator: i64 = 0
    try:
        iterator = m.iter(o)
    except Raised:
        if not m.catch(T_TYPE_ERROR):
            raise
    if iterator == 0:
        raise m.error(T_TYPE_ERROR, f"cannot convert '{m.type_name(o)}' object to {kind}")
    try:
        return bytes(drain_bytes(m, iterator, "bytes" if kind == "bytes" else "byte"))
    finally:
        decref(m, m.words, iterator)


def special_bytes(m: Machine, special: i64) -> bytes:
    """What the bound __bytes__ gives; the reference to it is taken over."""
    r: i64 = 0
    try:
        r = m.call0(special)
    finally:
        decref(m, m.words, special)
    try:
        if not is_bytes(m.words, r):
            raise m.error(T_TYPE_ERROR, f"__bytes__ returned non-bytes (type {m.type_name(r)})")
        return host_bytes(m, r)
    finally:
        decref(m, m.words, r)


def drain_bytes(m: Machine, iterator: i64, noun: str) -> list[int]:
    """The ints an iterator gives, each in range(256); `noun` is what the ValueError calls them."""
    values: list[int] = []
    while True:
        o: i64 = m.next(iterator)
        if o == 0:
            return values
        try:
            values.append(byte_value(m, o, noun))
        finally:
            decref(m, m.words, o)


def byte_value(m: Machine, o: i64, noun: str) -> int:
    """The value of an integer in range(256); CPython's errors."""
    return byte_of(m, argument_index(m, o), noun)


def byte_of(m: Machine, i: i64, noun: str) -> int:
    """The value of an int object (taken over) in range(256); ValueError for others."""
    v = host_int(m, i)
    decref(m, m.words, i)
    if v < 0 or v > 255:
        raise m.error(T_VALUE_ERROR, f"{noun} must be in range(0, 256)")
    return v
