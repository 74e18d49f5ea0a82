"""Builders of the patterns of a match statement. `lalr.py` gives the nodes their positions."""
from __future__ import annotations

from minipy.syntax import ast
from minipy.syntax.ast import expr, pattern, stmt
from minipy.syntax.build_expr import binary
from minipy.syntax.token import Token, fault


def match_statement(subject: expr, *cases: ast.match_case) -> ast.Match:
    return ast.Match(subject, [*cases])


def case_block(pattern: pattern, guard: expr | None, body: list[stmt]) -> ast.match_case:
    return ast.match_case(pattern, guard, body)


def as_pattern(pattern: pattern, name: Token) -> ast.MatchAs:
    if name.text == "_":
        raise fault("cannot use '_' as a target", name)
    return ast.MatchAs(pattern, name.text)


def alternatives(*patterns: pattern) -> ast.MatchOr:
    return ast.MatchOr([*patterns])


def capture_pattern(name: Token) -> ast.MatchAs:
    """A name; `_` matches anything and captures nothing."""
    return ast.MatchAs(None, _capture(name))


def value_pattern(value: expr) -> ast.MatchValue:
    return ast.MatchValue(value)


def singleton_pattern(constant: ast.Constant) -> ast.MatchSingleton:
    assert constant.value is None or isinstance(constant.value, bool)
    return ast.MatchSingleton(constant.value)


def sequence_pattern(*patterns: pattern) -> ast.MatchSequence:
    return ast.MatchSequence([*patterns])


def parenthesized_sequence(sequence: ast.MatchSequence) -> ast.MatchSequence:
    """A new node, because this one begins at the parenthesis."""
    return ast.MatchSequence(sequence.patterns)


def star_pattern(name: Token) -> ast.MatchStar:
    return ast.MatchStar(_capture(name))


def mapping_item(key: expr, value: pattern) -> tuple[expr, pattern]:
    return key, value


def mapping_rest(name: Token) -> Token:
    return name


def mapping_pattern(*items: tuple[expr, pattern] | Token) -> ast.MatchMapping:
    """`{key: pattern, **rest}`; the rest stands last and has a name."""
    pairs = [item for item in items if not isinstance(item, Token)]
    rests = [item for item in items if isinstance(item, Token)]
    for rest, after in zip(items, [*items[1:], None], strict=False):
        if isinstance(rest, Token) and rest.text == "_":
            raise fault("invalid syntax", rest)
        if isinstance(rest, Token) and after is not None:
            raise fault("invalid syntax", after if isinstance(after, Token) else after[0])
    return ast.MatchMapping([key for key, _ in pairs], [value for _, value in pairs], rests[0].text if rests else None)


def keyword_pattern(name: Token, value: pattern) -> tuple[Token, pattern]:
    return name, value


def class_pattern(cls: expr, *arguments: pattern | tuple[Token, pattern]) -> ast.MatchClass:
    """`cls(pattern, name=pattern)`, the positional ones first."""
    positional = [argument for argument in arguments if isinstance(argument, pattern)]
    keywords = [argument for argument in arguments if not isinstance(argument, pattern)]
    late = [argument for argument in arguments[len(positional) :] if isinstance(argument, pattern)]
    if late:
        raise fault("positional patterns follow keyword patterns", late[0], late[-1])
    return ast.MatchClass(cls, positional, [name.text for name, _ in keywords], [value for _, value in keywords])


def complex_literal(left: expr, operator: Token, right: expr) -> ast.BinOp:
    """A real number and an imaginary one."""
    number = left.operand if isinstance(left, ast.UnaryOp) else left
    if isinstance(number, ast.Constant) and isinstance(number.value, complex):
        raise fault("real number required in complex literal", left)
    if not (isinstance(right, ast.Constant) and isinstance(right.value, complex)):
        raise fault("imaginary number required in complex literal", right)
    return binary(left, operator, right)


def _capture(name: Token) -> str | None:
    return None if name.text == "_" else name.text
