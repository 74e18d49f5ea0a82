"""The command `minipy`: where the process starts, and what the user sees when something ends it early.

`minipy [run] FILE [ARGUMENTS]` goes straight to the interpreter. Importing click takes longer than running a small
program, so only the other forms of the command import minipy/cli.py.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from minipy import Interpreter, LimitReached, Options

COMMANDS = ("run", "ast", "bench", "dis", "heap", "repl", "symbols", "tokens")
EXIT_NO_FILE = 2
EXIT_INTERNAL_ERROR = 70
EXIT_LIMIT = 124
EXIT_INTERRUPTED = 130
EXIT_CLOSED_PIPE = 141


def main() -> None:
    """Run the command line in sys.argv and exit."""
    program = plain_program(sys.argv[1:])
    if not program:
        sys.exit(guarded(run_command_line))
    code = guarded(lambda: run_file(program))
    sys.stderr.flush()
    os._exit(code)  # the system takes all back at once; the host's own way down takes longer than a small program


def plain_program(arguments: list[str]) -> list[str]:
    """The program and its arguments if that is all there is, with `run` in front or without; else nothing."""
    if arguments[:1] == ["run"]:
        arguments = arguments[1:]
    elif arguments and arguments[0] in COMMANDS:
        return []
    return arguments if arguments and not arguments[0].startswith("-") else []


def run_file(argv: list[str], options: Options | None = None) -> int:
    """Run the program argv[0]; the exit code, CPython's 2 if there is no such file."""
    try:
        return Interpreter(argv=argv, options=options).run_file(argv[0])
    except OSError as error:
        if error.filename != argv[0]:
            raise
        path = os.path.join(os.getcwd(), argv[0])
        print(f"minipy: can't open file {path!r}: [Errno {error.errno}] {error.strerror}", file=sys.stderr)
        return EXIT_NO_FILE


def run_command_line() -> int:
    """Whatever else can be typed behind `minipy`; the exit code."""
    from minipy import cli

    return cli.run(sys.argv[1:])


def guarded(action: Callable[[], int]) -> int:
    """The action's exit code; no host traceback reaches the user, unless MINIPY_DEBUG is set."""
    try:
        code = action()
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the host complains when it flushes
        return EXIT_CLOSED_PIPE
    except LimitReached as limit:
        print(f"minipy: {limit}", file=sys.stderr)
        return EXIT_LIMIT
    except Exception as error:
        if os.environ.get("MINIPY_DEBUG"):
            raise
        print(f"minipy: internal error: {type(error).__name__}: {error}", file=sys.stderr)
        print("minipy: this is a fault of minipy, not of the program; please report it", file=sys.stderr)
        return EXIT_INTERNAL_ERROR


if __name__ == "__main__":
    main()
