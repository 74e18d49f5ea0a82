"""Starting takes no longer, and no more memory, than it may: `minipy bench --start`, which anybody can repeat."""

from __future__ import annotations

import pytest

import minipy
from minipy.tools import bench, benchstart

pytest.importorskip("pty", reason="there are no pseudo-terminals here")


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["--start", "--repeat", "1"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row[:12].rstrip() for row in rows[1:4]] == list(benchstart.BARS)
    assert all(float(row.split()[-2]) > 0 for row in rows[1:4])


@pytest.mark.skipif(not minipy.COMPILED, reason="the bars are on the compiled machine")
def test_the_bars() -> None:
    for _ in range(3):
        too_much = [measure for measure in benchstart.measure(7) if measure.ratio > benchstart.BARS[measure.name]]
        if not too_much:
            return
    raise AssertionError(too_much)
