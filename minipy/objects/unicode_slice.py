"""Parts of a text: substrings, indexing, slicing, iteration.

CPython counterpart: unicode_getitem, unicode_subscript, PyUnicode_Substring, unicodeiter_next of
Objects/unicodeobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    INT_VALUE,
    ITER_INDEX,
    ITER_SOURCE,
    OB_TYPE,
    STR_DATA,
    STR_KIND,
    STR_KIND_BITS,
    STR_LENGTH,
    W_SLICE_START,
    W_SLICE_STEP,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    LATIN1,
    LATIN1_STRIDE,
    T_INDEX_ERROR,
    T_INT,
    T_SLICE,
    T_STR,
    T_STR_ASCII_ITERATOR,
    T_STR_ITERATOR,
    T_TYPE_ERROR,
)
from minipy.memory.words import Heap
from minipy.objects.arguments import index_sized
from minipy.objects.ascii_case import is_ascii
from minipy.objects.machine import Machine
from minipy.objects.sliceobject import slice_adjust, slice_unpack
from minipy.objects.unicode_words import extract_bytes
from minipy.objects.unicodeobject import blank_str, char_at, empty_str, host_str, new_char, new_str, str_length


def substring(heap: Heap, a: i64, start: i64, end: i64) -> i64:
    """a[start:end] with 0 <= start, end <= length, owned; a itself if it is all of an exact str."""
    w = heap.words
    meta: i64 = w[a + STR_LENGTH]
    n: i64 = end - start
    if n <= 1:
        if n < 1:
            return empty_str(w)
        return new_char(heap, char_at(w, a, start))
    if n == meta >> STR_KIND_BITS and w[a + OB_TYPE] == T_STR:
        w[a] += 1
        return a
    if meta & STR_KIND != 1:
        return new_str(heap, host_str(heap, a)[start:end])
    r: i64 = blank_str(heap, n, 1)
    extract_bytes(heap.words, r + STR_DATA, a + STR_DATA, start, n)
    return r


def exact_str(heap: Heap, a: i64) -> i64:
    """a as an exact str, owned: itself unless it is of a subclass."""
    return substring(heap, a, 0, str_length(heap.words, a))


def str_item(heap: Heap, a: i64, i: i64) -> i64:
    """The str of character i, owned; 0 if there is none. Negative i counts from the end."""
    w = heap.words
    n: i64 = w[a + STR_LENGTH] >> STR_KIND_BITS
    if i < 0:
        i += n
    if i < 0 or i >= n:
        return 0
    code: i64 = char_at(w, a, i)
    if code > 255:
        return new_char(heap, code)
    r: i64 = LATIN1 + code * LATIN1_STRIDE
    w[r] += 1
    return r


def str_get_item(m: Machine, a: i64, key: i64) -> i64:
    """a[key] with an int or a slice, owned; CPython's TypeError and IndexError."""
    w = m.words
    t: i64 = w[key + OB_TYPE]
    r: i64
    if t == T_INT:
        r = str_item(m, a, w[key + INT_VALUE])
    elif t == T_SLICE:
        slice_unpack(m, key)
        return str_slice(m, a)
    else:
        r = str_item(m, a, str_index(m, key))
    if r == 0:
        raise m.error(T_INDEX_ERROR, "string index out of range")
    return r


def str_index(m: Machine, key: i64) -> i64:
    """The word of an index that is not an exact small int: through __index__."""
    n: i64 = m.index_object(key)
    if n == 0:
        raise m.error(T_TYPE_ERROR, f"string indices must be integers, not '{m.type_name(key)}'")
    return index_sized(m, key, n, T_INDEX_ERROR)


def str_slice(m: Machine, a: i64) -> i64:
    """a[start:stop:step] of the unpacked slice, owned."""
    w = m.words
    n: i64 = slice_adjust(w, str_length(w, a))
    start: i64 = w[W_SLICE_START]
    step: i64 = w[W_SLICE_STEP]
    if step == 1 or n <= 1:
        return substring(m, a, start, start + n)
    stop: i64 = start + n * step
    text = host_str(m, a)
    if stop < 0:
        return new_str(m, text[start::step])
    return new_str(m, text[start:stop:step])


# ---------------------------------------------------------------- iteration
def str_iter(m: Machine, a: i64) -> i64:
    """iter(a), owned; as in CPython its type tells whether the text is ASCII."""
    it: i64 = gc_alloc(m, T_STR_ASCII_ITERATOR if is_ascii(m.words, a) else T_STR_ITERATOR)
    w = m.words
    incref(w, a)
    w[it + ITER_SOURCE] = a
    return it


def str_next(m: Machine, it: i64) -> i64:
    """The next character, owned; 0 at the end, where the iterator lets go of its text."""
    w = m.words
    a: i64 = w[it + ITER_SOURCE]
    if a == 0:
        return 0
    i: i64 = w[it + ITER_INDEX]
    r: i64 = str_item(m, a, i)
    w = m.words
    if r == 0:
        w[it + ITER_SOURCE] = 0
        decref(m, w, a)
    else:
        w[it + ITER_INDEX] = i + 1
    return r
