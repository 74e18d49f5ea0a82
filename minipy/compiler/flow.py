"""From the blocks as generated to the blocks as assembled: jumps shortened, what nobody reaches left out.

    JUMP -> b,  b: JUMP -> c            JUMP -> c
    JUMP -> b,  b: LOAD_CONST; RETURN   LOAD_CONST; RETURN          a short way out is copied
    JUMP -> next                        -

Conditional jumps only ever go forward: the one backward jump is JUMP, as JUMP_BACKWARD, the safe point of loops.

CPython counterpart: Python/compile.c (optimize_cfg, optimize_basic_block, inline_small_exit_blocks, mark_reachable).
"""
from __future__ import annotations

from types import MappingProxyType
from typing import Final

from minipy.bytecode import opcodes as op
from minipy.compiler.blocks import ENDS, JUMP, Block, Instruction
from minipy.errors import Span

MAX_COPIED: Final = 4
KEEPS_VALUE: Final = MappingProxyType({
    op.JUMP_IF_FALSE_OR_POP: (op.POP_JUMP_IF_FALSE, op.JUMP_IF_TRUE_OR_POP, op.POP_JUMP_IF_TRUE),
    op.JUMP_IF_TRUE_OR_POP: (op.POP_JUMP_IF_TRUE, op.JUMP_IF_FALSE_OR_POP, op.POP_JUMP_IF_FALSE),
})  # fmt: skip
"""For a jump that keeps its value: the same jump without keeping; the opposite ones, with and without."""


def settle(blocks: list[Block], observed: bool) -> list[Block]:
    """The blocks to assemble, in order. Of one another they are only entered by jumps and falling through."""
    remove_nops(blocks, observed)
    if not observed:
        shorten_jumps(blocks)
    blocks = reachable(blocks)
    remove_jumps_to_next(blocks, observed)
    blocks = merged(without_empty(blocks))
    give_spans(blocks)
    return blocks


def remove_nops(blocks: list[Block], observed: bool) -> None:
    """NOPs only hold a place for a source line, which only an observed run needs to see.

    The instruction behind one takes over its line if it has none, as the jump of `while True: pass`.
    """
    for block in blocks:
        if any(i.op == op.NOP for i in block.instructions):
            body = block.instructions
            for nop, following in zip(body, body[1:], strict=False):
                if nop.op == op.NOP and following.span is None:
                    following.span = nop.span
            block.instructions = [
                i for n, i in enumerate(body) if i.op != op.NOP or (observed and is_only_of_line(body, n))
            ]


def is_only_of_line(body: list[Instruction], at: int) -> bool:
    """Does no neighbour in the block stand for the same source line?"""
    span = body[at].span
    neighbours = body[max(at - 1, 0) : at] + body[at + 1 : at + 2]
    lines = [other.span.lineno for other in neighbours if other.span is not None]
    return span is not None and span.lineno not in lines


def first_filled(blocks: list[Block], block: Block) -> Block:
    """The block itself or, if it is empty, the next one that is not."""
    while not block.instructions and block.index + 1 < len(blocks):
        block = blocks[block.index + 1]
    return block


def shorten_jumps(blocks: list[Block]) -> None:
    """Let each jump go where it ends up at last, the last block first."""
    for block in reversed(blocks):
        if block.instructions and block.instructions[-1].target is not None:
            for _ in range(len(blocks)):
                if not shorten(blocks, block, block.instructions[-1]):
                    break


def shorten(blocks: list[Block], block: Block, jump: Instruction) -> bool:
    """Improve the jump at the block's end by one step; False if there is none."""
    if jump.target is None:
        return False
    target = first_filled(blocks, jump.target)
    if not target.instructions:
        return False
    first = target.instructions[0]
    if first.op == JUMP and first.target is not None and first.target is not jump.target and target is not block:
        if jump.op == JUMP or first.target.index > block.index:
            jump.target = first.target
            return True
    if jump.op == JUMP:
        return copy_way_out(block, target)
    return jump.op in KEEPS_VALUE and shorten_kept(blocks, jump, target, first)


def copy_way_out(block: Block, target: Block) -> bool:
    """Put a copy of a short target that ends the function in place of the jump to it."""
    body = target.instructions
    if len(body) > MAX_COPIED or body[-1].op not in ENDS or body[-1].op == JUMP:
        return False
    block.instructions[-1:] = [instruction.copy() for instruction in body]
    return False


def shorten_kept(blocks: list[Block], jump: Instruction, target: Block, first: Instruction) -> bool:
    """`a and b or c`: a jump that keeps its value, to a jump that tests it."""
    if first.target is None:
        return False
    plain, opposite, opposite_plain = KEEPS_VALUE[jump.op]
    if first.op == jump.op:
        jump.target = first.target
    elif first.op == plain:
        jump.op, jump.target = plain, first.target
    elif first.op in (opposite, opposite_plain) and len(target.instructions) == 1:
        jump.op, jump.target = plain, blocks[target.index + 1]
    else:
        return False
    return True


def reachable(blocks: list[Block]) -> list[Block]:
    """The blocks that can be reached, and `targeted` in those that are jumped to or handle exceptions."""
    pending = [blocks[0]]
    while pending:
        block = pending.pop()
        if block.reached:
            continue
        block.reached = True
        if block.falls_through() and block.index + 1 < len(blocks):
            pending.append(blocks[block.index + 1])
        for instruction in block.instructions:
            if instruction.target is not None:
                instruction.target.targeted = True
                pending.append(instruction.target)
            handler = instruction.handler
            if handler is not None and not handler.block.targeted and can_raise(block, instruction):
                handler.block.targeted = True
                pending.append(handler.block)
    kept = [block for block in blocks if block.reached]
    for block in kept:
        for instruction in block.instructions:
            if instruction.handler is not None and not instruction.handler.block.reached:
                instruction.handler = None
    return kept


def can_raise(block: Block, instruction: Instruction) -> bool:
    """Not a jump forward, which may even be left out (a jump backward is a safe point)."""
    target = instruction.target
    return instruction.op != JUMP or target is None or target.index <= block.index


def remove_jumps_to_next(blocks: list[Block], observed: bool) -> None:
    """A jump to what follows anyway does nothing (an observed run keeps its line as a NOP)."""
    following = Block()
    empties: list[Block] = []
    for block in reversed(blocks):
        last = block.instructions[-1] if block.instructions else None
        if last is not None and last.op == JUMP and (last.target is following or last.target in empties):
            if observed and last.span is not None:
                last.op, last.target = op.NOP, None
            else:
                block.instructions.pop()
        if block.instructions:
            following = block
            empties = []
        else:
            empties.append(block)


def without_empty(blocks: list[Block]) -> list[Block]:
    """The blocks that have instructions; jumps to the others go to what follows those."""
    instead: dict[Block, Block] = {}
    following = blocks[-1]
    for block in reversed(blocks):
        if block.instructions:
            following = block
        else:
            instead[block] = following
            following.targeted = following.targeted or block.targeted
    for block in blocks if instead else ():
        for instruction in block.instructions:
            if instruction.target in instead:
                instruction.target = instead[instruction.target]
    return [block for block in blocks if block.instructions]


def give_spans(blocks: list[Block]) -> None:
    """What stands for no source is shown with what comes before it; a handler's entry with nothing."""
    arriving: dict[Block, Span | None] = {}
    handlers = {i.handler.block for block in blocks for i in block.instructions if i.handler is not None}
    last: Span | None = None
    falls = False
    for block in blocks:
        if block in handlers:
            last = None
        elif not falls:
            last = arriving.get(block, last)
        for instruction in block.instructions:
            if instruction.span is None:
                instruction.span = last
            last = instruction.span
            if instruction.target is not None:
                arriving.setdefault(instruction.target, last)
        falls = block.falls_through()


def merged(blocks: list[Block]) -> list[Block]:
    """Join each block that is only fallen into to the one before."""
    result: list[Block] = []
    for block in blocks:
        if result and not block.targeted and result[-1].falls_through():
            result[-1].instructions += block.instructions
        else:
            result.append(block)
    return result
