"""Compiled code kept beside the program, so that a second start needs neither the parser nor the compiler.

    fib.mp                      the program
    __mpcache__/fib.mp.mpc      MAGIC, hash of the rest, marshal of (stamp, source, code)

Where nothing can be written beside the program, as beside an installed library, the file goes into the user's cache
directory, under the program's whole path.
A file is used only if it was made of the same source, byte for byte, by the same compiler: the stamp names minipy's
version, the host's marshal format, and size and time of every file of the front end (the opcode table's among them).
What cannot be written is skipped, what cannot be read is as if it were not there; the file is replaced atomically.
A code object becomes a list, which no constant is: that tells nested code from the other constants.

CPython counterpart: the .pyc files of Lib/importlib/_bootstrap_external.py. They keep a time or a hash of the source;
here the source itself is compared, which no edit within a clock's tick can deceive.
"""

from __future__ import annotations

import marshal
import os
import sys
from _imp import source_hash
from collections.abc import Callable
from typing import Any

from minipy.bytecode.code import Code, ExceptionEntry
from minipy.errors import Span
from minipy.usercache import cache_directory
from minipy.version import __version__

MAGIC = b"mpc2"
HASH_KEY = int.from_bytes(MAGIC, "little")
HEAD_BYTES = len(MAGIC) + 8
CACHE_FOLDER = "__mpcache__"
FRONT_END = ("bytecode", "syntax", "compiler", "grammar")


def load_or_compile(
    source: bytes, filename: str, folders: tuple[str, ...], compiled: Callable[[bytes, str], Code],
    is_clean: Callable[[], bool] = lambda: True, stamp: str = "",
) -> Code:  # fmt: skip
    """The module code of `source`, by `compiled(source, filename)` if none of the folders keeps it.

    `filename` is what tracebacks show. Whatever `compiled` raises goes through. What it made is kept, in the first
    folder that can be written, only if `is_clean()` says so: a compilation that warned does it again the next time.
    `stamp` is compiler_stamp(), if the caller keeps it.
    """
    stamp = stamp or compiler_stamp()
    paths = [f"{folder}/{os.path.basename(filename)}.mpc" for folder in folders]
    for path in paths:
        code = _load(path, stamp, source, filename)
        if code is not None:
            return code
    code = compiled(source, filename)
    if is_clean():
        for path in paths:
            if _store(path, stamp, source, code):
                break
    return code


def folders_for(program: str) -> tuple[str, ...]:
    """Where the compiled code of the program at a path may be kept: beside it, else in the user's cache directory."""
    beside = os.path.dirname(program)
    place = os.path.splitdrive(os.path.abspath(beside))[1].lstrip("\\/")
    return os.path.join(beside, CACHE_FOLDER), os.path.join(cache_directory(), "code", place)


def compiler_stamp() -> str:
    """What made the code: changes whenever the same source may give other code."""
    package = os.path.dirname(os.path.dirname(__file__))
    parts = [__version__, sys.implementation.cache_tag or "", str(marshal.version)]
    for name in FRONT_END:
        folder = os.path.join(package, name)
        if os.path.isdir(folder):
            with os.scandir(folder) as entries:
                parts += sorted(_stamp_of(entry) for entry in entries if entry.is_file())
    return " ".join(parts)


def _stamp_of(entry: os.DirEntry[str]) -> str:
    status = entry.stat()
    return f"{entry.name}:{status.st_size}:{status.st_mtime_ns}"


def _load(path: str, stamp: str, source: bytes, filename: str) -> Code | None:
    """The code kept at `path`, if it fits."""
    try:
        with open(path, "rb") as file:
            data = file.read()
        if data[:HEAD_BYTES] != _head(data[HEAD_BYTES:]):
            return None
        kept_stamp, kept_source, packed = marshal.loads(data[HEAD_BYTES:])
        if kept_stamp != stamp or kept_source != source:
            return None
        return unpack(packed, filename)
    except (OSError, ValueError, EOFError, TypeError):
        return None


def _store(path: str, stamp: str, source: bytes, code: Code) -> bool:
    """Keep the code at `path` if that is possible, and say whether it was; nobody sees half a file."""
    temporary = f"{path}.{os.getpid()}"
    try:
        data = marshal.dumps((stamp, source, pack(code)))
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(_head(data) + data)
        os.replace(temporary, path)
        return True
    except (OSError, ValueError):
        try:
            os.unlink(temporary)
        except OSError:
            pass
    return False


def _head(data: bytes) -> bytes:
    """What stands before the data: by it is seen that nobody changed them."""
    return MAGIC + source_hash(HASH_KEY, data)


def pack(code: Code) -> list[Any]:
    """The code as marshal takes it. The filename is not kept: the program may have moved with its cache."""
    positions = [number for offset, span in code.positions for number in (offset, *_span(span))]
    first_loads = [number for offset, span in code.first_loads.items() for number in (offset, *_span(span))]
    exceptions = [(e.start, e.end, e.target, e.depth, e.lasti) for e in code.exceptions]
    consts = tuple(pack(const) if isinstance(const, Code) else const for const in code.consts)
    return [
        code.name, code.qualname, code.firstlineno, code.argcount, code.posonlyargcount, code.kwonlyargcount,
        code.flags, code.varnames, code.cellvars, code.freevars, code.names, code.stacksize, code.doc,
        code.instructions, positions, first_loads, exceptions, consts,
    ]  # fmt: skip


def unpack(packed: list[Any], filename: str) -> Code:
    """The code that `pack` packed. TypeError or ValueError if it did not."""
    (
        name, qualname, firstlineno, argcount, posonlyargcount, kwonlyargcount,
        flags, varnames, cellvars, freevars, names, stacksize, doc,
        instructions, positions, first_loads, exceptions, consts,
    ) = packed  # fmt: skip
    code = Code(name, qualname, filename, firstlineno)
    code.argcount, code.posonlyargcount, code.kwonlyargcount = argcount, posonlyargcount, kwonlyargcount
    code.flags, code.stacksize, code.doc = flags, stacksize, doc
    code.varnames, code.cellvars, code.freevars, code.names = varnames, cellvars, freevars, names
    code.instructions = instructions
    code.positions = _spans(positions)
    code.first_loads = dict(_spans(first_loads))
    code.exceptions = [ExceptionEntry(*entry) for entry in exceptions]
    code.consts = tuple(unpack(const, filename) if isinstance(const, list) else const for const in consts)
    return code


def _span(span: Span) -> tuple[int, int, int, int]:
    return span.lineno, span.col_offset, span.end_lineno, span.end_col_offset


def _spans(numbers: list[int]) -> list[tuple[int, Span]]:
    """Pairs of an offset and a span from five numbers each."""
    fives = zip(*[iter(numbers)] * 5, strict=True)
    return [(offset, Span(line, column, end_line, end_column)) for offset, line, column, end_line, end_column in fives]
