"""`"%s: %r" % (a, b)` as an f-string: the tuple is never made, and formatting goes the quick way.

Only %s, %r and %a with flags, a width and a precision; anything else stays a `%`.

CPython counterpart: Python/ast_opt.c (optimize_format, parse_format, simple_format_arg_parse).
"""
from __future__ import annotations

import re
from typing import Final, TypeVar

from minipy.syntax import ast

SPECIFIER: Final = re.compile(r"%([-+ #0]*)(\d{1,2})?(?:\.(\d{0,2}))?(.)?", re.DOTALL)
LITERAL: Final = re.compile(r"[^%]*(?:%%[^%]*)*")


def as_fstring(node: ast.BinOp, text: object) -> ast.JoinedStr | None:
    """The f-string that says the same, or None; `text` is the left side's value."""
    if not isinstance(text, str) or not isinstance(node.right, ast.Tuple):
        return None
    if any(isinstance(element, ast.Starred) for element in node.right.elts):
        return None
    pieces = split(node.left, text, node.right.elts)
    return None if pieces is None else placed(ast.JoinedStr(pieces), node)


Node = TypeVar("Node", bound=ast.expr)


def placed(node: Node, other: ast.expr) -> Node:
    """The node, put where another one stands."""
    node.lineno, node.col_offset = other.lineno, other.col_offset
    node.end_lineno, node.end_col_offset = other.end_lineno, other.end_col_offset
    return node


def split(format_node: ast.expr, text: str, values: list[ast.expr]) -> list[ast.expr] | None:
    """The f-string's parts; None if the format has other conversions or another number of them."""
    pieces: list[ast.expr] = []
    used = 0
    at = 0
    while at < len(text):
        literal = LITERAL.match(text, at)
        assert literal is not None
        if literal.group():
            pieces.append(placed(ast.Constant(literal.group().replace("%%", "%")), format_node))
        at = literal.end()
        if at == len(text):
            break
        specifier = SPECIFIER.match(text, at)
        if specifier is None or used == len(values) or specifier.group(4) not in ("s", "r", "a"):
            return None
        pieces.append(formatted(values[used], specifier))
        used += 1
        at = specifier.end()
    return pieces if used == len(values) else None


def formatted(value: ast.expr, specifier: re.Match[str]) -> ast.FormattedValue:
    """One value with its conversion, width and precision."""
    flags, width, precision, conversion = specifier.groups()
    spec = ""
    if width is not None:
        spec = (">" if "-" not in flags and int(width) > 0 else "") + str(int(width))
    if precision is not None:
        spec += "." + str(int(precision or "0"))
    parts = placed(ast.JoinedStr([placed(ast.Constant(spec), value)]), value) if spec else None
    return placed(ast.FormattedValue(value, ord(conversion), parts), value)
