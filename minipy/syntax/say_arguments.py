"""The words for faults in the arguments of a call or a class, and in parameter lists.

CPython counterpart: the rules invalid_arguments, invalid_kwarg, invalid_parameters, invalid_star_etc, invalid_kwds
and invalid_default, and their lambda forms, of Grammar/python.gram.
"""
from __future__ import annotations

from typing import Final

from minipy.located import Located
from minipy.syntax import ast
from minipy.syntax.build_args import PLAIN, VARIABLE, Parameter, in_order
from minipy.syntax.say_expressions import EQUALS
from minipy.syntax.site import Part, Site
from minipy.syntax.token import Fault, Token, fault

GENERATOR: Final = "Generator expression must be parenthesized"
POSITIONAL: Final = 0
STARRED: Final = 1
KEYWORD: Final = 2
UNPACKING: Final = 3


class Argument:
    """An argument: its kind, where it begins, and the index of the token after it."""

    __slots__ = ("kind", "place", "end")

    def __init__(self, kind: int, place: Located, end: int) -> None:
        self.kind = kind
        self.place = place
        self.end = end


def arguments(site: Site, start: int) -> Fault | None:
    """What is wrong with the arguments that begin at a token."""
    run = Run(site, start)
    if run.fault is not None:
        return run.fault
    if not run.items:
        return None
    return _generator_first(site, start) or _after_run(site, run)


class Run:
    """The longest list of arguments in an order that is allowed.

    `end` is the index of the token after it, `last_read` of the last token that has been looked at to find that.
    """

    def __init__(self, site: Site, start: int) -> None:
        self.site = site
        self.items: list[Argument] = []
        self.end = start
        self.last_read = start
        self.fault: Fault | None = None
        seen = POSITIONAL
        while (item := self._argument(start)) is not None:
            if item.kind == POSITIONAL and seen >= KEYWORD or item.kind == STARRED and seen == UNPACKING:
                break
            seen = max(seen, item.kind)
            self.items.append(item)
            self.end = self.last_read = item.end
            if site.kind(item.end) != "COMMA":
                break
            start = item.end + 1
            self.last_read = start

    def _argument(self, start: int) -> Argument | None:
        site, kind = self.site, POSITIONAL
        first = site.kind(start)
        if first in ("STAR", "DOUBLESTAR"):
            kind = STARRED if first == "STAR" else UNPACKING
            value = site.prefix("expression", start + 1)
        elif first == "NAME" and site.kind(start + 1) in ("EQUAL", "COLONEQUAL"):
            kind = KEYWORD if site.kind(start + 1) == "EQUAL" else POSITIONAL
            value = site.prefix("expression", start + 2)
            if value is not None and kind == KEYWORD and site.comprehensions(value.end):
                self.fault = fault(EQUALS, site.tokens[start], site.tokens[start + 1])
        else:
            value = site.prefix("expression", start)
            if value is not None and site.kind(value.end) == "EQUAL":
                self.fault = _wrong_keyword(site, start, value)
                return None
        if value is None:
            self.last_read = site.read
        if value is None or site.kind(value.end) == "COLONEQUAL" or self.fault is not None:
            return None
        return Argument(kind, value.node if kind == POSITIONAL else site.tokens[start], value.end)


def _wrong_keyword(site: Site, start: int, value: Part) -> Fault:
    """`=` after what is not a name."""
    token, equal = site.tokens[start], site.tokens[value.end]
    if token.type in ("NONE", "TRUE", "FALSE") and value.end == start + 1:
        return fault(f"cannot assign to {token.text}", token, equal)
    return fault('expression cannot contain assignment, perhaps you meant "=="?', value.node, equal)


def _generator_first(site: Site, start: int) -> Fault | None:
    """`x for x in y, ...`: a generator is not alone."""
    element = site.prefix("expression", start)
    end = site.comprehensions(element.end) if element else None
    if element is None or end is None or site.kind(end) != "COMMA":
        return None
    Run(site, end + 1)  # CPython reads on as well, and may come to what is worse
    return fault(GENERATOR, element.node, site.tokens[end - 1])


def _after_run(site: Site, run: Run) -> Fault | None:
    """What follows the arguments that are in order."""
    end, next_kind = run.end, site.kind(run.end)
    if any(item.kind >= KEYWORD for item in run.items) and next_kind == "COMMA" and site.kind(end + 1) == "STAR":
        return fault("iterable argument unpacking follows keyword argument unpacking", site.tokens[end + 1])
    clauses = site.comprehensions(end)
    if clauses is not None:
        positional = [item for item in run.items if item.kind in (POSITIONAL, STARRED)]
        if len(positional) > 1:
            return fault(GENERATOR, positional[-1].place, site.tokens[clauses - 1])
    if next_kind != "COMMA":
        return None
    element = site.prefix("expression", end + 1)
    clauses = site.comprehensions(element.end) if element else None
    if element is not None and clauses is not None:
        return fault(GENERATOR, element.node, site.tokens[clauses - 1])
    rest = Run(site, end + 1)
    if rest.fault is not None:
        return rest.fault
    if not rest.items:
        is_positional = site.kind(end + 1) not in ("NAME", "STAR", "DOUBLESTAR", "RPAR") and end + 1 < site.index
        in_order = all(item.kind < KEYWORD for item in run.items)
        return fault("invalid syntax", site.tokens[end + 1]) if is_positional and not in_order else None
    unpacked = any(item.kind == UNPACKING for item in run.items)
    message = "positional argument follows keyword argument" + " unpacking" * unpacked
    return fault(message, site.tokens[max(rest.last_read, site.root.furthest - site.offset)])


# parameters

def parameter_list(site: Site, position: int, is_lambda: bool) -> Fault | None:
    """What is wrong with the parameters that begin at a position, or with what follows those that are read."""
    if site.is_read(position, ast.arguments) or site.is_word(position, "RPAR") or site.is_word(position, "COLON"):
        return None
    first = site.start(position)
    if site.kind(first) == "SLASH":
        known = site.kind(first + 1) == "COMMA"
        return fault("at least one argument must precede /" if known else "invalid syntax", site.tokens[first])
    read = [item for value in site.values[position:] for item in (value if isinstance(value, list) else [value])]
    items = [item for item in read if isinstance(item, Parameter)]
    found = _order(site, items) or _bare_star(site, items, is_lambda)
    if found:
        return found
    kind, before = site.token.type, site.kind(site.index - 1)
    if kind == "LPAR" and before in ("LPAR", "COMMA", "LAMBDA"):
        return _parenthesized(site, items, is_lambda)
    if kind == "EQUAL":
        return _default_of_variable(site, position)
    if before == "EQUAL" and (kind == "COMMA" or kind == "RPAR" and not is_lambda):
        return fault("expected default value expression", site.tokens[site.index - 1])
    if kind == "STAR" and before == "SLASH":
        return fault("expected comma between / and *", site.token)
    return None


def _order(site: Site, items: list[Parameter]) -> Fault | None:
    """The first item that is out of order; a sign that ends the list has no words of its own."""
    try:
        in_order(items)
    except Fault as found:
        for item in items:
            if item.token is not None and found.span is not None and found.at(item.token):
                ends = site.kind(site.places[id(item.token)] + 1) in ("RPAR", "COLON")
                if ends and found.message.startswith("* argument"):
                    return fault("invalid syntax", item.token)
        return found
    return None


def _bare_star(site: Site, items: list[Parameter], is_lambda: bool) -> Fault | None:
    """A `*` that no name follows; of a lambda, CPython shows what follows instead."""
    for item in items:
        if item.kind == VARIABLE and item.arg is None and item.token is not None:
            after = site.places[id(item.token)] + 1
            after += site.kind(after) == "COMMA"
            if site.kind(after) in ("RPAR", "COLON", "DOUBLESTAR"):
                place = site.tokens[after] if is_lambda else item.token
                return fault("named arguments must follow bare *", place)
    return None


def _parenthesized(site: Site, items: list[Parameter], is_lambda: bool) -> Fault | None:
    """`(a, b)` among the parameters, before any default or star."""
    if any(item.default is not None or item.kind != PLAIN for item in items):
        return None
    index = after = site.index + 1
    while (end := _after_parameter(site, after)) is not None:
        index = end
        after = index + 1 if site.kind(index) == "COMMA" else len(site.tokens)
    index += site.kind(index) == "COMMA"
    if index == site.index + 1 or site.kind(index) != "RPAR":
        return None
    what = "Lambda expression" if is_lambda else "Function"
    return fault(f"{what} parameters cannot be parenthesized", site.token, site.tokens[index])


def _after_parameter(site: Site, start: int) -> int | None:
    """The index of the token after a name and its annotation."""
    if site.kind(start) != "NAME":
        return None
    annotation = site.prefix("expression", start + 2) if site.kind(start + 1) == "COLON" else None
    return annotation.end if annotation else start + 1


def _default_of_variable(site: Site, position: int) -> Fault | None:
    """`*a=1` and `**a=1`."""
    for value in reversed(site.values[position:]):
        if isinstance(value, Token) and value.type in ("STAR", "DOUBLESTAR"):
            kind = "positional" if value.type == "STAR" else "keyword"
            return fault(f"var-{kind} argument cannot have default value", site.token)
        if isinstance(value, Token) and value.type == "COMMA":
            return None
    return None
