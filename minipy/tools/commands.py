"""The REPL's commands: one stanza each, name, argument, sentence, function. None changes a count or an address,
but `:gc`, which collects.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from minipy import Interpreter
from minipy.errors import SourceError
from minipy.memory.gc import collect
from minipy.tools import heaptext

OLDEST = 2


class Command(NamedTuple):
    """`act` takes the interpreter and the argument and gives lines to show."""

    name: str
    argument: str
    sentence: str
    act: Callable[[Interpreter, str], list[str]]


def show_heap(interpreter: Interpreter, name: str) -> list[str]:
    """The whole heap, or the object a global name is bound to."""
    heap = interpreter.heap
    if not name:
        return heaptext.heap_text(heap)
    address = interpreter.global_address(name)
    return heaptext.object_text(heap, address) if address else [f"no global name {name!r}"]


def show_stack(interpreter: Interpreter, argument: str) -> list[str]:
    """The activation records."""
    return heaptext.stack_text(interpreter.heap)


def run_gc(interpreter: Interpreter, argument: str) -> list[str]:
    """Collect, the whole heap or up to a generation."""
    if argument not in ("", "0", "1", "2"):
        return ["a generation is 0, 1 or 2"]
    found = collect(interpreter.heap, int(argument or OLDEST))
    return [f"{found} unreachable objects", *heaptext.generations_text(interpreter.heap)]


def show_code(interpreter: Interpreter, source: str) -> list[str]:
    """The bytecode of a statement."""
    from minipy.tools import listings

    try:
        return listings.dis(source, "<stdin>").splitlines()
    except SourceError as error:
        return error.format().splitlines()


def show_help(interpreter: Interpreter, argument: str) -> list[str]:
    """This table."""
    return [f"  :{command.name + ' ' + command.argument:14} {command.sentence}" for command in COMMANDS]


def leave(interpreter: Interpreter, argument: str) -> list[str]:
    """The end of the session."""
    return []


COMMANDS = (
    Command("heap", "[NAME]", "live objects, pools and generations; or the object a name is bound to", show_heap),
    Command("stack", "", "the run-time stack", show_stack),
    Command("gc", "[0|1|2]", "collect, and say how many objects were unreachable", run_gc),
    Command("dis", "STATEMENT", "the bytecode of a statement", show_code),
    Command("help", "", "this list", show_help),
    Command("quit", "", "leave (also Ctrl-D)", leave),
)


def execute(interpreter: Interpreter, line: str, write: Callable[[str], None]) -> bool:
    """Carry out a command line without its colon; False if it was the one to leave.

    A name may be cut short as long as it is the only one that begins so.
    """
    name, _, argument = line.strip().partition(" ")
    fitting = [command for command in COMMANDS if name and command.name.startswith(name)]
    if len(fitting) != 1:
        write(f"no command :{name}; :help lists them")
        return True
    for text in fitting[0].act(interpreter, argument.strip()):
        write(text)
    return fitting[0].act is not leave
