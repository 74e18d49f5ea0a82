"""A few random programs do in minipy what they do in CPython; `python tests/fuzz/agree.py` tries ten thousand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import agree  # noqa: E402
from hypothesis import HealthCheck, given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

import minipy  # noqa: E402

COUNT = 200 if minipy.COMPILED else 20


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="minipy speaks the language of CPython 3.11")
def test_random_programs() -> None:
    assert agree.faulty(range(COUNT)) == []


@settings(max_examples=COUNT // 10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9))
def test_a_random_program(seed: int) -> None:
    assert agree.faulty(range(seed, seed + 1)) == []
