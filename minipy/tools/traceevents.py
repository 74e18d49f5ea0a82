"""A run as Trace Event JSON, which Perfetto (ui.perfetto.dev) and chrome://tracing open: `--trace-events OUT`.

    thread "program"     B ------------------------------ E    a call or a generator's turn, by its function
                            B ---------- E  B --- E
    thread "collector"                B ----- E                a collection, and inside it its phases
    counters             live bytes · objects a generation     at collections and every few instructions

The clock is the wall's, in microseconds, or counts instructions: then the same run gives the same file. The time that
counting the heap takes does not pass on it; that of being watched does.

Format: "Trace Event Format" (Chromium). CPython counterpart: sys.setprofile; gc.callbacks.
"""

from __future__ import annotations

import json
import time
from typing import Any, Final, TextIO

from minipy import __version__
from minipy.memory.gclist import gc_list_size
from minipy.memory.gcphases import PHASE_STOP, PHASES
from minipy.memory.largealloc import block_kind, block_size
from minipy.memory.layout import (
    ARENA_FRESH,
    BLOCK_ARENA,
    BLOCK_LARGE,
    CO_FILENAME,
    CO_FIRSTLINENO,
    FUNC_CODE,
    FUNC_QUALNAME,
    GENERATION0,
    GENERATION_WORDS,
    HEAP_BASE,
    POOL_CLASS,
    POOL_COUNT,
    POOL_WORDS,
    W_BASE,
    W_HEAP_TOP,
    WORD_BYTES,
)
from minipy.memory.words import Heap
from minipy.objects.unicodeobject import host_str
from minipy.tools.heapview import GENERATIONS
from minipy.vm.host import Observer
from minipy.vm.hosted_machine import HostedMachine

PROCESS: Final = 1
PROGRAM: Final = 1
COLLECTOR: Final = 2
SAMPLE_EVERY: Final = 20_000
"""Instructions between two looks at the heap."""
MICROSECONDS: Final = 1e6


class Tracer(Observer):
    """Writes the events of one run to a file, as they happen."""

    def __init__(self, heap: HostedMachine, out: TextIO, name: str, by_steps: bool) -> None:
        """From now on. `by_steps`: the clock counts instructions."""
        super().__init__()
        self.heap = heap
        self.out = out
        self.by_steps = by_steps
        self.open: list[tuple[int, int]] = []
        """The records whose call has begun, outermost first: base, function."""
        self.in_collection = False
        self.in_phase = False
        self.sampled = 0
        self.began = time.perf_counter()
        out.write('{"traceEvents":[\n')
        self.metadata("process_name", f"minipy {name}", PROGRAM, end="")
        self.metadata("thread_name", "program", PROGRAM)
        self.metadata("thread_name", "collector", COLLECTOR)
        self.sample()

    # ------------------------------------------------------------ what is heard
    def record(self, entered: bool) -> None:
        """Another record is running: end the calls that are over, begin the one that was entered."""
        w = self.heap.words
        base = int(w[W_BASE])
        function = int(w[base - 1])
        last = base if entered else base + 1
        while self.open and (self.open[-1][0] >= last or (self.open[-1][0] == base and self.open[-1][1] != function)):
            self.end_call()
        if entered:
            code = int(w[function + FUNC_CODE])
            place = {"file": host_str(self.heap, w[code + CO_FILENAME]), "line": int(w[code + CO_FIRSTLINENO])}
            self.event("B", PROGRAM, name=host_str(self.heap, w[function + FUNC_QUALNAME]), cat="call", args=place)
            self.open.append((base, function))
        if self.heap.instructions - self.sampled >= SAMPLE_EVERY:
            self.sample()

    def unwind(self) -> None:
        """An exception leaves the running record."""
        if self.open and self.open[-1][0] == self.heap.words[W_BASE]:
            self.end_call()

    def phase(self, number: int) -> None:
        """A collection begins, goes on, or ends."""
        if self.in_phase:
            self.event("E", COLLECTOR)
            self.in_phase = False
        if number < GENERATIONS:
            self.event("B", COLLECTOR, name=f"collection of generation {number}", cat="gc")
            self.in_collection = True
        elif number == PHASE_STOP:
            self.event("E", COLLECTOR)
            self.in_collection = False
            self.sample()
        else:
            self.event("B", COLLECTOR, name=PHASES[number], cat="gc")
            self.in_phase = True

    def close(self) -> None:
        """End what is open, and the file."""
        while self.open:
            self.end_call()
        for is_open in (self.in_phase, self.in_collection):
            if is_open:
                self.event("E", COLLECTOR)
        self.sample()
        about = {"minipy": __version__, "clock": "instructions" if self.by_steps else "wall, microseconds"}
        self.out.write(f'\n],\n"displayTimeUnit":"ms",\n"otherData":{json.dumps(about)}}}\n')

    # ------------------------------------------------------------ what is written
    def now(self) -> float:
        """The clock."""
        if self.by_steps:
            return float(self.heap.instructions)
        return round((time.perf_counter() - self.began) * MICROSECONDS, 3)

    def event(self, kind: str, thread: int, **fields: Any) -> None:
        """One event, at this moment unless `ts` says otherwise."""
        self.write({"ph": kind, "pid": PROCESS, "tid": thread, "ts": self.now(), **fields})

    def write(self, fields: dict[str, Any], end: str = ",\n") -> None:
        """One event, behind the one before."""
        self.out.write(end + json.dumps(fields))

    def metadata(self, kind: str, name: str, thread: int, end: str = ",\n") -> None:
        """What the process or a thread is called."""
        self.write({"ph": "M", "pid": PROCESS, "tid": thread, "name": kind, "args": {"name": name}}, end)

    def end_call(self) -> None:
        """The innermost call is over."""
        self.open.pop()
        self.event("E", PROGRAM)

    def sample(self) -> None:
        """Write the counters; the clock stands still meanwhile."""
        started, now = time.perf_counter(), self.now()
        self.sampled = int(self.heap.instructions)
        heads = [GENERATION0 + number * GENERATION_WORDS for number in range(GENERATIONS)]
        sizes = {f"generation {number}": int(gc_list_size(self.heap.words, at)) for number, at in enumerate(heads)}
        self.event("C", PROGRAM, ts=now, name="live bytes", args={"bytes": live_bytes(self.heap)})
        if not self.in_collection:
            self.event("C", PROGRAM, ts=now, name="objects", args=sizes)
        self.began += time.perf_counter() - started


def live_bytes(heap: Heap) -> int:
    """The bytes of all blocks in use, those kept ready for ints and floats among them."""
    w = heap.words
    words = 0
    block = HEAP_BASE
    while block < w[W_HEAP_TOP]:
        size, kind = int(block_size(w, block)), block_kind(w, block)
        if kind == BLOCK_LARGE:
            words += size
        elif kind == BLOCK_ARENA:
            used = range(block + POOL_WORDS, int(w[block + ARENA_FRESH]), POOL_WORDS)
            words += sum(int(w[pool + POOL_COUNT] * w[pool + POOL_CLASS]) * 2 for pool in used)
        block += size
    return words * WORD_BYTES
