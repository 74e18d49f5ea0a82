"""The REPL: reads statements and commands line by line, hands statements to the interpreter, shows what commands ask.

    >>> def double(x):        a line that is not a whole statement waits for more
    ...     return 2 * x
    ...                       an empty line ends a block
    >>> double(21)            an expression's value is shown, and bound to _
    42
    >>> :heap double          a command looks into the machine and changes nothing in it

`Repl` knows nothing of terminals: it is fed lines. `run` feeds it from the terminal, with history and colours
(tools/terminal.py), or from a pipe, without prompts.

CPython counterpart: Python/pythonrun.c (PyRun_InteractiveLoop), Lib/codeop.py; 3.13's Lib/_pyrepl.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

from minipy import Interpreter
from minipy.errors import SourceError
from minipy.interpreter import Interruptible
from minipy.memory.layout import OB_TYPE, TP_GC
from minipy.memory.options import Options
from minipy.memory.statics import T_FLOAT, T_INT
from minipy.memory.words import Heap
from minipy.tools.colours import wants_colour
from minipy.tools.postmortem import PostMortem
from minipy.tools.screen import ColourScreen, Screen
from minipy.tools.watchers import Watchers

MYPY = False  # true for the type checker alone: what most sessions never need is imported where it is first needed
if MYPY:
    from minipy.tools.collectionlog import CollectionLog
    from minipy.tools.heapview import Live
    from minipy.tools.narrate import Narrator
    from minipy.tools.observed import ObservedFunctions

UNTRACED = "unknown; :set trace_allocations on notes it from then on"


class Repl:
    """One session: a machine, the lines of a statement that is not finished yet, the exit code once it is over."""

    def __init__(
        self, interpreter: Interpreter, screen: Screen | None = None, post_mortem: PostMortem | None = None
    ) -> None:
        """`post_mortem`: what was noted of a program that ran before."""
        self.screen = screen or Screen()
        self.options = interpreter.options
        self.lines: list[str] = []
        self.statements: list[str] = []
        self.number = 0
        self.exit_code: int | None = None
        self.go_on: Callable[[], bool] | None = None
        """Asked by `:step` after each instruction, on a terminal."""
        self.settle(interpreter, post_mortem)

    def settle(self, interpreter: Interpreter, post_mortem: PostMortem | None = None) -> None:
        """Begin with this machine."""
        self.interpreter = interpreter
        self.watchers = Watchers(interpreter)
        self.post_mortem = post_mortem or PostMortem(interpreter.heap)
        self.watchers.add(self.post_mortem, observed=False)
        self.log: CollectionLog | None = None
        self.narrator: Narrator | None = None
        self.texts: dict[str, tuple[str, str]] = {}
        self.functions: ObservedFunctions | None = None
        self.before: Live | None = None

    @property
    def heap(self) -> Heap:
        """The machine's memory."""
        return self.interpreter.heap

    @property
    def waits(self) -> bool:
        """Whether the lines so far need more."""
        return bool(self.lines)

    # ------------------------------------------------------------ lines
    def feed(self, line: str) -> bool:
        """Take one line, without its newline. False if the session is over."""
        if not self.lines and line.startswith(":"):
            from minipy.tools.commands import execute

            execute(self, line[1:])
        elif self.lines or line.strip():
            from minipy.syntax.parser import is_incomplete

            self.lines.append(line)
            if not is_incomplete("\n".join(self.lines)):
                self.finish()
        return self.exit_code is None

    def feed_text(self, text: str) -> None:
        """Take all that was typed or pasted at one prompt: a command, or any number of statements."""
        from minipy.tools.blocks import statements_of

        if text.startswith(":"):
            self.feed(text.rstrip())
            return
        for statement in statements_of(text.rstrip() + "\n"):
            if self.exit_code is None:
                self.lines = statement.splitlines()
                self.finish()

    def finish(self) -> None:
        """Execute the lines so far, finished or not."""
        source = "\n".join(self.lines) + "\n"
        self.lines = []
        if source.strip() in ("exit", "quit"):
            self.exit_code = 0
        elif source.strip():
            self.run(source)

    def forget(self) -> None:
        """Ctrl-C at the prompt: drop the lines so far."""
        self.lines = []

    # ------------------------------------------------------------ the machine
    def run(self, source: str, filename: str = "", mode: str = "single") -> None:
        """Run a statement, or in mode "exec" a file's text; it has a file name of its own, so that tracebacks show
        its lines."""
        self.post_mortem.start()
        if self.before is None:
            from minipy.tools.heapview import live_now

            self.before = live_now(self.heap)
        if mode == "single":
            self.statements.append(source)
        name = filename or f"<python-input-{self.number}>"
        self.number += 1
        self.texts[name] = source, mode
        self.exit_code = self.run_watched(source, name, mode)

    def run_watched(self, source: str, name: str, mode: str) -> int | None:
        """Run it, with all that somebody wants to watch watched."""
        self.watchers.settle()
        observed = self.watchers.observed and self.can_run(source, name, mode)
        functions = self.observed_functions() if observed else None
        try:
            if self.narrator is not None:
                self.narrator.begin()
            code = self.interpreter.run_interactive(source, name, mode)
            if self.narrator is not None:
                self.narrator.finish()
        finally:
            if functions is not None:
                functions.end()
        return code

    def can_run(self, source: str, name: str, mode: str) -> bool:
        """Whether it can be compiled; what cannot runs nothing and changes nothing."""
        host = self.interpreter.host
        host.keeps_warnings = True
        try:
            host.compile(source, name, mode, False)
        except SourceError:
            return False
        finally:
            host.keeps_warnings = False
            host.kept_warnings.clear()
        return True

    def observed_functions(self) -> ObservedFunctions:
        """Have the session's functions watched, too, until `end`."""
        from minipy.tools.observed import ObservedFunctions

        self.functions = self.functions or ObservedFunctions(self.interpreter, self.texts)
        self.functions.begin()
        return self.functions

    def running(self) -> AbstractContextManager[None]:
        """While a command runs program code: Ctrl-C is the program's."""
        return Interruptible(self.interpreter)

    def log_collections(self, on: bool) -> None:
        """`:gc log on` and `off`."""
        if self.log is not None:
            self.watchers.remove(self.log)
            self.log = None
        if on:
            from minipy.tools.collectionlog import CollectionLog

            self.log = CollectionLog(self.interpreter, self.screen)
            self.watchers.add(self.log, observed=False)

    def explain_all(self, on: bool) -> None:
        """`:explain on` and `off`."""
        if self.narrator is not None:
            self.watchers.remove(self.narrator)
            self.narrator = None
        if on:
            from minipy.tools.narrate import Narrator

            self.narrator = Narrator(self.heap, self.screen.show)
            self.watchers.add(self.narrator, observed=True)

    def allocated(self, a: int) -> str:
        """Where an object was allocated, in words."""
        t = self.heap.words[a + OB_TYPE]
        if t in (T_INT, T_FLOAT):
            return "unknown: blocks of ints and floats are kept ready"
        known = self.interpreter.heap.sites.get(a - int(self.heap.words[t + TP_GC]))
        return known or ("before the session" if self.options.trace_allocations else UNTRACED)

    def close(self) -> list[str]:
        """The end, of which nothing is told; what is left in the heap and should not be."""
        self.interpreter.observe(None)
        return self.interpreter.close()

    def reset(self) -> None:
        """Go on with a new machine; LimitReached, and the old one goes on, if the heap has no room for it."""
        new = Interpreter(argv=[""], options=self.options)
        self.close()
        self.settle(new)


def run(options: Options) -> int:
    """A session on standard input in an interpreter of its own; the exit code."""
    return session(Interpreter(argv=[""], options=options))


def session(interpreter: Interpreter, post_mortem: PostMortem | None = None) -> int:
    """A session on standard input that goes on in the interpreter, and ends it; the exit code."""
    repl = Repl(interpreter, ColourScreen() if wants_colour(sys.stdout) else terminal_screen(), post_mortem)
    try:
        if sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
            from minipy.tools.terminal import converse

            converse(repl)
        else:
            read_pipe(repl)
    finally:
        repl.close()
    return repl.exit_code or 0


def terminal_screen() -> Screen:
    """As wide as the terminal; into a pipe, as wide as most."""
    return Screen(width=os.get_terminal_size().columns, breaks=True) if sys.stdout.isatty() else Screen()


def read_pipe(repl: Repl) -> None:
    """Feed all of standard input."""
    for line in sys.stdin:
        if not repl.feed(line.rstrip("\r\n")):
            return
    repl.finish()
