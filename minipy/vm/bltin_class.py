"""__build_class__: what a class statement calls.

CPython counterpart: builtin___build_class__ of Python/bltinmodule.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import CELL_CONTENTS, OB_SIZE, OB_TYPE, TP_SOLID, TUPLE_ITEMS
from minipy.memory.refcount import decref
from minipy.memory.statics import EMPTY_TUPLE, T_CELL, T_FUNCTION, T_RUNTIME_ERROR, T_STR, T_TYPE, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.objects.dictobject import new_dict
from minipy.objects.identifiers import ID_PREPARE
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import host_repr, tuple_from, tuple_of2, tuple_of3
from minipy.objects.typebuild import build_type, calculate_metaclass
from minipy.objects.typeobject import is_type, name_of_type
from minipy.vm.bltin_scope import is_mapping
from minipy.vm.class_bases import keep_bases, resolve_bases
from minipy.vm.entry import run_function


def build_class(m: Machine, at: i64, n: i64) -> i64:
    """__build_class__(function, name, *bases, metaclass, **keywords): the last two words are the keywords'."""
    w = m.words
    count: i64 = n - 2
    if count < 2:
        raise m.error(T_TYPE_ERROR, "__build_class__: not enough arguments")
    if w[w[at] + OB_TYPE] != T_FUNCTION:
        raise m.error(T_TYPE_ERROR, "__build_class__: func must be a function")
    if w[w[w[at + 1] + OB_TYPE] + TP_SOLID] != T_STR:
        raise m.error(T_TYPE_ERROR, "__build_class__: name is not a string")
    given: i64 = tuple_from(m, at + 2, count - 2) if count > 2 else shared_empty(m)
    bases: i64 = 0
    try:
        bases = resolve_bases(m, given)
        meta: i64 = metaclass_of(m, m.words[at + count], bases)
        original: i64 = given if given != bases else 0
        return build(m, meta, m.words[at], m.words[at + 1], bases, original, m.words[at + count + 1])
    finally:
        decref(m, m.words, given)
        if bases != 0:
            decref(m, m.words, bases)


def metaclass_of(m: Machine, meta: i64, bases: i64) -> i64:
    """The class of the class: what was asked for (0: nothing), or a base's that derives from it; borrowed."""
    w = m.words
    if meta == 0:
        meta = w[w[bases + TUPLE_ITEMS] + OB_TYPE] if w[bases + OB_SIZE] > 0 else T_TYPE
    return calculate_metaclass(m, meta, bases) if is_type(w, meta) else meta


def shared_empty(m: Machine) -> i64:
    """The empty tuple, owned."""
    m.words[EMPTY_TUPLE] += 1
    return EMPTY_TUPLE


def build(m: Machine, meta: i64, function: i64, name: i64, bases: i64, original: i64, keywords: i64) -> i64:
    """Run the class body in a new namespace and call the metaclass; everything borrowed but the result.

    `original` are the bases of the statement if some of them are no classes, else 0.
    """
    namespace: i64 = prepare(m, meta, name, bases, keywords)
    cell: i64 = 0
    try:
        cell = run_function(m, function, namespace)
        if original != 0:
            keep_bases(m, namespace, original)
        o: i64 = make(m, meta, name, bases, namespace, keywords)
        if m.words[cell + OB_TYPE] == T_CELL and is_type(m.words, o):
            check_cell(m, m.words[cell + CELL_CONTENTS], name, o)
    finally:
        decref(m, m.words, namespace)
        if cell != 0:
            decref(m, m.words, cell)
    return o


def check_cell(m: Machine, found: i64, name: i64, o: i64) -> None:
    """What `__class__` is for the methods (0: nothing) must be the new class o (stolen if it is not)."""
    if found == o:
        return
    try:
        made = f"defining {host_repr(m, name)} as {host_repr(m, o)}"
        if found == 0:
            text = f"__class__ not set {made}. Was __classcell__ propagated to type.__new__?"
            raise m.error(T_RUNTIME_ERROR, text)
        raise m.error(T_TYPE_ERROR, f"__class__ set to {host_repr(m, found)} {made}")
    finally:
        decref(m, m.words, o)


def prepare(m: Machine, meta: i64, name: i64, bases: i64, keywords: i64) -> i64:
    """The namespace for the class body: a new dict, or what the metaclass's `__prepare__` gives."""
    if meta == T_TYPE:
        return new_dict(m)
    method: i64 = m.find_attribute(meta, ID_PREPARE)
    if method == 0:
        return new_dict(m)
    args: i64 = 0
    try:
        args = tuple_of2(m, name, bases)
        namespace: i64 = m.call_object(method, args, keywords)
    finally:
        decref(m, m.words, method)
        if args != 0:
            decref(m, m.words, args)
    try:
        check_namespace(m, meta, namespace)
    except Raised:
        decref(m, m.words, namespace)
        raise
    return namespace


def check_namespace(m: Machine, meta: i64, namespace: i64) -> None:
    """TypeError unless a class body can run in what `__prepare__` gave."""
    if not is_mapping(m, namespace):
        owner = name_of_type(m, meta) if is_type(m.words, meta) else "<metaclass>"
        text = f"{owner}.__prepare__() must return a mapping, not {m.type_name(namespace)}"
        raise m.error(T_TYPE_ERROR, text)


def make(m: Machine, meta: i64, name: i64, bases: i64, namespace: i64, keywords: i64) -> i64:
    """The class: type's own construction, or a call of the metaclass."""
    if meta == T_TYPE:
        return build_type(m, meta, name, bases, namespace, keywords)
    args: i64 = tuple_of3(m, name, bases, namespace)
    try:
        return m.call_object(meta, args, keywords)
    finally:
        decref(m, m.words, args)
