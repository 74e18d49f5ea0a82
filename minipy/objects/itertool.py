"""Iterators of the module itertools that go through one iterable, or none.

    count        TOOL_INDEX next, TOOL_STEP     beyond words: TOOL_SOURCE next, TOOL_EXTRA step, int or other objects
    repeat       TOOL_SOURCE object             TOOL_LIMIT how often still, -1: forever
    cycle        TOOL_SOURCE iterator or 0      TOOL_EXTRA list of its values   TOOL_INDEX next of them
    accumulate   TOOL_SOURCE iterator           TOOL_EXTRA function or 0        TOOL_A sum so far   TOOL_B initial or 0
    chain        TOOL_SOURCE iterator of iterables, 0: done                     TOOL_EXTRA iterator of the present one
    compress     TOOL_SOURCE data               TOOL_EXTRA selectors
    dropwhile    TOOL_SOURCE iterator           TOOL_EXTRA predicate            TOOL_INDEX 1: no longer dropping
    takewhile    the same                                                       TOOL_INDEX 1: stopped
    filterfalse  the same
    islice       TOOL_SOURCE iterator, 0: done  TOOL_INDEX how many taken, TOOL_NEXT wanted, TOOL_LIMIT, _STEP
    pairwise     TOOL_SOURCE iterator, 0: done  TOOL_EXTRA value before
    starmap      TOOL_SOURCE iterator           TOOL_EXTRA function

One static type, T_ITERTOOL, is the base of the classes, which the module makes when it is imported: TOOL_KIND tells
them apart. The iterators inside are always asked through `ask`: next_inner counts how deep that goes.
While one is asked, a program's code may go on with the same itertool: what was read before is read again, and may be 0.

CPython counterpart: Modules/itertoolsmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import LIST_ITEMS, LIST_LENGTH, OB_TYPE
from minipy.memory.layout_modules import (
    TOOL_A,
    TOOL_B,
    TOOL_EXTRA,
    TOOL_INDEX,
    TOOL_KIND,
    TOOL_LIMIT,
    TOOL_NEXT,
    TOOL_SOURCE,
    TOOL_STEP,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref, store
from minipy.memory.statics import T_TUPLE
from minipy.memory.words import Raised
from minipy.objects.enumobject import passes
from minipy.objects.listobject import list_append
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.operators import NB_ADD
from minipy.objects.recursion import next_inner
from minipy.objects.tupleobject import tuple_of2

COUNT: Final = 1
REPEAT: Final = 2
CYCLE: Final = 3
ACCUMULATE: Final = 4
CHAIN: Final = 5
COMPRESS: Final = 6
DROPWHILE: Final = 7
TAKEWHILE: Final = 8
FILTERFALSE: Final = 9
ISLICE: Final = 10
PAIRWISE: Final = 11
STARMAP: Final = 12
LAST_SIMPLE: Final = 12
"""The kinds up to here are this file's; the others follow in itertool_several.py and itertool_combine.py."""

FARTHEST: Final = 1 << 61
"""count() counts in words up to here."""


def new_tool(m: Machine, t: i64, kind: i64, source: i64, extra: i64) -> i64:
    """An iterator of the class t; takes over `source` (or 0) in any case, borrows `extra` (or 0)."""
    try:
        it: i64 = gc_alloc(m, t)
    except Raised:
        if source != 0:
            decref(m, m.words, source)
        raise
    w = m.words
    w[it + TOOL_KIND] = kind
    w[it + TOOL_SOURCE] = source
    if extra != 0:
        incref(w, extra)
        w[it + TOOL_EXTRA] = extra
    return it


def ask(m: Machine, iterator: i64) -> i64:
    """The next value of an inner iterator (borrowed), owned, or 0: it stays alive meanwhile, whatever its code does."""
    incref(m.words, iterator)
    try:
        return next_inner(m, iterator)
    finally:
        decref(m, m.words, iterator)


def finish(m: Machine, it: i64) -> i64:
    """The iterator is exhausted: it lets go of its source. Gives 0, what `next` gives then."""
    store(m, m.words, it + TOOL_SOURCE, 0)
    return 0


def next_simple(m: Machine, it: i64, kind: i64) -> i64:
    """The next value, owned, or 0; the iterator's kind is at most LAST_SIMPLE."""
    if kind == COUNT:
        return count_next(m, it)
    elif kind == CHAIN:
        return chain_next(m, it)
    elif kind == ISLICE:
        return islice_next(m, it)
    elif kind == REPEAT:
        return repeat_next(m, it)
    elif kind == CYCLE:
        return cycle_next(m, it)
    elif kind == ACCUMULATE:
        return accumulate_next(m, it)
    elif kind == PAIRWISE:
        return pairwise_next(m, it)
    elif kind == STARMAP:
        return starmap_next(m, it)
    elif kind == TAKEWHILE:
        return takewhile_next(m, it)
    elif kind == DROPWHILE:
        return dropwhile_next(m, it)
    elif kind == FILTERFALSE:
        return filterfalse_next(m, it)
    return compress_next(m, it)


# ---------------------------------------------------------------- without an iterable
def count_next(m: Machine, it: i64) -> i64:
    """start, start + step, start + 2 * step, ..."""
    w = m.words
    if w[it + TOOL_SOURCE] == 0:
        v: i64 = w[it + TOOL_INDEX]
        if v < FARTHEST and v > -FARTHEST:
            result: i64 = new_int(m, v)
            m.words[it + TOOL_INDEX] = v + m.words[it + TOOL_STEP]
            return result
        leave_words(m, it)
        w = m.words
    value: i64 = w[it + TOOL_SOURCE]
    incref(w, value)
    try:
        following: i64 = m.binary(NB_ADD, value, w[it + TOOL_EXTRA])
    except Raised:
        decref(m, m.words, value)
        raise
    store(m, m.words, it + TOOL_SOURCE, following)
    return value


def leave_words(m: Machine, it: i64) -> None:
    """Go on counting with objects."""
    step: i64 = new_int(m, m.words[it + TOOL_STEP])
    try:
        value: i64 = new_int(m, m.words[it + TOOL_INDEX])
    except Raised:
        decref(m, m.words, step)
        raise
    w = m.words
    w[it + TOOL_SOURCE] = value
    w[it + TOOL_EXTRA] = step


def repeat_next(m: Machine, it: i64) -> i64:
    """The object again."""
    w = m.words
    left: i64 = w[it + TOOL_LIMIT]
    if left == 0:
        return 0
    if left > 0:
        w[it + TOOL_LIMIT] = left - 1
    value: i64 = w[it + TOOL_SOURCE]
    incref(w, value)
    return value


# ---------------------------------------------------------------- all values, and more
def cycle_next(m: Machine, it: i64) -> i64:
    """The values of the iterable, which are kept; then these, again and again."""
    saved: i64 = m.words[it + TOOL_EXTRA]
    if m.words[it + TOOL_SOURCE] != 0:
        value: i64 = ask(m, m.words[it + TOOL_SOURCE])
        if value != 0:
            try:
                list_append(m, saved, value)
            except Raised:
                decref(m, m.words, value)
                raise
            return value
        finish(m, it)
    w = m.words
    n: i64 = w[saved + LIST_LENGTH]
    if n == 0:
        return 0
    i: i64 = w[it + TOOL_INDEX]
    w[it + TOOL_INDEX] = i + 1 if i + 1 < n else 0
    value = w[w[saved + LIST_ITEMS] + i]
    incref(w, value)
    return value


def accumulate_next(m: Machine, it: i64) -> i64:
    """The sum, or whatever the function makes, of the values so far."""
    w = m.words
    initial: i64 = w[it + TOOL_B]
    if initial != 0:
        w[it + TOOL_B] = 0
        return keep_total(m, it, initial)
    value: i64 = ask(m, w[it + TOOL_SOURCE])
    w = m.words
    total: i64 = w[it + TOOL_A]
    if value == 0 or total == 0:
        return 0 if value == 0 else keep_total(m, it, value)
    incref(w, total)
    try:
        function: i64 = w[it + TOOL_EXTRA]
        result: i64 = m.binary(NB_ADD, total, value) if function == 0 else m.call2(function, total, value)
    finally:
        decref(m, m.words, value)
        decref(m, m.words, total)
    return keep_total(m, it, result)


def keep_total(m: Machine, it: i64, total: i64) -> i64:
    """Make `total` (stolen) the sum so far; gives it, owned."""
    w = m.words
    incref(w, total)
    store(m, w, it + TOOL_A, total)
    return total


def chain_next(m: Machine, it: i64) -> i64:
    """The values of the first iterable, then those of the next."""
    while m.words[it + TOOL_SOURCE] != 0:
        if m.words[it + TOOL_EXTRA] == 0:
            iterable: i64 = ask(m, m.words[it + TOOL_SOURCE])
            if iterable == 0:
                return finish(m, it)
            try:
                active: i64 = m.iter(iterable)
            except Raised:
                finish(m, it)
                raise
            finally:
                decref(m, m.words, iterable)
            store(m, m.words, it + TOOL_EXTRA, active)
        value: i64 = ask(m, m.words[it + TOOL_EXTRA]) if m.words[it + TOOL_EXTRA] != 0 else 0
        if value != 0:
            return value
        store(m, m.words, it + TOOL_EXTRA, 0)
    return 0


def pairwise_next(m: Machine, it: i64) -> i64:
    """(a, b), (b, c), (c, d), ..."""
    if m.words[it + TOOL_SOURCE] == 0:
        return 0
    if m.words[it + TOOL_EXTRA] == 0:
        first: i64 = ask(m, m.words[it + TOOL_SOURCE])
        if first == 0:
            return finish(m, it)
        store(m, m.words, it + TOOL_EXTRA, first)
    value: i64 = ask(m, m.words[it + TOOL_SOURCE]) if m.words[it + TOOL_SOURCE] != 0 else 0
    before: i64 = m.words[it + TOOL_EXTRA]
    if value == 0 or before == 0:
        if value != 0:
            decref(m, m.words, value)
        store(m, m.words, it + TOOL_EXTRA, 0)
        return finish(m, it)
    try:
        pair: i64 = tuple_of2(m, before, value)
    except Raised:
        decref(m, m.words, value)
        raise
    store(m, m.words, it + TOOL_EXTRA, value)
    return pair


def starmap_next(m: Machine, it: i64) -> i64:
    """function(*arguments) for each value, a tuple of arguments."""
    arguments: i64 = ask(m, m.words[it + TOOL_SOURCE])
    if arguments == 0:
        return 0
    try:
        if m.words[arguments + OB_TYPE] == T_TUPLE:
            return m.call_object(m.words[it + TOOL_EXTRA], arguments, 0)
        values: i64 = m.list_of(arguments)
        try:
            w = m.words
            return m.call(w[it + TOOL_EXTRA], w[values + LIST_ITEMS], w[values + LIST_LENGTH])
        finally:
            decref(m, m.words, values)
    finally:
        decref(m, m.words, arguments)


# ---------------------------------------------------------------- some of the values
def chosen(m: Machine, function: i64, value: i64) -> bool:
    """Is function(value), or for None the value, true? On an error the value is released."""
    try:
        return passes(m, function, value)
    except Raised:
        decref(m, m.words, value)
        raise


def dropwhile_next(m: Machine, it: i64) -> i64:
    """The values from the first for which the predicate is false."""
    value: i64 = ask(m, m.words[it + TOOL_SOURCE])
    while value != 0 and m.words[it + TOOL_INDEX] == 0:
        if not chosen(m, m.words[it + TOOL_EXTRA], value):
            m.words[it + TOOL_INDEX] = 1
            return value
        decref(m, m.words, value)
        value = ask(m, m.words[it + TOOL_SOURCE])
    return value


def takewhile_next(m: Machine, it: i64) -> i64:
    """The values before the first for which the predicate is false."""
    if m.words[it + TOOL_INDEX] != 0:
        return 0
    value: i64 = ask(m, m.words[it + TOOL_SOURCE])
    if value == 0 or chosen(m, m.words[it + TOOL_EXTRA], value):
        return value
    m.words[it + TOOL_INDEX] = 1
    decref(m, m.words, value)
    return 0


def filterfalse_next(m: Machine, it: i64) -> i64:
    """The values for which the predicate is false."""
    value: i64 = ask(m, m.words[it + TOOL_SOURCE])
    while value != 0 and chosen(m, m.words[it + TOOL_EXTRA], value):
        decref(m, m.words, value)
        value = ask(m, m.words[it + TOOL_SOURCE])
    return value


def compress_next(m: Machine, it: i64) -> i64:
    """The data whose selectors are true."""
    while True:
        value: i64 = ask(m, m.words[it + TOOL_SOURCE])
        if value == 0:
            return 0
        selected: bool = False
        try:
            selector: i64 = ask(m, m.words[it + TOOL_EXTRA])
            if selector == 0:
                return 0
            try:
                selected = m.is_true(selector)
            finally:
                decref(m, m.words, selector)
        finally:
            if not selected:
                decref(m, m.words, value)
        if selected:
            return value


def islice_next(m: Machine, it: i64) -> i64:
    """The values with the numbers start, start + step, ... below stop."""
    w = m.words
    stop: i64 = w[it + TOOL_LIMIT]
    if w[it + TOOL_SOURCE] == 0:
        return 0
    while w[it + TOOL_INDEX] < w[it + TOOL_NEXT]:
        skipped: i64 = ask(m, w[it + TOOL_SOURCE])
        if skipped != 0:
            decref(m, m.words, skipped)
        w = m.words
        if skipped == 0 or w[it + TOOL_SOURCE] == 0:
            return finish(m, it)
        w[it + TOOL_INDEX] += 1
    if stop >= 0 and w[it + TOOL_INDEX] >= stop:
        return finish(m, it)
    value: i64 = ask(m, w[it + TOOL_SOURCE])
    if value == 0:
        return finish(m, it)
    w = m.words
    w[it + TOOL_INDEX] += 1
    following: i64 = w[it + TOOL_NEXT] + w[it + TOOL_STEP]
    if stop >= 0 and (following > stop or following < 0):
        following = stop
    w[it + TOOL_NEXT] = following
    return value
