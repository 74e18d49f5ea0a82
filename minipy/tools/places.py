"""Where a reference is, in words a reader of programs knows: "global x", "element 2 of list ...", "local a of f".

A place is the address of the word that holds the reference and the object whose word it is (0: none, the word lies on
the run-time stack or is a register). The layout descriptor of the holder's type says which part of it the word is.

CPython counterpart: none; gc.get_referrers says who, not where.
"""

from __future__ import annotations

from minipy.memory.layout import (
    FRAME_HEADER,
    FUNC_QUALNAME,
    GEN_FRAME,
    GEN_QUALNAME,
    HEAP_BASE,
    MODULE_DICT,
    OB_TYPE,
    STACK_BASE,
    TP_BUF,
    TP_BUF_COUNT,
    TP_BUF_FIRST,
    TP_BUF_STRIDE,
    TP_DICT,
    TP_ITEMS,
    TP_KEYS,
    TP_NEXT_TYPE,
    TP_SOLID,
    TP_VALUES,
    TYPE_WORDS,
    W_BUILTINS,
    W_HEAP_TYPES,
    W_MODULES,
)
from minipy.memory.stack import record_header, records
from minipy.memory.statics import FIRST_TYPE, T_CELL, T_DICT, T_GENERATOR, T_SET, T_STR, TYPE_COUNT
from minipy.memory.words import Heap
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE
from minipy.objects.longobject import host_int
from minipy.objects.unicodeobject import host_str
from minipy.tools import lookup
from minipy.tools.values import labelled_short, preview
from minipy.tools.wordnames import register_name, type_name_at, word_name

REGISTERS = {
    "w_builtins": "the built-in names",
    "w_modules": "sys.modules",
    "w_exc_value": "the exception being handled",
    "w_pending": "the exception in flight",
    "w_result": "what a generator returned",
}


class Places:
    """Names places of one heap; the dicts of modules and classes are looked up once."""

    def __init__(self, heap: Heap) -> None:
        self.heap = heap
        w = heap.words
        self.namespaces = {int(w[m + MODULE_DICT]): f"module {name}" for name, m in lookup.modules(heap).items()}
        self.namespaces[int(w[W_MODULES])] = "sys.modules"
        self.last_result = int(w[W_BUILTINS])
        for t in self.types():
            self.namespaces[int(w[t + TP_DICT])] = f"class {type_name_at(heap, t)}"

    def types(self) -> list[int]:
        """All types."""
        w = self.heap.words
        found = [t for t in range(FIRST_TYPE, FIRST_TYPE + TYPE_COUNT * TYPE_WORDS, TYPE_WORDS) if w[t + TP_DICT]]
        t = int(w[W_HEAP_TYPES])
        while t:
            found.append(t)
            t = int(w[t + TP_NEXT_TYPE])
        return found

    def name(self, holder: int, at: int) -> str:
        """The place of the reference in the word `at` of an object, or (holder 0) of the stack or a register."""
        if not holder:
            return self.stack_word(at) if STACK_BASE <= at < HEAP_BASE else self.register(at)
        w = self.heap.words
        t = int(w[holder + OB_TYPE])
        if at == holder + OB_TYPE:
            return f"the class of {self.label(holder)}"
        items = int(w[t + TP_ITEMS])
        if items and at >= holder + items and self.in_own_block(holder, at):
            return f"item {at - holder - items} of {self.label(holder)}"
        buffer = int(w[holder + w[t + TP_BUF]]) if w[t + TP_BUF] else 0
        if buffer and buffer <= at < buffer + w[holder + w[t + TP_BUF_COUNT]] * w[t + TP_BUF_STRIDE]:
            return self.buffer_word(holder, t, at, buffer)
        if w[t + TP_SOLID] == T_CELL:
            return f"contents of {self.label(holder)}"
        return f"{word_name(self.heap, holder, at) or f'word {at - holder}'} of {self.label(holder)}"

    def in_own_block(self, holder: int, at: int) -> bool:
        """Whether the word follows the fixed part of an object with items inline."""
        from minipy.memory.sizes import object_words

        t = self.heap.words[holder + OB_TYPE]
        return at < holder + int(object_words(self.heap.words, holder, t))

    def label(self, a: int) -> str:
        """What and where an object is, shortly."""
        return labelled_short(self.heap, a)

    # ------------------------------------------------------------ buffers
    def buffer_word(self, holder: int, t: int, at: int, buffer: int) -> str:
        """A word of the holder's counted buffer."""
        w = self.heap.words
        number, part = divmod(at - buffer, int(w[t + TP_BUF_STRIDE]))
        solid = int(w[t + TP_SOLID])
        if w[t + TP_VALUES] and w[t + TP_BUF] == w[t + TP_VALUES]:
            return f"attribute {self.attribute(t, number)} of {self.label(holder)}"
        if solid == T_DICT:
            return self.entry(holder, buffer + number * 3, part)
        if solid == T_GENERATOR:
            return self.frame_word(holder, number)
        if part == int(w[t + TP_BUF_FIRST]) and solid == T_SET:
            return f"element of {self.label(holder)}"
        return f"element {number} of {self.label(holder)}"

    def attribute(self, t: int, number: int) -> str:
        """The name of the attribute whose inline value has this index."""
        keys = lookup.names(self.heap, int(self.heap.words[t + TP_KEYS]))
        return next((name for name, index in keys.items() if host_int(self.heap, index) == number), str(number))

    def entry(self, d: int, entry: int, part: int) -> str:
        """Key or value of a dict's entry; in the dict of a module or class, the name."""
        key = int(self.heap.words[entry + ENTRY_KEY])
        if part == ENTRY_KEY:
            return f"a key of {self.namespaces.get(d) or self.label(d)}"
        assert part == ENTRY_VALUE
        if d in self.namespaces and self.heap.words[key + OB_TYPE] == T_STR:
            name = host_str(self.heap, key)
            if d == self.last_result and name == "_":
                return "the last result _"
            where = self.namespaces[d]
            if where == "module __main__":
                return f"global {name}"
            return f"attribute {name} of {where}" if where.startswith("class") else f"{name} of {where}"
        return f"value of key {preview(self.heap, key)} of {self.label(d)}"

    def frame_word(self, generator: int, number: int) -> str:
        """A word of a suspended generator's activation record."""
        w = self.heap.words
        where = f"the suspended generator {host_str(self.heap, w[generator + GEN_QUALNAME])}"
        return self.record_word(int(w[generator + GEN_FRAME]) + 1, number - 1, where)

    # ------------------------------------------------------------ the run-time stack, registers
    def record_word(self, base: int, i: int, where: str) -> str:
        """Word `i` of the activation record at `base`: -1 is its function."""
        from minipy.vm.names import local_name

        w = self.heap.words
        if i < 0:
            return f"the function of {where}"
        size = int(record_header(w, base)) - base
        if i < size:
            return f"local {host_str(self.heap, local_name(w, base, i))} of {where}"
        number = i - size - FRAME_HEADER
        return f"operand {number} of {where}" if number >= 0 else f"namespace of {where}"

    def stack_word(self, at: int) -> str:
        """A word of the run-time stack."""
        w = self.heap.words
        for base in records(w):
            if at >= base - 1:
                name = host_str(self.heap, w[w[base - 1] + FUNC_QUALNAME])
                return self.record_word(base, at - base, f"{name}, running")
        return f"word {at - STACK_BASE} of the run-time stack"

    def register(self, at: int) -> str:
        """A register of the control block."""
        name = register_name(at)
        return f"register {name}" + (f": {REGISTERS[name]}" if name in REGISTERS else "") + " (minipy's own)"
