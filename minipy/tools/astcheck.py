"""Compare minipy's syntax trees with the host's: `python -m minipy.tools.astcheck [DIR_OR_FILE...]`.

Without arguments the host's standard library, tests included. Prints a line for each file that differs, and counts.
A file the host rejects must be rejected, one it accepts must give the same dump; "other positions" is a dump that is
the same only without line and column numbers.
"""
from __future__ import annotations

import ast as host
import sys
import sysconfig
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from minipy.errors import SourceError
from minipy.syntax import ast, parser


def main(arguments: list[str]) -> int:
    """Check the files; the exit status is 1 where one differs."""
    roots = [Path(argument) for argument in arguments] or [Path(sysconfig.get_path("stdlib"))]
    counts: Counter[str] = Counter()
    began = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in files(roots):
            verdict = check(path)
            counts[verdict] += 1
            if verdict not in ("same", "rejected by both"):
                print(f"{path}: {verdict}")
    total = ", ".join(f"{counts[verdict]} {verdict}" for verdict in sorted(counts))
    print(f"{sum(counts.values())} files in {time.perf_counter() - began:.0f} s: {total or 'none'}")
    return int(bool(set(counts) - {"same", "rejected by both", "other positions"}))


def files(roots: list[Path]) -> Iterator[Path]:
    """The Python and minipy programs below the roots, but not what is installed in site-packages."""
    for root in roots:
        if root.is_file():
            yield root
            continue
        for path in sorted(root.rglob("*")):
            if path.suffix in (".py", ".mp") and "site-packages" not in path.relative_to(root).parts and path.is_file():
                yield path


def check(path: Path) -> str:
    """How the two trees of a file compare."""
    source = path.read_bytes()
    try:
        expected = host.parse(source)
    except (SyntaxError, ValueError):
        try:
            parser.parse(source, str(path))
        except SourceError:
            return "rejected by both"
        return "accepted by minipy only"
    try:
        tree = parser.parse(source, str(path))
    except SourceError as error:
        return f"rejected by minipy only: line {error.span.lineno}: {error.message}"
    if host.dump(expected, indent=1, include_attributes=True) == ast.dump(tree, 1, include_attributes=True):
        return "same"
    return "other positions" if host.dump(expected) == ast.dump(tree, None) else "different"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
