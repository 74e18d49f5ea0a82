"""The values of number and string literals.

    0x_ff  -> 255        'a\\n' -> a, newline        b'\\x00' -> a zero byte        r'\\n' -> backslash, n

Strings come from the scanner as UTF-8 bytes, one character each. Adjacent ones make one literal; with an f-string
among them (`fstring.py`) it is a JoinedStr.

CPython counterpart: _PyPegen_parsestr and _PyPegen_concatenate_strings, parsenumber in Parser/pegen.c.
"""
from __future__ import annotations

from minipy.errors import Span
from minipy.syntax import ast
from minipy.syntax.escapes import decode_bytes, decode_text, utf8
from minipy.syntax.fstring import ParseField, Piece, Reader, Whole
from minipy.syntax.token import Fault, Token, fault


def number_value(token: Token) -> int | float | complex:
    """The value of a NUMBER."""
    text = token.text.replace("_", "").lower()
    if text[:2] in ("0x", "0o", "0b"):
        return int(text, 0)
    if text[-1] == "j":
        return complex(0.0, float(text[:-1]))
    if "." in text or "e" in text:
        return float(text)
    try:
        return int(text)
    except ValueError as error:  # too many digits
        hint = " - Consider hexadecimal for huge integer literals to avoid decimal conversion limits."
        raise Fault(str(error) + hint, Span(token.lineno, -1, token.lineno, -1)) from None


def strings(parse_field: ParseField, *tokens: Token) -> ast.Constant | ast.JoinedStr:
    """The literal of adjacent string tokens."""
    whole = Whole(tokens[0], tokens[-1])
    pieces: list[Piece] = []
    formatted, is_bytes = False, False
    for token in tokens:
        prefix, start, end = split(token.text)
        if "f" in prefix:
            formatted = True
            pieces += Reader(token, start, end, whole, parse_field).pieces()
        else:
            pieces.append(_plain(token, prefix, token.text[start:end]))
        if token is not tokens[0] and is_bytes != ("b" in prefix):
            raise Fault("cannot mix bytes and nonbytes literals")
        is_bytes = "b" in prefix
    if formatted:
        return whole.joined(pieces, whole.first, whole.last)
    text = "".join(piece for piece in pieces if isinstance(piece, str))
    return ast.Constant(text.encode("latin-1") if is_bytes else text, whole.kind)


def split(text: str) -> tuple[str, int, int]:
    """The prefix of a string in lower case, and where what is between the quotes begins and ends."""
    start = min(index for quote in "'\"" if (index := text.find(quote)) >= 0)
    quotes = 3 if text.startswith(("'''", '"""'), start) else 1
    return text[:start].lower(), start + quotes, len(text) - quotes


def _plain(token: Token, prefix: str, body: str) -> str:
    """The value of a string without fields; of bytes, one character for each."""
    if "b" in prefix:
        if not body.isascii():
            raise fault("bytes can only contain ASCII literal characters", token)
        return body if "r" in prefix else decode_bytes(body)
    return utf8(body) if "r" in prefix else decode_text(utf8(body))
