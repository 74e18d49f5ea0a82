"""What every command of a process shares: the commands' names, the exit codes, and what the user sees at an early end.

It is read at each start, so it imports nothing that the host has not loaded by then.
"""

from __future__ import annotations

import os
import sys

MYPY = False  # true for the type checker alone
if MYPY:
    from collections.abc import Callable

COMMANDS = ("run", "ast", "bench", "check", "completion", "dis", "explain", "heap", "help", "repl", "symbols", "tokens")
COMPLETE_VARIABLE = "_MINIPY_COMPLETE"
"""The shell's completion sets it and calls `minipy`; see click.shell_completion."""
EXIT_FAULT = 1
EXIT_NO_FILE = 2
EXIT_INTERNAL_ERROR = 70
EXIT_LIMITS = {"heap": 121, "output": 122, "steps": 123, "timeout": 124}
"""By the reason of LimitReached; "heap" also where --heap-limit was given and its MemoryError ended the program."""
EXIT_INTERRUPTED = 130
EXIT_CLOSED_PIPE = 141


def guarded(action: Callable[[], int]) -> int:
    """The action's exit code; no host traceback reaches the user, unless MINIPY_DEBUG is set."""
    try:
        code = action()
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        lose_output()
        return EXIT_CLOSED_PIPE
    except OSError as error:
        lose_output()
        print(f"minipy: {error}", file=sys.stderr)
        return EXIT_FAULT
    except Exception as error:
        interpreter = sys.modules.get("minipy.interpreter")
        if interpreter is not None and isinstance(error, interpreter.LimitReached):
            print(f"minipy: {error}", file=sys.stderr)
            return EXIT_LIMITS[error.reason]
        if os.environ.get("MINIPY_DEBUG"):
            raise
        print(f"minipy: internal error: {type(error).__name__}: {error}", file=sys.stderr)
        print("minipy: this is a fault of minipy, not of the program; please report it", file=sys.stderr)
        return EXIT_INTERNAL_ERROR


def lose_output() -> None:
    """What could not be written is not tried again: the host would complain when it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain_of_file(error: OSError, name: str) -> int:
    """Say as CPython that a file cannot be read, and which command may have been meant; the exit code."""
    path = os.path.join(os.getcwd(), name)
    print(f"minipy: can't open file {path!r}: [Errno {error.errno}] {error.strerror}", file=sys.stderr)
    if name.isalpha():
        from difflib import get_close_matches

        for command in get_close_matches(name, COMMANDS, 1):
            print(f"Did you mean the command 'minipy {command}'?", file=sys.stderr)
    return EXIT_NO_FILE
