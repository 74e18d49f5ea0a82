"""The samples, and what the host and minipy say about one."""
from __future__ import annotations

import ast
from pathlib import Path

from minipy.errors import SourceError
from minipy.syntax import parser

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
Fault = tuple[object, ...]


def samples(name: str) -> list[str]:
    """The samples of a file beside this one, which lines of `=====` separate."""
    return (HERE / name).read_text("utf-8").split("=====\n")


def host_fault(source: str, mode: str = "exec") -> Fault | None:
    """What the host says about a source: kind, message and place; None where it accepts it."""
    try:
        ast.parse(source, mode=mode)
    except SyntaxError as e:
        return type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset
    return None


def our_fault(source: str, mode: parser.Mode = "exec") -> Fault | None:
    """The same of minipy."""
    try:
        parser.parse(source, "<sample>", mode)
    except SourceError as e:
        return e.kind, e.message, e.span.lineno, e.offset, e.span.end_lineno, e.end_offset
    return None
