"""The words for faults in expressions: a forgotten comma, `=` for `==`, `print x`, brackets and what is in them.

Each function looks at an expression that begins at a token and gives the fault it finds there, or None.

CPython counterpart: the rules invalid_expression, invalid_legacy_expression, invalid_named_expression,
invalid_comprehension, invalid_group, invalid_kvpair and invalid_double_starred_kvpairs of Grammar/python.gram.
"""
from __future__ import annotations

from typing import Final

from minipy.errors import Span
from minipy.syntax import ast
from minipy.syntax.site import Part, Site
from minipy.syntax.targets import describe
from minipy.syntax.token import Fault, fault

COMMA: Final = "invalid syntax. Perhaps you forgot a comma?"
EQUALS: Final = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
SOFT_KEYWORDS: Final = ("match", "case", "_")
STATEMENTS: Final = frozenset(("print", "exec"))  # that were statements in Python 2


def expression(site: Site, start: int) -> Fault | None:
    """Two operands side by side in brackets, or an `if` without `else`."""
    left = site.prefix("disjunction", start)
    return _missing_comma(site, start, left) or _missing_else(site, left) if left else None


def is_odd_prefix(site: Site, start: int) -> bool:
    """Whether a word may be a wrong string prefix or a soft keyword, or the beginning of one, as CPython takes it."""
    token = site.tokens[start]
    soft = any(word.startswith(token.text) for word in SOFT_KEYWORDS)
    return token.type == "NAME" and (soft or site.kind(start + 1) == "STRING")


def _missing_comma(site: Site, start: int, left: Part) -> Fault | None:
    if is_odd_prefix(site, start):
        return None
    right = site.prefix("expression", left.end)
    is_old = isinstance(left.node, ast.Name) and left.node.id in STATEMENTS
    if right is None or is_old or not site.depth(right.end - 1):
        return None
    return fault(COMMA, left.node, right.node)


def _missing_else(site: Site, left: Part) -> Fault | None:
    if site.kind(left.end) != "IF":
        return None
    test = site.prefix("disjunction", left.end + 1)
    if test is None or site.kind(test.end) in ("ELSE", "COLON"):
        return None
    return fault("expected 'else' after 'if' expression", left.node, test.node)


def old_statement(site: Site, start: int) -> Fault | None:
    """A statement of Python 2 that is a function now."""
    token = site.tokens[start]
    if token.text not in STATEMENTS or (values := site.prefix("star_expressions", start + 1)) is None:
        return None
    message = f"Missing parentheses in call to '{token.text}'. Did you mean {token.text}(...)?"
    return fault(message, token, values.node)


def named_expression(site: Site, start: int) -> Fault | None:
    """`=` where only `==` or `:=` can stand, and `:=` after what is not a name."""
    is_name = site.kind(start) == "NAME"
    if is_name and site.kind(start + 1) == "COLONEQUAL":
        return None
    left = site.prefix("expression", start)
    if left is not None and site.kind(left.end) == "COLONEQUAL" and site.prefix("expression", left.end + 1):
        return fault(f"cannot use assignment expressions with {describe(left.node)}", left.node)
    if is_name and site.kind(start + 1) == "EQUAL" and (right := _compared(site, start + 2)):
        return fault(EQUALS, site.tokens[start], right.node)
    operand = site.prefix("bitwise_or", start)
    if operand is None or site.kind(operand.end) != "EQUAL" or _is_display(site, start):
        return None
    if not _compared(site, operand.end + 1):
        return None
    message = f"cannot assign to {describe(operand.node)} here. Maybe you meant '==' instead of '='?"
    return fault(message, operand.node)


def _compared(site: Site, start: int) -> Part | None:
    """An operand that no further `=` follows."""
    operand = site.prefix("bitwise_or", start)
    if operand is None or site.kind(operand.end) in ("EQUAL", "COLONEQUAL"):
        return None
    return operand


def _is_display(site: Site, start: int) -> bool:
    """Whether a list, a tuple, a generator or a constant that is a keyword begins there."""
    token = site.tokens[start]
    if token.type in ("NONE", "TRUE", "FALSE"):
        return True
    atom = site.prefix("atom", start)
    if atom is None or not isinstance(atom.node, (ast.List, ast.Tuple, ast.GeneratorExp)):
        return False
    return (atom.node.lineno, atom.node.col_offset) == (token.lineno, token.col_offset)  # not in a parenthesis


# brackets, and what is in them

def display(site: Site, start: int) -> Fault | None:
    """What is wrong in the bracket at a token, which begins a display or a group."""
    kind, after = site.kind(start), start + 1
    if site.kind(after) == "STAR" and (found := expression(site, after + 1)):
        return found
    if kind == "LBRACE":
        if site.kind(after) == "DOUBLESTAR" and (value := site.prefix("bitwise_or", after + 1)):
            if site.comprehensions(value.end):
                return fault("dict unpacking cannot be used in dict comprehension", site.tokens[after])
    elif kind != "LSQB" and (found := _starred_group(site, after)):
        return found
    return unpacking_comprehension(site, after) or (_bare_target(site, after) if kind in ("LSQB", "LBRACE") else None)


def unpacking_comprehension(site: Site, start: int) -> Fault | None:
    """`*x for ...`."""
    value = site.prefix("expression", start + 1) if site.kind(start) == "STAR" else None
    if value is None or not site.comprehensions(value.end):
        return None
    message = "iterable unpacking cannot be used in comprehension"
    return fault(message, site.tokens[start], site.tokens[value.end - 1])


def _starred_group(site: Site, start: int) -> Fault | None:
    """`(*x)` and `(**x)`."""
    stars = site.tokens[start]
    if stars.type not in ("STAR", "DOUBLESTAR"):
        return None
    value = site.prefix("expression", start + 1)
    if value is None or site.kind(value.end) != "RPAR":
        return None
    if stars.type == "DOUBLESTAR":
        return fault("cannot use double starred expression here", stars)
    return fault("cannot use starred expression here", stars, site.tokens[value.end - 1])


def _bare_target(site: Site, start: int) -> Fault | None:
    """`a, b for ...`."""
    comma = site.after_element(start)
    if comma is None or site.kind(comma) != "COMMA":
        return None
    last = comma
    while site.kind(last) == "COMMA" and (end := site.after_element(last + 1)) is not None:
        last = end
    after = last + (site.kind(last) == "COMMA")
    if not site.comprehensions(after):
        return None
    last = max(last, comma + 1)
    message = "did you forget parentheses around the comprehension target?"
    return fault(message, site.tokens[start], site.tokens[last - 1])


def pairs(site: Site, start: int) -> Fault | None:
    """The first item of a dict display that is none: a key without a colon after other items, or without a value."""
    first = start
    while (end := _pair_end(site, start)) is not None and site.kind(end) == "COMMA":
        start = end + 1
    key = site.prefix("expression", start)
    if key is None:
        return None
    if site.kind(key.end) != "COLON":
        node = key.node
        place = Span(node.lineno, node.end_col_offset - 1, node.end_lineno, -1)
        return Fault("':' expected after dictionary key", place) if start > first else None
    star = site.tokens[key.end + 1]
    if star.type == "STAR":
        value = site.prefix("bitwise_or", key.end + 2)
        after = site.tokens[value.end if value else site.read]
        if not value:
            return fault("invalid syntax", after)
        place = Span(star.lineno, star.col_offset, after.end_lineno, after.end_col_offset - 1)
        return Fault("cannot use a starred expression in a dictionary value", place)
    if star.type in ("RBRACE", "COMMA"):
        return fault("expression expected after dictionary key and ':'", site.tokens[key.end])
    return None


def _pair_end(site: Site, start: int) -> int | None:
    """The index of the token after `key: value` or `**value`."""
    if site.kind(start) == "DOUBLESTAR":
        value = site.prefix("bitwise_or", start + 1)
        return value.end if value else None
    key = site.prefix("expression", start)
    if key is None or site.kind(key.end) != "COLON":
        return None
    value = site.prefix("expression", key.end + 1)
    return value.end if value else None
