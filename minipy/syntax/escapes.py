"""The escape sequences of string and bytes literals.

    \\n \\t \\\\ ...  one character     \\101  octal     \\x41  hexadecimal     \\u0041 \\U00000041 \\N{NAME}  text only

An unknown sequence such as \\d stands for itself. CPython makes a DeprecationWarning of it, which it does not show
by default.

CPython counterpart: _PyUnicode_DecodeUnicodeEscapeInternal, _PyBytes_DecodeEscape.
"""
from __future__ import annotations

import re
import unicodedata
from typing import Final

from minipy.syntax.token import Fault

SIMPLE: Final = {
    "\n": "", "\\": "\\", "'": "'", '"': '"', "a": "\a",
    "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
}
TEXT: Final = re.compile(
    r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<x>[0-9a-fA-F]{0,2})|u(?P<u>[0-9a-fA-F]{0,4})|U(?P<U>[0-9a-fA-F]{0,8})"
    r"|N(?P<N>\{[^}]+\}|\{[^}]*)?|(?P<simple>.))",
    re.DOTALL,
)
BYTES: Final = re.compile(r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<x>[0-9a-fA-F]{0,2})|(?P<simple>.))", re.DOTALL)
DIGITS: Final = {"x": 2, "u": 4, "U": 8}


def utf8(piece: str) -> str:
    """Text of what the scanner gives: UTF-8 bytes, one character each."""
    return piece if piece.isascii() else piece.encode("latin-1").decode("utf-8")


def decode_text(body: str) -> str:
    """The text of a string literal's body, whose escapes are still in it."""
    return TEXT.sub(_text_escape, body) if "\\" in body else body


def decode_bytes(body: str) -> str:
    """The same for a bytes literal; one character for each byte."""
    return BYTES.sub(_bytes_escape, body) if "\\" in body else body


def _text_escape(match: re.Match[str]) -> str:
    kind, digits = match.lastgroup, match[match.lastgroup or 0]
    if kind == "simple":
        return SIMPLE.get(digits, "\\" + digits)
    if kind == "octal":
        return chr(int(digits, 8))
    if kind in DIGITS:
        if len(digits) < DIGITS[kind]:
            raise _unicode_error(match, f"truncated \\{kind}{'X' * DIGITS[kind]} escape")
        if int(digits, 16) > 0x10FFFF:
            raise _unicode_error(match, "illegal Unicode character")
        return chr(int(digits, 16))
    if kind is None or not digits.endswith("}"):
        raise _unicode_error(match, "malformed \\N character escape")
    try:
        character = unicodedata.lookup(digits[1:-1])
    except KeyError:
        character = ""
    if len(character) != 1:  # not a name, or that of a sequence
        raise _unicode_error(match, "unknown Unicode character name")
    return character


def _unicode_error(match: re.Match[str], reason: str) -> Fault:
    """CPython's words: it decodes a text in which each character that is not ASCII takes ten places."""
    before = match.string[: match.start()]
    start, size = (len(part) + 9 * sum(not c.isascii() for c in part) for part in (before, match[0]))
    where = f"{start}-{start + size - 1}"
    return Fault(f"(unicode error) 'unicodeescape' codec can't decode bytes in position {where}: {reason}")


def _bytes_escape(match: re.Match[str]) -> str:
    kind, digits = match.lastgroup, match[match.lastgroup or 0]
    if kind == "simple":
        return SIMPLE.get(digits, "\\" + digits)
    if kind == "octal":
        return chr(int(digits, 8) & 0xFF)
    if len(digits) < 2:
        raise Fault(f"(value error) invalid \\x escape at position {match.start()}")
    return chr(int(digits, 16))
