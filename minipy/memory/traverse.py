"""Walking an object's references by its type's layout descriptor.

    slots   TP_NSLOTS references from a + TP_SLOTS on
    items   ob_size references from a + TP_ITEMS on
    buffer  at w[a + TP_BUF]: w[a + TP_BUF_COUNT] entries of TP_BUF_STRIDE words, references from TP_BUF_FIRST on
    type    an instance of a heap type also refers to its type

The collector's visitors are numbers, not functions: `traverse` reads the descriptor, `visit_range` does with each
range of references what the visitor says. A reference is the address of an object, or 0.

CPython counterpart: tp_traverse and visitproc; there each type has its own traverse function.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.gclist import gc_list_move
from minipy.memory.layout import (
    GC_REFS,
    GC_REFS_ONE,
    GC_REFS_TENTATIVELY_UNREACHABLE,
    OB_SIZE,
    OB_TYPE,
    TP_BUF,
    TP_BUF_COUNT,
    TP_BUF_FIRST,
    TP_BUF_STRIDE,
    TP_FLAGS,
    TP_GC,
    TP_ITEMS,
    TP_NSLOTS,
    TP_SLOTS,
    TPFLAGS_HEAPTYPE,
)
from minipy.memory.words import vec

VISIT_DECREF: Final = 0
"""Take one reference off the child's gc_refs, if the child is being collected."""
VISIT_REACHABLE: Final = 1
"""The child is reachable: if it was thought unreachable, move it back; make sure its own references get visited."""


def traverse(w: vec[i64], a: i64, visitor: i64, young: i64) -> None:
    """Show all references of the object `a` to a visitor; `young` is the list VISIT_REACHABLE moves objects to."""
    t: i64 = w[a + OB_TYPE]
    n: i64 = w[t + TP_NSLOTS]
    at: i64
    if n != 0:
        at = a + w[t + TP_SLOTS]
        visit_range(w, at, at + n, visitor, young)
    at = w[t + TP_BUF]
    if at != 0:
        visit_buffer(w, a, t, visitor, young)
    at = w[t + TP_ITEMS]
    if at != 0:
        visit_range(w, a + at, a + at + w[a + OB_SIZE], visitor, young)
    if w[t + TP_FLAGS] & TPFLAGS_HEAPTYPE != 0:
        visit_range(w, a + OB_TYPE, a + OB_TYPE + 1, visitor, young)


def visit_buffer(w: vec[i64], a: i64, t: i64, visitor: i64, young: i64) -> None:
    """Show the references in the buffer of the object `a` of type `t` to a visitor."""
    p: i64 = w[a + w[t + TP_BUF]]
    if p == 0:
        return
    stride: i64 = w[t + TP_BUF_STRIDE]
    end: i64 = p + w[a + w[t + TP_BUF_COUNT]] * stride
    if stride == 1:
        visit_range(w, p, end, visitor, young)
        return
    first: i64 = w[t + TP_BUF_FIRST]
    while p < end:
        visit_range(w, p + first, p + stride, visitor, young)
        p += stride


def visit_range(w: vec[i64], i: i64, end: i64, visitor: i64, young: i64) -> None:
    """Show the references in [i, end) to a visitor."""
    if visitor == VISIT_DECREF:
        while i < end:
            visit_decref(w, w[i])
            i += 1
    else:
        while i < end:
            visit_reachable(w, w[i], young)
            i += 1


def visit_decref(w: vec[i64], a: i64) -> None:
    """One reference to `a` comes from inside the generation that is collected."""
    if a != 0 and w[w[a + OB_TYPE] + TP_GC] != 0:
        refs: i64 = w[a + GC_REFS]
        if refs >= GC_REFS_ONE:
            w[a + GC_REFS] = refs - GC_REFS_ONE


def visit_reachable(w: vec[i64], a: i64, young: i64) -> None:
    """Something reachable refers to `a`. Only counts and TENTATIVELY_UNREACHABLE mean it is being collected."""
    if a != 0 and w[w[a + OB_TYPE] + TP_GC] != 0:
        refs: i64 = w[a + GC_REFS]
        if refs >= 0:
            if refs < GC_REFS_ONE:
                w[a + GC_REFS] = refs + GC_REFS_ONE
        elif refs & -GC_REFS_ONE == GC_REFS_TENTATIVELY_UNREACHABLE:
            w[a + GC_REFS] = refs - GC_REFS_TENTATIVELY_UNREACHABLE + GC_REFS_ONE
            gc_list_move(w, a, young)


# ---------------------------------------------------------------- for tools and `clear`
def reference_words(w: vec[i64], a: i64) -> list[int]:
    """The addresses of all words of the object `a` that hold references, 0 or not; not its ob_type."""
    t: i64 = w[a + OB_TYPE]
    words: list[int] = []
    at: i64 = a + w[t + TP_SLOTS]
    append_range(words, at, at + w[t + TP_NSLOTS])
    at = w[t + TP_BUF]
    if at != 0 and w[a + at] != 0:
        stride: i64 = w[t + TP_BUF_STRIDE]
        p: i64 = w[a + at]
        end: i64 = p + w[a + w[t + TP_BUF_COUNT]] * stride
        while p < end:
            append_range(words, p + w[t + TP_BUF_FIRST], p + stride)
            p += stride
    at = w[t + TP_ITEMS]
    if at != 0:
        append_range(words, a + at, a + at + w[a + OB_SIZE])
    return words


def append_range(words: list[int], i: i64, end: i64) -> None:
    """Append the addresses of [i, end)."""
    while i < end:
        words.append(int(i))
        i += 1


def referents(w: vec[i64], a: i64) -> list[int]:
    """The objects that `a` refers to, its type included if it owns a reference to it; borrowed, with repetitions."""
    found: list[int] = [int(w[i]) for i in reference_words(w, a) if w[i] != 0]
    t: i64 = w[a + OB_TYPE]
    if w[t + TP_FLAGS] & TPFLAGS_HEAPTYPE != 0:
        found.append(int(t))
    return found
