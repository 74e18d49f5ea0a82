"""DeprecationWarnings of what native code still allows: conversions that give an instance of a subclass, and the like.

CPython counterpart: PyErr_WarnFormat of Python/_warnings.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.refcount import decref
from minipy.memory.statics import T_DEPRECATION_WARNING
from minipy.objects.libraryfunctions import call_library2
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import new_str


def warn_deprecated(m: Machine, text: str) -> None:
    """Warn by the library's warnings.warn, in the name of the running function; that may raise the warning."""
    message: i64 = new_str(m, text)
    try:
        decref(m, m.words, call_library2(m, "warnings", "warn", message, T_DEPRECATION_WARNING))
    finally:
        decref(m, m.words, message)


def warn_of_subclass(m: Machine, kind: str, returned: str) -> None:
    """The same, where `returned` says which method gave an instance of a strict subclass of `kind`."""
    text = returned + ".  The ability to return an instance of a strict subclass of " + kind + " is deprecated, and may"
    warn_deprecated(m, text + " be removed in a future version of Python.")
