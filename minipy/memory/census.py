"""Finding every object quickly, for the views: a breadth-first walk from the roots, then what only garbage holds.

    roots --> objects[0 .. reachable)      in the order of their distance from a root
    lists of the collector --> objects[reachable .. found)     unreachable, waiting for a collection
    parents[i]: whom objects[i] was found from, an index; or minus the address of the root's word, -1: a static type

Unlike heap.check(), which trusts nothing, it believes what it reads, so that a heap of a million objects takes a
fraction of a second. Reads only: its marks lie in a vector of its own, a bit a word of the address space.

CPython counterpart: gc.get_objects, gc.get_referrers; Include/internal/pycore_gc.h has no walk from the roots.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.check_objects import ROOT_REGISTERS
from minipy.memory.layout import (
    GC_NEXT,
    GENERATION0,
    GENERATION_WORDS,
    HEAP_BASE,
    OB_SIZE,
    OB_TYPE,
    SMALL_LIMIT,
    TP_BUF,
    TP_BUF_COUNT,
    TP_BUF_FIRST,
    TP_BUF_STRIDE,
    TP_FLAGS,
    TP_ITEMS,
    TP_NSLOTS,
    TP_RAW1,
    TP_RAW1_SIZE,
    TP_RAW2,
    TP_RAW2_SIZE,
    TP_SLOTS,
    TPFLAGS_HEAPTYPE,
    TPFLAGS_READY,
    TYPE_WORDS,
    W_HEAP_TOP,
    WRCB_TO_CALL,
)
from minipy.memory.sizes import buffer_words, object_words
from minipy.memory.stack import stack_references
from minipy.memory.statics import FIRST_TYPE, TYPE_COUNT
from minipy.memory.tally import Tally
from minipy.memory.words import Heap, more_words, new_words, vec

STATIC_TYPE: Final = -1
"""Parent of a built-in type, which is always there."""


class Found:
    """The objects found so far, and the marks of those."""

    w: vec[i64]
    marks: vec[i64]
    objects: vec[i64]
    parents: vec[i64]
    found: i64
    reachable: i64
    target: i64

    def __init__(self, heap: Heap, target: i64) -> None:
        """Nothing yet; a walk will stop at the object `target`, if that is not 0."""
        self.w = heap.words
        self.target = target
        self.marks = new_words((heap.words[W_HEAP_TOP] >> 5) + 1, 0)
        self.objects = new_words(0, heap.words[W_HEAP_TOP])
        self.parents = new_words(0, heap.words[W_HEAP_TOP])
        self.found = 0
        self.reachable = 0

    def knows(self, a: i64) -> bool:
        """Whether an object at this address was found."""
        return 0 < a and a < self.w[W_HEAP_TOP] and self.marks[a >> 5] >> (a & 31) & 1 != 0

    def add(self, a: i64, parent: i64) -> None:
        """Note an object, unless it is 0 or known."""
        if a == 0:
            return
        bits: i64 = self.marks[a >> 5]
        bit: i64 = i64(1) << (a & 31)
        if bits & bit != 0:
            return
        self.marks[a >> 5] = bits | bit
        n: i64 = self.found
        if n == len(self.objects):
            self.objects = more_words(self.objects)
            self.parents = more_words(self.parents)
        self.objects[n] = a
        self.parents[n] = parent
        self.found = n + 1

    def index(self, a: i64) -> i64:
        """The object's place in `objects`, -1 if it was not found."""
        i: i64 = self.found - 1
        while i >= 0 and self.objects[i] != a:
            i -= 1
        return i


# ---------------------------------------------------------------- the walk
def census(heap: Heap) -> Found:
    """All objects."""
    return search(heap, 0)


def search(heap: Heap, target: i64) -> Found:
    """The objects up to `target`: from the roots, and if it is not among those, from the collector's lists."""
    found = Found(heap, target)
    add_roots(found)
    walked: i64 = follow(found, 0)
    found.reachable = found.found
    if target == 0 or not found.knows(target):
        add_lists(found, GENERATION0)
        follow(found, walked)
    return found


def waits_for(heap: Heap, a: i64) -> i64:
    """The youngest generation whose collection finds the garbage `a`: none older holds it. 3: it is frozen."""
    generation: i64 = 0
    while generation < 3:
        older = Found(heap, a)
        add_lists(older, GENERATION0 + (generation + 1) * GENERATION_WORDS)
        follow(older, 0)
        if not older.knows(a):
            return generation
        generation += 1
    return generation


def add_roots(found: Found) -> None:
    """What the run-time stack and the registers hold; built-in types."""
    w = found.w
    for at in stack_references(w):
        found.add(w[at], -i64(at))
    for at in ROOT_REGISTERS:
        found.add(w[at], -i64(at))
    t: i64 = FIRST_TYPE
    while t < FIRST_TYPE + TYPE_COUNT * TYPE_WORDS:
        if w[t + TP_FLAGS] & TPFLAGS_READY != 0:
            found.add(t, STATIC_TYPE)
        t += TYPE_WORDS


def add_lists(found: Found, head: i64) -> None:
    """What is in the collector's lists from this one on: the younger come first, the permanent one behind them."""
    w = found.w
    while head <= WRCB_TO_CALL:
        a: i64 = w[head + GC_NEXT]
        while a != head:
            found.add(a, STATIC_TYPE)
            a = w[a + GC_NEXT]
        head += GENERATION_WORDS


def follow(found: Found, i: i64) -> i64:
    """Add what the objects from index `i` on refer to, and so on; returns how many have been followed then."""
    w = found.w
    while i < found.found:
        a: i64 = found.objects[i]
        if a == found.target:
            return i
        t: i64 = w[a + OB_TYPE]
        n: i64 = w[t + TP_NSLOTS]
        if n != 0:
            add_range(found, a + w[t + TP_SLOTS], n, i)
        if w[t + TP_BUF] != 0:
            add_buffer(found, a, t, i)
        if w[t + TP_ITEMS] != 0:
            add_range(found, a + w[t + TP_ITEMS], w[a + OB_SIZE], i)
        if w[t + TP_FLAGS] & TPFLAGS_HEAPTYPE != 0:
            found.add(t, i)
        i += 1
    return i


def add_range(found: Found, at: i64, n: i64, parent: i64) -> None:
    """Add what `n` words from `at` on refer to."""
    end: i64 = at + n
    while at < end:
        found.add(found.w[at], parent)
        at += 1


def add_buffer(found: Found, a: i64, t: i64, parent: i64) -> None:
    """Add what the buffer of the object `a` of type `t` refers to."""
    w = found.w
    p: i64 = w[a + w[t + TP_BUF]]
    if p == 0:
        return
    stride: i64 = w[t + TP_BUF_STRIDE]
    first: i64 = w[t + TP_BUF_FIRST]
    end: i64 = p + w[a + w[t + TP_BUF_COUNT]] * stride
    while p < end:
        add_range(found, p + first, stride - first, parent)
        p += stride


# ---------------------------------------------------------------- questions
def odd_buffers(w: vec[i64], a: i64, t: i64) -> i64:
    """How many of the object's raw buffers are small and of an odd number of words."""
    n: i64 = 0
    if w[a + w[t + TP_RAW1]] != 0 and w[a + w[t + TP_RAW1_SIZE]] < SMALL_LIMIT:
        n = w[a + w[t + TP_RAW1_SIZE]] & 1
    if w[t + TP_RAW2] != 0 and w[a + w[t + TP_RAW2]] != 0 and w[a + w[t + TP_RAW2_SIZE]] < SMALL_LIMIT:
        n += w[a + w[t + TP_RAW2_SIZE]] & 1
    return n


class Totals:
    """Objects in the heap (no static ones) by the address of their type, and their words, buffers included.

    `garbage`: how many of all cannot be reached; `rounded`: words that small blocks are larger than was asked for.
    """

    def __init__(self) -> None:
        self.objects: dict[int, int] = {}
        self.words: dict[int, int] = {}
        self.garbage = 0
        self.rounded = 0


def totals(found: Found) -> Totals:
    """Count what was found."""
    w = found.w
    result = Totals()
    tally = Tally()
    rounded: i64 = 0
    garbage: i64 = 0
    i: i64 = 0
    while i < found.found:
        a: i64 = found.objects[i]
        if a >= HEAP_BASE:
            t: i64 = w[a + OB_TYPE]
            n: i64 = object_words(w, a, t)
            if n < SMALL_LIMIT:
                rounded += n & 1
            if w[t + TP_RAW1] != 0:
                n += buffer_words(w, a, t)
                rounded += odd_buffers(w, a, t)
            tally.add(t, n)
            if i >= found.reachable:
                garbage += 1
        i += 1
    tally.settle()
    result.objects = tally.counts
    result.words = tally.sums
    result.rounded = int(rounded)
    result.garbage = int(garbage)
    return result


def of_types(found: Found, types: list[int], most: int) -> list[int]:
    """The first `most` objects in the heap whose type is one of these addresses."""
    w = found.w
    wanted = set(types)
    result: list[int] = []
    i: i64 = 0
    while i < found.found and len(result) < most:
        a: i64 = found.objects[i]
        if a >= HEAP_BASE and int(w[a + OB_TYPE]) in wanted:
            result.append(int(a))
        i += 1
    return result


class Referrers:
    """Who refers to an object: pairs (holder, address of the word) in a row, the first `most`; and how many in all."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.pairs: list[int] = []
        self.total = 0

    def note(self, holder: i64, at: i64) -> None:
        """One more."""
        self.total += 1
        if self.total <= self.most:
            self.pairs.append(int(holder))
            self.pairs.append(int(at))


def referrers(found: Found, a: i64, most: int) -> Referrers:
    """Look for `a` in the words of all objects; a holder's ob_type counts where it is an owned reference."""
    w = found.w
    result = Referrers(most)
    i: i64 = 0
    while i < found.found:
        holder: i64 = found.objects[i]
        t: i64 = w[holder + OB_TYPE]
        if w[t + TP_NSLOTS] != 0:
            seek(result, w, a, holder, holder + w[t + TP_SLOTS], w[t + TP_NSLOTS])
        if w[t + TP_BUF] != 0 and w[holder + w[t + TP_BUF]] != 0:
            seek_buffer(result, w, a, holder, t)
        if w[t + TP_ITEMS] != 0:
            seek(result, w, a, holder, holder + w[t + TP_ITEMS], w[holder + OB_SIZE])
        if t == a and w[t + TP_FLAGS] & TPFLAGS_HEAPTYPE != 0:
            result.note(holder, holder + OB_TYPE)
        i += 1
    return result


def seek(result: Referrers, w: vec[i64], a: i64, holder: i64, at: i64, n: i64) -> None:
    """Note which of `n` words from `at` on refer to `a`."""
    end: i64 = at + n
    while at < end:
        if w[at] == a:
            result.note(holder, at)
        at += 1


def seek_buffer(result: Referrers, w: vec[i64], a: i64, holder: i64, t: i64) -> None:
    """Note which references in the holder's buffer are to `a`."""
    stride: i64 = w[t + TP_BUF_STRIDE]
    first: i64 = w[t + TP_BUF_FIRST]
    p: i64 = w[holder + w[t + TP_BUF]]
    end: i64 = p + w[holder + w[t + TP_BUF_COUNT]] * stride
    while p < end:
        seek(result, w, a, holder, p + first, stride - first)
        p += stride
