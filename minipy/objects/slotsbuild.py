"""`__slots__` of a new class: reading the names, making their descriptors.

CPython counterpart: type_new_visit_slots and type_new_descriptors of Objects/typeobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import OB_SIZE, TP_DICT, TP_DICTOFFSET, TP_WEAKLIST, TUPLE_ITEMS
from minipy.memory.refcount import decref
from minipy.memory.statics import T_GETSET, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.objects.descrobject import new_member
from minipy.objects.dictobject import dict_find_str, dict_set_str
from minipy.objects.dicttable import ENTRY_VALUE
from minipy.objects.identifiers import ID_SLOTS
from minipy.objects.interned import intern
from minipy.objects.machine import Machine
from minipy.objects.natives import FAMILY_OBJECT, new_native, put, set_owner
from minipy.objects.object_methods import OBJECT_GET_DICT, OBJECT_GET_WEAKREF
from minipy.objects.typelayout import can_have_slots, lay_out
from minipy.objects.typeobject import name_of_type, name_of_type_of
from minipy.objects.unicodeobject import host_str, is_str


class SlotNames:
    """What a class wants of its instances: members by name, a `__dict__`, a weak list."""

    names: list[str]
    add_dict: bool
    add_weaklist: bool

    def __init__(self) -> None:
        """A class without `__slots__`."""
        self.names = []
        self.add_dict = True
        self.add_weaklist = True


def read_slots(m: Machine, name: i64, base: i64, bases: i64, namespace: i64) -> SlotNames:
    """Read `__slots__` of the class `name` from its namespace; may run a program's iteration."""
    slots = SlotNames()
    entry: i64 = dict_find_str(m.words, namespace, ID_SLOTS)
    if entry == 0:
        return slots
    slots.add_dict = False
    slots.add_weaklist = False
    given: i64 = m.words[entry + ENTRY_VALUE]
    if is_str(m.words, given):
        slots.names.append(host_str(m, given))
    else:
        slots.names = collect_names(m, given)
    if len(slots.names) > 0 and not can_have_slots(m.words, base):
        text = "nonempty __slots__ not supported for subtype of '" + name_of_type(m, base) + "'"
        raise m.error(T_TYPE_ERROR, text)
    take_special_names(m, slots, base)
    slots.names = [mangle(host_str(m, name), slot) for slot in slots.names]
    slots.names.sort()
    check_conflicts(m, slots.names, namespace)
    inherit_from_others(m, slots, bases)
    return slots


def collect_names(m: Machine, given: i64) -> list[str]:
    """The strings of an iterable `__slots__`."""
    names: list[str] = []
    iterator: i64 = m.iter(given)
    try:
        while True:
            item: i64 = m.next(iterator)
            if item == 0:
                return names
            try:
                names.append(slot_name(m, item))
            finally:
                decref(m, m.words, item)
    finally:
        decref(m, m.words, iterator)


def slot_name(m: Machine, item: i64) -> str:
    """One name of `__slots__`; TypeError unless it is an identifier."""
    if not is_str(m.words, item):
        raise m.error(T_TYPE_ERROR, "__slots__ items must be strings, not '" + name_of_type_of(m, item) + "'")
    text = host_str(m, item)
    if not text.isidentifier():
        raise m.error(T_TYPE_ERROR, "__slots__ must be identifiers")
    return text


def take_special_names(m: Machine, slots: SlotNames, base: i64) -> None:
    """`__dict__` and `__weakref__` among the names ask for these."""
    names: list[str] = []
    for text in slots.names:
        if text == "__dict__":
            if slots.add_dict or m.words[base + TP_DICTOFFSET] != 0:
                raise m.error(T_TYPE_ERROR, "__dict__ slot disallowed: we already got one")
            slots.add_dict = True
        elif text == "__weakref__":
            if slots.add_weaklist or m.words[base + TP_WEAKLIST] != 0:
                text = "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0"
                raise m.error(T_TYPE_ERROR, text)
            slots.add_weaklist = True
        elif text not in names:
            names.append(text)
    slots.names = names


def mangle(owner: str, name: str) -> str:
    """A private name `__x` of the class Owner is `_Owner__x`."""
    owner = owner.lstrip("_")
    if not name.startswith("__") or name.endswith("__") or owner == "":
        return name
    return "_" + owner + name


def check_conflicts(m: Machine, names: list[str], namespace: i64) -> None:
    """ValueError if a slot's name is a class variable too."""
    for text in names:
        name: i64 = intern(m, text)
        entry: i64 = dict_find_str(m.words, namespace, name)
        decref(m, m.words, name)
        if entry != 0 and text != "__qualname__" and text != "__classcell__":
            raise m.error(T_VALUE_ERROR, "'" + text + "' in __slots__ conflicts with class variable")


def inherit_from_others(m: Machine, slots: SlotNames, bases: i64) -> None:
    """A dict or weak list that any base has, the class has."""
    w = m.words
    i: i64 = bases + TUPLE_ITEMS
    end: i64 = i + w[bases + OB_SIZE]
    while i < end:
        slots.add_dict = slots.add_dict or w[w[i] + TP_DICTOFFSET] != 0
        slots.add_weaklist = slots.add_weaklist or w[w[i] + TP_WEAKLIST] != 0
        i += 1


# ---------------------------------------------------------------- making the descriptors
def add_slots(m: Machine, t: i64, base: i64, slots: SlotNames) -> None:
    """Lay t's instances out and put the descriptors of its slots, dict and weak list into its dict."""
    offset: i64 = lay_out(m.words, t, base, len(slots.names), slots.add_dict, slots.add_weaklist)
    for text in slots.names:
        add_member(m, t, text, offset)
        offset += 1
    w = m.words
    if w[t + TP_DICTOFFSET] != 0 and w[base + TP_DICTOFFSET] == 0:
        add_computed(m, t, OBJECT_GET_DICT, "__dict__")
    w = m.words
    if w[t + TP_WEAKLIST] != 0 and w[base + TP_WEAKLIST] == 0:
        add_computed(m, t, OBJECT_GET_WEAKREF, "__weakref__")


def add_member(m: Machine, t: i64, text: str, offset: i64) -> None:
    """The descriptor of one slot."""
    name: i64 = intern(m, text)
    member: i64 = 0
    try:
        member = new_member(m, t, name, offset)
        dict_set_str(m, m.words[t + TP_DICT], name, member)
    finally:
        decref(m, m.words, name)
        if member != 0:
            decref(m, m.words, member)


def add_computed(m: Machine, t: i64, number: i64, name: str) -> None:
    """The descriptor of `__dict__` or `__weakref__`."""
    o: i64 = new_native(m, T_GETSET, FAMILY_OBJECT, number, name, 0, 0)
    set_owner(m, o, t)
    put(m, m.words[t + TP_DICT], o, o)
