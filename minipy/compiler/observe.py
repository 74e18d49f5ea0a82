"""Marks for an observed run: LINE where a source line starts, STEP before every instruction.

A line starts where its number differs from that of an instruction just before, in the order of the code or by a
jump; and wherever a loop jumps back to, so that each round is seen.

CPython counterpart: the line events of sys.settrace, Objects/lnotab_notes.txt.
"""
from __future__ import annotations

from minipy.bytecode import opcodes as op
from minipy.compiler.blocks import Block, Instruction


def add_marks(blocks: list[Block]) -> None:
    """Put the marks into settled blocks."""
    starts = [starts_line(blocks, index) for index in range(len(blocks))]
    for block, start in zip(blocks, starts, strict=True):
        block.instructions = marked(block.instructions, start)


def line_of(instruction: Instruction) -> int:
    """The line an instruction stands for, 0 for none."""
    return instruction.span.lineno if instruction.span is not None else 0


def starts_line(blocks: list[Block], index: int) -> bool:
    """Can the block's first instruction be reached from another line, or from further down?"""
    block = blocks[index]
    line = line_of(block.instructions[0])
    if index == 0 or (blocks[index - 1].falls_through() and line_of(blocks[index - 1].instructions[-1]) != line):
        return True
    for other in blocks:
        for instruction in other.instructions:
            if instruction.target is block and (line_of(instruction) != line or other.index >= block.index):
                return True
            if instruction.handler is not None and instruction.handler.block is block:
                return True
    return False


def marked(instructions: list[Instruction], start: bool) -> list[Instruction]:
    """The instructions with their marks; `start`: the first one starts a line."""
    result: list[Instruction] = []
    line = 0 if start else line_of(instructions[0])
    for instruction in instructions:
        here = line_of(instruction)
        if here and here != line:
            result.append(Instruction(op.LINE, here, instruction.span, instruction.handler))
        line = here or line
        result.append(Instruction(op.STEP, 0, instruction.span, instruction.handler))
        result.append(instruction)
    return result
