"""Entering the loop from outside: a module's code, exec's, a class body.

CPython counterpart: Python/ceval.c (PyEval_EvalCode), Python/pythonrun.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_NLOCALSPLUS,
    FRAME_NAMES,
    FUNC_CODE,
    RETURN_PC,
    RETURN_TO_NATIVE,
    W_BASE,
    W_NATIVE_DEPTH,
    W_NATIVE_LIMIT,
    W_PC,
    W_SP,
)
from minipy.memory.refcount import decref
from minipy.memory.words import Raised
from minipy.objects.funcobject import new_function
from minipy.objects.machine import Machine
from minipy.vm.call import call_pushed, enter_function
from minipy.vm.frame import pop_values, recursion_error
from minipy.vm.native_call import push
from minipy.vm.operands import spread_tuple


def run_code(m: Machine, code: i64, module_dict: i64, namespace: i64) -> i64:
    """Run a code object with its globals and a namespace (0: the globals); all borrowed, the result owned."""
    function: i64 = new_function(m, code, module_dict)
    try:
        return run_function(m, function, namespace)
    finally:
        decref(m, m.words, function)


def run_function(m: Machine, function: i64, namespace: i64) -> i64:
    """Call a function without arguments, its names bound in `namespace` (0: nowhere); both borrowed."""
    at: i64 = m.words[W_SP] + 1
    push(m, function)
    w = m.words
    pc: i64 = w[W_PC]
    w[W_PC] = pc & RETURN_PC | RETURN_TO_NATIVE
    try:
        if w[W_NATIVE_DEPTH] >= w[W_NATIVE_LIMIT]:
            raise recursion_error(m)
        enter_function(m, at, 0, 0)
    except Raised:
        pop_values(m, m.words, at - 1, m.words[W_SP])
        m.words[W_SP] = at - 1
        m.words[W_PC] = pc
        raise
    if namespace != 0:
        w = m.words
        w[namespace] += 1
        w[w[W_BASE] + w[w[function + FUNC_CODE] + CO_NLOCALSPLUS] + FRAME_NAMES] = namespace
    return m.evaluate()


def call_with(m: Machine, function: i64, arguments: i64) -> i64:
    """Call any object with the items of a tuple; both borrowed, the result owned."""
    at: i64 = m.words[W_SP] + 1
    push(m, function)
    try:
        n: i64 = spread_tuple(m, arguments)
    except Raised:
        pop_values(m, m.words, at - 1, m.words[W_SP])
        m.words[W_SP] = at - 1
        raise
    return call_pushed(m, at, n, 0)
