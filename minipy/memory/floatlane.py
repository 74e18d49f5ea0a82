"""Slots of the float lane: handing out, giving back.

    floats   | 0.0 | 2.5 | next | 1e9 | 0.0 | 0.0 | ...
              slot 0  1     2      3   W_FLOAT_SLOTS: never used from here on
              none        W_FLOAT_SLOT_FREE

A free slot holds the number of the next free one, as a float; 0 ends the list. Slot 0 stays 0.0: it is what an object
has whose words are still all zero.

CPython counterpart: none; there a float's 8 bytes lie in the object (Objects/floatobject.c).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import W_FLOAT_SLOT_FREE, W_FLOAT_SLOTS
from minipy.memory.words import Heap


def float_slot(heap: Heap) -> i64:
    """A slot for one float, to be given back by free_float_slot. Reload heap.floats. Raises no_memory."""
    w = heap.words
    slot: i64 = w[W_FLOAT_SLOT_FREE]
    if slot != 0:
        w[W_FLOAT_SLOT_FREE] = i64(heap.floats[slot])
        return slot
    slot = w[W_FLOAT_SLOTS]
    if slot == len(heap.floats):
        try:
            heap.grow_floats()
        except MemoryError:
            raise heap.no_memory() from None
    w[W_FLOAT_SLOTS] = slot + 1
    return slot


def free_float_slot(heap: Heap, slot: i64) -> None:
    """Give a slot back; slot 0 is none."""
    if slot == 0:
        return
    w = heap.words
    heap.floats[slot] = float(w[W_FLOAT_SLOT_FREE])
    w[W_FLOAT_SLOT_FREE] = slot
