"""Interpreter: the public way to run minipy programs from Python.

    source text --parser, compiler (or the cache)--> Code --VM--> output, exit code, heap to look at

Each Interpreter has a machine of its own; any number live side by side. Output that is not given a stream is kept and
read with `stdout_text` and `stderr_text`.

CPython counterpart: Python/pythonrun.c, Modules/main.c.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # the module signal makes enums of it, and takes 6 ms
import io
import os
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from minipy.bytecode.code import Code
from minipy.errors import SourceError
from minipy.memory.layout import W_SIGNAL
from minipy.memory.objalloc import ask_safe_point
from minipy.memory.options import DEFAULT_HEAP_LIMIT, Options
from minipy.memory.words import Raised
from minipy.systemhost import LimitReached as LimitReached
from minipy.systemhost import SystemHost
from minipy.vm.failure import Failure
from minipy.vm.host import Observer
from minipy.vm.session import Session

HOST_RECURSION = 60000


class ProgramError(Exception):
    """An exception of the program, as data: `kind` is its type's name; `message`, `filename`, `line`, `traceback`."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.kind}: {failure.message}" if failure.message else failure.kind)
        self.kind = failure.kind
        self.message = failure.message
        self.filename = failure.filename
        self.line = failure.line
        self.traceback = failure.text


class Interpreter:
    """One program's world: a machine, its streams, its modules."""

    def __init__(
        self,
        *,
        argv: Sequence[str] = (),
        stdin: TextIO | str | None = None,
        stdout: TextIO | None = None,
        stderr: TextIO | None = None,
        path: str | None = None,
        options: Options | None = None,
        heap_limit: int | None = None,
        capture: bool = False,
    ) -> None:
        """Streams default to the process's own; with capture=True output is kept instead.

        `path` is the folder where imports look first (default: the program's own, else the current one).
        `heap_limit` is short for options=Options(heap_limit=...).
        LimitReached("heap") if the heap has no room for what there is before any program.
        """
        sys.setrecursionlimit(max(sys.getrecursionlimit(), HOST_RECURSION))
        if options is not None and heap_limit is not None:
            raise ValueError("give heap_limit or options, not both")
        self.options = options or Options(heap_limit=heap_limit or DEFAULT_HEAP_LIMIT)
        self._stdout = stdout or (io.StringIO() if capture else sys.stdout)
        self._stderr = stderr or (io.StringIO() if capture else sys.stderr)
        source = io.StringIO(stdin) if isinstance(stdin, str) else stdin or sys.stdin
        self.host = SystemHost(argv, source, self._stdout, self._stderr, path, self.options)
        try:
            self.session = Session(self.options, self.host)
        except Raised:
            raise LimitReached("heap") from None
        self.heap = self.session.vm
        self.refused: SourceError | None = None
        """The fault for which the last source was not run at all, if there was one."""

    # ------------------------------------------------------------ running
    def run_file(self, path: str) -> int:
        """Run a file as `__main__`; its exit code. OSError if it cannot be read."""
        if self.host.path is None:
            self.host.path = os.path.dirname(os.path.abspath(path))
            self.session.name_path()
        try:
            code = self.host.compile_file(path)
        except SourceError as fault:
            return self._refuse(fault)
        return self._run(code, path)

    def run_source(self, source: str, filename: str = "<string>") -> int:
        """Run text as `__main__`; its exit code."""
        try:
            code = self.host.compile(source, filename, "exec", False)
        except SourceError as fault:
            return self._refuse(fault)
        return self._run(code, filename)

    def run_interactive(self, source: str, filename: str = "<stdin>", mode: str = "single") -> int | None:
        """Run one statement of a session: values are shown, errors printed. SystemExit's code, else None.

        With mode "exec" the text of a whole file, of which no values are shown.
        """
        self.host.sources[filename] = source.split("\n")
        try:
            code = self.host.compile(source, filename, mode, False)
        except SourceError as fault:
            self._refuse(fault)
            return None
        with Interruptible(self):
            return self.session.run_interactive(code)

    def call(self, name: str, *arguments: object) -> object:
        """Call a function of `__main__`; its result.

        Arguments and result are copies: None, bool, int, float, complex, str, bytes, and tuple, list, set, frozenset
        and dict of such. ProgramError if an exception of the program leaves the call, KeyError if there is no global
        of that name, TypeError if a value is of another type.
        """
        with Interruptible(self):
            try:
                return self.session.call(name, arguments)
            except Raised:
                failure = self.exception
                if failure is None:
                    raise
            raise failure

    def _refuse(self, fault: SourceError) -> int:
        """Print a fault in the source; the exit code for it."""
        self.refused = fault
        self._stdout.flush()
        self._stderr.write(self.host.decorate(fault.format(from_file=not fault.filename.startswith("<"))))
        self._stderr.flush()
        return 1

    def _run(self, code: Code, filename: str) -> int:
        """Run compiled code as `__main__`."""
        with Interruptible(self):
            return self.session.run_main(code, filename)

    # ------------------------------------------------------------ looking
    def observe(self, observer: Observer | None) -> None:
        """Have what is compiled from now on run observed, `observer` told of it; None: not any more.

        `heap.instructions` and `heap.calls` count what an observed run executes.
        """
        self.host.observed = observer is not None
        self.heap.observer = observer

    @property
    def exception(self) -> ProgramError | None:
        """The exception that ended the last run, if one did (SystemExit is none)."""
        return ProgramError(self.session.failure) if self.session.failure is not None else None

    @property
    def stdout_text(self) -> str:
        """What the program wrote, if it was kept."""
        return self._stdout.getvalue() if isinstance(self._stdout, io.StringIO) else ""

    @property
    def stderr_text(self) -> str:
        """What was written to standard error, if it was kept."""
        return self._stderr.getvalue() if isinstance(self._stderr, io.StringIO) else ""

    def account(self) -> dict[str, Any]:
        """The stack and the heap as data: records, objects and bytes by type, arenas, generations (tools/JSON.md)."""
        from minipy.tools.heapreport import account

        return account(self.heap)

    def global_address(self, name: str) -> int:
        """The address (in words) of a global of `__main__`, 0 if there is none."""
        return self.session.global_address(name)

    def check(self) -> list[str]:
        """What is wrong with the heap, in words; empty when it is sound."""
        return self.session.check()

    def finish(self) -> None:
        """Let the program's objects die as at the end of a process; their finalizers run. No program runs after it."""
        with Interruptible(self):
            self.session.finish()

    def close(self) -> list[str]:
        """Finish, and tear down the rest; descriptions of what still lives then and should not."""
        return self.session.close()


class Interruptible:
    """While a program runs, Ctrl-C becomes its KeyboardInterrupt (in the main thread)."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.heap = interpreter.heap
        self.host = interpreter.host
        self.previous: object = None

    def __enter__(self) -> None:
        try:
            self.previous = signal.signal(signal.SIGINT, self.interrupt)
        except ValueError:
            self.previous = None

    def __exit__(self, *error: object) -> None:
        if self.previous is not None:
            signal.signal(signal.SIGINT, self.previous)

    def interrupt(self, number: int, frame: object) -> None:
        """Ask the loop for a visit to the breaker, which raises."""
        if self.host.waiting:
            raise KeyboardInterrupt
        w = self.heap.words
        w[W_SIGNAL] = 1
        ask_safe_point(w)
