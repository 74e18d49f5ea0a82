"""Activation records: pushing one for a call, popping it on return, and dropping references on the run-time stack.

    base - 1                      function                 what push_record finds there already: the callable and
    base + 0 ..                   parameters, locals,      the arguments, where the caller pushed them, so that
                                  cells, free variables    calling copies nothing
    base + nlocalsplus            FRAME_BACK
                     + 1          FRAME_RETURN
                     + 2          FRAME_NAMES
                     + 3 ..       operand stack

The helpers here are inlined into the loop by the build; they are written so that it needs no second look at the lanes:
a function that may run a finaliser returns True, and then `words` and `floats` are to be read again.

CPython counterpart: Include/internal/pycore_frame.h, Python/frame.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_NLOCALSPLUS,
    CO_STACKSIZE,
    FRAME_BACK,
    FRAME_HEADER,
    FRAME_NAMES,
    FRAME_RETURN,
    OB_TYPE,
    RETURN_INSTANCE,
    RETURN_PC,
    STACK_END,
    STACK_MARGIN,
    W_BASE,
    W_DEPTH,
    W_FLOAT_FREE,
    W_INT_FREE,
    W_PC,
    W_RECURSION_LIMIT,
    W_SP,
)
from minipy.memory.refcount import dealloc, decref
from minipy.memory.statics import NONE, T_FLOAT, T_INT, T_RECURSION_ERROR, T_TYPE_ERROR
from minipy.memory.words import Raised, vec
from minipy.objects.longobject import fast_int
from minipy.objects.machine import Machine
from minipy.objects.recursion import leave_call


def free_number(w: vec[i64], a: i64) -> bool:
    """If the dead object at `a` is an int or a float, put its block on the free list and return True."""
    t: i64 = w[a + OB_TYPE]
    if t == T_INT:
        w[a] = w[W_INT_FREE]
        w[W_INT_FREE] = a
        return True
    if t == T_FLOAT:
        w[a] = w[W_FLOAT_FREE]
        w[W_FLOAT_FREE] = a
        return True
    return False


def word_int(w: vec[i64], v: i64) -> i64:
    """An owned int of a sum or difference of two word ints; 0: it is no word int, or the free list is empty."""
    if ((v >> 62) + 1) >> 1 != 0:
        return 0
    return fast_int(w, v)


def drop_number(w: vec[i64], a: i64) -> None:
    """Give up a reference to an object known to be a word int or a float."""
    n: i64 = w[a] - 1
    w[a] = n
    if n == 0:
        free_number(w, a)


def pop_locals(m: Machine, w: vec[i64], start: i64, end: i64) -> bool:
    """Give up the references in [start, end), leaving 0; True if the lanes may have moved.

    W_SP must lie at or above `end`: a finaliser pushes its own record there.
    """
    moved: bool = False
    i: i64 = start
    while i < end:
        a: i64 = w[i]
        if a != 0:
            w[i] = 0
            n: i64 = w[a] - 1
            w[a] = n
            if n == 0 and not free_number(w, a):
                dealloc(m, w, a)
                w = m.words
                moved = True
        i += 1
    return moved


def pop_values(m: Machine, w: vec[i64], start: i64, end: i64) -> bool:
    """As pop_locals, for the topmost values of the operand stack."""
    w[W_SP] = end
    return pop_locals(m, w, start, end)


def pop_top(m: Machine, n: i64, sp: i64) -> i64:
    """Drop the n topmost values."""
    pop_values(m, m.words, sp - n, sp)
    m.words[W_SP] = sp - n
    return sp - n


def replace_top(m: Machine, sp: i64, n: i64, value: i64) -> i64:
    """Drop the n topmost values and push `value` (stolen); return the new sp."""
    pop_values(m, m.words, sp - n, sp)
    w = m.words
    w[sp - n] = value
    w[W_SP] = sp - n + 1
    return sp - n + 1


def push_record(m: Machine, w: vec[i64], code: i64, sp: i64, base: i64, back: i64, pc: i64) -> i64:
    """Make the function at base - 1, with its arguments in [base, sp), the running record; return the new sp.

    `pc` is where the caller goes on, with the flags of FRAME_RETURN. RecursionError if there is no room.
    """
    header: i64 = base + w[code + CO_NLOCALSPLUS]
    if w[W_DEPTH] >= w[W_RECURSION_LIMIT] or header + w[code + CO_STACKSIZE] >= STACK_END - STACK_MARGIN:
        raise recursion_error(m)
    while sp < header:
        w[sp] = 0
        sp += 1
    w[header + FRAME_BACK] = back
    w[header + FRAME_RETURN] = pc
    w[header + FRAME_NAMES] = 0
    w[W_BASE] = base
    w[W_DEPTH] += 1
    return header + FRAME_HEADER


def recursion_error(m: Machine) -> Raised:
    """The RecursionError of a call that has no room."""
    return m.error(T_RECURSION_ERROR, "maximum recursion depth exceeded")


def leave_special(m: Machine, r: i64, pc: i64, namespace: i64) -> i64:
    """The rest of a return that is not to the loop's own caller: release a namespace, find an `__init__`'s instance.

    `r` (owned) is what was returned; the result (owned) is what the caller gets. W_SP is where the record began and
    W_PC becomes the caller's pc. TypeError if `__init__` returned something.
    """
    w = m.words
    w[W_PC] = pc & RETURN_PC
    if namespace != 0:
        decref(m, w, namespace)
        w = m.words
    if pc & RETURN_INSTANCE == 0:
        return r
    leave_call(m.words)
    if r != NONE:
        kind = m.type_name(r)
        decref(m, m.words, r)
        start: i64 = drop_kept(m, m.words[W_SP]) - 1
        pop_values(m, m.words, start, start + 1)
        m.words[W_SP] = start
        raise m.error(T_TYPE_ERROR, f"__init__() should return None, not '{kind}'")
    w[NONE] -= 1
    w[W_SP] = drop_kept(m, w[W_SP]) - 1
    w = m.words
    return w[w[W_SP]]


def drop_kept(m: Machine, sp: i64) -> i64:
    """Release what lies below `sp` down to a NULL, and return where that is; W_SP must not lie below `sp`."""
    w = m.words
    sp -= 1
    a: i64 = w[sp]
    while a != 0:
        w[sp] = 0
        n: i64 = w[a] - 1
        w[a] = n
        if n == 0:
            dealloc(m, w, a)
            w = m.words
        sp -= 1
        a = w[sp]
    return sp
