"""Running a program as the command line says, and what is written about the run when it is over.

    the program runs (--trace-events) -> -i: the REPL -> finalizers -> --stats on standard error
                                                                    -> --stats-json, --verdict-json

CPython counterpart: Modules/main.c.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any, NamedTuple, TextIO

import click

from minipy import Interpreter, LimitReached, Options, __version__
from minipy.memory.layout import W_BREAKER_RELOAD, W_EVAL_BREAKER, W_STEPS
from minipy.process import EXIT_CLOSED_PIPE, EXIT_INTERNAL_ERROR, EXIT_INTERRUPTED, complain_of_file
from minipy.tools.clioptions import Program
from minipy.tools.postmortem import PostMortem
from minipy.tools.statistics import Pauses, statistics, statistics_text
from minipy.tools.traceevents import Tracer
from minipy.tools.verdict import Verdict, verdict_of, verdict_of_limit
from minipy.tools.watchdog import can_watch, run_watched
from minipy.tools.watchers import Watchers


class Wishes(NamedTuple):
    """What is wanted besides the run."""

    interactive: bool = False
    stats: bool = False
    stats_json: str | None = None
    verdict_json: str | None = None
    trace_events: str | None = None
    trace_clock: str = "wall"


class Run:
    """One run of a program and the files about it."""

    def __init__(self, program: Program, options: Options, limited: bool, wishes: Wishes) -> None:
        """`limited`: a limit was set on the heap."""
        self.program = program
        self.options = options
        self.limited = limited
        self.wishes = wishes
        self.interpreter: Interpreter | None = None
        self.pauses = Pauses()
        self.began = time.perf_counter()
        self.counting = wishes.stats or wishes.stats_json is not None

    def run(self) -> int:
        """Run, under a time limit in a process of its own; the exit code."""
        if not self.options.timeout or self.wishes.interactive or not can_watch():
            return self.run_here()
        code = run_watched(self.run_here, self.options.timeout)
        if code is not None:
            return code
        limit = LimitReached("timeout")
        print(f"minipy: {limit}", file=sys.stderr)
        self.counting = False  # the figures went with the process
        verdict = verdict_of_limit(limit)
        self.write(verdict)
        return verdict.exit_code

    def run_here(self) -> int:
        """Run, write what is wanted; the exit code."""
        verdict = Verdict("internal_error", EXIT_INTERNAL_ERROR)
        try:
            verdict = self.verdict()
        except BrokenPipeError:
            verdict = Verdict("closed_pipe", EXIT_CLOSED_PIPE)
            raise
        finally:
            self.write(verdict)
        return verdict.exit_code

    def verdict(self) -> Verdict:
        """Run the program to its end, or to where something ends it."""
        name = self.program.argv[0]
        try:
            return self.to_the_end()
        except LimitReached as limit:
            sys.stdout.flush()
            print(f"minipy: {limit}", file=sys.stderr)
            return verdict_of_limit(limit)
        except KeyboardInterrupt:
            return Verdict("interrupted", EXIT_INTERRUPTED)
        except OSError as error:
            if error.filename != name:
                raise
            return Verdict("no_file", complain_of_file(error, name))

    def to_the_end(self) -> Verdict:
        """The program, the session after it, the finalizers."""
        self.options.count_allocations |= self.counting
        interpreter = Interpreter(argv=self.program.argv, path=self.program.path, options=self.options)
        self.interpreter = interpreter
        if self.wishes.trace_events is None:
            return self.watched(interpreter, None)
        with opened(self.wishes.trace_events) as out:
            tracer = Tracer(interpreter.heap, out, self.program.filename, self.wishes.trace_clock == "steps")
            try:
                return self.watched(interpreter, tracer)
            finally:
                interpreter.observe(None)
                tracer.close()

    def watched(self, interpreter: Interpreter, tracer: Tracer | None) -> Verdict:
        """As to_the_end, while the tracer and the statistics listen as far as they are wanted."""
        watchers = Watchers(interpreter)
        if self.counting:
            watchers.add(self.pauses, observed=True)
        if tracer is not None:
            watchers.add(tracer, observed=True)
        post_mortem = PostMortem(interpreter.heap)
        if self.wishes.interactive:
            watchers.add(post_mortem, observed=False)
        code = execute(interpreter, self.program)
        verdict = verdict_of(interpreter, code, self.limited)
        if self.wishes.interactive:
            from minipy.tools import repl

            return verdict._replace(exit_code=repl.session(interpreter, post_mortem))
        interpreter.finish()
        return verdict

    def write(self, verdict: Verdict) -> None:
        """What is wanted about the run."""
        if self.counting and self.interpreter is not None:
            figures = statistics(self.interpreter.heap, self.pauses)
            if self.wishes.stats:
                sys.stdout.flush()
                print(statistics_text(figures), end="", file=sys.stderr)
            if self.wishes.stats_json is not None:
                write_report(self.wishes.stats_json, "stats", self.program.filename, figures)
        if self.wishes.verdict_json is not None:
            write_report(self.wishes.verdict_json, "verdict", self.program.filename, self.ending(verdict))

    def ending(self, verdict: Verdict) -> dict[str, Any]:
        """The verdict, and how far the program had come."""
        steps = written = 0
        if self.interpreter is not None:
            w = self.interpreter.heap.words
            steps = int(w[W_STEPS] + w[W_BREAKER_RELOAD] - w[W_EVAL_BREAKER])
            written = self.interpreter.host.written
        seconds = time.perf_counter() - self.began
        return {**verdict._asdict(), "steps": steps, "output_characters": written, "seconds": seconds}


def execute(interpreter: Interpreter, program: Program) -> int:
    """Run the program's text or file; the exit code."""
    if program.text is None:
        return interpreter.run_file(program.argv[0])
    return interpreter.run_source(program.text, program.filename)


def report_text(kind: str, filename: str, body: dict[str, Any]) -> str:
    """A report as JSON: what it is, about which source, and its body. A tree, which may be deep, is not indented."""
    whole = {"report": kind, "minipy": __version__, "file": filename, **body}
    return json.dumps(whole, indent=None if kind == "ast" else 2) + "\n"


def write_report(path: str, kind: str, filename: str, body: dict[str, Any]) -> None:
    """Write a report to a file; "-" is standard output."""
    text = report_text(kind, filename, body)
    if path == "-":
        sys.stdout.write(text)
        return
    with opened(path) as file:
        file.write(text)


def opened(path: str) -> TextIO:
    """A file to be written."""
    try:
        return open(path, "w", encoding="utf-8")
    except OSError as error:
        raise click.FileError(path, error.strerror) from error
