"""Finding objects by name, by reading words alone: nothing is interned, hashed or counted.

CPython counterpart: none; `locals()[name]` would make and count objects.
"""

from __future__ import annotations

from collections.abc import Iterator

from minipy.memory.layout import DICT_NENTRIES, MODULE_DICT, OB_TYPE, W_BUILTINS, W_MODULES
from minipy.memory.statics import T_MODULE, T_STR
from minipy.memory.words import Heap
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, entry_at
from minipy.objects.unicodeobject import host_str


def items(heap: Heap, d: int) -> Iterator[tuple[int, int]]:
    """The keys and values (addresses) of the dict at `d`, in order."""
    w = heap.words
    for number in range(int(w[d + DICT_NENTRIES])):
        entry = int(entry_at(w, d, number))
        if w[entry + ENTRY_KEY]:
            yield int(w[entry + ENTRY_KEY]), int(w[entry + ENTRY_VALUE])


def names(heap: Heap, d: int) -> dict[str, int]:
    """The str keys of the dict at `d`, and the addresses of their values."""
    w = heap.words
    return {host_str(heap, key): value for key, value in items(heap, d) if w[key + OB_TYPE] == T_STR}


def modules(heap: Heap) -> dict[str, int]:
    """The modules of sys.modules by name."""
    w = heap.words
    if not w[W_MODULES]:
        return {}
    found = names(heap, int(w[W_MODULES]))
    return {name: module for name, module in found.items() if w[module + OB_TYPE] == T_MODULE}


def namespace(heap: Heap, module: str) -> dict[str, int]:
    """The names of a module, and what they are bound to; empty if there is no such module."""
    found = modules(heap).get(module)
    return names(heap, int(heap.words[found + MODULE_DICT])) if found else {}


def global_object(heap: Heap, name: str) -> int:
    """What a global of `__main__`, else a built-in name, is bound to; 0: nothing."""
    found = namespace(heap, "__main__").get(name)
    if not found and heap.words[W_BUILTINS]:
        found = names(heap, int(heap.words[W_BUILTINS])).get(name)
    return found or 0
