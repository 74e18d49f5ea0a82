"""Lists against the host's: methods, subscripts, growth, sorting, and programs that change a list under way."""

from __future__ import annotations

import random
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from objects.fake_containers import FakeContainers, Twins, shown
from objects.fake_machine import outcome

from minipy.memory.layout import LIST_ALLOCATED, LIST_LENGTH
from minipy.memory.words import Raised
from minipy.objects import list_methods, listobject, listsort
from minipy.objects.list_slice import list_del_item, list_get_item, list_set_item
from minipy.objects.operators import CMP_EQ

VALUES = st.one_of(
    st.integers(-3, 3), st.integers(-(1 << 70), 1 << 70), st.sampled_from([True, None, 1.0, 2.5, "a", "b", (1, 2), ""])
)
LISTS = st.lists(VALUES, max_size=12)
INDEX = st.one_of(st.integers(-14, 14), st.sampled_from([1 << 70, -(1 << 70)]))
BOUND = st.one_of(st.none(), INDEX)
STEP = st.one_of(st.none(), st.integers(-3, 3))


def delete(o: list[Any], key: Any) -> None:
    del o[key]


def assign(o: list[Any], key: Any, value: Any) -> None:
    o[key] = value


def add(o: list[Any], value: Any) -> Any:
    o += value
    return o


def times(o: list[Any], n: int) -> Any:
    o *= n
    return o


OPERATIONS = st.one_of(
    st.tuples(st.just("call"), st.just("append"), VALUES),
    st.tuples(st.just("call"), st.just("extend"), st.one_of(LISTS, st.text(max_size=3), st.just(7))),
    st.tuples(st.just("call"), st.just("insert"), st.integers(-14, 14), VALUES),
    st.tuples(st.just("call"), st.just("pop")),
    st.tuples(st.just("call"), st.just("pop"), st.integers(-14, 14)),
    st.tuples(st.just("call"), st.just("remove"), VALUES),
    st.tuples(st.just("call"), st.just("index"), VALUES),
    st.tuples(st.just("call"), st.just("index"), VALUES, INDEX, INDEX),
    st.tuples(st.just("call"), st.just("count"), VALUES),
    st.tuples(st.just("call"), st.sampled_from(["clear", "copy", "reverse"])),
    st.tuples(st.just("get"), st.one_of(INDEX, st.builds(slice, BOUND, BOUND, STEP), st.just("x"), st.just(True))),
    st.tuples(st.just("delete"), st.one_of(INDEX, st.builds(slice, BOUND, BOUND, STEP), st.just(None))),
    st.tuples(st.just("set"), st.one_of(INDEX, st.just(1.0)), VALUES),
    st.tuples(st.just("set"), st.builds(slice, BOUND, BOUND, STEP), st.one_of(LISTS, st.just(5), st.just("xyz"))),
    st.tuples(st.just("add"), st.one_of(LISTS, st.just((1, 2)), st.just(3))),
    st.tuples(st.just("times"), st.integers(-1, 3)),
    st.tuples(st.just("concat"), st.one_of(LISTS, st.just((1,)))),
)


@settings(max_examples=150, deadline=None)
@given(LISTS, st.lists(OPERATIONS, max_size=10))
def test_operations(start: list[Any], operations: list[Any]) -> None:
    t = Twins(start)
    for kind, *arguments in operations:
        if kind == "call":
            t.call(*arguments)
        elif kind == "get":
            t.apply(lambda o, key: o[key], list_get_item, *arguments)
        elif kind == "delete":
            t.apply(delete, list_del_item, *arguments)
        elif kind == "set":
            t.apply(assign, list_set_item, *arguments)
        elif kind == "add":
            t.apply(add, listobject.list_inplace_concat, *arguments)
        elif kind == "times":
            n = arguments[0]
            t.same(lambda n=n: times(t.host, n), lambda n=n: listobject.list_inplace_repeat(t.m, t.twin, n))
        else:
            t.apply(lambda o, other: o + other, listobject.list_concat, *arguments)
    t.m.release(t.twin)
    assert t.m.clean()


@given(LISTS, LISTS, st.integers(0, 5))
@settings(max_examples=150, deadline=None)
def test_compare(a: list[Any], b: list[Any], op: int) -> None:
    m = FakeContainers()
    compare = [lambda: a < b, lambda: a <= b, lambda: a == b, lambda: a != b, lambda: a > b, lambda: a >= b][op]
    assert outcome(lambda: m.run(lambda _, x, y: m.compare(op, x, y), a, b)) == outcome(compare)


def test_growth_is_cpythons() -> None:
    m = FakeContainers()
    a = listobject.new_list(m, 0)
    host: list[int] = []
    empty = sys.getsizeof(host)
    one = m.load(1)
    for _ in range(200):
        host.append(1)
        listobject.list_append(m, a, one)
        assert m.words[a + LIST_ALLOCATED] == (sys.getsizeof(host) - empty) // 8
    while host:
        host.pop()
        m.release(list_methods.list_pop(m, a, -1))
        assert m.words[a + LIST_ALLOCATED] == (sys.getsizeof(host) - empty) // 8


KEYS = [
    st.integers(-5, 5), st.integers(-(1 << 61), 1 << 61), st.floats(allow_nan=False), st.text(max_size=3),
    st.one_of(st.integers(-(1 << 65), 1 << 65), st.floats(allow_nan=False), st.booleans()),
    st.tuples(st.integers(0, 2), st.text(max_size=1)), st.lists(st.integers(0, 1), max_size=3).map(tuple),
    st.tuples(st.one_of(st.integers(0, 2), st.sampled_from([0.5, True, 1 << 70, "a"]))),
    st.one_of(st.integers(), st.text(max_size=2)),
]  # fmt: skip


@given(st.one_of([st.lists(k, max_size=60) for k in KEYS]), st.sampled_from([..., False, True]))
@settings(max_examples=200, deadline=None)
def test_sort(start: list[Any], backwards: Any) -> None:
    t = Twins(start)
    number = list_methods.LIST_SORT
    flag = 0 if backwards is ... else t.m.load(backwards)
    expected = sorted(start, reverse=backwards is True) if comparable(start) else None
    try:
        t.m.take(t.m.invoke(list_methods.call, number, t.twin, 0, flag))
        assert shown(t.m.read(t.twin)) == shown(expected)
    except Raised:
        assert expected is None
        assert sorted(map(shown, t.m.read(t.twin))) == sorted(map(shown, start))
        t.m.fault()


def comparable(values: list[Any]) -> bool:
    """Can the host sort them?"""
    return isinstance(outcome(lambda: sorted(values)), list)


@pytest.mark.parametrize("n", [0, 1, 2, 11, 100, 1000])
@pytest.mark.parametrize("backwards", [False, True])
def test_sort_is_stable_with_a_key(n: int, backwards: bool) -> None:
    m = FakeContainers()
    values = [(random.randrange(n // 3 + 1), i) for i in range(n)]
    a, key = m.load(values), m.load(lambda pair: pair[0])
    listsort.list_sort(m, a, key, backwards)
    assert m.read(a) == sorted(values, key=lambda pair: pair[0], reverse=backwards)
    m.release(a, key)
    assert m.clean()


class Logged:
    """An item that notes each comparison."""

    log: list[tuple[int, int]] = []

    def __init__(self, value: int) -> None:
        self.value = value

    def __lt__(self, other: Logged) -> bool:
        Logged.log.append((self.value, other.value))
        return self.value < other.value


RUNS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 90), st.sampled_from([-1, 0, 1, 2])), max_size=9)


@given(RUNS, st.randoms(use_true_random=False), st.integers(0, 30), st.booleans())
@settings(max_examples=120, deadline=None)
def test_sort_compares_what_cpython_compares(runs: Any, random: random.Random, swaps: int, backwards: bool) -> None:
    values = [start + step * i for start, length, step in runs for i in range(length)]
    for _ in range(swaps if values else 0):
        i = random.randrange(len(values))
        values[i] = random.randrange(99)
    m = FakeContainers()
    Logged.log = expected = []
    host = sorted(map(Logged, values), reverse=backwards)
    Logged.log = got = []
    a = m.load([Logged(v) for v in values])
    listsort.list_sort(m, a, 0, backwards)
    assert [x.value for x in m.read(a)] == [x.value for x in host]
    assert got == expected


@pytest.mark.parametrize("values", [list(range(300)), list(range(300, 0, -1)), [1] * 300, list(range(150)) * 2])
def test_sort_of_ordered_lists(values: list[int]) -> None:
    m = FakeContainers()
    a = m.load(values)
    listsort.list_sort(m, a, 0, False)
    assert m.read(a) == sorted(values)


def test_sort_notices_that_the_key_changes_the_list() -> None:
    m = FakeContainers()
    a = m.load([3, 1, 2])
    seen = []

    def key(x: int) -> int:
        seen.append(m.words[a + LIST_LENGTH])
        if x == 1:
            v = m.load(9)
            listobject.list_append(m, a, v)
            m.release(v)
        return -x

    k = m.load(key)
    with pytest.raises(Raised):
        listsort.list_sort(m, a, k, False)
    assert m.fault() == "ValueError: list modified during sort"
    assert m.read(a) == [3, 2, 1]
    assert seen[0] == 0


@pytest.mark.parametrize("calls", [0, 1, 5, 20, 50, 100])
def test_sort_keeps_all_items_when_a_comparison_fails(calls: int) -> None:
    m = FakeContainers()

    class Item:
        left = calls

        def __init__(self, value: int) -> None:
            self.value = value

        def __lt__(self, other: Item) -> bool:
            Item.left -= 1
            if Item.left < 0:
                raise ValueError("enough")
            return self.value < other.value

    items = [Item(random.randrange(100)) for _ in range(60)]
    a = m.load(items)
    outcome(lambda: listsort.list_sort(m, a, 0, True))
    assert sorted(map(id, m.read(a))) == sorted(map(id, items))


def test_index_survives_an_equality_that_clears_the_list() -> None:
    m = FakeContainers()

    class Clearing:
        def __eq__(self, other: object) -> bool:
            listobject.list_clear(m, a)
            return False

        __hash__ = None  # type: ignore[assignment]

    a = m.load([Clearing(), 1, 2])
    v = m.load(5)
    assert listobject.list_find(m, a, v, 0, 3) == -1
    assert m.read(a) == []


def test_compare_survives_an_equality_that_clears_the_list() -> None:
    m = FakeContainers()

    class Clearing:
        def __eq__(self, other: object) -> bool:
            listobject.list_clear(m, a)
            return False

        __hash__ = None  # type: ignore[assignment]

    a, b = m.load([Clearing()]), m.load([1])
    assert m.take(list_methods.list_compare(m, CMP_EQ, a, b)) is False


def test_extend_by_itself_and_slices_of_itself() -> None:
    m = FakeContainers()
    a = m.load([1, 2, 3])
    listobject.list_extend(m, a, a)
    assert m.read(a) == [1, 2, 3, 1, 2, 3]
    s = m.load(slice(1, 2))
    list_set_item(m, a, s, a)
    assert m.read(a) == [1, 1, 2, 3, 1, 2, 3, 3, 1, 2, 3]


def test_repr() -> None:
    m = FakeContainers()
    a = m.load([1, "a", [2.5, None], (1,), {}])
    assert m.take(m.repr(a)) == "[1, 'a', [2.5, None], (1,), {}]"
    listobject.list_append(m, a, a)
    assert m.take(m.repr(a)).endswith(", {}, [...]]")
    assert m.under_way == set()
