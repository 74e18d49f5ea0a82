"""bytes % arguments: printf-style formatting of bytes and bytearrays, which are read as latin-1 text meanwhile.

CPython counterpart: _PyBytes_FormatEx of Objects/bytesobject.c; the messages are its own.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TP_SOLID
from minipy.memory.refcount import decref
from minipy.memory.statics import T_OVERFLOW_ERROR, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.bytes_parts import made
from minipy.objects.bytesobject import host_bytes, is_bytes_like, new_bytes, special_bytes
from minipy.objects.floatobject import as_float
from minipy.objects.identifiers import ID_BYTES
from minipy.objects.longobject import host_int
from minipy.objects.machine import Machine
from minipy.objects.printf import FLOAT_CONVERSIONS, INT_CONVERSIONS, Printf, ascii_text, take_text


def bytes_printf(m: Machine, a: i64, arguments: i64) -> i64:
    """a % arguments of bytes or a bytearray a, owned. May run program code."""
    kind: i64 = m.words[m.words[a + OB_TYPE] + TP_SOLID]
    walk = BytesPrintf(m, host_bytes(m, a).decode("latin-1"), arguments)
    if is_bytes_like(m.words, arguments):
        walk.mapping = 0
    try:
        return made(m, kind, walk.run().encode("latin-1"))
    finally:
        walk.release()


class BytesPrintf(Printf):
    """One formatting, whose text is latin-1."""

    def family(self) -> str:
        """What the result is called."""
        return "bytes"

    def key_object(self, key: str) -> i64:
        """The key of a mapping as an object, owned."""
        return new_bytes(self.m, key.encode("latin-1"))

    def plain(self, c: str, o: i64) -> str:
        """The text of one argument of %s or %d."""
        self.size = 0
        self.spec = ""
        self.conversion = c
        return self.convert(o)

    def convert(self, o: i64) -> str:
        """The text of one argument."""
        m = self.m
        c = self.conversion
        if c == "s" or c == "b":
            return self.fit(contents(m, c, o).decode("latin-1"))
        if c == "r" or c == "a":
            return self.fit(ascii_text(take_text(m, m.repr(o))))
        if c in INT_CONVERSIONS:
            return self.convert_int(o)
        if c in FLOAT_CONVERSIONS:
            return self.apply_float(float_argument(m, o))
        if c == "c":
            self.spec = self.spec.partition(".")[0]
            return self.fit(byte_character(m, o))
        raise m.error(T_VALUE_ERROR, f"unsupported format character '{c}' (0x{ord(c):x}) at index {self.i - 1}")


def contents(m: Machine, c: str, o: i64) -> bytes:
    """The argument of %b or %s."""
    if is_bytes_like(m.words, o):
        return host_bytes(m, o)
    special: i64 = m.find_special(o, ID_BYTES)
    if special != 0:
        return special_bytes(m, special)
    text = f"%b requires a bytes-like object, or an object that implements __bytes__, not '{m.type_name(o)}'"
    raise m.error(T_TYPE_ERROR, text)


def float_argument(m: Machine, o: i64) -> float:
    """The argument of %f and its like."""
    try:
        return as_float(m, o)
    except Raised:
        if not m.catch(T_TYPE_ERROR):
            raise
    raise m.error(T_TYPE_ERROR, f"float argument required, not {m.type_name(o)}")


def byte_character(m: Machine, o: i64) -> str:
    """The argument of %c: a byte, or bytes of length 1."""
    if is_bytes_like(m.words, o):
        data = host_bytes(m, o)
        if len(data) == 1:
            return data.decode("latin-1")
    else:
        i: i64 = m.index_object(o)
        if i != 0:
            v = host_int(m, i)
            decref(m, m.words, i)
            if v < 0 or v > 255:
                raise m.error(T_OVERFLOW_ERROR, "%c arg not in range(256)")
            return chr(v)
    raise m.error(T_TYPE_ERROR, "%c requires an integer in range(256) or a single byte")
