"""What a run took: `--stats` and `--stats-json`. The run is an observed one, or instructions would not be counted.

CPython counterpart: `python -X showrefcount`, gc.get_stats, the pystats of 3.11 (--enable-pystats).
"""

from __future__ import annotations

import time
from typing import Any

from minipy.memory.gcphases import PHASE_STOP
from minipy.memory.layout import (
    HEAP_BASE,
    W_ALLOCATIONS,
    W_ARENAS_ALLOCATED,
    W_FREES,
    W_HIGHEST_TOP,
    WORD_BYTES,
)
from minipy.tools import heapview
from minipy.vm.host import Observer
from minipy.vm.hosted_machine import HostedMachine

MILLISECOND = 1e-3


class Pauses(Observer):
    """Times the collections of each generation."""

    def __init__(self) -> None:
        super().__init__()
        self.began = time.perf_counter()
        self.generation = 0
        self.collection_began = 0.0
        self.total = [0.0, 0.0, 0.0]
        self.longest = [0.0, 0.0, 0.0]

    def phase(self, number: int) -> None:
        """A collection of generation 0, 1 or 2 begins, or it ends."""
        if number < heapview.GENERATIONS:
            self.generation = number
            self.collection_began = time.perf_counter()
        elif number == PHASE_STOP:
            took = time.perf_counter() - self.collection_began
            self.total[self.generation] += took
            self.longest[self.generation] = max(self.longest[self.generation], took)


def statistics(heap: HostedMachine, pauses: Pauses) -> dict[str, Any]:
    """The figures, as `--stats-json` writes them: counts, bytes and seconds."""
    w = heap.words
    generations = [
        {
            "generation": number,
            "collections": done.collections,
            "collected": done.collected,
            "pauses_seconds": pauses.total[number],
            "longest_pause_seconds": pauses.longest[number],
        }
        for number, done in enumerate(heapview.collections(heap))
    ]
    return {
        "seconds": time.perf_counter() - pauses.began,
        "instructions": int(heap.instructions),
        "calls": int(heap.calls),
        "allocations": int(w[W_ALLOCATIONS]),
        "frees": int(w[W_FREES]),
        "peak_bytes": int(w[W_HIGHEST_TOP] - HEAP_BASE) * WORD_BYTES,
        "arenas": int(w[W_ARENAS_ALLOCATED]),
        "generations": generations,
    }


def statistics_text(figures: dict[str, Any]) -> str:
    """The figures as lines."""
    lines = [
        f"time          {figures['seconds']:.3f} s, being counted",
        f"instructions  {figures['instructions']:,}",
        f"calls         {figures['calls']:,}",
        f"allocations   {figures['allocations']:,} blocks",
        f"frees         {figures['frees']:,} blocks",
        f"peak          {figures['peak_bytes']:,} bytes of heap, {figures['arenas']:,} arenas made",
    ]
    for row in figures["generations"]:
        found = f"{row['collections']:,} collections found {row['collected']:,} unreachable objects"
        total, longest = row["pauses_seconds"] / MILLISECOND, row["longest_pause_seconds"] / MILLISECOND
        lines.append(f"generation {row['generation']}  {found}, pauses {total:.2f} ms, the longest {longest:.2f} ms")
    return "\n".join(lines) + "\n"
