"""What lies on the run-time stack, as data: activation records, innermost first.

CPython counterpart: inspect.stack(), sys._getframe; with the operand stack, which CPython does not show.
"""

from __future__ import annotations

from typing import NamedTuple

from minipy.memory.layout import FRAME_HEADER, FUNC_QUALNAME, W_SP
from minipy.memory.stack import record_header, records
from minipy.memory.words import Heap
from minipy.objects.unicodeobject import host_str
from minipy.vm.names import local_name


class Record(NamedTuple):
    """One activation record: word address, function, variables with a value (name, object), operand stack."""

    base: int
    function: str
    variables: list[tuple[str, int]]
    operands: list[int]


def stack(heap: Heap) -> list[Record]:
    """The records on the stack, the running one first; empty between two statements."""
    w = heap.words
    found = []
    top = int(w[W_SP])
    for base in records(w):
        found.append(record_at(heap, base, top))
        top = base - 1
    return found


def record_at(heap: Heap, base: int, top: int) -> Record:
    """The record at `base`, whose operand stack ends at `top`."""
    w = heap.words
    header = int(record_header(w, base))
    bound = [i for i in range(header - base) if w[base + i]]
    variables = [(host_str(heap, local_name(w, base, i)), int(w[base + i])) for i in bound]
    operands = [int(w[i]) for i in range(header + FRAME_HEADER, top)]
    return Record(base, host_str(heap, w[w[base - 1] + FUNC_QUALNAME]), variables, operands)
