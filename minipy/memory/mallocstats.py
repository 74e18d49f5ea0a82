"""CPython's table of its allocator, filled with minipy's figures: what sys._debugmallocstats prints.

CPython counterpart: _PyObject_DebugMallocStats (Objects/obmalloc.c). Arenas lose their first pool to a header here, to
alignment there; the lines about large blocks have no counterpart: those are the C library's there.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    BLOCK_HEADER,
    POOL_HEADER,
    POOL_WORDS,
    SIZE_CLASSES,
    SMALL_LIMIT,
    W_ARENA_WORDS,
    W_ARENAS_ALLOCATED,
    W_ARENAS_HIGHEST,
    W_FLOAT_FREE,
    W_INT_FREE,
    WORD_BYTES,
)
from minipy.memory.usage import Usage, usage
from minipy.memory.words import vec


def debug_malloc_stats(w: vec[i64]) -> str:
    """The whole text. Its bytes from "allocated blocks" to "block headers" add up to the heap, the Total."""
    u = usage(w)
    lines = [f"Small block threshold = {SMALL_LIMIT * WORD_BYTES}, in {SIZE_CLASSES - 1} size classes.", ""]
    lines += [*class_lines(u), "", *arena_lines(w, len(u.arenas)), "", *byte_lines(u), ""]
    lines += [ready_line("int", chain_length(w, w[W_INT_FREE])), ready_line("float", chain_length(w, w[W_FLOAT_FREE]))]
    return "\n".join(lines) + "\n"


def class_lines(u: Usage) -> list[str]:
    """The size classes that have pools."""
    lines = ["class   size   num pools   blocks in use  avail blocks"]
    lines.append("-----   ----   ---------   -------------  ------------")
    for c, pools in enumerate(u.pools):
        if pools:
            lines.append(f"{c - 1:5} {2 * c * WORD_BYTES:6} {pools:11} {u.used[c]:15} {u.free[c]:13}")
    return lines


def arena_lines(w: vec[i64], arenas: int) -> list[str]:
    """The arenas, now and ever."""
    made = int(w[W_ARENAS_ALLOCATED])
    size = int(w[W_ARENA_WORDS]) * WORD_BYTES
    return [
        figure("# arenas allocated total", made),
        figure("# arenas reclaimed", made - arenas),
        figure("# arenas highwater mark", int(w[W_ARENAS_HIGHEST])),
        figure("# arenas allocated current", arenas),
        figure(f"{arenas} arenas * {size} bytes/arena", arenas * size),
    ]


def byte_lines(u: Usage) -> list[str]:
    """Where every byte of the heap is."""
    unused = sum(arena.free_pools for arena in u.arenas)
    words = [
        ("# bytes in allocated blocks", sum(2 * c * n for c, n in enumerate(u.used))),
        ("# bytes in available blocks", sum(2 * c * n for c, n in enumerate(u.free))),
        (f"{unused} unused pools * {POOL_WORDS * WORD_BYTES} bytes", unused * POOL_WORDS),
        ("# bytes lost to pool headers", sum(u.pools) * POOL_HEADER),
        ("# bytes lost to quantization", u.tail_words),
        ("# bytes lost to arena headers", len(u.arenas) * POOL_WORDS),
        (f"# bytes in {u.large} large blocks", u.large_words),
        (f"# bytes in {u.free_large} free blocks", u.free_large_words),
        ("# bytes lost to block headers", (u.large + u.free_large) * BLOCK_HEADER),
    ]
    words.append(("Total", sum(n for _, n in words)))
    return [figure(label, n * WORD_BYTES) for label, n in words]


def figure(label: str, number: int) -> str:
    """A figure behind what it says."""
    return f"{label:<35}={number:21,}"


def ready_line(name: str, number: int) -> str:
    """The blocks of one type that are kept ready."""
    size = 4 * WORD_BYTES
    label = f"{number} free {name}s * {size} bytes each"
    return f"{label:>47} ={number * size:21,}"


def chain_length(w: vec[i64], a: i64) -> int:
    """How many blocks are linked through their word 0, from `a` on."""
    n = 0
    while a != 0:
        n += 1
        a = w[a]
    return n
