"""The objects of the heap as nodes with named edges, from the roots down: what tools/snapshot.py writes.

A key stands for a node: an object's address, or the name of a made-up node such as "(GC roots)". `edges` gives what a
key refers to. Everything is read through the layout descriptors; a few types, known by their solid base, get better
names for their edges: dicts and instances by key, sequences by number.

CPython counterpart: none; V8Explorer in V8's src/profiler/heap-snapshot-generator.cc.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from minipy.memory.check import check_lists
from minipy.memory.check_blocks import survey
from minipy.memory.check_objects import ROOT_REGISTERS, find_objects
from minipy.memory.check_objects import Graph as Walk
from minipy.memory.layout import (
    CO_QUALNAME,
    FRAME_HEADER,
    FRAME_NAMES,
    FUNC_QUALNAME,
    HEAP_BASE,
    INT_VALUE,
    INTERNED_HEADER,
    NATIVE_NAME,
    OB_TYPE,
    TP_BUF,
    TP_BUF_COUNT,
    TP_BUF_STRIDE,
    TP_FLAGS,
    TP_KEYS,
    TP_SOLID,
    TP_VALUES,
    TPFLAGS_HEAPTYPE,
    TPFLAGS_READY,
    TUPLE_ITEMS,
    TYPE_WORDS,
    W_INTERNED,
)
from minipy.memory.layout_modules import WR_OBJECT
from minipy.memory.stack import record_header, stack_references
from minipy.memory.statics import (
    ELLIPSIS,
    FALSE,
    FIRST_TYPE,
    NONE,
    NOT_IMPLEMENTED_OBJECT,
    T_BIGINT,
    T_BUILTIN,
    T_CALLABLE_PROXY,
    T_CODE,
    T_DICT,
    T_FLOAT,
    T_FUNCTION,
    T_INT,
    T_STR,
    T_TUPLE,
    T_WEAKPROXY,
    T_WEAKREF,
    TRUE,
    TYPE_COUNT,
)
from minipy.memory.traverse import reference_words
from minipy.memory.words import Heap
from minipy.objects.dicttable import ENTRY_KEY
from minipy.objects.unicodeobject import host_str
from minipy.tools.heapview import object_size
from minipy.tools.lookup import items
from minipy.tools.stackview import Record, stack
from minipy.tools.values import preview, type_name
from minipy.tools.wordnames import register_name, word_name
from minipy.vm.names import local_name

Key = int | str
ROOT: Final = "(root)"
GC_ROOTS: Final = "(GC roots)"
STACK: Final = "(run-time stack)"
REGISTERS: Final = "(registers)"
INTERNED: Final = "(interned strings)"
STATIC: Final = "(static objects)"
GARBAGE: Final = "(cyclic garbage)"
SINGLETONS: Final = (NONE, TRUE, FALSE, ELLIPSIS, NOT_IMPLEMENTED_OBJECT)
WEAK: Final = (T_WEAKREF, T_WEAKPROXY, T_CALLABLE_PROXY)
NAMED: Final = {
    T_FUNCTION: ("closure", FUNC_QUALNAME),
    T_BUILTIN: ("closure", NATIVE_NAME),
    T_CODE: ("code", CO_QUALNAME),
}
"""Types whose objects say their name: what DevTools takes them for, and where it stands."""
VALUES: Final = {T_STR: "string", T_INT: "number", T_FLOAT: "number", T_BIGINT: "bigint"}
"""Types whose objects are shown by their value."""


class Edge(NamedTuple):
    """A reference: its kind for DevTools, its name or index, and the node it leads to."""

    type: str
    name: str | int
    to: Key


class HeapGraph:
    """The graph of one heap, as it is now."""

    def __init__(self, heap: Heap) -> None:
        self.heap = heap
        self.garbage = unreachable(heap)
        self.records = {f"{r.function}, line {r.line} at {r.base}": r for r in stack(heap)}
        self.attributes: dict[int, dict[int, str]] = {}
        self.made_up = {
            ROOT: self.root, GC_ROOTS: self.gc_roots, STACK: self.stack, STATIC: self.statics,
            REGISTERS: self.registers, INTERNED: self.interned, GARBAGE: self.cyclic_garbage,
        }  # fmt: skip

    # ------------------------------------------------------------ nodes
    def kind(self, key: Key) -> tuple[str, str]:
        """What DevTools takes a node for, and its name."""
        if isinstance(key, str):
            return "synthetic", key
        w = self.heap.words
        t = int(w[key + OB_TYPE])
        if w[t + TP_SOLID] == T_STR:
            return "string", host_str(self.heap, key)
        if t in VALUES:
            return VALUES[t], preview(self.heap, key)
        if t in NAMED:
            kind, offset = NAMED[t]
            return kind, host_str(self.heap, w[key + offset])
        return "object", type_name(self.heap, key)

    def size(self, key: Key) -> int:
        """Bytes of an object and its buffers."""
        return 0 if isinstance(key, str) else object_size(self.heap, key)

    # ------------------------------------------------------------ edges of what is made up
    def edges(self, key: Key) -> Iterator[Edge]:
        """What a node refers to."""
        if isinstance(key, int):
            return self.object_edges(key)
        return self.record(self.records[key]) if key in self.records else self.made_up[key]()

    def root(self) -> Iterator[Edge]:
        """The roots, and the garbage, which none of them reaches."""
        yield Edge("element", 1, GC_ROOTS)
        yield Edge("element", 2, GARBAGE)

    def gc_roots(self) -> Iterator[Edge]:
        """The kinds of roots."""
        for i, key in enumerate((STACK, REGISTERS, STATIC, INTERNED), 1):
            yield Edge("element", i, key)

    def stack(self) -> Iterator[Edge]:
        """The records, and the words of the stack that belong to none (native code has pushed them)."""
        covered: set[int] = set()
        for i, (key, record) in enumerate(self.records.items()):
            covered.update(range(record.base - 1, record.top))
            yield Edge("element", i, key)
        w = self.heap.words
        for at in stack_references(w):
            if at not in covered and w[at]:
                yield Edge("internal", f"stack word {at}", int(w[at]))

    def record(self, record: Record) -> Iterator[Edge]:
        """The function, the locals by name, the operands by their depth."""
        w = self.heap.words
        yield Edge("internal", "function", int(w[record.base - 1]))
        header = int(record_header(w, record.base))
        for i in range(header - record.base):
            if w[record.base + i]:
                name = host_str(self.heap, local_name(w, record.base, i))
                yield Edge("context", name, int(w[record.base + i]))
        if w[header + FRAME_NAMES]:
            yield Edge("internal", "names", int(w[header + FRAME_NAMES]))
        for i, at in enumerate(range(header + FRAME_HEADER, record.top)):
            if w[at]:
                yield Edge("element", i, int(w[at]))

    def registers(self) -> Iterator[Edge]:
        """The registers that own references."""
        w = self.heap.words
        return (Edge("internal", register_name(at), int(w[at])) for at in ROOT_REGISTERS if w[at])

    def statics(self) -> Iterator[Edge]:
        """The built-in types and the singletons; small ints and letters only where something refers to them."""
        w = self.heap.words
        types = range(FIRST_TYPE, FIRST_TYPE + TYPE_COUNT * TYPE_WORDS, TYPE_WORDS)
        ready = [t for t in types if w[t + TP_FLAGS] & TPFLAGS_READY]
        return (Edge("element", i, a) for i, a in enumerate((*SINGLETONS, *ready)))

    def interned(self) -> Iterator[Edge]:
        """The table does not keep its strings alive."""
        w = self.heap.words
        table = int(w[W_INTERNED])
        slots = range(table + INTERNED_HEADER, table + INTERNED_HEADER + int(w[table])) if table else ()
        return (Edge("weak", host_str(self.heap, w[at]), int(w[at])) for at in slots if w[at] >= HEAP_BASE)

    def cyclic_garbage(self) -> Iterator[Edge]:
        """What a collection would find."""
        return (Edge("element", i, a) for i, a in enumerate(self.garbage))

    # ------------------------------------------------------------ edges of objects
    def object_edges(self, a: int) -> Iterator[Edge]:
        """The references of an object, its type's if it owns one, and, weak, a weak reference's object."""
        w = self.heap.words
        t = int(w[a + OB_TYPE])
        if w[t + TP_FLAGS] & TPFLAGS_HEAPTYPE:
            yield Edge("internal", "ob_type", t)
        for at in reference_words(w, a):
            if w[at]:
                yield Edge(*self.label(a, t, at), int(w[at]))
        if w[t + TP_SOLID] in WEAK and w[a + WR_OBJECT]:
            yield Edge("weak", "object", int(w[a + WR_OBJECT]))

    def label(self, a: int, t: int, at: int) -> tuple[str, str | int]:
        """What kind of edge the reference at the address `at` of an object is, and its name."""
        w = self.heap.words
        solid = int(w[t + TP_SOLID])
        buffer = int(w[t + TP_BUF])
        first = int(w[a + buffer]) if buffer else 0
        if not first or not 0 <= at - first < w[a + w[t + TP_BUF_COUNT]] * w[t + TP_BUF_STRIDE]:
            if solid == T_TUPLE and at >= a + TUPLE_ITEMS:
                return "element", at - a - TUPLE_ITEMS
            return "internal", word_name(self.heap, a, at) or f"word {at - a}"
        number, part = divmod(at - first, int(w[t + TP_BUF_STRIDE]))
        if solid == T_DICT:
            return ("internal", f"key {number}") if part == ENTRY_KEY else ("property", self.text(int(w[at - 1])))
        if w[t + TP_VALUES] == buffer:
            return "property", self.names(t).get(number, f"attribute {number}")
        return "element", number

    def text(self, key: int) -> str:
        """A dict's key as the name of an edge."""
        is_text = self.heap.words[key + OB_TYPE] == T_STR
        return host_str(self.heap, key) if is_text else preview(self.heap, key)

    def names(self, t: int) -> dict[int, str]:
        """The attributes of a class's instances by their index among the inline values."""
        if t not in self.attributes:
            w = self.heap.words
            entries = items(self.heap, int(w[t + TP_KEYS])) if w[t + TP_KEYS] else ()
            self.attributes[t] = {int(w[value + INT_VALUE]): host_str(self.heap, key) for key, value in entries}
        return self.attributes[t]


def unreachable(heap: Heap) -> list[int]:
    """The objects that no root reaches, by their addresses."""
    w = heap.words
    reached = Walk(w, survey(w))
    find_objects(reached, [])
    census = survey(w)
    every = Walk(w, census)
    find_objects(every, check_lists(census, w))
    return sorted(a for a in every.counts if a not in reached.counts)
