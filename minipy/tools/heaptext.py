"""Text of what heapview and stackview found, as lines."""

from __future__ import annotations

from collections.abc import Sequence

from minipy.memory.layout import IMMORTAL
from minipy.memory.words import Heap
from minipy.tools import heapview, stackview
from minipy.tools.values import address_text, labelled, preview

MOST_ROWS = 20
MOST_RECORDS = 8


def table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Rows under their headers: the first column to the left, the others, numbers, to the right."""
    cells = [list(headers), *([f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(headers))]
    lines = []
    for row in cells:
        padded = [row[0].ljust(widths[0]), *(row[i].rjust(widths[i]) for i in range(1, len(row)))]
        lines.append("  " + "  ".join(padded).rstrip())
    return lines


def heap_text(heap: Heap) -> list[str]:
    """The whole heap: types, pools, generations."""
    return [*types_text(heap), "", *space_text(heap), "", *generations_text(heap)]


def types_text(heap: Heap) -> list[str]:
    """Live objects by type."""
    rows = heapview.types(heap)
    shown = rows[:MOST_ROWS]
    if len(rows) > MOST_ROWS:
        rest = rows[MOST_ROWS:]
        shown.append(heapview.TypeRow("others", sum(row.objects for row in rest), sum(row.size for row in rest)))
    total = sum(row.objects for row in rows), sum(row.size for row in rows)
    return ["Live objects", *table(("type", "objects", "bytes"), [*shown, ("all", *total)])]


def space_text(heap: Heap) -> list[str]:
    """Arenas, pools by size class, large blocks."""
    space = heapview.space(heap)
    unused = f"{space.free_pools} pools unused"
    large = f"{space.large} large blocks ({space.large_size:,} bytes)"
    head = f"Heap of {space.size:,} bytes: {space.arenas} arenas, {unused}; {large}; {space.free_size:,} bytes free"
    rows = [(f"{row.block} bytes", row.pools, row.used, row.free) for row in space.classes]
    return [head, *table(("blocks of", "pools", "in use", "free"), rows)]


def generations_text(heap: Heap) -> list[str]:
    """The collector's generations."""
    headers = ("generation", "objects", "count", "threshold", "collections", "collected")
    rows = [(str(row.number), *row[1:4], *row.done) for row in heapview.generations(heap)]
    return ["Collector", *table(headers, rows)]


def object_text(heap: Heap, a: int) -> list[str]:
    """One object and what it refers to."""
    shown = heapview.describe(heap, a)
    generation = "not tracked" if shown.generation is None else str(shown.generation)
    lines = [
        f"  object          {preview(heap, a)}",
        f"  type            {shown.type_name}",
        f"  address         {address_text(a)}",
        f"  reference count {count_text(shown.refcount)}",
        f"  generation      {generation}",
        f"  size            {shown.size} bytes",
    ]
    references = [f"    {labelled(heap, to)}" for to in shown.references]
    if len(references) > MOST_ROWS:
        references[MOST_ROWS:] = [f"    ... and {len(references) - MOST_ROWS} more"]
    return [*lines, "  refers to", *(references or ["    nothing"])]


def count_text(count: int) -> str:
    """A reference count; of a static object, how far it is above the one it began with."""
    return str(count) if count < IMMORTAL // 2 else f"{count - IMMORTAL} above that of an immortal object"


def stack_text(heap: Heap) -> list[str]:
    """The run-time stack, innermost record first."""
    records = stackview.stack(heap)
    if not records:
        return ["Run-time stack: empty, nothing is running"]
    lines = ["Run-time stack, the innermost record first"]
    left_out = range(MOST_RECORDS - 2, len(records) - 2) if len(records) > MOST_RECORDS else range(0)
    for number, record in enumerate(records):
        if number not in left_out:
            lines += record_text(heap, record)
        elif number == left_out.start:
            lines.append(f"  ... {len(left_out)} more records ...")
    return lines


def record_text(heap: Heap, record: stackview.Record) -> list[str]:
    """One activation record."""
    lines = [f"  {record.function}, line {record.line}, at {address_text(record.base)}"]
    lines += [f"    {name:12} {labelled(heap, a)}" for name, a in record.variables]
    return lines + [f"    operand      {labelled(heap, a)}" for a in record.operands]
