"""A few of CPython's own test files pass as recorded in results.txt; `python tests/cpython/run.py` tries all."""

from __future__ import annotations

import sys
from collections import Counter
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


def recorded() -> tuple[dict[str, int], list[str]]:
    """How many methods of each file fail, and the listing of them, as results.txt has it."""
    table, _, listing = run.RESULTS.read_text().partition("\n\n")
    counts = {line.split()[0]: int(line.split()[2]) for line in table.splitlines()[1:]}
    return counts, listing.splitlines()[2:]


def test_every_file_is_recorded() -> None:
    assert list(recorded()[0]) == [*run.FILES, "all"]


def test_every_failure_has_a_reason() -> None:
    """The listing names each method that fails, under a reason of reasons.txt."""
    failed, lines = recorded()
    known = {reason for _, reason in run.reasons()}
    listed: Counter[str] = Counter()
    file = ""
    for line in lines:
        if line[3].isdigit():
            assert line[6:] in known
        else:
            name, colon, tests = line.strip().rpartition(": ")
            file = name if colon else file
            listed[file] += tests.strip(",").count(", ") + 1
    assert listed == {name: count for name, count in failed.items() if count > 0 and name != "all"}
