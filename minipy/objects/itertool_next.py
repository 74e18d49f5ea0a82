"""From an iterator of itertools, or of a deque, to the function that knows its kind: its next value, its text.

CPython counterpart: tp_iternext and tp_repr of the types in Modules/itertoolsmodule.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE
from minipy.memory.layout_modules import TOOL_EXTRA, TOOL_INDEX, TOOL_KIND, TOOL_LIMIT, TOOL_SOURCE, TOOL_STEP
from minipy.memory.refcount import decref
from minipy.memory.statics import T_INT
from minipy.objects.deque_iterator import deque_next
from minipy.objects.itertool import COUNT, LAST_SIMPLE, REPEAT, next_simple
from minipy.objects.itertool_combine import LAST_CHOICE, next_choice
from minipy.objects.itertool_several import LAST_SEVERAL, next_several
from minipy.objects.machine import Machine
from minipy.objects.reprs import default_repr
from minipy.objects.typeobject import name_of_type
from minipy.objects.unicodeobject import host_str, new_str


def next_tool(m: Machine, it: i64) -> i64:
    """The next value of an itertool, owned, or 0."""
    kind: i64 = m.words[it + TOOL_KIND]
    if kind <= LAST_SIMPLE:
        return next_simple(m, it, kind)
    if kind <= LAST_SEVERAL:
        return next_several(m, it, kind)
    if kind <= LAST_CHOICE:
        return next_choice(m, it, kind)
    return deque_next(m, it, kind)


def tool_repr(m: Machine, it: i64) -> i64:
    """repr(it): a count and a repeat show their state."""
    kind: i64 = m.words[it + TOOL_KIND]
    name = name_of_type(m, m.words[it + OB_TYPE])
    if kind == COUNT:
        return new_str(m, f"{name}({counting(m, it)})")
    if kind == REPEAT:
        left: i64 = m.words[it + TOOL_LIMIT]
        of = text_of(m, m.words[it + TOOL_SOURCE])
        return new_str(m, f"{name}({of})" if left < 0 else f"{name}({of}, {left})")
    return new_str(m, default_repr(m, it))


def counting(m: Machine, it: i64) -> str:
    """The next number of a count, and its step unless that is the int 1."""
    w = m.words
    step: i64 = w[it + TOOL_EXTRA]
    if w[it + TOOL_SOURCE] == 0:
        now = str(w[it + TOOL_INDEX])
        return now if w[it + TOOL_STEP] == 1 else f"{now}, {w[it + TOOL_STEP]}"
    now = text_of(m, w[it + TOOL_SOURCE])
    by = text_of(m, step)
    return now if by == "1" and m.words[step + OB_TYPE] == T_INT else f"{now}, {by}"


def text_of(m: Machine, o: i64) -> str:
    """repr(o) as host text."""
    text: i64 = m.repr(o)
    try:
        return host_str(m, text)
    finally:
        decref(m, m.words, text)
