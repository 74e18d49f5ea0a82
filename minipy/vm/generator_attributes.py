"""The attributes of a generator that a program sees.

CPython counterpart: gen_getsetlist, gen_memberlist and gen_repr of Objects/genobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import GEN_CODE, GEN_NAME, GEN_QUALNAME, GEN_STATE
from minipy.memory.refcount import store
from minipy.memory.statics import NONE, T_ATTRIBUTE_ERROR, T_TYPE_ERROR
from minipy.objects.longobject import new_bool
from minipy.objects.machine import Machine
from minipy.objects.natives import Getsets, name_in
from minipy.objects.unicodeobject import is_str
from minipy.vm.frameobject import generator_frame
from minipy.vm.generator import RUNNING, SUSPENDED
from minipy.vm.generator_methods import delegate

GET_NAME: Final = 1
GET_QUALNAME: Final = 2
GET_CODE: Final = 3
GET_RUNNING: Final = 4
GET_SUSPENDED: Final = 5
GET_YIELD_FROM: Final = 6
GET_FRAME: Final = 7

GETSETS: Final[Getsets] = (
    (GET_NAME, "__name__"),
    (GET_QUALNAME, "__qualname__"),
    (GET_CODE, "gi_code"),
    (GET_RUNNING, "gi_running"),
    (GET_SUSPENDED, "gi_suspended"),
    (GET_YIELD_FROM, "gi_yieldfrom"),
    (GET_FRAME, "gi_frame"),
)


def get(m: Machine, number: i64, o: i64) -> i64:
    """The attributes of GETSETS."""
    w = m.words
    if number == GET_RUNNING:
        return new_bool(w, w[o + GEN_STATE] == RUNNING)
    elif number == GET_SUSPENDED:
        return new_bool(w, w[o + GEN_STATE] == SUSPENDED)
    elif number == GET_FRAME:
        return generator_frame(m, o)
    value: i64 = 0
    if number == GET_NAME:
        value = w[o + GEN_NAME]
    elif number == GET_QUALNAME:
        value = w[o + GEN_QUALNAME]
    elif number == GET_CODE:
        value = w[o + GEN_CODE]
    elif number == GET_YIELD_FROM:
        value = delegate(m, o)
    if value == 0:
        value = NONE
    w[value] += 1
    return value


def set(m: Machine, number: i64, o: i64, value: i64) -> None:
    """Change `__name__` or `__qualname__`, the two that can be changed."""
    place: i64 = GEN_NAME if number == GET_NAME else GEN_QUALNAME
    name = name_in(GETSETS, number)
    if number != GET_NAME and number != GET_QUALNAME:
        raise m.error(T_ATTRIBUTE_ERROR, f"attribute '{name}' of 'generator' objects is not writable")
    if value == 0 or not is_str(m.words, value):
        raise m.error(T_TYPE_ERROR, f"{name} must be set to a string object")
    m.words[value] += 1
    store(m, m.words, o + place, value)
