"""What the heap looks like, as data: by type, by pool, by generation, one object. tools/heaptext.py makes text of it.

Everything is read from the words through the structures the memory manager itself uses; nothing is allocated in the
heap, counted or moved by looking. Addresses in the data are word indices, as everywhere inside; `* WORD_BYTES` is what
a program's id() shows.

CPython counterpart: sys._debugmallocstats, gc.get_stats, gc.get_objects, sys.getsizeof.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from minipy.memory.check import check_lists
from minipy.memory.check_blocks import survey
from minipy.memory.check_objects import Graph, find_objects
from minipy.memory.gclist import gc_list_objects
from minipy.memory.layout import (
    GENERATION0,
    GENERATION_WORDS,
    HEAP_BASE,
    OB_REFCNT,
    OB_SIZE,
    OB_TYPE,
    POOL_CLASS,
    POOL_COUNT,
    POOL_HEADER,
    POOL_WORDS,
    SMALL_LIMIT,
    TP_BASICSIZE,
    TP_GC,
    TP_ITEMSIZE,
    TP_RAW1,
    TP_RAW1_SIZE,
    TP_RAW2,
    TP_RAW2_SIZE,
    W_ARENA_WORDS,
    W_GC_COUNT,
    W_GC_STATS,
    W_GC_THRESHOLD,
    W_HEAP_TOP,
    WORD_BYTES,
)
from minipy.memory.objalloc import is_tracked
from minipy.memory.traverse import reference_words
from minipy.memory.words import Heap
from minipy.tools.values import type_name

GENERATIONS = 3
STATS_WORDS = 3


class TypeRow(NamedTuple):
    """All live objects of one type in the heap; `size` in bytes, their buffers included."""

    name: str
    objects: int
    size: int


class ClassRow(NamedTuple):
    """The pools of one size class: blocks of `block` bytes, in use and free."""

    block: int
    pools: int
    used: int
    free: int


class Space(NamedTuple):
    """The whole heap, sizes in bytes. `free_size`: free blocks, wherever they are; unused pools included."""

    size: int
    arenas: int
    pools: int
    free_pools: int
    classes: list[ClassRow]
    large: int
    large_size: int
    free_size: int


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
    objects: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for a in live_objects(heap):
        name = type_name(heap, a)
        objects[name] += 1
        sizes[name] += object_size(heap, a)
    rows = [TypeRow(name, n, sizes[name]) for name, n in objects.items()]
    return sorted(rows, key=lambda row: (-row.size, row.name))


def object_size(heap: Heap, a: int) -> int:
    """Bytes of the object at `a`: collector's head, fixed part, items and the buffers it owns."""
    w = heap.words
    t = w[a + OB_TYPE]
    words = w[t + TP_BASICSIZE] + w[t + TP_GC]
    if w[t + TP_ITEMSIZE]:
        words += w[a + OB_SIZE]
    for pointer, size in ((TP_RAW1, TP_RAW1_SIZE), (TP_RAW2, TP_RAW2_SIZE)):
        if w[t + pointer] and w[a + w[t + pointer]]:
            words += w[a + w[t + size]]
    return int(words) * WORD_BYTES


def live_objects(heap: Heap) -> list[int]:
    """The addresses of all objects in the heap that can be reached or wait for the collector; no static ones."""
    w = heap.words
    census = survey(w)
    graph = Graph(w, census)
    find_objects(graph, check_lists(census, w))
    return sorted(a for a in graph.counts if a >= HEAP_BASE)


def space(heap: Heap) -> Space:
    """How the allocator has divided the heap."""
    w = heap.words
    census = survey(w)
    pools_of_an_arena = int(w[W_ARENA_WORDS]) // POOL_WORDS - 1
    pools = {a & -POOL_WORDS for a, words in census.live.items() if words <= SMALL_LIMIT}
    large = [words for words in census.live.values() if words > SMALL_LIMIT]
    return Space(
        size=int(w[W_HEAP_TOP] - HEAP_BASE) * WORD_BYTES,
        arenas=len(census.arenas),
        pools=len(pools),
        free_pools=len(census.arenas) * pools_of_an_arena - len(pools),
        classes=size_classes(heap, pools),
        large=len(large),
        large_size=sum(large) * WORD_BYTES,
        free_size=census.free_words * WORD_BYTES,
    )


def size_classes(heap: Heap, pools: set[int]) -> list[ClassRow]:
    """The pools by the size of their blocks, smallest first."""
    w = heap.words
    rows: dict[int, ClassRow] = {}
    for pool in pools:
        words = int(w[pool + POOL_CLASS]) * 2
        used = int(w[pool + POOL_COUNT])
        row = rows.get(words, ClassRow(words * WORD_BYTES, 0, 0, 0))
        room = (POOL_WORDS - POOL_HEADER) // words
        rows[words] = ClassRow(row.block, row.pools + 1, row.used + used, row.free + room - used)
    return [rows[words] for words in sorted(rows)]


def generations(heap: Heap) -> list[Generation]:
    """The collector's three generations, the youngest first."""
    w = heap.words
    rows = []
    for i, done in enumerate(collections(heap)):
        objects = len(gc_list_objects(w, GENERATION0 + i * GENERATION_WORDS))
        rows.append(Generation(i, objects, int(w[W_GC_COUNT + i]), int(w[W_GC_THRESHOLD + i]), done))
    return rows


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
        if a in gc_list_objects(w, GENERATION0 + i * GENERATION_WORDS):
            return i
    return None
