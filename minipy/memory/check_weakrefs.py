"""The part of heap.check() about weak references: each object's list and what is in it agree.

CPython counterpart: none.
"""

from __future__ import annotations

from minipy.memory.check_objects import Graph
from minipy.memory.describe import describe
from minipy.memory.layout import OB_TYPE, TP_WEAKLIST
from minipy.memory.layout_modules import WR_NEXT, WR_OBJECT, WR_PREVIOUS
from minipy.memory.weaklist import is_weakref


def check_weakrefs(graph: Graph) -> None:
    """Every weak reference to an object is in that object's list, once, and nothing else is; links lead both ways."""
    w = graph.w
    listed: set[int] = set()
    for a in graph.counts:
        offset = int(w[w[a + OB_TYPE] + TP_WEAKLIST])
        if offset != 0 and w[a + offset] != 0:
            check_list(graph, a, int(w[a + offset]), listed)
    for a in graph.counts:
        if is_weakref(w, a) and w[a + WR_OBJECT] != 0 and a not in listed:
            what = f"refers to {w[a + WR_OBJECT]}, whose list does not have it"
            graph.census.problems.append(f"{describe(w, a)}: {what}")


def check_list(graph: Graph, o: int, r: int, listed: set[int]) -> None:
    """Walk the list of the object `o` that begins with `r`; note what is in it."""
    w = graph.w
    before = 0
    while r != 0:
        where = f"weak references to {describe(w, o)}"
        if r not in graph.counts or not is_weakref(w, r) or r in listed:
            graph.census.problems.append(f"{where}: {r} is none, or twice in a list")
            return
        graph.census.expect(w[r + WR_OBJECT] == o, f"{where}: {describe(w, r)} refers to {w[r + WR_OBJECT]}")
        graph.census.expect(w[r + WR_PREVIOUS] == before, f"{where}: what is before {describe(w, r)} is not {before}")
        listed.add(r)
        before = r
        r = int(w[r + WR_NEXT])
