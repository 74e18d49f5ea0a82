"""str.translate and str.maketrans.

CPython counterpart: _PyUnicode_TranslateCharmap and unicode_maketrans_impl of Objects/unicodeobject.c. As there for
ASCII, each character is looked up once.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_LOOKUP_ERROR, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.arguments import require_str
from minipy.objects.dictobject import dict_set, is_dict, new_dict
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, dict_next, entry_at
from minipy.objects.longobject import host_int, is_int, new_int
from minipy.objects.machine import Machine
from minipy.objects.unicode_transform import changed
from minipy.objects.unicodeobject import char_at, host_str, is_str, str_length


# ---------------------------------------------------------------- translate
def translate(m: Machine, a: i64, table: i64) -> i64:
    """a.translate(table), owned: table[code point] gives an int, a str, or None to delete; a LookupError keeps."""
    s = host_str(m, a)
    known: dict[str, str] = {}
    parts: list[str] = []
    for c in s:
        if c not in known:
            known[c] = translated(m, c, table)
        parts.append(known[c])
    return changed(m, a, s, "".join(parts))


def translated(m: Machine, c: str, table: i64) -> str:
    """What the table makes of the character c."""
    code: i64 = new_int(m, ord(c))
    r: i64 = 0
    try:
        r = m.get_item(table, code)
    except Raised:
        if not m.catch(T_LOOKUP_ERROR):
            raise
    finally:
        decref(m, m.words, code)
    if r == 0:
        return c
    try:
        return replacement(m, r)
    finally:
        decref(m, m.words, r)


def replacement(m: Machine, r: i64) -> str:
    """The text for a value of the table."""
    w = m.words
    if r == NONE:
        return ""
    if is_str(w, r):
        return host_str(m, r)
    if not is_int(w, r):
        raise m.error(T_TYPE_ERROR, "character mapping must return integer, None or str")
    v = host_int(m, r)
    if v < 0 or v > 0x10FFFF:
        raise m.error(T_VALUE_ERROR, "character mapping must be in range(0x110000)")
    return chr(v)


# ---------------------------------------------------------------- maketrans
def maketrans(m: Machine, x: i64, y: i64, z: i64) -> i64:
    """str.maketrans(x, y, z), an owned dict; y and z are 0 if they were not given."""
    d: i64 = new_dict(m)
    try:
        if y == 0:
            from_dict(m, d, x)
        else:
            from_texts(m, d, x, y, z)
    except Raised:
        decref(m, m.words, d)
        raise
    return d


def from_dict(m: Machine, d: i64, x: i64) -> None:
    """Enter the pairs of a dict whose keys are characters or code points."""
    if not is_dict(m.words, x):
        raise m.error(T_TYPE_ERROR, "if you give only one argument to maketrans it must be a dict")
    i: i64 = dict_next(m.words, x, 0)
    while i >= 0:
        w = m.words
        e: i64 = entry_at(w, x, i)
        enter(m, d, w[e + ENTRY_KEY], w[e + ENTRY_VALUE])
        i = dict_next(m.words, x, i + 1)


def enter(m: Machine, d: i64, key: i64, value: i64) -> None:
    """Enter one pair of a dict."""
    w = m.words
    if is_str(w, key):
        if str_length(w, key) != 1:
            raise m.error(T_VALUE_ERROR, "string keys in translate table must be of length 1")
        enter_code(m, d, char_at(w, key, 0), value)
    elif is_int(w, key):
        dict_set(m, d, key, value)
    else:
        raise m.error(T_TYPE_ERROR, "keys in translate table must be strings or integers")


def enter_code(m: Machine, d: i64, code: i64, value: i64) -> None:
    """d[code] = value, which is borrowed."""
    key: i64 = new_int(m, code)
    try:
        dict_set(m, d, key, value)
    finally:
        decref(m, m.words, key)


def from_texts(m: Machine, d: i64, x: i64, y: i64, z: i64) -> None:
    """Enter pairs of characters of x and y, and deletions for those of z."""
    w = m.words
    require_str(m, y, "maketrans() argument 2")
    if z != 0:
        require_str(m, z, "maketrans() argument 3")
    if not is_str(w, x):
        raise m.error(T_TYPE_ERROR, "first maketrans argument must be a string if there is a second argument")
    n: i64 = str_length(w, x)
    if n != str_length(w, y):
        raise m.error(T_VALUE_ERROR, "the first two maketrans arguments must have equal length")
    k: i64 = 0
    while k < n:
        value: i64 = new_int(m, char_at(m.words, y, k))
        try:
            enter_code(m, d, char_at(m.words, x, k), value)
        finally:
            decref(m, m.words, value)
        k += 1
    if z != 0:
        k = 0
        while k < str_length(m.words, z):
            enter_code(m, d, char_at(m.words, z, k), NONE)
            k += 1
