"""Instructions of class bodies and other namespaces.

CPython counterpart: LOAD_NAME, STORE_NAME, DELETE_NAME, SETUP_ANNOTATIONS in Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.refcount import decref
from minipy.objects.dictobject import new_dict
from minipy.objects.identifiers import ID_ANNOTATIONS
from minipy.objects.machine import Machine
from minipy.vm import names


def load_name(m: Machine, name: i64, sp: i64) -> i64:
    """LOAD_NAME."""
    value: i64 = names.load_name(m, name)
    m.words[sp] = value
    return sp + 1


def store_name(m: Machine, name: i64, sp: i64) -> i64:
    """STORE_NAME."""
    names.store_name(m, name, m.words[sp - 1])
    return names.pop_one(m, sp)


def delete_name(m: Machine, name: i64, sp: i64) -> i64:
    """DELETE_NAME."""
    names.delete_name(m, name)
    return sp


def delete_global(m: Machine, name: i64, sp: i64) -> i64:
    """DELETE_GLOBAL."""
    names.delete_global(m, name)
    return sp


def setup_annotations(m: Machine, sp: i64) -> i64:
    """SETUP_ANNOTATIONS: the namespace has a dict `__annotations__` afterwards."""
    found: i64 = names.find_in_namespace(m, ID_ANNOTATIONS)
    if found == 0:
        found = new_dict(m)
        names.store_name(m, ID_ANNOTATIONS, found)
    decref(m, m.words, found)
    return sp
