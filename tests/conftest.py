"""Marks: `stress` for programs run again under a memory stress switch (`-m "not stress"` leaves them out)."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Makes the marks known."""
    config.addinivalue_line("markers", "stress: a program run again under a stress switch of the memory manager")
