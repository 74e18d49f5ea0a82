"""Marks, and which tests a compiled minipy leaves to the uncompiled run.

`stress` marks programs run again under a memory stress switch (`-m "not stress"` leaves them out).

Some unit tests stand a small class of their own in for the machine or the heap. mypyc does not let an interpreted class
derive from a compiled one, nor see an attribute replaced in a compiled module, so these files are collected on the
uncompiled source alone; what they test runs compiled in test_programs.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

import minipy

STAND_INS: Final = ("fake_machine", "fake_containers", "from memory.tiny import", "monkeypatch.setattr(cache")
"""What a file that needs such a class, or replaces such an attribute, has in its text."""


def pytest_configure(config: pytest.Config) -> None:
    """Makes the marks known."""
    config.addinivalue_line("markers", "stress: a program run again under a stress switch of the memory manager")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out, compiled, the files that derive from a compiled class."""
    if not minipy.COMPILED or collection_path.suffix != ".py" or not collection_path.name.startswith("test_"):
        return None
    text = collection_path.read_text(encoding="utf-8")
    return True if any(name in text for name in STAND_INS) else None
