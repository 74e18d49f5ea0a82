"""Makes constants literals before mypyc reads the source: `T_INT: Final = FIRST_TYPE + 5 * TYPE_WORDS` becomes 1347.

mypyc folds a Final expression only if all its names belong to the same module; any other is a Python object, fetched
and unboxed at each use. The source keeps the expression, which says where the number comes from; the copy that is
compiled gets the number.

And `w[a] if a != 0 else 0` becomes `w[a] if a != 0 else i64(0)`: to mypyc a bare number is a Python int, so that the
word on the other side would be made one, too, and a word again.

Invariant: only module-level `NAME: Final = expression` of ints is replaced, by the value Python gives it; and the
constant sides of conditional expressions in functions, by themselves as words.
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
Edit = tuple[ast.expr, str]
"""An expression and the text that takes its place."""


def fold_constants(modules: Mapping[str, Path]) -> int:
    """Fold the files, given by module name, imported ones first; how many constants changed."""
    known: dict[str, Values] = {}
    count = 0
    for name, path in modules.items():
        text, known[name], changed = fold_text(path.read_text(), known)
        count += changed
        path.write_text(text)
    return count


def fold_text(text: str, known: Mapping[str, Values]) -> tuple[str, Values, int]:
    """One module: its text with literals, its constants, and how many were expressions."""
    values: Values = {}
    edits: list[Edit] = []
    tree = ast.parse(text)
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            found = known.get(node.module or "", {})
            values.update({item.asname or item.name: found[item.name] for item in node.names if item.name in found})
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            value = evaluate(node.value, values) if ast.unparse(node.annotation).startswith("Final") else None
            if value is None:
                continue
            values[node.target.id] = value
            if not isinstance(node.value, ast.Constant):
                edits.append((node.value, str(value)))
    count = len(edits)
    if any(isinstance(node, ast.ImportFrom) and any(item.name == "i64" for item in node.names) for node in tree.body):
        edits += word_sides(tree, values)
    return replace(text, edits), values, count


def word_sides(tree: ast.Module, values: Values) -> list[Edit]:
    """The constant sides of conditional expressions in functions, as words."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    found = {node for function in functions for node in ast.walk(function) if isinstance(node, ast.IfExp)}
    sides = [side for node in found for side in (node.body, node.orelse)]
    return [(side, f"i64({ast.unparse(side)})") for side in sides if is_word(evaluate(side, values))]


def is_word(value: int | None) -> bool:
    """Is it a constant that a word holds?"""
    return value is not None and -(1 << 63) <= value < 1 << 63


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


def replace(text: str, edits: list[Edit]) -> str:
    """The text with each expression replaced, on the line where the expression begins; none lies in another."""
    lines = text.split("\n")
    for node, value in sorted(edits, key=lambda edit: (edit[0].lineno, edit[0].col_offset), reverse=True):
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
        line = lines[node.lineno - 1][: node.col_offset] + value + lines[end_line - 1][end:]
        lines[node.lineno - 1 : end_line] = [line, *[""] * (end_line - node.lineno)]
    return "\n".join(lines)
