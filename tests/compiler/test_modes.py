"""The three kinds of text, namespaces of their own, and observed runs."""
from __future__ import annotations

import pytest

from minipy import compiler
from minipy.bytecode.code import Code
from minipy.bytecode.decode import decode
from minipy.bytecode.verify import verify
from minipy.syntax import ast, parser


def names_of(code: Code) -> list[str]:
    """The instructions' names, RESUME and the return left out."""
    return [i.opcode.name for i in decode(code) if i.opcode.name not in ("RESUME", "RETURN_VALUE")]


def module(source: str, separate_namespace: bool = False, observed: bool = False) -> Code:
    """The code of a module."""
    tree = parser.parse(source, "f")
    code = compiler.compile_module(tree, "f", separate_namespace=separate_namespace, observed=observed)
    assert verify(code) == []
    return code


def test_a_modules_names_are_its_globals() -> None:
    assert names_of(module("x = y\ndel x")) == ["LOAD_GLOBAL", "STORE_GLOBAL", "DELETE_GLOBAL", "LOAD_CONST"]


def test_a_separate_namespace_is_asked_first() -> None:
    source = "x = y\ndel x\ndef f(): global z; return x\nz = 1"
    code = module(source, separate_namespace=True)
    assert [name for name in names_of(code) if "CONST" not in name] == [
        "LOAD_NAME", "STORE_NAME", "DELETE_NAME", "MAKE_FUNCTION", "STORE_NAME", "STORE_GLOBAL",
    ]  # fmt: skip
    inner = next(constant for constant in code.consts if isinstance(constant, Code))
    assert names_of(inner) == ["LOAD_GLOBAL"]


def test_class_bodies_have_a_namespace() -> None:
    inner = module("class C:\n x = y").consts[0]
    assert isinstance(inner, Code)
    assert names_of(inner) == [
        "LOAD_GLOBAL", "STORE_NAME", "LOAD_CONST", "STORE_NAME", "LOAD_NAME", "STORE_NAME", "LOAD_CONST",
    ]  # fmt: skip


def test_expression() -> None:
    tree = parser.parse("a + 1", "f", "eval")
    assert isinstance(tree, ast.Expression)
    code = compiler.compile_expression(tree, "f")
    assert verify(code) == []
    assert names_of(code) == ["LOAD_GLOBAL", "LOAD_CONST", "BINARY_ADD"]


@pytest.mark.parametrize("source, prints", [
    ("1\n", 1), ("x = 1\n", 0), ("for i in x: i\n\n", 1), ("def f(): 1\n\n", 0), ("if 1:\n a\n b\n\n", 2),
    ("'doc'\n", 1),
])  # fmt: skip
def test_interactive_prints_values(source: str, prints: int) -> None:
    tree = parser.parse(source, "f", "single")
    assert isinstance(tree, ast.Interactive)
    code = compiler.compile_interactive(tree, "f")
    assert verify(code) == []
    assert names_of(code).count("PRINT_EXPR") == prints


def test_observed_code_steps_before_each_instruction() -> None:
    names = [i.opcode.name for i in decode(module("x = 1\nwhile x < 9:\n  x = x + 1\n", observed=True))]
    steps = [name for name in names if name != "LINE"]
    assert steps[0::2] == ["STEP"] * (len(steps) // 2)
    assert "STEP" not in steps[1::2]
    assert not any("_LOAD_" in name or "_FAST_" in name or name == "LT_JUMP_IF_FALSE" for name in names)


def lines_seen(code: Code, jumps: list[bool]) -> list[int]:
    """The LINE operands met on a walk through the code; `jumps`: what each conditional jump does."""
    at = {i.offset: i for i in decode(code)}
    seen, offset = [], 0
    while at[offset].opcode.name != "RETURN_VALUE":
        instruction = at[offset]
        if instruction.opcode.name == "LINE":
            seen.append(instruction.operand)
        always = instruction.opcode.name in ("JUMP_FORWARD", "JUMP_BACKWARD")
        jump = instruction.target >= 0 and (always or jumps.pop(0))
        offset = instruction.target if jump else instruction.end
    return seen


@pytest.mark.parametrize("source, jumps, lines", [
    ("a = 1\nwhile a:\n  b\nc", [False, False, True], [1, 2, 3, 2, 3, 2, 4]),
    ("for a in x:\n  b\nc", [False, False, True], [1, 2, 1, 2, 1, 3]),
    ("for a in x: b\nc", [False, False, True], [1, 1, 1, 2]),
    ("if a:\n  b\nelse:\n  c\nd", [False], [1, 2, 5]),
    ("if a:\n  b\nelse:\n  c\nd", [True], [1, 4, 5]),
    ("while a:\n  if b:\n    continue\n  c\nd", [False, False, True], [1, 2, 3, 1, 5]),
    ("while a:\n  if b:\n    break\n  c\nd", [False, False], [1, 2, 3, 5]),
    ("while 1:\n  if b:\n    break\nd", [True, False], [1, 2, 1, 2, 3, 4]),
    ("pass\na", [], [1, 2]),
])  # fmt: skip
def test_lines_are_seen_in_the_order_they_run(source: str, jumps: list[bool], lines: list[int]) -> None:
    assert lines_seen(module(source, observed=True), jumps) == lines
