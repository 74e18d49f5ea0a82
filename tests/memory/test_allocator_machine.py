"""The allocator against a plain model: a dict of intervals that must never overlap and never lose their contents."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from minipy.memory.check_blocks import survey
from minipy.memory.layout import HEAP_BASE, W_HEAP_TOP
from minipy.memory.obmalloc import allocate, free, reallocate
from minipy.memory.options import Options
from minipy.memory.switches import apply_switches
from minipy.memory.words import Heap, Raised

SIZES = st.one_of(st.integers(1, 70), st.integers(50, 700), st.sampled_from([1, 2, 63, 64, 65, 66, 500, 4000, 5000]))


class AllocatorMachine(RuleBasedStateMachine):
    """Blocks are filled with a pattern of their own; whoever breaks one is found at its release."""

    blocks = Bundle("blocks")

    def __init__(self) -> None:
        super().__init__()
        self.model: dict[int, int] = {}

    @initialize(count=st.booleans(), poison=st.booleans(), guard=st.booleans())
    def switch(self, count: bool, poison: bool, guard: bool) -> None:
        self.heap = Heap(Options(tiny_arenas=True, heap_limit=8 * 4096 * 12, guard=guard))
        self.heap.options.count_allocations = count
        self.heap.options.poison = poison
        apply_switches(self.heap)

    def fill(self, a: int, n: int) -> int:
        w = self.heap.words
        for i in {0, n // 2, n - 1}:
            w[a + i] = a * 1000 + n + i
        assert a % 2 == 0
        self.model[a] = n
        return a

    @rule(target=blocks, n=SIZES)
    def allocate(self, n: int) -> int:
        try:
            a = int(allocate(self.heap, n))
        except Raised:
            assert sum(self.model.values()) > 4096
            return 0
        assert a not in self.model
        return self.fill(a, n)

    @rule(a=consumes(blocks))
    def release(self, a: int) -> None:
        if a != 0:
            n = self.model.pop(a)
            self.expect(a, a, n, n)
            free(self.heap, self.heap.words, a, n)

    @rule(target=blocks, a=consumes(blocks), n=SIZES)
    def reallocate(self, a: int, n: int) -> int:
        if a == 0:
            return 0
        old = self.model[a]
        try:
            b = int(reallocate(self.heap, a, old, n))
        except Raised:
            self.expect(a, a, old, old)
            return a
        del self.model[a]
        self.expect(a, b, old, n)
        return self.fill(b, n)

    @rule()
    def flip_the_hook(self) -> None:
        self.heap.options.count_allocations = not self.heap.options.count_allocations
        apply_switches(self.heap)

    def expect(self, origin: int, a: int, old: int, n: int) -> None:
        """The pattern that was written for `origin` with `old` words is there, as far as n words reach."""
        for i in {0, old // 2, old - 1}:
            if i < n:
                assert self.heap.words[a + i] == origin * 1000 + old + i

    @invariant()
    def well(self) -> None:
        w = self.heap.words
        census = survey(w)
        assert census.problems == []
        assert sorted(census.live) == sorted(self.model)
        assert all(census.live[a] >= n for a, n in self.model.items())
        assert census.live_words() + census.free_words + census.header_words == w[W_HEAP_TOP] - HEAP_BASE
        ends = 0
        for a in sorted(self.model):
            assert a >= ends
            ends = a + self.model[a]

    def teardown(self) -> None:
        for a, n in self.model.items():
            free(self.heap, self.heap.words, a, n)
        self.model.clear()
        self.well()


TestAllocator = AllocatorMachine.TestCase
TestAllocator.settings = settings(max_examples=20, stateful_step_count=220, deadline=None)
