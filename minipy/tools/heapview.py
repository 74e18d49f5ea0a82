"""What the heap looks like, as data: by type, by pool, by generation, one object. tools/heaptext.py makes text of it.

Everything is read from the words through the structures the memory manager itself uses; nothing is allocated in the
heap, counted or moved by looking. Addresses in the data are word indices, as everywhere inside; `* WORD_BYTES` is what
a program's id() shows.

CPython counterpart: sys._debugmallocstats, gc.get_stats, gc.get_objects, sys.getsizeof.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from minipy.memory.census import Found, census, totals
from minipy.memory.gclist import gc_list_holds, gc_list_size
from minipy.memory.layout import (
    GENERATION0,
    GENERATION_WORDS,
    HEAP_BASE,
    OB_REFCNT,
    OB_TYPE,
    POOL_WORDS,
    STACK_BASE,
    TP_CLASS,
    TP_GC,
    TP_QUALNAME,
    W_GC_COUNT,
    W_GC_STATS,
    W_GC_THRESHOLD,
    W_HEAP_TOP,
    W_SP,
    WORD_BYTES,
)
from minipy.memory.objalloc import is_tracked
from minipy.memory.sizes import buffer_words, object_words
from minipy.memory.traverse import reference_words
from minipy.memory.usage import usage
from minipy.memory.words import Heap
from minipy.objects.unicodeobject import host_str
from minipy.tools.values import type_name

GENERATIONS = 3
STATS_WORDS = 3


class TypeRow(NamedTuple):
    """All live objects of one type in the heap; `size` in bytes, their buffers included."""

    name: str
    objects: int
    size: int


class Live(NamedTuple):
    """All objects in the heap by type; `garbage`: how many wait, unreachable, for the collector; `rounded`: bytes that
    their blocks are larger than what they asked for."""

    rows: list[TypeRow]
    garbage: int
    rounded: int


class ClassRow(NamedTuple):
    """The pools of one size class: blocks of `block` bytes, in use and free."""

    block: int
    pools: int
    used: int
    free: int


class Space(NamedTuple):
    """The whole heap, sizes in bytes, so that

        size == used_size + large_size + free_blocks + free_pool_size + free_large + headers + tails

    `used_size`: small blocks in use. `free_blocks`: free blocks in pools in use. `tails`: what is left over in pools
    because no whole block fits. `free_size`: all that is free.
    """

    size: int
    arenas: int
    pools: int
    free_pools: int
    classes: list[ClassRow]
    used_size: int
    large: int
    large_size: int
    free_blocks: int
    free_pool_size: int
    free_large: int
    headers: int
    tails: int

    @property
    def free_size(self) -> int:
        """Bytes that are free, wherever they are."""
        return self.free_blocks + self.free_pool_size + self.free_large


class Collections(NamedTuple):
    """What the collections of one generation have done so far."""

    collections: int
    collected: int


class Generation(NamedTuple):
    """One generation of the collector; `counter` is generation.count."""

    number: int
    objects: int
    counter: int
    threshold: int
    done: Collections


class Object(NamedTuple):
    """One object; `generation` is None for what the collector does not track, `size` is in bytes."""

    address: int
    type_name: str
    refcount: int
    generation: int | None
    size: int
    references: list[int]


def types(heap: Heap) -> list[TypeRow]:
    """The live objects of the heap by type, what takes most memory first."""
    return live(heap, census(heap)).rows


def live_now(heap: Heap) -> Live:
    """The same of a census made for it."""
    return live(heap, census(heap))


def live(heap: Heap, found: Found) -> Live:
    """The objects of a census by type, what takes most memory first."""
    objects: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    counted = totals(found)
    for t, n in counted.objects.items():
        name = name_of_type(heap, t)
        objects[name] += n
        sizes[name] += counted.words[t] * WORD_BYTES
    rows = [TypeRow(name, n, sizes[name]) for name, n in objects.items()]
    rows.sort(key=lambda row: (-row.size, row.name))
    return Live(rows, counted.garbage, counted.rounded * WORD_BYTES)


def name_of_type(heap: Heap, t: int) -> str:
    """What type(o).__name__ gives for an instance of the type at `t`."""
    w = heap.words
    return host_str(heap, w[w[t + TP_CLASS] + TP_QUALNAME])


def object_size(heap: Heap, a: int) -> int:
    """Bytes of the object at `a`: collector's head, fixed part, items and the buffers it owns."""
    w = heap.words
    t = w[a + OB_TYPE]
    return int(object_words(w, a, t) + buffer_words(w, a, t)) * WORD_BYTES


def live_objects(heap: Heap) -> list[int]:
    """The addresses of all objects in the heap that can be reached or wait for the collector; no static ones."""
    found = census(heap)
    return sorted(int(found.objects[i]) for i in range(int(found.found)) if found.objects[i] >= HEAP_BASE)


def space(heap: Heap) -> Space:
    """How the allocator has divided the heap."""
    w = heap.words
    figures = usage(w)
    used = [2 * size_class * n for size_class, n in enumerate(figures.used)]
    free = [2 * size_class * n for size_class, n in enumerate(figures.free)]
    free_pools = sum(arena.free_pools for arena in figures.arenas)
    return Space(
        size=int(w[W_HEAP_TOP] - HEAP_BASE) * WORD_BYTES,
        arenas=len(figures.arenas),
        pools=sum(figures.pools),
        free_pools=free_pools,
        classes=[
            ClassRow(2 * c * WORD_BYTES, pools, figures.used[c], figures.free[c])
            for c, pools in enumerate(figures.pools)
            if pools
        ],
        used_size=sum(used) * WORD_BYTES,
        large=figures.large,
        large_size=figures.large_words * WORD_BYTES,
        free_blocks=sum(free) * WORD_BYTES,
        free_pool_size=free_pools * POOL_WORDS * WORD_BYTES,
        free_large=figures.free_large_words * WORD_BYTES,
        headers=figures.header_words * WORD_BYTES,
        tails=figures.tail_words * WORD_BYTES,
    )


def stack_bytes(heap: Heap) -> int:
    """Bytes of the run-time stack in use; the first two words never are a record's."""
    return max(0, int(heap.words[W_SP]) - STACK_BASE - 2) * WORD_BYTES


def generations(heap: Heap) -> list[Generation]:
    """The collector's three generations, the youngest first."""
    w = heap.words
    rows = []
    for i, done in enumerate(collections(heap)):
        rows.append(Generation(i, generation_size(heap, i), int(w[W_GC_COUNT + i]), int(w[W_GC_THRESHOLD + i]), done))
    return rows


def generation_size(heap: Heap, generation: int) -> int:
    """How many objects are in a generation."""
    return int(gc_list_size(heap.words, GENERATION0 + generation * GENERATION_WORDS))


def collections(heap: Heap) -> list[Collections]:
    """How often each generation was collected, and what that gave."""
    w = heap.words
    stats = range(W_GC_STATS, W_GC_STATS + GENERATIONS * STATS_WORDS, STATS_WORDS)
    return [Collections(int(w[at]), int(w[at + 1])) for at in stats]


def describe(heap: Heap, a: int) -> Object:
    """The object at the word address `a`."""
    w = heap.words
    return Object(
        address=a,
        type_name=type_name(heap, a),
        refcount=int(w[a + OB_REFCNT]),
        generation=generation_of(heap, a),
        size=object_size(heap, a),
        references=[int(w[i]) for i in reference_words(w, a) if w[i]],
    )


def generation_of(heap: Heap, a: int) -> int | None:
    """The number of the generation the object is in; None if it is not tracked or frozen."""
    w = heap.words
    if not w[w[a + OB_TYPE] + TP_GC] or not is_tracked(w, a):
        return None
    for i in range(GENERATIONS):
        if gc_list_holds(w, GENERATION0 + i * GENERATION_WORDS, a):
            return i
    return None
