"""How deep a tree may be nested for the passes that walk it recursively.

Each pass counts its depth and gives up with a SourceError at MAX_DEPTH; `deep_enough` makes sure that the host's
own limit is not met first. Sequences are lists in the tree, so only operators, calls and blocks put into one
another count.

The parser itself is a loop and has no limit. But CPython's is not, and a program finds out: it gets a MemoryError
where CPython's parser would be MAX_PARSER_DEPTH calls deep, which `parser_depth` reckons from what is not yet reduced.

CPython counterpart: COMPILER_STACK_FRAME_SCALE in Python/compile.c, Python/symtable.c and Python/ast_opt.c; MAXSTACK
in Parser/parser.c.
"""
from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from minipy.errors import SourceError, Span
from minipy.syntax.ast import arg
from minipy.syntax.node import AST, located
from minipy.syntax.token import Token

MAX_DEPTH: Final = 2994  # as deep as a module of CPython may be, which counts the calls that lead to it, too
HOST_CALLS_A_LEVEL: Final = 8

MAX_PARSER_DEPTH: Final = 6000
LEAST_CALLS: Final = 32  # of the parser for an operand in a statement
CALLS: Final = MappingProxyType({
    "PLUS": 1, "MINUS": 1, "TILDE": 1, "NOT": 1, "ELSE": 1, "ELIF": 1, "LAMBDA": 2, "DOUBLESTAR": 2,
    "LPAR": 28, "WITH_LPAR": 28, "LSQB": 29, "LBRACE": 29, "RPAR": -28, "_INDENT": 6,
})  # fmt: skip
"""How many calls CPython's parser goes deeper after a token, until what the token begins is complete."""
MOST_CALLS: Final = max(CALLS.values())
CALLS_AFTER_PRIMARY: Final = 24  # ... after the bracket of a call or a subscript
CALLS_OF_DEFAULT: Final = 6  # ... after the `=` of a parameter


def too_deep(node: AST, filename: str, source: str) -> SourceError:
    """The error for a tree nested deeper than MAX_DEPTH."""
    span = Span.of(node) if isinstance(node, located) else Span(1, 0, 1, 0)
    message = "maximum recursion depth exceeded during compilation"
    return SourceError.at("RecursionError", message, filename, span, source)


@contextmanager
def deep_enough() -> Iterator[None]:
    """Let the host recurse MAX_DEPTH levels further down than it now is, for as long as the block runs."""
    before = sys.getrecursionlimit()
    frames = 0
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
        frames += 1
    sys.setrecursionlimit(max(before, frames + MAX_DEPTH * HOST_CALLS_A_LEVEL + 100))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def parser_depth(values: Sequence[object]) -> int:
    """How deep in calls CPython's parser would be where ours has these values on its stack."""
    depth = LEAST_CALLS
    before: object = None
    for value in values:
        first = value[0] if isinstance(value, list) and value else value  # an operator is a list
        if isinstance(first, Token):
            if first.type in ("LPAR", "LSQB") and isinstance(before, located):
                depth += CALLS_AFTER_PRIMARY
            elif first.type == "EQUAL" and isinstance(before, arg):
                depth += CALLS_OF_DEFAULT
            else:
                depth += CALLS.get(first.type, 0)
        before = value
    return depth
