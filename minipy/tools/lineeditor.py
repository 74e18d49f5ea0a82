"""The line editor of a session on a terminal: whole statements, history across starts, colours, completion.

Enter ends a statement that is whole, else it starts the next line, indented; a block ends with an empty line, a paste
is run statement by statement. Tab completes; Ctrl-C drops what is typed, or interrupts what runs; Ctrl-D leaves.

CPython counterpart: Lib/_pyrepl of 3.13, Modules/readline.c.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, is_searching
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout.processors import HighlightMatchingBracketProcessor
from prompt_toolkit.output import ColorDepth

from minipy.syntax.parser import is_incomplete
from minipy.tools.blocks import statements_of
from minipy.tools.colours import wants_colour

if TYPE_CHECKING:
    from prompt_toolkit.lexers import Lexer

    from minipy.tools.repl import Repl

CONTINUATION = "... "
INDENT = "    "


def new_session(repl: Repl) -> PromptSession[str]:
    """The line editor."""
    colour = wants_colour(sys.stdout)
    return PromptSession(
        history=history(),
        lexer=session_lexer() if colour else None,
        color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
        completer=SessionCompleter(repl),
        complete_while_typing=False,
        multiline=True,
        prompt_continuation=CONTINUATION,
        key_bindings=keys(),
        input_processors=[HighlightMatchingBracketProcessor()],
    )


# ---------------------------------------------------------------- history
def history() -> History:
    """What was typed in earlier sessions, where the user's folder for such can be written."""
    path = history_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))


def history_path() -> Path:
    """In the user's folder for state: $XDG_STATE_HOME, else ~/.local/state."""
    state = os.environ.get("XDG_STATE_HOME") or os.path.join(os.path.expanduser("~"), ".local", "state")
    return Path(state, "minipy", "history")


# ---------------------------------------------------------------- keys
def keys() -> KeyBindings:
    """Enter and Tab."""
    bindings = KeyBindings()

    @bindings.add("enter", filter=~is_searching)
    def enter(event: KeyPressEvent) -> None:
        """Run, or go on in a new line."""
        buffer = event.current_buffer
        if buffer.complete_state is not None and buffer.complete_state.current_completion is not None:
            buffer.complete_state = None
        elif is_whole(buffer.document):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n" + indentation(buffer.document.current_line_before_cursor))

    @bindings.add("tab", filter=Condition(lambda: at_indentation()))
    def tab(event: KeyPressEvent) -> None:
        """Indent."""
        event.current_buffer.insert_text(INDENT)

    return bindings


def at_indentation() -> bool:
    """Whether only blanks stand before the cursor, in a line that is not the first."""
    from prompt_toolkit.application import get_app

    document = get_app().current_buffer.document
    return document.current_line_before_cursor.strip() == "" and document.cursor_position_row > 0


def is_whole(document: Document) -> bool:
    """Whether Enter, with the cursor there, ends the statement: behind its last line, and nothing is open."""
    text = document.text
    if text.startswith(":") or not text.strip():
        return True
    if document.text_after_cursor.strip():
        return False
    text = text.rstrip(" ")
    *before, last = statements_of(text + "\n")
    return not is_incomplete(last.removesuffix("\n") if before else text)


def indentation(line: str) -> str:
    """What the line behind this one most likely begins with."""
    blanks = line[: len(line) - len(line.lstrip())]
    return blanks + INDENT if line.rstrip().endswith(":") else blanks


# ---------------------------------------------------------------- colours, completion, questions
def session_lexer() -> Lexer:
    """Python, and commands."""
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.lexers import Lexer, PygmentsLexer
    from pygments.lexers.python import PythonLexer

    python = PygmentsLexer(PythonLexer)

    class SessionLexer(Lexer):
        """A line that begins with a colon is a command."""

        def lex_document(self, document: Document):  # type: ignore[no-untyped-def]
            if not document.text.startswith(":"):
                return python.lex_document(document)
            name, blank, rest = document.text.partition(" ")
            spans: StyleAndTextTuples = [("ansiblue bold", name), ("", blank + rest)]
            return lambda number: spans

    return SessionLexer()


class SessionCompleter(Completer):
    """Asks tools/complete.py."""

    def __init__(self, repl: Repl) -> None:
        self.repl = repl

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """The words that the one before the cursor may become."""
        from minipy.tools.commands_run import option_names
        from minipy.tools.complete import completions

        line = document.current_line_before_cursor
        begun, words = completions(self.repl.heap, line, option_names(self.repl))
        for word in words:
            yield Completion(word, start_position=-len(begun))
