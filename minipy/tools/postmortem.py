"""What lay on the run-time stack when an exception that nothing handled unwound it.

Records are popped one by one on the way out; each that no handler further up can save is put down as text before it
goes. Whether one can is asked once an exception, so that programs that raise and handle much are not slowed.

CPython counterpart: sys.last_traceback and pdb.pm(); there the frames live on, here their text.
"""

from __future__ import annotations

from minipy.memory.layout import (
    CO_FIRST,
    FRAME_BACK,
    FRAME_RETURN,
    FUNC_CODE,
    RETURN_PC,
    W_BASE,
    W_PC,
    W_PENDING,
    W_SP,
)
from minipy.memory.stack import record_header
from minipy.memory.words import Heap
from minipy.vm.host import Observer
from minipy.vm.unwind import find_handler

INNERMOST = 6
OUTERMOST = 4
"""So many records are kept of a long traceback."""


class PostMortem(Observer):
    """Keeps the records of the last traceback. `start` before each statement."""

    def __init__(self, heap: Heap) -> None:
        super().__init__()
        self.heap = heap
        self.start()

    def start(self) -> None:
        """Nothing was raised yet."""
        self.exception = 0
        self.handler = 0
        self.records: list[list[str]] = []
        self.left_out = 0
        self.whole = False

    def unwind(self) -> None:
        """The record at W_BASE is left by the pending exception."""
        w = self.heap.words
        base, pending = int(w[W_BASE]), int(w[W_PENDING])
        if pending == self.exception and self.handler and base > self.handler:
            return
        if pending != self.exception or self.handler:
            self.start()
            self.exception = pending
            self.handler = self.next_handler(base)
        if not self.handler:
            self.keep(base)

    def next_handler(self, base: int) -> int:
        """The record that will handle an exception leaving the one at `base`; 0: none will."""
        w = self.heap.words
        while True:
            header = int(record_header(w, base))
            pc, base = int(w[header + FRAME_RETURN]) & RETURN_PC, int(w[header + FRAME_BACK])
            if not base:
                return 0
            code = int(w[w[base - 1] + FUNC_CODE])
            if find_handler(w, code, pc - 1 - code - CO_FIRST):
                return base

    def keep(self, base: int) -> None:
        """Put the record down."""
        from minipy.tools import heaptext, stackview

        w = self.heap.words
        self.whole = not w[record_header(w, base) + FRAME_BACK]
        if len(self.records) >= INNERMOST + OUTERMOST:
            del self.records[INNERMOST]
            self.left_out += 1
        record = stackview.record_at(self.heap, base, int(w[W_SP]), int(w[W_PC]))
        self.records.append(heaptext.record_text(self.heap, record))

    def text(self) -> list[str]:
        """The records from the bottom; nothing if the last statement raised nothing that was not handled."""
        if not self.whole:
            return []
        lines = ["Run-time stack when the exception was raised, from the bottom; it is empty now"]
        for number in reversed(range(len(self.records))):
            if number == INNERMOST - 1 and self.left_out:
                lines.append(f"  ... {self.left_out} more records ...")
            lines += self.records[number]
        return lines
