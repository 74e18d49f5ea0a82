"""From blocks to a Code object: offsets, words, the line table and the exception table.

    word     operand(s) above bits 0-7, opcode in them: two operands take 16 bits and the rest
    caches   an instruction's cache words (0) follow it
    offset   counts words, caches included; so do jump operands

The order of work: flow.py settles the blocks, fuse.py fuses, then every block gets its offset, then the words are
written with the jumps' targets known.

CPython counterpart: Python/compile.c (assemble, assemble_jump_offsets, assemble_emit, assemble_exception_table).
"""
from __future__ import annotations

from typing import Final

from minipy.bytecode import opcodes as op
from minipy.bytecode.code import (
    CO_GENERATOR,
    CO_NESTED,
    CO_NEWLOCALS,
    CO_OPTIMIZED,
    CO_VARARGS,
    CO_VARKEYWORDS,
    Code,
    ExceptionEntry,
)
from minipy.compiler import flow, fuse, observe
from minipy.compiler.blocks import JUMP, Block, Handler, Instruction
from minipy.compiler.options import Options
from minipy.compiler.unit import UNIT_COMPREHENSION, UNIT_FUNCTION, UNIT_LAMBDA, Unit
from minipy.errors import Span
from minipy.syntax import ast

SECOND_SHIFT: Final = 24  # where the second of two operands begins in a word
WORDS: Final = tuple(1 + opcode.caches for opcode in op.OPCODES)
TWO_OPERANDS: Final = frozenset(number for number, opcode in enumerate(op.OPCODES) if len(opcode.operands) == 2)
CONST_OPERANDS: Final = frozenset(number for number, opcode in enumerate(op.OPCODES) if "const" in opcode.operands)
CELL_OPERANDS: Final = frozenset(number for number, opcode in enumerate(op.OPCODES) if opcode.operands == ("cell",))


def assemble(unit: Unit, options: Options) -> Code:
    """The Code object of a finished unit."""
    code = Code(unit.name, unit.qualname, options.filename, unit.firstlineno)
    code.varnames = tuple(unit.varnames)
    code.cellvars = tuple(unit.cellvars)
    code.freevars = tuple(unit.freevars)
    code.names = tuple(unit.names)
    code.argcount = unit.argcount
    code.posonlyargcount = unit.posonlyargcount
    code.kwonlyargcount = unit.kwonlyargcount
    code.flags = flags_of(unit)
    code.doc = unit.doc
    code.stacksize = max(unit.top_depth, handler_depth(unit), 1)
    unit.blocks[0].instructions[:0] = prologue(unit)
    blocks = flow.settle(unit.blocks, options.observed)
    for index, block in enumerate(blocks):
        block.index = index
        if not options.observed:
            fuse.swap_statically(block)
            fuse.fuse(block)
    if options.observed:
        observe.add_marks(blocks)
    place_jumps(blocks)
    write(code, blocks, cell_places(unit))
    code.consts = tuple(unit.const_values[: constants_used(blocks)])
    code.exceptions = exception_table(blocks)
    return code


def flags_of(unit: Unit) -> int:
    """The CO_ bits."""
    flags = 0
    if unit.kind in (UNIT_FUNCTION, UNIT_LAMBDA, UNIT_COMPREHENSION):
        flags = CO_OPTIMIZED | CO_NEWLOCALS
        flags |= CO_NESTED if unit.scope.nested else 0
        flags |= CO_GENERATOR if unit.scope.is_generator else 0
    node = unit.scope.node
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        flags |= CO_VARARGS if node.args.vararg is not None else 0
        flags |= CO_VARKEYWORDS if node.args.kwarg is not None else 0
    return flags


def handler_depth(unit: Unit) -> int:
    """The deepest stack that the machine's pushing for a handler makes."""
    handlers = {i.handler for block in unit.blocks for i in block.instructions if i.handler is not None}
    return max((handler.depth + 1 + handler.lasti for handler in handlers), default=0)


def prologue(unit: Unit) -> list[Instruction]:
    """What a code object does before it resumes: get the closure, make its own cells, become a generator."""
    result: list[Instruction] = []
    if unit.freevars:
        result.append(Instruction(op.COPY_FREE_VARS, len(unit.freevars), None, None))
    result += [Instruction(op.MAKE_CELL, index, None, None) for index in range(len(unit.cellvars))]
    if unit.scope.is_generator:
        result.append(Instruction(op.RETURN_GENERATOR, 0, Span(unit.firstlineno, -1, unit.firstlineno, -1), None))
    return result


def constants_used(blocks: list[Block]) -> int:
    """How many constants to keep: the first, and up to the last that an instruction names."""
    last = 0
    for block in blocks:
        for instruction in block.instructions:
            if instruction.op in CONST_OPERANDS:
                last = max(last, instruction.second if instruction.op in TWO_OPERANDS else instruction.arg)
    return last + 1


def cell_places(unit: Unit) -> list[int]:
    """For each cell and free variable its index among all locals: a parameter's slot, or behind the locals."""
    places: list[int] = []
    free = len(unit.varnames)
    for name in unit.cellvars + unit.freevars:
        if name in unit.varnames and len(places) < len(unit.cellvars):
            places.append(unit.varnames[name])
        else:
            places.append(free)
            free += 1
    return places


def place_jumps(blocks: list[Block]) -> None:
    """Give each block its offset, and each JUMP its direction."""
    offset = 0
    for block in blocks:
        block.offset = offset
        for instruction in block.instructions:
            offset += 1 if instruction.op == JUMP else WORDS[instruction.op]
    for block in blocks:
        for instruction in block.instructions:
            if instruction.op == JUMP and instruction.target is not None:
                backward = instruction.target.index <= block.index
                instruction.op = op.JUMP_BACKWARD if backward else op.JUMP_FORWARD


def write(code: Code, blocks: list[Block], cells: list[int]) -> None:
    """Write the instructions' words and the line table."""
    words = code.instructions
    span: Span | None = None
    for block in blocks:
        for instruction in block.instructions:
            offset = len(words)
            span = instruction.span or span
            if span is not None:
                code.positions.append((offset, span))
            if instruction.first_load is not None:
                code.first_loads[offset] = instruction.first_load
            words.append(word_of(instruction, cells))
            words += [0] * op.OPCODES[instruction.op].caches


def word_of(instruction: Instruction, cells: list[int]) -> int:
    """An instruction's word."""
    number, arg = instruction.op, instruction.arg
    if number in TWO_OPERANDS:
        second = instruction.second if instruction.target is None else instruction.target.offset
        return number | arg << 8 | second << SECOND_SHIFT
    if instruction.target is not None:
        arg = instruction.target.offset
    elif number in CELL_OPERANDS:
        arg = cells[arg]
    return number | arg << 8


def exception_table(blocks: list[Block]) -> list[ExceptionEntry]:
    """One entry for each run of instructions with the same handler."""
    entries: list[ExceptionEntry] = []
    current: Handler | None = None
    start = offset = 0
    for block in blocks:
        for instruction in block.instructions:
            if instruction.handler is not current:
                if current is not None:
                    entries.append(entry_of(current, start, offset))
                current = instruction.handler
                start = offset
            offset += WORDS[instruction.op]
    if current is not None:
        entries.append(entry_of(current, start, offset))
    return entries


def entry_of(handler: Handler, start: int, end: int) -> ExceptionEntry:
    """The table's entry for [start, end)."""
    return ExceptionEntry(start, end, handler.block.offset, handler.depth, handler.lasti)
