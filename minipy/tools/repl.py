"""The REPL: reads statements and commands line by line, hands statements to the interpreter, shows what commands ask.

    >>> def double(x):        a line that is not a whole statement waits for more
    ...     return 2 * x
    ...                       an empty line ends a block
    >>> double(21)            an expression's value is shown, and bound to _
    42
    >>> :heap double          a command looks into the machine and changes nothing in it

`Repl` knows nothing of terminals: it is fed lines. `run` feeds it from the terminal, with history and colours
(tools/terminal.py), or from a pipe, without prompts.

CPython counterpart: Python/pythonrun.c (PyRun_InteractiveLoop), Lib/codeop.py.
"""

from __future__ import annotations

import sys

from minipy import Interpreter
from minipy.memory.options import Options
from minipy.tools import commands
from minipy.tools.incomplete import is_incomplete

FILENAME = "<stdin>"


class Repl:
    """One session: an interpreter, the lines of a statement that is not finished yet, the exit code once it is over."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.lines: list[str] = []
        self.exit_code: int | None = None

    @property
    def waits(self) -> bool:
        """Whether the lines so far need more."""
        return bool(self.lines)

    def feed(self, line: str) -> bool:
        """Take one line, without its newline. False if the session is over."""
        if not self.lines and line.startswith(":"):
            return commands.execute(self.interpreter, line[1:], print)
        if self.lines or line.strip():
            self.lines.append(line)
            if not is_incomplete("\n".join(self.lines) + "\n"):
                self.finish()
        return self.exit_code is None

    def finish(self) -> None:
        """Execute the lines so far, finished or not."""
        source = "\n".join(self.lines) + "\n"
        self.lines = []
        if source.strip():
            self.exit_code = self.interpreter.run_interactive(source, FILENAME)

    def forget(self) -> None:
        """Ctrl-C at the prompt: drop the lines so far."""
        self.lines = []


def run(options: Options) -> int:
    """A session on standard input in an interpreter of its own; the exit code."""
    return session(Interpreter(argv=[""], options=options))


def session(interpreter: Interpreter) -> int:
    """A session on standard input that goes on in the interpreter, and ends it; the exit code."""
    repl = Repl(interpreter)
    try:
        if sys.stdin.isatty():
            from minipy.tools.terminal import converse

            converse(repl)
        else:
            read_pipe(repl)
    finally:
        interpreter.close()
    return repl.exit_code or 0


def read_pipe(repl: Repl) -> None:
    """Feed all of standard input."""
    for line in sys.stdin:
        if not repl.feed(line.rstrip("\r\n")):
            return
    repl.finish()
