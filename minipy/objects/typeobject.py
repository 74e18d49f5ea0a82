"""Types: looking attributes up along the method resolution order, and keeping caches honest by versions.

    type_lookup(t, name):   METHOD_CACHE entry (version, name) --hit--> the attribute
                                   |miss
                            t.__mro__: dict of t, dict of the next base, ... object's dict --> remembered

Invariants
- TP_VERSION is 0 (not valid) or unique; if a type's is valid, so are its bases'. Any change to a type's dict sets it
  to 0 for the type and all its subclasses: whoever remembered something under the old version cannot find it again.
- A cache entry borrows its name and its value: while the version is valid the name is a key and the value lies in the
  dict of some type of the order. That a name is absent is only remembered for the names that never die (identifiers).
- CACHE_INDEX is 1 + the index of the attribute among instances' inline values, 0 if not known: an index never changes.
- TP_MRO is a tuple with the type itself first, unless a metaclass's own `mro()` says otherwise; 0 only while a type is
  being made.
- All heap types are linked through TP_NEXT_TYPE and TP_PREV_TYPE, to find subclasses.

CPython counterpart: _PyType_Lookup, PyType_Modified, assign_version_tag and PyType_IsSubtype of Objects/typeobject.c.
There a type keeps a dict of its subclasses; here the list of heap types is walked, which a change of a class pays.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.describe import tp_name
from minipy.memory.layout import (
    METHOD_CACHE,
    METHOD_CACHE_ENTRIES,
    OB_SIZE,
    OB_TYPE,
    TP_CLASS,
    TP_DICT,
    TP_FLAGS,
    TP_MRO,
    TP_NAME,
    TP_NEXT_TYPE,
    TP_PREV_TYPE,
    TP_VERSION,
    TPFLAGS_HEAPTYPE,
    TPFLAGS_TYPE,
    TUPLE_ITEMS,
    W_HEAP_TYPES,
    W_VERSION,
)
from minipy.memory.words import Heap, vec
from minipy.objects.dictobject import dict_find_str
from minipy.objects.dicttable import ENTRY_VALUE
from minipy.objects.unicodeobject import host_str

CACHE_MASK: Final = METHOD_CACHE_ENTRIES - 1
CACHE_ENTRY: Final = 4
CACHE_NAME: Final = 1
CACHE_VALUE: Final = 2
CACHE_INDEX: Final = 3


def type_lookup(w: vec[i64], t: i64, name: i64) -> i64:
    """The attribute `name` (interned) of the type t or its bases as it lies there, borrowed; 0: none."""
    version: i64 = w[t + TP_VERSION]
    entry: i64 = METHOD_CACHE + ((version + (name >> 2)) & CACHE_MASK) * CACHE_ENTRY
    if version != 0 and w[entry] == version and w[entry + CACHE_NAME] == name:
        return w[entry + CACHE_VALUE]
    return lookup_slow(w, t, name)


def lookup_slow(w: vec[i64], t: i64, name: i64) -> i64:
    """As type_lookup, past the cache; remembers what it finds."""
    value: i64 = lookup_in_mro(w, t, name)
    version: i64 = type_version(w, t)
    entry: i64 = METHOD_CACHE + ((version + (name >> 2)) & CACHE_MASK) * CACHE_ENTRY
    w[entry] = version
    w[entry + CACHE_NAME] = name
    w[entry + CACHE_VALUE] = value
    w[entry + CACHE_INDEX] = 0
    return value


def cache_entry(w: vec[i64], t: i64, name: i64) -> i64:
    """The entry of the method cache that knows the name (interned) in the type t; 0: there is none."""
    version: i64 = w[t + TP_VERSION]
    entry: i64 = METHOD_CACHE + ((version + (name >> 2)) & CACHE_MASK) * CACHE_ENTRY
    return entry if version != 0 and w[entry] == version and w[entry + CACHE_NAME] == name else 0


def forget_name(w: vec[i64], name: i64) -> None:
    """The interned str `name` dies: its address may be another name's next, so the cache must not know it."""
    entry: i64 = METHOD_CACHE
    while entry < METHOD_CACHE + METHOD_CACHE_ENTRIES * CACHE_ENTRY:
        if w[entry + CACHE_NAME] == name:
            w[entry] = 0
        entry += CACHE_ENTRY


def lookup_in_mro(w: vec[i64], t: i64, name: i64) -> i64:
    """Search the dicts of t's method resolution order: borrowed, or 0."""
    mro: i64 = w[t + TP_MRO]
    i: i64 = mro + TUPLE_ITEMS
    end: i64 = i + w[mro + OB_SIZE]
    while i < end:
        entry: i64 = dict_find_str(w, w[w[i] + TP_DICT], name)
        if entry != 0:
            return w[entry + ENTRY_VALUE]
        i += 1
    return 0


def type_version(w: vec[i64], t: i64) -> i64:
    """t's version; a type that has none gets one, and its bases too."""
    version: i64 = w[t + TP_VERSION]
    if version != 0:
        return version
    mro: i64 = w[t + TP_MRO]
    i: i64 = mro + TUPLE_ITEMS + w[mro + OB_SIZE]
    while i > mro + TUPLE_ITEMS:
        i -= 1
        if w[w[i] + TP_VERSION] == 0:
            w[W_VERSION] += 1
            w[w[i] + TP_VERSION] = w[W_VERSION]
    if w[t + TP_VERSION] == 0:
        w[W_VERSION] += 1
        w[t + TP_VERSION] = w[W_VERSION]
    return w[t + TP_VERSION]


def type_modified(w: vec[i64], t: i64) -> None:
    """Something in t's dict changed: t's version and its subclasses' are no longer valid."""
    if w[t + TP_VERSION] == 0:
        return
    w[t + TP_VERSION] = 0
    h: i64 = w[W_HEAP_TYPES]
    while h != 0:
        if w[h + TP_VERSION] != 0 and is_subtype(w, h, t):
            w[h + TP_VERSION] = 0
        h = w[h + TP_NEXT_TYPE]


def add_flags(w: vec[i64], t: i64, flags: i64) -> None:
    """Set flags in t and all its subclasses."""
    w[t + TP_FLAGS] |= flags
    h: i64 = w[W_HEAP_TYPES]
    while h != 0:
        if is_subtype(w, h, t):
            w[h + TP_FLAGS] |= flags
        h = w[h + TP_NEXT_TYPE]


def is_subtype(w: vec[i64], t: i64, base: i64) -> bool:
    """Is `base` in t's method resolution order?"""
    if t == base:
        return True
    mro: i64 = w[t + TP_MRO]
    i: i64 = mro + TUPLE_ITEMS
    end: i64 = i + w[mro + OB_SIZE]
    while i < end:
        if w[i] == base:
            return True
        i += 1
    return False


def is_type(w: vec[i64], o: i64) -> bool:
    """Is o a class?"""
    return w[w[o + OB_TYPE] + TP_FLAGS] & TPFLAGS_TYPE != 0


def type_of(w: vec[i64], o: i64) -> i64:
    """The class a program sees: type(o), borrowed."""
    return w[w[o + OB_TYPE] + TP_CLASS]


def is_instance_of(w: vec[i64], o: i64, t: i64) -> bool:
    """Is type(o) t or derived from it? (No `__instancecheck__`, no `__class__`.)"""
    return is_subtype(w, w[w[o + OB_TYPE] + TP_CLASS], t)


def name_of_type(heap: Heap, t: i64) -> str:
    """t.__name__ as host text."""
    return host_str(heap, heap.words[t + TP_NAME])


def name_of_type_of(heap: Heap, o: i64) -> str:
    """The name of type(o) as messages have it: `__name__`, behind the module if it is a native type of one."""
    return tp_name(heap.words, heap.words[o + OB_TYPE])


def is_heap_type(w: vec[i64], t: i64) -> bool:
    """Was t made by a program's class statement (or type())?"""
    return w[t + TP_FLAGS] & TPFLAGS_HEAPTYPE != 0


def link_type(w: vec[i64], t: i64) -> None:
    """Enter a new heap type into the list of all."""
    first: i64 = w[W_HEAP_TYPES]
    w[t + TP_NEXT_TYPE] = first
    w[t + TP_PREV_TYPE] = 0
    if first != 0:
        w[first + TP_PREV_TYPE] = t
    w[W_HEAP_TYPES] = t


def unlink_type(w: vec[i64], t: i64) -> None:
    """Take a dying heap type out of the list."""
    after: i64 = w[t + TP_NEXT_TYPE]
    before: i64 = w[t + TP_PREV_TYPE]
    if before != 0:
        w[before + TP_NEXT_TYPE] = after
    elif w[W_HEAP_TYPES] == t:
        w[W_HEAP_TYPES] = after
    if after != 0:
        w[after + TP_PREV_TYPE] = before
    w[t + TP_NEXT_TYPE] = 0
    w[t + TP_PREV_TYPE] = 0


def forget(w: vec[i64], a: i64) -> None:
    """The object `a` dies (Heap.forget): a heap type leaves the list of all."""
    if is_type(w, a):
        unlink_type(w, a)
