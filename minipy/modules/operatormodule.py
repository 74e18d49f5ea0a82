"""The module _operator: each operator as a function, and the getters of modules/getters.py.

The numbers below BINARY_END are the operators' own (objects/operators.py), in three groups.

CPython counterpart: Modules/_operator.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.refcount import decref
from minipy.memory.statics import NOT_IMPLEMENTED_OBJECT, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.modules import getters
from minipy.objects.abstract_number import absolute_value, binary, unary
from minipy.objects.abstract_sequence import del_item
from minipy.objects.arguments import argument_index, call_once
from minipy.objects.attributes import lookup_special
from minipy.objects.identifiers import ID_GETITEM, ID_LEN, ID_LENGTH_HINT
from minipy.objects.longobject import is_int, new_bool, new_int, none
from minipy.objects.machine import Machine
from minipy.objects.native_number import is_sequence_type, solid_of
from minipy.objects.natives import Methods, add_functions
from minipy.objects.numbers import exact_int
from minipy.objects.operators import (
    CMP_EQ,
    CMP_GE,
    CMP_GT,
    CMP_LE,
    CMP_LT,
    CMP_NE,
    NB_ADD,
    NB_AND,
    NB_FLOOR_DIVIDE,
    NB_INPLACE,
    NB_LSHIFT,
    NB_MATRIX_MULTIPLY,
    NB_MULTIPLY,
    NB_OR,
    NB_POWER,
    NB_REMAINDER,
    NB_RSHIFT,
    NB_SUBTRACT,
    NB_TRUE_DIVIDE,
    NB_XOR,
    UNARY_INVERT,
    UNARY_NEGATIVE,
    UNARY_POSITIVE,
)
from minipy.objects.tupleobject import tuple_from
from minipy.vm.module_families import FAMILY_OPERATOR

BINARY_END: Final = 32
COMPARE: Final = 32
UNARY: Final = 40
ABS: Final = 48
INDEX: Final = 49
NOT: Final = 50
TRUTH: Final = 51
IS: Final = 52
IS_NOT: Final = 53
CONCAT: Final = 54
INPLACE_CONCAT: Final = 55
CONTAINS: Final = 56
COUNT_OF: Final = 57
INDEX_OF: Final = 58
GETITEM: Final = 59
SETITEM: Final = 60
DELITEM: Final = 61
LENGTH_HINT: Final = 62
CALL: Final = 63

OPERATORS: Final = (
    (NB_ADD, "add"), (NB_SUBTRACT, "sub"), (NB_MULTIPLY, "mul"), (NB_MATRIX_MULTIPLY, "matmul"),
    (NB_TRUE_DIVIDE, "truediv"), (NB_FLOOR_DIVIDE, "floordiv"), (NB_REMAINDER, "mod"), (NB_POWER, "pow"),
    (NB_LSHIFT, "lshift"), (NB_RSHIFT, "rshift"), (NB_AND, "and_"), (NB_OR, "or_"), (NB_XOR, "xor"),
)  # fmt: skip
COMPARISONS: Final = (
    (CMP_LT, "lt"), (CMP_LE, "le"), (CMP_EQ, "eq"), (CMP_NE, "ne"), (CMP_GE, "ge"), (CMP_GT, "gt"),
)  # fmt: skip
FUNCTIONS: Final[Methods] = (
    (UNARY + UNARY_POSITIVE, "pos", 1, 1, ""),
    (UNARY + UNARY_NEGATIVE, "neg", 1, 1, ""),
    (UNARY + UNARY_INVERT, "inv", 1, 1, ""),
    (UNARY + UNARY_INVERT, "invert", 1, 1, ""),
    (ABS, "abs", 1, 1, ""),
    (INDEX, "index", 1, 1, ""),
    (NOT, "not_", 1, 1, ""),
    (TRUTH, "truth", 1, 1, ""),
    (IS, "is_", 2, 2, ""),
    (IS_NOT, "is_not", 2, 2, ""),
    (CONCAT, "concat", 2, 2, ""),
    (INPLACE_CONCAT, "iconcat", 2, 2, ""),
    (CONTAINS, "contains", 2, 2, ""),
    (COUNT_OF, "countOf", 2, 2, ""),
    (INDEX_OF, "indexOf", 2, 2, ""),
    (GETITEM, "getitem", 2, 2, ""),
    (SETITEM, "setitem", 3, 3, ""),
    (DELITEM, "delitem", 2, 2, ""),
    (LENGTH_HINT, "length_hint", 1, 2, ""),
    (CALL, "call", 1, -1, "**"),
)


def fill(m: Machine, d: i64) -> None:
    """Put the functions and classes into the module's dict."""
    functions = list(FUNCTIONS)
    for op, name in OPERATORS:
        functions.append((op, name, 2, 2, ""))
        functions.append((NB_INPLACE + op, "i" + name.rstrip("_"), 2, 2, ""))
    for op, name in COMPARISONS:
        functions.append((COMPARE + op, name, 2, 2, ""))
    add_functions(m, d, "_operator", FAMILY_OPERATOR, tuple(functions))
    getters.add_classes(m, d, FAMILY_OPERATOR)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The functions of the module; see objects/natives.py."""
    w = m.words
    if number >= getters.ITEM:
        return getters.call(m, number, at, n)
    elif number < BINARY_END:
        return binary(m, number, w[at], w[at + 1])
    elif number < UNARY:
        return m.compare(number - COMPARE, w[at], w[at + 1])
    elif number == GETITEM:
        return m.get_item(w[at], w[at + 1])
    elif number < ABS:
        return unary(m, number - UNARY, w[at])
    elif number == ABS:
        return absolute_value(m, w[at])
    elif number == INDEX:
        return index(m, w[at])
    elif number == CALL:
        return call_function(m, at, n)
    elif number == CONCAT:
        return concat(m, NB_ADD, w[at], w[at + 1])
    elif number == INPLACE_CONCAT:
        return concat(m, NB_ADD + NB_INPLACE, w[at], w[at + 1])
    elif number == COUNT_OF:
        return new_int(m, count_of(m, w[at], w[at + 1]))
    elif number == INDEX_OF:
        return new_int(m, index_of(m, w[at], w[at + 1]))
    elif number == LENGTH_HINT:
        return hint(m, at, n)
    elif number == SETITEM:
        m.set_item(w[at], w[at + 1], w[at + 2])
        return none(m.words)
    elif number == DELITEM:
        del_item(m, w[at], w[at + 1])
        return none(m.words)
    return truth(m, number, w[at], w[at + n - 1])


def truth(m: Machine, number: i64, a: i64, b: i64) -> i64:
    """not_, truth, is_, is_not, contains."""
    answer: bool
    if number == IS:
        answer = a == b
    elif number == IS_NOT:
        answer = a != b
    elif number == CONTAINS:
        answer = m.contains(a, b)
    else:
        answer = m.is_true(a)
        if number == NOT:
            answer = not answer
    return new_bool(m.words, answer)


def index(m: Machine, o: i64) -> i64:
    """index(o): an int, no bool or other subclass."""
    number: i64 = argument_index(m, o)
    try:
        return exact_int(m, number)
    finally:
        decref(m, m.words, number)


def concat(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a + b or a += b of sequences."""
    w = m.words
    if not is_sequence_type(solid_of(w, a)) and (lacks(m, a) or lacks(m, b)):
        raise m.error(T_TYPE_ERROR, f"'{m.type_name(a)}' object can't be concatenated")
    return binary(m, op, a, b)


def lacks(m: Machine, o: i64) -> bool:
    """Is o no sequence, having no `__getitem__`?"""
    return lookup_special(m, o, ID_GETITEM) == 0


def count_of(m: Machine, iterable: i64, value: i64) -> i64:
    """How many values of the iterable equal the value."""
    count: i64 = 0
    iterator: i64 = iterator_of(m, iterable)
    try:
        item: i64 = m.next(iterator)
        while item != 0:
            if equal_and_drop(m, item, value):
                count += 1
            item = m.next(iterator)
    finally:
        decref(m, m.words, iterator)
    return count


def index_of(m: Machine, iterable: i64, value: i64) -> i64:
    """The place of the first value that equals the value."""
    index: i64 = 0
    iterator: i64 = iterator_of(m, iterable)
    try:
        item: i64 = m.next(iterator)
        while item != 0:
            if equal_and_drop(m, item, value):
                return index
            index += 1
            item = m.next(iterator)
    finally:
        decref(m, m.words, iterator)
    raise m.error(T_VALUE_ERROR, "sequence.index(x): x not in sequence")


def iterator_of(m: Machine, o: i64) -> i64:
    """iter(o), owned."""
    if not m.is_iterable(o):
        raise m.error(T_TYPE_ERROR, f"argument of type '{m.type_name(o)}' is not iterable")
    return m.iter(o)


def equal_and_drop(m: Machine, item: i64, value: i64) -> bool:
    """Is the item (stolen) the value?"""
    try:
        return m.equal(item, value)
    finally:
        decref(m, m.words, item)


def hint(m: Machine, at: i64, n: i64) -> i64:
    """length_hint(o, default=0): the length, or what `__length_hint__` says, or the default."""
    o: i64 = m.words[at]
    default: i64 = 0
    if n > 1:
        if not is_int(m.words, m.words[at + 1]):
            text = f"'{m.type_name(m.words[at + 1])}' object cannot be interpreted as an integer"
            raise m.error(T_TYPE_ERROR, text)
        default = m.index(m.words[at + 1])
    if lookup_special(m, o, ID_LEN) != 0:
        try:
            return new_int(m, m.length(o))
        except Raised:
            if not m.catch(T_TYPE_ERROR):
                raise
    answer: i64 = asked_hint(m, o)
    if answer == 0:
        return new_int(m, default)
    try:
        return new_int(m, default if answer == NOT_IMPLEMENTED_OBJECT else hinted_length(m, answer))
    finally:
        decref(m, m.words, answer)


def asked_hint(m: Machine, o: i64) -> i64:
    """What o's `__length_hint__` answers, owned; 0 if it has none, or a TypeError comes of it."""
    method: i64 = m.find_special(o, ID_LENGTH_HINT)
    if method == 0:
        return 0
    try:
        return call_once(m, method)
    except Raised:
        if not m.catch(T_TYPE_ERROR):
            raise
    return 0


def hinted_length(m: Machine, answer: i64) -> i64:
    """What `__length_hint__` answered, as a word."""
    if not is_int(m.words, answer):
        raise m.error(T_TYPE_ERROR, f"__length_hint__ must be an integer, not {m.type_name(answer)}")
    length: i64 = m.index(answer)
    if length < 0:
        raise m.error(T_VALUE_ERROR, "__length_hint__() should return >= 0")
    return length


def call_function(m: Machine, at: i64, n: i64) -> i64:
    """call(f, *args, **kwargs)."""
    w = m.words
    keywords: i64 = w[at + n - 1]
    if keywords == 0:
        return m.call(w[at], at + 1, n - 2)
    args: i64 = tuple_from(m, at + 1, n - 2)
    try:
        return m.call_object(m.words[at], args, m.words[at + n - 1])
    finally:
        decref(m, m.words, args)
