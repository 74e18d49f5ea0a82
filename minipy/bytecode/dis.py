"""The disassembler: a Code object as a listing, in the host's columns.

      3     >>   10 LOAD_FAST                0 (x)
                 11 LOAD_CONST               1 (2)
    line  label offset  name          operand (what it stands for)     with show_stack: depth  picture

`>>` marks jump targets. Code objects among the constants follow, each under its own heading.

CPython counterpart: Lib/dis.py. Differs: offsets count words of the code, not bytes.
"""
from __future__ import annotations

from typing import Final

from minipy.bytecode.code import Code
from minipy.bytecode.decode import Decoded, decode, stack_depths
from minipy.bytecode.opcodes import AUGMENTED
from minipy.objects.operators import COMPARE_SYMBOLS, NB_INPLACE, OPERATOR_SYMBOLS

NAME_WIDTH: Final = 20
OPERAND_WIDTH: Final = 5
MAX_PICTURE_COLUMN: Final = 72
CONVERSIONS: Final = ("", "str", "repr", "ascii")
FUNCTION_PARTS: Final = ("defaults", "kwdefaults", "annotations", "closure")


def disassemble(code: Code, show_stack: bool = False) -> str:
    """The listing of a code object and those among its constants."""
    lines: list[str] = []
    pending = [code]
    while pending:
        inner = pending.pop()
        if inner is not code:
            lines += ["", f"Disassembly of {describe(inner)}:"]
        lines += listing(inner, show_stack)
        pending += [constant for constant in reversed(inner.consts) if isinstance(constant, Code)]
    return "\n".join(lines) + "\n"


def listing(code: Code, show_stack: bool = False) -> list[str]:
    """The lines for one code object alone, its exception table included."""
    instructions = decode(code)
    targets = {instruction.target for instruction in instructions} | {entry.target for entry in code.exceptions}
    starts = line_starts(code)
    width = max([3] + [len(str(line)) for line in starts.values()])
    rows = [
        format_row(code, i, str(starts.get(i.offset, "")), width, i.offset in targets) for i in instructions
    ]
    if show_stack:
        rows = with_pictures(code, instructions, rows)
    lines: list[str] = []
    for instruction, row in zip(instructions, rows, strict=True):
        if instruction.offset in starts and lines:
            lines.append("")
        lines.append(row)
    return lines + exception_lines(code)


def with_pictures(code: Code, instructions: list[Decoded], rows: list[str]) -> list[str]:
    """The rows, each with the stack's depth before the instruction and what the instruction does to the stack."""
    depths = stack_depths(code, instructions)[0]
    column = min(max(len(row) for row in rows), MAX_PICTURE_COLUMN)
    return [
        f"{row:{column}}  {depths.get(i.offset, 0):3}  {i.opcode.picture}"
        for i, row in zip(instructions, rows, strict=True)
    ]


def line_starts(code: Code) -> dict[int, int]:
    """The offsets where the source line changes, with the line."""
    result: dict[int, int] = {}
    last = 0
    for offset, span in code.positions:
        if span.lineno != last and span.lineno > 0:
            result[offset] = last = span.lineno
    return result


def format_row(code: Code, instruction: Decoded, line: str, width: int, is_target: bool) -> str:
    """One instruction's columns."""
    label = ">>" if is_target else "  "
    row = f"{line:>{width}}     {label} {instruction.offset:4} {instruction.opcode.name:{NAME_WIDTH}}"
    if not instruction.operands:
        return row.rstrip()
    operand = ", ".join(str(number) for number in instruction.operands)
    text = argument_text(code, instruction)
    return f"{row} {operand:>{OPERAND_WIDTH}}" + (f" ({text})" if text else "")


def argument_text(code: Code, instruction: Decoded) -> str:
    """What the operands stand for; "" where the numbers say it all."""
    kinds = instruction.opcode.operands
    texts = [operand_text(code, kind, operand) for kind, operand in zip(kinds, instruction.operands, strict=True)]
    return ", ".join(text for text in texts if text)


def operand_text(code: Code, kind: str, operand: int) -> str:
    """What one operand stands for."""
    if kind == "local":
        return code.varnames[operand]
    if kind == "augmented":
        return code.varnames[operand & ~AUGMENTED] + (" +=" if operand & AUGMENTED else "")
    if kind == "cell":
        return cell_name(code, operand)
    if kind == "const":
        constant = code.consts[operand]
        return describe(constant) if isinstance(constant, Code) else repr(constant)
    if kind == "name":
        return code.names[operand]
    if kind == "jump":
        return f"to {operand}"
    if kind == "compare":
        return COMPARE_SYMBOLS[operand]
    return flags_text(kind, operand)


def flags_text(kind: str, operand: int) -> str:
    """What an operand that is a set of bits or an operator stands for."""
    if kind in ("operator", "inplace"):
        inplace = operand & NB_INPLACE != 0
        if kind == "inplace":
            return "in place" if inplace else ""
        return OPERATOR_SYMBOLS[operand & ~NB_INPLACE].partition(" or ")[0] + "=" * inplace
    if kind == "flags":
        return ", ".join(part for bit, part in enumerate(FUNCTION_PARTS) if operand >> bit & 1)
    if kind == "format":
        parts = [CONVERSIONS[operand & 3], "with format" if operand & 4 else ""]
        return ", ".join(part for part in parts if part)
    if kind == "unpack":
        return f"{operand & 255} before, {operand >> 8} behind"
    return ""


def cell_name(code: Code, place: int) -> str:
    """The name of the cell or free variable at an index among all locals."""
    if place < len(code.varnames):
        return code.varnames[place]
    own = [name for name in code.cellvars if name not in code.varnames]
    return (own + list(code.freevars))[place - len(code.varnames)]


def describe(code: Code) -> str:
    """A code object in one line."""
    return f'<code object {code.name}, file "{code.filename}", line {code.firstlineno}>'


def exception_lines(code: Code) -> list[str]:
    """The exception table; each range with its last word."""
    lines = ["ExceptionTable:"] if code.exceptions else []
    for entry in code.exceptions:
        lasti = " lasti" if entry.lasti else ""
        lines.append(f"  {entry.start} to {entry.end - 1} -> {entry.target} [{entry.depth}]{lasti}")
    return lines
