"""Builders of argument and parameter lists, which check the order the grammar leaves open.

    def f(a, b=1, /, c=2, *args, d, e=3, **kwargs)      parameters -> arguments
    f(x, *y, z=1, **w)                                  arguments -> positional, keywords

CPython counterpart: the rules parameters, invalid_parameters, args and invalid_arguments of Grammar/python.gram,
_PyPegen_make_arguments in Parser/action_helpers.c.
"""
from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from minipy.located import Located
from minipy.syntax import ast
from minipy.syntax.ast import expr
from minipy.syntax.token import Token, misplaced

PLAIN: Final = 0
MARK: Final = 1  # the `/`
VARIABLE: Final = 2  # `*args`, or a `*` alone
KEYWORDS: Final = 3  # `**kwargs`


class Parameter:
    """An item of a parameter list; `token` is its sign if it has one."""

    __slots__ = ("kind", "arg", "default", "token")

    def __init__(self, kind: int, arg: ast.arg | None, default: expr | None, token: Token | None) -> None:
        self.kind = kind
        self.arg = arg
        self.default = default
        self.token = token

    def place(self) -> Located:
        """Where a message about the item points to."""
        place = self.token or self.arg
        assert place is not None
        return place


def argument(name: Token, annotation: expr | None = None) -> ast.arg:
    return ast.arg(name.text, annotation)


def parameter(arg: ast.arg, default: expr | None) -> Parameter:
    return Parameter(PLAIN, arg, default, None)


def positional_only_mark(token: Token) -> Parameter:
    return Parameter(MARK, None, None, token)


def variable_positional(star: Token, arg: ast.arg | None = None) -> Parameter:
    return Parameter(VARIABLE, arg, None, star)


def variable_keyword(stars: Token, arg: ast.arg) -> Parameter:
    return Parameter(KEYWORDS, arg, None, stars)


def parameters(*items: Parameter) -> ast.arguments:
    result, star = in_order(items)
    if star is not None and star.arg is None and not result.kwonlyargs:
        raise misplaced("named arguments must follow bare *", star.place())
    return result


def in_order(items: Iterable[Parameter]) -> tuple[ast.arguments, Parameter | None]:
    """The parameters, and the item with the `*`; more items may follow."""
    result = ast.arguments([], [], None, [], [], None, [])
    star: Parameter | None = None
    for item in items:
        if result.kwarg is not None:
            raise misplaced("arguments cannot follow var-keyword argument", item.place())
        if item.kind == MARK:
            _check_mark(result, star, item)
            result.posonlyargs, result.args = result.args, []
        elif item.kind == VARIABLE:
            if star is not None:
                raise misplaced("* argument may appear only once", item.place())
            star, result.vararg = item, item.arg
        elif item.kind == KEYWORDS:
            result.kwarg = item.arg
        else:
            _add_plain(result, item, star is not None)
    return result, star


def _add_plain(result: ast.arguments, item: Parameter, keyword_only: bool) -> None:
    assert item.arg is not None
    if keyword_only:
        result.kwonlyargs.append(item.arg)
        result.kw_defaults.append(item.default)
        return
    result.args.append(item.arg)
    if item.default is not None:
        result.defaults.append(item.default)
    elif result.defaults:
        raise misplaced("non-default argument follows default argument", item.arg)


def _check_mark(result: ast.arguments, star: Parameter | None, mark: Parameter) -> None:
    """A `/` stands once, after an argument and before any `*`."""
    if star is not None:
        raise misplaced("/ must be ahead of *", mark.place())
    if result.posonlyargs:
        raise misplaced("/ may appear only once", mark.place())
    if not result.args:
        raise misplaced("at least one argument must precede /", mark.place())


# arguments of a call or a class

def keyword_argument(name: Token, value: expr) -> ast.keyword:
    return ast.keyword(name.text, value)


def keyword_unpacking(value: expr) -> ast.keyword:
    return ast.keyword(None, value)


def arguments(*items: expr | ast.keyword) -> tuple[list[expr], list[ast.keyword]]:
    """The positional ones, with `*x` among them, and the keywords, with `**x` among them."""
    positional: list[expr] = []
    keywords: list[ast.keyword] = []
    unpacked = False
    for item in items:
        if isinstance(item, ast.keyword):
            keywords.append(item)
            unpacked = unpacked or item.arg is None
        elif isinstance(item, ast.Starred) and unpacked:
            raise misplaced("iterable argument unpacking follows keyword argument unpacking", item)
        elif keywords and not isinstance(item, ast.Starred):
            raise misplaced("positional argument follows keyword argument" + " unpacking" * unpacked, item)
        else:
            positional.append(item)
    return positional, keywords
