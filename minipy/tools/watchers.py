"""One machine has one observer; this one passes what it hears on to several: the log of collections, the narrator, ...

CPython counterpart: none; sys.settrace has one function, too, and debuggers fight about it.
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


class Watchers(Observer):
    """Passes on. `observed` members want code compiled with marks; the others hear of collections and unwinding."""

    def __init__(self, interpreter: Interpreter) -> None:
        super().__init__()
        self.interpreter = interpreter
        self.members: list[Observer] = []
        self.observed: list[Observer] = []

    def add(self, member: Observer, observed: bool) -> None:
        """From now on tell a member, too."""
        self.members.append(member)
        if observed:
            self.observed.append(member)
        self.settle()

    def remove(self, member: Observer) -> None:
        """No longer tell a member."""
        self.members = [other for other in self.members if other is not member]
        self.observed = [other for other in self.observed if other is not member]
        self.settle()

    def settle(self) -> None:
        """Be the machine's observer if there is anybody to tell; compile with marks if somebody wants them."""
        self.every_step = any(member.every_step for member in self.observed)
        self.interpreter.observe(self if self.members else None)
        self.interpreter.host.observed = bool(self.observed)

    def line(self, number: int) -> None:
        self.interpreter.host.observed = False  # what is compiled from now on is none of the statement's text
        for member in self.observed:
            member.line(number)

    def step(self) -> None:
        for member in self.observed:
            if member.every_step:
                member.step()

    def record(self, entered: bool) -> None:
        for member in self.observed:
            member.record(entered)

    def unwind(self) -> None:
        for member in self.members:
            member.unwind()

    def phase(self, number: int) -> None:
        for member in self.members:
            member.phase(number)


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
