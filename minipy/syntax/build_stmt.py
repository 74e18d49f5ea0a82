"""Builders of statements: what each rule of the grammar becomes. `lalr.py` gives the nodes their positions.

A block is a list of statements; the parts of a compound statement that are missing are None.
"""
from __future__ import annotations

from minipy.syntax import ast
from minipy.syntax.ast import expr, stmt
from minipy.syntax.build_expr import BINARY
from minipy.syntax.lalr import place
from minipy.syntax.targets import delete, describe, invalid_target, store
from minipy.syntax.token import Misplaced, Token, misplaced

Block = list[stmt]


# whole inputs

def file_input(*statements: stmt) -> ast.Module:
    return ast.Module([*statements], [])


def single_input(*statements: stmt) -> ast.Interactive:
    return ast.Interactive([*statements])


def eval_input(value: expr) -> ast.Expression:
    return ast.Expression(value)


# simple statements

def expression_statement(value: expr) -> ast.Expr:
    return ast.Expr(value)


def assign(*parts: expr) -> ast.Assign:
    return ast.Assign([store(target) for target in parts[:-1]], parts[-1])


def augmented_assign(target: expr, operator: ast.operator, value: expr) -> ast.AugAssign:
    if not isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)):
        raise misplaced(f"'{describe(target)}' is an illegal expression for augmented assignment", target)
    store(target)
    return ast.AugAssign(target, operator, value)


def augmented_operator(token: Token) -> ast.operator:
    return BINARY[token.text[:-1]]


def annotated_name(name: Token, annotation: expr, value: expr | None) -> ast.AnnAssign:
    target = ast.Name(name.text, ast.STORE)
    place(target, name, name)
    return ast.AnnAssign(target, annotation, value, 1)


def annotated_assign(target: expr, annotation: expr, value: expr | None) -> ast.AnnAssign:
    """An annotation of anything but a bare name; `(x): int` does not make x a local name."""
    if isinstance(target, (ast.Tuple, ast.List)):
        raise misplaced(f"only single target (not {describe(target)}) can be annotated", target)
    if not isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)):
        raise misplaced("illegal target for annotation", target)
    store(target)
    return ast.AnnAssign(target, annotation, value, 0)


def pass_statement() -> ast.Pass:
    return ast.Pass()


def break_statement() -> ast.Break:
    return ast.Break()


def continue_statement() -> ast.Continue:
    return ast.Continue()


def return_statement(value: expr | None) -> ast.Return:
    return ast.Return(value)


def raise_statement(exception: expr | None, cause: expr | None = None) -> ast.Raise:
    return ast.Raise(exception, cause)


def del_statement(*targets: expr) -> ast.Delete:
    return ast.Delete([delete(target) for target in targets])


def assert_statement(test: expr, message: expr | None) -> ast.Assert:
    return ast.Assert(test, message)


def global_statement(*names: Token) -> ast.Global:
    return ast.Global([name.text for name in names])


def nonlocal_statement(*names: Token) -> ast.Nonlocal:
    return ast.Nonlocal([name.text for name in names])


# imports

def import_statement(*names: ast.alias) -> ast.Import:
    return ast.Import([*names])


def import_from(source: tuple[int, str | None], names: list[ast.alias]) -> ast.ImportFrom:
    level, module = source
    return ast.ImportFrom(module, names, level)


def import_source(*parts: int | str) -> tuple[int, str | None]:
    """The dots and the module, either of which may be missing."""
    level = parts[0] if isinstance(parts[0], int) else 0
    return level, parts[-1] if isinstance(parts[-1], str) else None


def dots(*tokens: Token) -> int:
    return sum(len(token.text) for token in tokens)


def dotted_name(*names: Token) -> str:
    return ".".join(name.text for name in names)


def import_names(*names: ast.alias) -> list[ast.alias]:
    return [*names]


def import_alias(name: Token | str, asname: Token | None = None) -> ast.alias:
    return ast.alias(name if isinstance(name, str) else name.text, asname.text if asname else None)


# compound statements

def block(*statements: stmt) -> Block:
    return [*statements]


def if_statement(test: expr, body: Block, orelse: Block | ast.If | None) -> ast.If:
    return ast.If(test, body, [orelse] if isinstance(orelse, ast.If) else orelse or [])


elif_block = if_statement


def else_block(body: Block) -> Block:
    return body


def while_statement(test: expr, body: Block, orelse: Block | None) -> ast.While:
    return ast.While(test, body, orelse or [])


def for_statement(target: expr, iter: expr, body: Block, orelse: Block | None) -> ast.For:
    return ast.For(target, iter, body, orelse or [])


def for_target(target: expr) -> expr:
    """A rule of its own, so that a wrong target is found before the body is read."""
    if invalid_target(target) is not None:
        raise Misplaced("invalid syntax")
    return store(target)


with_target = for_target


def with_statement(items: list[ast.withitem], body: Block) -> ast.With:
    return ast.With(items, body)


def try_statement(body: Block, *rest: ast.ExceptHandler | Block | None) -> ast.Try:
    handlers = [part for part in rest if isinstance(part, ast.ExceptHandler)]
    orelse, final = (part if isinstance(part, list) else [] for part in rest[-2:])
    return ast.Try(body, handlers, orelse, final)


def try_star_statement(body: Block, *rest: ast.ExceptHandler | Block | None) -> ast.TryStar:
    plain = try_statement(body, *rest)
    return ast.TryStar(body, plain.handlers, plain.orelse, plain.finalbody)


def try_finally_statement(body: Block, final: Block) -> ast.Try:
    return ast.Try(body, [], [], final)


def except_block(type: expr | None, name: Token | None, body: Block) -> ast.ExceptHandler:
    return ast.ExceptHandler(type, name.text if name else None, body)


def finally_block(body: Block) -> Block:
    return body


def async_statement(node: stmt) -> stmt:
    """The asynchronous form of a function, a loop or a `with`."""
    if isinstance(node, ast.FunctionDef):
        return ast.AsyncFunctionDef(node.name, node.args, node.body, node.decorator_list, node.returns)
    if isinstance(node, ast.For):
        return ast.AsyncFor(node.target, node.iter, node.body, node.orelse)
    assert isinstance(node, ast.With)
    return ast.AsyncWith(node.items, node.body)


# the items of a with statement

def with_item(value: expr, target: expr | None) -> ast.withitem:
    return ast.withitem(value, target)


def with_items(*items: ast.withitem | expr) -> list[ast.withitem]:
    return [item if isinstance(item, ast.withitem) else ast.withitem(item) for item in items]


def parenthesized_with_items(*parts: Token | ast.withitem | expr) -> list[ast.withitem]:
    """Items in parentheses; or one item, where what the parentheses hold is a tuple or a value, not items."""
    lpar, *items, rpar = parts
    comma = isinstance(items[-1], Token)
    plain = [item for item in items if isinstance(item, expr)]
    if not any(isinstance(item, (ast.Starred, ast.NamedExpr)) for item in plain):
        return with_items(*(item for item in items if isinstance(item, (ast.withitem, expr))))
    if len(plain) + comma < len(items):
        ...
    if len(items) == 1:
        return with_items(plain[0])
    value = ast.Tuple(plain, ast.LOAD)
    assert isinstance(lpar, Token) and isinstance(rpar, Token)
    place(value, lpar, rpar)
    return with_items(value)


def tuple_in_with(lpar: Token) -> ast.Tuple:
    return ast.Tuple([], ast.LOAD)


def yield_in_with(lpar: Token, value: expr) -> expr:
    return value


def generator_in_with(lpar: Token, element: expr, *generators: ast.comprehension) -> ast.GeneratorExp:
    return ast.GeneratorExp(element, [*generators])


# definitions

def function(
    name: Token, parameters: ast.arguments | None, returns: expr | None, body: Block
) -> ast.FunctionDef:
    arguments = parameters or ast.arguments([], [], None, [], [], None, [])
    return ast.FunctionDef(name.text, arguments, body, [], returns)


def class_definition(
    name: Token, arguments: tuple[list[expr], list[ast.keyword]] | None, body: Block
) -> ast.ClassDef:
    bases, keywords = arguments or ([], [])
    return ast.ClassDef(name.text, bases, keywords, body, [])


def decorator(value: expr) -> expr:
    return value


def decorated(*parts: expr | stmt) -> stmt:
    """Decorators, and what they decorate."""
    definition = parts[-1]
    assert isinstance(definition, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    definition.decorator_list = [part for part in parts if isinstance(part, expr)]
    return definition
