"""The REPL on a terminal, driven as a person does: keys in, the screen read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="there are no pseudo-terminals here")

from tools.screen import PASTE, PATIENCE, Person  # noqa: E402

from minipy.tools.screen import broken  # noqa: E402

CTRL_C, CTRL_D, CTRL_R, UP, LEFT, TAB = "\x03", "\x04", "\x12", "\x1b[A", "\x1b[D", "\t"


def test_a_session(tmp_path: Path) -> None:
    person = Person(tmp_path)
    person.enters("1 + 1", "\n2")
    person.enters("_ * 21", "\n42")
    person.writes("x = 'te")
    person.types(CTRL_C)
    person.sees("KeyboardInterrupt")
    person.enters("x", "NameError: name 'x' is not defined")
    person.enters(":refs _", "the last result _")
    person.enters("def double(n):", "\n...")
    person.types("return 2 * n\r\r")
    person.enters("double(4)", "\n8")
    assert "\n...     return 2 * n\n" in person.text, "lines of a block are indented"
    assert person.leaves(CTRL_D) == 0


def test_ctrl_c_in_an_endless_loop(tmp_path: Path) -> None:
    person = Person(tmp_path)
    person.enters("x = 1")
    person.enters("while True: x += 1", "\n...")
    person.types("\r")
    time.sleep(0.5)
    person.types(CTRL_C)
    person.sees("KeyboardInterrupt")
    person.enters("x > 1", "\nTrue")
    assert person.leaves("exit\r") == 0


def test_completion(tmp_path: Path) -> None:
    person = Person(tmp_path)
    person.enters("wonderful = ['text']")
    person.waits()
    person.types("wonder" + TAB)
    person.waits(">>> wonderful")
    person.types(".exte" + TAB)
    person.waits(">>> wonderful.extend")
    person.types("('b')\r")
    person.enters("wonderful", "['text', 'b']")
    person.waits()
    person.types(":he" + TAB)
    person.sees("\n        heap\n        help")
    person.types(CTRL_C)
    person.waits()
    person.types(":refs wonde" + TAB)
    person.waits(">>> :refs wonderful")
    person.types("\r")
    person.sees("global wonderful")
    person.leaves(CTRL_D)


def test_pasted_blocks_run_statement_by_statement(tmp_path: Path) -> None:
    person = Person(tmp_path)
    person.waits()
    person.types(PASTE.format("def f(n):\n    if n:\n        return 1\n\n    return 2\nf(0) + 40\nf(1) + 500") + "\r")
    person.sees("\n42\n501")
    person.waits()
    person.types(PASTE.format("class C:\n    x = 5\n") + "\r")
    person.enters("C.x", "\n5")
    person.leaves(CTRL_D)


def test_what_is_typed_early_is_not_lost(tmp_path: Path) -> None:
    person = Person(tmp_path)
    person.sees(">>>")
    person.types("x = 20\rx +" + CTRL_C + "x + 1\r" + CTRL_D)
    end = time.monotonic() + PATIENCE
    while person.look(0.2):
        assert time.monotonic() < end
    assert "\n21\n" in person.text


def test_history_lasts(tmp_path: Path) -> None:
    first = Person(tmp_path)
    first.enters("'from the first session'")
    first.leaves(CTRL_D)
    assert (tmp_path / "minipy" / "history").exists()
    second = Person(tmp_path)
    second.waits()
    second.types(UP)
    second.waits(">>> 'from the first session'")
    second.types("\r")
    second.sees("\n'from the first session'")
    second.enters("1 + 1", "\n2")
    second.waits()
    second.types(CTRL_R + "first")
    second.sees("I-search backward: first")
    second.types("\r")
    second.waits(">>> 'from the first session'")
    second.types(CTRL_C)
    second.leaves(CTRL_D)


def test_colours_as_typed_and_as_answered(tmp_path: Path) -> None:
    person = Person(tmp_path)
    person.writes("for x in ('abc', 7): pass  # end")
    assert person.colours("for") and person.colours("'abc'") and person.colours("# end")
    assert person.colours("for") != person.colours("'abc'")
    person.types(CTRL_C)
    person.enters("x = ['text']")
    person.enters(":heap x", "referred to by")
    assert person.colours("0x")
    person.enters("1 / 0", "division by zero")
    assert person.colours("ZeroDivisionError: ")
    person.writes("f(x)")
    person.types(LEFT)
    person.sees_marked("(", below="f(x)")
    person.types(CTRL_C)
    person.leaves(CTRL_D)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"PYTHON_COLORS": "0"}])
def test_without_colours(tmp_path: Path, environment: dict[str, str]) -> None:
    person = Person(tmp_path, 80, **environment)
    person.enters("x = 'text'")
    person.enters(":heap x", "referred to by")
    person.enters("1 / 0", "division by zero")
    for text in ("x = 'text'", "0x", "ZeroDivisionError: "):
        assert not person.colours(text)
    person.leaves(CTRL_D)


@pytest.mark.parametrize("columns", [60, 200])
def test_narrow_and_wide(tmp_path: Path, columns: int) -> None:
    person = Person(tmp_path, columns)
    person.enters("x = ['a' * 30, 'b' * 30]")
    person.enters("x[0] + x[1]", "b'")
    person.enters("pairs = [[i, i] for i in range(600)]")  # pools of buffers of 16 bytes: 253 cells each
    person.enters(":heap map 1", " in all")
    person.waits()
    rows = [line for line in person.text.splitlines() if line.startswith("  ") and set(line.strip()) <= set("#+.n")]
    assert max(map(len, rows)) > columns - 14, "the cells use the width"
    person.enters(":heap x", "referred to by")
    whole = "  allocated       unknown; :set trace_allocations on notes it from then on"
    assert "\n".join(broken(whole, columns)) in person.text and (columns > 60) == (whole in person.text)
    person.enters(":help", ":quit")
    person.leaves(CTRL_D)


def test_a_dumb_terminal_has_no_line_editor(tmp_path: Path) -> None:
    person = Person(tmp_path, 80, TERM="dumb")
    person.types("6 * 7\r")
    person.sees("\n42")
    person.types(":refs _\r")
    person.sees("the last result _")
    person.types("exit\r")
    while person.look(0.2):
        pass
    assert "\x1b" not in person.text
