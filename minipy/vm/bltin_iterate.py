"""Built-in functions that go through an iterable: min, max, sum, sorted, any, all, next, iter.

CPython counterpart: min_max, builtin_sum_impl, builtin_sorted ... of Python/bltinmodule.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import FLOAT_SLOT, INT_VALUE, OB_TYPE, SMALL_INT_LIMIT, TP_SOLID
from minipy.memory.refcount import decref, xdecref
from minipy.memory.statics import (
    NONE,
    SMALL_INT_MAX,
    T_BYTEARRAY,
    T_BYTES,
    T_FLOAT,
    T_GENERATOR,
    T_INT,
    T_STOP_ITERATION,
    T_STR,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised, vec
from minipy.objects.abstract_sequence import next_value
from minipy.objects.arguments import argument_index
from minipy.objects.floatobject import new_float
from minipy.objects.iterobject import callable_iter
from minipy.objects.listsort import list_sort
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.operators import CMP_GT, CMP_LT, NB_ADD
from minipy.vm import generator_methods
from minipy.vm.bltin_attributes import is_callable


def extreme(m: Machine, at: i64, n: i64, largest: bool) -> i64:
    """min or max of the positional arguments, or of the one iterable; the last two words are default and key."""
    count: i64 = n - 2
    default: i64 = m.words[at + count]
    key: i64 = m.words[at + count + 1]
    if key == NONE:
        key = 0
    name = "max" if largest else "min"
    if count == 1:
        return extreme_of(m, m.words[at], default, key, largest)
    if count == 0:
        raise m.error(T_TYPE_ERROR, f"{name} expected at least 1 argument, got 0")
    if default != 0:
        raise m.error(T_TYPE_ERROR, f"Cannot specify a default for {name}() with multiple positional arguments")
    search = Extreme(m, key, largest)
    try:
        i: i64 = 0
        while i < count:
            item: i64 = m.words[at + i]
            m.words[item] += 1
            search.consider(item)
            i += 1
    except Raised:
        search.drop()
        raise
    return search.take()


def extreme_of(m: Machine, iterable: i64, default: i64, key: i64, largest: bool) -> i64:
    """min or max of an iterable."""
    iterator: i64 = m.iter(iterable)
    search = Extreme(m, key, largest)
    try:
        item: i64 = m.next(iterator)
        while item != 0:
            search.consider(item)
            item = m.next(iterator)
    except Raised:
        search.drop()
        decref(m, m.words, iterator)
        raise
    decref(m, m.words, iterator)
    if search.item == 0:
        if default == 0:
            raise m.error(T_VALUE_ERROR, f"{'max' if largest else 'min'}() arg is an empty sequence")
        m.words[default] += 1
        return default
    return search.take()


class Extreme:
    """The best item so far and its key, both owned."""

    def __init__(self, m: Machine, key: i64, largest: bool) -> None:
        self.m = m
        self.key: i64 = key
        self.largest = largest
        self.item: i64 = 0
        self.value: i64 = 0

    def consider(self, item: i64) -> None:
        """Keep the item (stolen) if it is better than the best so far."""
        m = self.m
        value: i64 = 0
        try:
            value = self.key_of(item)
            if self.item == 0 or self.exceeds(value):
                worse: i64 = self.item
                self.item = item
                item = worse
                worse = self.value
                self.value = value
                value = worse
        finally:
            xdecref(m, m.words, item)
            xdecref(m, m.words, value)

    def key_of(self, item: i64) -> i64:
        """What the item is compared by, owned."""
        if self.key != 0:
            return self.m.call1(self.key, item)
        self.m.words[item] += 1
        return item

    def exceeds(self, value: i64) -> bool:
        """Is the key `value` better than that of the best item so far?"""
        m = self.m
        r: i64 = m.compare(CMP_GT if self.largest else CMP_LT, value, self.value)
        try:
            return m.is_true(r)
        finally:
            decref(m, m.words, r)

    def drop(self) -> None:
        """Give up what was found."""
        if self.item != 0:
            decref(self.m, self.m.words, self.item)
            decref(self.m, self.m.words, self.value)

    def take(self) -> i64:
        """The best item, owned by the caller now."""
        decref(self.m, self.m.words, self.value)
        return self.item


# ---------------------------------------------------------------- sum
def sum_of(m: Machine, iterable: i64, start: i64) -> i64:
    """sum(iterable, start); start 0: none given."""
    total: i64 = first_total(m, start)
    iterator: i64 = 0
    try:
        iterator = m.iter(iterable)
        item: i64 = m.next(iterator)
        while item != 0:
            total = added(m, total, item)
            item = m.next(iterator)
    except Raised:
        decref(m, m.words, total)
        raise
    finally:
        xdecref(m, m.words, iterator)
    return total


def first_total(m: Machine, start: i64) -> i64:
    """What a sum begins with, owned; an int or float is made anew, as in CPython."""
    w = m.words
    if start == 0:
        return new_int(m, 0)
    if w[start + OB_TYPE] == T_INT:
        return new_int(m, w[start + INT_VALUE])
    if w[start + OB_TYPE] == T_FLOAT:
        return new_float(m, m.floats[w[start + FLOAT_SLOT]])
    refuse_text(m, start)
    m.words[start] += 1
    return start


def refuse_text(m: Machine, start: i64) -> None:
    """TypeError for a start of text."""
    solid: i64 = m.words[m.words[start + OB_TYPE] + TP_SOLID]
    if solid == T_STR:
        raise m.error(T_TYPE_ERROR, "sum() can't sum strings [use ''.join(seq) instead]")
    if solid == T_BYTES:
        raise m.error(T_TYPE_ERROR, "sum() can't sum bytes [use b''.join(seq) instead]")
    if solid == T_BYTEARRAY:
        raise m.error(T_TYPE_ERROR, "sum() can't sum bytearray [use b''.join(seq) instead]")


def added(m: Machine, total: i64, item: i64) -> i64:
    """total + item, both stolen (total is kept when it fails). A number that only the sum has is used again."""
    w = m.words
    if w[total] == 1 and w[total + OB_TYPE] == w[item + OB_TYPE] and add_in_place(m, w, total, item):
        decref(m, w, item)
        return total
    try:
        result: i64 = sum_of_two(m, total, item)
    finally:
        decref(m, m.words, item)
    decref(m, m.words, total)
    return result


def add_in_place(m: Machine, w: vec[i64], total: i64, item: i64) -> bool:
    """Let the number `total` become total + item, of the same type; False: the sum needs an object of its own."""
    if w[total + OB_TYPE] == T_INT:
        v: i64 = w[total + INT_VALUE] + w[item + INT_VALUE]
        if v <= SMALL_INT_MAX or v >= SMALL_INT_LIMIT:
            return False
        w[total + INT_VALUE] = v
        return True
    if w[total + OB_TYPE] == T_FLOAT:
        m.floats[w[total + FLOAT_SLOT]] += m.floats[w[item + FLOAT_SLOT]]
        return True
    return False


def sum_of_two(m: Machine, a: i64, b: i64) -> i64:
    """a + b; ints and floats without asking their types."""
    w = m.words
    t: i64 = w[b + OB_TYPE]
    if t == T_INT and w[a + OB_TYPE] == T_INT:
        return new_int(m, w[a + INT_VALUE] + w[b + INT_VALUE])
    elif t == T_FLOAT and w[a + OB_TYPE] == T_FLOAT:
        return new_float(m, m.floats[w[a + FLOAT_SLOT]] + m.floats[w[b + FLOAT_SLOT]])
    return m.binary(NB_ADD, a, b)


# ---------------------------------------------------------------- the others
def sorted_list(m: Machine, at: i64, n: i64) -> i64:
    """sorted(iterable, *, key, reverse)."""
    if n != 3:
        raise m.error(T_TYPE_ERROR, f"sorted expected 1 argument, got {n - 2}")
    w = m.words
    key: i64 = w[at + 1]
    reverse: i64 = w[at + 2]
    o: i64 = m.list_of(w[at])
    try:
        backwards: bool = reverse != 0 and integer_flag(m, reverse)
        list_sort(m, o, 0 if key == NONE else key, backwards)
    except Raised:
        decref(m, m.words, o)
        raise
    return o


def integer_flag(m: Machine, o: i64) -> bool:
    """Is the integer o not zero? TypeError if it is none."""
    number: i64 = argument_index(m, o)
    try:
        return m.is_true(number)
    finally:
        decref(m, m.words, number)


def any_is(m: Machine, iterable: i64, wanted: bool) -> bool:
    """Has any item the truth value `wanted`?"""
    iterator: i64 = m.iter(iterable)
    try:
        item: i64 = m.next(iterator)
        while item != 0:
            try:
                found: bool = m.is_true(item) == wanted
            finally:
                decref(m, m.words, item)
            if found:
                return True
            item = m.next(iterator)
    finally:
        decref(m, m.words, iterator)
    return False


def next_of(m: Machine, at: i64, n: i64) -> i64:
    """next(iterator[, default])."""
    iterator: i64 = m.words[at]
    if m.words[iterator + OB_TYPE] == T_GENERATOR:
        item: i64 = generator_methods.next_value(m, iterator)
        if item == 0 and n == 1:
            raise generator_methods.stop_iteration(m)
    else:
        item = next_value(m, iterator) if n == 1 else m.next(iterator)
        if item == 0 and n == 1:
            raise m.error_object(T_STOP_ITERATION, 0)
    if item == 0:
        item = m.words[at + 1]
        m.words[item] += 1
    return item


def iter_of(m: Machine, at: i64, n: i64) -> i64:
    """iter(iterable) or iter(callable, sentinel)."""
    if n == 1:
        return m.iter(m.words[at])
    if not is_callable(m, m.words[at]):
        raise m.error(T_TYPE_ERROR, "iter(v, w): v must be callable")
    return callable_iter(m, m.words[at], m.words[at + 1])
