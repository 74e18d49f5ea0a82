"""Instructions for calls with keywords and stars, for making functions, and for class statements.

CPython counterpart: CALL, CALL_FUNCTION_EX, MAKE_FUNCTION, LOAD_BUILD_CLASS in Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    DICT_ENTRIES,
    DICT_NENTRIES,
    DICT_USED,
    FUNC_ANNOTATIONS,
    FUNC_CLOSURE,
    FUNC_DEFAULTS,
    FUNC_KWDEFAULTS,
    LIST_ITEMS,
    LIST_LENGTH,
    NATIVE_PARAMETERS,
    NATIVE_SELF,
    OB_SIZE,
    OB_TYPE,
    TP_SOLID,
    TUPLE_ITEMS,
    W_SP,
)
from minipy.memory.refcount import decref, store
from minipy.memory.statics import (
    T_BUILTIN,
    T_FUNCTION,
    T_METHOD,
    T_METHOD_DESCRIPTOR,
    T_NAME_ERROR,
    T_STR,
    T_TUPLE,
    T_TYPE_ERROR,
    T_WRAPPER,
)
from minipy.memory.words import Raised, vec
from minipy.objects.dictobject import dict_get_str
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_VALUE, ENTRY_WORDS
from minipy.objects.funcobject import annotations_dict, new_function
from minipy.objects.identifiers import ID_BUILD_CLASS
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import builtins_of
from minipy.objects.tupleobject import new_tuple, tuple_from
from minipy.vm import do_update
from minipy.vm.call import call_names, call_pushed, call_spread
from minipy.vm.frame import replace_top
from minipy.vm.names import running_globals
from minipy.vm.native_call import call_native, push
from minipy.vm.operands import empty_operands, spread_tuple


def call_keywords(m: Machine, n: i64, names: i64, sp: i64) -> i64:
    """CALL_KW: n arguments, the last ones named by the constant tuple `names`."""
    at: i64 = sp - n
    result: i64 = call_names(m, at, n, names)
    if result == 0:
        return m.words[W_SP]
    return replace_top(m, sp, n + 1, result)


def call_function_ex(m: Machine, with_dict: i64, sp: i64) -> i64:
    """CALL_FUNCTION_EX: callable, tuple of arguments and perhaps a dict of keyword arguments."""
    w = m.words
    base: i64 = sp - 2 - with_dict
    callable_: i64 = w[base]
    if w[w[base + 1] + OB_TYPE] != T_TUPLE:
        if not m.is_iterable(w[base + 1]):
            kind = m.type_name(w[base + 1])
            text = f"{do_update.callable_text(m, callable_)} argument after * must be an iterable, not {kind}"
            raise m.error(T_TYPE_ERROR, text)
        items: i64 = tuple_of(m, w[base + 1])
        store(m, m.words, base + 1, items)
    if with_dict == 1 and m.words[m.words[sp - 1] + DICT_USED] == 0:
        empty_operands(m, sp - 1, sp - 1)
        try:
            return call_function_ex(m, 0, sp - 1)
        except Raised:
            m.words[sp - 1] = 0  # the loop unwinds from its own sp, and what the call left there is no reference
            raise
    result: i64
    if with_dict == 1:
        result = call_with_names(m, callable_, m.words[base + 1], m.words[sp - 1])
    elif takes_any(m.words, callable_):
        w = m.words
        result = call_native(m, callable_, w[base + 1] + TUPLE_ITEMS, w[w[base + 1] + OB_SIZE], 0)
    else:
        push(m, callable_)
        try:
            n: i64 = spread_tuple(m, m.words[base + 1])
        except Raised:
            empty_operands(m, sp, sp)
            raise
        result = call_spread(m, sp + 1, n, 0)
    return replace_top(m, sp, 2 + with_dict, result)


def call_with_names(m: Machine, f: i64, args: i64, keywords: i64) -> i64:
    """Call f with the items of a tuple and of a dict; as in CPython a function's arguments are held once more."""
    bottom: i64 = m.words[W_SP]
    names: i64 = keyword_names(m, keywords)
    try:
        if names != 0 and is_function(m.words, f):
            spread(m, args, keywords)
        push(m, f)
        at: i64 = m.words[W_SP]
        n: i64 = spread(m, args, keywords)
        if names == 0:
            return call_pushed(m, at, n, 0)
        return call_spread(m, at, n, names)
    finally:
        if m.words[W_SP] != bottom:
            empty_operands(m, bottom, bottom)
        if names != 0:
            decref(m, m.words, names)


def takes_any(w: vec[i64], f: i64) -> bool:
    """Is `f` a native that reads its arguments wherever they lie (see native_call.call_native)?"""
    kind: i64 = w[f + OB_TYPE]
    if kind == T_BUILTIN:
        return w[f + NATIVE_PARAMETERS] == 0 and w[f + NATIVE_SELF] == 0
    return (kind == T_METHOD_DESCRIPTOR or kind == T_WRAPPER) and w[f + NATIVE_PARAMETERS] == 0


def is_function(w: vec[i64], f: i64) -> bool:
    """Is `f` a function of the program, bound or not?"""
    return w[f + OB_TYPE] == T_FUNCTION or w[f + OB_TYPE] == T_METHOD


def spread(m: Machine, t: i64, d: i64) -> i64:
    """Push the items of a tuple and the values of a dict; return how many."""
    n: i64 = spread_tuple(m, t)
    return n + spread_values(m, d)


def tuple_of(m: Machine, iterable: i64) -> i64:
    """tuple(iterable), owned."""
    o: i64 = m.list_of(iterable)
    try:
        return tuple_from(m, m.words[o + LIST_ITEMS], m.words[o + LIST_LENGTH])
    finally:
        decref(m, m.words, o)


def keyword_names(m: Machine, d: i64) -> i64:
    """The keys of a dict as an owned tuple; TypeError if one is not a str. 0 if the dict is empty."""
    w = m.words
    n: i64 = w[d + DICT_USED]
    if n == 0:
        return 0
    t: i64 = new_tuple(m, n)
    w = m.words
    at: i64 = t + TUPLE_ITEMS
    entry: i64 = w[d + DICT_ENTRIES]
    end: i64 = entry + ENTRY_WORDS * w[d + DICT_NENTRIES]
    while entry < end:
        key: i64 = w[entry + ENTRY_KEY]
        entry += ENTRY_WORDS
        if key == 0:
            continue
        if w[w[key + OB_TYPE] + TP_SOLID] != T_STR:
            decref(m, w, t)
            raise m.error(T_TYPE_ERROR, "keywords must be strings")
        w[key] += 1
        w[at] = key
        at += 1
    return t


def spread_values(m: Machine, d: i64) -> i64:
    """Push the values of a dict, in order; return how many."""
    w = m.words
    n: i64 = w[d + DICT_USED]
    i: i64 = 0
    while i < w[d + DICT_NENTRIES]:
        entry: i64 = w[d + DICT_ENTRIES] + ENTRY_WORDS * i
        if w[entry + ENTRY_KEY] != 0:
            push(m, w[entry + ENTRY_VALUE])
        i += 1
    return n


def make_function(m: Machine, flags: i64, sp: i64) -> i64:
    """MAKE_FUNCTION: the parts that `flags` names lie below the code object, defaults lowest."""
    w = m.words
    module_dict: i64 = running_globals(w)
    f: i64 = new_function(m, w[sp - 1], module_dict)
    at: i64 = sp - 1
    if flags & 8 != 0:
        at -= 1
        move(m, at, f + FUNC_CLOSURE)
    if flags & 4 != 0:
        at -= 1
        try:
            annotations: i64 = annotations_dict(m, m.words[at])
        except Raised:
            decref(m, m.words, f)
            raise
        store(m, m.words, f + FUNC_ANNOTATIONS, annotations)
    if flags & 2 != 0:
        at -= 1
        move(m, at, f + FUNC_KWDEFAULTS)
    if flags & 1 != 0:
        at -= 1
        move(m, at, f + FUNC_DEFAULTS)
    return replace_top(m, sp, sp - at, f)


def move(m: Machine, source: i64, target: i64) -> None:
    """Move a reference from the stack to a field that may hold one already."""
    w = m.words
    value: i64 = w[source]
    w[source] = 0
    store(m, w, target, value)


def load_build_class(m: Machine, sp: i64) -> i64:
    """LOAD_BUILD_CLASS."""
    w = m.words
    f: i64 = dict_get_str(w, builtins_of(w, running_globals(w)), ID_BUILD_CLASS)
    if f == 0:
        raise m.error(T_NAME_ERROR, "__build_class__ not found")
    w[f] += 1
    w[sp] = f
    return sp + 1
