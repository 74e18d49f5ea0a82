"""Reference counts and the collector against a plain model: who can be reached from the stack.

The model is a dict: object -> the objects it refers to, kept by the test itself. After each step the checker must be
content and everything the model reaches must be whole; after a full collection nothing else may be tracked.
"""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from memory.tiny import (
    T_DYING,
    T_NODE,
    TinyHeap,
    make_dict,
    make_int,
    make_list,
    make_node,
    make_pair,
    make_str,
    make_tuple,
    shared,
)

from minipy.memory.gc import collect, maybe_collect
from minipy.memory.gclist import gc_list_objects
from minipy.memory.layout import GENERATION0, GENERATION1, GENERATION2, OB_TYPE, STACK_BASE, TP_GC, W_SP
from minipy.memory.objalloc import is_tracked
from minipy.memory.options import Options
from minipy.memory.refcount import store
from minipy.memory.statics import T_DICT, T_TUPLE
from minipy.memory.switches import apply_switches
from minipy.memory.traverse import reference_words, referents

KINDS = ["node", "dying", "list", "tuple", "dict", "pair"]
ROOTS = 6
VARIABLE = st.integers(0, ROOTS - 1)


class GraphMachine(RuleBasedStateMachine):
    """Six stack words are the variables; objects are made from what they hold, changed, dropped, collected."""

    def __init__(self) -> None:
        super().__init__()
        self.heap = TinyHeap(Options(tiny_arenas=True, gc_thresholds=(5, 2, 2)))
        self.edges: dict[int, list[int]] = {}
        self.roots = [0] * ROOTS
        self.finalized: set[int] = set()
        self.heap.words[W_SP] = STACK_BASE + ROOTS
        self.resurrect = False

    @initialize(poison=st.booleans(), count=st.booleans())
    def switch(self, poison: bool, count: bool) -> None:
        self.heap.options.poison = poison
        self.heap.options.count_allocations = count
        apply_switches(self.heap)
        self.heap.on_finalize = self.finalizer

    def finalizer(self, a: int) -> None:
        """Runs once an object; every other time it resurrects it into the first empty variable."""
        assert a not in self.finalized
        self.finalized.add(a)
        assert self.is_whole(a)
        self.resurrect = not self.resurrect
        if self.resurrect and 0 in self.roots:
            i = self.roots.index(0)
            self.heap.words[STACK_BASE + i] = shared(self.heap, a)
            self.roots[i] = a

    # ------------------------------------------------------------ the model
    def know(self, a: int, *children: int) -> int:
        """A new object at `a`, maybe where a dead one was."""
        self.edges[a] = [child for child in children if child]
        self.finalized.discard(a)
        return a

    def reachable(self) -> set[int]:
        found: set[int] = set()
        waiting = [a for a in self.roots if a]
        while waiting:
            a = waiting.pop()
            if a not in found:
                found.add(a)
                waiting.extend(self.edges[a])
        return found

    def is_whole(self, a: int) -> bool:
        return referents(self.heap.words, a) == self.edges[a]

    # ------------------------------------------------------------ what a program does
    def held(self, i: int) -> int:
        """A new reference to what variable i holds, or a fresh leaf."""
        if self.roots[i] != 0:
            return shared(self.heap, self.roots[i])
        return self.leaf(i)

    def leaf(self, i: int) -> int:
        return self.know(make_int(self.heap, 1000 + i) if i % 2 else make_str(self.heap, 1 + 20 * i))

    def make(self, kind: str, a: int, b: int) -> int:
        heap = self.heap
        if kind in ("node", "dying"):
            return make_node(heap, a, b, t=T_DYING if kind == "dying" else T_NODE)
        if kind == "list":
            return make_list(heap, a, b)
        if kind == "tuple":
            return make_tuple(heap, a, b)
        return make_dict(heap, (a, b)) if kind == "dict" else make_pair(heap, a, b)

    def set_root(self, i: int, a: int) -> None:
        self.roots[i] = a
        store(self.heap, self.heap.words, STACK_BASE + i, a)

    @rule(i=VARIABLE, j=VARIABLE, k=VARIABLE, kind=st.sampled_from(KINDS))
    def build(self, i: int, j: int, k: int, kind: str) -> None:
        get = self.leaf if kind == "pair" else self.held
        a, b = get(j), get(k)
        self.set_root(i, self.know(self.make(kind, a, b), a, b))

    @rule(i=VARIABLE, j=VARIABLE, which=st.integers(0, 1))
    def change(self, i: int, j: int, which: int) -> None:
        """Make an object refer to another one: circles arise here, but not through pairs, which have no head."""
        a = self.roots[i]
        if a != 0 and self.heap.words[self.heap.words[a + OB_TYPE] + TP_GC] and is_tracked(self.heap.words, a):
            new = self.held(j)
            self.edges[a][which] = new
            store(self.heap, self.heap.words, reference_words(self.heap.words, a)[which], new)

    @rule(i=VARIABLE)
    def drop(self, i: int) -> None:
        if self.roots[i] != 0:
            self.set_root(i, 0)

    @rule(i=VARIABLE, which=st.integers(0, 1))
    def descend(self, i: int, which: int) -> None:
        """A variable moves to what its object refers to."""
        if self.roots[i] != 0 and self.edges[self.roots[i]]:
            self.set_root(i, shared(self.heap, self.edges[self.roots[i]][which]))

    @rule(generation=st.integers(0, 1))
    def collect_young(self, generation: int) -> None:
        collect(self.heap, generation)

    @rule()
    def collect_all(self) -> None:
        collect(self.heap, 2)
        reachable = self.reachable()
        w = self.heap.words
        tracked = {a for head in (GENERATION0, GENERATION1, GENERATION2) for a in gc_list_objects(w, head)}
        assert tracked <= reachable
        assert all(w[a + OB_TYPE] in (T_DICT, T_TUPLE) or not w[w[a + OB_TYPE] + TP_GC] for a in reachable - tracked)

    @rule()
    def safe_point(self) -> None:
        maybe_collect(self.heap)

    @invariant()
    def well(self) -> None:
        self.heap.check()
        assert [self.heap.words[STACK_BASE + i] for i in range(ROOTS)] == self.roots
        assert all(self.is_whole(a) for a in self.reachable())

    def teardown(self) -> None:
        self.heap.on_finalize = None
        for i in range(ROOTS):
            self.drop(i)
        collect(self.heap, 2)
        self.heap.words[W_SP] = STACK_BASE
        self.heap.check()
        assert gc_list_objects(self.heap.words, GENERATION2) == []


TestGraph = GraphMachine.TestCase
TestGraph.settings = settings(max_examples=25, stateful_step_count=220, deadline=None)
