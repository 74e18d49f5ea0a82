"""A few of CPython's own test files pass as recorded in results.txt; `python tests/cpython/run.py` tries all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import run  # noqa: E402

QUICK = ("test_contains", "test_dictcomps", "test_keywordonlyarg", "test_subclassinit")
"""Small files in which everything passes."""


@pytest.mark.skipif(not run.HOST_TESTS.is_dir() or sys.version_info[:2] != (3, 11), reason="needs CPython 3.11's tests")
@pytest.mark.parametrize("name", QUICK)
def test_file(name: str, tmp_path: Path) -> None:
    run.link_tests(tmp_path)
    found, ended = run.outcomes(name, tmp_path, 120)
    assert found and ended == ""
    assert {test: why for test, (outcome, why) in found.items() if outcome != "ok"} == {}


def test_every_file_is_recorded() -> None:
    recorded = [line.split()[0] for line in run.RESULTS.read_text().splitlines()[1:-1]]
    assert recorded == list(run.FILES)
