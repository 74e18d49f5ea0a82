"""Limits and stress switches of one interpreter, with their units.

Every switch is off by default and costs nothing then: it works by data on slow paths (see obmalloc's hook), not by
tests on fast ones. A switch that may be flipped while a program runs takes effect through `apply` of the part named.

CPython counterpart: PyConfig, PYTHONMALLOC=debug, gc.set_threshold, _testcapi.set_nomemory.
"""

from __future__ import annotations

from typing import Final

DEFAULT_HEAP_LIMIT: Final = 8 << 30
DEFAULT_RECURSION_LIMIT: Final = 1000


class Options:
    """What an interpreter may use, and how it is put under stress.

    heap_limit      bytes the heap may grow to; MemoryError beyond (rounded down to arenas, at least one)
    recursion_limit activation records; RecursionError beyond
    native_limit    how deep native code may call back into the loop; RecursionError beyond; 0: what the host bears
    gc_enabled      automatic collections
    gc_thresholds   of the three generations, as gc.set_threshold
    collect_every_allocation  a full collection at the first safe point after each allocation of a container
    cramped         each allocation finds the heap full at first, and collects what it can without program code
    poison          fill blocks with CLEAN when handed out and DEAD when given back
    guard           words behind each block that nobody may write to, looked at when it is given back
    tiny_arenas     arenas of 4096 words instead of 32768, so that small programs exercise their life
    tiny_stack      a run-time stack of 4096 words instead of 147,456
    fail_allocation the number of the allocation that fails, 1 for the first from now on; 0: none
    trace_allocations  note the source line of each allocation (Heap.allocated)
    count_allocations  keep W_ALLOCATIONS and W_FREES exact (else only while another switch needs them)
    check_every     run heap.check() each so many safe points; 0: never
    check_collector check the collector's lists between the phases of each collection
    check_allocations  run it each so many allocations, in the middle of what native code does; 0: never
    max_steps, max_output, timeout  safe points (calls and turns of loops), characters written, seconds; 0: no limit
    """

    heap_limit: int
    recursion_limit: int
    native_limit: int
    gc_enabled: bool
    gc_thresholds: tuple[int, int, int]
    collect_every_allocation: bool
    cramped: bool
    poison: bool
    guard: bool
    tiny_arenas: bool
    tiny_stack: bool
    fail_allocation: int
    count_allocations: bool
    trace_allocations: bool
    check_every: int
    check_collector: bool
    check_allocations: int
    max_steps: int
    max_output: int
    timeout: float

    def __init__(
        self,
        *,
        heap_limit: int = DEFAULT_HEAP_LIMIT,
        recursion_limit: int = DEFAULT_RECURSION_LIMIT,
        native_limit: int = 0,
        gc_enabled: bool = True,
        gc_thresholds: tuple[int, int, int] = (700, 10, 10),
        collect_every_allocation: bool = False,
        cramped: bool = False,
        poison: bool = False,
        guard: bool = False,
        tiny_arenas: bool = False,
        tiny_stack: bool = False,
        fail_allocation: int = 0,
        count_allocations: bool = False,
        trace_allocations: bool = False,
        check_every: int = 0,
        check_collector: bool = False,
        check_allocations: int = 0,
        max_steps: int = 0,
        max_output: int = 0,
        timeout: float = 0.0,
    ) -> None:
        self.heap_limit = heap_limit
        self.recursion_limit = recursion_limit
        self.native_limit = native_limit
        self.gc_enabled = gc_enabled
        self.gc_thresholds = gc_thresholds
        self.collect_every_allocation = collect_every_allocation
        self.cramped = cramped
        self.poison = poison
        self.guard = guard
        self.tiny_arenas, self.tiny_stack = tiny_arenas, tiny_stack
        self.fail_allocation = fail_allocation
        self.count_allocations, self.trace_allocations = count_allocations, trace_allocations
        self.check_every = check_every
        self.check_collector = check_collector
        self.check_allocations = check_allocations
        self.max_steps, self.max_output, self.timeout = max_steps, max_output, timeout

    def hooks_allocation(self) -> bool:
        """Whether a switch wants each allocation on the slow path."""
        counted: bool = self.count_allocations or self.fail_allocation != 0 or self.check_allocations != 0
        return counted or self.trace_allocations or self.poison or self.guard or self.cramped
