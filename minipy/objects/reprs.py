"""The default texts of objects: addresses, `<X object at 0x...>`, quoted names.

CPython counterpart: object_repr of Objects/typeobject.c, the %p and %R of PyUnicode_FromFormat.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TP_CLASS, TP_MODULE, TP_QUALNAME, WORD_BYTES
from minipy.memory.words import Heap
from minipy.objects.unicodeobject import host_str, is_str


def address_text(o: i64) -> str:
    """id(o) as hexadecimal digits."""
    return hex(int(o * WORD_BYTES))


def full_type_name(heap: Heap, t: i64) -> str:
    """The class's qualified name, with its module unless that is builtins."""
    w = heap.words
    name = host_str(heap, w[t + TP_QUALNAME])
    module: i64 = w[t + TP_MODULE]
    if module == 0 or not is_str(w, module):
        return name
    text = host_str(heap, module)
    if text == "builtins":
        return name
    return text + "." + name


def default_repr(heap: Heap, o: i64) -> str:
    """<module.X object at 0x...>"""
    w = heap.words
    return "<" + full_type_name(heap, w[w[o + OB_TYPE] + TP_CLASS]) + " object at " + address_text(o) + ">"
