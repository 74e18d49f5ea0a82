"""The end of a text whose last line has no newline, as eval and a single statement take it.

    "1 +"            the _NEWLINE that ends the line is in no column
    "x\\\\"            nothing is continued: a stray backslash
    "1\\n  "          the last line is indented, though there is nothing in it
    "if x: y"        to be ended by one more line

To the text of a file, and of exec, CPython adds a newline first, and all this is not there.

CPython counterpart: translate_newlines and tok_get in Parser/tokenizer.c, _PyPegen_fill_token in Parser/pegen.c.
"""
from __future__ import annotations

from typing import Final

from minipy.syntax import lexical
from minipy.syntax.lalr import END
from minipy.syntax.lexer import FAULT, Scan
from minipy.syntax.site import LINE_STARTS, UNMARKED
from minipy.syntax.token import Fault

BLANK: Final = " \t\f"


def end_without_newline(scan: Scan, text: str) -> None:
    """Make the tokens of a text those that CPython sees if it adds no newline."""
    if text.endswith("\n") or not text:
        return
    last = text.rpartition("\n")[2]
    if scan.continued:
        scan.fault = lexical.stray_backslash(text.count("\n") + 1, len(last.encode()) - 1)
    elif scan.fault is not None:
        span = scan.fault.span
        if span is not None and scan.fault.kind == "IndentationError" and span.lineno == text.count("\n") + 1:
            span.col_offset = max(span.col_offset - 1, 0)
    elif _is_empty(scan):
        _indent_last(scan, last)
    else:
        _end_in_no_column(scan)


def _is_empty(scan: Scan) -> bool:
    """Whether nothing but blanks or a comment is in the last line."""
    return scan.tokens[-1].lineno > next((token.lineno for token in reversed(scan.tokens) if token.text), 0)


def _indent_last(scan: Scan, line: str) -> None:
    """Leave the blocks at the end open, or compare a last line of blanks with them as if a statement followed."""
    end = scan.tokens.pop()
    while scan.tokens and scan.tokens[-1].type == "_DEDENT":
        scan.tokens.pop()
    scan.lineno = end.lineno
    try:
        if not line.strip(BLANK):
            scan.indent(line, len(line) - 1)
    except Fault as fault:
        scan.fault = fault
        end = end.copy(FAULT)
    scan.tokens.append(end)


def _end_in_no_column(scan: Scan) -> None:
    """Place what ends the last line."""
    column = scan.last_column() - 1
    for token in reversed(scan.tokens):
        if token.type not in LINE_STARTS and token.type != END:
            return
        token.text = ""
        token.col_offset = column
        token.end_col_offset = UNMARKED


def is_closed(scan: Scan, text: str) -> bool:
    """Whether a statement with a block, all of which has been read, is ended: by a newline, or a block's end."""
    return text.endswith("\n") or scan.tokens[-2].type == "_DEDENT" or _is_empty(scan)
