"""A code object in the heap, read back into the compiler's Code: what the machine executes now.

The loader made operands absolute and the loop specialised instructions; here operands are indices again, instructions
stay as they are: a LOAD_GLOBAL that ran shows as LOAD_GLOBAL_MODULE.

CPython counterpart: dis.dis(function, adaptive=True).
"""

from __future__ import annotations

from minipy.bytecode import opcodes
from minipy.bytecode.code import Code, ExceptionEntry
from minipy.errors import Span
from minipy.memory.layout import (
    CO_CELLVARS,
    CO_CONSTS,
    CO_FILENAME,
    CO_FIRST,
    CO_FIRSTLINENO,
    CO_FREEVARS,
    CO_INSTRUCTIONS,
    CO_NAME,
    CO_NAMES,
    CO_NEXCEPTIONS,
    CO_NPOSITIONS,
    CO_QUALNAME,
    CO_VARNAMES,
    FUNC_CODE,
    GEN_CODE,
    METHOD_FUNCTION,
    OB_SIZE,
    OB_TYPE,
    TUPLE_ITEMS,
    WRAPPED_FUNCTION,
)
from minipy.memory.layout_modules import HANDLER_WORDS, POSITION_WORDS
from minipy.memory.statics import (
    T_CLASSMETHOD,
    T_CODE,
    T_FUNCTION,
    T_GENERATOR,
    T_METHOD,
    T_STATICMETHOD,
)
from minipy.memory.words import Heap
from minipy.objects.unicodeobject import host_str
from minipy.tools.values import preview

TO_CODE = {T_METHOD: METHOD_FUNCTION, T_STATICMETHOD: WRAPPED_FUNCTION, T_CLASSMETHOD: WRAPPED_FUNCTION,
           T_FUNCTION: FUNC_CODE, T_GENERATOR: GEN_CODE}  # fmt: skip
"""Objects that have code, and where the way to it begins."""


class Constant:
    """A constant as the listing shows it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def code_of(heap: Heap, a: int) -> int:
    """The code object of a function, method or generator, or the code object itself; 0: there is none."""
    w = heap.words
    while w[a + OB_TYPE] != T_CODE:
        step = TO_CODE.get(int(w[a + OB_TYPE]))
        if step is None or not w[a + step]:
            return 0
        a = int(w[a + step])
    return a


def read_code(heap: Heap, co: int) -> Code:
    """The code object at `co`; its constants are only good for being shown."""
    w = heap.words
    name, qualname, filename = (host_str(heap, w[co + at]) for at in (CO_NAME, CO_QUALNAME, CO_FILENAME))
    code = Code(name, qualname, filename, int(w[co + CO_FIRSTLINENO]))
    code.names, code.varnames, code.cellvars, code.freevars = (
        tuple(host_str(heap, a) for a in items(heap, int(w[co + at])))
        for at in (CO_NAMES, CO_VARNAMES, CO_CELLVARS, CO_FREEVARS)
    )
    code.consts = tuple(constant(heap, a) for a in items(heap, int(w[co + CO_CONSTS])))
    code.instructions = instructions(heap, co)
    at = co + CO_FIRST + len(code.instructions)
    for _ in range(int(w[co + CO_NEXCEPTIONS])):
        start, end, target, depth = (int(w[i]) for i in range(at, at + HANDLER_WORDS))
        code.exceptions.append(ExceptionEntry(start, end, target, depth >> 1, bool(depth & 1)))
        at += HANDLER_WORDS
    for i in range(at, at + POSITION_WORDS * int(w[co + CO_NPOSITIONS]), POSITION_WORDS):
        key, line = int(w[i]) >> 24, int(w[i]) & 0xFFFFFF
        if key & 1 == 0:
            code.positions.append((key >> 1, Span(line, 0, line, 0)))
    return code


def items(heap: Heap, t: int) -> list[int]:
    """The items of the tuple at `t`."""
    return [int(heap.words[t + TUPLE_ITEMS + i]) for i in range(int(heap.words[t + OB_SIZE]))]


def constant(heap: Heap, a: int) -> object:
    """A constant; an inner code object is read, too."""
    return read_code(heap, a) if heap.words[a + OB_TYPE] == T_CODE else Constant(preview(heap, a))


def instructions(heap: Heap, co: int) -> list[int]:
    """The instruction words with indices for operands; cache words 0."""
    w = heap.words
    first = co + CO_FIRST
    result: list[int] = []
    while len(result) < w[co + CO_INSTRUCTIONS]:
        word = int(w[first + len(result)])
        stanza = opcodes.OPCODES[word & 255]
        result += [relative(heap, co, word, stanza.operands), *([0] * stanza.caches)]
    return result


def relative(heap: Heap, co: int, word: int, kinds: tuple[str, ...]) -> int:
    """The instruction with its last operand as the compiler had it."""
    w = heap.words
    shift = 24 if len(kinds) == 2 else 8
    kind = kinds[-1] if kinds else ""
    operand = word >> shift
    if kind == "jump":
        operand -= co + CO_FIRST
    elif kind in ("const", "name"):
        operand = items(heap, int(w[co + (CO_CONSTS if kind == "const" else CO_NAMES)])).index(operand)
    elif not kinds:
        operand = 0
    return operand << shift | word & ((1 << shift) - 1)
