"""A collection phase by phase: what the collector does to gc_refs, and which objects it moves where.

    object              ob_refcnt   update_refs   subtract_refs   move_unreachable
    0x16cd18 list of 1          1             1               0   unreachable
    0x16ce08 Node object        2             2               0   back: 0x16cd18 refers to it

It watches the phases (Heap.phase), notes words between them and works out afterwards the moves that move_unreachable
made, as the collector makes them, from the figures that subtract_refs left.

CPython counterpart: the phases of gc_collect_main in Modules/gcmodule.c; gc.set_debug(gc.DEBUG_STATS) shows less.
"""

from __future__ import annotations

from typing import NamedTuple

from minipy.memory import gcphases as gcphases
from minipy.memory.gclist import gc_list_objects, gc_list_size
from minipy.memory.layout import (
    FINALIZERS,
    GC_FINALIZED,
    GC_REFS,
    GC_REFS_ONE,
    GENERATION0,
    GENERATION_WORDS,
    OB_REFCNT,
    OB_TYPE,
    TP_FLAGS,
    TP_WEAKLIST,
    TPFLAGS_DEL,
    UNREACHABLE,
)
from minipy.memory.traverse import referents
from minipy.memory.words import Heap
from minipy.tools.heaptext import table
from minipy.tools.heapview import GENERATIONS, generation_size
from minipy.tools.values import address_text, counted, preview
from minipy.vm.host import Observer

MOST_FOLLOWED = 2000
"""Objects whose figures are kept; of more, the first."""
MOST_ROWS = 24
LONGEST = 24
MOST_MOVES = 12


class Row(NamedTuple):
    """An object before the scan: a short text, its count, gc_refs after update_refs and after subtract_refs."""

    text: str
    refcount: int
    updated: int
    subtracted: int


class Steps(Observer):
    """Watches one collection of a generation."""

    def __init__(self, heap: Heap, generation: int) -> None:
        super().__init__()
        self.heap = heap
        self.generation = generation
        self.young = GENERATION0 + generation * GENERATION_WORDS
        self.updated: dict[int, int] = {}
        self.rows: dict[int, Row] = {}
        self.moves: list[str] = []
        self.fate: dict[int, str] = {}
        self.lines: list[str] = []
        self.size = 0
        self.once = True
        self.survivors = 0

    # ------------------------------------------------------------ while it goes on
    def phase(self, number: int) -> None:
        """The phase `number` begins: look at what the one before it left."""
        if number == gcphases.PHASE_UPDATE_REFS and self.once:
            self.size = generation_size(self.heap, self.generation)
        elif number == gcphases.PHASE_SUBTRACT_REFS and self.once:
            self.updated = self.refs()
        elif number == gcphases.PHASE_MOVE_UNREACHABLE and self.once:
            self.note_rows()
            self.once = False
        elif number == gcphases.PHASE_UNTRACK_TUPLES:
            self.note_unreachable()
        elif number == gcphases.PHASE_HANDLE_WEAKREFS:
            self.note_survivors()
        elif number == gcphases.PHASE_FINALIZE_GARBAGE:
            self.note_finalizers()
        elif number == gcphases.PHASE_HANDLE_RESURRECTED:
            self.lines.append("handle_resurrected_objects: finalizers ran, so the garbage is sorted anew")
        elif number == gcphases.PHASE_DELETE_GARBAGE:
            self.note_garbage()

    def refs(self) -> dict[int, int]:
        """gc_refs of the objects that are followed."""
        w = self.heap.words
        followed = gc_list_objects(w, self.young)[:MOST_FOLLOWED]
        return {a: int(w[a + GC_REFS]) // GC_REFS_ONE for a in followed}

    def note_rows(self) -> None:
        """The figures before the scan, and the scan itself."""
        w = self.heap.words
        after = self.refs()
        self.rows = {
            a: Row(self.label(a), int(w[a + OB_REFCNT]), self.updated[a], refs) for a, refs in after.items()
        }
        if self.size <= MOST_FOLLOWED:
            self.scan(after)

    def scan(self, refs: dict[int, int]) -> None:
        """move_unreachable, on copies: which objects it takes for unreachable, and which come back."""
        order = list(refs)
        out: set[int] = set()
        for a in order:  # what comes back is appended, and scanned, too
            if refs[a] == 0:
                out.add(a)
                self.moves.append(f"{self.rows[a].text}: gc_refs 0, to unreachable")
                continue
            for child in referents(self.heap.words, a):
                if child in out:
                    out.discard(child)
                    refs[child] = 1
                    order.append(child)
                    self.fate[child] = f"back: {address_text(a)}"
                    self.moves.append(f"{self.rows[child].text}: back to young, {self.rows[a].text} refers to it")
                elif refs.get(child) == 0:
                    refs[child] = 1

    def label(self, a: int) -> str:
        """An object in few words."""
        text = preview(self.heap, a)
        return f"{address_text(a)} {text if len(text) <= LONGEST else text[: LONGEST - 3] + '...'}"

    def note_unreachable(self) -> None:
        """What the scan left."""
        for a in gc_list_objects(self.heap.words, UNREACHABLE):
            self.fate[a] = "unreachable"
        self.survivors = int(gc_list_size(self.heap.words, self.young))

    def note_survivors(self) -> None:
        """Tuples that were untracked, and where the rest went."""
        older = min(self.generation + 1, GENERATIONS - 1)
        kept = sum(1 for fate in self.fate.values() if fate == "unreachable")
        self.lines.append(f"move_unreachable: {counted(kept, 'object')} unreachable, {self.survivors:,} reachable")
        self.lines.append(f"untrack_tuples, survivors: the reachable ones go on in generation {older}")
        weak = [a for a in self.garbage() if self.weakly_referred(a)]
        self.lines.append(f"handle_weakrefs: {len(weak)} of the unreachable have weak references, which are cleared")

    def weakly_referred(self, a: int) -> bool:
        """Whether there are weak references to the object."""
        w = self.heap.words
        at = w[w[a + OB_TYPE] + TP_WEAKLIST]
        return bool(at and w[a + at])

    def garbage(self) -> list[int]:
        """The unreachable objects now."""
        return gc_list_objects(self.heap.words, UNREACHABLE)

    def note_finalizers(self) -> None:
        """Whose `__del__` will run."""
        w = self.heap.words
        those = [a for a in self.garbage()
                 if w[w[a + OB_TYPE] + TP_FLAGS] & TPFLAGS_DEL and not w[a + GC_REFS] & GC_FINALIZED]  # fmt: skip
        named = ": " + ", ".join(self.label(a) for a in those[:3]) if those else ""
        self.lines.append(f"finalize_garbage: {counted(len(those), 'finalizer')} to run{named}")

    def note_garbage(self) -> None:
        """What is freed."""
        freed = self.garbage() + gc_list_objects(self.heap.words, FINALIZERS)
        objects = counted(len(freed), "object")
        self.lines.append(f"delete_garbage: the references of {objects} are cleared, which frees them")

    # ------------------------------------------------------------ afterwards
    def text(self) -> list[str]:
        """The account."""
        size = counted(self.size, "object")
        head = f"Collection of generation {self.generation}: {size} in it, the younger ones included"
        rows = sorted(self.rows, key=self.interest)[:MOST_ROWS]
        cells = [(row.text, row.refcount, row.updated, row.subtracted, self.fate.get(a, "reachable"))
                 for a in rows for row in [self.rows[a]]]  # fmt: skip
        columns = ("object", "ob_refcnt", "update_refs", "subtract_refs", "move_unreachable")
        lines = [head, "gc_refs of each, after each phase:", *table(columns, cells)]
        if self.size > len(rows):
            lines.append(f"  ... and {self.size - len(rows):,} more, reachable")
        moves = [f"  {move}" for move in self.moves[:MOST_MOVES]]
        if len(self.moves) > MOST_MOVES:
            moves.append(f"  ... and {len(self.moves) - MOST_MOVES:,} more moves")
        return [*lines, *(["The scan, object by object:", *moves] if moves else []), *self.lines]

    def interest(self, a: int) -> tuple[int, int]:
        """Unreachable objects come first, then those that came back, then those with the lowest gc_refs."""
        fate = self.fate.get(a, "")
        return (0 if fate == "unreachable" else 1 if fate else 2), self.rows[a].subtracted
