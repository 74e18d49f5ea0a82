"""The evaluation loop: fetch an instruction, do what it says, until the record it was entered for returns.

`run` is one function because calls between instructions cost more than the instructions. It holds the machine's
registers as locals and writes them back before anything that may look at them:

    pc    word address behind the instruction being executed     W_PC
    sp    first free word of the run-time stack                  W_SP
    base  first local of the running activation record           W_BASE
    globals_dict  its module's dict, borrowed                    -
    w, fl the two lanes; read again after any call that may allocate

Only the instructions that real programs execute most are written out here, hottest first; the others are one call
to vm/instructions.py. The order matters only uncompiled: the build makes a C switch of the chain.

Invariants
- The stack pointer is committed after a fallible call, never before: when `Raised` arrives, [.., sp) is exactly what
  this loop owns, and vm/unwind.py releases it.
- A temporary int or float with count 1 is used again in place; small ints stay the unique static ones, or `is` lies.
- A program's call does not recurse here. A record pushed by native code carries RETURN_TO_NATIVE.
- W_EVAL_BREAKER is counted down at backward jumps, calls and turns of generators (RESUME, which the fast way of a call
  skips); at 0 vm/breaker.py collects, polls signals and limits.

CPython counterpart: Python/ceval.c, _PyEval_EvalFrameDefault, with the specialised instructions of PEP 659.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.bytecode.opcodes import (
    ADD_FAST_CONST,
    BINARY_ADD,
    BINARY_FLOOR_DIVIDE,
    BINARY_MULTIPLY,
    BINARY_OP,
    BINARY_REMAINDER,
    BINARY_SUBSCR,
    BINARY_SUBTRACT,
    BINARY_TRUE_DIVIDE,
    BUILD_LIST,
    BUILD_TUPLE,
    CALL,
    CALL_METHOD,
    COMPARE_OP,
    CONTAINS_OP,
    COPY,
    EQ_JUMP_IF_FALSE,
    FOR_ITER,
    FOR_ITER_STORE_FAST,
    GE_JUMP_IF_FALSE,
    GENERATOR_RETURN,
    GT_JUMP_IF_FALSE,
    IS_OP,
    JUMP_BACKWARD,
    JUMP_FORWARD,
    JUMP_IF_FALSE_OR_POP,
    JUMP_IF_TRUE_OR_POP,
    LE_JUMP_IF_FALSE,
    LIST_APPEND,
    LOAD_ATTR,
    LOAD_CONST,
    LOAD_DEREF,
    LOAD_FAST,
    LOAD_FAST_LOAD_ATTR,
    LOAD_FAST_LOAD_CONST,
    LOAD_FAST_LOAD_FAST,
    LOAD_GLOBAL,
    LOAD_GLOBAL_BUILTIN,
    LOAD_GLOBAL_MODULE,
    LOAD_METHOD,
    LT_JUMP_IF_FALSE,
    NE_JUMP_IF_FALSE,
    POP_JUMP_IF_FALSE,
    POP_JUMP_IF_NONE,
    POP_JUMP_IF_NOT_NONE,
    POP_JUMP_IF_TRUE,
    POP_TOP,
    RAISE_VARARGS,
    RERAISE,
    RESUME,
    RETURN_GENERATOR,
    RETURN_VALUE,
    STORE_ATTR,
    STORE_DEREF,
    STORE_FAST,
    STORE_FAST_LOAD_FAST,
    STORE_GLOBAL,
    STORE_SUBSCR,
    SUBTRACT_FAST_CONST,
    SWAP,
    UNARY_NOT,
    UNPACK_SEQUENCE,
    YIELD_VALUE,
)
from minipy.memory.layout import (
    CELL_CONTENTS,
    CO_FIRST,
    CO_SIMPLE,
    DICT_ENTRIES,
    DICT_VERSION,
    FLOAT_SLOT,
    FUNC_CODE,
    FUNC_GLOBALS,
    GC_NEXT,
    INSTANCE_ALLOCATED,
    INSTANCE_COUNT,
    INSTANCE_DICT,
    INSTANCE_VALUES,
    INT_VALUE,
    ITER_INDEX,
    ITER_LIMIT,
    ITER_SOURCE,
    ITER_STEP,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_SIZE,
    OB_TYPE,
    RETURN_PC,
    RETURN_TO_NATIVE,
    SMALL_INT_LIMIT,
    TP_VERSION,
    TUPLE_ITEMS,
    W_BASE,
    W_BUILTINS,
    W_DEPTH,
    W_EVAL_BREAKER,
    W_PC,
    W_PENDING,
    W_SP,
)
from minipy.memory.refcount import dealloc
from minipy.memory.statics import (
    FALSE,
    NONE,
    SMALL_INT_MAX,
    T_FLOAT,
    T_FUNCTION,
    T_GENERATOR,
    T_INT,
    T_LIST,
    T_LIST_ITERATOR,
    T_RANGE_ITERATOR,
    T_TUPLE,
    T_TUPLE_ITERATOR,
    TRUE,
)
from minipy.memory.words import Raised
from minipy.objects.floatobject import fast_float, new_float
from minipy.objects.iterobject import list_next
from minipy.objects.listobject import list_append
from minipy.objects.longobject import fast_int, new_int
from minipy.objects.machine import Machine
from minipy.objects.operators import (
    CMP_EQ,
    CMP_GE,
    CMP_GT,
    CMP_LE,
    CMP_LT,
    CMP_NE,
    NB_FLOOR_DIVIDE,
    NB_INPLACE,
    NB_MULTIPLY,
    NB_REMAINDER,
    NB_SUBTRACT,
    NB_TRUE_DIVIDE,
)
from minipy.vm import attribute_cache, breaker, do_build, do_exceptions, generator, instructions, names, operations
from minipy.vm.call import call_slow
from minipy.vm.frame import drop_number, free_number, leave_special, pop_locals, pop_values, push_record, word_int
from minipy.vm.unwind import unwind


def run(m: Machine) -> i64:
    """Execute from W_PC in the record at W_BASE until that record returns.

    Returns what it returned or, being a generator's, yielded, owned; 0 from a generator that is exhausted (W_RESULT
    has its value then). Raises `Raised` when an exception leaves the record, which is popped then.
    """
    w = m.words
    fl = m.floats
    pc: i64 = w[W_PC]
    sp: i64 = w[W_SP]
    base: i64 = w[W_BASE]
    globals_dict: i64 = w[w[base - 1] + FUNC_GLOBALS]
    op: i64 = 0
    arg: i64 = 0
    a: i64 = 0
    b: i64 = 0
    r: i64 = 0
    t: i64 = 0
    n: i64 = 0
    v: i64 = 0
    x: float = 0.0
    while True:
        try:
            if w[W_PENDING] != 0:
                raise Raised
            while True:
                arg = w[pc]
                pc += 1
                op = arg & 255
                arg = arg >> 8
                if op == LOAD_FAST:
                    a = w[base + arg]
                    if a == 0:
                        raise names.unbound_local(m, base, arg)
                    w[a] += 1
                    w[sp] = a
                    sp += 1
                elif op == LOAD_FAST_LOAD_FAST:
                    a = w[base + (arg & 65535)]
                    b = w[base + (arg >> 16)]
                    if a == 0 or b == 0:
                        raise names.unbound_pair(m, base, arg)
                    w[a] += 1
                    w[sp] = a
                    w[b] += 1
                    w[sp + 1] = b
                    sp += 2
                elif op == LOAD_FAST_LOAD_CONST:
                    a = w[base + (arg & 65535)]
                    if a == 0:
                        raise names.unbound_local(m, base, arg & 65535)
                    w[a] += 1
                    w[sp] = a
                    a = arg >> 16
                    w[a] += 1
                    w[sp + 1] = a
                    sp += 2
                elif op == STORE_FAST:
                    sp -= 1
                    a = w[base + arg]
                    w[base + arg] = w[sp]
                    if a != 0:
                        n = w[a] - 1
                        w[a] = n
                        if n == 0 and not free_number(w, a):
                            w[W_SP] = sp
                            dealloc(m, w, a)
                            w = m.words
                            fl = m.floats
                elif op == STORE_FAST_LOAD_FAST:
                    n = base + (arg & 65535)
                    a = w[n]
                    w[n] = w[sp - 1]
                    sp -= 1
                    if a != 0:
                        n = w[a] - 1
                        w[a] = n
                        if n == 0 and not free_number(w, a):
                            w[W_SP] = sp
                            dealloc(m, w, a)
                            w = m.words
                            fl = m.floats
                    a = w[base + (arg >> 16)]
                    if a == 0:
                        raise names.unbound_local(m, base, arg >> 16)
                    w[a] += 1
                    w[sp] = a
                    sp += 1
                elif op == LOAD_CONST:
                    w[arg] += 1
                    w[sp] = arg
                    sp += 1
                elif op == LOAD_GLOBAL_MODULE:
                    if w[globals_dict + DICT_VERSION] == w[pc]:
                        a = w[w[globals_dict + DICT_ENTRIES] + w[pc + 1]]
                        w[a] += 1
                        w[sp] = a
                        sp += 1
                        pc += 2
                    else:
                        pc = names.forget_global(w, pc)
                elif op == LOAD_FAST_LOAD_ATTR:
                    a = w[base + (arg & 65535)]
                    if a == 0:
                        raise names.unbound_first(m, base, arg & 65535)
                    r = 0
                    if w[w[a + OB_TYPE] + TP_VERSION] == w[pc]:
                        n = w[pc + 1]
                        if n < w[a + INSTANCE_COUNT]:
                            r = w[w[a + INSTANCE_VALUES] + n]
                    sp += 1
                    if r != 0:
                        w[r] += 1
                        w[sp - 1] = r
                    else:
                        w[a] += 1
                        w[sp - 1] = a
                        w[W_SP] = sp
                        w[W_PC] = pc
                        attribute_cache.replace_by_attribute(m, arg >> 16, pc, sp)
                        w = m.words
                        fl = m.floats
                    pc += 2
                elif op == LOAD_ATTR:
                    a = w[sp - 1]
                    r = 0
                    if w[w[a + OB_TYPE] + TP_VERSION] == w[pc]:
                        n = w[pc + 1]
                        if n < w[a + INSTANCE_COUNT] and w[a] > 1:
                            r = w[w[a + INSTANCE_VALUES] + n]
                    if r != 0:
                        w[r] += 1
                        w[a] -= 1
                        w[sp - 1] = r
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        attribute_cache.replace_by_attribute(m, arg, pc, sp)
                        w = m.words
                        fl = m.floats
                    pc += 2
                elif op == STORE_ATTR:
                    a = w[sp - 1]
                    r = 0
                    t = 0
                    if w[w[a + OB_TYPE] + TP_VERSION] == w[pc] and w[a] > 1:
                        n = w[pc + 1]
                        t = n + w[a + INSTANCE_VALUES]
                        if n < w[a + INSTANCE_COUNT]:
                            r = w[t]
                        elif n == w[a + INSTANCE_COUNT] and n < w[a + INSTANCE_ALLOCATED]:
                            w[a + INSTANCE_COUNT] = n + 1
                            w[t] = w[sp - 2]
                            sp -= 2
                            w[a] -= 1
                            pc += 2
                            continue
                    if r != 0:
                        w[t] = w[sp - 2]
                        sp -= 2
                        w[a] -= 1
                        n = w[r] - 1
                        w[r] = n
                        if n == 0 and not free_number(w, r):
                            w[W_SP] = sp
                            dealloc(m, w, r)
                            w = m.words
                            fl = m.floats
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        sp = attribute_cache.store_attribute(m, arg, pc, sp)
                        w = m.words
                        fl = m.floats
                    pc += 2
                elif op == BINARY_ADD:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    t = w[a + OB_TYPE]
                    if t == T_INT and w[b + OB_TYPE] == T_INT:
                        v = w[a + INT_VALUE] + w[b + INT_VALUE]
                        if w[a] == 1 and v > SMALL_INT_MAX and v < SMALL_INT_LIMIT:
                            w[a + INT_VALUE] = v
                            sp -= 1
                        else:
                            r = word_int(w, v)
                            if r == 0:
                                w[W_SP] = sp
                                r = new_int(m, v)
                                w = m.words
                            sp -= 1
                            w[sp - 1] = r
                            drop_number(w, a)
                        drop_number(w, b)
                    elif t == T_FLOAT and w[b + OB_TYPE] == T_FLOAT:
                        x = fl[w[a + FLOAT_SLOT]] + fl[w[b + FLOAT_SLOT]]
                        if w[a] == 1:
                            fl[w[a + FLOAT_SLOT]] = x
                            sp -= 1
                        else:
                            r = fast_float(w, fl, x)
                            if r == 0:
                                w[W_SP] = sp
                                r = new_float(m, x)
                                w = m.words
                                fl = m.floats
                            sp -= 1
                            w[sp - 1] = r
                            drop_number(w, a)
                        drop_number(w, b)
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        sp = operations.add(m, arg, sp)
                        w = m.words
                        fl = m.floats
                elif op == BINARY_SUBTRACT:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    t = w[a + OB_TYPE]
                    if t == T_INT and w[b + OB_TYPE] == T_INT:
                        v = w[a + INT_VALUE] - w[b + INT_VALUE]
                        if w[a] == 1 and v > SMALL_INT_MAX and v < SMALL_INT_LIMIT:
                            w[a + INT_VALUE] = v
                            sp -= 1
                        else:
                            r = word_int(w, v)
                            if r == 0:
                                w[W_SP] = sp
                                r = new_int(m, v)
                                w = m.words
                            sp -= 1
                            w[sp - 1] = r
                            drop_number(w, a)
                        drop_number(w, b)
                    elif t == T_FLOAT and w[b + OB_TYPE] == T_FLOAT:
                        x = fl[w[a + FLOAT_SLOT]] - fl[w[b + FLOAT_SLOT]]
                        if w[a] == 1:
                            fl[w[a + FLOAT_SLOT]] = x
                            sp -= 1
                        else:
                            r = fast_float(w, fl, x)
                            if r == 0:
                                w[W_SP] = sp
                                r = new_float(m, x)
                                w = m.words
                                fl = m.floats
                            sp -= 1
                            w[sp - 1] = r
                            drop_number(w, a)
                        drop_number(w, b)
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        sp = operations.binary(m, NB_SUBTRACT + arg, sp)
                        w = m.words
                        fl = m.floats
                elif op == BINARY_MULTIPLY:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    t = w[a + OB_TYPE]
                    if t == T_FLOAT and w[b + OB_TYPE] == T_FLOAT:
                        x = fl[w[a + FLOAT_SLOT]] * fl[w[b + FLOAT_SLOT]]
                        if w[a] == 1:
                            fl[w[a + FLOAT_SLOT]] = x
                            sp -= 1
                        else:
                            r = fast_float(w, fl, x)
                            if r == 0:
                                w[W_SP] = sp
                                r = new_float(m, x)
                                w = m.words
                                fl = m.floats
                            sp -= 1
                            w[sp - 1] = r
                            drop_number(w, a)
                        drop_number(w, b)
                    elif t == T_INT and w[b + OB_TYPE] == T_INT and operations.factors_fit(w, a, b):
                        r = fast_int(w, w[a + INT_VALUE] * w[b + INT_VALUE])
                        if r == 0:
                            w[W_SP] = sp
                            r = new_int(m, w[a + INT_VALUE] * w[b + INT_VALUE])
                            w = m.words
                        sp -= 1
                        w[sp - 1] = r
                        drop_number(w, a)
                        drop_number(w, b)
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        sp = operations.binary(m, NB_MULTIPLY + arg, sp)
                        w = m.words
                        fl = m.floats
                elif op == ADD_FAST_CONST:
                    a = w[base + (arg & 32767)]
                    if a == 0:
                        raise names.unbound_first(m, base, arg & 32767)
                    b = arg >> 16
                    if w[a + OB_TYPE] == T_INT and w[b + OB_TYPE] == T_INT:
                        r = word_int(w, w[a + INT_VALUE] + w[b + INT_VALUE])
                        if r == 0:
                            w[W_SP] = sp
                            r = new_int(m, w[a + INT_VALUE] + w[b + INT_VALUE])
                            w = m.words
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        r = operations.add_constant(m, arg >> 11 & NB_INPLACE, a, b)
                        w = m.words
                        fl = m.floats
                    w[sp] = r
                    sp += 1
                elif op == SUBTRACT_FAST_CONST:
                    a = w[base + (arg & 32767)]
                    if a == 0:
                        raise names.unbound_first(m, base, arg & 32767)
                    b = arg >> 16
                    if w[a + OB_TYPE] == T_INT and w[b + OB_TYPE] == T_INT:
                        r = word_int(w, w[a + INT_VALUE] - w[b + INT_VALUE])
                        if r == 0:
                            w[W_SP] = sp
                            r = new_int(m, w[a + INT_VALUE] - w[b + INT_VALUE])
                            w = m.words
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        r = m.binary(NB_SUBTRACT + (arg >> 11 & NB_INPLACE), a, b)
                        w = m.words
                        fl = m.floats
                    w[sp] = r
                    sp += 1
                elif op == LT_JUMP_IF_FALSE:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    if w[a + OB_TYPE] == T_INT and w[b + OB_TYPE] == T_INT:
                        if not w[a + INT_VALUE] < w[b + INT_VALUE]:
                            pc = arg
                        sp -= 2
                        drop_number(w, a)
                        drop_number(w, b)
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        if not operations.compare_is_true(m, CMP_LT, sp):
                            pc = arg
                        sp -= 2
                        w = m.words
                        fl = m.floats
                elif op == EQ_JUMP_IF_FALSE:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    if w[a + OB_TYPE] == T_INT and w[b + OB_TYPE] == T_INT:
                        if not w[a + INT_VALUE] == w[b + INT_VALUE]:
                            pc = arg
                        sp -= 2
                        drop_number(w, a)
                        drop_number(w, b)
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        if not operations.compare_is_true(m, CMP_EQ, sp):
                            pc = arg
                        sp -= 2
                        w = m.words
                        fl = m.floats
                elif op == GT_JUMP_IF_FALSE:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    if w[a + OB_TYPE] == T_INT and w[b + OB_TYPE] == T_INT:
                        if not w[a + INT_VALUE] > w[b + INT_VALUE]:
                            pc = arg
                        sp -= 2
                        drop_number(w, a)
                        drop_number(w, b)
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        if not operations.compare_is_true(m, CMP_GT, sp):
                            pc = arg
                        sp -= 2
                        w = m.words
                        fl = m.floats
                elif op == JUMP_BACKWARD:
                    n = w[W_EVAL_BREAKER] - 1
                    w[W_EVAL_BREAKER] = n
                    if n <= 0:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        breaker.safe_point(m)
                        w = m.words
                        fl = m.floats
                    pc = arg
                elif op == FOR_ITER_STORE_FAST:
                    a = w[sp - 1]
                    t = w[a + OB_TYPE]
                    r = 0
                    if t == T_RANGE_ITERATOR:
                        n = w[a + ITER_LIMIT]
                        if n > 0:
                            v = w[a + ITER_INDEX]
                            r = fast_int(w, v)
                            if r == 0:
                                w[W_SP] = sp
                                r = new_int(m, v)
                                w = m.words
                            w[a + ITER_LIMIT] = n - 1
                            w[a + ITER_INDEX] = v + w[a + ITER_STEP]
                    elif t == T_LIST_ITERATOR and w[a + ITER_SOURCE] != 0:
                        b = w[a + ITER_SOURCE]
                        n = w[a + ITER_INDEX]
                        if n < w[b + LIST_LENGTH]:
                            r = w[w[b + LIST_ITEMS] + n]
                            w[r] += 1
                            w[a + ITER_INDEX] = n + 1
                        else:
                            w[W_SP] = sp
                            r = list_next(m, a)
                            w = m.words
                            fl = m.floats
                    elif t == T_TUPLE_ITERATOR and w[a + ITER_SOURCE] != 0:
                        b = w[a + ITER_SOURCE]
                        n = w[a + ITER_INDEX]
                        if n < w[b + OB_SIZE]:
                            r = w[b + TUPLE_ITEMS + n]
                            w[r] += 1
                            w[a + ITER_INDEX] = n + 1
                    elif t == T_GENERATOR:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        if generator.resume(m, a, NONE):
                            w = m.words
                            sp = w[W_SP]
                            base = w[W_BASE]
                            pc = w[W_PC]
                            globals_dict = w[w[base - 1] + FUNC_GLOBALS]
                            continue
                        w = m.words
                        fl = m.floats
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        r = m.next(a)
                        w = m.words
                        fl = m.floats
                    if r != 0:
                        n = base + (arg & 65535)
                        a = w[n]
                        w[n] = r
                        if a != 0:
                            n = w[a] - 1
                            w[a] = n
                            if n == 0 and not free_number(w, a):
                                w[W_SP] = sp
                                dealloc(m, w, a)
                                w = m.words
                                fl = m.floats
                    else:
                        sp -= 1
                        pc = arg >> 16
                        pop_values(m, w, sp, sp + 1)
                        w = m.words
                        fl = m.floats
                elif op == CALL:
                    n = sp - arg - 1
                    b = w[n]
                    if w[b + OB_TYPE] == T_FUNCTION and w[w[b + FUNC_CODE] + CO_SIMPLE] == arg + 1:
                        sp = push_record(m, w, w[b + FUNC_CODE], sp, n + 1, base, pc)
                        base = n + 1
                        pc = w[b + FUNC_CODE] + CO_FIRST + 1
                        globals_dict = w[b + FUNC_GLOBALS]
                        n = w[W_EVAL_BREAKER] - 1
                        w[W_EVAL_BREAKER] = n
                        if n <= 0:
                            w[W_SP] = sp
                            w[W_PC] = pc
                            breaker.safe_point(m)
                            w = m.words
                            fl = m.floats
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        r = call_slow(m, n + 1, arg)
                        w = m.words
                        fl = m.floats
                        if r != 0:
                            n = sp - arg - 1
                            if pop_values(m, w, n, sp):
                                w = m.words
                                fl = m.floats
                            w[n] = r
                            sp = n + 1
                        else:
                            sp = w[W_SP]
                            base = w[W_BASE]
                            pc = w[W_PC]
                            globals_dict = w[w[base - 1] + FUNC_GLOBALS]
                elif op == LOAD_METHOD:
                    a = w[sp - 1]
                    r = 0
                    if w[w[a + OB_TYPE] + TP_VERSION] == w[pc]:
                        r = w[pc + 1]
                        if r < 0:
                            r = 0 - r
                            if w[a + INSTANCE_DICT] != 0:
                                r = 0
                    if r != 0:
                        w[r] += 1
                        w[sp - 1] = r
                        w[sp] = a
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        attribute_cache.load_method(m, sp - 1, arg, pc)
                        w = m.words
                        fl = m.floats
                    sp += 1
                    pc += 2
                elif op == CALL_METHOD:
                    n = sp - arg - 2
                    b = w[n]
                    if b == 0:
                        operations.close_gap(w, n, sp)
                        sp -= 1
                        b = w[n]
                    else:
                        arg += 1
                    if w[b + OB_TYPE] == T_FUNCTION and w[w[b + FUNC_CODE] + CO_SIMPLE] == arg + 1:
                        sp = push_record(m, w, w[b + FUNC_CODE], sp, n + 1, base, pc)
                        base = n + 1
                        pc = w[b + FUNC_CODE] + CO_FIRST + 1
                        globals_dict = w[b + FUNC_GLOBALS]
                        n = w[W_EVAL_BREAKER] - 1
                        w[W_EVAL_BREAKER] = n
                        if n <= 0:
                            w[W_SP] = sp
                            w[W_PC] = pc
                            breaker.safe_point(m)
                            w = m.words
                            fl = m.floats
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        r = call_slow(m, n + 1, arg)
                        w = m.words
                        fl = m.floats
                        if r != 0:
                            n = sp - arg - 1
                            if pop_values(m, w, n, sp):
                                w = m.words
                                fl = m.floats
                            w[n] = r
                            sp = n + 1
                        else:
                            sp = w[W_SP]
                            base = w[W_BASE]
                            pc = w[W_PC]
                            globals_dict = w[w[base - 1] + FUNC_GLOBALS]
                elif op == RETURN_VALUE:
                    sp -= 1
                    r = w[sp]
                    w[W_SP] = sp
                    n = base + arg
                    if pop_locals(m, w, base - 1, n):
                        w = m.words
                        fl = m.floats
                    sp = base - 1
                    base = w[n]
                    pc = w[n + 1]
                    a = w[n + 2]
                    w[W_BASE] = base
                    w[W_DEPTH] -= 1
                    if pc >= RETURN_TO_NATIVE or a != 0:
                        w[W_SP] = sp
                        r = leave_special(m, r, pc, a)
                        w = m.words
                        fl = m.floats
                        if pc & RETURN_TO_NATIVE != 0:
                            return r
                        pc = w[W_PC]
                        sp = w[W_SP]
                    globals_dict = w[w[base - 1] + FUNC_GLOBALS]
                    w[sp] = r
                    sp += 1
                elif op == BINARY_SUBSCR:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    r = 0
                    if w[b + OB_TYPE] == T_INT:
                        n = w[b + INT_VALUE]
                        if w[a + OB_TYPE] == T_LIST:
                            if n < 0:
                                n += w[a + LIST_LENGTH]
                            if n >= 0 and n < w[a + LIST_LENGTH]:
                                r = w[w[a + LIST_ITEMS] + n]
                        elif w[a + OB_TYPE] == T_TUPLE:
                            if n < 0:
                                n += w[a + OB_SIZE]
                            if n >= 0 and n < w[a + OB_SIZE]:
                                r = w[a + TUPLE_ITEMS + n]
                    if r != 0 and w[a] > 1:
                        w[r] += 1
                        sp -= 1
                        w[sp - 1] = r
                        w[a] -= 1
                        drop_number(w, b)
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        sp = operations.subscript(m, sp)
                        w = m.words
                        fl = m.floats
                elif op == STORE_SUBSCR:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    r = 0
                    if w[a + OB_TYPE] == T_LIST and w[b + OB_TYPE] == T_INT and w[a] > 1:
                        n = w[b + INT_VALUE]
                        if n < 0:
                            n += w[a + LIST_LENGTH]
                        if n >= 0 and n < w[a + LIST_LENGTH]:
                            n += w[a + LIST_ITEMS]
                            r = w[n]
                    if r != 0:
                        w[n] = w[sp - 3]
                        sp -= 3
                        w[a] -= 1
                        drop_number(w, b)
                        n = w[r] - 1
                        w[r] = n
                        if n == 0 and not free_number(w, r):
                            w[W_SP] = sp
                            dealloc(m, w, r)
                            w = m.words
                            fl = m.floats
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        sp = operations.store_subscript(m, sp)
                        w = m.words
                        fl = m.floats
                elif op == POP_TOP:
                    sp -= 1
                    a = w[sp]
                    n = w[a] - 1
                    w[a] = n
                    if n == 0 and not free_number(w, a):
                        w[W_SP] = sp
                        dealloc(m, w, a)
                        w = m.words
                        fl = m.floats
                elif op == LOAD_GLOBAL_BUILTIN:
                    a = w[W_BUILTINS]
                    if w[globals_dict + DICT_VERSION] == w[pc] and w[a + DICT_VERSION] == w[pc + 1] >> 24:
                        a = w[w[a + DICT_ENTRIES] + (w[pc + 1] & 16777215)]
                        w[a] += 1
                        w[sp] = a
                        sp += 1
                        pc += 2
                    else:
                        pc = names.forget_global(w, pc)
                elif op == POP_JUMP_IF_FALSE:
                    a = w[sp - 1]
                    if a == TRUE:
                        w[TRUE] -= 1
                    elif a == FALSE:
                        w[FALSE] -= 1
                        pc = arg
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        if not operations.pop_truth(m, sp):
                            pc = arg
                        w = m.words
                        fl = m.floats
                    sp -= 1
                elif op == POP_JUMP_IF_TRUE:
                    a = w[sp - 1]
                    if a == FALSE:
                        w[FALSE] -= 1
                    elif a == TRUE:
                        w[TRUE] -= 1
                        pc = arg
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        if operations.pop_truth(m, sp):
                            pc = arg
                        w = m.words
                        fl = m.floats
                    sp -= 1
                elif op == JUMP_FORWARD:
                    pc = arg
                elif op == FOR_ITER:
                    a = w[sp - 1]
                    if w[a + OB_TYPE] == T_GENERATOR:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        if generator.resume(m, a, NONE):
                            w = m.words
                            sp = w[W_SP]
                            base = w[W_BASE]
                            pc = w[W_PC]
                            globals_dict = w[w[base - 1] + FUNC_GLOBALS]
                            continue
                        r = 0
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        r = operations.next_item(m, a)
                    w = m.words
                    fl = m.floats
                    if r != 0:
                        w[sp] = r
                        sp += 1
                    else:
                        sp -= 1
                        pc = arg
                        pop_values(m, w, sp, sp + 1)
                        w = m.words
                        fl = m.floats
                elif op == COMPARE_OP:
                    w[W_SP] = sp
                    w[W_PC] = pc
                    sp = operations.compare(m, arg, sp)
                    w = m.words
                    fl = m.floats
                elif op == LE_JUMP_IF_FALSE:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    if w[a + OB_TYPE] == T_INT and w[b + OB_TYPE] == T_INT:
                        if not w[a + INT_VALUE] <= w[b + INT_VALUE]:
                            pc = arg
                        sp -= 2
                        drop_number(w, a)
                        drop_number(w, b)
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        if not operations.compare_is_true(m, CMP_LE, sp):
                            pc = arg
                        sp -= 2
                        w = m.words
                        fl = m.floats
                elif op == GE_JUMP_IF_FALSE:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    if w[a + OB_TYPE] == T_INT and w[b + OB_TYPE] == T_INT:
                        if not w[a + INT_VALUE] >= w[b + INT_VALUE]:
                            pc = arg
                        sp -= 2
                        drop_number(w, a)
                        drop_number(w, b)
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        if not operations.compare_is_true(m, CMP_GE, sp):
                            pc = arg
                        sp -= 2
                        w = m.words
                        fl = m.floats
                elif op == NE_JUMP_IF_FALSE:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    if w[a + OB_TYPE] == T_INT and w[b + OB_TYPE] == T_INT:
                        if not w[a + INT_VALUE] != w[b + INT_VALUE]:
                            pc = arg
                        sp -= 2
                        drop_number(w, a)
                        drop_number(w, b)
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        if not operations.compare_is_true(m, CMP_NE, sp):
                            pc = arg
                        sp -= 2
                        w = m.words
                        fl = m.floats
                elif op == BINARY_FLOOR_DIVIDE:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    if w[a + OB_TYPE] == T_INT and w[b + OB_TYPE] == T_INT and w[b + INT_VALUE] > 0:
                        v = w[a + INT_VALUE] // w[b + INT_VALUE]
                        r = fast_int(w, v)
                        if r == 0:
                            w[W_SP] = sp
                            r = new_int(m, v)
                            w = m.words
                        sp -= 1
                        w[sp - 1] = r
                        drop_number(w, a)
                        drop_number(w, b)
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        sp = operations.binary(m, NB_FLOOR_DIVIDE + arg, sp)
                        w = m.words
                        fl = m.floats
                elif op == BINARY_REMAINDER:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    if w[a + OB_TYPE] == T_INT and w[b + OB_TYPE] == T_INT and w[b + INT_VALUE] > 0:
                        v = w[a + INT_VALUE] % w[b + INT_VALUE]
                        r = fast_int(w, v)
                        if r == 0:
                            w[W_SP] = sp
                            r = new_int(m, v)
                            w = m.words
                        sp -= 1
                        w[sp - 1] = r
                        drop_number(w, a)
                        drop_number(w, b)
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        sp = operations.binary(m, NB_REMAINDER + arg, sp)
                        w = m.words
                        fl = m.floats
                elif op == BINARY_TRUE_DIVIDE:
                    b = w[sp - 1]
                    a = w[sp - 2]
                    if w[a + OB_TYPE] == T_FLOAT and w[b + OB_TYPE] == T_FLOAT and fl[w[b + FLOAT_SLOT]] != 0.0:
                        x = fl[w[a + FLOAT_SLOT]] / fl[w[b + FLOAT_SLOT]]
                        if w[a] == 1:
                            fl[w[a + FLOAT_SLOT]] = x
                            sp -= 1
                        else:
                            r = fast_float(w, fl, x)
                            if r == 0:
                                w[W_SP] = sp
                                r = new_float(m, x)
                                w = m.words
                                fl = m.floats
                            sp -= 1
                            w[sp - 1] = r
                            drop_number(w, a)
                        drop_number(w, b)
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        sp = operations.binary(m, NB_TRUE_DIVIDE + arg, sp)
                        w = m.words
                        fl = m.floats
                elif op == STORE_GLOBAL:
                    if w[globals_dict + DICT_VERSION] == w[pc] and w[globals_dict + GC_NEXT] != 0:
                        n = w[globals_dict + DICT_ENTRIES] + w[pc + 1]
                        a = w[n]
                        sp -= 1
                        w[n] = w[sp]
                        n = w[a] - 1
                        w[a] = n
                        if n == 0 and not free_number(w, a):
                            w[W_SP] = sp
                            dealloc(m, w, a)
                            w = m.words
                            fl = m.floats
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        sp = names.store_global(m, globals_dict, arg, pc, sp)
                        w = m.words
                        fl = m.floats
                    pc += 2
                elif op == LOAD_GLOBAL:
                    w[W_SP] = sp
                    w[W_PC] = pc
                    r = names.load_global(m, globals_dict, arg, pc)
                    w = m.words
                    fl = m.floats
                    w[sp] = r
                    sp += 1
                    pc += 2
                elif op == LOAD_DEREF:
                    a = w[w[base + arg] + CELL_CONTENTS]
                    if a == 0:
                        raise names.unbound_cell(m, base, arg)
                    w[a] += 1
                    w[sp] = a
                    sp += 1
                elif op == STORE_DEREF:
                    n = w[base + arg] + CELL_CONTENTS
                    a = w[n]
                    sp -= 1
                    w[n] = w[sp]
                    if a != 0:
                        n = w[a] - 1
                        w[a] = n
                        if n == 0 and not free_number(w, a):
                            w[W_SP] = sp
                            dealloc(m, w, a)
                            w = m.words
                            fl = m.floats
                elif op == LIST_APPEND:
                    w[W_SP] = sp
                    list_append(m, w[sp - 1 - arg], w[sp - 1])
                    w = m.words
                    sp -= 1
                    w[w[sp]] -= 1
                elif op == YIELD_VALUE:
                    w[W_SP] = sp
                    r = generator.suspend(m, base, pc, sp)
                    w = m.words
                    base = w[W_BASE]
                    pc = w[W_PC]
                    sp = w[W_SP]
                    if pc & RETURN_TO_NATIVE != 0:
                        w[W_PC] = pc & RETURN_PC
                        return r
                    globals_dict = w[w[base - 1] + FUNC_GLOBALS]
                    if w[pc - 1] & 255 == FOR_ITER_STORE_FAST:
                        n = base + (w[pc - 1] >> 8 & 65535)
                        a = w[n]
                        w[n] = r
                        if a != 0:
                            n = w[a] - 1
                            w[a] = n
                            if n == 0 and not free_number(w, a):
                                dealloc(m, w, a)
                                w = m.words
                                fl = m.floats
                    else:
                        w[sp] = r
                        sp += 1
                elif op == RETURN_GENERATOR:
                    w[W_SP] = sp
                    r = generator.create(m, base, pc, sp)
                    w = m.words
                    base = w[W_BASE]
                    pc = w[W_PC]
                    sp = w[W_SP]
                    if pc & RETURN_TO_NATIVE != 0:
                        w[W_PC] = pc & RETURN_PC
                        return r
                    globals_dict = w[w[base - 1] + FUNC_GLOBALS]
                    w[sp] = r
                    sp += 1
                elif op == GENERATOR_RETURN:
                    w[W_SP] = sp
                    generator.finish(m, base, sp)
                    w = m.words
                    fl = m.floats
                    base = w[W_BASE]
                    pc = w[W_PC]
                    sp = w[W_SP]
                    if pc & RETURN_TO_NATIVE != 0:
                        w[W_PC] = pc & RETURN_PC
                        return 0
                    globals_dict = w[w[base - 1] + FUNC_GLOBALS]
                elif op == BUILD_TUPLE:
                    w[W_SP] = sp
                    w[W_PC] = pc
                    r = do_build.tuple_of_stack(m, sp - arg, arg)
                    w = m.words
                    sp -= arg
                    w[sp] = r
                    sp += 1
                elif op == BUILD_LIST:
                    w[W_SP] = sp
                    w[W_PC] = pc
                    r = do_build.list_of_stack(m, sp - arg, arg)
                    w = m.words
                    sp -= arg
                    w[sp] = r
                    sp += 1
                elif op == UNPACK_SEQUENCE:
                    a = w[sp - 1]
                    if w[a + OB_TYPE] == T_TUPLE and w[a + OB_SIZE] == arg and w[a] > 1:
                        w[a] -= 1
                        sp -= 1
                        n = a + TUPLE_ITEMS + arg
                        while n > a + TUPLE_ITEMS:
                            n -= 1
                            b = w[n]
                            w[b] += 1
                            w[sp] = b
                            sp += 1
                    else:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        sp = operations.unpack_sequence(m, arg, sp)
                        w = m.words
                        fl = m.floats
                elif op == IS_OP:
                    r = TRUE if (w[sp - 2] == w[sp - 1]) != (arg == 1) else FALSE
                    w[r] += 1
                    if pop_values(m, w, sp - 2, sp):
                        w = m.words
                        fl = m.floats
                    sp -= 1
                    w[sp - 1] = r
                elif op == CONTAINS_OP:
                    w[W_SP] = sp
                    w[W_PC] = pc
                    sp = operations.contains(m, arg, sp)
                    w = m.words
                    fl = m.floats
                elif op == COPY:
                    a = w[sp - arg]
                    w[a] += 1
                    w[sp] = a
                    sp += 1
                elif op == SWAP:
                    a = w[sp - 1]
                    w[sp - 1] = w[sp - arg]
                    w[sp - arg] = a
                elif op == UNARY_NOT:
                    w[W_SP] = sp
                    w[W_PC] = pc
                    operations.invert_truth(m, sp)
                    w = m.words
                    fl = m.floats
                elif op == POP_JUMP_IF_NONE:
                    sp -= 1
                    if w[sp] == NONE:
                        pc = arg
                    if pop_values(m, w, sp, sp + 1):
                        w = m.words
                        fl = m.floats
                elif op == POP_JUMP_IF_NOT_NONE:
                    sp -= 1
                    if w[sp] != NONE:
                        pc = arg
                    if pop_values(m, w, sp, sp + 1):
                        w = m.words
                        fl = m.floats
                elif op == JUMP_IF_FALSE_OR_POP:
                    w[W_SP] = sp
                    w[W_PC] = pc
                    if not m.is_true(w[sp - 1]):
                        w = m.words
                        fl = m.floats
                        pc = arg
                    else:
                        w = m.words
                        sp -= 1
                        pop_values(m, w, sp, sp + 1)
                        w = m.words
                        fl = m.floats
                elif op == JUMP_IF_TRUE_OR_POP:
                    w[W_SP] = sp
                    w[W_PC] = pc
                    if m.is_true(w[sp - 1]):
                        w = m.words
                        fl = m.floats
                        pc = arg
                    else:
                        w = m.words
                        sp -= 1
                        pop_values(m, w, sp, sp + 1)
                        w = m.words
                        fl = m.floats
                elif op == BINARY_OP:
                    w[W_SP] = sp
                    w[W_PC] = pc
                    sp = operations.binary(m, arg, sp)
                    w = m.words
                    fl = m.floats
                elif op == RAISE_VARARGS:
                    w[W_SP] = sp
                    w[W_PC] = pc
                    do_exceptions.raise_varargs(m, arg, sp)
                    break
                elif op == RERAISE:
                    w[W_SP] = sp
                    w[W_PC] = pc
                    do_exceptions.reraise(m, arg, sp)
                    break
                elif op == RESUME:
                    n = w[W_EVAL_BREAKER] - 1
                    w[W_EVAL_BREAKER] = n
                    if n <= 0:
                        w[W_SP] = sp
                        w[W_PC] = pc
                        breaker.safe_point(m)
                        w = m.words
                        fl = m.floats
                else:
                    w[W_SP] = sp
                    w[W_PC] = pc
                    sp = instructions.execute(m, op, arg, sp)
                    w = m.words
                    fl = m.floats
                    pc = w[W_PC]
                    if base != w[W_BASE]:
                        base = w[W_BASE]
                        globals_dict = w[w[base - 1] + FUNC_GLOBALS]
        except Raised:
            pass
        except MemoryError:
            m.no_memory()
        if not unwind(m, pc, sp, base):
            raise Raised()
        w = m.words
        fl = m.floats
        pc = w[W_PC]
        sp = w[W_SP]
        base = w[W_BASE]
        globals_dict = w[w[base - 1] + FUNC_GLOBALS]
