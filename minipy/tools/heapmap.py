"""A map of the heap: every block of an arena as a cell, pool by pool; every pool as a cell where there are many arenas.

    t tuple   l list   d dict   ...   # a buffer of one of these   + kept ready   . free     the legend, above and below
    pool 0x146000  blocks of 64 bytes, 60 of 63 in use
      tttttttttllltlttt.tt...

CPython counterpart: none; sys._debugmallocstats counts what this shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from minipy.memory.census import Found
from minipy.memory.layout import (
    ARENA_FRESH,
    OB_TYPE,
    POOL_CLASS,
    POOL_COUNT,
    POOL_HEADER,
    POOL_WORDS,
    TP_FLAGS,
    TPFLAGS_HEAPTYPE,
    TPFLAGS_TYPE,
    W_ARENA_WORDS,
    W_FLOAT_FREE,
    W_INT_FREE,
    W_INTERNED,
    WORD_BYTES,
)
from minipy.memory.owners import KEPT_READY, OWN_BLOCK, TYPE_BITS, held_by_arena, kept_ready, owners
from minipy.memory.usage import ArenaUsage, free_pools, usage
from minipy.memory.words import Heap
from minipy.tools import refs
from minipy.tools.heapview import name_of_type
from minipy.tools.screen import Line, Span
from minipy.tools.values import address_text, labelled_short

KINDS = {
    "int": ("i", "cyan"), "float": ("f", "cyan"), "bool": ("i", "cyan"), "complex": ("f", "cyan"),
    "str": ("s", "green"), "bytes": ("b", "green"), "bytearray": ("b", "green"), "tuple": ("t", "yellow"),
    "list": ("l", "bright_yellow"), "dict": ("d", "magenta"), "set": ("e", "bright_magenta"),
    "frozenset": ("e", "bright_magenta"), "function": ("F", "blue"), "code": ("C", "blue"),
    "generator": ("G", "bright_blue"), "cell": ("c", "bright_blue"), "type": ("T", "red"),
    "builtin_function_or_method": ("n", "blue"), "method_descriptor": ("n", "blue"),
    "wrapper_descriptor": ("n", "blue"), "getset_descriptor": ("n", "blue"), "member_descriptor": ("n", "blue"),
}  # fmt: skip
"""Letter and colour of a block by the type of the object in it."""
INSTANCE = ("o", "bright_red")
OTHER = ("x", "white")
BUFFER = ("#", "bright_black")
READY = ("+", "bright_cyan")
FREE = (".", "bright_black")
MEANINGS = {"o": "instance of a program's class", "x": "other object", "#": "buffer of an object",
            "+": "kept ready for an int or float", "n": "native function", ".": "free"}  # fmt: skip
FEW_ARENAS = 2
NAMED_HOLDERS = 3
MOST_TYPES = 4


def arenas_text(heap: Heap, found: Found, width: int) -> Iterator[Line]:
    """All arenas: each block a cell if there are few arenas, else each pool; what holds each one."""
    arenas = usage(heap.words).arenas
    held = held_by(heap, found)
    if len(arenas) <= FEW_ARENAS:
        for number in range(len(arenas)):
            yield from arena_text(heap, found, number, width)
        return
    yield pools_legend()
    for number, arena in enumerate(arenas):
        yield from head_text(heap, found, number, arena, held.get(arena.address, Counter()))
        yield "  " + "".join(fullness(heap, arena, pool) for pool in range(1, arena.pools + arena.free_pools + 1))
    yield pools_legend()


def pools_legend() -> str:
    """What the cells of pools mean."""
    return "Each cell a pool: . unused, 1 to 9 tenths of its blocks in use, # all; :heap map N shows the blocks"


def fullness(heap: Heap, arena: ArenaUsage, number: int) -> str:
    """The cell of a pool."""
    w = heap.words
    pool = arena.address + number * POOL_WORDS
    if pool >= w[arena.address + ARENA_FRESH] or pool in free_pools(w, arena.address):
        return "."
    room = (POOL_WORDS - POOL_HEADER) // int(2 * w[pool + POOL_CLASS])
    used = int(w[pool + POOL_COUNT])
    return "#" if used == room else str(max(1, min(9, 10 * used // room)))


def held_by(heap: Heap, found: Found) -> dict[int, Counter[str]]:
    """For each arena how many blocks objects of which type hold there, their buffers counted, too."""
    result: dict[int, Counter[str]] = {}
    for key, blocks in held_by_arena(found).items():
        arena, t = key >> TYPE_BITS, key & ((1 << TYPE_BITS) - 1)
        name = "kept ready" if t == KEPT_READY else name_of_type(heap, t)
        result.setdefault(arena, Counter())[name] += blocks
    return result


def head_text(heap: Heap, found: Found, number: int, arena: ArenaUsage, held: Counter[str]) -> list[str]:
    """Two lines about an arena: its figures, and what still holds it."""
    pools = arena.pools + arena.free_pools
    figures = (
        f"arena {number} at {address_text(arena.address)}: {arena.pools} of {pools} pools in use, "
        f"{arena.used:,} blocks of {arena.used_words * WORD_BYTES:,} bytes"
    )
    if not arena.used:
        return [figures, "  held by nothing: it is kept for what comes next"]
    if arena.used <= NAMED_HOLDERS:
        rows = owners(found, arena.address, arena.address + int(heap.words[W_ARENA_WORDS])).rows
        named = [holder_text(heap, found, owner) for owner in dict.fromkeys(rows[2::4])]
        return [figures, "  held by " + "; ".join(named)] if named else [figures, "  held by blocks kept ready"]
    parts = [f"{n:,} {name}" for name, n in held.most_common(MOST_TYPES)]
    rest = arena.used - sum(n for _, n in held.most_common(MOST_TYPES))
    return [figures, "  held by " + ", ".join(parts) + (f", {rest:,} others" if rest else "")]


def holder_text(heap: Heap, found: Found, owner: int) -> str:
    """An object that holds an arena, and who refers to it."""
    places = refs.references(heap, found, owner).places
    return labelled_short(heap, owner) + (f" ({places[0]})" if places else "")


# ---------------------------------------------------------------- one arena, block by block
def arena_text(heap: Heap, found: Found, number: int, width: int) -> Iterator[Line]:
    """The map of an arena: legend, pools with their blocks, totals, legend."""
    arena = usage(heap.words).arenas[number]
    cells = block_kinds(heap, found, arena)
    totals: Counter[Span] = Counter()
    sizes: Counter[Span] = Counter()
    held = held_by(heap, found).get(arena.address, Counter())
    yield from head_text(heap, found, number, arena, held)
    yield from legend(cells, width)
    w = heap.words
    free = free_pools(w, arena.address)
    unused = 0
    for pool in range(arena.address + POOL_WORDS, arena.address + int(w[W_ARENA_WORDS]), POOL_WORDS):
        if pool >= w[arena.address + ARENA_FRESH] or pool in free:
            unused += 1
            continue
        size = int(2 * w[pool + POOL_CLASS])
        row = [cells.get(a, FREE) for a in range(pool + POOL_HEADER, pool + POOL_WORDS - size + 1, size)]
        totals.update(row)
        sizes.update({cell: row.count(cell) * size * WORD_BYTES for cell in set(row)})
        used = f"{w[pool + POOL_COUNT]} of {len(row)} in use"
        yield f"pool {address_text(pool)}  blocks of {size * WORD_BYTES} bytes, {used}"
        yield from rows_of(row, width)
    yield f"{unused} pools unused"
    yield from totals_text(totals, sizes)
    yield from legend(cells, width)


def block_kinds(heap: Heap, found: Found, arena: ArenaUsage) -> dict[int, Span]:
    """Letter and colour of each block in use, by its address."""
    w = heap.words
    end = arena.address + int(w[W_ARENA_WORDS])
    rows = owners(found, arena.address, end).rows
    kinds = {int(w[W_INTERNED]): BUFFER}
    for register in (W_INT_FREE, W_FLOAT_FREE):
        kinds.update({block: READY for block in kept_ready(w, register)})
    for block, owner, what in zip(rows[::4], rows[2::4], rows[3::4], strict=True):
        kinds[block] = kind_of(heap, owner) if what == OWN_BLOCK else BUFFER
    return {block: kind for block, kind in kinds.items() if arena.address <= block < end}


def kind_of(heap: Heap, a: int) -> Span:
    """Letter and colour of an object."""
    w = heap.words
    t = int(w[a + OB_TYPE])
    if w[t + TP_FLAGS] & TPFLAGS_TYPE:
        return KINDS["type"]
    return KINDS.get(name_of_type(heap, t)) or (INSTANCE if w[t + TP_FLAGS] & TPFLAGS_HEAPTYPE else OTHER)


def rows_of(row: list[Span], width: int) -> Iterator[Line]:
    """The cells of a pool, as many in a line as fit."""
    room = max(8, (width - 4) // 8 * 8)
    for i in range(0, len(row), room):
        yield (("  ", ""), *row[i : i + room])


def legend(cells: dict[int, Span], width: int) -> Iterator[Line]:
    """The letters that occur, and what they mean."""
    line: list[Span] = []
    room = 0
    for kind in sorted({*cells.values(), FREE}):
        text = f" {meaning(kind)}"
        if line and len(text) + 3 > room:
            yield tuple(line)
            line = []
        if not line:
            room = width
        line += [("  ", ""), kind, (text, "")]
        room -= len(text) + 3
    yield tuple(line)


def meaning(kind: Span) -> str:
    """What a letter stands for."""
    if kind[0] in MEANINGS:
        return MEANINGS[kind[0]]
    return "/".join(name for name, span in KINDS.items() if span == kind)


def totals_text(totals: Counter[Span], sizes: Counter[Span]) -> list[Line]:
    """Blocks and bytes by letter: what counting the cells gives."""
    lines: list[Line] = []
    for kind in sorted(totals):
        text = f" {totals[kind]:6,} blocks  {sizes[kind]:9,} bytes  {meaning(kind)}"
        lines.append((("  ", ""), kind, (text, "")))
    return [*lines, f"    {sum(totals.values()):6,} blocks  {sum(sizes.values()):9,} bytes  in all"]
