"""Text of what heapview and stackview found, as lines."""

from __future__ import annotations

from collections.abc import Sequence

from minipy.memory.census import census
from minipy.memory.layout import HEAP_BASE, IMMORTAL, STACK_BASE, W_GC_ENABLED, WORD_BYTES
from minipy.memory.words import Heap
from minipy.tools import heapview, stackview
from minipy.tools.values import address_text, counted, labelled

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
    return live_text(heapview.live(heap, census(heap)), None, MOST_ROWS)


def live_text(live: heapview.Live, before: heapview.Live | None, most: int) -> list[str]:
    """Live objects by type, `most` rows at most; beside them how many more or fewer there were `before`."""
    ordered = live.rows if before is None else most_changed(live, before)
    rows = ordered[:most]
    if len(ordered) > most:
        rest = ordered[most:]
        rows.append(heapview.TypeRow("others", sum(row.objects for row in rest), sum(row.size for row in rest)))
    rows.append(heapview.TypeRow("all", sum(row.objects for row in live.rows), sum(row.size for row in live.rows)))
    cells: list[tuple[object, ...]] = [row[:3] for row in rows]
    headers = ["type", "objects", "bytes"]
    if before is not None:
        headers += ["change", "in bytes"]
        cells = [(*row, *change) for row, change in zip(cells, changes(rows, live, before), strict=True)]
    waiting = f"; {live.garbage:,} unreachable, waiting for the collector" if live.garbage else ""
    return [f"Live objects{waiting}", *table(headers, cells)]


def most_changed(live: heapview.Live, before: heapview.Live) -> list[heapview.TypeRow]:
    """The rows, those first whose size changed most; types of which nothing is left among them."""
    old = {row.name: row for row in before.rows}
    gone = [heapview.TypeRow(name, 0, 0) for name in old.keys() - {row.name for row in live.rows}]
    size = {row.name: row.size for row in before.rows}
    return sorted([*live.rows, *gone], key=lambda row: -abs(row.size - size.get(row.name, 0)))


def changes(rows: list[heapview.TypeRow], live: heapview.Live, before: heapview.Live) -> list[tuple[str, str]]:
    """Objects and bytes more or fewer than before, for each row; a row that stands for several types adds them up."""
    now, then = ({row.name: row for row in one.rows} for one in (live, before))
    named = {row.name for row in rows}
    nothing = heapview.TypeRow("", 0, 0)
    differences = {}
    for name in now.keys() | then.keys():
        new, old = now.get(name, nothing), then.get(name, nothing)
        differences[name] = new.objects - old.objects, new.size - old.size
    result = []
    for row in rows:
        wanted = [d for name, d in differences.items() if row.name == "all" or
                  (name not in named if row.name == "others" else name == row.name)]  # fmt: skip
        result.append((signed(sum(d[0] for d in wanted)), signed(sum(d[1] for d in wanted))))
    return result


def signed(n: int) -> str:
    """A change: nothing if there is none."""
    return f"{n:+,}" if n else ""


def space_text(heap: Heap) -> list[str]:
    """Arenas, pools by size class, large blocks."""
    space = heapview.space(heap)
    unused = f"{space.free_pools} pools unused"
    large = f"{space.large} large blocks ({space.large_size:,} bytes)"
    head = f"Heap of {space.size:,} bytes: {space.arenas} arenas, {unused}; {large}; {space.free_size:,} bytes free"
    rows = [(f"{row.block} bytes", row.pools, row.used, row.free) for row in space.classes]
    return [head, *table(("blocks of", "pools", "in use", "free"), rows)]


def summary_text(heap: Heap, live: heapview.Live) -> list[str]:
    """The address space in few lines: regions, blocks, what is free, what is lost."""
    space = heapview.space(heap)
    used, free = sum(row.used for row in space.classes), sum(row.free for row in space.classes)
    parts = f"{counted(space.arenas, 'arena')}, {counted(space.large, 'large block')}"
    below = (HEAP_BASE - STACK_BASE) * WORD_BYTES
    return [
        f"Address space: {(HEAP_BASE * WORD_BYTES) + space.size:,} bytes",
        f"  control, static     {STACK_BASE * WORD_BYTES:,} bytes: registers, built-in types and constants",
        f"  run-time stack      {below:,} bytes, {heapview.stack_bytes(heap):,} in use",
        f"  heap                {space.size:,} bytes: {parts}",
        f"  pools               {space.pools:,} in use, {space.free_pools:,} unused; their blocks: {used:,} in use, "
        f"{free:,} free",
        f"  free                {space.free_size:,} bytes: blocks {space.free_blocks:,}, pools "
        f"{space.free_pool_size:,}, large {space.free_large:,}",
        f"  lost                {space.headers + space.tails + live.rounded:,} bytes: headers {space.headers:,}, "
        f"rounding {live.rounded:,}, ends of pools {space.tails:,}",
        f"  fragmentation       {fragmentation(space):.1%}: free bytes that only blocks of their pool's size can use",
    ]


def fragmentation(space: heapview.Space) -> float:
    """The part of the heap that is free, but in pools in use."""
    return space.free_blocks / space.size if space.size else 0.0


def generations_text(heap: Heap) -> list[str]:
    """The collector's generations."""
    headers = ("generation", "objects", "count", "threshold", "runs", "collected")
    rows = [(str(row.number), *row[1:4], *row.done) for row in heapview.generations(heap)]
    return ["Collector" + ("" if heap.words[W_GC_ENABLED] else " (off)"), *table(headers, rows)]




def count_text(count: int) -> str:
    """A reference count; of a static object, how far it is above the one it began with."""
    return str(count) if count < IMMORTAL // 2 else f"{count - IMMORTAL} above that of an immortal object"


def stack_text(heap: Heap, when: str = "") -> list[str]:
    """The run-time stack, from the bottom: the record called last comes last. `when` it was so, if that is not now."""
    records = stackview.stack(heap)
    if not records:
        return ["Run-time stack: empty, nothing is running"]
    return [f"Run-time stack{when}, from the bottom", *records_text(heap, records)]


def records_text(heap: Heap, records: list[stackview.Record]) -> list[str]:
    """Activation records, the last called first, as lines that begin with the first called; of many the middle is
    left out."""
    left_out = range(MOST_RECORDS - 2, len(records) - 2) if len(records) > MOST_RECORDS else range(0)
    lines: list[str] = []
    for number in reversed(range(len(records))):
        if number not in left_out:
            lines += record_text(heap, records[number])
        elif number == left_out.start:
            lines.append(f"  ... {len(left_out)} more records ...")
    return lines


def record_text(heap: Heap, record: stackview.Record) -> list[str]:
    """One activation record."""
    back = f"back link {address_text(record.back)}" if record.back else "no back link: the first record"
    lines = [f"  {record.function}, line {record.line}, at {address_text(record.base)}, {back}"]
    lines += [f"    {name:12} {labelled(heap, a)}" for name, a in record.variables]
    return lines + [f"    operand      {labelled(heap, a)}" for a in record.operands]
