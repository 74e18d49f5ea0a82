"""The second pass over the symbol tables: in which way each name of each scope is found.

Names go down, needs come up. On the way down a scope gets `bound`, the names that functions around it bind, and
`globals_`, the names declared global around it. On the way up it gives back `free`, the names it or a scope inside
it takes from around. A function's local name that comes back as free becomes a cell:

    def f(x):                     down to g: bound {x}        x in f: CELL
        def g(): return x         up from g: free {x}         x in g: FREE

A class body's names are not seen by the functions in it; only `__class__` is.

CPython counterpart: Python/symtable.c (symtable_analyze, analyze_block, analyze_name, update_symbols).
"""
from __future__ import annotations

from minipy.errors import SourceError, Span
from minipy.syntax.symtable import (
    CELL,
    CLASS,
    DEF_BOUND,
    DEF_FREE_CLASS,
    DEF_GLOBAL,
    DEF_NONLOCAL,
    FREE,
    FUNCTION,
    GLOBAL_EXPLICIT,
    GLOBAL_IMPLICIT,
    LOCAL,
    WAY_SHIFT,
    Scope,
)


class Resolver:
    """Resolves the scopes of one file."""

    def __init__(self, filename: str, source: str) -> None:
        self.filename = filename
        self.source = source

    def resolve(self, scope: Scope, bound: set[str] | None, globals_: set[str]) -> set[str]:
        """Decide all names of the scope and of those inside; return the names they take from around.

        `bound` is None for the module. Neither set is changed.
        """
        here = Names(set(bound or ()), set(globals_))
        for name, record in scope.symbols.items():
            here.ways[name] = self.way(scope, name, record, here)
        inner_bound, inner_globals = self.seen_inside(scope, bound, globals_, here)
        for child in scope.children:
            here.free |= self.resolve(child, inner_bound, inner_globals)
            scope.child_free |= child.has_free or child.child_free
        if scope.kind == FUNCTION:
            make_cells(here)
        elif scope.kind == CLASS and "__class__" in here.free:
            here.free.discard("__class__")
            scope.needs_class_closure = True
        record_ways(scope, here)
        return here.free

    def seen_inside(
        self, scope: Scope, bound: set[str] | None, globals_: set[str], here: Names
    ) -> tuple[set[str], set[str]]:
        """What the scopes inside get as `bound` and `globals_`."""
        if scope.kind == CLASS:
            return (bound or set()) | {"__class__"}, globals_
        if scope.kind == FUNCTION:
            return here.bound | here.local, here.globals_
        return here.bound, here.globals_

    def way(self, scope: Scope, name: str, record: int, here: Names) -> int:
        """How one name is found; notes it in `here`."""
        if record & DEF_GLOBAL:
            if record & DEF_NONLOCAL:
                raise self.error(scope, name, f"name '{name}' is nonlocal and global")
            here.globals_.add(name)
            here.bound.discard(name)
            return GLOBAL_EXPLICIT
        if record & DEF_NONLOCAL:
            if scope.parent is None:
                raise self.error(scope, name, "nonlocal declaration not allowed at module level")
            if name not in here.bound:
                raise self.error(scope, name, f"no binding for nonlocal '{name}' found")
        elif record & DEF_BOUND:
            here.local.add(name)
            here.globals_.discard(name)
            return LOCAL
        if name in here.bound:
            scope.has_free = True
            here.free.add(name)
            return FREE
        if scope.nested and name not in here.globals_:
            scope.has_free = True
        return GLOBAL_IMPLICIT

    def error(self, scope: Scope, name: str, message: str) -> SourceError:
        """A SyntaxError where the name is declared."""
        for directive in scope.directives:
            if directive.name == name:
                return SourceError.at("SyntaxError", message, self.filename, directive.span, self.source)
        start = Span(scope.lineno, 0, scope.lineno, 0)
        return SourceError.at("SyntaxError", message, self.filename, start, self.source)


class Names:
    """What is known of names while one scope is resolved."""

    def __init__(self, bound: set[str], globals_: set[str]) -> None:
        self.bound = bound
        self.globals_ = globals_
        self.local: set[str] = set()
        self.free: set[str] = set()
        self.ways: dict[str, int] = {}


def make_cells(here: Names) -> None:
    """A function's local names that a scope inside takes become cells."""
    for name, way in here.ways.items():
        if way == LOCAL and name in here.free:
            here.ways[name] = CELL
            here.free.discard(name)


def record_ways(scope: Scope, here: Names) -> None:
    """Write the ways into the scope's records, and add the names that only pass through to a scope inside."""
    for name, way in here.ways.items():
        scope.symbols[name] |= way << WAY_SHIFT
    for name in sorted(here.free):
        record = scope.symbols.get(name)
        if record is None:
            if name in here.bound:
                scope.symbols[name] = FREE << WAY_SHIFT
        elif scope.kind == CLASS and record & (DEF_BOUND | DEF_GLOBAL):
            scope.symbols[name] = record | DEF_FREE_CLASS
