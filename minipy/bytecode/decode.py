"""A Code object's words taken apart again: for the verifier, the disassembler and the views.

CPython counterpart: Lib/dis.py (_unpack_opargs, _get_instructions_bytes).
"""
from __future__ import annotations

from typing import Final

from minipy.bytecode import opcodes as op
from minipy.bytecode.code import Code
from minipy.bytecode.effects import effect, jump_effect

FIRST_BITS: Final = 16  # of two operands the first takes so many
FIRST_MASK: Final = (1 << FIRST_BITS) - 1
NEVER_GO_ON: Final = frozenset((
    op.JUMP_FORWARD, op.JUMP_BACKWARD, op.RETURN_VALUE, op.GENERATOR_RETURN, op.RAISE_VARARGS, op.RERAISE,
))  # fmt: skip


class Decoded:
    """One instruction: `operands` by the kinds its stanza names; `target` the offset a jump goes to, else -1."""

    __slots__ = ("offset", "number", "opcode", "operands", "target", "end")

    def __init__(self, offset: int, word: int) -> None:
        self.offset: Final = offset
        self.number: Final = word & 255
        self.opcode: Final = op.OPCODES[self.number]
        operand = word >> 8
        kinds = self.opcode.operands
        if len(kinds) == 2:
            self.operands: tuple[int, ...] = (operand & FIRST_MASK, operand >> FIRST_BITS)
        else:
            self.operands = (operand,) * len(kinds)
        self.target = self.operands[-1] if kinds and kinds[-1] == "jump" else -1
        self.end: Final = offset + 1 + self.opcode.caches

    @property
    def operand(self) -> int:
        """The first operand, which stack effects depend on; 0 if there is none."""
        return self.operands[0] if self.operands else 0

    def goes_on(self) -> bool:
        """Can the next instruction follow?"""
        return self.number not in NEVER_GO_ON


def decode(code: Code) -> list[Decoded]:
    """All instructions in order; ValueError where a word is no instruction or its caches are cut off."""
    result: list[Decoded] = []
    words = code.instructions
    offset = 0
    while offset < len(words):
        if words[offset] & 255 >= len(op.OPCODES) or words[offset] < 0:
            raise ValueError(f"no instruction at {offset}")
        instruction = Decoded(offset, words[offset])
        if instruction.end > len(words):
            raise ValueError(f"{instruction.opcode.name} at {offset} lacks its cache words")
        result.append(instruction)
        offset = instruction.end
    return result


def handlers_at(code: Code) -> dict[int, tuple[int, int]]:
    """For each guarded word's offset: the handler's offset, and the stack's depth there."""
    result: dict[int, tuple[int, int]] = {}
    for entry in code.exceptions:
        for offset in range(entry.start, entry.end):
            result[offset] = entry.target, entry.depth + 1 + entry.lasti
    return result


def stack_depths(code: Code, instructions: list[Decoded]) -> tuple[dict[int, int], list[str]]:
    """The operand stack's depth before each instruction that can be reached, by offset; and what is inconsistent."""
    by_offset = {instruction.offset: instruction for instruction in instructions}
    handlers = handlers_at(code)
    depths: dict[int, int] = {}
    faults: list[str] = []
    pending = [(0, 0)]
    while pending:
        offset, depth = pending.pop()
        known = depths.get(offset)
        if known is not None or offset not in by_offset:
            if known is not None and known != depth:
                faults.append(f"{offset}: reached with {known} and with {depth} values on the stack")
            continue
        depths[offset] = depth
        instruction = by_offset[offset]
        taken, put = effect(instruction.number, instruction.operand)
        if instruction.goes_on():
            pending.append((instruction.end, depth - taken + put))
        if instruction.target >= 0:
            taken, put = jump_effect(instruction.number)
            pending.append((instruction.target, depth - taken + put))
        if offset in handlers:
            pending.append(handlers[offset])
    return depths, faults
