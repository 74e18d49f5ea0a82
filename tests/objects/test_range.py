"""Ranges and their iterators against the host's, in words and beyond."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from objects.fake_containers import FakeContainers, Twins
from objects.fake_machine import outcome

from minipy.memory.layout import OB_TYPE
from minipy.memory.statics import T_LONGRANGE_ITERATOR, T_RANGE_ITERATOR
from minipy.objects import range_methods, rangeobject

SMALL = st.integers(-12, 12)
LARGE = st.one_of(SMALL, st.sampled_from([1 << 61, (1 << 62) - 1, 1 << 62, 1 << 63, 10**25]).flatmap(
    lambda n: st.sampled_from([n, -n, n + 1, 2 - n])))  # fmt: skip
STEPS = LARGE.filter(bool)
RANGES = st.one_of(
    st.builds(range, SMALL, SMALL, SMALL.filter(bool)), st.builds(range, LARGE, LARGE, STEPS), st.builds(range, SMALL)
)
BOUND = st.one_of(st.none(), LARGE)


@given(st.lists(st.one_of(LARGE, st.just("x"), st.just(True), st.just(0)), min_size=1, max_size=3))
@settings(max_examples=100, deadline=None)
def test_new(arguments: list[Any]) -> None:
    m = FakeContainers()
    new = lambda mm, _, at, n: range_methods.new(mm, 0, at, n)  # noqa: E731
    got = outcome(lambda: m.run(lambda _, *a: m.invoke(new, 0, *a), *arguments))
    assert got == outcome(lambda: range(*arguments))


@given(RANGES, st.one_of(LARGE, st.builds(slice, BOUND, BOUND, BOUND), st.sampled_from(["x", True, 1.0])))
@settings(max_examples=200, deadline=None)
def test_subscripts_and_membership(value: range, key: Any) -> None:
    t = Twins(value)
    t.apply(lambda o, k: o[k], range_methods.range_get_item, key)
    if isinstance(key, int) or len(value[:50]) < 50:
        t.apply(lambda o, k: k in o, range_methods.range_contains, key)
        t.call("index", key)
        t.call("count", key)
    t.same(lambda: len(value), lambda: t.m.load(range_methods.range_length(t.m, t.twin)))


@given(RANGES, RANGES)
@settings(max_examples=200, deadline=None)
def test_equality_and_repr(a: range, b: range) -> None:
    m = FakeContainers()
    x, y = m.load(a), m.load(b)
    assert m.take(range_methods.range_compare(m, 2, x, y)) == (a == b)
    if a == b:
        assert m.hash(x) == m.hash(y)
    assert m.take(m.repr(x)) == repr(a)
    assert range_methods.range_is_true(m.words, x) == bool(a)


@given(RANGES)
@settings(max_examples=200, deadline=None)
def test_iteration(value: range) -> None:
    m = FakeContainers()
    for iterator, expected in ((rangeobject.range_iter, value), (rangeobject.range_reversed, value[::-1])):
        it = iterator(m, m.load(value))
        large = max(map(abs, (value.start, value.stop, value.step))) >= 1 << 62
        if not large and len(value[:5]) and len(value[: 1 << 62]) < 1 << 62:
            assert m.words[it + OB_TYPE] == T_RANGE_ITERATOR
        else:
            assert m.words[it + OB_TYPE] in (T_RANGE_ITERATOR, T_LONGRANGE_ITERATOR)
        got = []
        while len(got) < 20 and (v := m.next(it)) != 0:
            got.append(m.take(v))
        assert got == list(expected[:20])


def test_an_iterator_stays_exhausted() -> None:
    m = FakeContainers()
    it = rangeobject.new_range_iterator(m, 5, 1, 1)
    assert [m.take(m.next(it)), m.next(it), m.next(it)] == [5, 0, 0]
