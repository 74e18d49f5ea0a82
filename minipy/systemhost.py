"""The world a program runs in: the host's files, streams and clock, the compiler, the limits.

CPython counterpart: Python/pylifecycle.c (init_sys_streams), Modules/_io; the limits have none.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import TextIO

from minipy.bytecode.code import Code
from minipy.errors import SourceError, Span
from minipy.memory.options import Options
from minipy.vm.host import STDERR, STDOUT, Host, ModuleSource

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
        self.stamp = ""
        """What compiles here (bytecode/cache.py), once it was asked for."""
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
        from minipy.syntax import parser

        def warn(message: str, span: Span) -> None:
            """Say it of this file."""
            self.warn(filename, message, span)

        tree = parser.parse(text, filename, "single" if mode == "single" else "eval" if mode == "eval" else "exec")
        known = filename in self.files or filename in self.sources  # whose lines an error may show
        seen = self.observed
        options = compiler.Options(filename, text if known else "", seen, own_namespace, warn, self.levels)
        return compiler.compile_tree(tree, options)

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
        self.stamp = self.stamp or cache.compiler_stamp()
        return cache.load_or_compile(
            source, path, folders, self.compile_source, lambda: self.warnings == before, self.stamp
        )

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

    def cpython_has(self, name: str) -> bool:
        """Has the library of the CPython that runs minipy this module? Of a package's modules those that are files."""
        parts = name.split(".")
        if parts[0] not in sys.stdlib_module_names:
            return False
        path = os.path.join(os.path.dirname(os.__file__), *parts)
        return len(parts) == 1 or os.path.isfile(path + ".py") or os.path.isdir(path)

    def source_line(self, filename: str, number: int) -> str:
        """A line of a compiled text or of a file."""
        if filename not in self.sources and filename not in self.files:
            return ""
        if filename not in self.sources:
            try:
                with open(filename, encoding="utf-8", errors="replace") as file:
                    self.sources[filename] = file.read().split("\n")
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
        """Raise LimitReached when a limit is passed. It also lets signal handlers run.

        The host looks for signals only where it runs bytecode, and this module is C: so a function that is bytecode is
        called. `observer`, if there is one, is called here, at a safe point: it may look at the heap, not change it.
        """
        os.path.normcase("")
        if self.observer is not None:
            self.observer()
        if self.options.max_steps and steps > self.options.max_steps:
            raise LimitReached("steps")
        if self.deadline and time.monotonic() > self.deadline:
            raise LimitReached("timeout")
