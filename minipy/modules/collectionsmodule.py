"""The module _collections: deque. The rest of collections is written in minipy.

CPython counterpart: Modules/_collectionsmodule.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import NATIVE_NUMBER, TP_DICT
from minipy.memory.layout_modules import W_DEQUE_ITERATOR, W_DEQUE_REVERSED
from minipy.memory.refcount import store
from minipy.memory.statics import NONE, T_DEQUE, T_ITERTOOL, T_WRAPPER
from minipy.modules.constants import add_module_name, add_object
from minipy.modules.countelements import count_elements
from minipy.modules.namedtuplenew import new_constructor
from minipy.modules.nativeclass import check_class, new_class
from minipy.objects import deque_methods, genericalias
from minipy.objects.dictobject import dict_get_str, dict_set_str
from minipy.objects.identifiers import ID_HASH, ID_INIT
from minipy.objects.machine import Machine
from minipy.objects.natives import (
    FAMILY_GENERIC_ALIAS,
    FAMILY_SLOT,
    Methods,
    add_class_methods,
    add_functions,
    add_getsets,
    add_methods,
    new_native,
    put,
    set_owner,
    set_parameters,
)
from minipy.objects.slots import slot_number
from minipy.objects.typenatives import add_constructor
from minipy.objects.typestart import add_wrapper
from minipy.vm.module_families import FAMILY_COLLECTIONS

NAMEDTUPLE_NEW: Final = 100
COUNT_ELEMENTS: Final = 101
FUNCTIONS: Final[Methods] = (
    (NAMEDTUPLE_NEW, "_namedtuple_new", 3, 3, ""),
    (COUNT_ELEMENTS, "_count_elements", 2, 2, ""),
)

WRAPPERS: Final = (
    "__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __len__ __getitem__ __setitem__ __delitem__ __contains__ __iter__ "
    "__add__ __mul__ __rmul__ __iadd__ __imul__ __repr__"
)


def fill(m: Machine, d: i64) -> None:
    """Put the functions and classes into the module's dict."""
    complete_deque(m)
    m.words[T_DEQUE] += 1
    add_object(m, d, "deque", T_DEQUE)
    add_functions(m, d, "_collections", FAMILY_COLLECTIONS, FUNCTIONS)
    make_iterator(m, d, W_DEQUE_ITERATOR, "_deque_iterator")
    make_iterator(m, d, W_DEQUE_REVERSED, "_deque_reverse_iterator")


def make_iterator(m: Machine, d: i64, root: i64, name: str) -> None:
    """The class of a deque's iterators, kept in the root word too."""
    t: i64 = new_class(m, T_ITERTOOL, "_collections", name)
    m.words[t] += 1
    store(m, m.words, root, t)
    add_object(m, d, name, t)


def complete_deque(m: Machine) -> None:
    """Give the static type its constructor and methods, if it has none yet."""
    d: i64 = m.words[T_DEQUE + TP_DICT]
    if dict_get_str(m.words, d, ID_INIT) != 0:
        return
    add_module_name(m, T_DEQUE, "collections")
    add_methods(m, T_DEQUE, FAMILY_COLLECTIONS, deque_methods.METHODS)
    add_getsets(m, T_DEQUE, FAMILY_COLLECTIONS, deque_methods.GETSETS)
    add_class_methods(m, T_DEQUE, FAMILY_GENERIC_ALIAS, genericalias.CLASS_METHODS)
    for name in WRAPPERS.split():
        add_wrapper(m, T_DEQUE, name)
    dict_set_str(m, d, ID_HASH, NONE)
    add_constructor(m, T_DEQUE, FAMILY_COLLECTIONS, deque_methods.NEW, deque_methods.PARAMETERS)
    add_init(m)


def add_init(m: Machine) -> None:
    """deque.__init__, whose parameters have names."""
    fewest, most, parameters = deque_methods.PARAMETERS
    o: i64 = new_native(m, T_WRAPPER, FAMILY_SLOT, 0, "__init__", fewest, most)
    m.words[o + NATIVE_NUMBER] = slot_number(T_DEQUE, ID_INIT)
    set_owner(m, o, T_DEQUE)
    set_parameters(m, o, parameters)
    put(m, m.words[T_DEQUE + TP_DICT], o, o)


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """deque's constructor and methods, and the module's functions; see objects/natives.py."""
    if number == deque_methods.NEW:
        check_class(m, m.words[at], T_DEQUE)
    if number == NAMEDTUPLE_NEW:
        return new_constructor(m, m.words[at], m.words[at + 1], m.words[at + 2])
    if number == COUNT_ELEMENTS:
        return count_elements(m, m.words[at], m.words[at + 1])
    return deque_methods.call(m, number, at, n)


def get(m: Machine, number: i64, o: i64) -> i64:
    """deque.maxlen."""
    return deque_methods.maxlen(m, o)
