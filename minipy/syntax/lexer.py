"""The scanner: source text to tokens, with the indentation and the few words only their surroundings explain.

    if x:          IF NAME COLON _NEWLINE
        y = 1      _INDENT NAME EQUAL NUMBER _NEWLINE
                   _DEDENT $END

The text comes as UTF-8 bytes, one character each (`source.py`), so that a column is a byte offset.  One regular
expression made of the grammar's terminals finds the tokens; all lines are scanned before the first is parsed.
That lets two things be decided by looking ahead: `match` and `case` as keywords (`softwords.py`), and a
parenthesis that encloses all items of a `with` statement and not only a part of the first.

Invariants: lines end in \\n and the text ends with one.  The tokens end in $END, or where a fault
ended them, in FAULT: it does not raise, `Scan.fault` holds it, because the parser may find another one before it.

CPython counterpart: Parser/tokenizer.c.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from minipy.syntax import lexical
from minipy.syntax.lalr import END
from minipy.syntax.softwords import mark_match_statements, mark_with_parentheses
from minipy.syntax.token import NEVER, Fault, Token

FAULT: Final = "FAULT"  # the type of the token where a fault ended the tokens
PAIRS: Final = {")": "(", "]": "[", "}": "{"}
INTERRUPTED: Final = re.compile(r"\n([ \t\f]*(?:\\\n[ \t\f]*)*)\Z")
BRACKETS: Final = frozenset("()[]{}")
LINE_STARTS: Final = frozenset(("_NEWLINE", "_INDENT", "_DEDENT"))  # what may stand before a logical line


class Vocabulary:
    """The grammar's terminals, ready for scanning: words and signs by their text, the rest in one pattern."""

    def __init__(self, fixed: Iterable[tuple[str, str]], patterns: Iterable[tuple[str, str]]) -> None:
        """Take (text, name) of the fixed terminals and (name, regular expression) of the others."""
        texts = dict(fixed)
        self.words = {text: name for text, name in texts.items() if text.isidentifier()}
        self.signs = {text: name for text, name in texts.items() if not text.isidentifier()}
        self.signs["<>"] = "OTHER"  # one token to CPython, though it is none of the language
        by_name = dict(patterns)
        blank = by_name.pop("WHITESPACE")
        signs = "|".join(re.escape(sign) for sign in sorted(self.signs, key=len, reverse=True))
        by_name["SIGN"] = rf"(?!\.[0-9])(?:{signs})"
        longest_first = sorted(by_name.items(), key=lambda item: -len(item[1]))
        groups = "|".join(f"(?P<{name}>{pattern})" for name, pattern in longest_first)
        self.regex = re.compile(f"(?:{blank})?(?:{groups}|(?P<OTHER>(?s:.)))")


class Scan:
    """One pass over a text: its tokens, and the fault that ended them, if any."""

    def __init__(self, vocabulary: Vocabulary, text: str, lineno: int, line_start: int) -> None:
        """Scan `text`, whose first character is in line `lineno`, a line beginning at index `line_start`."""
        self.text = text
        self.tokens: list[Token] = []
        self.fault: Fault | None = None
        self.lineno = lineno
        self.line_start = line_start
        self.indents = [(0, 0)]  # columns with tabs to multiples of 8, and with tabs as one
        self.brackets: list[int] = []  # the open ones, as indices of tokens
        self.matches: list[int] = []  # where `match` begins a line
        self.enclosed: list[tuple[int, int]] = []  # a parenthesis after `with`, as indices of its two tokens
        self.comment = -1  # where the comment of this line begins
        self.continued = False  # in a line that is not there
        try:
            self._run(vocabulary)
            self._finish()
        except Fault as fault:
            self.fault = fault
            if self.brackets and fault.before == NEVER:
                fault.later = lexical.never_closed(self.tokens[self.brackets[-1]])
            self.tokens.append(Token(FAULT, "", self.lineno, 0, self.lineno, 0))
        mark_match_statements(self.tokens, self.matches)
        mark_with_parentheses(self.tokens, self.enclosed)

    def _run(self, vocabulary: Vocabulary) -> None:
        words, signs, tokens, text = vocabulary.words, vocabulary.signs, self.tokens, self.text
        for match in vocabulary.regex.finditer(text):
            kind = match.lastgroup
            start, end = match.span(match.lastindex or 0)
            piece = text[start:end]
            column = start - self.line_start
            if kind == "NAME":
                word = Token(words.get(piece, kind), piece, self.lineno, column, self.lineno, end - self.line_start)
                if piece == "match" and (not tokens or tokens[-1].type in LINE_STARTS):
                    self.matches.append(len(tokens))
                tokens.append(word)
                if not piece.isascii():
                    self._normalize(word)
            elif kind == "SIGN":
                tokens.append(Token(signs[piece], piece, self.lineno, column, self.lineno, end - self.line_start))
                if piece in BRACKETS:
                    self._bracket(piece)
            elif kind == "_NEWLINE":
                self._newline(piece, start, end)
            elif kind == "COMMENT":
                self.comment = start
            elif kind == "NUMBER":
                tokens.append(Token(kind, piece, self.lineno, column, self.lineno, end - self.line_start))
            elif kind == "STRING":
                self._string(piece, column, start, end)
            elif kind == "CONTINUATION":
                self._continuation(end)
            else:
                tokens.append(self._odd_character(start))

    def _string(self, piece: str, column: int, start: int, end: int) -> None:
        lineno, newlines = self.lineno, piece.count("\n")
        if newlines:
            self.lineno += newlines
            self.line_start = self.text.rindex("\n", start, end) + 1
        self.tokens.append(Token("STRING", piece, lineno, column, self.lineno, end - self.line_start))

    def _normalize(self, word: Token) -> None:
        """Put a word that is not ASCII in its normal form."""
        word.text = word.text.encode("latin-1").decode("utf-8")
        if not word.text.isidentifier():
            self.tokens.pop()
            raise lexical.bad_identifier(word)
        word.text = unicodedata.normalize("NFKC", word.text)

    def _odd_character(self, index: int) -> Token:
        before = self.tokens[-1] if self.tokens else None
        return lexical.odd_character(self.text, index, self.lineno, self.line_start, before)

    def _bracket(self, piece: str) -> None:
        """Open or close a bracket, the last token."""
        if piece not in PAIRS:
            self.brackets.append(len(self.tokens) - 1)
            if len(self.brackets) > lexical.MAX_BRACKETS:
                raise lexical.too_many_brackets(self.tokens.pop())
            return
        opener = self.tokens[self.brackets[-1]] if self.brackets else None
        if opener is None or opener.text != PAIRS[piece]:
            raise lexical.wrong_closing(self.tokens.pop(), opener)
        index = self.brackets.pop()
        if index and self.tokens[index - 1].type == "WITH":
            self.enclosed.append((index, len(self.tokens) - 1))

    def _continuation(self, end: int) -> None:
        self.lineno += 1
        self.line_start = end
        if end == len(self.text):
            self._end_of_text()

    def _end_of_text(self) -> None:
        """The text ends in a backslash."""
        self.continued = True
        if self.brackets:
            raise lexical.never_closed(self.tokens[self.brackets[-1]])
        raise lexical.continued_at_end(self.text.count("\n") - (self.text[0] == "\n"), self.last_column())

    def last_column(self) -> int:
        """The length of the last line."""
        return len(self.text) - 2 - self.text.rfind("\n", 0, -1)

    def _newline(self, piece: str, start: int, end: int) -> None:
        """End the line and enter the next; its indentation may open or close blocks."""
        tokens = self.tokens
        if tokens and not self.brackets and tokens[-1].type not in LINE_STARTS:
            column = start - self.line_start
            first = column if self.comment < 0 else self.comment - self.line_start
            tokens.append(Token("_NEWLINE", "\n", self.lineno, first, self.lineno, column))
        self.comment = -1
        self.lineno += piece.count("\n")
        self.line_start = start + piece.rindex("\n") + 1
        blank = self.text[self.line_start : end]
        if "\\" in piece:
            parts = _interrupted(piece)
            blank = next((part for part in parts if part), "")
            if end == len(self.text) and len(parts) > 1 and not parts[-1]:
                self._end_of_text()
        if self.text.startswith("\\", end) and not self.text.startswith("\\\n", end):
            self._odd_character(end)  # before the indentation is judged
        if not self.brackets and end < len(self.text):
            self.indent(blank, self.text.index("\n", end) - self.line_start)

    def indent(self, blank: str, length: int) -> None:
        """Compare a line's indentation, `blank`, with the blocks that are open; `length` is that of the line."""
        width, tabs_as_one = measure(blank)
        indents, column = self.indents, len(blank)
        if width > indents[-1][0]:
            if tabs_as_one <= indents[-1][1]:
                raise lexical.inconsistent_tabs(self.lineno)
            if len(indents) == lexical.MAX_INDENTS:
                raise lexical.too_many_indents(self.lineno)
            indents.append((width, tabs_as_one))
            self.tokens.append(self._empty("_INDENT", column - 1))
            return
        closed = sum(open_width > width for open_width, _ in indents)
        if width != indents[-1 - closed][0]:
            raise lexical.unknown_indent(self.lineno, length)
        if tabs_as_one != indents[-1 - closed][1]:
            raise lexical.inconsistent_tabs(self.lineno)
        del indents[len(indents) - closed :]
        self.tokens += [self._empty("_DEDENT", column - 1) for _ in range(closed)]

    def _finish(self) -> None:
        """Close what the end of the text closes."""
        if self.brackets:
            raise lexical.never_closed(self.tokens[self.brackets[-1]])
        self.lineno -= 1
        column = self.last_column()
        self.tokens += [self._empty(type, column) for type in ["_DEDENT"] * (len(self.indents) - 1) + [END]]

    def _empty(self, type: str, column: int) -> Token:
        """A token without text; its column is that to which CPython points."""
        return Token(type, "", self.lineno, column, self.lineno, column)


def _interrupted(piece: str) -> list[str]:
    """The parts of the indentation at the end of a _NEWLINE, which backslashes divide; the first not empty counts."""
    match = INTERRUPTED.search(piece)
    return match[1].split("\\\n") if match else []


def measure(blank: str) -> tuple[int, int]:
    """The width of an indentation with tabs to multiples of 8, and with tabs as one; a form feed starts anew."""
    blank = blank[blank.rfind("\f") + 1 :]
    return len(blank.expandtabs(8)), len(blank)
