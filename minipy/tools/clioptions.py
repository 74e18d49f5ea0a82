"""What can be said of a program on the command line: which one, under which limits; and what becomes of it.

    minipy run [LIMITS] (FILE | - | -c TEXT | -m NAME) [ARGUMENTS]...      no FILE: standard input, if it is no terminal

CPython counterpart: Python/initconfig.c (config_parse_cmdline), Lib/runpy.py.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from difflib import get_close_matches
from functools import reduce
from typing import IO, Any, Final, NamedTuple

import click
from click.shell_completion import CompletionItem

from minipy import Options
from minipy.tools.values import natural

SUFFIXES = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
ENDINGS = (".mp", ".py")
MOST_SECONDS = 1e8
MOST_BYTES = 1 << 50
LIMIT_NAMES = ("heap_limit", "max_steps", "max_output", "timeout")
ARGUMENTS_LAST = {"allow_interspersed_args": False}
"""Everything behind FILE belongs to the program."""

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


# ---------------------------------------------------------------- kinds of values
class Bytes(click.ParamType[int]):
    """A size such as 4096, 64k, 512M, 2G."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number of bytes."""
        text = str(value).lower().removesuffix("b")
        factor = SUFFIXES.get(text[-1:], 1)
        number = text[:-1] if factor > 1 else text
        count = natural(number)
        if count is None or count * factor > MOST_BYTES:
            self.fail(f"{value!r} is not a size such as 4096, 64k, 512M or 2G", param, ctx)
        return count * factor


class Seconds(click.ParamType[float]):
    """A time, longer than nothing."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number."""
        try:
            number = float(value)
        except ValueError:
            number = 0.0
        if not 0 < number <= MOST_SECONDS:
            self.fail(f"{value!r} is not a time in seconds such as 2 or 0.5", param, ctx)
        return number


class Switch(click.ParamType[tuple[str, int]]):
    """NAME or NAME=NUMBER of an attribute of Options."""

    name = "name[=number]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """The attribute's name and its value."""
        name, _, text = str(value).replace("-", "_").partition("=")
        known = switches_of(Options())
        if name not in known:
            close = get_close_matches(name, known, 1)
            known_names = f"Did you mean {close[0]!r}?" if close else f"There are {', '.join(known)}."
            self.fail(f"there is no switch {name!r}. {known_names}", param, ctx)
        if not text and isinstance(known[name], bool):
            return name, True
        number = natural(text)
        if number is None:
            self.fail(f"{name} needs a number, as {name}=1", param, ctx)
        return name, bool(number) if isinstance(known[name], bool) else number

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin so."""
        return [CompletionItem(name) for name in switches_of(Options()) if name.startswith(incomplete)]


class FileName(click.ParamType[str]):
    """A file's name, taken as it is; the shell completes it."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name."""
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Leave it to the shell."""
        return [CompletionItem(incomplete, type="file")]


def switches_of(options: Options) -> dict[str, int]:
    """The options that are a number or on and off."""
    values = {name: getattr(options, name) for name in dir(options) if not name.startswith("_")}
    return {name: value for name, value in values.items() if isinstance(value, int)}


def thresholds(context: click.Context, parameter: click.Parameter, text: str | None) -> tuple[int, ...] | None:
    """Up to three numbers, as gc.set_threshold takes them; the others keep CPython's 10."""
    if text is None:
        return None
    numbers = [number for part in text.split(",") if (number := natural(part)) is not None]
    if not len(text.split(",")) == len(numbers) <= 3:
        raise click.BadParameter("one to three numbers, as 700,10,10", context, parameter)
    return (*numbers, 10, 10)[:3]


# ---------------------------------------------------------------- groups of options
SOURCE: Final[tuple[Decorator, ...]] = (
    click.option("-c", "text", metavar="TEXT", help="TEXT instead of a file."),
    click.argument("arguments", nargs=-1, type=FileName(), metavar="[FILE] [ARGUMENTS]..."),
)
MODULE: Final[Decorator] = click.option("-m", "module", metavar="NAME", help="A module instead of a file.")
LIMITS: Final[tuple[Decorator, ...]] = (
    click.option("--heap-limit", type=Bytes(), help="Bytes the heap may grow to; MemoryError beyond."),
    click.option("--max-steps", type=click.IntRange(1), metavar="N", help="Stop after N calls and turns of loops."),
    click.option("--max-output", type=click.IntRange(1), metavar="N", help="Stop after N characters of output."),
    click.option("--timeout", type=Seconds(), metavar="SECONDS", help="Stop after so much time."),
    click.option("--gc-threshold", callback=thresholds, metavar="N[,N,N]", help="As gc.set_threshold: 700,10,10."),
    click.option("--no-gc", is_flag=True, help="No automatic collections."),
    click.option("-X", "switches", type=Switch(), multiple=True, help="Any of minipy.Options, e.g. -X poison."),
)
JSON: Final[Decorator] = click.option("--json", "as_json", is_flag=True, help="As JSON: see minipy/tools/JSON.md.")


def decorated(*decorators: Decorator) -> Decorator:
    """All of them as one, the first outermost."""
    return lambda function: reduce(lambda inner, decorator: decorator(inner), reversed(decorators), function)


class ProgramCommand(click.Command):
    """A command behind whose `-c TEXT` or `-m NAME`, too, everything belongs to the program."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, with `--` set behind TEXT or NAME."""
        takes_value = {o for p in self.params if isinstance(p, click.Option) and not p.is_flag for o in p.opts}
        i = 0
        while i < len(args) and args[i].startswith("-") and args[i] not in ("-", "--"):
            if args[i] in ("-c", "-m"):
                args = [*args[: i + 2], *(["--"] if args[i + 1 :] else []), *args[i + 2 :]]
                break
            i += 2 if args[i] in takes_value else 1
        return super().parse_args(ctx, args)


def options_of(given: dict[str, Any]) -> Options:
    """The interpreter's options for what was given on the command line; the limits' names are taken out of `given`."""
    options = Options()
    for name in LIMIT_NAMES:
        value = given.pop(name)
        if value is not None:
            setattr(options, name, value)
    gc_thresholds = given.pop("gc_threshold")
    if gc_thresholds is not None:
        options.gc_thresholds = gc_thresholds
    if given.pop("no_gc"):
        options.gc_enabled = False
    for name, value in given.pop("switches"):
        setattr(options, name, value)
    return options


# ---------------------------------------------------------------- which program
class NoModule(click.ClickException):
    """There is no such module; said as CPython says it."""

    def show(self, file: IO[Any] | None = None) -> None:
        """One line."""
        click.echo(f"minipy: {self.message}", err=True)


class Program(NamedTuple):
    """sys.argv, what tracebacks call it, its text unless it is the file of that name, and where imports look first
    (None: beside the file)."""

    argv: list[str]
    filename: str
    text: str | None
    path: str | None


def program_of(text: str | None, arguments: tuple[str, ...], module: str | None = None) -> Program:
    """What the command line says is to be run."""
    if text is not None and module is not None:
        raise click.UsageError("-c and -m exclude each other.")
    if text is not None:
        return Program(["-c", *arguments], "<string>", text, None)
    if module is not None:
        file = module_file(module)
        return Program([file, *arguments], file, None, os.getcwd())
    if not arguments and sys.stdin.isatty():
        raise click.UsageError("Missing argument 'FILE'.")
    if not arguments or arguments[0] == "-":
        return Program([*arguments] or [""], "<stdin>", sys.stdin.read(), None)
    return Program([*arguments], arguments[0], None, None)


def module_file(name: str) -> str:
    """The file of a module in the current folder, or of a package's `__main__`."""
    base = os.path.join(os.getcwd(), *name.split("."))
    for ending in ENDINGS:
        for path in (base + ending, os.path.join(base, "__main__" + ending)):
            if os.path.isfile(path):
                return path
    if os.path.isdir(base):
        raise NoModule(f"No module named {name}.__main__; '{name}' is a package and cannot be directly executed")
    raise NoModule(f"No module named {name}")
