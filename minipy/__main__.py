"""The command `minipy`: where the process starts.

`minipy [run] FILE [ARGUMENTS]` goes straight to the interpreter, by the shortest way: importing click, typing or
collections, having the host look for garbage among its modules, or taking the finished process down piece by piece
would each take about as long as running a small program.
"""

from __future__ import annotations

import gc
import os
import sys

from minipy.process import COMMANDS, COMPLETE_VARIABLE, complain_of_file, guarded

MYPY = False  # true for the type checker alone
if MYPY:
    from minipy import Options


def main() -> None:
    """Run the command line in sys.argv and exit."""
    gc.disable()
    open_closed_streams()
    program = plain_program(sys.argv[1:])
    if not program:
        alone = not sys.argv[1:] and COMPLETE_VARIABLE not in os.environ
        sys.exit(guarded(start_session if alone else run_command_line))
    code = guarded(lambda: run_quickly(program))
    sys.stderr.flush()
    os._exit(code)


def open_closed_streams() -> None:
    """Where the shell closed a stream, nothing is read, and what is written is lost."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))


def plain_program(arguments: list[str]) -> list[str]:
    """The program and its arguments if that is all there is, with `run` in front or without; else nothing."""
    if arguments[:1] == ["run"]:
        arguments = arguments[1:]
    elif arguments and arguments[0] in COMMANDS:
        return []
    return arguments if arguments and not arguments[0].startswith("-") else []


def start_session() -> int:
    """`minipy` alone: the REPL; the exit code."""
    import_quickly()
    from minipy import Options
    from minipy.tools import repl

    return repl.run(Options())


def run_quickly(argv: list[str]) -> int:
    """As run_file."""
    import_quickly()
    return run_file(argv)


def import_quickly() -> None:
    """Import the machine without typing, where that is possible.

    librt asks mypy_extensions, which imports typing, for types it only needs the names of: the stand-in has them all.
    """
    memory = os.listdir(os.path.join(os.path.dirname(__file__), "memory"))
    compiled = any(name.startswith("words.") and not name.endswith(".py") for name in memory)
    if compiled and "mypy_extensions" not in sys.modules:
        stand_in = type(sys)("mypy_extensions")
        stand_in.__getattr__ = lambda name: type(name, (), {})  # type: ignore[method-assign]
        sys.modules["mypy_extensions"] = stand_in
        import minipy.interpreter  # noqa: F401

        del sys.modules["mypy_extensions"]
    collect_again()


def collect_again() -> None:
    """All is imported: the host may collect again, what there is now left out."""
    gc.freeze()
    gc.enable()


def run_file(argv: list[str], options: Options | None = None) -> int:
    """Run the program argv[0]; the exit code, CPython's 2 if there is no such file."""
    from minipy import Interpreter

    try:
        interpreter = Interpreter(argv=argv, options=options)
        code = interpreter.run_file(argv[0])
        interpreter.finish()
        return code
    except OSError as error:
        if error.filename != argv[0]:
            raise
        return complain_of_file(error, argv[0])


def run_command_line() -> int:
    """Whatever else can be typed behind `minipy`; the exit code."""
    from minipy import cli

    collect_again()
    return cli.run(sys.argv[1:])


if __name__ == "__main__":
    main()
