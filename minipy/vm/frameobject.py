"""Frame objects: what sys._getframe gives, a view of an activation record that lies on the run-time stack.

    frame object   function | f_locals | f_back | generator | base of the record | mark | offset
                                                               |
    record         function | locals | FRAME_BACK | FRAME_RETURN: pc, flags, mark | ...

A record knows nothing of its frame objects and a call costs nothing for them. Making one leaves a mark in the unused
bits of FRAME_RETURN, which the next record at the same place overwrites. So a frame object's record is still there if
the walk over all records meets it and it has the mark. If not, the call is over: the frame object then says what was
last read from it.

The frame of a generator finds its record through the generator: on the stack while it runs, else in its buffer. The
frame of a traceback has no record: it knows what was called and where that failed.

Invariant: whoever reads FRAME_RETURN masks the mark (RETURN_FLAGS, RETURN_PC). A generator that is suspended loses it.

CPython counterpart: Objects/frameobject.c; there the record moves into the frame object when the call is over.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.bytecode.code import CO_NEWLOCALS
from minipy.memory.layout import (
    CO_FIRST,
    CO_FLAGS,
    CO_INSTRUCTIONS,
    CO_NLOCALSPLUS,
    FRAME_BACK,
    FRAME_NAMES,
    FRAME_RETURN,
    FUNC_CODE,
    FUNC_GLOBALS,
    GEN_FRAME,
    GEN_PC,
    GEN_STATE,
    RETURN_PC,
    TB_FUNCTION,
    TB_OFFSET,
    TP_DICT,
    W_BASE,
    W_PC,
    W_VERSION,
)
from minipy.memory.layout_modules import (
    FRAME_OBJECT_BACK,
    FRAME_OBJECT_BASE,
    FRAME_OBJECT_FUNCTION,
    FRAME_OBJECT_GENERATOR,
    FRAME_OBJECT_LOCALS,
    FRAME_OBJECT_MARK,
    FRAME_OBJECT_OFFSET,
    MARK_MASK,
    MARK_SHIFT,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import incref, store
from minipy.memory.stack import record_header
from minipy.memory.statics import NONE, T_FRAME, T_VALUE_ERROR, TRUE
from minipy.memory.words import vec
from minipy.objects.dictobject import dict_clear, dict_length, new_dict
from minipy.objects.longobject import new_int, none
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import builtins_of
from minipy.objects.natives import Getsets, add_getsets
from minipy.vm.bltin_scope import add_locals
from minipy.vm.generator import CLOSED, RUNNING
from minipy.vm.module_families import FAMILY_FRAME
from minipy.vm.tracebacks import place_at

GET_BACK: Final = 1
GET_CODE: Final = 2
GET_GLOBALS: Final = 3
GET_BUILTINS: Final = 4
GET_LOCALS: Final = 5
GET_LINENO: Final = 6
GET_LASTI: Final = 7
GET_TRACE: Final = 8
GET_TRACE_LINES: Final = 9
GET_TB_FRAME: Final = 10

GETSETS: Final[Getsets] = (
    (GET_BACK, "f_back"),
    (GET_CODE, "f_code"),
    (GET_GLOBALS, "f_globals"),
    (GET_BUILTINS, "f_builtins"),
    (GET_LOCALS, "f_locals"),
    (GET_LINENO, "f_lineno"),
    (GET_LASTI, "f_lasti"),
    (GET_TRACE, "f_trace"),
    (GET_TRACE_LINES, "f_trace_lines"),
)
"""Added to the type when the first frame object is made."""
TRACEBACK_GETSETS: Final[Getsets] = ((GET_TB_FRAME, "tb_frame"),)


# ---------------------------------------------------------------- making
def get_frame(m: Machine, depth: i64) -> i64:
    """sys._getframe(depth): the frame of the call `depth` calls before the running one, owned."""
    w = m.words
    base: i64 = w[W_BASE]
    pc: i64 = w[W_PC]
    while depth > 0 and base != 0:
        header: i64 = record_header(w, base)
        pc = w[header + FRAME_RETURN]
        base = w[header + FRAME_BACK]
        depth -= 1
    if base == 0:
        raise m.error(T_VALUE_ERROR, "call stack is not deep enough")
    return new_frame(m, base, pc)


def frame_of(m: Machine, function: i64) -> i64:
    """A frame object (owned) of a call of the function, without a record."""
    if dict_length(m.words, m.words[T_FRAME + TP_DICT]) == 0:
        add_getsets(m, T_FRAME, FAMILY_FRAME, GETSETS)
    f: i64 = gc_alloc(m, T_FRAME)
    w = m.words
    incref(w, function)
    w[f + FRAME_OBJECT_FUNCTION] = function
    return f


def traceback_frame(m: Machine, tb: i64) -> i64:
    """tb.tb_frame, owned."""
    f: i64 = frame_of(m, m.words[tb + TB_FUNCTION])
    m.words[f + FRAME_OBJECT_OFFSET] = m.words[tb + TB_OFFSET] >> 1
    return f


def generator_frame(m: Machine, g: i64) -> i64:
    """generator.gi_frame, owned: None when it is over."""
    w = m.words
    if w[g + GEN_STATE] == CLOSED:
        return none(w)
    base: i64 = generator_base(w, g)
    f: i64 = frame_of(m, w[base - 1])
    w = m.words
    incref(w, g)
    w[f + FRAME_OBJECT_GENERATOR] = g
    return f


def generator_base(w: vec[i64], g: i64) -> i64:
    """The base of the generator's record: on the stack while it runs, else in its buffer; 0 when it is over."""
    if w[g + GEN_STATE] == CLOSED:
        return 0
    base: i64 = w[W_BASE]
    while base != 0 and w[g + GEN_STATE] == RUNNING:
        if w[base - 2] == g:
            return base
        base = w[record_header(w, base) + FRAME_BACK]
    return w[g + GEN_FRAME] + 1


def new_frame(m: Machine, base: i64, pc: i64) -> i64:
    """A frame object (owned) of the record at `base`, which goes on at `pc`; leaves a mark in the record."""
    f: i64 = frame_of(m, m.words[base - 1])
    w = m.words
    w[f + FRAME_OBJECT_BASE] = base
    at: i64 = record_header(w, base) + FRAME_RETURN
    if w[at] >> MARK_SHIFT == 0:
        w[W_VERSION] += 1
        w[at] |= (w[W_VERSION] & MARK_MASK) << MARK_SHIFT
    w[f + FRAME_OBJECT_MARK] = w[at] >> MARK_SHIFT
    set_offset(w, f, pc)
    return f


def set_offset(w: vec[i64], f: i64, pc: i64) -> None:
    """Note which instruction runs."""
    code: i64 = w[w[f + FRAME_OBJECT_FUNCTION] + FUNC_CODE]
    offset: i64 = (pc & RETURN_PC) - 1 - code - CO_FIRST
    if offset >= 0 and offset < w[code + CO_INSTRUCTIONS]:
        w[f + FRAME_OBJECT_OFFSET] = offset


def live_base(w: vec[i64], f: i64) -> i64:
    """The base of the frame's record; 0 if the call is over. The offset is brought up to date."""
    g: i64 = w[f + FRAME_OBJECT_GENERATOR]
    wanted: i64 = w[f + FRAME_OBJECT_BASE] if g == 0 else generator_base(w, g)
    if g != 0 and wanted != 0 and w[g + GEN_STATE] != RUNNING:
        set_offset(w, f, w[g + GEN_PC])
        return wanted
    base: i64 = w[W_BASE]
    pc: i64 = w[W_PC]
    while base != 0 and base != wanted:
        header: i64 = record_header(w, base)
        pc = w[header + FRAME_RETURN]
        base = w[header + FRAME_BACK]
    if base == 0 or w[base - 1] != w[f + FRAME_OBJECT_FUNCTION]:
        return 0
    mark: i64 = w[record_header(w, base) + FRAME_RETURN] >> MARK_SHIFT
    if g == 0 and mark != w[f + FRAME_OBJECT_MARK]:
        return 0
    set_offset(w, f, pc)
    return base


# ---------------------------------------------------------------- attributes
def get(m: Machine, number: i64, f: i64) -> i64:
    """The attributes of GETSETS, owned."""
    w = m.words
    if number == GET_TB_FRAME:
        return traceback_frame(m, f)
    base: i64 = live_base(w, f)
    function: i64 = w[f + FRAME_OBJECT_FUNCTION]
    if number == GET_LINENO:
        return new_int(m, place_at(w, w[function + FUNC_CODE], w[f + FRAME_OBJECT_OFFSET] * 2).line)
    if number == GET_LASTI:
        return new_int(m, w[f + FRAME_OBJECT_OFFSET])
    value: i64 = NONE
    if number == GET_BACK:
        value = frame_back(m, f, base)
    elif number == GET_CODE:
        value = w[function + FUNC_CODE]
    elif number == GET_GLOBALS:
        value = w[function + FUNC_GLOBALS]
    elif number == GET_BUILTINS:
        value = builtins_of(w, w[function + FUNC_GLOBALS])
    elif number == GET_LOCALS:
        value = frame_locals(m, f, base)
    elif number == GET_TRACE_LINES:
        value = TRUE
    incref(m.words, value)
    return value


def frame_back(m: Machine, f: i64, base: i64) -> i64:
    """f.f_back, borrowed from the frame, whose record is at `base` (0: it is gone)."""
    if m.words[f + FRAME_OBJECT_GENERATOR] != 0:
        store(m, m.words, f + FRAME_OBJECT_BACK, 0)
    w = m.words
    if base != 0 and w[f + FRAME_OBJECT_BACK] == 0:
        header: i64 = record_header(w, base)
        before: i64 = w[header + FRAME_BACK]
        if before != 0:
            back: i64 = new_frame(m, before, w[header + FRAME_RETURN])
            m.words[f + FRAME_OBJECT_BACK] = back
    back = m.words[f + FRAME_OBJECT_BACK]
    return back if back != 0 else NONE


def frame_locals(m: Machine, f: i64, base: i64) -> i64:
    """f.f_locals, borrowed: a namespace itself; of a function a dict that is filled anew while its record is there."""
    w = m.words
    function: i64 = w[f + FRAME_OBJECT_FUNCTION]
    code: i64 = w[function + FUNC_CODE]
    own: i64 = w[base + w[code + CO_NLOCALSPLUS] + FRAME_NAMES] if base != 0 else 0
    if own == 0 and w[code + CO_FLAGS] & CO_NEWLOCALS == 0:
        own = w[function + FUNC_GLOBALS]
    if own != 0:
        incref(w, own)
        store(m, w, f + FRAME_OBJECT_LOCALS, own)
        return own
    if w[f + FRAME_OBJECT_LOCALS] == 0:
        d: i64 = new_dict(m)
        m.words[f + FRAME_OBJECT_LOCALS] = d
    if base != 0:
        dict_clear(m, m.words[f + FRAME_OBJECT_LOCALS])
        add_locals(m, m.words[f + FRAME_OBJECT_LOCALS], base, m.words[code + CO_NLOCALSPLUS])
    return m.words[f + FRAME_OBJECT_LOCALS]
