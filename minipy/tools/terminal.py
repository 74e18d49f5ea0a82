"""The REPL on a terminal: greets, shows the prompt, and only then loads the line editor (tools/lineeditor.py).

Loading it takes longer than all the rest. What is typed meanwhile waits: the terminal neither shows it nor acts on it,
so the editor reads it as if it had been there from the start.

CPython counterpart: Lib/_pyrepl/main.py of 3.13.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from minipy import COMPILED
from minipy.version import __version__

MYPY = False  # true for the type checker alone
if MYPY:
    from prompt_toolkit import PromptSession

    from minipy.tools.repl import Repl

PROMPT = ">>> "


def converse(repl: Repl) -> None:
    """Read and execute until the user leaves by :quit, exit or Ctrl-D."""
    built = "" if COMPILED else ", uncompiled"
    repl.go_on = ask_to_go_on
    with keys_waiting():
        print(f"minipy {__version__}{built}: Python with its memory in view. Try :help.\n{PROMPT}", end="", flush=True)
        from minipy.tools.lineeditor import new_session

        session = new_session(repl)
        print("\r", end="", flush=True)
        text = read(session)
    while text is not None:
        try:
            repl.feed_text(text)
            text = read(session) if repl.exit_code is None else None
        except KeyboardInterrupt:  # also one that came between the two
            print("KeyboardInterrupt", file=sys.stderr)
            text = ""


def read(session: PromptSession[str]) -> str | None:
    """What is typed next; "" if Ctrl-C dropped it, None at Ctrl-D."""
    try:
        return session.prompt(PROMPT)
    except KeyboardInterrupt:
        print("KeyboardInterrupt", file=sys.stderr)
        return ""
    except EOFError:
        return None


@contextmanager
def keys_waiting() -> Iterator[None]:
    """Meanwhile keys wait as they were typed, Enter, Ctrl-C and Ctrl-D among them, until somebody reads them."""
    try:
        import termios
    except ImportError:  # no such terminal
        yield
        return
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    waiting = termios.tcgetattr(keyboard)
    waiting[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
    waiting[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    termios.tcsetattr(keyboard, termios.TCSANOW, waiting)
    try:
        yield
    finally:
        termios.tcsetattr(keyboard, termios.TCSANOW, before)


def ask_to_go_on() -> bool:
    """Between two instructions of :step: Enter for the next, anything else to run the rest."""
    try:
        return input("  [Enter: the next instruction; g: go on without stops] ").strip() == ""
    except (EOFError, KeyboardInterrupt):
        return False
