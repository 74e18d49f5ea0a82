"""Whether what was typed so far waits for more lines.

CPython counterpart: Lib/codeop.py; the tokenizer's interactive mode, where a block ends with an empty line.
"""

from __future__ import annotations

from minipy.errors import SourceError
from minipy.syntax import parser
from minipy.syntax.token import Token

OPEN = ("was never closed", "unterminated triple-quoted", "unexpected EOF")
"""What a fault's message says when only the end is missing."""
COMPOUND = {"ASYNC", "AT", "CLASS", "DEF", "FOR", "IF", "TRY", "WHILE", "WITH"}
"""Tokens that begin a statement with a block."""


def is_incomplete(source: str) -> bool:
    """True if more lines may complete the source: a bracket, string or line is open, or a block not yet ended.

    A block is ended by an empty line. A source that is wrong however it may go on is not incomplete.
    """
    try:
        tokens = parser.tokens(source, "<stdin>")
    except SourceError as fault:
        return any(words in fault.message for words in OPEN)
    return not source.endswith("\n\n") and has_block(tokens)


def has_block(tokens: list[Token]) -> bool:
    """Whether the first statement is a compound one."""
    types = [token.type for token in tokens]
    first_line = types[: types.index("_NEWLINE")] if "_NEWLINE" in types else types
    return bool(first_line) and (first_line[0] in COMPOUND or first_line[-1] == "COLON")
