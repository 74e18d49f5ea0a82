"""`minipy heap`: run a program, watched, and give an account of its stack and its heap.

    collections as they happen · the stack at its deepest · the heap at the end      without --at
    collections until then · the stack and the heap before LINE first runs           --at LINE: there the program ends

`--json` gives the same as data (tools/heapreport.py), `--heapsnapshot OUT` a file for Chrome's DevTools instead.

CPython counterpart: none; tracemalloc and gc.get_objects show parts.
"""

from __future__ import annotations

import sys
from typing import Any, NamedTuple

import click

from minipy import Interpreter, LimitReached, Options
from minipy.process import EXIT_LIMITS
from minipy.tools.clioptions import Program
from minipy.tools.heapreport import AtLine, LineReached, account
from minipy.tools.heaptext import heap_text, stack_text
from minipy.tools.launch import execute, opened, report_text
from minipy.tools.watch import Collection, Watch


class Look(NamedTuple):
    """What is to be shown, and when: `line` 0 is the end."""

    line: int = 0
    as_json: bool = False
    snapshot: str | None = None


class HeapRun:
    """One watched run."""

    def __init__(self, program: Program, options: Options, look: Look) -> None:
        self.program = program
        self.look = look
        self.quiet = look.as_json or look.snapshot is not None
        self.collections: list[Collection] = []
        output = sys.stderr if look.as_json else sys.stdout
        self.interpreter = Interpreter(argv=program.argv, path=program.path, options=options, stdout=output)
        self.watch = Watch(self.interpreter, self.note)
        self.shown = False

    def note(self, collection: Collection) -> None:
        """A collection happened."""
        self.collections.append(collection)
        if not self.quiet:
            click.echo(collection.text)

    def run(self) -> int:
        """Run, show; the exit code: the program's, 1 if its line was never reached."""
        if self.look.snapshot is not None:
            opened(self.look.snapshot).close()
        if self.look.line:
            self.interpreter.observe(AtLine(self.interpreter.heap, self.program.filename, self.look.line, self.show))
        try:
            code = execute(self.interpreter, self.program)
        except LineReached:
            code = 0
        except LimitReached as limit:
            click.echo(f"minipy: {limit}", err=True)
            code = EXIT_LIMITS[limit.reason]
        if self.look.line and not self.shown:
            click.echo(f"minipy: line {self.look.line} of {self.program.filename} was never reached", err=True)
            return code or 1
        if not self.look.line:
            self.watch.report()
            self.show()
        return code

    def show(self) -> None:
        """Show the machine as it is now."""
        self.shown = True
        heap = self.interpreter.heap
        if self.look.snapshot is not None:
            from minipy.tools.snapshot import write_snapshot

            written = write_snapshot(heap, self.look.snapshot)
            click.echo(f"{self.look.snapshot}: {written.nodes:,} nodes, {written.edges:,} edges", err=True)
        elif self.look.as_json:
            collections = [collection._asdict() for collection in self.collections]
            body: dict[str, Any] = {"at": self.look.line or None, "collections": collections, **account(heap)}
            click.echo(report_text("heap", self.program.filename, body), nl=False)
        else:
            stack = stack_text(heap) if self.look.line else self.watch.deepest
            click.echo("\n".join(["", *stack, "", *heap_text(heap)]))
