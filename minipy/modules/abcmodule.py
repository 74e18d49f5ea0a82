"""The module _abc: flags of classes. The rest of abc is in minipy.

    get_flags, set_flags    whether patterns take a class's instances for sequences or mappings; the numbers are bits of
                            CPython's type flags, which `__abc_tpflags__` of an abstract class names
    seal                    a class of the library that is built in in CPython is named and guarded like one

CPython counterpart: _abc_init and set_collection_flag_recursive of Modules/_abc.c, Objects/typeobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import TP_FLAGS, TP_NEXT_TYPE, TPFLAGS_HEAPTYPE, W_HEAP_TYPES
from minipy.memory.layout_modules import TPFLAGS_MAPPING, TPFLAGS_SEALED, TPFLAGS_SEQUENCE
from minipy.memory.statics import T_TYPE_ERROR
from minipy.objects.longobject import new_int, none
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods, add_functions
from minipy.objects.typeobject import is_subtype, is_type
from minipy.vm.module_families import FAMILY_ABC

GET_FLAGS: Final = 1
SET_FLAGS: Final = 2
SEAL: Final = 3
FUNCTIONS: Final[Methods] = (
    (GET_FLAGS, "get_flags", 1, 1, ""),
    (SET_FLAGS, "set_flags", 2, 2, ""),
    (SEAL, "seal", 1, 1, ""),
)
SEQUENCE: Final = 32
MAPPING: Final = 64


def fill(m: Machine, d: i64) -> None:
    """Put the functions into the module's dict."""
    add_functions(m, d, "_abc", FAMILY_ABC, FUNCTIONS)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """get_flags(cls), set_flags(cls, flags), seal(cls), which gives the class."""
    t: i64 = m.words[at]
    if not is_type(m.words, t):
        raise m.error(T_TYPE_ERROR, "a class is required")
    if number == SEAL:
        m.words[t + TP_FLAGS] |= TPFLAGS_SEALED
        m.words[t] += 1
        return t
    if number == SET_FLAGS:
        set_flags(m, t, m.index(m.words[at + 1]))
        return none(m.words)
    flags: i64 = m.words[t + TP_FLAGS]
    sequence: i64 = SEQUENCE if flags & TPFLAGS_SEQUENCE != 0 else 0
    return new_int(m, sequence | (MAPPING if flags & TPFLAGS_MAPPING != 0 else 0))


def set_flags(m: Machine, t: i64, flags: i64) -> None:
    """Add the flags to a program's class t and the classes derived from it."""
    w = m.words
    added: i64 = (TPFLAGS_SEQUENCE if flags & SEQUENCE != 0 else 0) | (TPFLAGS_MAPPING if flags & MAPPING != 0 else 0)
    if w[t + TP_FLAGS] & TPFLAGS_HEAPTYPE == 0:
        return
    derived: i64 = w[W_HEAP_TYPES]
    while derived != 0:
        if is_subtype(w, derived, t):
            w[derived + TP_FLAGS] |= added
        derived = w[derived + TP_NEXT_TYPE]
