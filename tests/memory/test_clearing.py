"""What the collector has cleared can still be used: by a finalizer of an older object, in the middle of it.

tests/lang/gc_half_cleared.mp is the program; here it goes on with what CPython 3.11 crashes at.
"""

from __future__ import annotations

import pytest
from oracle import LANG

from minipy.interpreter import Interpreter

PROGRAM = (LANG / "gc_half_cleared.mp").read_text()
PREPARED = PROGRAM[: PROGRAM.index('attempt("plain"')] + """
import functools, types
class Error(ValueError): pass
def raiser(error): raise error
def call(o):
    return o.m()
"""


@pytest.mark.parametrize(("make", "link", "use"), [
    ("Error", "attribute", "(str(o), repr(o), o.args, o.__cause__, o.__traceback__)"),
    ("lambda: Error(1, 2)", "attribute", "raiser(o)"),
    ("lambda: Error('x')", "lambda o, box: setattr(o, 'args', (box,))", "(str(o), o.args)"),
    ("lambda: functools.partial(sorted, [2, 1])", "attribute", "(o.func, o.args, o.keywords, repr(o))"),
    ("lambda: functools.partial(sorted, [2, 1])", "attribute", "o()"),
    ("lambda: functools.lru_cache(len)", "attribute", "(o([1]), o.cache_info())"),
    ("lambda: types.ModuleType('m')", "attribute", "(o.__name__, repr(o), hasattr(o, 'box'))"),
    ("lambda: type('Made', (), {'m': lambda self: 'm'})", "attribute", "(o.__name__, repr(o), o(), o.__mro__)"),
    ("lambda: type('Made', (dict,), {'m': lambda self: 'm'})", "attribute", "(o().m(), o(a=1))"),
    ("lambda: type('Made', (float,), {})(5)", "attribute", "(o + 1, repr(o), hasattr(o, 'box'))"),
    ("lambda: type('Made', (type('Base', (), {'m': lambda self: 'm'}),), {})()",
     "lambda o, box: (attribute(o, box), [call(o) for i in range(20)])", "call(o)"),
    ("lambda: type('Made', (frozenset,), {})({1})", "attribute", "(len(o), hash(o), 1 in o)"),
    ("lambda: type('Made', (types.SimpleNamespace,), {})(a=1)", "attribute", "(repr(o), o.a)"),
    ("lambda: (lambda: PREPARED)", "attribute", "(o.__name__, o.__doc__, o.__module__, o.__defaults__, o())"),
    ("lambda: type('Made', (property,), {})(len)", "attribute", "(o.fget, o.__get__([1]))"),
])  # fmt: skip
def test_what_is_cleared_can_be_used(make: str, link: str, use: str) -> None:
    interpreter = Interpreter(capture=True)
    code = interpreter.run_source(f"{PREPARED}\nattempt('it', {make}, {link}, lambda o: {use})\n", "clearing.mp")
    assert (code, interpreter.stderr_text) == (0, "")
    assert interpreter.stdout_text.startswith("it\n  still there: ")
    assert interpreter.check() == []
    assert interpreter.close() == []

