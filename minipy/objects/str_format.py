"""str.format and str.format_map.

    literal {field!conversion:spec} literal {{ }}
             field = first (.attribute | [item])*           spec may hold fields again, one level deep

`Formatter` reads one format string for given arguments; a nested spec is read by the same object, deeper.

CPython counterpart: Objects/stringlib/unicode_format.h; the messages are its own.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.refcount import decref, incref
from minipy.memory.statics import T_INDEX_ERROR, T_KEY_ERROR, T_VALUE_ERROR
from minipy.objects.longobject import new_int_host
from minipy.objects.machine import Machine
from minipy.objects.printf import ascii_text, take_text
from minipy.objects.recursion import enter_call, leave_call
from minipy.objects.unicodeobject import host_str, intern, new_str

NUMBERING_UNKNOWN: Final = 0
NUMBERING_AUTOMATIC: Final = 1
NUMBERING_MANUAL: Final = 2
DEPTH: Final = 2
MOST: Final = (1 << 63) - 1


def str_format(m: Machine, a: i64, at: i64, n: i64, keywords: i64) -> i64:
    """a.format(*arguments, **keywords), owned: n borrowed arguments at the address `at`, a dict or 0."""
    enter_call(m)
    try:
        return new_str(m, Formatter(m, at, n, keywords).build(host_str(m, a), DEPTH))
    finally:
        leave_call(m.words)


def format_map(m: Machine, a: i64, mapping: i64) -> i64:
    """a.format_map(mapping), owned."""
    return new_str(m, Formatter(m, 0, 0, mapping).build(host_str(m, a), DEPTH))


class Formatter:
    """The arguments of one call, and which automatic number is next."""

    m: Machine
    at: i64  # address of the positional arguments; 0: format_map, which has none
    n: i64
    keywords: i64  # dict, mapping or 0
    numbering: int
    next_number: int

    def __init__(self, m: Machine, at: i64, n: i64, keywords: i64) -> None:
        self.m = m
        self.at = at
        self.n = n
        self.keywords = keywords
        self.numbering = NUMBERING_UNKNOWN
        self.next_number = 0

    def fault(self, message: str) -> Exception:
        """A ValueError about the format string."""
        return self.m.error(T_VALUE_ERROR, message)

    def build(self, text: str, depth: int) -> str:
        """The text with its fields replaced."""
        if depth <= 0:
            raise self.fault("Max string recursion exceeded")
        parts: list[str] = []
        i = 0
        n = len(text)
        while i < n:
            start = i
            while i < n and text[i] != "{" and text[i] != "}":
                i += 1
            parts.append(text[start:i])
            if i == n:
                break
            c = text[i]
            i += 1
            if i < n and text[i] == c:
                parts.append(c)
                i += 1
            elif c == "}":
                raise self.fault("Single '}' encountered in format string")
            elif i == n:
                raise self.fault("Single '{' encountered in format string")
            else:
                i = self.replace(text, i, depth, parts)
        return "".join(parts)

    def replace(self, text: str, start: int, depth: int, parts: list[str]) -> int:
        """Append the value of the field that begins at `start`, behind its brace; return where it ends."""
        end = self.field_end(text, start)
        name = text[start:end]
        c = text[end]
        i = end + 1
        conversion = ""
        spec = ""
        if c == "!":
            if i == len(text):
                raise self.fault("end of string while looking for conversion specifier")
            conversion = text[i]
            i += 1
            c = text[i : i + 1]
            i += 1
            if c != "" and c != "}" and c != ":":
                raise self.fault("expected ':' after conversion specifier")
        if c != "}":
            spec_end = self.spec_end(text, i)
            spec = text[i:spec_end]
            i = spec_end + 1
        parts.append(self.render(name, conversion, spec, depth))
        return i

    def field_end(self, text: str, i: int) -> int:
        """Where the field name that begins at i ends: the place of a colon, exclamation mark or brace."""
        n = len(text)
        while i < n:
            c = text[i]
            if c == "{":
                raise self.fault("unexpected '{' in field name")
            if c == "[":
                i = text.find("]", i)
                if i < 0:
                    break
            elif c == "}" or c == ":" or c == "!":
                return i
            i += 1
        raise self.fault("expected '}' before end of string")

    def spec_end(self, text: str, i: int) -> int:
        """The place of the brace that ends the format spec beginning at i."""
        depth = 1
        while i < len(text):
            c = text[i]
            if c == "{":
                depth += 1
            elif c == "}":
                depth -= 1
                if depth == 0:
                    return i
            i += 1
        raise self.fault("unmatched '{' in format spec")

    # -------------------------------------------------------- the value
    def render(self, name: str, conversion: str, spec: str, depth: int) -> str:
        """The formatted value of one field."""
        m = self.m
        o: i64 = self.field(name)
        try:
            if conversion != "":
                converted: i64 = self.convert(o, conversion)
                decref(m, m.words, o)
                o = converted
            if "{" in spec:
                spec = self.build(spec, depth - 1)
            spec_text: i64 = new_str(m, spec)
            try:
                return take_text(m, m.format(o, spec_text))
            finally:
                decref(m, m.words, spec_text)
        finally:
            decref(m, m.words, o)

    def convert(self, o: i64, conversion: str) -> i64:
        """str(o), repr(o) or ascii(o), owned."""
        m = self.m
        if conversion == "s":
            return m.str(o)
        if conversion == "r":
            return m.repr(o)
        if conversion == "a":
            return new_str(m, ascii_text(take_text(m, m.repr(o))))
        if " " < conversion < "\x7f":
            raise self.fault(f"Unknown conversion specifier {conversion}")
        raise self.fault(f"Unknown conversion specifier \\x{ord(conversion):x}")

    def field(self, name: str) -> i64:
        """The object a field's name stands for, owned."""
        i = 0
        while i < len(name) and name[i] != "." and name[i] != "[":
            i += 1
        o: i64 = self.first(name[:i])
        while i < len(name):
            try:
                end = self.part_end(name, i)
                part = name[i + 1 : end]
                following: i64 = self.attribute(o, part) if name[i] == "." else self.item(o, part)
            finally:
                decref(self.m, self.m.words, o)
            o = following
            i = end if name[i] == "." else end + 1
        return o

    def part_end(self, name: str, i: int) -> int:
        """Where the attribute or item that begins at i, with its dot or bracket, ends."""
        start = i + 1
        if name[i] == ".":
            i = start
            while i < len(name) and name[i] != "." and name[i] != "[":
                i += 1
        elif name[i] == "[":
            i = name.find("]", start)
            if i < 0:
                raise self.fault("Missing ']' in format string")
        else:
            raise self.fault("Only '.' or '[' may follow ']' in format field specifier")
        if i == start:
            raise self.fault("Empty attribute in format string")
        return i

    def first(self, name: str) -> i64:
        """The argument a field begins with, owned."""
        m = self.m
        number = self.number(name)
        if name == "" or number >= 0:
            number = self.numbered(number)
            if self.at == 0:
                raise self.fault("Format string contains positional fields")
            if number >= self.n:
                raise m.error(
                    T_INDEX_ERROR, f"Replacement index {number} out of range for positional args tuple"
                )
            o: i64 = m.words[self.at + i64(number)]
            incref(m.words, o)
            return o
        key: i64 = new_str(m, name)
        try:
            if self.keywords == 0:
                raise m.error_object(T_KEY_ERROR, key)
            return m.get_item(self.keywords, key)
        finally:
            decref(m, m.words, key)

    def numbered(self, number: int) -> int:
        """The index of a positional field: `number`, or the next automatic one for -1."""
        wanted = NUMBERING_AUTOMATIC if number < 0 else NUMBERING_MANUAL
        if self.numbering == NUMBERING_UNKNOWN:
            self.numbering = wanted
        elif self.numbering != wanted:
            manual, automatic = "manual field specification", "automatic field numbering"
            old, new = (manual, automatic) if wanted == NUMBERING_AUTOMATIC else (automatic, manual)
            raise self.fault(f"cannot switch from {old} to {new}")
        if number >= 0:
            return number
        self.next_number += 1
        return self.next_number - 1

    def number(self, name: str) -> int:
        """The value of a name of decimal digits, -1 for any other; ValueError if it is too large."""
        if not name.isdecimal():
            return -1
        if len(name) > 19 or int(name) > MOST:
            raise self.fault("Too many decimal digits in format string")
        return int(name)

    def attribute(self, o: i64, name: str) -> i64:
        """getattr(o, name), owned."""
        m = self.m
        text: i64 = intern(m, name)
        try:
            return m.get_attribute(o, text)
        finally:
            decref(m, m.words, text)

    def item(self, o: i64, name: str) -> i64:
        """o[number] or o[name], owned."""
        m = self.m
        number = self.number(name)
        key: i64 = new_int_host(m, number) if number >= 0 else new_str(m, name)
        try:
            return m.get_item(o, key)
        finally:
            decref(m, m.words, key)
