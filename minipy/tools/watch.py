"""Looking at a program while it runs: the stack at its deepest, each collection. `minipy heap FILE` shows what it saw.

The machine calls the observer at safe points, that is at calls and backward jumps; asking for each of them costs time
and changes nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from minipy import Interpreter
from minipy.memory.layout import W_BREAKER_RELOAD, W_DEPTH, W_EVAL_BREAKER, W_GC_STATS
from minipy.tools import heaptext, heapview
from minipy.tools.heapview import STATS_WORDS
from minipy.tools.values import counted


class Collection(NamedTuple):
    """What was collected and how many objects it found unreachable."""

    generation: int
    unreachable: int

    @property
    def text(self) -> str:
        """A line about it."""
        return f"[collection of generation {self.generation}: {counted(self.unreachable, 'unreachable object')}]"


class Watch:
    """Watches one interpreter; `deepest` is the text of the stack when it was deepest."""

    def __init__(self, interpreter: Interpreter, hear: Callable[[Collection], None]) -> None:
        """From now on. `hear` is told of each collection, at the first safe point after it."""
        self.heap = interpreter.heap
        self.hear = hear
        self.depth = 0
        self.deepest: list[str] = heaptext.stack_text(self.heap)
        self.seen = self.collections()
        self.heard = self.runs()
        interpreter.host.observer = self.look
        self.ask()

    def ask(self) -> None:
        """Have the machine call back at the next safe point."""
        w = self.heap.words
        w[W_EVAL_BREAKER] = w[W_BREAKER_RELOAD] = 1

    def look(self) -> None:
        """The observer."""
        self.ask()
        if self.heap.words[W_DEPTH] > self.depth:
            self.depth = int(self.heap.words[W_DEPTH])
            self.deepest = heaptext.stack_text(self.heap, " when it was deepest")
        if self.runs() != self.heard:
            self.report()

    def report(self) -> None:
        """Tell of each collection since the last look."""
        now = self.collections()
        for number, (runs, collected) in enumerate(now):
            runs_before, collected_before = self.seen[number]
            if runs > runs_before:
                self.hear(Collection(number, collected - collected_before))
        self.seen = now
        self.heard = self.runs()

    def runs(self) -> int:
        """How many collections there were: quicker to ask, and asked at each safe point."""
        w = self.heap.words
        return int(w[W_GC_STATS] + w[W_GC_STATS + STATS_WORDS] + w[W_GC_STATS + 2 * STATS_WORDS])

    def collections(self) -> list[tuple[int, int]]:
        """Collections and collected objects so far, by generation."""
        return [(row.collections, row.collected) for row in heapview.collections(self.heap)]
