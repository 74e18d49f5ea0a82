"""Naming objects for people."""

from __future__ import annotations

import pytest
from memory.tiny import T_NODE, TinyHeap, make_int, make_node, make_str

from minipy.memory.describe import LONGEST, describe, guess
from minipy.memory.layout import STR_DATA, STR_KIND_BITS, STR_LENGTH, TP_NAME
from minipy.memory.obmalloc import allocate
from minipy.memory.words import write_bytes


def make_text(heap: TinyHeap, text: str, encoding: str, kind: int) -> int:
    a = make_str(heap, 50)
    heap.words[a + STR_LENGTH] = len(text) << STR_KIND_BITS | kind
    write_bytes(heap.words, a + STR_DATA, text.encode(encoding))
    return a


@pytest.mark.parametrize(
    ("text", "encoding", "kind"), [("aé", "latin-1", 1), ("a€", "utf-16-le", 2), ("a😀", "utf-32-le", 4)]
)
def test_numbers_and_texts_show_their_value(text: str, encoding: str, kind: int) -> None:
    heap = TinyHeap()
    a = make_text(heap, text, encoding, kind)
    assert describe(heap.words, a) == f"object {a} {text!r}"
    number = make_int(heap, 300)
    assert describe(heap.words, number) == f"object {number} = 300"


def test_long_texts_are_cut() -> None:
    heap = TinyHeap()
    a = make_text(heap, "x" * 100, "latin-1", 1)
    assert describe(heap.words, a).endswith("'" + "x" * LONGEST + "'")


def test_a_type_is_called_by_its_name() -> None:
    heap = TinyHeap()
    heap.words[T_NODE + TP_NAME] = make_text(heap, "node", "latin-1", 1)
    a = make_node(heap)
    assert describe(heap.words, a) == f"node {a}"


def test_guessing_what_a_lost_block_was() -> None:
    heap = TinyHeap()
    a, number = make_node(heap), make_int(heap, 300)
    assert guess(heap.words, a - 3) == f"; it looks like object {a}"
    assert guess(heap.words, number) == f"; it looks like object {number} = 300"
    raw = allocate(heap, 6)
    heap.words[raw + 1], heap.words[raw + 4] = 0, 0
    assert guess(heap.words, raw) == ""
