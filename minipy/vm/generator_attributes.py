"""The attributes of a generator that a program sees.

CPython counterpart: gen_getsetlist, gen_memberlist and gen_repr of Objects/genobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import GEN_CODE, GEN_NAME, GEN_QUALNAME, GEN_STATE
from minipy.memory.statics import NONE
from minipy.objects.longobject import new_bool
from minipy.objects.machine import Machine
from minipy.objects.natives import Getsets
from minipy.vm.generator import RUNNING, SUSPENDED
from minipy.vm.generator_methods import delegate

GET_NAME: Final = 1
GET_QUALNAME: Final = 2
GET_CODE: Final = 3
GET_RUNNING: Final = 4
GET_SUSPENDED: Final = 5
GET_YIELD_FROM: Final = 6

GETSETS: Final[Getsets] = (
    (GET_NAME, "__name__"),
    (GET_QUALNAME, "__qualname__"),
    (GET_CODE, "gi_code"),
    (GET_RUNNING, "gi_running"),
    (GET_SUSPENDED, "gi_suspended"),
    (GET_YIELD_FROM, "gi_yieldfrom"),
)


def get(m: Machine, number: i64, o: i64) -> i64:
    """The attributes of GETSETS."""
    w = m.words
    if number == GET_RUNNING:
        return new_bool(w, w[o + GEN_STATE] == RUNNING)
    elif number == GET_SUSPENDED:
        return new_bool(w, w[o + GEN_STATE] == SUSPENDED)
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
