"""What pip, by way of hatchling, asks for: puts the compiled modules beside the source in the wheel, or leaves it pure.

Hatchling loads this file by its path (pyproject.toml names it), outside of any package: it imports nothing of minipy,
and has the copy compiled by the developers' command.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


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
            command = [sys.executable, str(Path(self.root) / "minipy" / "building"), str(self.work)]
            if subprocess.run(command).returncode == 0:
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


def libraries(work: Path) -> list[Path]:
    """The compiled libraries that lie where they belong, relative to `work` as to site-packages."""
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    return [*work.glob(f"*{suffix}"), *(work / "minipy").rglob(f"*{suffix}")]
