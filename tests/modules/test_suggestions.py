"""The name offered in place of an unknown one: CPython's costs and limits."""

from __future__ import annotations

import pytest

from minipy.vm.suggestions import distance, nearest

NEAREST = (
    ("prin", ["input", "print", "repr"], "print"),
    ("nonee", ["one", "None", "next"], "None"),
    ("value", ["False", "valve"], "valve"),
    ("flaot", ["float", "format"], "float"),
    ("Floot", ["floor", "float"], "floor"),
    ("x", ["y", "z"], ""),
    ("same", ["same", "some"], "some"),
    ("length", ["width", "total"], ""),
    ("a" * 60, ["b" * 60], ""),
    ("grün", ["gruen", "grun"], "gruen"),
)


@pytest.mark.parametrize(("name", "candidates", "expected"), NEAREST)
def test_nearest(name: str, candidates: list[str], expected: str) -> None:
    assert nearest(name, candidates) == expected


def test_of_very_many_names_none_is_offered() -> None:
    assert nearest("print", ["prinz"] * 749) == "prinz"
    assert nearest("print", ["prinz"] * 750) == ""


@pytest.mark.parametrize(
    ("a", "b", "cost"),
    [("", "", 0), ("", "a", 2), ("a", "A", 1), ("Aa", "aA", 2), ("abc", "abd", 2), ("abc", "acb", 4), ("ABA", "AAB", 4),
     ("wxyz", "wXyZ", 2), ("Python", "Java", 12), ("MoveTo", "moveto", 2)],
)  # fmt: skip
def test_costs(a: str, b: str, cost: int) -> None:
    assert distance(a.encode(), b.encode(), 100) == cost
    assert distance(b.encode(), a.encode(), 100) == cost


def test_too_far_is_said_early() -> None:
    assert distance(b"abcdef", b"uvwxyz", 4) == 5
