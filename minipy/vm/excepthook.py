"""The last word about an exception that nobody handled: sys.excepthook, if that is a program's own.

    sys.excepthook(type, exception, traceback)      instead of the traceback on standard error

An error inside the hook is printed, and then the exception itself, as if there were no hook.

CPython counterpart: _PyErr_PrintEx of Python/pythonrun.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import EXC_TRACEBACK, OB_TYPE
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import NONE
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import tuple_of3
from minipy.vm.exception_print import format_exception
from minipy.vm.unraisable import find_hook


def call_excepthook(m: Machine, e: i64) -> bool:
    """Hand the exception e (borrowed) to the program's hook; False if there is none. Raises what the hook raises."""
    hook: i64 = find_hook(m, "excepthook")
    if hook == 0:
        return False
    incref(m.words, hook)
    arguments: i64 = 0
    try:
        w = m.words
        traceback: i64 = w[e + EXC_TRACEBACK]
        arguments = tuple_of3(m, w[e + OB_TYPE], e, traceback if traceback != 0 else NONE)
        decref(m, m.words, m.call_object(hook, arguments, 0))
    finally:
        if arguments != 0:
            decref(m, m.words, arguments)
        decref(m, m.words, hook)
    return True


def failed_hook(m: Machine, e: i64, text: str) -> str:
    """What is printed if the hook ended in the exception e (borrowed); `text` is for the first exception."""
    return f"Error in sys.excepthook:\n{format_exception(m, e)}\nOriginal exception was:\n{text}"
