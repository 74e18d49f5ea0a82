"""Where the operator stands in the text of an expression: what a traceback marks with carets.

    total / count        items [i + 1]
    ~~~~~~^~~~~~~        ~~~~~~^^^^^^^

CPython counterpart: extract_anchors_from_line in Python/traceback.c, which parses the marked range again, as here.
Lib/traceback.py has the same rule; the two differ where parentheses stand beside the operator, and what an
interpreter prints of an uncaught exception is the first.
"""

from __future__ import annotations

from typing import Final

from minipy.errors import SourceError
from minipy.syntax import ast
from minipy.syntax.parser import parse

NOTHING: Final = (-1, -1)
BLANKS: Final = b" \t\f"


def operator_range(segment: str) -> tuple[int, int]:
    """Start and end, in characters, of the operator of the binary operation or the brackets of the subscript
    that `segment` is; (-1, -1) for other texts.
    """
    try:
        tree = parse(segment, "<segment>")
    except SourceError:
        return NOTHING
    if len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return NOTHING
    expression = tree.body[0].value
    data = segment.encode()
    if isinstance(expression, ast.BinOp):
        start, end = operator_of(data, expression)
    elif isinstance(expression, ast.Subscript):
        start, end = brackets_of(data, expression)
    else:
        return NOTHING
    return characters(data, start), characters(data, end)


def operator_of(data: bytes, expression: ast.BinOp) -> tuple[int, int]:
    """Byte range of the operator: one or two bytes, as CPython guesses from what follows the first."""
    start = expression.left.end_col_offset
    limit = expression.right.col_offset
    while data[start] in BLANKS + b")":
        start += 1
    double = start + 1 < limit and data[start + 1] not in BLANKS
    return start, start + 2 if double else start + 1


def brackets_of(data: bytes, expression: ast.Subscript) -> tuple[int, int]:
    """Byte range from the opening bracket to behind the closing one."""
    start = data.index(b"[", expression.value.end_col_offset)
    end = data.index(b"]", expression.slice.end_col_offset)
    return start, end + 1


def characters(data: bytes, offset: int) -> int:
    """A byte offset as a number of characters."""
    return len(data[:offset].decode(errors="replace"))
