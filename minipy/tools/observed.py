"""Functions that were compiled before somebody watches, run watched all the same.

While a statement is explained, each function of the session has the code of an observed run in place of its own:

    function --FUNC_CODE--> its code                 before and afterwards
                      `---> the same, with marks     while the statement runs

Left as they are: functions of the library, those whose generators are suspended, and those that a traceback names,
because both remember places in the code they ran.

CPython counterpart: sys.settrace works on any code, for the loop itself asks; here only marked code does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minipy import Interpreter
from minipy.bytecode.code import Code
from minipy.errors import SourceError
from minipy.memory.census import Found, census, of_types
from minipy.memory.layout import (
    CO_FILENAME,
    CO_FIRSTLINENO,
    CO_QUALNAME,
    FUNC_CODE,
    GEN_FRAME,
    GEN_FRAME_COUNT,
    OB_TYPE,
    TB_FUNCTION,
    W_GC_COUNT,
)
from minipy.memory.refcount import decref
from minipy.memory.statics import T_FUNCTION, T_GENERATOR, T_TRACEBACK
from minipy.memory.words import Raised
from minipy.objects import exceptions
from minipy.objects.unicodeobject import host_str

MOST = 10_000


class Exchange(NamedTuple):
    """A function whose code was replaced: both codes are held while it lasts."""

    function: int
    own: int
    marked: int


class ObservedFunctions:
    """Exchanges the code of a session's functions. `texts`: by file name the source and the mode of compiling it."""

    def __init__(self, interpreter: Interpreter, texts: dict[str, tuple[str, str]]) -> None:
        self.interpreter = interpreter
        self.heap = interpreter.session.vm
        self.texts = texts
        self.compiled: dict[str, list[Code]] = {}
        self.exchanged: list[Exchange] = []

    def begin(self) -> None:
        """Give the functions marked code."""
        w = self.heap.words
        count = int(w[W_GC_COUNT])
        try:
            for function in self.functions():
                code = self.marked(int(w[function + FUNC_CODE]))
                if code is not None:
                    laid = int(self.heap.loader.load(code))
                    self.exchange(function, laid)
        except Raised:
            exceptions.clear_pending(self.heap)
        self.heap.words[W_GC_COUNT] = count

    def exchange(self, function: int, laid: int) -> None:
        """Let a function have this code (owned); its own is kept."""
        w = self.heap.words
        own = int(w[function + FUNC_CODE])
        w[laid] += 1
        w[function + FUNC_CODE] = laid
        self.exchanged.append(Exchange(function, own, laid))

    def end(self) -> None:
        """Give those that still live their own code back, unless a place in the marked code is remembered."""
        if not self.exchanged:
            return
        w = self.heap.words
        count = int(w[W_GC_COUNT])
        found = census(self.heap)
        remembered = self.remembered(found)
        for function, own, marked in self.exchanged:
            lives = found.knows(function) and w[function + OB_TYPE] == T_FUNCTION
            if lives and w[function + FUNC_CODE] == marked and function not in remembered:
                w[function + FUNC_CODE] = own
                decref(self.heap, w, marked)
            else:
                decref(self.heap, w, own)
            decref(self.heap, w, marked)
        self.exchanged = []
        self.heap.words[W_GC_COUNT] = count

    # ------------------------------------------------------------ which, and what
    def functions(self) -> Iterator[int]:
        """The functions whose code may be exchanged."""
        w = self.heap.words
        found = census(self.heap)
        remembered = self.remembered(found)
        for function in of_types(found, [T_FUNCTION], MOST):
            name = host_str(self.heap, w[w[function + FUNC_CODE] + CO_FILENAME])
            if name in self.texts and function not in remembered:
                yield function

    def remembered(self, found: Found) -> set[int]:
        """The functions in whose code a suspended generator or a traceback remembers a place."""
        w = self.heap.words
        generators = [g for g in of_types(found, [T_GENERATOR], MOST) if w[g + GEN_FRAME] and w[g + GEN_FRAME_COUNT]]
        tracebacks = of_types(found, [T_TRACEBACK], MOST)
        return {int(w[w[g + GEN_FRAME]]) for g in generators} | {int(w[tb + TB_FUNCTION]) for tb in tracebacks}

    def marked(self, co: int) -> Code | None:
        """The marked code that belongs to the code object at `co`; None if it is not certain which one."""
        w = self.heap.words
        filename = host_str(self.heap, w[co + CO_FILENAME])
        wanted = host_str(self.heap, w[co + CO_QUALNAME]), int(w[co + CO_FIRSTLINENO])
        fitting = [code for code in self.codes(filename) if (code.qualname, code.firstlineno) == wanted]
        return fitting[0] if len(fitting) == 1 else None

    def codes(self, filename: str) -> list[Code]:
        """All codes of a text, compiled with marks at the first question."""
        if filename not in self.compiled:
            source, mode = self.texts[filename]
            host = self.interpreter.host
            before, host.observed = host.observed, True
            try:
                self.compiled[filename] = list(inner_codes(host.compile(source, filename, mode, False)))
            except SourceError:
                self.compiled[filename] = []
            finally:
                host.observed = before
        return self.compiled[filename]


def inner_codes(code: Code) -> Iterator[Code]:
    """The codes among the constants, and theirs."""
    for constant in code.consts:
        if isinstance(constant, Code):
            yield constant
            yield from inner_codes(constant)
