"""The public way in: functions of a program are called with values of the host, exceptions and figures are data."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import minipy

PROGRAM = """
def same(x): return x
def kinds(*values): return [type(v).__name__ for v in values]
def total(numbers, factor=2): return sum(numbers) * factor
def fail(): raise ValueError("no such number", 7)
def leave(): raise SystemExit(3)
class Point: pass
endless = []
endless.append(endless)
def give(name): return globals()[name]
"""
VALUES = [
    None, True, 0, -(2**62) - 1, 2**200, 0.5, 1 + 2j, "", "höhe\U0001f600", b"\x00\xff", (), (1, ("a", None)), [],
    [[1], 2], {}, {"a": [1], 2: {3: 4}}, set(), {1, "x"}, frozenset({(1, 2)}),
]  # fmt: skip


@pytest.fixture
def interpreter() -> Iterator[minipy.Interpreter]:
    interpreter = minipy.Interpreter(capture=True)
    assert interpreter.run_source(PROGRAM, "program.mp") == 0
    yield interpreter
    assert interpreter.check() == []
    assert interpreter.close() == []


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_cross_and_come_back(interpreter: minipy.Interpreter, value: object) -> None:
    result = interpreter.call("same", value)
    assert result == value and type(result) is type(value)


def test_a_function_gets_copies_of_its_arguments(interpreter: minipy.Interpreter) -> None:
    assert interpreter.call("total", [1, 2, 3]) == 12
    assert interpreter.call("kinds", None, 1, "a", [2]) == ["NoneType", "int", "str", "list"]


def test_an_exception_is_data(interpreter: minipy.Interpreter) -> None:
    with pytest.raises(minipy.ProgramError) as caught:
        interpreter.call("fail")
    error = caught.value
    assert (error.kind, error.message, error.filename, error.line) == (
        "ValueError", "('no such number', 7)", "program.mp", 5)  # fmt: skip
    assert error.traceback.startswith("Traceback (most recent call last):\n")
    assert str(error) == "ValueError: ('no such number', 7)"
    assert interpreter.exception is not None and interpreter.exception.kind == "ValueError"
    assert interpreter.stderr_text == ""
    assert interpreter.call("same", 1) == 1
    assert interpreter.exception is None


def test_system_exit_leaves_a_call_as_an_exception(interpreter: minipy.Interpreter) -> None:
    with pytest.raises(minipy.ProgramError, match="SystemExit: 3"):
        interpreter.call("leave")


def test_what_cannot_cross(interpreter: minipy.Interpreter) -> None:
    with pytest.raises(KeyError):
        interpreter.call("missing")
    with pytest.raises(TypeError, match="type object cannot enter a program"):
        interpreter.call("same", object())
    with pytest.raises(TypeError, match="type type cannot leave the program"):
        interpreter.call("give", "Point")
    with pytest.raises(minipy.ProgramError, match="RecursionError"):
        interpreter.call("give", "endless")
    with pytest.raises(minipy.ProgramError, match="TypeError: same"):
        interpreter.call("same")


def test_figures_are_data(interpreter: minipy.Interpreter) -> None:
    account = interpreter.account()
    assert {"stack", "types", "space", "generations"} <= set(account)
    assert all(row["objects"] > 0 and row["bytes"] > 0 for row in account["types"])
