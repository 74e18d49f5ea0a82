"""The REPL on a terminal: prompts, history, colours, indentation that goes on by itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.python import PythonLexer

from minipy import COMPILED
from minipy.version import __version__

if TYPE_CHECKING:
    from minipy.tools.repl import Repl

PROMPT = ">>> "
CONTINUATION = "... "
INDENT = "    "


def converse(repl: Repl) -> None:
    """Read and execute until the user leaves by :quit, exit() or Ctrl-D."""
    built = "" if COMPILED else ", uncompiled"
    print(f"minipy {__version__}{built}: Python with a view into its memory. :help says what can be looked at.")
    session: PromptSession[str] = PromptSession(history=history(), lexer=PygmentsLexer(PythonLexer))
    while True:
        prompt = CONTINUATION if repl.waits else PROMPT
        try:
            if not repl.feed(session.prompt(prompt, default=indentation(repl.lines))):
                return
        except KeyboardInterrupt:
            print("KeyboardInterrupt", file=sys.stderr)
            repl.forget()
        except EOFError:
            return


def history() -> History:
    """Lines of earlier sessions, where the home folder can be written."""
    path = Path.home() / ".minipy_history"
    try:
        path.touch()
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))


def indentation(lines: list[str]) -> str:
    """What the next line of a block most likely begins with."""
    if not lines:
        return ""
    last = lines[-1]
    blanks = last[: len(last) - len(last.lstrip())]
    return blanks + INDENT if last.rstrip().endswith(":") else blanks
