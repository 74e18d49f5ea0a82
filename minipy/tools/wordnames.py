"""What each word of an object is called: the names of memory/layout.py, found by the object's layout.

    LIST_LENGTH, LIST_ALLOCATED, LIST_ITEMS  -->  words 2, 3, 4 of a list: list_length, list_allocated, list_items

CPython counterpart: the field names of the structs in Include/cpython/*.h.
"""

from __future__ import annotations

from functools import cache

from minipy.memory import layout, layout_modules
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
    "ReferenceType": "WR_", "ProxyType": "WR_", "CallableProxyType": "WR_", "frame": "FRAME_OBJECT_", "deque": "DEQUE_",
    "itertool": "TOOL_", "getter": "GETTER_", "partial": "PARTIAL_", "_lru_cache_wrapper": "LRU_",
    "GenericAlias": "ALIAS_", "UnionType": "ALIAS_", "method-wrapper": "NATIVE_", "enumerate": "ITER_", "zip": "ITER_",
    "map": "ITER_", "filter": "ITER_", "reversed": "ITER_",
}  # fmt: skip
"""How the names of a type's words begin in memory/layout.py; of exceptions EXC_, of all other iterators ITER_."""


@cache
def prefixed(prefix: str) -> dict[int, str]:
    """The names of memory/layout.py (and layout_modules.py) that begin so, by value; the first of several."""
    found: dict[int, str] = {}
    for name, value in (*vars(layout).items(), *vars(layout_modules).items()):
        if name.startswith(prefix) and isinstance(value, int):
            found.setdefault(value, name.lower())
    return found


def field_names(heap: Heap, t: int) -> dict[int, str]:
    """The names of the words 2, 3, ... of an instance of the type at `t`, as far as they have one."""
    w = heap.words
    prefix = prefix_of(heap, t)
    basicsize = int(w[(t if prefix == "INSTANCE_" else w[t + TP_SOLID]) + TP_BASICSIZE])
    own = {at: name for at, name in prefixed(prefix).items() if OB_TYPE < at < basicsize} if prefix else {}
    if w[t + TP_ITEMSIZE]:
        own[OB_SIZE] = "ob_size"
    for offset, name in ((TP_DICTOFFSET, "__dict__"), (TP_WEAKLIST, "weaklist"), (TP_VALUES, "instance_values")):
        if w[t + offset]:
            own.setdefault(int(w[t + offset]), name)
    return own


def prefix_of(heap: Heap, t: int) -> str:
    """How the names of the words begin that an instance of the type at `t` has from its built-in base; "": no names."""
    solid = type_name_at(heap, int(heap.words[t + TP_SOLID]))
    if solid == "int" and heap.words[t + TP_ITEMSIZE]:
        return "BIG_"
    if layout.TPFLAGS_EXCEPTION & int(heap.words[t + layout.TP_FLAGS]):
        return "EXC_"
    return PREFIXES.get(solid, "ITER_" if solid.endswith("iterator") else "")


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

