"""match statements."""
from __future__ import annotations

from minipy.compiler.comprehensions import Comprehensions
from minipy.syntax import ast


class Patterns(Comprehensions):
    """Patterns."""

    def stmt_Match(self, node: ast.Match) -> None:
        raise self.unsupported("match")
