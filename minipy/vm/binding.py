"""Argument binding: from what a call pushed to the locals of a function that is not CO_SIMPLE.

Before, with W_SP at the end:   function | positional arguments | keyword arguments (names in a tuple)
After, in the same place:       function | one word a local: parameters, *args, **kwargs, the rest 0

The new locals are built above W_SP, taking each argument from its old place (which becomes 0), and then moved down. So
at every moment each reference is owned once, whatever fails: on an error what was built is released, the rest is
the caller's as before.

CPython counterpart: Python/ceval.c, initialize_locals and its messages (missing_arguments, too_many_positional, ...).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.bytecode.code import CO_VARARGS, CO_VARKEYWORDS
from minipy.memory.layout import (
    CO_ARGCOUNT,
    CO_FLAGS,
    CO_KWONLYARGCOUNT,
    CO_NLOCALSPLUS,
    CO_POSONLYARGCOUNT,
    CO_VARNAMES,
    FUNC_CODE,
    FUNC_DEFAULTS,
    FUNC_KWDEFAULTS,
    OB_SIZE,
    STACK_END,
    STACK_MARGIN,
    TUPLE_ITEMS,
    W_SP,
)
from minipy.memory.statics import EMPTY_TUPLE
from minipy.memory.words import Raised, vec
from minipy.objects.dictobject import dict_get, dict_get_str, dict_set, new_dict
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import new_tuple
from minipy.objects.unicodeobject import str_equal
from minipy.vm import call_errors
from minipy.vm.frame import pop_values, recursion_error


def bind(m: Machine, function: i64, at: i64, n: i64, names: i64) -> None:
    """Turn the n arguments at `at` (the last ones named by the tuple `names`, 0: none) into the function's locals.

    W_SP is the end of the arguments, afterwards the end of the locals. TypeError if they do not fit.
    """
    w = m.words
    code: i64 = w[function + FUNC_CODE]
    top: i64 = w[W_SP]
    count: i64 = w[code + CO_NLOCALSPLUS]
    if top + count >= STACK_END - STACK_MARGIN:
        raise recursion_error(m)
    i: i64 = top
    while i < top + count:
        w[i] = 0
        i += 1
    w[W_SP] = top + count
    try:
        fill(m, function, code, at, n, names, top)
    except Raised:
        pop_values(m, m.words, top, top + count)
        m.words[W_SP] = top
        raise
    move_down(m, at, top, count)


def move_down(m: Machine, at: i64, top: i64, count: i64) -> None:
    """Release what is left of the old arguments and put the new locals in their place."""
    w = m.words
    pop_values(m, w, at, top)
    w = m.words
    i: i64 = 0
    while i < count:
        value: i64 = w[top + i]
        w[top + i] = 0
        w[at + i] = value
        i += 1
    w[W_SP] = at + count


def fill(m: Machine, function: i64, code: i64, at: i64, n: i64, names: i64, new: i64) -> None:
    """Fill the locals at `new`: positional arguments, *args, keywords, defaults; then complain about what lacks."""
    w = m.words
    keywords: i64 = w[names + OB_SIZE] if names != 0 else 0
    positional: i64 = n - keywords
    argcount: i64 = w[code + CO_ARGCOUNT]
    parameters: i64 = argcount + w[code + CO_KWONLYARGCOUNT]
    flags: i64 = w[code + CO_FLAGS]
    i: i64 = 0
    while i < positional and i < argcount:
        w[new + i] = w[at + i]
        w[at + i] = 0
        i += 1
    if flags & CO_VARARGS != 0:
        collect_rest(m, at + argcount, positional - argcount, new + parameters)
    if keywords > 0 or flags & CO_VARKEYWORDS != 0:
        extra: i64 = new + parameters
        if flags & CO_VARARGS != 0:
            extra += 1
        if flags & CO_VARKEYWORDS == 0:
            extra = 0
        bind_keywords(m, function, code, at + positional, names, new, extra)
    if positional > argcount and flags & CO_VARARGS == 0:
        raise call_errors.too_many(m, function, positional, new)
    fill_defaults(m, function, code, new)


def collect_rest(m: Machine, at: i64, n: i64, target: i64) -> None:
    """Move n surplus positional arguments (none if negative) into the tuple of *args."""
    if n <= 0:
        w = m.words
        w[EMPTY_TUPLE] += 1
        w[target] = EMPTY_TUPLE
        return
    t: i64 = new_tuple(m, n)
    w = m.words
    w[target] = t
    i: i64 = 0
    while i < n:
        w[t + TUPLE_ITEMS + i] = w[at + i]
        w[at + i] = 0
        i += 1


def bind_keywords(m: Machine, function: i64, code: i64, at: i64, names: i64, new: i64, extra: i64) -> None:
    """Put each named argument into its parameter's local, or into the dict of **kwargs at `extra` (0: none)."""
    if extra != 0:
        d: i64 = new_dict(m)
        m.words[extra] = d
    if names == 0:
        return
    i: i64 = 0
    while i < m.words[names + OB_SIZE]:
        w = m.words
        name: i64 = w[names + TUPLE_ITEMS + i]
        index: i64 = find_parameter(w, code, name)
        if index >= 0:
            if w[new + index] != 0:
                raise call_errors.multiple_values(m, function, name)
            w[new + index] = w[at + i]
            w[at + i] = 0
        elif extra != 0:
            add_extra(m, function, w[extra], name, w[at + i])
        else:
            raise call_errors.unexpected_keyword(m, function, name, names)
        i += 1


def add_extra(m: Machine, function: i64, d: i64, name: i64, value: i64) -> None:
    """One more entry of **kwargs."""
    if dict_get(m, d, name) != 0:
        raise call_errors.multiple_values(m, function, name)
    dict_set(m, d, name, value)


def find_parameter(w: vec[i64], code: i64, name: i64) -> i64:
    """The index of the parameter that may be given by this name, or -1."""
    t: i64 = w[code + CO_VARNAMES] + TUPLE_ITEMS
    first: i64 = w[code + CO_POSONLYARGCOUNT]
    end: i64 = w[code + CO_ARGCOUNT] + w[code + CO_KWONLYARGCOUNT]
    i: i64 = first
    while i < end:
        if w[t + i] == name:
            return i
        i += 1
    i = first
    while i < end:
        if str_equal(w, w[t + i], name):
            return i
        i += 1
    return -1


def fill_defaults(m: Machine, function: i64, code: i64, new: i64) -> None:
    """Give the parameters without argument their defaults; TypeError if one has none."""
    w = m.words
    argcount: i64 = w[code + CO_ARGCOUNT]
    defaults: i64 = w[function + FUNC_DEFAULTS]
    first: i64 = argcount
    if defaults != 0:
        first = argcount - w[defaults + OB_SIZE]
    missing: bool = False
    i: i64 = 0
    while i < argcount:
        if w[new + i] == 0:
            if i < first:
                missing = True
            else:
                value: i64 = w[defaults + TUPLE_ITEMS + i - first]
                w[value] += 1
                w[new + i] = value
        i += 1
    if missing:
        raise call_errors.missing_positional(m, function, new, first)
    fill_keyword_defaults(m, function, code, new)


def fill_keyword_defaults(m: Machine, function: i64, code: i64, new: i64) -> None:
    """The same for keyword-only parameters, whose defaults are a dict."""
    w = m.words
    i: i64 = w[code + CO_ARGCOUNT]
    end: i64 = i + w[code + CO_KWONLYARGCOUNT]
    defaults: i64 = w[function + FUNC_KWDEFAULTS]
    missing: bool = False
    while i < end:
        if w[new + i] == 0:
            value: i64 = 0
            if defaults != 0:
                value = dict_get_str(w, defaults, w[w[code + CO_VARNAMES] + TUPLE_ITEMS + i])
            if value == 0:
                missing = True
            else:
                w[value] += 1
                w[new + i] = value
        i += 1
    if missing:
        raise call_errors.missing_keyword_only(m, function, new)
