"""str as a program sees it: constructor, methods, text.

The table METHODS is the only place that names a method; `call` finds its implementation by the number.

CPython counterpart: unicode_methods and unicode_new of Objects/unicodeobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, OB_TYPE, TP_SOLID, TUPLE_ITEMS
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_STR, T_TUPLE, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.objects.arguments import argument_word, host_argument, require_str
from minipy.objects.bytesobject import host_bytes, is_bytes_like, new_bytes
from minipy.objects.formatting import format_str
from minipy.objects.list_methods import list_to_join
from minipy.objects.longobject import new_bool, new_int
from minipy.objects.machine import Machine
from minipy.objects.printf import ascii_text
from minipy.objects.spans import is_sequence, sequence_items, sequence_length
from minipy.objects.str_format import format_map, str_format
from minipy.objects.tupleobject import tuple_of_owned
from minipy.objects.unicode_codec import decode, encode
from minipy.objects.unicode_concat import join_items
from minipy.objects.unicode_find import (
    count_text,
    find_text,
    first_place,
    last_place,
    matches_at,
    rfind_text,
    text_argument,
)
from minipy.objects.unicode_split import partition, rsplit, split, splitlines
from minipy.objects.unicode_transform import (
    CASE_CAPITALIZE,
    CASE_FOLD,
    CASE_LOWER,
    CASE_SWAP,
    CASE_TITLE,
    CASE_UPPER,
    STRIP_BOTH,
    STRIP_LEFT,
    STRIP_RIGHT,
    case,
    expand_tabs,
    is_kind,
    pad,
    remove_affix,
    replace,
    strip,
)
from minipy.objects.unicode_translate import maketrans, translate
from minipy.objects.unicodeobject import host_str, is_str, new_str, new_str_of, str_length

STR_LOWER: Final = CASE_LOWER
STR_UPPER: Final = CASE_UPPER
STR_CAPITALIZE: Final = CASE_CAPITALIZE
STR_TITLE: Final = CASE_TITLE
STR_SWAPCASE: Final = CASE_SWAP
STR_CASEFOLD: Final = CASE_FOLD
STR_IS: Final = 6  # and the numbers of the IS_ predicates from here on
STR_PAD: Final = 18  # and the numbers of the PAD_ methods
STR_JOIN: Final = 22
STR_SPLIT: Final = 23
STR_RSPLIT: Final = 24
STR_SPLITLINES: Final = 25
STR_STRIP: Final = 26
STR_LSTRIP: Final = 27
STR_RSTRIP: Final = 28
STR_REPLACE: Final = 29
STR_STARTSWITH: Final = 30
STR_ENDSWITH: Final = 31
STR_FIND: Final = 32
STR_RFIND: Final = 33
STR_INDEX: Final = 34
STR_RINDEX: Final = 35
STR_COUNT: Final = 36
STR_PARTITION: Final = 37
STR_RPARTITION: Final = 38
STR_REMOVEPREFIX: Final = 39
STR_REMOVESUFFIX: Final = 40
STR_EXPANDTABS: Final = 41
STR_ENCODE: Final = 42
STR_FORMAT: Final = 43
STR_FORMAT_MAP: Final = 44
STR_TRANSLATE: Final = 45
STR_FORMAT_SPECIAL: Final = 46
STR_MAKETRANS: Final = 47
STR_GETNEWARGS: Final = 48
METHODS: Final = (
    (STR_LOWER, "lower", 0, 0, ""),
    (STR_UPPER, "upper", 0, 0, ""),
    (STR_CAPITALIZE, "capitalize", 0, 0, ""),
    (STR_TITLE, "title", 0, 0, ""),
    (STR_SWAPCASE, "swapcase", 0, 0, ""),
    (STR_CASEFOLD, "casefold", 0, 0, ""),
    (STR_IS + 0, "isalnum", 0, 0, ""),
    (STR_IS + 1, "isalpha", 0, 0, ""),
    (STR_IS + 2, "isascii", 0, 0, ""),
    (STR_IS + 3, "isdecimal", 0, 0, ""),
    (STR_IS + 4, "isdigit", 0, 0, ""),
    (STR_IS + 5, "isidentifier", 0, 0, ""),
    (STR_IS + 6, "islower", 0, 0, ""),
    (STR_IS + 7, "isnumeric", 0, 0, ""),
    (STR_IS + 8, "isprintable", 0, 0, ""),
    (STR_IS + 9, "isspace", 0, 0, ""),
    (STR_IS + 10, "istitle", 0, 0, ""),
    (STR_IS + 11, "isupper", 0, 0, ""),
    (STR_PAD + 0, "center", 1, 2, ""),
    (STR_PAD + 1, "ljust", 1, 2, ""),
    (STR_PAD + 2, "rjust", 1, 2, ""),
    (STR_PAD + 3, "zfill", 1, 1, ""),
    (STR_JOIN, "join", 1, 1, ""),
    (STR_SPLIT, "split", 0, 2, "sep maxsplit"),
    (STR_RSPLIT, "rsplit", 0, 2, "sep maxsplit"),
    (STR_SPLITLINES, "splitlines", 0, 1, "keepends"),
    (STR_STRIP, "strip", 0, 1, ""),
    (STR_LSTRIP, "lstrip", 0, 1, ""),
    (STR_RSTRIP, "rstrip", 0, 1, ""),
    (STR_REPLACE, "replace", 2, 3, ""),
    (STR_STARTSWITH, "startswith", 1, 3, ""),
    (STR_ENDSWITH, "endswith", 1, 3, ""),
    (STR_FIND, "find", 1, 3, ""),
    (STR_RFIND, "rfind", 1, 3, ""),
    (STR_INDEX, "index", 1, 3, ""),
    (STR_RINDEX, "rindex", 1, 3, ""),
    (STR_COUNT, "count", 1, 3, ""),
    (STR_PARTITION, "partition", 1, 1, ""),
    (STR_RPARTITION, "rpartition", 1, 1, ""),
    (STR_REMOVEPREFIX, "removeprefix", 1, 1, ""),
    (STR_REMOVESUFFIX, "removesuffix", 1, 1, ""),
    (STR_EXPANDTABS, "expandtabs", 0, 1, "tabsize"),
    (STR_ENCODE, "encode", 0, 2, "encoding errors"),
    (STR_FORMAT, "format", 0, -1, "* **"),
    (STR_FORMAT_MAP, "format_map", 1, 1, ""),
    (STR_TRANSLATE, "translate", 1, 1, ""),
    (STR_FORMAT_SPECIAL, "__format__", 1, 1, ""),
    (STR_GETNEWARGS, "__getnewargs__", 0, 0, ""),
)
STATIC_METHODS: Final = ((STR_MAKETRANS, "maketrans", 1, 3, ""),)

NEW: Final = (0, 3, "object encoding errors")


# ---------------------------------------------------------------- constructor, text
def new(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """str(object="", encoding=..., errors=...) for the class t, owned; three words at `at`, 0 if not given."""
    w = m.words
    o: i64 = w[at]
    if w[at + 1] != 0 or w[at + 2] != 0:
        return new_str_of(m, t, decoded(m, o, w[at + 1], w[at + 2]))
    if o == 0:
        return new_str_of(m, t, "")
    r: i64 = m.str(o)
    if t == T_STR:
        return r
    try:
        return new_str_of(m, t, host_str(m, r))
    finally:
        decref(m, m.words, r)


def decoded(m: Machine, o: i64, encoding: i64, errors: i64) -> str:
    """The text of bytes in an encoding; CPython's TypeErrors."""
    codec = host_argument(m, encoding, "utf-8", "str() argument 'encoding'")
    handler = host_argument(m, errors, "strict", "str() argument 'errors'")
    if o == 0:
        return ""
    if is_str(m.words, o):
        raise m.error(T_TYPE_ERROR, "decoding str is not supported")
    if not is_bytes_like(m.words, o):
        raise m.error(T_TYPE_ERROR, f"decoding to str: need a bytes-like object, {m.type_name(o)} found")
    return decode(m, host_bytes(m, o), codec, handler)


def str_repr(m: Machine, a: i64) -> i64:
    """repr(a), owned."""
    return new_str(m, repr(host_str(m, a)))


def str_ascii(m: Machine, a: i64) -> i64:
    """The str a (a repr) with escapes for all that is not ASCII, owned; a itself if there is nothing to escape."""
    text = host_str(m, a)
    if text.isascii():
        incref(m.words, a)
        return a
    return new_str(m, ascii_text(text))


# ---------------------------------------------------------------- methods
def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The method `number` with the n borrowed arguments at `at`, self first; owned result."""
    w = m.words
    a: i64 = w[at]
    if number < STR_IS:
        return case(m, number, a)
    if number < STR_PAD:
        return new_bool(w, is_kind(number - STR_IS, host_str(m, a)))
    if number < STR_JOIN:
        width: i64 = argument_word(m, w[at + 1])
        return pad(m, number - STR_PAD, a, width, m.words[at + 2] if n > 2 else 0)
    if number == STR_JOIN:
        return join(m, a, w[at + 1])
    if number == STR_SPLIT:
        return split(m, a, w[at + 1], limit(m, w[at + 2]))
    if number == STR_STRIP:
        return strip(m, STRIP_BOTH, a, w[at + 1] if n > 1 else 0)
    if number == STR_REPLACE:
        require_str(m, w[at + 1], "replace() argument 1")
        require_str(m, w[at + 2], "replace() argument 2")
        return replace(m, a, w[at + 1], w[at + 2], argument_word(m, w[at + 3]) if n > 3 else -1)
    if number == STR_STARTSWITH or number == STR_ENDSWITH:
        return new_bool(w, tail_match(m, at, n, number == STR_STARTSWITH))
    if number >= STR_FIND and number <= STR_COUNT:
        return new_int(m, search(m, number, at, n))
    if number == STR_FORMAT:
        return str_format(m, a, at + 1, n - 2, w[at + n - 1])
    return call_rare(m, number, at, n)


def call_rare(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """As `call`, for the methods used less often."""
    w = m.words
    a: i64 = w[at]
    if number == STR_RSPLIT:
        return rsplit(m, a, w[at + 1], limit(m, w[at + 2]))
    if number == STR_SPLITLINES:
        keep = w[at + 1] != 0 and argument_word(m, w[at + 1]) != 0
        return splitlines(m, a, keep)
    if number == STR_LSTRIP or number == STR_RSTRIP:
        return strip(m, STRIP_LEFT if number == STR_LSTRIP else STRIP_RIGHT, a, w[at + 1] if n > 1 else 0)
    if number == STR_PARTITION or number == STR_RPARTITION:
        return partition(m, a, w[at + 1], number == STR_RPARTITION)
    if number == STR_REMOVEPREFIX or number == STR_REMOVESUFFIX:
        return remove_affix(m, a, w[at + 1], number == STR_REMOVEPREFIX)
    if number == STR_EXPANDTABS:
        return expand_tabs(m, a, 8 if w[at + 1] == 0 else argument_word(m, w[at + 1]))
    if number == STR_ENCODE:
        return encoded(m, a, w[at + 1], w[at + 2])
    if number == STR_FORMAT_MAP:
        return format_map(m, a, w[at + 1])
    if number == STR_TRANSLATE:
        return translate(m, a, w[at + 1])
    if number == STR_MAKETRANS:
        return maketrans(m, a, w[at + 1] if n > 1 else 0, w[at + 2] if n > 2 else 0)
    if number == STR_GETNEWARGS:
        return tuple_of_owned(m, new_str(m, host_str(m, a)))
    require_str(m, w[at + 1], "__format__() argument")
    return format_str(m, a, w[at + 1])


def limit(m: Machine, o: i64) -> i64:
    """The maxsplit argument, -1 if it was not given."""
    return -1 if o == 0 else argument_word(m, o)


def encoded(m: Machine, a: i64, encoding: i64, errors: i64) -> i64:
    """a.encode(encoding, errors), owned."""
    codec = host_argument(m, encoding, "utf-8", "encode() argument 'encoding'")
    handler = host_argument(m, errors, "strict", "encode() argument 'errors'")
    return new_bytes(m, encode(m, host_str(m, a), codec, handler))


def join(m: Machine, a: i64, iterable: i64) -> i64:
    """a.join(iterable), owned; another iterable than a list or tuple is read into a list first."""
    if is_sequence(m.words, iterable):
        return join_items(m, a, sequence_items(m.words, iterable), sequence_length(m.words, iterable))
    items: i64 = list_to_join(m, iterable)
    try:
        return join_items(m, a, sequence_items(m.words, items), sequence_length(m.words, items))
    finally:
        decref(m, m.words, items)


def search(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """find, rfind, index, rindex and count."""
    w = m.words
    a: i64 = w[at]
    b: i64 = w[at + 1]
    length: i64 = str_length(w, a)
    start: i64 = first_place(m, w[at + 2], length) if n > 2 else 0
    end: i64 = last_place(m, m.words[at + 3], length) if n > 3 else length
    text_argument(m, b)
    if number == STR_COUNT:
        return count_text(m, a, b, start, end)
    i: i64
    if number == STR_FIND or number == STR_INDEX:
        i = find_text(m, a, b, start, end)
    else:
        i = rfind_text(m, a, b, start, end)
    if i < 0 and (number == STR_INDEX or number == STR_RINDEX):
        raise m.error(T_VALUE_ERROR, "substring not found")
    return i


def tail_match(m: Machine, at: i64, n: i64, front: bool) -> bool:
    """startswith or endswith, for a str or a tuple of them."""
    w = m.words
    a: i64 = w[at]
    length: i64 = str_length(w, a)
    start: i64 = first_place(m, w[at + 2], length) if n > 2 else 0
    end: i64 = last_place(m, m.words[at + 3], length) if n > 3 else length
    b: i64 = m.words[at + 1]
    w = m.words
    if is_str(w, b):
        return matches_between(m, a, b, start, end, front)
    name = "startswith" if front else "endswith"
    if w[w[b + OB_TYPE] + TP_SOLID] != T_TUPLE:
        raise m.error(T_TYPE_ERROR, f"{name} first arg must be str or a tuple of str, not {m.type_name(b)}")
    i: i64 = 0
    while i < w[b + OB_SIZE]:
        o: i64 = w[b + TUPLE_ITEMS + i]
        if not is_str(w, o):
            raise m.error(T_TYPE_ERROR, f"tuple for {name} must only contain str, not {m.type_name(o)}")
        if matches_between(m, a, o, start, end, front):
            return True
        i += 1
    return False


def matches_between(m: Machine, a: i64, b: i64, start: i64, end: i64, front: bool) -> bool:
    """Whether a[start:end] begins (front) or ends with b."""
    k: i64 = str_length(m.words, b)
    if end - start < k:
        return False
    return matches_at(m, a, start if front else end - k, b)
