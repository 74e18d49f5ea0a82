"""The module itertools: its classes, whose instances are the iterators of objects/itertool*.py, and tee.

A native's number is the kind of iterator its class makes.

CPython counterpart: Modules/itertoolsmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_TYPE, TP_DICT, TUPLE_ITEMS
from minipy.memory.layout_modules import TOOL_KIND, TOOL_LIMIT, W_TEE_CLASS
from minipy.memory.refcount import decref, store
from minipy.memory.statics import T_ITERTOOL, T_METHOD_DESCRIPTOR, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.modules.constants import add_object
from minipy.modules.itertoolsnew import new_iterator
from minipy.modules.nativeclass import Signature, add_new, check_class, new_class
from minipy.objects import genericalias
from minipy.objects.arguments import argument_word
from minipy.objects.itertool import (
    ACCUMULATE,
    CHAIN,
    COMPRESS,
    COUNT,
    CYCLE,
    DROPWHILE,
    FILTERFALSE,
    ISLICE,
    PAIRWISE,
    REPEAT,
    STARMAP,
    TAKEWHILE,
    new_tool,
)
from minipy.objects.itertool_combine import COMBINATIONS, COMBINATIONS_WITH_REPLACEMENT, PERMUTATIONS, PRODUCT
from minipy.objects.itertool_several import GROUPBY, TEE, ZIP_LONGEST, new_tee
from minipy.objects.longobject import new_int
from minipy.objects.machine import Machine
from minipy.objects.natives import (
    FAMILY_GENERIC_ALIAS,
    Methods,
    add_class_methods,
    add_functions,
    new_native,
    put,
    set_owner,
)
from minipy.objects.tupleobject import new_tuple
from minipy.vm.module_families import FAMILY_ITERTOOLS

CLASSES: Final[tuple[tuple[int, str, Signature], ...]] = (
    (COUNT, "count", (0, 2, "start step")),
    (REPEAT, "repeat", (1, 2, "object times")),
    (CYCLE, "cycle", (1, 1, "")),
    (ACCUMULATE, "accumulate", (1, 2, "iterable func * initial")),
    (CHAIN, "chain", (0, -1, "")),
    (COMPRESS, "compress", (2, 2, "data selectors")),
    (DROPWHILE, "dropwhile", (2, 2, "")),
    (TAKEWHILE, "takewhile", (2, 2, "")),
    (FILTERFALSE, "filterfalse", (2, 2, "")),
    (ISLICE, "islice", (2, 4, "")),
    (PAIRWISE, "pairwise", (1, 1, "")),
    (STARMAP, "starmap", (2, 2, "")),
    (GROUPBY, "groupby", (1, 2, "iterable key")),
    (ZIP_LONGEST, "zip_longest", (0, -1, "* fillvalue")),
    (PRODUCT, "product", (0, -1, "* repeat")),
    (PERMUTATIONS, "permutations", (1, 2, "iterable r")),
    (COMBINATIONS, "combinations", (2, 2, "iterable r")),
    (COMBINATIONS_WITH_REPLACEMENT, "combinations_with_replacement", (2, 2, "iterable r")),
    (TEE, "_tee", (1, 1, "")),
)

TEE_FUNCTION: Final = 100
FROM_ITERABLE: Final = 101
COPY: Final = 102
LENGTH_HINT: Final = 103
FUNCTIONS: Final[Methods] = ((TEE_FUNCTION, "tee", 1, 2, ""),)
CHAIN_METHODS: Final[Methods] = ((FROM_ITERABLE, "from_iterable", 1, 1, ""),)


def fill(m: Machine, d: i64) -> None:
    """Put the classes and tee into the module's dict."""
    add_functions(m, d, "itertools", FAMILY_ITERTOOLS, FUNCTIONS)
    for kind, name, signature in CLASSES:
        t: i64 = new_class(m, T_ITERTOOL, "itertools", name)
        add_new(m, t, FAMILY_ITERTOOLS, kind, signature)
        add_object(m, d, name, t)
        if kind == CHAIN:
            add_class_methods(m, t, FAMILY_ITERTOOLS, CHAIN_METHODS)
            add_class_methods(m, t, FAMILY_GENERIC_ALIAS, genericalias.CLASS_METHODS)
        elif kind == TEE:
            add_method(m, t, COPY, "__copy__")
            m.words[t] += 1
            store(m, m.words, W_TEE_CLASS, t)
        elif kind == REPEAT:
            add_method(m, t, LENGTH_HINT, "__length_hint__")


def add_method(m: Machine, t: i64, number: int, name: str) -> None:
    """A method without arguments that only the class t has."""
    o: i64 = new_native(m, T_METHOD_DESCRIPTOR, FAMILY_ITERTOOLS, number, name, 0, 0)
    set_owner(m, o, T_ITERTOOL)
    put(m, m.words[t + TP_DICT], o, o)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The classes' constructors (the class first), tee, and the methods; see objects/natives.py."""
    w = m.words
    if number == TEE_FUNCTION:
        return tee(m, w[at], argument_word(m, w[at + 1]) if n > 1 else 2)
    elif number == FROM_ITERABLE:
        check_class(m, w[at], T_ITERTOOL)
        return new_tool(m, w[at], CHAIN, m.iter(w[at + 1]), 0)
    elif number == COPY:
        return copy_tee(m, w[at])
    elif number == LENGTH_HINT:
        return length_hint(m, w[at])
    return new_iterator(m, number, at, n)


def copy_tee(m: Machine, it: i64) -> i64:
    """A tee that has the same values before it."""
    w = m.words
    if w[it + TOOL_KIND] != TEE:
        text = f"descriptor '__copy__' for '_tee' objects doesn't apply to a '{m.type_name(it)}' object"
        raise m.error(T_TYPE_ERROR, text)
    return new_tee(m, w[it + OB_TYPE], it)


def length_hint(m: Machine, it: i64) -> i64:
    """How often a repeat still gives its object."""
    left: i64 = m.words[it + TOOL_LIMIT]
    if m.words[it + TOOL_KIND] != REPEAT or left < 0:
        raise m.error(T_TYPE_ERROR, "len() of unsized object")
    return new_int(m, left)


def tee(m: Machine, iterable: i64, count: i64) -> i64:
    """tee(iterable, n=2): a tuple of iterators over the same values."""
    if count < 0:
        raise m.error(T_VALUE_ERROR, "n must be >= 0")
    t: i64 = m.words[W_TEE_CLASS]
    result: i64 = new_tuple(m, count)
    try:
        source: i64 = iterable
        i: i64 = 0
        while i < count:
            copy: i64 = new_tee(m, t, source)
            m.words[result + TUPLE_ITEMS + i] = copy
            source = copy
            i += 1
    except Raised:
        decref(m, m.words, result)
        raise
    return result
