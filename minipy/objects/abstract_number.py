"""Arithmetic of any objects: `a + b`, `a += b`, `-a`, pow, divmod, abs, round, index.

    a + b     type(b) derived from type(a) with its own __radd__: that first
              a.__add__(b), b.__radd__(a); then the concatenation of sequences; then TypeError

Where neither type has special methods of a program's own, the built-in behaviour is asked directly.

CPython counterpart: binary_op1, PyNumber_Add, PyNumber_InPlaceAdd, PyNumber_Index of Objects/abstract.c, SLOT1BINFULL
of Objects/typeobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import INT_VALUE, NATIVE_FAMILY, NATIVE_NAME, OB_TYPE, TP_FLAGS, TP_SOLID, TPFLAGS_SPECIAL
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    IDENTIFIER_STRIDE,
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    T_BOOL,
    T_BUILTIN,
    T_INDEX_ERROR,
    T_INT,
    T_TYPE_ERROR,
    T_WRAPPER,
)
from minipy.memory.words import Raised
from minipy.objects.arguments import argument_index, index_sized
from minipy.objects.attributes import call_held, call_special
from minipy.objects.deprecated import warn_of_subclass
from minipy.objects.identifiers import ID_ABS, ID_ADD, ID_IADD, ID_INDEX, ID_INVERT, ID_NEG, ID_POS, ID_RADD, ID_ROUND
from minipy.objects.longobject import is_exact_int, is_int, not_implemented, plain_int
from minipy.objects.machine import Machine
from minipy.objects.native_number import (
    is_integer,
    is_sequence_type,
    native_binary,
    native_concat,
    native_inplace,
    native_power,
    native_repeat,
    native_unary,
    solid_of,
)
from minipy.objects.natives import FAMILY_MODULES
from minipy.objects.numbers import absolute
from minipy.objects.operators import (
    NB_ADD,
    NB_INPLACE,
    NB_MULTIPLY,
    NB_POWER,
    NB_RSHIFT,
    OPERATOR_SYMBOLS,
    UNARY_INVERT,
    UNARY_NEGATIVE,
)
from minipy.objects.typeobject import is_subtype, name_of_type_of, type_lookup
from minipy.objects.unicodeobject import host_str


def binary(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b, owned; op may have NB_INPLACE added. a and b are borrowed and must stay alive."""
    w = m.words
    plain: i64 = op & (NB_INPLACE - 1)
    r: i64
    if op & NB_INPLACE != 0:
        r = inplace(m, plain, a, b)
        if r != NOT_IMPLEMENTED_OBJECT:
            return r
        w[r] -= 1
    if (w[w[a + OB_TYPE] + TP_FLAGS] | w[w[b + OB_TYPE] + TP_FLAGS]) & TPFLAGS_SPECIAL == 0:
        r = native_binary(m, plain, a, b)
    else:
        r = special_binary(m, plain, a, b)
    if r != NOT_IMPLEMENTED_OBJECT:
        return r
    w[r] -= 1
    return sequence_binary(m, op, a, b)


def special_binary(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """The number protocol where a type has a program's special methods; NotImplemented if both have no answer."""
    w = m.words
    t: i64 = w[a + OB_TYPE]
    u: i64 = w[b + OB_TYPE]
    left: i64 = type_lookup(w, t, ID_ADD + op * IDENTIFIER_STRIDE)
    right: i64 = 0
    r: i64
    if t != u:
        name: i64 = ID_RADD + op * IDENTIFIER_STRIDE
        right = type_lookup(w, u, name)
        if right != 0 and is_subtype(w, u, t) and right != type_lookup(w, t, name):
            r = call_operator(m, right, op, a, b, True)
            if r != NOT_IMPLEMENTED_OBJECT:
                return r
            w[r] -= 1
            right = 0
    if left != 0:
        r = call_operator(m, left, op, a, b, False)
        if r != NOT_IMPLEMENTED_OBJECT:
            return r
        w[r] -= 1
    if right != 0:
        return call_operator(m, right, op, a, b, True)
    return not_implemented(w)


def call_operator(m: Machine, d: i64, op: i64, a: i64, b: i64, reflected: bool) -> i64:
    """a op b by the special method d of a, or of b if it is reflected."""
    if m.words[d + OB_TYPE] == T_WRAPPER:
        return native_binary(m, op, a, b)
    if reflected:
        return call_special(m, d, b, a, 0)
    return call_special(m, d, a, b, 0)


def sequence_binary(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """+ and * of sequences, after the number protocol had no answer; TypeError for all else."""
    w = m.words
    plain: i64 = op & (NB_INPLACE - 1)
    s: i64 = solid_of(w, a)
    t: i64 = solid_of(w, b)
    if plain == NB_ADD and is_sequence_type(s) and is_inherited(m, a, ID_ADD):
        return native_concat(m, s, a, b)
    if plain == NB_MULTIPLY:
        name: i64 = ID_ADD + NB_MULTIPLY * IDENTIFIER_STRIDE
        if is_sequence_type(s) and is_inherited(m, a, name):
            return native_repeat(m, s, a, b)
        if is_sequence_type(t) and is_inherited(m, b, name):
            return native_repeat(m, t, b, a)
    raise operand_error(m, op, a, b)


def is_inherited(m: Machine, o: i64, name: i64) -> bool:
    """Is o's special method `name` the built-in one?"""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if w[t + TP_FLAGS] & TPFLAGS_SPECIAL == 0:
        return True
    d: i64 = type_lookup(w, t, name)
    return d != 0 and w[d + OB_TYPE] == T_WRAPPER


def operand_error(m: Machine, op: i64, a: i64, b: i64) -> Raised:
    """TypeError: unsupported operand type(s) for +: 'int' and 'str'."""
    symbol = OPERATOR_SYMBOLS[int(op & (NB_INPLACE - 1))]
    if op & NB_INPLACE != 0:
        symbol = "**=" if op & (NB_INPLACE - 1) == NB_POWER else symbol + "="
    text = "unsupported operand type(s) for " + symbol + ": '"
    text += name_of_type_of(m, a) + "' and '" + name_of_type_of(m, b) + "'"
    w = m.words
    if op == NB_RSHIFT and w[a + OB_TYPE] == T_BUILTIN and w[a + NATIVE_FAMILY] >= FAMILY_MODULES:
        if host_str(m, w[a + NATIVE_NAME]) == "print":
            text += '. Did you mean "print(<message>, file=<output_stream>)"?'
    return m.error(T_TYPE_ERROR, text)


def inplace(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a's own a op= b, owned; NotImplemented if it has none.

    That of a list itself, or of another built-in sequence, comes after the number protocol: b may have a `__radd__`.
    """
    w = m.words
    t: i64 = w[a + OB_TYPE]
    if w[t + TP_FLAGS] & TPFLAGS_SPECIAL != 0:
        d: i64 = type_lookup(w, t, ID_IADD + op * IDENTIFIER_STRIDE)
        if d == 0:
            return not_implemented(w)
        if w[d + OB_TYPE] != T_WRAPPER:
            return call_special(m, d, a, b, 0)
    first: bool = (op == NB_ADD or op == NB_MULTIPLY) and w[w[b + OB_TYPE] + TP_FLAGS] & TPFLAGS_SPECIAL != 0
    if first and is_sequence_type(t):
        r: i64 = special_binary(m, op, a, b)
        w = m.words
        if r != NOT_IMPLEMENTED_OBJECT:
            return r
        w[r] -= 1
    return native_inplace(m, op, w[t + TP_SOLID], a, b)


def power(m: Machine, a: i64, b: i64, modulus: i64) -> i64:
    """pow(a, b, modulus), owned; modulus None: a ** b."""
    if modulus == NONE or modulus == 0:
        return binary(m, NB_POWER, a, b)
    w = m.words
    t: i64 = w[a + OB_TYPE]
    r: i64
    d: i64 = type_lookup(w, t, ID_ADD + NB_POWER * IDENTIFIER_STRIDE)
    if w[t + TP_FLAGS] & TPFLAGS_SPECIAL != 0 and d != 0 and w[d + OB_TYPE] != T_WRAPPER:
        r = call_special(m, d, a, b, modulus)
    else:
        r = native_power(m, a, b, modulus)
    if r != NOT_IMPLEMENTED_OBJECT:
        return r
    w[r] -= 1
    text = "unsupported operand type(s) for ** or pow(): '" + name_of_type_of(m, a) + "', '" + name_of_type_of(m, b)
    raise m.error(T_TYPE_ERROR, text + "', '" + name_of_type_of(m, modulus) + "'")


# ---------------------------------------------------------------- one operand
def unary(m: Machine, op: i64, o: i64) -> i64:
    """+o, -o, ~o, owned."""
    name: i64 = ID_POS
    symbol = "unary +"
    if op == UNARY_NEGATIVE:
        name = ID_NEG
        symbol = "unary -"
    elif op == UNARY_INVERT:
        name = ID_INVERT
        symbol = "unary ~"
    w = m.words
    d: i64 = own_special(m, o, name)
    if d != 0:
        return call_special(m, d, o, 0, 0)
    r: i64 = native_unary(m, op, solid_of(w, o), o)
    if r == 0:
        raise m.error(T_TYPE_ERROR, "bad operand type for " + symbol + ": '" + name_of_type_of(m, o) + "'")
    return r


def own_special(m: Machine, o: i64, name: i64) -> i64:
    """The special method of o's class if it is a program's own, borrowed, else 0."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if w[t + TP_FLAGS] & TPFLAGS_SPECIAL == 0:
        return 0
    d: i64 = type_lookup(w, t, name)
    if d == 0 or w[d + OB_TYPE] == T_WRAPPER:
        return 0
    return d


def absolute_value(m: Machine, o: i64) -> i64:
    """abs(o), owned."""
    d: i64 = own_special(m, o, ID_ABS)
    if d != 0:
        return call_special(m, d, o, 0, 0)
    r: i64 = absolute(m, solid_of(m.words, o), o)
    if r == 0:
        raise m.error(T_TYPE_ERROR, "bad operand type for abs(): '" + name_of_type_of(m, o) + "'")
    return r


def round_number(m: Machine, o: i64, digits: i64) -> i64:
    """round(o, digits), owned; digits 0: not given."""
    w = m.words
    d: i64 = type_lookup(w, w[o + OB_TYPE], ID_ROUND)
    if d == 0:
        raise m.error(T_TYPE_ERROR, "type " + name_of_type_of(m, o) + " doesn't define __round__ method")
    return call_held(m, d, o, 0 if digits == NONE else digits)


# ---------------------------------------------------------------- index
def index_object(m: Machine, o: i64) -> i64:
    """o as an int object, owned, through `__index__`; 0 if its type has none. A large one is a T_BIGINT."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if t == T_INT or is_integer(w[t + TP_SOLID]):
        o = plain_int(w, o)
        incref(w, o)
        return o
    d: i64 = type_lookup(w, t, ID_INDEX)
    if d == 0 or d == NONE:
        return 0
    r: i64 = call_special(m, d, o, 0, 0)
    if not is_int(m.words, r):
        kind = name_of_type_of(m, r)
        decref(m, m.words, r)
        raise m.error(T_TYPE_ERROR, "__index__ returned non-int (type " + kind + ")")
    try:
        if not is_exact_int(m.words, r):
            warn_of_subclass(m, "int", "__index__ returned non-int (type " + name_of_type_of(m, r) + ")")
        w = m.words
        o = plain_int(w, r)
        incref(w, o)
        return o
    finally:
        decref(m, m.words, r)


def index_word(m: Machine, o: i64) -> i64:
    """o as a word; TypeError if it is no integer, IndexError if it does not fit."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    if t == T_INT or t == T_BOOL:
        return w[o + INT_VALUE]
    return index_sized(m, o, argument_index(m, o), T_INDEX_ERROR)
