"""What the machine asks of the world outside: text streams, source text, compiled code, the clock.

The one door between a program and the host. minipy/interpreter.py implements it; a test may implement it otherwise.
The vm knows neither files nor the compiler.
"""

from __future__ import annotations

from mypy_extensions import mypyc_attr

from minipy.bytecode.code import Code
from minipy.errors import SourceError

STDIN = 0
STDOUT = 1
STDERR = 2
ANY_LEVELS = 1 << 30


class ModuleSource:
    """A module that was found: its file's path, its code, and the folders of a package.

    A package without an `__init__` (a namespace package) has neither path ("") nor code.
    """

    def __init__(self, path: str, code: Code | None, folders: list[str]) -> None:
        self.path = path
        self.code = code
        self.folders = folders


@mypyc_attr(allow_interpreted_subclasses=True)
class Observer:
    """Who watches a run: each method is called at its moment, may look at the machine and must change nothing in it.

    Lines, steps and records are seen only in code that was compiled as observed (Interpreter.observe).
    An exception raised here ends the program.
    """

    every_step: bool
    every_unwind: bool

    def __init__(self) -> None:
        self.every_step = False
        """Whether `step` is wanted."""
        self.every_unwind = True
        """Whether `unwind` is wanted also of exceptions that a record further out will handle."""

    def line(self, number: int) -> None:
        """A source line starts."""

    def step(self) -> None:
        """The instruction at W_PC follows."""

    def record(self, entered: bool) -> None:
        """Another record is running than at the step before, or, `entered`, a call or a generator's turn begins."""

    def unwind(self) -> None:
        """The exception in W_PENDING leaves the record at W_BASE, which is popped next. Must not raise."""

    def phase(self, number: int) -> None:
        """A collection begins the phase PHASES[number] of memory/gcphases.py. Must not raise: none ends half-way."""


@mypyc_attr(allow_interpreted_subclasses=True)
class Host:
    """The questions; the answers here are those of a host that has nothing."""

    argv: list[str]

    def __init__(self) -> None:
        self.argv = [""]
        self.levels = ANY_LEVELS
        """How deep the tree of what is compiled may be: the deeper the calls that lead to it, the less."""
        self.keeps_warnings = False
        self.kept_warnings: list[SourceError] = []
        """What `compile` would show as SyntaxWarnings is put here instead while keeps_warnings is set."""

    def write(self, stream: int, text: str) -> None:
        """Write to STDOUT or STDERR."""

    def flush(self, stream: int) -> None:
        """Pass on what was written."""

    def read_line(self) -> str:
        """The next line of standard input with its newline; "" at the end."""
        return ""

    def compile(self, text: str, filename: str, mode: str, own_namespace: bool) -> Code:
        """Compile text in mode "exec", "eval" or "single"; raises SourceError."""
        raise NotImplementedError

    def decode(self, source: bytes, filename: str) -> str:
        """The text of a source that a program has as bytes; raises SourceError."""
        return source.decode()

    def program_path(self) -> str:
        """The folder of the program, "" if it has none."""
        return ""

    def library_path(self) -> str:
        """The folder of minipy's library."""
        return ""

    def find_module(self, name: str, folders: list[str]) -> ModuleSource | None:
        """The module or package `name` (its last part) in one of the folders."""
        return None

    def cpython_has(self, name: str) -> bool:
        """Has CPython's own library a module of this full name?"""
        return False

    def source_line(self, filename: str, number: int) -> str:
        """A line of a source file, without its newline; "" if there is none."""
        return ""

    def decorate(self, traceback: str) -> str:
        """The text of a traceback as it is to be shown."""
        return traceback

    def anchors(self, segment: str) -> tuple[int, int]:
        """Where the operator of an expression begins and ends in its text, (-1, -1) if it has none."""
        return -1, -1

    def sleep(self, seconds: float) -> None:
        """Let so much time pass; KeyboardInterrupt on Ctrl-C."""

    def check_limits(self, steps: int) -> None:
        """Called at safe points. An exception raised here ends the program: see virtual_machine.VM.stop."""
