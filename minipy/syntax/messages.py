"""What to say where the parser is stuck."""
from __future__ import annotations

from minipy.syntax.lalr import Stuck
from minipy.syntax.token import Fault, Token, fault


def stuck_fault(tokens: list[Token], stuck: Stuck) -> Fault:
    """The fault of a token the grammar does not expect."""
    return fault("invalid syntax", tokens[stuck.index])
