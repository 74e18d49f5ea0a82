"""The built-in types' arithmetic: which function computes `a op b` for which pair of types.

Two protocols, as in CPython: numbers (both operands may know the answer; NotImplemented if neither does) and
sequences (`+` and `*`, tried only after the numbers and reflected methods, and complaining themselves).
Types are given as TP_SOLID: a subclass without special methods of its own behaves as its built-in base.

CPython counterpart: nb_* and sq_* slots, sequence_repeat of Objects/abstract.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TP_SOLID, WRAPPED_FUNCTION
from minipy.memory.statics import (
    T_BIGINT,
    T_BOOL,
    T_BYTEARRAY,
    T_BYTES,
    T_COMPLEX,
    T_DEQUE,
    T_DICT,
    T_DICT_ITEMS,
    T_DICT_KEYS,
    T_FLOAT,
    T_FROZENSET,
    T_GENERIC_ALIAS,
    T_INT,
    T_LIST,
    T_MAPPINGPROXY,
    T_OVERFLOW_ERROR,
    T_SET,
    T_STR,
    T_TUPLE,
    T_TYPE,
    T_TYPE_ERROR,
    T_UNION,
    T_VALUE_ERROR,
)
from minipy.memory.words import vec
from minipy.objects.arguments import index_sized
from minipy.objects.bytearrayobject import (
    bytearray_concat,
    bytearray_inplace_concat,
    bytearray_inplace_repeat,
    bytearray_repeat,
)
from minipy.objects.bytes_printf import bytes_printf
from minipy.objects.bytesobject import bytes_concat, bytes_repeat
from minipy.objects.complexobject import complex_binary, complex_unary
from minipy.objects.deque_sequence import deque_concat, deque_inplace_concat, deque_inplace_repeat, deque_repeat
from minipy.objects.dict_methods import dict_ior, dict_or
from minipy.objects.dictview_methods import view_binary
from minipy.objects.float_arith import float_binary, float_unary
from minipy.objects.genericalias import union_of
from minipy.objects.listobject import list_concat, list_inplace_concat, list_inplace_repeat, list_repeat
from minipy.objects.long_arith import long_binary, long_power, long_unary
from minipy.objects.longobject import not_implemented
from minipy.objects.machine import Machine
from minipy.objects.operators import (
    NB_ADD,
    NB_MULTIPLY,
    NB_OR,
    NB_REMAINDER,
    UNARY_INVERT,
)
from minipy.objects.printf import printf
from minipy.objects.set_operators import set_binary, set_inplace
from minipy.objects.tupleobject import tuple_concat, tuple_repeat
from minipy.objects.typeobject import name_of_type_of
from minipy.objects.unicode_concat import concat, repeat


def solid_of(w: vec[i64], o: i64) -> i64:
    """The built-in type whose behaviour o has."""
    return w[w[o + OB_TYPE] + TP_SOLID]


def is_integer(solid: i64) -> bool:
    """int, bool or a large int."""
    return solid == T_INT or solid == T_BOOL or solid == T_BIGINT


def is_operand_of(owner: i64, s: i64) -> bool:
    """Do the operators that the built-in type `owner` itself has answer for operands of the type s, too?"""
    if is_integer(owner):
        return is_integer(s)
    if owner == T_FLOAT:
        return s == T_FLOAT or is_integer(s)
    if owner == T_COMPLEX:
        return s == T_COMPLEX or s == T_FLOAT or is_integer(s)
    if is_set_type(owner):
        return is_set_type(s)
    return s == T_DICT or owner != T_DICT


# ---------------------------------------------------------------- numbers
def native_binary(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b by the number protocol of the built-in types, owned; NotImplemented if they have no answer."""
    w = m.words
    s: i64 = solid_of(w, a)
    t: i64 = solid_of(w, b)
    if is_integer(s) and is_integer(t):
        return long_binary(m, op, a, b)
    if op == NB_REMAINDER:
        if s == T_STR:
            return printf(m, a, b)
        if s == T_BYTES or s == T_BYTEARRAY:
            return bytes_printf(m, a, b)
    if is_set_view_type(s) or is_set_view_type(t):
        return view_binary(m, op, a, b)
    if s == T_COMPLEX or t == T_COMPLEX:
        return complex_binary(m, op, a, b)
    if s == T_FLOAT or t == T_FLOAT:
        return float_binary(m, op, a, b)
    return native_logic(m, op, s, t, a, b)


def native_logic(m: Machine, op: i64, s: i64, t: i64, a: i64, b: i64) -> i64:
    """| & ^ - of sets, views, dicts and types."""
    if is_set_type(s) and is_set_type(t):
        return set_binary(m, op, a, b)
    if op == NB_OR:
        if s == T_DICT and t == T_DICT:
            return dict_or(m, a, b)
        if s == T_MAPPINGPROXY or t == T_MAPPINGPROXY:
            return m.binary(op, unwrapped(m.words, s, a), unwrapped(m.words, t, b))
        if is_type_operand(s) or is_type_operand(t):
            return union_of(m, a, b)
    return not_implemented(m.words)


def is_set_type(s: i64) -> bool:
    """set or frozenset."""
    return s == T_SET or s == T_FROZENSET


def is_set_view_type(s: i64) -> bool:
    """A view of keys or items."""
    return s == T_DICT_KEYS or s == T_DICT_ITEMS


def is_type_operand(s: i64) -> bool:
    """A class or a union of classes."""
    return s == T_TYPE or s == T_GENERIC_ALIAS or s == T_UNION


def unwrapped(w: vec[i64], s: i64, o: i64) -> i64:
    """The mapping behind a proxy; anything else itself. Borrowed."""
    return w[o + WRAPPED_FUNCTION] if s == T_MAPPINGPROXY else o


def native_power(m: Machine, a: i64, b: i64, modulus: i64) -> i64:
    """pow(a, b, modulus) of built-in numbers, owned, or NotImplemented: only ints have it, as the first to ask says."""
    w = m.words
    s: i64 = solid_of(w, a)
    t: i64 = solid_of(w, b)
    u: i64 = solid_of(w, modulus)
    if is_integer(s) and is_integer(t) and is_integer(u):
        return long_power(m, a, b, modulus)
    numbers = is_number(s) and is_number(t)
    for kind in (s, t, u):
        if kind == T_FLOAT:
            raise m.error(T_TYPE_ERROR, "pow() 3rd argument not allowed unless all arguments are integers")
        if kind == T_COMPLEX and numbers:
            raise m.error(T_VALUE_ERROR, "complex modulo")
    return not_implemented(w)


def is_number(solid: i64) -> bool:
    """Does a built-in number have that type?"""
    return is_integer(solid) or solid == T_FLOAT or solid == T_COMPLEX


def native_unary(m: Machine, op: i64, solid: i64, o: i64) -> i64:
    """+o, -o or ~o of a built-in number, owned; 0 if the type has no such operator."""
    if is_integer(solid):
        return long_unary(m, op, o)
    if op == UNARY_INVERT:
        return 0
    if solid == T_FLOAT:
        return float_unary(m, op, o)
    if solid == T_COMPLEX:
        return complex_unary(m, op, o)
    return 0


# ---------------------------------------------------------------- sequences
def is_sequence_type(s: i64) -> bool:
    """Has the built-in type `+` and `*` of sequences?"""
    return s == T_STR or s == T_LIST or s == T_TUPLE or s == T_BYTES or s == T_BYTEARRAY or s == T_DEQUE


def native_concat(m: Machine, s: i64, a: i64, b: i64) -> i64:
    """a + b of a sequence a of the built-in type s, owned; TypeError if b does not fit."""
    if s == T_STR:
        return concat(m, a, b)
    if s == T_LIST:
        return list_concat(m, a, b)
    if s == T_TUPLE:
        return tuple_concat(m, a, b)
    if s == T_BYTEARRAY:
        return bytearray_concat(m, a, b)
    if s == T_DEQUE:
        return deque_concat(m, a, b)
    return bytes_concat(m, a, b)


def native_repeat(m: Machine, s: i64, o: i64, count: i64) -> i64:
    """o * count of a sequence o of the built-in type s, owned; TypeError unless count is an integer."""
    times: i64 = repeat_count(m, count)
    if s == T_STR:
        return repeat(m, o, times)
    if s == T_LIST:
        return list_repeat(m, o, times)
    if s == T_TUPLE:
        return tuple_repeat(m, o, times)
    if s == T_BYTEARRAY:
        return bytearray_repeat(m, o, times)
    if s == T_DEQUE:
        return deque_repeat(m, o, times)
    return bytes_repeat(m, o, times)


def repeat_count(m: Machine, count: i64) -> i64:
    """The factor of a sequence as a word."""
    number: i64 = m.index_object(count)
    if number == 0:
        text = "can't multiply sequence by non-int of type '" + name_of_type_of(m, count) + "'"
        raise m.error(T_TYPE_ERROR, text)
    return index_sized(m, count, number, T_OVERFLOW_ERROR)


# ---------------------------------------------------------------- in place
def native_inplace(m: Machine, op: i64, s: i64, a: i64, b: i64) -> i64:
    """a op= b of a built-in type that changes itself, owned; NotImplemented for all others."""
    if s == T_LIST:
        if op == NB_ADD:
            return list_inplace_concat(m, a, b)
        if op == NB_MULTIPLY:
            return list_inplace_repeat(m, a, repeat_count(m, b))
    elif s == T_BYTEARRAY:
        if op == NB_ADD:
            return bytearray_inplace_concat(m, a, b)
        if op == NB_MULTIPLY:
            return bytearray_inplace_repeat(m, a, repeat_count(m, b))
    elif s == T_DEQUE:
        if op == NB_ADD:
            return deque_inplace_concat(m, a, b)
        if op == NB_MULTIPLY:
            return deque_inplace_repeat(m, a, repeat_count(m, b))
    elif s == T_SET:
        return set_inplace(m, op, a, b)
    elif s == T_DICT and op == NB_OR:
        return dict_ior(m, a, b)
    elif s == T_MAPPINGPROXY and op == NB_OR:
        raise m.error(T_TYPE_ERROR, "'|=' is not supported by mappingproxy; use '|' instead")
    return not_implemented(m.words)
