"""heap.check(): is everything in the heap as it should be? Sentences naming what is not, and where.

    survey of the blocks (check_blocks) -> walk over the objects (check_objects) -> comparison:
      each reference count with the references found · each block in use with its owner ·
      the collector's lists with the objects' heads · weak references with their objects' lists

CPython counterpart: validate_list (Modules/gcmodule.c), Py_REF_DEBUG, PYTHONMALLOC=debug, put together.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.check_blocks import Census, survey
from minipy.memory.check_objects import ROOT_REGISTERS, Graph, find_objects
from minipy.memory.check_weakrefs import check_weakrefs
from minipy.memory.describe import describe, guess
from minipy.memory.gclist import may_be_tracked
from minipy.memory.layout import (
    GC_NEXT,
    GC_PREV,
    GC_REFS,
    GC_REFS_ONE,
    GC_REFS_REACHABLE,
    GENERATION0,
    GENERATION_WORDS,
    HEAP_BASE,
    IMMORTAL,
    OB_REFCNT,
    OB_TYPE,
    PERMANENT,
    TP_GC,
    W_GC_COLLECTING,
    W_HEAP_TOP,
    W_NATIVE_DEPTH,
    WRCB_TO_CALL,
)
from minipy.memory.stack import stack_references
from minipy.memory.statics import INT_STRIDE, LATIN1, LATIN1_STRIDE, SMALL_INT_MAX, SMALL_INT_MIN, SMALL_INTS, T_DICT
from minipy.memory.traverse import referents
from minipy.memory.words import Heap, vec


def check(heap: Heap) -> list[str]:
    """Check the whole heap between two instructions; an empty list: all is well. Changes nothing.

    While native code that called back is active it may own references and blocks that lie in no word: then counts may
    be higher than what is found, and blocks without an owner are no leak.
    """
    return check_machine(heap.words, heap.words[W_NATIVE_DEPTH] == 0)


class Unsound(Exception):
    """Something was found broken while a program runs (check_every, check_allocations, guard); the text says what."""


def check_now(heap: Heap) -> None:
    """Check the heap at a safe point; raises Unsound."""
    refuse(check(heap))


def check_in_native_code(heap: Heap) -> None:
    """Check the heap while native code is at work; raises Unsound."""
    refuse(check_machine(heap.words, False))


def refuse(problems: list[str]) -> None:
    """Raise Unsound with the first problems, if there are any."""
    if problems:
        raise Unsound("; ".join(problems[:3]))


def check_machine(w: vec[i64], exact: bool) -> list[str]:
    """As check; `exact`: no native code holds anything in host variables."""
    census = survey(w)
    if census.problems:
        return census.problems
    tracked = check_lists(census, w)
    if not census.problems:
        graph = Graph(w, census)
        find_objects(graph, tracked)
        check_counts(graph, exact)
        check_heads(graph, set(tracked))
        check_weakrefs(graph)
        if exact:
            for a in sorted(set(census.live) - set(graph.owners)):
                what = f"block {a} of {census.live[a]} words"
                census.problems.append(f"{what} is in use, but nobody owns it{guess(w, a)}")
    return census.problems


def leaks(heap: Heap) -> list[str]:
    """What should not live any more after every root was dropped and a full collection ran.

    Only static types and the table of interned strings may then hold objects; a reference too many shows as a count
    higher than the references found, a lost object as a block nobody owns, a forgotten root by name.
    """
    w = heap.words
    found = check_machine(w, True)
    for at in stack_references(w):
        if w[at] != 0:
            found.append(f"stack word {at} still holds {describe(w, w[at])}")
    for at in ROOT_REGISTERS:
        if w[at] != 0:
            found.append(f"register {at} still holds {describe(w, w[at])}")
    return found


def check_lists(census: Census, w: vec[i64]) -> list[int]:
    """Walk the collector's lists forward, comparing the links back; returns the objects in them."""
    tracked: list[int] = []
    seen: set[int] = set()
    head: i64 = GENERATION0
    while head <= WRCB_TO_CALL:
        a: i64 = w[head + GC_NEXT]
        before: i64 = head
        while a != head:
            if a < HEAP_BASE or a >= w[W_HEAP_TOP] or int(a) in seen:
                census.problems.append(f"list {head}: leads from {before} to {a}, which is no object or twice in it")
                return tracked
            census.expect(w[a + GC_PREV] == before, f"list {head}: gc_prev of {a} is not {before}")
            seen.add(int(a))
            tracked.append(int(a))
            before = a
            a = w[a + GC_NEXT]
        census.expect(w[head + GC_PREV] == before, f"list {head}: gc_prev of its head is not {before}")
        idle: bool = head <= PERMANENT or w[W_GC_COLLECTING] != 0
        census.expect(idle or before == head, f"list {head}: not empty outside a collection")
        head += GENERATION_WORDS
    return tracked


def check_counts(graph: Graph, exact: bool) -> None:
    """Compare each object's ob_refcnt with the references found to it."""
    w = graph.w
    add_statics(graph)
    for a in sorted(graph.counts):
        found = graph.counts[a]
        if a in graph.trash:
            if found != 0:
                graph.census.problems.append(f"{describe(w, a)}: waits for deallocation, but has {found} references")
            continue
        count = int(w[a + OB_REFCNT])
        if a < HEAP_BASE:
            count -= IMMORTAL
        if count < found or (exact and count > found):
            graph.census.problems.append(f"{describe(w, a)}: ob_refcnt counts {count} references, {found} were found")


def add_statics(graph: Graph) -> None:
    """Static numbers and characters nothing refers to should have the count they began with."""
    w = graph.w
    for i in range(SMALL_INT_MAX - SMALL_INT_MIN + 1):
        a = SMALL_INTS + i * INT_STRIDE
        if w[a + OB_REFCNT] != 0:
            graph.counts.setdefault(a, 0)
    for i in range(256):
        a = LATIN1 + i * LATIN1_STRIDE
        if w[a + OB_REFCNT] != 0:
            graph.counts.setdefault(a, 0)


def check_heads(graph: Graph, tracked: set[int]) -> None:
    """An object's gc_next says that it is tracked exactly if a list holds it; outside collections it is REACHABLE."""
    w = graph.w
    problems = graph.census.problems
    for a in sorted(graph.counts):
        if w[w[a + OB_TYPE] + TP_GC] == 0:
            if a in tracked:
                problems.append(f"{describe(w, a)}: in a list of the collector without a head")
            continue
        following = int(w[a + GC_NEXT])
        if following == 0 and w[a + OB_TYPE] == T_DICT and any(may_be_tracked(w, o) for o in referents(w, a)):
            problems.append(f"{describe(w, a)}: holds containers, but is not tracked")
        if (following != 0) != (a in tracked):
            problems.append(f"{describe(w, a)}: gc_next is {following}, but no list holds it")
        state = int(w[a + GC_REFS]) & -GC_REFS_ONE
        if following != 0 and state != GC_REFS_REACHABLE and w[W_GC_COLLECTING] == 0:
            problems.append(f"{describe(w, a)}: gc_refs is {state} outside a collection")
