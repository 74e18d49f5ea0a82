"""Finding every object from the roots, and recomputing every reference count.

    roots: static types · run-time stack · W_... registers · the collector's lists · the trash list
      `--> objects --> their references --> objects ...       counts[a]: references found to a
             `-- own blocks: the object's own, its raw buffers. A block in use that nobody owns is a leak.

Nothing is trusted: an address is looked at only if it is static or a block in use begins there.

CPython counterpart: _PyObject_AssertFailed's callers, validate_list and GC's debug assertions, _Py_PrintReferences.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.check_blocks import Census
from minipy.memory.describe import describe, is_static_type
from minipy.memory.layout import (
    FLOAT_SLOT,
    GC_HEAD_WORDS,
    HEAP_BASE,
    INTERNED_HEADER,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    SMALL_LIMIT,
    STATICS,
    TP_BASICSIZE,
    TP_BUF,
    TP_BUF_COUNT,
    TP_BUF_STRIDE,
    TP_FLAGS,
    TP_GC,
    TP_ITEMSIZE,
    TP_NEXT_TYPE,
    TP_RAW1,
    TP_RAW1_SIZE,
    TP_RAW2,
    TP_RAW2_SIZE,
    TP_SOLID,
    TPFLAGS_READY,
    TPFLAGS_TYPE,
    TYPE_WORDS,
    W_BUILTINS,
    W_EXC_VALUE,
    W_FLOAT_FREE,
    W_FLOAT_SLOTS,
    W_GUARD,
    W_HEAP_TYPES,
    W_INT_FREE,
    W_INTERNED,
    W_MODULES,
    W_PENDING,
    W_RESULT,
    W_ROOTS,
    W_ROOTS_END,
    W_TRASH,
)
from minipy.memory.layout_modules import WR_PREVIOUS
from minipy.memory.stack import stack_references
from minipy.memory.statics import FIRST_TYPE, STATICS_END, T_FLOAT, T_INT, TYPE_COUNT
from minipy.memory.traverse import referents
from minipy.memory.words import vec

ROOT_REGISTERS: Final = (
    W_EXC_VALUE,
    W_PENDING,
    W_BUILTINS,
    W_MODULES,
    W_RESULT,
    *range(W_ROOTS, W_ROOTS_END),
)
"""The registers that own references."""


class Graph:
    """The objects found so far, the references found to each, and the blocks they own."""

    w: vec[i64]
    census: Census
    counts: dict[int, int]
    waiting: list[int]
    trash: set[int]
    owners: dict[int, int]
    slots: set[int]

    def __init__(self, w: vec[i64], census: Census) -> None:
        self.w = w
        self.census = census
        self.counts = {}
        self.waiting = []
        self.trash = set()
        self.owners = {}
        self.slots = set()

    def add(self, a: int, references: int, where: str, owner: int = 0) -> None:
        """Note an object and the references to it found there, or in an owner; a new one waits to be walked."""
        if a in self.counts:
            self.counts[a] += references
        elif is_object(self, a):
            self.counts[a] = references
            self.waiting.append(a)
        else:
            self.census.problems.append(f"{self.name(owner, where)}: {a} is no object")

    def own(self, a: int, n: int, owner: int, where: str) -> None:
        """Note that the block at `a`, allocated with `n` words, belongs to an object or, 0, to what is named."""
        have = self.census.live.get(a, 0)
        if have == 0:
            self.census.problems.append(f"{self.name(owner, where)}: {a} is no block in use")
        elif a in self.owners:
            other = self.name(self.owners[a], "a list")
            self.census.problems.append(f"{self.name(owner, where)}: block {a} belongs to {other}, too")
        elif not fits(self.w, n, have):
            self.census.problems.append(f"{self.name(owner, where)}: block {a} has {have} words, not the {n} it should")
        self.owners[a] = owner

    def name(self, owner: int, where: str) -> str:
        """What to call an owner: the object, or without one (0) what is given."""
        return describe(self.w, owner) if owner != 0 else where


def fits(w: vec[i64], n: int, have: int) -> bool:
    """Whether a block of `have` words is what an owner of `n` words should have."""
    if w[W_GUARD] != 0:
        return n == have
    return (n + 1) // 2 * 2 == have if n <= SMALL_LIMIT else n <= have


def is_object(graph: Graph, a: int) -> bool:
    """Whether an object may begin at `a`: it is static or in a block in use, and its type is a type."""
    w = graph.w
    live = graph.census.live
    if a < HEAP_BASE:
        return is_static_type(a) or (STATICS <= a < STATICS_END and is_static_type(int(w[a + OB_TYPE])))
    if a + OB_TYPE >= len(w):
        return False
    t = int(w[a + OB_TYPE])
    if not is_static_type(t):
        if t - GC_HEAD_WORDS not in live or not is_static_type(metatype(graph, t)):
            return False
    return a - int(w[t + TP_GC]) in live


def metatype(graph: Graph, t: int) -> int:
    """The built-in type that the heap type's type, or that one's type, and so on, is; 0: it is no type."""
    w = graph.w
    while t - GC_HEAD_WORDS in graph.census.live:
        t = int(w[t + OB_TYPE])
    return t if is_static_type(t) and w[t + TP_FLAGS] & TPFLAGS_TYPE != 0 else 0


# ---------------------------------------------------------------- roots
def find_objects(graph: Graph, tracked: list[int]) -> None:
    """Walk everything that can be reached; `tracked` are the objects in the collector's lists."""
    add_roots(graph)
    for a in tracked:
        graph.add(a, 0, "a list of the collector")
    add_trash(graph)
    while graph.waiting:
        walk(graph, graph.waiting.pop())
    own_free_list(graph, W_INT_FREE, T_INT, "int free list")
    own_free_list(graph, W_FLOAT_FREE, T_FLOAT, "float free list")
    table = int(graph.w[W_INTERNED])
    if table != 0:
        own_interned(graph, table)
    check_heap_types(graph)


def add_roots(graph: Graph) -> None:
    """Static types, the run-time stack, registers that own references."""
    w = graph.w
    t = FIRST_TYPE
    while t < FIRST_TYPE + TYPE_COUNT * TYPE_WORDS:
        if w[t + TP_FLAGS] & TPFLAGS_READY != 0:
            graph.add(t, 0, "static types")
        t += TYPE_WORDS
    for at in stack_references(w):
        if w[at] != 0:
            graph.add(int(w[at]), 1, f"stack word {at}")
    for at in ROOT_REGISTERS:
        if w[at] != 0:
            graph.add(int(w[at]), 1, f"register {at}")


def add_trash(graph: Graph) -> None:
    """Objects waiting for deallocation still own what they refer to; their ob_refcnt is a link (memory/refcount.py)."""
    w = graph.w
    a = int(w[W_TRASH])
    while a != 0 and a not in graph.trash:
        graph.add(a, 0, "trash list")
        if a not in graph.counts:
            return
        if w[a + OB_REFCNT] > 0:
            graph.counts[a] += 1
            a = -1 - int(w[a + WR_PREVIOUS])
        else:
            graph.trash.add(a)
            a = -int(w[a + OB_REFCNT])


# ---------------------------------------------------------------- objects
def walk(graph: Graph, a: int) -> None:
    """Note the references of an object and the blocks it owns."""
    w = graph.w
    t = int(w[a + OB_TYPE])
    if a >= HEAP_BASE:
        known = len(graph.census.problems)
        own_blocks(graph, a, t)
        if len(graph.census.problems) > known:
            return
    if w[t + TP_SOLID] == T_FLOAT and w[a + FLOAT_SLOT] != 0:
        own_slot(graph, a)
    for child in referents(w, a):
        graph.add(child, 1, "", a)


def own_blocks(graph: Graph, a: int, t: int) -> None:
    """Note the object's own block and its raw buffers."""
    w = graph.w
    n = int(w[t + TP_BASICSIZE])
    if w[t + TP_ITEMSIZE] != 0:
        n += int(w[a + OB_SIZE])
    head = int(w[t + TP_GC])
    graph.own(a - head, n + head, a, "")
    for pointer, size in ((TP_RAW1, TP_RAW1_SIZE), (TP_RAW2, TP_RAW2_SIZE)):
        at = int(w[t + pointer])
        if at != 0 and w[a + at] != 0:
            graph.own(int(w[a + at]), int(w[a + w[t + size]]), a, "")
    at = int(w[t + TP_BUF])
    if at != 0 and w[a + at] != 0:
        used = int(w[a + w[t + TP_BUF_COUNT]] * w[t + TP_BUF_STRIDE])
        have = graph.census.live.get(int(w[a + at]), 0)
        if used > have:
            graph.census.problems.append(f"{describe(w, a)}: {used} words used of a buffer of {have}")


def own_slot(graph: Graph, a: int) -> None:
    """Note a float's slot of the float lane."""
    slot = int(graph.w[a + FLOAT_SLOT])
    if slot <= 0 or slot >= int(graph.w[W_FLOAT_SLOTS]) or slot in graph.slots:
        graph.census.problems.append(f"float {a}: slot {slot} of the float lane is not its own")
    graph.slots.add(slot)


def own_free_list(graph: Graph, register: int, t: int, name: str) -> None:
    """Note the blocks of the list of ints or floats kept ready."""
    w = graph.w
    a = int(w[register])
    while a != 0:
        if a in graph.owners or a not in graph.census.live:
            graph.census.problems.append(f"{name}: {a} is in it, but is no block of its own")
            return
        graph.own(a, 3, 0, name)
        graph.census.expect(int(w[a + OB_TYPE]) == t, f"{name}: block {a} lost its type")
        if t == T_FLOAT:
            own_slot(graph, a)
        a = int(w[a])


def check_heap_types(graph: Graph) -> None:
    """The list of all heap types is borrowed: each must be alive."""
    seen: set[int] = set()
    t = int(graph.w[W_HEAP_TYPES])
    while t != 0 and t not in seen:
        seen.add(t)
        if t not in graph.counts:
            graph.census.problems.append(f"list of heap types: {t} is dead")
            return
        t = int(graph.w[t + TP_NEXT_TYPE])


def own_interned(graph: Graph, table: int) -> None:
    """The table of interned strings owns its block; its references are not counted, but must be alive."""
    w = graph.w
    slots = int(w[table])
    graph.own(table, INTERNED_HEADER + slots, 0, "table of interned strings")
    for i in range(slots if table in graph.census.live else 0):
        a = int(w[table + INTERNED_HEADER + i])
        dead = a >= HEAP_BASE and a not in graph.census.live
        graph.census.expect(not dead, f"table of interned strings: {a} is dead")
