"""Between the phases of a collection: who is told, and what the check of the lists finds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from memory.tiny import NODE_LEFT, T_DYING, TinyHeap, make_node, push

from minipy.memory.check import Unsound
from minipy.memory.gc import collect
from minipy.memory.gcphases import (
    PHASE_DELETE_GARBAGE,
    PHASE_FINALIZE_GARBAGE,
    PHASE_HANDLE_RESURRECTED,
    PHASE_HANDLE_WEAKREFS,
    PHASE_STOP,
    PHASES,
    enter,
)
from minipy.memory.layout import (
    GC_NEXT,
    GC_PREV,
    GC_REFS,
    GC_REFS_ONE,
    GENERATION0,
    OB_REFCNT,
    UNREACHABLE,
)
from minipy.memory.options import Options


def watched(t: int = 0) -> tuple[TinyHeap, list[str]]:
    """A heap with one ring of garbage, and the phases it goes through from now on."""
    heap = TinyHeap(Options(check_collector=True))
    a, b = (make_node(heap, t=t) if t else make_node(heap) for _ in range(2))
    heap.words[a + NODE_LEFT], heap.words[b + NODE_LEFT] = b, a
    phases: list[str] = []
    heap.phase = lambda number: phases.append(PHASES[number])  # type: ignore[method-assign]
    return heap, phases


def test_the_phases_of_a_collection() -> None:
    heap, phases = watched()
    assert collect(heap, 1) == 2
    assert phases == [
        "start 1", "update_refs", "subtract_refs", "move_unreachable", "untrack_tuples", "handle_weakrefs",
        "finalize_garbage", "delete_garbage", "stop",
    ]  # fmt: skip


def test_garbage_with_finalizers_is_looked_at_again() -> None:
    heap, phases = watched(T_DYING)
    assert collect(heap, 0) == 2
    assert phases[-7:] == [
        "finalize_garbage", "handle_resurrected_objects", "update_refs", "subtract_refs", "move_unreachable",
        "delete_garbage", "stop",
    ]  # fmt: skip


def lost_state(heap: TinyHeap, a: int) -> None:
    heap.words[a + GC_REFS] = 3 * GC_REFS_ONE


def broken_link(heap: TinyHeap, a: int) -> None:
    heap.words[a + GC_PREV] = 12345


def dead_object(heap: TinyHeap, a: int) -> None:
    heap.words[a + OB_REFCNT] = 0


@pytest.mark.parametrize(("harm", "complaint"), [
    (lost_state, "gc_refs of"), (broken_link, "gc_prev of"), (dead_object, "dead or no container")])
def test_what_is_wrong_in_a_generation_is_found(harm: Callable[[TinyHeap, int], None], complaint: str) -> None:
    heap = TinyHeap(Options(check_collector=True))
    a = push(heap, make_node(heap))
    enter(heap, PHASE_STOP, 0)
    harm(heap, a)
    with pytest.raises(Unsound, match=f"before stop: .*{complaint}"):
        enter(heap, PHASE_STOP, 0)


@pytest.mark.parametrize("phase", [
    PHASE_HANDLE_WEAKREFS, PHASE_FINALIZE_GARBAGE, PHASE_HANDLE_RESURRECTED, PHASE_DELETE_GARBAGE])
def test_what_is_reachable_has_no_place_among_garbage(phase: int) -> None:
    heap = TinyHeap(Options(check_collector=True))
    a = push(heap, make_node(heap))
    w = heap.words
    w[GENERATION0 + GC_NEXT] = w[GENERATION0 + GC_PREV] = GENERATION0
    w[UNREACHABLE + GC_NEXT] = w[UNREACHABLE + GC_PREV] = a
    w[a + GC_NEXT] = w[a + GC_PREV] = UNREACHABLE
    with pytest.raises(Unsound, match=f"before {PHASES[phase]}: gc_refs of"):
        enter(heap, phase, UNREACHABLE)
    with pytest.raises(Unsound, match="is not empty"):
        enter(heap, PHASE_STOP, 0)


def test_nothing_is_checked_unless_asked() -> None:
    heap = TinyHeap()
    lost_state(heap, push(heap, make_node(heap)))
    enter(heap, PHASE_STOP, 0)
