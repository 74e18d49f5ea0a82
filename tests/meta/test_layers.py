"""Who may import whom. The picture is a one-way graph:

errors <- syntax <- compiler -> bytecode;  memory <- objects <- vm -> bytecode;  modules -> vm, objects, memory;
the command line, the build and the tools stand outside and may import all.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MAY_IMPORT = {
    "located": set(),
    "errors": {"located"},
    "version": set(),
    "usercache": set(),
    "process": set(),
    "syntax": {"errors", "located", "usercache"},
    "bytecode": {"errors", "version", "usercache"},
    "compiler": {"errors", "located", "syntax", "bytecode"},
    "memory": set(),
    "objects": {"memory"},
    "vm": {"errors", "version", "bytecode", "memory", "objects"},
    "modules": {"errors", "version", "bytecode", "memory", "objects", "vm"},
}
"""Besides itself. Parts that are not named may import all."""

PLUGS = {(f"vm.{name}", "modules") for name in ("bltinmodule", "dispatch", "importing", "session")}
"""Where the outermost layer is plugged in: a native function is reached by its number."""

SHARED = {"objects.operators"}
"""Plain tables of numbers that the compiler and the machine agree on: all may import them."""


def imports(file: Path) -> list[str]:
    """Dotted names below minipy that a file imports, typing-only imports included."""
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "minipy":
            found += [f"minipy.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{file}: imports are absolute"
            found.append(node.module)
    return [name.removeprefix("minipy.") for name in found if name.startswith("minipy.")]


def violations() -> list[str]:
    """Every import that goes against the arrows."""
    found = []
    for file in sorted((ROOT / "minipy").rglob("*.py")):
        module = ".".join(file.relative_to(ROOT / "minipy").with_suffix("").parts)
        part = module.split(".")[0]
        for name in imports(file):
            wanted = name.split(".")[0]
            allowed = MAY_IMPORT.get(part)
            free = allowed is None or wanted == part or wanted in allowed
            if not free and name not in SHARED and (module, wanted) not in PLUGS:
                found.append(f"{module} imports {name}")
    return found


def test_imports_follow_the_arrows() -> None:
    assert violations() == []


def test_nothing_that_runs_imports_the_build() -> None:
    files = [file for file in (ROOT / "minipy").rglob("*.py") if file.parent.name != "building"]
    assert [file for file in files if any(name.split(".")[0] == "building" for name in imports(file))] == []


def test_the_build_begins_without_minipy() -> None:
    build = ROOT / "minipy" / "building"
    assert imports(build / "hook.py") + imports(build / "__main__.py") == []


def test_only_the_parser_imports_lark() -> None:
    users = [
        file.name
        for file in (ROOT / "minipy").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
        if name.split(".")[0] == "lark"
    ]
    assert set(users) <= {"parser.py"}
