"""Objects in the words of a narration: "10", "[1, 2, 'ab']", "a Node object"; what is bound to names; what is freed.

All of it is read from the words. A block is known to be free because its pool's free list, or the list of int or
float blocks kept ready, holds it: asked right after the instruction that may have freed it, that is exact.

CPython counterpart: none.
"""

from __future__ import annotations

from minipy.memory.census import search
from minipy.memory.layout import (
    FUNC_GLOBALS,
    HEAP_BASE,
    IMMORTAL,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    POOL_FREE,
    POOL_HIDDEN,
    POOL_WORDS,
    SMALL_LIMIT,
    TP_GC,
    TUPLE_ITEMS,
    W_FLOAT_FREE,
    W_INT_FREE,
    WORD_BYTES,
)
from minipy.memory.sizes import object_words
from minipy.memory.stack import record_header, records
from minipy.memory.statics import T_DICT, T_FLOAT, T_FUNCTION, T_INT, T_LIST, T_TUPLE, T_TYPE
from minipy.memory.traverse import referents
from minipy.memory.words import Heap
from minipy.objects.unicodeobject import host_str
from minipy.tools import lookup
from minipy.tools.values import SIZES, address_text, preview
from minipy.vm.names import local_name

VOWELS = "AEIOaeio"
FEW = 4
MOST_FOLLOWED = 100
"""So many objects that a dying one may take along are looked at."""
MOST_READY = 300
"""So far the lists of blocks kept ready are searched."""


def brief(heap: Heap, a: int, depth: int = 1) -> str:
    """The value in few words; a short list, tuple or dict with what is in it."""
    w = heap.words
    t = int(w[a + OB_TYPE])
    if t == T_LIST or t == T_TUPLE:
        n, at = (LIST_LENGTH, int(w[a + LIST_ITEMS])) if t == T_LIST else (OB_SIZE, a + TUPLE_ITEMS)
        if depth and w[a + n] <= FEW:
            inside = ", ".join(brief(heap, int(w[i]), 0) for i in range(at, at + int(w[a + n])) if w[i])
            return f"[{inside}]" if t == T_LIST else f"({inside}{',' * (w[a + n] == 1)})"
    elif t == T_DICT and depth and len(entries := list(lookup.items(heap, a))) <= FEW:
        return "{" + ", ".join(f"{brief(heap, k, 0)}: {brief(heap, v, 0)}" for k, v in entries) + "}"
    text = preview(heap, a)
    if t in (T_FUNCTION, T_TYPE):
        return f"the {text.replace('type', 'class', 1)}"
    article = "an" if text[:1] in VOWELS else "a"
    return f"{article} {text}" if t in SIZES or text.endswith(" object") else text


# ---------------------------------------------------------------- names
def visible_names(heap: Heap) -> dict[str, int]:
    """The names a reader sees now, and what they are bound to: globals, over them the running record's variables."""
    w = heap.words
    bases = records(w)
    if not bases:
        found = lookup.namespace(heap, "__main__")
    else:
        found = lookup.names(heap, int(w[w[bases[0] - 1] + FUNC_GLOBALS]))
        found.update(variables(heap, bases[0]))
    return {name: a for name, a in found.items() if not name.startswith("__")}


def variables(heap: Heap, base: int) -> dict[str, int]:
    """The variables of the record at `base` that have a value."""
    w = heap.words
    size = int(record_header(w, base)) - base
    return {host_str(heap, local_name(w, base, i)): int(w[base + i]) for i in range(size) if w[base + i]}


def is_static(heap: Heap, a: int) -> bool:
    """Whether the object is one of those that are always there."""
    return a < HEAP_BASE or bool(heap.words[a + OB_REFCNT] >= IMMORTAL // 2)


# ---------------------------------------------------------------- what is freed, what is not
class Block:
    """An object that may be freed, and what to say of it then: its words are gone by that time."""

    def __init__(self, heap: Heap, a: int) -> None:
        w = heap.words
        self.type = int(w[a + OB_TYPE])
        self.address = a
        self.text = brief(heap, a)
        self.start = a - int(w[self.type + TP_GC])
        self.words = int(object_words(w, a, self.type))

    def is_free(self, heap: Heap) -> bool:
        """Whether it was freed by what ran just now."""
        w = heap.words
        if self.type in (T_INT, T_FLOAT):
            return on_list(heap, int(w[W_INT_FREE if self.type == T_INT else W_FLOAT_FREE]), self.start)
        if self.words > SMALL_LIMIT:
            return bool(w[self.address + OB_REFCNT] <= 0)
        pool = self.start // POOL_WORDS * POOL_WORDS
        return on_list(heap, int(w[pool + POOL_FREE] or w[pool + POOL_HIDDEN]), self.start)

    def whereabouts(self) -> str:
        """Where its block went."""
        size = (self.words + 1) // 2 * 2 * WORD_BYTES
        if self.type in (T_INT, T_FLOAT):
            kind = "int" if self.type == T_INT else "float"
            return f"its block of {size} bytes at {address_text(self.start)} is kept ready for the next {kind}"
        if self.words > SMALL_LIMIT:
            return f"its large block at {address_text(self.start)} is free again"
        pool = address_text(self.start // POOL_WORDS * POOL_WORDS)
        return f"its block of {size} bytes at {address_text(self.start)} went back to pool {pool}"


def on_list(heap: Heap, first: int, block: int) -> bool:
    """Whether a block is on a list linked through word 0."""
    steps = 0
    while first and steps < MOST_READY:
        if first == block:
            return True
        first = int(heap.words[first])
        steps += 1
    return False


def following(heap: Heap, objects: list[int]) -> list[int]:
    """These objects and what they refer to, as far as it is not static; MOST_FOLLOWED at most."""
    order = [a for a in dict.fromkeys(objects) if a and not is_static(heap, a)]
    seen = set(order)
    for a in order:
        for child in referents(heap.words, a):
            if child not in seen and not is_static(heap, child) and len(order) < MOST_FOLLOWED:
                seen.add(child)
                order.append(child)
    return order


def is_cyclic_garbage(heap: Heap, a: int) -> bool:
    """Whether no root leads to the object: a cycle holds it, and its count is not 0."""
    found = search(heap, a)
    return bool(found.index(a) >= found.reachable)
