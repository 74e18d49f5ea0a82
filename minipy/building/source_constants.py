"""Makes constants literals before mypyc reads the source. The source says where a number comes from, the copy has it.

    in the source                                   in the copy that is compiled
    T_INT: Final = FIRST_TYPE + 5 * TYPE_WORDS      T_INT: Final = 1347     mypyc folds what one module knows only
    if t == T_INT                                   if t == 1347
    from minipy.memory.statics import T_INT         (nothing)               names bound at each start, for nobody
    w[a] if a != 0 else 0                           w[a] if a != 0 else i64(0)      or both sides become objects
    METHODS: Final = ((1, "append"), ...)           see source_tables.py

Invariant: a constant is a module-level `NAME: Final = expression` of ints, assigned once; it is replaced by the value
Python gives it, wherever the name is read and no function's own name hides it.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

from minipy.building.source_tables import tables
from minipy.building.source_values import Values, evaluate

Edit = tuple[ast.expr | ast.stmt, str]
"""A node and the text that takes its place."""


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
    tree = ast.parse(text)
    values, edits = own_constants(tree, known)
    count = len(edits)
    edits += tables(tree, values)
    if any(isinstance(node, ast.ImportFrom) and any(item.name == "i64" for item in node.names) for node in tree.body):
        edits += word_sides(tree, values)
    edits += literals(tree, values, [node for node, _ in edits])
    edits += shorter_imports(tree, known)
    return replace(text, edits), values, count


def own_constants(tree: ast.Module, known: Mapping[str, Values]) -> tuple[Values, list[Edit]]:
    """The constants a module imports and defines, and its definitions that are no literals yet."""
    values: Values = {}
    edits: list[Edit] = []
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
    return values, edits


def literals(tree: ast.Module, values: Values, done: list[ast.expr | ast.stmt]) -> list[Edit]:
    """Where constants are read, outside of what is done already."""
    skip = {inner for node in done for inner in ast.walk(node)}
    hidden = own_names(tree)
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    known = [name for name in names if name.id in values and name.id not in hidden and name not in skip]
    return [(name, f"({values[name.id]})") for name in known]


def own_names(tree: ast.Module) -> set[str]:
    """The parameters and variables of all functions."""
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.Lambda))]
    inside = [node for function in functions for node in ast.walk(function)]
    stored = {node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return stored | {node.arg for node in inside if isinstance(node, ast.arg)}


def shorter_imports(tree: ast.Module, known: Mapping[str, Values]) -> list[Edit]:
    """The imports of constants, without these: nothing asks for the names any more."""
    edits: list[Edit] = []
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and known.get(node.module or ""):
            gone = known[node.module or ""].keys() - own_names(tree)
            left = [ast.unparse(item) for item in node.names if item.name not in gone]
            if len(left) < len(node.names):
                edits.append((node, f"from {node.module} import {', '.join(left)}" if left else "pass"))
    return edits


def word_sides(tree: ast.Module, values: Values) -> list[Edit]:
    """The constant sides of conditional expressions in functions, as words."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    found = {node for function in functions for node in ast.walk(function) if isinstance(node, ast.IfExp)}
    sides = [(side, evaluate(side, values)) for node in found for side in (node.body, node.orelse)]
    return [(side, f"i64({value})") for side, value in sides if is_word(value)]


def is_word(value: int | None) -> bool:
    """Is it a constant that a word holds?"""
    return value is not None and -(1 << 63) <= value < 1 << 63


def replace(text: str, edits: list[Edit]) -> str:
    """The text with each node replaced, on the line where the node begins; none lies in another."""
    lines = text.split("\n")
    for node, value in sorted(edits, key=lambda edit: (edit[0].lineno, edit[0].col_offset), reverse=True):
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
        line = lines[node.lineno - 1][: node.col_offset] + value + lines[end_line - 1][end:]
        lines[node.lineno - 1 : end_line] = [line, *[""] * (end_line - node.lineno)]
    return "\n".join(lines)
