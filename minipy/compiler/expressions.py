"""Operators, constants, names, attributes, subscripts, f-strings, `:=` and yield.

CPython counterpart: Python/compile.c (compiler_visit_expr1 and what it calls); folding is Python/ast_opt.c's.
"""
from __future__ import annotations

from types import MappingProxyType
from typing import Final

from minipy.bytecode import opcodes as op
from minipy.compiler import suspicions
from minipy.compiler.blocks import Block
from minipy.compiler.conditions import without_not
from minipy.compiler.constants import NOT_CONSTANT
from minipy.compiler.displays import Displays
from minipy.compiler.percent import as_fstring
from minipy.compiler.unit import UNIT_FUNCTION, UNIT_LAMBDA
from minipy.errors import Span
from minipy.objects.operators import (
    NB_AND,
    NB_LSHIFT,
    NB_MATRIX_MULTIPLY,
    NB_OR,
    NB_POWER,
    NB_RSHIFT,
    NB_XOR,
)
from minipy.syntax import ast

OWN_OPCODES: Final = MappingProxyType({
    "Add": op.BINARY_ADD, "Sub": op.BINARY_SUBTRACT, "Mult": op.BINARY_MULTIPLY, "Div": op.BINARY_TRUE_DIVIDE,
    "FloorDiv": op.BINARY_FLOOR_DIVIDE, "Mod": op.BINARY_REMAINDER,
})  # fmt: skip
OTHER_OPERATORS: Final = MappingProxyType({
    "MatMult": NB_MATRIX_MULTIPLY, "Pow": NB_POWER, "LShift": NB_LSHIFT, "RShift": NB_RSHIFT,
    "BitOr": NB_OR, "BitXor": NB_XOR, "BitAnd": NB_AND,
})  # fmt: skip
UNARY_OPCODES: Final = MappingProxyType({
    "Not": op.UNARY_NOT, "USub": op.UNARY_NEGATIVE, "UAdd": op.UNARY_POSITIVE, "Invert": op.UNARY_INVERT,
})  # fmt: skip
CONVERSIONS: Final = MappingProxyType({-1: 0, ord("s"): 1, ord("r"): 2, ord("a"): 3})
HAS_SPEC: Final = 4


class Expressions(Displays):
    """Expressions without a scope or a call of their own."""

    def expr_Constant(self, node: ast.Constant) -> None:
        self.emit_const(node.value)

    def expr_Name(self, node: ast.Name) -> None:
        """Load, bind or delete a variable."""
        if isinstance(node.ctx, ast.Store):
            self.store_name(node.id)
        elif isinstance(node.ctx, ast.Del):
            self.forbid_delete_debug(node.id)
            self.delete_name(node.id)
        elif node.id == "__debug__":
            self.emit_const(True)
        else:
            self.load_name(node.id)

    def forbid_delete_debug(self, name: str) -> None:
        """`__debug__` is a constant."""
        if name == "__debug__":
            raise self.error("cannot delete __debug__")

    def expr_BinOp(self, node: ast.BinOp) -> None:
        """`left op right`, computed now if both are constants."""
        constant = self.folder.fold(node)
        if constant is not NOT_CONSTANT:
            self.emit_const(constant)
            return
        if isinstance(node.op, ast.Mod) and self.folder.fold(node.right) is NOT_CONSTANT:
            fstring = as_fstring(node, self.folder.fold(node.left))
            if fstring is not None:
                self.expr_JoinedStr(fstring)
                return
        self.expr(node.left)
        self.expr(node.right)
        self.operator(node.op, 0)

    def operator(self, kind: ast.operator, inplace: int) -> None:
        """Apply a binary operator to the two topmost values."""
        name = type(kind).__name__
        if name in OWN_OPCODES:
            self.emit(OWN_OPCODES[name], inplace)
        else:
            self.emit(op.BINARY_OP, OTHER_OPERATORS[name] + inplace)

    def expr_UnaryOp(self, node: ast.UnaryOp) -> None:
        """`-x`, `+x`, `~x`, `not x`."""
        constant = self.folder.fold(node)
        if constant is not NOT_CONSTANT:
            self.emit_const(constant)
            return
        simpler = without_not(node)
        if isinstance(simpler, ast.Compare):
            self.expr(simpler)
            return
        self.expr(node.operand)
        self.emit(UNARY_OPCODES[type(node.op).__name__])

    def expr_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.expr(node.value)
        self.emit(op.COPY, 1)
        self.expr(node.target)

    # ------------------------------------------------------------ attributes and subscripts
    def start_at_attribute(self, node: ast.Attribute) -> None:
        """Where an attribute's owner spans lines, what follows is for the attribute's name alone."""
        span = self.span
        if span is None or span.lineno == node.end_lineno:
            return
        width = len(node.attr)
        if width <= node.end_col_offset:
            start = node.end_col_offset - width
            self.span = Span(node.end_lineno, start, span.end_lineno, span.end_col_offset)
        else:
            self.span = Span(node.end_lineno, -1, span.end_lineno, -1)

    def expr_Attribute(self, node: ast.Attribute) -> None:
        """Load, set or delete an attribute."""
        self.expr(node.value)
        self.start_at_attribute(node)
        if isinstance(node.ctx, ast.Load):
            opcode = op.LOAD_ATTR
        elif isinstance(node.ctx, ast.Store):
            self.forbid_debug(node.attr)
            opcode = op.STORE_ATTR
        else:
            opcode = op.DELETE_ATTR
        self.emit_attribute(opcode, node.attr)

    def emit_attribute(self, opcode: int, name: str) -> None:
        """An instruction whose operand is an attribute's name."""
        self.emit(opcode, self.unit.name_index(self.mangled(name)))

    def expr_Subscript(self, node: ast.Subscript) -> None:
        """Load, set or delete an item."""
        constant = self.folder.fold(node)
        if constant is not NOT_CONSTANT:
            self.emit_const(constant)
            return
        if isinstance(node.ctx, ast.Load):
            self.warn(suspicions.of_subscript(node, self.folder.fold))
        self.expr(node.value)
        self.expr(node.slice)
        if isinstance(node.ctx, ast.Load):
            self.emit(op.BINARY_SUBSCR)
        else:
            self.emit(op.STORE_SUBSCR if isinstance(node.ctx, ast.Store) else op.DELETE_SUBSCR)

    def expr_Slice(self, node: ast.Slice) -> None:
        """The slice object of `a[lower:upper:step]`."""
        for part in (node.lower, node.upper):
            if part is None:
                self.emit_const(None)
            else:
                self.expr(part)
        if node.step is not None:
            self.expr(node.step)
        self.emit(op.BUILD_SLICE, 2 if node.step is None else 3)

    # ------------------------------------------------------------ f-strings
    def expr_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.exprs(node.values)
        if len(node.values) != 1:
            self.emit(op.BUILD_STRING, len(node.values))

    def expr_FormattedValue(self, node: ast.FormattedValue) -> None:
        """A `{value!r:spec}` of an f-string."""
        self.expr(node.value)
        how = CONVERSIONS[node.conversion]
        if node.format_spec is not None:
            self.expr(node.format_spec)
            how |= HAS_SPEC
        self.emit(op.FORMAT_VALUE, how)

    # ------------------------------------------------------------ generators
    def expr_Yield(self, node: ast.Yield) -> None:
        """Hand out a value; what is sent in is the result."""
        self.must_be_in_function("'yield' outside function")
        if node.value is None:
            self.emit_const(None)
        else:
            self.expr(node.value)
        self.emit_yield()

    def emit_yield(self) -> None:
        """Hand out the top of the stack, leave what is sent in."""
        self.emit(op.YIELD_VALUE)
        self.emit(op.RESUME)

    def expr_YieldFrom(self, node: ast.YieldFrom) -> None:
        """Hand on what another iterator yields, until it is exhausted; its value is the result."""
        self.must_be_in_function("'yield' outside function")
        again, end = Block(), Block()
        self.expr(node.value)
        self.emit(op.GET_YIELD_FROM_ITER)
        self.emit_const(None)
        self.use_block(again)
        self.emit_jump(op.SEND, end)
        self.emit_yield()
        self.jump_without_span(again)
        self.use_block(end)

    def must_be_in_function(self, message: str) -> None:
        """SyntaxError at module level and in a class body."""
        if self.unit.kind not in (UNIT_FUNCTION, UNIT_LAMBDA):
            raise self.error(message)

    def expr_Await(self, node: ast.Await) -> None:
        self.must_be_in_function("'await' outside function")
        raise self.error("'await' outside async function")
