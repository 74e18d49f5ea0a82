"""What constant expressions of the source mean, for the build: Python's own values, found without running anything."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Final

OPERATORS: Final[dict[type[ast.AST], Callable[..., int]]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.FloorDiv: operator.floordiv,
    ast.LShift: operator.lshift, ast.RShift: operator.rshift, ast.BitOr: operator.or_, ast.BitAnd: operator.and_,
    ast.USub: operator.neg, ast.Invert: operator.invert,
}  # fmt: skip

Values = dict[str, int]
"""The constants that are known in a module, by name."""


def evaluate(node: ast.expr, values: Mapping[str, int]) -> int | None:
    """The int an expression of known constants means, None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if type(node.value) is int else None
    if isinstance(node, ast.Name):
        return values.get(node.id)
    if isinstance(node, ast.UnaryOp) and type(node.op) in OPERATORS:
        value = evaluate(node.operand, values)
        return None if value is None else OPERATORS[type(node.op)](value)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        left, right = evaluate(node.left, values), evaluate(node.right, values)
        return None if left is None or right is None else OPERATORS[type(node.op)](left, right)
    return None


def constant(node: ast.expr, values: Mapping[str, int]) -> object:
    """The int, text or tuple of these that an expression means; None for anything else."""
    if isinstance(node, ast.Tuple):
        row = [constant(element, values) for element in node.elts]
        return None if None in row else tuple(row)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return evaluate(node, values)
