"""Every reference to an object, by where it is; and why an object is alive.

CPython counterpart: gc.get_referrers; objgraph's find_backref_chain.
"""

from __future__ import annotations

from typing import NamedTuple

from minipy.memory.census import Found, referrers, search, waits_for
from minipy.memory.check_objects import ROOT_REGISTERS
from minipy.memory.layout import IMMORTAL, OB_REFCNT, OB_TYPE, TP_FLAGS, TPFLAGS_HEAPTYPE
from minipy.memory.stack import stack_references
from minipy.memory.statics import STATICS_END
from minipy.memory.traverse import reference_words
from minipy.memory.words import Heap
from minipy.tools.places import Places

MOST = 20


class References(NamedTuple):
    """The references to an object: its count, how many were found, the first MOST places, those of minipy's own.

    `refcount` of a static object is how far it is above the one it began with.
    """

    refcount: int
    found: int
    places: list[str]


class Path(NamedTuple):
    """Why an object is alive: the place of each reference from a root on, with the object there (its address).

    `generation`: of garbage, the generation whose collection it waits for; then `steps` is empty. None: alive.
    """

    steps: list[tuple[str, int]]
    generation: int | None


def references(heap: Heap, found: Found, a: int) -> References:
    """All references to the object at `a`."""
    w = heap.words
    roots = [at for at in (*stack_references(w), *ROOT_REGISTERS) if w[at] == a]
    inside = referrers(found, a, MOST)
    places = Places(heap)
    pairs = zip(inside.pairs[::2], inside.pairs[1::2], strict=True)
    named = [places.name(0, at) for at in roots] + [places.name(holder, at) for holder, at in pairs]
    count = int(w[a + OB_REFCNT]) - (IMMORTAL if a < STATICS_END else 0)
    return References(count, len(roots) + inside.total, named[:MOST])


def path_to(heap: Heap, a: int) -> Path:
    """The shortest path from a root to the object at `a`."""
    found = search(heap, a)
    i = int(found.index(a))
    chain = [i]
    while found.parents[i] >= 0:
        i = int(found.parents[i])
        chain.insert(0, i)
    objects = [int(found.objects[i]) for i in chain]
    if chain[0] >= found.reachable:
        return Path([], int(waits_for(heap, a)))
    places = Places(heap)
    root = -int(found.parents[chain[0]])
    steps = [(places.name(0, root) if root > 1 else "a built-in type (minipy's own)", objects[0])]
    for holder, to in zip(objects, objects[1:], strict=False):
        steps.append((places.name(holder, word_of(heap, holder, to)), to))
    return Path(steps, None)


def word_of(heap: Heap, holder: int, to: int) -> int:
    """The address of the first word by which an object refers to another."""
    w = heap.words
    for at in reference_words(w, holder):
        if w[at] == to:
            return at
    assert w[w[holder + OB_TYPE] + TP_FLAGS] & TPFLAGS_HEAPTYPE
    return holder + OB_TYPE
