"""The phases of a collection, by number: whoever watches hears of each, and the lists can be checked between them.

CPython counterpart: none, but for validate_list of Modules/gcmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.gcvalidate import validate_lists
from minipy.memory.words import Heap

PHASES: Final = (
    "start 0", "start 1", "start 2", "update_refs", "subtract_refs", "move_unreachable", "untrack_tuples",
    "handle_weakrefs", "finalize_garbage", "handle_resurrected_objects", "delete_garbage", "stop",
)  # fmt: skip
"""What Heap.phase hears, by number; after "start G" of a collection of generation G the younger lists are merged."""
PHASE_UPDATE_REFS: Final = 3
PHASE_SUBTRACT_REFS: Final = 4
PHASE_MOVE_UNREACHABLE: Final = 5
PHASE_UNTRACK_TUPLES: Final = 6
PHASE_HANDLE_WEAKREFS: Final = 7
PHASE_FINALIZE_GARBAGE: Final = 8
PHASE_HANDLE_RESURRECTED: Final = 9
PHASE_DELETE_GARBAGE: Final = 10
PHASE_STOP: Final = 11


def enter(heap: Heap, phase: i64, garbage: i64) -> None:
    """The phase begins; `garbage` is the list that holds what was found unreachable so far, 0 if there is none."""
    heap.phase(phase)
    if heap.options.check_collector:
        validate_lists(heap.words, "before " + PHASES[int(phase)], garbage)
