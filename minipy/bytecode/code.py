"""A compiled code object as the compiler makes it and the cache file keeps it: plain host data, no memory of the VM.

Offsets count words from the first instruction; cache words count. vm/loader.py lays it into the address space.

CPython counterpart: Objects/codeobject.c, Include/cpython/code.h.
"""

from __future__ import annotations

from typing import Final

from minipy.errors import Span

CO_OPTIMIZED: Final = 1
CO_NEWLOCALS: Final = 2
CO_VARARGS: Final = 4
CO_VARKEYWORDS: Final = 8
CO_NESTED: Final = 16
CO_GENERATOR: Final = 32


class ExceptionEntry:
    """Instructions in [start, end) are guarded: unwind to `depth` values, then go on at `target`.

    With `lasti` the offset of the raising instruction is pushed below the exception (as an int). Entries do not
    overlap: the innermost handler of an offset is the only one that covers it, as in CPython 3.11's table.
    """

    __slots__ = ("start", "end", "target", "depth", "lasti")

    def __init__(self, start: int, end: int, target: int, depth: int, lasti: bool) -> None:
        self.start: Final = start
        self.end: Final = end
        self.target: Final = target
        self.depth: Final = depth
        self.lasti: Final = lasti


class Code:
    """A function's, class body's or module's code."""

    __slots__ = (
        "name", "qualname", "filename", "firstlineno", "argcount", "posonlyargcount", "kwonlyargcount", "flags",
        "varnames", "cellvars", "freevars", "names", "consts", "stacksize", "instructions", "positions",
        "first_loads", "exceptions", "doc",
    )  # fmt: skip

    def __init__(self, name: str, qualname: str, filename: str, firstlineno: int) -> None:
        self.name = name
        self.qualname = qualname
        self.filename = filename
        self.firstlineno = firstlineno
        self.argcount = 0  # positional parameters, positional-only included
        self.posonlyargcount = 0
        self.kwonlyargcount = 0
        self.flags = 0
        self.varnames: tuple[str, ...] = ()  # parameters (*args and **kwargs last) then locals
        self.cellvars: tuple[str, ...] = ()  # a cell that is a parameter (in varnames too) lies in the parameter's slot
        self.freevars: tuple[str, ...] = ()
        self.names: tuple[str, ...] = ()
        self.consts: tuple[object, ...] = ()
        self.stacksize = 0
        self.instructions: list[int] = []  # words, see opcodes.py
        self.positions: list[tuple[int, Span]] = []  # (offset of the first word, where in the source), ascending
        self.first_loads: dict[int, Span] = {}  # offset of a fused instruction -> where its first LOAD_FAST stands
        self.exceptions: list[ExceptionEntry] = []
        self.doc: str | None = None

    @property
    def nlocalsplus(self) -> int:
        """How many words of locals, cells and free variables an activation record has."""
        own_cells = [name for name in self.cellvars if name not in self.varnames]
        return len(self.varnames) + len(own_cells) + len(self.freevars)
