"""The static objects: singletons, small ints, one-character strings, the empty tuple, str and bytes, identifiers.

They are laid down once, at the addresses memory/statics.py names, with the count IMMORTAL; only words are written, so
this works before any type or allocator does. The identifiers become interned strings later, in typestart.

CPython counterpart: Include/internal/pycore_global_objects.h and pycore_runtime_init.h.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    GC_REFS,
    GC_REFS_UNTRACKED,
    IMMORTAL,
    INT_VALUE,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    STR_DATA,
    STR_HASH,
    STR_KIND_BITS,
    STR_LENGTH,
    WORD_BYTES,
)
from minipy.memory.statics import (
    ELLIPSIS,
    EMPTY_BYTES,
    EMPTY_STR,
    EMPTY_TUPLE,
    FALSE,
    IDENTIFIER_STRIDE,
    IDENTIFIERS,
    INT_STRIDE,
    LATIN1,
    LATIN1_STRIDE,
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    SMALL_INT_MAX,
    SMALL_INT_MIN,
    SMALL_INT_ZERO,
    T_BOOL,
    T_BYTES,
    T_ELLIPSIS,
    T_INT,
    T_NONE,
    T_NOT_IMPLEMENTED,
    T_STR,
    T_TUPLE,
    TRUE,
)
from minipy.memory.words import Heap, vec
from minipy.objects.identifiers import IDENTIFIER_NAMES


def make_static_objects(heap: Heap) -> None:
    """Write all static objects but the types; the first step of a start."""
    w = heap.words
    immortal(w, NONE, T_NONE)
    immortal(w, NOT_IMPLEMENTED_OBJECT, T_NOT_IMPLEMENTED)
    immortal(w, ELLIPSIS, T_ELLIPSIS)
    immortal(w, TRUE, T_BOOL)
    w[TRUE + INT_VALUE] = 1
    immortal(w, FALSE, T_BOOL)
    w[FALSE + INT_VALUE] = 0
    immortal(w, EMPTY_TUPLE, T_TUPLE)
    w[EMPTY_TUPLE + OB_SIZE] = 0
    w[EMPTY_TUPLE + GC_REFS] = GC_REFS_UNTRACKED
    static_str(w, EMPTY_STR, "")
    static_str(w, EMPTY_BYTES, "")
    w[EMPTY_BYTES + OB_TYPE] = T_BYTES
    w[EMPTY_BYTES + STR_LENGTH] = 0
    make_small_ints(w)
    make_static_strings(w)


def immortal(w: vec[i64], a: i64, t: i64) -> None:
    """The header of the static object at `a`."""
    w[a + OB_REFCNT] = IMMORTAL
    w[a + OB_TYPE] = t


def make_small_ints(w: vec[i64]) -> None:
    """The ints SMALL_INT_MIN .. SMALL_INT_MAX."""
    v: i64 = SMALL_INT_MIN
    while v <= SMALL_INT_MAX:
        a: i64 = SMALL_INT_ZERO + v * INT_STRIDE
        immortal(w, a, T_INT)
        w[a + INT_VALUE] = v
        v += 1


def make_static_strings(w: vec[i64]) -> None:
    """The one-character strings U+0000 .. U+00FF and the identifiers."""
    a: i64 = LATIN1
    for code in range(256):
        static_str(w, a, chr(code))
        a += LATIN1_STRIDE
    a = IDENTIFIERS
    for name in IDENTIFIER_NAMES:
        static_str(w, a, name)
        a += IDENTIFIER_STRIDE


def static_str(w: vec[i64], a: i64, text: str) -> None:
    """A Latin-1 str at `a`. Its data must fit what lies reserved there; a byte 7 of a word is below 128."""
    immortal(w, a, T_STR)
    n = len(text)
    size: i64 = (n + WORD_BYTES - 1) // WORD_BYTES
    w[a + OB_SIZE] = size
    w[a + STR_HASH] = -1
    w[a + STR_LENGTH] = (n << STR_KIND_BITS) | 1
    i: i64 = 0
    while i < size:
        w[a + STR_DATA + i] = 0
        i += 1
    shift: i64 = 0
    at: i64 = a + STR_DATA
    for character in text:
        w[at] |= ord(character) << shift
        shift += 8
        if shift == 64:
            shift = 0
            at += 1
