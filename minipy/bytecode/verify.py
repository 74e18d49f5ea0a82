"""The verifier: finds in a Code object whatever would let the machine go astray.

It holds the compiler's promises: operands name something, jumps land on instructions, the stack has the same depth
on every way to an instruction, never below 0 nor above `stacksize`, and no way runs off the end.

CPython has no counterpart (it trusts its compiler); the JVM's class file verifier is the model.
"""
from __future__ import annotations

from typing import Final

from minipy.bytecode import opcodes as op
from minipy.bytecode.code import Code
from minipy.bytecode.decode import Decoded, decode, stack_depths
from minipy.bytecode.effects import MAKE_FUNCTION_FLAGS, depth_looked_at, effect
from minipy.objects.operators import CMP_GE, NB_INPLACE, NB_XOR

MAX_FORMAT: Final = 7


def verify(code: Code) -> list[str]:
    """What is wrong with a code object and those among its constants, one line each; [] if nothing is."""
    faults: list[str] = []
    pending = [code]
    while pending:
        inner = pending.pop()
        faults += [f"{inner.qualname}: {fault}" for fault in _verify_one(inner)]
        pending += [constant for constant in inner.consts if isinstance(constant, Code)]
    return faults


def _verify_one(code: Code) -> list[str]:
    """`verify` of one code object alone."""
    try:
        instructions = decode(code)
    except ValueError as error:
        return [str(error)]
    if not instructions:
        return ["no instructions"]
    starts = {instruction.offset for instruction in instructions}
    faults: list[str] = []
    for instruction in instructions:
        faults += check_operands(code, instruction, starts)
    faults += check_tables(code, starts)
    if not faults:
        faults += check_stack(code, instructions)
    return faults


def check_operands(code: Code, instruction: Decoded, starts: set[int]) -> list[str]:
    """Does each operand name something that is there?"""
    faults = []
    for kind, operand in zip(instruction.opcode.operands, instruction.operands, strict=True):
        if not is_valid(code, instruction, kind, operand, starts):
            faults.append(f"{instruction.offset}: {instruction.opcode.name} has no {kind} {operand}")
    return faults


def is_valid(code: Code, instruction: Decoded, kind: str, operand: int, starts: set[int]) -> bool:
    """Is an operand of that kind in its range?"""
    if kind == "local":
        return operand < len(code.varnames)
    if kind == "augmented":
        return operand & ~op.AUGMENTED < len(code.varnames)
    if kind == "cell":
        return operand in cell_places(code)
    if kind == "const":
        return operand < len(code.consts)
    if kind == "name":
        return operand < len(code.names)
    if kind == "jump":
        backward = operand <= instruction.offset
        return operand in starts and backward == (instruction.number == op.JUMP_BACKWARD)
    if kind == "operator":
        return operand & ~NB_INPLACE <= NB_XOR
    if kind == "inplace":
        return operand in (0, NB_INPLACE)
    limits = {"compare": CMP_GE, "invert": 1, "flag": 1, "flags": MAKE_FUNCTION_FLAGS, "format": MAX_FORMAT}
    return operand <= limits.get(kind, operand)


def cell_places(code: Code) -> set[int]:
    """The indexes of cells and free variables among all locals."""
    parameters = {index for index, name in enumerate(code.varnames) if name in code.cellvars}
    return parameters | set(range(len(code.varnames), code.nlocalsplus))


def check_tables(code: Code, starts: set[int]) -> list[str]:
    """Do the exception table and the line table name instructions, in order?"""
    faults = []
    last = 0
    for entry in code.exceptions:
        ends = entry.end in starts or entry.end == len(code.instructions)
        if entry.start not in starts or not ends or entry.target not in starts or entry.depth < 0:
            faults.append(f"exception entry {entry.start}-{entry.end}: not on instructions")
        if entry.start < last or entry.end <= entry.start:
            faults.append(f"exception entry {entry.start}-{entry.end}: out of order")
        last = entry.end
    offsets = [offset for offset, _ in code.positions]
    if offsets != sorted(set(offsets)) or not starts.issuperset(offsets):
        faults.append("the line table is not in order, or not on instructions")
    if not starts.issuperset(code.first_loads):
        faults.append("first_loads: not on instructions")
    return faults


def check_stack(code: Code, instructions: list[Decoded]) -> list[str]:
    """Follow every way through the code."""
    depths, faults = stack_depths(code, instructions)
    guarded = {entry.start: entry for entry in code.exceptions}
    entry = None
    for instruction in instructions:
        offset = instruction.offset
        entry = guarded.get(offset, entry if entry is not None and offset < entry.end else None)
        depth = depths.get(offset)
        if depth is None:
            faults.append(f"{offset}: {instruction.opcode.name} can never be reached")
            continue
        taken, put = effect(instruction.number, instruction.operand)
        if depth < max(taken, depth_looked_at(instruction.number, instruction.operand)):
            faults.append(f"{offset}: {instruction.opcode.name} finds only {depth} values on the stack")
        if max(depth, depth - taken + put) > code.stacksize:
            faults.append(f"{offset}: {instruction.opcode.name} needs more than {code.stacksize} values on the stack")
        if entry is not None and depth < entry.depth:
            faults.append(f"{offset}: {instruction.opcode.name} has less on the stack than its handler keeps")
    last = instructions[-1]
    if last.goes_on():
        faults.append(f"{last.offset}: the code ends without a return")
    return faults
