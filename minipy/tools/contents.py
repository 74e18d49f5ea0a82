"""What a method did to the list, dict or set it was called on, in the words of the narrator.

    nodes.append([])        element 1 of [1] points to []
                              a new list at 0x1813d8
    nodes.pop()             element 1 of [1, []] points to nothing any more

The method is native: no instruction shows what it does. So the size before is compared with the size afterwards, and
at a list's end what lies there; a sort says nothing, nor does what a method put in place of something else.

CPython counterpart: none.
"""

from __future__ import annotations

from minipy.memory.layout import LIST_ITEMS, LIST_LENGTH, OB_REFCNT, OB_TYPE
from minipy.memory.statics import T_FROZENSET, T_LIST, T_TUPLE
from minipy.memory.words import Heap
from minipy.tools.brief import brief, is_static, visible_names
from minipy.tools.values import SIZES, address_text, counted, type_name

KINDS = set(SIZES) - {T_TUPLE, T_FROZENSET}


class Contents:
    """A list, dict or set as it is now."""

    def __init__(self, heap: Heap, a: int) -> None:
        w = heap.words
        self.address = a
        self.type = int(w[a + OB_TYPE])
        self.text = brief(heap, a)
        self.size = self.size_now(heap)
        self.last = self.last_now(heap)

    def size_now(self, heap: Heap) -> int:
        """The number of its elements or entries."""
        return int(heap.words[self.address + SIZES[self.type][0]])

    def last_now(self, heap: Heap) -> int:
        """What lies at a list's end; 0 of an empty list, and of what is no list."""
        w = heap.words
        n = int(w[self.address + LIST_LENGTH]) if self.type == T_LIST else 0
        return int(w[w[self.address + LIST_ITEMS] + n - 1]) if n else 0

    def told(self, heap: Heap) -> list[str]:
        """What became of it; nothing if it is as large as before."""
        grown = self.size_now(heap) - self.size
        last = self.last_now(heap)
        if self.type == T_LIST and grown == 1 and (last != self.last or is_static(heap, last)):
            return self.told_last(heap, last)
        if self.type == T_LIST and grown == -1 and last != self.last:
            return [f"element {self.size - 1} of {self.text} points to nothing any more"]
        if not grown:
            return []
        noun = SIZES[self.type][1]
        return [f"{self.text} has {counted(abs(grown), noun)} {'more' if grown > 0 else 'less'}"]

    def told_last(self, heap: Heap, last: int) -> list[str]:
        """Of the list's new element at its end."""
        detail = shared(heap, last)
        line = f"element {self.size} of {self.text} points to {brief(heap, last)}"
        return [line, f"  {detail}"] if detail else [line]


def shared(heap: Heap, a: int) -> str:
    """By which names the object is known, that it is new, or "": that is none of both."""
    if is_static(heap, a):
        return ""
    names = [name for name, bound in visible_names(heap).items() if bound == a]
    if names:
        return "the same object as " + " and ".join(names[:3])
    new = heap.words[a + OB_REFCNT] == 1
    return f"a new {type_name(heap, a)} at {address_text(a)}" if new else ""


def contents(heap: Heap, a: int) -> Contents | None:
    """Of the object at `a`, if it is of a kind that is told of."""
    return Contents(heap, a) if a and heap.words[a + OB_TYPE] in KINDS else None
