"""`:gc log on`: a line for each collection.

CPython counterpart: gc.set_debug(gc.DEBUG_STATS).
"""

from __future__ import annotations

from minipy import Interpreter
from minipy.memory.gclist import gc_list_size
from minipy.memory.gcphases import PHASE_STOP, PHASE_UNTRACK_TUPLES
from minipy.memory.layout import UNREACHABLE
from minipy.tools import heapview
from minipy.tools.screen import Screen
from minipy.tools.values import counted
from minipy.vm.host import Observer


class CollectionLog(Observer):
    """Writes a line for each collection, when it ends."""

    def __init__(self, interpreter: Interpreter, screen: Screen) -> None:
        super().__init__()
        self.heap = interpreter.heap
        self.screen = screen
        self.generation = 0
        self.looked_at = 0
        self.unreachable = 0

    def phase(self, number: int) -> None:
        """Takes the figures between the phases."""
        if number < heapview.GENERATIONS:
            self.generation = number
            self.looked_at = sum(heapview.generation_size(self.heap, g) for g in range(number + 1))
        elif number == PHASE_UNTRACK_TUPLES:
            self.unreachable = int(gc_list_size(self.heap.words, UNREACHABLE))
        elif number == PHASE_STOP:
            self.screen.show(collection_text(self.generation, self.looked_at, self.unreachable))


def collection_text(generation: int, looked_at: int, unreachable: int) -> str:
    """One line about a collection."""
    return f"[gc: generation {generation} collected: {counted(looked_at, 'object')}, {unreachable:,} unreachable]"
