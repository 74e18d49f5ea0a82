"""The REPL, fed as from a pipe: what is typed, what is answered."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from oracle import ROOT
from tools.sessions import check_session

import minipy
from minipy.tools import repl
from minipy.tools.blocks import statements_of
from minipy.tools.commands import COMMANDS, Command
from minipy.tools.complete import completions
from minipy.tools.lineeditor import indentation
from minipy.tools.screen import broken

HOME = str(Path(minipy.__file__).parent.parent)


def session(*lines: str) -> tuple[str, str, int]:
    """Output, errors and exit code of a session."""
    output, errors = io.StringIO(), io.StringIO()
    typed = io.StringIO("\n".join(lines) + "\n")
    with mock.patch("sys.stdin", typed), contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        code = repl.run(minipy.Options())
    return output.getvalue(), errors.getvalue(), code


def answer(*lines: str) -> str:
    """Output of a session without errors."""
    output, errors, code = session(*lines)
    assert (errors, code) == ("", 0)
    return output


def test_the_command_alone_starts_a_session() -> None:
    environment = {**os.environ, "PYTHONPATH": HOME}
    command = [sys.executable, "-P", "-m", "minipy"]
    done = subprocess.run(command, input="6 * 7\n", text=True, capture_output=True, env=environment, timeout=60)
    assert (done.stdout, done.stderr, done.returncode) == ("42\n", "", 0)


def test_values_are_shown_and_kept() -> None:
    assert answer("1 + 1", "_ * 21", "None", "'text'") == "2\n42\n'text'\n"


def test_blocks_end_with_an_empty_line() -> None:
    assert answer("def double(x):", "    return 2 * x", "", "double(21)") == "42\n"
    assert answer("for i in range(2):", "    i", "", "if 1: 7", "") == "0\n1\n7\n"


def test_open_lines_wait_for_more() -> None:
    assert answer("(1 +", "", "2)", "'''a", "", "b'''", "1 + \\", "1") == "3\n'a\\n\\nb'\n2\n"


def test_the_end_of_input_ends_a_block() -> None:
    assert answer("if True:", "    'last'") == "'last'\n"


def test_errors_do_not_end_the_session() -> None:
    output, errors, code = session("1 / 0", "x = (", ")", "x y", "'on'")
    assert (output, code) == ("'on'\n", 0)
    assert "ZeroDivisionError: division by zero" in errors
    assert "SyntaxError: invalid syntax" in errors


def test_leaving() -> None:
    assert session("import sys", "sys.exit(3)", "1") == ("", "", 3)
    assert session(":quit", "1") == ("", "", 0)
    assert session("exit()", "1") == ("", "", 0)


def test_looking_at_the_heap_changes_nothing() -> None:
    looks = [":heap", ":heap x", ":stack", ":help"]
    ask = ["import sys", "x = [1]", "a = (id(x), sys.getrefcount(x))", *looks, "a == (id(x), sys.getrefcount(x))"]
    assert answer(*ask).endswith("\nTrue\n")


def test_heap_shows_types_pools_and_generations() -> None:
    text = answer("class Node: pass", "", "nodes = [Node() for i in range(17)]", ":heap")
    rows = {line.split()[0]: line.split()[1:] for line in text.splitlines() if line.startswith("  ")}
    assert (rows["Node"][0], rows["Node"][2]) == ("17", "+17"), "what changed since the session began comes first"
    assert {"others", "all", "heap", "pools", "free", "lost", "generation", "0", "1", "2"} <= rows.keys()
    assert rows["0"][2] == "700"
    assert len(text.splitlines()) <= 24, "one screen"


def test_heap_knows_the_line_of_an_allocation() -> None:
    made = ["def make():", "    return [", "        {'k': 1}]", "", "x = make()", ":heap x", "y = x[0]", ":heap y"]
    lines = answer(":set trace_allocations on", *made).splitlines()
    told = [line.partition("line ")[2] for line in lines if line.startswith("  allocated ")]
    assert told == ["2 of <python-input-0>", "3 of <python-input-0>"]
    assert answer("x = 5000", ":heap x").count("kept ready") == 1


def test_heap_shows_the_change_since_it_was_asked_last() -> None:
    text = answer("x = 1", ":heap", "floats = [float(i) for i in range(9)]", ":heap", ":heap", "del floats", ":heap")
    rows = [line.split() for line in text.splitlines() if line.split()[:1] == ["float"]]
    assert [row[3:] for row in rows if len(row) > 3] == [["+9", "+216"], ["-9", "-216"]]


def test_heap_shows_one_object() -> None:
    text = answer("x = [10, 'ab', None]", "y = x", ":heap x", ":heap z", "hex(id(x))")
    lines = [line.strip() for line in text.splitlines()]
    assert lines[:2] == ["object          list of 3 items", "type            list"]
    assert lines[2] == f"address         {lines[-1][1:-1]}"
    assert lines[5:9] == [
        "reference count 2", "generation      0, tracked", "size            96 bytes",
        "allocated       unknown; :set trace_allocations on notes it from then on",
    ]  # fmt: skip
    refers, referred = lines.index("refers to"), lines.index("referred to by")
    assert [line.split("  ")[-1] for line in lines[refers + 1 : referred]] == ["10", "'ab'", "None"]
    assert lines[referred + 1 : referred + 3] == ["global x", "global y"]
    assert "the name 'z' is not bound to anything" in lines


def test_gc_collects_what_is_asked_for() -> None:
    cycle = ["x = []", "x.append(x)", "del x"]
    assert answer(*cycle, ":gc collect 0").startswith("collected generation 0: 1 unreachable object\n")
    assert answer(":gc collect 3").startswith("the forms are :gc, ")


@pytest.mark.parametrize("made, words", [
    ("import weakref; x = weakref.ref(type('C', (), {}), print)", ["wr_object", "wr_callback"]),
    ("from collections import deque; x = deque([1])", ["deque_length", "deque_items"]),
    ("from functools import partial; x = partial(len)", ["partial_function", "partial_args"]),
    ("from functools import lru_cache; x = lru_cache(len)", ["lru_function", "lru_results"]),
    ("from operator import itemgetter; x = itemgetter(1)", ["getter_kind", "getter_names"]),
    ("from itertools import count; x = count()", ["tool_kind", "tool_step"]),
    ("x = list[int]", ["alias_origin", "alias_args"]),
    ("x = zip('ab')", ["iter_source", "iter_extra"]),
    ("x = type('L', (list,), {})()", ["list_length", "list_items", "__dict__", "weaklist"]),
    ("x = type('C', (), {})()", ["instance_dict", "instance_weaklist"]),
    ("import types; x = types.SimpleNamespace()", ["__dict__"]),
])  # fmt: skip
def test_words_have_names(made: str, words: list[str]) -> None:
    shown = answer(made, ":heap x").partition("words\n")[2]
    assert {line.split()[1] for line in shown.splitlines() if line.startswith("    0x")} >= set(words)


def test_dis_shows_bytecode() -> None:
    assert "LOAD_CONST" in answer(":dis x = 1")
    assert "SyntaxError" in answer(":dis x = = 1")


def test_commands_may_be_cut_short() -> None:
    assert answer(":sta") == "Run-time stack: empty, nothing is running\n"
    assert answer(":h") == ":h may be :heap or :help\n"
    assert answer(":x") == "no command :x; :help lists them\n"
    assert answer(":hep") == "no command :hep; did you mean :help? :help lists them\n"


def test_blocks_are_indented_by_themselves() -> None:
    assert indentation("") == ""
    assert indentation("if x:") == "    "
    assert indentation("    for y in z:") == "        "
    assert indentation("    y") == "    "


def test_a_paste_is_taken_apart() -> None:
    text = "# first\n@d\ndef f():\n    return 1\nf(); g()\n\nx = (1,\n2)\n"
    parts = ["# first\n@d\ndef f():\n    return 1\n", "f(); g()\n", "\nx = (1,\n2)\n"]
    assert statements_of(text) == parts
    assert statements_of("a b\nc\n") == ["a b\nc\n"], "what is no program stays one text"
    assert statements_of("\n") == []


def test_a_file_is_loaded_and_the_session_saved(tmp_path: Path) -> None:
    (tmp_path / "one.mp").write_text("def f():\n    return 41\nx = f()\n")
    saved = tmp_path / "session.mp"
    text = answer(f":load {tmp_path / 'one.mp'}", "x + 1", "if x:", "    y = x", "", f":save {saved}", "y")
    assert text == f"42\n2 statements written to {saved}\n41\n"
    assert saved.read_text() == "x + 1\nif x:\n    y = x\n\n"
    output, errors, _ = session(f":load {tmp_path / 'two.mp'}", "f()", ":load " + str(tmp_path))
    assert "cannot read" in output and "NameError" in errors


def test_errors_in_a_loaded_file_show_its_lines(tmp_path: Path) -> None:
    (tmp_path / "bad.mp").write_text("x = 1\nx / 0\n")
    errors = session(f":load {tmp_path / 'bad.mp'}")[1]
    assert 'bad.mp", line 2' in errors and "    x / 0\n    ~~^~~\n" in errors


def test_tracebacks_show_the_typed_line_of_each_statement() -> None:
    errors = session("def f():", "    return 1 / 0", "", "x = 5", "f()")[1]
    assert 'File "<python-input-0>", line 2, in f\n    return 1 / 0\n           ~~^~~\n' in errors


def test_reset_begins_anew() -> None:
    output, errors, _ = session("x = 1", ":explain on", ":reset", "y = 2", "x")
    assert output.startswith("a new machine") and "points to" not in output
    assert "NameError: name 'x' is not defined" in errors


def test_a_fault_of_a_command_does_not_end_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MINIPY_DEBUG", raising=False)
    monkeypatch.setattr("minipy.tools.heaptext.summary_text", lambda heap, live: 1 / 0)
    lines = answer(":heap", "'on'").splitlines()
    assert lines[-2:] == [
        ":heap failed: ZeroDivisionError: division by zero; this is a fault of minipy, please report it", "'on'",
    ]  # fmt: skip


def test_options_are_shown_and_set() -> None:
    assert answer(":set poison", ":set poison on", ":set poison").split() == ["poison", "off", *["poison", "on"] * 2]
    assert answer(":set recursion_limit", ":set poison 7", ":set fail_allocation x").splitlines()[1:] == [
        "poison is on or off", "fail_allocation is a number",
    ]  # fmt: skip
    assert answer(":set nothing") == "there is no option 'nothing'; :set alone lists them\n"
    names = [line.split()[0] for line in answer(":set").splitlines()]
    assert {"poison", "heap_limit", "collect_every_allocation"} <= set(names)


def test_memory_runs_out_and_the_session_goes_on() -> None:
    output, errors, code = session(":set fail_allocation 3", "x = [[] for i in range(9)]", "'on'", ":heap")
    assert "MemoryError" in errors and "'on'" in output and "Live objects" in output and code == 0


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.example], ids=lambda c: c.name)
def test_examples_are_true(command: Command) -> None:
    check_session(command.example)


def test_long_lines_are_broken_between_words() -> None:
    line = "  lost                26,968 bytes: headers 12,800, rounding 10,824"
    assert broken(line, len(line)) == [line]
    assert broken(line, 46) == ["  lost                26,968 bytes: headers", " " * 22 + "12,800, rounding 10,824"]
    assert broken("x points to another object", 20) == ["x points to another", "  object"]
    assert broken("'" + "a" * 30 + "'", 20) == ["'" + "a" * 19, "  " + "a" * 11 + "'"]


def test_completion() -> None:
    interpreter = minipy.Interpreter(capture=True)
    source = "class Node:\n    kind = 5\n    def meet(self): pass\nnode = Node(); node.other = Node()\n"
    assert interpreter.run_source(source + "node.other.x1 = 'a'\nimport sys\n_hidden = 1\n") == 0

    def words(line: str) -> tuple[str, list[str]]:
        return completions(interpreter.heap, line, ["poison", "heap_limit"])

    assert words("no") == ("no", ["node", "nonlocal", "not"])
    assert words("x = [node.") == ("", ["kind", "meet", "other"])
    assert words("node.other.x") == ("x", ["x1"])
    assert words("node.other.x1.upp") == ("upp", ["upper"])
    assert words("Node.me") == ("me", ["meet"])
    assert "maxsize" in words("sys.m")[1]
    assert words("_hid") == ("_hid", ["_hidden"])
    assert words("nothing.x") == ("x", [])
    assert words("import mat") == ("mat", ["math"])
    assert words("import sys, collec") == ("collec", ["collections"])
    assert words("from sys import maxs") == ("maxs", ["maxsize"])
    assert words(":he") == ("he", ["heap", "help"])
    assert words(":refs nod") == ("nod", ["node"])
    assert words(":heap m") == ("m", ["map"])
    assert words(":set p") == ("p", ["poison"])
    assert words(":help st") == ("st", ["stack", "step"])
    assert words(":gc c") == ("c", ["collect"])
    assert words(f":load {ROOT}/progr") == (f"{ROOT}/progr", [f"{ROOT}/programs/"])
    assert words(":load no/such/folder") == ("no/such/folder", [])
    interpreter.close()
