"""Tuples and slices against the host's."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from objects.fake_containers import FakeContainers, Twins, shown
from objects.fake_machine import outcome

from minipy.memory.statics import EMPTY_TUPLE, T_TUPLE
from minipy.objects import slice_methods, tuple_methods, tupleobject
from minipy.objects.sliceobject import new_slice

ITEMS = st.one_of(
    st.integers(-3, 3), st.integers(-(1 << 70), 1 << 70), st.floats(allow_nan=False),
    st.tuples(st.integers(), st.integers()), st.frozensets(st.integers(), max_size=1),
    st.sampled_from([True, 1.0, -1, -2]),
)  # fmt: skip
VALUES = st.one_of(ITEMS, st.text(max_size=2), st.none())
TUPLES = st.lists(VALUES, max_size=8).map(tuple)
BOUND = st.one_of(st.none(), st.integers(-10, 10), st.sampled_from([1 << 70, -(1 << 70), True, 1.5]))


@given(st.lists(ITEMS, max_size=8).map(tuple))
@settings(max_examples=200, deadline=None)
def test_hash(value: tuple[Any, ...]) -> None:
    m = FakeContainers()
    assert tupleobject.tuple_hash(m, m.load(value)) == hash(value)


@given(TUPLES, st.one_of(st.integers(-10, 10), st.builds(slice, BOUND, BOUND, BOUND), VALUES))
@settings(max_examples=200, deadline=None)
def test_subscripts(value: tuple[Any, ...], key: Any) -> None:
    Twins(value).apply(lambda o, k: o[k], tupleobject.tuple_get_item, key)


@given(TUPLES, TUPLES, st.integers(0, 5))
@settings(max_examples=150, deadline=None)
def test_compare(a: tuple[Any, ...], b: tuple[Any, ...], op: int) -> None:
    m = FakeContainers()
    compare = [lambda: a < b, lambda: a <= b, lambda: a == b, lambda: a != b, lambda: a > b, lambda: a >= b][op]
    assert outcome(lambda: m.run(lambda _, x, y: m.compare(op, x, y), a, b)) == outcome(compare)


@given(TUPLES, st.one_of(TUPLES, st.just([1])), st.integers(-1, 3))
@settings(max_examples=100, deadline=None)
def test_operators_and_methods(value: tuple[Any, ...], other: Any, n: int) -> None:
    t = Twins(value)
    t.apply(lambda a, b: a + b, tupleobject.tuple_concat, other)
    t.same(lambda: value * n, lambda: tupleobject.tuple_repeat(t.m, t.twin, n))
    for item in [*value[:2], 1, "a"]:
        t.call("count", item)
        t.call("index", item)
        t.call("index", item, 1)
        t.call("index", item, -3, 5)
        t.apply(lambda o, x: x in o, tupleobject.tuple_contains, item)
    t.same(lambda: repr(value), lambda: tupleobject.tuple_repr(t.m, t.twin))
    t.m.release(t.twin)
    assert t.m.clean()


@given(st.one_of(TUPLES, st.lists(VALUES, max_size=5), st.sets(ITEMS), st.dictionaries(ITEMS, ITEMS), st.text(),
                 st.builds(range, st.integers(0, 5)), st.just(5)))  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_from_any_iterable(value: Any) -> None:
    m = FakeContainers()
    a = m.load(value)
    new = lambda mm, _, at, n: tuple_methods.new(mm, T_TUPLE, at, n)  # noqa: E731
    got = outcome(lambda: m.run(lambda _: m.invoke(new, 0, a)))
    if isinstance(value, set):
        assert got == tuple(m.keys(a))
    else:
        assert shown(got) == shown(outcome(lambda: tuple(value)))
    m.release(a)
    assert m.clean()


def test_there_is_one_empty_tuple() -> None:
    m = FakeContainers()
    assert m.load(()) == EMPTY_TUPLE
    a = m.load((1,))
    assert tupleobject.tuple_repeat(m, a, 0) == EMPTY_TUPLE
    assert tupleobject.tuple_get_item(m, a, m.load(slice(5, 9))) == EMPTY_TUPLE
    assert tupleobject.tuple_get_item(m, a, m.load(slice(None))) == a


@given(BOUND, BOUND, BOUND, st.one_of(st.integers(-1, 12), st.just(10**30), st.just("x")))
@settings(max_examples=150, deadline=None)
def test_slice_objects(start: Any, stop: Any, step: Any, length: Any) -> None:
    m = FakeContainers()
    s = m.load(slice(start, stop, step))
    expected = outcome(lambda: slice(start, stop, step).indices(length))
    assert outcome(lambda: m.run(slice_method(s), length)) == expected
    assert m.take(slice_methods.slice_repr(m, s)) == repr(slice(start, stop, step))
    other = m.load(slice(start, stop, None))
    assert m.take(slice_methods.slice_compare(m, 2, s, other)) == (step is None)


def slice_method(s: int) -> Any:
    return lambda m, length: m.invoke(slice_methods.call, slice_methods.SLICE_INDICES, s, length)


@pytest.mark.parametrize("arguments", [(5,), (1, 5), (1, 5, 2), (None, None, -1)])
def test_new_slice(arguments: tuple[Any, ...]) -> None:
    m = FakeContainers()
    new = lambda mm, _, at, n: slice_methods.new(mm, 0, at, n)  # noqa: E731
    assert m.take(m.invoke(new, 0, *[m.load(x) for x in arguments])) == slice(*arguments)
    a = m.load(1)
    assert m.take(new_slice(m, a, a, a)) == slice(1, 1, 1)
