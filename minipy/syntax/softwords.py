"""What only looking ahead can tell: `match` and `case` as keywords, and the parenthesis of a `with` statement.

`match` and `case` are ordinary names elsewhere.  A line is the head of a match statement where it begins with
`match`, ends in a colon, and an indented `case` follows; nothing else in the language looks like that.  In the
block of a match statement each line that begins with `case` begins a case.

    with (open(a) as f, open(b) as g):       encloses the items: WITH_LPAR
    with (yield):                            as well; the builder sees what it is
    with (a or b).lock, (c):                 belongs to the first item: stays LPAR

CPython counterpart: the parser's backtracking (Grammar/python.gram), which one token of look-ahead does not have.
"""
from __future__ import annotations

from minipy.syntax.token import Token


def mark_match_statements(tokens: list[Token], candidates: list[int]) -> None:
    """Make keywords of the `match` at `candidates` (indices, each the first token of a line) and of their cases."""
    for index in candidates:
        end = _line_end(tokens, index)
        if end - index > 2 and tokens[end - 1].type == "COLON" and _is_case(tokens, end + 2):
            tokens[index].type = "_MATCH"
            _mark_cases(tokens, end + 1)


def unmark(tokens: list[Token]) -> None:
    """Make names of the `match` and `case` that were made keywords: in an expression there are no statements."""
    for token in tokens:
        if token.type in ("_MATCH", "_CASE"):
            token.type = "NAME"


def _line_end(tokens: list[Token], index: int) -> int:
    """The index of the _NEWLINE that ends the line, or of the end of the tokens."""
    while index < len(tokens) and tokens[index].type != "_NEWLINE":
        index += 1
    return index


def _is_case(tokens: list[Token], index: int) -> bool:
    """Whether the token begins a block of cases; a match statement within one has marked it already."""
    if index >= len(tokens) or tokens[index - 1].type != "_INDENT":
        return False
    return tokens[index].type == "NAME" and tokens[index].text == "case"


def _mark_cases(tokens: list[Token], index: int) -> None:
    """Make keywords of the `case` that begin lines of the block whose _INDENT is at `index`, not of inner blocks."""
    depth = 0
    starts = ("_NEWLINE", "_INDENT", "_DEDENT")
    for i in range(index, len(tokens)):
        token = tokens[i]
        if token.type == "_INDENT":
            depth += 1
        elif token.type == "_DEDENT":
            depth -= 1
            if depth == 0:
                return
        elif depth == 1 and token.text == "case" and token.type == "NAME" and tokens[i - 1].type in starts:
            token.type = "_CASE"


def mark_with_parentheses(tokens: list[Token], enclosed: list[tuple[int, int]]) -> None:
    """Mark the parentheses (indices of their two tokens) that a colon follows, and so enclose all items."""
    for opening, closing in enclosed:
        if closing + 1 < len(tokens) and tokens[closing + 1].type == "COLON":
            tokens[opening].type = "WITH_LPAR"
