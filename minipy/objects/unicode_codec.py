"""Text to bytes and back: str.encode, bytes.decode. The host's codecs do the work.

CPython counterpart: PyUnicode_AsEncodedString and PyUnicode_Decode of Objects/unicodeobject.c, Python/codecs.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import TUPLE_ITEMS
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    T_LOOKUP_ERROR,
    T_UNICODE_DECODE_ERROR,
    T_UNICODE_ENCODE_ERROR,
    T_UNICODE_ERROR,
)
from minipy.memory.words import Raised
from minipy.objects.bytesobject import new_bytes
from minipy.objects.exceptions import new_exception, set_pending
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import new_tuple
from minipy.objects.unicodeerrors import init_fields
from minipy.objects.unicodeobject import new_str


def encode(m: Machine, text: str, encoding: str, errors: str) -> bytes:
    """text.encode(encoding, errors); the host's errors are CPython's."""
    try:
        return text.encode(encoding, errors)
    except (UnicodeError, LookupError) as e:
        fault = e
    if isinstance(fault, UnicodeEncodeError):
        raise coding_error(m, T_UNICODE_ENCODE_ERROR, fault, new_str(m, text))
    raise codec_error(m, fault)


def decode(m: Machine, data: bytes, encoding: str, errors: str) -> str:
    """data.decode(encoding, errors); the host's errors are CPython's."""
    try:
        return data.decode(encoding, errors)
    except (UnicodeError, LookupError) as e:
        fault = e
    if isinstance(fault, UnicodeDecodeError):
        raise coding_error(m, T_UNICODE_DECODE_ERROR, fault, new_bytes(m, data))
    raise codec_error(m, fault)


def codec_error(m: Machine, fault: Exception) -> Raised:
    """What the codec itself refuses, or that there is none of this name."""
    if isinstance(fault, LookupError):
        return m.error(T_LOOKUP_ERROR, str(fault.args[0]))
    return m.error(T_UNICODE_ERROR, str(fault))


def coding_error(m: Machine, kind: i64, fault: UnicodeEncodeError | UnicodeDecodeError, source: i64) -> Raised:
    """Make kind(encoding, source, start, end, reason) pending, as the host's fault says; source is stolen."""
    args: i64 = 0
    try:
        args = new_tuple(m, 5)
        m.words[args + TUPLE_ITEMS + 1] = source
        source = 0
        part: i64 = new_str(m, fault.encoding)
        m.words[args + TUPLE_ITEMS] = part
        part = new_int(m, fault.start)
        m.words[args + TUPLE_ITEMS + 2] = part
        part = new_int(m, fault.end)
        m.words[args + TUPLE_ITEMS + 3] = part
        part = new_str(m, fault.reason)
        m.words[args + TUPLE_ITEMS + 4] = part
        e: i64 = new_exception(m, kind, args)
        try:
            init_fields(m, e)
        except Raised:
            decref(m, m.words, e)
            raise
        set_pending(m, e)
    except Raised as no_memory:
        return no_memory
    finally:
        if source != 0:
            decref(m, m.words, source)
        if args != 0:
            decref(m, m.words, args)
    return Raised()
