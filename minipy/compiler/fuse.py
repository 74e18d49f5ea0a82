"""Peephole: short sequences of instructions replaced by better ones, most of them by one fused instruction.

    LOAD_FAST i  LOAD_CONST 1  BINARY_ADD        ADD_FAST_CONST i 1
    COMPARE_OP <  POP_JUMP_IF_FALSE -> b         LT_JUMP_IF_FALSE -> b
    BUILD_SLICE 2  BINARY_SUBSCR                 BINARY_SLICE 2              a[i:j], without the slice object
    BUILD_TUPLE 2  UNPACK_SEQUENCE 2             SWAP 2                      a, b = b, a

Both parts lie in one block, so nothing jumps between them, and under the same exception handler. A fused
instruction keeps the place of the part that can fail; `first_load` is that of a first LOAD_FAST, which can fail too.

CPython counterpart: Python/compile.c (optimize_basic_block, apply_static_swaps), the superinstructions of 3.11's
Python/specialize.c.
"""
from __future__ import annotations

from types import MappingProxyType
from typing import Final

from minipy.bytecode import opcodes as op
from minipy.compiler.blocks import Block, Instruction
from minipy.objects.operators import CMP_EQ, CMP_GE, CMP_GT, CMP_LE, CMP_LT, CMP_NE

MAX_FIRST: Final = 1 << 16  # a fused instruction's first operand has 16 bits

PAIRS: Final = MappingProxyType({
    (op.LOAD_FAST, op.LOAD_ATTR): op.LOAD_FAST_LOAD_ATTR,
    (op.LOAD_FAST, op.LOAD_FAST): op.LOAD_FAST_LOAD_FAST,
    (op.LOAD_FAST, op.LOAD_CONST): op.LOAD_FAST_LOAD_CONST,
    (op.STORE_FAST, op.LOAD_FAST): op.STORE_FAST_LOAD_FAST,
    (op.FOR_ITER, op.STORE_FAST): op.FOR_ITER_STORE_FAST,
    (op.BUILD_SLICE, op.BINARY_SUBSCR): op.BINARY_SLICE,
    (op.BUILD_SLICE, op.STORE_SUBSCR): op.STORE_SLICE,
})  # fmt: skip
"""Two instructions whose operands become the fused one's."""
ARITHMETIC: Final = MappingProxyType({op.BINARY_ADD: op.ADD_FAST_CONST, op.BINARY_SUBTRACT: op.SUBTRACT_FAST_CONST})
COMPARE_JUMPS: Final = MappingProxyType({
    CMP_LT: op.LT_JUMP_IF_FALSE, CMP_LE: op.LE_JUMP_IF_FALSE, CMP_EQ: op.EQ_JUMP_IF_FALSE,
    CMP_NE: op.NE_JUMP_IF_FALSE, CMP_GT: op.GT_JUMP_IF_FALSE, CMP_GE: op.GE_JUMP_IF_FALSE,
})  # fmt: skip
STARTERS: Final = frozenset((op.LOAD_FAST, op.STORE_FAST, op.FOR_ITER, op.COMPARE_OP, op.BUILD_SLICE))


def swap_statically(block: Block) -> None:
    """Do exchanges of values while compiling: `a, b = b, a` needs neither a tuple nor, mostly, a SWAP."""
    body = block.instructions
    position = 0
    while position < len(body):
        if is_pack_and_unpack(body, position):
            count = body[position].arg
            body[position : position + 2] = [swap_of(body[position], count)] if count > 1 else []
        if position < len(body) and body[position].op == op.SWAP and can_reverse(body, position):
            count = body[position].arg
            stores = body[position + 1 : position + 1 + count]
            body[position : position + 1 + count] = stores[::-1]
        position += 1


def swap_of(instruction: Instruction, count: int) -> Instruction:
    """SWAP, in the place of another instruction."""
    return Instruction(op.SWAP, count, instruction.span, instruction.handler)


def is_pack_and_unpack(body: list[Instruction], position: int) -> bool:
    """Is there a tuple of one to three values that is unpacked at once?"""
    first = body[position]
    if first.op != op.BUILD_TUPLE or not 1 <= first.arg <= 3 or position + 1 == len(body):
        return False
    return body[position + 1].op == op.UNPACK_SEQUENCE and body[position + 1].arg == first.arg


def can_reverse(body: list[Instruction], position: int) -> bool:
    """Is a SWAP 2 or 3 followed by that many STORE_FAST to different variables?"""
    count = body[position].arg
    stores = body[position + 1 : position + 1 + count]
    if count > 3 or any(store.op != op.STORE_FAST for store in stores):
        return False
    return len({store.arg for store in stores}) == count and body[position].handler is stores[-1].handler


def fuse(block: Block) -> None:
    """Replace sequences by fused instructions, from the left; a pair gives way to a better one one step on."""
    body = block.instructions
    result: list[Instruction] = []
    position = 0
    while position < len(body):
        size = fusable(body, position)
        if size == 2 and gives_way(body, position):
            size = 1
        result.append(body[position] if size == 1 else fused(body, position, size))
        position += size
    block.instructions = result


def gives_way(body: list[Instruction], position: int) -> bool:
    """Is it better to leave the pair's second instruction to what follows?"""
    second = body[position + 1]
    if second.op != op.LOAD_FAST:
        return False
    size = fusable(body, position + 1)
    return size == 3 or (size == 2 and body[position + 2].op == op.LOAD_ATTR)


def fusable(body: list[Instruction], position: int) -> int:
    """How many instructions from `position` on one fused instruction can replace; 1 if none can."""
    first = body[position]
    if first.op not in STARTERS or position + 1 == len(body):
        return 1
    second = body[position + 1]
    if second.handler is not first.handler:
        return 1
    if first.op == op.COMPARE_OP:
        return 2 if second.op == op.POP_JUMP_IF_FALSE else 1
    if max(first.arg, second.arg if first.op == op.FOR_ITER else 0) >= MAX_FIRST:
        return 1
    if (first.op, second.op) not in PAIRS:
        return 1
    if first.op == op.LOAD_FAST and second.op == op.LOAD_CONST and is_plain_arithmetic(body, position + 2):
        return 3 if body[position + 2].handler is first.handler else 2
    return 2


def is_plain_arithmetic(body: list[Instruction], position: int) -> bool:
    """Is there a `+` or `-`, augmented or not, of a local variable whose index leaves room to say which?"""
    return position < len(body) and body[position].op in ARITHMETIC and body[position - 2].arg < op.AUGMENTED


def fused(body: list[Instruction], position: int, size: int) -> Instruction:
    """The instruction that replaces `size` instructions."""
    first, last = body[position], body[position + size - 1]
    if first.op == op.COMPARE_OP:
        result = Instruction(COMPARE_JUMPS[first.arg], 0, first.span, first.handler)
        result.target = last.target
        return result
    if size == 3:
        variable = first.arg | op.AUGMENTED if last.arg else first.arg
        result = Instruction(ARITHMETIC[last.op], variable, last.span, first.handler)
        result.second = body[position + 1].arg
        result.first_load = first.span
        return result
    return fused_pair(first, last)


def fused_pair(first: Instruction, second: Instruction) -> Instruction:
    """One of PAIRS."""
    opcode = PAIRS[first.op, second.op]
    keeps_first = second.op in (op.LOAD_CONST, op.STORE_FAST)
    result = Instruction(opcode, first.arg, first.span if keeps_first else second.span, first.handler)
    result.second = second.arg
    if opcode == op.FOR_ITER_STORE_FAST:
        result.arg, result.target = second.arg, first.target
    elif opcode in (op.LOAD_FAST_LOAD_ATTR, op.LOAD_FAST_LOAD_FAST):
        result.first_load = first.span
    return result
