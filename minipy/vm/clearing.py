"""How the collector breaks a cycle: what each kind of garbage lets go of.

A finalizer of an older object may run in the middle of it and meet what is cleared already. So whatever is cleared
stays an object that can be used: a list is empty, a function has its code but no defaults. What cannot be changed is
left alone: in each cycle there is something that can.

    classes             before all others: a method resolution order of object alone, so that nothing stays cached
    containers          emptied
    functions, errors   what a program can set
    all others          the slots of the program's own classes

Plain instances, cells and the like, whose empty slots are just not set, are left to the generic way (memory/gc.py).

CPython counterpart: tp_clear of each type.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    EXC_ARGS,
    FUNC_ANNOTATIONS,
    FUNC_DEFAULTS,
    FUNC_DICT,
    FUNC_DOC,
    FUNC_KWDEFAULTS,
    FUNC_MODULE,
    GC_REFS,
    GC_REFS_ONE,
    GC_REFS_TENTATIVELY_UNREACHABLE,
    GEN_STATE,
    GEN_YIELD_FROM,
    INT_LARGE,
    OB_TYPE,
    TP_FLAGS,
    TP_MODULE,
    TP_MRO,
    TP_NEXT_TYPE,
    TP_NSLOTS,
    TP_SLOTS,
    TP_SOLID,
    TPFLAGS_EXCEPTION,
    W_HEAP_TYPES,
)
from minipy.memory.layout_modules import PARTIAL_ARGS, TOOL_A, TOOL_EXTRA, TOOL_KIND
from minipy.memory.refcount import decref, store
from minipy.memory.statics import (
    EMPTY_TUPLE,
    NONE,
    T_BASE_EXCEPTION,
    T_CELL,
    T_DEQUE,
    T_DICT,
    T_FROZENSET,
    T_FUNCTION,
    T_GENERATOR,
    T_INT,
    T_ITERTOOL,
    T_LIST,
    T_OBJECT,
    T_PARTIAL,
    T_PROPERTY,
    T_SET,
    T_TYPE,
    T_WEAKREF,
)
from minipy.objects import dequeobject
from minipy.objects.dictobject import dict_clear
from minipy.objects.itertool_several import LINK
from minipy.objects.listobject import list_clear
from minipy.objects.machine import Machine
from minipy.objects.setobject import set_clear
from minipy.objects.typeobject import type_modified
from minipy.vm import generator, generator_methods


def clear_classes(m: Machine) -> None:
    """Make each class that is garbage one that finds object's methods only: what was cached of it is not valid."""
    w = m.words
    orders: list[i64] = []
    t: i64 = w[W_HEAP_TYPES]
    while t != 0:
        if w[t + GC_REFS] & -GC_REFS_ONE == GC_REFS_TENTATIVELY_UNREACHABLE:
            type_modified(w, t)
            orders.append(w[t + TP_MRO])
            plain: i64 = w[T_OBJECT + TP_MRO]
            w[plain] += 1
            w[t + TP_MRO] = plain
        t = w[t + TP_NEXT_TYPE]
    for order in orders:
        decref(m, m.words, order)


def clear_object(m: Machine, a: i64) -> bool:
    """Clear the garbage object `a`, which is held meanwhile; False: the generic way does."""
    w = m.words
    t: i64 = w[a + OB_TYPE]
    solid: i64 = w[t + TP_SOLID]
    if solid == T_OBJECT or solid == T_CELL or solid == T_PROPERTY or solid == T_WEAKREF:
        return False
    if solid == T_DICT:
        dict_clear(m, a)
    elif solid == T_LIST:
        list_clear(m, a)
    elif solid == T_SET or solid == T_FROZENSET:
        set_clear(m, a)
    elif solid == T_DEQUE:
        dequeobject.clear(m, a)
    elif solid == T_FUNCTION:
        clear_function(m, a)
    elif solid == T_GENERATOR:
        clear_generator(m, a)
    elif w[t + TP_FLAGS] & TPFLAGS_EXCEPTION != 0:
        set_slot(m, a + EXC_ARGS, EMPTY_TUPLE)
        clear_slots(m, a, T_BASE_EXCEPTION, EXC_ARGS)
    elif solid == T_PARTIAL:
        set_slot(m, a + PARTIAL_ARGS, EMPTY_TUPLE)
    elif solid == T_TYPE:
        set_slot(m, a + TP_MODULE, NONE)
    elif solid == T_ITERTOOL and w[a + TOOL_KIND] == LINK:
        store(m, w, a + TOOL_A, 0)
        store(m, m.words, a + TOOL_EXTRA, 0)
    clear_own_slots(m, a)
    return True


def set_slot(m: Machine, at: i64, value: i64) -> None:
    """Store a new reference to an object that always lives."""
    w = m.words
    w[value] += 1
    store(m, w, at, value)


def clear_function(m: Machine, f: i64) -> None:
    """Code, globals, closure and names stay: without them it could not be called."""
    for slot in (FUNC_DEFAULTS, FUNC_KWDEFAULTS, FUNC_MODULE, FUNC_DOC, FUNC_ANNOTATIONS, FUNC_DICT):
        store(m, m.words, f + slot, 0)


def clear_generator(m: Machine, g: i64) -> None:
    """It is closed: what it kept is released, it never runs again."""
    m.words[g + GEN_STATE] = generator.CLOSED
    generator_methods.drop_frame(m, g)
    store(m, m.words, g + GEN_YIELD_FROM, 0)


def clear_slots(m: Machine, a: i64, t: i64, but: i64) -> None:
    """Clear the slots of the built-in type t in `a`, but for one."""
    w = m.words
    at: i64 = w[t + TP_SLOTS]
    end: i64 = at + w[t + TP_NSLOTS]
    while at < end:
        if at != but:
            store(m, m.words, a + at, 0)
        at += 1


def clear_own_slots(m: Machine, a: i64) -> None:
    """Clear the slots that the program's class has besides those of the built-in type it derives from."""
    w = m.words
    t: i64 = w[a + OB_TYPE]
    solid: i64 = w[t + TP_SOLID]
    at: i64 = w[t + TP_SLOTS]
    end: i64 = at + w[t + TP_NSLOTS]
    first: i64 = w[solid + TP_SLOTS]
    last: i64 = first + w[solid + TP_NSLOTS]
    while at < end:
        if (at < first or at >= last) and (solid != T_INT or at != INT_LARGE):
            store(m, m.words, a + at, 0)
        at += 1
