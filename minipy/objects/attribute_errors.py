"""AttributeErrors of attributes that are read: they know the object and the name, for whoever makes suggestions.

CPython counterpart: the messages of Objects/object.c, Objects/typeobject.c and Objects/moduleobject.c,
set_attribute_error_context of Objects/object.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.describe import tp_name
from minipy.memory.layout import EXC_EXTRA, EXC_VALUE, OB_TYPE, TP_SOLID, W_PENDING
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_ATTRIBUTE_ERROR, T_MODULE
from minipy.memory.words import Raised
from minipy.objects.exceptions import exception_of, pending_matches, set_pending
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import module_name
from minipy.objects.typeobject import is_type, name_of_type_of
from minipy.objects.unicodeobject import host_str, new_str


def no_attribute(m: Machine, o: i64, name: i64) -> Raised:
    """AttributeError: o has no attribute `name`."""
    text = host_str(m, name)
    w = m.words
    if is_type(w, o):
        return attribute_error(m, o, name, "type object '" + tp_name(w, o) + "' has no attribute '" + text + "'")
    if w[w[o + OB_TYPE] + TP_SOLID] == T_MODULE:
        return attribute_error(m, o, name, module_text(m, o, text))
    text = "'" + name_of_type_of(m, o) + "' object has no attribute '" + text + "'"
    return attribute_error(m, o, name, text)


def module_text(m: Machine, o: i64, name: str) -> str:
    """What is said of an attribute that the module o has not, or not yet."""
    text = f"module '{module_name(m, o)}' has no attribute '{name}'"
    if m.is_initializing(o):
        return f"partially initialized {text} (most likely due to a circular import)"
    return text


def note_attribute(m: Machine, o: i64, name: i64) -> None:
    """Tell a pending AttributeError that a program's code raised while o.name was looked for about o and the name."""
    w = m.words
    e: i64 = w[W_PENDING]
    if pending_matches(w, T_ATTRIBUTE_ERROR) and w[e + EXC_VALUE] == 0 and w[e + EXC_EXTRA] == 0:
        incref(w, name)
        incref(w, o)
        w[e + EXC_VALUE] = name
        w[e + EXC_EXTRA] = o


def attribute_error(m: Machine, o: i64, name: i64, message: str) -> Raised:
    """AttributeError with the message, which knows the object and the name."""
    text: i64 = new_str(m, message)
    try:
        e: i64 = exception_of(m, T_ATTRIBUTE_ERROR, text)
    finally:
        decref(m, m.words, text)
    w = m.words
    incref(w, name)
    incref(w, o)
    w[e + EXC_VALUE] = name
    w[e + EXC_EXTRA] = o
    set_pending(m, e)
    return Raised()
