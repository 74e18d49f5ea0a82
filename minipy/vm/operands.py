"""Arguments on the operand stack: copying them there, keeping them for the time of a call, releasing them.

CPython counterpart: Objects/call.c (_PyTuple_FromArray, _PyStack_UnpackDict), where a tuple or an array holds them.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, RETURN_SPREAD, RETURN_TO_NATIVE, STACK_END, TUPLE_ITEMS, W_PC, W_SP
from minipy.memory.words import vec
from minipy.objects.machine import Machine
from minipy.vm.frame import pop_values, recursion_error

SPARE: Final = 64
"""Words of the stack that stay free for what a call itself pushes."""


def push_all(m: Machine, at: i64, n: i64) -> None:
    """Push new references to the n objects (or 0) at `at`; RecursionError, and none is pushed, if there is no room."""
    w = m.words
    sp: i64 = w[W_SP]
    if sp + n >= STACK_END - SPARE:
        raise recursion_error(m)
    i: i64 = 0
    while i < n:
        a: i64 = w[at + i]
        w[sp + i] = a
        if a != 0:
            w[a] += 1
        i += 1
    w[W_SP] = sp + n


def spread_tuple(m: Machine, t: i64) -> i64:
    """Push the items of a tuple; return how many."""
    n: i64 = m.words[t + OB_SIZE]
    push_all(m, t + TUPLE_ITEMS, n)
    return n


def held_copies(w: vec[i64], names: i64) -> i64:
    """How often arguments are held besides where they lie and as the callee's own, if a class or object is called.

    CPython makes a tuple and a dict of them; if there are names, it spreads both again for `__init__` or `__call__`.
    What native code pushed counts as the tuple, and what a call with stars pushed as the second spreading: -1 if
    there is none (see call.tuple_items).
    """
    held: i64 = 1 if names != 0 else 0
    if w[W_PC] & RETURN_SPREAD != 0:
        return held - 1
    return held if w[W_PC] & RETURN_TO_NATIVE != 0 else held + 1


def keep_arguments(w: vec[i64], at: i64, n: i64, times: i64, more: i64) -> None:
    """Move the n arguments at `at` up and put more references to them below.

    arguments    becomes    one word | arguments, `times` times | `more` - 1 words | arguments
    """
    end: i64 = at + 1 + n * times
    target: i64 = end + more + n - 2
    last: i64 = at + n
    while last > at:
        a: i64 = w[last - 1]
        w[target] = a
        w[a] += times
        k: i64 = last
        while k < end:
            w[k] = a
            k += n
        target -= 1
        last -= 1


def empty_operands(m: Machine, start: i64, sp: i64) -> None:
    """After a failed call: release all from `start` on, up to W_SP, which becomes `sp`."""
    pop_values(m, m.words, start, m.words[W_SP])
    m.words[W_SP] = sp
