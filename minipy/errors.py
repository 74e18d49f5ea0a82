"""A fault in the source text: what is wrong, where, and how it is shown.

      File "fib.mp", line 3          filename, span.lineno
        print fib(10)                text, without its indentation
        ^^^^^^^^^^^^^                span's columns
    SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?

Spans count as the tree does: lines from 1, columns in UTF-8 bytes from 0, the end exclusive.  `offset` and
`end_offset` are what a SyntaxError object shows: counted from 1.  A column of -1 means that no column is known
and gives the offset 0; an end column of -2 gives CPython's end offset -1, which it uses for a caret one wide.

CPython counterpart: Objects/exceptions.c (SyntaxError), Python/pythonrun.c (print_error_text).  Differs: carets
are placed by characters, not by bytes, so that they stand under the right place in a line that is not ASCII.
"""
from __future__ import annotations

MYPY = False  # true for the type checker alone; importing typing takes a quarter of a small program's time
if MYPY:
    from minipy.located import Located


class Span:
    """A stretch of source text."""

    __slots__ = ("lineno", "col_offset", "end_lineno", "end_col_offset")

    def __init__(self, lineno: int, col_offset: int, end_lineno: int, end_col_offset: int) -> None:
        self.lineno = lineno
        self.col_offset = col_offset
        self.end_lineno = end_lineno
        self.end_col_offset = end_col_offset

    @staticmethod
    def of(node: Located) -> Span:
        """The span of a node."""
        return Span(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)

    def __repr__(self) -> str:
        return f"Span({self.lineno}, {self.col_offset}, {self.end_lineno}, {self.end_col_offset})"


class SourceError(Exception):
    """A fault in the source. `kind` is the exception's name: SyntaxError, IndentationError, TabError, or
    another that reading a program can end in (RecursionError, MemoryError, ValueError); `text` is the source line,
    empty where it is not known.

    `by_compiler`: found in the tree, not by the parser. CPython counts columns in bytes then, and knows the lines of
    files alone.
    """

    def __init__(self, kind: str, message: str, filename: str, span: Span, text: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.filename = filename
        self.span = span
        self.text = text
        self.by_compiler = False

    @staticmethod
    def at(kind: str, message: str, filename: str, span: Span, source: str) -> SourceError:
        """The fault that the compiler finds at `span` of `source`, whose line it shows."""
        fault = SourceError(kind, message, filename, span, line_of(source, span.lineno))
        fault.by_compiler = True
        return fault

    @property
    def offset(self) -> int:
        """The column from 1, in characters if the parser found the fault; 0 where none is known."""
        column = self.span.col_offset
        return column + 1 if self.by_compiler else self._characters(column)

    @property
    def end_offset(self) -> int:
        """The end column from 1; the parser measures it along `text` even where the end is in a later line."""
        column = self.span.end_col_offset
        return column + 1 if self.by_compiler else self._characters(column)

    def _characters(self, column: int) -> int:
        if column < 0:
            return column + 1
        line = self.text.rstrip("\n") + "\n"
        return len(line.encode("utf-8", "surrogatepass")[: column + 1].decode("utf-8", "replace"))

    def format(self, from_file: bool = False) -> str:
        """What an uncaught error prints, with its last newline; a file's IndentationError has a caret one wide."""
        if self.kind not in ("SyntaxError", "IndentationError", "TabError"):
            return f"{self.kind}: {self.message}\n" if self.message else f"{self.kind}\n"
        where = f'  File "{self.filename}", line {self.span.lineno}\n' if self.span.lineno > 0 else ""
        return f"{where}{self._excerpt(from_file)}{self.kind}: {self.message}\n"

    def _excerpt(self, from_file: bool) -> str:
        """The source line and the carets below it; no carets where they would be left of the text."""
        line = self.text.rstrip("\r\n")
        shown = line.lstrip(" \t\f")
        if not self.text:
            return ""
        indent = len(line) - len(shown)
        start = self._characters(self.span.col_offset) - 1
        is_longer = self.span.end_lineno > self.span.lineno
        end = len(line) if is_longer else self._characters(self.span.end_col_offset) - 1
        width = 1 if from_file and self.kind == "IndentationError" else max(end - start, 1)
        carets = " " * (start - indent) + "^" * width + "\n"
        return f"    {shown}\n" + (f"    {carets}" if start >= indent else "")


def line_of(source: str, lineno: int) -> str:
    """Line `lineno` of the source with its newline; empty where there is no such line."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not 0 < lineno <= len(lines):
        return ""
    return lines[lineno - 1] + ("\n" if lineno < len(lines) else "")
