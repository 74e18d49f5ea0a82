"""Exceptions: making them, setting one pending, matching them against a handler's types.

    pending error:  W_PENDING -> exception (owned) while the host exception `Raised` crosses native code
    handled error:  W_EXC_INFO -> (exception, link) -> (exception of the caller's generator, ...)

Invariants
- All exceptions share one layout (EXC_*); EXC_VALUE and EXC_EXTRA hold what the kind adds: see `set_fields`.
- An exception that becomes pending gets the handled one as `__context__`, never itself: chains have no cycles.

CPython counterpart: Objects/exceptions.c, Python/errors.c (_PyErr_SetObject). There each kind has a struct; here two
words serve all, so that program classes can mix kinds and the layout stays readable. Their methods: excmethods.py.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    EXC_ARGS,
    EXC_CAUSE,
    EXC_CONTEXT,
    EXC_EXTRA,
    EXC_SUPPRESS,
    EXC_TRACEBACK,
    EXC_VALUE,
    OB_SIZE,
    OB_TYPE,
    TB_FUNCTION,
    TB_NEXT,
    TB_OFFSET,
    TP_FLAGS,
    TP_MRO,
    TP_SOLID,
    TPFLAGS_EXCEPTION,
    TUPLE_ITEMS,
    W_EXC_INFO,
    W_EXC_PREVIOUS,
    W_EXC_VALUE,
    W_MEMORY_ERROR,
    W_PENDING,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import (
    EMPTY_TUPLE,
    NONE,
    T_MEMORY_ERROR,
    T_OS_ERROR,
    T_STOP_ITERATION,
    T_SYNTAX_ERROR,
    T_SYSTEM_EXIT,
    T_TRACEBACK,
    T_TUPLE,
    T_TYPE_ERROR,
    TRUE,
)
from minipy.memory.words import Heap, Raised, vec
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import tuple_from, tuple_of1
from minipy.objects.typeobject import is_subtype, is_type
from minipy.objects.unicodeobject import new_str

MEMORY_ERRORS: Final = 4


# ---------------------------------------------------------------- making
def new_exception(m: Machine, t: i64, args: i64) -> i64:
    """An exception of the class t with the tuple `args` (borrowed) as its arguments. Runs no program code."""
    e: i64 = gc_alloc(m, t)
    w = m.words
    incref(w, args)
    w[e + EXC_ARGS] = args
    kind: i64 = exception_kind(w, t)
    if kind != 0:
        try:
            set_fields(m, e, kind)
        except Raised:
            decref(m, m.words, e)
            raise
    return e


def exception_of(m: Machine, t: i64, argument: i64) -> i64:
    """An exception of the class t with one argument (borrowed); 0: with none."""
    if argument == 0:
        return new_exception(m, t, EMPTY_TUPLE)
    args: i64 = tuple_of1(m, argument)
    try:
        return new_exception(m, t, args)
    finally:
        decref(m, m.words, args)


def exception_kind(w: vec[i64], t: i64) -> i64:
    """The built-in base of t whose fields come from the arguments, or 0."""
    mro: i64 = w[t + TP_MRO]
    i: i64 = mro + TUPLE_ITEMS
    end: i64 = i + w[mro + OB_SIZE]
    while i < end:
        c: i64 = w[i]
        i += 1
        if c == T_STOP_ITERATION or c == T_SYSTEM_EXIT or c == T_OS_ERROR or c == T_SYNTAX_ERROR:
            return c
    return 0


def set_fields(m: Machine, e: i64, kind: i64) -> None:
    """Fill EXC_VALUE and EXC_EXTRA from the arguments:

    StopIteration  value = first argument       SystemExit  code = the argument, or the tuple of several
    OSError        filename = third argument    SyntaxError  msg = first, extra = the second if it is a tuple: the place
    """
    w = m.words
    args: i64 = w[e + EXC_ARGS]
    n: i64 = w[args + OB_SIZE]
    value: i64 = NONE
    extra: i64 = 0
    if n > 0:
        value = w[args + TUPLE_ITEMS]
    if kind == T_SYSTEM_EXIT and n > 1:
        value = args
    elif kind == T_OS_ERROR:
        set_os_fields(m, e, args, n)
        return
    elif kind == T_SYNTAX_ERROR and n == 2:
        extra = w[args + TUPLE_ITEMS + 1]
        if w[w[extra + OB_TYPE] + TP_SOLID] != T_TUPLE:
            extra = 0
    incref(w, value)
    store(m, w, e + EXC_VALUE, value)
    if extra != 0:
        incref(w, extra)
    store(m, m.words, e + EXC_EXTRA, extra)


def set_os_fields(m: Machine, e: i64, args: i64, n: i64) -> None:
    """OSError(errno, strerror, filename, winerror, filename2): the file names leave the arguments."""
    if n < 3 or n > 5:
        return
    two: i64 = tuple_from(m, args + TUPLE_ITEMS, 2)
    w = m.words
    name: i64 = w[args + TUPLE_ITEMS + 2]
    incref(w, name)
    store(m, w, e + EXC_VALUE, name)
    if n == 5:
        second: i64 = m.words[args + TUPLE_ITEMS + 4]
        incref(m.words, second)
        store(m, m.words, e + EXC_EXTRA, second)
    store(m, m.words, e + EXC_ARGS, two)


def new_traceback(m: Machine, following: i64, function: i64, offset: i64) -> i64:
    """A traceback entry: `following` (borrowed, 0: none) is the one nearer to the raise."""
    tb: i64 = gc_alloc(m, T_TRACEBACK)
    w = m.words
    if following != 0:
        incref(w, following)
    incref(w, function)
    w[tb + TB_NEXT] = following
    w[tb + TB_FUNCTION] = function
    w[tb + TB_OFFSET] = offset
    return tb


# ---------------------------------------------------------------- pending
def set_error(m: Machine, t: i64, message: str) -> Raised:
    """Make t(message) pending, or MemoryError where there is no room for it. Raises nothing itself."""
    try:
        text: i64 = new_str(m, message)
    except Raised as no_memory:
        return no_memory
    raised = set_error_object(m, t, text)
    decref(m, m.words, text)
    return raised


def set_error_object(m: Machine, t: i64, argument: i64) -> Raised:
    """Make t(argument) pending (borrowed; 0: t()), or MemoryError. Raises nothing itself."""
    try:
        set_pending(m, exception_of(m, t, argument))
    except Raised as no_memory:
        return no_memory
    return Raised()


def error_from_pending(m: Machine, t: i64, message: str) -> Raised:
    """Make t(message) pending in place of the pending exception, which becomes its cause."""
    cause: i64 = take_pending(m.words)
    raised = set_error(m, t, message)
    e: i64 = m.words[W_PENDING]
    set_context(m, e, cause)
    set_cause(m, e, cause)
    decref(m, m.words, cause)
    return raised


def set_pending(m: Machine, e: i64) -> None:
    """Make the exception e (stolen) the pending one; the handled one becomes its context."""
    w = m.words
    handled: i64 = handled_exception(w)
    if handled != 0 and handled != e:
        set_context(m, e, handled)
        w = m.words
    store(m, w, W_PENDING, e)


def handled_exception(w: vec[i64]) -> i64:
    """What a bare `raise` would raise again: borrowed, or 0."""
    info: i64 = w[W_EXC_INFO]
    while info != 0:
        e: i64 = w[info]
        if e != 0 and e != NONE:
            return e
        info = w[info + (W_EXC_PREVIOUS - W_EXC_VALUE)]
    return 0


def set_context(m: Machine, e: i64, handled: i64) -> None:
    """e.__context__ = handled (borrowed), after cutting e out of the chain that starts there."""
    if handled == e:
        return
    w = m.words
    o: i64 = handled
    slow: i64 = handled
    step: bool = False
    while True:
        context: i64 = w[o + EXC_CONTEXT]
        if context == 0:
            break
        if context == e:
            store(m, w, o + EXC_CONTEXT, 0)
            break
        o = context
        if o == slow:
            break
        if step:
            slow = w[slow + EXC_CONTEXT]
        step = not step
    w = m.words
    incref(w, handled)
    store(m, w, e + EXC_CONTEXT, handled)


def take_pending(w: vec[i64]) -> i64:
    """The pending exception, owned by the caller now; 0: none."""
    e: i64 = w[W_PENDING]
    w[W_PENDING] = 0
    return e


def pending_matches(w: vec[i64], t: i64) -> bool:
    """Is the pending exception an instance of the built-in class t?"""
    e: i64 = w[W_PENDING]
    return e != 0 and is_subtype(w, w[e + OB_TYPE], t)


def clear_pending(m: Machine) -> None:
    """Drop the pending exception."""
    store(m, m.words, W_PENDING, 0)


def catch(m: Machine, t: i64) -> bool:
    """After `except Raised`: drop the pending exception if it is a t; False: let it pass on."""
    if not pending_matches(m.words, t):
        return False
    clear_pending(m)
    return True


def keep_memory_errors(m: Machine) -> None:
    """Keep MEMORY_ERRORS of them ready for a full heap, or as many as there is room for.

    W_MEMORY_ERROR -> MemoryError -> MemoryError -> ...      linked by EXC_EXTRA
    """
    n: i64 = 0
    e: i64 = m.words[W_MEMORY_ERROR]
    while e != 0:
        n += 1
        e = m.words[e + EXC_EXTRA]
    try:
        while n < MEMORY_ERRORS:
            e = new_exception(m, T_MEMORY_ERROR, EMPTY_TUPLE)
            w = m.words
            w[e + EXC_EXTRA] = w[W_MEMORY_ERROR]
            w[W_MEMORY_ERROR] = e
            n += 1
    except Raised:
        clear_pending(m)


def set_memory_error(heap: Heap) -> Raised:
    """Make a MemoryError kept ready pending; allocates nothing. The last one stays, and is raised again and again."""
    w = heap.words
    e: i64 = w[W_MEMORY_ERROR]
    if e == 0:
        return Raised("no room for the first MemoryError")
    following: i64 = w[e + EXC_EXTRA]
    if following != 0:
        w[W_MEMORY_ERROR] = following
        w[e + EXC_EXTRA] = 0
    else:
        incref(w, e)
        store(heap, w, e + EXC_TRACEBACK, 0)
        store(heap, w, e + EXC_CONTEXT, 0)
    store(heap, w, W_PENDING, e)
    return Raised()


# ---------------------------------------------------------------- raise and except
def is_exception(w: vec[i64], o: i64) -> bool:
    """Is o an instance of BaseException?"""
    return w[w[o + OB_TYPE] + TP_FLAGS] & TPFLAGS_EXCEPTION != 0


def is_exception_class(w: vec[i64], o: i64) -> bool:
    """Is o a class derived from BaseException?"""
    return is_type(w, o) and w[o + TP_FLAGS] & TPFLAGS_EXCEPTION != 0


def exception_matches(m: Machine, e: i64, handler: i64) -> bool:
    """Does `except handler` take the exception e? TypeError if handler is no exception class or tuple of them."""
    w = m.words
    if w[w[handler + OB_TYPE] + TP_SOLID] != T_TUPLE:
        check_handler(m, handler)
        return is_subtype(w, w[e + OB_TYPE], handler)
    i: i64 = handler + TUPLE_ITEMS
    end: i64 = i + w[handler + OB_SIZE]
    found: bool = False
    while i < end:
        check_handler(m, w[i])
        found = found or is_subtype(w, w[e + OB_TYPE], w[i])
        i += 1
    return found


def check_handler(m: Machine, handler: i64) -> None:
    """TypeError unless `handler` is an exception class."""
    if not is_exception_class(m.words, handler):
        raise set_error(m, T_TYPE_ERROR, "catching classes that do not inherit from BaseException is not allowed")


def set_cause(m: Machine, e: i64, cause: i64) -> None:
    """raise e from cause: cause is an exception (borrowed) or 0 for None."""
    w = m.words
    if cause == e:
        cause = 0
    if cause != 0:
        incref(w, cause)
    incref(w, TRUE)
    store(m, w, e + EXC_SUPPRESS, TRUE)
    store(m, m.words, e + EXC_CAUSE, cause)
