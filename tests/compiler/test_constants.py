"""What is computed while compiling, and which constants are one object."""
from __future__ import annotations

import pytest

from minipy import compiler
from minipy.bytecode.code import Code
from minipy.bytecode.decode import decode
from minipy.compiler.constants import constant_key
from minipy.syntax import ast, parser

FOLDED = [
    "1 + 2 * 3", "-1", "+1", "~5", "not 1", "-0.0", "0.0", "1 << 10", "1 << 127", "1 << 128", "2 ** 64", "2 ** 128",
    "2 ** -1", "10 ** 30", "'a' * 4096", "'a' * 4097", "b'x' * 3", "(1, 2) * 3", "(1, 2) * 200", "3 * (1, 2)",
    "'abc'[1]", "'abc'[-1]", "(1, 2, 3)[1]", "(1, 2)[5]", "1 / 0", "1 // 0", "'a' + 'b'", "'a' % ()", "(1, (2, 3))",
    "1 + 2j", "1 @ 2", "'a' + 1", "1 < 2", "[1, 2, 3]", "{1, 2, 3}", "x in [1, 2]", "x in {1, 2}",
    "x not in [1, y]", "not x in y", "not x is y", "__debug__", "7 % 3", "1 & 3 | 4 ^ 1", "5 >> 1", "(-1) ** 0.5",
    "(1, 2) + (3,)", "'a' 'b'", "True + True", "None", "...", "-(1 << 62)", "9 ** 9 ** 9", "((1, 2) * 100) * 5",
]  # fmt: skip


def expression(text: str) -> Code:
    """The code of an expression."""
    tree = parser.parse(text, "f", "eval")
    assert isinstance(tree, ast.Expression)
    return compiler.compile_expression(tree, "f")


def names_of(code: Code) -> list[str]:
    """The instructions' names."""
    return [instruction.opcode.name for instruction in decode(code)]


@pytest.mark.parametrize("text", FOLDED)
def test_folds_what_the_host_folds(text: str) -> None:
    own = {repr(constant_key(constant)) for constant in expression(text).consts}
    host = {repr(constant_key(constant)) for constant in compile(text, "f", "eval").co_consts}
    assert own == host


def test_constants_are_one_by_type_and_value() -> None:
    tree = parser.parse("x = 1, 1.0, True, 1, 0.0, -0.0, 0j, -0j, 'a', b'a', (1,), (1.0,), y, (1,), 1", "f")
    consts = compiler.compile_module(tree, "f").consts
    assert [repr(c) for c in consts] == [
        "1", "1.0", "True", "0.0", "-0.0", "0j", "(-0-0j)", "'a'", "b'a'", "(1,)", "(1.0,)", "None",
    ]  # fmt: skip


@pytest.mark.parametrize("source, kept", [
    ("if 0: a\nb", ["b"]),
    ("if 1: a\nelse: b", ["a"]),
    ("while 0: a\nb", ["b"]),
    ("while 1: a\nb", ["a"]),
    ("if not 0: a\nelse: b", ["a"]),
    ("if __debug__: a\nelse: b", ["a"]),
    ("x = 1 if 0 else b", ["b"]),
    ("x = 1 and b", ["b"]),
    ("x = 0 and b", []),
    ("raise\nb", []),
    ("assert 1, b", []),
])  # fmt: skip
def test_what_cannot_run_is_left_out(source: str, kept: list[str]) -> None:
    code = compiler.compile_module(parser.parse(source, "f"), "f")
    loads = [i for i in decode(code) if i.opcode.name == "LOAD_GLOBAL"]
    assert [code.names[i.operand] for i in loads] == kept


def test_docstrings() -> None:
    source = '"module"\ndef f():\n "function"\n x\ndef g(): x\nclass C:\n "class"\n'
    code = compiler.compile_module(parser.parse(source, "f"), "f")
    f, g, c = (constant for constant in code.consts if isinstance(constant, Code))
    assert (code.doc, f.doc, g.doc, c.doc) == ("module", "function", None, "class")
    assert (f.consts[0], g.consts[0]) == ("function", None)


@pytest.mark.parametrize("source, names", [
    ("a, b = b, a", "LOAD_FAST_LOAD_FAST STORE_FAST STORE_FAST"),
    ("a, b, c = c, a, b", "LOAD_FAST_LOAD_FAST LOAD_FAST STORE_FAST STORE_FAST STORE_FAST"),
    ("a = b + 1", "ADD_FAST_CONST STORE_FAST"),
    ("a = b - 1", "SUBTRACT_FAST_CONST STORE_FAST"),
    ("a += 1", "ADD_FAST_CONST STORE_FAST"),
    ("a = b.x", "LOAD_FAST_LOAD_ATTR STORE_FAST"),
    ("a = b; c = a + 1", "LOAD_FAST STORE_FAST ADD_FAST_CONST STORE_FAST"),
    ("a = a * b", "LOAD_FAST_LOAD_FAST BINARY_MULTIPLY STORE_FAST"),
    ("a = b; c = a * 2", "LOAD_FAST STORE_FAST_LOAD_FAST LOAD_CONST BINARY_MULTIPLY STORE_FAST"),
    ("while a < b: c()", "LOAD_FAST_LOAD_FAST LT_JUMP_IF_FALSE LOAD_FAST CALL POP_TOP JUMP_BACKWARD"),
    ("for a in b: c = a", "LOAD_FAST GET_ITER FOR_ITER_STORE_FAST LOAD_FAST STORE_FAST JUMP_BACKWARD"),
])  # fmt: skip
def test_fused_instructions(source: str, names: str) -> None:
    text = f"def f(a, b, c):\n {source}\n"
    function = compiler.compile_module(parser.parse(text, "f"), "f").consts[0]
    assert isinstance(function, Code)
    assert names_of(function) == ["RESUME", *names.split(), "LOAD_CONST", "RETURN_VALUE"]
