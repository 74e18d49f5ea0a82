"""Interpreter: the public way to run minipy programs from Python.

    source text --parser, compiler (or the cache)--> Code --VM--> output, exit code, heap to look at

Each Interpreter has a machine of its own; any number live side by side. Output that is not given a stream is kept and
read with `stdout_text` and `stderr_text`.

CPython counterpart: Python/pythonrun.c, Modules/main.c.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TextIO

from minipy.bytecode.code import Code
from minipy.errors import SourceError, Span
from minipy.memory.layout import W_SIGNAL
from minipy.memory.objalloc import ask_safe_point
from minipy.memory.options import DEFAULT_HEAP_LIMIT, Options
from minipy.memory.words import Raised
from minipy.vm.host import STDERR, STDOUT, Host, ModuleSource, Observer
from minipy.vm.session import Session

HOST_RECURSION = 60000
LIBRARY = os.path.join(os.path.dirname(__file__), "lib")
SUFFIXES = (".mp", ".py")
"""What the file of a program or module ends with, the first choice first."""


class LimitReached(Exception):
    """A limit of Options stopped the program; `reason` is "steps", "output", "timeout", or "heap" (see Interpreter)."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"limit reached: {reason}")
        self.reason = reason


class SystemHost(Host):
    """The real files, streams and clock; the compiler; the limits."""

    def __init__(
        self,
        argv: Sequence[str],
        stdin: TextIO,
        stdout: TextIO,
        stderr: TextIO,
        path: str | None,
        options: Options,
    ) -> None:
        super().__init__()
        self.argv = list(argv) or [""]
        self.stdin = stdin
        self.streams = {STDOUT: stdout, STDERR: stderr}
        self.path = path
        self.options = options
        self.sources: dict[str, list[str]] = {}
        self.files: set[str] = set()
        """What was compiled here: of no other file does a program see a line, in a traceback it provoked."""
        self.warnings = 0
        self.written = 0
        self.deadline = time.monotonic() + options.timeout if options.timeout else 0.0
        self.observer: Callable[[], None] | None = None
        self.observed = False
        """Compile with the marks that an Observer needs."""
        self.waiting = False
        """In a call of the host's that does nothing but wait: Ctrl-C interrupts that."""

    def write(self, stream: int, text: str) -> None:
        """Write, and count the characters for max_output."""
        self.written += len(text)
        if self.options.max_output and self.written > self.options.max_output:
            raise LimitReached("output")
        self.streams[stream].write(text)

    def flush(self, stream: int) -> None:
        """Pass on what was written."""
        self.streams[stream].flush()

    def read_line(self) -> str:
        """The next line of standard input."""
        self.streams[STDOUT].flush()
        self.waiting = True
        try:
            return self.stdin.readline()
        finally:
            self.waiting = False

    def sleep(self, seconds: float) -> None:
        """Sleep, but not beyond the limit on time."""
        left = self.deadline - time.monotonic() if self.deadline else seconds
        self.waiting = True
        try:
            time.sleep(max(0.0, min(seconds, left)))
        finally:
            self.waiting = False
        if left < seconds:
            raise LimitReached("timeout")

    def compile(self, text: str, filename: str, mode: str, own_namespace: bool) -> Code:
        """Parse and compile."""
        from minipy import compiler
        from minipy.syntax import ast, parser

        warn = partial(self.warn, filename)
        tree = parser.parse(text, filename, "single" if mode == "single" else "eval" if mode == "eval" else "exec")
        own, seen = own_namespace, self.observed
        if isinstance(tree, ast.Expression):
            return compiler.compile_expression(
                tree, filename, source=text, observed=seen, separate_namespace=own, warn=warn
            )
        if isinstance(tree, ast.Interactive):
            return compiler.compile_interactive(
                tree, filename, source=text, observed=seen, separate_namespace=own, warn=warn
            )
        return compiler.compile_module(tree, filename, source=text, observed=seen, separate_namespace=own, warn=warn)

    def decode(self, source: bytes, filename: str) -> str:
        """The text of a source that a program has as bytes."""
        from minipy.syntax.source import decode_string

        return decode_string(source, filename)

    def warn(self, filename: str, message: str, span: Span) -> None:
        """Show a SyntaxWarning, and the line of a file that it is about."""
        if self.keeps_warnings:
            self.kept_warnings.append(SourceError("SyntaxError", message, filename, span, ""))
            return
        line = "" if filename.startswith("<") else self.source_line(filename, span.lineno).strip()
        shown = f"  {line}\n" if line else ""
        self.warnings += 1
        self.streams[STDERR].write(f"{filename}:{span.lineno}: SyntaxWarning: {message}\n{shown}")
        self.streams[STDERR].flush()

    def compile_file(self, path: str) -> Code:
        """The code of a file, from the cache beside it if that is up to date; an observed run's is not kept."""
        from minipy.bytecode import cache

        with open(path, "rb") as file:
            source = file.read()
        self.files.add(path)
        if self.observed:
            return self.compile_source(source, path)
        before = self.warnings
        folders = cache.folders_for(path)
        return cache.load_or_compile(source, path, folders, self.compile_source, lambda: self.warnings == before)

    def compile_source(self, source: bytes, filename: str) -> Code:
        """Compile a file's bytes."""
        from minipy.syntax.source import decode

        return self.compile(decode(source, filename), filename, "exec", False)

    def program_path(self) -> str:
        """The folder of the program."""
        return self.path or ""

    def library_path(self) -> str:
        """The folder of the .mp files in the package."""
        return LIBRARY

    def find_module(self, name: str, folders: list[str]) -> ModuleSource | None:
        """name.mp, name.py, a package name/, or, if no folder has one of these, folders of this name without a file."""
        bare: list[str] = []
        if not name.isidentifier():
            return None  # a path would lead out of the folders
        for folder in folders:
            inner = os.path.join(os.path.abspath(folder), name)
            is_folder = os.path.isdir(inner)
            for stem in (os.path.join(inner, "__init__"), inner) if is_folder else (inner,):
                for suffix in SUFFIXES:
                    if os.path.isfile(stem + suffix):
                        package = [] if stem == inner else [inner]
                        return ModuleSource(stem + suffix, self.compile_file(stem + suffix), package)
            if is_folder:
                bare.append(inner)
        return ModuleSource("", None, bare) if bare else None

    def source_line(self, filename: str, number: int) -> str:
        """A line of a compiled text or of a file."""
        if filename not in self.sources and filename not in self.files:
            return ""
        if filename not in self.sources:
            try:
                with open(filename, encoding="utf-8", errors="replace") as file:
                    self.sources[filename] = file.read().splitlines()
            except OSError:
                self.sources[filename] = []
        lines = self.sources[filename]
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def decorate(self, traceback: str) -> str:
        """In CPython 3.13's colours, if standard error is to have any."""
        from minipy.tools.colours import coloured, wants_colour

        stream = self.streams[STDERR]
        return coloured(traceback) if stream is sys.stderr and wants_colour(stream) else traceback

    def anchors(self, segment: str) -> tuple[int, int]:
        """The operator of a binary operation or the brackets of a subscript."""
        from minipy.tools.anchors import operator_range

        return operator_range(segment)

    def check_limits(self, steps: int) -> None:
        """Raise LimitReached when a limit is passed. Being host code, it also lets signal handlers run.

        `observer`, if there is one, is called here, at a safe point: it may look at the heap, not change it.
        """
        if self.observer is not None:
            self.observer()
        if self.options.max_steps and steps > self.options.max_steps:
            raise LimitReached("steps")
        if self.deadline and time.monotonic() > self.deadline:
            raise LimitReached("timeout")


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
        self.host.sources[filename] = source.splitlines()
        try:
            code = self.host.compile(source, filename, mode, False)
        except SourceError as fault:
            self._refuse(fault)
            return None
        with Interruptible(self):
            return self.session.run_interactive(code)

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
    def stdout_text(self) -> str:
        """What the program wrote, if it was kept."""
        return self._stdout.getvalue() if isinstance(self._stdout, io.StringIO) else ""

    @property
    def stderr_text(self) -> str:
        """What was written to standard error, if it was kept."""
        return self._stderr.getvalue() if isinstance(self._stderr, io.StringIO) else ""

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
            signal.signal(signal.SIGINT, self.previous)  # type: ignore[arg-type]

    def interrupt(self, number: int, frame: object) -> None:
        """Ask the loop for a visit to the breaker, which raises."""
        if self.host.waiting:
            raise KeyboardInterrupt
        w = self.heap.words
        w[W_SIGNAL] = 1
        ask_safe_point(w)
