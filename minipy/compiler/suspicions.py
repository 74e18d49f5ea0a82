"""What is allowed but surely not meant: CPython's SyntaxWarnings.

    x is 1           "is" with a literal. Did you mean "=="?
    [(1, 2) (3, 4)]  'tuple' object is not callable; perhaps you missed a comma?

Each function returns the warning's text or None. Constants are looked at after folding.

CPython counterpart: Python/compile.c (check_compare, check_caller, check_subscripter, check_index, infer_type).
"""
from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from minipy.compiler.constants import NOT_CONSTANT
from minipy.syntax import ast

Fold = Callable[[ast.expr], object]

TYPES: Final = MappingProxyType({
    "Tuple": "tuple", "List": "list", "ListComp": "list", "Dict": "dict", "DictComp": "dict", "Set": "set",
    "SetComp": "set", "GeneratorExp": "generator", "Lambda": "function", "JoinedStr": "str", "FormattedValue": "str",
})  # fmt: skip
NEVER_SUBSCRIPTED: Final = frozenset(("Set", "SetComp", "GeneratorExp", "Lambda"))
INDEXED_BY_INTS: Final = frozenset(("Tuple", "List", "ListComp", "JoinedStr", "FormattedValue"))


def type_of(node: ast.expr, fold: Fold) -> str:
    """The type of an expression's value, where its form tells; else ""."""
    value = fold(node)
    return TYPES.get(type(node).__name__, "") if value is NOT_CONSTANT else type(value).__name__


def of_comparison(node: ast.Compare, fold: Fold) -> str | None:
    """`is` where one side is a literal."""
    operands = [node.left, *node.comparators]
    for index, kind in enumerate(node.ops):
        if not isinstance(kind, ast.Is | ast.IsNot):
            continue
        if any(is_literal(fold(operand)) for operand in operands[index : index + 2]):
            words = ("is", "==") if isinstance(kind, ast.Is) else ("is not", "!=")
            return f'"{words[0]}" with a literal. Did you mean "{words[1]}"?'
    return None


def is_literal(value: object) -> bool:
    """Is it a constant other than the singletons, which `is` is for?"""
    return value is not NOT_CONSTANT and value is not None and value is not ... and not isinstance(value, bool)


def of_call(node: ast.Call, fold: Fold) -> str | None:
    """Calling something that is no function."""
    kind = type_of(node.func, fold)
    if not kind or kind == "function":
        return None
    return f"'{kind}' object is not callable; perhaps you missed a comma?"


def of_subscript(node: ast.Subscript, fold: Fold) -> str | None:
    """Subscripting something that has no items, or not by such a key."""
    owner = type_of(node.value, fold)
    value = fold(node.value)
    if value is NOT_CONSTANT:
        without_items = type(node.value).__name__ in NEVER_SUBSCRIPTED
        by_ints = type(node.value).__name__ in INDEXED_BY_INTS
    else:
        without_items = value is None or value is ... or isinstance(value, int | float | complex)
        by_ints = isinstance(value, str | bytes | tuple)
    if without_items:
        return f"'{owner}' object is not subscriptable; perhaps you missed a comma?"
    key = type_of(node.slice, fold)
    if by_ints and key and key not in ("int", "bool"):
        return f"{owner} indices must be integers or slices, not {key}; perhaps you missed a comma?"
    return None


def of_assertion(node: ast.Assert) -> str | None:
    """`assert (test, message)`, which is always true."""
    if isinstance(node.test, ast.Tuple) and node.test.elts:
        return "assertion is always true, perhaps remove parentheses?"
    return None
