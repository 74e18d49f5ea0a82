"""`minipy heap`: a program's collections, its stack and its heap, at a line or at the end, as text or as data.

    the program runs, watched (tools/watch.py) --> at LINE, before it is executed for the first time, or at the end:
                                                   the account, or a snapshot of the heap (tools/snapshot.py)

CPython counterpart: none; tracemalloc and gc.get_objects show parts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minipy.memory.layout import CO_FILENAME, FUNC_CODE, W_BASE, WORD_BYTES
from minipy.memory.words import Heap
from minipy.objects.unicodeobject import host_str
from minipy.tools import heapview, stackview
from minipy.tools.stackview import Record
from minipy.tools.values import preview, type_name
from minipy.vm.host import Observer


class LineReached(Exception):
    """The program has come to the line that was asked for; this ends it."""


class AtLine(Observer):
    """Waits for a line of the program's own file; there `act` looks at the heap, and the program ends."""

    def __init__(self, heap: Heap, filename: str, line: int, act: Callable[[], None]) -> None:
        super().__init__()
        self.heap = heap
        self.filename = filename
        self.awaited = line
        self.act = act

    def line(self, number: int) -> None:
        """A line starts, in whichever file."""
        w = self.heap.words
        if number == self.awaited:
            code = w[w[w[W_BASE] - 1] + FUNC_CODE]
            if host_str(self.heap, w[code + CO_FILENAME]) == self.filename:
                self.act()
                raise LineReached


# ---------------------------------------------------------------- as data
def account(heap: Heap) -> dict[str, Any]:
    """The stack and the heap as `minipy heap --json` writes them: sizes in bytes, addresses as id() shows them."""
    return {
        "stack": [record_data(heap, record) for record in stackview.stack(heap)],
        "types": [{"type": row.name, "objects": row.objects, "bytes": row.size} for row in heapview.types(heap)],
        "space": space_data(heap),
        "generations": [generation_data(row) for row in heapview.generations(heap)],
    }


def record_data(heap: Heap, record: Record) -> dict[str, Any]:
    """One activation record."""
    return {
        "address": record.base * WORD_BYTES,
        "function": record.function,
        "line": record.line,
        "variables": [{"name": name, **object_data(heap, a)} for name, a in record.variables],
        "operands": [object_data(heap, a) if a else None for a in record.operands],
    }


def object_data(heap: Heap, a: int) -> dict[str, Any]:
    """An object that something refers to."""
    return {"address": a * WORD_BYTES, "type": type_name(heap, a), "value": preview(heap, a)}


def space_data(heap: Heap) -> dict[str, Any]:
    """How the allocator has divided the heap."""
    space = heapview.space(heap)
    return {
        "bytes": space.size,
        "free_bytes": space.free_size,
        "arenas": space.arenas,
        "pools": space.pools,
        "unused_pools": space.free_pools,
        "large_blocks": space.large,
        "large_bytes": space.large_size,
        "size_classes": [
            {"block_bytes": row.block, "pools": row.pools, "used": row.used, "free": row.free} for row in space.classes
        ],
    }


def generation_data(row: heapview.Generation) -> dict[str, Any]:
    """One generation of the collector."""
    return {
        "generation": row.number,
        "objects": row.objects,
        "count": row.counter,
        "threshold": row.threshold,
        "collections": row.done.collections,
        "collected": row.done.collected,
    }
