"""Compiles the modules of COMPILED with mypyc, in the current folder, which must be a copy of the source tree.

    *.py --mypy, mypyc--> c/__native_minipy.c --c_improve--> the same, better --gcc--> minipy__mypyc*.so

All modules go into one group, that is one C file, so that gcc sees a small helper's body wherever it is called. Each
module gets a tiny .so of its own beside its source, which hands out its part of the group's.

Run as `python -m minipy.building.compiling`, in a process of its own, while the copy's minipy/__init__.py is empty.
"""

from __future__ import annotations

import ast
import os
import platform
import subprocess
import sysconfig
import time
from collections.abc import Iterable
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Final

from mypyc.build import mypycify
from setuptools import setup

from minipy.building.c_imports import list_exported_again
from minipy.building.c_improve import IN_HEADER, improve
from minipy.building.source_constants import fold_constants

COMPILED: Final = (
    "memory/*.py",
    "objects/*.py",
    "vm/*.py",
    "modules/*.py",
    "bytecode/cache.py",
    "bytecode/code.py",
    "bytecode/opcodes.py",
    "errors.py",
    "interpreter.py",
    "systemhost.py",
    "usercache.py",
)
"""The machine, and what every start needs."""
LEFT_ALONE: Final = ("__init__.py", "vecs.py")
"""File names that stay as they are: package markers, and the module that differs between the two worlds."""
TABLES: Final = ("typetable.py", "slottable.py")
"""Stay interpreted: Python reads large tables from its own cache more quickly than a megabyte of C builds them. With
their constants folded they import nothing."""

FLAGS: Final = ("-fwrapv", "-ffp-contract=off", "-fno-semantic-interposition", "-fvisibility=hidden", "-Wno-all", "-w")
"""Words wrap around; a*b+c is rounded twice, as everywhere in Python; calls inside the group need no table;
gcc's warnings about generated C help nobody, and looking for them takes longer than compiling."""
INLINING: Final = ("--param=max-inline-insns-auto=50", "--param=early-inlining-insns=30")
"""For gcc: the bounds tests make small functions look three times as large as they are."""
SHORT_RELOCATIONS: Final = "-Wl,-z,pack-relative-relocs"
"""For the linker: half a megabyte less to read at each start. The C library's loader knows them since glibc 2.36."""


def folded_modules(root: Path) -> dict[str, Path]:
    """The modules that get literals for constants, by name, the imported before their importers."""
    files = [file for pattern in COMPILED for file in sorted((root / "minipy").glob(pattern))]
    modules = {module_name(file, root): file for file in files if file.name not in LEFT_ALONE}
    graph = {name: [found for found in imports(file) if found in modules] for name, file in modules.items()}
    ordered = list(TopologicalSorter(graph).static_order())
    return {name: modules[name] for name in ordered}


def compiled_modules(modules: dict[str, Path]) -> dict[str, Path]:
    """Those of the modules that mypyc gets, in the same order."""
    return {name: file for name, file in modules.items() if file.name not in TABLES}


def module_name(file: Path, root: Path) -> str:
    """The dotted name of a module."""
    return ".".join(file.relative_to(root).with_suffix("").parts)


def imports(file: Path) -> list[str]:
    """Dotted names a file's `from` imports may mean: modules, and what is imported from them."""
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


def improve_file(path: Path, sources: Iterable[str]) -> None:
    """Improve the C of modules with these sources, and its header, in place; say what was found."""
    header = path.with_name(path.name.replace("__native", "__native_internal")).with_suffix(".h")
    text, report = improve(list_exported_again(path.read_text(), sources))
    path.write_text(text)
    text, more = improve(header.read_text(), IN_HEADER)
    header.write_text(text)
    for line in report + more:
        print("  ", line)


def knows_short_relocations() -> bool:
    """Is this a Linux with such a C library?"""
    library, version = platform.libc_ver()
    return library == "glibc" and [int(part) for part in version.split(".")] >= [2, 36]


def is_gcc() -> bool:
    """Does the C compiler know gcc's parameters?"""
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()
    asked = subprocess.run([*compiler, *INLINING, "-x", "c", "-", "-fsyntax-only"], input=b"", capture_output=True)
    return asked.returncode == 0


def prepare(extensions: list[Any], sources: Iterable[str] = ()) -> None:
    """Improve the group's C and set the compiler's options."""
    more = INLINING if is_gcc() else ()
    for extension in extensions:
        extension.extra_compile_args = [*extension.extra_compile_args, *FLAGS, *more]  # mypyc's list is one for all
        if more and knows_short_relocations():
            extension.extra_link_args = [*extension.extra_link_args, SHORT_RELOCATIONS]
        for source in extension.sources:
            if Path(source).name.startswith("__native"):
                improve_file(Path(source), sources)


def main() -> None:
    """Compile in place; fails with the tools' own messages."""
    start = time.monotonic()
    folded = folded_modules(Path("."))
    count = fold_constants(folded)
    modules = compiled_modules(folded)
    print(f"minipy: mypyc compiles {len(modules)} modules, {count} constants made literals", flush=True)
    files = [str(path) for path in reversed(modules.values())]  # mypy infers the last one's types first
    silent = "--follow-imports=silent"  # about the front end, which stays as it is and may miss lark here
    arguments = [silent, *files]
    extensions: list[Any] = mypycify(arguments, opt_level="2", debug_level="0", target_dir="c", group_name="minipy")
    print(f"minipy: C written after {time.monotonic() - start:.0f} s, improving it", flush=True)
    prepare(extensions, [path.read_text() for path in modules.values()])
    print("minipy: the C compiler runs", flush=True)
    command = ["--quiet", "build_ext", "--inplace", f"--parallel={os.cpu_count() or 1}"]
    setup(name="minipy", packages=[], ext_modules=extensions, script_args=command)
    print(f"minipy: compiled in {time.monotonic() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
