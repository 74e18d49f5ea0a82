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

from minipy.syntax import say_arguments, say_expressions, say_statements, say_targets
from minipy.syntax.lalr import END, Machine, Stuck
from minipy.syntax.lexer import FAULT, Scan
from minipy.syntax.site import OPENING, Site, point
from minipy.syntax.token import Fault, Misplaced, Token, at_token

MAX_LEVEL: Final = 20  # how often one goes ahead within a place one has gone ahead to


def explain(machine: Machine, scan: Scan, start: str, stuck: Stuck) -> Fault:
    """The fault that CPython would report for tokens at which a machine is stuck."""
    if stuck.fault is not None and stuck.fault.kind == "MemoryError":
        return stuck.fault
    site = Site(machine, scan.tokens, stuck, scan.fault)
    if scan.fault is not None and site.token.type == FAULT:
        found = _at_lists(site) or say_targets.annotated(site)
        return found if found and found.span and found.span.lineno <= scan.fault.before else scan.fault
    found = stuck.fault or _string_fault(site)
    if found is None and (found := _read_otherwise(scan, start, site)):
        return found
    found = _choose(site, found)
    found.at_end = all(token.type in ("_DEDENT", END) for token in scan.tokens[site.index :])
    return found


def _choose(site: Site, found: Fault | None) -> Fault:
    """The fault to report, where the parser found one or none and the scanner found one or none."""
    if found is None or isinstance(found, Misplaced):
        try:
            found = _diagnose(site) or found
        except Fault as reached:
            found = reached
    if found is None and site.token.type in ("_INDENT", "_DEDENT"):
        return plain(site.token)
    if found is not None and found is site.scan_fault:
        return found
    late = site.scan_fault.later if site.scan_fault is not None else None
    if late is not None and late.before < site.tokens[site.root.furthest].lineno:
        return late
    return found or plain(site.token)


def _string_fault(site: Site) -> Fault | None:
    """The fault of a string before the token, which CPython decodes before it looks at the token."""
    start = site.index
    while start and site.kind(start - 1) == "STRING":
        start -= 1
    try:
        if start < site.index:
            site.machine.run([*site.tokens[start : site.index], site.token.copy(END)], "atom")
    except Stuck as stuck:
        return stuck.fault
    return None


def _read_otherwise(scan: Scan, start: str, site: Site) -> Fault | None:
    """The fault of another reading of the tokens, if the parser comes as far with it.

    A line that begins with `match` is read as a match statement, and `with (a as b` as items in parentheses, though
    what makes sure of that (`softwords.py`) is missing.
    """
    token, reading = site.tokens[site.line_start()], "_MATCH"
    if token.type != "NAME" or token.text != "match":
        enclosing = site.enclosing() if site.token.type == "AS" else None
        if enclosing is None or enclosing.type != "LPAR" or site.kind(site.places[id(enclosing)] - 1) != "WITH":
            return None
        token, reading = enclosing, "WITH_LPAR"
    before, token.type = token.type, reading
    try:
        site.machine.run(scan.tokens, start)
    except Stuck as again:
        if again.index >= site.index:
            return explain(site.machine, scan, start, again)
    token.type = before
    return None


def _diagnose(site: Site) -> Fault | None:
    """The fault that CPython has words for, if it is one of those."""
    return say_statements.forced(site) or _at_lists(site) or _outward(site) or say_statements.frame(site)


def _at_lists(site: Site) -> Fault | None:
    """The fault in the order of the innermost list that has one."""
    found: Fault | None = None
    for position in site.positions():
        found = found or _at_list(site, position)
    return found


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
    if site.is_clause() and (found := say_targets.loop_target(site, site.index + 1)):
        return found
    if site.token.type == "COLONEQUAL" and site.values and site.expects(len(site.values) - 1, "simple_statement"):
        if found := _ahead(site, "expression", site.index + 1, site.level):
            return found
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
        found = _operands(site, start) or say_targets.loop_target(site, start)
    elif site.expects(position, "with_target"):
        found = _operand(site, start, site.level) or say_targets.item_target(site, start)
    elif isinstance(value, Token) and value.type == "DEL":
        found = _operands(site, start + 1) or say_targets.deletion(site, start + 1)
    elif isinstance(value, Token) and value.type in OPENING and site.expects(position, "atom"):
        found = say_expressions.display(site, start)
    if not found and site.expects(position, "simple_statement"):
        found = say_targets.assignment(site, start)
    return found


def _operands(site: Site, start: int) -> Fault | None:
    """What is wrong with the expressions of a list that begins at a token."""
    found = _operand(site, start, site.level)
    end = site.after_element(start)
    while not found and end is not None and site.kind(end) == "COMMA":
        found = _operand(site, end + 1, site.level)
        end = site.after_element(end + 1)
    return found


def _operand(site: Site, start: int, level: int) -> Fault | None:
    """What is wrong with an expression that begins at a token, as such; `level` counts how deep one has looked."""
    found = say_expressions.expression(site, start) or _after_operand(site, start, level + 1)
    if found or site.kind(start) != "NAME" or site.kind(start + 1) == "LPAR" or level == MAX_LEVEL:
        return found
    return _after_name(site, start, level + 1) or say_expressions.old_statement(site, start)


def _after_operand(site: Site, start: int, level: int) -> Fault | None:
    """What is wrong in the braces after an operand, which CPython reads to see whether a comma is missing."""
    operand = site.prefix("disjunction", start)
    if operand is None or site.kind(operand.end) != "LBRACE" or level > MAX_LEVEL:
        return None
    return _ahead(site, "expression", operand.end, level)


def _after_name(site: Site, start: int, level: int) -> Fault | None:
    """What is wrong with the expressions after a word, which CPython reads to see whether the word is `print`.

    What it has read before, looking for a forgotten comma, it does not look into again.
    """
    read = None if say_expressions.is_odd_prefix(site, start) else site.prefix("expression", start + 1)
    if read is None and (level > 1 and site.kind(start + 1) != "STRING" or site.kind(start + 1) == "NOT"):
        return None
    if read is not None:
        found = _operand(site, start + 1, level)
        if found or site.kind(read.end) != "COMMA":
            return found
        start = read.end
    return _ahead(site, "star_expressions", start + 1, level)


def _ahead(site: Site, rule: str, start: int, level: int) -> Fault | None:
    """What is wrong with what begins at a token, if it is that by the rule."""
    inner = site.inside(rule, start, level)
    return _outward(inner) if inner else None


def plain(token: Token) -> Fault:
    """The fault for which there are no special words."""
    if token.type in ("_INDENT", "_DEDENT"):
        message = "unexpected indent" if token.type == "_INDENT" else "unexpected unindent"
        return Fault(message, point(token), "IndentationError")
    return at_token("invalid syntax", token)
