"""What the front end makes of a source, step by step, as text.

CPython counterpart: `python -m tokenize`, `python -m ast`, `python -m symtable`, `python -m dis`.
"""

from __future__ import annotations

from minipy import compiler
from minipy.bytecode.code import Code
from minipy.bytecode.dis import disassemble
from minipy.syntax import parser
from minipy.syntax.node import dump
from minipy.syntax.source import decode
from minipy.syntax.symcollect import build
from minipy.syntax.symtable import format_table

Source = str | bytes


def tokens(source: Source, filename: str) -> str:
    """One line a token: place, kind, text."""
    rows = [(f"{t.lineno},{t.col_offset}-{t.end_lineno},{t.end_col_offset}:", t.type, t.text)
            for t in parser.tokens(source, filename)]  # fmt: skip
    return "".join(f"{place:20}{kind:15}{text!r}\n" for place, kind, text in rows)


def ast(source: Source, filename: str) -> str:
    """The tree as `ast.dump(tree, indent=2)` shows it."""
    return dump(parser.parse(source, filename)) + "\n"


def symbols(source: Source, filename: str) -> str:
    """Each scope and its names."""
    text = decode(source, filename)
    return format_table(build(parser.parse(text, filename), filename, text))


def dis(source: Source, filename: str, stack: bool = False) -> str:
    """The bytecode; `stack` adds depth and stack picture of each instruction."""
    return disassemble(compiled(source, filename), stack)


def compiled(source: Source, filename: str) -> Code:
    """The module code."""
    text = decode(source, filename)
    return compiler.compile_module(parser.parse(text, filename), filename, source=text)
