"""What happens with the value of an expression statement in a session: sys.displayhook gets it.

CPython counterpart: Python/sysmodule.c (sys_displayhook), PRINT_EXPR in Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import W_BUILTINS, W_MODULES
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_RUNTIME_ERROR
from minipy.objects.dictobject import dict_get_str, dict_set_str
from minipy.objects.identifiers import ID_UNDERSCORE, NAME_DISPLAYHOOK, NAME_SYS
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import module_entry
from minipy.objects.unicodeobject import host_str
from minipy.vm.bltin_print import standard_output, write_to


def show(m: Machine, o: i64) -> None:
    """Call sys.displayhook, which the program may have replaced."""
    module: i64 = dict_get_str(m.words, m.words[W_MODULES], NAME_SYS)
    hook: i64 = 0 if module == 0 else module_entry(m.words, module, NAME_DISPLAYHOOK)
    if hook == 0:
        raise m.error(T_RUNTIME_ERROR, "lost sys.displayhook")
    m.words[hook] += 1
    try:
        decref(m, m.words, m.call1(hook, o))
    finally:
        decref(m, m.words, hook)


def display(m: Machine, o: i64) -> None:
    """The sys.displayhook there is from the start: print the repr of anything but None, and bind `_` to it."""
    if o == NONE:
        return
    dict_set_str(m, m.words[W_BUILTINS], ID_UNDERSCORE, NONE)
    target: i64 = standard_output(m)
    m.words[target] += 1
    text: i64 = 0
    try:
        text = m.repr(o)
        write_to(m, target, host_str(m, text))
        write_to(m, target, "\n")
    finally:
        decref(m, m.words, target)
        if text != 0:
            decref(m, m.words, text)
    dict_set_str(m, m.words[W_BUILTINS], ID_UNDERSCORE, o)
