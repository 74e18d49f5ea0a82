"""An observed run: what an Observer hears of lines, records and collections; and that it changes nothing."""

from __future__ import annotations

import minipy
from minipy.memory.gcphases import PHASES
from minipy.memory.layout import W_BASE
from minipy.vm.host import Observer

SOURCE = """\
def double(n):
    return 2 * n

def turns():
    yield 1
    yield 2

print(sorted([3, 1], key=double), [*turns()])
"""


class Listener(Observer):
    """Keeps all it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []
        self.entered = 0
        self.left = 0
        self.steps = 0
        self.phases: list[str] = []

    def line(self, number: int) -> None:
        self.lines.append(number)

    def step(self) -> None:
        self.steps += 1

    def record(self, entered: bool) -> None:
        if entered:
            self.entered += 1
        else:
            self.left += 1

    def phase(self, number: int) -> None:
        self.phases.append(PHASES[number])


def observed(source: str, every_step: bool = False) -> tuple[Listener, minipy.Interpreter]:
    """A run that a Listener watched."""
    interpreter = minipy.Interpreter(capture=True)
    listener = Listener()
    listener.every_step = every_step
    interpreter.observe(listener)
    assert interpreter.run_source(source, "observed.mp") == 0, interpreter.stderr_text
    return listener, interpreter


def test_lines_and_records() -> None:
    listener, interpreter = observed(SOURCE)
    assert interpreter.stdout_text == "[1, 3] [1, 2]\n"
    assert listener.lines == [1, 4, 8, 1, 2, 1, 2, 4, 5, 6]
    assert listener.entered == 1 + 2 + 3, "module, two calls of double, the generator's three turns"
    assert interpreter.heap.calls == listener.entered
    assert listener.steps == 0
    assert interpreter.close() == []


def test_steps_are_the_instructions() -> None:
    listener, interpreter = observed("x = 1\nx + x\n", every_step=True)
    assert listener.steps == interpreter.heap.instructions > 5


def test_phases_of_a_collection() -> None:
    listener, interpreter = observed("import gc\nx = []\nx.append(x)\ndel x\nprint(gc.collect(1))\n")
    assert interpreter.stdout_text == "1\n"
    begun = listener.phases.index("start 1")
    assert listener.phases[begun : begun + 9] == [
        "start 1", "update_refs", "subtract_refs", "move_unreachable", "untrack_tuples",
        "handle_weakrefs", "finalize_garbage", "delete_garbage", "stop",
    ]  # fmt: skip


def test_an_observed_run_does_the_same_and_the_next_is_not_observed() -> None:
    listener, interpreter = observed(SOURCE)
    interpreter.observe(None)
    heard = len(listener.lines)
    assert interpreter.run_source(SOURCE) == 0
    assert interpreter.stdout_text == "[1, 3] [1, 2]\n" * 2
    assert len(listener.lines) == heard
    assert interpreter.heap.words[W_BASE] == 0


def test_what_an_observer_raises_ends_the_program() -> None:
    class Limit(Observer):
        def line(self, number: int) -> None:
            raise minipy.LimitReached(f"line {number}")

    interpreter = minipy.Interpreter(capture=True)
    interpreter.observe(Limit())
    try:
        interpreter.run_source("try:\n    x = 1\nexcept:\n    print('handled')\n")
    except minipy.LimitReached as error:
        assert error.reason == "line 1"
    assert interpreter.stdout_text == ""
