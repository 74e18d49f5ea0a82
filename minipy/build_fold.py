"""Makes constants literals before mypyc reads the source: `T_INT: Final = FIRST_TYPE + 5 * TYPE_WORDS` becomes 1347.

mypyc folds a Final expression only if all its names belong to the same module; any other is a Python object, fetched
and unboxed at each use. The source keeps the expression, which says where the number comes from; the copy that is
compiled gets the number.

Invariant: only module-level `NAME: Final = expression` of ints is replaced, by the value Python gives it.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

OPERATORS: Final[dict[type[ast.AST], Callable[..., int]]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.FloorDiv: operator.floordiv,
    ast.LShift: operator.lshift, ast.RShift: operator.rshift, ast.BitOr: operator.or_, ast.BitAnd: operator.and_,
    ast.USub: operator.neg, ast.Invert: operator.invert,
}  # fmt: skip

Values = dict[str, int]


def fold_constants(modules: Mapping[str, Path]) -> int:
    """Fold the files, given by module name, imported ones first; how many constants changed."""
    known: dict[str, Values] = {}
    count = 0
    for name, path in modules.items():
        text, known[name], changed = fold_text(path.read_text(), known)
        count += changed
        if changed:
            path.write_text(text)
    return count


def fold_text(text: str, known: Mapping[str, Values]) -> tuple[str, Values, int]:
    """One module: its text with literals, its constants, and how many were expressions."""
    values: Values = {}
    edits: list[tuple[ast.expr, int]] = []
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom):
            found = known.get(node.module or "", {})
            values.update({item.asname or item.name: found[item.name] for item in node.names if item.name in found})
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            value = evaluate(node.value, values) if ast.unparse(node.annotation).startswith("Final") else None
            if value is None:
                continue
            values[node.target.id] = value
            if not isinstance(node.value, ast.Constant):
                edits.append((node.value, value))
    return replace(text, edits), values, len(edits)


def evaluate(node: ast.expr, values: Values) -> int | None:
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


def replace(text: str, edits: list[tuple[ast.expr, int]]) -> str:
    """The text with each expression replaced by its number, on the line where the expression begins."""
    lines = text.split("\n")
    for node, value in reversed(edits):
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
        line = lines[node.lineno - 1][: node.col_offset] + str(value) + lines[end_line - 1][end:]
        lines[node.lineno - 1 : end_line] = [line, *[""] * (end_line - node.lineno)]
    return "\n".join(lines)
