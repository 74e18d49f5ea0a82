"""The module builtins: one stanza a function; the types come from objects/typestart.py.

CPython counterpart: Python/bltinmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import MODULE_DICT, W_BUILTINS, WORD_BYTES
from minipy.memory.statics import (
    ELLIPSIS,
    FALSE,
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    T_NAME_ERROR,
    T_SYSTEM_EXIT,
    TRUE,
)
from minipy.modules.constants import add_object
from minipy.objects import abstract_number, abstract_text, abstract_type
from minipy.objects.longobject import new_bool, new_int
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import new_module
from minipy.objects.natives import Methods, add_functions
from minipy.objects.operators import NB_DIVMOD
from minipy.objects.recursion import enter_call, leave_call
from minipy.objects.typestart import make_builtin_types_dict
from minipy.vm import bltin_attributes, bltin_class, bltin_import, bltin_iterate, bltin_print, bltin_scope, bltin_text
from minipy.vm.module_families import FAMILY_BUILTINS

PRINT: Final = 1
LEN: Final = 2
ISINSTANCE: Final = 3
ABS: Final = 4
MIN: Final = 5
MAX: Final = 6
SUM: Final = 7
SORTED: Final = 8
ORD: Final = 9
CHR: Final = 10
ID: Final = 11
HASH: Final = 12
REPR: Final = 13
NEXT: Final = 14
ITER: Final = 15
ANY: Final = 16
ALL: Final = 17
GETATTR: Final = 18
SETATTR: Final = 19
HASATTR: Final = 20
DELATTR: Final = 21
CALLABLE: Final = 22
ISSUBCLASS: Final = 23
INPUT: Final = 24
BUILD_CLASS: Final = 25
HEX: Final = 26
BIN: Final = 27
OCT: Final = 28
ROUND: Final = 29
DIVMOD: Final = 30
POW: Final = 31
ASCII: Final = 32
FORMAT: Final = 33
DIR: Final = 34
VARS: Final = 35
GLOBALS: Final = 36
LOCALS: Final = 37
EXEC: Final = 38
EVAL: Final = 39
COMPILE: Final = 40
IMPORT: Final = 41
EXIT: Final = 42
OPEN: Final = 43
BREAKPOINT: Final = 44
MEMORYVIEW: Final = 45

FUNCTIONS: Final[Methods] = (
    (BUILD_CLASS, "__build_class__", 0, -1, "* metaclass **"),
    (IMPORT, "__import__", 1, 5, "name globals locals fromlist level"),
    (ABS, "abs", 1, 1, ""),
    (ALL, "all", 1, 1, ""),
    (ANY, "any", 1, 1, ""),
    (ASCII, "ascii", 1, 1, ""),
    (BIN, "bin", 1, 1, ""),
    (BREAKPOINT, "breakpoint", 0, -1, "* **"),
    (CALLABLE, "callable", 1, 1, ""),
    (CHR, "chr", 1, 1, ""),
    (COMPILE, "compile", 3, 6, "source filename mode flags dont_inherit optimize"),
    (DELATTR, "delattr", 2, 2, ""),
    (DIR, "dir", 0, 1, ""),
    (DIVMOD, "divmod", 2, 2, ""),
    (EVAL, "eval", 1, 3, ""),
    (EXEC, "exec", 1, 3, ""),
    (FORMAT, "format", 1, 2, ""),
    (GETATTR, "getattr", 2, 3, ""),
    (GLOBALS, "globals", 0, 0, ""),
    (HASATTR, "hasattr", 2, 2, ""),
    (HASH, "hash", 1, 1, ""),
    (HEX, "hex", 1, 1, ""),
    (ID, "id", 1, 1, ""),
    (INPUT, "input", 0, 1, ""),
    (ISINSTANCE, "isinstance", 2, 2, ""),
    (ISSUBCLASS, "issubclass", 2, 2, ""),
    (ITER, "iter", 1, 2, ""),
    (LEN, "len", 1, 1, ""),
    (LOCALS, "locals", 0, 0, ""),
    (MAX, "max", 1, -1, "* default key"),
    (MIN, "min", 1, -1, "* default key"),
    (NEXT, "next", 1, 2, ""),
    (OCT, "oct", 1, 1, ""),
    (ORD, "ord", 1, 1, ""),
    (POW, "pow", 2, 3, "base exp mod"),
    (PRINT, "print", 0, -1, "* sep end file flush"),
    (REPR, "repr", 1, 1, ""),
    (ROUND, "round", 1, 2, "number ndigits"),
    (SETATTR, "setattr", 3, 3, ""),
    (SORTED, "sorted", 0, -1, "* key reverse"),
    (SUM, "sum", 1, 2, "start"),
    (VARS, "vars", 0, 1, ""),
    (OPEN, "open", 0, -1, "* **"),
    (EXIT, "quit", 0, 1, ""),
    (EXIT, "exit", 0, 1, ""),
    (MEMORYVIEW, "memoryview", 0, -1, "* **"),
)
CONSTANTS: Final[tuple[tuple[str, int], ...]] = (
    ("None", NONE),
    ("Ellipsis", ELLIPSIS),
    ("NotImplemented", NOT_IMPLEMENTED_OBJECT),
    ("False", FALSE),
    ("True", TRUE),
    ("__debug__", TRUE),
)
"""Names in CPython's order, which decides between equally near suggestions."""


def make_builtins(m: Machine) -> i64:
    """The module (owned); its dict becomes W_BUILTINS."""
    module: i64 = new_module(m, "builtins")
    d: i64 = m.words[module + MODULE_DICT]
    m.words[d] += 1
    m.words[W_BUILTINS] = d
    add_functions(m, d, "builtins", FAMILY_BUILTINS, FUNCTIONS)
    for name, value in CONSTANTS:
        add_constant(m, d, name, value)
    make_builtin_types_dict(m, d)
    return module


def add_constant(m: Machine, d: i64, name: str, value: i64) -> None:
    """d[name] = a static object."""
    m.words[value] += 1
    add_object(m, d, name, value)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of FUNCTIONS; see objects/natives.py."""
    w = m.words
    if number == LEN:
        return new_int(m, m.length(w[at]))
    elif number == ISINSTANCE:
        return new_bool(m.words, abstract_type.is_instance(m, w[at], w[at + 1]))
    elif number == PRINT:
        return bltin_print.print_values(m, at, n)
    elif number == ABS:
        return abstract_number.absolute_value(m, w[at])
    elif number == MIN or number == MAX:
        if w[at + n - 1] != 0:  # a key
            return call_counted(m, number, at, n)
        return bltin_iterate.extreme(m, at, n, number == MAX)
    elif number == SORTED or number == HASH or number == REPR:
        return call_counted(m, number, at, n)
    elif number == SUM:
        return bltin_iterate.sum_of(m, w[at], w[at + 1])
    elif number == ORD:
        return bltin_text.ord_of(m, w[at])
    elif number == CHR:
        return bltin_text.chr_of(m, w[at])
    elif number == ID:
        return new_int(m, w[at] * WORD_BYTES)
    elif number == NEXT:
        return bltin_iterate.next_of(m, at, n)
    elif number == ITER:
        return bltin_iterate.iter_of(m, at, n)
    elif number == ANY:
        return new_bool(m.words, bltin_iterate.any_is(m, w[at], True))
    elif number == ALL:
        return new_bool(m.words, not bltin_iterate.any_is(m, w[at], False))
    return call_on_objects(m, number, at, n)


def call_counted(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """Functions that may call back, whose calls count against the recursion limit as in CPython."""
    enter_call(m)
    try:
        w = m.words
        if number == MIN or number == MAX:
            return bltin_iterate.extreme(m, at, n, number == MAX)
        elif number == SORTED:
            return bltin_iterate.sorted_list(m, at, n)
        elif number == HASH:
            return new_int(m, m.hash(w[at]))
        elif number == REPR:
            return m.repr(w[at])
        elif number == EXEC:
            return bltin_scope.exec_source(m, at, n)
        elif number == EVAL:
            return bltin_scope.eval_source(m, at, n)
        return bltin_scope.compile_source(m, at)
    finally:
        leave_call(m.words)


def call_on_objects(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The second part of `call`: attributes, classes and arithmetic."""
    w = m.words
    if number == GETATTR:
        return bltin_attributes.getattr_of(m, at, n)
    elif number == SETATTR:
        return bltin_attributes.setattr_of(m, at)
    elif number == HASATTR:
        return bltin_attributes.hasattr_of(m, at)
    elif number == DELATTR:
        return bltin_attributes.delattr_of(m, at)
    elif number == CALLABLE:
        return new_bool(w, bltin_attributes.is_callable(m, w[at]))
    elif number == ISSUBCLASS:
        return new_bool(m.words, abstract_type.is_subclass(m, w[at], w[at + 1]))
    elif number == BUILD_CLASS:
        return bltin_class.build_class(m, at, n)
    elif number == ROUND:
        return abstract_number.round_number(m, w[at], w[at + 1])
    elif number == DIVMOD:
        return m.binary(NB_DIVMOD, w[at], w[at + 1])
    elif number == POW:
        return bltin_text.pow_of(m, at)
    return call_rare(m, number, at, n)


def call_rare(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The last part of `call`."""
    w = m.words
    if number == INPUT:
        return bltin_print.input_line(m, at, n)
    elif number == HEX:
        return bltin_text.in_base(m, w[at], "x")
    elif number == BIN:
        return bltin_text.in_base(m, w[at], "b")
    elif number == OCT:
        return bltin_text.in_base(m, w[at], "o")
    elif number == ASCII:
        return abstract_text.ascii_object(m, w[at])
    elif number == FORMAT:
        return bltin_text.format_of(m, at, n)
    elif number == DIR:
        return bltin_scope.dir_of(m, at, n)
    elif number == VARS:
        return bltin_scope.vars_of(m, at, n)
    elif number == GLOBALS:
        return bltin_scope.globals_of(m)
    elif number == LOCALS:
        return bltin_scope.locals_of(m)
    elif number == EXEC or number == EVAL or number == COMPILE:
        return call_counted(m, number, at, n)
    elif number == IMPORT:
        return bltin_import.import_named(m, at)
    elif number == EXIT:
        raise m.error_object(T_SYSTEM_EXIT, w[at] if n > 0 else 0)
    name = "open" if number == OPEN else "breakpoint" if number == BREAKPOINT else "memoryview"
    raise m.error(T_NAME_ERROR, f"minipy has no {name}(): a program here cannot leave its own memory")

