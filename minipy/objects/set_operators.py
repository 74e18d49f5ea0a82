"""Operators, comparison, hash, repr and iteration of sets and frozensets.

CPython counterpart: set_as_number, set_richcompare, frozenset_hash, set_repr, setiterobject of Objects/setobject.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    ITER_INDEX,
    ITER_LIMIT,
    ITER_SOURCE,
    ITER_STEP,
    OB_TYPE,
    SET_HASH,
    SET_USED,
    TP_SOLID,
)
from minipy.memory.objalloc import gc_alloc
from minipy.memory.refcount import decref, incref
from minipy.memory.statics import (
    T_FROZENSET,
    T_RUNTIME_ERROR,
    T_SET,
    T_SET_ITERATOR,
)
from minipy.memory.words import Raised, vec
from minipy.objects.hashing import wrap
from minipy.objects.listobject import list_append, list_item, list_length, new_list
from minipy.objects.longobject import new_bool, not_implemented
from minipy.objects.machine import Machine
from minipy.objects.operators import (
    CMP_EQ,
    CMP_GE,
    CMP_LE,
    CMP_LT,
    CMP_NE,
    NB_AND,
    NB_OR,
    NB_SUBTRACT,
    NB_XOR,
)
from minipy.objects.set_algebra import (
    set_copy,
    set_difference,
    set_difference_update,
    set_intersection,
    set_symmetric_difference,
    set_symmetric_update,
    set_update,
    swap_tables,
)
from minipy.objects.set_subset import set_issubset
from minipy.objects.setobject import (
    SET_KEY,
    is_set,
    set_entry,
    set_next,
)
from minipy.objects.tupleobject import host_repr
from minipy.objects.unicodeobject import new_str


# ---------------------------------------------------------------- operators
def set_binary(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b for two sets: & | - ^."""
    w = m.words
    if is_set(w, a) and is_set(w, b):
        if op == NB_AND:
            return set_intersection(m, a, b)
        if op == NB_SUBTRACT:
            return set_difference(m, a, b)
        if op == NB_XOR:
            return set_symmetric_difference(m, a, b)
        if op == NB_OR:
            result: i64 = set_copy(m, a)
            try:
                set_update(m, result, b)
            except Raised:
                decref(m, m.words, result)
                raise
            return result
    return not_implemented(w)


def set_inplace(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op= b for a set (no frozenset) and any set b; op without NB_INPLACE. Returns a, owned."""
    w = m.words
    if not is_set(w, b):
        return not_implemented(w)
    if op == NB_OR:
        set_update(m, a, b)
    elif op == NB_SUBTRACT:
        set_difference_update(m, a, b)
    elif op == NB_XOR:
        set_symmetric_update(m, a, b)
    elif op == NB_AND:
        result: i64 = set_intersection(m, a, b)
        swap_tables(m.words, a, result)
        decref(m, m.words, result)
    else:
        return not_implemented(w)
    incref(m.words, a)
    return a


def set_compare(m: Machine, op: i64, a: i64, b: i64) -> i64:
    """a op b: the order of sets is that of subsets."""
    w = m.words
    if not is_set(w, b):
        return not_implemented(w)
    n: i64 = w[a + SET_USED]
    k: i64 = w[b + SET_USED]
    flag: bool
    if op == CMP_EQ or op == CMP_NE:
        flag = (n == k and hashes_agree(w, a, b) and set_issubset(m, a, b)) == (op == CMP_EQ)
    elif op == CMP_LE or op == CMP_LT:
        flag = (n < k or (n == k and op == CMP_LE)) and set_issubset(m, a, b)
    else:
        flag = (n > k or (n == k and op == CMP_GE)) and set_issubset(m, b, a)
    return new_bool(m.words, flag)


def hashes_agree(w: vec[i64], a: i64, b: i64) -> bool:
    """False if both are frozensets whose known hashes differ."""
    if w[w[a + OB_TYPE] + TP_SOLID] != T_FROZENSET or w[w[b + OB_TYPE] + TP_SOLID] != T_FROZENSET:
        return True
    return w[a + SET_HASH] == -1 or w[b + SET_HASH] == -1 or w[a + SET_HASH] == w[b + SET_HASH]


# ---------------------------------------------------------------- hash, repr
def shuffle_bits(h: i64) -> i64:
    """Spread the differences of similar hashes, as a signed word."""
    return wrap(((h ^ 89869747) ^ wrap(h << 16)) * 3644798167)


def frozenset_hash(w: vec[i64], s: i64) -> i64:
    """hash(s), which does not depend on the order of the keys."""
    if w[s + SET_HASH] != -1:
        return w[s + SET_HASH]
    h: i64 = 0
    i: i64 = set_next(w, s, 0)
    while i >= 0:
        h ^= shuffle_bits(w[set_entry(w, s, i)])
        i = set_next(w, s, i + 1)
    h ^= wrap((w[s + SET_USED] + 1) * 1927868237)
    h ^= ((h >> 11) & ((1 << 53) - 1)) ^ ((h >> 25) & ((1 << 39) - 1))
    h = wrap(h * 69069 + 907133923)
    if h == -1:
        h = 590923713
    w[s + SET_HASH] = h
    return h


def set_repr(m: Machine, s: i64) -> i64:
    """repr(s): `{1, 2}`, `set()`, `frozenset({1})`, and `set(...)` inside itself."""
    name: str = m.type_name(s)
    if m.words[s + SET_USED] == 0:
        return new_str(m, name + "()")
    if not m.repr_enter(s):
        return new_str(m, name + "(...)")
    parts: list[str] = []
    keys: i64 = 0
    try:
        keys = set_list(m, s)
        i: i64 = 0
        while i < list_length(m.words, keys):
            parts.append(host_repr(m, list_item(m.words, keys, i)))
            i += 1
    finally:
        m.repr_leave(s)
        if keys != 0:
            decref(m, m.words, keys)
    text: str = "{" + ", ".join(parts) + "}"
    return new_str(m, text if m.words[s + OB_TYPE] == T_SET else name + "(" + text + ")")


def set_list(m: Machine, s: i64) -> i64:
    """A new list of s's keys."""
    keys: i64 = new_list(m, 0)
    try:
        i: i64 = set_next(m.words, s, 0)
        while i >= 0:
            list_append(m, keys, m.words[set_entry(m.words, s, i) + SET_KEY])
            i = set_next(m.words, s, i + 1)
    except Raised:
        decref(m, m.words, keys)
        raise
    return keys


# ---------------------------------------------------------------- iteration
def set_iter(m: Machine, s: i64) -> i64:
    """iter(s): ITER_LIMIT keeps the number of keys at the start, ITER_STEP how many are still to come."""
    it: i64 = gc_alloc(m, T_SET_ITERATOR)
    w = m.words
    incref(w, s)
    w[it + ITER_SOURCE] = s
    w[it + ITER_LIMIT] = w[s + SET_USED]
    w[it + ITER_STEP] = w[s + SET_USED]
    return it


def set_iterator_next(m: Machine, it: i64) -> i64:
    """The next key, owned, or 0. RuntimeError if the set has another size now."""
    w = m.words
    s: i64 = w[it + ITER_SOURCE]
    if s == 0:
        return 0
    if w[it + ITER_LIMIT] != w[s + SET_USED]:
        w[it + ITER_LIMIT] = -1
        raise m.error(T_RUNTIME_ERROR, "Set changed size during iteration")
    i: i64 = set_next(w, s, w[it + ITER_INDEX])
    if i < 0:
        w[it + ITER_SOURCE] = 0
        decref(m, w, s)
        return 0
    w[it + ITER_INDEX] = i + 1
    w[it + ITER_STEP] -= 1
    key: i64 = w[set_entry(w, s, i) + SET_KEY]
    incref(w, key)
    return key


def set_iterator_length(w: vec[i64], it: i64) -> i64:
    """The length hint of a set iterator."""
    s: i64 = w[it + ITER_SOURCE]
    if s == 0 or w[it + ITER_LIMIT] != w[s + SET_USED]:
        return 0
    return w[it + ITER_STEP]
