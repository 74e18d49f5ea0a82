"""`. Did you mean: 'x'?`: the name nearest to one that was not found, when a traceback is printed.

    NameError        the variables of the function that raised it, else its globals, else the built-ins
    AttributeError   dir(object)

Two names are near if at most a third of their letters must be changed. Changing the case costs 1; inserting, deleting
or replacing a letter costs 2 (the Levenshtein distance, one row of the table at a time).

CPython counterpart: Python/suggestions.c, with its costs and limits. Of several equally near names the first is
offered; the built-ins stand in another order here, so that ties may fall differently.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_VARNAMES,
    DICT_ENTRIES,
    DICT_NENTRIES,
    EXC_EXTRA,
    EXC_TRACEBACK,
    EXC_VALUE,
    FUNC_CODE,
    FUNC_GLOBALS,
    LIST_ITEMS,
    LIST_LENGTH,
    OB_SIZE,
    OB_TYPE,
    TB_FUNCTION,
    TB_NEXT,
    TP_SOLID,
    TUPLE_ITEMS,
    W_BUILTINS,
)
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_ATTRIBUTE_ERROR, T_NAME_ERROR, T_STR
from minipy.memory.words import Raised
from minipy.objects import exceptions
from minipy.objects.dicttable import ENTRY_KEY, ENTRY_WORDS
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import host_str
from minipy.vm.bltin_scope import dir_list

MOVE_COST: Final = 2
CASE_COST: Final = 1
MOST_LETTERS: Final = 40
MOST_CANDIDATES: Final = 750


def suggestion(m: Machine, e: i64) -> str:
    """What to print behind the message of the exception e: a suggestion, or ""."""
    w = m.words
    t: i64 = w[e + OB_TYPE]
    name: i64 = w[e + EXC_VALUE]
    if name == 0 or w[name + OB_TYPE] != T_STR:
        return ""
    found = ""
    if t == T_NAME_ERROR:
        found = near_variable(m, e, host_str(m, name))
    elif t == T_ATTRIBUTE_ERROR and w[e + EXC_EXTRA] != 0:
        found = near_attribute(m, w[e + EXC_EXTRA], host_str(m, name))
    return f". Did you mean: '{found}'?" if found != "" else ""


# ---------------------------------------------------------------- candidates
def near_variable(m: Machine, e: i64, name: str) -> str:
    """The nearest variable of the innermost function the exception passed, global or built-in name."""
    w = m.words
    tb: i64 = w[e + EXC_TRACEBACK]
    if tb == 0 or tb == NONE:
        return ""
    while w[tb + TB_NEXT] != 0 and w[tb + TB_NEXT] != NONE:
        tb = w[tb + TB_NEXT]
    function: i64 = w[tb + TB_FUNCTION]
    names: i64 = w[w[function + FUNC_CODE] + CO_VARNAMES]
    found = nearest(name, texts_at(m, names + TUPLE_ITEMS, w[names + OB_SIZE], 1))
    if found == "":
        found = nearest(name, keys_of(m, w[function + FUNC_GLOBALS]))
    if found == "":
        found = nearest(name, keys_of(m, w[W_BUILTINS]))
    return found


def near_attribute(m: Machine, o: i64, name: str) -> str:
    """The nearest name of dir(o), "" if that fails."""
    try:
        names: i64 = dir_list(m, o)
    except Raised:
        exceptions.clear_pending(m)
        return ""
    w = m.words
    found = nearest(name, texts_at(m, w[names + LIST_ITEMS], w[names + LIST_LENGTH], 1))
    decref(m, m.words, names)
    return found


def keys_of(m: Machine, d: i64) -> list[str]:
    """The str keys of a dict."""
    w = m.words
    return texts_at(m, w[d + DICT_ENTRIES] + ENTRY_KEY, w[d + DICT_NENTRIES], ENTRY_WORDS)


def texts_at(m: Machine, at: i64, n: i64, stride: i64) -> list[str]:
    """The texts of those of n references, `stride` words apart, that are str objects."""
    texts: list[str] = []
    w = m.words
    i: i64 = 0
    while i < n:
        o: i64 = w[at + i * stride]
        if o != 0 and w[w[o + OB_TYPE] + TP_SOLID] == T_STR:
            texts.append(host_str(m, o))
        i += 1
    return texts


# ---------------------------------------------------------------- the nearest
def nearest(name: str, candidates: list[str]) -> str:
    """The candidate nearest to the name, the first of equals; "" if none is near enough."""
    if len(candidates) >= MOST_CANDIDATES:
        return ""
    wrong = name.encode(errors="replace")
    best = ""
    limit = 1 << 30
    for candidate in candidates:
        right = candidate.encode(errors="replace")
        most = min((len(wrong) + len(right) + 3) * MOVE_COST // 6, limit - 1)
        if candidate == name:
            continue
        cost = distance(wrong, right, most)
        if cost <= most:
            best = candidate
            limit = cost
    return best


def distance(a: bytes, b: bytes, most: int) -> int:
    """The cost of turning a into b, or most + 1 as soon as it is known to be larger than that."""
    start = 0
    while start < len(a) and start < len(b) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    a = a[start : len(a) - end]
    b = b[start : len(b) - end]
    if len(a) == 0 or len(b) == 0:
        return (len(a) + len(b)) * MOVE_COST
    if len(a) > MOST_LETTERS or len(b) > MOST_LETTERS:
        return most + 1
    if abs(len(a) - len(b)) * MOVE_COST > most:
        return most + 1
    row = [i * MOVE_COST for i in range(len(a) + 1)]
    for letter in b:
        row = next_row(row, a, letter)
        if min(row) > most:
            return most + 1
    return row[len(a)]


def next_row(row: list[int], a: bytes, letter: int) -> list[int]:
    """The costs of turning each beginning of a into a text one letter longer than that of `row`."""
    result = [row[0] + MOVE_COST]
    for i in range(len(a)):
        exchanged = row[i] + exchange_cost(a[i], letter)
        result.append(min(exchanged, row[i + 1] + MOVE_COST, result[i] + MOVE_COST))
    return result


def exchange_cost(a: int, b: int) -> int:
    """The cost of writing the letter b for a."""
    if a == b:
        return 0
    if a ^ b == 32 and 97 <= a | 32 <= 122:
        return CASE_COST
    return MOVE_COST
