"""The address space: growing, limits, bulk access."""

from __future__ import annotations

from array import array
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mypy_extensions import i64

from minipy.memory.layout import (
    ARENA_WORDS,
    HEAP_BASE,
    STACK_BASE,
    TINY_ARENA_WORDS,
    W_GC_TRIGGER,
    W_HEAP_LIMIT,
    W_HEAP_TOP,
    W_SP,
)
from minipy.memory.options import Options
from minipy.memory.words import (
    INTERPRETED,
    LEAST_RESERVATION,
    NEVER,
    Heap,
    Raised,
    copy_many,
    fill_words,
    read_bytes,
    vec,
    write_bytes,
    write_short,
)


def test_a_new_heap_is_empty_and_reserves_its_limit() -> None:
    heap = Heap(Options(heap_limit=3 * 8 * ARENA_WORDS + 5))
    w = heap.words
    assert w[W_HEAP_TOP] == HEAP_BASE
    assert w[W_HEAP_LIMIT] == HEAP_BASE + 3 * ARENA_WORDS
    assert w[W_SP] == STACK_BASE
    assert len(w) == HEAP_BASE


def test_the_smallest_limit_is_one_arena() -> None:
    assert Heap(Options(heap_limit=1)).words[W_HEAP_LIMIT] == HEAP_BASE + ARENA_WORDS


def test_growing_keeps_the_words_and_adds_zeros() -> None:
    heap = Heap(Options())
    heap.words[HEAP_BASE - 1] = 7
    heap.grow(HEAP_BASE + 1)
    assert len(heap.words) == HEAP_BASE + TINY_ARENA_WORDS
    assert heap.words[HEAP_BASE - 1] == 7
    assert heap.words[HEAP_BASE] == 0


def test_a_refused_reservation_is_tried_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    import minipy.memory.words as words

    honest = words.vec

    class Refusing(honest):  # type: ignore[valid-type,misc]
        def __new__(cls, buffer: memoryview, capacity: int = 0) -> list[int]:
            if capacity > 2 * LEAST_RESERVATION:
                raise MemoryError
            return list(buffer)

    monkeypatch.setattr(words, "vec", Refusing)
    limit = Heap(Options(heap_limit=1 << 33)).words[W_HEAP_LIMIT]
    assert LEAST_RESERVATION <= limit <= 2 * LEAST_RESERVATION
    assert limit % ARENA_WORDS == 0


def test_a_platform_that_refuses_everything_is_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    import minipy.memory.words as words

    class Refusing(list[int]):
        def __init__(self, buffer: memoryview, capacity: int = 0) -> None:
            raise MemoryError

        def __class_getitem__(cls, item: object) -> type[Refusing]:  # type: ignore[override]
            return cls

    monkeypatch.setattr(words, "vec", Refusing)
    with pytest.raises(MemoryError):
        Heap(Options())


def test_the_trigger_follows_the_collectors_settings() -> None:
    assert Heap(Options()).words[W_GC_TRIGGER] == 700
    assert Heap(Options(gc_enabled=False)).words[W_GC_TRIGGER] == NEVER
    assert Heap(Options(gc_thresholds=(0, 1, 1))).words[W_GC_TRIGGER] == NEVER
    assert Heap(Options(collect_every_allocation=True)).words[W_GC_TRIGGER] == -1


@given(st.binary(max_size=200))
def test_bytes_come_back(data: bytes) -> None:
    heap = BYTES_HEAP
    write_bytes(heap.words, STACK_BASE, data)
    assert read_bytes(heap.words, STACK_BASE, len(data)) == data


BYTES_HEAP = Heap(Options())


def test_bytes_are_packed_and_padded_with_zeros() -> None:
    w = Heap(Options()).words
    w[STACK_BASE], w[STACK_BASE + 1], w[STACK_BASE + 2] = -1, -1, -1
    write_bytes(w, STACK_BASE, b"\x01\x02" + bytes(6) + b"\xff")
    assert w[STACK_BASE] == 0x0201
    assert w[STACK_BASE + 1] == 0xFF
    assert w[STACK_BASE + 2] == -1


@pytest.mark.parametrize("n", [0, 3, 16, 17, 100])
def test_copy_many(n: int) -> None:
    w = Heap(Options()).words
    for i in range(n):
        w[STACK_BASE + i] = i - 5
    copy_many(w, STACK_BASE + 500, STACK_BASE, n)
    assert [w[STACK_BASE + 500 + i] for i in range(n + 1)] == [i - 5 for i in range(n)] + [0]


@pytest.mark.parametrize("distance", [3, -3])
def test_copies_may_overlap(distance: int) -> None:
    w = Heap(Options()).words
    for i in range(50):
        w[STACK_BASE + i] = i
    copy_many(w, STACK_BASE + distance, STACK_BASE, 50)
    assert [w[STACK_BASE + distance + i] for i in range(50)] == list(range(50))


def test_fill_words() -> None:
    w = Heap(Options()).words
    fill_words(w, STACK_BASE, 3, 9)
    assert [w[STACK_BASE + i] for i in range(-1, 4)] == [0, 9, 9, 9, 0]


def test_the_default_hooks_do_nothing() -> None:
    heap = Heap(Options())
    assert isinstance(heap.no_memory(), Raised)
    assert heap.finalize(1) is False
    heap.call_back(1, 2)
    heap.save_garbage(1)
    heap.report("")
    heap.clear_weakrefs(1)
    heap.forget(1)
    heap.forget_interned(1)


@pytest.mark.parametrize("text", ["", "a", "12345678", "123456789", "x" * 40])
def test_short_texts_are_written_byte_by_byte(text: str) -> None:
    w = Heap(Options()).words
    data = text.encode()
    w[STACK_BASE + len(data) // 8] = -1
    write_short(w, STACK_BASE, data)
    assert read_bytes(w, STACK_BASE, len(data)) == data


@pytest.mark.skipif(not INTERPRETED, reason="compiled, these branches are the only ones")
def test_what_the_compiled_machine_does_with_packed_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The branches for a vector with a buffer, tried on an array."""
    monkeypatch.setattr("minipy.memory.words.INTERPRETED", False)
    words = cast("vec[i64]", array("q", bytes(8 * 64)))
    for n in (0, 1, 8, 9, 100, 200, 301):
        data = bytes(i % 127 for i in range(n))
        write_bytes(words, 3, data)
        assert read_bytes(words, 3, n) == data
    numbers = cast("vec[i64]", array("q", range(20)))
    copy_many(numbers, 2, 5, 10)
    assert list(numbers) == [0, 1, *range(5, 15), *range(12, 20)]
    copy_many(numbers, 4, 2, 10)
    assert list(numbers)[2:14] == [5, 6, *range(5, 15)]
