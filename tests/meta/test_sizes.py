"""The house's rules about size and about saying what a thing is."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FUNCTION_LINES = 40
FILE_LINES = 400
TALKATIVE = 6
"""A public function of more lines needs a docstring."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> list[Path]:
    """Every Python file of the project."""
    return sorted([*(ROOT / "minipy").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])


def functions(files: list[Path]) -> Iterator[tuple[str, Function, int]]:
    """(where, function, lines), the loop's one exception left out."""
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, Function) and not (file.name == "ceval.py" and node.name == "run"):
                where = f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
                yield where, node, (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short() -> None:
    assert [where for where, _, lines in functions(sources()) if lines > FUNCTION_LINES] == []


def test_files_are_short() -> None:
    long = {str(file.relative_to(ROOT)) for file in sources() if file.read_text().count("\n") > FILE_LINES}
    assert long <= {"minipy/vm/ceval.py"}


def test_public_functions_say_what_they_do() -> None:
    silent = [
        where
        for where, node, lines in functions(sorted((ROOT / "minipy").rglob("*.py")))
        if lines > TALKATIVE and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_modules_say_what_they_are() -> None:
    modules = (ROOT / "minipy").rglob("*.py")
    assert [str(file) for file in modules if not ast.get_docstring(ast.parse(file.read_text()))] == []


@pytest.mark.parametrize("package", ["building", "bytecode", "memory", "modules", "objects", "syntax", "tools", "vm"])
def test_a_package_names_its_modules(package: str) -> None:
    folder = ROOT / "minipy" / package
    words = re.findall(r"[\w*]+", ast.get_docstring(ast.parse((folder / "__init__.py").read_text())) or "")
    modules = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert {module for module in modules if not any(fnmatch(module, word) for word in words)} == set()
    patterns = [word for word in words if "*" in word]
    assert [pattern for pattern in patterns if not any(fnmatch(module, pattern) for module in modules)] == []


def test_no_build_product_is_in_the_tree() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    products = [name for name in listed.stdout.splitlines() if name.endswith((".so", ".pyd", ".c", ".pyc", ".mpc"))]
    assert products + list((ROOT / "minipy").rglob("*.so")) == []
