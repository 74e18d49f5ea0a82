"""The verifier finds what is wrong: a sound code object is damaged in one place at a time."""
from __future__ import annotations

import pytest

from minipy import compiler
from minipy.bytecode import opcodes as op
from minipy.bytecode.code import Code, ExceptionEntry
from minipy.bytecode.dis import disassemble
from minipy.bytecode.effects import EFFECTS, depth_looked_at, effect, jump_effect
from minipy.bytecode.verify import verify
from minipy.syntax import parser

SOURCE = "def f(a):\n try:\n  while a < 9: a.b(x)\n except E: pass\n return a\n"


@pytest.fixture
def code() -> Code:
    """A sound function."""
    function = compiler.compile_module(parser.parse(SOURCE, "f"), "f").consts[0]
    assert isinstance(function, Code)
    assert verify(function) == []
    return function


def place(code: Code, opcode: int) -> int:
    """Where the first such instruction lies."""
    return [word & 255 for word in code.instructions].index(opcode)


@pytest.mark.parametrize("source", [
    "try: pass\nexcept E: x\nfinally: y\n",
    "try: pass\nexcept* E: x\nfinally: y\n",
    "try:\n try: pass\n finally: pass\nexcept E: pass\n",
    "while 1:\n try: continue\n except E: x\n finally: y\n",
])  # fmt: skip
def test_handlers_of_nothing_are_left_out(source: str) -> None:
    assert verify(compiler.compile_module(parser.parse(source, "f"), "f")) == []


@pytest.mark.parametrize("opcode, operand, complaint", [
    (op.LOAD_FAST_LOAD_CONST, 7, "has no local 7"),
    (op.LOAD_FAST_LOAD_CONST, 99 << 16, "has no const 99"),
    (op.LOAD_GLOBAL, 50, "has no name 50"),
    (op.JUMP_BACKWARD, 100, "has no jump 100"),
    (op.LT_JUMP_IF_FALSE, 0, "has no jump 0"),
    (op.LT_JUMP_IF_FALSE, 1000, "has no jump 1000"),
    (op.CALL_METHOD, 5, "finds only"),
    (op.CALL_METHOD, 0, "reached with"),
])  # fmt: skip
def test_wrong_operands(code: Code, opcode: int, operand: int, complaint: str) -> None:
    code.instructions[place(code, opcode)] = opcode | operand << 8
    assert any(complaint in fault for fault in verify(code))


def test_no_instruction(code: Code) -> None:
    code.instructions[place(code, op.POP_TOP)] = 255
    assert verify(code) == ["f: no instruction at " + str(code.instructions.index(255))]


def test_cut_off(code: Code) -> None:
    code.instructions[-1] = op.NOP
    assert any("ends without a return" in fault for fault in verify(code))
    code.instructions.append(op.LOAD_GLOBAL)
    assert any("lacks its cache words" in fault for fault in verify(code))


def test_small_stack(code: Code) -> None:
    code.stacksize = 1
    assert any("needs more than 1 values" in fault for fault in verify(code))


def test_exception_table(code: Code) -> None:
    first = code.exceptions[0]
    code.exceptions[0] = ExceptionEntry(first.start, first.end, first.target, 5, first.lasti)
    assert any("than its handler keeps" in fault for fault in verify(code))
    code.exceptions[0] = ExceptionEntry(first.end, first.start, first.target, 0, first.lasti)
    assert any("out of order" in fault for fault in verify(code))
    code.exceptions[0] = ExceptionEntry(first.start, first.end, len(code.instructions) + 1, 0, first.lasti)
    assert any("not on instructions" in fault for fault in verify(code))


def test_faults_of_inner_code_are_found() -> None:
    module = compiler.compile_module(parser.parse(SOURCE, "f"), "f")
    inner = module.consts[0]
    assert isinstance(inner, Code)
    inner.stacksize = 0
    assert verify(module)[0].startswith("f: ")


def test_line_table(code: Code) -> None:
    code.positions.reverse()
    assert any("line table" in fault for fault in verify(code))


def test_every_instruction_has_an_effect() -> None:
    assert len(EFFECTS) == len(op.OPCODES)
    assert effect(op.CALL, 3) == (4, 1)
    assert effect(op.BUILD_MAP, 2) == (4, 1)
    assert effect(op.LIST_APPEND, 2) == (1, 0)
    assert effect(op.MAKE_FUNCTION, 9) == (3, 1)
    assert effect(op.UNPACK_EX, 1 | 2 << 8) == (1, 4)
    assert effect(op.RERAISE, 1) == (2, 0)
    assert jump_effect(op.FOR_ITER) == (1, 0)
    assert jump_effect(op.SEND) == (2, 1)
    assert depth_looked_at(op.LIST_APPEND, 2) == 3
    assert depth_looked_at(op.MAP_ADD, 2) == 4


def test_listing_names_what_operands_stand_for(code: Code) -> None:
    listing = disassemble(code)
    assert "(a, 9)" in listing and "(x)" in listing and "(to " in listing and ">>" in listing
    assert "ExceptionTable:" in listing
    assert "owner -- function self" in disassemble(code, show_stack=True)
