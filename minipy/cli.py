"""The command line behind `minipy`: options in, one call of the part that does the work, exit code out.

`minipy FILE` means `minipy run FILE`, `minipy` alone the REPL. FILE may be `-` for standard input; `-c TEXT` stands
for a file with that text. Results go to standard output, what is said about them to standard error.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, Any

import click
from click.shell_completion import CompletionItem, get_completion_class

from minipy import COMPILED, __version__
from minipy.errors import SourceError
from minipy.process import COMMANDS, COMPLETE_VARIABLE, EXIT_NO_FILE, complain_of_file
from minipy.tools.clioptions import (
    ARGUMENTS_LAST,
    JSON,
    LIMITS,
    MODULE,
    SOURCE,
    Decorator,
    FileName,
    Program,
    ProgramCommand,
    decorated,
    options_of,
    program_of,
)

GROUP_OPTIONS = ("--help", "-h", "--version", "-V")
SHELLS = ("bash", "zsh", "fish")


def run(arguments: list[str]) -> int:
    """Carry out a command line (without the program's name); the exit code."""
    if not arguments:
        arguments = ["repl"]
    elif arguments[0] not in COMMANDS + GROUP_OPTIONS:
        arguments = ["run", *arguments]
    try:
        code = main.main(arguments, prog_name="minipy", complete_var=COMPLETE_VARIABLE, standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    except ClosedPipe:
        raise BrokenPipeError from None
    except SourceError as error:
        from minipy.tools.colours import coloured, wants_colour

        sys.stderr.write(coloured(error.format()) if wants_colour(sys.stderr) else error.format())
        return 1


class ClosedPipe(Exception):
    """A BrokenPipeError on its way through click."""


class Commands(click.Group):
    """The group, whose first argument may also be a file."""

    def invoke(self, ctx: click.Context) -> Any:
        """As click does, which would make exit code 1 of a closed pipe."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ClosedPipe from None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, options, files."""
        return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]


def show_version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    """Print what runs here: version, compiled or not, the host's Python."""
    if not wanted:
        return
    host = ".".join(map(str, sys.version_info[:3]))
    click.echo(f"minipy {__version__}, compiled: {'yes' if COMPILED else 'no'}, on {sys.implementation.name} {host}")
    context.exit()


def examples(*lines: str) -> str:
    """The end of a help text: examples, line by line."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("minipy fib.mp 30", "minipy run --stats fib.mp 30", "minipy dis fib.mp", "minipy COMMAND --help"),
)
@click.option("-V", "--version", is_flag=True, is_eager=True, expose_value=False, callback=show_version,
              help="Show version, whether minipy is compiled, and the host's Python.")  # fmt: skip
def main() -> None:
    """A Python interpreter that is also a glass machine.

    `minipy FILE` runs a program, `minipy` alone starts the REPL.
    """


def command(name: str, *lines: str, **settings: Any) -> Decorator:
    """A command of the group about a program, with its examples."""
    return main.command(name, cls=ProgramCommand, context_settings=ARGUMENTS_LAST, epilog=examples(*lines), **settings)


# ---------------------------------------------------------------- running
@command("run", "minipy run fib.mp 30", "minipy run -c 'print(2 ** 100)'", "minipy run -m fib 30",
         "minipy run --timeout 2 --heap-limit 64M --verdict-json verdict.json fib.mp 30",
         "minipy run --stats --gc-threshold 100 fib.mp 30",
         "minipy run --trace-events fib.json fib.mp 10")  # fmt: skip
@decorated(*SOURCE, MODULE, *LIMITS)
@click.option("-i", "interactive", is_flag=True, help="Stay in the REPL when the program has ended.")
@click.option("--stats", is_flag=True, help="Say on stderr what the run took; counting makes it slower.")
@click.option("--stats-json", type=FileName(), metavar="OUT", help="The same as JSON, in a file.")
@click.option("--trace-events", type=FileName(), metavar="OUT",
              help="Calls, collections and the heap's size over time, for ui.perfetto.dev.")  # fmt: skip
@click.option("--trace-clock", type=click.Choice(["wall", "steps"]), default="wall",
              help="What --trace-events measures: time, or instructions.")  # fmt: skip
@click.option("--verdict-json", type=FileName(), metavar="OUT", help="Why the run ended, as JSON, in a file.")
def run_command(text: str | None, module: str | None, arguments: tuple[str, ...], **given: Any) -> int:
    """Run a program.

    It is FILE, standard input, -c TEXT or -m NAME; what follows belongs to it.

    Exit codes: the program's own; 1 for an exception nobody handled, 2 if there is no such file, 130 for Ctrl-C;
    121 for --heap-limit, 122 for --max-output, 123 for --max-steps, 124 for --timeout.
    """
    program = program_of(text, arguments, module)
    limited = given["heap_limit"] is not None
    options = options_of(given)
    from minipy.tools.launch import Run, Wishes

    return Run(program, options, limited, Wishes(**given)).run()


@command("heap", "minipy heap fib.mp 20", "minipy heap --at 3 fib.mp", "minipy heap --json fib.mp",
         "minipy heap --heapsnapshot fib.heapsnapshot fib.mp")  # fmt: skip
@decorated(*SOURCE, MODULE, *LIMITS)
@click.option("--at", type=click.IntRange(1), metavar="LINE", help="Before LINE first runs; the program ends there.")
@click.option("--at-exit", is_flag=True, help="When the program has ended: what is done without --at.")
@click.option("--heapsnapshot", type=FileName(), metavar="OUT",
              help="Write the heap for the Memory panel of Chrome's DevTools, show nothing.")  # fmt: skip
@JSON
def heap_command(
    text: str | None, module: str | None, arguments: tuple[str, ...], at: int | None, at_exit: bool,
    heapsnapshot: str | None, as_json: bool, **given: Any,
) -> int:  # fmt: skip
    """Run a program, and show its stack and heap.

    Its collections as they happen, its stack when that was deepest, its heap at the end; with --at its stack and heap
    at that moment. With --json the program's own output goes to standard error.
    """
    from minipy.tools.heapcommand import HeapRun, Look

    if at is not None and at_exit:
        raise click.UsageError("--at and --at-exit exclude each other.")
    program = program_of(text, arguments, module)
    return HeapRun(checked(program), options_of(given), Look(at or 0, as_json, heapsnapshot)).run()


@command("explain", "minipy explain fib.mp", "minipy explain -c 'x = y = [1]'")
@decorated(*SOURCE, MODULE, *LIMITS)
@JSON
def explain_command(
    text: str | None, module: str | None, arguments: tuple[str, ...], as_json: bool, **given: Any
) -> int:
    """Run a program, and tell what each line does.

    To which object a name points, which counts rise and fall, what is freed, which records come and go. With --json
    the program's own output goes to standard error.
    """
    from minipy.tools.explaincommand import explain

    return explain(checked(program_of(text, arguments, module)), options_of(given), as_json)


@main.command("repl", epilog=examples("minipy", "minipy repl --heap-limit 64M"))
@decorated(*LIMITS)
def repl_command(**given: Any) -> int:
    """Statements line by line, and :commands about them."""
    from minipy.tools import repl

    return repl.run(options_of(given))


@main.command("bench", add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench_command(arguments: tuple[str, ...]) -> int:
    """Compare with the host's CPython (minipy bench --help)."""
    from minipy.tools import bench

    return bench.main(arguments)


# ---------------------------------------------------------------- reading sources
class NoFile(click.ClickException):
    """A file that cannot be read."""

    exit_code = EXIT_NO_FILE

    def __init__(self, error: OSError, name: str) -> None:
        super().__init__(str(error))
        self.error = error
        self.name = name

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it as CPython does."""
        complain_of_file(self.error, self.name)


def read(path: str) -> bytes:
    """A file's bytes."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise NoFile(error, path) from error


def checked(program: Program) -> Program:
    """The program, whose file can be read."""
    if program.text is None:
        read(program.argv[0])
    return program


def listing_command(name: str, sentence: str) -> None:
    """Add a command that prints what tools/listings.py's, or for JSON tools/jsonlistings.py's, `name` makes of it."""

    def listing(text: str | None, arguments: tuple[str, ...], as_json: bool, **given: Any) -> None:
        """The command."""
        from minipy.syntax.depth import deep_enough
        from minipy.tools import jsonlistings, listings
        from minipy.tools.launch import report_text

        program = program_of(text, arguments)
        source = read(program.filename) if program.text is None else program.text
        try:
            with deep_enough():
                module = jsonlistings if as_json else listings
                found = getattr(module, name)(source, program.filename, **given)
                click.echo(report_text(name, program.filename, found) if as_json else found, nl=False)
        except RecursionError as error:
            raise click.ClickException("The program is nested too deeply to be shown.") from error

    options = [click.option("--stack", is_flag=True, help="With stack pictures.")] if name == "dis" else []
    lines = [f"minipy {name} fib.mp", f"minipy {name} -c 'x = 1'", f"minipy {name} --json fib.mp"]
    command(name, *lines, help=sentence)(decorated(*SOURCE, JSON, *options)(listing))


listing_command("ast", "Show a program's syntax tree.")
listing_command("dis", "Show a program's bytecode.")
listing_command("symbols", "Show where each name of a program lives.")
listing_command("tokens", "Show a program's tokens.")


@main.command("check", epilog=examples("minipy check fib.mp", "minipy check --json fib.mp"))
@click.argument("files", nargs=-1, type=FileName(), required=True, metavar="FILE...")
@JSON
def check_command(files: tuple[str, ...], as_json: bool) -> int:
    """Compile and verify programs, run nothing.

    Faults and warnings go to standard error; the exit code is 1 if there is a fault.
    """
    from minipy.tools import checking
    from minipy.tools.launch import report_text

    results = [checking.check(path) for path in files]
    if as_json:
        click.echo(report_text("check", files[0], checking.report(results)), nl=False)
    else:
        click.echo("".join(result.text for result in results), nl=False, err=True)
    return 0 if all(result.ok for result in results) else 1


@main.command("help", epilog=examples("minipy help", "minipy help run"))
@click.argument("name", type=click.Choice([*COMMANDS]), metavar="[COMMAND]", required=False)
@click.pass_context
def help_command(context: click.Context, name: str | None) -> None:
    """Show a command's options and examples."""
    outer = context.find_root()
    if name is None:
        click.echo(outer.get_help())
    else:
        main.main([name, "--help"], prog_name="minipy", standalone_mode=False)


@main.command("completion", epilog=examples("minipy completion bash"))
@click.argument("shell", type=click.Choice(SHELLS))
def completion_command(shell: str) -> None:
    """Print what makes the shell complete.

    \b
    bash:  eval "$(minipy completion bash)"               in ~/.bashrc
    zsh:   eval "$(minipy completion zsh)"                in ~/.zshrc
    fish:  minipy completion fish | source                in ~/.config/fish/config.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(main, {}, "minipy", COMPLETE_VARIABLE).source())
