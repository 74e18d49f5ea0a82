"""Sets against the host's: contents and order of sets of ints and tuples, operators, methods, hashes."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from objects.fake_containers import FakeContainers, Twins, shown
from objects.fake_machine import outcome

from minipy.memory.statics import NONE, NOT_IMPLEMENTED_OBJECT, T_SET
from minipy.objects import set_algebra, set_methods, set_operators, setobject
from minipy.objects.operators import NB_AND, NB_OR, NB_SUBTRACT, NB_XOR

ITEMS = st.one_of(
    st.integers(-4, 30), st.integers(-(1 << 66), 1 << 66), st.tuples(st.integers(0, 3), st.integers(0, 3)),
    st.sampled_from([1.0, 2.5, True, 1 << 61, (1 << 61) - 1, -1, -2, 8, 16, 32, 64, 40, 72]),
)  # fmt: skip
SETS = st.sets(ITEMS, max_size=40)
OTHERS = st.one_of(
    SETS, st.frozensets(ITEMS, max_size=20), st.lists(ITEMS, max_size=8),
    st.dictionaries(ITEMS, st.just(1), max_size=9), st.builds(range, st.integers(0, 40)), st.just([[]]), st.just(7),
)  # fmt: skip
ONE = ["add", "discard", "remove", "isdisjoint", "issubset", "issuperset"]
MANY = ["update", "difference_update", "intersection_update", "union", "intersection", "difference"]
OPERATIONS = st.one_of(
    st.tuples(st.sampled_from(ONE[:3]), st.one_of(ITEMS, st.just([]), st.frozensets(ITEMS, max_size=2))),
    st.tuples(st.sampled_from(ONE[3:]), OTHERS),
    st.tuples(st.sampled_from(["symmetric_difference", "symmetric_difference_update"]), OTHERS),
    st.tuples(st.sampled_from(MANY)),
    st.tuples(st.sampled_from(MANY), OTHERS),
    st.tuples(st.sampled_from(MANY), OTHERS, OTHERS),
    st.tuples(st.sampled_from(["pop", "pop", "pop", "copy", "clear"])),
    st.tuples(st.sampled_from("&|-^"), OTHERS),
    st.tuples(st.sampled_from(["&=", "|=", "-=", "^="]), OTHERS),
)
NUMBERS = {"&": NB_AND, "|": NB_OR, "-": NB_SUBTRACT, "^": NB_XOR}


def operate(o: Any, symbol: str, other: Any) -> Any:
    """What the host's slot gives."""
    names = {"&": "and", "|": "or", "-": "sub", "^": "xor"}
    prefix = "i" if symbol.endswith("=") else ""
    return getattr(o, f"__{prefix}{names[symbol[0]]}__")(other)


@settings(max_examples=200, deadline=None)
@given(SETS, st.lists(OPERATIONS, max_size=15))
def test_operations(start: set[Any], operations: list[Any]) -> None:
    t = Twins(set())
    for item in start:
        t.call("add", item)
    for name, *arguments in operations:
        if name[0] in NUMBERS:
            native = set_operators.set_inplace if name.endswith("=") else set_operators.set_binary
            t.apply(lambda o, other, name=name: operate(o, name, other),
                    lambda m, o, other, name=name, native=native: native(m, NUMBERS[name[0]], o, other), *arguments)
        else:
            t.call(name, *arguments)
    t.m.release(t.twin)
    assert t.m.clean()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 60)), max_size=300))
def test_order_of_ints_that_come_and_go(steps: list[tuple[int, int]]) -> None:
    t = Twins(set())
    for kind, value in steps:
        if kind < 3:
            t.call("add", value * 7)
        elif kind == 3:
            t.call("discard", value * 7)
        else:
            t.call("pop")


def test_order_of_many_ints() -> None:
    m = FakeContainers()
    s = setobject.new_set(m, T_SET)
    host = set()
    x = 12345
    for _ in range(3000):
        x = (x * 1103515245 + 12345) % (1 << 31)
        host.add(x >> 8)
        a = m.load(x >> 8)
        setobject.set_add(m, s, a)
        m.release(a)
    assert m.keys(s) == list(host)
    twin = set_algebra.set_copy(m, s)
    assert m.keys(twin) == list(host.copy())


@given(SETS, SETS)
@settings(max_examples=80, deadline=None)
def test_compare(a: set[Any], b: set[Any]) -> None:
    m = FakeContainers()
    b = b & a if len(b) % 2 else b
    x, y, z = m.load(a), m.load(b), m.load(frozenset(a))
    expected = [a < b, a <= b, a == b, a != b, a > b, a >= b]
    assert [m.take(set_operators.set_compare(m, op, x, y)) for op in range(6)] == expected
    assert m.take(set_operators.set_compare(m, 2, x, z)) is True
    r = set_operators.set_compare(m, 2, x, NONE)
    assert r == NOT_IMPLEMENTED_OBJECT


@given(st.frozensets(ITEMS, max_size=20), st.frozensets(st.frozensets(ITEMS, max_size=3), max_size=4))
@settings(max_examples=80, deadline=None)
def test_frozenset_hash(a: frozenset[Any], nested: frozenset[Any]) -> None:
    m = FakeContainers()
    assert set_operators.frozenset_hash(m.words, m.load(a)) == hash(a)
    assert m.hash(m.load(nested)) == hash(nested)
    assert m.hash(m.load((a, nested))) == hash((a, nested))


def test_sets_are_found_in_sets_of_frozensets() -> None:
    m = FakeContainers()
    s, key = m.load({frozenset({1, 2})}), m.load({2, 1})
    assert set_methods.set_has(m, s, key)
    m.take(m.invoke(set_methods.call, set_methods.SET_REMOVE, s, key))
    assert m.keys(s) == []


def test_a_frozenset_is_its_own_copy() -> None:
    m = FakeContainers()
    f = m.load(frozenset({1}))
    assert m.invoke(set_methods.call, set_methods.SET_COPY, f) == f


def test_repr() -> None:
    m = FakeContainers()
    for value in (set(), frozenset(), {1, 2}, frozenset({3}), {(1, 2)}, {frozenset()}):
        assert m.take(m.repr(m.load(value))) == repr(value)


def test_iteration_and_change() -> None:
    m = FakeContainers()
    s, four = m.load({1, 2, 3}), m.load(4)
    it = m.iter(s)
    assert m.take(m.next(it)) == 1
    setobject.set_add(m, s, four)
    assert outcome(lambda: m.run(lambda _: m.next(it))) == "RuntimeError: Set changed size during iteration"
    assert shown(m.drain(m.iter(s))) == shown([1, 2, 3, 4])


def test_an_equality_that_changes_the_set_starts_the_search_again() -> None:
    m = FakeContainers()
    s = setobject.new_set(m, T_SET)

    class Key:
        change = "none"

        def __hash__(self) -> int:
            return 3

        def __eq__(self, other: object) -> bool:
            change, Key.change = Key.change, "none"
            for i in range(40 if change == "grow" else 0):
                a = m.load(i)
                setobject.set_add(m, s, a)
                m.release(a)
            if change == "clear":
                setobject.set_clear(m, s)
            return False

    for change in ("grow", "clear", "clear"):
        for _ in range(2):
            k = m.load(Key())
            setobject.set_add(m, s, k)
            m.release(k)
        Key.change = change
        k = m.load(Key())
        assert not setobject.set_contains(m, s, k)
        setobject.set_add(m, s, k)
        assert setobject.set_contains(m, s, k)
