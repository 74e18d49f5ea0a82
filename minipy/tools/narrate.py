"""The memory manager tells, in plain words, what a program does: an observer of an observed run.

    x points to 1000
      1000 is a new object at 0x1719a8
    y points to the same object
      as x; the count of 1000 rose from 1 to 2
    x points to another object, 1001
      the object it pointed to lives on, y points to it

Before each instruction it notes what the instruction is about to change (names, elements, records); before the next
one it looks at what became of that. Between two lines it compares the counts of all objects that have names.

CPython counterpart: none; Python Tutor draws the same from sys.settrace, without counts, blocks and collections.
"""

from __future__ import annotations

from collections.abc import Callable

from minipy.bytecode.code import CO_GENERATOR
from minipy.memory.gclist import gc_list_size
from minipy.memory.gcphases import PHASE_STOP, PHASE_UNTRACK_TUPLES
from minipy.memory.layout import CO_FLAGS, FUNC_CODE, FUNC_QUALNAME, OB_REFCNT, OB_TYPE, UNREACHABLE, W_BASE, W_PENDING
from minipy.memory.words import Heap
from minipy.objects.unicodeobject import host_str
from minipy.tools import heapview
from minipy.tools.brief import Block, brief, following, is_cyclic_garbage, is_static, variables, visible_names
from minipy.tools.changes import Change, next_change
from minipy.tools.values import address_text, counted, type_name
from minipy.vm.host import Observer

MODULE = "<module>"
MOST_NAMES = 200
MOST_DEATHS = 5


class Narrator(Observer):
    """Tells of one machine; each line goes to `write`. `source`: the text of a line of the program, to head what
    happens in it; None: the lines are not shown."""

    def __init__(self, heap: Heap, write: Callable[[str], None], source: Callable[[int], str] | None = None) -> None:
        super().__init__()
        self.every_step = True
        self.heap = heap
        self.write = write
        self.source = source
        self.change: Change | None = None
        self.blocks: list[Block] = []
        self.counts: dict[int, int] = {}
        self.static_told = False
        self.unreachable = 0
        self.generation = 0

    # ------------------------------------------------------------ the run begins and ends
    def begin(self) -> None:
        """A statement, or a file, is about to run."""
        self.change = None
        self.counts = self.named_counts()

    def finish(self) -> None:
        """It is over."""
        self.tell_change()
        self.tell_counts()

    # ------------------------------------------------------------ what the observer hears
    def line(self, number: int) -> None:
        """A line starts: first the counts that the one before changed."""
        self.tell_change()
        self.tell_counts()
        if self.source is not None:
            self.write(f"{number:4}  {self.source(number).rstrip()}")

    def record(self, entered: bool) -> None:
        """A record was pushed, or the one below runs again."""
        self.tell_change()
        name = self.function()
        if entered and name != MODULE:
            base = int(self.heap.words[W_BASE])
            given = [f"{name} points to {brief(self.heap, a)}" for name, a in variables(self.heap, base).items()]
            moved = self.heap.words[self.code() + CO_FLAGS] & CO_GENERATOR
            verb = "moves from the heap to the stack" if moved else "is pushed"
            self.write(f"the activation record of {name} {verb}, at {address_text(base)}"
                       + (": " + ", ".join(given) if given else ""))  # fmt: skip

    def step(self) -> None:
        """An instruction follows."""
        self.tell_change()
        self.change = next_change(self.heap)
        if self.change is not None:
            self.blocks = [Block(self.heap, a) for a in following(self.heap, self.change.released)]

    def unwind(self) -> None:
        """An exception leaves a record."""
        self.change = None
        kind = type_name(self.heap, int(self.heap.words[W_PENDING]))
        if self.function() != MODULE:
            self.write(f"{kind} leaves {self.function()}: its activation record is popped")

    def phase(self, number: int) -> None:
        """A collection."""
        if number < heapview.GENERATIONS:
            self.generation = number
        elif number == PHASE_UNTRACK_TUPLES:
            self.unreachable = int(gc_list_size(self.heap.words, UNREACHABLE))
        elif number == PHASE_STOP:
            self.write(f"generation {self.generation} was collected: {counted(self.unreachable, 'object')} unreachable")

    def function(self) -> str:
        """The name of the running function."""
        w = self.heap.words
        return host_str(self.heap, w[w[w[W_BASE] - 1] + FUNC_QUALNAME])

    def code(self) -> int:
        """The running function's code object."""
        w = self.heap.words
        return int(w[w[w[W_BASE] - 1] + FUNC_CODE])

    # ------------------------------------------------------------ telling
    def tell_change(self) -> None:
        """What became of what the last instruction was about to change."""
        change, self.change = self.change, None
        if change is None:
            return
        freed = [block for block in self.blocks if block.is_free(self.heap)]
        for block in freed:
            self.counts.pop(block.address, None)
        if change.text:
            self.tell_binding(change, freed)
        if change.contents is not None and not any(block.address == change.contents.address for block in freed):
            for line in change.contents.told(self.heap):
                self.write(line)
        for block in freed[:MOST_DEATHS]:
            self.write(f"  {block.text} was destroyed: {block.whereabouts()}")
        if len(freed) > MOST_DEATHS:
            self.write(f"  ... and {len(freed) - MOST_DEATHS} more objects that only it held")

    def tell_binding(self, change: Change, freed: list[Block]) -> None:
        """The sentence on a name, element or record, and on the object it pointed to."""
        destroyed = any(block.address == change.old for block in freed)
        self.write(change.text + ("; the object it pointed to was destroyed" if destroyed else ""))
        if change.detail:
            self.write(f"  {change.detail}")
        if change.new and is_static(self.heap, change.new) and not self.static_told and change.tells_static:
            self.static_told = True
            self.write("  small ints, None, True and False are always there; all names share them")
        if change.old and not destroyed:
            self.tell_survivor(change.old)

    def tell_survivor(self, a: int) -> None:
        """Why the object a name pointed to lives on."""
        if is_static(self.heap, a):
            return
        names = [name for name, bound in visible_names(self.heap).items() if bound == a]
        if names:
            self.write(f"  the object it pointed to lives on: {' and '.join(names[:3])} "
                       f"point{'s' * (len(names) == 1)} to it")  # fmt: skip
        elif is_cyclic_garbage(self.heap, a):
            count = self.heap.words[a + OB_REFCNT]
            self.write("  the object it pointed to is unreachable now; "
                       f"its count is {count}, for it is part of a cycle: it waits for a collection")  # fmt: skip
        else:
            self.write("  the object it pointed to lives on: other objects refer to it")

    # ------------------------------------------------------------ counts
    def named_counts(self) -> dict[int, int]:
        """The counts of all objects that have names now."""
        bound = list(visible_names(self.heap).values())[:MOST_NAMES]
        return {a: int(self.heap.words[a + OB_REFCNT]) for a in bound if not is_static(self.heap, a)}

    def tell_counts(self) -> None:
        """The counts that changed since the last time, of objects that still have names."""
        before, self.counts = self.counts, self.named_counts()
        for a, count in self.counts.items():
            if a in before and before[a] != count and self.heap.words[a + OB_TYPE]:
                verb = "rose" if count > before[a] else "fell"
                self.write(f"  the count of {brief(self.heap, a)} {verb} from {before[a]} to {count}")
