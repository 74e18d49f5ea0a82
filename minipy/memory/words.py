"""The address space: one array of words, one of floats, and bulk access to both.

    words   |null|control|types|statics|run-time stack| heap: block | block | ... |  reserved, not yet there
            0                                         HEAP_BASE            W_HEAP_TOP           W_HEAP_LIMIT
    floats  |0.0| slot 1 | slot 2 | ...     payloads of float objects, which keep their slot's number

Room for W_HEAP_LIMIT words is reserved at the start and costs nothing until it is used; `Heap.grow` extends the array
in place. A stale local `w` therefore sees the same memory, and past its own end an IndexError instead of garbage:
reload `w = heap.words` after a call that may allocate.

Invariants
- len(words) >= W_HEAP_TOP; W_HEAP_TOP and W_HEAP_LIMIT are multiples of W_ARENA_WORDS.
- A word holds a signed 64-bit value, also uncompiled. The host is little-endian (text is packed into words).

CPython counterpart: none; this is the process's memory, PyMem_RawMalloc and PyMem_RawRealloc.
"""

from __future__ import annotations

from typing import Final, cast

from mypy_extensions import i64

from minipy.memory.hoststack import native_levels
from minipy.memory.layout import (
    ARENA_WORDS,
    GC_NEXT,
    GC_PREV,
    GENERATION0,
    GENERATION_WORDS,
    HEAP_BASE,
    HOOK_DISTANCE,
    STACK_BASE,
    STACK_END,
    TINY_ARENA_WORDS,
    W_ALLOC_HOOK,
    W_ARENA_WORDS,
    W_EXC_INFO,
    W_EXC_VALUE,
    W_FLOAT_SLOTS,
    W_GC_ENABLED,
    W_GC_THRESHOLD,
    W_GC_TRIGGER,
    W_GUARD,
    W_HEAP_LIMIT,
    W_HEAP_TOP,
    W_HIGHEST_TOP,
    W_MAX_STR_DIGITS,
    W_NATIVE_LIMIT,
    W_RECURSION_LIMIT,
    W_SP,
    WORD_BYTES,
    WRCB_TO_CALL,
)
from minipy.memory.options import Options
from minipy.memory.vecs import extend
from minipy.memory.vecs import vec as vec

INTERPRETED: Final = __file__.endswith(".py")
"""Uncompiled, `vec` is a list (see memory/vecs.py); compiled it is packed and has a buffer."""
if INTERPRETED:
    from array import array
SHORT_TEXT: Final = 128
"""Bytes up to which write_bytes goes one by one."""
FLOAT_GROWTH: Final = 4096
GUARD_WORDS: Final = 1
"""Words a guarded block has at least behind its owner's (memory/guards.py)."""
TINY_STACK_WORDS: Final = 4096
"""Words of the run-time stack under the switch tiny_stack: its upper end."""
NEVER: Final = 1 << 60
LEAST_RESERVATION: Final = HEAP_BASE + 64 * ARENA_WORDS


class Raised(Exception):
    """A minipy exception is in flight; it waits in W_PENDING. The only host exception that crosses functions."""


class Heap:
    """The two lanes of one machine, its options, and what the memory manager asks of the layers above."""

    words: vec[i64]
    floats: vec[float]
    options: Options
    zeros: vec[i64]
    float_zeros: vec[float]

    def __init__(self, options: Options) -> None:
        """Reserve the space; the control block is set up and the heap empty. The static objects are not built here."""
        self.options = options
        arena: i64 = TINY_ARENA_WORDS if options.tiny_arenas else ARENA_WORDS
        room: i64 = options.heap_limit // WORD_BYTES // int(arena) * int(arena)
        self.reserve(HEAP_BASE + max(room, arena))
        self.zeros = vec[i64](memoryview(bytes(WORD_BYTES * TINY_ARENA_WORDS)).cast("q"))
        self.float_zeros = vec[float](memoryview(bytes(WORD_BYTES * FLOAT_GROWTH)).cast("d"))
        w = self.words
        w[W_ARENA_WORDS] = arena
        w[W_HEAP_TOP] = HEAP_BASE
        w[W_HIGHEST_TOP] = HEAP_BASE
        w[W_SP] = STACK_END - TINY_STACK_WORDS if options.tiny_stack else STACK_BASE
        if options.guard:
            w[W_GUARD] = GUARD_WORDS
            w[W_ALLOC_HOOK] = HOOK_DISTANCE
        w[W_EXC_INFO] = W_EXC_VALUE
        w[W_FLOAT_SLOTS] = 1
        w[W_RECURSION_LIMIT] = options.recursion_limit
        w[W_MAX_STR_DIGITS] = 4300  # as in CPython
        w[W_NATIVE_LIMIT] = options.native_limit or native_levels()
        w[W_GC_ENABLED] = 1 if options.gc_enabled else 0
        for g in range(3):
            w[W_GC_THRESHOLD + g] = options.gc_thresholds[g]
        empty_lists(w)
        self.set_gc_trigger()

    def reserve(self, limit: i64) -> None:
        """Make both lanes with room for `limit` words, or for as many as the platform grants."""
        while True:
            try:
                self.words = vec[i64](memoryview(bytes(WORD_BYTES * HEAP_BASE)).cast("q"), capacity=limit)
                self.floats = vec[float](memoryview(bytes(WORD_BYTES)).cast("d"), capacity=limit // 4 + FLOAT_GROWTH)
                break
            except MemoryError:
                if limit <= LEAST_RESERVATION:
                    raise
                limit = max(limit // 2 & -ARENA_WORDS, LEAST_RESERVATION)
        self.words[W_HEAP_LIMIT] = limit

    def grow(self, top: i64) -> None:
        """Make the words below `top` (at most W_HEAP_LIMIT) addressable. Callers reload heap.words."""
        w = self.words
        while len(w) < top:
            w = extend(w, self.zeros)
        self.words = w

    def grow_floats(self) -> None:
        """Add FLOAT_GROWTH slots to the float lane. Callers reload heap.floats."""
        self.floats = extend(self.floats, self.float_zeros)

    def set_gc_trigger(self) -> None:
        """Set W_GC_TRIGGER from the collector's settings; call it after changing one."""
        w = self.words
        threshold: i64 = w[W_GC_THRESHOLD]
        if w[W_GC_ENABLED] == 0 or threshold == 0:
            threshold = NEVER
        elif self.options.collect_every_allocation:
            threshold = -1
        w[W_GC_TRIGGER] = threshold

    def no_memory(self) -> Raised:
        """Make MemoryError pending, to be raised by the caller. Must not allocate."""
        return Raised("out of memory")

    def require(self, size: i64) -> None:
        """Raise no_memory if `size` bytes can never fit: for natives that build a result in the host first."""
        if size > self.words[W_HEAP_LIMIT] * WORD_BYTES:
            raise self.no_memory()

    def make_room(self) -> None:
        """No memory: free what can be freed without running program code (memory/fullheap.py). Reload heap.words."""

    def finalize(self, a: i64) -> bool:
        """Run the finalizer (`__del__`, or closing a generator) of `a`, which the stack owns meanwhile.

        Called once an object, for types with TPFLAGS_DEL. Errors are the hook's to report; none may escape. The
        result is not used: an object with a further reference afterwards is resurrected.
        """
        return False

    def allocated(self, a: i64) -> None:
        """A block was handed out while W_ALLOC_HOOK is set. Must not allocate."""

    def phase(self, number: i64) -> None:
        """A phase of a collection begins, PHASE_... of memory/gcphases.py: whoever watches changes nothing."""

    def clear_weakrefs(self, a: i64) -> None:
        """The object `a` dies and its word at TP_WEAKLIST is not 0: clear its weak references, run their callbacks."""

    def call_back(self, r: i64, callback: i64) -> None:
        """The object of the weak reference `r` is dead: call callback(r), both held. The hook reports errors."""

    def clear_classes(self) -> None:
        """Garbage is about to be cleared: make what is cached of classes that are garbage invalid."""

    def clear_object(self, a: i64) -> bool:
        """Make the garbage object `a` let go of what a program can set; False: clear all its slots."""
        return False

    def collection_starts(self, generation: i64) -> None:
        """A collection is about to begin: tell the callbacks of a program."""

    def collection_ends(self, generation: i64, collected: i64, uncollectable: i64) -> None:
        """A collection is over: tell the callbacks of a program what it found."""

    def save_garbage(self, a: i64) -> None:
        """Keep the unreachable object `a` (gc.DEBUG_SAVEALL); nothing happens if there is no memory for it."""

    def report(self, text: str) -> None:
        """Write what the collector has to say to standard error; an error of that is dropped."""

    def forget(self, a: i64) -> None:
        """The object `a` of a type with TPFLAGS_FORGET dies: undo what others know of it. Its references may be 0."""

    def forget_interned(self, a: i64) -> None:
        """The interned str `a` dies: remove it from the table. Runs no program code and does not allocate."""


def empty_lists(w: vec[i64]) -> None:
    """Make each generation's list head point to itself."""
    head: i64 = GENERATION0
    while head <= WRCB_TO_CALL:
        w[head + GC_NEXT] = head
        w[head + GC_PREV] = head
        head += GENERATION_WORDS


def new_words(n: i64, limit: i64) -> vec[i64]:
    """A vector of `n` zeros outside the address space, with room reserved for `limit` words: for tools that look."""
    return vec[i64](memoryview(bytes(WORD_BYTES * int(n))).cast("q"), capacity=max(n, limit))


def more_words(v: vec[i64]) -> vec[i64]:
    """The vector with more room: as many zeros again, 1024 at least. The old one must not be used any more."""
    return extend(v, new_words(max(len(v), 1024), 0))


def read_bytes(w: vec[i64], a: i64, n: i64) -> bytes:
    """The `n` bytes that begin at word `a`. Quickest for at most 8."""
    if n <= WORD_BYTES:
        return int(w[a]).to_bytes(8, "little", signed=True)[:n] if n > 0 else b""
    end: i64 = a + (n + 7) // 8
    if INTERPRETED:
        return array("q", w[a:end]).tobytes()[:n]
    return memoryview(w[a:end]).tobytes()[:n]


def write_bytes(w: vec[i64], a: i64, data: bytes) -> None:
    """Write `data` from word `a` on; the last word's unused bytes become 0."""
    n: i64 = len(data)
    if INTERPRETED:
        cast("list[int]", w)[a : a + (n + 7) // 8] = array("q", data + bytes(-len(data) % 8))
    elif n <= SHORT_TEXT:
        write_short(w, a, data)
    else:
        packed = vec[i64](memoryview(data + bytes(-len(data) % 8)).cast("q"))
        for i in range(len(packed)):
            w[a + i] = packed[i]


def write_short(w: vec[i64], a: i64, data: bytes) -> None:
    """As write_bytes, byte by byte: quicker than a packed copy when there are few."""
    word: i64 = 0
    shift: i64 = 0
    for i in range(len(data)):
        word |= i64(data[i]) << shift
        shift += 8
        if shift == 64:
            w[a] = word
            a += 1
            word = 0
            shift = 0
    if shift != 0:
        w[a] = word


def copy_many(w: vec[i64], to: i64, source: i64, n: i64) -> None:
    """Copy `n` words; the two ranges may overlap."""
    if INTERPRETED:
        cast("list[int]", w)[to : to + n] = w[source : source + n]
        return
    i: i64 = 0
    if to <= source:
        while i < n:
            w[to + i] = w[source + i]
            i += 1
    else:
        i = n
        while i > 0:
            i -= 1
            w[to + i] = w[source + i]


def fill_words(w: vec[i64], a: i64, n: i64, value: i64) -> None:
    """Set `n` words from `a` on to `value`."""
    end: i64 = a + n
    while a < end:
        w[a] = value
        a += 1
