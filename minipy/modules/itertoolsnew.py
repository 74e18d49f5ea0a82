"""The constructors of itertools' classes: what they take, and what they say of it.

    at: class | arguments ...       the number is the kind of iterator (objects/itertool*.py)

CPython counterpart: the tp_new functions of Modules/itertoolsmodule.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, OB_TYPE, TP_SOLID, TUPLE_ITEMS
from minipy.memory.layout_modules import (
    TOOL_B,
    TOOL_EXTRA,
    TOOL_INDEX,
    TOOL_LIMIT,
    TOOL_NEXT,
    TOOL_SOURCE,
    TOOL_STEP,
)
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import NONE, SMALL_INT_ZERO, T_COMPLEX, T_FLOAT, T_ITERTOOL, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.modules.nativeclass import check_class
from minipy.objects.arguments import argument_index, argument_word
from minipy.objects.attributes import lookup_special
from minipy.objects.enumobject import iterators_of
from minipy.objects.identifiers import ID_FLOAT, ID_INDEX, ID_INT
from minipy.objects.itertool import (
    ACCUMULATE,
    CHAIN,
    COMPRESS,
    COUNT,
    CYCLE,
    FARTHEST,
    ISLICE,
    PAIRWISE,
    REPEAT,
    new_tool,
)
from minipy.objects.itertool_combine import PERMUTATIONS, PRODUCT, new_choices
from minipy.objects.itertool_several import GROUPBY, TEE, ZIP_LONGEST, new_tee
from minipy.objects.listobject import new_list
from minipy.objects.longobject import fits_word, int_word, is_int, new_int
from minipy.objects.machine import Machine
from minipy.objects.tuple_methods import tuple_from_iterable
from minipy.objects.tupleobject import new_tuple, tuple_from


def new_iterator(m: Machine, kind: i64, at: i64, n: i64) -> i64:
    """A new iterator of the class at `at`."""
    w = m.words
    t: i64 = w[at]
    check_class(m, t, T_ITERTOOL)
    if kind == COUNT:
        return new_count(m, t, w[at + 1], w[at + 2])
    elif kind == CHAIN:
        return new_chain(m, t, at + 1, n - 1)
    elif kind == ISLICE:
        return new_islice(m, t, at, n)
    elif kind == REPEAT:
        return new_repeat(m, t, w[at + 1], w[at + 2])
    elif kind == TEE:
        return new_tee(m, t, w[at + 1])
    elif kind == ZIP_LONGEST:
        return new_zip_longest(m, t, at + 1, n - 2)
    elif kind == PRODUCT:
        return new_product(m, t, at + 1, n - 2)
    elif kind >= PERMUTATIONS:
        return new_selection(m, t, kind, w[at + 1], w[at + 2])
    elif kind == CYCLE:
        return new_cycle(m, t, w[at + 1])
    return new_filter(m, t, kind, at)


def new_filter(m: Machine, t: i64, kind: i64, at: i64) -> i64:
    """What has one iterable and at most a function: the rest of new_iterator."""
    w = m.words
    if kind == ACCUMULATE:
        it: i64 = new_tool(m, t, kind, m.iter(w[at + 1]), given(m.words[at + 2]))
        w = m.words
        if w[at + 3] != 0 and w[at + 3] != NONE:
            incref(w, w[at + 3])
            w[it + TOOL_B] = w[at + 3]
        return it
    if kind == GROUPBY:
        return new_tool(m, t, kind, m.iter(w[at + 1]), w[at + 2] if w[at + 2] != 0 else NONE)
    if kind == PAIRWISE:
        return new_tool(m, t, kind, m.iter(w[at + 1]), 0)
    if kind == COMPRESS:
        data: i64 = m.iter(w[at + 1])
        try:
            selectors: i64 = m.iter(m.words[at + 2])
        except Raised:
            decref(m, m.words, data)
            raise
        try:
            return new_tool(m, t, kind, data, selectors)
        finally:
            decref(m, m.words, selectors)
    return new_tool(m, t, kind, m.iter(w[at + 2]), w[at + 1])


def given(o: i64) -> i64:
    """An optional argument; 0 for None too."""
    return 0 if o == NONE else o


# ---------------------------------------------------------------- without an iterable
def new_count(m: Machine, t: i64, start: i64, step: i64) -> i64:
    """count(start=0, step=1): by words if both are ints that are small enough."""
    if start == 0:
        start = SMALL_INT_ZERO
    check_number(m, start)
    if step != 0:
        check_number(m, step)
    it: i64 = new_tool(m, t, COUNT, 0, 0)
    w = m.words
    w[it + TOOL_STEP] = 1
    if is_near(m, start) and (step == 0 or is_near(m, step)):
        m.words[it + TOOL_INDEX] = int_word(m, start)
        if step != 0:
            m.words[it + TOOL_STEP] = int_word(m, step)
        return it
    one: i64 = new_int(m, 1)
    w = m.words
    incref(w, start)
    w[it + TOOL_SOURCE] = start
    w[it + TOOL_EXTRA] = one
    if step != 0:
        incref(w, step)
        store(m, w, it + TOOL_EXTRA, step)
    return it


def is_near(m: Machine, o: i64) -> bool:
    """Is o an int that counting by words may begin with?"""
    w = m.words
    if not is_int(w, o) or not fits_word(w, o):
        return False
    v: i64 = int_word(m, o)
    return v < FARTHEST and v > -FARTHEST


def check_number(m: Machine, o: i64) -> None:
    """TypeError unless o is a number."""
    w = m.words
    solid: i64 = w[w[o + OB_TYPE] + TP_SOLID]
    if is_int(w, o) or solid == T_FLOAT or solid == T_COMPLEX:
        return
    for name in (ID_INDEX, ID_INT, ID_FLOAT):
        if lookup_special(m, o, name) != 0:
            return
    raise m.error(T_TYPE_ERROR, "a number is required")


def new_repeat(m: Machine, t: i64, o: i64, times: i64) -> i64:
    """repeat(object, times): a negative number of times is none."""
    limit: i64 = -1
    if times != 0:
        number: i64 = argument_index(m, times)
        try:
            limit = int_word(m, number)
        finally:
            decref(m, m.words, number)
        if limit < 0:
            limit = 0
    incref(m.words, o)
    it: i64 = new_tool(m, t, REPEAT, o, 0)
    m.words[it + TOOL_LIMIT] = limit
    return it


# ---------------------------------------------------------------- with iterables
def new_chain(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """chain(*iterables)."""
    iterables: i64 = tuple_from(m, at, n)
    try:
        return new_tool(m, t, CHAIN, m.iter(iterables), 0)
    finally:
        decref(m, m.words, iterables)


def new_cycle(m: Machine, t: i64, iterable: i64) -> i64:
    """cycle(iterable)."""
    iterator: i64 = m.iter(iterable)
    saved: i64 = 0
    try:
        saved = new_list(m, 0)
        incref(m.words, iterator)
        return new_tool(m, t, CYCLE, iterator, saved)
    finally:
        decref(m, m.words, iterator)
        if saved != 0:
            decref(m, m.words, saved)


def new_islice(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """islice(iterable, stop) or islice(iterable, start, stop[, step])."""
    w = m.words
    start: i64 = 0
    step: i64 = 1
    if n == 3:
        stop: i64 = bound(m, w[at + 2], -1, "Stop argument")
    else:
        stop = bound(m, w[at + 3], -1, "Stop argument")
        start = bound(m, m.words[at + 2], 0, "Indices")
        if n > 4 and m.words[at + 4] != NONE:
            step = positive(m, m.words[at + 4])
    it: i64 = new_tool(m, t, ISLICE, m.iter(m.words[at + 1]), 0)
    w = m.words
    w[it + TOOL_NEXT] = start
    w[it + TOOL_LIMIT] = stop
    w[it + TOOL_STEP] = step
    return it


def bound(m: Machine, o: i64, default: i64, what: str) -> i64:
    """A bound of islice: None is the default."""
    if o == NONE:
        return default
    value: i64 = small_index(m, o)
    if value < 0:
        text = f"{what} for islice() must be None or an integer: 0 <= x <= sys.maxsize."
        raise m.error(T_VALUE_ERROR, text)
    return value


def positive(m: Machine, o: i64) -> i64:
    """The step of islice."""
    value: i64 = small_index(m, o)
    if value < 1:
        raise m.error(T_VALUE_ERROR, "Step for islice() must be a positive integer or None.")
    return value


def small_index(m: Machine, o: i64) -> i64:
    """o as a word, -1 if it is no integer or too large."""
    try:
        number: i64 = m.index_object(o)
    except Raised:
        if not m.catch(T_TYPE_ERROR):
            raise
        return -1
    if number == 0:
        return -1
    value: i64 = -1
    if fits_word(m.words, number):
        value = int_word(m, number)
    decref(m, m.words, number)
    return value


def new_zip_longest(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """zip_longest(*iterables, fillvalue=None)."""
    iterators: i64 = iterators_of(m, at, n)
    fill: i64 = m.words[at + n]
    if n > 0:
        it: i64 = new_tool(m, t, ZIP_LONGEST, iterators, fill if fill != 0 else NONE)
    else:
        it = new_tool(m, t, ZIP_LONGEST, iterators, NONE)
    m.words[it + TOOL_INDEX] = n
    return it


# ---------------------------------------------------------------- choices
def new_product(m: Machine, t: i64, at: i64, n: i64) -> i64:
    """product(*iterables, repeat=1)."""
    repeat: i64 = m.words[at + n]
    times: i64 = argument_word(m, repeat) if repeat != 0 else 1
    if times < 0:
        raise m.error(T_VALUE_ERROR, "repeat argument cannot be negative")
    pools: i64 = new_tuple(m, n * times)
    try:
        i: i64 = 0
        while i < n * times:
            if i < n:
                pool: i64 = tuple_from_iterable(m, m.words[at + i])
            else:
                pool = m.words[pools + TUPLE_ITEMS + i - n]
                incref(m.words, pool)
            m.words[pools + TUPLE_ITEMS + i] = pool
            i += 1
    except Raised:
        decref(m, m.words, pools)
        raise
    return new_choices(m, t, PRODUCT, pools, n * times)


def new_selection(m: Machine, t: i64, kind: i64, iterable: i64, r: i64) -> i64:
    """permutations(iterable, r=None), combinations(iterable, r), combinations_with_replacement(iterable, r)."""
    pool: i64 = tuple_from_iterable(m, iterable)
    try:
        count: i64 = m.words[pool + OB_SIZE]
        if kind != PERMUTATIONS or (r != 0 and r != NONE):
            if kind == PERMUTATIONS and not is_int(m.words, r):
                raise m.error(T_TYPE_ERROR, "Expected int as r")
            count = argument_word(m, r)
        if count < 0:
            raise m.error(T_VALUE_ERROR, "r must be non-negative")
    except Raised:
        decref(m, m.words, pool)
        raise
    return new_choices(m, t, kind, pool, count)
