"""Tests and jumps: `and`, `or`, `not`, comparisons, `x if c else y`.

    if a and not b:          LOAD a; POP_JUMP_IF_FALSE else
                             LOAD b; POP_JUMP_IF_TRUE else

A test is turned into jumps, its truth never into a value. A constant test costs nothing at run time.

CPython counterpart: Python/compile.c (compiler_jump_if, compiler_boolop, compiler_compare, compiler_ifexp).
"""
from __future__ import annotations

from types import MappingProxyType
from typing import Final

from minipy.bytecode import opcodes as op
from minipy.compiler import suspicions
from minipy.compiler.blocks import JUMP, Block
from minipy.compiler.constants import NOT_CONSTANT
from minipy.compiler.emitter import Emitter
from minipy.objects.operators import CMP_EQ, CMP_GE, CMP_GT, CMP_LE, CMP_LT, CMP_NE
from minipy.syntax import ast

COMPARISONS: Final = MappingProxyType({
    "Lt": (op.COMPARE_OP, CMP_LT), "LtE": (op.COMPARE_OP, CMP_LE), "Eq": (op.COMPARE_OP, CMP_EQ),
    "NotEq": (op.COMPARE_OP, CMP_NE), "Gt": (op.COMPARE_OP, CMP_GT), "GtE": (op.COMPARE_OP, CMP_GE),
    "Is": (op.IS_OP, 0), "IsNot": (op.IS_OP, 1), "In": (op.CONTAINS_OP, 0), "NotIn": (op.CONTAINS_OP, 1),
})  # fmt: skip
NEGATED: Final = MappingProxyType({"Is": ast.IsNot, "IsNot": ast.Is, "In": ast.NotIn, "NotIn": ast.In})


def without_not(node: ast.expr) -> ast.expr:
    """`not a is b` and `not a in b` as `a is not b` and `a not in b`; any other expression as it is."""
    if not isinstance(node, ast.UnaryOp) or not isinstance(node.op, ast.Not):
        return node
    inner = node.operand
    if not isinstance(inner, ast.Compare) or len(inner.ops) != 1 or type(inner.ops[0]).__name__ not in NEGATED:
        return node
    return ast.Compare(
        inner.left, [NEGATED[type(inner.ops[0]).__name__]()], inner.comparators, lineno=inner.lineno,
        col_offset=inner.col_offset, end_lineno=inner.end_lineno, end_col_offset=inner.end_col_offset,
    )  # fmt: skip


def is_none_test(node: ast.Compare) -> bool:
    """Is it `x is None` or `x is not None`?"""
    operand = node.comparators[0]
    return isinstance(node.ops[0], ast.Is | ast.IsNot) and isinstance(operand, ast.Constant) and operand.value is None


class Conditions(Emitter):
    """Expressions that decide."""

    def jump_if(self, test: ast.expr, target: Block, wanted: bool) -> None:
        """Jump if the test's truth is `wanted`, else fall through."""
        test = without_not(test)
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            self.jump_if(test.operand, target, not wanted)
        elif isinstance(test, ast.BoolOp):
            self.jump_if_boolean(test, target, wanted)
        elif isinstance(test, ast.IfExp):
            self.jump_if_choice(test, target, wanted)
        elif isinstance(test, ast.Compare):
            self.at(test)
            if len(test.ops) > 1:
                self.warn(suspicions.of_comparison(test, self.folder.fold))
                self.jump_if_chain(test, target, wanted)
            elif is_none_test(test):
                self.warn(suspicions.of_comparison(test, self.folder.fold))
                self.expr(test.left)
                on_none = wanted == isinstance(test.ops[0], ast.Is)
                self.emit_jump(op.POP_JUMP_IF_NONE if on_none else op.POP_JUMP_IF_NOT_NONE, target)
            else:
                self.expr(test)
                self.emit_jump(op.POP_JUMP_IF_TRUE if wanted else op.POP_JUMP_IF_FALSE, target)
        else:
            self.jump_if_value(test, target, wanted)

    def jump_if_value(self, test: ast.expr, target: Block, wanted: bool) -> None:
        """`jump_if` for a test that is no condition itself."""
        constant = self.folder.fold(test)
        if constant is NOT_CONSTANT:
            self.expr(test)
            self.emit_jump(op.POP_JUMP_IF_TRUE if wanted else op.POP_JUMP_IF_FALSE, target)
            return
        before = self.span
        self.at(test)
        self.emit(op.NOP)
        self.span = before
        if bool(constant) == wanted:
            self.emit_jump(JUMP, target)
            self.use_block(Block())

    def jump_if_boolean(self, test: ast.BoolOp, target: Block, wanted: bool) -> None:
        """`and` and `or`: each value but the last either settles the matter or leaves it to the next."""
        decides = isinstance(test.op, ast.Or)
        decided = target if decides == wanted else Block()
        for value in test.values[:-1]:
            self.jump_if(value, decided, decides)
        self.jump_if(test.values[-1], target, wanted)
        if decided is not target:
            self.use_block(decided)

    def jump_if_choice(self, test: ast.IfExp, target: Block, wanted: bool) -> None:
        """`x if c else y` as a test."""
        end, other = Block(), Block()
        self.jump_if(test.test, other, False)
        self.jump_if(test.body, target, wanted)
        self.jump_without_span(end)
        self.use_block(other)
        self.jump_if(test.orelse, target, wanted)
        self.use_block(end)

    def jump_if_chain(self, test: ast.Compare, target: Block, wanted: bool) -> None:
        """`a < b < c` as a test."""
        cleanup, end = Block(), Block()
        self.expr(test.left)
        for kind, operand in zip(test.ops[:-1], test.comparators, strict=False):
            self.compare_keeping(kind, operand)
            self.emit_jump(op.POP_JUMP_IF_FALSE, cleanup)
        self.compare(test.ops[-1], test.comparators[-1])
        self.emit_jump(op.POP_JUMP_IF_TRUE if wanted else op.POP_JUMP_IF_FALSE, target)
        self.jump_without_span(end)
        self.use_block(cleanup)
        self.emit(op.POP_TOP)
        if not wanted:
            self.jump_without_span(target)
        self.use_block(end)

    def jump_without_span(self, target: Block) -> None:
        """A jump that only joins two ways; no source stands for it."""
        before = self.span
        self.without_span()
        self.emit_jump(JUMP, target)
        self.span = before

    def compare(self, kind: ast.cmpop, operand: ast.expr) -> None:
        """Compare the top of the stack with an operand."""
        if isinstance(kind, ast.In | ast.NotIn):
            self.iterable(operand)
        else:
            self.expr(operand)
        opcode, number = COMPARISONS[type(kind).__name__]
        self.emit(opcode, number)

    def compare_keeping(self, kind: ast.cmpop, operand: ast.expr) -> None:
        """As `compare`, leaving the operand below the result for the next comparison."""
        self.expr(operand)
        self.emit(op.SWAP, 2)
        self.emit(op.COPY, 2)
        opcode, number = COMPARISONS[type(kind).__name__]
        self.emit(opcode, number)

    def iterable(self, node: ast.expr) -> None:
        """What `in` looks into or `for` runs over. See displays.py."""
        raise NotImplementedError

    def expr_Compare(self, node: ast.Compare) -> None:
        """`a < b < c` computes b once: each comparison but the last keeps its right operand."""
        self.warn(suspicions.of_comparison(node, self.folder.fold))
        self.expr(node.left)
        if len(node.ops) == 1:
            self.compare(node.ops[0], node.comparators[0])
            return
        cleanup, end = Block(), Block()
        for kind, operand in zip(node.ops[:-1], node.comparators, strict=False):
            self.compare_keeping(kind, operand)
            self.emit_jump(op.JUMP_IF_FALSE_OR_POP, cleanup)
        self.compare(node.ops[-1], node.comparators[-1])
        self.jump_without_span(end)
        self.use_block(cleanup)
        self.emit(op.SWAP, 2)
        self.emit(op.POP_TOP)
        self.use_block(end)

    def expr_BoolOp(self, node: ast.BoolOp) -> None:
        """The first value that decides is the result; constants are decided here."""
        end = Block()
        decides = isinstance(node.op, ast.Or)
        for value in node.values[:-1]:
            constant = self.folder.fold(value)
            if constant is NOT_CONSTANT:
                self.expr(value)
                self.emit_jump(op.JUMP_IF_TRUE_OR_POP if decides else op.JUMP_IF_FALSE_OR_POP, end)
            elif bool(constant) == decides:
                self.expr(value)
                self.emit_jump(JUMP, end)
                self.unit.depth -= 1
        self.expr(node.values[-1])
        self.use_block(end)

    def expr_IfExp(self, node: ast.IfExp) -> None:
        """`body if test else orelse`."""
        end, other = Block(), Block()
        self.jump_if(node.test, other, False)
        self.expr(node.body)
        self.jump_without_span(end)
        self.use_block(other)
        self.expr(node.orelse)
        self.use_block(end)
