"""The command line: what each form runs, prints and exits with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools.command import HOME, command, command_here

import minipy
from minipy.__main__ import plain_program


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that shows its arguments and the first line of its input."""
    path = tmp_path / "show.mp"
    path.write_text("import sys\nprint(sys.argv[1:], input())\nsys.exit(len(sys.argv))\n")
    return path


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["f.mp"], ["f.mp"]),
        (["run", "f.mp", "-x", "run"], ["f.mp", "-x", "run"]),
        (["f.mp", "--help"], ["f.mp", "--help"]),
        (["run", "dis"], ["dis"]),
        (["dis", "f.mp"], []),
        (["-c", "1"], []),
        (["run", "--no-gc", "f.mp"], []),
        (["run"], []),
        ([], []),
    ],
)
def test_which_forms_need_no_options(arguments: list[str], expected: list[str]) -> None:
    assert plain_program(arguments) == expected


@pytest.mark.parametrize("form", [["FILE"], ["run", "FILE"], ["run", "--no-gc", "FILE"], ["--gc-threshold=9", "FILE"]])
def test_arguments_and_input_reach_the_program(form: list[str], program: Path) -> None:
    form = [str(program) if part == "FILE" else part for part in form]
    assert command(*form, "-a", "--help", stdin="line\n") == ("['-a', '--help'] line\n", "", 3)


def test_text_and_standard_input() -> None:
    assert command("-c", "import sys; print(sys.argv)", "x") == ("['-c', 'x']\n", "", 0)
    assert command("-", "x", stdin="import sys; print(sys.argv)") == ("['-', 'x']\n", "", 0)
    assert command("run", "-c", "1 / 0")[2] == 1


def test_a_missing_file(tmp_path: Path) -> None:
    output, errors, code = command("none.mp", folder=tmp_path)
    path = tmp_path / "none.mp"
    assert (output, code) == ("", 2)
    assert errors == f"minipy: can't open file '{path}': [Errno 2] No such file or directory\n"
    assert command("dis", "none.mp", folder=tmp_path) == (output, errors, code)
    assert command("run", "--no-gc", "none.mp", folder=tmp_path) == (output, errors, code)


def test_a_mistyped_command_or_option() -> None:
    assert command("dsi")[1].endswith("\nDid you mean the command 'minipy dis'?\n")
    assert "Did you mean" not in command("dsi.mp")[1]
    assert "Did you mean one of: '--stats', '--stats-json'?" in command("run", "--stast", "x.mp")[1]


def test_usage_errors() -> None:
    assert command("--bad")[2] == 2
    assert command("run", "--heap-limit", "much", "f.mp")[2] == 2
    assert "There are " in command("run", "-X", "x", "f.mp")[1]
    assert "Did you mean 'poison'?" in command("run", "-X", "poisson", "f.mp")[1]
    assert "needs a number" in command("run", "-X", "fail_allocation", "f.mp")[1]
    assert "one to three numbers" in command("run", "--gc-threshold", "1,x", "f.mp")[1]
    for option in ("-c", "-m"):
        assert command(option)[1:] == (f"Error: Option '{option}' requires an argument.\n", 2)
    too_much = str(10**20)
    wrong = [("timeout", "nan"), ("timeout", "0"), ("max-steps", "0"), ("max-output", "-1"), ("gc-threshold", too_much),
             ("heap-limit", "\N{SUPERSCRIPT TWO}"), ("heap-limit", too_much)]  # fmt: skip
    for name, value in wrong:
        errors, code = command_here("run", f"--{name}", value, "f.mp")[1:]
        assert f"Invalid value for '--{name}'" in errors and code == 2


def test_version() -> None:
    output, errors, code = command("--version")
    compiled = "yes" if minipy.COMPILED else "no"
    host = ".".join(map(str, sys.version_info[:3]))
    assert output == f"minipy {minipy.__version__}, compiled: {compiled}, on cpython {host}\n"


def test_collector_options() -> None:
    ask = "import gc; print(gc.isenabled(), gc.get_threshold())"
    assert command("-c", ask)[0] == "True (700, 10, 10)\n"
    assert command("--no-gc", "--gc-threshold", "5,6", "-c", ask)[0] == "False (5, 6, 10)\n"


def test_stress_switches() -> None:
    switches = ["-X", "poison", "-X", "collect-every-allocation", "-X", "tiny_arenas=1"]
    assert command("run", *switches, "-c", "print([1, 2])") == ("[1, 2]\n", "", 0)


def test_listings(tmp_path: Path) -> None:
    (tmp_path / "x.mp").write_text("def f(a): return a\n")
    assert command("ast", "x.mp", folder=tmp_path)[0].startswith("Module(\n  body=[\n    FunctionDef(\n")
    assert "RETURN_VALUE" in command("dis", "x.mp", folder=tmp_path)[0]
    assert "function f (line 1)" in command("symbols", "x.mp", folder=tmp_path)[0]
    assert "NAME           'a'" in command("tokens", "x.mp", folder=tmp_path)[0]
    assert "-- value" in command("dis", "--stack", "-c", "x")[0]
    output, errors, code = command("ast", "-c", "x y")
    assert (output, errors.splitlines()[-1], code) == ("", "SyntaxError: invalid syntax", 1)


def test_heap_shows_what_happened() -> None:
    source = "import gc\ndef f(n):\n    return f(n - 1) if n else 0\nx = [f(3)]\nx.append(x)\ndel x\ngc.collect()\n"
    output, errors, code = command("heap", "-c", source)
    assert (errors, code) == ("", 0)
    lines = output.splitlines()
    assert lines[0] == "[collection of generation 2: 1 unreachable object]"
    assert [line.split(",")[0] for line in lines if ", line " in line] == ["  <module>"] + ["  f"] * 4
    assert {"Live objects", "Collector"} <= set(lines)


def test_an_internal_error_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from minipy.process import guarded

    def fail() -> int:
        raise RuntimeError("oops")

    monkeypatch.delenv("MINIPY_DEBUG", raising=False)
    assert guarded(fail) == 70
    assert capsys.readouterr().err.startswith("minipy: internal error: RuntimeError: oops\n")
    monkeypatch.setenv("MINIPY_DEBUG", "1")
    with pytest.raises(RuntimeError):
        guarded(fail)


def shell(line: str, folder: Path) -> tuple[str, str]:
    """What a line of the shell writes, `minipy` in it standing for the command; host streams are buffered in it."""
    line = line.replace("minipy ", f"{sys.executable} -P -m minipy ")
    environment = {**os.environ, "PYTHONPATH": HOME, "PYTHONUNBUFFERED": ""}
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, env=environment, cwd=folder)
    return done.stdout, done.stderr


@pytest.mark.parametrize("form", ["long.mp", "-c 'for i in range(20000): print(i)'", "run --stats long.mp"])
def test_a_closed_pipe_is_quiet(form: str, tmp_path: Path) -> None:
    (tmp_path / "long.mp").write_text("for i in range(20000): print(i)")
    output, errors = shell(f"(minipy {form}; echo $? >code) | head -1", tmp_path)
    assert (output, (tmp_path / "code").read_text()) == ("0\n", "141\n")
    assert "--stats" in form or not errors


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("form", ["one.mp", "dis one.mp", "check --json one.mp", "heap one.mp", "--help",
    "run --stats-json /dev/full one.mp", "heap --heapsnapshot /dev/full one.mp"])  # fmt: skip
def test_what_cannot_be_written(form: str, tmp_path: Path) -> None:
    (tmp_path / "one.mp").write_text("print(1)")
    output, errors = shell(f"minipy {form} >/dev/full; echo $?", tmp_path)
    assert (output, errors) == ("1\n", "minipy: [Errno 28] No space left on device\n")


def test_closed_streams(tmp_path: Path) -> None:
    assert shell("minipy -c 'print(1)' >&-; echo $?", tmp_path) == ("0\n", "")
    assert shell("minipy -c '1 / 0' 2>&-; echo $?", tmp_path) == ("1\n", "")
    assert shell("minipy -c 'print(input())' <&-", tmp_path)[1].endswith("EOFError: EOF when reading a line\n")


def test_a_second_start_needs_no_front_end(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    front_end = {"minipy.compiler", "minipy.syntax.parser", "minipy.cli", "click", "lark"}
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")
    first, second = (command(str(program), stdin="x\n")[1] for _ in range(2))
    imported = [{line.split("|")[-1].strip() for line in errors.splitlines()} for errors in (first, second)]
    assert front_end & imported[0] == {"minipy.compiler", "minipy.syntax.parser"}
    assert front_end & imported[1] == set()
    assert not (minipy.COMPILED and "typing" in imported[1]), "it takes as long to import as a hello program to run"
    assert [kept.name for kept in (program.parent / "__mpcache__").iterdir()] == ["show.mp.mpc"]
