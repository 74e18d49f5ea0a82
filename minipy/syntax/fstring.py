"""F-strings: a string literal cut into text and replacement fields.

    f"a{{b {x!r:>{w}} {y = }"      text "a{b ", field x with conversion r and a format that is itself such a string,
                                   text " y = ", field y with conversion r

A field's expression is parsed as if it stood in parentheses in place of the braces; so it may contain what a
parenthesis may, has its true position, and an error in it shows the parenthesised text, as CPython's does.

CPython counterpart: fstring_find_literal, fstring_find_expr and fstring_compile_expr in Parser/string_parser.c.
"""
from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Final

from minipy.syntax import ast
from minipy.syntax.ast import expr
from minipy.syntax.escapes import decode_text, utf8
from minipy.syntax.lalr import place
from minipy.syntax.token import Fault, Token

ParseField = Callable[[str, int, int], expr]  # the parenthesised text, the line and the column it stands in
Piece = str | expr
PART: Final = re.compile(r"(?:[^{}\\]|\\N\{[^}]*\}?|\\(?![{}]).|\\)*", re.DOTALL)
RAW_PART: Final = re.compile(r"[^{}]*")
STOP: Final = re.compile(r"[!=<>]=|[\\\\'\"#(\[{)\]}!:=]")
CLOSERS: Final = {"(": ")", "[": "]", "{": "}"}
MAX_BRACKETS: Final = 200
MAX_NESTING: Final = 2


class Whole:
    """A literal made of adjacent string tokens; its nodes have the position of all of it."""

    def __init__(self, first: Token, last: Token) -> None:
        self.first = first
        self.last = last
        self.kind = "u" if first.text[0] == "u" else None

    def joined(self, pieces: list[Piece], first: Token, last: Token) -> ast.JoinedStr:
        """The node of the pieces: adjacent texts become one, empty ones none.

        The node, and a text that ends it, go from `first` to `last`: in CPython those of a format go from end to
        end of its token, all others of the whole.
        """
        values: list[expr] = []
        for is_text, group in itertools.groupby(pieces, lambda piece: isinstance(piece, str)):
            if not is_text:
                values += [piece for piece in group if isinstance(piece, expr)]
            elif text := "".join(piece for piece in group if isinstance(piece, str)):
                values.append(ast.Constant(text, self.kind))
        for value in values:
            place(value, self.first, self.last)
        node = ast.JoinedStr(values)
        for ending in [node, *values[-1:]]:
            if not isinstance(ending, ast.FormattedValue):
                place(ending, first, last)
        return node


class Reader:
    """Reads the text of one f-string token; `index` is where."""

    def __init__(self, token: Token, start: int, end: int, whole: Whole, parse_field: ParseField) -> None:
        """`start` and `end` delimit what is between the quotes."""
        self.token = token
        self.text = token.text[:end]
        self.index = start
        self.raw = "r" in token.text[:start].lower()
        self.whole = whole
        self.parse_field = parse_field

    def pieces(self, depth: int = 0) -> list[Piece]:
        """The text and the fields up to the end, or in a format up to the brace that ends it."""
        result: list[Piece] = []
        while True:
            result.append(self._literal(depth))
            if self._peek() in ("", "}"):
                return result
            result += self._field(depth)

    def _peek(self) -> str:
        return self.text[self.index : self.index + 1]

    def _literal(self, depth: int) -> str:
        """Text up to a brace; two braces are one, but not in a format."""
        result = ""
        while True:
            match = (RAW_PART if self.raw else PART).match(self.text, self.index)
            assert match is not None
            part, self.index = match[0], match.end()
            brace = self._peek()
            doubled = bool(brace) and depth == 0 and self.text.startswith(brace * 2, self.index)
            part = utf8(part + brace * doubled)
            result += part if self.raw else decode_text(part)
            if not doubled:
                break
            self.index += 2
        if brace == "}" and depth == 0:
            raise Fault("f-string: single '}' is not allowed")
        return result

    def _field(self, depth: int) -> list[Piece]:
        """A replacement field: its text where that is to be shown (`=`), and its value."""
        self.index += 1
        if depth >= MAX_NESTING:
            raise Fault("f-string: expressions nested too deeply")
        start = self.index
        self._skip_expression()
        value = self._expression(start)
        shown = self._shown(start)
        conversion = self._conversion()
        spec: expr | None = None
        if self._peek() == ":":
            self.index += 1
            spec = self.whole.joined(self.pieces(depth + 1), self.token, self.token)
        if self._peek() != "}":
            raise Fault("f-string: expecting '}'")
        self.index += 1
        if shown and spec is None and conversion == -1:
            conversion = ord("r")
        return [shown, ast.FormattedValue(value, conversion, spec)]

    def _expression(self, start: int) -> expr:
        """Parse what stands between the opening brace and here."""
        source = self.text[start : self.index]
        if not source.strip(" \t\n\f\r"):
            if self._peek() in ("!", ":", "="):
                raise Fault(f"f-string: expression required before '{self._peek()}'")
            raise Fault("f-string: empty expression not allowed")
        before = self.text[: start - 1]
        if source.lstrip(" \t\f").startswith("\n"):
            before = before[: before.rfind("\n") + 1]  # CPython counts its columns from the line's start
        newlines = before.count("\n")
        column = len(before) - before.rfind("\n") - 1 if newlines else self.token.col_offset + len(before)
        return self.parse_field(f"({source})", self.token.lineno + newlines, column)

    def _shown(self, start: int) -> str:
        """The text of the expression where `=` follows it."""
        if self._peek() != "=":
            return ""
        self.index += 1
        while self._peek() in tuple(" \t\n\f\r"):
            self.index += 1
        return utf8(self.text[start : self.index])

    def _conversion(self) -> int:
        """The character code of `!s`, `!r` or `!a`; -1 without one."""
        if self._peek() != "!":
            return -1
        self.index += 2
        if self.index > len(self.text):
            raise Fault("f-string: expecting '}'")
        conversion = self.text[self.index - 1]
        if conversion not in "sra":
            raise Fault("f-string: invalid conversion character: expected 's', 'r', or 'a'")
        return ord(conversion)

    def _skip_expression(self) -> None:
        """Go to the end of the expression: a `!`, `:`, `=` or `}` that is not in brackets, in a string or in `!=`."""
        brackets: list[str] = []
        while (match := STOP.search(self.text, self.index)) is not None:
            stop, self.index = match[0], match.start()
            if stop == "\\":
                raise Fault("f-string expression part cannot include a backslash")
            if stop in "'\"":
                self._skip_string(stop)
                continue
            if stop == "#":
                raise Fault("f-string expression part cannot include '#'")
            if stop in "([{":
                if len(brackets) == MAX_BRACKETS:
                    raise Fault("f-string: too many nested parenthesis")
                brackets.append(stop)
            elif not brackets and stop in "!:=}":
                return
            elif stop in ")]}":
                _close(stop, brackets)
            self.index += len(stop)
        self.index = len(self.text)
        raise Fault(f"f-string: unmatched '{brackets[-1]}'" if brackets else "f-string: expecting '}'")

    def _skip_string(self, quote: str) -> None:
        if self.text.startswith(quote * 3, self.index):
            quote *= 3
        end = self.text.find(quote, self.index + len(quote))
        if "\\" in self.text[self.index : end if end >= 0 else len(self.text)]:
            raise Fault("f-string expression part cannot include a backslash")
        if end < 0:
            raise Fault("f-string: unterminated string")
        self.index = end + len(quote)


def _close(closer: str, brackets: list[str]) -> None:
    """Take the innermost open bracket away."""
    if not brackets:
        raise Fault(f"f-string: unmatched '{closer}'")
    opener = brackets.pop()
    if CLOSERS[opener] != closer:
        raise Fault(f"f-string: closing parenthesis '{closer}' does not match opening parenthesis '{opener}'")
