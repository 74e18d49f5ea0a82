"""Builders of expressions: what each rule of the grammar becomes. `lalr.py` gives the nodes their positions."""
from __future__ import annotations

from typing import Final

from minipy.syntax import ast
from minipy.syntax.ast import LOAD, STORE, expr
from minipy.syntax.lalr import place
from minipy.syntax.literals import number_value
from minipy.syntax.token import Token

BINARY: Final = {
    "+": ast.Add(), "-": ast.Sub(), "*": ast.Mult(), "/": ast.Div(), "//": ast.FloorDiv(), "%": ast.Mod(),
    "@": ast.MatMult(), "**": ast.Pow(), "<<": ast.LShift(), ">>": ast.RShift(),
    "&": ast.BitAnd(), "|": ast.BitOr(), "^": ast.BitXor(),
}
UNARY: Final = {"+": ast.UAdd(), "-": ast.USub(), "~": ast.Invert(), "not": ast.Not()}
COMPARISON: Final = {
    "==": ast.Eq(), "!=": ast.NotEq(), "<": ast.Lt(), "<=": ast.LtE(), ">": ast.Gt(), ">=": ast.GtE(),
    "in": ast.In(), "not in": ast.NotIn(), "is": ast.Is(), "is not": ast.IsNot(),
}
SINGLETONS: Final = {"None": None, "True": True, "False": False}
AND: Final = ast.And()
OR: Final = ast.Or()


# atoms

def name(token: Token) -> ast.Name:
    return ast.Name(token.text, LOAD)


def number(token: Token) -> ast.Constant:
    return ast.Constant(number_value(token))


def singleton(token: Token) -> ast.Constant:
    return ast.Constant(SINGLETONS[token.text])


def ellipsis(token: Token) -> ast.Constant:
    return ast.Constant(...)


def tuple_display(*elements: expr) -> ast.Tuple:
    return ast.Tuple([*elements], LOAD)


def list_display(*elements: expr) -> ast.List:
    return ast.List([*elements], LOAD)


def set_display(*elements: expr) -> ast.Set:
    return ast.Set([*elements])


def dict_display(*items: tuple[expr | None, expr]) -> ast.Dict:
    return ast.Dict([key for key, _ in items], [value for _, value in items])


def dict_item(key: expr, value: expr) -> tuple[expr, expr]:
    return key, value


def dict_unpacking(value: expr) -> tuple[None, expr]:
    return None, value


# comprehensions

def list_comprehension(element: expr, *generators: ast.comprehension) -> ast.ListComp:
    return ast.ListComp(element, [*generators])


def set_comprehension(element: expr, *generators: ast.comprehension) -> ast.SetComp:
    return ast.SetComp(element, [*generators])


def dict_comprehension(key: expr, value: expr, *generators: ast.comprehension) -> ast.DictComp:
    return ast.DictComp(key, value, [*generators])


def generator(element: expr, *generators: ast.comprehension) -> ast.GeneratorExp:
    return ast.GeneratorExp(element, [*generators])


def comprehension(is_async: Token | None, target: expr, iter: expr, *conditions: expr) -> ast.comprehension:
    return ast.comprehension(target, iter, [*conditions], int(is_async is not None))


# primaries

def attribute(value: expr, name: Token) -> ast.Attribute:
    return ast.Attribute(value, name.text, LOAD)


def call(function: expr, arguments: tuple[list[expr], list[ast.keyword]] | None) -> ast.Call:
    positional, keywords = arguments or ([], [])
    return ast.Call(function, positional, keywords)


def generator_call(function: expr, argument: expr) -> ast.Call:
    return ast.Call(function, [argument], [])


def subscript(value: expr, index: expr) -> ast.Subscript:
    return ast.Subscript(value, index, LOAD)


def slice_range(lower: expr | None, upper: expr | None, step: expr | None) -> ast.Slice:
    return ast.Slice(lower, upper, step)


def await_expression(value: expr) -> ast.Await:
    return ast.Await(value)


# operators

def unary(operator: Token, operand: expr) -> ast.UnaryOp:
    return ast.UnaryOp(UNARY[operator.text], operand)


def binary(left: expr, operator: Token, right: expr) -> ast.BinOp:
    return ast.BinOp(left, BINARY[operator.text], right)


def comparison(left: expr, *rest: ast.cmpop | expr) -> ast.Compare:
    operators = [op for op in rest[::2] if isinstance(op, ast.cmpop)]
    return ast.Compare(left, operators, [value for value in rest[1::2] if isinstance(value, expr)])


def comparison_operator(*words: Token) -> ast.cmpop:
    return COMPARISON[" ".join(word.text for word in words)]


def conjunction(*values: expr) -> ast.BoolOp:
    return ast.BoolOp(AND, [*values])


def disjunction(*values: expr) -> ast.BoolOp:
    return ast.BoolOp(OR, [*values])


# expressions that are not operands

def conditional(body: expr, test: expr, orelse: expr) -> ast.IfExp:
    return ast.IfExp(test, body, orelse)


def lambda_expression(parameters: ast.arguments | None, body: expr) -> ast.Lambda:
    return ast.Lambda(parameters or ast.arguments([], [], None, [], [], None, []), body)


def walrus(name: Token, value: expr) -> ast.NamedExpr:
    target = ast.Name(name.text, STORE)
    place(target, name, name)
    return ast.NamedExpr(target, value)


def starred(value: expr) -> ast.Starred:
    return ast.Starred(value, LOAD)


def yield_expression(value: expr | None) -> ast.Yield:
    return ast.Yield(value)


def yield_from(value: expr) -> ast.YieldFrom:
    return ast.YieldFrom(value)
