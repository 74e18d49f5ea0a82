"""Calling a native function: counting its arguments, laying out keyword arguments, finding its module.

See objects/natives.py for the layout a native expects. What must be rearranged is copied above W_SP, the copies
owned by the stack until the call is over.

CPython counterpart: Objects/methodobject.c, Objects/descrobject.c (vectorcall), Python/getargs.c. What it says of
wrong arguments: native_errors.py.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    NATIVE_FAMILY,
    NATIVE_MAX,
    NATIVE_MIN,
    NATIVE_NAME,
    NATIVE_NUMBER,
    NATIVE_OWNER,
    NATIVE_PARAMETERS,
    NATIVE_POSITIONAL,
    NATIVE_SELF,
    OB_SIZE,
    OB_TYPE,
    STACK_END,
    TP_NATIVE_NEW,
    TUPLE_ITEMS,
    W_SP,
)
from minipy.memory.statics import (
    T_BUILTIN,
    T_CLASSMETHOD_DESCRIPTOR,
    T_METHOD_DESCRIPTOR,
    T_METHOD_WRAPPER,
    T_TYPE,
    T_TYPE_ERROR,
    T_WRAPPER,
)
from minipy.memory.words import fill_words, vec
from minipy.objects.descrobject import check_subtype
from minipy.objects.dictobject import dict_set, new_dict
from minipy.objects.machine import Machine
from minipy.objects.natives import FAMILY_NEW, takes_rest
from minipy.objects.slots import check_instance
from minipy.objects.typecall import ignores_keywords
from minipy.objects.typeobject import is_subtype, name_of_type
from minipy.objects.unicodeobject import host_str, str_equal
from minipy.vm.frame import pop_values, recursion_error
from minipy.vm.native_errors import (
    hidden,
    missing,
    most_arguments,
    no_keywords,
    too_many,
    twice,
    unexpected,
    wrong_count,
)
from minipy.vm.operands import push_all


def call_native(m: Machine, f: i64, at: i64, n: i64, names: i64) -> i64:
    """Call the native f with n arguments at `at`, the last ones named by a tuple or 0.

    The arguments stay the caller's. W_SP lies above them.
    """
    w = m.words
    if names == 0 and fits_plainly(w, f, at, n):
        return m.native_call(w[f + NATIVE_FAMILY], w[f + NATIVE_NUMBER], at, n)
    bound: i64 = w[f + NATIVE_SELF] if self_count(m, f) == 0 else 0
    if names == 0 and bound == 0:
        if w[f + NATIVE_PARAMETERS] == 0:
            check_count(m, f, at, n)
            return m.native_call(w[f + NATIVE_FAMILY], w[f + NATIVE_NUMBER], at, n)
        if count_fits(m, f, n):
            return call_in_place(m, f, at, n)
    start: i64 = w[W_SP]
    try:
        count: i64 = lay_out(m, f, bound, at, n, names)
        w = m.words
        result: i64 = m.native_call(w[f + NATIVE_FAMILY], w[f + NATIVE_NUMBER], start, count)
    finally:
        pop_values(m, m.words, start, m.words[W_SP])
        m.words[W_SP] = start
    return result


def fits_plainly(w: vec[i64], f: i64, at: i64, n: i64) -> bool:
    """Are the n arguments at `at` what f is given as they are: a number it takes, self an instance of its very type?"""
    if w[f + NATIVE_PARAMETERS] != 0:
        return False
    if w[f + OB_TYPE] == T_METHOD_DESCRIPTOR:
        if n == 0 or w[w[at] + OB_TYPE] != w[f + NATIVE_OWNER]:
            return False
        n -= 1
    elif w[f + OB_TYPE] != T_BUILTIN or w[f + NATIVE_SELF] != 0:
        return False
    return n >= w[f + NATIVE_MIN] and (n <= w[f + NATIVE_MAX] or w[f + NATIVE_MAX] < 0)


def count_fits(m: Machine, f: i64, n: i64) -> bool:
    """Does f, which has parameters with names, take n arguments without any (what is wrong otherwise says lay_out)?"""
    w = m.words
    given: i64 = n - self_count(m, f)
    if w[f + NATIVE_FAMILY] == FAMILY_NEW and given == 0:
        return False
    return given >= w[f + NATIVE_MIN] and (w[f + NATIVE_MAX] < 0 or given <= w[f + NATIVE_MAX])


def call_in_place(m: Machine, f: i64, at: i64, n: i64) -> i64:
    """Call f with the n arguments at `at`, which end at W_SP: only the words of what is not given are added."""
    if self_count(m, f) == 1:
        check_self(m, f, at, n)
    w = m.words
    sp: i64 = w[W_SP]
    words: i64 = n + w[w[f + NATIVE_PARAMETERS] + OB_SIZE] - w[f + NATIVE_POSITIONAL]
    if w[f + NATIVE_MAX] >= 0:
        words += w[f + NATIVE_MAX] + self_count(m, f) - n
    if at + words >= STACK_END - 8:
        raise recursion_error(m)
    fill_words(w, sp, at + words - sp, 0)
    w[W_SP] = at + words
    try:
        result: i64 = m.native_call(w[f + NATIVE_FAMILY], w[f + NATIVE_NUMBER], at, words)
    finally:
        m.words[W_SP] = sp
    return result


def self_count(m: Machine, f: i64) -> i64:
    """1 if the arguments of an unbound f begin with self."""
    t: i64 = m.words[f + OB_TYPE]
    return 0 if t == T_BUILTIN or t == T_METHOD_WRAPPER else 1


def check_count(m: Machine, f: i64, at: i64, n: i64) -> None:
    """TypeError unless n positional arguments (self included) suit the native f, and self its type."""
    w = m.words
    own: i64 = self_count(m, f)
    if own == 1:
        check_self(m, f, at, n)
    given: i64 = n - own
    if given < w[f + NATIVE_MIN] or (w[f + NATIVE_MAX] >= 0 and given > w[f + NATIVE_MAX]):
        if own == 1 and w[f + OB_TYPE] == T_WRAPPER:
            check_instance(m, w[at], w[f + NATIVE_OWNER], w[f + NATIVE_NAME])
        raise wrong_count(m, f, w[f + NATIVE_SELF] if own == 0 else 0, given)


def check_self(m: Machine, f: i64, at: i64, n: i64) -> None:
    """TypeError unless the first argument is of the descriptor's type; for a wrapper slots.call tests that."""
    w = m.words
    owner: i64 = w[f + NATIVE_OWNER]
    if w[f + OB_TYPE] == T_CLASSMETHOD_DESCRIPTOR and n > 0:
        check_subtype(m, f, w[at])
        return
    wrapper: bool = w[f + OB_TYPE] == T_WRAPPER
    if owner == 0 or w[owner + OB_TYPE] != T_TYPE or (wrapper and n > 0):
        return
    if n > 0 and (w[w[at] + OB_TYPE] == owner or is_subtype(w, w[w[at] + OB_TYPE], owner)):
        return
    name = host_str(m, w[f + NATIVE_NAME])
    if wrapper or w[f + OB_TYPE] == T_CLASSMETHOD_DESCRIPTOR:
        text = f"descriptor '{name}' of '{name_of_type(m, owner)}' object needs an argument"
        raise m.error(T_TYPE_ERROR, text)
    if n == 0:
        raise m.error(T_TYPE_ERROR, f"unbound method {name_of_type(m, owner)}.{name}() needs an argument")
    text = f"descriptor '{name}' for '{name_of_type(m, owner)}' objects doesn't apply to a"
    raise m.error(T_TYPE_ERROR, f"{text} '{m.type_name(w[at])}' object")


def push(m: Machine, value: i64) -> None:
    """Push a new reference to a borrowed object, or 0."""
    w = m.words
    sp: i64 = w[W_SP]
    if sp >= STACK_END - 8:
        raise recursion_error(m)
    if value != 0:
        w[value] += 1
    w[sp] = value
    w[W_SP] = sp + 1


def lay_out(m: Machine, f: i64, bound: i64, at: i64, n: i64, names: i64) -> i64:
    """Push self, the positional arguments and the keyword-only ones as f wants them; return how many words."""
    w = m.words
    start: i64 = w[W_SP]
    keywords: i64 = w[names + OB_SIZE] if names != 0 else 0
    if self_count(m, f) == 1:
        check_self(m, f, at, n - keywords)
    if keywords > 0 and w[f + NATIVE_PARAMETERS] == 0:
        raise no_keywords(m, f, bound)
    given: i64 = n - keywords - self_count(m, f)
    if given == 0 and hidden(m, f) == 1:
        raise wrong_count(m, f, bound, given)
    if keywords > 0 and most_arguments(m, f) >= 0 and given + keywords > most_arguments(m, f):
        raise too_many(m, f, given, keywords)
    if bound != 0:
        push(m, bound)
    push_all(m, at, n - keywords)
    w = m.words
    most: i64 = w[f + NATIVE_MAX]
    if most >= 0 and given > most:
        raise wrong_count(m, f, bound, given)
    if given < w[f + NATIVE_MIN] and (w[f + NATIVE_PARAMETERS] == 0 or most < 0):
        raise wrong_count(m, f, bound, given)
    if w[f + NATIVE_PARAMETERS] == 0:
        return m.words[W_SP] - start
    while given < most:
        push(m, 0)
        given += 1
    first: i64 = m.words[W_SP] - (most if most >= 0 else 0)
    push_keywords(m, f, first, at + n - keywords, names)
    require(m, f, first)
    return m.words[W_SP] - start


def push_keywords(m: Machine, f: i64, first: i64, at: i64, names: i64) -> None:
    """Push the keyword-only words of f and put the named arguments at `at` into their places.

    `first` is where the positional words begin.
    """
    w = m.words
    parameters: i64 = w[f + NATIVE_PARAMETERS]
    positional: i64 = w[f + NATIVE_POSITIONAL]
    total: i64 = w[parameters + OB_SIZE]
    place: i64 = w[W_SP] - positional
    i: i64 = positional
    while i < total:
        push(m, 0)
        i += 1
    if names == 0:
        return
    rest: bool = takes_rest(m.words, parameters)
    i = 0
    while i < m.words[names + OB_SIZE]:
        w = m.words
        name: i64 = w[names + TUPLE_ITEMS + i]
        index: i64 = find_name(m, parameters, name)
        if index >= 0:
            if w[place + index] != 0:
                raise twice(m, f, name, index)
            w[w[at + i]] += 1
            w[place + index] = w[at + i]
        elif rest:
            add_rest(m, w[W_SP] - 1, name, w[at + i])
        else:
            raise unexpected(m, f, name)
        i += 1


def find_name(m: Machine, parameters: i64, name: i64) -> i64:
    """The index of a parameter's name in the tuple, or -1."""
    w = m.words
    i: i64 = 0
    while i < w[parameters + OB_SIZE]:
        if str_equal(w, w[parameters + TUPLE_ITEMS + i], name):
            return i
        i += 1
    return -1


def add_rest(m: Machine, at: i64, name: i64, value: i64) -> None:
    """One more entry of the dict of all other keywords, which lies at `at` once there is one."""
    if m.words[at] == 0:
        d: i64 = new_dict(m)
        m.words[at] = d
    dict_set(m, m.words[at], name, value)


def require(m: Machine, f: i64, first: i64) -> None:
    """TypeError unless the first NATIVE_MIN positional words at `first` are there."""
    w = m.words
    i: i64 = 0
    most: i64 = w[f + NATIVE_MAX]
    while most >= 0 and i < w[f + NATIVE_MIN]:
        if w[first + i] == 0:
            if i < most - w[f + NATIVE_POSITIONAL]:
                raise wrong_count(m, f, 0, i)
            raise missing(m, f, first, i)
        i += 1


def make_instance(m: Machine, t: i64, init: i64, at: i64, n: i64, names: i64) -> i64:
    """Call the built-in `__new__`; keywords that are for `__init__` alone it does not see."""
    w = m.words
    if names != 0 and ignores_keywords(w, t, init):
        return call_native(m, w[t + TP_NATIVE_NEW], at - 1, n + 1 - w[names + OB_SIZE], 0)
    return call_native(m, w[t + TP_NATIVE_NEW], at - 1, n + 1, names)
