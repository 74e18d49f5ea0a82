"""What each word of an object is called: the names of memory/layout.py, found by the object's layout.

    LIST_LENGTH, LIST_ALLOCATED, LIST_ITEMS  -->  words 2, 3, 4 of a list: list_length, list_allocated, list_items

CPython counterpart: the field names of the structs in Include/cpython/*.h.
"""

from __future__ import annotations

from functools import cache

from minipy.memory import layout, weakref
from minipy.memory.layout import (
    GC_HEAD_WORDS,
    OB_SIZE,
    OB_TYPE,
    TP_BASICSIZE,
    TP_DICTOFFSET,
    TP_ITEMSIZE,
    TP_SOLID,
    TP_VALUES,
    TP_WEAKLIST,
    W_ROOTS,
    W_ROOTS_END,
)
from minipy.memory.words import Heap
from minipy.tools.values import type_name

HEADER = ("ob_refcnt", "ob_type")
HEAD = ("gc_next", "gc_prev", "gc_refs")
PREFIXES = {
    "int": "INT_", "bool": "INT_", "float": "FLOAT_", "complex": "COMPLEX_", "str": "STR_", "bytes": "BYTES_",
    "bytearray": "LIST_", "tuple": "TUPLE_", "list": "LIST_", "dict": "DICT_", "set": "SET_", "frozenset": "SET_",
    "range": "RANGE_", "slice": "RANGE_", "cell": "CELL_", "code": "CO_", "function": "FUNC_", "type": "TP_",
    "builtin_function_or_method": "NATIVE_", "method": "METHOD_", "method_descriptor": "NATIVE_",
    "wrapper_descriptor": "NATIVE_", "getset_descriptor": "NATIVE_", "member_descriptor": "NATIVE_",
    "property": "PROPERTY_", "staticmethod": "WRAPPED_", "classmethod": "WRAPPED_", "super": "SUPER_",
    "module": "MODULE_", "generator": "GEN_", "traceback": "TB_", "dict_keys": "VIEW_", "dict_values": "VIEW_",
    "dict_items": "VIEW_", "Random": "RANDOM_", "object": "INSTANCE_", "mappingproxy": "WRAPPED_",
    "ReferenceType": "WR_", "ProxyType": "WR_", "CallableProxyType": "WR_",
}  # fmt: skip
"""How the names of a type's words begin in memory/layout.py; of exceptions EXC_, of iterators ITER_."""


@cache
def prefixed(prefix: str) -> dict[int, str]:
    """The names of memory/layout.py (and weakref.py) that begin so, by value; the first of several."""
    found: dict[int, str] = {}
    for name, value in (*vars(layout).items(), *vars(weakref).items()):
        if name.startswith(prefix) and isinstance(value, int):
            found.setdefault(value, name.lower())
    return found


def field_names(heap: Heap, t: int) -> dict[int, str]:
    """The names of the words 2, 3, ... of an instance of the type at `t`, as far as they have one."""
    w = heap.words
    basicsize = int(w[t + TP_BASICSIZE])
    solid = type_name_at(heap, int(w[t + TP_SOLID]))
    prefix = PREFIXES.get(solid) or ("EXC_" if layout.TPFLAGS_EXCEPTION & int(w[t + layout.TP_FLAGS]) else "ITER_")
    if solid == "int" and w[t + TP_ITEMSIZE]:
        prefix = "BIG_"
    own = {at: name for at, name in prefixed(prefix).items() if OB_TYPE < at < basicsize}
    if w[t + TP_ITEMSIZE]:
        own[OB_SIZE] = "ob_size"
    for offset, name in ((TP_DICTOFFSET, "__dict__"), (TP_WEAKLIST, "weaklist"), (TP_VALUES, "instance_values")):
        if w[t + offset]:
            own.setdefault(int(w[t + offset]), name)
    return own


def type_name_at(heap: Heap, t: int) -> str:
    """`__name__` of the type at `t`."""
    from minipy.objects.unicodeobject import host_str

    return host_str(heap, heap.words[t + layout.TP_QUALNAME])


def word_name(heap: Heap, a: int, at: int) -> str:
    """The name of the word at `at` in the own block of the object at `a`; "" if it has none."""
    t = int(heap.words[a + OB_TYPE])
    offset = at - a
    if offset < 0:
        return HEAD[offset + GC_HEAD_WORDS] if offset >= -GC_HEAD_WORDS else field_names(heap, t).get(offset, "")
    return HEADER[offset] if offset < len(HEADER) else field_names(heap, t).get(offset, "")


def register_name(at: int) -> str:
    """The name of a register of the control block, as in memory/layout.py."""
    if W_ROOTS <= at < W_ROOTS_END:
        return prefixed("W_").get(at, f"w_roots + {at - W_ROOTS}")
    return prefixed("W_").get(at, f"word {at}")


__all__ = ["HEAD", "HEADER", "field_names", "register_name", "type_name", "word_name"]
