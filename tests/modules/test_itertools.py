"""Iterators of itertools that are asked again by what they ask: CPython 3.11 may crash then, the heap here is sound."""

from __future__ import annotations

import pytest

import minipy

SOURCE = """
from itertools import accumulate, chain, count, cycle, dropwhile, groupby, islice, pairwise, tee, zip_longest

class Again:
    def __init__(self, limit):
        self.n, self.limit = 0, limit
    def __iter__(self):
        return self
    def __next__(self):
        self.n += 1
        if self.n > self.limit:
            raise StopIteration
        if self.n < 3:
            try:
                next(self.inner)
            except (StopIteration, RuntimeError):
                pass
        return self.n

for limit in 1, 2, 3, 6:
    source = Again(limit)
    source.inner = iterator = MAKE
    for value in islice(iterator, 20):
        pass
print("done")
"""
COUNTER = """
from itertools import count
class Number:
    inner = None
    def __int__(self):
        return 1
    def __add__(self, other):
        if self.inner is not None:
            counter, self.inner = self.inner, None
            next(counter)
        return Number()
start = Number()
start.inner = numbers = count(start)
next(numbers), next(numbers)
print("done")
"""


@pytest.mark.parametrize("made", [
    "pairwise(source)", "islice(source, 2, 9, 2)", "chain(source)", "cycle(source)", "accumulate(source)",
    "dropwhile(lambda v: v < 2, source)", "zip_longest(source, 'ab')", "groupby(source, lambda v: v // 2)",
    "tee(source)[0]"])  # fmt: skip
@pytest.mark.parametrize("collecting", [False, True])
def test_asked_again(made: str, collecting: bool) -> None:
    check(SOURCE.replace("MAKE", made), collecting)


def test_counting_again() -> None:
    check(COUNTER, True)


def check(source: str, collecting: bool) -> None:
    """A program ends well, and its heap is sound."""
    interpreter = minipy.Interpreter(
        options=minipy.Options(collect_every_allocation=collecting, poison=True), capture=True)
    assert interpreter.run_source(source) == 0, interpreter.stderr_text
    assert interpreter.stdout_text == "done\n"
    assert interpreter.check() == []
    assert interpreter.close() == []
