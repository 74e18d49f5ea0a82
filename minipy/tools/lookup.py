"""Finding objects by name or by address, by reading words alone: nothing is interned, hashed or counted.

CPython counterpart: none; `locals()[name]` would make and count objects.
"""

from __future__ import annotations

from collections.abc import Iterator

from minipy.memory.census import Found
from minipy.memory.layout import DICT_NENTRIES, MODULE_DICT, OB_TYPE, W_BUILTINS, W_MODULES, WORD_BYTES
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


def address(text: str) -> int | None:
    """The word address that a text such as 0x20e8a8 means, None if it is not such a text."""
    try:
        value = int(text, 16) if text[:2].lower() == "0x" else -1
    except ValueError:
        return None
    return value // WORD_BYTES if value >= 0 and value % WORD_BYTES == 0 else None


def object_at(found: Found, heap: Heap, text: str) -> tuple[int, str]:
    """The object that a name or an address means, or 0 and a sentence that says what is wrong."""
    if text[:1].isdecimal():
        a = address(text)
        if a is None:
            return 0, f"{text} is no address: it is a multiple of 8, written as id() in hexadecimal, 0x..."
        return (a, "") if found.knows(a) else (0, f"no object begins at {text}")
    a = global_object(heap, text)
    return (a, "") if a else (0, f"the name {text!r} is not bound to anything")
