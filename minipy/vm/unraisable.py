"""Errors that nobody can handle: in `__del__`, in callbacks of the collector, in functions run at the end.

They go to sys.unraisablehook if that is a program's own, else to standard error as "Exception ignored in: ...".

CPython counterpart: _PyErr_WriteUnraisableMsg and write_unraisable_exc of Python/errors.c. There the hook gets a named
tuple, here a namespace with the same attributes.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import EXC_TRACEBACK, MODULE_DICT, OB_TYPE, W_MODULES, W_STOPPING
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import NONE, T_BUILTIN, T_SIMPLE_NAMESPACE, T_TYPE_ERROR
from minipy.memory.words import Raised, vec
from minipy.objects import exceptions
from minipy.objects.classobject import instance_dict
from minipy.objects.dictobject import dict_get_str, dict_set_str
from minipy.objects.identifiers import NAME_STDERR, NAME_SYS
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import module_entry
from minipy.objects.tupleobject import host_repr
from minipy.objects.unicodeobject import host_str, intern, is_str, new_str
from minipy.vm import tracebacks
from minipy.vm.bltin_print import write_to

IGNORED: Final = "Exception ignored in"
ATTRIBUTES: Final = ("exc_type", "exc_value", "exc_traceback", "err_msg", "object")
"""What a hook is told: the exception, a text or None, and the object in which it was ignored."""


def write_unraisable(m: Machine, source: i64, message: str = IGNORED) -> None:
    """Hand the pending exception, ignored in `source`, to the hook or to standard error, and drop it."""
    e: i64 = exceptions.take_pending(m.words)
    try:
        if m.words[W_STOPPING] == 0:
            hook: i64 = find_hook(m, "unraisablehook")
            if hook == 0:
                report(m, e, source, message)
            else:
                call_hook(m, hook, e, source, message)
    finally:
        decref(m, m.words, e)


def find_hook(m: Machine, name: str) -> i64:
    """sys.unraisablehook or sys.excepthook if a program has put its own there, borrowed, else 0."""
    module: i64 = sys_module(m.words)
    if module == 0:
        return 0
    try:
        hook: i64 = attribute(m, m.words[module + MODULE_DICT], name)
    except Raised:
        exceptions.clear_pending(m)
        return 0
    return 0 if hook == 0 or hook == NONE or m.words[hook + OB_TYPE] == T_BUILTIN else hook


def sys_module(w: vec[i64]) -> i64:
    """The module sys, borrowed; 0 at the very end."""
    return 0 if w[W_MODULES] == 0 else dict_get_str(w, w[W_MODULES], NAME_SYS)


def attribute(m: Machine, d: i64, name: str) -> i64:
    """d[name], borrowed, or 0."""
    key: i64 = intern(m, name)
    value: i64 = dict_get_str(m.words, d, key)
    decref(m, m.words, key)
    return value


def call_hook(m: Machine, hook: i64, e: i64, source: i64, message: str) -> None:
    """Call the hook; an error inside it is reported instead of the exception it was to report."""
    incref(m.words, hook)
    try:
        arguments: i64 = hook_arguments(m, e, source, message)
        try:
            decref(m, m.words, m.call1(hook, arguments))
        finally:
            decref(m, m.words, arguments)
    except Raised:
        inner: i64 = exceptions.take_pending(m.words)
        report(m, inner, hook, "Exception ignored in sys.unraisablehook")
        decref(m, m.words, inner)
    decref(m, m.words, hook)


def hook_arguments(m: Machine, e: i64, source: i64, message: str) -> i64:
    """The namespace for a hook, owned."""
    o: i64 = gc_alloc(m, T_SIMPLE_NAMESPACE)
    text: i64 = NONE
    try:
        if message != IGNORED:
            text = new_str(m, message)
        d: i64 = instance_dict(m, o)
        w = m.words
        traceback: i64 = w[e + EXC_TRACEBACK]
        values = (w[e + OB_TYPE], e, traceback if traceback != 0 else NONE, text, source)
        for name, value in zip(ATTRIBUTES, values, strict=True):
            key: i64 = intern(m, name)
            try:
                dict_set_str(m, d, key, value)
            finally:
                decref(m, m.words, key)
    except Raised:
        decref(m, m.words, o)
        raise
    finally:
        if text != NONE:
            decref(m, m.words, text)
    return o


def unraisable_hook(m: Machine, arguments: i64) -> None:
    """sys.__unraisablehook__: report what such a namespace says."""
    if m.words[arguments + OB_TYPE] != T_SIMPLE_NAMESPACE:
        raise m.error(T_TYPE_ERROR, "sys.unraisablehook argument type must be UnraisableHookArgs")
    d: i64 = instance_dict(m, arguments)
    e: i64 = attribute(m, d, "exc_value")
    text: i64 = attribute(m, d, "err_msg")
    source: i64 = attribute(m, d, "object")
    message = host_str(m, text) if text != 0 and is_str(m.words, text) else IGNORED
    if e != 0 and source != 0 and exceptions.is_exception(m.words, e):
        report(m, e, source, message)


def report(m: Machine, e: i64, source: i64, message: str) -> None:
    """Write the message, the source's repr, the traceback and the exception e to standard error."""
    try:
        text = f"{message}: {host_repr(m, source)}\n"
    except Raised:
        exceptions.clear_pending(m)
        text = f"{message}: <object repr() failed>\n"
    if m.words[e + EXC_TRACEBACK] != 0 and tracebacks.entry_limit(m.words) > 0:
        text += "Traceback (most recent call last):\n" + tracebacks.entries_text(m, m.words[e + EXC_TRACEBACK])
    write_error(m, text + tracebacks.last_line(m, e), False)


def write_error(m: Machine, text: str, without: bool) -> None:
    """Write to sys.stderr, to whatever object a program has put there, or `without` one too; errors are dropped."""
    w = m.words
    module: i64 = sys_module(w)
    target: i64 = 0 if module == 0 else module_entry(w, module, NAME_STDERR)
    try:
        m.flush(1)
        if target == 0 or target == NONE:
            if without:
                m.write(2, text)
        else:
            write_held(m, target, text)
    except Raised:
        exceptions.clear_pending(m)


def write_held(m: Machine, target: i64, text: str) -> None:
    """Write to a stream that is kept alive meanwhile."""
    incref(m.words, target)
    try:
        write_to(m, target, text)
    finally:
        decref(m, m.words, target)
