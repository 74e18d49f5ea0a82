"""`minipy explain`: a program with the memory manager's account of each line between its own output.

       1  x = 10
    x points to 10
       2  y = x
    y points to the same object

CPython counterpart: none; see tools/narrate.py.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from minipy import Interpreter, LimitReached, Options
from minipy.process import EXIT_LIMITS
from minipy.tools.clioptions import Program
from minipy.tools.launch import execute, report_text
from minipy.tools.narrate import Narrator


class Explainer(Narrator):
    """Tells of the program's own text, not of what it imports; as lines, or with `as_json` as data."""

    def __init__(self, interpreter: Interpreter, program: Program, as_json: bool) -> None:
        super().__init__(interpreter.heap, self.keep if as_json else click.echo, None if as_json else self.source_line)
        self.host = interpreter.host
        self.program = program
        self.lines: list[dict[str, Any]] = []

    def source_line(self, number: int) -> str:
        """A line of the program."""
        if self.program.text is None:
            return self.host.source_line(self.program.filename, number)
        return self.program.text.split("\n")[number - 1]

    def line(self, number: int) -> None:
        """A line starts; what the one before did is told first."""
        self.host.observed = False  # what is compiled from now on is no text of the program
        super().line(number)
        self.lines.append({"line": number, "source": self.source_line(number), "told": []})

    def keep(self, sentence: str) -> None:
        """Something happened in the last line."""
        self.lines[-1]["told"].append(sentence)


def explain(program: Program, options: Options, as_json: bool) -> int:
    """Run the program, narrated; its exit code."""
    output = sys.stderr if as_json else sys.stdout
    interpreter = Interpreter(argv=program.argv, path=program.path, options=options, stdout=output)
    explainer = Explainer(interpreter, program, as_json)
    interpreter.observe(explainer)
    explainer.begin()
    try:
        code = execute(interpreter, program)
        explainer.finish()
    except LimitReached as limit:
        click.echo(f"minipy: {limit}", err=True)
        code = EXIT_LIMITS[limit.reason]
    interpreter.observe(None)
    if as_json:
        click.echo(report_text("explain", program.filename, {"lines": explainer.lines}), nl=False)
    return code
