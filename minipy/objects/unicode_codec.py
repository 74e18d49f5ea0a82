"""Text to bytes and back: str.encode, bytes.decode. The host's codecs do the work.

CPython counterpart: PyUnicode_AsEncodedString and PyUnicode_Decode of Objects/unicodeobject.c, Python/codecs.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.statics import (
    T_LOOKUP_ERROR,
    T_UNICODE_DECODE_ERROR,
    T_UNICODE_ENCODE_ERROR,
    T_UNICODE_ERROR,
)
from minipy.objects.machine import Machine


def encode(m: Machine, text: str, encoding: str, errors: str) -> bytes:
    """text.encode(encoding, errors); the host's errors are CPython's."""
    kind: i64 = T_LOOKUP_ERROR
    try:
        return text.encode(encoding, errors)
    except UnicodeEncodeError as e:
        kind = T_UNICODE_ENCODE_ERROR
        message = str(e)
    except UnicodeError as e:
        kind = T_UNICODE_ERROR
        message = str(e)
    except LookupError as e:
        message = str(e.args[0])
    raise m.error(kind, message)


def decode(m: Machine, data: bytes, encoding: str, errors: str) -> str:
    """data.decode(encoding, errors); the host's errors are CPython's."""
    kind: i64 = T_LOOKUP_ERROR
    try:
        return data.decode(encoding, errors)
    except UnicodeDecodeError as e:
        kind = T_UNICODE_DECODE_ERROR
        message = str(e)
    except UnicodeError as e:
        kind = T_UNICODE_ERROR
        message = str(e)
    except LookupError as e:
        message = str(e.args[0])
    raise m.error(kind, message)
