"""The memory manager's tests run uncompiled: they subclass Heap to record its hooks, and replace parts of it.

Compiled, only the allocator's state machine runs here; programs under the stress switches test the rest.
"""

from __future__ import annotations

from pathlib import Path

from minipy.memory.words import INTERPRETED

collect_ignore: list[str] = []
if not INTERPRETED:
    here = Path(__file__).parent
    collect_ignore += [file.name for file in here.glob("test_*.py") if file.name != "test_allocator_machine.py"]
