"""Constants: which are the same, and which expressions can be computed before the program runs.

Two constants are one if type and value agree, inside tuples and frozensets too: 1, 1.0 and True are three, 0.0 and
-0.0 two. Folding keeps to limits, so that a short text never makes a huge program.

CPython counterpart: _PyCode_ConstantKey in Objects/codeobject.c; Python/ast_opt.c (fold_binop and the safe_* limits).
"""
from __future__ import annotations

import math
import operator
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from minipy.syntax import ast

MAX_INT_BITS: Final = 128
MAX_COLLECTION: Final = 256
MAX_STRING: Final = 4096
MAX_TOTAL_ITEMS: Final = 1024
UNARY: Final[MappingProxyType[str, Callable[..., object]]] = MappingProxyType(
    {"Not": operator.not_, "USub": operator.neg, "UAdd": operator.pos, "Invert": operator.invert}
)
BINARY: Final[MappingProxyType[str, Callable[..., object]]] = MappingProxyType({
    "Add": operator.add, "Sub": operator.sub, "Mult": operator.mul, "Div": operator.truediv,
    "FloorDiv": operator.floordiv, "Mod": operator.mod, "Pow": operator.pow, "LShift": operator.lshift,
    "RShift": operator.rshift, "BitOr": operator.or_, "BitXor": operator.xor, "BitAnd": operator.and_,
})  # fmt: skip


class NotConstant:
    """The type of NOT_CONSTANT: no constant at all (None is one)."""


NOT_CONSTANT: Final = NotConstant()


def constant_key(value: object) -> object:
    """A hashable key, equal for constants that may be one object."""
    if isinstance(value, float):
        return float, value, math.copysign(1.0, value)
    if isinstance(value, complex):
        return complex, value, math.copysign(1.0, value.real), math.copysign(1.0, value.imag)
    if isinstance(value, tuple):
        return tuple, tuple(constant_key(item) for item in value)
    if isinstance(value, frozenset):
        return frozenset, frozenset(constant_key(item) for item in value)
    if isinstance(value, int | str | bytes) or value is None or value is ...:
        return type(value), value
    return id(value)


class Folder:
    """Computes constant expressions, each node once."""

    def __init__(self) -> None:
        self.known: dict[ast.AST, object] = {}

    def fold(self, node: ast.expr) -> object:
        """The value of a constant expression, else NOT_CONSTANT."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return True if node.id == "__debug__" and isinstance(node.ctx, ast.Load) else NOT_CONSTANT
        if not isinstance(node, ast.BinOp | ast.UnaryOp | ast.Tuple | ast.Subscript):
            return NOT_CONSTANT
        if node not in self.known:
            self.known[node] = self.compute(node)
        return self.known[node]

    def compute(self, node: ast.BinOp | ast.UnaryOp | ast.Tuple | ast.Subscript) -> object:
        """`fold` of a node not looked at yet."""
        if isinstance(node, ast.Tuple):
            return self.fold_tuple(node) if isinstance(node.ctx, ast.Load) else NOT_CONSTANT
        if isinstance(node, ast.UnaryOp):
            return fold_unary(node.op, self.fold(node.operand))
        if isinstance(node, ast.Subscript):
            return self.fold_subscript(node) if isinstance(node.ctx, ast.Load) else NOT_CONSTANT
        return fold_operator(node.op, self.fold(node.left), self.fold(node.right))

    def fold_tuple(self, node: ast.Tuple) -> object:
        """A tuple of constants."""
        values = [self.fold(element) for element in node.elts]
        return NOT_CONSTANT if NOT_CONSTANT in values else tuple(values)

    def fold_subscript(self, node: ast.Subscript) -> object:
        """A constant indexed by a constant."""
        container, key = self.fold(node.value), self.fold(node.slice)
        if container is NOT_CONSTANT or key is NOT_CONSTANT:
            return NOT_CONSTANT
        return fold_function(operator.getitem, container, key)


def fold_unary(kind: ast.unaryop, value: object) -> object:
    """The operator applied to a constant, where that succeeds."""
    if value is NOT_CONSTANT:
        return value
    return fold_function(UNARY[type(kind).__name__], value)


def fold_operator(kind: ast.operator, left: object, right: object) -> object:
    """left `kind` right, where that succeeds and stays small."""
    name = type(kind).__name__
    if left is NOT_CONSTANT or right is NOT_CONSTANT or not is_small(name, left, right):
        return NOT_CONSTANT
    return fold_function(BINARY[name], left, right)


def fold_function(function: Callable[..., object], *values: object) -> object:
    """function(*values), where that succeeds."""
    try:
        return function(*values)
    except (TypeError, ValueError, ArithmeticError, LookupError):
        return NOT_CONSTANT


def is_small(name: str, left: object, right: object) -> bool:
    """May `left name right` be computed at all: is the result bounded by the limits above?"""
    if name == "MatMult":
        return False
    if name == "Mod":
        return not isinstance(left, str | bytes)
    if name == "Mult":
        if isinstance(right, int) and isinstance(left, str | bytes | tuple):
            left, right = right, left
        return is_small_product(left, right)
    if not isinstance(left, int) or not isinstance(right, int) or left == 0 or right == 0:
        return True
    if name == "Pow":
        return right < 0 or left.bit_length() * right <= MAX_INT_BITS
    if name == "LShift":
        return right < 0 or left.bit_length() + right <= MAX_INT_BITS
    return True


def is_small_product(left: object, right: object) -> bool:
    """`is_small` for a multiplication, the number on the left."""
    if not isinstance(left, int):
        return True
    if isinstance(right, int):
        return left == 0 or right == 0 or left.bit_length() + right.bit_length() <= MAX_INT_BITS
    if isinstance(right, tuple):
        total = left * len(right)
        return not right or (0 <= total <= MAX_COLLECTION and left * count_items(right) <= MAX_TOTAL_ITEMS)
    if isinstance(right, str | bytes):
        return not right or 0 <= left * len(right) <= MAX_STRING
    return True


def count_items(value: object) -> int:
    """How many objects a constant is made of, nested tuples' included."""
    if not isinstance(value, tuple):
        return 1
    return sum(count_items(item) for item in value)
