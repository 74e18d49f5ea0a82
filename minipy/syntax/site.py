"""The place where the parser is stuck, and what the modules that word its faults can ask about it.

    f(a, b c)      values      f    (    [a ,]   b           token: c
                   positions   0    1    2       3    4      4: where c should begin something, and does not

At each position the parser expects certain rules (`expects`), and the value there begins at a token (`start`).  The
question "would an expression stand here, and what follows it?" is put to the grammar: `prefix` parses as much as
it can from a token on, by a rule of its choice.

CPython counterpart: the second pass of the parser, which tries the invalid_ rules of Grammar/python.gram.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from minipy.errors import Span
from minipy.syntax.ast import expr
from minipy.syntax.lalr import END, Machine, Stuck
from minipy.syntax.token import Fault, Misplaced, Token

REACH: Final = 100  # positions that are looked at, from the innermost outward
UNMARKED: Final = -2  # the end column of a place that has none
LINE_STARTS: Final = frozenset(("_NEWLINE", "_INDENT", "_DEDENT"))
HEADS: Final = {
    "IF": "'if' statement", "ELIF": "'elif' statement", "ELSE": "'else' statement", "WHILE": "'while' statement",
    "FOR": "'for' statement", "WITH": "'with' statement", "TRY": "'try' statement", "EXCEPT": "'except' statement",
    "FINALLY": "'finally' statement", "_MATCH": "'match' statement", "_CASE": "'case' statement",
    "DEF": "function definition", "CLASS": "class definition",
}
OPENING: Final = frozenset(("LPAR", "WITH_LPAR", "LSQB", "LBRACE"))
STEPS: Final = {"LPAR": 1, "WITH_LPAR": 1, "LSQB": 1, "LBRACE": 1, "RPAR": -1, "RSQB": -1, "RBRACE": -1}


class Part:
    """An expression that `prefix` found, and the index of the token after it."""

    __slots__ = ("node", "end")

    def __init__(self, node: expr, end: int) -> None:
        self.node = node
        self.end = end


class Site:
    """Tokens, the index of the one that does not fit, and what the parser has read before it."""

    def __init__(
        self, machine: Machine, tokens: Sequence[Token], stuck: Stuck, scan_fault: Fault | None,
        outer: Site | None = None, offset: int = 0, level: int = 0,
    ) -> None:
        """`scan_fault` is what the last token stands for if it is not $END; a site
        within another one (`inside`) is at `offset` of its tokens, and `level` counts how often one has gone ahead."""
        self.machine = machine
        self.tokens = tokens
        self.index = stuck.index
        self.token = tokens[stuck.index]
        self.states = stuck.stacks.states
        self.values = stuck.stacks.values
        self.firsts = stuck.stacks.firsts
        self.scan_fault = scan_fault
        self.offset: int = offset + (outer.offset if outer else 0)
        self.base: int = outer.depth(offset - 1) if outer else 0
        self.root: Site = outer.root if outer else self
        self.read = 0  # the last token that `prefix` has looked at
        self.furthest = stuck.index  # of the root: the last of those, and of what any `inside` has looked at
        self._reach(stuck.index)
        self.level = level
        self.places = {id(token): number for number, token in enumerate(tokens)}

    def _reach(self, index: int) -> None:
        self.root.furthest = max(self.root.furthest, self.offset + index)

    def positions(self) -> Iterator[int]:
        """Positions from the innermost outward."""
        top = len(self.values)
        return iter(range(top, max(top - REACH, -1), -1))

    def start(self, position: int) -> int:
        """The index of the token with which the value at a position begins."""
        return self.places[id(self.firsts[position])] if position < len(self.firsts) else self.index

    def expects(self, position: int, rule: str) -> bool:
        """Whether something by that rule can stand at a position."""
        return rule in self.machine.states[self.states[position]]

    def kind(self, index: int) -> str:
        """The type of a token; $END beyond the last."""
        return self.tokens[index].type if index < len(self.tokens) else END

    def prefix(self, rule: str, start: int) -> Part | None:
        """The longest expression by that rule which begins at a token.

        Raises what CPython reports wherever it comes to it: the fault of a literal, and that which ended the tokens.
        """
        end, self.read = self.machine.longest(self.tokens, start, rule)
        self._reach(self.read)
        if self.scan_fault is not None and self.read >= len(self.tokens) - 1:
            raise self.scan_fault
        if end is None:
            return None
        try:
            node = self.machine.run([*self.tokens[start:end], self.tokens[end].copy(END)], rule)
        except Stuck as stuck:
            if stuck.fault is not None and not isinstance(stuck.fault, Misplaced):
                raise stuck.fault from None
            return None
        assert isinstance(node, expr)
        return Part(node, end)

    def inside(self, rule: str, start: int, level: int) -> Site | None:
        """Where the parser is stuck when it parses by that rule from a token on."""
        tokens = self.tokens[start:]
        try:
            self.machine.run(tokens, rule)
        except Stuck as stuck:
            if self.scan_fault is not None and stuck.index == len(tokens) - 1:
                raise self.scan_fault from None
            return Site(self.machine, tokens, stuck, self.scan_fault, self, start, level)
        return None

    def comprehensions(self, start: int) -> int | None:
        """The index of the token after the `for ... in ...` clauses that begin at a token."""
        last, end = None, self.machine.longest(self.tokens, start, "comprehension")[0]
        while end is not None:
            last, end = end, self.machine.longest(self.tokens, end, "comprehension")[0]
        return last

    def after_element(self, start: int) -> int | None:
        """The index of the token after an element of a display that begins at a token."""
        if self.kind(start) == "STAR":
            part = self.prefix("bitwise_or", start + 1)
        elif self.kind(start) == "NAME" and self.kind(start + 1) == "COLONEQUAL":
            part = self.prefix("expression", start + 2)
        else:
            part = self.prefix("expression", start)
        return part.end if part else None

    def is_bare(self, start: int, end: int) -> bool:
        """Whether the tokens up to `end` are not all in one parenthesis."""
        return self.kind(start) != "LPAR" or self.closing(start) != end - 1

    def head(self) -> Token | None:
        """The word that begins the innermost compound statement of which the parser has read a part."""
        for position in range(len(self.values) - 1, -1, -1):
            value = self.values[position]
            if isinstance(value, Token) and value.type in HEADS:
                if value.type != "IF" or self.expects(position, "if_statement"):  # not that of an expression, a case
                    return value
        return None

    def is_read(self, position: int, kind: type) -> bool:
        """Whether the value at a position is of that class."""
        return position < len(self.values) and isinstance(self.values[position], kind)

    def is_word(self, position: int, kind: str) -> bool:
        """Whether the value at a position is a token of that type."""
        value = self.values[position] if position < len(self.values) else None
        return isinstance(value, Token) and value.type == kind

    def enclosing(self) -> Token | None:
        """The innermost bracket that is open."""
        depth = 0
        for token in reversed(self.tokens[: self.index]):
            depth += STEPS.get(token.type, 0)
            if depth > 0:
                return token
        return None

    def is_clause(self) -> bool:
        """Whether a `for` does not fit that may begin the clause of a comprehension."""
        opener = self.enclosing() if self.token.type == "FOR" else None
        position = next((i for i, value in enumerate(self.values) if value is opener), None)
        if opener is None or position is None:
            return False
        commas = self._has("COMMA", position)
        if self.expects(position, "atom"):
            is_dict = self._has("COLON", position) or self._has("DOUBLESTAR", position)
            if commas and (opener.type == "LPAR" or opener.type == "LBRACE" and is_dict):
                return False
        elif opener.type == "LSQB" and not commas:
            return False
        after_comma = opener.type != "LPAR" and self.kind(self.index - 1) == "COMMA"
        return after_comma or self.machine.step(self.states[:], "COMMA")

    def _has(self, kind: str, position: int) -> bool:
        """Whether such a token is directly in the bracket at a position."""
        first = self.places[id(self.firsts[position])]
        depth = self.depth(first)
        return any(
            self.kind(index) == kind and self.depth(index) == depth for index in range(first + 1, self.index)
        )

    def line_start(self) -> int:
        """The index of the first token of the logical line."""
        index = self.index
        while index > 0 and self.tokens[index - 1].type not in LINE_STARTS:
            index -= 1
        return index

    def point(self) -> Span:
        """The place of the token that does not fit, as CPython shows it where it shows the last token it has read."""
        return point(self.token)

    def depth(self, index: int) -> int:
        """How many brackets are open after a token."""
        return self.base + sum(STEPS.get(token.type, 0) for token in self.tokens[: index + 1])

    def closing(self, index: int) -> int:
        """The index of the bracket that closes the one at `index`, or the end of the tokens."""
        depth = 0
        for number in range(index, len(self.tokens)):
            depth += STEPS.get(self.tokens[number].type, 0)
            if depth == 0:
                return number
        return len(self.tokens)


def point(token: Token) -> Span:
    """The place of a token; for one without text, the end of what its line begins with."""
    if token.text or token.type == "_NEWLINE":
        return Span.of(token)
    return Span(token.lineno, token.col_offset, token.lineno, UNMARKED)
