"""`:gc`: the collector's state, a collection at once or step by step, its switches.

CPython counterpart: the module gc.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from minipy.memory import gc
from minipy.memory.gclist import gc_list_size
from minipy.memory.layout import (
    PERMANENT,
    W_GC_COUNT,
    W_GC_ENABLED,
    W_GC_THRESHOLD,
    W_LONG_LIVED_PENDING,
    W_LONG_LIVED_TOTAL,
)
from minipy.tools import heaptext
from minipy.tools.gcsteps import Steps
from minipy.tools.heapview import GENERATIONS
from minipy.tools.values import counted, natural

if TYPE_CHECKING:
    from minipy.tools.repl import Repl

USAGE = ":gc, :gc collect [N], :gc step [N], :gc on, :gc off, :gc threshold A [B [C]], :gc log on|off"


def run_gc(repl: Repl, argument: str) -> list[str]:
    """One of the forms in USAGE."""
    words = argument.split()
    if not words:
        return state_text(repl)
    action, *rest = words
    if action in ("collect", "step") and (not rest or (len(rest) == 1 and rest[0] in ("0", "1", "2"))):
        oldest = GENERATIONS - 1 if action == "collect" else next_generation(repl)
        return (collect if action == "collect" else step)(repl, int(rest[0]) if rest else oldest)
    if words in (["on"], ["off"]):
        gc.gc_enable(repl.heap, action == "on")
        return state_text(repl)[-1:]
    numbers = [number for text in rest if (number := natural(text)) is not None]
    if action == "threshold" and 1 <= len(rest) == len(numbers) <= GENERATIONS:
        for generation, number in enumerate(numbers):
            gc.gc_set_threshold(repl.heap, generation, number)
        return state_text(repl)
    if words in (["log", "on"], ["log", "off"]):
        repl.log_collections(rest == ["on"])
        return []
    return [f"the forms are {USAGE}"]


def state_text(repl: Repl) -> list[str]:
    """Generations, and what happens next."""
    w = repl.heap.words
    lines = heaptext.generations_text(repl.heap)
    frozen = int(gc_list_size(w, PERMANENT))
    if frozen:
        lines.append(f"  {frozen:,} objects are frozen")
    pending, total = int(w[W_LONG_LIVED_PENDING]), int(w[W_LONG_LIVED_TOTAL])
    lines.append(f"  generation 2 also waits until it has {total // 4:,} new objects; it has {pending:,}")
    return [*lines, f"  {next_text(repl)}"]


def next_text(repl: Repl) -> str:
    """When the next collection comes."""
    w = repl.heap.words
    if not w[W_GC_ENABLED] or not w[W_GC_THRESHOLD]:
        return "no collection comes by itself: the collector is off"
    left = max(0, int(w[W_GC_THRESHOLD] - w[W_GC_COUNT])) + 1
    generation = next_generation(repl)
    return f"the next collection, of generation {generation}, is {left:,} new containers more than freed ones away"


def next_generation(repl: Repl) -> int:
    """The generation that would be collected next: the oldest whose count is past its threshold, else the youngest."""
    w = repl.heap.words
    for generation in range(GENERATIONS - 1, 0, -1):
        due = w[W_GC_COUNT + generation] > w[W_GC_THRESHOLD + generation]
        full = generation == GENERATIONS - 1
        if due and (not full or w[W_LONG_LIVED_PENDING] >= w[W_LONG_LIVED_TOTAL] // 4):
            return generation
    return 0


def collect(repl: Repl, generation: int) -> list[str]:
    """Collect a generation and the younger ones."""
    with repl.running():
        found = int(gc.collect(repl.heap, generation))
    return [f"collected generation {generation}: {counted(found, 'unreachable object')}", *state_text(repl)]


def step(repl: Repl, generation: int) -> list[str]:
    """The same, phase by phase."""
    steps = Steps(repl.heap, generation)
    repl.watchers.add(steps, observed=False)
    try:
        with repl.running():
            gc.collect(repl.heap, generation)
    finally:
        repl.watchers.remove(steps)
    return steps.text()
