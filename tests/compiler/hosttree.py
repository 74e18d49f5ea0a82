"""The host's syntax tree as minipy's: lets the compiler be tested without minipy's parser."""
from __future__ import annotations

import ast as host

from minipy.syntax import ast
from minipy.syntax.node import POSITION


def convert(node: object) -> object:
    """A host node, list or constant as minipy's."""
    if isinstance(node, list):
        return [convert(item) for item in node]
    if not isinstance(node, host.AST):
        return node
    if isinstance(node, host.expr_context):
        return {"Load": ast.LOAD, "Store": ast.STORE, "Del": ast.DEL}[type(node).__name__]
    kind = getattr(ast, type(node).__name__)
    values = [convert(getattr(node, field, None)) for field in kind._fields]
    position = {name: getattr(node, name) for name in POSITION if kind._attributes}
    return kind(*values, **position)


def parse(source: str | bytes, mode: str = "exec") -> ast.mod:
    """Parse with the host."""
    tree = convert(host.parse(source, mode=mode))
    assert isinstance(tree, ast.mod)
    return tree
