"""Dicts against the host's: methods, order, growth, views, iteration, and programs that change a dict under way."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from objects.fake_containers import FakeContainers, Twins, shown
from objects.fake_machine import Fault, outcome

from minipy.memory.layout import (
    DICT_ENTRIES_WORDS,
    DICT_INDEX,
    DICT_INDEX_WORDS,
    DICT_NENTRIES,
    DICT_USED,
    DICT_VERSION,
)
from minipy.memory.statics import NONE, T_DICT, T_DICT_ITEMS, T_DICT_KEYS, T_DICT_VALUES
from minipy.memory.words import Raised
from minipy.objects import dict_merge, dict_methods, dictobject, dicttable, dictview_methods, dictviews
from minipy.objects.operators import CMP_EQ, CMP_LE, NB_AND, NB_OR, NB_SUBTRACT, NB_XOR

KEYS = st.one_of(
    st.integers(0, 20), st.sampled_from(["a", "b", "key", 1.0, 2.5, True, None, (1, 2), -1, 1 << 61, 1 << 70, "é"])
)
DICTS = st.dictionaries(KEYS, st.integers(0, 3), max_size=12)
UNHASHABLE = st.sampled_from([[], {}])
OPERATIONS = st.one_of(
    st.tuples(st.just("set"), st.one_of(KEYS, UNHASHABLE), st.integers(0, 3)),
    st.tuples(st.just("set"), KEYS, st.integers(0, 3)),
    st.tuples(st.just("delete"), KEYS),
    st.tuples(st.just("get"), st.one_of(KEYS, UNHASHABLE)),
    st.tuples(st.just("in"), KEYS),
    st.tuples(st.just("call"), st.just("get"), KEYS),
    st.tuples(st.just("call"), st.just("get"), KEYS, KEYS),
    st.tuples(st.just("call"), st.just("setdefault"), KEYS, KEYS),
    st.tuples(st.just("call"), st.just("setdefault"), KEYS),
    st.tuples(st.just("call"), st.just("pop"), KEYS),
    st.tuples(st.just("call"), st.just("pop"), KEYS, KEYS),
    st.tuples(st.just("call"), st.sampled_from(["popitem", "popitem", "copy", "clear"])),
    st.tuples(st.just("update"), st.one_of(DICTS, st.lists(st.tuples(KEYS, KEYS), max_size=3), st.just([(1, 2), (3,)]),
                                           st.just([5]), st.just(["ab"]), st.just(5))),
    st.tuples(st.just("or"), st.one_of(DICTS, st.just(5))),
)  # fmt: skip


def delete(d: dict[Any, Any], key: Any) -> None:
    del d[key]


def assign(d: dict[Any, Any], key: Any, value: Any) -> None:
    d[key] = value


def merged(d: dict[Any, Any], other: Any) -> Any:
    return d | other if isinstance(other, dict) else NotImplemented


@settings(max_examples=150, deadline=None)
@given(DICTS, st.lists(OPERATIONS, max_size=30))
def test_operations(start: dict[Any, Any], operations: list[Any]) -> None:
    t = Twins(start)
    for kind, *arguments in operations:
        if kind == "call":
            t.call(*arguments)
        elif kind == "set":
            t.apply(assign, dict_methods.dict_set_item, *arguments)
        elif kind == "delete":
            t.apply(delete, dict_methods.dict_del_item, *arguments)
        elif kind == "get":
            t.apply(lambda d, key: d[key], dict_methods.dict_get_item, *arguments)
        elif kind == "in":
            t.apply(lambda d, key: key in d, dict_methods.dict_contains, *arguments)
        elif kind == "update":
            t.apply(lambda d, other: d.update(other), dict_merge.dict_update, *arguments)
        else:
            t.apply(merged, dict_methods.dict_or, *arguments)
        check_tables(t.m, t.twin)
    t.m.release(t.twin)
    assert t.m.clean()


def check_tables(m: FakeContainers, d: int) -> None:
    """Every entry ever added has one index word, and a third of the index words is free."""
    w = m.words
    index = [w[w[d + DICT_INDEX] + i] for i in range(w[d + DICT_INDEX_WORDS])]
    n = w[d + DICT_NENTRIES]
    assert sorted(abs(i) for i in index if i) == list(range(1, n + 1))
    assert sum(1 for i in index if i > 0) == w[d + DICT_USED]
    assert n * 3 <= w[d + DICT_ENTRIES_WORDS] <= len(index) * 2


@given(DICTS, DICTS)
@settings(max_examples=60, deadline=None)
def test_equality(a: dict[Any, Any], b: dict[Any, Any]) -> None:
    m = FakeContainers()
    x, y = m.load(a), m.load(b)
    assert m.take(dict_methods.dict_compare(m, CMP_EQ, x, y)) == (a == b)
    z = m.load(dict(reversed(a.items())))
    assert m.take(dict_methods.dict_compare(m, CMP_EQ, x, z)) is True


@given(st.lists(st.tuples(st.integers(0, 2), KEYS), max_size=200))
@settings(max_examples=60, deadline=None)
def test_a_version_stands_for_the_places_of_all_keys(steps: list[tuple[int, Any]]) -> None:
    m = FakeContainers()
    d = dictobject.new_dict(m)
    places: dict[int, list[int]] = {}
    for kind, key in steps:
        a = m.load(key)
        if kind < 2:
            dictobject.dict_set(m, d, a, NONE)
        else:
            dictobject.dict_del(m, d, a)
        m.release(a)
        w = m.words
        now = [w[dicttable.entry_at(w, d, i) + 1] for i in range(w[d + DICT_NENTRIES])]
        assert places.setdefault(w[d + DICT_VERSION], now) == now


def test_an_empty_dict_has_no_tables() -> None:
    m = FakeContainers()
    d = dictobject.new_dict(m)
    assert m.words[d + DICT_INDEX] == 0
    assert dictobject.dict_get(m, d, NONE) == 0
    assert not dictobject.dict_del(m, d, NONE)


def test_adding_and_popping_does_not_grow() -> None:
    m = FakeContainers()
    d = m.load({0: 0})
    for i in range(1000):
        k = m.load(i)
        dictobject.dict_set(m, d, k, k)
        m.release(k, m.invoke(dict_methods.call, dict_methods.DICT_POPITEM, d))
    assert m.words[d + DICT_INDEX_WORDS] == 8
    check_tables(m, d)


@pytest.mark.parametrize("n", [1, 5, 6, 10, 11, 100, 1000, 5000])
def test_a_dict_takes_at_most_twice_cpythons_memory(n: int) -> None:
    m = FakeContainers()
    d = dictobject.new_dict(m)
    for i in range(n):
        k = m.load(i)
        dictobject.dict_set(m, d, k, k)
        m.release(k)
    words = 12 + m.words[d + DICT_INDEX_WORDS] + m.words[d + DICT_ENTRIES_WORDS]
    assert words * 8 <= 2 * sys.getsizeof({i: i for i in range(n)})


def test_keywords_and_mappings() -> None:
    m = FakeContainers()

    class Mapping:
        def keys(self) -> list[str]:
            return ["x", "y"]

        def __getitem__(self, key: str) -> str:
            return key * 2

    d, other, keywords = m.load({}), m.load(Mapping()), m.load({"y": 1, "z": 2})
    m.take(m.invoke(dict_methods.call, dict_methods.DICT_UPDATE, d, other, keywords))
    assert m.read(d) == {"x": "xx", "y": 1, "z": 2}
    new = lambda mm, _, at, n: dict_methods.new(mm, T_DICT, at, n)  # noqa: E731
    assert m.take(m.invoke(new, 0, 0, 0)) == {}
    assert m.take(m.invoke(new, 0, m.load([(1, 2)]), keywords)) == {1: 2, "y": 1, "z": 2}


def test_from_keys() -> None:
    m = FakeContainers()
    make, keys, value = m.load(dict), m.load("aba"), m.load(3)
    number = dict_methods.DICT_FROMKEYS
    assert m.take(m.invoke(dict_methods.call, number, make, keys, value)) == {"a": 3, "b": 3}
    assert m.take(m.invoke(dict_methods.call, number, make, keys)) == {"a": None, "b": None}


def test_repr() -> None:
    m = FakeContainers()
    d = m.load({"a": [1], 2: ()})
    k = m.load("self")
    dictobject.dict_set(m, d, k, d)
    assert m.take(m.repr(d)) == "{'a': [1], 2: (), 'self': {...}}"


# ---------------------------------------------------------------- views and iterators
@given(DICTS, st.one_of(DICTS, st.sets(KEYS, max_size=6)))
@settings(max_examples=80, deadline=None)
def test_views_as_sets(a: dict[Any, Any], b: Any) -> None:
    m = FakeContainers()
    x, y = m.load(a), m.load(b)
    keys = dictviews.new_view(m, T_DICT_KEYS, x)
    other = dictviews.new_view(m, T_DICT_KEYS, y) if isinstance(b, dict) else y
    b_keys = b.keys() if isinstance(b, dict) else b
    expected = {NB_AND: a.keys() & b_keys, NB_OR: a.keys() | b_keys, NB_SUBTRACT: a.keys() - b_keys,
                NB_XOR: a.keys() ^ b_keys}  # fmt: skip
    for op, value in expected.items():
        assert m.take(dictview_methods.view_binary(m, op, keys, other)) == value
    assert m.take(dictview_methods.view_binary(m, NB_SUBTRACT, other, keys)) == b_keys - a.keys()
    assert m.take(dictview_methods.view_compare(m, CMP_LE, keys, other)) == (a.keys() <= b_keys)
    disjoint = m.invoke(dictview_methods.call, dictview_methods.VIEW_ISDISJOINT, keys, other)
    assert m.take(disjoint) == a.keys().isdisjoint(b_keys)
    items = dictviews.new_view(m, T_DICT_ITEMS, x)
    if isinstance(b, dict):
        pairs = dictviews.new_view(m, T_DICT_ITEMS, y)
        assert m.take(dictview_methods.view_binary(m, NB_AND, items, pairs)) == a.items() & b.items()
        assert m.take(dictview_methods.view_compare(m, CMP_EQ, items, pairs)) == (a.items() == b.items())
        m.release(pairs, other)
    m.release(keys, items, x, y)
    assert m.clean()


def test_views_are_live_and_print() -> None:
    m = FakeContainers()
    d = m.load({"a": 1})
    views = [dictviews.new_view(m, t, d) for t in (T_DICT_KEYS, T_DICT_VALUES, T_DICT_ITEMS)]
    k = m.load("b")
    dictobject.dict_set(m, d, k, k)
    assert [m.take(m.repr(v)) for v in views] == [
        "dict_keys(['a', 'b'])", "dict_values([1, 'b'])", "dict_items([('a', 1), ('b', 'b')])"
    ]  # fmt: skip
    assert dictviews.view_length(m.words, views[0]) == 2


@given(DICTS)
@settings(max_examples=40, deadline=None)
def test_iteration(a: dict[Any, Any]) -> None:
    m = FakeContainers()
    d = m.load(a)
    for t, view in ((T_DICT_KEYS, a.keys()), (T_DICT_VALUES, a.values()), (T_DICT_ITEMS, a.items())):
        v = dictviews.new_view(m, t, d)
        assert shown(m.drain(m.iter(v))) == shown(list(view))
        assert shown(m.drain(dictviews.reverse_iter(m, d, t))) == shown(list(reversed(view)))
        m.release(v)
    m.release(d)
    assert m.clean()


def test_an_items_iterator_uses_its_pair_again_only_if_nobody_kept_it() -> None:
    m = FakeContainers()
    d = m.load({1: 2, 3: 4, 5: 6})
    view = dictviews.new_view(m, T_DICT_ITEMS, d)
    it = m.iter(view)
    first = m.next(it)
    second = m.next(it)
    assert first != second and m.read(first) == (1, 2)
    m.release(second)
    assert m.next(it) == second and m.read(second) == (5, 6)


@pytest.mark.parametrize("change", ["add", "delete", "exchange"])
def test_a_dict_that_changes_during_iteration(change: str) -> None:
    def run(d: Any, add: Any, delete: Any, items: Any) -> str:
        seen = []
        for k in items:
            seen.append(k)
            if change != "add":
                delete(k)
            if change != "delete":
                add(k + 10)
        return str(seen)

    host = {1: 1, 2: 2}
    m = FakeContainers()
    d = m.load({1: 1, 2: 2})

    def iterate() -> Any:
        it = m.iter(d)
        while True:
            try:
                v = m.next(it)
            except Raised:
                raise Fault(m.fault()) from None
            if v == 0:
                return
            yield m.take(v)

    def native_add(k: int) -> None:
        a = m.load(k)
        dictobject.dict_set(m, d, a, a)
        m.release(a)

    def native_delete(k: int) -> None:
        a = m.load(k)
        dictobject.dict_del(m, d, a)
        m.release(a)

    expected = outcome(lambda: run(host, lambda k: host.update({k: k}), lambda k: host.pop(k), host))
    assert outcome(lambda: run(d, native_add, native_delete, iterate())) == expected


# ---------------------------------------------------------------- keys with a program's equality
def test_an_equality_that_changes_the_dict_starts_the_search_again() -> None:
    m = FakeContainers()
    d = dictobject.new_dict(m)

    class Key:
        busy = True

        def __init__(self, value: int) -> None:
            self.value = value

        def __hash__(self) -> int:
            return 5

        def __eq__(self, other: object) -> bool:
            if Key.busy:
                Key.busy = False
                for i in range(50):
                    a = m.load(i)
                    dictobject.dict_set(m, d, a, a)
                    m.release(a)
            return isinstance(other, Key) and self.value == other.value

    keys = [m.load(Key(i)) for i in range(3)]
    for k in keys:
        dictobject.dict_set(m, d, k, k)
    same = m.load(Key(1))
    assert dictobject.dict_get(m, d, same) == keys[1]
    five = m.load(5)
    assert m.read(dictobject.dict_get(m, d, five)) == 5
    check_tables(m, d)


def test_str_keys_run_no_program_code() -> None:
    m = FakeContainers()

    class Odd:
        def __init__(self, h: int) -> None:
            self.h = h

        def __hash__(self) -> int:
            return self.h

        def __eq__(self, other: object) -> bool:
            raise AssertionError("asked")

    name = m.load("name")
    odd = m.load(Odd(dictobject.str_hash(m.words, name)))
    d = m.load({})
    dictobject.dict_set(m, d, odd, NONE)
    assert dictobject.dict_find_str(m.words, d, name) == 0
