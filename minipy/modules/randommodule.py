"""The module random: class Random, and its methods bound to one hidden instance as the module's functions.

The sequences are CPython 3.11's, number for number, from the same seed.

    mersenne.py         the generator                  randomseed.py       seed, getstate, setstate
    randomdraws.py      what methods draw from         randomintegers.py   randrange, randint, getrandbits, randbytes
    randomsequences.py  choice, shuffle, sample ...    randomfloats.py     distributions

Invariant: RANDOM_GAUSS is 0 or a reference to the second value that gauss computed.

CPython counterpart: Lib/random.py, Modules/_randommodule.c. SystemRandom is not there, and a float where an integer
is due is taken without the deprecation warning.
"""

from __future__ import annotations

import math
from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    OB_TYPE,
    RANDOM_INDEX,
    RANDOM_STATE,
    RANDOM_STATE_WORDS,
    TP_DICT,
    TP_MODULE,
    TP_NATIVE_NEW,
)
from minipy.memory.obmalloc import allocate
from minipy.memory.refcount import decref, store
from minipy.memory.statics import T_BUILTIN, T_FUNCTION, T_RANDOM, T_TYPE_ERROR
from minipy.memory.words import Raised, fill_words
from minipy.modules import randomfloats, randomintegers, randomsequences
from minipy.modules.constants import add_float, add_int, add_object, add_text
from minipy.modules.mersenne import SIZE, next_float
from minipy.modules.randomseed import getstate, seed, setstate
from minipy.objects import namespaceobject
from minipy.objects.dictobject import dict_get_str
from minipy.objects.floatobject import new_float
from minipy.objects.identifiers import ID_INIT
from minipy.objects.interned import intern
from minipy.objects.listobject import list_append_owned, new_list
from minipy.objects.longobject import new_instance_of, none
from minipy.objects.machine import Machine
from minipy.objects.natives import (
    FAMILY_OBJECT,
    Methods,
    add_getsets,
    add_methods,
    bind_native,
    new_native,
    set_parameters,
)
from minipy.objects.typeobject import type_lookup
from minipy.vm.module_families import FAMILY_RANDOM

NEW: Final = 1
INIT: Final = 2
RANDOM: Final = 3
SEED: Final = 4
GETSTATE: Final = 5
SETSTATE: Final = 6
FIRST_INTEGER: Final = 10
FIRST_SEQUENCE: Final = 20
FIRST_FLOAT: Final = 30

METHODS: Final[Methods] = (
    (RANDOM, "random", 0, 0, ""),
    (SEED, "seed", 0, 2, "a version"),
    (GETSTATE, "getstate", 0, 0, ""),
    (SETSTATE, "setstate", 1, 1, "state"),
)
NUMBERS: Final = (
    ("NV_MAGICCONST", 4 * math.exp(-0.5) / math.sqrt(2.0)),
    ("TWOPI", 2 * math.pi),
    ("LOG4", math.log(4.0)),
    ("SG_MAGICCONST", 1.0 + math.log(4.5)),
    ("RECIP_BPF", 2.0**-53),
)
OWN_METHODS: Final[Methods] = ((INIT, "__init__", 0, 1, "x"),)
"""Methods that are not functions of the module too."""


# ---------------------------------------------------------------- the module
def fill(m: Machine, d: i64) -> None:
    """Put the functions and constants into the module's dict."""
    make_class(m)
    m.words[T_RANDOM] += 1
    add_object(m, d, "Random", T_RANDOM)
    instance: i64 = new_random(m, T_RANDOM)
    add_object(m, d, "_inst", instance)
    seed(m, instance, 0, 2)
    add_bound(m, d, instance, METHODS)
    add_bound(m, d, instance, randomintegers.METHODS)
    add_bound(m, d, instance, randomsequences.METHODS)
    add_bound(m, d, instance, randomfloats.METHODS)
    for name, value in NUMBERS:
        add_float(m, d, name, value)
    add_int(m, d, "BPF", 53)
    add_object(m, d, "__all__", public_names(m))


def public_names(m: Machine) -> i64:
    """`__all__`: the class and the functions, owned."""
    names: i64 = new_list(m, 0)
    try:
        list_append_owned(m, names, intern(m, "Random"))
        for table in (METHODS, randomintegers.METHODS, randomsequences.METHODS, randomfloats.METHODS):
            for _, name, _, _, _ in table:
                list_append_owned(m, names, intern(m, name))
    except Raised:
        decref(m, m.words, names)
        raise
    return names


def make_class(m: Machine) -> None:
    """Give the static type Random its constructor and methods."""
    d: i64 = m.words[T_RANDOM + TP_DICT]
    new: i64 = new_native(m, T_BUILTIN, FAMILY_RANDOM, NEW, "__new__", 0, -1)
    set_parameters(m, new, "* x **")
    add_object(m, d, "__new__", new)
    m.words[T_RANDOM + TP_NATIVE_NEW] = new
    add_text(m, d, "__module__", "random")
    name: i64 = intern(m, "random")
    store(m, m.words, T_RANDOM + TP_MODULE, name)
    add_methods(m, T_RANDOM, FAMILY_RANDOM, OWN_METHODS)
    add_methods(m, T_RANDOM, FAMILY_RANDOM, METHODS)
    add_methods(m, T_RANDOM, FAMILY_RANDOM, randomintegers.METHODS)
    add_methods(m, T_RANDOM, FAMILY_RANDOM, randomsequences.METHODS)
    add_methods(m, T_RANDOM, FAMILY_RANDOM, randomfloats.METHODS)
    add_getsets(m, T_RANDOM, FAMILY_OBJECT, namespaceobject.GETSETS)


def add_bound(m: Machine, d: i64, instance: i64, table: Methods) -> None:
    """Put a table's methods, bound to the instance, into the module's dict d."""
    for _, name, _, _, _ in table:
        key: i64 = intern(m, name)
        descriptor: i64 = dict_get_str(m.words, m.words[T_RANDOM + TP_DICT], key)
        decref(m, m.words, key)
        add_object(m, d, name, bind_native(m, descriptor, instance))


# ---------------------------------------------------------------- the class
def new_random(m: Machine, t: i64) -> i64:
    """An instance of the class t, owned, not seeded yet."""
    o: i64 = new_instance_of(m, t)
    try:
        s: i64 = allocate(m, SIZE)
    except Raised:
        decref(m, m.words, o)
        raise
    w = m.words
    fill_words(w, s, SIZE, 0)
    w[o + RANDOM_STATE] = s
    w[o + RANDOM_STATE_WORDS] = SIZE
    w[o + RANDOM_INDEX] = SIZE
    return o


def construct(m: Machine, at: i64, n: i64) -> i64:
    """Random.__new__(class, *arguments, x, **others): a class's own `__init__` may take more than the seed."""
    w = m.words
    t: i64 = w[at]
    x: i64 = w[at + n - 2]
    if w[type_lookup(w, t, ID_INIT) + OB_TYPE] == T_FUNCTION:
        x = 0
    elif n > 4 or w[at + n - 1] != 0 or (n == 4 and x != 0):
        text = f"Random.__init__() takes from 1 to 2 positional arguments but {n - 2} were given"
        raise m.error(T_TYPE_ERROR, text)
    elif n == 4:
        x = w[at + 1]
    o: i64 = new_random(m, t)
    try:
        seed(m, o, x, 2)
    except Raised:
        decref(m, m.words, o)
        raise
    return o


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """The methods of the tables; see objects/natives.py."""
    w = m.words
    o: i64 = w[at]
    if number == RANDOM:
        return new_float(m, next_float(w, o))
    elif number >= FIRST_FLOAT:
        return randomfloats.call(m, number, at, n)
    elif number >= FIRST_SEQUENCE:
        return randomsequences.call(m, number, at, n)
    elif number >= FIRST_INTEGER:
        return randomintegers.call(m, number, at, n)
    elif number == GETSTATE:
        return getstate(m, o)
    elif number == NEW:
        return construct(m, at, n)
    elif number == SETSTATE:
        setstate(m, o, w[at + 1])
    elif number == INIT:
        seed(m, o, w[at + 1], 2)
    elif number == SEED:
        seed(m, o, w[at + 1], int(m.index(w[at + 2])) if w[at + 2] != 0 else 2)
    return none(m.words)
