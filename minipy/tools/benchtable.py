"""Figures of a benchmark run: medians net of start-up, ratios, noise; the table, the baseline and its comparison.

A `Row` holds what one program gave on both sides. `Host` is the Python that runs this tool, `minipy` the interpreter.
"""

from __future__ import annotations

import json
import math
import platform
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from minipy.tools.benchrun import Run
from minipy.version import __version__

NOISY: Final = 0.10
"""A side whose middle half of runs spreads over more than this part of its median is called noisy."""
SLOWER: Final = 1.10
"""A program is called slower than before when its ratio grew by more than this factor."""
LEAST_SECONDS: Final = 0.0005
MEGABYTE: Final = 1 << 20


class Side:
    """All runs of one program by one interpreter, and the start-up to take off, in seconds."""

    def __init__(self, runs: Sequence[Run], startup: float, wall: bool) -> None:
        times = sorted(run.elapsed if wall else run.processor for run in runs)
        self.total = statistics.median(times)
        self.net = max(self.total - startup, LEAST_SECONDS)
        quarter = len(times) // 4
        self.noise = (times[len(times) - 1 - quarter] - times[quarter]) / max(self.total, LEAST_SECONDS)
        self.peak = statistics.median(run.peak for run in runs)


class Row:
    """One program: both sides."""

    def __init__(self, name: str, host: Side, minipy: Side) -> None:
        self.name = name
        self.host = host
        self.minipy = minipy
        self.ratio = minipy.net / host.net
        self.memory = minipy.peak / host.peak

    def noisy(self) -> bool:
        """Whether a side's runs differ too much to trust the ratio."""
        return max(self.host.noise, self.minipy.noise) > NOISY


def geomean(values: Sequence[float]) -> float:
    """The geometric mean; 1.0 of nothing."""
    return math.exp(sum(map(math.log, values)) / len(values)) if values else 1.0


def machine() -> dict[str, object]:
    """What ratios depend on, for the baseline's head."""
    from minipy import COMPILED

    return {
        "machine": platform.machine(),
        "system": platform.system(),
        "host": f"{platform.python_implementation()} {platform.python_version()}",
        "minipy": __version__,
        "compiled": bool(COMPILED),
    }


def comparable(baseline: dict[str, object]) -> bool:
    """Whether a baseline was made by the same kind of build on the same kind of machine."""
    here = machine()
    return all(baseline.get(key) == here[key] for key in ("machine", "compiled"))


def load_baseline(path: Path) -> dict[str, float]:
    """The ratios kept for this kind of build; empty if there are none."""
    if not path.exists():
        return {}
    kept = json.loads(path.read_text("utf-8"))
    return {name: float(ratio) for name, ratio in kept["ratios"].items()} if comparable(kept) else {}


def save_baseline(path: Path, rows: Sequence[Row]) -> None:
    """Keeps the ratios, with what they depend on."""
    ratios = {row.name: round(row.ratio, 3) for row in rows}
    kept = {**machine(), "geomean": round(geomean([row.ratio for row in rows]), 3), "ratios": ratios}
    path.write_text(json.dumps(kept, indent=2, sort_keys=False) + "\n", "utf-8")


def as_json(rows: Sequence[Row], startups: tuple[Side, Side]) -> str:
    """Everything measured, for other programs."""
    programs = [
        {
            "name": row.name,
            "ratio": row.ratio,
            "memory_ratio": row.memory,
            "host": vars(row.host),
            "minipy": vars(row.minipy),
        }
        for row in rows
    ]
    startup = {"host": vars(startups[0]), "minipy": vars(startups[1])}
    whole = geomean([row.ratio for row in rows])
    return json.dumps({**machine(), "geomean": whole, "startup": startup, "programs": programs}, indent=2) + "\n"


def remarks(row: Row, before: float | None) -> str:
    """What is to be said about a program's figures."""
    said = []
    if before is not None and row.ratio > before * SLOWER:
        said.append(f"SLOWER than before ({before:.2f})")
    elif before is not None and row.ratio * SLOWER < before:
        said.append(f"faster than before ({before:.2f})")
    if row.noisy():
        said.append(f"noisy ({row.host.noise:.0%}, {row.minipy.noise:.0%})")
    return "; ".join(said)


def table(rows: Sequence[Row], baseline: dict[str, float]) -> list[str]:
    """Times in milliseconds net of start-up, and their ratios."""
    width = max([len(row.name) for row in rows] + [len("geometric mean")])
    lines = [f"{'program':<{width}} {'CPython ms':>11} {'minipy ms':>11} {'ratio':>8}  remarks"]
    for row in rows:
        figures = f"{row.host.net * 1000:>11.1f} {row.minipy.net * 1000:>11.1f} {row.ratio:>8.2f}"
        lines.append(f"{row.name:<{width}} {figures}  {remarks(row, baseline.get(row.name))}".rstrip())
    lines.append(f"{'geometric mean':<{width}} {'':>23} {geomean([row.ratio for row in rows]):>8.2f}")
    return lines


def memory_table(rows: Sequence[Row]) -> list[str]:
    """Peaks of resident memory in megabytes, and their ratios."""
    width = max([len(row.name) for row in rows] + [len("geometric mean")])
    lines = [f"{'program':<{width}} {'CPython MB':>11} {'minipy MB':>11} {'ratio':>8}"]
    for row in rows:
        figures = f"{row.host.peak / MEGABYTE:>11.1f} {row.minipy.peak / MEGABYTE:>11.1f} {row.memory:>8.2f}"
        lines.append(f"{row.name:<{width}} {figures}")
    lines.append(f"{'geometric mean':<{width}} {'':>23} {geomean([row.memory for row in rows]):>8.2f}")
    return lines
