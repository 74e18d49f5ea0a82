"""Asking never changes what is asked: between two statements any commands that look leave every word as it was.

Counts, ids, generations, free lists and the address of the next allocation are all words of the address space, so one
comparison of all words covers them.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import minipy
from minipy.memory.layout import W_FLOAT_SLOTS, W_HEAP_TOP
from minipy.tools.commands import COMMANDS
from minipy.tools.commands_run import option_names
from minipy.tools.complete import completions
from minipy.tools.repl import Repl
from minipy.tools.snapshot import Snapshot
from minipy.tools.snapshotgraph import HeapGraph

STATEMENTS = (
    "x = [10, 2.5, 'text', {'k': (1, 2)}, 10**30]",
    "def f(n):\n    return g(n) + 1\n",
    "def g(n):\n    return n / 0\n",
    "class Node:\n    def __init__(self): self.me = self; self.data = [1.5]\n    def __del__(self): x.clear()\n",
    "node = Node()",
    "node = None",
    "f(3)",
    "y = [x, x]; z = {id(y): y}",
    "def count(n):\n    for i in range(n): yield [i]\n",
    "c = count(3); next(c)",
    "del x",
    "x = [float(i) for i in range(200)]",
    "x = [str(i) for i in range(300)]; x = x[::50]",
    "import gc; gc.collect()",
)
LOOKS = (
    ":heap", ":heap map", ":heap map 0", ":heap map 99", ":heap list", ":heap Node", ":heap float", ":heap x",
    ":heap f", ":heap c", ":heap Node.x", ":heap None", ":heap 0x10", ":heap 0x240000", ":refs x", ":refs None",
    ":refs _", ":refs nobody", ":why x", ":why Node", ":why c", ":why nobody", ":stack", ":gc", ":gc log on",
    ":gc log off", ":gc nonsense", ":explain on", ":explain off", ":explain", ":dis f", ":dis count", ":dis x = y + 1",
    ":dis x = = 1", ":ast x = 1", ":symbols x = 1", ":tokens x = 1", ":step", ":set", ":set poison", ":set nothing",
    ":help", ":help heap", ":help nonsense", ":nonsense", ":", ":h", ":save /no/such/folder/file", ":save",
    ":load /no/such/file", ":load", ":time", "", "  ", ":heap x y", ":heap map -1", ":heap map x", ":heap 0xfffffff0",
    ":heap 0x13", ":heap 13", ":refs", ":refs 0x10", ":refs x.y", ":why", ":why 0x10", ":why f.x", ":dis", ":ast",
    ":ast (", ":symbols", ":symbols )", ":tokens", ":tokens 'x", ":explain x = = 1", ":step x = = 1", ":time x = = 1",
    ":gc step 7", ":gc step x", ":gc collect 7", ":gc collect x", ":gc threshold", ":gc threshold x", ":gc log",
    ":set poison maybe", ":set fail_allocation x", ":set heap_limit x", ":set poison off", ":gc on", ":why _",
    ":heap _", ":heap int", ":heap object", ":heap function", ":heap code", ":why x.append",
    ":dis Node", ":dis Node.__init__", ":dis len", ":dis int", ":refs f.__name__", ":heap Node.__init__",
)  # fmt: skip
TYPED = ("x.", "no", "f.__", "c.", "Node.x", ":he", ":heap no", ":set p", ":load /", "import ma", "from sys import m")
"""What Tab is pressed behind."""
RUN_SOMETHING = {"reset", "quit"}
"""Commands that look at nothing, in no form."""


@pytest.fixture(scope="module")
def repl() -> Iterator[Repl]:
    """A session in which all has run once."""
    repl = Repl(minipy.Interpreter(argv=[""], capture=True))
    for statement in STATEMENTS:
        repl.run(statement)
    yield repl
    assert repl.interpreter.check() == []
    repl.close()


def words_of(repl: Repl) -> tuple[list[int], list[float]]:
    """Both lanes, as far as they are in use."""
    w, floats = repl.heap.words, repl.heap.floats
    slots = [floats[i] for i in range(int(w[W_FLOAT_SLOTS]))]
    return [int(w[i]) for i in range(int(w[W_HEAP_TOP]))], [slot if slot == slot else 0.0 for slot in slots]


def ask(repl: Repl, looks: list[str]) -> None:
    """Type the commands."""
    with contextlib.redirect_stdout(io.StringIO()):
        for look in looks:
            assert repl.feed(look)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STATEMENTS), max_size=2), st.lists(st.sampled_from(LOOKS), min_size=1, max_size=5))
def test_any_looks_between_two_statements(repl: Repl, statements: list[str], looks: list[str]) -> None:
    for statement in statements:
        repl.run(statement)
    before = words_of(repl)
    ask(repl, looks)
    assert words_of(repl) == before


def test_each_look(repl: Repl) -> None:
    before = words_of(repl)
    ask(repl, [*LOOKS, ":explain off", ":gc log off"])
    assert words_of(repl) == before


def test_completion_and_reports(repl: Repl) -> None:
    before = words_of(repl)
    for line in TYPED:
        completions(repl.heap, line, option_names(repl))
    repl.interpreter.account()
    repl.interpreter.check()
    Snapshot(HeapGraph(repl.heap)).text()
    assert words_of(repl) == before


def test_every_command_is_among_the_looks() -> None:
    assert {look[1:].split(" ")[0] for look in LOOKS if look.startswith(":")} >= {
        command.name for command in COMMANDS if command.name not in RUN_SOMETHING
    }


def test_what_is_narrated_runs_as_what_is_not() -> None:
    """The program's own state is the same: names, counts, generations; only the code was laid out otherwise."""
    plain, told = (Repl(minipy.Interpreter(argv=[""], capture=True)) for _ in range(2))
    asked = "import sys; (sys.getrefcount(node), gc.get_count(), len(x), [type(o) for o in gc.get_referrers(node)])"
    calls = ("node = Node()", "next(c)", "node.__init__()", "[f for f in (f, g)]", "g(1)", "list(count(2))", asked)
    for number, statement in enumerate((*STATEMENTS, *calls)):
        if number == len(STATEMENTS) // 2:
            with contextlib.redirect_stdout(io.StringIO()):
                told.feed(":explain on")
        plain.run(statement)
        with contextlib.redirect_stdout(io.StringIO()):
            told.run(statement)
    assert told.interpreter.stdout_text == plain.interpreter.stdout_text
    assert told.interpreter.stderr_text == plain.interpreter.stderr_text
    assert told.interpreter.check() == []
    assert (told.close(), plain.close()) == ([], [])
