"""The command `python minipy/building FOLDER`: copies the source and compiles it there. The hook runs it, too.

It exits with 0 if the copy can be used, and needs nothing but Python's own modules until it has been made.
"""

from __future__ import annotations

import compileall
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent
LEFT_OUT: Final = shutil.ignore_patterns("__pycache__", "__mpcache__", "*.so", "*.pyd")


def compile_copy(work: Path) -> bool:
    """Copy the source to `work` and compile it there; whether the result can be used. Progress goes to stdout.

    While it is compiled the copy's minipy/__init__.py is empty: nothing compiled may need it, and the compiling
    process does not import the interpreter.
    """
    package = work / "minipy"
    shutil.copytree(ROOT / "minipy", package, ignore=LEFT_OUT)
    shutil.copytree(ROOT / "grammar", package / "grammar")
    (package / "__init__.py").write_text("")
    built = subprocess.run([sys.executable, "-m", "minipy.building.compiling"], cwd=work, stdin=subprocess.DEVNULL)
    shutil.copyfile(ROOT / "minipy" / "__init__.py", package / "__init__.py")
    if built.returncode:
        return False
    tried = subprocess.run([sys.executable, "-c", "import minipy; assert minipy.COMPILED"], cwd=work)
    return tried.returncode == 0


def main() -> int:
    """Make the folder anew; as pip does, leave Python's own cache beside what stays uncompiled."""
    if len(sys.argv) != 2:
        print("usage: python minipy/building FOLDER", file=sys.stderr)
        return 2
    work = Path(sys.argv[1]).absolute()
    shutil.rmtree(work, ignore_errors=True)
    return 0 if compile_copy(work) and compileall.compile_dir(work / "minipy", quiet=1) else 1


if __name__ == "__main__":
    sys.exit(main())
