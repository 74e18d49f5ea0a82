"""Texts made from a text: case, padding, stripping, replacing.

Stripping whitespace and the case of ASCII letters work on words; all else lets a transient host str do the work: what
the host gives back unchanged is not copied here either.

CPython counterpart: the methods of the same names in Objects/unicodeobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import STR_DATA, W_HEAP_LIMIT, WORD_BYTES
from minipy.memory.statics import NONE, T_OVERFLOW_ERROR, T_TYPE_ERROR
from minipy.objects.arguments import require_str
from minipy.objects.ascii_case import ascii_changed, is_ascii
from minipy.objects.machine import Machine
from minipy.objects.unicode_find import matches_at
from minipy.objects.unicode_slice import exact_str, substring
from minipy.objects.unicode_split import is_space
from minipy.objects.unicode_words import byte_at
from minipy.objects.unicodeobject import host_str, is_str, new_str, str_kind, str_length

STRIP_LEFT: Final = 1
STRIP_RIGHT: Final = 2
STRIP_BOTH: Final = 3

CASE_LOWER: Final = 0
CASE_UPPER: Final = 1
CASE_CAPITALIZE: Final = 2
CASE_TITLE: Final = 3
CASE_SWAP: Final = 4
CASE_FOLD: Final = 5

IS_ALNUM: Final = 0
IS_ALPHA: Final = 1
IS_ASCII: Final = 2
IS_DECIMAL: Final = 3
IS_DIGIT: Final = 4
IS_IDENTIFIER: Final = 5
IS_LOWER: Final = 6
IS_NUMERIC: Final = 7
IS_PRINTABLE: Final = 8
IS_SPACE: Final = 9
IS_TITLE: Final = 10
IS_UPPER: Final = 11

PAD_CENTER: Final = 0
PAD_LEFT: Final = 1
PAD_RIGHT: Final = 2
PAD_ZEROS: Final = 3

HOST_LOWER: Final = str.lower
"""str.lower by the host's method table: the one mypyc would call knows no final sigma."""


def changed(m: Machine, a: i64, old: str, new: str) -> i64:
    """What the host made of a's text `old`, owned: a itself where it gave `old` back."""
    return exact_str(m, a) if new is old else new_str(m, new)


def case(m: Machine, how: i64, a: i64) -> i64:
    """a.lower() and its like, owned; `how` is a CASE_ number."""
    if how <= CASE_UPPER and is_ascii(m.words, a):
        return ascii_changed(m, a, how == CASE_LOWER)
    s = host_str(m, a)
    if how == CASE_LOWER:
        return changed(m, a, s, HOST_LOWER(s))
    if how == CASE_UPPER:
        return changed(m, a, s, s.upper())
    if how == CASE_CAPITALIZE:
        return changed(m, a, s, s.capitalize())
    if how == CASE_TITLE:
        return changed(m, a, s, s.title())
    if how == CASE_SWAP:
        return changed(m, a, s, s.swapcase())
    return changed(m, a, s, s.casefold())


def is_kind(what: i64, s: str) -> bool:
    """s.isalpha() and its like; `what` is an IS_ number."""
    if what == IS_ALNUM:
        return s.isalnum()
    if what == IS_ALPHA:
        return s.isalpha()
    if what == IS_ASCII:
        return s.isascii()
    if what == IS_DECIMAL:
        return s.isdecimal()
    if what == IS_DIGIT:
        return s.isdigit()
    if what == IS_IDENTIFIER:
        return s.isidentifier()
    if what == IS_LOWER:
        return s.islower()
    if what == IS_NUMERIC:
        return s.isnumeric()
    if what == IS_PRINTABLE:
        return s.isprintable()
    if what == IS_SPACE:
        return s.isspace()
    return s.istitle() if what == IS_TITLE else s.isupper()


# ---------------------------------------------------------------- padding
def fill_character(m: Machine, o: i64) -> str:
    """The fill argument of center, ljust and rjust; 0: a blank."""
    if o == 0:
        return " "
    w = m.words
    if not is_str(w, o):
        raise m.error(T_TYPE_ERROR, f"The fill character must be a unicode character, not {m.type_name(o)}")
    if str_length(w, o) != 1:
        raise m.error(T_TYPE_ERROR, "The fill character must be exactly one character long")
    return host_str(m, o)


def pad(m: Machine, how: i64, a: i64, width: i64, fill: i64) -> i64:
    """a.center(width, fill) and its like, owned; `how` is a PAD_ number."""
    character = fill_character(m, fill)
    w = m.words
    if width <= str_length(w, a):
        return exact_str(m, a)
    m.require(width)
    s = host_str(m, a)
    if how == PAD_CENTER:
        return new_str(m, s.center(int(width), character))
    if how == PAD_LEFT:
        return new_str(m, s.ljust(int(width), character))
    return new_str(m, s.rjust(int(width), character) if how == PAD_RIGHT else s.zfill(int(width)))


def expand_tabs(m: Machine, a: i64, size: i64) -> i64:
    """a.expandtabs(size), owned."""
    s = host_str(m, a)
    if size > m.words[W_HEAP_LIMIT] * WORD_BYTES and "\t" in s:
        raise m.error(T_OVERFLOW_ERROR, "new string is too long")
    return changed(m, a, s, s.expandtabs(int(size)) if "\t" in s else s)


# ---------------------------------------------------------------- stripping, replacing
def strip(m: Machine, how: i64, a: i64, characters: i64) -> i64:
    """a.strip(characters), lstrip or rstrip, owned; characters 0 or None: whitespace."""
    w = m.words
    if characters != 0 and characters != NONE and not is_str(w, characters):
        name = "strip" if how == STRIP_BOTH else ("lstrip" if how == STRIP_LEFT else "rstrip")
        raise m.error(T_TYPE_ERROR, f"{name} arg must be None or str")
    spaces = characters == 0 or characters == NONE
    if not spaces or str_kind(w, a) != 1:
        return strip_host(m, how, a, None if spaces else host_str(m, characters))
    at: i64 = a + STR_DATA
    start: i64 = 0
    end: i64 = str_length(w, a)
    if how & STRIP_LEFT != 0:
        while start < end and is_space(byte_at(w, at, start)):
            start += 1
    if how & STRIP_RIGHT != 0:
        while end > start and is_space(byte_at(w, at, end - 1)):
            end -= 1
    return substring(m, a, start, end)


def strip_host(m: Machine, how: i64, a: i64, characters: str | None) -> i64:
    """As strip, by way of the host."""
    s = host_str(m, a)
    if how == STRIP_BOTH:
        return changed(m, a, s, s.strip(characters))
    return changed(m, a, s, s.lstrip(characters) if how == STRIP_LEFT else s.rstrip(characters))


def remove_affix(m: Machine, a: i64, affix: i64, front: bool) -> i64:
    """a.removeprefix(affix), or removesuffix, owned."""
    w = m.words
    require_str(m, affix, "removeprefix() argument" if front else "removesuffix() argument")
    n: i64 = str_length(w, a)
    k: i64 = str_length(w, affix)
    if front:
        return substring(m, a, k, n) if matches_at(m, a, 0, affix) else exact_str(m, a)
    return substring(m, a, 0, n - k) if n >= k and matches_at(m, a, n - k, affix) else exact_str(m, a)


def replace(m: Machine, a: i64, old: i64, new: i64, most: i64) -> i64:
    """a.replace(old, new, most), owned; most < 0: no limit."""
    w = m.words
    require_str(m, old, "replace() argument 1")
    require_str(m, new, "replace() argument 2")
    s = host_str(m, a)
    text = host_str(m, old)
    places: i64 = s.count(text)
    if places == 0:
        return exact_str(m, a)
    if most >= 0 and most < places:
        places = most
    if places * str_length(w, new) > w[W_HEAP_LIMIT] * WORD_BYTES:
        raise m.no_memory()
    return changed(m, a, s, s.replace(text, host_str(m, new), int(most)))
