"""The end of objects that have a say in it: `__del__`, generators that are suspended inside the program.

Errors there cannot be raised anywhere: they are reported (vm/unraisable.py).

CPython counterpart: Objects/typeobject.c (slot_tp_finalize).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, W_PART, W_PENDING, W_STOPPING
from minipy.memory.refcount import decref
from minipy.memory.statics import T_GENERATOR
from minipy.memory.words import Raised
from minipy.objects import attributes
from minipy.objects.identifiers import ID_DEL
from minipy.objects.machine import Machine
from minipy.vm import generator_methods
from minipy.vm.unraisable import write_unraisable


def finalize(m: Machine, o: i64) -> bool:
    """Run the finalizer of o, which the run-time stack owns meanwhile; see memory/words.py.

    None runs any more when the host has ended the program.
    """
    w = m.words
    if w[W_STOPPING] != 0:
        return False
    pending: i64 = w[W_PENDING]
    part: i64 = w[W_PART]
    w[W_PENDING] = 0
    if w[o + OB_TYPE] == T_GENERATOR:
        if generator_methods.must_close(m, o):
            close_generator(m, o)
    else:
        call_del(m, o)
    w = m.words
    w[W_PENDING] = pending
    w[W_PART] = part
    return False


def close_generator(m: Machine, g: i64) -> None:
    """Close a dying generator."""
    try:
        generator_methods.close(m, g)
    except Raised:
        write_unraisable(m, g)


def call_del(m: Machine, o: i64) -> None:
    """Call o.__del__()."""
    method: i64 = attributes.lookup_special(m, o, ID_DEL)
    if method == 0:
        return
    m.words[method] += 1
    try:
        result: i64 = attributes.call_special(m, method, o, 0, 0)
        decref(m, m.words, result)
    except Raised:
        write_unraisable(m, method)
    decref(m, m.words, method)
