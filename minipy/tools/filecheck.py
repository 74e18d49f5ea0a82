"""Checks many files one by one or several at a time: what `astcheck` and `compilecheck` have in common.

    python -m minipy.tools.astcheck [--jobs N] [DIR_OR_FILE...]

Each file's verdict comes from a function of the tool. stdout gets a line for each file whose verdict is not good, in
the end what was said about the others, and the counts; stderr how far it is, and a line for each file that took long.
Ctrl-C ends it with the counts so far, and names the file that was being checked.
"""

from __future__ import annotations

import os
import signal
import sys
import sysconfig
import time
import warnings
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Final

SLOW: Final = 5.0
"""Seconds that a file of the standard library should not take."""

Check = Callable[[Path], tuple[str, str]]  # the verdict on a file, and what there is to say about it
Outcome = tuple[str, str, float]  # the two, and the seconds it took


def main(check: Check, good: Collection[str], arguments: Sequence[str]) -> int:
    """Check what the command line names; the exit status is 1 where a verdict is not good, 130 after Ctrl-C."""
    jobs, roots = read_arguments(arguments)
    paths = list(files(roots))
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()  # what there is to say about good ones
    began, number, status = time.perf_counter(), 0, 0
    try:
        for verdict, detail, seconds in outcomes(check, paths, jobs):
            path, number = paths[number], number + 1
            counts[verdict] += 1
            if verdict not in good:
                print(f"{path}: {verdict}" + f": {detail}" * bool(detail), flush=True)
                status = 1
            elif detail:
                reasons[detail] += 1
            tell(number, len(paths), path, seconds)
    except KeyboardInterrupt:
        print(f"\nstopped while checking {paths[number]}", file=sys.stderr)
        status = 130
    for reason, count in reasons.most_common():
        print(f"{count:5} {reason}")
    total = ", ".join(f"{counts[verdict]} {verdict}" for verdict in sorted(counts))
    print(f"{number} files in {time.perf_counter() - began:.0f} s: {total or 'none'}")
    return status


def read_arguments(arguments: Sequence[str]) -> tuple[int, list[Path]]:
    """The number of processes, and the files and directories; without these the host's standard library."""
    rest = list(arguments)
    jobs = 1
    if "--jobs" in rest:
        at = rest.index("--jobs")
        jobs = int(rest[at + 1])
        del rest[at : at + 2]
    return jobs, [Path(argument) for argument in rest] or [Path(sysconfig.get_path("stdlib"))]


def files(roots: Sequence[Path]) -> Iterator[Path]:
    """The Python and minipy programs below the roots, but not what is installed in site-packages."""
    for root in roots:
        if root.is_file():
            yield root
            continue
        for path in sorted(root.rglob("*")):
            if path.suffix in (".py", ".mp") and "site-packages" not in path.relative_to(root).parts and path.is_file():
                yield path


def outcomes(check: Check, paths: Sequence[Path], jobs: int) -> Iterator[Outcome]:
    """What comes out for each file, in order."""
    timed = Timed(check)
    if jobs <= 1:
        yield from map(timed, paths)
        return
    # "spawn": a process with several machines' reservations of memory may be refused a fork; Ctrl-C is for the parent
    with get_context("spawn").Pool(jobs, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
        yield from pool.imap(timed, paths)


class Timed:
    """A check that measures how long it takes; a class, so that it can be sent to another process."""

    def __init__(self, check: Check) -> None:
        self.check = check

    def __call__(self, path: Path) -> Outcome:
        began = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            verdict, detail = self.check(path)
        return verdict, detail, time.perf_counter() - began


def tell(number: int, count: int, path: Path, seconds: float) -> None:
    """Say on stderr how far it is: always what is slow, on a terminal each file, else each hundredth."""
    if seconds > SLOW:
        print(f"{path}: took {seconds:.0f} s", file=sys.stderr)
    if sys.stderr.isatty():
        line = f"{number}/{count} {path.name}"[: os.get_terminal_size(sys.stderr.fileno()).columns - 1]
        print(f"\r\033[K{line}", end="\n" * (number == count), file=sys.stderr, flush=True)
    elif number % 100 == 0:
        print(f"{number}/{count} files", file=sys.stderr, flush=True)
