"""What the collector and the dying tell a program: callbacks of weak references, gc.callbacks, gc.garbage, its reports.

None of it may raise: an error is reported as ignored. What is in flight meanwhile, an exception or the fused
instruction that failed, stays as it is.

CPython counterpart: handle_callback of Objects/weakrefobject.c; invoke_gc_callback of Modules/gcmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.gcdebug import DEBUG_SAVEALL, DEBUG_UNCOLLECTABLE
from minipy.memory.layout import LIST_ITEMS, LIST_LENGTH, W_GC_DEBUG, W_PART, W_PENDING, W_STOPPING
from minipy.memory.layout_modules import W_GC_CALLBACKS, W_GC_GARBAGE
from minipy.memory.refcount import decref
from minipy.memory.words import Raised
from minipy.objects import exceptions
from minipy.objects.dictobject import dict_set_str, new_dict
from minipy.objects.listobject import list_append, new_list
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import host_repr
from minipy.objects.unicodeobject import intern, new_str
from minipy.vm.unraisable import write_error, write_unraisable

INFO: Final = ("generation", "collected", "uncollectable")
"""The keys of what a callback of gc.callbacks is told."""


# ---------------------------------------------------------------- weak references
def call_back(m: Machine, r: i64, callback: i64) -> None:
    """callback(r); both are held by the caller. None is called any more when the host has ended the program."""
    w = m.words
    if w[W_STOPPING] != 0:
        return
    pending: i64 = w[W_PENDING]
    part: i64 = w[W_PART]
    w[W_PENDING] = 0
    try:
        result: i64 = m.call1(callback, r)
        decref(m, m.words, result)
    except Raised:
        write_unraisable(m, callback)
    w = m.words
    w[W_PENDING] = pending
    w[W_PART] = part


# ---------------------------------------------------------------- gc.callbacks
def tell(m: Machine, phase: str, generation: i64, collected: i64, uncollectable: i64) -> None:
    """Call gc.callbacks with the phase, "start" or "stop", and what the collection found."""
    w = m.words
    callbacks: i64 = w[W_GC_CALLBACKS]
    if callbacks == 0 or w[callbacks + LIST_LENGTH] == 0 or w[W_STOPPING] != 0:
        return
    pending: i64 = w[W_PENDING]
    part: i64 = w[W_PART]
    w[W_PENDING] = 0
    w[callbacks] += 1
    try:
        call_all(m, callbacks, phase, (int(generation), int(collected), int(uncollectable)))
    except Raised:
        write_unraisable(m, callbacks)
    decref(m, m.words, callbacks)
    w = m.words
    w[W_PENDING] = pending
    w[W_PART] = part


def call_all(m: Machine, callbacks: i64, phase: str, numbers: tuple[int, int, int]) -> None:
    """Call each function in the list, also those that are added meanwhile; each error is reported."""
    name: i64 = 0
    info: i64 = new_info(m, numbers)
    try:
        name = new_str(m, phase)
        i: i64 = 0
        while i < m.words[callbacks + LIST_LENGTH]:
            callback: i64 = m.words[m.words[callbacks + LIST_ITEMS] + i]
            m.words[callback] += 1
            try:
                result: i64 = m.call2(callback, name, info)
                decref(m, m.words, result)
            except Raised:
                write_unraisable(m, callback)
            decref(m, m.words, callback)
            i += 1
    finally:
        decref(m, m.words, info)
        if name != 0:
            decref(m, m.words, name)


def new_info(m: Machine, numbers: tuple[int, int, int]) -> i64:
    """The dict with the numbers of a collection, owned."""
    d: i64 = new_dict(m)
    try:
        for key, number in zip(INFO, numbers, strict=True):
            put_number(m, d, key, number)
    except Raised:
        decref(m, m.words, d)
        raise
    return d


def put_number(m: Machine, d: i64, key: str, number: i64) -> None:
    """d[key] = number."""
    name: i64 = intern(m, key)
    value: i64 = 0
    try:
        value = new_int(m, number)
        dict_set_str(m, d, name, value)
    finally:
        decref(m, m.words, name)
        if value != 0:
            decref(m, m.words, value)


# ---------------------------------------------------------------- gc.garbage, reports
def save_garbage(m: Machine, a: i64) -> None:
    """Append a (borrowed) to gc.garbage, which is made now if the module gc was not imported."""
    try:
        if m.words[W_GC_GARBAGE] == 0:
            garbage: i64 = new_list(m, 0)
            m.words[W_GC_GARBAGE] = garbage
        list_append(m, m.words[W_GC_GARBAGE], a)
    except Raised:
        exceptions.clear_pending(m)


def report(m: Machine, text: str) -> None:
    """Write to standard error, whatever is in flight."""
    w = m.words
    pending: i64 = w[W_PENDING]
    part: i64 = w[W_PART]
    w[W_PENDING] = 0
    write_error(m, text, True)
    w = m.words
    w[W_PENDING] = pending
    w[W_PART] = part


def show_garbage(m: Machine) -> None:
    """At the end: what lies in gc.garbage, if gc.DEBUG_UNCOLLECTABLE asks for it."""
    w = m.words
    garbage: i64 = w[W_GC_GARBAGE]
    asked: bool = w[W_GC_DEBUG] & (DEBUG_UNCOLLECTABLE | DEBUG_SAVEALL) == DEBUG_UNCOLLECTABLE
    if not asked or garbage == 0 or w[garbage + LIST_LENGTH] == 0:
        return
    try:
        report(m, f"      {host_repr(m, garbage)}\n")
    except Raised:
        exceptions.clear_pending(m)
