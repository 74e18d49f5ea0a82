"""How deep a tree may be nested for the passes that walk it recursively.

Each pass counts its depth and gives up with a SourceError at MAX_DEPTH; `deep_enough` makes sure that the host's
own limit is not met first. Sequences are lists in the tree, so only operators, calls and blocks put into one
another count.

CPython counterpart: COMPILER_STACK_FRAME_SCALE in Python/compile.c, Python/symtable.c and Python/ast_opt.c.
"""
from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from minipy.errors import SourceError, Span
from minipy.syntax.node import AST, located

MAX_DEPTH: Final = 2000
HOST_CALLS_A_LEVEL: Final = 5


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
