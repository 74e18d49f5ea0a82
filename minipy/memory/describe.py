"""Naming objects and blocks in sentences for people: the checker's, and any other tool's.

    describe(w, a)      "str 300120 'abc'"   "int 267184 = 300"   "Node 270339"   "object 1234" (its type has no name)

Reads words only, allocates nothing, and trusts nothing but the addresses it is given.

CPython counterpart: _PyObject_Dump (Objects/object.c).
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    GC_HEAD_WORDS,
    INT_VALUE,
    OB_TYPE,
    STR_DATA,
    STR_KIND,
    STR_KIND_BITS,
    STR_LENGTH,
    TP_FLAGS,
    TP_MODULE,
    TP_NAME,
    TPFLAGS_HEAPTYPE,
    TYPE_WORDS,
)
from minipy.memory.layout_modules import TPFLAGS_SEALED
from minipy.memory.statics import FIRST_TYPE, T_INT, T_RANDOM, T_STR, TYPE_COUNT
from minipy.memory.words import read_bytes, vec

LONGEST: Final = 40
"""Characters of a str that are shown."""
ALL: Final = 1 << 40


def is_static_type(t: int) -> bool:
    """Whether `t` is the address of a built-in type."""
    return FIRST_TYPE <= t < FIRST_TYPE + TYPE_COUNT * TYPE_WORDS and (t - FIRST_TYPE) % TYPE_WORDS == 0


def str_text(w: vec[i64], a: i64) -> str:
    """The first LONGEST characters of the str at `a`."""
    return text_up_to(w, a, LONGEST)


def text_up_to(w: vec[i64], a: i64, most: i64) -> str:
    """The first characters of the str at `a`, `most` of them."""
    length: i64 = w[a + STR_LENGTH]
    kind: i64 = length & STR_KIND
    n: i64 = min(length >> STR_KIND_BITS, most) * kind
    encoding = "latin-1" if kind == 1 else "utf-16-le" if kind == 2 else "utf-32-le"
    return read_bytes(w, a + STR_DATA, n).decode(encoding, "replace")


def type_name(w: vec[i64], t: i64) -> str:
    """The `__name__` of the type at `t`; "object" if it has none."""
    name: i64 = w[t + TP_NAME]
    return str_text(w, name) if name != 0 and w[name + OB_TYPE] == T_STR else "object"


def tp_name(w: vec[i64], t: i64) -> str:
    """The name in CPython's type structure: that of a built-in type of a module (none of builtins) begins with it."""
    module: i64 = w[t + TP_MODULE]
    name = text_up_to(w, w[t + TP_NAME], ALL)
    if module != 0 and t != T_RANDOM and is_immutable(w, t):
        return f"{text_up_to(w, module, ALL)}.{name}"
    return name


def is_immutable(w: vec[i64], t: i64) -> bool:
    """Is the type at `t` built in, or a class of the library that is in CPython?"""
    return w[t + TP_FLAGS] & (TPFLAGS_HEAPTYPE | TPFLAGS_SEALED) != TPFLAGS_HEAPTYPE


def describe(w: vec[i64], a: i64) -> str:
    """The object at `a`: its type's name, its address, and an int's or str's value."""
    t: i64 = w[a + OB_TYPE]
    text = f"{type_name(w, t)} {a}"
    if t == T_INT:
        return f"{text} = {w[a + INT_VALUE]}"
    return f"{text} {str_text(w, a)!r}" if t == T_STR else text


def guess(w: vec[i64], block: i64) -> str:
    """What a block that nobody owns looks like: ", it looks like an object" or nothing."""
    for a in (block, block + GC_HEAD_WORDS):
        if is_static_type(int(w[a + OB_TYPE])):
            return f"; it looks like {describe(w, a)}"
    return ""
