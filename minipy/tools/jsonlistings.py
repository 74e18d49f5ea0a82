"""What the front end makes of a source, as data for `--json`: the same steps as tools/listings.py. See JSON.md.

CPython counterpart: tokenize.TokenInfo, ast.AST, symtable.SymbolTable, dis.Instruction.
"""

from __future__ import annotations

from typing import Any, Final

from minipy.bytecode.code import Code
from minipy.bytecode.decode import decode as decode_code
from minipy.bytecode.decode import stack_depths
from minipy.bytecode.dis import argument_text, describe
from minipy.errors import SourceError, Span
from minipy.syntax import parser
from minipy.syntax.node import AST
from minipy.syntax.source import decode
from minipy.syntax.symcollect import build
from minipy.syntax.symtable import (
    DEF_ANNOT,
    DEF_COMP_ITER,
    DEF_FREE_CLASS,
    DEF_IMPORT,
    DEF_LOCAL,
    DEF_NONLOCAL,
    DEF_PARAM,
    USE,
    WAY_SHIFT,
    WAYS,
    Scope,
)
from minipy.tools.listings import Source, compiled

REMARKS: Final = (
    (DEF_PARAM, "parameter"),
    (DEF_LOCAL, "assigned"),
    (DEF_IMPORT, "imported"),
    (DEF_ANNOT, "annotated"),
    (DEF_NONLOCAL, "nonlocal"),
    (DEF_COMP_ITER, "iteration variable"),
    (USE, "used"),
    (DEF_FREE_CLASS, "free in a method"),
)
PLACE: Final = ("line", "column", "end_line", "end_column")


def place(lineno: int, col_offset: int, end_lineno: int, end_col_offset: int) -> dict[str, int]:
    """Lines from 1, columns in UTF-8 bytes from 0, the end exclusive."""
    return dict(zip(PLACE, (lineno, col_offset, end_lineno, end_col_offset), strict=True))


def tokens(source: Source, filename: str) -> dict[str, Any]:
    """Each token with its kind, text and place."""
    found = parser.tokens(source, filename)
    places = [place(t.lineno, t.col_offset, t.end_lineno, t.end_col_offset) for t in found]
    return {"tokens": [{"type": t.type, "text": t.text, **at} for t, at in zip(found, places, strict=True)]}


# ---------------------------------------------------------------- syntax tree
def ast(source: Source, filename: str) -> dict[str, Any]:
    """The tree."""
    return {"ast": node_data(parser.parse(source, filename))}


def node_data(value: object) -> Any:
    """A node as {"node": class name, field: ...}; other values as they are, or as their repr."""
    if isinstance(value, list):
        return [node_data(item) for item in value]
    if isinstance(value, AST):
        data = {"node": type(value).__name__, **{name: field_data(value, name) for name in value._fields}}
        return {**data, **{name: getattr(value, name) for name in value._attributes}}
    return value


def field_data(node: AST, name: str) -> Any:
    """A field of a node; a constant's value as its type and repr, for JSON has no bytes and no complex numbers."""
    value = getattr(node, name)
    if type(node).__name__ in ("Constant", "MatchSingleton") and name == "value":
        return {"type": type(value).__name__, "repr": repr(value)}
    return node_data(value)


# ---------------------------------------------------------------- symbol table
def symbols(source: Source, filename: str) -> dict[str, Any]:
    """The scopes, one inside another."""
    text = decode(source, filename)
    return {"scope": scope_data(build(parser.parse(text, filename), filename, text).top)}


def scope_data(scope: Scope) -> dict[str, Any]:
    """One scope, its names and the scopes in it."""
    return {
        "kind": scope.comprehension or scope.kind,
        "name": scope.name,
        "line": scope.lineno,
        "nested": scope.nested,
        "generator": scope.is_generator,
        "names": [name_data(name, record) for name, record in scope.symbols.items()],
        "scopes": [scope_data(child) for child in scope.children],
    }


def name_data(name: str, record: int) -> dict[str, Any]:
    """One name, how it is found, and what the scope does with it."""
    return {
        "name": name,
        "found": WAYS[record >> WAY_SHIFT],
        "is": [word for bit, word in REMARKS if record & bit],
    }


# ---------------------------------------------------------------- bytecode
def dis(source: Source, filename: str, stack: bool = False) -> dict[str, Any]:
    """The module's code object, and in `constants` those of its functions; stack pictures are always there."""
    return {"code": code_data(compiled(source, filename))}


def code_data(code: Code) -> dict[str, Any]:
    """One code object."""
    return {
        "name": code.name,
        "qualname": code.qualname,
        "line": code.firstlineno,
        "arguments": code.argcount,
        "positional_only": code.posonlyargcount,
        "keyword_only": code.kwonlyargcount,
        "flags": code.flags,
        "stack_size": code.stacksize,
        "variables": list(code.varnames),
        "cells": list(code.cellvars),
        "free": list(code.freevars),
        "names": list(code.names),
        "instructions": instructions_data(code),
        "exceptions": [
            {"start": e.start, "end": e.end, "target": e.target, "depth": e.depth, "lasti": e.lasti}
            for e in code.exceptions
        ],
        "constants": [constant_data(constant) for constant in code.consts],
    }


def constant_data(constant: object) -> dict[str, Any]:
    """A constant's type and repr, and its code if it has some."""
    if isinstance(constant, Code):
        return {"type": "code", "repr": describe(constant), "code": code_data(constant)}
    return {"type": type(constant).__name__, "repr": repr(constant)}


def instructions_data(code: Code) -> list[dict[str, Any]]:
    """Each instruction: its place in the code and in the source, its operands, its effect on the stack."""
    instructions = decode_code(code)
    depths = stack_depths(code, instructions)[0]
    spans = dict(code.positions)
    rows = []
    span = Span(code.firstlineno, -1, code.firstlineno, -1)
    for i in instructions:
        span = spans.get(i.offset, span)
        rows.append({
            "offset": i.offset, "opcode": i.opcode.name, "operands": list(i.operands),
            "argument": argument_text(code, i), "target": i.target if i.target >= 0 else None,
            "depth": depths.get(i.offset), "picture": i.opcode.picture, **span_data(span),
        })  # fmt: skip
    return rows


def span_data(span: Span) -> dict[str, int]:
    """A span's place."""
    return place(span.lineno, span.col_offset, span.end_lineno, span.end_col_offset)


# ---------------------------------------------------------------- faults
def fault_data(fault: SourceError) -> dict[str, Any]:
    """A fault in a source, for `check`."""
    return {"type": fault.kind, "message": fault.message, "text": fault.text, **span_data(fault.span)}
