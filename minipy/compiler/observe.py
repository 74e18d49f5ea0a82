"""Marks for an observed run: LINE where a source line starts, STEP before every instruction.

A line starts where its number differs from that of an instruction just before, in the order of the code or by a
jump forward. A jump backward starts its target's line, so that each round of a loop is seen, and once.

CPython counterpart: the line events of sys.settrace, Objects/lnotab_notes.txt.
"""
from __future__ import annotations

from minipy.bytecode import opcodes as op
from minipy.compiler.blocks import JUMP, Block, Instruction


def add_marks(blocks: list[Block]) -> None:
    """Put the marks into settled blocks, which have instructions and know their index."""
    starts = line_starts(blocks)
    for block in blocks:
        block.instructions = marked(block.instructions, block in starts)
        mark_jump_back(block, starts)


def line_of(instruction: Instruction) -> int:
    """The line an instruction stands for, 0 for none."""
    return instruction.span.lineno if instruction.span is not None else 0


def line_starts(blocks: list[Block]) -> set[Block]:
    """The blocks whose first instruction can be reached from another line above, or as a handler."""
    starts = {blocks[0]}
    first = {block: line_of(block.instructions[0]) for block in blocks}
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        for instruction in block.instructions:
            target = instruction.target
            if target is not None and target.index > block.index and line_of(instruction) != first[target]:
                starts.add(target)
            if instruction.handler is not None:
                starts.add(instruction.handler.block)
        last = block.instructions[-1]
        if following is not None and block.falls_through() and line_of(last) != first[following]:
            starts.add(following)
    return starts


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


def mark_jump_back(block: Block, starts: set[Block]) -> None:
    """Before a jump backward put its target's LINE, unless the target has its own."""
    jump = block.instructions[-1]
    target = jump.target
    if jump.op != JUMP or target is None or target.index > block.index or target in starts:
        return
    line = next((line_of(i) for i in target.instructions if line_of(i)), 0)
    if line:
        at = len(block.instructions) - 2  # before the jump's STEP
        block.instructions.insert(at, Instruction(op.LINE, line, jump.span, jump.handler))
