"""Operators of the loop when its own fast paths do not apply: they take their operands off the stack.

Each is called with W_SP and W_PC exact, asks the object model through `m`, then drops the operands and pushes the
result. On an error the operands are still on the stack.

CPython counterpart: the bodies of BINARY_OP, COMPARE_OP, UNPACK_SEQUENCE ... in Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.bytecode.opcodes import STORE_FAST, STORE_FAST_LOAD_FAST
from minipy.memory.layout import (
    INT_VALUE,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_SIZE,
    OB_TYPE,
    TUPLE_ITEMS,
    W_BASE,
    W_DEPTH,
    W_PC,
    W_RECURSION_LIMIT,
    W_SP,
)
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    FALSE,
    T_DICT,
    T_FROZENSET,
    T_INT,
    T_LIST,
    T_LIST_ITERATOR,
    T_SET,
    T_STR,
    T_TUPLE,
    T_TUPLE_ITERATOR,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
    TRUE,
)
from minipy.memory.words import Raised, vec
from minipy.objects.dict_methods import dict_contains, dict_get_item
from minipy.objects.dictobject import dict_set
from minipy.objects.iterobject import list_next, tuple_next
from minipy.objects.long_arith import word_binary
from minipy.objects.longobject import compare_words
from minipy.objects.machine import Machine
from minipy.objects.operators import NB_ADD, NB_INPLACE
from minipy.objects.recursion import too_deep
from minipy.objects.set_methods import set_has
from minipy.objects.unicode_concat import can_append, str_append
from minipy.vm.frame import drop_number, pop_locals, pop_values, replace_top


def factors_fit(w: vec[i64], a: i64, b: i64) -> bool:
    """Are two word ints both so small that their product fits into a word int?"""
    x: i64 = w[a + INT_VALUE]
    y: i64 = w[b + INT_VALUE]
    return ((x >> 30) + 1) >> 1 == 0 and ((y >> 30) + 1) >> 1 == 0


def binary(m: Machine, op: i64, sp: i64) -> i64:
    """Any binary operator, NB_* of objects/operators.py."""
    w = m.words
    a: i64 = w[sp - 2]
    b: i64 = w[sp - 1]
    if w[a + OB_TYPE] == T_INT and w[b + OB_TYPE] == T_INT:
        r: i64 = word_binary(m, op & (NB_INPLACE - 1), w[a + INT_VALUE], w[b + INT_VALUE])
        if r != 0:
            w = m.words
            w[sp - 2] = r
            drop_number(w, a)
            drop_number(w, b)
            return sp - 1
    return replace_top(m, sp, 2, m.binary(op, w[sp - 2], w[sp - 1]))


def add(m: Machine, inplace: i64, sp: i64) -> i64:
    """`+` and `+=`: a str that only the stack, and the variable about to be bound, holds grows where it is."""
    w = m.words
    a: i64 = w[sp - 2]
    b: i64 = w[sp - 1]
    if w[a + OB_TYPE] != T_STR or w[b + OB_TYPE] != T_STR:
        return binary(m, NB_ADD + inplace, sp)
    if w[a] == 2:
        give_up_variable(w, a)
    if not can_append(w, a, b):
        return binary(m, NB_ADD + inplace, sp)
    r: i64 = str_append(m, a, b)
    m.words[sp - 2] = r
    pop_values(m, m.words, sp - 1, sp)
    return sp - 1


def add_constant(m: Machine, inplace: i64, a: i64, b: i64) -> i64:
    """ADD_FAST_CONST of a local's value and a constant, not both ints: the sum, owned. A str grows as in `add`."""
    w = m.words
    if w[a] != 1 or not can_append(w, a, b):
        return m.binary(NB_ADD + inplace, a, b)
    w[a] = 2  # the loop has not pushed it
    give_up_variable(w, a)
    if w[a] == 2:
        w[a] = 1
        return m.binary(NB_ADD + inplace, a, b)
    try:
        return str_append(m, a, b)
    except Raised:
        decref(m, m.words, a)
        raise


def give_up_variable(w: vec[i64], a: i64) -> None:
    """If the next instruction binds the local that holds the str `a`, empty the local now: `s += x` in a loop.

    CPython counterpart: unicode_concatenate of Python/ceval.c.
    """
    instruction: i64 = w[w[W_PC]]
    if instruction & 255 == STORE_FAST or instruction & 255 == STORE_FAST_LOAD_FAST:
        at: i64 = w[W_BASE] + (instruction >> 8 & 65535)
        if w[at] == a:
            w[at] = 0
            w[a] -= 1


def compare(m: Machine, op: i64, sp: i64) -> i64:
    """COMPARE_OP."""
    w = m.words
    a: i64 = w[sp - 2]
    b: i64 = w[sp - 1]
    if w[W_DEPTH] >= w[W_RECURSION_LIMIT]:
        raise too_deep(m, " in comparison")
    if w[a + OB_TYPE] == T_INT and w[b + OB_TYPE] == T_INT:
        r: i64 = TRUE if compare_words(op, w[a + INT_VALUE], w[b + INT_VALUE]) else FALSE
        w[r] += 1
        w[sp - 2] = r
        drop_number(w, a)
        drop_number(w, b)
        return sp - 1
    return replace_top(m, sp, 2, m.compare(op, a, b))


def compare_is_true(m: Machine, op: i64, sp: i64) -> bool:
    """The truth of a comparison of the two topmost values, which it drops."""
    w = m.words
    r: i64 = m.compare(op, w[sp - 2], w[sp - 1])
    truth: bool = r == TRUE
    if r != TRUE and r != FALSE:
        try:
            truth = m.is_true(r)
        finally:
            decref(m, m.words, r)
    else:
        m.words[r] -= 1
    pop_values(m, m.words, sp - 2, sp)
    return truth


def pop_truth(m: Machine, sp: i64) -> bool:
    """The truth of the topmost value, which it drops."""
    truth = m.is_true(m.words[sp - 1])
    pop_values(m, m.words, sp - 1, sp)
    return truth


def invert_truth(m: Machine, sp: i64) -> None:
    """UNARY_NOT."""
    r: i64 = FALSE if m.is_true(m.words[sp - 1]) else TRUE
    m.words[r] += 1
    replace_top(m, sp, 1, r)


def next_item(m: Machine, iterator: i64) -> i64:
    """The iterator's next item, owned; 0: there is none."""
    t: i64 = m.words[iterator + OB_TYPE]
    if t == T_LIST_ITERATOR:
        return list_next(m, iterator)
    if t == T_TUPLE_ITERATOR:
        return tuple_next(m, iterator)
    return m.next(iterator)


def contains(m: Machine, negated: i64, sp: i64) -> i64:
    """CONTAINS_OP: item below container."""
    found: bool = has_item(m, m.words[sp - 1], m.words[sp - 2])
    r: i64 = TRUE if found != (negated == 1) else FALSE
    m.words[r] += 1
    return replace_top(m, sp, 2, r)


def has_item(m: Machine, o: i64, item: i64) -> bool:
    """item in o; a hash table is asked without the object model in between."""
    t: i64 = m.words[o + OB_TYPE]
    if t == T_SET or t == T_FROZENSET:
        return set_has(m, o, item)
    if t == T_DICT:
        return dict_contains(m, o, item)
    return m.contains(o, item)


def subscript(m: Machine, sp: i64) -> i64:
    """BINARY_SUBSCR."""
    w = m.words
    o: i64 = w[sp - 2]
    r: i64 = dict_get_item(m, o, w[sp - 1]) if w[o + OB_TYPE] == T_DICT else m.get_item(o, w[sp - 1])
    return replace_top(m, sp, 2, r)


def store_subscript(m: Machine, sp: i64) -> i64:
    """STORE_SUBSCR: value, container, key."""
    w = m.words
    o: i64 = w[sp - 2]
    if w[o + OB_TYPE] == T_DICT:
        dict_set(m, o, w[sp - 1], w[sp - 3])
    else:
        m.set_item(o, w[sp - 1], w[sp - 3])
    pop_values(m, m.words, sp - 3, sp)
    return sp - 3


def close_gap(w: vec[i64], at: i64, sp: i64) -> None:
    """CALL_METHOD with no self: move callable and arguments one word down over the NULL at `at`."""
    while at < sp - 1:
        w[at] = w[at + 1]
        at += 1


# ---------------------------------------------------------------- unpacking
def unpack_sequence(m: Machine, n: i64, sp: i64) -> i64:
    """UNPACK_SEQUENCE: the n items of the topmost value, the first on top."""
    w = m.words
    o: i64 = w[sp - 1]
    if w[o + OB_TYPE] == T_LIST and w[o + LIST_LENGTH] == n:
        return spread(m, w[o + LIST_ITEMS], n, sp)
    if w[o + OB_TYPE] == T_TUPLE and w[o + OB_SIZE] == n:
        return spread(m, o + TUPLE_ITEMS, n, sp)
    return unpack_iterable(m, o, n, -1, sp)


def spread(m: Machine, items: i64, n: i64, sp: i64) -> i64:
    """Replace the topmost value by n of its own items, the first on top."""
    w = m.words
    o: i64 = w[sp - 1]
    sp -= 1
    i: i64 = n
    while i > 0:
        i -= 1
        item: i64 = w[items + i]
        w[item] += 1
        w[sp] = item
        sp += 1
    w[W_SP] = sp
    decref(m, w, o)
    return sp


def unpack_iterable(m: Machine, o: i64, before: i64, after: i64, sp: i64) -> i64:
    """Replace the topmost value o by its items, the first on top; with after >= 0 a list of the middle ones between."""
    iterator: i64 = iterator_of(m, o)
    w = m.words
    w[sp] = iterator
    w[W_SP] = sp + 1
    try:
        take_exactly(m, iterator, before, before if after < 0 else before + after, after >= 0)
        if after < 0:
            refuse_more(m, iterator, before)
        else:
            collect_middle(m, iterator, before, after)
    except Raised:
        pop_values(m, m.words, sp, m.words[W_SP])
        raise
    return reverse_onto(m, sp + 1, sp)


def iterator_of(m: Machine, o: i64) -> i64:
    """iter(o) with the message of unpacking."""
    try:
        return m.iter(o)
    except Raised:
        if not m.catch(T_TYPE_ERROR):
            raise
    raise m.error(T_TYPE_ERROR, f"cannot unpack non-iterable {m.type_name(o)} object")


def take_exactly(m: Machine, iterator: i64, n: i64, wanted: i64, starred: bool) -> None:
    """Push the next n items; ValueError if there are fewer."""
    got: i64 = 0
    while got < n:
        item: i64 = m.next(iterator)
        if item == 0:
            least = "at least " if starred else ""
            raise m.error(T_VALUE_ERROR, f"not enough values to unpack (expected {least}{wanted}, got {got})")
        w = m.words
        w[w[W_SP]] = item
        w[W_SP] += 1
        got += 1


def refuse_more(m: Machine, iterator: i64, n: i64) -> None:
    """ValueError if the iterator is not exhausted."""
    item: i64 = m.next(iterator)
    if item != 0:
        decref(m, m.words, item)
        raise m.error(T_VALUE_ERROR, f"too many values to unpack (expected {n})")


def collect_middle(m: Machine, iterator: i64, before: i64, after: i64) -> None:
    """Push a list of all further items but the last `after`, then those."""
    rest: i64 = m.list_of(iterator)
    w = m.words
    at: i64 = w[W_SP]
    w[at] = rest
    w[W_SP] = at + 1
    length: i64 = w[rest + LIST_LENGTH]
    if length < after:
        text = f"not enough values to unpack (expected at least {before + after}, got {before + length})"
        raise m.error(T_VALUE_ERROR, text)
    i: i64 = length - after
    while i < length:
        w[w[W_SP]] = w[w[rest + LIST_ITEMS] + i]
        w[W_SP] += 1
        i += 1
    w[rest + LIST_LENGTH] = length - after


def reverse_onto(m: Machine, start: i64, sp: i64) -> i64:
    """Move the words from `start` to W_SP down to sp - 1, in reverse; what lay there (o, iterator) is dropped."""
    w = m.words
    end: i64 = w[W_SP]
    i: i64 = start
    j: i64 = end - 1
    while i < j:
        item: i64 = w[i]
        w[i] = w[j]
        w[j] = item
        i += 1
        j -= 1
    pop_locals(m, w, sp - 1, start)
    w = m.words
    i = start
    while i < end:
        w[i - 2] = w[i]
        i += 1
    w[W_SP] = end - 2
    return end - 2
