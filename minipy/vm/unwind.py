"""From a raised exception to its handler: the zero-cost exception table, records popped on the way, the traceback.

A code object keeps its exception table behind its instructions: CO_NEXCEPTIONS entries of four words (start, end,
target, depth * 2 + lasti; offsets from the first instruction), innermost entry first where two cover an offset.

CPython counterpart: Python/ceval.c (exception_unwind, get_exception_handler), Python/traceback.c (PyTraceBack_Here),
Objects/exception_handling_notes.txt.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_FIRST,
    CO_INSTRUCTIONS,
    CO_NEXCEPTIONS,
    CO_NLOCALSPLUS,
    EXC_TRACEBACK,
    FRAME_BACK,
    FRAME_HEADER,
    FRAME_NAMES,
    FRAME_RETURN,
    FUNC_CODE,
    OB_TYPE,
    RETURN_INSTANCE,
    RETURN_PC,
    RETURN_TO_NATIVE,
    W_BASE,
    W_DEPTH,
    W_PART,
    W_PC,
    W_PENDING,
    W_SP,
    W_STOPPING,
)
from minipy.memory.layout_modules import HANDLER_DEPTH, HANDLER_END, HANDLER_START, HANDLER_TARGET, HANDLER_WORDS
from minipy.memory.refcount import decref, store
from minipy.memory.statics import SMALL_INT_ZERO, T_MEMORY_ERROR
from minipy.memory.words import Raised, vec
from minipy.objects.exceptions import keep_memory_errors, new_traceback, take_pending
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.recursion import leave_call
from minipy.vm import generator
from minipy.vm.frame import drop_kept, pop_values

RERAISED: Final = 2
"""In W_PART: the exception goes on from where it was, this record is in its traceback already."""


def unwind(m: Machine, pc: i64, sp: i64, base: i64) -> bool:
    """Take the pending exception, raised before `pc` in the record at `base`, to its handler.

    True: W_PC, W_SP, W_BASE are the handler's, the exception lies on its operand stack. False: no record up to and
    including the one that native code entered has a handler; they are popped, the exception is still pending. When
    the host ends the program (W_STOPPING), no handler counts. With RETURN_TO_NATIVE in `pc` that record has just been
    popped: what it returned was wrong.
    """
    if pc & RETURN_TO_NATIVE != 0:
        return False
    pc = pc & RETURN_PC
    while True:
        w = m.words
        w[W_SP] = sp
        w[W_BASE] = base
        code: i64 = w[w[base - 1] + FUNC_CODE]
        offset: i64 = pc - 1 - code - CO_FIRST
        add_traceback(m, base, offset)
        w = m.words
        entry: i64 = find_handler(w, code, offset) if w[W_STOPPING] == 0 else 0
        if entry != 0:
            enter_handler(m, base, code, offset, entry, sp)
            return True
        m.observe_unwind()
        native: bool = pop_record(m, base, sp)
        w = m.words
        if native:
            return False
        base = w[W_BASE]
        pc = w[W_PC]
        sp = w[W_SP]


def add_traceback(m: Machine, base: i64, offset: i64) -> None:
    """Put the record in front of the pending exception's traceback, unless it is being raised again.

    Without room for the entry, MemoryError becomes the pending exception, unless that is one already.
    """
    w = m.words
    part: i64 = w[W_PART]
    w[W_PART] = 0
    if part == RERAISED:
        return
    exception: i64 = take_pending(w)
    try:
        entry: i64 = new_traceback(m, w[exception + EXC_TRACEBACK], w[base - 1], offset * 2 + part)
    except Raised:
        if m.words[exception + OB_TYPE] == T_MEMORY_ERROR:
            store(m, m.words, W_PENDING, exception)
        else:
            decref(m, m.words, exception)
        return
    w = m.words
    w[W_PENDING] = exception
    store(m, w, exception + EXC_TRACEBACK, entry)


def find_handler(w: vec[i64], code: i64, offset: i64) -> i64:
    """The address of the exception table's entry that covers the offset, 0 if none does."""
    entry: i64 = code + CO_FIRST + w[code + CO_INSTRUCTIONS]
    end: i64 = entry + HANDLER_WORDS * w[code + CO_NEXCEPTIONS]
    while entry < end:
        if w[entry + HANDLER_START] <= offset and offset < w[entry + HANDLER_END]:
            return entry
        entry += HANDLER_WORDS
    return 0


def handled_above(w: vec[i64]) -> bool:
    """Whether a record below the running one on the stack, that is further out, handles what leaves that."""
    base: i64 = w[W_BASE]
    while True:
        header: i64 = base + w[w[w[base - 1] + FUNC_CODE] + CO_NLOCALSPLUS]
        pc: i64 = w[header + FRAME_RETURN] & RETURN_PC
        base = w[header + FRAME_BACK]
        if base == 0:
            return False
        code: i64 = w[w[base - 1] + FUNC_CODE]
        if find_handler(w, code, pc - 1 - code - CO_FIRST) != 0:
            return True


def enter_handler(m: Machine, base: i64, code: i64, offset: i64, entry: i64, sp: i64) -> None:
    """Unwind the operand stack to the handler's depth and push what it expects."""
    w = m.words
    depth: i64 = w[entry + HANDLER_DEPTH] >> 1
    lasti: i64 = w[entry + HANDLER_DEPTH] & 1
    target: i64 = w[entry + HANDLER_TARGET]
    bottom: i64 = base + w[code + CO_NLOCALSPLUS] + FRAME_HEADER + depth
    pop_values(m, w, bottom, sp)
    w = m.words
    w[W_SP] = bottom
    if lasti != 0:
        number: i64 = SMALL_INT_ZERO
        try:
            number = new_int(m, offset)
        except Raised:
            m.words[number] += 1
        w = m.words
        w[bottom] = number
        bottom += 1
    w[bottom] = w[W_PENDING]
    w[W_PENDING] = 0
    w[W_SP] = bottom + 1
    w[W_BASE] = base
    w[W_PC] = code + CO_FIRST + target
    if w[w[bottom] + OB_TYPE] == T_MEMORY_ERROR:
        keep_memory_errors(m)


def pop_record(m: Machine, base: i64, sp: i64) -> bool:
    """Pop the record at `base`; W_PC, W_SP, W_BASE become the caller's. True if native code had entered it."""
    w = m.words
    code: i64 = w[w[base - 1] + FUNC_CODE]
    header: i64 = base + w[code + CO_NLOCALSPLUS]
    generator.abandon(m, base)
    pop_values(m, m.words, header + FRAME_HEADER, sp)
    w = m.words
    back: i64 = w[header + FRAME_BACK]
    pc: i64 = w[header + FRAME_RETURN]
    namespace: i64 = w[header + FRAME_NAMES]
    w[header + FRAME_NAMES] = 0
    if namespace != 0:
        decref(m, w, namespace)
    w = m.words
    w[W_SP] = header + FRAME_HEADER
    w[header + FRAME_BACK] = 0
    w[header + FRAME_RETURN] = 0
    w[W_BASE] = back
    w[W_DEPTH] -= 1
    pop_values(m, w, base - 1, header)
    w = m.words
    sp = base - 1
    if pc & RETURN_INSTANCE != 0:
        leave_call(w)
        start: i64 = drop_kept(m, sp) - 1
        pop_values(m, m.words, start, start + 1)
        w = m.words
        sp = start
    w[W_SP] = sp
    w[W_PC] = pc & RETURN_PC
    return pc & RETURN_TO_NATIVE != 0
