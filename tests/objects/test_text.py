"""str against the host's own: storage, operators, methods."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from objects.fake_machine import FakeMachine, outcome

from minipy.memory.layout import STR_DATA, STR_HASH, STR_INTERNED, STR_LENGTH
from minipy.memory.statics import LATIN1, LATIN1_STRIDE, T_STR
from minipy.objects import unicode_methods
from minipy.objects.interned import intern_statics
from minipy.objects.sliceobject import new_slice
from minipy.objects.unicode_concat import can_append, concat, join_items, repeat, str_append
from minipy.objects.unicode_find import str_contains
from minipy.objects.unicode_slice import str_get_item, str_iter, str_next
from minipy.objects.unicodeobject import host_str, intern, intern_in_place, new_str, str_equal, str_hash, str_order

m = FakeMachine()
ALPHABETS = ["ab ", "ab \t\n\x00\x1c\x85\xa0\xffß", "aé€", "a\u0130\ud800\udc00", "a😀é ǆ"]
texts = st.one_of([st.text(alphabet=alphabet, max_size=40) for alphabet in ALPHABETS] + [st.text(max_size=20)])
small = st.one_of([st.text(alphabet=alphabet, max_size=3) for alphabet in ALPHABETS])
places = st.one_of(st.none(), st.integers(-50, 50), st.just(1 << 70), st.just(-(1 << 70)))


@given(texts)
def test_storage_is_canonical(s: str) -> None:
    a = new_str(m, s)
    assert host_str(m, a) == s
    widest = max(map(ord, s), default=0)
    kind = 1 if widest < 256 else 2 if widest < 0x10000 else 4
    meta = m.words[a + STR_LENGTH]
    assert (meta >> 4, meta & 7) == (len(s), kind)
    if len(s) * kind % 8:
        last = m.words[a + STR_DATA + len(s) * kind // 8]
        assert last >> (len(s) * kind % 8 * 8) == 0
    m.release(a)


@given(texts, texts)
def test_equality_hash_order(s: str, t: str) -> None:
    a, b, c = new_str(m, s), new_str(m, t), new_str(m, s)
    assert str_equal(m.words, a, b) == (s == t)
    assert str_order(m, a, b) == (s > t) - (s < t)
    assert str_hash(m.words, a) == str_hash(m.words, c) >= 0
    assert str_equal(m.words, a, c)
    m.release(a, b, c)


def test_hash_spreads() -> None:
    names = [f"{stem}{i}" for stem in ("x", "item_", "a_rather_long_name_") for i in range(2000)]
    hashes = set()
    for name in names:
        a = new_str(m, name)
        hashes.add(str_hash(m.words, a) & 8191)
        m.release(a)
    assert len(hashes) > 3900, "6000 names into 8192 slots leave 4250 in the mean"


@given(texts, texts, st.integers(-1, 6))
def test_concat_and_repeat(s: str, t: str, n: int) -> None:
    assert m.run(concat, s, t) == s + t
    assert m.run(lambda m, a: repeat(m, a, n), s) == s * n


@given(texts, st.lists(texts, max_size=12))
def test_append_in_place(s: str, more: list[str]) -> None:
    a = new_str(m, s)
    for t in more:
        b = new_str(m, t)
        str_hash(m.words, a)
        if can_append(m.words, a, b):
            a = str_append(m, a, b)
        else:
            c = concat(m, a, b)
            m.release(a)
            a = c
        m.release(b)
        s += t
        assert host_str(m, a) == s
        c = new_str(m, s)
        assert str_equal(m.words, a, c) and str_hash(m.words, a) == str_hash(m.words, c)
        m.release(c)
    m.release(a)


def test_appending_is_linear() -> None:
    a, b = new_str(m, "ab"), new_str(m, "cdefg")
    moves = 0
    for _ in range(4000):
        assert can_append(m.words, a, b)
        before = a
        a = str_append(m, a, b)
        moves += a != before
    assert host_str(m, a) == "ab" + "cdefg" * 4000
    assert moves < 100
    m.release(a, b)


@given(texts, texts, st.lists(texts, max_size=8))
def test_join(s: str, t: str, items: list[str]) -> None:
    assert m.method(unicode_methods.call, unicode_methods.STR_JOIN, s, items) == s.join(items)
    assert m.method(unicode_methods.call, unicode_methods.STR_JOIN, t, tuple(items)) == t.join(items)
    assert m.method(unicode_methods.call, unicode_methods.STR_JOIN, t, iter(items)) == t.join(items)


def test_join_of_one_str_is_that_str() -> None:
    a, b = new_str(m, "hello"), new_str(m, ", ")
    m.words[100_000] = a
    assert join_items(m, b, 100_000, 1) == a
    m.release(a, a, b)


@given(texts, st.integers(-50, 50))
def test_index(s: str, i: int) -> None:
    assert outcome(lambda: m.run(str_get_item, s, i)) == outcome(lambda: s[i])


@pytest.mark.parametrize("key", [1.5, None, True, 1 << 70, "a"])
def test_index_errors(key: Any) -> None:
    assert outcome(lambda: m.run(str_get_item, "ab", key)) == outcome(lambda: "ab"[key])


@given(texts, places, places, st.one_of(st.none(), st.integers(-4, 4).filter(bool)))
def test_slice(s: str, start: int | None, stop: int | None, step: int | None) -> None:
    parts = [m.load(value) for value in (start, stop, step)]
    key = new_slice(m, *parts)
    a = new_str(m, s)
    assert m.take(str_get_item(m, a, key)) == s[start:stop:step]
    m.release(a, key, *parts)


@given(texts)
def test_iteration(s: str) -> None:
    a = new_str(m, s)
    it = str_iter(m, a)
    got = []
    while (c := str_next(m, it)) != 0:
        got.append(m.take(c))
    assert got == list(s) and str_next(m, it) == 0
    m.release(it, a)


@given(st.one_of(texts, st.text(alphabet="ab", min_size=40, max_size=90)), small)
def test_contains(s: str, t: str) -> None:
    assert m.run(lambda m, a, b: m.load(str_contains(m, a, b)), s, t) is (t in s)


# ---------------------------------------------------------------- methods
NAMES = {name: (number, parameters) for number, name, _, _, parameters in unicode_methods.METHODS}


def check(name: str, s: str, *arguments: Any) -> None:
    """The method's result or error is the host's."""
    number, parameters = NAMES[name]
    laid_out = [*arguments, *[...] * (len(parameters.split()) - len(arguments))]
    got = outcome(lambda: m.method(unicode_methods.call, number, s, *laid_out))
    want = outcome(lambda: getattr(s, name)(*arguments))
    assert got == want and type(got) is type(want), (name, s, arguments)


@given(texts)
def test_methods_without_arguments(s: str) -> None:
    for _, name, fewest, _, _ in unicode_methods.METHODS:
        if fewest == 0 and name != "format":
            check(name, s)


@given(texts, small, places, places)
def test_searching(s: str, t: str, start: int | None, end: int | None) -> None:
    for name in ("find", "rfind", "index", "rindex", "count", "startswith", "endswith"):
        check(name, s, t)
        check(name, s, t, start)
        check(name, s, t, start, end)


@given(texts, small, small, st.integers(-2, 4))
def test_splitting_and_replacing(s: str, t: str, u: str, n: int) -> None:
    for name in ("split", "rsplit"):
        check(name, s, t)
        check(name, s, t, n)
        check(name, s, None, n)
    for name in ("partition", "rpartition", "removeprefix", "removesuffix", "strip", "lstrip", "rstrip"):
        check(name, s, t)
    check("replace", s, t, u)
    check("replace", s, t, u, n)
    check("splitlines", s, True)


@given(texts, st.integers(-3, 60), small)
def test_padding(s: str, width: int, fill: str) -> None:
    for name in ("center", "ljust", "rjust"):
        check(name, s, width)
        check(name, s, width, fill)
    check("zfill", s, width)
    check("expandtabs", s, width)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "utf-16", "nonsense", 5])
def test_encode(encoding: Any) -> None:
    for s in ("plain", "naïve", "snow ☃", "\ud800"):
        check("encode", s, encoding)
        check("encode", s, encoding, "replace")
        check("encode", s, encoding, "nonsense")


BAD_CALLS = [
    ("split", 1), ("split", ""), ("split", "a", 1.5), ("rsplit", b"x"), ("startswith", 1), ("endswith", ("a", 1)),
    ("endswith", ("x", 1)), ("replace", 1, "a"), ("replace", "a", 1), ("find", 1), ("find", "a", 1.5), ("strip", 1),
    ("lstrip", 1), ("join", 1), ("join", ["a", 1]), ("center", "a"), ("center", 5, 1), ("ljust", 5, "ab"),
    ("rjust", 5, ""), ("partition", 1), ("rpartition", ""), ("removeprefix", 1), ("removesuffix", None),
    ("count", 1), ("index", "z"), ("rindex", "z"), ("expandtabs", "a"), ("zfill", 1.5), ("translate", 1),
    ("translate", {97: 1114112}), ("translate", {97: 1.5}), ("translate", {97: -1}), ("splitlines", "a"),
    ("center", 1 << 70), ("replace", "a", "b", 1 << 70),
]  # fmt: skip


@pytest.mark.parametrize("case", BAD_CALLS, ids=repr)
def test_errors(case: tuple[Any, ...]) -> None:
    check(case[0], "abc", *case[1:])


codes = st.sampled_from([ord(c) for c in "ab é€😀"])


@given(texts, st.dictionaries(codes, st.one_of(small, st.none(), st.integers(0, 99))))
def test_translate(s: str, table: dict[int, Any]) -> None:
    check("translate", s, table)


TABLES = [({"a": 1, 98: None},), ("ab", "xy"), ("ab", "é😀", "c"), (1,), ("a", "bc"), ({"ab": 1},), ({1.5: 2},),
          ("ab", 1), ("ab", "cd", 1), (1, "cd"), ({},)]  # fmt: skip


@pytest.mark.parametrize("arguments", TABLES, ids=repr)
def test_maketrans(arguments: tuple[Any, ...]) -> None:
    got = outcome(lambda: m.method(unicode_methods.call, unicode_methods.STR_MAKETRANS, *arguments))
    assert got == outcome(lambda: str.maketrans(*arguments))


CONSTRUCTIONS = [(), ("a",), (5,), (b"a", "ascii"), (b"\xff", "utf8"), (b"\xc3\xa9", "utf8", "strict"), ("a", "ascii"),
                 (1, "ascii"), (b"a", 1), (b"a", "ascii", 1), (b"a",), (None,), (..., "ascii")]  # fmt: skip


@pytest.mark.parametrize("arguments", CONSTRUCTIONS, ids=repr)
def test_constructor(arguments: tuple[Any, ...]) -> None:
    laid_out = [*arguments, *[...] * (3 - len(arguments))]
    got = outcome(lambda: m.method(lambda m, number, at, n: unicode_methods.new(m, T_STR, at, n), 0, *laid_out))
    want = outcome(lambda: str(*arguments)) if ... not in arguments else outcome(lambda: str(encoding="ascii"))
    assert got == want


# ---------------------------------------------------------------- interning
def test_interned_strings_are_one_and_die() -> None:
    own = FakeMachine()
    names = [f"name{i}" for i in range(3000)]
    first = [intern(own, name) for name in names]
    assert [intern(own, name) for name in names] == first
    for a in first[::2]:
        own.release(a, a)
    again = [intern(own, name) for name in names]
    assert again[1::2] == first[1::2]
    assert [host_str(own, a) for a in again] == names
    for a in again:
        assert own.words[a + STR_LENGTH] & STR_INTERNED
        own.release(a)
    assert own.words[again[1]] == 2


def test_short_texts_are_their_static_strings() -> None:
    own = FakeMachine()
    intern_statics(own)
    a = intern(own, "_")
    assert a == LATIN1 + ord("_") * LATIN1_STRIDE
    b = intern_in_place(own, new_str(own, "__init__"))
    assert host_str(own, b) == "__init__" and own.words[b] > 1 << 30
    assert own.words[b + STR_HASH] != -1
