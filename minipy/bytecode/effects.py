"""What an instruction takes from the operand stack and puts there, as its picture in opcodes.py says.

    Opcode("CALL", "callable arguments*n -- result", "count")      effect(CALL, 3) == (4, 1)
    Opcode("LIST_APPEND", "list ... value -- list ...", "count")   effect(LIST_APPEND, 2) == (1, 0)

A part of a picture: `x` one value, `x*n` and `x*2n` as many as the operand says, `x?` none or one (which, is said
here for each instruction), `x*` any number (likewise). What stands left of `...` is looked at and left where it is.

CPython counterpart: stack_effect in Python/compile.c; Tools/cases_generator of 3.12, which reads such pictures.
"""
from __future__ import annotations

from typing import Final

from minipy.bytecode import opcodes as op

MAKE_FUNCTION_FLAGS: Final = 15


class Side:
    """One side of a picture: `fixed` values and `per_operand` times the operand."""

    def __init__(self, text: str) -> None:
        self.fixed = 0
        self.per_operand = 0
        for part in text.partition("...")[2].split() if "..." in text else text.split():
            if part.endswith("*2n"):
                self.per_operand += 2
            elif part.endswith("*n"):
                self.per_operand += 1
            elif not part.endswith(("?", "*")):
                self.fixed += 1


def _read(picture: str) -> tuple[int, int, int, int]:
    """The numbers of both sides."""
    left, _, right = picture.partition("--")
    before, after = Side(left), Side(right)
    return before.fixed, before.per_operand, after.fixed, after.per_operand


EFFECTS: Final = tuple(_read(opcode.picture) for opcode in op.OPCODES)
IRREGULAR: Final = frozenset(
    (
        op.BUILD_SLICE, op.BINARY_SLICE, op.STORE_SLICE, op.FORMAT_VALUE, op.UNPACK_EX, op.CALL_FUNCTION_EX,
        op.MAKE_FUNCTION, op.RAISE_VARARGS,
    )
)
"""Instructions whose picture has `x?` or `x*` that depends on the operand."""


def effect(opcode: int, operand: int) -> tuple[int, int]:
    """How many values the instruction takes and puts when it does not jump. `operand`: the count, flags or format."""
    taken, taken_each, put, put_each = EFFECTS[opcode]
    if opcode in IRREGULAR:
        return _irregular(opcode, operand)
    return taken + taken_each * operand, put + put_each * operand


def _irregular(opcode: int, operand: int) -> tuple[int, int]:
    """`effect` of the instructions whose picture leaves it open."""
    if opcode == op.BUILD_SLICE:
        return operand, 1
    if opcode == op.BINARY_SLICE:
        return operand + 1, 1
    if opcode == op.STORE_SLICE:
        return operand + 2, 0
    if opcode == op.FORMAT_VALUE:
        return 2 if operand & 4 else 1, 1
    if opcode == op.UNPACK_EX:
        return 1, (operand & 255) + (operand >> 8) + 1
    if opcode == op.CALL_FUNCTION_EX:
        return 2 + operand, 1
    if opcode == op.MAKE_FUNCTION:
        return 1 + (operand & MAKE_FUNCTION_FLAGS).bit_count(), 1
    return operand, 0


def jump_effect(opcode: int) -> tuple[int, int]:
    """How many values a jump instruction takes and puts when it jumps."""
    if opcode in (op.FOR_ITER, op.FOR_ITER_STORE_FAST):
        return 1, 0
    if opcode == op.SEND:
        return 2, 1
    if opcode in (op.JUMP_IF_FALSE_OR_POP, op.JUMP_IF_TRUE_OR_POP):
        return 1, 1
    return effect(opcode, 0)


def depth_looked_at(opcode: int, operand: int) -> int:
    """How deep the stack must at least be, where the instruction looks below what it takes."""
    if opcode in (op.COPY, op.SWAP):
        return operand
    if opcode in (op.LIST_APPEND, op.SET_ADD, op.LIST_EXTEND, op.SET_UPDATE, op.DICT_UPDATE):
        return operand + 1
    return operand + 2 if opcode == op.MAP_ADD else effect(opcode, operand)[0]
