"""next, send, throw and close of generators, for native code and as methods.

Native code resumes a generator in a loop of its own: it pushes the generator, then its record with RETURN_TO_NATIVE.

CPython counterpart: Objects/genobject.c (gen_send_ex2, _gen_throw, gen_close, _PyGen_Finalize).
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.bytecode.opcodes import JUMP_BACKWARD, LINE, RESUME, SEND, STEP
from minipy.memory.layout import (
    EXC_TRACEBACK,
    EXC_VALUE,
    GEN_FRAME,
    GEN_FRAME_COUNT,
    GEN_PC,
    GEN_STATE,
    OB_TYPE,
    RETURN_PC,
    RETURN_TO_NATIVE,
    W_PC,
    W_PENDING,
    W_RESULT,
    W_SP,
)
from minipy.memory.refcount import decref, store
from minipy.memory.statics import (
    EMPTY_TUPLE,
    NONE,
    T_GENERATOR,
    T_GENERATOR_EXIT,
    T_RUNTIME_ERROR,
    T_STOP_ITERATION,
    T_TRACEBACK,
    T_TYPE_ERROR,
)
from minipy.memory.words import Raised, vec
from minipy.objects import exceptions
from minipy.objects.identifiers import NAME_CLOSE, NAME_THROW
from minipy.objects.longobject import none
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods
from minipy.objects.typeobject import is_instance_of
from minipy.vm import generator
from minipy.vm.do_exceptions import new_instance
from minipy.vm.frame import pop_values
from minipy.vm.generator import CLOSED, CREATED, RUNNING, SUSPENDED
from minipy.vm.native_call import push
from minipy.vm.unraisable import write_unraisable

GENERATOR_SEND: Final = 1
GENERATOR_THROW: Final = 2
GENERATOR_CLOSE: Final = 3

METHODS: Final[Methods] = (
    (GENERATOR_SEND, "send", 1, 1, ""),
    (GENERATOR_THROW, "throw", 1, 3, ""),
    (GENERATOR_CLOSE, "close", 0, 0, ""),
)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The methods of METHODS; see objects/natives.py."""
    w = m.words
    if number == GENERATOR_SEND:
        return send(m, w[at], w[at + 1])
    elif number == GENERATOR_THROW:
        return throw(m, w[at], exception_argument(m, at, n))
    close(m, w[at])
    return none(m.words)


def next_value(m: Machine, g: i64) -> i64:
    """The generator's next value, owned; 0 when it is exhausted (W_RESULT has what it returned)."""
    return resume(m, g, NONE)


def resume(m: Machine, g: i64, value: i64) -> i64:
    """Resume g in a loop of its own; 0 when it is exhausted."""
    pc: i64 = m.words[W_PC]
    sp: i64 = m.words[W_SP]
    store(m, m.words, W_RESULT, 0)
    push(m, g)
    w = m.words
    w[W_PC] = pc & RETURN_PC | RETURN_TO_NATIVE
    result: i64 = 0
    try:
        if generator.resume(m, g, value):
            result = m.evaluate()
    finally:
        pop_values(m, m.words, sp, sp + 1)
        w = m.words
        w[W_SP] = sp
        w[W_PC] = pc
    return result


def stop_iteration(m: Machine) -> Raised:
    """StopIteration with what the generator returned."""
    w = m.words
    value: i64 = w[W_RESULT]
    w[W_RESULT] = 0
    if value == NONE:
        w[NONE] -= 1
        value = 0
    raised = m.error_object(T_STOP_ITERATION, value)
    if value != 0:
        decref(m, m.words, value)
    return raised


def catch_stop_iteration(m: Machine) -> bool:
    """After `except Raised`: a pending StopIteration is dropped, its value goes to W_RESULT."""
    w = m.words
    if not exceptions.pending_matches(w, T_STOP_ITERATION):
        return False
    value: i64 = w[w[W_PENDING] + EXC_VALUE]
    if value != 0:
        w[value] += 1
    store(m, w, W_RESULT, value)
    exceptions.clear_pending(m)
    return True


def send(m: Machine, g: i64, value: i64) -> i64:
    """g.send(value)."""
    if m.words[g + GEN_STATE] == CREATED and value != NONE:
        raise m.error(T_TYPE_ERROR, "can't send non-None value to a just-started generator")
    result: i64 = resume(m, g, value)
    if result == 0:
        raise stop_iteration(m)
    return result


# ---------------------------------------------------------------- throw
def exception_argument(m: Machine, at: i64, n: i64) -> i64:
    """The exception (owned) that throw's arguments mean: an instance, a class, or class, value and traceback."""
    w = m.words
    traceback: i64 = w[at + 3] if n > 3 else NONE
    if traceback != NONE and w[traceback + OB_TYPE] != T_TRACEBACK:
        raise m.error(T_TYPE_ERROR, "throw() third argument must be a traceback object")
    e: i64 = exception_to_throw(m, at, n)
    if traceback != NONE:
        m.words[traceback] += 1
        store(m, m.words, e + EXC_TRACEBACK, traceback)
    return e


def exception_to_throw(m: Machine, at: i64, n: i64) -> i64:
    """The exception (owned) that the first two arguments mean; if it cannot be made, the one raised instead."""
    w = m.words
    kind: i64 = w[at + 1]
    if exceptions.is_exception(w, kind):
        if n > 2 and w[at + 2] != NONE:
            raise m.error(T_TYPE_ERROR, "instance exception may not have a separate value")
        w[kind] += 1
        return kind
    if not exceptions.is_exception_class(w, kind):
        text = f"exceptions must be classes or instances deriving from BaseException, not {m.type_name(kind)}"
        raise m.error(T_TYPE_ERROR, text)
    value: i64 = w[at + 2] if n > 2 else NONE
    if is_instance_of(w, value, kind):
        w[value] += 1
        return value
    try:
        return new_instance(m, kind, value)
    except Raised:
        return exceptions.take_pending(m.words)


def delegate(m: Machine, g: i64) -> i64:
    """What a suspended generator is in `yield from` of (borrowed), or 0."""
    w = m.words
    if w[g + GEN_STATE] != SUSPENDED or send_of(w, w[g + GEN_PC]) == 0:
        return 0
    return w[w[g + GEN_FRAME] + w[g + GEN_FRAME_COUNT] - 1]


def send_of(w: vec[i64], pc: i64) -> i64:
    """The address of the SEND that a generator suspended at `pc` goes back to, 0: it is not in `yield from`.

    Nothing but a `yield from` jumps back right behind its yield. An observed run's marks are passed over.
    """
    at: i64 = without_marks(w, pc)
    if w[at] & 255 == RESUME:
        at = without_marks(w, at + 1)
        if w[at] & 255 == JUMP_BACKWARD:
            at = without_marks(w, w[at] >> 8)
            if w[at] & 255 == SEND:
                return at
    return 0


def without_marks(w: vec[i64], at: i64) -> i64:
    """The first instruction from `at` on that is no mark of an observed run."""
    while w[at] & 255 == STEP or w[at] & 255 == LINE:
        at += 1
    return at


def throw(m: Machine, g: i64, e: i64) -> i64:
    """g.throw(e), e stolen; the value yielded next."""
    result: i64 = throw_or_end(m, g, e)
    if result == 0:
        raise stop_iteration(m)
    return result


def throw_or_end(m: Machine, g: i64, e: i64) -> i64:
    """As throw, but 0 when the generator ends by returning (W_RESULT has the value)."""
    inner: i64 = delegate(m, g)
    if inner != 0:
        return throw_to_delegate(m, g, inner, e)
    return throw_here(m, g, e)


def throw_here(m: Machine, g: i64, e: i64) -> i64:
    """Raise e (stolen) where g is suspended."""
    w = m.words
    state: i64 = w[g + GEN_STATE]
    if state == CREATED:
        w[g + GEN_STATE] = CLOSED
        drop_frame(m, g)
    if state != SUSPENDED:
        if state == RUNNING:
            decref(m, w, e)
            generator.resume(m, g, NONE)
        exceptions.set_pending(m, e)
        raise Raised()
    pc: i64 = w[W_PC]
    sp: i64 = w[W_SP]
    push(m, g)
    w = m.words
    w[W_PC] = pc & RETURN_PC | RETURN_TO_NATIVE
    try:
        generator.resume(m, g, NONE)
        exceptions.set_pending(m, e)
        return m.evaluate()
    finally:
        pop_values(m, m.words, sp, sp + 1)
        w = m.words
        w[W_SP] = sp
        w[W_PC] = pc


def throw_to_delegate(m: Machine, g: i64, inner: i64, e: i64) -> i64:
    """The generator is in `yield from inner`: inner gets the exception first."""
    w = m.words
    w[inner] += 1
    try:
        if is_instance_of(w, e, T_GENERATOR_EXIT):
            return throw_here(m, g, close_delegate(m, inner, e))
        result: i64 = throw_to_iterator(m, g, inner, e)
        if result >= 0:
            return result
        return throw_here(m, g, e)
    finally:
        decref(m, m.words, inner)


def close_delegate(m: Machine, inner: i64, e: i64) -> i64:
    """Close what a closing generator delegates to; what is to be thrown then: e (stolen), or an error of closing."""
    try:
        if m.words[inner + OB_TYPE] == T_GENERATOR:
            close(m, inner)
        else:
            close_object(m, inner)
        return e
    except Raised:
        decref(m, m.words, e)
        return exceptions.take_pending(m.words)


def close_object(m: Machine, o: i64) -> None:
    """o.close(), if it has such a method; that looking for it failed is told, but no error."""
    method: i64 = 0
    try:
        method = m.find_attribute(o, NAME_CLOSE)
    except Raised:
        write_unraisable(m, o)
    if method != 0:
        try:
            decref(m, m.words, m.call0(method))
        finally:
            decref(m, m.words, method)


def throw_to_iterator(m: Machine, g: i64, inner: i64, e: i64) -> i64:
    """inner.throw(e): what g yields next. -1 if inner has no throw (e is still the caller's)."""
    try:
        generates: bool = m.words[inner + OB_TYPE] == T_GENERATOR
        result: i64 = throw_or_end(m, inner, e) if generates else throw_to_object(m, inner, e)
    except Raised:
        if not catch_stop_iteration(m):
            return throw_here(m, g, exceptions.take_pending(m.words))
        result = 0
    if result != 0:
        return result
    return finish_delegation(m, g)


def throw_to_object(m: Machine, o: i64, e: i64) -> i64:
    """o.throw(e); e is stolen, unless o has no such method: then -1."""
    method: i64 = m.find_attribute(o, NAME_THROW)
    if method == 0:
        return -1
    try:
        return m.call1(method, e)
    finally:
        decref(m, m.words, method)
        decref(m, m.words, e)


def finish_delegation(m: Machine, g: i64) -> i64:
    """The delegate returned: its value becomes that of `yield from`, and g goes on behind it."""
    w = m.words
    top: i64 = w[g + GEN_FRAME] + w[g + GEN_FRAME_COUNT] - 1
    inner: i64 = w[top]
    w[top] = 0
    w[g + GEN_FRAME_COUNT] -= 1
    w[g + GEN_PC] = w[send_of(w, w[g + GEN_PC])] >> 8
    value: i64 = w[W_RESULT]
    w[W_RESULT] = 0
    if value == 0:
        value = NONE
        w[NONE] += 1
    decref(m, w, inner)
    try:
        return resume(m, g, value)
    finally:
        decref(m, m.words, value)


# ---------------------------------------------------------------- close
def close(m: Machine, g: i64) -> None:
    """g.close(): GeneratorExit where it is suspended; RuntimeError if it yields again."""
    w = m.words
    state: i64 = w[g + GEN_STATE]
    if state == CLOSED:
        return
    if state == CREATED:
        w[g + GEN_STATE] = CLOSED
        drop_frame(m, g)
        return
    e: i64 = exceptions.new_exception(m, T_GENERATOR_EXIT, EMPTY_TUPLE)
    try:
        result: i64 = throw_or_end(m, g, e)
    except Raised:
        if m.catch(T_GENERATOR_EXIT) or m.catch(T_STOP_ITERATION):
            return
        raise
    if result != 0:
        decref(m, m.words, result)
        raise m.error(T_RUNTIME_ERROR, "generator ignored GeneratorExit")
    store(m, m.words, W_RESULT, 0)


def drop_frame(m: Machine, g: i64) -> None:
    """Release what a generator that will not run any more keeps."""
    w = m.words
    at: i64 = w[g + GEN_FRAME]
    count: i64 = w[g + GEN_FRAME_COUNT]
    w[g + GEN_FRAME_COUNT] = 0
    i: i64 = 0
    while i < count:
        value: i64 = m.words[at + i]
        m.words[at + i] = 0
        if value != 0:
            decref(m, m.words, value)
        i += 1


def must_close(m: Machine, g: i64) -> bool:
    """Has a dying generator something to do first: is it suspended inside the program?"""
    return m.words[g + GEN_STATE] == SUSPENDED and m.words[g + GEN_FRAME_COUNT] > 0

