"""What is printed of an exception that nobody handled: causes and contexts before it, a group as a tree.

      + Exception Group Traceback (most recent call last):       depth 1: indent 2, margin "| "
      |   File "tree.py", line 1, in <module>
      | ExceptionGroup: two (2 sub-exceptions)
      +-+---------------- 1 ----------------
        | ValueError: 1                                          depth 2: indent 4
        +---------------- 2 ----------------
        | TypeError: 2
        +------------------------------------

CPython counterpart: print_exception_recursive, print_chained and print_exception_group of Python/pythonrun.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    EXC_CAUSE,
    EXC_CONTEXT,
    EXC_EXTRA,
    EXC_SUPPRESS,
    EXC_TRACEBACK,
    OB_SIZE,
    TUPLE_ITEMS,
)
from minipy.memory.statics import T_BASE_EXCEPTION_GROUP
from minipy.objects.machine import Machine
from minipy.objects.typeobject import is_instance_of
from minipy.vm.tracebacks import entries_text, entry_limit, last_line, notes_text, place_text

CAUSE: Final = "\nThe above exception was the direct cause of the following exception:\n\n"
CONTEXT: Final = "\nDuring handling of the above exception, another exception occurred:\n\n"
HEADER: Final = "Traceback (most recent call last):\n"
MOST_WIDE: Final = 15
MOST_DEEP: Final = 10


def format_exception(m: Machine, e: i64) -> str:
    """Everything CPython prints for the exception e. Runs the program's `__str__`."""
    return ExceptionText(m).chain(e)


class ExceptionText:
    """One printing: how deep in groups it is, which exceptions it has met, whether the last group is to be closed."""

    m: Machine
    depth: int
    seen: list[int]
    open: bool

    def __init__(self, m: Machine) -> None:
        self.m = m
        self.depth = 0
        self.seen = []
        self.open = False

    def margin(self) -> str:
        """What stands before each line."""
        return "  " * self.depth + "| " if self.depth > 0 else ""

    def framed(self, text: str) -> str:
        """The lines of a text, each behind the margin."""
        if self.depth == 0:
            return text
        margin = self.margin()
        return "".join([margin + line for line in text.splitlines(True)])

    def chain(self, e: i64) -> str:
        """The exception e, its causes and contexts first."""
        parts: list[str] = []
        chain: list[tuple[int, str]] = []
        link = ""
        while e != 0 and int(e) not in self.seen:
            self.seen.append(int(e))
            chain.append((int(e), link))
            w = self.m.words
            if w[e + EXC_CAUSE] != 0:
                link = CAUSE
                e = w[e + EXC_CAUSE]
            elif w[e + EXC_CONTEXT] != 0 and w[e + EXC_SUPPRESS] == 0:
                link = CONTEXT
                e = w[e + EXC_CONTEXT]
            else:
                e = 0
        chain.reverse()
        for address, link in chain:
            parts.append(self.one(address) + self.framed(link))
        return "".join(parts)

    def one(self, e: i64) -> str:
        """One exception without its causes."""
        if not is_instance_of(self.m.words, e, T_BASE_EXCEPTION_GROUP):
            return self.lines(e, "")
        if self.depth > MOST_DEEP:
            return self.margin() + f"... (max_group_depth is {MOST_DEEP})\n"
        outermost = self.depth == 0
        if outermost:
            self.depth = 1
        text = self.lines(e, "Exception Group ") + self.members(e)
        if outermost:
            self.depth = 0
        return text

    def lines(self, e: i64, kind: str) -> str:
        """Traceback, message and notes; `kind` stands before the traceback's header."""
        m = self.m
        text = ""
        tb: i64 = m.words[e + EXC_TRACEBACK]
        if tb != 0 and entry_limit(m.words) > 0:
            margin = "  + " if kind != "" and self.depth == 1 else self.margin()
            text = margin + kind + HEADER + self.framed(entries_text(m, tb))
        text += self.framed(place_text(m, e))
        return text + self.margin() + last_line(m, e) + self.framed(notes_text(m, e))

    def members(self, e: i64) -> str:
        """The exceptions of a group, framed and numbered."""
        exceptions: i64 = self.m.words[e + EXC_EXTRA]
        count = int(self.m.words[exceptions + OB_SIZE])
        shown = min(count, MOST_WIDE + 1)
        self.open = False
        parts: list[str] = []
        for i in range(shown):
            last = i == shown - 1
            if last:
                self.open = True
            number = "..." if i >= MOST_WIDE else str(i + 1)
            corner = "+-" if i == 0 else "  "
            parts.append("  " * self.depth + f"{corner}+---------------- {number} ----------------\n")
            self.depth += 1
            if i >= MOST_WIDE:
                more = count - MOST_WIDE
                parts.append(self.margin() + f"and {more} more exception{'s' if more > 1 else ''}\n")
            else:
                parts.append(self.chain(self.m.words[exceptions + TUPLE_ITEMS + i]))
            if last and self.open:
                parts.append("  " * self.depth + "+------------------------------------\n")
                self.open = False
            self.depth -= 1
        return "".join(parts)
