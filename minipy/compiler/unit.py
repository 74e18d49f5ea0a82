"""One code object in the making: its scope, its names and constants, its blocks, its statement nesting.

Invariant: `depth` is the operand stack's depth where the next instruction goes; `top_depth` the deepest so far.
After an instruction that never goes on, `block` is a scratch block that is not kept, so code nobody can reach is
generated (its errors count) but not assembled.

CPython counterpart: struct compiler_unit and struct fblockinfo of Python/compile.c.
"""
from __future__ import annotations

from typing import Final

from minipy.compiler.blocks import Block, Handler
from minipy.compiler.constants import constant_key
from minipy.syntax import ast
from minipy.syntax.symtable import CELL, DEF_FREE_CLASS, FREE, GLOBAL_EXPLICIT, Scope, mangle

UNIT_MODULE: Final = "module"
UNIT_CLASS: Final = "class"
UNIT_FUNCTION: Final = "function"
UNIT_LAMBDA: Final = "lambda"
UNIT_COMPREHENSION: Final = "comprehension"

WHILE_LOOP: Final = 0
FOR_LOOP: Final = 1
TRY_EXCEPT: Final = 2
FINALLY_TRY: Final = 3
FINALLY_END: Final = 4
WITH: Final = 5
HANDLER_CLEANUP: Final = 6
POP_VALUE: Final = 7
EXCEPTION_HANDLER: Final = 8
STAR_HANDLER: Final = 9  # the body of an except* clause, which no return, break or continue may leave


class Nesting:
    """A statement that a `return`, `break` or `continue` inside it has to leave in good order.

    `handler` is what guards the code around it; `begin` and `end` are where `continue` and `break` go (loops);
    `inner` is the guard left of HANDLER_CLEANUP once its name's is popped; `name` the name it deletes.
    """

    __slots__ = ("kind", "handler", "begin", "end", "body", "statement", "inner", "name")

    def __init__(self, kind: int, handler: Handler | None) -> None:
        self.kind: Final = kind
        self.handler: Final = handler
        self.begin: Block | None = None
        self.end: Block | None = None
        self.body: list[ast.stmt] = []  # of a finally clause
        self.statement: ast.With | None = None
        self.inner: Handler | None = None
        self.name: str | None = None


class Unit:
    """The state of one code object."""

    __slots__ = (
        "kind", "scope", "name", "qualname", "firstlineno", "parent", "private", "varnames", "cellvars", "freevars",
        "names", "consts", "const_values", "blocks", "block", "depth", "top_depth", "handler", "nesting",
        "argcount", "posonlyargcount", "kwonlyargcount", "doc", "cells", "frees",
    )  # fmt: skip

    def __init__(self, kind: str, scope: Scope, name: str, firstlineno: int, parent: Unit | None) -> None:
        self.kind = kind
        self.scope = scope
        self.name = name
        self.firstlineno = firstlineno
        self.parent = parent
        self.private: str | None = scope.private
        self.qualname = qualified_name(name, scope, parent)
        self.varnames: dict[str, int] = {p: i for i, p in enumerate(scope.parameters)}
        self.cellvars = cells_in_order(scope)
        self.freevars = [n for n in sorted(scope.symbols) if is_free(scope, n)]
        self.cells = {name: i for i, name in enumerate(self.cellvars)}
        self.frees = {name: i for i, name in enumerate(self.freevars, len(self.cellvars))}
        self.names: dict[str, int] = {}
        self.consts: dict[object, int] = {}
        self.const_values: list[object] = []
        self.block = Block()
        self.block.depth = self.block.index = 0
        self.blocks: list[Block] = [self.block]
        self.depth = 0
        self.top_depth = 0
        self.handler: Handler | None = None
        self.nesting: list[Nesting] = []  # the innermost last
        self.argcount = 0
        self.posonlyargcount = 0
        self.kwonlyargcount = 0
        self.doc: str | None = None

    def const_index(self, value: object) -> int:
        """The number of a constant, which is added if there is no equal one."""
        key = constant_key(value)
        index = self.consts.setdefault(key, len(self.const_values))
        if index == len(self.const_values):
            self.const_values.append(value)
        return index

    def name_index(self, name: str) -> int:
        """The number of a name among the names."""
        return self.names.setdefault(name, len(self.names))

    def closure_index(self, name: str) -> int:
        """The number of the cell, or else the free variable, that a scope inside shares."""
        return self.cells[name] if name in self.cells else self.frees[name]

    def local_index(self, name: str) -> int:
        """The number of a local variable."""
        return self.varnames.setdefault(name, len(self.varnames))


def cells_in_order(scope: Scope) -> list[str]:
    """The scope's cells: parameters as they come, then the others by name."""
    cells = scope.names_found(CELL) + ["__class__"] * scope.needs_class_closure
    first = [name for name in scope.parameters if name in cells]
    return first + [name for name in cells if name not in first]


def is_free(scope: Scope, name: str) -> bool:
    """Is the name found in a cell of a scope around?"""
    return scope.way(name) == FREE or bool(scope.symbols[name] & DEF_FREE_CLASS)


def qualified_name(name: str, scope: Scope, parent: Unit | None) -> str:
    """`Outer.method.<locals>.inner`: how a function or class is reached."""
    if parent is None or parent.kind == UNIT_MODULE:
        return name
    if parent.scope.way(mangle(parent.private, name)) == GLOBAL_EXPLICIT:
        return name
    if parent.kind in (UNIT_FUNCTION, UNIT_LAMBDA):
        return f"{parent.qualname}.<locals>.{name}"
    return f"{parent.qualname}.{name}"
