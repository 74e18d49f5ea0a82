"""The command line behind `minipy`: options in, one call of the part that does the work, exit code out.

`minipy FILE` means `minipy run FILE`, `minipy` alone the REPL. FILE may be `-` for standard input; `-c TEXT` stands
for a file with that text.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import Any, Final

import click

from minipy import COMPILED, Interpreter, Options, __version__
from minipy.__main__ import COMMANDS, run_file
from minipy.errors import SourceError

GROUP_OPTIONS = ("--help", "-h", "--version", "-V")
SUFFIXES = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
NAMES = {"-c": "<string>", "-": "<stdin>"}
"""What tracebacks call a source that is not a file, by argv[0]."""
ARGUMENTS_LAST = {"allow_interspersed_args": False}
"""Everything behind FILE belongs to the program."""


def run(arguments: list[str]) -> int:
    """Carry out a command line (without the program's name); the exit code."""
    if not arguments:
        arguments = ["repl"]
    elif arguments[0] not in COMMANDS + GROUP_OPTIONS:
        arguments = ["run", *arguments]
    try:
        code = main.main(arguments, prog_name="minipy", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    except SourceError as error:
        sys.stderr.write(error.format())
        return 1


def show_version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    """Print what runs here: version, compiled or not, the host's Python."""
    if not wanted:
        return
    host = ".".join(map(str, sys.version_info[:3]))
    click.echo(f"minipy {__version__}, compiled: {'yes' if COMPILED else 'no'}, on {sys.implementation.name} {host}")
    context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-V", "--version", is_flag=True, is_eager=True, expose_value=False, callback=show_version,
              help="Show version, whether minipy is compiled, and the host's Python.")  # fmt: skip
def main() -> None:
    """A Python interpreter that is also a glass machine.

    `minipy FILE` runs a program, `minipy` alone starts the REPL.
    """


class Bytes(click.ParamType[int]):
    """A size such as 4096, 64k, 512M, 2G."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number of bytes."""
        text = str(value).lower().removesuffix("b")
        factor = SUFFIXES.get(text[-1:], 1)
        number = text[:-1] if factor > 1 else text
        if not number.isdigit():
            self.fail(f"{value!r} is not a size such as 4096, 64k, 512M or 2G", param, ctx)
        return int(number) * factor


class Switch(click.ParamType[tuple[str, int]]):
    """NAME or NAME=NUMBER of an attribute of Options."""

    name = "name[=number]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """The attribute's name and its value."""
        name, _, text = str(value).replace("-", "_").partition("=")
        known = switches_of(Options())
        if name not in known:
            self.fail(f"{name!r} is none of {', '.join(known)}", param, ctx)
        if not text and isinstance(known[name], bool):
            return name, True
        if not text.isdigit():
            self.fail(f"{name} needs a number, as {name}=1", param, ctx)
        return name, bool(int(text)) if isinstance(known[name], bool) else int(text)


def switches_of(options: Options) -> dict[str, int]:
    """The options that are a number or on and off."""
    values = {name: getattr(options, name) for name in dir(options) if not name.startswith("_")}
    return {name: value for name, value in values.items() if isinstance(value, int)}


def thresholds(context: click.Context, parameter: click.Parameter, text: str | None) -> tuple[int, ...] | None:
    """Up to three numbers, as gc.set_threshold takes them; the others keep CPython's 10."""
    if text is None:
        return None
    numbers = text.split(",")
    if len(numbers) > 3 or not all(number.isdigit() for number in numbers):
        raise click.BadParameter("one to three numbers, as 700,10,10", context, parameter)
    return (*map(int, numbers), 10, 10)[:3]


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

PROGRAM: Final[tuple[Decorator, ...]] = (
    click.option("-c", "text", metavar="TEXT", help="TEXT instead of a file."),
    click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[FILE] [ARGUMENTS]..."),
)
LIMITS: Final[tuple[Decorator, ...]] = (
    click.option("--heap-limit", type=Bytes(), help="Bytes the heap may grow to; MemoryError beyond."),
    click.option("--max-steps", type=int, metavar="N", help="Stop after about N calls and loop turns."),
    click.option("--max-output", type=int, metavar="N", help="Stop after N characters of output."),
    click.option("--timeout", type=float, metavar="SECONDS", help="Stop after so much time."),
    click.option("--gc-threshold", callback=thresholds, metavar="N[,N,N]", help="As gc.set_threshold: 700,10,10."),
    click.option("--no-gc", is_flag=True, help="No automatic collections."),
    click.option("-X", "switches", type=Switch(), multiple=True, help="Any of minipy.Options, e.g. -X poison."),
)


def decorated(*decorators: Decorator) -> Decorator:
    """All of them as one, the first outermost."""
    return lambda function: reduce(lambda inner, decorator: decorator(inner), reversed(decorators), function)


def options_of(given: dict[str, Any]) -> Options:
    """The interpreter's options for what was given on the command line."""
    options = Options()
    for name in ("heap_limit", "max_steps", "max_output", "timeout"):
        if given[name] is not None:
            setattr(options, name, given[name])
    if given["gc_threshold"] is not None:
        options.gc_thresholds = given["gc_threshold"]
    if given["no_gc"]:
        options.gc_enabled = False
    for name, value in given["switches"]:
        setattr(options, name, value)
    return options


def program_of(text: str | None, arguments: tuple[str, ...]) -> tuple[list[str], str | None]:
    """sys.argv, and the source unless it is the file argv[0]."""
    if text is not None:
        return ["-c", *arguments], text
    if not arguments:
        raise click.UsageError("Missing argument 'FILE'.")
    return list(arguments), sys.stdin.read() if arguments[0] == "-" else None


def read(path: str) -> bytes:
    """A file's bytes."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise click.FileError(path, error.strerror) from error


@contextmanager
def running(argv: list[str], options: Options) -> Iterator[Interpreter]:
    """An interpreter that is closed at the end."""
    interpreter = Interpreter(argv=argv, options=options)
    try:
        yield interpreter
    finally:
        interpreter.close()


def execute(interpreter: Interpreter, argv: list[str], source: str | None) -> int:
    """Run the source, or without one the file argv[0]; the exit code."""
    if source is None:
        return interpreter.run_file(argv[0])
    return interpreter.run_source(source, NAMES[argv[0]])


@main.command("run", context_settings=ARGUMENTS_LAST)
@decorated(*PROGRAM, *LIMITS)
@click.option("--stats", is_flag=True, help="Say on stderr what the run took.")
def run_command(text: str | None, arguments: tuple[str, ...], stats: bool, **given: Any) -> int:
    """Run a program."""
    argv, source = program_of(text, arguments)
    options = options_of(given)
    if not stats and source is None:
        return run_file(argv, options)
    start = time.perf_counter()
    with running(argv, options) as interpreter:
        code = execute(interpreter, argv, source)
        if stats:
            from minipy.tools.heaptext import stats_text

            click.echo("\n".join(stats_text(interpreter.heap, time.perf_counter() - start)), err=True)
    return code


@main.command("heap", context_settings=ARGUMENTS_LAST)
@decorated(*PROGRAM, *LIMITS)
def heap_command(text: str | None, arguments: tuple[str, ...], **given: Any) -> int:
    """Run a program and show its collections, its stack at the deepest, and its heap at the end."""
    from minipy.tools.heaptext import heap_text
    from minipy.tools.watch import Watch

    argv, source = program_of(text, arguments)
    with running(argv, options_of(given)) as interpreter:
        watch = Watch(interpreter, click.echo)
        code = execute(interpreter, argv, source)
        watch.report()
        click.echo("\n".join(["", *watch.deepest, "", *heap_text(interpreter.heap)]))
    return code


@main.command("repl")
@decorated(*LIMITS)
def repl_command(**given: Any) -> int:
    """Statements line by line, and commands that look into the machine."""
    from minipy.tools import repl

    return repl.run(options_of(given))


@main.command("bench", add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench_command(arguments: tuple[str, ...]) -> int:
    """Compare with the host's CPython (minipy bench --help)."""
    from minipy.tools import bench

    return bench.main(arguments)


def listing_command(name: str, sentence: str) -> None:
    """Add a command that prints what tools/listings.py's function `name` makes of a source."""

    def command(text: str | None, arguments: tuple[str, ...], **given: Any) -> None:
        from minipy.tools import listings

        argv, source = program_of(text, arguments)
        filename = argv[0] if source is None else NAMES[argv[0]]
        click.echo(getattr(listings, name)(read(filename) if source is None else source, filename, **given), nl=False)

    options = [click.option("--stack", is_flag=True, help="With stack pictures.")] if name == "dis" else []
    main.command(name, help=sentence, context_settings=ARGUMENTS_LAST)(decorated(*PROGRAM, *options)(command))


listing_command("ast", "Show a program's syntax tree.")
listing_command("dis", "Show a program's bytecode.")
listing_command("symbols", "Show where each name of a program lives.")
listing_command("tokens", "Show a program's tokens.")
