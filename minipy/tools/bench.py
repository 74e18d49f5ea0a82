"""How fast is minipy, compared with the Python it runs on?

    python -m minipy.tools.bench [--programs GLOB] [--repeat 5] [--scale 100] [--memory] [--smoke] [--start]

Runs every program in turn by the host's CPython and by minipy, A B A B ..., so that a change of the machine's pace
meets both sides; checks that both print the same; takes the start-up off, measured between the programs by an empty
one; prints medians, their ratio, the geometric mean of the ratios, and what became slower than the kept baseline.

CPython runs as `python -I -S PROGRAM SCALE` (no site packages: start-up is not what is measured), minipy as
`python -P -m minipy run PROGRAM SCALE`, from where this module came. minipy's first run fills its code cache and is
not counted. Counterpart: pyperformance.
"""

from __future__ import annotations

import argparse
import glob
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import minipy
from minipy.tools import benchstart, benchtable
from minipy.tools.benchrun import Failure, Run, minipy_command, run
from minipy.tools.benchtable import Row, Side

DEFAULT_PROGRAMS: Final = "programs/bench/*.mp"
DEFAULT_BASELINE: Final = Path("programs/bench/baseline.json")
SMOKE_SCALE: Final = 2
EXAMPLES: Final = """\
Examples:
  minipy bench
  minipy bench --programs 'programs/bench/f*.mp' --repeat 9 --memory
  minipy bench --start"""
EXIT_DIFFERENT: Final = 1
EXIT_NO_PROGRAMS: Final = 2
Pair = tuple[list[Run], list[Run]]
Measured = tuple[list[Row], tuple[Side, Side], list[str]]
"""Rows, the start-up of both sides, what went wrong."""


def host_command(program: Path, scale: int) -> list[str]:
    """How the host's CPython runs a program."""
    return [sys.executable, "-I", "-S", str(program), str(scale)]


def minipy_run(program: Path, scale: int) -> list[str]:
    """How minipy runs a program."""
    return [*minipy_command(), "run", str(program), str(scale)]


def minipy_environment() -> dict[str, str]:
    """Finds the package this module belongs to, whatever lies in the current folder."""
    return {"PYTHONPATH": str(Path(minipy.__file__).resolve().parent.parent)}


def run_pair(program: Path, scale: int) -> tuple[Run, Run]:
    """One run by each side. Raises Failure if one fails or the outputs differ."""
    host = run(host_command(program, scale))
    other = run(minipy_run(program, scale), minipy_environment())
    for side, done in (("CPython", host), ("minipy", other)):
        if done.code:
            raise Failure(f"{program.name}: {side} ended with exit code {done.code}\n{done.stderr}")
    if host.stdout != other.stdout:
        raise Failure(f"{program.name}: outputs differ\n  CPython {host.stdout!r}\n  minipy  {other.stdout!r}")
    return host, other


def measure(programs: Sequence[Path], scale: int, repeat: int) -> tuple[dict[Path, Pair], dict[Path, str]]:
    """(runs of both sides, what went wrong) of every program; whole rounds, so that no program has a moment alone."""
    runs: dict[Path, Pair] = {program: ([], []) for program in programs}
    wrong: dict[Path, str] = {}
    for round_number in range(repeat + 1):
        for program in programs:
            if program in wrong:
                continue
            progress(f"round {round_number} of {repeat}: {program.stem}")
            try:
                host, other = run_pair(program, scale)
            except Failure as failure:
                wrong[program] = str(failure)
                continue
            if round_number or repeat == 0:
                runs[program][0].append(host)
                runs[program][1].append(other)
    progress("")
    return runs, wrong


def progress(text: str) -> None:
    """One line that replaces itself, on a terminal only."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text:<60}\r")
        sys.stderr.flush()


def measure_all(programs: Sequence[Path], options: argparse.Namespace) -> Measured:
    """Measures them; the empty program runs in every round, too. Raises Failure if not even that one runs."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.mp"
        empty.write_text("pass\n")
        runs, wrong = measure([empty, *programs], options.scale, options.repeat)
        if empty in wrong:
            raise Failure(wrong[empty])
        host, other = (Side(side, 0.0, options.wall) for side in runs.pop(empty))
    rows = [
        Row(program.stem, Side(pair[0], host.total, options.wall), Side(pair[1], other.total, options.wall))
        for program, pair in runs.items()
        if program not in wrong
    ]
    return rows, (host, other), list(wrong.values())


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(
        prog="minipy bench", description="Compare minipy's speed with CPython's.", epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    add = parser.add_argument
    add("--programs", default=DEFAULT_PROGRAMS, metavar="GLOB", help=f"which programs (default {DEFAULT_PROGRAMS})")
    add("--repeat", type=int, default=5, metavar="N", help="counted runs of each program by each side (default 5)")
    add("--scale", type=int, default=100, metavar="PERCENT", help="size of the programs (default 100)")
    add("--wall", action="store_true", help="compare elapsed time instead of processor time")
    add("--memory", action="store_true", help="show peaks of resident memory, too")
    add("--json", type=Path, metavar="OUT", help="write everything measured to a file")
    add("--baseline", type=Path, default=DEFAULT_BASELINE, metavar="FILE", help=f"default {DEFAULT_BASELINE}")
    add("--save-baseline", action="store_true", help="keep this run's ratios as the baseline")
    add("--smoke", "--quick", action="store_true", help="one short run of each: do they work, are outputs equal")
    add("--start", action="store_true", help="compare only how long it takes to start, and the memory of that")
    options = parser.parse_args(arguments)
    if options.smoke:
        options.scale, options.repeat = SMOKE_SCALE, 0
    return options


def report(rows: Sequence[Row], startups: tuple[Side, Side], options: argparse.Namespace) -> None:
    """Prints the tables and writes what is to be kept."""
    baseline = {} if options.smoke else benchtable.load_baseline(options.baseline)
    print(*benchtable.table(rows, baseline), sep="\n")
    host, other = (side.total * 1000 for side in startups)
    print(f"start-up: CPython {host:.0f} ms, minipy {other:.0f} ms, ratio {other / host:.1f}")
    if options.memory:
        print("", *benchtable.memory_table([Row("(empty program)", *startups), *rows]), sep="\n")
    if any(row.noisy() for row in rows) and not options.smoke:
        print("Some runs differ much from each other: is the machine busy? Try --repeat 9, or again later.")
    if options.json:
        options.json.write_text(benchtable.as_json(rows, startups), "utf-8")
    if options.save_baseline and not options.smoke:
        benchtable.save_baseline(options.baseline, rows)
        print(f"kept as {options.baseline}")


def compare_starts(repeat: int) -> int:
    """`--start`; exit code 1 if something does not start."""
    try:
        print(*benchstart.report(benchstart.measure(repeat), repeat), sep="\n")
    except Failure as failure:
        print(failure, file=sys.stderr)
        return EXIT_DIFFERENT
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; exit code 1 if a program fails or prints something else, 2 if there are no programs."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    if options.start:
        return compare_starts(options.repeat)
    programs = sorted(Path(path).resolve() for path in glob.glob(options.programs))
    if not programs:
        print(f"no programs match {options.programs}", file=sys.stderr)
        return EXIT_NO_PROGRAMS
    try:
        rows, startups, wrong = measure_all(programs, options)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return EXIT_DIFFERENT
    report(rows, startups, options)
    for text in wrong:
        print("FAILED", text, file=sys.stderr)
    return EXIT_DIFFERENT if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
