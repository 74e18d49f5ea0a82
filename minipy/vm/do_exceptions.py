"""Instructions of try, raise and with.

CPython counterpart: PUSH_EXC_INFO, CHECK_EXC_MATCH, RAISE_VARARGS, RERAISE, BEFORE_WITH, WITH_EXCEPT_START, do_raise in
Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_FIRST,
    EXC_TRACEBACK,
    FUNC_CODE,
    INT_VALUE,
    OB_SIZE,
    OB_TYPE,
    TUPLE_ITEMS,
    W_BASE,
    W_EXC_INFO,
    W_PART,
    W_PC,
    W_PENDING,
    W_SP,
)
from minipy.memory.refcount import decref, store
from minipy.memory.statics import FALSE, NONE, T_RUNTIME_ERROR, T_TUPLE, T_TYPE_ERROR, TRUE
from minipy.memory.words import Raised
from minipy.objects import attributes, exceptions
from minipy.objects.identifiers import ID_ENTER, ID_EXIT
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import host_repr
from minipy.vm.frame import replace_top
from minipy.vm.unwind import RERAISED


def push_exc_info(m: Machine, sp: i64) -> i64:
    """PUSH_EXC_INFO: exception becomes previous, exception; it is the handled one now."""
    w = m.words
    info: i64 = w[W_EXC_INFO]
    exception: i64 = w[sp - 1]
    previous: i64 = w[info]
    if previous == 0:
        w[NONE] += 1
        previous = NONE
    w[exception] += 1
    w[info] = exception
    w[sp - 1] = previous
    w[sp] = exception
    return sp + 1


def pop_except(m: Machine, sp: i64) -> i64:
    """POP_EXCEPT: the exception on the stack is the handled one again."""
    w = m.words
    info: i64 = w[W_EXC_INFO]
    previous: i64 = w[sp - 1]
    w[sp - 1] = 0
    if previous == NONE:
        w[NONE] -= 1
        previous = 0
    w[W_SP] = sp - 1
    store(m, w, info, previous)
    return sp - 1


def check_exc_match(m: Machine, sp: i64) -> i64:
    """CHECK_EXC_MATCH: the type gives way to whether the exception below matches it."""
    w = m.words
    found: i64 = TRUE if exceptions.exception_matches(m, w[sp - 2], w[sp - 1]) else FALSE
    m.words[found] += 1
    return replace_top(m, sp, 1, found)


def raise_varargs(m: Machine, n: i64, sp: i64) -> None:
    """RAISE_VARARGS: make the exception pending, for the loop to unwind; raising in the host would cost more."""
    w = m.words
    if n == 0:
        current: i64 = exceptions.handled_exception(w)
        if current == 0:
            raise m.error(T_RUNTIME_ERROR, "No active exception to reraise")
        w[current] += 1
        store(m, w, W_PENDING, current)
        m.words[W_PART] = RERAISED
        return
    e: i64 = exception_to_raise(m, w[sp - n])
    if n == 2:
        try:
            raise_from(m, e, m.words[sp - 1])
        except Raised:
            decref(m, m.words, e)
            raise
    exceptions.set_pending(m, e)


def exception_to_raise(m: Machine, o: i64) -> i64:
    """The exception (owned) that `raise o` means: o itself, or an instance of the class o."""
    w = m.words
    if exceptions.is_exception(w, o):
        w[o] += 1
        return o
    if not exceptions.is_exception_class(w, o):
        raise m.error(T_TYPE_ERROR, "exceptions must derive from BaseException")
    e: i64 = m.call0(o)
    if exceptions.is_exception(m.words, e):
        return e
    raise no_exception(m, o, e, True)


def no_exception(m: Machine, o: i64, made: i64, shown: bool) -> Raised:
    """Calling the class o made something else (released), whose type is named, or shown by its repr."""
    try:
        kind = host_repr(m, m.words[made + OB_TYPE]) if shown else m.type_name(made)
        text = f"calling {host_repr(m, o)} should have returned an instance of BaseException, not {kind}"
    finally:
        decref(m, m.words, made)
    return m.error(T_TYPE_ERROR, text)


def new_instance(m: Machine, o: i64, value: i64) -> i64:
    """An exception (owned) of the class o: o(), o(*value) for a tuple, else o(value). TypeError if it is none."""
    w = m.words
    e: i64 = 0
    if value == NONE:
        e = m.call0(o)
    elif w[value + OB_TYPE] == T_TUPLE:
        e = m.call(o, value + TUPLE_ITEMS, w[value + OB_SIZE])
    else:
        e = m.call1(o, value)
    if exceptions.is_exception(m.words, e):
        return e
    raise no_exception(m, o, e, False)


def raise_from(m: Machine, e: i64, o: i64) -> None:
    """Set e.__cause__ for `raise ... from o`."""
    w = m.words
    if o == NONE:
        exceptions.set_cause(m, e, 0)
        return
    if not exceptions.is_exception(w, o) and not exceptions.is_exception_class(w, o):
        raise m.error(T_TYPE_ERROR, "exception causes must derive from BaseException")
    cause: i64 = exception_to_raise(m, o)
    exceptions.set_cause(m, e, cause)
    decref(m, m.words, cause)


def reraise(m: Machine, with_lasti: i64, sp: i64) -> None:
    """RERAISE: make the exception pending, for the loop to unwind; the traceback keeps what it has.

    With the operand the place of the raise lies below: the record counts as being there.
    """
    w = m.words
    e: i64 = w[sp - 1]
    w[sp - 1] = 0
    w[W_SP] = sp - 1
    if with_lasti != 0:
        offset: i64 = w[w[sp - 1 - with_lasti] + INT_VALUE]
        w[W_PC] = w[w[w[W_BASE] - 1] + FUNC_CODE] + CO_FIRST + offset + 1
    store(m, w, W_PENDING, e)
    m.words[W_PART] = RERAISED


# ---------------------------------------------------------------- with
def before_with(m: Machine, sp: i64) -> i64:
    """BEFORE_WITH: manager becomes exit method, result of `__enter__`."""
    w = m.words
    manager: i64 = w[sp - 1]
    enter: i64 = attributes.special(m, manager, ID_ENTER)
    if enter == 0:
        raise m.error(T_TYPE_ERROR, f"'{m.type_name(manager)}' object does not support the context manager protocol")
    leave: i64 = 0
    try:
        leave = attributes.special(m, manager, ID_EXIT)
    except Raised:
        decref(m, m.words, enter)
        raise
    if leave == 0:
        decref(m, m.words, enter)
        text = f"'{m.type_name(manager)}' object does not support the context manager protocol (missed __exit__ method)"
        raise m.error(T_TYPE_ERROR, text)
    try:
        store(m, m.words, sp - 1, leave)
        result: i64 = m.call0(enter)
    finally:
        decref(m, m.words, enter)
    w = m.words
    w[sp] = result
    w[W_SP] = sp + 1
    return sp + 1


def with_except_start(m: Machine, sp: i64) -> i64:
    """WITH_EXCEPT_START: push exit(type, exception, traceback) for: exit, lasti, previous, exception."""
    w = m.words
    e: i64 = w[sp - 1]
    traceback: i64 = w[e + EXC_TRACEBACK]
    result: i64 = m.call3(w[sp - 4], w[e + OB_TYPE], e, traceback if traceback != 0 else NONE)
    w = m.words
    w[sp] = result
    return sp + 1
