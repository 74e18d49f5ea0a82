"""Iterators of the module itertools over choices from pools of values.

    all            TOOL_SOURCE pool (tuple; of product: tuple of pools)   TOOL_NUMBERS r indices into the pool
                   TOOL_LIMIT r   TOOL_STEP n, the size of the pool       TOOL_INDEX 0: not begun, 1: under way, 2: over
    permutations   TOOL_NUMBERS n indices, then r cycles: how many places each index still has before it

CPython counterpart: Modules/itertoolsmodule.c, and the equivalents in its documentation.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, TUPLE_ITEMS
from minipy.memory.layout_modules import (
    TOOL_INDEX,
    TOOL_LIMIT,
    TOOL_NUMBERS,
    TOOL_NUMBERS_WORDS,
    TOOL_SOURCE,
    TOOL_STEP,
)
from minipy.memory.obmalloc import allocate
from minipy.memory.refcount import decref, incref
from minipy.memory.words import Raised, vec
from minipy.objects.itertool import new_tool
from minipy.objects.itertool_several import LAST_SEVERAL
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import new_tuple

PRODUCT: Final = LAST_SEVERAL + 1
PERMUTATIONS: Final = LAST_SEVERAL + 2
COMBINATIONS: Final = LAST_SEVERAL + 3
COMBINATIONS_WITH_REPLACEMENT: Final = LAST_SEVERAL + 4
LAST_CHOICE: Final = LAST_SEVERAL + 4

NOT_BEGUN: Final = 0
UNDER_WAY: Final = 1
OVER: Final = 2


def new_choices(m: Machine, t: i64, kind: i64, pool: i64, r: i64) -> i64:
    """An iterator of the class t that chooses r values; takes over the pool in any case."""
    it: i64 = new_tool(m, t, kind, pool, 0)
    w = m.words
    n: i64 = w[pool + OB_SIZE]
    w[it + TOOL_LIMIT] = r
    w[it + TOOL_STEP] = n
    if (r > n and (kind == PERMUTATIONS or kind == COMBINATIONS)) or (n == 0 and r > 0 and kind != PRODUCT):
        w[it + TOOL_INDEX] = OVER
        return it
    count: i64 = n + r if kind == PERMUTATIONS else r
    if count == 0:
        return it
    try:
        numbers: i64 = allocate(m, count)
    except Raised:
        decref(m, m.words, it)
        raise
    m.words[it + TOOL_NUMBERS] = numbers
    m.words[it + TOOL_NUMBERS_WORDS] = count
    first_numbers(m.words, numbers, count, kind, n)
    return it


def first_numbers(w: vec[i64], numbers: i64, count: i64, kind: i64, n: i64) -> None:
    """The numbers of the first choice; behind a permutation's come its cycles, which count down from n."""
    i: i64 = 0
    while i < count:
        w[numbers + i] = 0
        if kind == COMBINATIONS or (kind == PERMUTATIONS and i < n):
            w[numbers + i] = i
        elif kind == PERMUTATIONS:
            w[numbers + i] = n - (i - n)
        i += 1


def next_choice(m: Machine, it: i64, kind: i64) -> i64:
    """The next tuple, owned, or 0."""
    w = m.words
    state: i64 = w[it + TOOL_INDEX]
    if state == OVER:
        return 0
    if state == NOT_BEGUN:
        w[it + TOOL_INDEX] = UNDER_WAY
        if kind == PRODUCT and has_empty_pool(m, it):
            w[it + TOOL_INDEX] = OVER
            return 0
    elif not advance(m, it, kind):
        m.words[it + TOOL_INDEX] = OVER
        return 0
    return current(m, it, kind)


def has_empty_pool(m: Machine, it: i64) -> bool:
    """Has a product a pool without values?"""
    w = m.words
    pools: i64 = w[it + TOOL_SOURCE]
    i: i64 = 0
    while i < w[it + TOOL_LIMIT]:
        if w[w[pools + TUPLE_ITEMS + i] + OB_SIZE] == 0:
            return True
        i += 1
    return False


def current(m: Machine, it: i64, kind: i64) -> i64:
    """The tuple that the indices stand for."""
    r: i64 = m.words[it + TOOL_LIMIT]
    result: i64 = new_tuple(m, r)
    w = m.words
    pool: i64 = w[it + TOOL_SOURCE]
    numbers: i64 = w[it + TOOL_NUMBERS]
    i: i64 = 0
    while i < r:
        source: i64 = w[pool + TUPLE_ITEMS + i] if kind == PRODUCT else pool
        value: i64 = w[source + TUPLE_ITEMS + w[numbers + i]]
        incref(w, value)
        w[result + TUPLE_ITEMS + i] = value
        i += 1
    return result


def advance(m: Machine, it: i64, kind: i64) -> bool:
    """The indices of the next tuple; False if that was the last."""
    if kind == PRODUCT:
        return advance_product(m, it)
    if kind == PERMUTATIONS:
        return advance_permutation(m, it)
    return advance_combination(m, it, kind == COMBINATIONS)


def advance_product(m: Machine, it: i64) -> bool:
    """Like an odometer: the last index turns, and each that is full turns the one before it."""
    w = m.words
    pools: i64 = w[it + TOOL_SOURCE]
    numbers: i64 = w[it + TOOL_NUMBERS]
    i: i64 = w[it + TOOL_LIMIT] - 1
    while i >= 0:
        w[numbers + i] += 1
        if w[numbers + i] < w[w[pools + TUPLE_ITEMS + i] + OB_SIZE]:
            return True
        w[numbers + i] = 0
        i -= 1
    return False


def advance_combination(m: Machine, it: i64, once: bool) -> bool:
    """The last index that can grow does; those behind it follow close, each value being taken once, or equal."""
    w = m.words
    numbers: i64 = w[it + TOOL_NUMBERS]
    r: i64 = w[it + TOOL_LIMIT]
    n: i64 = w[it + TOOL_STEP]
    i: i64 = r - 1
    while i >= 0 and w[numbers + i] == (i + n - r if once else n - 1):
        i -= 1
    if i < 0:
        return False
    index: i64 = w[numbers + i] + 1
    while i < r:
        w[numbers + i] = index
        if once:
            index += 1
        i += 1
    return True


def advance_permutation(m: Machine, it: i64) -> bool:
    """Each of the r places, from the last on, runs through the indices behind it."""
    w = m.words
    numbers: i64 = w[it + TOOL_NUMBERS]
    n: i64 = w[it + TOOL_STEP]
    cycles: i64 = numbers + n
    i: i64 = w[it + TOOL_LIMIT] - 1
    while i >= 0:
        w[cycles + i] -= 1
        index: i64 = w[numbers + i]
        if w[cycles + i] > 0:
            other: i64 = numbers + n - w[cycles + i]
            w[numbers + i] = w[other]
            w[other] = index
            return True
        k: i64 = i
        while k < n - 1:
            w[numbers + k] = w[numbers + k + 1]
            k += 1
        w[numbers + n - 1] = index
        w[cycles + i] = n - i
        i -= 1
    return False


