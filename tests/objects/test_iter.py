"""Iterators against the host's: of containers, of calls, and of other iterators."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from objects.fake_containers import FakeContainers, shown
from objects.fake_machine import Fault, outcome

from minipy.memory.statics import T_ENUMERATE, T_FILTER, T_MAP, T_REVERSED, T_ZIP
from minipy.memory.words import Raised
from minipy.objects import enumobject, iterobject, list_methods, listobject

ITERABLES = st.one_of(
    st.lists(st.integers(), max_size=5), st.text(max_size=4), st.lists(st.integers(), max_size=4).map(tuple),
    st.builds(range, st.integers(0, 5)), st.dictionaries(st.integers(0, 9), st.none(), max_size=4),
)  # fmt: skip


def make(m: FakeContainers, new: Any, t: int, *arguments: Any) -> list[Any]:
    """What the iterator new(...) gives; ... stands for an argument not given."""
    addresses = [0 if x is ... else m.load(x) for x in arguments]
    try:
        it = m.invoke(lambda mm, _, at, n: new(mm, t, at, n), 0, *addresses)
        return m.drain(it)
    except Raised:
        raise Fault(m.fault()) from None
    finally:
        m.release(*[a for a in addresses if a])


@given(ITERABLES, st.sampled_from([..., 0, 5, -3, (1 << 62) - 2, 1 << 62, 1 << 80, True, 1.5]))
@settings(max_examples=100, deadline=None)
def test_enumerate(value: Any, start: Any) -> None:
    m = FakeContainers()
    expected = outcome(lambda: list(enumerate(value, *([] if start is ... else [start]))))
    assert shown(outcome(lambda: make(m, enumobject.new_enumerate, T_ENUMERATE, value, start))) == shown(expected)
    assert m.clean()


@given(st.lists(ITERABLES, max_size=4), st.sampled_from([..., True, False]))
@settings(max_examples=150, deadline=None)
def test_zip(values: list[Any], strict: Any) -> None:
    m = FakeContainers()
    expected = outcome(lambda: list(zip(*values, strict=strict is True)))
    assert shown(outcome(lambda: make(m, enumobject.new_zip, T_ZIP, *values, strict))) == shown(expected)
    assert m.clean()


def test_zip_uses_its_tuple_again_only_if_nobody_kept_it() -> None:
    m = FakeContainers()
    assert make(m, enumobject.new_zip, T_ZIP, [1, 2, 3], [4, 5, 6], ...) == [(1, 4), (2, 5), (3, 6)]
    it = m.invoke(lambda mm, _, at, n: enumobject.new_zip(mm, T_ZIP, at, n), 0, m.load("abc"), m.load("def"), 0)
    first, second = m.next(it), m.next(it)
    assert first != second and m.read(first) == ("a", "d")
    m.release(second)
    assert m.next(it) == second and m.next(it) == 0


@given(st.lists(ITERABLES, max_size=3))
@settings(max_examples=80, deadline=None)
def test_map(values: list[Any]) -> None:
    m = FakeContainers()
    join = lambda *a: repr(a)  # noqa: E731
    expected = outcome(lambda: list(map(join, *values)))
    assert outcome(lambda: make(m, enumobject.new_map, T_MAP, join, *values)) == expected
    assert m.clean()


@given(st.lists(st.integers(-2, 2)), st.sampled_from([None, lambda x: x > 0, lambda x: "" if x else "y"]))
@settings(max_examples=60, deadline=None)
def test_filter(value: list[int], function: Any) -> None:
    m = FakeContainers()
    assert make(m, enumobject.new_filter, T_FILTER, function, value) == list(filter(function, value))
    assert m.clean()


@given(st.one_of(ITERABLES, st.sets(st.integers()), st.just(5)))
@settings(max_examples=100, deadline=None)
def test_reversed(value: Any) -> None:
    m = FakeContainers()
    expected = outcome(lambda: list(reversed(value)))
    assert outcome(lambda: make(m, enumobject.new_reversed, T_REVERSED, value)) == expected
    assert m.clean()


@pytest.mark.parametrize("failing", [IndexError, StopIteration, KeyError])
def test_sequence_iterator(failing: type[Exception]) -> None:
    class Squares:
        def __getitem__(self, i: int) -> int:
            if i > 3:
                raise failing("end")
            return i * i

        def __len__(self) -> int:
            return 4

    m = FakeContainers()
    o = m.load(Squares())
    it = m.iter(o)
    assert [m.take(m.next(it)) for _ in range(4)] == [0, 1, 4, 9]
    if failing is KeyError:
        assert outcome(lambda: m.run(lambda _: m.next(it))).startswith("KeyError")
    else:
        assert m.next(it) == 0 and m.next(it) == 0
    if failing is not KeyError:
        assert make(m, enumobject.new_reversed, T_REVERSED, Squares()) == [9, 4, 1, 0]


def test_callable_iterator() -> None:
    m = FakeContainers()
    values = iter([1, 2, 3, 2])
    function, sentinel = m.load(lambda: next(values)), m.load(3)
    it = iterobject.callable_iter(m, function, sentinel)
    assert m.drain(it) == [1, 2]
    it = iterobject.callable_iter(m, function, m.load("never"))
    assert m.drain(it) == [2]


def test_list_iterators_see_the_list_change() -> None:
    m = FakeContainers()
    a = m.load([1, 2, 3])
    forward, backward = m.iter(a), list_methods.list_reversed(m, a)
    assert m.take(m.next(forward)) == 1 and m.take(m.next(backward)) == 3
    v = m.load(4)
    listobject.list_append(m, a, v)
    assert [m.take(m.next(forward)) for _ in range(3)] == [2, 3, 4] and m.next(forward) == 0
    listobject.list_clear(m, a)
    listobject.list_append(m, a, v)
    assert m.next(backward) == 0 and m.next(forward) == 0


@given(ITERABLES, st.integers(0, 6))
@settings(max_examples=100, deadline=None)
def test_length_hint(value: Any, steps: int) -> None:
    m = FakeContainers()
    host = iter(value)
    it = m.iter(m.load(value))
    for _ in range(steps):
        next(host, None)
        m.next(it)
    assert iterobject.iterator_length(m, it) == host.__length_hint__()


def test_an_iterator_is_its_own_iterator() -> None:
    m = FakeContainers()
    it = m.iter(m.load([1]))
    assert iterobject.iter_native(m, it) == it
    assert iterobject.iter_native(m, m.load(5)) == 0
