"""What to say where the parser is stuck: CPython's words and place.

CPython parses a text that fails once more, with rules for wrong programs added to its grammar; the first of them
that matches speaks, and as a part is parsed before the whole, the innermost first.  The tables have no such rules.
So this module goes over the positions on the stacks from the innermost outward to the beginning of the statement,
and asks at each what the rules for wrong programs would find there (`say_*.py`).

CPython counterpart: Parser/pegen_errors.c and the invalid_ rules of Grammar/python.gram.  Differs: where faults are
several in a statement CPython's order is not always met.
"""
from __future__ import annotations

from typing import Final

from minipy.errors import Span
from minipy.syntax import say_arguments, say_expressions, say_statements, say_targets
from minipy.syntax.lalr import END
from minipy.syntax.site import OPENING, REACH, Site, point
from minipy.syntax.token import Fault, Token, fault

MAX_LEVEL: Final = 20

def diagnose(site: Site) -> Fault | None:
    """The fault that CPython has words for, if it is one of those."""
    found = say_statements.forced(site)
    for position in site.positions():
        found = found or _at_list(site, position)
    return found or _outward(site) or say_statements.frame(site)


def _at_list(site: Site, position: int) -> Fault | None:
    """What is wrong with parameters, or the items of a dict, which goes before what is wrong in one of them."""
    if site.expects(position, "parameters"):
        return say_arguments.parameter_list(site, position, is_lambda=False)
    if site.expects(position, "lambda_parameters"):
        return say_arguments.parameter_list(site, position, is_lambda=True)
    start = site.start(position)
    if site.kind(start) == "LBRACE" and site.expects(position, "atom"):
        return say_expressions.pairs(site, start + 1)
    return None


def _outward(site: Site) -> Fault | None:
    """The fault of the innermost part that has one, within the statement."""
    for position in site.positions():
        found = _at(site, position)
        if found or site.expects(position, "simple_statement"):
            return found
    return None


def _at(site: Site, position: int) -> Fault | None:
    """What is wrong with what begins at a position."""
    start = site.start(position)
    found: Fault | None = None
    if site.expects(position, "expression"):
        found = _operand(site, start, site.level)
    if not found and site.expects(position, "arguments"):
        found = say_expressions.unpacking_comprehension(site, start) or say_arguments.arguments(site, start)
    elif not found and site.expects(position, "named_expression") and not site.expects(position, "keyword_argument"):
        found = say_expressions.named_expression(site, start)
    return found or _at_target(site, position, start)


def _at_target(site: Site, position: int, start: int) -> Fault | None:
    """The same, where it is a target or a bracket."""
    value = site.values[position] if position < len(site.values) else None
    found: Fault | None = None
    if site.expects(position, "for_target") and not site.is_word(position + 1, "IN"):
        found = _operand(site, start, site.level) or say_targets.loop_target(site, start)
    elif site.expects(position, "with_target"):
        found = say_targets.item_target(site, start)
    elif isinstance(value, Token) and value.type == "DEL":
        found = say_targets.deletion(site, start + 1)
    elif isinstance(value, Token) and value.type in OPENING and site.expects(position, "atom"):
        found = say_expressions.display(site, start)
    if not found and site.expects(position, "simple_statement"):
        found = say_targets.assignment(site, start)
    return found


def _operand(site: Site, start: int, level: int) -> Fault | None:
    """What is wrong with an expression that begins at a token, as such; `level` counts how deep one has looked."""
    found = say_expressions.expression(site, start)
    if found or site.kind(start) != "NAME" or site.kind(start + 1) == "LPAR" or level == MAX_LEVEL:
        return found
    return _after_name(site, start, level + 1) or say_expressions.old_statement(site, start)


def _after_name(site: Site, start: int, level: int) -> Fault | None:
    """What is wrong with the expressions after a word, which CPython reads to see whether the word is `print`.

    What it has read before, looking for a forgotten comma, it does not look into again.
    """
    read = None if say_expressions.is_odd_prefix(site, start) else site.prefix("expression", start + 1)
    if read is None and (level > 1 or site.kind(start + 1) == "NOT"):
        return None
    if read is not None:
        found = _operand(site, start + 1, level)
        if found or site.kind(read.end) != "COMMA":
            return found
        start = read.end
    inner = site.inside("star_expressions", start + 1, level)
    return _outward(inner) if inner else None


def plain(token: Token) -> Fault:
    """The fault for which there are no special words."""
    if token.type in ("_INDENT", "_DEDENT"):
        message = "unexpected indent" if token.type == "_INDENT" else "unexpected unindent"
        return Fault(message, point(token), "IndentationError")
    if token.type == END:
        return Fault("invalid syntax", Span(token.lineno, -1, token.lineno, -1))
    return fault("invalid syntax", token)


def retype(site: Site) -> bool:
    """Whether another reading of a token explains more; then the token is changed, to be parsed again.

    A line that begins with `match` is read as a match statement, and `with (a as b` as items in parentheses, though
    what makes sure of that (`softwords.py`) is missing.
    """
    first = site.line_start()
    word = site.tokens[first]
    if word.type == "NAME" and word.text == "match":
        if site.index == first + 1 or site.token.type == "_NEWLINE" and site.kind(site.index - 1) == "COLON":
            word.type = "_MATCH"
            return True
    for value in reversed(site.values[-REACH:] if site.token.type == "AS" else []):
        if isinstance(value, Token) and value.type == "LPAR" and site.kind(site.places[id(value)] - 1) == "WITH":
            value.type = "WITH_LPAR"
            return True
    return False
