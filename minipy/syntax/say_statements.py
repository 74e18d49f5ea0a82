"""The words for faults in the frame of a statement: a missing colon, block, `except`, and the like.

CPython counterpart: the forced tokens and the rules invalid_block, invalid_if_stmt, invalid_try_stmt and so on of
Grammar/python.gram.
"""
from __future__ import annotations

from minipy.errors import Span
from minipy.syntax.site import HEADS, Site
from minipy.syntax.targets import invalid_target
from minipy.syntax.token import Fault, Token, at_token, fault


def forced(site: Site) -> Fault | None:
    """A colon or a parenthesis that nothing else can stand for; CPython tells it before it looks for other faults."""
    top = len(site.values)
    last = site.values[-1] if site.values else None
    if isinstance(last, Token) and last.type in ("ELSE", "TRY", "FINALLY") and site.expects(top, "COLON"):
        return at_token("expected ':'", site.token)
    head = site.head()
    if head is None or head.type != "DEF":
        return None
    name = site.places[id(head)] + 1
    if name == site.index:
        return None
    if name + 1 == site.index:
        return at_token("expected '('", site.token)
    end = site.closing(name + 1) + 1
    if end > site.index:
        return None
    if site.kind(end) == "RARROW" and (annotation := site.prefix("expression", end + 1)):
        end = annotation.end
    return at_token("expected ':'", site.tokens[end]) if site.kind(end) != "COLON" else None


def frame(site: Site) -> Fault | None:
    """What the parser misses in the frame of the statement it is in."""
    head = site.head()
    if head is None:
        return _trailing_comma(site)
    last = site.values[-1]
    if isinstance(last, Token) and last.type == "_NEWLINE" and site.expects(len(site.values), "_INDENT"):
        return _no_block(site, head)
    if head.type == "EXCEPT" and (found := _handler(site, head)):
        return found
    if head.type == "TRY" and _is_tried(site, head):
        return Fault("expected 'except' or 'finally' block", site.point())
    if head.type == "_CASE" and isinstance(last, Token) and last.type == "AS":
        target = site.prefix("expression", site.index)
        return fault("invalid pattern target", target.node) if target and site.token.type != "NAME" else None
    return _no_colon(site) or _trailing_comma(site)


def _is_tried(site: Site, head: Token) -> bool:
    """Whether the block after `try:` has been read, on whichever of the stacks' forms."""
    position = next(i for i, value in enumerate(site.values) if value is head)
    after = [value.type if isinstance(value, Token) else "" for value in site.values[position + 1 :]]
    if len(after) < 2 or after[1] != "_NEWLINE":
        return after[-1] in ("", "_NEWLINE") and len(after) <= 3
    return after[2:] == ["_INDENT", "", "_DEDENT"]


def _no_block(site: Site, head: Token) -> Fault:
    """A header without an indented block."""
    what = HEADS[head.type]
    if head.type == "EXCEPT" and site.kind(site.places[id(head)] + 1) == "STAR":
        what = "'except*' statement"
    message = f"expected an indented block after {what} on line {head.lineno}"
    return Fault(message, site.point(), "IndentationError")


def _no_colon(site: Site) -> Fault | None:
    """A header that the line ends."""
    if site.token.type != "_NEWLINE":
        return None
    states = site.states[:]
    if not site.machine.step(states, "COLON") or "_NEWLINE" not in site.machine.states[states[-1]]:
        return None
    for position in site.positions():
        if site.expects(position, "with_target") and (target := site.prefix("expression", site.start(position))):
            if invalid_target(target.node):
                return None
    return fault("expected ':'", site.token)


def _handler(site: Site, head: Token) -> Fault | None:
    """What is wrong between `except` and its colon."""
    start = site.places[id(head)] + 1
    star = site.tokens[start] if site.kind(start) == "STAR" else None
    if star is not None:
        start += 1
        if site.kind(start) in ("_NEWLINE", "COLON"):
            return fault("expected one or more exception types", site.tokens[start])
    if site.values[-1] is head and (site.token.type == "STAR" or not site.expects(len(site.values), "expression")):
        return fault("cannot have both 'except' and 'except*' on the same 'try'", head, star or head)
    first = site.prefix("expression", start)
    if first is None or site.kind(first.end) != "COMMA":
        return None
    others = site.prefix("star_expressions", first.end + 1)
    if others is None:
        return None
    end = others.end
    if site.kind(end) == "AS" and site.kind(end + 1) == "NAME":
        end += 2
    if site.kind(end) != "COLON":
        return None
    colon, node = site.tokens[end], first.node
    span = Span(node.lineno, node.col_offset, colon.end_lineno, colon.end_col_offset - 1)
    return Fault("multiple exception types must be parenthesized", span)


def _trailing_comma(site: Site) -> Fault | None:
    """`from a import b,`."""
    last = site.values[-1] if site.values else None
    if site.token.type != "_NEWLINE" or not isinstance(last, Token) or last.type != "COMMA":
        return None
    if not any(isinstance(value, Token) and value.type == "FROM" for value in site.values[-6:]):
        return None
    return fault("trailing comma not allowed without surrounding parentheses", site.token)
