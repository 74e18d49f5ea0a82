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
from minipy.objects.unicodeobject import new_str


def encode(m: Machine, text: str, encoding: str, errors: str) -> bytes:
    """text.encode(encoding, errors); the host's errors are CPython's."""
    kind: i64 = T_LOOKUP_ERROR
    try:
        return text.encode(encoding, errors)
    except UnicodeEncodeError as e:
        kind = T_UNICODE_ENCODE_ERROR
        codec, start, end, message = e.encoding, e.start, e.end, e.reason
    except UnicodeError as e:
        kind = T_UNICODE_ERROR
        message = str(e)
    except LookupError as e:
        message = str(e.args[0])
    if kind == T_UNICODE_ENCODE_ERROR:
        raise coding_error(m, kind, codec, new_str(m, text), start, end, message)
    raise m.error(kind, message)


def decode(m: Machine, data: bytes, encoding: str, errors: str) -> str:
    """data.decode(encoding, errors); the host's errors are CPython's."""
    kind: i64 = T_LOOKUP_ERROR
    try:
        return data.decode(encoding, errors)
    except UnicodeDecodeError as e:
        kind = T_UNICODE_DECODE_ERROR
        codec, start, end, message = e.encoding, e.start, e.end, e.reason
    except UnicodeError as e:
        kind = T_UNICODE_ERROR
        message = str(e)
    except LookupError as e:
        message = str(e.args[0])
    if kind == T_UNICODE_DECODE_ERROR:
        raise coding_error(m, kind, codec, new_bytes(m, data), start, end, message)
    raise m.error(kind, message)


def coding_error(m: Machine, kind: i64, codec: str, source: i64, start: int, end: int, reason: str) -> Raised:
    """Make kind(codec, source, start, end, reason) pending; source is stolen."""
    args: i64 = 0
    try:
        args = new_tuple(m, 5)
        m.words[args + TUPLE_ITEMS + 1] = source
        source = 0
        part: i64 = new_str(m, codec)
        m.words[args + TUPLE_ITEMS] = part
        part = new_int(m, start)
        m.words[args + TUPLE_ITEMS + 2] = part
        part = new_int(m, end)
        m.words[args + TUPLE_ITEMS + 3] = part
        part = new_str(m, reason)
        m.words[args + TUPLE_ITEMS + 4] = part
        set_pending(m, new_exception(m, kind, args))
    except Raised as no_memory:
        return no_memory
    finally:
        if source != 0:
            decref(m, m.words, source)
        if args != 0:
            decref(m, m.words, args)
    return Raised()
