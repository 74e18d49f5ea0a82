"""bytes against the host's own."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from objects.fake_machine import COMPARE, FakeMachine, outcome

from minipy.memory.statics import T_BYTES, T_BYTES_ITERATOR
from minipy.objects import bytes_methods
from minipy.objects.bytesobject import (
    bytes_compare,
    bytes_concat,
    bytes_contains,
    bytes_get_item,
    bytes_hash,
    bytes_next,
    bytes_repeat,
    bytes_repr,
)
from minipy.objects.iterobject import new_index_iterator
from minipy.objects.sliceobject import new_slice

m = FakeMachine()
contents = st.one_of(st.binary(max_size=20), st.text(alphabet="ab \n", max_size=20).map(str.encode))
small = st.text(alphabet="ab ", max_size=2).map(str.encode)
places = st.one_of(st.none(), st.integers(-30, 30))
NAMES = {name: (number, parameters) for number, name, _, _, parameters in bytes_methods.METHODS}


def check(name: str, s: bytes, *arguments: Any) -> None:
    """The method's result or error is the host's."""
    number, parameters = NAMES[name]
    laid_out = [*arguments, *[...] * (len(parameters.split()) - len(arguments))]
    got = outcome(lambda: m.method(bytes_methods.call, number, s, *laid_out))
    assert got == outcome(lambda: getattr(s, name)(*arguments)), (name, s, arguments)


@given(contents, contents, st.integers(-1, 5))
def test_operators(s: bytes, t: bytes, n: int) -> None:
    for op, compare in enumerate(COMPARE):
        assert m.run(lambda m, a, b, op=op: bytes_compare(m, op, a, b), s, t) is compare(s, t)
    assert m.run(bytes_concat, s, t) == s + t
    assert m.run(lambda m, a: bytes_repeat(m, a, n), s) == s * n
    assert m.run(lambda m, a, b: m.load(bytes_contains(m, a, b)), s, t) is (t in s)
    assert m.run(bytes_repr, s) == repr(s)
    a, b = m.load(s), m.load(bytes(bytearray(s)))
    assert bytes_hash(m.words, a) == bytes_hash(m.words, b)
    m.release(a, b)


@given(contents, st.integers(-25, 25), places, places, st.integers(-3, 3).filter(bool))
def test_items(s: bytes, i: int, start: int | None, stop: int | None, step: int) -> None:
    assert outcome(lambda: m.run(bytes_get_item, s, i)) == outcome(lambda: s[i])
    parts = [m.load(value) for value in (start, stop, step)]
    key = new_slice(m, *parts)
    a = m.load(s)
    assert m.take(bytes_get_item(m, a, key)) == s[start:stop:step]
    it = new_index_iterator(m, T_BYTES_ITERATOR, a)
    assert [m.take(bytes_next(m, it)) for _ in s] == list(s) and bytes_next(m, it) == 0
    m.release(a, key, it, *parts)


@given(contents, small, small, places, places)
def test_methods(s: bytes, t: bytes, u: bytes, start: int | None, end: int | None) -> None:
    for _, name, fewest, _, _ in bytes_methods.METHODS:
        if fewest == 0:
            check(name, s)
    for name in ("find", "rfind", "index", "rindex", "count", "startswith", "endswith"):
        check(name, s, t, start, end)
    for name in ("split", "rsplit", "partition", "rpartition", "removeprefix", "removesuffix", "strip", "lstrip"):
        check(name, s, t)
    check("rstrip", s, t)
    check("replace", s, t, u)
    check("replace", s, t, u, 1)
    check("hex", s, "-", 2)


CASES = [
    ("find", "a"), ("find", 97), ("find", 300), ("index", 200), ("count", None), ("startswith", "a"),
    ("startswith", (b"x", "b")), ("endswith", 1), ("split", "a"), ("split", b""), ("split", b"a", 1.5),
    ("replace", "a", b""), ("join", [b"a", "b"]), ("join", [b"a", b"b"]), ("join", 1), ("strip", "a"), ("decode", 1),
    ("decode", "ascii"), ("decode", "utf-8", 1), ("decode", "nonsense"), ("hex", "xx"), ("hex", "é"),
    ("partition", "a"), ("partition", b""), ("removeprefix", 1), ("splitlines", True),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_errors(case: tuple[Any, ...]) -> None:
    check(case[0], b"ab\xff", *case[1:])


class Packed:
    def __bytes__(self) -> bytes:
        return b"packed"


SOURCES = [(), (b"ab",), ("ab",), ("ab", "ascii"), ("é", "ascii"), ("é", "ascii", "replace"), ("é", "utf-8"), (5,),
           (-1,), (1 << 70,), ([1, 2, 300],), ([1, "a"],), ([1, 2],), (1.5,), (None,), (1, "a"),
           (Packed(),)]  # fmt: skip


@pytest.mark.parametrize("arguments", SOURCES, ids=lambda arguments: repr(arguments)[:20])
def test_constructor(arguments: tuple[Any, ...]) -> None:
    laid_out = [*arguments, *[...] * (3 - len(arguments))]
    got = outcome(lambda: m.method(lambda m, number, at, n: bytes_methods.new(m, T_BYTES, at, n), 0, *laid_out))
    assert got == outcome(lambda: bytes(*arguments))


@pytest.mark.parametrize("text", ["", "00ff", "0 1", "zz", " 61 62 ", "é"])
def test_from_hex(text: str) -> None:
    def from_hex(m: FakeMachine, number: int, at: int, n: int) -> int:
        m.words[at] = T_BYTES
        return bytes_methods.call(m, number, at, n)

    got = outcome(lambda: m.method(from_hex, bytes_methods.BYTES_FROMHEX, None, text))
    assert got == outcome(lambda: bytes.fromhex(text))
