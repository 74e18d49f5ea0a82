"""CPython's own test files, run where they lie: how many of their test methods pass under minipy.

    python tests/cpython/run.py                  run all of FILES and print the table
    python tests/cpython/run.py test_list -k x   only these files, only methods with x in their name, with all reasons
    python tests/cpython/run.py --update         write the table to tests/cpython/results.txt

The host's Lib/test is linked, file by file, into a folder in which tests/cpython/stand_in lies too: the helpers that
the files import and that no program needs. Each file runs in a process of its own. A method counts as

    passed      it did what it does in CPython
    left out    it says itself that it is about CPython's machine, or needs a process, a file, a locale, hours
    failed      anything else: also all methods of a file that cannot be imported, and those not reached in time

Why a method fails is known from reasons.txt; results.txt lists every method that fails under its reason.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent.parent
STAND_IN: Final = HERE / "stand_in"
RESULTS: Final = HERE / "results.txt"
REASONS: Final = HERE / "reasons.txt"
HOST_TESTS: Final = Path(sysconfig.get_path("stdlib")) / "test"
NEIGHBOURS: Final = ("seq_tests", "list_tests", "string_tests", "mapping_tests", "typinganndata", "math_testcases.txt",
                     "ieee754.txt")  # fmt: skip
FILES: Final = tuple(f"test_{name}" for name in """
    augassign baseexception bisect bool class compare complex contains decorators descr dict dictcomps enumerate
    exception_variations exceptions extcall finalization float fstring funcattrs gc generators genexps global grammar
    hash heapq int int_literal isinstance iter keywordonlyarg list listcomps long math named_expressions opcodes patma
    positional_only_arg pow print property raise random range richcmp scope set setcomps slice sort string subclassinit
    super syntax tuple types unicode unpack unpack_ex userdict weakref weakset with yield_from""".split())
UNKNOWN: Final = "no reason known"
LINE: Final = re.compile("\x01([a-z ]+)\t(.*)\t(.*)$", re.MULTILINE)
LIST_IDS: Final = """
import sys, unittest
sys.stdout = sys.stderr
def ids(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from ids(test)
        elif type(test).__name__ == "DocTestCase":
            yield test._dt_test.name
        else:
            yield test.id()
print(*ids(unittest.defaultTestLoader.loadTestsFromName("test." + sys.argv[1])), sep="\\n", file=sys.__stdout__)
"""


def link_tests(folder: Path) -> None:
    """Make the folder that is searched for modules: links to the host's tests and to the stand-ins."""
    tests = folder / "test"
    tests.mkdir(parents=True, exist_ok=True)
    for path in [HOST_TESTS / f"{name}.py" for name in FILES] + [HOST_TESTS / name for name in NEIGHBOURS]:
        place(path if path.exists() else path.with_suffix(".py"), tests)
    for path in STAND_IN.rglob("*.mp"):
        place(path, folder / path.relative_to(STAND_IN).parent)


def place(path: Path, folder: Path) -> None:
    """Link a file into a folder, a folder file by file."""
    if path.is_dir():
        for inner in path.glob("*.py"):
            place(inner, folder / path.name)
        return
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / path.name
    if not link.exists() or link.resolve() != path.resolve():
        link.unlink(missing_ok=True)
        link.symlink_to(path)


def methods_of(name: str) -> list[str]:
    """The ids of the test methods that CPython finds in a file."""
    done = subprocess.run([sys.executable, "-c", LIST_IDS, name], capture_output=True, text=True, timeout=60)
    return done.stdout.split("\n")[:-1]


def run_file(name: str, folder: Path, timeout: int, arguments: Sequence[str] = ()) -> tuple[str, str]:
    """The output of a file's run, and how it ended: "" if well."""
    path = os.environ.get("PYTHONPATH") or str(ROOT)
    command = [sys.executable, "-P", str(HERE / "one.py"), str(timeout), name, *arguments]
    try:
        done = subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, capture_output=True,
                              timeout=2 * timeout, encoding="utf-8", errors="replace")  # fmt: skip
    except subprocess.TimeoutExpired as error:
        return (error.stdout or b"").decode(errors="replace"), "did not end"
    lines = done.stderr.strip().splitlines() or [""]
    return done.stdout, f"exit {done.returncode}: {lines[-1]}" if done.returncode else ""


def outcomes(name: str, folder: Path, timeout: int) -> tuple[dict[str, tuple[str, str]], str]:
    """(outcome, why) of each method that CPython finds in a file, and how the run ended."""
    text, ended = run_file(name, folder, timeout)
    told = {test: (outcome, why) for outcome, test, why in LINE.findall(text)}
    missing = ("failed", f"not reached: {ended or 'not found'}")
    return {test: told.get(test, missing) for test in methods_of(name)}, ended


def reasons() -> list[tuple[re.Pattern[str], str]]:
    """What is known of methods that fail: (pattern of "id: message", reason) in the order of the file."""
    lines = [line for line in REASONS.read_text().splitlines() if line and not line.startswith("#")]
    return [(re.compile(pattern), reason) for pattern, _, reason in (line.partition(" => ") for line in lines)]


def reason_for(test: str, why: str, known: Sequence[tuple[re.Pattern[str], str]]) -> str:
    """The reason of a failure."""
    return next((reason for pattern, reason in known if pattern.search(f"{test}: {why}")), UNKNOWN)


def report(names: Sequence[str], folder: Path, timeout: int, details: bool) -> str:
    """The table, a line a file, with the sum; then each reason with the methods that fail for it."""
    known = reasons()
    lines = [f"{'file':26}{'passed':>8}{'failed':>8}{'left out':>10}"]
    total: Counter[str] = Counter()
    failures: dict[str, dict[str, list[str]]] = {}
    for name in names:
        found, ended = outcomes(name, folder, timeout)
        counts = Counter(outcome for outcome, _ in found.values())
        total += counts
        lines.append(f"{name:26}{counts['ok']:8}{counts['failed']:8}{counts['left out']:10}")
        print(lines[-1], ended, flush=True)
        for test, (outcome, why) in found.items():
            if outcome == "failed":
                reason = reason_for(test, why, known)
                failures.setdefault(reason, {}).setdefault(name, []).append(test)
                if details or reason == UNKNOWN:
                    print(f"    {test}: {why}\n        {reason}")
    share = 100 * total["ok"] / max(total["ok"] + total["failed"], 1)
    lines.append(f"{'all':26}{total['ok']:8}{total['failed']:8}{total['left out']:10}   {share:.1f} % passed")
    return "\n".join([*lines, "", *listing(failures)]) + "\n"


def listing(failures: Mapping[str, Mapping[str, Sequence[str]]]) -> list[str]:
    """Reason by reason, the commonest first: how many methods fail for it, and which, file by file."""
    lines = ["Why the others fail", ""]
    for reason, files in sorted(failures.items(), key=lambda item: -sum(map(len, item[1].values()))):
        lines.append(f"{sum(map(len, files.values())):4}  {reason}")
        for name, tests in files.items():
            short = [test.removeprefix("test.").removeprefix(f"{name}.") for test in tests]
            text = f"{name}: {', '.join(short)}"
            lines.extend(textwrap.wrap(text, 120, initial_indent=" " * 6, subsequent_indent=" " * 10,
                                       break_long_words=False, break_on_hyphens=False))  # fmt: skip
    return lines


def main(arguments: Sequence[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Run CPython's own test files under minipy.")
    parser.add_argument("--update", action="store_true", help="write results.txt")
    parser.add_argument("--details", action="store_true", help="say of each failed method why")
    parser.add_argument("--timeout", type=int, default=600, help="seconds for a file")
    parser.add_argument("-k", action="append", default=[], help="only methods with this in their name, with tracebacks")
    parser.add_argument("files", nargs="*", default=FILES, help="test files (default: all)")
    options = parser.parse_args(arguments)
    folder = Path(tempfile.gettempdir()) / f"minipy-cpython-tests-{os.getuid()}"
    link_tests(folder)
    if options.k:
        for name in options.files:
            print(*run_file(name, folder, options.timeout, ["-v", *options.k]), sep="\n")
        return 0
    table = report(options.files, folder, options.timeout, options.details)
    print(table)
    if options.update:
        RESULTS.write_text(table)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
