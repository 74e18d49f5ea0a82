"""Every operation on containers with its first, second, third ... allocation failing: nothing is lost or left over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from objects.fake_containers import FakeContainers

from minipy.memory.statics import (
    T_DICT,
    T_DICT_ITEMS,
    T_DICT_KEYS,
    T_ENUMERATE,
    T_FROZENSET,
    T_MAP,
    T_SET,
    T_TUPLE,
    T_ZIP,
)
from minipy.memory.switches import apply_switches
from minipy.memory.words import Raised
from minipy.objects import (
    dict_merge,
    dict_methods,
    dictobject,
    dictview_methods,
    dictviews,
    enumobject,
    list_methods,
    list_slice,
    listobject,
    listsort,
    range_methods,
    rangeobject,
    set_algebra,
    set_methods,
    set_operators,
    slice_methods,
    tuple_methods,
    tupleobject,
)
from minipy.objects.operators import NB_AND, NB_OR, NB_SUBTRACT, NB_XOR

M = FakeContainers
LONG = [10**6 + i for i in range(90)]
NAMES = {f"name{i}": i for i in range(7)}


def each(m: M, owned: int) -> None:
    """Drop an iterator's values."""
    try:
        v = m.next(owned)
        while v != 0:
            m.release(v)
            v = m.next(owned)
    finally:
        m.release(owned)


def appended(m: M, o: int, v: int) -> None:
    for _ in range(40):
        listobject.list_append(m, o, v)


def fill_dict(m: M, d: int, keys: int) -> None:
    i = 0
    while i < m.words[keys + 2]:
        k = listobject.list_item(m.words, keys, i)
        dictobject.dict_set(m, d, k, k)
        i += 1


def fill_set(m: M, s: int, keys: int) -> None:
    i = 0
    while i < m.words[keys + 2]:
        set_algebra.set_add(m, s, listobject.list_item(m.words, keys, i))
        i += 1


def made(new: Any, t: int) -> Callable[..., Any]:
    return lambda m, *a: m.release(m.invoke(lambda mm, _, at, n: new(mm, t, at, n), 0, *a))


def called(module: Any, name: str) -> Callable[..., Any]:
    rows = module.METHODS
    number = next(row[0] for row in rows if row[1] == name)
    return lambda m, *a: m.release(m.invoke(module.call, number, *a))


def operated(function: Any) -> Callable[..., Any]:
    return lambda m, *a: m.release(function(m, *a))


def iterated(new: Any, t: int) -> Callable[..., Any]:
    return lambda m, *a: each(m, m.invoke(lambda mm, _, at, n: new(mm, t, at, n), 0, *a))


def set_binary(op: int) -> Callable[..., Any]:
    return lambda m, a, b: m.release(set_operators.set_binary(m, op, a, b))


def view_binary(op: int) -> Callable[..., Any]:
    def run(m: M, a: int, b: int) -> None:
        view = dictviews.new_view(m, T_DICT_KEYS, a)
        try:
            m.release(dictview_methods.view_binary(m, op, view, b))
        finally:
            m.release(view)

    return run


def items(m: M, d: int) -> None:
    view = dictviews.new_view(m, T_DICT_ITEMS, d)
    try:
        each(m, m.iter(view))
    finally:
        m.release(view)


SCENARIOS: dict[str, tuple[Callable[..., Any], list[Any]]] = {
    "append": (appended, [[], 5]),
    "insert": (lambda m, o, v: listobject.list_insert(m, o, 3, v), [LONG[:8], 5]),
    "extend": (listobject.list_extend, [[1], range(1000, 1040)]),
    "extend by a list": (listobject.list_extend, [LONG, LONG]),
    "repeat": (lambda m, o: m.release(listobject.list_repeat(m, o, 40)), [[1, 2]]),
    "repeat in place": (lambda m, o: m.release(listobject.list_inplace_repeat(m, o, 40)), [[1, 2]]),
    "concat": (operated(listobject.list_concat), [LONG, LONG]),
    "slice": (operated(list_slice.list_get_item), [LONG, slice(None, None, 2)]),
    "assign a slice": (list_slice.list_set_item, [LONG, slice(5, 70), range(1000, 1003)]),
    "assign a longer slice": (list_slice.list_set_item, [LONG[:9], slice(5, 7), LONG]),
    "assign with a step": (list_slice.list_set_item, [LONG, slice(0, 9, 3), range(1000, 1003)]),
    "delete a slice": (list_slice.list_del_item, [LONG, slice(5, 80)]),
    "delete with a step": (list_slice.list_del_item, [LONG, slice(None, None, 3)]),
    "pop": (lambda m, o: [m.release(list_methods.list_pop(m, o, 0)) for _ in LONG], [LONG]),
    "sort": (lambda m, o: listsort.list_sort(m, o, 0, False), [LONG[::-1] + LONG]),
    "sort texts": (lambda m, o: listsort.list_sort(m, o, 0, True), [[str(x % 37) for x in LONG]]),
    "sort by a key": (lambda m, o, key: listsort.list_sort(m, o, key, True), [LONG, lambda x: -x]),
    "index": (called(list_methods, "index"), [LONG, LONG[80]]),
    "repr": (operated(list_methods.list_repr), [[[1], (2,), {3: 4}, {5}]]),
    "fill a dict": (fill_dict, [{}, LONG]),
    "new dict": (made(dict_methods.new, T_DICT), [[(1, 2), (3, 4)], NAMES]),
    "copy a dict": (called(dict_methods, "copy"), [NAMES]),
    "update": (dict_merge.dict_update, [{1: 2, "name1": 3}, NAMES]),
    "update by pairs": (dict_merge.dict_update, [{1: 2}, [(1000, 2), [3, 4], "ab"]]),
    "or": (operated(dict_methods.dict_or), [NAMES, {1: 2}]),
    "popitem": (called(dict_methods, "popitem"), [NAMES]),
    "setdefault": (called(dict_methods, "setdefault"), [{1: 2, 2: 3, 3: 4, 4: 5, 5: 6}, 1000]),
    "items": (items, [NAMES]),
    "and of keys": (view_binary(NB_AND), [NAMES, ["name1", "x"]]),
    "xor of keys": (view_binary(NB_XOR), [NAMES, ["name1", "x"]]),
    "repr of a dict": (operated(dict_methods.dict_repr), [{1: {2: 3}}]),
    "fill a set": (fill_set, [set(), LONG]),
    "new frozenset": (made(set_methods.new_frozenset, T_FROZENSET), [LONG]),
    "new set": (made(set_methods.new, T_SET), [NAMES]),
    "union": (set_binary(NB_OR), [set(LONG), set(LONG[50:])]),
    "intersection": (set_binary(NB_AND), [set(LONG), set(LONG[50:])]),
    "difference": (set_binary(NB_SUBTRACT), [set(LONG), set(LONG[50:])]),
    "symmetric difference": (set_binary(NB_XOR), [set(LONG), set(LONG[50:])]),
    "intersection update": (called(set_methods, "intersection_update"), [set(LONG), LONG[5:], LONG[7:]]),
    "difference update": (called(set_methods, "difference_update"), [set(LONG), LONG[5:]]),
    "issubset": (called(set_methods, "issubset"), [{1, 2}, LONG]),
    "discard a set": (called(set_methods, "discard"), [{frozenset({1})}, {1}]),
    "repr of a set": (operated(set_operators.set_repr), [{1, (2, 3)}]),
    "tuple": (made(tuple_methods.new, T_TUPLE), [range(1000, 1010)]),
    "tuple slice": (operated(tupleobject.tuple_get_item), [tuple(LONG), slice(3, 60)]),
    "tuple concat": (operated(tupleobject.tuple_concat), [(1, 2), (3,)]),
    "range": (made(range_methods.new, 0), [1000, 1 << 70, 1 << 65]),
    "range slice": (operated(range_methods.range_get_item), [range(1000, 5000, 7), slice(3, 300, 5)]),
    "range iteration": (lambda m, r: each(m, rangeobject.range_iter(m, r)), [range(1 << 65, (1 << 65) + 5)]),
    "range hash": (lambda m, r: range_methods.range_hash(m, r), [range(1000, 2000)]),
    "indices": (called(slice_methods, "indices"), [slice(1000, 2000, 3), 9999]),
    "compare slices": (lambda m, a, b: m.release(slice_methods.slice_compare(m, 0, a, b)), [slice(1), slice(2)]),
    "enumerate": (iterated(enumobject.new_enumerate, T_ENUMERATE), [LONG[:5], 1000]),
    "enumerate from far": (iterated(enumobject.new_enumerate, T_ENUMERATE), [LONG[:5], 1 << 70]),
    "zip": (iterated(enumobject.new_zip, T_ZIP), [LONG, NAMES, range(1000, 1009), False]),
    "map": (iterated(enumobject.new_map, T_MAP), [lambda a, b: a + b, LONG, range(1000, 1009)]),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_failing_allocations(name: str) -> None:
    run, values = SCENARIOS[name]
    number = 0
    failed = True
    while failed or number < 6:
        number += 1
        m = FakeContainers()
        m.options.poison = True
        apply_switches(m)
        addresses = [m.load(x) for x in values]
        m.options.fail_allocation = number
        apply_switches(m)
        failed = False
        try:
            run(m, *addresses)
        except Raised:
            failed = True
            assert m.fault() == "MemoryError: "
        m.options.fail_allocation = 0
        apply_switches(m)
        for a in addresses:
            m.read(a)
        m.release(*addresses)
        assert m.clean(), number
