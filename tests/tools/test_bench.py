"""`minipy bench --start`: the table of how long it takes to start. Whether that is short enough is read there."""

from __future__ import annotations

import pytest

from minipy.tools import bench, benchstart

pytest.importorskip("pty", reason="there are no pseudo-terminals here")


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["--start", "--repeat", "1"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row[:12].rstrip() for row in rows[1:4]] == list(benchstart.BARS)
    assert all(float(row.split()[-2]) > 0 for row in rows[1:4])
