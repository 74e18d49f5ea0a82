"""The commands that show what the front end makes of a text: `:dis`, `:ast`, `:symbols`, `:tokens`.

CPython counterpart: the modules dis, ast, symtable and tokenize.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from minipy.errors import SourceError
from minipy.memory.layout import OB_TYPE, TP_DICT, TP_FLAGS, TPFLAGS_TYPE
from minipy.memory.statics import T_BUILTIN, T_METHOD_DESCRIPTOR, T_WRAPPER
from minipy.memory.words import Heap
from minipy.tools import heapcode, lookup, naming

if TYPE_CHECKING:
    from minipy.tools.repl import Repl

FILENAME = "<command>"
NATIVE = (T_BUILTIN, T_METHOD_DESCRIPTOR, T_WRAPPER)


def listing(name: str) -> Callable[[Repl, str], list[str]]:
    """A command that shows what tools/listings.py's function `name` makes of its argument."""

    def act(repl: Repl, source: str) -> list[str]:
        """The lines, or what is wrong with the source."""
        from minipy.tools import listings

        try:
            shown: str = getattr(listings, name)(source + "\n", FILENAME)
        except SourceError as error:
            return error.format().splitlines()
        return shown.splitlines()

    return act


def show_code(repl: Repl, argument: str) -> list[str]:
    """The bytecode of what a name is bound to, of a class that of its methods, as it lies in the heap; else of a
    statement."""
    a = naming.dotted_name(repl.heap, argument)
    if a and repl.heap.words[repl.heap.words[a + OB_TYPE] + TP_FLAGS] & TPFLAGS_TYPE:
        return methods_code(repl.heap, a) or [f"{argument} has no method of the program's"]
    if a and repl.heap.words[a + OB_TYPE] in NATIVE:
        return [f"{argument} is native: it has no bytecode"]
    code = heapcode.code_of(repl.heap, a) if a else 0
    return disassembled(repl.heap, code) if code else show_compiled(repl, argument)


def methods_code(heap: Heap, t: int) -> list[str]:
    """Of each method that the class defines, its name and its bytecode."""
    lines: list[str] = []
    d = int(heap.words[t + TP_DICT])
    for name, a in lookup.names(heap, d).items() if d else ():
        code = heapcode.code_of(heap, a)
        if code:
            lines += ["", f"{name}:", *disassembled(heap, code)]
    return lines[1:]


def disassembled(heap: Heap, code: int) -> list[str]:
    """The bytecode of a code object."""
    from minipy.bytecode.dis import disassemble

    return disassemble(heapcode.read_code(heap, code)).splitlines()


show_compiled = listing("dis")
show_ast = listing("ast")
show_symbols = listing("symbols")
show_tokens = listing("tokens")
