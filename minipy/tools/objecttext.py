"""One object as text: where it lies, every word by name, its bytes, what it refers to and what refers to it.

CPython counterpart: gdb's x command beside Include/object.h; sys.getsizeof, id, gc.get_referents.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from minipy.memory.census import Found
from minipy.memory.layout import (
    FLOAT_SLOT,
    GC_FINALIZED,
    GC_REFS,
    GC_REFS_ONE,
    GC_REFS_REACHABLE,
    HEAP_BASE,
    OB_REFCNT,
    OB_TYPE,
    POOL_ARENA,
    POOL_CLASS,
    POOL_WORDS,
    SMALL_LIMIT,
    TP_BASICSIZE,
    TP_GC,
    TP_RAW1,
    TP_RAW1_SIZE,
    TP_RAW2,
    TP_RAW2_SIZE,
    TP_SOLID,
    WORD_BYTES,
)
from minipy.memory.objalloc import is_tracked
from minipy.memory.sizes import object_words
from minipy.memory.statics import T_FLOAT
from minipy.memory.traverse import reference_words
from minipy.memory.words import Heap
from minipy.tools import heapview, refs
from minipy.tools.heaptext import count_text
from minipy.tools.places import Places
from minipy.tools.values import address_text, labelled, preview, type_name
from minipy.tools.wordnames import word_name

MOST_WORDS = 24
MOST_REFERENCES = 12
ROW_WORDS = 2
WIDE = 80
"""Columns that a row of so many words needs in a hex dump; where there are fewer, a row has one word."""
MOST_LOOKED_AT = 100
"""References among which are all that words and buffers show, however many an object has."""
Row = TypeVar("Row")


def object_text(heap: Heap, found: Found, a: int, allocated: str, width: int = WIDE) -> list[str]:
    """All about the object at `a`; `allocated`: where it was allocated, in words."""
    place = heapview.generation_of(heap, a)
    generation = "not tracked" if place is None else f"{place}, tracked"
    if not heap.words[heap.words[a + OB_TYPE] + TP_GC]:
        generation = "none: the collector does not know objects of this type"
    head = [
        f"  object          {preview(heap, a)}",
        f"  type            {type_name(heap, a)}",
        f"  address         {address_text(a)}",
        *block_text(heap, a),
        f"  reference count {count_text(int(heap.words[a + OB_REFCNT]))}",
        f"  generation      {generation}",
        f"  size            {heapview.object_size(heap, a)} bytes",
        f"  allocated       {allocated}",
    ]
    references = reference_words(heap.words, a)
    first = set(references[:MOST_LOOKED_AT])
    return [
        *head,
        *words_text(heap, a, first),
        *buffers_text(heap, a, first),
        *dump_text(heap, a, ROW_WORDS if width >= WIDE else 1),
        *links_text(heap, found, a, references),
    ]


def block_text(heap: Heap, a: int) -> list[str]:
    """The block the object lies in: size class, pool and arena."""
    w = heap.words
    t = w[a + OB_TYPE]
    words = int(object_words(w, a, t))
    start = a - int(w[t + TP_GC])
    if a < HEAP_BASE:
        return [f"  block           none: static, {words * WORD_BYTES} bytes, never freed"]
    if words > SMALL_LIMIT:
        return [f"  block           large, {words * WORD_BYTES} bytes from {address_text(start)} on"]
    pool = start // POOL_WORDS * POOL_WORDS
    size = int(w[pool + POOL_CLASS]) * 2 * WORD_BYTES
    where = f"pool {address_text(pool)}, arena {address_text(int(w[pool + POOL_ARENA]))}"
    return [f"  block           at {address_text(start)}, {where}", f"  size class      {size} bytes"]


# ---------------------------------------------------------------- words
def words_text(heap: Heap, a: int, references: set[int]) -> list[str]:
    """Each word of the object's own block with its name and what it means."""
    w = heap.words
    t = w[a + OB_TYPE]
    words = int(object_words(w, a, t))
    start = a - int(w[t + TP_GC])
    lines = ["  words"]
    for at in range(start, start + words):
        if at - start == MOST_WORDS:
            lines.append(f"    ... {words - MOST_WORDS} more words ...")
            break
        name = word_name(heap, a, at) or item_name(heap, a, at)
        lines.append(f"    {address_text(at)}  {name:18} {meaning(heap, a, at, at in references)}")
    return lines


def item_name(heap: Heap, a: int, at: int) -> str:
    """What to call a word that no field of the layout names: an item, or data."""
    first = a + int(heap.words[heap.words[a + OB_TYPE] + TP_BASICSIZE])
    return f"[{at - first}]" if at >= first else ""


def meaning(heap: Heap, a: int, at: int, reference: bool) -> str:
    """The word's value, and what it stands for."""
    w = heap.words
    value = int(w[at])
    if at == a + OB_REFCNT:
        return count_text(value)
    if reference or at == a + OB_TYPE:
        return labelled(heap, value) if value else "0: none"
    if at == a + GC_REFS and w[w[a + OB_TYPE] + TP_GC]:
        return gc_refs_text(heap, a)
    if at < a:
        return address_text(value)
    if at == a + FLOAT_SLOT and w[w[a + OB_TYPE] + TP_SOLID] == T_FLOAT:
        return f"{value}: slot of the float lane, which holds {heap.floats[value]!r}"
    t = w[a + OB_TYPE]
    if at - a in (w[t + TP_RAW1], w[t + TP_RAW2]) and value:
        return f"{address_text(value)}: the buffer below"
    return str(value)


def gc_refs_text(heap: Heap, a: int) -> str:
    """The collector's word of an object."""
    word = int(heap.words[a + GC_REFS])
    state = word & -GC_REFS_ONE
    text = "reachable" if state == GC_REFS_REACHABLE else "untracked" if not is_tracked(heap.words, a) else str(state)
    return text + (", finalized" if word & GC_FINALIZED else "")


def buffers_text(heap: Heap, a: int, references: set[int]) -> list[str]:
    """The raw buffers that the object owns."""
    w = heap.words
    t = w[a + OB_TYPE]
    lines: list[str] = []
    for pointer, size in ((TP_RAW1, TP_RAW1_SIZE), (TP_RAW2, TP_RAW2_SIZE)):
        if not w[t + pointer] or not w[a + w[t + pointer]]:
            continue
        start, n = int(w[a + w[t + pointer]]), int(w[a + w[t + size]])
        lines.append(f"  buffer {word_name(heap, a, a + int(w[t + pointer]))}: {n * WORD_BYTES} bytes")
        for at in range(start, start + min(n, MOST_WORDS)):
            value = int(w[at])
            text = labelled(heap, value) if at in references and value else str(value)
            lines.append(f"    {address_text(at)}  [{at - start}]".ljust(35) + text)
        if n > MOST_WORDS:
            lines.append(f"    ... {n - MOST_WORDS} more words ...")
    return lines


# ---------------------------------------------------------------- bytes
def dump_text(heap: Heap, a: int, row_words: int) -> list[str]:
    """The bytes of the object's own block, as a hex dump."""
    w = heap.words
    t = w[a + OB_TYPE]
    words = int(object_words(w, a, t))
    start = a - int(w[t + TP_GC])
    lines = ["  bytes"]
    shown = min(words, MOST_WORDS)
    for at in range(start, start + shown, row_words):
        lines.append("    " + dump_row(heap, at, min(row_words, start + shown - at), row_words))
    if words > shown:
        lines.append(f"    ... {(words - shown) * WORD_BYTES} more bytes ...")
    return lines


def dump_row(heap: Heap, at: int, n: int, row_words: int) -> str:
    """`n` words from `at` on, of at most `row_words`: address, bytes, characters."""
    data = b"".join(int(heap.words[i]).to_bytes(8, "little", signed=True) for i in range(at, at + n))
    octets = " ".join(data[i : i + 8].hex(" ") for i in range(0, len(data), 8))
    letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in data)
    return f"{address_text(at)}  {octets:{row_words * 24 - 1}}  {letters}"


# ---------------------------------------------------------------- references
def links_text(heap: Heap, found: Found, a: int, references: list[int]) -> list[str]:
    """What the object refers to, and where references to it are."""
    places = Places(heap)
    w = heap.words
    first = [at for at in references[:MOST_LOOKED_AT] if w[at]]
    total = len(first) + max(0, len(references) - MOST_LOOKED_AT)
    shown = shortened(first, lambda at: f"{part(places, a, at):18} {labelled(heap, int(w[at]))}", total)
    lines = ["  refers to", *shown]
    back = refs.references(heap, found, a)
    return [*lines, "  referred to by", *shortened(back.places, str, back.found)]


def part(places: Places, a: int, at: int) -> str:
    """The place of a reference inside the object, without the object's own name."""
    return places.name(a, at).removesuffix(f" of {places.label(a)}")


def shortened(rows: list[Row], text: Callable[[Row], str], total: int = 0) -> list[str]:
    """The first rows as lines, and how many more there are."""
    total = total or len(rows)
    lines = [f"    {text(row)}".rstrip() for row in rows[:MOST_REFERENCES]] or ["    nothing"]
    return [*lines, f"    ... and {total - MOST_REFERENCES:,} more"] if total > MOST_REFERENCES else lines
