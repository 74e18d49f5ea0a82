"""The faults of the scanner, with CPython's words and places.

CPython points to the last character its scanner has read; so the places follow from how it reads.  Most of these
faults go before a grammar fault in an earlier line: once the parser has failed, CPython scans on to the end.

CPython counterpart: Parser/tokenizer.c, and tokenizer_error in Parser/pegen_errors.c.
"""
from __future__ import annotations

import re
from typing import Final

from minipy.errors import Span
from minipy.syntax.token import ALWAYS, Fault, Token

MAX_BRACKETS: Final = 200  # CPython's MAXLEVEL
MAX_INDENTS: Final = 100  # CPython's MAXINDENT
STRING_PREFIXES: Final = frozenset(("r", "b", "f", "u", "rb", "br", "rf", "fr"))
RADIX: Final = {"x": ("hexadecimal", "0-9a-fA-F"), "o": ("octal", "0-7"), "b": ("binary", "01")}
DECIMAL: Final = re.compile(
    r"(?>(?:[0-9](?:_?[0-9])*)?)(?>(?:\.(?:[0-9](?:_?[0-9])*)?)?)(?>(?:[eE][+-]?[0-9](?:_?[0-9])*)?)[jJ]?"
)
TO_LINE_END: Final = re.compile(r"(?:\\.|[^\\\n])*", re.DOTALL)
ZEROS: Final = re.compile("0(?:_?0)*_?")


def at_column(message: str, lineno: int, column: int) -> Fault:
    """A fault of one character."""
    return Fault(message, Span(lineno, column, lineno, column), before=ALWAYS)


def _at_end(fault: Fault) -> Fault:
    fault.at_end = True
    return fault


# brackets and lines

def too_many_brackets(bracket: Token) -> Fault:
    return at_column("too many nested parentheses", bracket.lineno, bracket.col_offset)


def wrong_closing(closer: Token, opener: Token | None) -> Fault:
    """A closing bracket without, or of another kind than, the opening one."""
    if opener is None:
        message = f"unmatched '{closer.text}'"
    else:
        message = f"closing parenthesis '{closer.text}' does not match opening parenthesis '{opener.text}'"
        if opener.lineno != closer.lineno:
            message += f" on line {opener.lineno}"
    return at_column(message, closer.lineno, closer.col_offset)


def never_closed(opener: Token) -> Fault:
    """A bracket still open at the end of the text; it goes before grammar faults in later lines only."""
    span = Span(opener.lineno, opener.col_offset, opener.lineno, -1)
    return _at_end(Fault(f"'{opener.text}' was never closed", span, before=opener.lineno))


def continued_at_end(lineno: int, column: int) -> Fault:
    return _at_end(Fault("unexpected EOF while parsing", Span(lineno, column, lineno, -2)))


def stray_backslash(lineno: int, column: int) -> Fault:
    """A backslash that no newline follows; CPython points behind it."""
    return Fault("unexpected character after line continuation character", Span(lineno, column, lineno, -1))


def inconsistent_tabs(lineno: int) -> Fault:
    return Fault("inconsistent use of tabs and spaces in indentation", Span(lineno, 0, lineno, -1), "TabError")


def too_many_indents(lineno: int) -> Fault:
    return Fault("too many levels of indentation", Span(lineno, 0, lineno, -1), "IndentationError")


def unknown_indent(lineno: int, width: int) -> Fault:
    """A dedent to no open block's column; `width` is the length of the line."""
    message = "unindent does not match any outer indentation level"
    return Fault(message, Span(lineno, width, lineno, -2), "IndentationError")


# words, numbers, strings and other characters

def bad_identifier(word: Token) -> Fault:
    """A word with a character that no name has."""
    text = word.text
    index = next(i for i in range(len(text)) if not text[: i + 1].isidentifier())
    column = word.col_offset + len(text[:index].encode())
    return at_column(_invalid_character(text[index]), word.lineno, column)


def _invalid_character(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"invalid character '{character}' ({code})" if character.isprintable() else (
        f"invalid non-printable character {code}")


def odd_character(text: str, index: int, lineno: int, line_start: int, before: Token | None) -> Token:
    """A character with which no token of the language begins: a token of its own, or a fault.

    `before` is the last token, which may be the prefix of an unterminated string.
    """
    character, column = text[index], index - line_start
    if character in "\"'":
        raise _unterminated(text, index, lineno, column, before)
    if character in "0123456789.":
        raise _bad_number(text, index, lineno, line_start)
    if character == "\\":
        raise stray_backslash(lineno, column + 1)
    if not character.isprintable():
        raise at_column(_invalid_character(character), lineno, column)
    return Token("OTHER", character, lineno, column, lineno, column + 1)


def _unterminated(text: str, index: int, lineno: int, column: int, before: Token | None) -> Fault:
    """A string without its closing quotes."""
    if before is not None and before.text.lower() in STRING_PREFIXES:
        if (before.end_lineno, before.end_col_offset) == (lineno, column):
            column = before.col_offset
    triple = text.startswith(text[index] * 3, index)
    end = len(text) if triple else _end(TO_LINE_END, text, index)
    kind = "triple-quoted string" if triple else "string"
    last = lineno + text.count("\n", index, min(end, len(text) - 1))
    fault = at_column(f"unterminated {kind} literal (detected at line {last})", lineno, column)
    return _at_end(fault) if end == len(text) else fault


def _bad_number(text: str, index: int, lineno: int, line_start: int) -> Fault:
    """A number that is not one, or that runs into a word."""
    radix = RADIX.get(text[index + 1 : index + 2].lower()) if text[index] == "0" else None
    message, end = _bad_radix(text, index, *radix) if radix else _bad_decimal(text, index)
    if message is not None:
        return at_column(message, lineno, end - line_start - 1)
    message = "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"
    return Fault(message, Span(lineno, index - line_start, lineno, end - line_start - 1), before=ALWAYS)


def _bad_radix(text: str, index: int, kind: str, digits: str) -> tuple[str, int]:
    """What is wrong with a number after 0x, 0o or 0b, and the index CPython's scanner has come to."""
    end = _end(re.compile(f"(?:_?[{digits}])*"), text, index + 2)
    if text[end] == "_":
        end += 1
    if text[end] in "0123456789":
        return f"invalid digit '{text[end]}' in {kind} literal", end + 1
    return f"invalid {kind} literal", end


def _bad_decimal(text: str, index: int) -> tuple[str | None, int]:
    """The same for a decimal number; the message is None for leading zeros, the index that after a digit more."""
    end = _end(DECIMAL, text, index)
    if text[end] == "_" and text[end - 1].isdigit():
        return "invalid decimal literal", end + 1
    zeros = text[index] == "0" and text[index:end].replace("_", "").isdigit() and text[index:end].strip("0_")
    if zeros and text[end] not in "eE":
        return None, _end(ZEROS, text, index) + 1
    if text[end] in "eE" and text[end + 1] in "+-":
        return "invalid decimal literal", end + 2
    kind = "imaginary" if text[end - 1] in "jJ" else "decimal"
    return f"invalid {kind} literal", end


def _end(pattern: re.Pattern[str], text: str, index: int) -> int:
    match = pattern.match(text, index)
    return match.end() if match else index
