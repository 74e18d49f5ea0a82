"""Walking activation records."""

from __future__ import annotations

from memory.tiny import T_NODE, TinyHeap, make_int, make_node, push

from minipy.memory.layout import (
    CO_NLOCALSPLUS,
    FRAME_BACK,
    FRAME_HEADER,
    FUNC_CODE,
    STACK_BASE,
    W_BASE,
    W_SP,
)
from minipy.memory.objalloc import new_sized
from minipy.memory.refcount import decref
from minipy.memory.stack import record_header, records, stack_references
from minipy.memory.statics import T_BYTES


def make_function(heap: TinyHeap, nlocalsplus: int) -> int:
    """A node whose left neighbour is code enough for the walk: FUNC_CODE is a node's first slot."""
    code = new_sized(heap, T_BYTES, CO_NLOCALSPLUS + 1)
    heap.words[code + 2] = CO_NLOCALSPLUS + 1 - 5
    heap.words[code + CO_NLOCALSPLUS] = nlocalsplus
    function = make_node(heap, code)
    assert FUNC_CODE == 2
    return function


def enter(heap: TinyHeap, nlocalsplus: int) -> int:
    """Push a record with empty locals; returns its base."""
    w = heap.words
    push(heap, make_function(heap, nlocalsplus))
    w = heap.words
    base = w[W_SP]
    w[base + nlocalsplus + FRAME_BACK] = w[W_BASE]
    w[base + nlocalsplus + 1] = 0x7FFF
    w[W_BASE] = base
    w[W_SP] = base + nlocalsplus + FRAME_HEADER
    return base


def test_no_record_runs() -> None:
    heap = TinyHeap()
    assert records(heap.words) == []
    push(heap, make_int(heap, 300))
    assert stack_references(heap.words) == [STACK_BASE]


def test_records_and_references() -> None:
    heap = TinyHeap()
    first = enter(heap, 2)
    value = heap.words[W_SP]
    push(heap, make_int(heap, 300))
    second = enter(heap, 0)
    w = heap.words
    assert records(w) == [second, first]
    assert record_header(w, first) == first + 2
    raw = {first + 2, first + 3, second, second + 1}
    assert stack_references(w) == [at for at in range(STACK_BASE, w[W_SP]) if at not in raw]
    assert value in stack_references(w)
    heap.check()
    assert w[w[first - 1] + 1] == T_NODE


def test_a_broken_chain_ends() -> None:
    heap = TinyHeap()
    base = enter(heap, 0)
    heap.words[base + FRAME_BACK] = base
    assert records(heap.words) == [base]
    heap.words[base + FRAME_BACK] = 0
    heap.words[W_BASE] = 0
    heap.words[W_SP] = base
    decref(heap, heap.words, heap.words[base - 1])
    heap.words[W_SP] = STACK_BASE
    heap.check()
