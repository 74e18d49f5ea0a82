"""Comparison, hash and truth of any objects: the built-in behaviour, or a program's special methods.

    a < b     type(b) derived from type(a) and has its own answer: b > a first
              then a < b, then b > a; == and != fall back to identity, the others to TypeError

CPython counterpart: do_richcompare and PyObject_IsTrue of Objects/object.c, slot_tp_richcompare, slot_tp_hash and
slot_nb_bool of Objects/typeobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    INT_VALUE,
    NATIVE_OWNER,
    OB_TYPE,
    TP_FLAGS,
    TP_SOLID,
    TPFLAGS_EQ,
    TPFLAGS_HASH,
    TPFLAGS_SPECIAL,
)
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    FALSE,
    IDENTIFIER_STRIDE,
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    T_EXCEPTION,
    T_FLOAT,
    T_FUNCTION,
    T_INT,
    T_OBJECT,
    T_OVERFLOW_ERROR,
    T_STR,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
    T_WRAPPER,
    TRUE,
)
from minipy.memory.words import Raised
from minipy.objects.arguments import argument_index
from minipy.objects.attributes import bind_held, call_special
from minipy.objects.floatobject import float_compare
from minipy.objects.identifiers import ID_BOOL, ID_HASH, ID_LEN, ID_LT
from minipy.objects.longobject import (
    compare_words,
    fits_word,
    int_word,
    is_int,
    long_hash,
    long_sign,
    new_bool,
    not_implemented,
)
from minipy.objects.machine import Machine
from minipy.objects.native_compare import identity_compare, native_compare, native_hash, native_true, str_compare
from minipy.objects.operators import (
    CMP_EQ,
    CMP_GE,
    CMP_GT,
    CMP_LE,
    CMP_LT,
    CMP_NE,
    COMPARE_SYMBOLS,
)
from minipy.objects.recursion import enter, enter_data, leave, leave_data
from minipy.objects.typeobject import is_subtype, name_of_type_of, type_lookup


def compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b, owned. May run a program's code; a and b are borrowed and must stay alive."""
    w = m.words
    t: i64 = w[a + OB_TYPE]
    u: i64 = w[b + OB_TYPE]
    if t == T_INT and u == T_INT:
        return new_bool(w, compare_words(op, w[a + INT_VALUE], w[b + INT_VALUE]))
    if t == T_STR and u == T_STR:
        return str_compare(m, op, a, b)
    if t == T_FLOAT and u == T_FLOAT:
        return float_compare(m, op, a, b)
    enter(m, " in comparison")
    try:
        return compare_any(m, op, a, b, t, u)
    finally:
        leave(m.words)


def swapped(op: i64) -> i64:
    """b op' a is a op b."""
    if op == CMP_LT:
        return CMP_GT
    if op == CMP_GT:
        return CMP_LT
    if op == CMP_LE:
        return CMP_GE
    if op == CMP_GE:
        return CMP_LE
    return op


def compare_any(m: Machine, op: i64, a: i64, b: i64, t: i64, u: i64) -> i64:
    """The order in which the two types are asked."""
    w = m.words
    r: i64
    reflected: bool = False
    if t != u and is_subtype(w, u, t):
        reflected = True
        r = one_side(m, swapped(op), u, b, a)
        if r != NOT_IMPLEMENTED_OBJECT:
            return r
        w[r] -= 1
    r = one_side(m, op, t, a, b)
    if r != NOT_IMPLEMENTED_OBJECT:
        return r
    w[r] -= 1
    if not reflected:
        r = one_side(m, swapped(op), u, b, a)
        if r != NOT_IMPLEMENTED_OBJECT:
            return r
        w[r] -= 1
    if op == CMP_EQ or op == CMP_NE:
        return new_bool(w, (a == b) == (op == CMP_EQ))
    text = "'" + COMPARE_SYMBOLS[int(op)] + "' not supported between instances of '"
    raise m.error(T_TYPE_ERROR, text + name_of_type_of(m, a) + "' and '" + name_of_type_of(m, b) + "'")


def one_side(m: Machine, op: i64, t: i64, a: i64, b: i64) -> i64:
    """a op b as a's type t alone answers, owned; NotImplemented if it has no answer."""
    w = m.words
    flag: i64 = TPFLAGS_SPECIAL
    if op == CMP_EQ or op == CMP_NE:
        flag = TPFLAGS_EQ
    if w[t + TP_FLAGS] & flag == 0:
        return native_compare(m, op, w[t + TP_SOLID], a, b)
    d: i64 = type_lookup(w, t, ID_LT + op * IDENTIFIER_STRIDE)
    if w[d + OB_TYPE] == T_WRAPPER:
        if w[d + NATIVE_OWNER] == T_OBJECT:
            return object_compare(m, op, a, b)
        return native_compare(m, op, w[t + TP_SOLID], a, b)
    if w[d + OB_TYPE] == T_FUNCTION:
        return call_special(m, d, a, b, 0)
    method: i64 = bind_or_none(m, d, a)
    if method == 0:
        return not_implemented(m.words)
    try:
        return m.call1(method, b)
    finally:
        decref(m, m.words, method)


def bind_or_none(m: Machine, d: i64, o: i64) -> i64:
    """The special method d bound to o, owned; 0 if its `__get__` fails: then o has none."""
    try:
        return bind_held(m, d, o, m.words[o + OB_TYPE])
    except Raised:
        if not m.catch(T_EXCEPTION):
            raise
    return 0


def object_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """object's comparison: == is identity, != the opposite of what a's own `__eq__` says."""
    if op != CMP_NE:
        return identity_compare(m, op, a, b)
    w = m.words
    r: i64 = one_side(m, CMP_EQ, w[a + OB_TYPE], a, b)
    if r == NOT_IMPLEMENTED_OBJECT:
        return r
    try:
        truth: bool = is_true(m, r)
    finally:
        decref(m, m.words, r)
    return new_bool(m.words, not truth)


def truth_of(m: Machine, r: i64) -> bool:
    """The truth of a comparison's result (stolen)."""
    w = m.words
    if r == TRUE or r == FALSE:
        w[r] -= 1
        return r == TRUE
    try:
        return is_true(m, r)
    finally:
        decref(m, m.words, r)


def equal(m: Machine, a: i64, b: i64) -> bool:
    """a is b or a == b."""
    if a == b:
        return True
    return truth_of(m, compare(m, CMP_EQ, a, b))


def less(m: Machine, a: i64, b: i64) -> bool:
    """a < b."""
    w = m.words
    if w[a + OB_TYPE] == T_INT and w[b + OB_TYPE] == T_INT:
        return w[a + INT_VALUE] < w[b + INT_VALUE]
    return truth_of(m, compare(m, CMP_LT, a, b))


# ---------------------------------------------------------------- hash
def hash_object(m: Machine, o: i64) -> i64:
    """hash(o), never -1; TypeError if o is unhashable."""
    w = m.words
    t: i64 = w[o + OB_TYPE]
    h: i64
    if w[t + TP_FLAGS] & (TPFLAGS_HASH | TPFLAGS_EQ) != 0:
        d: i64 = type_lookup(w, t, ID_HASH)
        if w[d + OB_TYPE] != T_WRAPPER:
            return hash_by_method(m, d, o)
        if w[d + NATIVE_OWNER] == T_OBJECT:
            return o >> 1
    solid: i64 = w[t + TP_SOLID]
    if solid == T_STR or solid == T_INT or solid == T_FLOAT:
        return native_hash(m, solid, o)
    enter_data(m, " in __hash__")
    try:
        h = native_hash(m, solid, o)
    finally:
        leave_data(m.words)
    if h == -1:
        raise unhashable(m, o)
    return h


def unhashable(m: Machine, o: i64) -> Raised:
    """TypeError: unhashable type: 'list'."""
    return m.error(T_TYPE_ERROR, "unhashable type: '" + name_of_type_of(m, o) + "'")


def hash_by_method(m: Machine, d: i64, o: i64) -> i64:
    """The hash a program's `__hash__` gives."""
    if d == NONE:
        raise unhashable(m, o)
    r: i64 = call_hash(m, d, o)
    w = m.words
    if not is_int(w, r):
        decref(m, w, r)
        raise m.error(T_TYPE_ERROR, "__hash__ method should return an integer")
    h: i64 = int_word(m, r) if fits_word(w, r) else long_hash(m, r)
    decref(m, w, r)
    return -2 if h == -1 else h


def call_hash(m: Machine, d: i64, o: i64) -> i64:
    """What the special method d, `__hash__` of o's class, gives."""
    if m.words[d + OB_TYPE] == T_FUNCTION:
        return call_special(m, d, o, 0, 0)
    method: i64 = bind_or_none(m, d, o)
    if method == 0:
        raise unhashable(m, o)
    try:
        return m.call0(method)
    finally:
        decref(m, m.words, method)


# ---------------------------------------------------------------- truth
def is_true(m: Machine, o: i64) -> bool:
    """bool(o)."""
    w = m.words
    if o == TRUE:
        return True
    if o == FALSE or o == NONE:
        return False
    t: i64 = w[o + OB_TYPE]
    if t == T_INT:
        return w[o + INT_VALUE] != 0
    if w[t + TP_FLAGS] & TPFLAGS_SPECIAL == 0:
        return native_true(m, w[t + TP_SOLID], o)
    return true_by_method(m, o, t)


def true_by_method(m: Machine, o: i64, t: i64) -> bool:
    """A program's `__bool__`, else its `__len__`; a built-in one, else true."""
    w = m.words
    d: i64 = type_lookup(w, t, ID_BOOL)
    if d != 0 and w[d + OB_TYPE] != T_WRAPPER:
        r: i64 = call_special(m, d, o, 0, 0)
        if r != TRUE and r != FALSE:
            kind = name_of_type_of(m, r)
            decref(m, m.words, r)
            raise m.error(T_TYPE_ERROR, "__bool__ should return bool, returned " + kind)
        m.words[r] -= 1
        return r == TRUE
    d = type_lookup(w, t, ID_LEN)
    if d != 0 and w[d + OB_TYPE] != T_WRAPPER:
        return length_by_method(m, d, o) != 0
    return native_true(m, w[t + TP_SOLID], o)


def length_by_method(m: Machine, d: i64, o: i64) -> i64:
    """The length a program's `__len__` gives: an integer that is not negative."""
    r: i64 = call_special(m, d, o, 0, 0)
    number: i64 = 0
    try:
        number = argument_index(m, r)
        if long_sign(m.words, number) < 0:
            raise m.error(T_VALUE_ERROR, "__len__() should return >= 0")
        if not fits_word(m.words, number):
            raise m.error(T_OVERFLOW_ERROR, "cannot fit '" + m.type_name(number) + "' into an index-sized integer")
        return int_word(m, number)
    finally:
        decref(m, m.words, r)
        if number != 0:
            decref(m, m.words, number)
