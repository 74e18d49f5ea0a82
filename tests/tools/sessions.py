"""Sessions written down in a text, as `:help` and the tutorial show them, held against what really is answered."""

from __future__ import annotations

import contextlib
import io
import re

import minipy
from minipy.tools.repl import Repl

PROMPT, CONTINUATION, ELLIPSIS = ">>> ", "...", "..."


class Typist:
    """One session, whose output is kept."""

    def __init__(self) -> None:
        self.shown = io.StringIO()
        with contextlib.redirect_stdout(self.shown), contextlib.redirect_stderr(self.shown):
            self.repl = Repl(minipy.Interpreter(argv=[""]))

    def types(self, line: str) -> None:
        """One line."""
        with contextlib.redirect_stdout(self.shown), contextlib.redirect_stderr(self.shown):
            self.repl.feed(line)

    def answer(self) -> str:
        """What was shown since the last time."""
        text = self.shown.getvalue()
        self.shown.seek(0)
        self.shown.truncate()
        return text


def check_session(text: str) -> None:
    """Type what follows the prompts; each answer must be as written. `...` in an answer stands for anything."""
    typist = Typist()
    check_further(typist, text)
    assert typist.repl.interpreter.check() == []
    assert typist.repl.close() == []


def check_further(typist: Typist, text: str) -> None:
    """The same in a session that goes on."""
    lines = text.splitlines()
    while lines:
        assert lines[0].startswith(PROMPT), f"no prompt: {lines[0]}"
        typed = [lines.pop(0)]
        typist.types(typed[0].removeprefix(PROMPT))
        while typist.repl.waits and lines and lines[0].startswith(CONTINUATION):
            typed.append(lines.pop(0))
            typist.types(typed[-1].removeprefix(CONTINUATION).removeprefix(" "))
        written: list[str] = []
        while lines and not lines[0].startswith(PROMPT):
            written.append(lines.pop(0))
        answer = typist.answer()
        assert fits(written, answer), "\n".join([*typed, "answers", answer, "not", *written])


def fits(written: list[str], shown: str) -> bool:
    """Whether the answer is what was written, blanks at the ends of lines and empty lines at the end left out."""
    want = "\n".join(line.rstrip() for line in written).rstrip()
    have = "\n".join(line.rstrip() for line in shown.splitlines()).rstrip()
    pattern = ".*".join(re.escape(part) for part in want.split(ELLIPSIS))
    return re.fullmatch(pattern, have, re.S) is not None
