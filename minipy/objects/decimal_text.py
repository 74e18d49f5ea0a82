"""Word ints from and to decimal digits in ASCII, word by word: no text or number of the host lies in between.

    -1207    '-'  '1'  '2'  '0'  '7'    eight characters a word, the first in the low byte

CPython counterpart: the short cases of long_to_decimal_string and PyLong_FromString in Objects/longobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, STR_DATA
from minipy.memory.words import Heap, fill_words, vec
from minipy.objects.unicode_words import byte_at, str_kind, str_length
from minipy.objects.unicodeobject import blank_str, new_char

ZERO: Final = 48
NINE: Final = 57
MINUS: Final = 45
MOST_DIGITS: Final = 18
"""As many digits as any number may have and be a word int."""
NO_WORD: Final = 1 << 62


def word_text(heap: Heap, v: i64) -> i64:
    """str(v) of a word int, owned."""
    if 0 <= v and v <= 9:
        return new_char(heap, ZERO + v)
    rest: i64 = v if v > 0 else 0 - v
    n: i64 = digits_of(rest) + (1 if v < 0 else 0)
    a: i64 = blank_str(heap, n, 1)
    w = heap.words
    fill_words(w, a + STR_DATA, w[a + OB_SIZE], 0)
    if v < 0:
        w[a + STR_DATA] = MINUS
    i: i64 = n
    while rest > 0:
        i -= 1
        w[a + STR_DATA + (i >> 3)] |= (ZERO + rest % 10) << ((i & 7) * 8)
        rest //= 10
    return a


def digits_of(v: i64) -> i64:
    """How many decimal digits v > 0 has."""
    n: i64 = 1
    while v >= 10:
        v //= 10
        n += 1
    return n


def word_from_text(w: vec[i64], a: i64) -> i64:
    """The number that a str of a few ASCII digits, perhaps with a minus in front, spells; NO_WORD: something else."""
    n: i64 = str_length(w, a)
    i: i64 = 1 if n > 1 and byte_at(w, a + STR_DATA, 0) == MINUS else 0
    negative: bool = i == 1
    if str_kind(w, a) != 1 or n == 0 or n > MOST_DIGITS:
        return NO_WORD
    v: i64 = 0
    while i < n:
        digit: i64 = byte_at(w, a + STR_DATA, i)
        if digit < ZERO or digit > NINE:
            return NO_WORD
        v = v * 10 + digit - ZERO
        i += 1
    return 0 - v if negative else v
