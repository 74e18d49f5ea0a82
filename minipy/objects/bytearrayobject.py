"""bytearray: bytes that change, in a buffer of their own.

    a+0 ob_refcnt | a+1 ob_type | a+2 LIST_LENGTH, in bytes | a+3 LIST_ALLOCATED, in words | a+4 LIST_ITEMS -> bytes ...

Single bytes are read and written in their words; parts go by way of transient host bytes, no more than what moves.

Invariants
- The buffer, if there is one, has at least (length + 7) >> 3 words; behind the last byte they are undefined.
- What a program's `__index__` or iterator may change, the length and the place of the bytes, is read after it has run.

CPython counterpart: Objects/bytearrayobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    INT_VALUE,
    LIST_ALLOCATED,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_TYPE,
    W_SLICE_START,
    W_SLICE_STEP,
)
from minipy.memory.obmalloc import allocate, free, reallocate
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    T_BUFFER_ERROR,
    T_BYTEARRAY,
    T_INDEX_ERROR,
    T_INT,
    T_SLICE,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Heap, Raised, write_bytes
from minipy.objects.bytesobject import byte_value, bytes_iterated, every_byte, host_bytes, is_bytes_like, repeat_size
from minipy.objects.longobject import is_int, new_instance_of, new_int
from minipy.objects.machine import Machine
from minipy.objects.packed import read_part, set_byte, write_part
from minipy.objects.sliceobject import slice_indices, subscript_index
from minipy.objects.unicode_words import byte_at
from minipy.objects.unicodeobject import is_str, new_str


# ---------------------------------------------------------------- making and sizes
def new_bytearray(heap: Heap, data: bytes) -> i64:
    """An owned bytearray."""
    return new_bytearray_of(heap, T_BYTEARRAY, data)


def new_bytearray_of(heap: Heap, t: i64, data: bytes) -> i64:
    """An owned instance of bytearray or its subclass t."""
    a: i64 = new_instance_of(heap, t)
    try:
        set_contents(heap, a, data)
    except Raised:
        decref(heap, heap.words, a)
        raise
    return a


def reserve(heap: Heap, a: i64, n: i64) -> None:
    """Make room for n bytes; some more, if that is more than there is."""
    w = heap.words
    words: i64 = (n + 7) >> 3
    old: i64 = w[a + LIST_ALLOCATED]
    if words <= old:
        return
    words += words >> 3
    buffer: i64 = allocate(heap, words) if old == 0 else reallocate(heap, w[a + LIST_ITEMS], old, words)
    w = heap.words
    w[a + LIST_ITEMS] = buffer
    w[a + LIST_ALLOCATED] = words


def set_contents(heap: Heap, a: i64, data: bytes) -> None:
    """Make `data` all that a holds."""
    n: i64 = len(data)
    if n == 0:
        clear_contents(heap, a)
        return
    reserve(heap, a, n)
    w = heap.words
    write_bytes(w, w[a + LIST_ITEMS], data)
    w[a + LIST_LENGTH] = n


def clear_contents(heap: Heap, a: i64) -> None:
    """a.clear(): the buffer is given back."""
    w = heap.words
    buffer: i64 = w[a + LIST_ITEMS]
    size: i64 = w[a + LIST_ALLOCATED]
    w[a + LIST_LENGTH] = 0
    w[a + LIST_ITEMS] = 0
    w[a + LIST_ALLOCATED] = 0
    if buffer != 0:
        free(heap, w, buffer, size)


def append_byte(heap: Heap, a: i64, v: i64) -> None:
    """Put the byte v behind the last one."""
    n: i64 = heap.words[a + LIST_LENGTH]
    reserve(heap, a, n + 1)
    w = heap.words
    set_byte(w, w[a + LIST_ITEMS], n, v)
    w[a + LIST_LENGTH] = n + 1


def byte_argument(m: Machine, o: i64) -> i64:
    """The value of an integer in range(256); CPython's errors."""
    if m.words[o + OB_TYPE] != T_INT:
        return byte_value(m, o, "byte")
    v: i64 = m.words[o + INT_VALUE]
    if v < 0 or v > 255:
        raise m.error(T_VALUE_ERROR, "byte must be in range(0, 256)")
    return v


# ---------------------------------------------------------------- subscripts
def place(m: Machine, a: i64, key: i64) -> i64:
    """The place of a[key] for a key that is no slice, within the bytes."""
    i: i64 = m.words[key + INT_VALUE] if m.words[key + OB_TYPE] == T_INT else subscript_index(m, key, "bytearray")
    n: i64 = m.words[a + LIST_LENGTH]
    if i < 0:
        i += n
    if i < 0 or i >= n:
        raise m.error(T_INDEX_ERROR, "bytearray index out of range")
    return i


def bytearray_get_item(m: Machine, a: i64, key: i64) -> i64:
    """a[key]: an int, or a bytearray for a slice."""
    if m.words[key + OB_TYPE] == T_SLICE:
        return bytearray_slice(m, a, key)
    i: i64 = place(m, a, key)
    return new_int(m, byte_at(m.words, m.words[a + LIST_ITEMS], i))


def bytearray_slice(m: Machine, a: i64, s: i64) -> i64:
    """a[start:stop:step], owned."""
    count: i64 = slice_indices(m, s, m.words[a + LIST_LENGTH])
    w = m.words
    return new_bytearray(m, every_byte(w, w[a + LIST_ITEMS], w[W_SLICE_START], w[W_SLICE_STEP], count))


def bytearray_set_item(m: Machine, a: i64, key: i64, value: i64) -> None:
    """a[key] = value: a byte, or bytes for a slice."""
    if m.words[key + OB_TYPE] == T_SLICE:
        set_slice(m, a, key, value)
        return
    i: i64 = place(m, a, key)
    v: i64 = byte_argument(m, value)
    w = m.words
    if i < w[a + LIST_LENGTH]:
        set_byte(w, w[a + LIST_ITEMS], i, v)


def set_slice(m: Machine, a: i64, s: i64, value: i64) -> None:
    """a[start:stop:step] = value; with a step the lengths must agree, or nothing takes the place of the bytes."""
    data = slice_value(m, value)
    count: i64 = slice_indices(m, s, m.words[a + LIST_LENGTH])
    w = m.words
    start: i64 = w[W_SLICE_START]
    step: i64 = w[W_SLICE_STEP]
    if step == 1:
        replace_bytes(m, a, start, count, data)
    elif len(data) == 0:
        delete_every(m, a, start, step, count)
    elif len(data) != count:
        text = f"attempt to assign bytes of size {len(data)} to extended slice of size {int(count)}"
        raise m.error(T_VALUE_ERROR, text)
    else:
        for i in range(len(data)):
            set_byte(w, w[a + LIST_ITEMS], start + i * step, i64(data[i]))


def slice_value(m: Machine, value: i64) -> bytes:
    """What is assigned to a slice: bytes, or an iterable of them; CPython's errors."""
    if is_bytes_like(m.words, value):
        return host_bytes(m, value)
    if is_int(m.words, value) or is_str(m.words, value):
        raise m.error(T_TYPE_ERROR, "can assign only bytes, buffers, or iterables of ints in range(0, 256)")
    return bytes_iterated(m, value, "bytearray")


def bytearray_del_item(m: Machine, a: i64, key: i64) -> None:
    """del a[key]."""
    if m.words[key + OB_TYPE] != T_SLICE:
        replace_bytes(m, a, place(m, a, key), 1, b"")
        return
    count: i64 = slice_indices(m, key, m.words[a + LIST_LENGTH])
    w = m.words
    if w[W_SLICE_STEP] == 1:
        replace_bytes(m, a, w[W_SLICE_START], count, b"")
    else:
        delete_every(m, a, w[W_SLICE_START], w[W_SLICE_STEP], count)


def delete_every(heap: Heap, a: i64, start: i64, step: i64, count: i64) -> None:
    """Take `count` bytes out of a, every step-th (not 0) from `start` on."""
    if count > 0:
        mine = bytearray(host_bytes(heap, a))
        stop: i64 = start + count * step
        del mine[int(start) : int(stop) if stop >= 0 else None : int(step)]
        set_contents(heap, a, bytes(mine))


def replace_bytes(heap: Heap, a: i64, start: i64, count: i64, data: bytes) -> None:
    """a[start : start + count] = data, in range; what lies behind moves. Allocates nothing if a does not grow."""
    w = heap.words
    end: i64 = start + count
    n: i64 = w[a + LIST_LENGTH] - count + len(data)
    if n == 0:
        clear_contents(heap, a)
        return
    if len(data) != count:
        data += read_part(w, w[a + LIST_ITEMS], end, w[a + LIST_LENGTH] - end)
    reserve(heap, a, n)
    w = heap.words
    write_part(w, w[a + LIST_ITEMS], start, data)
    w[a + LIST_LENGTH] = n


def append_bytes(heap: Heap, a: i64, data: bytes) -> None:
    """Put `data` behind the last byte."""
    replace_bytes(heap, a, heap.words[a + LIST_LENGTH], 0, data)


# ---------------------------------------------------------------- operators
def bytearray_concat(m: Machine, a: i64, b: i64) -> i64:
    """a + b, owned."""
    return new_bytearray(m, host_bytes(m, a) + operand(m, b, "bytearray"))


def operand(m: Machine, b: i64, to: str) -> bytes:
    """What is added; TypeError unless it is bytes or a bytearray."""
    if not is_bytes_like(m.words, b):
        raise m.error(T_TYPE_ERROR, f"can't concat {m.type_name(b)} to {to}")
    return host_bytes(m, b)


def bytearray_repeat(m: Machine, a: i64, count: i64) -> i64:
    """a * count, owned."""
    return new_bytearray(m, host_bytes(m, a) * repeat_size(m, m.words[a + LIST_LENGTH], count))


def bytearray_inplace_concat(m: Machine, a: i64, b: i64) -> i64:
    """a += b; a itself, owned. As in CPython, b is held while a grows, so a cannot be added to itself."""
    if a == b and m.words[a + LIST_LENGTH] > 0:
        raise m.error(T_BUFFER_ERROR, "Existing exports of data: object cannot be re-sized")
    append_bytes(m, a, operand(m, b, m.type_name(a)))
    incref(m.words, a)
    return a


def bytearray_inplace_repeat(m: Machine, a: i64, count: i64) -> i64:
    """a *= count; a itself, owned."""
    set_contents(m, a, host_bytes(m, a) * repeat_size(m, m.words[a + LIST_LENGTH], count))
    incref(m.words, a)
    return a


def bytearray_repr(m: Machine, a: i64) -> i64:
    """repr(a): bytearray(b'...'), with the name of a's class."""
    return new_str(m, m.type_name(a) + repr(bytearray(host_bytes(m, a)))[len("bytearray") :])
