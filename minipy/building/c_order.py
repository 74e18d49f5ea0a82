"""Orders the functions in the compiled library, so that a program reads few of its pages.

    wrappers              | module bodies          | EVERY_PROGRAM           | all other functions
    for uncompiled code   | run once, at the start | what every program runs | library types, checks, error texts
    .text.unlikely          .text.startup            .text.hot                 .text

A page counts as memory of the process as soon as it is read, and with it its neighbours: in the order in which mypyc
writes functions, nearly all pages of the library are read by a program that only says hello.
"""

from __future__ import annotations

import re
from typing import Final

from minipy.building.c_prologue import after_includes

EVERY_PROGRAM: Final = """
    abstract_sequence abstract_text arena atexitmodule attributes bltin_print bltinmodule breaker cache call ceval
    classobject code collecting constants decimal_text descrobject dictobject dicttable dispatch entry errors exceptions
    families floatlane floatobject formatting frame funcobject gc gcdebug gclist gcphases gcreach hashing host
    hosted_machine hoststack importing interntable interpreter iterobject largealloc list_methods listobject loader
    longobject machine moduleobject mro names native_call native_sequence native_text nativeclass natives objalloc
    obmalloc opcodes recursion refcount session slots slotsbuild specialnames statics structseq switches sysinfo
    sysmodule systemhost textstream traverse tuple_methods tupleobject typebuild typelayout typenatives typeobject
    typestart unicode_words unicodeobject usercache virtual_machine weakref words
"""
"""Modules of which a program that only says hello runs some function (valgrind --tool=callgrind lists them). One that
is missing, or too much, costs some memory and nothing else."""

_ATTRIBUTES: Final = """\
#ifdef __ELF__
#define MINIPY_AT_START __attribute__((cold, section(".text.startup")))
#else
#define MINIPY_AT_START __attribute__((cold))
#endif
"""
_WRAPPER: Final = re.compile(r"^ *PyObject \*CPyPy_\w+\(.*\) \{$", re.M)
_AT_START: Final = re.compile(
    r"^ *(char CPyDef_\w+_____top_level__\(void\) \{"  # the body of a module; then, what calls it
    r"|((?:static )?int (?:CPyExec_\w+|exec_\w+)\(PyObject \*module\)"
    r"|PyObject \*CPyInitOnly_\w+\(void\)|int CPyGlobalsInit\(void\))\n *\{)$",
    re.M,
)
_MODULES: Final = "|".join(EVERY_PROGRAM.split())
_EVERY: Final = re.compile(
    rf"^(?!inline|extern|__attr|MINIPY)\w[\w *]*?CPyDef_(?:\w+?___)?(?:{_MODULES})___\w+\(.*\) \{{$", re.M
)


def order_functions(text: str) -> tuple[str, int]:
    """Say of each function where it belongs; how many have a place of their own."""
    text, wrappers = _WRAPPER.subn(r"__attribute__((cold)) \g<0>", text)
    text, bodies = _AT_START.subn(r"MINIPY_AT_START \g<0>", text)
    text, hot = _EVERY.subn(r"__attribute__((hot)) \g<0>", text)
    return after_includes(text, _ATTRIBUTES), wrappers + bodies + hot
