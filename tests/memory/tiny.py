"""A small machine for the memory manager's tests: a heap with the layouts of a few types and recording hooks.

    node     a heap type with a gc head: two slots, a weak list word; may have a finalizer (T_NODE, T_DYING)
    tuple, list, dict, int, float, str, cell (a container-less object with one slot)
"""

from __future__ import annotations

from collections.abc import Callable

from minipy.memory.check import check
from minipy.memory.layout import (
    DICT_ENTRIES,
    DICT_ENTRIES_WORDS,
    DICT_INDEX,
    DICT_INDEX_WORDS,
    DICT_NENTRIES,
    GC_HEAD_WORDS,
    GC_REFS,
    GC_REFS_UNTRACKED,
    IMMORTAL,
    LIST_ALLOCATED,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_REFCNT,
    OB_TYPE,
    STR_DATA,
    TP_BASICSIZE,
    TP_BUF,
    TP_BUF_COUNT,
    TP_BUF_FIRST,
    TP_BUF_STRIDE,
    TP_FIRST_REF,
    TP_FLAGS,
    TP_GC,
    TP_ITEMS,
    TP_ITEMSIZE,
    TP_LAST_REF,
    TP_NSLOTS,
    TP_RAW1,
    TP_RAW1_SIZE,
    TP_RAW2,
    TP_RAW2_SIZE,
    TP_SLOTS,
    TP_SOLID,
    TP_WEAKLIST,
    TPFLAGS_DEL,
    TPFLAGS_FORGET,
    TPFLAGS_HEAPTYPE,
    TPFLAGS_READY,
    TPFLAGS_TYPE,
    TUPLE_ITEMS,
    TYPE_BASICSIZE,
    W_SP,
)
from minipy.memory.objalloc import float_block, gc_alloc, gc_alloc_var, int_block, new_object, new_var_object
from minipy.memory.obmalloc import allocate
from minipy.memory.options import Options
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    T_BYTES,
    T_COMPLEX,
    T_DICT,
    T_FLOAT,
    T_INT,
    T_LIST,
    T_METHOD,
    T_OBJECT,
    T_RANDOM,
    T_STR,
    T_TUPLE,
    T_TYPE,
)
from minipy.memory.words import Heap

T_NODE = T_METHOD
T_DYING = T_RANDOM
T_PAIR = T_COMPLEX
NODE_LEFT = 2
NODE_RIGHT = 3
NODE_WEAKLIST = 4


class TinyHeap(Heap):
    """Records what the memory manager tells the layers above, in order."""

    def __init__(self, options: Options | None = None) -> None:
        super().__init__(options or Options())
        self.finalized: list[int] = []
        self.told: list[tuple[str, int]] = []
        self.on_finalize: Callable[[int], None] | None = None
        self.on_weakrefs: Callable[[int], None] | None = None
        lay_out(self)

    def finalize(self, a: int) -> bool:
        self.finalized.append(a)
        if self.on_finalize is not None:
            self.on_finalize(a)
        return False

    def clear_weakrefs(self, a: int) -> None:
        self.told.append(("weakrefs", a))
        if self.on_weakrefs is not None:
            self.on_weakrefs(a)

    def forget(self, a: int) -> None:
        self.told.append(("forget", a))

    def forget_interned(self, a: int) -> None:
        self.told.append(("interned", a))

    def check(self) -> None:
        """Fail with the checker's sentences, if it has any."""
        assert check(self) == []


def set_layout(heap: Heap, t: int, basicsize: int, **fields: int) -> None:
    """Fill the words of a static type that the memory manager reads."""
    w = heap.words
    w[t + OB_REFCNT] = IMMORTAL
    w[t + OB_TYPE] = T_TYPE
    w[t + GC_REFS] = GC_REFS_UNTRACKED
    w[t + TP_BASICSIZE] = basicsize
    w[t + TP_GC] = fields.get("gc", 0) * GC_HEAD_WORDS
    w[t + TP_ITEMSIZE] = fields.get("itemsize", 0)
    w[t + TP_SLOTS] = fields.get("slots", 0)
    w[t + TP_NSLOTS] = fields.get("nslots", 0)
    w[t + TP_ITEMS] = fields.get("items", 0)
    w[t + TP_WEAKLIST] = fields.get("weaklist", 0)
    w[t + TP_FLAGS] = fields.get("flags", 0) | TPFLAGS_READY
    w[t + TP_SOLID] = fields.get("solid", t)


def set_buffer(
    heap: Heap, t: int, buffer: tuple[int, int, int, int], raw1: tuple[int, int], raw2: tuple[int, int]
) -> None:
    """Give a type a counted buffer (offset, count, stride, first) and raw buffers (offset, size)."""
    w = heap.words
    w[t + TP_BUF], w[t + TP_BUF_COUNT], w[t + TP_BUF_STRIDE], w[t + TP_BUF_FIRST] = buffer
    w[t + TP_RAW1], w[t + TP_RAW1_SIZE] = raw1
    w[t + TP_RAW2], w[t + TP_RAW2_SIZE] = raw2


def lay_out(heap: Heap) -> None:
    """The types the tests use."""
    refs = TP_LAST_REF - TP_FIRST_REF
    set_layout(heap, T_TYPE, TYPE_BASICSIZE, gc=1, slots=TP_FIRST_REF, nslots=refs, flags=TPFLAGS_TYPE | TPFLAGS_FORGET)
    set_layout(heap, T_OBJECT, 2)
    set_layout(heap, T_INT, 3)
    set_layout(heap, T_FLOAT, 3, flags=TPFLAGS_FORGET)
    set_layout(heap, T_STR, STR_DATA, itemsize=1)
    set_layout(heap, T_BYTES, STR_DATA, itemsize=1)
    set_layout(heap, T_PAIR, 4, slots=2, nslots=2)
    set_layout(heap, T_TUPLE, TUPLE_ITEMS, gc=1, itemsize=1, items=TUPLE_ITEMS)
    set_layout(heap, T_NODE, 5, gc=1, slots=2, nslots=2, weaklist=NODE_WEAKLIST)
    set_layout(heap, T_DYING, 5, gc=1, slots=2, nslots=2, weaklist=NODE_WEAKLIST, flags=TPFLAGS_DEL)
    set_layout(heap, T_LIST, 5, gc=1)
    set_buffer(heap, T_LIST, (LIST_ITEMS, LIST_LENGTH, 1, 0), (LIST_ITEMS, LIST_ALLOCATED), (0, 0))
    set_layout(heap, T_DICT, 9, gc=1)
    entries = (DICT_ENTRIES, DICT_ENTRIES_WORDS)
    set_buffer(heap, T_DICT, (DICT_ENTRIES, DICT_NENTRIES, 3, 1), entries, (DICT_INDEX, DICT_INDEX_WORDS))


# ---------------------------------------------------------------- objects; all results are owned
def make_int(heap: Heap, value: int) -> int:
    a = int_block(heap)
    heap.words[a + 2] = value
    return a


def make_float(heap: Heap, value: float) -> int:
    a = float_block(heap)
    heap.floats[heap.words[a + 2]] = value
    return a


def make_str(heap: Heap, words: int = 1) -> int:
    return new_var_object(heap, T_STR, words)


def make_node(heap: Heap, left: int = 0, right: int = 0, t: int = T_NODE) -> int:
    """A node; steals the references to its neighbours."""
    a = gc_alloc(heap, t)
    heap.words[a + NODE_LEFT] = left
    heap.words[a + NODE_RIGHT] = right
    return a


def make_pair(heap: Heap, left: int, right: int) -> int:
    """An object without a gc head that holds two references; steals them."""
    a = new_object(heap, T_PAIR)
    heap.words[a + 2] = left
    heap.words[a + 3] = right
    return a


def make_tuple(heap: Heap, *items: int) -> int:
    """A tuple; steals the references to the items."""
    a = gc_alloc_var(heap, T_TUPLE, len(items))
    for i, item in enumerate(items):
        heap.words[a + TUPLE_ITEMS + i] = item
    return a


def make_list(heap: Heap, *items: int) -> int:
    """A list with room for one item more; steals the references to the items."""
    a = gc_alloc(heap, T_LIST)
    buffer = allocate(heap, len(items) + 1)
    w = heap.words
    for i, item in enumerate(items):
        w[buffer + i] = item
    w[a + LIST_LENGTH], w[a + LIST_ALLOCATED], w[a + LIST_ITEMS] = len(items), len(items) + 1, buffer
    return a


def make_dict(heap: Heap, *pairs: tuple[int, int]) -> int:
    """A dict as memory sees it: entries of hash, key, value, and an index; steals the references."""
    a = gc_alloc(heap, T_DICT)
    entries = allocate(heap, 3 * len(pairs) + 3)
    index = allocate(heap, 8)
    w = heap.words
    for i, (key, value) in enumerate(pairs):
        w[entries + 3 * i], w[entries + 3 * i + 1], w[entries + 3 * i + 2] = 12345, key, value
    w[a + DICT_NENTRIES], w[a + DICT_ENTRIES], w[a + DICT_ENTRIES_WORDS] = len(pairs), entries, 3 * len(pairs) + 3
    w[a + DICT_INDEX], w[a + DICT_INDEX_WORDS] = index, 8
    return a


def make_class(heap: Heap, flags: int = 0, basicsize: int = 5, solid: int = T_OBJECT) -> int:
    """A heap type whose instances are nodes."""
    t = gc_alloc(heap, T_TYPE)
    w = heap.words
    w[t + TP_BASICSIZE], w[t + TP_GC], w[t + TP_SLOTS], w[t + TP_NSLOTS] = basicsize, GC_HEAD_WORDS, 2, 2
    w[t + TP_FLAGS] = flags | TPFLAGS_HEAPTYPE | TPFLAGS_READY
    w[t + TP_SOLID] = solid
    return t


# ---------------------------------------------------------------- the stack as the tests' variables
def push(heap: Heap, a: int) -> int:
    """Put an owned reference on the run-time stack; returns it."""
    w = heap.words
    w[w[W_SP]] = a
    w[W_SP] += 1
    return a


def pop(heap: Heap) -> None:
    """Release the topmost reference of the stack."""
    w = heap.words
    w[W_SP] -= 1
    decref(heap, w, w[w[W_SP]])


def shared(heap: Heap, a: int) -> int:
    """A new reference to `a`."""
    heap.words[a] += 1
    return a


def block_of(a: int) -> int:
    """Where the block of an object with a gc head begins."""
    return a - GC_HEAD_WORDS
