"""Expressions as text, for annotations that are kept as text."""
from __future__ import annotations

from minipy.syntax import ast
from minipy.syntax.node import dump


def unparse(node: ast.expr) -> str:
    """The expression's text."""
    return node.id if isinstance(node, ast.Name) else dump(node, None)
