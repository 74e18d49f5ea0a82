"""What lies on the run-time stack, as data: activation records, innermost first.

CPython counterpart: inspect.stack(), sys._getframe; with the operand stack, which CPython does not show.
"""

from __future__ import annotations

from typing import NamedTuple

from minipy.memory.layout import (
    CO_FIRST,
    DICT_NENTRIES,
    FRAME_BACK,
    FRAME_HEADER,
    FRAME_RETURN,
    FUNC_CODE,
    FUNC_GLOBALS,
    FUNC_QUALNAME,
    RETURN_PC,
    W_PC,
    W_SP,
)
from minipy.memory.stack import record_header, records
from minipy.memory.words import Heap
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, entry_at
from minipy.objects.unicodeobject import host_str
from minipy.vm.names import local_name
from minipy.vm.tracebacks import place_at

MODULE = "<module>"


class Record(NamedTuple):
    """One activation record: from word `base`, its first local, to before `top`; function, source line, variables with
    a value (name, object), operands; `back`: the record it was called from, 0 for the first.

    A module's variables are its global names, though they lie in its dict and not on the stack.
    """

    base: int
    top: int
    function: str
    line: int
    variables: list[tuple[str, int]]
    operands: list[int]
    back: int = 0


def stack(heap: Heap) -> list[Record]:
    """The records on the stack, the running one first; empty between two statements."""
    w = heap.words
    found = []
    top, pc = int(w[W_SP]), int(w[W_PC])
    for base in records(w):
        found.append(record_at(heap, base, top, pc))
        top, pc = base - 1, int(w[record_header(w, base) + FRAME_RETURN]) & RETURN_PC
    return found


def record_at(heap: Heap, base: int, top: int, pc: int) -> Record:
    """The record at `base`, whose operand stack ends at `top` and which has executed all before `pc`."""
    w = heap.words
    function = w[base - 1]
    header = int(record_header(w, base))
    name = host_str(heap, w[function + FUNC_QUALNAME])
    bound = [i for i in range(header - base) if w[base + i]]
    variables = [(host_str(heap, local_name(w, base, i)), int(w[base + i])) for i in bound]
    return Record(
        base=base,
        top=top,
        function=name,
        line=line_at(heap, int(w[function + FUNC_CODE]), pc),
        variables=variables if name != MODULE else global_names(heap, int(w[function + FUNC_GLOBALS])),
        operands=[int(w[i]) for i in range(header + FRAME_HEADER, top)],
        back=int(w[header + FRAME_BACK]),
    )


def global_names(heap: Heap, d: int) -> list[tuple[str, int]]:
    """The names in a module's dict and what they are bound to, those of the machinery (`__name__`) left out."""
    w = heap.words
    entries = [int(entry_at(w, d, number)) for number in range(int(w[d + DICT_NENTRIES]))]
    names = [(host_str(heap, w[e + ENTRY_KEY]), int(w[e + ENTRY_VALUE])) for e in entries if w[e + ENTRY_KEY]]
    return [(name, value) for name, value in names if not name.startswith("__")]


def line_at(heap: Heap, code: int, pc: int) -> int:
    """The source line of the instruction before `pc`, as a traceback would name it."""
    return place_at(heap.words, code, (pc - 1 - code - CO_FIRST) * 2).line
