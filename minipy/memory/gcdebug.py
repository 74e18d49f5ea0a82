"""What the collector says on standard error while gc.set_debug asks for it, in CPython's words.

    DEBUG_STATS          before and after each collection: sizes of the generations, what was found, how long it took
    DEBUG_COLLECTABLE    each object found unreachable
    DEBUG_UNCOLLECTABLE  nothing: no object of a program is uncollectable
    DEBUG_SAVEALL        says nothing; memory/gc.py keeps garbage in gc.garbage instead of deleting it

CPython counterpart: show_stats_each_generations and debug_cycle of Modules/gcmodule.c.
"""

from __future__ import annotations

import time
from typing import Final

from mypy_extensions import i64

from minipy.memory.describe import tp_name
from minipy.memory.gclist import gc_list_size
from minipy.memory.layout import (
    GC_NEXT,
    GENERATION0,
    GENERATION1,
    GENERATION2,
    OB_TYPE,
    PERMANENT,
    W_GC_DEBUG,
    WORD_BYTES,
)
from minipy.memory.words import Heap

DEBUG_STATS: Final = 1
DEBUG_COLLECTABLE: Final = 2
DEBUG_UNCOLLECTABLE: Final = 4
DEBUG_SAVEALL: Final = 32
DEBUG_LEAK: Final = DEBUG_COLLECTABLE | DEBUG_UNCOLLECTABLE | DEBUG_SAVEALL


def begin(heap: Heap, generation: i64) -> float:
    """A collection begins; returns the time, 0.0 if nobody wants to know."""
    w = heap.words
    if w[W_GC_DEBUG] & DEBUG_STATS == 0:
        return 0.0
    sizes = " ".join(str(gc_list_size(w, head)) for head in (GENERATION0, GENERATION1, GENERATION2))
    heap.report(f"gc: collecting generation {generation}...\n")
    heap.report(f"gc: objects in each generation: {sizes}\n")
    heap.report(f"gc: objects in permanent generation: {gc_list_size(heap.words, PERMANENT)}\n")
    return time.perf_counter()


def done(heap: Heap, unreachable: i64, started: float) -> None:
    """A collection that began at `started` is over."""
    if heap.words[W_GC_DEBUG] & DEBUG_STATS != 0:
        seconds = time.perf_counter() - started
        heap.report(f"gc: done, {unreachable} unreachable, 0 uncollectable, {seconds:.4f}s elapsed\n")


def collectable(heap: Heap, unreachable: i64) -> None:
    """Name each object in the list."""
    if heap.words[W_GC_DEBUG] & DEBUG_COLLECTABLE == 0:
        return
    a: i64 = heap.words[unreachable + GC_NEXT]
    while a != unreachable:
        name = tp_name(heap.words, heap.words[a + OB_TYPE])
        heap.report(f"gc: collectable <{name} {int(a) * WORD_BYTES:#x}>\n")
        a = heap.words[a + GC_NEXT]
