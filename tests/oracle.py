"""What the host's CPython 3.11 says about a program, recorded beside it.

    python tests/oracle.py --update [PATH ...]      record (files or folders; default: all programs)
    python tests/oracle.py --check [PATH ...]       compare with the records; exit code 1 if one differs

``foo.mp`` has its record in ``foo.expected``: what it writes to stdout, then, only where there is something to say,
marked sections:

    standard output, as it is
    --- stderr ---
    error output, as it is
    --- exit 1 ---

A stream that does not end with a newline is followed by the line ``\\ no newline at the end``.
``foo.stdin`` (if it exists) is the input, ``foo.args`` the arguments, one a line; a benchmark gets the scale 2.

Each program is run twice, with different hash seeds, in a fresh folder that holds a copy of the program's folder, under
the program's own file name; so tracebacks name it as ``File "foo.mp"``, and what depends on addresses or on the order
of a set of strings is refused. Modules beside the program, in packages too, are found as copies that end in ``.py``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
PROGRAMS: Final = ROOT / "programs"
LANG: Final = ROOT / "tests" / "lang"
BENCH_SCALE: Final = "2"
TIMEOUT_SECONDS: Final = 60
NO_NEWLINE: Final = "\\ no newline at the end\n"
STDERR_MARK: Final = "--- stderr ---\n"


class Result(NamedTuple):
    """How a run ended: both streams as text, and the exit code."""

    stdout: str
    stderr: str
    code: int


class Unstable(Exception):
    """Two runs of one program differ: its output cannot be compared."""


def all_programs() -> list[Path]:
    """Every program that has a record: programs/** and tests/lang/**."""
    return sorted([*PROGRAMS.rglob("*.mp"), *LANG.rglob("*.mp")])


def arguments_of(program: Path) -> list[str]:
    """The command line arguments a program is tested with."""
    if program.parent == PROGRAMS / "bench":
        return [BENCH_SCALE]
    recorded = program.with_suffix(".args")
    return recorded.read_text("utf-8").splitlines() if recorded.exists() else []


def stdin_of(program: Path) -> str:
    """The input a program is tested with; empty if none is recorded."""
    recorded = program.with_suffix(".stdin")
    return recorded.read_text("utf-8") if recorded.exists() else ""


def _closed(stream: str) -> str:
    return stream if not stream or stream.endswith("\n") else stream + "\n" + NO_NEWLINE


def _opened(stream: str) -> str:
    return stream[: -len(NO_NEWLINE) - 1] if stream.endswith("\n" + NO_NEWLINE) else stream


def render(result: Result) -> str:
    """The text of a record."""
    text = _closed(result.stdout)
    if result.stderr:
        text += STDERR_MARK + _closed(result.stderr)
    if result.code:
        text += f"--- exit {result.code} ---\n"
    return text


def parse(text: str) -> Result:
    """The result a record stands for: the inverse of render()."""
    code = 0
    head, mark, tail = text.rpartition("--- exit ")
    if mark and tail.endswith(" ---\n") and "\n" not in tail[:-1]:
        text, code = head, int(tail[: -len(" ---\n")])
    stdout, mark, stderr = text.partition(STDERR_MARK)
    return Result(_opened(stdout), _opened(stderr), code)


def expected(program: Path) -> Result:
    """The recorded result of a program."""
    return parse(program.with_suffix(".expected").read_text("utf-8"))


def _copy_folder(program: Path, folder: Path) -> None:
    for source in program.parent.rglob("*.mp"):
        copy = folder / source.relative_to(program.parent)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_bytes()
        copy.write_bytes(text)
        if source.stem.isidentifier():
            copy.with_suffix(".py").write_bytes(text)


def _run_once(program: Path, hash_seed: int) -> Result:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        _copy_folder(program, folder)
        environment = {"PATH": os.environ.get("PATH", ""), "PYTHONHASHSEED": str(hash_seed),
                       "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run([sys.executable, "-S", program.name, *arguments_of(program)], cwd=folder,
                              env=environment, input=stdin_of(program).encode(), capture_output=True,
                              timeout=TIMEOUT_SECONDS, check=False)
        stdout, stderr = (text.decode().replace(f"{folder}{os.sep}", "") for text in (done.stdout, done.stderr))
        return Result(stdout, stderr.replace('.py"', '.mp"'), done.returncode)


def run_cpython(program: Path) -> Result:
    """What CPython makes of a program. Raises Unstable if two runs differ."""
    first, second = _run_once(program, 1), _run_once(program, 2)
    if first != second:
        raise Unstable(f"{program}: two runs differ:\n{render(first)}\n-----\n{render(second)}")
    return first


def selected(paths: Sequence[str]) -> list[Path]:
    """The programs that files and folders on the command line stand for."""
    if not paths:
        return all_programs()
    chosen: list[Path] = []
    for path in map(Path, paths):
        chosen += sorted(path.resolve().rglob("*.mp")) if path.is_dir() else [path.resolve()]
    return chosen


def update(programs: Sequence[Path]) -> int:
    """Records the programs anew; tells what is new or changed. Returns the number of unstable ones."""
    unstable = 0
    for program in programs:
        record = program.with_suffix(".expected")
        try:
            text = render(run_cpython(program))
        except (Unstable, subprocess.TimeoutExpired) as error:
            print("REFUSED", error)
            unstable += 1
            continue
        if not record.exists() or record.read_text("utf-8") != text:
            print("recorded" if not record.exists() else "changed ", record.relative_to(ROOT))
            record.write_text(text, "utf-8")
    return unstable


def check(programs: Sequence[Path]) -> int:
    """The number of programs whose record is missing or not what CPython says now."""
    different = 0
    for program in programs:
        record = program.with_suffix(".expected")
        if not record.exists() or record.read_text("utf-8") != render(run_cpython(program)):
            print("differs:", program.relative_to(ROOT))
            different += 1
    return different


def main(arguments: Sequence[str]) -> int:
    """The command; its exit code is 1 if something is refused or differs."""
    if sys.version_info[:2] != (3, 11):
        print("records are made by CPython 3.11, not by", sys.version.split()[0])
        return 2
    parser = argparse.ArgumentParser(description="Record what CPython 3.11 says about the programs.")
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--update", action="store_true", help="write the records")
    action.add_argument("--check", action="store_true", help="compare with the records")
    parser.add_argument("paths", nargs="*", help="files or folders (default: all programs)")
    options = parser.parse_args(arguments)
    programs = selected(options.paths)
    bad = update(programs) if options.update else check(programs)
    print(len(programs), "programs,", bad, "refused" if options.update else "different")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
