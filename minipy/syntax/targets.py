"""Targets: the expressions that can be assigned to or deleted. They are parsed as values and turned here.

CPython counterpart: _PyPegen_set_expr_context, _PyPegen_get_invalid_target and _PyPegen_get_expr_name in Parser/.
"""
from __future__ import annotations

from typing import Final

from minipy.syntax import ast
from minipy.syntax.ast import DEL, STORE, expr
from minipy.syntax.token import misplaced

STORING: Final = 0
DELETING: Final = 1
LOOPING: Final = 2
DESCRIPTIONS: Final = {
    ast.Attribute: "attribute", ast.Subscript: "subscript", ast.Starred: "starred", ast.Name: "name",
    ast.List: "list", ast.Tuple: "tuple", ast.Lambda: "lambda", ast.Call: "function call",
    ast.BoolOp: "expression", ast.BinOp: "expression", ast.UnaryOp: "expression",
    ast.GeneratorExp: "generator expression", ast.Yield: "yield expression", ast.YieldFrom: "yield expression",
    ast.Await: "await expression", ast.ListComp: "list comprehension", ast.SetComp: "set comprehension",
    ast.DictComp: "dict comprehension", ast.Dict: "dict literal", ast.Set: "set display",
    ast.JoinedStr: "f-string expression", ast.Compare: "comparison", ast.IfExp: "conditional expression",
    ast.NamedExpr: "named expression",
}


def describe(node: expr) -> str:
    """What a message calls an expression."""
    if not isinstance(node, ast.Constant):
        return DESCRIPTIONS[type(node)]
    if node.value is None or node.value is True or node.value is False:
        return str(node.value)
    return "ellipsis" if node.value is ... else "literal"


def invalid_target(node: expr, use: int = STORING) -> expr | None:
    """The first part of an expression that cannot be assigned to, or deleted.

    LOOPING: the expression after `for` may have swallowed the `in`, and is a comparison then.
    """
    if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)):
        return None
    if isinstance(node, (ast.Tuple, ast.List)):
        return next((part for e in node.elts if (part := invalid_target(e, use))), None)
    if isinstance(node, ast.Starred) and use != DELETING:
        return invalid_target(node.value, use)
    if isinstance(node, ast.Compare) and use == LOOPING:
        return invalid_target(node.left, use) if isinstance(node.ops[0], ast.In) else None
    return node


def store(node: expr) -> expr:
    """Make an expression a target of an assignment."""
    if (part := invalid_target(node)) is not None:
        raise misplaced(f"cannot assign to {describe(part)}", part)
    _set_context(node, STORE)
    return node


def delete(node: expr) -> expr:
    """Make an expression a target of `del`."""
    if (part := invalid_target(node, DELETING)) is not None:
        raise misplaced(f"cannot delete {describe(part)}", part)
    _set_context(node, DEL)
    return node


def _set_context(node: expr, context: ast.expr_context) -> None:
    if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)):
        node.ctx = context
    elif isinstance(node, (ast.Tuple, ast.List)):
        node.ctx = context
        for element in node.elts:
            _set_context(element, context)
    elif isinstance(node, ast.Starred):
        node.ctx = context
        _set_context(node.value, context)
