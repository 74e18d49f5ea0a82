"""What the narrator says is true: the words of the classic account, and which objects die, as CPython knows it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import ROOT, expected

import minipy
from minipy.tools import narrate
from minipy.tools.narrate import Narrator
from minipy.tools.stepper import Stepper
from minipy.tools.watchers import Watchers
from minipy.vm.host import Observer

MODEL = "class N:\n    def __init__(self, *refs):\n        self.refs = list(refs)\n"
ORACLE = MODEL + "    def __del__(self):\n        died.append(1)\n"
NAMES = st.sampled_from("abcd")
STATEMENTS = st.one_of(
    st.builds("{} = N()".format, NAMES),
    st.builds("{} = N({})".format, NAMES, NAMES),
    st.builds("{} = N({}, {})".format, NAMES, NAMES, NAMES),
    st.builds("{} = {}".format, NAMES, NAMES),
    st.builds("{} = None".format, NAMES),
    st.builds("{0}.refs.append({1}) if {0} else 0".format, NAMES, NAMES),
    st.builds("{0}.refs.clear() if {0} else 0".format, NAMES),
)


def told(source: str) -> list[str]:
    """What is told of a program run as a file."""
    interpreter = minipy.Interpreter(capture=True)
    lines: list[str] = []
    narrator = Narrator(interpreter.heap, lines.append)
    interpreter.observe(narrator)
    narrator.begin()
    assert interpreter.run_source(source, "told.mp") == 0, interpreter.stderr_text
    narrator.finish()
    interpreter.observe(None)
    assert interpreter.check() == []
    assert interpreter.close() == []
    return [line for line in lines if not line.startswith(" ")]


def test_the_classic_account() -> None:
    assert told("x = 10\ny = x\nx = x + 1\nz = 10\n") == [
        "x points to 10", "y points to the same object", "x points to another object, 11",
        "z points to the same object",
    ]  # fmt: skip
    assert told("x = 5.5\nx = x + 1\nx = x * 2\ndel x\n")[2:] == [
        "x points to another object, 13.0; the object it pointed to was destroyed",
        "x points to nothing any more; the object it pointed to was destroyed",
    ]


def test_records_and_collections() -> None:
    lines = told("def f(a):\n    b = [a]\n    return b\nf(1)\nimport gc\nx = []\nx.append(x)\ndel x\ngc.collect()\n")
    assert lines[1].startswith("the activation record of f is pushed, at 0x")
    assert lines[1].endswith(": a points to 1")
    assert lines[2:4] == ["b points to [1]", "f returns [1]: its activation record is popped"]
    assert lines[-1] == "generation 2 was collected: 1 object unreachable"


@settings(max_examples=20, deadline=None)
@given(st.lists(STATEMENTS, min_size=1, max_size=12))
def test_what_dies_is_what_dies_in_cpython(statements: list[str]) -> None:
    died: list[object] = []
    host: dict[str, object] = {"died": died}
    interpreter = minipy.Interpreter(capture=True)
    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrate, "MOST_DEATHS", 1000)
        narrator = Narrator(interpreter.heap, lines.append)
        for number, statement in enumerate([ORACLE + "a = b = c = d = None", *statements]):
            mine = statement.replace(ORACLE, MODEL)
            interpreter.observe(narrator)
            lines.clear()
            narrator.begin()
            interpreter.run_interactive(mine + "\n", f"<{number}>", "exec")
            narrator.finish()
            interpreter.observe(None)
            died.clear()
            exec(statement, host)
            count = sum("a N object was destroyed" in line for line in lines)
            assert count == len(died), f"{statements[:number]}: {lines}"
    interpreter.close()


@pytest.mark.parametrize("name", ["generator_delegates", "closures", "exception_context", "match_classes"])
def test_an_observed_program_is_the_same_program(name: str) -> None:
    program = ROOT / "tests" / "lang" / f"{name}.mp"
    interpreter = minipy.Interpreter(argv=[program.name], capture=True, path=str(program.parent))
    lines: list[str] = []
    watchers = Watchers(interpreter)
    watchers.add(Narrator(interpreter.heap, lines.append), observed=True)
    watchers.add(Stepper(interpreter.heap, lines.append), observed=True)
    interpreter.run_file(str(program))
    interpreter.observe(None)
    assert interpreter.check() == []
    assert interpreter.close() == []
    assert interpreter.stdout_text == expected(program).stdout
    assert len(lines) > 100


@pytest.mark.parametrize("every, told_of", [(False, 2), (True, 3)])
def test_unwinding_that_ends_in_a_handler_is_told_of_on_demand(every: bool, told_of: int) -> None:
    class Counter(Observer):
        seen = 0

        def unwind(self) -> None:
            Counter.seen += 1

    interpreter = minipy.Interpreter(capture=True)
    counter = Counter()
    counter.every_unwind = every
    interpreter.heap.observer = counter
    source = "def f(): 1 / 0\ntry: f()\nexcept ZeroDivisionError: pass\nf()\n"
    assert interpreter.run_source(source) == 1
    assert Counter.seen == told_of
    interpreter.close()
