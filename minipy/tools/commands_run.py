"""The commands that run something or set something: `:time`, `:load`, `:save`, `:set`, `:reset`, `:quit`.

CPython counterpart: IPython's %time, %load, %save, %config, %reset.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from minipy import LimitReached
from minipy.memory.layout import W_HEAP_TOP, WORD_BYTES
from minipy.memory.switches import apply_switches
from minipy.tools.heapview import collections
from minipy.tools.values import natural

if TYPE_CHECKING:
    from minipy.tools.repl import Repl

AT_START = ("gc_enabled", "guard", "heap_limit", "native_limit", "recursion_limit", "tiny_arenas", "tiny_stack")
"""Options that a machine looks at when it is made."""


def time_code(repl: Repl, source: str) -> list[str]:
    """Run a statement; how long it took, what it collected, how the heap grew."""
    if not source:
        return ["say what to run: :time sum(range(1000))"]
    heap = repl.heap
    runs, top = collections(heap), int(heap.words[W_HEAP_TOP])
    start = time.perf_counter()
    repl.run(source + "\n")
    seconds = time.perf_counter() - start
    done = [now.collections - before.collections for now, before in zip(collections(heap), runs, strict=True)]
    grown = (int(heap.words[W_HEAP_TOP]) - top) * WORD_BYTES
    return [f"{seconds:.6f} s; collections {' + '.join(map(str, done))}; the heap grew by {grown:,} bytes"]


def load_file(repl: Repl, name: str) -> list[str]:
    """Run a file in the session."""
    if not name:
        return ["say which file: :load fib.mp"]
    try:
        source = Path(name).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return [f"cannot read {name!r}: {getattr(error, 'strerror', None) or error}"]
    repl.run(source, filename=name, mode="exec")
    return []


def save_file(repl: Repl, name: str) -> list[str]:
    """Write the statements of the session to a file."""
    if not name:
        return ["say where to: :save session.mp"]
    text = "".join(repl.statements)
    try:
        Path(name).expanduser().write_text(text, encoding="utf-8")
    except OSError as error:
        return [f"cannot write {name!r}: {error.strerror or error}"]
    return [f"{len(repl.statements)} statements written to {name}"]


def set_option(repl: Repl, argument: str) -> list[str]:
    """All options, or one of them changed."""
    options = repl.options
    names = option_names(repl)
    words = argument.replace("=", " ").split()
    if not words:
        return [f"  {name:26} {shown(getattr(options, name))}" for name in names]
    name = words[0].replace("-", "_")
    if name not in names or len(words) > 2:
        from difflib import get_close_matches

        close = "".join(f"; did you mean {other}?" for other in get_close_matches(name, names, 1))
        return [f"there is no option {words[0]!r}{close or '; :set alone lists them'}"]
    if len(words) == 1:
        return [f"  {name:26} {shown(getattr(options, name))}"]
    value = number_of(words[1], isinstance(getattr(options, name), bool))
    if value is None:
        return [f"{name} is {'on or off' if isinstance(getattr(options, name), bool) else 'a number'}"]
    setattr(options, name, value)
    apply_switches(repl.heap)
    return [f"  {name:26} {shown(value)}" + (", from the next :reset on" if name in AT_START else "")]


def option_names(repl: Repl) -> list[str]:
    """The options that are a number, or on and off."""
    options = repl.options
    return [name for name in dir(options) if not name.startswith("_") and isinstance(getattr(options, name), int)]


def shown(value: int) -> str:
    """An option's value in the words `:set` takes."""
    return ("on" if value else "off") if isinstance(value, bool) else str(value)


def number_of(text: str, switch: bool) -> int | None:
    """What a value typed behind `:set NAME` means, None if nothing."""
    if switch:
        return {"on": True, "off": False, "1": True, "0": False}.get(text)
    return natural(text)


def reset(repl: Repl, argument: str) -> list[str]:
    """A new machine."""
    try:
        repl.reset()
    except LimitReached:
        return ["no new machine, its heap would have no room: see :set heap_limit, :set fail_allocation"]
    return ["a new machine: all names and objects of the old one are gone"]


def leave(repl: Repl, argument: str) -> list[str]:
    """The end of the session."""
    repl.exit_code = 0
    return []
