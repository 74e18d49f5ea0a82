"""From a compiled `Code` to a code object in the address space.

    CO_NAME .. CO_DOC     references: names, constants, variables
    CO_ARGCOUNT ..        figures
    CO_FIRST              instructions, cache words set to -1, operands made absolute:
                            jump -> address, const -> address of the constant, name -> address of the interned str
                          exception table, 4 words an entry: start, end, target, depth * 2 + lasti
                          positions, 2 words an entry: (offset * 2 + part) << 24 | line, and
                            end line << 40 | column << 20 | end column (columns one higher, 0: unknown)

RETURN_VALUE gets as operand how many words after `base` the record's header begins; in a generator it becomes
GENERATOR_RETURN. The constants are owned by the tuple CO_CONSTS, the names by CO_NAMES; instructions borrow.

CPython counterpart: Objects/codeobject.c (_PyCode_New, _PyCode_Quicken).
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.bytecode import opcodes
from minipy.bytecode.code import CO_GENERATOR, CO_VARARGS, CO_VARKEYWORDS, Code
from minipy.errors import Span
from minipy.memory.layout import (
    CO_ARGCOUNT,
    CO_CELLVARS,
    CO_CONSTS,
    CO_DOC,
    CO_FILENAME,
    CO_FIRST,
    CO_FIRSTLINENO,
    CO_FLAGS,
    CO_FREEVARS,
    CO_INSTRUCTIONS,
    CO_KWONLYARGCOUNT,
    CO_NAME,
    CO_NAMES,
    CO_NEXCEPTIONS,
    CO_NLOCALS,
    CO_NLOCALSPLUS,
    CO_NPOSITIONS,
    CO_POSONLYARGCOUNT,
    CO_QUALNAME,
    CO_SIMPLE,
    CO_STACKSIZE,
    CO_VARNAMES,
    TUPLE_ITEMS,
)
from minipy.memory.layout_modules import (
    HANDLER_DEPTH,
    HANDLER_END,
    HANDLER_START,
    HANDLER_TARGET,
    HANDLER_WORDS,
    POSITION_WORDS,
)
from minipy.memory.objalloc import new_var_object
from minipy.memory.refcount import decref, xdecref
from minipy.memory.statics import ELLIPSIS, FALSE, NONE, T_CODE, T_COMPLEX, T_FROZENSET, TRUE
from minipy.memory.words import Raised
from minipy.objects.bytesobject import new_bytes
from minipy.objects.complexobject import new_complex
from minipy.objects.floatobject import new_float
from minipy.objects.longobject import new_int_host
from minipy.objects.machine import Machine
from minipy.objects.setobject import new_set, set_add
from minipy.objects.tupleobject import new_tuple
from minipy.objects.unicodeobject import intern, new_str

JUMP: Final = 1
CONST: Final = 2
NAME: Final = 3
PLAIN: Final = 0


def operand_kind(kinds: tuple[str, ...]) -> int:
    """What the loader must do with an instruction's last operand."""
    if not kinds:
        return PLAIN
    last = kinds[-1]
    return JUMP if last == "jump" else CONST if last == "const" else NAME if last == "name" else PLAIN


def instruction_table() -> list[tuple[int, int, int]]:
    """For each opcode: kind of its last operand, how far that is shifted, cache words."""
    rows: list[tuple[int, int, int]] = []
    for stanza in opcodes.OPCODES:
        shift = 24 if len(stanza.operands) == 2 else 8
        rows.append((operand_kind(stanza.operands), shift, stanza.caches))
    return rows


class Loader:
    """Lays code objects out; one an interpreter, for the table of how operands are read."""

    def __init__(self, m: Machine) -> None:
        self.m = m
        self.table = instruction_table()

    def load(self, code: Code) -> i64:
        """The code object (owned) of a compiled code, nested code objects among its constants."""
        m = self.m
        n = len(code.instructions) + 4 * len(code.exceptions) + 2 * (len(code.positions) + len(code.first_loads))
        co: i64 = new_var_object(m, T_CODE, n)
        try:
            self.set_texts(co, code)
            self.set_tuple(co + CO_CONSTS, code.consts)
        except Raised:
            decref(m, m.words, co)
            raise
        self.set_figures(co, code)
        self.set_instructions(co, code)
        at: i64 = co + CO_FIRST + len(code.instructions)
        at = self.set_exceptions(at, code)
        self.set_positions(at, code)
        return co

    # ------------------------------------------------------------ references
    def set_texts(self, co: i64, code: Code) -> None:
        """The names of a code object."""
        self.set_text(co + CO_NAME, code.name)
        self.set_text(co + CO_QUALNAME, code.qualname)
        self.set_text(co + CO_FILENAME, code.filename)
        self.set_names(co + CO_NAMES, code.names)
        self.set_names(co + CO_VARNAMES, code.varnames)
        self.set_names(co + CO_CELLVARS, code.cellvars)
        self.set_names(co + CO_FREEVARS, code.freevars)
        doc: i64 = NONE
        if code.doc is not None:
            doc = new_str(self.m, code.doc)
        else:
            self.m.words[NONE] += 1
        self.m.words[co + CO_DOC] = doc

    def set_text(self, at: i64, text: str) -> None:
        """Store an interned str."""
        o: i64 = intern(self.m, text)
        self.m.words[at] = o

    def set_names(self, at: i64, names: tuple[str, ...]) -> None:
        """Store a tuple of interned strings."""
        t: i64 = new_tuple(self.m, len(names))
        self.m.words[at] = t
        item: i64 = t + TUPLE_ITEMS
        for name in names:
            self.set_text(item, name)
            item += 1

    def set_tuple(self, at: i64, constants: tuple[object, ...]) -> None:
        """Store a tuple of constants."""
        t: i64 = self.tuple_of(constants)
        self.m.words[at] = t

    def tuple_of(self, constants: tuple[object, ...]) -> i64:
        """A tuple (owned) of constants."""
        t: i64 = new_tuple(self.m, len(constants))
        item: i64 = t + TUPLE_ITEMS
        try:
            for constant in constants:
                o: i64 = self.constant(constant)
                self.m.words[item] = o
                item += 1
        except Raised:
            decref(self.m, self.m.words, t)
            raise
        return t

    def constant(self, value: object) -> i64:
        """The object (owned) of a constant."""
        m = self.m
        if value is None:
            return self.shared(NONE)
        if isinstance(value, bool):
            return self.shared(TRUE if value else FALSE)
        if value is ...:
            return self.shared(ELLIPSIS)
        if isinstance(value, int):
            return new_int_host(m, value)
        if isinstance(value, float):
            return new_float(m, value)
        if isinstance(value, str):
            return intern(m, value) if is_name(value) else new_str(m, value)
        if isinstance(value, bytes):
            return new_bytes(m, value)
        if isinstance(value, complex):
            return new_complex(m, T_COMPLEX, value.real, value.imag)
        if isinstance(value, Code):
            return self.load(value)
        return self.container(value)

    def shared(self, o: i64) -> i64:
        """One more reference to a static object."""
        self.m.words[o] += 1
        return o

    def container(self, value: object) -> i64:
        """A constant tuple or frozenset."""
        m = self.m
        if isinstance(value, tuple):
            return self.tuple_of(value)
        assert isinstance(value, frozenset)
        items: i64 = self.tuple_of(tuple(value))
        o: i64 = 0
        try:
            o = new_set(m, T_FROZENSET)
            i: i64 = items + TUPLE_ITEMS
            end: i64 = i + len(value)
            while i < end:
                set_add(m, o, m.words[i])
                i += 1
        except Raised:
            xdecref(m, m.words, o)
            raise
        finally:
            decref(m, m.words, items)
        return o

    # ------------------------------------------------------------ words
    def set_figures(self, co: i64, code: Code) -> None:
        """The counts of a code object."""
        w = self.m.words
        w[co + CO_ARGCOUNT] = code.argcount
        w[co + CO_POSONLYARGCOUNT] = code.posonlyargcount
        w[co + CO_KWONLYARGCOUNT] = code.kwonlyargcount
        w[co + CO_FLAGS] = code.flags
        w[co + CO_NLOCALS] = len(code.varnames)
        w[co + CO_NLOCALSPLUS] = code.nlocalsplus
        w[co + CO_STACKSIZE] = code.stacksize
        w[co + CO_FIRSTLINENO] = code.firstlineno
        w[co + CO_INSTRUCTIONS] = len(code.instructions)
        w[co + CO_NEXCEPTIONS] = len(code.exceptions)
        w[co + CO_NPOSITIONS] = len(code.positions) + len(code.first_loads)
        starred = code.flags & (CO_VARARGS | CO_VARKEYWORDS | CO_GENERATOR) != 0 or code.kwonlyargcount > 0
        simple = not starred and code.instructions[0] & 255 == opcodes.RESUME
        w[co + CO_SIMPLE] = code.argcount + 1 if simple else 0

    def set_instructions(self, co: i64, code: Code) -> None:
        """The instructions with absolute operands."""
        w = self.m.words
        first: i64 = co + CO_FIRST
        at: i64 = first
        caches = 0
        for word in code.instructions:
            if caches > 0:
                w[at] = -1
                caches -= 1
            else:
                w[at] = self.resolve(co, code, word)
                caches = self.table[word & 255][2]
            at += 1

    def resolve(self, co: i64, code: Code, word: int) -> i64:
        """One instruction as the loop executes it."""
        w = self.m.words
        op = word & 255
        if op == opcodes.RETURN_VALUE:
            return opcodes.GENERATOR_RETURN if code.flags & CO_GENERATOR else op | code.nlocalsplus << 8
        kind, shift, _ = self.table[op]
        if kind == PLAIN:
            return word
        operand: i64 = word >> shift
        target: i64 = 0
        if kind == JUMP:
            target = co + CO_FIRST + operand
        elif kind == CONST:
            target = w[w[co + CO_CONSTS] + TUPLE_ITEMS + operand]
        else:
            target = w[w[co + CO_NAMES] + TUPLE_ITEMS + operand]
        low: i64 = word & ((1 << shift) - 1)
        return target << shift | low

    def set_exceptions(self, at: i64, code: Code) -> i64:
        """The exception table; returns the address behind it."""
        w = self.m.words
        for entry in code.exceptions:
            w[at + HANDLER_START] = entry.start
            w[at + HANDLER_END] = entry.end
            w[at + HANDLER_TARGET] = entry.target
            w[at + HANDLER_DEPTH] = entry.depth * 2 + int(entry.lasti)
            at += HANDLER_WORDS
        return at

    def set_positions(self, at: i64, code: Code) -> None:
        """The line and column table."""
        w = self.m.words
        entries = [(offset * 2, span) for offset, span in code.positions]
        entries.extend((offset * 2 + 1, span) for offset, span in code.first_loads.items())
        for key, span in entries:
            w[at] = key << 24 | (span.lineno & 0xFFFFFF)
            w[at + 1] = pack_columns(span)
            at += POSITION_WORDS


def pack_columns(span: Span) -> i64:
    """End line and columns of a span in one word."""
    end: i64 = span.end_lineno
    column: i64 = min(span.col_offset + 1, 0xFFFFF)
    end_column: i64 = min(span.end_col_offset + 1, 0xFFFFF)
    return end << 40 | column << 20 | end_column


def is_name(text: str) -> bool:
    """Does CPython intern a str constant with this text?"""
    return text.isascii() and text.replace("_", "a").isalnum()

