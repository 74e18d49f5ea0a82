"""From a native's family and number to the module that implements it.

CPython counterpart: the function pointers in PyMethodDef; here numbers, because what lives in the heap is words.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.statics import T_SYSTEM_ERROR
from minipy.modules import (
    abcmodule,
    atexitmodule,
    cmathmodule,
    collectionsmodule,
    functoolsmodule,
    gcmodule,
    itertoolsmodule,
    mathmodule,
    operatormodule,
    randommodule,
    structseq,
    sysmodule,
    textstream,
    timemodule,
    tracebackmodule,
    weakrefmodule,
)
from minipy.objects import families
from minipy.objects.machine import Machine
from minipy.objects.natives import FAMILY_MODULES
from minipy.vm import bltinmodule, frameobject, generator_attributes, generator_methods
from minipy.vm.module_families import (
    FAMILY_ABC,
    FAMILY_ATEXIT,
    FAMILY_BUILTINS,
    FAMILY_CMATH,
    FAMILY_COLLECTIONS,
    FAMILY_FRAME,
    FAMILY_FUNCTOOLS,
    FAMILY_GC,
    FAMILY_GENERATOR,
    FAMILY_ITERTOOLS,
    FAMILY_MATH,
    FAMILY_OPERATOR,
    FAMILY_RANDOM,
    FAMILY_STRUCTSEQ,
    FAMILY_SYS,
    FAMILY_TEXT_STREAM,
    FAMILY_TIME,
    FAMILY_TRACEBACK,
    FAMILY_WEAKREF_MODULE,
)


def call(m: Machine, family: i64, number: i64, at: i64, n: i64) -> i64:
    """Call native `number` of a family with n arguments at `at`; see objects/natives.py."""
    if family < FAMILY_MODULES:
        return families.call(m, family, number, at, n)
    elif family == FAMILY_BUILTINS:
        return bltinmodule.call(m, number, at, n)
    elif family == FAMILY_GENERATOR:
        return generator_methods.call(m, number, at, n)
    elif family == FAMILY_SYS:
        return sysmodule.call(m, number, at, n)
    elif family == FAMILY_GC:
        return gcmodule.call(m, number, at, n)
    elif family == FAMILY_MATH:
        return mathmodule.call(m, number, at, n)
    elif family == FAMILY_COLLECTIONS:
        return collectionsmodule.call(m, number, at, n)
    elif family == FAMILY_OPERATOR:
        return operatormodule.call(m, number, at, n)
    elif family == FAMILY_FUNCTOOLS:
        return functoolsmodule.call(m, number, at, n)
    elif family == FAMILY_ITERTOOLS:
        return itertoolsmodule.call(m, number, at, n)
    elif family == FAMILY_RANDOM:
        return randommodule.call(m, number, at, n)
    elif family == FAMILY_TEXT_STREAM:
        return textstream.call(m, number, at, n)
    return call_rarer(m, family, number, at, n)


def call_rarer(m: Machine, family: i64, number: i64, at: i64, n: i64) -> i64:
    """The rest of `call`."""
    if family == FAMILY_TIME:
        return timemodule.call(m, number, at, n)
    elif family == FAMILY_ABC:
        return abcmodule.call(m, number, at, n)
    elif family == FAMILY_STRUCTSEQ:
        return structseq.call(m, number, at, n)
    elif family == FAMILY_CMATH:
        return cmathmodule.call(m, number, at, n)
    elif family == FAMILY_TRACEBACK:
        return tracebackmodule.call(m, number, at, n)
    elif family == FAMILY_ATEXIT:
        return atexitmodule.call(m, number, at, n)
    elif family == FAMILY_WEAKREF_MODULE:
        return weakrefmodule.call(m, number, at, n)
    raise m.error(T_SYSTEM_ERROR, f"unknown native family {family}")


def get(m: Machine, family: i64, number: i64, o: i64) -> i64:
    """A computed attribute."""
    if family < FAMILY_MODULES:
        return families.get(m, family, number, o)
    elif family == FAMILY_GENERATOR:
        return generator_attributes.get(m, number, o)
    elif family == FAMILY_FRAME:
        return frameobject.get(m, number, o)
    elif family == FAMILY_TEXT_STREAM:
        return textstream.get(m, number, o)
    elif family == FAMILY_COLLECTIONS:
        return collectionsmodule.get(m, number, o)
    elif family == FAMILY_STRUCTSEQ:
        return structseq.get(m, number, o)
    elif family == FAMILY_FUNCTOOLS:
        return functoolsmodule.get(m, number, o)
    raise m.error(T_SYSTEM_ERROR, f"unknown native family {family}")


def set(m: Machine, family: i64, number: i64, o: i64, value: i64) -> None:
    """Assign a computed attribute; value 0 deletes it."""
    if family < FAMILY_MODULES:
        families.set(m, family, number, o, value)
    elif family == FAMILY_GENERATOR:
        generator_attributes.set(m, number, o, value)
    else:
        raise m.error(T_SYSTEM_ERROR, f"unknown native family {family}")
