"""Which flag of a class each special method's name sets.

An operator looks a special method up only if the class's flags say that it has one of the program's own; otherwise
the behaviour of its built-in base (TP_SOLID) is asked at once.

CPython counterpart: slotdefs and update_one_slot of Objects/typeobject.c, which change the class's slots.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    OB_SIZE,
    TP_FLAGS,
    TP_MRO,
    TPFLAGS_DEL,
    TPFLAGS_EQ,
    TPFLAGS_GETATTR,
    TPFLAGS_GETATTRIBUTE,
    TPFLAGS_HASH,
    TPFLAGS_NEW,
    TPFLAGS_SETATTR,
    TPFLAGS_SPECIAL,
    TUPLE_ITEMS,
)
from minipy.memory.layout_modules import TPFLAGS_MAPPING, TPFLAGS_SEQUENCE
from minipy.memory.statics import IDENTIFIERS
from minipy.memory.words import vec
from minipy.objects.identifiers import (
    ID_BYTES,
    ID_DEL,
    ID_DELATTR,
    ID_DELETE,
    ID_EQ,
    ID_GET,
    ID_GETATTR,
    ID_GETATTRIBUTE,
    ID_HASH,
    ID_INSTANCECHECK,
    ID_IXOR,
    ID_NE,
    ID_NEW,
    ID_REPR,
    ID_SETATTR,
    ID_SUBCLASSCHECK,
)

INHERITED_FLAGS: Final = (
    TPFLAGS_DEL | TPFLAGS_GETATTR | TPFLAGS_GETATTRIBUTE | TPFLAGS_SETATTR | TPFLAGS_EQ | TPFLAGS_HASH | TPFLAGS_NEW
    | TPFLAGS_SPECIAL
)  # fmt: skip
"""Flags a class has if one of its bases has them."""
PATTERN_FLAGS: Final = TPFLAGS_SEQUENCE | TPFLAGS_MAPPING
"""Which patterns a class matches says the first class in its order that says so."""


def inherit_flags(w: vec[i64], t: i64) -> None:
    """Give the class t the flags of all in its order."""
    mro: i64 = w[t + TP_MRO]
    i: i64 = mro + TUPLE_ITEMS
    end: i64 = i + w[mro + OB_SIZE]
    while i < end:
        flags: i64 = w[w[i] + TP_FLAGS]
        if w[t + TP_FLAGS] & PATTERN_FLAGS == 0:
            w[t + TP_FLAGS] |= flags & PATTERN_FLAGS
        w[t + TP_FLAGS] |= flags & INHERITED_FLAGS
        i += 1


def special_flags(name: i64) -> i64:
    """The flag that a method with this name (interned) sets in its class, or 0."""
    if name < IDENTIFIERS or name > ID_BYTES:
        return 0
    if name == ID_NEW:
        return TPFLAGS_NEW
    if name == ID_DEL:
        return TPFLAGS_DEL
    if name == ID_EQ or name == ID_NE:
        return TPFLAGS_EQ
    if name == ID_HASH:
        return TPFLAGS_HASH
    if name == ID_GETATTR:
        return TPFLAGS_GETATTR
    if name == ID_GETATTRIBUTE:
        return TPFLAGS_GETATTRIBUTE
    if name == ID_SETATTR or name == ID_DELATTR:
        return TPFLAGS_SETATTR
    if (name >= ID_REPR and name <= ID_IXOR) or (name >= ID_GET and name <= ID_DELETE):
        return TPFLAGS_SPECIAL
    if name == ID_INSTANCECHECK or name == ID_SUBCLASSCHECK or name == ID_BYTES:
        return TPFLAGS_SPECIAL
    return 0
