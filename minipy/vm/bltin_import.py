"""__import__ as a function.

CPython counterpart: builtin___import___impl of Python/bltinmodule.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, OB_TYPE, TP_SOLID
from minipy.memory.statics import T_LIST, T_STR, T_TUPLE, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import host_str
from minipy.vm.do_import import absolute_name, import_parts
from minipy.vm.names import running_globals


def import_named(m: Machine, at: i64) -> i64:
    """__import__(name, globals, locals, fromlist, level): the first part's module, or with a fromlist the last's."""
    w = m.words
    if w[w[w[at] + OB_TYPE] + TP_SOLID] != T_STR:
        raise m.error(T_TYPE_ERROR, "module name must be a string")
    name = host_str(m, w[at])
    if name == "" and w[at + 4] == 0:
        raise m.error(T_VALUE_ERROR, "Empty module name")
    level = int(m.index(w[at + 4])) if w[at + 4] != 0 else 0
    if level > 0:
        name = absolute_name(m, w[at + 1] if w[at + 1] != 0 else running_globals(w), name, level)
    from_list: i64 = m.words[at + 3]
    return import_parts(m, name, from_list if has_items(m, from_list) else 0)


def has_items(m: Machine, o: i64) -> bool:
    """Is o a tuple or list with something in it?"""
    if o == 0:
        return False
    t: i64 = m.words[o + OB_TYPE]
    return (t == T_TUPLE or t == T_LIST) and m.words[o + OB_SIZE] > 0
