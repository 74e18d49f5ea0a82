"""What the code generator writes into: instructions in blocks, before they have places.

    block 0   LOAD_FAST x                     A block is entered only at its top and left at its end, by a jump or
              POP_JUMP_IF_FALSE -> block 2    by falling into the next one. Jumps name blocks; `assemble.py` turns
    block 1   LOAD_CONST 1                    them into offsets.
              RETURN_VALUE
    block 2   ...

`JUMP` stands for an unconditional jump in either direction until the blocks' order is settled.

CPython counterpart: struct instr and struct basicblock_ of Python/compile.c.
"""
from __future__ import annotations

from typing import Final

from minipy.bytecode import opcodes as op
from minipy.errors import Span

JUMP: Final = -1
ENDS: Final = frozenset((JUMP, op.RETURN_VALUE, op.RAISE_VARARGS, op.RERAISE, op.JUMP_FORWARD, op.JUMP_BACKWARD))
"""Instructions that never go on with the next one."""


class Handler:
    """Where an exception goes: the stack is unwound to `depth`, then as ExceptionEntry says."""

    __slots__ = ("block", "depth", "lasti")

    def __init__(self, block: Block, depth: int, lasti: bool) -> None:
        self.block = block
        self.depth = depth
        self.lasti = lasti


class Instruction:
    """One instruction; `target` for jumps, `span` None where no source stands for it."""

    __slots__ = ("op", "arg", "second", "target", "span", "first_load", "handler")

    def __init__(self, opcode: int, arg: int, span: Span | None, handler: Handler | None) -> None:
        self.op = opcode
        self.arg = arg
        self.second = 0  # second operand
        self.target: Block | None = None
        self.span = span
        self.first_load: Span | None = None
        self.handler = handler

    def copy(self) -> Instruction:
        """The same instruction for another place."""
        twin = Instruction(self.op, self.arg, self.span, self.handler)
        twin.second = self.second
        twin.target = self.target
        return twin


class Block:
    """A stretch of instructions; `depth` is the stack's depth at its top, -1 as long as unknown."""

    __slots__ = ("instructions", "depth", "index", "reached", "targeted", "offset")

    def __init__(self) -> None:
        self.instructions: list[Instruction] = []
        self.depth = -1
        self.index = -1  # place in the order of blocks, -1: not placed yet
        self.reached = False
        self.targeted = False
        self.offset = 0

    def falls_through(self) -> bool:
        """Can the end of the block be passed?"""
        return not self.instructions or self.instructions[-1].op not in ENDS
