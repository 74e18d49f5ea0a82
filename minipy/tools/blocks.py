"""A text of several statements, as one pastes it, taken apart into statements, each to be run by itself.

CPython counterpart: Lib/_pyrepl/console.py of 3.13 (InteractiveColoredConsole.runsource).
"""

from __future__ import annotations

from minipy.errors import SourceError
from minipy.syntax import parser


def statements_of(text: str) -> list[str]:
    """The statements, each with the lines before it that belong to none; the whole text if it cannot be parsed."""
    try:
        tree = parser.parse(text, "<stdin>")
    except SourceError:
        return [text]
    lines = text.splitlines(keepends=True)
    ends: list[int] = []
    for statement in getattr(tree, "body", []):
        start, end = first_line(statement), int(statement.end_lineno)
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)  # on one line with the one before: a; b
        else:
            ends.append(end)
    starts = [0, *ends]
    return ["".join(lines[a:b]) for a, b in zip(starts, ends, strict=False)]


def first_line(statement: object) -> int:
    """The line a statement begins on, its decorators included."""
    decorators = getattr(statement, "decorator_list", [])
    return min([int(node.lineno) for node in (*decorators, statement)])
