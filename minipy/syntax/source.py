"""The source as it is given, as text, and as the scanner reads it.

Bytes are UTF-8 unless one of the first two lines names another encoding (`# coding: latin-1`).

CPython counterpart: the decoding part of Parser/tokenizer.c (PEP 263).
"""
from __future__ import annotations

import codecs
import re
from typing import Final

from minipy.errors import SourceError, Span

NOWHERE: Final = Span(0, -1, 0, -1)
PLACELESS: Final = Span(-1, -1, -1, -1)
"""The exception knows not even the file."""
COOKIE: Final = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
BLANK: Final = re.compile(rb"[ \t\f]*(?:#.*)?\r?$")


def decode(source: str | bytes, filename: str) -> str:
    """The source as text whose lines end in \\n, without a byte order mark."""
    text = source if isinstance(source, str) else _decode_bytes(source, filename)
    if "\0" in text:
        if isinstance(source, str):
            raise SourceError("SyntaxError", "source code string cannot contain null bytes", filename, PLACELESS, "")
        before = text[: text.index("\0")].split("\n")
        where = Span(len(before), -1, len(before), -1)
        raise SourceError("SyntaxError", "source code cannot contain null bytes", filename, where, before[-1])
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def decode_string(source: bytes, filename: str) -> str:
    """The source as text when a program, not a file, has the bytes: CPython's messages are others then."""
    name = _named_encoding(source.removeprefix(codecs.BOM_UTF8))
    try:
        return source.decode(name or "utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        shown = source.split(b"\n")[line - 1].decode(errors="replace")
        byte = f"0x{source[error.start]:02x}"
        message = f"(unicode error) '{error.encoding}' codec can't decode byte {byte} in position 0"
        where = Span(line, 0, line, 0)
        raise SourceError("SyntaxError", f"{message}: {error.reason}", filename, where, shown) from None
    except LookupError:
        raise SourceError("SyntaxError", f"unknown encoding: {name}", filename, Span(0, -1, 0, -1), "") from None


def scanner_text(text: str, filename: str) -> str:
    """The text as the scanner reads it: UTF-8 bytes, one character each, the last line ended."""
    if not text.isascii():
        try:
            text = text.encode("utf-8").decode("latin-1")
        except UnicodeEncodeError as error:
            raise SourceError("UnicodeEncodeError", str(error), filename, NOWHERE, "") from None
    return text if text.endswith("\n") else text + "\n"


def _decode_bytes(source: bytes, filename: str) -> str:
    marked = source.startswith(codecs.BOM_UTF8)
    source = source[len(codecs.BOM_UTF8) :] if marked else source
    name = _named_encoding(source)
    if marked and name not in (None, "utf-8"):
        raise SourceError("SyntaxError", f"encoding problem: {name} with BOM", filename, NOWHERE, "")
    try:
        return codecs.decode(source, name or "utf-8")
    except UnicodeDecodeError as error:
        if name is None:
            line, byte = source.count(b"\n", 0, error.start) + 1, source[error.start]
            message = (
                f"Non-UTF-8 code starting with '\\x{byte:02x}' in file {filename} on line {line}, "
                "but no encoding declared; see https://peps.python.org/pep-0263/ for details"
            )
            raise SourceError("SyntaxError", message, filename, NOWHERE, "") from None
        raise SourceError("SyntaxError", f"(unicode error) {error}", filename, NOWHERE, "") from None
    except (LookupError, UnicodeError, TypeError, ValueError):
        raise SourceError("SyntaxError", f"encoding problem: {name}", filename, NOWHERE, "") from None


def _named_encoding(source: bytes) -> str | None:
    """The encoding that a comment in the first two lines names, in the form Python gives it."""
    for line in source.split(b"\n", 2)[:2]:
        match = COOKIE.match(line)
        if match:
            name = match[1].decode("ascii", "replace").lower().replace("_", "-")
            if name == "utf-8" or name.startswith("utf-8-"):
                return "utf-8"
            latin = ("latin-1", "iso-8859-1", "iso-latin-1")
            return "iso-8859-1" if name.startswith(latin) else name
        if not BLANK.match(line):
            return None
    return None
