"""What to say where the parser is stuck: CPython's words and place.

CPython parses a text that fails once more, with rules for wrong programs added to its grammar; the first of them
that matches speaks, and as a part is parsed before the whole, the innermost first.  The tables have no such rules.
So this module goes over the positions on the stacks from the innermost outward to the beginning of the statement,
and asks at each what the rules for wrong programs would find there (`say_*.py`).

CPython counterpart: Parser/pegen_errors.c and the invalid_ rules of Grammar/python.gram.  Differs: where faults are
several in a statement CPython's order is not always met.
"""
from __future__ import annotations

from minipy.errors import Span
from minipy.syntax import say_arguments, say_expressions, say_statements, say_targets
from minipy.syntax.lalr import END
from minipy.syntax.site import REACH, Site, point
from minipy.syntax.token import Fault, Token, fault


def diagnose(site: Site) -> Fault | None:
    """The fault that CPython has words for, if it is one of those."""
    found = say_statements.forced(site)
    if found:
        return found
    for position in site.positions():
        for rule, is_lambda in (("parameters", False), ("lambda_parameters", True)):
            if site.expects(position, rule) and (found := say_arguments.parameter_list(site, position, is_lambda)):
                return found
    for position in site.positions():
        found = _at(site, position)
        if found or site.expects(position, "simple_statement"):
            break
    return found or say_statements.frame(site)


def _at(site: Site, position: int) -> Fault | None:
    """What is wrong with what begins at a position."""
    start = site.start(position)
    value = site.values[position] if position < len(site.values) else None
    found: Fault | None = None
    if site.expects(position, "expression"):
        found = say_expressions.expression(site, start)
    if not found and site.expects(position, "named_expression") and not site.expects(position, "arguments"):
        found = say_expressions.named_expression(site, start)
    if not found and site.expects(position, "arguments"):
        found = say_expressions.unpacking_comprehension(site, start) or say_arguments.arguments(site, start)
    if not found and site.expects(position, "for_target"):
        found = say_targets.loop_target(site, start)
    if not found and site.expects(position, "with_target"):
        found = say_targets.item_target(site, start)
    if not found and isinstance(value, Token):
        if value.type in ("LPAR", "WITH_LPAR", "LSQB", "LBRACE") and site.expects(position, "atom"):
            found = say_expressions.display(site, start)
        elif value.type == "DEL":
            found = say_targets.deletion(site, start + 1)
    if not found and site.expects(position, "simple_statement"):
        found = say_targets.assignment(site, start)
    return found


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
