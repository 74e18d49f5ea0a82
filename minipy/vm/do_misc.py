"""Instructions of one idea each that fit nowhere else: iterators, formatting, unary operators, deletion, the prompt.

CPython counterpart: the instructions' bodies in Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import LIST_ITEMS, LIST_LENGTH, OB_TYPE, W_PC, W_RESULT, W_SP
from minipy.memory.refcount import decref
from minipy.memory.statics import EMPTY_STR, NONE, T_GENERATOR, T_STR
from minipy.memory.words import Raised
from minipy.objects import abstract_number, abstract_sequence, abstract_text, attributes
from minipy.objects.abstract_sequence import next_value
from minipy.objects.attributes_set import del_attr
from minipy.objects.identifiers import NAME_SEND
from minipy.objects.longobject import none
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import tuple_from
from minipy.vm import displayhook, generator, generator_methods
from minipy.vm.frame import pop_top, replace_top


def drop(m: Machine, n: i64, sp: i64) -> i64:
    """Drop the n topmost values."""
    return pop_top(m, n, sp)


def push_borrowed(m: Machine, o: i64, sp: i64) -> i64:
    """Push a new reference to o."""
    w = m.words
    w[o] += 1
    w[sp] = o
    return sp + 1


def unary(m: Machine, op: i64, sp: i64) -> i64:
    """UNARY_*: operators.UNARY_*."""
    return replace_top(m, sp, 1, abstract_number.unary(m, op, m.words[sp - 1]))


def get_iter(m: Machine, sp: i64) -> i64:
    """GET_ITER."""
    return replace_top(m, sp, 1, m.iter(m.words[sp - 1]))


def get_yield_from_iter(m: Machine, sp: i64) -> i64:
    """GET_YIELD_FROM_ITER: a generator is its own iterator."""
    if m.words[m.words[sp - 1] + OB_TYPE] == T_GENERATOR:
        return sp
    return get_iter(m, sp)


def send(m: Machine, target: i64, sp: i64) -> i64:
    """SEND: receiver, value. A generator's record is pushed; any other receiver gives its next value here."""
    w = m.words
    receiver: i64 = w[sp - 2]
    value: i64 = w[sp - 1]
    if w[receiver + OB_TYPE] == T_GENERATOR:
        w[W_SP] = sp - 1
        resumed: bool = generator.resume(m, receiver, value)
        if resumed:
            decref(m, m.words, value)
            return m.words[W_SP]
        m.words[W_SP] = sp
        result: i64 = 0
    elif value == NONE:
        result = next_with_result(m, receiver)
    else:
        result = send_to_object(m, receiver, value)
    if result != 0:
        return replace_top(m, sp, 1, result)
    m.words[W_PC] = target
    return replace_top(m, sp, 2, take_result(m))


def next_with_result(m: Machine, receiver: i64) -> i64:
    """The receiver's next value, owned; 0 when it is exhausted, with the value of its StopIteration in W_RESULT."""
    if m.words[receiver + OB_TYPE] == T_GENERATOR:
        return generator_methods.next_value(m, receiver)
    try:
        return next_value(m, receiver)
    except Raised:
        if not generator_methods.catch_stop_iteration(m):
            raise
    return 0


def send_to_object(m: Machine, receiver: i64, value: i64) -> i64:
    """receiver.send(value), owned; 0 when that raises StopIteration."""
    method: i64 = attributes.get_attr(m, receiver, NAME_SEND)
    try:
        return m.call1(method, value)
    except Raised:
        if not generator_methods.catch_stop_iteration(m):
            raise
    finally:
        decref(m, m.words, method)
    return 0


def take_result(m: Machine) -> i64:
    """What the generator that has just been exhausted returned, owned."""
    w = m.words
    value: i64 = w[W_RESULT]
    w[W_RESULT] = 0
    if value == 0:
        return none(w)
    return value


def format_value(m: Machine, flags: i64, sp: i64) -> i64:
    """FORMAT_VALUE: convert, then format, of an f-string's field."""
    w = m.words
    count: i64 = 2 if flags & 4 != 0 else 1
    spec: i64 = w[sp - 1] if count == 2 else EMPTY_STR
    value: i64 = w[sp - count]
    conversion: i64 = flags & 3
    if conversion == 0:
        if count == 1 and w[value + OB_TYPE] == T_STR:
            return sp
        return replace_top(m, sp, count, m.format(value, spec))
    text: i64 = 0
    if conversion == 1:
        text = m.str(value)
    elif conversion == 2:
        text = m.repr(value)
    else:
        text = abstract_text.ascii_object(m, value)
    if count == 1:
        return replace_top(m, sp, 1, text)
    try:
        formatted: i64 = m.format(text, spec)
    finally:
        decref(m, m.words, text)
    return replace_top(m, sp, 2, formatted)


def list_to_tuple(m: Machine, sp: i64) -> i64:
    """LIST_TO_TUPLE."""
    w = m.words
    o: i64 = w[sp - 1]
    return replace_top(m, sp, 1, tuple_from(m, w[o + LIST_ITEMS], w[o + LIST_LENGTH]))


def delete_subscript(m: Machine, sp: i64) -> i64:
    """DELETE_SUBSCR: container, key."""
    w = m.words
    abstract_sequence.del_item(m, w[sp - 2], w[sp - 1])
    return pop_top(m, 2, sp)


def delete_attr(m: Machine, name: i64, sp: i64) -> i64:
    """DELETE_ATTR."""
    del_attr(m, m.words[sp - 1], name)
    return pop_top(m, 1, sp)


def print_expr(m: Machine, sp: i64) -> i64:
    """PRINT_EXPR: hand the value to the displayhook."""
    displayhook.show(m, m.words[sp - 1])
    return pop_top(m, 1, sp)


def line(m: Machine, number: i64, sp: i64) -> i64:
    """LINE: tell the observer, if any, that a source line starts."""
    m.observe_line(number)
    return sp


def step(m: Machine, sp: i64) -> i64:
    """STEP: tell the observer, if any, that an instruction follows."""
    m.observe_step()
    return sp
