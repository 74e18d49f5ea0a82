"""The layout of a new class's instances, from its best base and its `__slots__`.

    plain class                    dict | weaklist | values -> | count | allocated          (INSTANCE_*)
    with __slots__ above object    slot ... slot | dict, if any | slots of subclasses ... | weaklist, if any
    above another built-in type    the base's words | slots | dict | weaklist
    above str, bytes, tuple        weaklist | later slots | dict | slots | collector's head | the base's words | items
    above int                      the base's words | INT_LARGE | dict

Invariants
- All references of an instance but those in its buffer or items are adjacent: TP_SLOTS, TP_NSLOTS.
- A `__slots__` member's offset is the same in all subclasses; the dict and the weak list may move (TP_DICTOFFSET,
  TP_WEAKLIST), and only plain classes, where nothing has slots, have inline values.
- Instances of a program's class always have a collector's head: each refers to its class, which may hold it.
- Where items take up all room behind the header, all else stands in front of it, at negative offsets; TP_GC says how
  many words that are. CPython puts a dict behind the items, which costs a sum each time it is looked for.
- Instances of subclasses of int, bytes and tuple have neither slots nor a weak list: CPython keeps items there, too.

CPython counterpart: best_base, extra_ivars and type_new_slots of Objects/typeobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    GC_HEAD_WORDS,
    INSTANCE_ALLOCATED,
    INSTANCE_BASICSIZE,
    INSTANCE_COUNT,
    INSTANCE_DICT,
    INSTANCE_VALUES,
    INSTANCE_WEAKLIST,
    INT_LARGE,
    OB_SIZE,
    TP_BASE,
    TP_BASICSIZE,
    TP_BUF,
    TP_BUF_COUNT,
    TP_BUF_STRIDE,
    TP_DICTOFFSET,
    TP_FLAGS,
    TP_GC,
    TP_ITEMSIZE,
    TP_NSLOTS,
    TP_RAW1,
    TP_RAW1_SIZE,
    TP_RAW2_SIZE,
    TP_SLOTS,
    TP_SOLID,
    TP_VALUES,
    TP_WEAKLIST,
    TPFLAGS_BASETYPE,
    TPFLAGS_TYPE,
    TUPLE_ITEMS,
)
from minipy.memory.statics import T_BYTES, T_INT, T_OBJECT, T_TUPLE, T_TYPE_ERROR
from minipy.memory.words import vec
from minipy.objects.machine import Machine
from minipy.objects.typeobject import is_heap_type, is_subtype, name_of_type


def best_base(m: Machine, bases: i64) -> i64:
    """The base whose layout a class with these bases extends, borrowed.

    TypeError if two layouts conflict, or a base may not have subclasses.
    """
    w = m.words
    winner: i64 = 0
    best: i64 = 0
    i: i64 = bases + TUPLE_ITEMS
    end: i64 = i + w[bases + OB_SIZE]
    while i < end:
        if w[w[i] + TP_FLAGS] & TPFLAGS_BASETYPE == 0:
            raise m.error(T_TYPE_ERROR, "type '" + name_of_type(m, w[i]) + "' is not an acceptable base type")
        candidate: i64 = solid_base(w, w[i])
        if winner == 0 or (candidate != winner and is_subtype(w, candidate, winner)):
            winner = candidate
            best = w[i]
        elif not is_subtype(w, winner, candidate):
            raise m.error(T_TYPE_ERROR, "multiple bases have instance lay-out conflict")
        i += 1
    return best


def solid_base(w: vec[i64], t: i64) -> i64:
    """The class among t and its bases that last added fields other than a dict and a weak list."""
    while is_heap_type(w, t) and members(w, t) == members(w, w[t + TP_BASE]):
        t = w[t + TP_BASE]
    if is_heap_type(w, t):
        return t
    return w[t + TP_SOLID]


def members(w: vec[i64], t: i64) -> i64:
    """How many references of `__slots__` an instance of t has (plus the constant number of its built-in base)."""
    n: i64 = w[t + TP_NSLOTS]
    if is_heap_type(w, t):
        if w[t + TP_SOLID] == T_INT:
            n -= 1
        if w[t + TP_DICTOFFSET] != 0 and w[w[t + TP_SOLID] + TP_DICTOFFSET] == 0:
            n -= 1
    return n


def can_have_slots(w: vec[i64], base: i64) -> bool:
    """May instances of a class derived from `base` have slots and a weak list of their own?"""
    solid: i64 = w[base + TP_SOLID]
    return solid != T_INT and solid != T_BYTES and solid != T_TUPLE and can_extend(w, base)


def can_extend(w: vec[i64], base: i64) -> bool:
    """Can instances of a class derived from `base` have further references of their own?"""
    if w[base + TP_FLAGS] & TPFLAGS_TYPE != 0:
        return False
    if w[base + TP_ITEMSIZE] != 0:
        return True
    if w[base + TP_NSLOTS] == 0 or w[base + TP_SOLID] == T_OBJECT:
        return True
    return w[base + TP_SLOTS] + w[base + TP_NSLOTS] == end_of_references(w, base)


def end_of_references(w: vec[i64], base: i64) -> i64:
    """The offset behind the fields of `base` less its own weak list, which is last."""
    if is_own_weaklist(w, base):
        return w[base + TP_WEAKLIST]
    return w[base + TP_BASICSIZE]


def lay_out(w: vec[i64], t: i64, base: i64, slots: i64, add_dict: bool, add_weaklist: bool) -> i64:
    """Write the layout of the class t, derived from `base`; returns the offset of the first of its `slots` slots.

    add_dict, add_weaklist: the class wants one; a base's own stays in any case.
    """
    i: i64 = TP_GC
    while i <= TP_RAW2_SIZE:
        w[t + i] = w[base + i]
        i += 1
    w[t + TP_SOLID] = w[base + TP_SOLID]
    w[t + TP_DICTOFFSET] = w[base + TP_DICTOFFSET]
    w[t + TP_WEAKLIST] = w[base + TP_WEAKLIST]
    w[t + TP_VALUES] = 0
    if not can_extend(w, base):
        return 0
    want_dict: bool = add_dict or w[base + TP_DICTOFFSET] != 0
    want_weaklist: bool = (add_weaklist and can_have_slots(w, base)) or w[base + TP_WEAKLIST] != 0
    if w[base + TP_SOLID] == T_OBJECT and slots == 0 and want_dict and members(w, base) == 0:
        lay_out_plain(w, t, want_weaklist)
        return 0
    if w[base + TP_ITEMSIZE] != 0:
        return lay_out_in_front(w, t, base, slots, want_dict, want_weaklist)
    return lay_out_slots(w, t, base, slots, want_dict, want_weaklist)


def lay_out_plain(w: vec[i64], t: i64, weaklist: bool) -> None:
    """The layout INSTANCE_*: a dict or inline values."""
    w[t + TP_GC] = GC_HEAD_WORDS
    w[t + TP_BASICSIZE] = INSTANCE_BASICSIZE
    w[t + TP_SLOTS] = INSTANCE_DICT
    w[t + TP_NSLOTS] = 1
    w[t + TP_BUF] = INSTANCE_VALUES
    w[t + TP_BUF_COUNT] = INSTANCE_COUNT
    w[t + TP_BUF_STRIDE] = 1
    w[t + TP_RAW1] = INSTANCE_VALUES
    w[t + TP_RAW1_SIZE] = INSTANCE_ALLOCATED
    w[t + TP_DICTOFFSET] = INSTANCE_DICT
    w[t + TP_WEAKLIST] = INSTANCE_WEAKLIST if weaklist else 0
    w[t + TP_VALUES] = INSTANCE_VALUES


def lay_out_slots(w: vec[i64], t: i64, base: i64, slots: i64, want_dict: bool, want_weaklist: bool) -> i64:
    """References behind those of the base: its new slots, then a dict, then a weak list; returns the first slot."""
    start: i64 = start_of_references(w, base)
    at: i64 = start
    if w[base + TP_VALUES] != 0:
        drop_values_layout(w, t)
        at = INSTANCE_DICT + 1
    elif w[base + TP_NSLOTS] != 0:
        at = w[base + TP_SLOTS] + w[base + TP_NSLOTS]
    elif base == T_INT:
        at = INT_LARGE + 1
    first: i64 = at
    at += slots
    if want_dict and w[base + TP_DICTOFFSET] == 0:
        w[t + TP_DICTOFFSET] = at
        at += 1
    w[t + TP_SLOTS] = start
    w[t + TP_NSLOTS] = at - start
    w[t + TP_GC] = GC_HEAD_WORDS
    if want_weaklist and (is_own_weaklist(w, base) or w[base + TP_WEAKLIST] == 0):
        w[t + TP_WEAKLIST] = at
        at += 1
    w[t + TP_BASICSIZE] = at
    return first


def lay_out_in_front(w: vec[i64], t: i64, base: i64, slots: i64, want_dict: bool, want_weaklist: bool) -> i64:
    """As lay_out_slots, from the collector's head downward."""
    first: i64 = -GC_HEAD_WORDS - w[base + TP_NSLOTS] - slots
    at: i64 = first
    if want_dict and w[base + TP_DICTOFFSET] == 0:
        at -= 1
        w[t + TP_DICTOFFSET] = at
    w[t + TP_SLOTS] = at
    w[t + TP_NSLOTS] = -GC_HEAD_WORDS - at
    if want_weaklist:
        at -= 1
        w[t + TP_WEAKLIST] = at
    w[t + TP_GC] = -at
    return first


def start_of_references(w: vec[i64], base: i64) -> i64:
    """The offset of the first reference of instances of classes derived from `base`."""
    if w[base + TP_NSLOTS] != 0:
        return w[base + TP_SLOTS]
    return end_of_references(w, base)


def is_own_weaklist(w: vec[i64], base: i64) -> bool:
    """Did a program's class, not a built-in type, add base's weak list, so that it may move?"""
    return w[base + TP_WEAKLIST] != 0 and w[w[base + TP_SOLID] + TP_WEAKLIST] == 0


def drop_values_layout(w: vec[i64], t: i64) -> None:
    """Undo the inline values copied from a plain base."""
    i: i64 = TP_BUF
    while i <= TP_RAW1_SIZE:
        w[t + i] = 0
        i += 1
    w[t + TP_BASICSIZE] = INSTANCE_DICT + 1
