"""str % arguments: printf-style formatting.

    % (key) flags width .precision length conversion        e.g. %(price)-10.2f   %*d

`Printf` walks the format once; each conversion turns its argument into a host value and lets the host apply flags,
width and precision to that.

CPython counterpart: unicode_format_arg and its helpers in Objects/unicodeobject.c; the messages are its own.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, OB_TYPE, TP_SOLID, TUPLE_ITEMS
from minipy.memory.refcount import decref
from minipy.memory.statics import T_DICT, T_INT, T_OVERFLOW_ERROR, T_STR, T_TUPLE, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.bytesobject import is_bytes_like
from minipy.objects.floatobject import as_float
from minipy.objects.identifiers import ID_GETITEM
from minipy.objects.long_methods import to_int
from minipy.objects.longobject import check_bits, host_int, is_int
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import host_str, is_str, new_str, str_length

FLAGS: Final = "-+ #0"
INT_CONVERSIONS: Final = "diuoxX"
FLOAT_CONVERSIONS: Final = "eEfFgG"
LENGTH_MODIFIERS: Final = "hlL"
MOST: Final = (1 << 31) - 1
MOST_WORD: Final = (1 << 63) - 1


def printf(m: Machine, a: i64, arguments: i64) -> i64:
    """a % arguments of a str a, owned. May run program code (repr, str, __getitem__ ...)."""
    walk = Printf(m, host_str(m, a), arguments)
    try:
        return new_str(m, walk.run())
    finally:
        walk.release()


class Printf:
    """One formatting: the format, where it is read, and which argument is next."""

    m: Machine
    text: str
    i: int
    source: i64  # what the format is applied to (borrowed)
    mapping: i64  # the same if keys may be looked up in it, else 0
    single: i64  # the one argument, if there is no tuple; owned if it came from the mapping
    owned: bool
    index: i64  # arguments used
    count: i64  # of a tuple; -1: one argument
    size: int  # characters that width and precision ask for
    spec: str  # flags, width and precision of the conversion being read
    conversion: str

    def __init__(self, m: Machine, text: str, arguments: i64) -> None:
        w = m.words
        self.m = m
        self.text = text
        self.i = 0
        self.source = arguments
        self.mapping = 0
        self.single = arguments
        self.owned = False
        self.index = 0
        self.count = -1
        self.size = 0
        self.spec = ""
        self.conversion = ""
        solid: i64 = w[w[arguments + OB_TYPE] + TP_SOLID]
        if solid == T_TUPLE:
            self.count = w[arguments + OB_SIZE]
        elif solid == T_DICT:
            self.mapping = arguments
        elif not is_str(w, arguments):
            special: i64 = m.find_special(arguments, ID_GETITEM)
            if special != 0:
                decref(m, m.words, special)
                self.mapping = arguments

    def release(self) -> None:
        """Give up the argument that came from the mapping."""
        if self.owned:
            self.owned = False
            decref(self.m, self.m.words, self.single)

    def run(self) -> str:
        """The whole result."""
        parts: list[str] = []
        while True:
            start = self.i
            percent = self.text.find("%", start)
            if percent < 0:
                parts.append(self.text[start:])
                break
            parts.append(self.text[start:percent])
            self.i = percent + 1
            c = self.peek()
            if c == "%":
                self.i += 1
                parts.append("%")
            elif c == "s" or c == "d":
                self.i += 1
                parts.append(self.plain(c, self.next_argument()))
            else:
                self.read_specifier()
                parts.append(self.convert(self.next_argument()))
        unused = self.index < self.count or (self.count == -1 and self.index == 0)
        if unused and self.mapping == 0:
            raise self.m.error(T_TYPE_ERROR, f"not all arguments converted during {self.family()} formatting")
        return "".join(parts)

    def family(self) -> str:
        """What the result is called."""
        return "string"

    def key_object(self, key: str) -> i64:
        """The key of a mapping as an object, owned."""
        return new_str(self.m, key)

    # -------------------------------------------------------- reading a specifier
    def read_specifier(self) -> None:
        """Read what follows a % into `spec` and `conversion`, taking the arguments for `*`."""
        if self.peek() == "(":
            self.read_key()
        self.size = 0
        start = self.i
        while self.peek() != "" and self.peek() in FLAGS:
            self.i += 1
        self.spec = self.text[start : self.i]
        self.spec += self.read_number("width too big", False)
        if self.peek() == ".":
            self.i += 1
            self.spec += "." + self.read_number("precision too big", True)
        if self.peek() != "" and self.peek() in LENGTH_MODIFIERS:
            self.i += 1
        self.conversion = self.peek()
        if self.conversion == "":
            raise self.m.error(T_VALUE_ERROR, "incomplete format")
        self.i += 1

    def peek(self) -> str:
        """The next character, "" at the end."""
        return self.text[self.i] if self.i < len(self.text) else ""

    def read_key(self) -> None:
        """Read `(key)` and make its value the one argument."""
        m = self.m
        if self.mapping == 0:
            raise m.error(T_TYPE_ERROR, "format requires a mapping")
        start = self.i + 1
        depth = 1
        while depth > 0:
            self.i += 1
            c = self.peek()
            if c == "":
                raise m.error(T_VALUE_ERROR, "incomplete format key")
            if c == "(":
                depth += 1
            elif c == ")":
                depth -= 1
        key: i64 = self.key_object(self.text[start : self.i])
        self.i += 1
        try:
            value: i64 = m.get_item(self.mapping, key)
        finally:
            decref(m, m.words, key)
        self.release()
        self.single = value
        self.owned = True
        self.index = 0
        self.count = -1

    def read_number(self, complaint: str, is_precision: bool) -> str:
        """The digits of a width or precision, or those of the argument that `*` stands for."""
        if self.peek() == "*":
            self.i += 1
            return self.star(is_precision)
        start = self.i
        while "0" <= self.peek() <= "9":
            self.i += 1
        digits = self.text[start : self.i]
        if len(digits) > 9 and (int(digits) > MOST_WORD or (is_precision and int(digits) > MOST)):
            raise self.m.error(T_VALUE_ERROR, complaint)
        if digits != "":
            self.size = max(self.size, int(digits))
        return digits

    def star(self, is_precision: bool) -> str:
        """The next argument as width or precision; a negative width means left alignment."""
        m = self.m
        o: i64 = self.next_argument()
        if not is_int(m.words, o):
            raise m.error(T_TYPE_ERROR, "* wants int")
        v = host_int(m, o)
        if abs(v) > MOST_WORD or (is_precision and abs(v) > MOST):
            c_type = "int" if is_precision else "ssize_t"
            raise m.error(T_OVERFLOW_ERROR, f"Python int too large to convert to C {c_type}")
        self.size = max(self.size, abs(v))
        return str(max(v, 0)) if is_precision else str(v)

    def next_argument(self) -> i64:
        """The next argument, borrowed."""
        i = self.index
        if i >= self.count and (self.count >= 0 or i > 0):
            raise self.m.error(T_TYPE_ERROR, "not enough arguments for format string")
        self.index = i + 1
        return self.single if self.count < 0 else self.m.words[self.source + TUPLE_ITEMS + i]

    # -------------------------------------------------------- converting
    def plain(self, c: str, o: i64) -> str:
        """The text of one argument of %s or %d, the commonest conversions."""
        t: i64 = self.m.words[o + OB_TYPE]
        if t == T_STR and c == "s":
            return host_str(self.m, o)
        if t == T_INT:
            return str(host_int(self.m, o))
        self.size = 0
        self.spec = ""
        self.conversion = c
        return self.convert(o)

    def convert(self, o: i64) -> str:
        """The text of one argument."""
        c = self.conversion
        if c == "s":
            return self.fit(take_text(self.m, self.m.str(o)))
        if c == "r":
            return self.fit(take_text(self.m, self.m.repr(o)))
        if c == "a":
            return self.fit(ascii_text(take_text(self.m, self.m.repr(o))))
        if c in INT_CONVERSIONS:
            return self.convert_int(o)
        if c in FLOAT_CONVERSIONS:
            return self.apply_float(as_float(self.m, o))
        if c == "c":
            self.spec = self.spec.partition(".")[0]
            return self.fit(self.character(o))
        shown = c if "\x1f" <= c <= "~" else "?"
        raise self.m.error(
            T_VALUE_ERROR, f"unsupported format character '{shown}' (0x{ord(c):x}) at index {self.i - 1}"
        )

    def fit(self, s: str) -> str:
        """A text within width and precision."""
        if self.spec == "":
            return s
        check_bits(self.m, self.size * 8)
        return ("%" + self.spec + "s") % (s,)

    def apply_float(self, x: float) -> str:
        """A float as the specifier says."""
        check_bits(self.m, self.size * 8)
        return ("%" + self.spec + self.conversion) % (x,)

    def convert_int(self, o: i64) -> str:
        """An argument of %d, %x and their like."""
        m = self.m
        if is_int(m.words, o):
            v = host_int(m, o)
        else:
            v = self.integer(o)
        check_bits(m, self.size * 8)
        try:
            return ("%" + self.spec + self.conversion) % (v,)
        except ValueError as e:
            message = str(e)
        raise m.error(T_VALUE_ERROR, message)

    def integer(self, o: i64) -> int:
        """The host int of another object: truncated for %d, through __index__ for the other bases."""
        m = self.m
        c = self.conversion
        r: i64 = 0
        wanted = "a real number"
        if c in "oxX":
            wanted = "an integer"
            r = m.index_object(o)
        elif not is_str(m.words, o) and not is_bytes_like(m.words, o):
            try:
                r = to_int(m, o)
            except Raised:
                if not m.catch(T_TYPE_ERROR):
                    raise
        if r == 0:
            raise m.error(T_TYPE_ERROR, f"%{c} format: {wanted} is required, not {m.type_name(o)}")
        v = host_int(m, r)
        decref(m, m.words, r)
        return v

    def character(self, o: i64) -> str:
        """The argument of %c: a character or a code point."""
        m = self.m
        if is_str(m.words, o):
            if str_length(m.words, o) == 1:
                return host_str(m, o)
            raise m.error(T_TYPE_ERROR, "%c requires int or char")
        r: i64 = m.index_object(o)
        if r == 0:
            raise m.error(T_TYPE_ERROR, "%c requires int or char")
        v = host_int(m, r)
        decref(m, m.words, r)
        if v < 0 or v > 0x10FFFF:
            raise m.error(T_OVERFLOW_ERROR, "%c arg not in range(0x110000)")
        return chr(v)


def take_text(m: Machine, o: i64) -> str:
    """The host text of an owned str, which is released."""
    s = host_str(m, o)
    decref(m, m.words, o)
    return s


def ascii_text(s: str) -> str:
    """The text with escapes for all that is not ASCII, as ascii() writes it."""
    if s.isascii():
        return s
    return s.encode("ascii", "backslashreplace").decode("ascii")
