"""The build hook: puts the compiled modules beside the source in the wheel, or leaves the wheel pure.

    pip install .                            compiled where a C compiler works, else the same source uncompiled
    MINIPY_PURE=1 pip install .              uncompiled in any case
    python minipy/build.py FOLDER            for developers: a compiled copy of the tree, used by PYTHONPATH=FOLDER

Everything is compiled in a copy of the tree: a compiled module beside its source would hide the source's changes.
"""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

LEFT_OUT: Final = shutil.ignore_patterns("__pycache__", "__mpcache__", "*.so", "*.pyd")


class CommandHook(MetadataHookInterface):
    """What hatchling asks for the commands: elsewhere bin/minipy is installed as it is; Windows runs programs only."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Have pip make a program."""
        if sys.platform == "win32":
            metadata["scripts"] = {"minipy": "minipy.__main__:main"}


class MypycHook(BuildHookInterface[Any]):
    """What hatchling calls before and after it packs a wheel."""

    work: Path | None = None
    """The copy of the tree in which is compiled."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile and add the libraries to the wheel; an editable install runs the source itself."""
        if version == "editable":
            return
        reason = "MINIPY_PURE is set" if os.environ.get("MINIPY_PURE") else missing_compiler()
        if not reason:
            self.work = Path(tempfile.mkdtemp(prefix="minipy-build-"))
            if compile_copy(Path(self.root), self.work):
                build_data["pure_python"] = False
                build_data["infer_tag"] = True
                for library in libraries(self.work):
                    build_data["force_include"][str(library)] = str(library.relative_to(self.work))
            else:
                reason = "compiling failed"
        if reason:
            self.app.display_warning(f"minipy: {reason}: installing the same source uncompiled")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called when the wheel is packed: the copy can go."""
        if self.work is not None:
            shutil.rmtree(self.work, ignore_errors=True)


def missing_compiler() -> str:
    """Why there is no compiling here; empty if a C file that includes Python.h compiles."""
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()
    include = f"-I{sysconfig.get_paths()['include']}"
    command = [*compiler, include, "-x", "c", "-", "-fsyntax-only"]
    try:
        done = subprocess.run(command, input=b"#include <Python.h>\n", capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return f"no C compiler ({compiler[0]})"
    return "" if done.returncode == 0 else "the C compiler finds no Python.h"


def compile_copy(root: Path, work: Path) -> bool:
    """Copy the source to `work` and compile it there; whether the result can be used. Progress goes to stdout.

    While it is compiled the copy's minipy/__init__.py is empty: nothing compiled may need it, and the compiling
    process does not import the interpreter.
    """
    package = work / "minipy"
    shutil.copytree(root / "minipy", package, ignore=LEFT_OUT)
    shutil.copytree(root / "grammar", package / "grammar")
    (package / "__init__.py").write_text("")
    built = subprocess.run([sys.executable, "-m", "minipy.build_native"], cwd=work, stdin=subprocess.DEVNULL)
    shutil.copyfile(root / "minipy" / "__init__.py", package / "__init__.py")
    if built.returncode:
        return False
    tried = subprocess.run([sys.executable, "-c", "import minipy; assert minipy.COMPILED"], cwd=work)
    return tried.returncode == 0


def libraries(work: Path) -> list[Path]:
    """The compiled libraries that lie where they belong, relative to `work` as to site-packages."""
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    return [*work.glob(f"*{suffix}"), *(work / "minipy").rglob(f"*{suffix}")]


def main() -> int:
    """The developers' command: as pip does, it leaves Python's own cache beside what stays uncompiled."""
    if len(sys.argv) != 2:
        print("usage: python minipy/build.py FOLDER", file=sys.stderr)
        return 2
    work = Path(sys.argv[1]).absolute()
    shutil.rmtree(work, ignore_errors=True)
    if not compile_copy(Path(__file__).parent.parent, work):
        return 1
    return 0 if compileall.compile_dir(work / "minipy", quiet=1) else 1


if __name__ == "__main__":
    sys.exit(main())
