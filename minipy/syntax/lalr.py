"""The parsing machine: runs Lark's LALR(1) tables over the tokens and builds the tree on the way.

    states   0   12    40        57      what the machine expects next
    values      "if"  Name(x)   ":"      what it has read: tokens, and what the builders made of them
    firsts      "if"   "x"      ":"      the first token of each value

The next token either is shifted onto the stacks, or tells that the top values are the right side of a rule: then
they are reduced to one value by the rule's builder.  A node fresh from its builder gets its position here, from
the first and the last token of its rule.  So a parenthesis counts for what stands around it, not for what is in it,
and a builder has to place only the nodes its rule does not.

The machine is a loop with its own stacks: no nesting in the source makes the host recurse.

Why not Lark's own: this one starts from plain tables (`parser.py` keeps them in a cache file), so a program is
parsed without importing Lark; it knows positions; and it is quick about the many rules that only hand on a value.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from minipy.errors import Span
from minipy.syntax.depth import MAX_PARSER_DEPTH, MOST_CALLS, parser_depth
from minipy.syntax.node import located
from minipy.syntax.token import Fault, Token

END: Final = "$END"
REACH: Final = 2000
SHALLOW: Final = 200  # values on the stack that are never too deep
SPACE: Final = frozenset(("_NEWLINE", "_INDENT", "_DEDENT", END))  # tokens no node ends with

Actions = Mapping[str, int]  # of a state: by terminal or rule name; n >= 0: go to state n; ~r < 0: reduce by rule r
Builder = Callable[..., object]


class Rule:
    """A rule of the grammar: `size` values reduce to one of the rule `origin`.

    `keep` says what the builder gets: n >= 0 the value n, ~n < 0 all of the list n, None for a part left out.
    Without a builder the value is the one thing kept where `passes`, and the kept list of a rule named `_list`.
    """

    __slots__ = ("origin", "size", "keep", "builder", "passes", "grows")

    def __init__(self, origin: str, size: int, keep: Sequence[int | None], builder: Builder | None) -> None:
        self.origin = origin
        self.size = size
        self.keep = tuple(keep)
        self.builder = builder
        self.passes = builder is None and not origin.startswith("_")
        self.grows = builder is None and len(keep) > 1 and keep[0] == ~0  # a list and what follows it

    def build(self, values: list[object]) -> object:
        """Make one value of the rule's values."""
        kept: list[object] = []
        rest = self.keep
        if self.grows:
            assert isinstance(values[0], list)
            kept, rest = values[0], rest[1:]  # grow it in place: copying would take quadratic time
        for index in rest:
            if index is None:
                kept.append(None)
            elif index >= 0:
                kept.append(values[index])
            else:
                part = values[~index]
                assert isinstance(part, list)
                kept += part
        if self.passes:
            return kept[0]
        return kept if self.builder is None else self.builder(*kept)


class Stacks:
    """What the machine has read: a value for each rule or token, its first token, and the state after it."""

    __slots__ = ("states", "values", "firsts", "last")

    def __init__(self, state: int, token: Token) -> None:
        self.states = [state]  # one more than there are values
        self.values: list[object] = []
        self.firsts: list[Token] = []
        self.last = token  # the last token a node can end with


class Stuck(Exception):
    """No rule goes on with the token at `index`, or the builder of a rule that ends before it found a fault."""

    def __init__(self, index: int, stacks: Stacks, fault: Fault | None = None) -> None:
        super().__init__()
        self.index = index
        self.stacks = stacks
        self.fault = fault


class Machine:
    """The tables of a grammar, with the builders of its rules."""

    def __init__(self, states: Sequence[Actions], rules: Sequence[Rule], starts: Mapping[str, int]) -> None:
        """Take the actions of each state, the rules, and the first state for each start rule."""
        self.states = states
        self.rules = rules
        self.starts = starts
        self.units = {~i: rule.origin for i, rule in enumerate(rules) if rule.size == 1 and rule.passes}

    def run(self, tokens: Sequence[Token], start: str) -> object:
        """Parse all tokens; the value of the start rule. Raises Stuck."""
        table = self.states
        stacks = Stacks(self.starts[start], tokens[0])
        states, values, firsts = stacks.states, stacks.values, stacks.firsts
        index, shallow = 0, SHALLOW
        try:
            for index, token in enumerate(tokens):
                if len(values) > shallow:
                    shallow = less_deep(values)
                kind = token.type
                action = table[states[-1]].get(kind)
                while action is None or action < 0:
                    if action is None:
                        raise Stuck(index, stacks)
                    action = self._reduce(stacks, self.rules[~action], token)
                states.append(action)
                values.append(token)
                firsts.append(token)
                if kind not in SPACE:
                    stacks.last = token
        except Fault as fault:
            fault.span = fault.span or Span.of(tokens[index])
            raise Stuck(index, stacks, fault) from None
        return values[0]

    def _reduce(self, stacks: Stacks, rule: Rule, token: Token) -> int | None:
        """Put one value in place of the values of a rule; the action for the token that comes next."""
        states, values, firsts = stacks.states, stacks.values, stacks.firsts
        bottom = len(values) - rule.size
        value = rule.build(values[bottom:])
        del states[bottom + 1 :], values[bottom:], firsts[bottom + 1 :]
        if bottom == len(firsts):
            firsts.append(token)  # a rule of nothing
        if isinstance(value, located) and not value.lineno:
            place(value, firsts[bottom], stacks.last)
        values.append(value)
        gotos, kind, units = self.states[states[-1]], token.type, self.units
        state = gotos[rule.origin]
        action = self.states[state].get(kind)
        while action in units:  # rules that only hand the value on
            state = gotos[units[action]]
            action = self.states[state].get(kind)
        states.append(state)
        return action


    def step(self, states: list[int], kind: str) -> bool:
        """Go on with a token of that type, in the states alone; whether it fits."""
        while True:
            action = self.states[states[-1]].get(kind)
            if action is None:
                return False
            if action >= 0:
                states.append(action)
                return True
            rule = self.rules[~action]
            del states[len(states) - rule.size :]
            states.append(self.states[states[-1]][rule.origin])

    def longest(self, tokens: Sequence[Token], start: int, rule: str) -> tuple[int | None, int]:
        """The end of the longest stretch from a token on that is by the rule, if any, and the last token looked at.

        Looks no further than REACH tokens.
        """
        states = [self.starts[rule]]
        best, index = None, start
        for index in range(start, min(start + REACH, len(tokens))):
            if END in self.states[states[-1]] and self.step(states[:], END):
                best = index
            if not self.step(states, tokens[index].type):
                break
        return best, index


def less_deep(values: Sequence[object]) -> int:
    """How many values there may be before this must be asked again; a Fault where they nest too deeply."""
    left = MAX_PARSER_DEPTH - parser_depth(values)
    if left <= 0:
        raise Fault("", kind="MemoryError")
    return len(values) + max(left // MOST_CALLS, 1)


def place(node: located, first: Token, last: Token) -> None:
    """Give a node the stretch from one token to another."""
    node.lineno = first.lineno
    node.col_offset = first.col_offset
    node.end_lineno = last.end_lineno
    node.end_col_offset = last.end_col_offset
