"""Instruction by instruction: an observer that shows each one with the operand stack it finds.

    <module>  BINARY_ADD   0            20 | 1

CPython counterpart: none; sys.settrace's opcode events know the instruction, but not the operand stack.
"""

from __future__ import annotations

from collections.abc import Callable

from minipy.bytecode import opcodes
from minipy.memory.layout import (
    CO_FIRST,
    FRAME_HEADER,
    FUNC_CODE,
    FUNC_QUALNAME,
    W_BASE,
    W_PC,
    W_SP,
)
from minipy.memory.stack import record_header
from minipy.memory.words import Heap
from minipy.objects.unicodeobject import host_str
from minipy.tools.brief import brief
from minipy.vm.host import Observer
from minipy.vm.names import local_name

MOST_VALUES = 6


class Stepper(Observer):
    """Shows the instructions of an observed run; `go_on` is asked after each, False: show no more."""

    def __init__(self, heap: Heap, write: Callable[[str], None], go_on: Callable[[], bool] | None = None) -> None:
        super().__init__()
        self.every_step = True
        self.heap = heap
        self.write = write
        self.go_on = go_on
        self.quiet = False

    def step(self) -> None:
        """The instruction at W_PC follows."""
        if self.quiet:
            return
        w = self.heap.words
        pc = int(w[W_PC])
        stanza = opcodes.OPCODES[int(w[pc]) & 255]
        function = w[w[W_BASE] - 1]
        name = host_str(self.heap, w[function + FUNC_QUALNAME])
        offset = pc - int(w[function + FUNC_CODE]) - CO_FIRST
        text = f"{stanza.name} {self.operands(int(w[pc]), stanza.operands)}".rstrip()
        self.write(f"  {name:10} {offset:4} {text:34} {self.stack()}".rstrip())
        if self.go_on is not None and not self.go_on():
            self.quiet = True

    def operands(self, word: int, kinds: tuple[str, ...]) -> str:
        """What the instruction's operands stand for."""
        numbers = [word >> 8] if len(kinds) < 2 else [(word >> 8) & 0xFFFF, word >> 24]
        return ", ".join(self.operand(kind, number) for kind, number in zip(kinds, numbers, strict=False))

    def operand(self, kind: str, number: int) -> str:
        """What one operand stands for."""
        w = self.heap.words
        if kind in ("const", "name"):
            return brief(self.heap, number) if kind == "const" else host_str(self.heap, number)
        if kind in ("local", "cell"):
            return host_str(self.heap, local_name(w, w[W_BASE], number))
        if kind == "jump":
            return f"to {number - int(w[w[w[W_BASE] - 1] + FUNC_CODE]) - CO_FIRST}"
        return str(number)

    def stack(self) -> str:
        """The operand stack, its top to the right."""
        w = self.heap.words
        first = int(record_header(w, w[W_BASE])) + FRAME_HEADER
        values = [brief(self.heap, int(w[i]), 0) if w[i] else "NULL" for i in range(first, int(w[W_SP]))]
        more = ["..."] if len(values) > MOST_VALUES else []
        return " | ".join(more + values[-MOST_VALUES:])
