"""The commands that show what the front end makes of a text: `:dis`, `:ast`, `:symbols`, `:tokens`.

CPython counterpart: the modules dis, ast, symtable and tokenize.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from minipy.errors import SourceError
from minipy.tools import heapcode, lookup

if TYPE_CHECKING:
    from minipy.tools.repl import Repl

FILENAME = "<command>"


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
    """The bytecode of what a name is bound to, as it lies in the heap, else of a statement."""
    from minipy.bytecode.dis import disassemble

    if argument.isidentifier():
        a = lookup.global_object(repl.heap, argument)
        code = heapcode.code_of(repl.heap, a) if a else 0
        if code:
            return disassemble(heapcode.read_code(repl.heap, code)).splitlines()
    return show_compiled(repl, argument)


show_compiled = listing("dis")
show_ast = listing("ast")
show_symbols = listing("symbols")
show_tokens = listing("tokens")
