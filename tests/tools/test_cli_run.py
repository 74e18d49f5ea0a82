"""`minipy run`: limits, verdicts, statistics, modules, the session afterwards; and that a program stays inside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tools.command import HOME, command, command_here


def verdict(*arguments: str, stdin: str = "", folder: Path) -> dict[str, Any]:
    """What --verdict-json says of a run; its exit code is the process's."""
    code = command_here("run", "--verdict-json", "v.json", *arguments, stdin=stdin, folder=folder)[2]
    found: dict[str, Any] = json.loads((folder / "v.json").read_text())
    assert found["exit_code"] == code
    return found


# ---------------------------------------------------------------- limits
@pytest.mark.parametrize(("arguments", "reason", "code"), [
    (["--max-steps", "1000", "-c", "while 1: pass"], "steps", 123),
    (["--max-steps", "1000", "-c", "def f(n, m=0): return n and f(n - 1) + f(n - 1)\nf(40)"], "steps", 123),
    (["--max-steps", "1000", "-c", "try:\n  while 1: pass\nexcept BaseException: print('caught')"], "steps", 123),
    (["--timeout", "0.2", "-c", "while 1: pass"], "timeout", 124),
    (["--max-output", "10", "-c", "while 1: print(1)"], "output", 122),
    (["--heap-limit", "4k", "-c", "1"], "heap", 121),
])  # fmt: skip
def test_a_limit_ends_the_program(arguments: list[str], reason: str, code: int) -> None:
    output, errors, status = command_here(*arguments)
    assert (errors, status) == (f"minipy: limit reached: {reason}\n", code)
    assert "caught" not in output


def test_the_limit_on_time_stops_native_code(tmp_path: Path) -> None:
    started = time.monotonic()
    arguments = ["--timeout", "0.3", "--verdict-json", "v.json", "-c", "print('on')\nsum(range(10 ** 9))"]
    output, errors, code = command("run", *arguments, folder=tmp_path)
    assert (output, errors, code) == ("on\n", "minipy: limit reached: timeout\n", 124)
    assert json.loads((tmp_path / "v.json").read_text())["verdict"] == "timeout"
    assert time.monotonic() - started < 10


def test_a_limit_on_time_leaves_the_rest_as_it_is() -> None:
    source = "import sys; print(input()); print('err', file=sys.stderr); sys.exit(3)"
    assert command("run", "--timeout", "60", "-c", source, stdin="in\n") == ("in\n", "err\n", 3)


def test_the_limit_of_the_heap_is_a_memory_error() -> None:
    source = "try:\n    x = [0] * 1000000\nexcept MemoryError:\n    print('caught')\nx = [0] * 1000000"
    output, errors, code = command_here("--heap-limit", "2M", "-c", source)
    assert (output, errors.splitlines()[-1], code) == ("caught\n", "MemoryError", 121)


# ---------------------------------------------------------------- verdicts
def test_verdicts(tmp_path: Path) -> None:
    def name(*arguments: str) -> tuple[str, int]:
        found = verdict(*arguments, folder=tmp_path)
        return found["verdict"], found["exit_code"]

    assert name("-c", "print(1)") == ("ok", 0)
    assert name("-c", "import sys; sys.exit(0)") == ("ok", 0)
    assert name("-c", "import sys; sys.exit(3)") == ("exit", 3)
    assert name("-c", "import sys; sys.exit('text')") == ("exit", 1)
    assert name("-c", "1 / 0") == ("exception", 1)
    assert name("-c", "raise KeyboardInterrupt") == ("interrupted", 130)
    assert name("-c", "x y") == ("syntax_error", 1)
    assert name("none.mp") == ("no_file", 2)
    assert name("--max-steps", "9", "-c", "while 1: pass") == ("max_steps", 123)
    assert name("--max-output", "9", "-c", "while 1: print(1)") == ("max_output", 122)
    assert name("--timeout", "0.1", "-c", "while 1: pass") == ("timeout", 124)
    assert name("--heap-limit", "2M", "-c", "[0] * 1000000") == ("heap_limit", 121)


def test_a_verdict_names_the_exception(tmp_path: Path) -> None:
    (tmp_path / "p.mp").write_text("def f(x):\n    return {}[x]\nprint('out')\nf('k')\n")
    found = verdict("p.mp", folder=tmp_path)
    error = found["error"]
    assert (error["type"], error["message"], error["file"], error["line"]) == ("KeyError", "'k'", "p.mp", 2)
    assert error["text"].startswith("Traceback (most recent call last):\n")
    assert error["text"].endswith("\nKeyError: 'k'\n")
    assert (found["report"], found["file"], found["output_characters"]) == ("verdict", "p.mp", 4 + len(error["text"]))
    fault = verdict("-c", "a = 1\nx y", folder=tmp_path)["error"]
    assert (fault["type"], fault["message"], fault["line"]) == ("SyntaxError", "invalid syntax", 2)
    assert verdict("-c", "for i in range(77): pass", folder=tmp_path)["steps"] == 78


def test_a_closed_pipe_is_a_verdict(tmp_path: Path) -> None:
    shell = f"{sys.executable} -P -m minipy run --verdict-json v.json -c 'for i in range(99999): print(i)' | head -1"
    done = subprocess.run(shell, shell=True, cwd=tmp_path, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": HOME})  # fmt: skip
    assert (done.stdout, done.stderr) == ("0\n", "")
    assert json.loads((tmp_path / "v.json").read_text())["verdict"] == "closed_pipe"


def test_a_verdict_that_cannot_be_written() -> None:
    output, errors, code = command_here("run", "--verdict-json", "/none/v.json", "-c", "print(1)")
    message = "Error: Could not open file '/none/v.json': No such file or directory\n"
    assert (output, errors, code) == ("1\n", message, 1)


# ---------------------------------------------------------------- statistics
def test_stats() -> None:
    output, errors, code = command_here("run", "--stats", "-c", "import gc; print(gc.collect() >= 0)")
    assert (output, code) == ("True\n", 0)
    assert [line.split("  ")[0] for line in errors.splitlines()] == [
        "time", "instructions", "calls", "allocations", "frees", "peak", "generation 0", "generation 1", "generation 2",
    ]  # fmt: skip


def test_stats_are_exact(tmp_path: Path) -> None:
    def figures(source: str) -> dict[str, Any]:
        (tmp_path / "s.mp").write_text(source)
        assert command_here("run", "--stats-json", "s.json", "s.mp", folder=tmp_path)[2] == 0
        found: dict[str, Any] = json.loads((tmp_path / "s.json").read_text())
        return found

    def made(source: str) -> int:
        found: int = figures(source)["allocations"]
        return found

    assert figures("def f(): pass\nf(); f()\n")["calls"] == 3
    assert figures("x = 1\n")["instructions"] < figures("x = 1\nx = x\n")["instructions"]
    assert made("for i in range(100): [[]]\n") - made("for i in range(100): [0]\n") == 100
    collected = figures("import gc\nfor i in range(1000):\n    x = []\n    x.append(x)\ngc.collect()\n")["generations"]
    assert collected[0]["collections"] >= 1 and sum(row["collected"] for row in collected) >= 999
    assert collected[2]["longest_pause_seconds"] > 0


# ---------------------------------------------------------------- which program
def test_modules(tmp_path: Path) -> None:
    (tmp_path / "tool.mp").write_text("import sys, other\nprint(__name__, sys.argv[1:], other.name)\n")
    (tmp_path / "other.py").write_text("name = 'beside it'\n")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__main__.mp").write_text("print(__file__)\n")
    assert command_here("-m", "tool", "-a", folder=tmp_path) == ("__main__ ['-a'] beside it\n", "", 0)
    main = tmp_path / "package" / "__main__.mp"
    assert command_here("run", "-m", "package", folder=tmp_path) == (f"{main}\n", "", 0)
    assert command_here("-m", "none", folder=tmp_path) == ("", "minipy: No module named none\n", 1)


def test_what_follows_text_belongs_to_the_program() -> None:
    assert command_here("--no-gc", "-c", "import sys; print(sys.argv)", "-X", "--help")[0] == "['-c', '-X', '--help']\n"


def test_standard_input_is_a_program_if_no_file_is_named() -> None:
    assert command_here("run", stdin="import sys\nprint(sys.argv)\n1 + 1\n") == ("['']\n", "", 0)
    assert command_here("dis", stdin="x\n")[0] == command_here("dis", "-c", "x\n")[0]


def test_the_session_afterwards_has_the_programs_names() -> None:
    assert command_here("run", "-i", "-c", "x = 41", stdin="x + 1\n") == ("42\n", "", 0)
    output, errors, code = command_here("run", "-i", "-c", "x = 1\n1 / 0", stdin="x\n")
    assert (output, errors.splitlines()[-1], code) == ("1\n", "ZeroDivisionError: division by zero", 0)
    output = command_here("run", "-i", "-c", "def half(n): return n / 0\nhalf(7)", stdin=":stack\n")[0]
    assert output.startswith("Run-time stack when the exception was raised") and "    n            0x" in output


# ---------------------------------------------------------------- the end
@pytest.mark.parametrize("form", [[], ["--timeout", "60"]])
def test_control_c_ends_an_endless_loop(form: list[str], tmp_path: Path) -> None:
    (tmp_path / "loop.mp").write_text("print('on', flush=True)\nwhile True: pass\n")
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "minipy", *form, "loop.mp"], cwd=tmp_path, env={"PYTHONPATH": HOME}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "on\n"
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    try:
        output, errors = process.communicate(timeout=20)
    finally:
        process.kill()  # if it did not work, an endless loop would stay
    assert (errors.splitlines()[-1], process.returncode) == ("KeyboardInterrupt", 130)


ESCAPES = """
def attempt(action):
    try:
        return action()
    except BaseException as error:
        return type(error).__name__
outside = {
    "os": ("environ", "system", "listdir", "open", "popen", "fork"), "io": ("FileIO", "OpenWrapper"),
    "importlib": ("machinery", "util"), "subprocess": ("run",), "socket": ("socket",), "ctypes": ("CDLL",),
    "posix": ("open",), "_io": ("open",), "signal": ("raise_signal",), "pathlib": ("Path",), "shutil": ("copy",),
}
refusals = {attempt(lambda: getattr(__import__(name), what)) for name in outside for what in outside[name]}
print(refusals <= {"ModuleNotFoundError", "AttributeError"} or refusals)
print(attempt(lambda: __import__("io").open(FOLDER + "/secret.mp").read()) in ("NameError", "AttributeError"))
print(attempt(lambda: __import__("../secret")), attempt(lambda: __import__(FOLDER + "/secret")))
print(attempt(lambda: open(FOLDER + "/secret.mp")))
print([t.__name__ for t in object.__subclasses__() if t.__name__ in ("Popen", "FileIO", "socket", "BuiltinImporter")])
import sys
print([hasattr(sys, name) for name in ("settrace", "environ", "meta_path", "path_hooks")])
print(attempt(lambda: sys.stdin.buffer), attempt(lambda: sys.stdout.name.x))
exec(compile("\\n1 / 0", FOLDER + "/secret.mp", "exec"))
"""


def test_a_program_stays_in_its_own_memory(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.mp").write_text("first = 1\nsecret = 'SECRET'\nprint(secret)\n")
    (inside / "p.mp").write_text(f"FOLDER = {str(outside)!r}\n{ESCAPES}")
    output, errors, code = command("p.mp", folder=inside)
    assert output.splitlines() == [
        "True",
        "True",
        "ModuleNotFoundError ModuleNotFoundError",
        "NameError",
        "[]",
        "[False, False, False, False]",
        "AttributeError AttributeError",
    ]
    assert (errors.splitlines()[-1], code) == ("ZeroDivisionError: division by zero", 1)
    assert "SECRET" not in output + errors
