"""The words for what is assigned to and cannot be: assignments, loops, `with ... as`, `del`.

CPython counterpart: the rules invalid_assignment, invalid_for_target, invalid_with_item and invalid_del_stmt of
Grammar/python.gram.
"""
from __future__ import annotations

from typing import Final

from minipy.syntax import ast
from minipy.syntax.ast import expr
from minipy.syntax.say_expressions import named_expression
from minipy.syntax.site import Part, Site
from minipy.syntax.targets import DELETING, LOOPING, STORING, describe, invalid_target
from minipy.syntax.token import Fault, at_token, fault

OPERATORS: Final = frozenset((
    "PLUS", "MINUS", "STAR", "SLASH", "PERCENT", "AMPER", "VBAR", "CIRCUMFLEX", "LEFTSHIFT", "RIGHTSHIFT",
    "DOUBLESTAR", "DOUBLESLASH", "AT",
))
AUGMENTED: Final = frozenset((
    "PLUSEQUAL", "MINEQUAL", "STAREQUAL", "SLASHEQUAL", "PERCENTEQUAL", "AMPEREQUAL", "VBAREQUAL", "CIRCUMFLEXEQUAL",
    "LEFTSHIFTEQUAL", "RIGHTSHIFTEQUAL", "DOUBLESTAREQUAL", "DOUBLESLASHEQUAL", "ATEQUAL",
))


def cannot_assign(node: expr, use: int = STORING) -> Fault | None:
    """The fault of a target that is none."""
    part = invalid_target(node, use)
    return fault(f"cannot assign to {describe(part)}", part) if part is not None else None


def loop_target(site: Site, start: int) -> Fault | None:
    """The target after `for`."""
    part = site.prefix("star_expressions", start)
    found = cannot_assign(part.node, LOOPING) if part else None
    return found or _after_targets(site, start)


def _after_targets(site: Site, start: int) -> Fault | None:
    """What follows the targets that can be, and is not `in`."""
    while site.kind(start) != "IN" and start < site.index:
        start += site.kind(start) == "STAR"
        target = site.prefix("primary", start)
        if target is None or site.kind(target.end) in ("IN", "DOT", "LPAR", "LSQB"):
            return None
        if site.kind(target.end) != "COMMA":
            return at_token("invalid syntax", site.tokens[target.end])
        start = target.end + 1
    return None


def item_target(site: Site, start: int) -> Fault | None:
    """The target after `as` in a `with` statement."""
    part = site.prefix("expression", start)
    if part is None:
        return None
    if site.kind(part.end) in ("COMMA", "RPAR", "COLON"):
        return cannot_assign(part.node)
    target = site.prefix("primary", start)
    is_operand = target is not None and target.end < part.end or site.kind(part.end) in OPERATORS
    return fault("invalid syntax", site.tokens[target.end]) if target is not None and is_operand else None


def deletion(site: Site, start: int) -> Fault | None:
    """What follows `del`."""
    values = site.prefix("star_expressions", start)
    part = invalid_target(values.node, DELETING) if values else None
    return fault(f"cannot delete {describe(part)}", part) if part is not None else _after_deleted(site, start)


def _after_deleted(site: Site, start: int) -> Fault | None:
    """The star or operator that ends the targets that can be deleted."""
    while start < site.index:
        target = site.prefix("primary", start)
        end = target.end if target else start
        if site.kind(end) in OPERATORS:
            return fault("invalid syntax", site.tokens[end])
        if site.kind(end) != "COMMA":
            break
        start = end + 1
    return None


def assignment(site: Site, start: int) -> Fault | None:
    """A statement that begins as an assignment does, and is none."""
    first = site.prefix("star_expressions", start)
    if first is None:
        return _assigned_yield(site, start)
    kind = site.kind(first.end)
    if kind == "EQUAL" and _is_assignment(site, first) or kind in AUGMENTED and _is_single(first.node):
        return None
    found = _elements(site, start, first)
    if found:
        return found
    if kind == "COLON":
        return _annotation(site, start, first)
    if kind in AUGMENTED:
        message = f"'{describe(first.node)}' is an illegal expression for augmented assignment"
        is_whole = _has_value(site, first.end + 1)
        return fault(message, first.node) if is_whole else fault("invalid syntax", site.tokens[first.end])
    return _chain(site, first) if kind == "EQUAL" else None


def annotated(site: Site) -> Fault | None:
    """A target that cannot have the annotation read after it: CPython reads no further than that."""
    for position in site.positions():
        if site.expects(position, "simple_statement"):
            is_annotated = site.is_word(position + 1, "COLON") and site.is_word(position + 3, "EQUAL")
            return assignment(site, site.start(position)) if is_annotated else None
    return None


def _is_assignment(site: Site, first: Part) -> bool:
    """Whether targets that can be, with an `=` after each, and a value follow one another."""
    part: Part | None = first
    while part is not None and site.kind(part.end) == "EQUAL":
        if invalid_target(part.node) is not None:
            return False
        value = part.end + 1
        part = site.prefix("star_expressions", value) or site.prefix("yield_expression", value)
    return part is not None


def _is_single(node: expr) -> bool:
    return isinstance(node, (ast.Name, ast.Attribute, ast.Subscript))


def _has_value(site: Site, start: int) -> bool:
    return (site.prefix("star_expressions", start) or site.prefix("yield_expression", start)) is not None


def _elements(site: Site, start: int, first: Part) -> Fault | None:
    """What is wrong with the targets one by one; after the first comma CPython takes them without commas too."""
    found = named_expression(site, start) if site.kind(start) != "STAR" else None
    end = site.after_element(start)
    index = end + 1 if end is not None and site.kind(end) == "COMMA" else None
    is_tuple = index is not None
    while found is None and index is not None and (end := site.after_element(index)) is not None:
        found = named_expression(site, index) if site.kind(index) != "STAR" else None
        index = end + (site.kind(end) == "COMMA")
    if found is None and is_tuple and index is not None and site.kind(index) == "COLON":
        return _annotated_tuple(site, start, index)
    return found


def _annotated_tuple(site: Site, start: int, colon: int) -> Fault | None:
    """`a, b: annotation`."""
    first = site.after_element(start)
    if first is None or site.prefix("expression", colon + 1) is None:
        return None
    return fault("only single target (not tuple) can be annotated", site.tokens[start], site.tokens[first - 1])


def _annotation(site: Site, start: int, target: Part) -> Fault | None:
    """`target: annotation` of a target that cannot have one."""
    node = target.node
    if site.prefix("expression", target.end + 1) is None:
        return None if _is_single(node) else fault("invalid syntax", site.tokens[target.end])
    if isinstance(node, (ast.Tuple, ast.List)):
        return fault(f"only single target (not {describe(node)}) can be annotated", node)
    if isinstance(node, ast.Starred):
        return fault("invalid syntax", site.tokens[target.end])
    return None if _is_single(node) else fault("illegal target for annotation", node)


def _chain(site: Site, first: Part) -> Fault | None:
    """`a = b = ...`: the first of them that is not a target."""
    part: Part | None = first
    while part is not None and site.kind(part.end) == "EQUAL":
        found = cannot_assign(part.node)
        if found:
            return found
        start = part.end + 1
        part = site.prefix("star_expressions", start)
        if part is None:
            return _assigned_yield(site, start)
    return None


def _assigned_yield(site: Site, start: int) -> Fault | None:
    value = site.prefix("yield_expression", start)
    if value is None or site.kind(value.end) != "EQUAL":
        return None
    return fault("assignment to yield expression not possible", value.node)
