"""The commands that look into the heap: `:heap`, `:refs`, `:why`, `:stack`. They read words and change none.

CPython counterpart: none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from minipy.memory.census import Found, census, of_types
from minipy.memory.layout import HEAP_BASE, IMMORTAL, TP_CLASS
from minipy.memory.words import Heap
from minipy.tools import heapmap, heaptext, heapview, lookup, naming, objecttext, refs
from minipy.tools.places import Places
from minipy.tools.screen import Line
from minipy.tools.values import counted, labelled, labelled_short, natural

if TYPE_CHECKING:
    from minipy.tools.repl import Repl

MOST_OBJECTS = 20
HEAP_ROWS = 6
"""So many types that `:heap` fits on a screen of 24 lines."""


def show_heap(repl: Repl, argument: str) -> Iterable[Line]:
    """The whole heap, its map, the objects of a type, or one object."""
    heap = repl.heap
    found = census(heap)
    if not argument:
        return heap_summary(repl, found)
    word, _, rest = argument.partition(" ")
    if word == "map":
        return heap_map(heap, found, rest.strip(), repl.screen.width)
    types = [] if argument[:1].isdecimal() else types_named(heap, argument)
    if types:
        return objects_text(heap, found, argument, types)
    a, fault = naming.object_at(found, heap, argument)
    return objecttext.object_text(heap, found, a, repl.allocated(a), repl.screen.width) if a else [fault]


def heap_summary(repl: Repl, found: Found) -> list[Line]:
    """One screen; the figures are kept, to show the change to the next one."""
    live = heapview.live(repl.heap, found)
    before, repl.before = repl.before or live, live
    return [
        *heaptext.live_text(live, before, HEAP_ROWS),
        *heaptext.summary_text(repl.heap, live),
        *heaptext.generations_text(repl.heap),
    ]


def heap_map(heap: Heap, found: Found, argument: str, width: int) -> Iterable[Line]:
    """All arenas, or one by its number."""
    if not argument:
        return heapmap.arenas_text(heap, found, width)
    arenas = heapview.space(heap).arenas
    number = natural(argument)
    if number is None or number >= arenas:
        return [f"an arena is a number from 0 to {arenas - 1}"]
    return heapmap.arena_text(heap, found, number, width)


def types_named(heap: Heap, name: str) -> list[int]:
    """The types whose name this is: the class the name is bound to, or the built-in types called so."""
    places = Places(heap)
    bound = lookup.global_object(heap, name)
    return [
        t for t in places.types()
        if int(heap.words[t + TP_CLASS]) == bound or (not bound and heapview.name_of_type(heap, t) == name)
    ]  # fmt: skip


def objects_text(heap: Heap, found: Found, name: str, types: list[int]) -> list[str]:
    """The objects of a type."""
    first = of_types(found, types, MOST_OBJECTS)
    rows = [row for row in heapview.live(heap, found).rows if row.name == heapview.name_of_type(heap, types[0])]
    n = rows[0].objects if rows else 0
    lines = [f"{counted(n, 'object')} of type {name} in the heap" + (f", {rows[0].size:,} bytes" if rows else "")]
    lines += [f"  {labelled(heap, a):58} {counted_text(heap, a)}" for a in first]
    return [*lines, f"  ... and {n - len(first):,} more"] if n > len(first) else lines


def counted_text(heap: Heap, a: int) -> str:
    """An object's count, with its noun."""
    n = int(heap.words[a])
    return counted(n, "reference") if n < IMMORTAL // 2 else f"{heaptext.count_text(n)} references"


def on_object(show: Callable[[Heap, Found, int], list[str]]) -> Callable[[Repl, str], list[str]]:
    """A command on an object that its argument names."""

    def act(repl: Repl, argument: str) -> list[str]:
        found = census(repl.heap)
        a, fault = naming.object_at(found, repl.heap, argument)
        return show(repl.heap, found, a) if a else [fault]

    return act


def references_text(heap: Heap, found: Found, a: int) -> list[str]:
    """Where the references to an object are."""
    links = refs.references(heap, found, a)
    static = a < HEAP_BASE or heap.words[a] >= IMMORTAL // 2
    count = f"{links.refcount:,}" + (" above the one it began with, for it is immortal" if static else "")
    lines = [f"{labelled_short(heap, a)}: its count is {count}; references found: {links.found:,}"]
    if links.found != links.refcount:
        lines.append(f"  {links.refcount - links.found:+,} are minipy's own: code that runs now holds or owes them")
    lines += [f"  {place}" for place in links.places]
    more = links.found - len(links.places)
    return [*lines, f"  ... and {more:,} more"] if more > 0 else lines


def path_text(heap: Heap, found: Found, a: int) -> list[str]:
    """Why an object is alive."""
    path = refs.path_to(heap, a)
    if path.generation is not None:
        frozen = path.generation >= heapview.GENERATIONS
        event = "gc.unfreeze()" if frozen else f"a collection of generation {path.generation}"
        return [f"{labelled_short(heap, a)}: unreachable, waits for {event}"]
    lines = [f"{labelled_short(heap, a)} is alive: the shortest path from a root is"]
    for place, to in path.steps:
        lines += [f"  {place}", f"    -> {labelled(heap, to)}"]
    return lines


def show_stack(repl: Repl, argument: str) -> list[str]:
    """The activation records; after an exception, those it passed."""
    return repl.post_mortem.text() or heaptext.stack_text(repl.heap)


show_refs = on_object(references_text)
show_why = on_object(path_text)
