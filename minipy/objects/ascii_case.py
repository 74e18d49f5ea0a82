"""lower() and upper() of ASCII texts, four characters at a time in the words they lie in.

    'A'..'Z' + 0x3f   sets the high bit of each byte from 'A' on      letters: the first and not the second;
    'A'..'Z' + 0x25   sets it for those beyond 'Z'                    their case is bit 0x20

CPython counterpart: ascii_upper_or_lower in Objects/unicodeobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, STR_DATA
from minipy.memory.words import Heap, vec
from minipy.objects.unicode_words import str_kind, str_length
from minipy.objects.unicodeobject import blank_str

HIGH: Final = 0x80808080
HALF: Final = 0xFFFFFFFF
FROM_UPPER_A: Final = 0x3F3F3F3F
BEYOND_UPPER_Z: Final = 0x25252525
FROM_LOWER_A: Final = 0x1F1F1F1F
BEYOND_LOWER_Z: Final = 0x05050505


def is_ascii(w: vec[i64], a: i64) -> bool:
    """Are all characters of the str below 128?"""
    if str_kind(w, a) != 1:
        return False
    i: i64 = a + STR_DATA
    end: i64 = i + ((str_length(w, a) + 7) >> 3)
    while i < end:
        if (w[i] | w[i] >> 32) & HIGH != 0:
            return False
        i += 1
    return True


def ascii_changed(heap: Heap, a: i64, lower: bool) -> i64:
    """An owned str: the ASCII text of the str `a`, which is not empty, in lower or upper case."""
    b: i64 = blank_str(heap, str_length(heap.words, a), 1)
    w = heap.words
    i: i64 = 0
    while i < w[b + OB_SIZE]:
        w[b + STR_DATA + i] = changed_word(w[a + STR_DATA + i], lower)
        i += 1
    return b


def changed_word(x: i64, lower: bool) -> i64:
    """Eight ASCII characters in lower or upper case."""
    low: i64 = x & HALF
    high: i64 = x >> 32
    return changed_half(low, lower) | changed_half(high, lower) << 32


def changed_half(x: i64, lower: bool) -> i64:
    """Four ASCII characters in lower or upper case."""
    letters: i64
    if lower:
        letters = (x + FROM_UPPER_A) & ~(x + BEYOND_UPPER_Z)
    else:
        letters = (x + FROM_LOWER_A) & ~(x + BEYOND_LOWER_Z)
    return x ^ (letters & HIGH) >> 2
