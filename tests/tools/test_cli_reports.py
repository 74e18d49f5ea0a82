"""The reports about a source: their JSON has the shape that minipy/tools/JSON.md gives; check; help; completion."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tools.command import command, command_here

import minipy
from minipy.cli import main
from minipy.process import COMMANDS

PAGE = (Path(minipy.__file__).parent / "tools" / "JSON.md").read_text("utf-8")
SHAPES: dict[str, Any] = {
    name: json.loads(text) for name, text in re.findall(r"^## (\w+).*?^```json\n(.*?)^```", PAGE, re.M | re.S)
}
TYPES: dict[str, Any] = {
    "int": int, "number": (int, float), "string": str, "bool": bool, "null": type(None), "object": dict,
}  # fmt: skip
SOURCE = """\
import gc
class Node:
    def __init__(self, other):
        self.other = other
def turns(n, *rest, key=None):
    try:
        for i in range(n):
            yield lambda: i
    finally:
        x: int = 2 ** 100
ring = Node(None)
ring.other = ring
del ring
gc.collect()
print([f() for f in turns(2)], 1j, b"bytes")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with programs."""
    (tmp_path / "p.mp").write_text(SOURCE)
    (tmp_path / "fib.mp").write_text("def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(5))\n")
    (tmp_path / "bad.mp").write_text("x = 1\nx y\n")
    return tmp_path


def fits(value: Any, shape: Any, where: str) -> list[str]:
    """Where a value differs from a shape: a dict has the same keys, a list's items fit the first one's, `"a | b"`
    names the types a value may have."""
    if isinstance(shape, dict):
        if not isinstance(value, dict) or set(value) != set(shape):
            return [f"{where}: {value!r:.80} has not the keys {sorted(shape)}"]
        return [fault for key in shape for fault in fits(value[key], shape[key], f"{where}.{key}")]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where}: {value!r:.80} is no list"]
        return [fault for i, item in enumerate(value) for fault in fits(item, shape[0], f"{where}[{i}]")]
    names = shape.split(" | ")
    ok = any(isinstance(value, TYPES[name]) and (type(value) is bool) == (name == "bool") for name in names)
    return [] if ok else [f"{where}: {value!r:.80} is not {shape}"]


def report(*arguments: str, folder: Path) -> dict[str, Any]:
    """A report on standard output."""
    output, errors, code = command_here(*arguments, folder=folder)
    assert (code, errors) == (0, "") or arguments[0] in ("check", "heap", "explain")
    found: dict[str, Any] = json.loads(output)
    return found


@pytest.mark.parametrize("name", ["tokens", "ast", "symbols", "dis", "heap", "explain", "check"])
def test_reports_have_the_documented_shape(name: str, folder: Path) -> None:
    found = report(name, "--json", "p.mp", folder=folder)
    assert (found["report"], found["minipy"], found["file"]) == (name, minipy.__version__, "p.mp")
    assert fits(found, SHAPES[name], name) == []


@pytest.mark.parametrize(("name", "option"), [("stats", "--stats-json"), ("verdict", "--verdict-json")])
def test_reports_on_a_run_have_the_documented_shape(name: str, option: str, folder: Path) -> None:
    assert command_here("run", option, "out.json", "p.mp", folder=folder)[2] == 0
    found = json.loads((folder / "out.json").read_text())
    assert fits(found, SHAPES[name], name) == []


def test_what_the_reports_say(folder: Path) -> None:
    tree = report("ast", "--json", "-c", "x = 1.5", folder=folder)["ast"]
    assert tree["body"][0]["targets"][0] == {
        "node": "Name", "id": "x", "ctx": {"node": "Store"},
        "lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 1,
    }  # fmt: skip
    assert tree["body"][0]["value"]["value"] == {"type": "float", "repr": "1.5"}
    scope = report("symbols", "--json", "-c", "def f(a): return a", folder=folder)["scope"]
    assert scope["scopes"][0]["names"] == [{"name": "a", "found": "local", "is": ["parameter", "used"]}]
    code = report("dis", "--json", "-c", "def f(a): return a", folder=folder)["code"]
    inner = next(constant["code"] for constant in code["constants"] if constant["type"] == "code")
    assert [(i["opcode"], i["argument"], i["depth"]) for i in inner["instructions"]] == [
        ("RESUME", "", 0), ("LOAD_FAST", "a", 0), ("RETURN_VALUE", "", 1),
    ]  # fmt: skip
    first = report("tokens", "--json", "-c", "x", folder=folder)["tokens"][0]
    assert first == {"type": "NAME", "text": "x", "line": 1, "column": 0, "end_line": 1, "end_column": 1}


@pytest.mark.parametrize("name", ["tokens", "ast", "symbols", "dis"])
def test_deep_programs(name: str, folder: Path) -> None:
    (folder / "deep.mp").write_text("x = " + "-" * 1500 + "1\n")
    assert report(name, "--json", "deep.mp", folder=folder)["file"] == "deep.mp"
    (folder / "deeper.mp").write_text("x = " + " + ".join(["1"] * 9000) + "\n")
    output, errors, code = command_here(name, "--json", "deeper.mp", folder=folder)
    assert code in (0, 1) and "internal" not in errors, "shown, or said to be too deep"


def test_the_program_of_a_heap_report_writes_elsewhere(folder: Path) -> None:
    output, errors, code = command_here("heap", "--json", "p.mp", folder=folder)
    found = json.loads(output)
    assert (errors, code) == ("[0, 1] 1j b'bytes'\n", 0)
    assert {"generation": 2, "unreachable": 1} in found["collections"]
    assert {"type": "Node", "objects": 1, "bytes": 64} not in found["types"]


def test_the_heap_at_a_line(folder: Path) -> None:
    found = report("heap", "--json", "--at", "12", "p.mp", folder=folder)
    assert found["at"] == 12
    (record,) = found["stack"]
    assert (record["function"], record["line"]) == ("<module>", 12)
    assert "Node object" in [v["value"] for v in record["variables"] if v["name"] == "ring"]
    output = command_here("heap", "--at", "2", "fib.mp", folder=folder)[0]
    assert output.count("  fib, line 2, at 0x") == 1
    output, errors, code = command_here("heap", "--at", "99", "fib.mp", folder=folder)
    assert (output, errors, code) == ("5\n", "minipy: line 99 of fib.mp was never reached\n", 1)


def test_explain(folder: Path) -> None:
    (folder / "e.mp").write_text("import own\nx = 1000\ny = x\nprint('out')\ndel x\n1 / 0\n")
    (folder / "own.mp").write_text("z = 2000\n")
    output, errors, code = command_here("explain", "e.mp", folder=folder)
    assert (code, errors.splitlines()[-1]) == (1, "ZeroDivisionError: division by zero")
    assert "   3  y = x\ny points to the same object\n  as x\n" in output
    assert "   4  print('out')\nout\n   5  del x\n" in output
    assert "z points to" not in output
    output, errors, code = command_here("explain", "--json", "-c", "x = 1000; print(x)", folder=folder)
    (line,) = json.loads(output)["lines"]
    assert (line["line"], line["source"], errors) == (1, "x = 1000; print(x)", "1000\n")
    assert line["told"][0] == "x points to 1000"
    assert command_here("explain", "--max-steps", "9", "-c", "while 1: pass")[2] == 123


def test_check(folder: Path) -> None:
    assert command_here("check", "p.mp", "fib.mp", folder=folder) == ("", "", 0)
    output, errors, code = command_here("check", "bad.mp", "p.mp", "none.mp", folder=folder)
    assert (output, code) == ("", 1)
    assert errors == (
        '  File "bad.mp", line 2\n    x y\n      ^\nSyntaxError: invalid syntax\n'
        "minipy: none.mp: can't open file: [Errno 2] No such file or directory\n"
    )
    output, errors, code = command_here("check", "--json", "bad.mp", "p.mp", folder=folder)
    found = json.loads(output)
    assert (errors, code, found["ok"]) == ("", 1, False)
    assert [(row["file"], row["ok"]) for row in found["files"]] == [("bad.mp", False), ("p.mp", True)]
    assert found["files"][0]["errors"][0] == {
        "type": "SyntaxError", "message": "invalid syntax", "text": "x y\n",
        "line": 2, "column": 2, "end_line": 2, "end_column": 3,
    }  # fmt: skip
    (folder / "warned.mp").write_text("if 1 is 1: pass\n")
    output, errors, code = command_here("check", "warned.mp", folder=folder)
    assert (errors.startswith("warned.mp:1: SyntaxWarning: "), code) == (True, 0)


def examples() -> list[str]:
    """Every example that a help text gives, the command's name taken off; but those that ask the user."""
    epilogs = [main.epilog, *(command.epilog for command in main.commands.values())]
    lines = re.findall(r"^  minipy ?(.*)$", "\n".join(epilog or "" for epilog in epilogs), re.M)
    return [line for line in lines if "COMMAND" not in line]


@pytest.mark.parametrize("line", examples())
def test_the_examples_of_the_help_texts_work(line: str, folder: Path) -> None:
    parts = [part.replace("'", "") for part in re.findall(r"'[^']*'|\S+", line)]
    output, errors, code = command_here(*parts, folder=folder)
    assert code == 0, errors


@pytest.mark.parametrize("name", sorted(set(main.commands) - {"bench"}))
def test_every_command_has_help(name: str) -> None:
    for option in ("-h", "--help"):
        output, errors, code = command_here(name, option)
        assert (errors, code) == ("", 0)
        assert output.lower().startswith(f"usage: minipy {name}")
        assert "\n  Examples:\n    minipy" in output


def test_help_is_a_command_too() -> None:
    assert command_here("help", "dis") == command_here("dis", "--help")
    assert command_here("help") == command_here("--help")
    assert command_here("help", "dsi")[2] == 2


def test_the_commands_are_those_the_quick_start_knows() -> None:
    assert set(COMMANDS) == set(main.commands)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    output, errors, code = command_here("completion", shell)
    assert (errors, code) == ("", 0)
    assert "_MINIPY_COMPLETE" in output


@pytest.mark.parametrize(("words", "wanted"), [
    ("minipy d", ["plain,dis", "file,d"]),
    ("minipy run --max", ["plain,--max-steps", "plain,--max-output"]),
    ("minipy run fi", ["file,fi"]),
    ("minipy run -X poi", ["plain,poison"]),
])  # fmt: skip
def test_the_shell_gets_commands_options_and_files(words: str, wanted: list[str]) -> None:
    number = str(len(words.split()) - 1)
    environment = {"_MINIPY_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": number}
    assert command(environment=environment)[0].splitlines() == wanted
