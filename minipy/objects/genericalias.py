"""Types with parameters, and unions of types: `list[int]`, `int | None`. They are for annotations and isinstance.

    alias (T_GENERIC_ALIAS):  weak list | origin | args | parameters | starred?
    union (T_UNION):          weak list | 0      | args | parameters | 0

`args` are what stands between the brackets, or the union's members; `parameters` the type variables in them, found when
first asked for. Finding them and putting types in their place is the library's (lib/_genericalias.mp). All attributes
but those of ATTRIBUTES are the origin's: `list[int].append` is `list.append`.

CPython counterpart: Objects/genericaliasobject.c and Objects/unionobject.c; here one file serves both.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, OB_TYPE, TP_SOLID, TUPLE_ITEMS
from minipy.memory.layout_modules import ALIAS_ARGS, ALIAS_ORIGIN, ALIAS_PARAMETERS, ALIAS_STARRED
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref, store, xdecref
from minipy.memory.statics import (
    ELLIPSIS,
    NONE,
    T_ATTRIBUTE_ERROR,
    T_FROZENSET,
    T_GENERIC_ALIAS,
    T_NONE,
    T_TUPLE,
    T_TYPE_ERROR,
    T_UNION,
    TRUE,
)
from minipy.memory.words import Raised, vec
from minipy.objects.identifiers import ID_DIR, ID_SETATTR
from minipy.objects.interned import intern
from minipy.objects.libraryfunctions import call_library1, call_library2
from minipy.objects.listobject import list_append_owned
from minipy.objects.longobject import new_bool, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.operators import CMP_EQ, CMP_NE
from minipy.objects.reprs import full_type_name
from minipy.objects.set_algebra import set_from
from minipy.objects.tupleobject import host_repr, is_tuple, new_tuple, tuple_of1, tuple_of_owned
from minipy.objects.typeobject import is_type
from minipy.objects.unicodeobject import host_str, new_str

ALIAS_CLASS_GETITEM: Final = 0
ALIAS_GET_ORIGIN: Final = 1
ALIAS_GET_ARGS: Final = 2
ALIAS_MRO_ENTRIES: Final = 3
ALIAS_DIR: Final = 4
ALIAS_GET_PARAMETERS: Final = 5
ALIAS_GET_UNPACKED: Final = 6
ALIAS_GET_UNPACKED_ARGS: Final = 7
LIBRARY: Final = "_genericalias"

CLASS_METHODS: Final = ((ALIAS_CLASS_GETITEM, "__class_getitem__", 1, 1, ""),)
METHODS: Final = ((ALIAS_MRO_ENTRIES, "__mro_entries__", 1, 1, ""), (ALIAS_DIR, "__dir__", 0, 0, ""))
UNION_METHODS: Final = ((ALIAS_MRO_ENTRIES, "__mro_entries__", 1, 1, ""),)
UNION_GETSETS: Final = ((ALIAS_GET_ARGS, "__args__"), (ALIAS_GET_PARAMETERS, "__parameters__"))
GETSETS: Final = (
    *UNION_GETSETS,
    (ALIAS_GET_ORIGIN, "__origin__"),
    (ALIAS_GET_UNPACKED, "__unpacked__"),
    (ALIAS_GET_UNPACKED_ARGS, "__typing_unpacked_tuple_args__"),
)
ATTRIBUTES: Final = (
    "__class__", "__origin__", "__args__", "__unpacked__", "__parameters__", "__typing_unpacked_tuple_args__",
    "__mro_entries__", "__reduce_ex__", "__reduce__", "__copy__", "__deepcopy__",
)  # fmt: skip
"""What is asked of an alias itself."""
NEW: Final = (2, 2, "")


def new_alias(m: Machine, t: i64, origin: i64, args: i64) -> i64:
    """origin[args] of the type t, for a union without origin (0); both borrowed, args a tuple or one parameter."""
    o: i64 = gc_alloc(m, t)
    if is_tuple(m.words, args):
        incref(m.words, args)
    else:
        try:
            args = tuple_of1(m, args)
        except Raised:
            decref(m, m.words, o)
            raise
    w = m.words
    if origin != 0:
        incref(w, origin)
    w[o + ALIAS_ORIGIN] = origin
    w[o + ALIAS_ARGS] = args
    return o


def new(m: Machine, t: i64, at: i64) -> i64:
    """types.GenericAlias(origin, parameters) for the class t."""
    w = m.words
    return new_alias(m, t, w[at], w[at + 1])


def is_alias(w: vec[i64], o: i64) -> bool:
    """Is o a type with parameters?"""
    return w[w[o + OB_TYPE] + TP_SOLID] == T_GENERIC_ALIAS


def call(m: Machine, number: i64, at: i64, n: i64) -> i64:
    """list.__class_getitem__(parameters), list[int].__mro_entries__(bases), list[int].__dir__()."""
    w = m.words
    if number == ALIAS_MRO_ENTRIES:
        return mro_entries(m, w[at])
    if number == ALIAS_DIR:
        return alias_dir(m, w[at])
    return new_alias(m, T_GENERIC_ALIAS, w[at], w[at + 1])


def mro_entries(m: Machine, o: i64) -> i64:
    """What a class with the base list[int] has instead: (list,)."""
    if is_union(m.words, o):
        raise m.error(T_TYPE_ERROR, "cannot create 'types.UnionType' instances")
    return tuple_of1(m, m.words[o + ALIAS_ORIGIN])


def alias_dir(m: Machine, o: i64) -> i64:
    """The origin's names, and those it has not of ATTRIBUTES: a list."""
    names: i64 = m.call_method(m.words[o + ALIAS_ORIGIN], ID_DIR, 0, 0)
    try:
        for text in ATTRIBUTES:
            name: i64 = intern(m, text)
            if m.contains(names, name):
                decref(m, m.words, name)
            else:
                list_append_owned(m, names, name)
    except Raised:
        decref(m, m.words, names)
        raise
    return names


def asks_origin(m: Machine, name: i64) -> bool:
    """Is an alias's attribute `name` its origin's?"""
    return host_str(m, name) not in ATTRIBUTES


def get(m: Machine, number: i64, o: i64) -> i64:
    """__origin__, __args__, __parameters__, __unpacked__."""
    w = m.words
    if number == ALIAS_GET_PARAMETERS:
        return parameters_of(m, o)
    if number == ALIAS_GET_UNPACKED:
        return new_bool(w, w[o + ALIAS_STARRED] != 0)
    value: i64 = w[o + ALIAS_ARGS]
    if number == ALIAS_GET_ORIGIN:
        value = w[o + ALIAS_ORIGIN]
    elif number == ALIAS_GET_UNPACKED_ARGS and (w[o + ALIAS_STARRED] == 0 or w[o + ALIAS_ORIGIN] != T_TUPLE):
        value = NONE
    incref(w, value)
    return value


def call_alias(m: Machine, o: i64, args: i64, keywords: i64) -> i64:
    """list[int](...) is list(...), which is told its `__orig_class__` where it can be; a union cannot be called."""
    if is_union(m.words, o):
        raise m.error(T_TYPE_ERROR, "'types.UnionType' object is not callable")
    made: i64 = m.call_object(m.words[o + ALIAS_ORIGIN], args, keywords)
    name: i64 = 0
    try:
        name = intern(m, "__orig_class__")
        decref(m, m.words, m.call_method(made, ID_SETATTR, name, o))
    except Raised:
        if not m.catch(T_ATTRIBUTE_ERROR) and not m.catch(T_TYPE_ERROR):
            decref(m, m.words, made)
            raise
    finally:
        xdecref(m, m.words, name)
    return made


# ---------------------------------------------------------------- type variables
def parameters_of(m: Machine, o: i64) -> i64:
    """The tuple of the type variables in o's args, owned."""
    if m.words[o + ALIAS_PARAMETERS] == 0:
        found: i64 = call_library1(m, LIBRARY, "parameters_of", m.words[o + ALIAS_ARGS])
        store(m, m.words, o + ALIAS_PARAMETERS, found)
    w = m.words
    incref(w, w[o + ALIAS_PARAMETERS])
    return w[o + ALIAS_PARAMETERS]


def alias_get_item(m: Machine, o: i64, item: i64) -> i64:
    """list[T][int], (T | None)[int]: the same with types in the place of its type variables."""
    args: i64 = call_library2(m, LIBRARY, "with_types", o, item)
    try:
        if is_union(m.words, o):
            return call_library1(m, LIBRARY, "union_of", args)
        made: i64 = new_alias(m, T_GENERIC_ALIAS, m.words[o + ALIAS_ORIGIN], args)
    finally:
        decref(m, m.words, args)
    w = m.words
    if w[o + ALIAS_STARRED] != 0:
        set_starred(w, made)
    return made


def set_starred(w: vec[i64], o: i64) -> None:
    """Make a new alias o one that was unpacked."""
    incref(w, TRUE)
    w[o + ALIAS_STARRED] = TRUE


def alias_iter(m: Machine, o: i64) -> i64:
    """iter(list[int]), for `tuple[*list[int]]`: an iterator over one starred alias."""
    w = m.words
    starred: i64 = new_alias(m, T_GENERIC_ALIAS, w[o + ALIAS_ORIGIN], w[o + ALIAS_ARGS])
    set_starred(m.words, starred)
    one: i64 = tuple_of_owned(m, starred)
    try:
        return m.iter(one)
    finally:
        decref(m, m.words, one)


# ---------------------------------------------------------------- unions
def is_union(w: vec[i64], o: i64) -> bool:
    """Is o a union of types?"""
    return w[o + OB_TYPE] == T_UNION


def is_type_like(w: vec[i64], o: i64) -> bool:
    """May o stand in a union: a class, None, list[int], another union?"""
    return o == NONE or is_type(w, o) or is_alias(w, o) or is_union(w, o)


def union_of(m: Machine, a: i64, b: i64) -> i64:
    """a | b for two types; NotImplemented for anything else."""
    w = m.words
    if not is_type_like(w, a) or not is_type_like(w, b) or (a == NONE and b == NONE):
        return not_implemented(w)
    members: list[int] = []
    add_members(m, members, a)
    add_members(m, members, b)
    if len(members) == 1:
        incref(w, members[0])
        return members[0]
    args: i64 = new_tuple(m, len(members))
    w = m.words
    at: i64 = args + TUPLE_ITEMS
    for o in members:
        incref(w, o)
        w[at] = o
        at += 1
    try:
        return new_alias(m, T_UNION, 0, args)
    finally:
        decref(m, m.words, args)


def add_members(m: Machine, members: list[int], o: i64) -> None:
    """Add o (its type for None), or the members of the union o, each once."""
    w = m.words
    if not is_union(w, o):
        if o == NONE:
            o = T_NONE
        if not any([m.equal(o, i64(member)) for member in members]):
            members.append(int(o))
        return
    args: i64 = w[o + ALIAS_ARGS]
    i: i64 = 0
    while i < w[args + OB_SIZE]:
        add_members(m, members, w[args + TUPLE_ITEMS + i])
        i += 1


# ---------------------------------------------------------------- text and comparison
def alias_repr(m: Machine, o: i64) -> i64:
    """list[int], int | None"""
    w = m.words
    args: i64 = w[o + ALIAS_ARGS]
    parts: list[str] = []
    i: i64 = 0
    while i < m.words[args + OB_SIZE]:
        parts.append(parameter_text(m, m.words[args + TUPLE_ITEMS + i]))
        i += 1
    if m.words[o + ALIAS_ORIGIN] == 0:
        return new_str(m, " | ".join(["None" if part == "NoneType" else part for part in parts]))
    star = "*" if m.words[o + ALIAS_STARRED] != 0 else ""
    return new_str(m, star + parameter_text(m, m.words[o + ALIAS_ORIGIN]) + "[" + (", ".join(parts) or "()") + "]")


def parameter_text(m: Machine, o: i64) -> str:
    """How a parameter is shown: classes by their name."""
    if o == ELLIPSIS:
        return "..."
    if is_type(m.words, o):
        return full_type_name(m, o)
    return host_repr(m, o)


def alias_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """Equal origins and args, starred alike."""
    w = m.words
    if (op != CMP_EQ and op != CMP_NE) or not (is_union(w, b) if is_union(w, a) else is_alias(w, b)):
        return not_implemented(w)
    same: bool = w[a + ALIAS_ORIGIN] == w[b + ALIAS_ORIGIN] and w[a + ALIAS_STARRED] == w[b + ALIAS_STARRED]
    if same and is_union(w, a):
        same = includes(m, a, b) and includes(m, b, a)
    elif same:
        same = m.equal(w[a + ALIAS_ARGS], w[b + ALIAS_ARGS])
    return new_bool(m.words, same == (op == CMP_EQ))


def includes(m: Machine, a: i64, b: i64) -> bool:
    """Has the union a all members of the union b?"""
    args: i64 = m.words[b + ALIAS_ARGS]
    i: i64 = 0
    while i < m.words[args + OB_SIZE]:
        if not m.contains(m.words[a + ALIAS_ARGS], m.words[args + TUPLE_ITEMS + i]):
            return False
        i += 1
    return True


def alias_hash(m: Machine, o: i64) -> i64:
    """The hash of origin and parameters; of a union in any order."""
    w = m.words
    if is_union(w, o):
        members: i64 = set_from(m, T_FROZENSET, w[o + ALIAS_ARGS])
        try:
            return m.hash(members)
        finally:
            decref(m, m.words, members)
    h: i64 = m.hash(w[o + ALIAS_ARGS]) ^ w[o + ALIAS_ORIGIN]
    return -2 if h == -1 else h
