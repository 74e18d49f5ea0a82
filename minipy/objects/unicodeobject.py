"""Text: a header and the characters, packed into words.

    a+0 ob_refcnt | a+1 ob_type | a+2 ob_size | a+3 STR_HASH | a+4 STR_LENGTH | a+5 STR_DATA: characters ...

    STR_LENGTH:   length in characters << 4 | STR_INTERNED (8) or 0 | kind (1, 2 or 4)

The kind is the number of bytes of each character: the least that all of them fit (Latin-1, UCS-2, UCS-4; PEP 393).
Characters lie little-endian one after the other, 8, 4 or 2 of them a word.

Invariants
- Canonical: no smaller kind would do; the bytes behind the last character are 0. So equal texts are equal words.
- Exactly the words that hold characters matter; ob_size may be larger, room for `s += x` (unicode_concat.py).
- "" is EMPTY_STR and a Latin-1 character is its static str, for every str made here (not of a subclass).
- STR_HASH is -1 until the hash is asked for; it is deterministic.

CPython counterpart: Objects/unicodeobject.c. There is no separate ASCII layout: ASCII is kind 1.
"""

from __future__ import annotations

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
)
from minipy.memory.objalloc import new_var_instance
from minipy.memory.obmalloc import allocate
from minipy.memory.refcount import decref
from minipy.memory.statics import EMPTY_STR, LATIN1, LATIN1_STRIDE, T_STR
from minipy.memory.words import Heap, Raised, read_bytes, vec, write_bytes
from minipy.objects.interntable import find_or_add
from minipy.objects.unicode_words import char_at as char_at
from minipy.objects.unicode_words import is_str as is_str
from minipy.objects.unicode_words import order_bytes, str_bytes
from minipy.objects.unicode_words import str_equal as str_equal
from minipy.objects.unicode_words import str_hash as str_hash
from minipy.objects.unicode_words import str_kind as str_kind
from minipy.objects.unicode_words import str_length as str_length


# ---------------------------------------------------------------- reading
def host_str(heap: Heap, a: i64) -> str:
    """The text of a str (or of a subclass's instance) as a host str."""
    w = heap.words
    meta: i64 = w[a + STR_LENGTH]
    kind: i64 = meta & STR_KIND
    n: i64 = meta >> STR_KIND_BITS
    if n == 1:
        return chr(char_at(w, a, 0))
    data = read_bytes(w, a + STR_DATA, n * kind)
    if kind == 1:
        return data.decode("latin-1")
    if kind == 4:
        return data.decode("utf-32-le", "surrogatepass")
    s = data.decode("utf-16-le", "surrogatepass")
    if len(s) == n:
        return s
    return "".join([chr(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2)])


def widened(heap: Heap, a: i64, kind: i64) -> bytes:
    """The characters of the text in `kind` bytes each, at least as many as they have."""
    if str_kind(heap.words, a) == kind:
        return read_bytes(heap.words, a + STR_DATA, str_bytes(heap.words, a))
    return host_str(heap, a).encode("utf-16-le" if kind == 2 else "utf-32-le", "surrogatepass")


# ---------------------------------------------------------------- making
def pack(s: str) -> tuple[int, bytes]:
    """The kind of the text s, and its characters as bytes."""
    if s.isascii():
        return 1, s.encode("ascii")
    try:
        return 1, s.encode("latin-1")
    except UnicodeEncodeError:
        pass
    data = s.encode("utf-16-le", "surrogatepass")
    if len(data) == 2 * len(s):
        return 2, data
    return 4, s.encode("utf-32-le", "surrogatepass")


def blank_str(heap: Heap, length: i64, kind: i64) -> i64:
    """An owned str whose data words the caller writes at once, all of them. length > 0."""
    n: i64 = (length * kind + 7) >> 3
    a: i64 = allocate(heap, STR_DATA + n)
    w = heap.words
    w[a + OB_REFCNT] = 1
    w[a + OB_TYPE] = T_STR
    w[a + OB_SIZE] = n
    w[a + STR_HASH] = -1
    w[a + STR_LENGTH] = length << STR_KIND_BITS | kind
    return a


def new_str(heap: Heap, s: str) -> i64:
    """An owned str of a host text."""
    n: i64 = len(s)
    if n <= 1:
        if n == 0:
            return empty_str(heap.words)
        return new_char(heap, i64(ord(s)))
    kind, data = pack(s)
    a: i64 = blank_str(heap, n, i64(kind))
    write_bytes(heap.words, a + STR_DATA, data)
    return a


def empty_str(w: vec[i64]) -> i64:
    """The empty str, owned."""
    w[EMPTY_STR] += 1
    return EMPTY_STR


def new_char(heap: Heap, code: i64) -> i64:
    """The str of one character, owned."""
    w = heap.words
    a: i64
    if code < 256:
        a = LATIN1 + code * LATIN1_STRIDE
        w[a] += 1
        return a
    a = blank_str(heap, 1, 2 if code < 0x10000 else 4)
    heap.words[a + STR_DATA] = code
    return a


def new_str_of(heap: Heap, t: i64, s: str) -> i64:
    """An owned instance of str's subclass t (or of str itself) with the text s."""
    if t == T_STR:
        return new_str(heap, s)
    kind, data = pack(s)
    a: i64 = new_var_instance(heap, t, i64((len(data) + 7) >> 3))
    w = heap.words
    w[a + STR_HASH] = -1
    w[a + STR_LENGTH] = i64(len(s)) << STR_KIND_BITS | i64(kind)
    write_bytes(w, a + STR_DATA, data)
    return a


# ---------------------------------------------------------------- order
def str_order(heap: Heap, a: i64, b: i64) -> i64:
    """-1, 0 or 1 as the str a is less than, equal to or greater than the str b, by code points."""
    w = heap.words
    if str_kind(w, a) == 1 and str_kind(w, b) == 1:
        return order_bytes(w, a + STR_DATA, b + STR_DATA, str_length(w, a), str_length(w, b))
    s = host_str(heap, a)
    t = host_str(heap, b)
    return 0 if s == t else (-1 if s < t else 1)


# ---------------------------------------------------------------- interning
def intern(heap: Heap, s: str) -> i64:
    """The interned str of a host text, owned."""
    return intern_in_place(heap, new_str(heap, s))


def intern_in_place(heap: Heap, a: i64) -> i64:
    """The interned str equal to a, owned; takes over the caller's reference to a. A subclass's instance stays."""
    w = heap.words
    if w[a + OB_TYPE] != T_STR or w[a + STR_LENGTH] & STR_INTERNED != 0:
        return a
    n: i64 = str_length(w, a)
    found: i64 = 0
    if n == 0:
        found = empty_str(w)
    elif n == 1 and w[a + STR_LENGTH] & STR_KIND == 1:
        found = new_char(heap, char_at(w, a, 0))
    else:
        try:
            found = find_or_add(heap, a)
        except Raised:
            decref(heap, heap.words, a)
            raise
    if found != a:
        decref(heap, heap.words, a)
    return found
