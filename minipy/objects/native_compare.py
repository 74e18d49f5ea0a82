"""The built-in types' comparisons, hashes and truth values, chosen by TP_SOLID.

CPython counterpart: tp_richcompare, tp_hash, nb_bool and sq_length slots of the built-in types.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import INT_VALUE, LIST_LENGTH, OB_SIZE, WRAPPED_FUNCTION
from minipy.memory.layout_modules import DEQUE_LENGTH
from minipy.memory.statics import (
    T_BIGINT,
    T_BOOL,
    T_BUILTIN,
    T_BYTEARRAY,
    T_BYTES,
    T_CELL,
    T_COMPLEX,
    T_DEQUE,
    T_DICT,
    T_DICT_ITEMS,
    T_DICT_KEYS,
    T_DICT_VALUES,
    T_FLOAT,
    T_FROZENSET,
    T_GENERIC_ALIAS,
    T_INT,
    T_LIST,
    T_MAPPINGPROXY,
    T_METHOD,
    T_METHOD_WRAPPER,
    T_NONE,
    T_RANGE,
    T_SET,
    T_SIMPLE_NAMESPACE,
    T_SLICE,
    T_STR,
    T_TUPLE,
    T_UNION,
)
from minipy.objects.bytesobject import bytes_compare, bytes_hash, bytes_length
from minipy.objects.cellobject import cell_compare
from minipy.objects.complexobject import complex_compare, complex_hash, complex_true
from minipy.objects.deque_sequence import deque_compare
from minipy.objects.dict_methods import dict_compare
from minipy.objects.dictobject import dict_length
from minipy.objects.dictview_methods import view_compare
from minipy.objects.dictviews import view_length
from minipy.objects.floatobject import float_compare, float_hash, float_value
from minipy.objects.genericalias import alias_compare, alias_hash
from minipy.objects.list_methods import list_compare
from minipy.objects.longobject import compare_words, long_compare, long_hash, long_sign, new_bool, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.methodobject import builtin_compare, builtin_hash, method_compare, method_hash
from minipy.objects.namespaceobject import namespace_compare
from minipy.objects.operators import CMP_EQ, CMP_NE
from minipy.objects.range_methods import range_compare, range_hash, range_is_true
from minipy.objects.set_operators import frozenset_hash, set_compare
from minipy.objects.setobject import set_length
from minipy.objects.slice_methods import slice_compare
from minipy.objects.tupleobject import tuple_compare, tuple_hash
from minipy.objects.unicode_words import str_equal, str_hash, str_length
from minipy.objects.unicodeobject import is_str, str_order


# ---------------------------------------------------------------- comparison
def native_compare(m: Machine, op: i64, solid: i64, a: i64, b: i64) -> i64:
    """a op b as the built-in type `solid` of a answers, owned; NotImplemented if it has no answer."""
    if solid == T_INT or solid == T_BOOL or solid == T_BIGINT:
        return long_compare(m, op, a, b)
    if solid == T_STR:
        return str_compare(m, op, a, b)
    if solid == T_FLOAT:
        return float_compare(m, op, a, b)
    if solid == T_TUPLE:
        return tuple_compare(m, op, a, b)
    if solid == T_LIST:
        return list_compare(m, op, a, b)
    if solid == T_DICT:
        return dict_compare(m, op, a, b)
    if solid == T_SET or solid == T_FROZENSET:
        return set_compare(m, op, a, b)
    return compare_rarer(m, op, solid, a, b)


def compare_rarer(m: Machine, op: i64, solid: i64, a: i64, b: i64) -> i64:
    """The rest of native_compare."""
    if solid == T_BYTES or solid == T_BYTEARRAY:
        return bytes_compare(m, op, a, b)
    if solid == T_COMPLEX:
        return complex_compare(m, op, a, b)
    if solid == T_RANGE:
        return range_compare(m, op, a, b)
    if solid == T_SLICE:
        return slice_compare(m, op, a, b)
    if solid == T_DICT_KEYS or solid == T_DICT_ITEMS:
        return view_compare(m, op, a, b)
    if solid == T_METHOD:
        return method_compare(m, op, a, b)
    if solid == T_BUILTIN or solid == T_METHOD_WRAPPER:
        return builtin_compare(m, op, a, b)
    if solid == T_DEQUE:
        return deque_compare(m, op, a, b)
    if solid == T_MAPPINGPROXY:
        return m.compare(op, m.words[a + WRAPPED_FUNCTION], b)
    if solid == T_SIMPLE_NAMESPACE:
        return namespace_compare(m, op, a, b)
    if solid == T_GENERIC_ALIAS or solid == T_UNION:
        return alias_compare(m, op, a, b)
    if solid == T_CELL:
        return cell_compare(m, op, a, b)
    return identity_compare(m, op, a, b)


def str_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b of the str a; NotImplemented unless b is one too."""
    w = m.words
    if not is_str(w, b):
        return not_implemented(w)
    if op == CMP_EQ or op == CMP_NE:
        return new_bool(w, str_equal(w, a, b) == (op == CMP_EQ))
    order: i64 = str_order(m, a, b)
    return new_bool(m.words, compare_words(op, order, 0))


def identity_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """object's comparison where `__eq__` is not a program's: an object is equal to itself."""
    w = m.words
    if a == b and (op == CMP_EQ or op == CMP_NE):
        return new_bool(w, op == CMP_EQ)
    return not_implemented(w)


# ---------------------------------------------------------------- hash
def native_hash(m: Machine, solid: i64, o: i64) -> i64:
    """hash(o) of a built-in type; -1 if it is unhashable."""
    w = m.words
    if solid == T_STR:
        return str_hash(w, o)
    if solid == T_INT or solid == T_BOOL or solid == T_BIGINT:
        return long_hash(m, o)
    if solid == T_TUPLE:
        return tuple_hash(m, o)
    if solid == T_FLOAT:
        return float_hash(m, o)
    if solid == T_FROZENSET:
        return frozenset_hash(w, o)
    if solid == T_BYTES:
        return bytes_hash(w, o)
    if solid == T_COMPLEX:
        return complex_hash(m, o)
    if solid == T_RANGE:
        return range_hash(m, o)
    if solid == T_METHOD:
        return method_hash(m, o)
    if solid == T_BUILTIN or solid == T_METHOD_WRAPPER:
        return builtin_hash(m, o)
    if solid == T_GENERIC_ALIAS or solid == T_UNION:
        return alias_hash(m, o)
    if is_unhashable(solid):
        return -1
    return identity_hash(o)


def identity_hash(o: i64) -> i64:
    """The hash of an object that is equal to itself alone: its address less the bits that are always 0."""
    return o >> 1


def is_unhashable(solid: i64) -> bool:
    """Has the built-in type `__hash__ = None`?"""
    if solid == T_LIST or solid == T_DICT or solid == T_SET:
        return True
    if solid == T_SLICE or solid == T_CELL or solid == T_MAPPINGPROXY or solid == T_SIMPLE_NAMESPACE:
        return True
    return solid == T_DICT_KEYS or solid == T_DICT_ITEMS or solid == T_BYTEARRAY or solid == T_DEQUE


# ---------------------------------------------------------------- truth
def native_true(m: Machine, solid: i64, o: i64) -> bool:
    """bool(o) of a built-in type; what has no length and is no number is true."""
    w = m.words
    if solid == T_BOOL:
        return w[o + INT_VALUE] != 0
    if solid == T_INT or solid == T_BIGINT:
        return long_sign(w, o) != 0
    if solid == T_NONE:
        return False
    if solid == T_LIST:
        return w[o + LIST_LENGTH] != 0
    if solid == T_STR:
        return str_length(w, o) != 0
    if solid == T_DICT:
        return dict_length(w, o) != 0
    if solid == T_TUPLE:
        return w[o + OB_SIZE] != 0
    if solid == T_FLOAT:
        return float_value(m, o) != 0.0
    if solid == T_SET or solid == T_FROZENSET:
        return set_length(w, o) != 0
    return true_rarer(m, solid, o)


def true_rarer(m: Machine, solid: i64, o: i64) -> bool:
    """The rest of native_true."""
    w = m.words
    if solid == T_RANGE:
        return range_is_true(w, o)
    if solid == T_BYTES:
        return bytes_length(w, o) != 0
    if solid == T_BYTEARRAY:
        return w[o + LIST_LENGTH] != 0
    if solid == T_DEQUE:
        return w[o + DEQUE_LENGTH] != 0
    if solid == T_COMPLEX:
        return complex_true(m, o)
    if solid == T_DICT_KEYS or solid == T_DICT_VALUES or solid == T_DICT_ITEMS:
        return view_length(w, o) != 0
    if solid == T_MAPPINGPROXY:
        return m.is_true(w[o + WRAPPED_FUNCTION])
    return True
