"""A comparison takes what is compared out of where it lies: CPython 3.11 may crash then, the heap here is sound."""

from __future__ import annotations

import pytest

import minipy

SOURCE = """
from collections import deque
import weakref
class V:
    taken, name = False, "v"
    def __eq__(self, other):
        if not V.taken:
            V.taken = True
            take()
        assert self.name == other.name == "v"
        return NotImplemented
    __lt__ = __gt__ = __eq__
    __hash__ = object.__hash__
def cell(v):
    def f(): return v
    return f.__closure__[0]
SETUP
def take():
    TAKE
for question in "a == b", "a != b", "a < b":
    V.taken = False
    try:
        eval(question)
    except TypeError:
        pass
    PUT
print("done")
"""
SENTINEL = """
class A:
    def __eq__(self, other):
        global it
        it = iter((V() for _ in "12").__next__, V())
        next(it, 0)
    __lt__ = __eq__
a, b = A(), 0
"""
CASES = {
    "cells": ("a, b = cell(V()), cell(V())", "a.cell_contents = b.cell_contents = None",
              "a.cell_contents, b.cell_contents = V(), V()"),
    "lists": ("a, b = [V()], [V()]", "a.clear(); b.clear()", "a[:], b[:] = [V()], [V()]"),
    "deques": ("a, b = deque([V()]), deque([V()])", "a.clear(); b.clear()", "a.append(V()); b.append(V())"),
    "weak references": ("x, y = V(), V(); a, b = weakref.ref(x), weakref.ref(y)", "globals().update(x=0, y=0)",
                        "x, y = V(), V(); a, b = weakref.ref(x), weakref.ref(y)"),
    "dicts": ("a, b = {0: V()}, {0: V()}", "a.clear(); b.clear()", "a[0], b[0] = V(), V()"),
    "sets": ("a, b = {(0, V())}, {(0, V())}", "a.clear(); b.clear()", "a.add((0, V())); b.add((0, V()))"),
    "sentinels": (SENTINEL, "list(it)", "pass"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_compared_lives_on(case: str) -> None:
    setup, take, put = CASES[case]
    interpreter = minipy.Interpreter(capture=True, options=minipy.Options(poison=True))
    code = interpreter.run_source(SOURCE.replace("SETUP", setup).replace("TAKE", take).replace("PUT", put))
    assert (code, interpreter.stdout_text, interpreter.stderr_text) == (0, "done\n", "")
    assert interpreter.check() == []
    assert interpreter.close() == []
