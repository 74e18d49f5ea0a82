"""Tokens, and the faults the front end finds before it knows the file they are in."""
from __future__ import annotations

import sys
from typing import Final

from minipy.errors import Span
from minipy.located import Located

ALWAYS: Final = -1
NEVER: Final = sys.maxsize


class Token:
    """A piece of source text: `type` is the name of a terminal of the grammar, the position is as a node's.

    `text` is the text itself; of a name its normal form (NFKC), as identifiers are compared in that form.
    """

    __slots__ = ("type", "text", "lineno", "col_offset", "end_lineno", "end_col_offset")

    def __init__(
        self, type: str, text: str, lineno: int, col_offset: int, end_lineno: int, end_col_offset: int
    ) -> None:
        self.type = type
        self.text = text
        self.lineno = lineno
        self.col_offset = col_offset
        self.end_lineno = end_lineno
        self.end_col_offset = end_col_offset

    def copy(self, type: str) -> Token:
        """A token of another type in the same place."""
        return Token(type, self.text, self.lineno, self.col_offset, self.end_lineno, self.end_col_offset)

    def __repr__(self) -> str:
        return f"Token({self.type}, {self.text!r}, {self.lineno}:{self.col_offset})"


class Fault(Exception):
    """A fault at a place in the text; `parser.py` adds the file and the line and makes a SourceError of it.

    A fault of the scanner goes before the parser's where that one is in a line after `before`. A fault found in
    a replacement field shows `text` instead of the line. A fault without a span is at the token the parser looks at.
    `later` is what stands for the scanner's fault where the parser has failed before it.
    `at_end` tells that only the end of the text is wrong: more text could go on.
    """

    def __init__(self, message: str, span: Span | None = None, kind: str = "SyntaxError", before: int = NEVER) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.kind = kind
        self.before = before
        self.text = ""
        self.at_end = False
        self.later = self

    def at(self, place: Located) -> bool:
        """Whether the fault is at that place."""
        return self.span is not None and (self.span.lineno, self.span.col_offset) == (place.lineno, place.col_offset)


class Misplaced(Fault):
    """Something the grammar takes and the language does not, found by a builder; `messages.py` may know more."""


def misplaced(message: str, place: Located) -> Misplaced:
    """A Misplaced of all of `place`."""
    return Misplaced(message, Span.of(place))


def at_token(message: str, token: Token) -> Fault:
    """A SyntaxError at a token; one without text, the end, is in no column."""
    return fault(message, token) if token.text else Fault(message, Span(token.lineno, -1, token.lineno, -1))


def fault(message: str, first: Located, last: Located | None = None) -> Fault:
    """A SyntaxError from the start of `first` to the end of `last` (or of `first`)."""
    last = last or first
    return Fault(message, Span(first.lineno, first.col_offset, last.end_lineno, last.end_col_offset))
