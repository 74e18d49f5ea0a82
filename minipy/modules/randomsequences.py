"""Random choices from sequences: choice, shuffle, sample, choices.

CPython counterpart: the same methods of Lib/random.py. Weights are added up as floats here unless all are integers.
"""

from __future__ import annotations

import math
from _bisect import bisect_right
from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import LIST_ITEMS, LIST_LENGTH, OB_TYPE, TP_SOLID
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    NONE,
    SMALL_INT_ZERO,
    T_DICT,
    T_FROZENSET,
    T_INDEX_ERROR,
    T_LIST,
    T_RANDOM,
    T_SET,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised
from minipy.modules.mersenne import next_below
from minipy.modules.randomdraws import below, draw
from minipy.objects.floatobject import as_float
from minipy.objects.identifiers import ID_GETITEM
from minipy.objects.listobject import list_append_owned, list_item, new_list
from minipy.objects.longobject import host_int, is_int, new_int, none
from minipy.objects.machine import Machine
from minipy.objects.natives import Methods
from minipy.objects.operators import CMP_LE

CHOICE: Final = 20
SHUFFLE: Final = 21
SAMPLE: Final = 22
CHOICES: Final = 23

METHODS: Final[Methods] = (
    (CHOICE, "choice", 1, 1, "seq"),
    (SHUFFLE, "shuffle", 1, 1, "x"),
    (SAMPLE, "sample", 2, 2, "population k * counts"),
    (CHOICES, "choices", 1, 2, "population weights * cum_weights k"),
)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The methods of METHODS; see objects/natives.py."""
    w = m.words
    o: i64 = w[at]
    sequence: i64 = w[at + 1]
    if number == CHOICE:
        return choice(m, o, sequence)
    elif number == SAMPLE:
        return sample(m, o, sequence, w[at + 2], w[at + 3])
    elif number == CHOICES:
        return choices(m, o, at)
    if w[sequence + OB_TYPE] == T_LIST and w[o + OB_TYPE] == T_RANDOM:
        shuffle_list(m, o, sequence)
    else:
        shuffle(m, o, sequence)
    return none(m.words)


def item_at(m: Machine, sequence: i64, i: i64) -> i64:
    """sequence[i], owned."""
    index: i64 = new_int(m, i)
    try:
        return m.get_item(sequence, index)
    finally:
        decref(m, m.words, index)


def choice(m: Machine, o: i64, sequence: i64) -> i64:
    """choice(seq)."""
    length: i64 = m.length(sequence)
    if length == 0:
        raise m.error(T_INDEX_ERROR, "Cannot choose from an empty sequence")
    return item_at(m, sequence, below(m, o, int(length)))


# ---------------------------------------------------------------- shuffle
def shuffle_list(m: Machine, o: i64, items: i64) -> None:
    """shuffle(x) of a list by the generator itself: no program code runs meanwhile."""
    w = m.words
    at: i64 = w[items + LIST_ITEMS]
    i: i64 = w[items + LIST_LENGTH] - 1
    while i > 0:
        j: i64 = next_below(w, o, int(i + 1))
        other: i64 = w[at + j]
        w[at + j] = w[at + i]
        w[at + i] = other
        i -= 1


def shuffle(m: Machine, o: i64, sequence: i64) -> None:
    """shuffle(x) of anything with items."""
    i: i64 = m.length(sequence) - 1
    while i > 0:
        exchange(m, sequence, i, below(m, o, int(i + 1)))
        i -= 1


def exchange(m: Machine, sequence: i64, i: i64, j: i64) -> None:
    """x[i], x[j] = x[j], x[i]"""
    a: i64 = item_at(m, sequence, j)
    b: i64 = 0
    try:
        b = item_at(m, sequence, i)
        set_item_at(m, sequence, i, a)
        set_item_at(m, sequence, j, b)
    finally:
        decref(m, m.words, a)
        if b != 0:
            decref(m, m.words, b)


def set_item_at(m: Machine, sequence: i64, i: i64, value: i64) -> None:
    """sequence[i] = value (borrowed)."""
    index: i64 = new_int(m, i)
    try:
        m.set_item(sequence, index, value)
    finally:
        decref(m, m.words, index)


# ---------------------------------------------------------------- sample
def sample(m: Machine, o: i64, population: i64, many: i64, counts: i64) -> i64:
    """sample(population, k, *, counts=None)."""
    if not is_sequence(m, population):
        raise m.error(T_TYPE_ERROR, "Population must be a sequence.  For dicts or sets, use sorted(d).")
    n = int(m.length(population))
    if not is_int(m.words, many):
        decref(m, m.words, m.compare(CMP_LE, SMALL_INT_ZERO, many))
        raise m.error(T_TYPE_ERROR, f"can't multiply sequence by non-int of type '{m.type_name(many)}'")
    k = host_int(m, many)
    if counts == 0 or counts == NONE:
        return items_list(m, population, sample_indices(m, o, n, k))
    sums = running_counts(m, counts, n)
    return items_list(m, population, [bisect_right(sums, i) for i in sample_indices(m, o, sums[n - 1], k)])


def is_sequence(m: Machine, population: i64) -> bool:
    """Has it items by position, as far as that can be seen?"""
    w = m.words
    solid: i64 = w[w[population + OB_TYPE] + TP_SOLID]
    if solid == T_DICT or solid == T_SET or solid == T_FROZENSET:
        return False
    special: i64 = m.find_special(population, ID_GETITEM)
    if special == 0:
        return False
    decref(m, m.words, special)
    return True


def running_counts(m: Machine, counts: i64, n: int) -> list[int]:
    """How many elements there are up to each one."""
    sums: list[int] = []
    items: i64 = m.list_of(counts)
    try:
        total = 0
        i: i64 = 0
        while i < m.words[items + LIST_LENGTH]:
            count: i64 = list_item(m.words, items, i)
            if not is_int(m.words, count):
                raise m.error(T_TYPE_ERROR, "Counts must be integers")
            total += host_int(m, count)
            sums.append(total)
            i += 1
    finally:
        decref(m, m.words, items)
    if len(sums) != n:
        raise m.error(T_VALUE_ERROR, "The number of counts does not match the population")
    if total <= 0:
        raise m.error(T_VALUE_ERROR, "Total of counts must be greater than zero")
    return sums


def sample_indices(m: Machine, o: i64, n: int, k: int) -> list[int]:
    """k different numbers from range(n): from a pool of all of them, or, for a few of many, drawn again if seen."""
    if k < 0 or k > n:
        raise m.error(T_VALUE_ERROR, "Sample larger than population or is negative")
    size = 21
    if k > 5:
        size += 4 ** math.ceil(math.log(k * 3) / math.log(4))
    result: list[int] = []
    if n <= size:
        pool = list(range(n))
        for i in range(k):
            j = below(m, o, n - i)
            result.append(pool[j])
            pool[j] = pool[n - i - 1]
        return result
    seen: set[int] = set()
    for _ in range(k):
        j = below(m, o, n)
        while j in seen:
            j = below(m, o, n)
        seen.add(j)
        result.append(j)
    return result


def items_list(m: Machine, population: i64, indices: list[int]) -> i64:
    """A list of the population's items at the indices."""
    result: i64 = new_list(m, 0)
    try:
        for i in indices:
            list_append_owned(m, result, item_at(m, population, i))
    except Raised:
        decref(m, m.words, result)
        raise
    return result


# ---------------------------------------------------------------- choices
def choices(m: Machine, o: i64, at: i64) -> i64:
    """choices(population, weights=None, *, cum_weights=None, k=1)."""
    w = m.words
    population: i64 = w[at + 1]
    weights: i64 = 0 if w[at + 2] == NONE else w[at + 2]
    sums: i64 = 0 if w[at + 3] == NONE else w[at + 3]
    n = int(m.length(population))
    k = 1 if w[at + 4] == 0 else int(m.index(w[at + 4]))
    if weights == 0 and sums == 0:
        return items_list(m, population, [math.floor(draw(m, o) * float(n)) for _ in range(k)])
    if weights != 0 and sums != 0:
        raise m.error(T_TYPE_ERROR, "Cannot specify both weights and cumulative weights")
    if weights != 0 and is_int(m.words, weights):
        text = f"The number of choices must be a keyword argument: k={host_int(m, weights)}"
        raise m.error(T_TYPE_ERROR, text)
    limits = host_floats(m, weights, True) if weights != 0 else host_floats(m, sums, False)
    if len(limits) != n:
        raise m.error(T_VALUE_ERROR, "The number of weights does not match the population")
    if n == 0:
        raise m.error(T_INDEX_ERROR, "list index out of range")
    total = limits[n - 1]
    if total <= 0.0:
        raise m.error(T_VALUE_ERROR, "Total of weights must be greater than zero")
    if total - total != 0.0:
        raise m.error(T_VALUE_ERROR, "Total of weights must be finite")
    return items_list(m, population, [bisect_right(limits, draw(m, o) * total, 0, n - 1) for _ in range(k)])


def host_floats(m: Machine, values: i64, add_up: bool) -> list[float]:
    """The values as floats, added up if asked: exactly as long as all are integers."""
    result: list[float] = []
    items: i64 = m.list_of(values)
    whole = 0
    total = 0.0
    only_ints = add_up
    try:
        i: i64 = 0
        while i < m.words[items + LIST_LENGTH]:
            value: i64 = list_item(m.words, items, i)
            x: float = as_float(m, value)
            if only_ints and is_int(m.words, value):
                whole += host_int(m, value)
                total = float(whole)
            else:
                only_ints = False
                total = total + x if add_up else x
            result.append(total)
            i += 1
    finally:
        decref(m, m.words, items)
    return result
