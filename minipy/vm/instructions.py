"""The instructions that the loop does not write out: one line each here, the work in the module named.

`execute` is called with W_SP and W_PC exact and returns the new stack pointer. An instruction that jumps sets W_PC,
one that pushes a record sets W_BASE too; the loop reads both again.

CPython counterpart: the rarer cases of Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.bytecode.opcodes import (
    BEFORE_WITH,
    BINARY_SLICE,
    BUILD_MAP,
    BUILD_SET,
    BUILD_SLICE,
    BUILD_STRING,
    CALL_FUNCTION_EX,
    CALL_KW,
    CHECK_EG_MATCH,
    CHECK_EXC_MATCH,
    COPY_FREE_VARS,
    DELETE_ATTR,
    DELETE_DEREF,
    DELETE_FAST,
    DELETE_GLOBAL,
    DELETE_NAME,
    DELETE_SUBSCR,
    DICT_MERGE,
    DICT_UPDATE,
    FORMAT_VALUE,
    GET_ITER,
    GET_LEN,
    GET_YIELD_FROM_ITER,
    IMPORT_FROM,
    IMPORT_NAME,
    IMPORT_STAR,
    LINE,
    LIST_EXTEND,
    LIST_TO_TUPLE,
    LOAD_ASSERTION_ERROR,
    LOAD_BUILD_CLASS,
    LOAD_CLASSDEREF,
    LOAD_CLOSURE,
    LOAD_NAME,
    MAKE_CELL,
    MAKE_FUNCTION,
    MAP_ADD,
    MATCH_CLASS,
    MATCH_KEYS,
    MATCH_MAPPING,
    MATCH_SEQUENCE,
    NOP,
    OPCODES,
    POP_EXCEPT,
    PREP_RERAISE_STAR,
    PRINT_EXPR,
    PUSH_EXC_INFO,
    SEND,
    SET_ADD,
    SET_UPDATE,
    SETUP_ANNOTATIONS,
    STEP,
    STORE_NAME,
    STORE_SLICE,
    UNARY_INVERT,
    UNARY_NEGATIVE,
    UNARY_POSITIVE,
    UNPACK_EX,
    WITH_EXCEPT_START,
)
from minipy.memory.layout import W_PC, W_SP
from minipy.memory.statics import T_ASSERTION_ERROR
from minipy.objects import operators
from minipy.objects.machine import Machine
from minipy.objects.setobject import set_add
from minipy.vm import (
    cells,
    do_build,
    do_call,
    do_except_star,
    do_exceptions,
    do_import,
    do_match,
    do_misc,
    do_names,
    do_slice,
    do_update,
    operations,
)


def execute(m: Machine, op: i64, arg: i64, sp: i64) -> i64:
    """Execute one instruction; see the module's text. First what programs use most."""
    if op == GET_ITER:
        return do_misc.get_iter(m, sp)
    elif op == BINARY_SLICE:
        return do_slice.binary_slice(m, arg, sp)
    elif op == STORE_SLICE:
        return do_slice.store_slice(m, arg, sp)
    elif op == FORMAT_VALUE:
        return do_misc.format_value(m, arg, sp)
    elif op == BUILD_STRING:
        return do_build.build_string(m, arg, sp)
    elif op == CALL_KW:
        return do_call.call_keywords(m, arg & 65535, arg >> 16, sp)
    elif op == BUILD_MAP:
        return do_build.build_map(m, arg, sp)
    elif op == MAP_ADD:
        return do_update.map_add(m, arg, sp)
    elif op == BUILD_SLICE:
        return do_slice.build_slice(m, arg, sp)
    elif op == MAKE_CELL:
        return cells.make_cell(m, arg, sp)
    elif op == COPY_FREE_VARS:
        return cells.copy_free_vars(m, arg, sp)
    elif op == LOAD_CLOSURE:
        return cells.load_closure(m, arg, sp)
    elif op == MAKE_FUNCTION:
        return do_call.make_function(m, arg, sp)
    elif op == SEND:
        return do_misc.send(m, arg, sp)
    elif op == GET_YIELD_FROM_ITER:
        return do_misc.get_yield_from_iter(m, sp)
    return execute_guarded(m, op, arg, sp)


def execute_guarded(m: Machine, op: i64, arg: i64, sp: i64) -> i64:
    """`execute`: exceptions, their handlers, `with`."""
    if op == PUSH_EXC_INFO:
        return do_exceptions.push_exc_info(m, sp)
    elif op == CHECK_EXC_MATCH:
        return do_exceptions.check_exc_match(m, sp)
    elif op == CHECK_EG_MATCH:
        return do_except_star.check_eg_match(m, sp)
    elif op == PREP_RERAISE_STAR:
        return do_except_star.prep_reraise_star(m, sp)
    elif op == POP_EXCEPT:
        return do_exceptions.pop_except(m, sp)
    elif op == BEFORE_WITH:
        return do_exceptions.before_with(m, sp)
    elif op == WITH_EXCEPT_START:
        return do_exceptions.with_except_start(m, sp)
    elif op == LOAD_ASSERTION_ERROR:
        return do_misc.push_borrowed(m, T_ASSERTION_ERROR, sp)
    return execute_spread(m, op, arg, sp)


def execute_spread(m: Machine, op: i64, arg: i64, sp: i64) -> i64:
    """`execute`: displays and calls with stars, deleting items, rare operators."""
    w = m.words
    if op == SET_ADD:
        set_add(m, w[sp - 1 - arg], w[sp - 1])
        return do_misc.drop(m, 1, sp)
    elif op == BUILD_SET:
        return do_build.build_set(m, arg, sp)
    elif op == LIST_EXTEND:
        return do_update.list_extend(m, arg, sp)
    elif op == LIST_TO_TUPLE:
        return do_misc.list_to_tuple(m, sp)
    elif op == CALL_FUNCTION_EX:
        return do_call.call_function_ex(m, arg, sp)
    elif op == DICT_MERGE:
        return do_update.dict_merge(m, arg, sp)
    elif op == SET_UPDATE:
        return do_update.set_update(m, arg, sp)
    elif op == DICT_UPDATE:
        return do_update.dict_update(m, arg, sp)
    elif op == UNPACK_EX:
        return operations.unpack_iterable(m, w[sp - 1], arg & 255, arg >> 8, sp)
    elif op == DELETE_SUBSCR:
        return do_misc.delete_subscript(m, sp)
    elif op == DELETE_ATTR:
        return do_misc.delete_attr(m, arg, sp)
    elif op == UNARY_NEGATIVE:
        return do_misc.unary(m, operators.UNARY_NEGATIVE, sp)
    elif op == UNARY_INVERT:
        return do_misc.unary(m, operators.UNARY_INVERT, sp)
    elif op == UNARY_POSITIVE:
        return do_misc.unary(m, operators.UNARY_POSITIVE, sp)
    return execute_names(m, op, arg, sp)


def execute_names(m: Machine, op: i64, arg: i64, sp: i64) -> i64:
    """`execute`: names looked up in a namespace, deleted names, class bodies, imports, the prompt."""
    if op == LOAD_NAME:
        return do_names.load_name(m, arg, sp)
    elif op == STORE_NAME:
        return do_names.store_name(m, arg, sp)
    elif op == DELETE_NAME:
        return do_names.delete_name(m, arg, sp)
    elif op == DELETE_GLOBAL:
        return do_names.delete_global(m, arg, sp)
    elif op == DELETE_FAST:
        return cells.delete_fast(m, arg, sp)
    elif op == DELETE_DEREF:
        return cells.delete_deref(m, arg, sp)
    elif op == LOAD_CLASSDEREF:
        return cells.load_class_deref(m, arg, sp)
    elif op == LOAD_BUILD_CLASS:
        return do_call.load_build_class(m, sp)
    elif op == SETUP_ANNOTATIONS:
        return do_names.setup_annotations(m, sp)
    elif op == IMPORT_NAME:
        return do_import.import_name(m, arg, sp)
    elif op == IMPORT_FROM:
        return do_import.import_from(m, arg, sp)
    elif op == IMPORT_STAR:
        return do_import.import_star(m, sp)
    elif op == PRINT_EXPR:
        return do_misc.print_expr(m, sp)
    return execute_rare(m, op, arg, sp)


def execute_rare(m: Machine, op: i64, arg: i64, sp: i64) -> i64:
    """`execute`: patterns, and what only an observed run has."""
    w = m.words
    if op == GET_LEN:
        return do_match.get_len(m, sp)
    elif op == MATCH_MAPPING:
        return do_match.match_mapping(m, sp)
    elif op == MATCH_SEQUENCE:
        return do_match.match_sequence(m, sp)
    elif op == MATCH_KEYS:
        return do_match.match_keys(m, sp)
    elif op == MATCH_CLASS:
        return do_match.match_class(m, arg, sp)
    elif op == NOP:
        return sp
    elif op == STEP:
        return do_misc.step(m, sp)
    elif op == LINE:
        return do_misc.line(m, arg, sp)
    raise SystemError(f"the loop does not know opcode {op} ({OPCODES[int(op)].name}) at {w[W_PC]}, {w[W_SP]}")
