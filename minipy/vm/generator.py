"""Generators: an activation record that moves to the heap at each yield and back to the stack at each resumption.

    suspended:  GEN_FRAME -> function, locals, cells, 0 0 0 (header), operand stack      GEN_PC: where to go on
    running:    ..., generator, function, locals, cells, header, operand stack           GEN_PC: the record's base
                                ^ base - 1

The buffer is made once, as large as the record can become, so that suspending never fails. What resumed a generator
decides what a yield and a return mean: the loop's FOR_ITER, FOR_ITER_STORE_FAST and SEND are recognised by the
instruction before the return address; native code (next, send, throw) by RETURN_TO_NATIVE.

Invariant: a running generator lies directly below its record, owned by who resumed it.

CPython counterpart: Objects/genobject.c, and Python/ceval.c for RETURN_GENERATOR, YIELD_VALUE, SEND.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.bytecode.opcodes import FOR_ITER_STORE_FAST, SEND
from minipy.memory.layout import (
    CO_NLOCALSPLUS,
    CO_STACKSIZE,
    FRAME_BACK,
    FRAME_HEADER,
    FRAME_RETURN,
    FUNC_CODE,
    FUNC_NAME,
    FUNC_QUALNAME,
    GEN_CODE,
    GEN_EXC_PREVIOUS,
    GEN_EXC_VALUE,
    GEN_FRAME,
    GEN_FRAME_COUNT,
    GEN_FRAME_WORDS,
    GEN_NAME,
    GEN_PC,
    GEN_QUALNAME,
    GEN_STATE,
    OB_TYPE,
    RETURN_TO_NATIVE,
    STACK_END,
    STACK_MARGIN,
    W_BASE,
    W_DEPTH,
    W_EXC_INFO,
    W_NATIVE_DEPTH,
    W_NATIVE_LIMIT,
    W_PC,
    W_PENDING,
    W_RECURSION_LIMIT,
    W_RESULT,
    W_SP,
)
from minipy.memory.layout_modules import RETURN_FLAGS
from minipy.memory.objalloc import gc_alloc
from minipy.memory.obmalloc import allocate, free
from minipy.memory.refcount import decref
from minipy.memory.statics import T_GENERATOR, T_RUNTIME_ERROR, T_STOP_ITERATION, T_VALUE_ERROR
from minipy.memory.words import Raised, vec
from minipy.objects import exceptions
from minipy.objects.machine import Machine
from minipy.vm.frame import pop_values, recursion_error

CREATED: Final = 0
SUSPENDED: Final = 1
RUNNING: Final = 2
CLOSED: Final = 3


def create(m: Machine, base: i64, pc: i64, sp: i64) -> i64:
    """Move the record at `base` into a new generator (owned); W_BASE, W_PC, W_SP become the caller's.

    W_PC keeps the flags of FRAME_RETURN, for the loop to look at.
    """
    w = m.words
    function: i64 = w[base - 1]
    code: i64 = w[function + FUNC_CODE]
    words: i64 = w[code + CO_NLOCALSPLUS] + FRAME_HEADER + w[code + CO_STACKSIZE] + 1
    buffer: i64 = allocate(m, words)
    try:
        g: i64 = gc_alloc(m, T_GENERATOR)
    except Raised:
        free(m, m.words, buffer, words)
        raise
    w = m.words
    w[g + GEN_FRAME] = buffer
    w[g + GEN_FRAME_WORDS] = words
    set_reference(w, g + GEN_CODE, code)
    set_reference(w, g + GEN_NAME, w[function + FUNC_NAME])
    set_reference(w, g + GEN_QUALNAME, w[function + FUNC_QUALNAME])
    leave(w, g, base, pc, sp)
    w[g + GEN_STATE] = CREATED
    return g


def set_reference(w: vec[i64], at: i64, value: i64) -> None:
    """Store a new reference to a borrowed object in an empty field."""
    w[value] += 1
    w[at] = value


def leave(w: vec[i64], g: i64, base: i64, pc: i64, sp: i64) -> None:
    """Move the words [base - 1, sp) to the generator's buffer and make the caller's record the running one."""
    code: i64 = w[w[base - 1] + FUNC_CODE]
    header: i64 = base + w[code + CO_NLOCALSPLUS]
    w[W_BASE] = w[header + FRAME_BACK]
    w[W_PC] = w[header + FRAME_RETURN] & RETURN_FLAGS
    w[header + FRAME_BACK] = 0
    w[header + FRAME_RETURN] = 0
    target: i64 = w[g + GEN_FRAME]
    i: i64 = base - 1
    while i < sp:
        w[target] = w[i]
        target += 1
        i += 1
    w[g + GEN_FRAME_COUNT] = sp - base + 1
    w[g + GEN_PC] = pc
    w[W_SP] = base - 1
    w[W_DEPTH] -= 1


def resume(m: Machine, g: i64, value: i64) -> bool:
    """Push the record of the generator that lies at W_SP - 1 and make it the running one, to go on at W_PC.

    `value` (borrowed) is what the suspended yield gives. False: it is exhausted already, nothing was pushed.
    Its caller goes on at the present W_PC, which may carry RETURN_TO_NATIVE.
    """
    w = m.words
    state: i64 = w[g + GEN_STATE]
    if state == CLOSED:
        return False
    if state == RUNNING:
        raise m.error(T_VALUE_ERROR, "generator already executing")
    base: i64 = w[W_SP] + 1
    top: i64 = base + w[g + GEN_FRAME_WORDS]
    if w[W_DEPTH] >= w[W_RECURSION_LIMIT] or top >= STACK_END - STACK_MARGIN:
        raise recursion_error(m)
    if w[W_PC] & RETURN_TO_NATIVE != 0 and w[W_NATIVE_DEPTH] >= w[W_NATIVE_LIMIT]:
        raise recursion_error(m)
    enter(w, g, base)
    if state == SUSPENDED:
        set_reference(w, w[W_SP], value)
        w[W_SP] += 1
    return True


def enter(w: vec[i64], g: i64, base: i64) -> None:
    """Move the generator's words to the stack, the function at base - 1, and link its record and exception state."""
    source: i64 = w[g + GEN_FRAME]
    count: i64 = w[g + GEN_FRAME_COUNT]
    i: i64 = 0
    while i < count:
        w[base - 1 + i] = w[source + i]
        i += 1
    w[g + GEN_FRAME_COUNT] = 0
    header: i64 = base + w[w[g + GEN_CODE] + CO_NLOCALSPLUS]
    w[header + FRAME_BACK] = w[W_BASE]
    w[header + FRAME_RETURN] = w[W_PC]
    w[W_PC] = w[g + GEN_PC]
    w[W_BASE] = base
    w[W_SP] = base - 1 + count
    w[W_DEPTH] += 1
    w[g + GEN_STATE] = RUNNING
    w[g + GEN_PC] = base
    w[g + GEN_EXC_PREVIOUS] = w[W_EXC_INFO]
    w[W_EXC_INFO] = g + GEN_EXC_VALUE


def suspend(m: Machine, base: i64, pc: i64, sp: i64) -> i64:
    """YIELD_VALUE: move the record to its generator and return the value yielded, owned.

    W_BASE, W_SP are those of who resumed it; W_PC too, with the flags of FRAME_RETURN.
    """
    w = m.words
    g: i64 = w[base - 2]
    leave(w, g, base, pc, sp - 1)
    w[g + GEN_STATE] = SUSPENDED
    w[W_EXC_INFO] = w[g + GEN_EXC_PREVIOUS]
    return w[sp - 1]


def finish(m: Machine, base: i64, sp: i64) -> None:
    """GENERATOR_RETURN: the generator is exhausted; W_BASE, W_PC, W_SP become those of who resumed it.

    Native code finds the value returned in W_RESULT; the loop's instruction jumps to where it goes on then.
    """
    w = m.words
    value: i64 = w[sp - 1]
    w[W_SP] = sp - 1
    close_record(m, base, sp - 1)
    w = m.words
    pc: i64 = w[W_PC]
    if pc & RETURN_TO_NATIVE != 0:
        w[W_RESULT] = value
        return
    instruction: i64 = w[pc - 1]
    sp = w[W_SP] - 1
    g: i64 = w[sp]
    if instruction & 255 == SEND:
        w[sp] = value
        sp += 1
    else:
        w[sp] = 0
        decref(m, w, value)
        w = m.words
    w[W_PC] = instruction >> 24 if instruction & 255 == FOR_ITER_STORE_FAST else instruction >> 8
    w[W_SP] = sp
    decref(m, w, g)


def close_record(m: Machine, base: i64, sp: i64) -> None:
    """Pop the record of the running generator below `base` for good; registers become its resumer's."""
    w = m.words
    code: i64 = w[w[base - 1] + FUNC_CODE]
    header: i64 = base + w[code + CO_NLOCALSPLUS]
    abandon(m, base)
    back: i64 = w[header + FRAME_BACK]
    pc: i64 = w[header + FRAME_RETURN] & RETURN_FLAGS
    pop_values(m, w, header + FRAME_HEADER, sp)
    w = m.words
    w[W_SP] = header + FRAME_HEADER
    w[header + FRAME_BACK] = 0
    w[header + FRAME_RETURN] = 0
    w[W_BASE] = back
    w[W_DEPTH] -= 1
    pop_values(m, w, base - 1, header)
    w = m.words
    w[W_SP] = base - 1
    w[W_PC] = pc


def is_generator_record(w: vec[i64], base: i64) -> bool:
    """Does the record at `base` belong to the running generator below it?"""
    g: i64 = w[base - 2]
    return g != 0 and w[g + OB_TYPE] == T_GENERATOR and w[g + GEN_STATE] == RUNNING and w[g + GEN_PC] == base


def abandon(m: Machine, base: i64) -> None:
    """If the record at `base` is a generator's: it is closed, its handled exceptions are its own no more.

    A StopIteration about to leave it becomes a RuntimeError (PEP 479).
    """
    w = m.words
    if not is_generator_record(w, base):
        return
    g: i64 = w[base - 2]
    w[g + GEN_STATE] = CLOSED
    w[W_EXC_INFO] = w[g + GEN_EXC_PREVIOUS]
    if w[W_PENDING] != 0 and exceptions.pending_matches(w, T_STOP_ITERATION):
        stop_iteration_escapes(m)


def stop_iteration_escapes(m: Machine) -> None:
    """Replace the pending StopIteration by a RuntimeError of which it is cause and context."""
    e: i64 = exceptions.take_pending(m.words)
    m.error(T_RUNTIME_ERROR, "generator raised StopIteration")
    error: i64 = m.words[W_PENDING]
    exceptions.set_cause(m, error, e)
    exceptions.set_context(m, error, e)
    decref(m, m.words, e)
