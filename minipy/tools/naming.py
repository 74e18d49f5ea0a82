"""Which object a learner means by a name, a dotted name or an address, by reading words alone: no attribute is looked
up, no property runs.

    x             a global of `__main__`, or a built-in name
    node.next     an attribute of the object itself, or of its class
    0x14e8a8      what id() gives, in hexadecimal

CPython counterpart: none; getattr() may run code of the program.
"""

from __future__ import annotations

from minipy.memory.census import Found
from minipy.memory.layout import (
    MODULE_DICT,
    OB_SIZE,
    OB_TYPE,
    TP_CLASS,
    TP_DICT,
    TP_DICTOFFSET,
    TP_FLAGS,
    TP_KEYS,
    TP_MRO,
    TP_VALUES,
    TPFLAGS_TYPE,
    TUPLE_ITEMS,
    WORD_BYTES,
)
from minipy.memory.statics import T_DICT, T_MODULE
from minipy.memory.words import Heap
from minipy.objects.longobject import host_int
from minipy.tools import lookup
from minipy.tools.brief import brief


def address(text: str) -> int | None:
    """The word address that a text such as 0x14e8a8 means, None if it is not such a text."""
    try:
        value = int(text, 16) if text[:2].lower() == "0x" else -1
    except ValueError:
        return None
    return value // WORD_BYTES if value >= 0 and value % WORD_BYTES == 0 else None


def object_at(found: Found, heap: Heap, text: str) -> tuple[int, str]:
    """The object that a name, a dotted name or an address means, or 0 and a sentence that says what is wrong."""
    if text[:1].isdecimal():
        a = address(text)
        if a is None:
            return 0, f"{text} is no address: it is a multiple of 8, written as id() in hexadecimal, 0x..."
        return (a, "") if found.knows(a) else (0, f"no object begins at {text}")
    a = dotted_name(heap, text)
    if a or "." not in text:
        return (a, "") if a else (0, f"the name {text!r} is not bound to anything")
    owner, _, name = text.rpartition(".")
    b, fault = object_at(found, heap, owner)
    return 0, fault or f"{brief(heap, b)} has no attribute {name!r} that could be looked up without running anything"


def dotted_name(heap: Heap, text: str) -> int:
    """What a name, or an attribute of what stands before its last dot, is bound to; 0: nothing."""
    first, *path = text.split(".")
    a = lookup.global_object(heap, first)
    for name in path:
        a = attributes(heap, a).get(name, 0) if a else 0
    return a


def attributes(heap: Heap, a: int) -> dict[str, int]:
    """The attributes of an object and of its class, and their values: no descriptor is asked."""
    return class_attributes(heap, a) | own_attributes(heap, a)


def own_attributes(heap: Heap, a: int) -> dict[str, int]:
    """The attributes of the object itself, and their values."""
    w = heap.words
    t = int(w[a + OB_TYPE])
    if t == T_MODULE:
        return lookup.names(heap, int(w[a + MODULE_DICT]))
    if w[t + TP_FLAGS] & TPFLAGS_TYPE:
        return inherited(heap, a)
    values = int(w[a + w[t + TP_VALUES]]) if w[t + TP_VALUES] else 0
    if values:
        keys = lookup.names(heap, int(w[t + TP_KEYS]))
        count = int(w[a + w[t + TP_VALUES] + 1])
        places = {name: host_int(heap, index) for name, index in keys.items()}
        return {name: int(w[values + i]) for name, i in places.items() if i < count and w[values + i]}
    d = int(w[a + w[t + TP_DICTOFFSET]]) if w[t + TP_DICTOFFSET] else 0
    return lookup.names(heap, d) if d and w[d + OB_TYPE] == T_DICT else {}


def class_attributes(heap: Heap, a: int) -> dict[str, int]:
    """The attributes of the object's class."""
    w = heap.words
    return inherited(heap, int(w[w[a + OB_TYPE] + TP_CLASS]))


def inherited(heap: Heap, t: int) -> dict[str, int]:
    """What the type and its bases define."""
    w = heap.words
    mro = int(w[t + TP_MRO])
    found: dict[str, int] = {}
    for i in range(int(w[mro + OB_SIZE]) if mro else 0):
        base = int(w[mro + TUPLE_ITEMS + i])
        if w[base + TP_DICT]:
            found = lookup.names(heap, int(w[base + TP_DICT])) | found
    return found
