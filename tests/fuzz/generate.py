"""Random programs that make sense: each name has a type, each expression is made for the type it must have.

    Program(random).text()          statements, the functions and classes they use, and prints of what they made

Expressions are filled templates (expressions.txt), and so are many statements (statements.txt); one expression in
forty is of another type, so that errors are met too.
Nothing is printed that differs between two runs of CPython (addresses, the order of a set of strings).
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Final

TYPES: Final = ("int", "float", "str", "bool", "list", "tuple", "dict", "set", "bytes", "complex")
FAULTS: Final = ("ValueError", "KeyError", "TypeError", "ZeroDivisionError", "IndexError", "Exception", "LookupError",
                 "ArithmeticError", "(ValueError, TypeError)", "AttributeError", "OverflowError")  # fmt: skip
AUGMENTED: Final = {"int": "+ - * // % & | ^", "float": "+ - * /", "str": "+", "list": "+", "tuple": "+",
                    "set": "| & - ^", "dict": "|", "bytes": "+", "bool": "& | ^", "complex": "+ - *"}  # fmt: skip
HOLE: Final = re.compile("‹([^‹›]*)›")


def read_templates() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Literals and templates of each type."""
    literals: dict[str, list[str]] = {}
    templates: dict[str, list[str]] = {}
    text = Path(__file__).with_name("expressions.txt").read_text("utf-8")
    for block in re.sub("^#.*\n", "", text, flags=re.MULTILINE).strip().split("\n\n"):
        first, *rest = block.split("\n")
        name, _, values = first.partition(": ")
        literals[name] = values.split(" ¦ ")
        templates[name] = rest or literals[name]
    return literals, templates


def read_statements() -> list[str]:
    """The statements of several lines."""
    text = Path(__file__).with_name("statements.txt").read_text("utf-8")
    return re.sub("^#.*\n", "", text, flags=re.MULTILINE).strip().split("\n\n")


LITERALS, TEMPLATES = read_templates()
STATEMENTS: Final = read_statements()


class Program:
    """One program being made."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names: dict[str, list[str]] = {kind: [] for kind in TYPES}
        self.functions: list[tuple[str, int]] = []
        self.count = 0
        self.lines: list[str] = []
        self.indent = 0

    # ------------------------------------------------------------ expressions
    def expr(self, kind: str, depth: int = 3) -> str:
        """An expression of the type, mostly."""
        if kind in TYPES and kind != "set" and self.random.random() < 0.025:
            kind = "any"
        names = self.names.get(kind)
        if names and self.random.random() < (0.3 if depth > 0 else 0.7):
            return self.random.choice(names)
        if depth <= 0 or self.random.random() < 0.15:
            return self.random.choice(LITERALS[kind])
        if self.functions and kind == "any" and self.random.random() < 0.3:
            name, count = self.random.choice(self.functions)
            return f"{name}({', '.join(self.expr('any', 0) for _ in range(count))})"
        return self.filled(self.random.choice(TEMPLATES[kind]), depth - 1)

    def filled(self, template: str, depth: int) -> str:
        """The template with its holes filled."""

        def fill(hole: re.Match[str]) -> str:
            choice = self.random.choice(hole[1].split("¦"))
            if choice == "name":
                return self.random.choice([name for names in self.names.values() for name in names] or ["1"])
            return self.expr(choice, depth) if choice in LITERALS else choice

        while HOLE.search(template):  # a choice may have holes of its own
            template = HOLE.sub(fill, template)
        return template

    # ------------------------------------------------------------ statements
    def line(self, text: str) -> None:
        """Add a line."""
        self.lines.append("    " * self.indent + text)

    def new_name(self, prefix: str) -> str:
        """A name not used before."""
        self.count += 1
        return f"{prefix}{self.count}"

    def block(self, head: str, depth: int, first: str = "") -> None:
        """A compound statement's head and a few statements; names made inside are forgotten."""
        self.line(head)
        kept = {kind: list(names) for kind, names in self.names.items()}
        self.indent += 1
        self.line(first or "pass")
        for _ in range(self.random.randint(1, 3)):
            self.statement(depth - 1)
        self.indent -= 1
        self.names = kept

    def statement(self, depth: int) -> None:
        """Any statement."""
        if self.random.random() < 0.15:
            self.several()
            return
        simple = (self.assign, self.assign, self.augmented, self.show, self.show, self.unpack, self.change, self.check)
        compound = (self.branch, self.loop, self.counted, self.attempt, self.matching, self.closure, self.guarded)
        make = self.random.choice(compound if depth > 0 and self.random.random() < 0.4 else simple)
        make(depth)

    def several(self) -> None:
        """A statement of several lines."""
        text = self.random.choice(STATEMENTS).replace("§", self.new_name("_"))
        for line in self.filled(text, 1).split("\n"):
            self.line(line)

    def assign(self, depth: int) -> None:
        """name = expression"""
        kind = self.random.choice(TYPES)
        value = self.expr(kind)
        if self.names[kind] and self.random.random() < 0.4:
            self.line(f"{self.random.choice(self.names[kind])} = {value}")
            return
        name = self.new_name(kind[0])
        self.line(f"{name} = {value}")
        self.names[kind].append(name)

    def augmented(self, depth: int) -> None:
        """name += expression"""
        kinds = [kind for kind in TYPES if self.names[kind]]
        if kinds:
            kind = self.random.choice(kinds)
            operator = self.random.choice(AUGMENTED[kind].split())
            self.line(f"{self.random.choice(self.names[kind])} {operator}= {self.expr(kind)}")

    def show(self, depth: int) -> None:
        """print(...)"""
        values = [self.expr(self.random.choice(("any", *TYPES[:7], "bytes"))) for _ in range(self.random.randint(1, 3))]
        self.line(f"print({', '.join(values)})")

    def unpack(self, depth: int) -> None:
        """a, *b = ..."""
        target = self.random.choice(("u1, u2", "u1, *u2", "*u1, u2", "(u1, u3), u2", "u1, *u3, u2", "[u1, u2]"))
        self.line(f"{target} = {self.expr(self.random.choice(('list', 'tuple', 'str', 'bytes')))}")
        self.line("print(u1, u2)")

    def change(self, depth: int) -> None:
        """Change a list, a dict or a set in place."""
        kinds = [kind for kind in ("list", "dict", "set") if self.names[kind]]
        if kinds:
            kind = self.random.choice(kinds)
            template = self.random.choice(TEMPLATES[f"{kind} change"] + LITERALS[f"{kind} change"])
            self.line(self.filled(template.replace("N", self.random.choice(self.names[kind]), 1), 1))

    def check(self, depth: int) -> None:
        """assert, a walrus, raise, and others."""
        self.line(self.filled(self.random.choice(TEMPLATES["check"]), 2))

    def branch(self, depth: int) -> None:
        """if, elif, else"""
        self.block(f"if {self.expr('bool')}:", depth)
        if self.random.random() < 0.5:
            self.block(f"elif {self.expr('any')}:", depth)
        if self.random.random() < 0.5:
            self.block("else:", depth)

    def loop(self, depth: int) -> None:
        """for over something short, with break, continue and else"""
        source = self.expr(self.random.choice(("list", "str", "tuple", "dict", "bytes")))
        leave = self.filled("if ‹bool›: ‹break¦continue¦print('turn')›", 1)
        self.block(f"for turn, x in zip(range(5), {source}):", depth, leave)
        if self.random.random() < 0.3:
            self.block("else:", depth)

    def counted(self, depth: int) -> None:
        """while with a counter"""
        name = self.new_name("n")
        self.line(f"{name} = 0")
        self.block(f"while {name} < 3 and {self.expr('bool')}:", depth, f"{name} += 1")

    def attempt(self, depth: int) -> None:
        """try, except, else, finally"""
        self.block("try:", depth)
        self.block(f"except {self.random.choice(FAULTS)} as error:", depth, "print(type(error).__name__, error)")
        if self.random.random() < 0.3:
            self.block("else:", depth)
        if self.random.random() < 0.3:
            self.block("finally:", depth)

    def matching(self, depth: int) -> None:
        """match"""
        self.line(f"match {self.expr('any')}:")
        self.indent += 1
        for pattern in self.random.sample(LITERALS["pattern"], 3):
            self.block(f"case {pattern}:", depth, f"print('case', {pattern!r})")
        self.block("case _:", depth)
        self.indent -= 1

    def closure(self, depth: int) -> None:
        """A function with a variable that an inner one changes."""
        name = self.new_name("f")
        self.line(f"def {name}(start, *more, step=1, **rest):")
        self.indent += 1
        self.line(f"total = {self.expr('any', 1)}")
        self.block("def inner(p=start):", 1, "nonlocal total; total = (p, total)[:2]")
        self.line("inner(); inner(p=2)")
        self.line("return total, more, step, rest")
        self.indent -= 1
        calls = f"{name}(‹any›), {name}(1, 2, step=‹any›), {name}(1, *‹list›, **{{'k': ‹int›}})"
        self.line(self.filled(f"print({calls})", 1))

    def guarded(self, depth: int) -> None:
        """with"""
        self.block(f"with Guard({self.expr('any', 1)}, {self.expr('bool', 1)}) as guard:", depth)

    # ------------------------------------------------------------ definitions
    def function(self) -> None:
        """A function of one to three parameters, or a generator used as a list."""
        name, count = self.new_name("f"), self.random.randint(1, 3)
        parameters = [f"p{i}" for i in range(count)]
        yields = self.random.random() < 0.3
        self.line(f"def {name}({', '.join(parameters)}):")
        outer, self.names = self.names, {kind: [] for kind in TYPES}
        for parameter in parameters:
            self.names[self.random.choice(TYPES[:7])].append(parameter)
        self.indent += 1
        for _ in range(self.random.randint(1, 3)):
            self.statement(1)
            if yields:
                self.line(self.filled("yield ‹any›", 2))
        self.line(f"{'yield from' if yields else 'return'} {self.expr('list' if yields else 'any')}")
        self.indent -= 1
        self.names = outer
        if yields:
            self.line(f"{name} = listed({name})")
        self.functions.append((name, count))

    def klass(self) -> None:
        """A class with operators, and one derived from it."""
        base, derived = self.new_name("C"), self.new_name("D")
        uses = {"contains": "1 in o", "getitem": "o[1]", "call": "o(1)", "lt": "o < o", "eq": "o == 1", "add": "o + 1",
                "sub": "o - o", "mul": "o * 2", "mod": "o % 3", "floordiv": "o // 1"}  # fmt: skip
        operator = self.random.choice(list(uses))
        self.line(f"class {base}:")
        self.line(f"    shared = {self.expr('any', 1)}")
        self.line("    def __init__(self, value): self.value = value")
        self.line(f"    def __{operator}__(self, other): return {self.expr('any', 2)}")
        self.line("    def __repr__(self): return f'{type(self).__name__}({self.value!r})'")
        self.line(f"    def __len__(self): return {self.expr('int', 1)}")
        self.line(f"class {derived}({base}):")
        self.line("    @property")
        self.line(f"    def twice(self): return (self.value, {self.expr('any', 1)})")
        self.line(f"    def __{operator}__(self, other): return super().__{operator}__(other), other")
        for kind in base, derived:
            self.line(f"o = {kind}({self.expr('any', 1)})")
            for expression in (uses[operator], *"len(o);bool(o);o.twice;o.shared;o;o.missing;1 + o;vars(o)".split(";")):
                self.line(f"attempt(lambda: {expression})")

    def text(self) -> str:
        """The program."""
        for _ in range(self.random.randint(0, 2)):
            self.function()
        if self.random.random() < 0.3:
            self.klass()
        for _ in range(self.random.randint(2, 8)):
            self.statement(2)
        kept = [name for kind in TYPES for name in self.names[kind]]
        return "\n".join([*self.lines, f"print({', '.join(kept)})", ""])
