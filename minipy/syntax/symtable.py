"""Symbol tables: which names each scope binds and uses, and where each name lives.

    def outer():          scope outer    x    local, cell        cell: an inner scope shares it
        x = 1                            inner    local
        def inner():      scope inner    x    free               free: it is a cell of a scope around
            return x

Two passes make it: `symcollect.py` walks the tree and notes what each scope says about each name (the USE and DEF_
bits); `symresolve.py` then decides, from the outside in and back, in which of the five ways a name is found (LOCAL,
GLOBAL_EXPLICIT, GLOBAL_IMPLICIT, FREE, CELL). A name's record is one int: the bits, the way above them.

Invariant: names in `symbols` are mangled already (`__x` in class C is `_C__x`).

CPython counterpart: Python/symtable.c, Include/internal/pycore_symtable.h, with the same bits.
"""
from __future__ import annotations

from typing import Final

from minipy.errors import Span
from minipy.syntax.node import AST

DEF_GLOBAL: Final = 1  # `global x`
DEF_LOCAL: Final = 2  # assigned, deleted, a def or class statement's name ...
DEF_PARAM: Final = 4
DEF_NONLOCAL: Final = 8
USE: Final = 16
DEF_FREE_CLASS: Final = 64  # free in a method, and bound in the class body too
DEF_IMPORT: Final = 128
DEF_ANNOT: Final = 256  # annotated
DEF_COMP_ITER: Final = 512  # a comprehension's own variable
DEF_BOUND: Final = DEF_LOCAL | DEF_PARAM | DEF_IMPORT

LOCAL: Final = 1
GLOBAL_EXPLICIT: Final = 2
GLOBAL_IMPLICIT: Final = 3
FREE: Final = 4
CELL: Final = 5
WAY_SHIFT: Final = 11

MODULE: Final = "module"
CLASS: Final = "class"
FUNCTION: Final = "function"  # lambdas and comprehensions too
ANNOTATION: Final = "annotation"  # only where annotations are not evaluated

WAYS: Final = ("", "local", "global explicit", "global", "free", "cell")


class Directive:
    """A `global` or `nonlocal` for one name, and where it stands."""

    __slots__ = ("name", "span")

    def __init__(self, name: str, span: Span) -> None:
        self.name = name
        self.span = span


class Scope:
    """One block of code with names of its own: a module, class body, function, lambda or comprehension."""

    __slots__ = (
        "kind", "name", "node", "lineno", "private", "parent", "children", "symbols", "parameters", "directives",
        "comprehension", "nested", "is_generator", "has_free", "child_free", "needs_class_closure",
        "in_target", "in_iterable",
    )  # fmt: skip

    def __init__(self, kind: str, name: str, node: AST, lineno: int, private: str | None, parent: Scope | None) -> None:
        self.kind = kind
        self.name = name
        self.node = node
        self.lineno = lineno
        self.private = private  # the class whose name mangles `__x`, or None
        self.parent = parent
        self.children: list[Scope] = []
        self.symbols: dict[str, int] = {}  # bits | way << WAY_SHIFT, in the order of appearance
        self.parameters: list[str] = []
        self.directives: list[Directive] = []
        self.comprehension = ""  # "list comprehension", ...; "" for other scopes
        self.nested: bool = parent is not None and (parent.nested or parent.kind == FUNCTION)
        self.is_generator = False
        self.has_free = False
        self.child_free = False
        self.needs_class_closure = False  # a class body whose methods use __class__ or super()
        self.in_target = False  # while collecting: inside a comprehension's target
        self.in_iterable = 0  # while collecting: depth of comprehension iterables

    def way(self, name: str) -> int:
        """How the mangled `name` is found: LOCAL ... CELL; 0 if the scope never mentions it."""
        return self.symbols.get(name, 0) >> WAY_SHIFT

    def names_found(self, way: int) -> list[str]:
        """The names found that way, in alphabetical order (the order of cells in a code object)."""
        return sorted(name for name, record in self.symbols.items() if record >> WAY_SHIFT == way)


class SymbolTable:
    """The scopes of one tree."""

    def __init__(self, top: Scope, scopes: dict[AST, Scope], annotations_evaluated: bool) -> None:
        self.top: Final = top
        self.scopes: Final = scopes  # by the node that opens the scope
        self.annotations_evaluated: Final = annotations_evaluated


def mangle(private: str | None, name: str) -> str:
    """A private name of a class body as it is stored: `__x` in class C becomes `_C__x`."""
    if private is None or not name.startswith("__") or name.endswith("__") or "." in name:
        return name
    stripped = private.lstrip("_")
    return f"_{stripped}{name}" if stripped else name


def format_table(table: SymbolTable) -> str:
    """The table as text, scopes inside one another; what `minipy symbols FILE` prints."""
    lines: list[str] = []
    pending = [(table.top, 0)]
    while pending:
        scope, depth = pending.pop()
        lines += _format_scope(scope, "    " * depth)
        pending += [(child, depth + 1) for child in reversed(scope.children)]
    return "\n".join(lines) + "\n"


def _format_scope(scope: Scope, indent: str) -> list[str]:
    """A heading and one line a name."""
    about = [] if scope.parent is None else [f"line {scope.lineno}"]
    about += ["nested"] * scope.nested + ["generator"] * scope.is_generator
    about += ["holds the cell of __class__"] * scope.needs_class_closure
    kind = scope.comprehension or ("lambda" if scope.name == "lambda" else scope.kind)
    title = f"{kind} {scope.name}" if kind in (FUNCTION, CLASS) else kind
    width = max((len(name) for name in scope.symbols), default=0)
    heading = f"{indent}{title}" + (f" ({', '.join(about)})" if about else "")
    return [heading] + [
        f"{indent}  {name:{width}}  {WAYS[record >> WAY_SHIFT]}{_remarks(record)}".rstrip()
        for name, record in scope.symbols.items()
    ]


def _remarks(record: int) -> str:
    """What else is known of a name, behind its way."""
    words = (
        (DEF_PARAM, "parameter"), (DEF_LOCAL, "assigned"), (DEF_IMPORT, "imported"), (DEF_ANNOT, "annotated"),
        (DEF_NONLOCAL, "nonlocal"), (DEF_COMP_ITER, "iteration variable"), (USE, "used"),
        (DEF_FREE_CLASS, "free in a method"),
    )  # fmt: skip
    said = [word for bit, word in words if record & bit]
    return ": " + ", ".join(said) if said else ""
