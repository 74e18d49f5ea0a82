"""types.FunctionType(code, globals, name=None, argdefs=None, closure=None): a function of code there is already.

CPython counterpart: func_new_impl of Objects/funcobject.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.memory.layout import (
    CO_FREEVARS,
    CO_NAME,
    FUNC_CLOSURE,
    FUNC_DEFAULTS,
    FUNC_NAME,
    OB_SIZE,
    OB_TYPE,
    TUPLE_ITEMS,
)
from minipy.memory.refcount import incref, store
from minipy.memory.statics import NONE, T_CELL, T_CODE, T_TYPE_ERROR, T_VALUE_ERROR
from minipy.memory.words import Raised
from minipy.objects.dictobject import is_dict
from minipy.objects.funcobject import new_function
from minipy.objects.machine import Machine
from minipy.objects.tupleobject import is_tuple
from minipy.objects.typeobject import name_of_type_of
from minipy.objects.unicodeobject import host_str, is_str

NEW: Final = (2, 5, "code globals name argdefs closure")


def new(m: Machine, at: i64) -> i64:
    """The function of the five arguments at `at`, 0 for one not given."""
    w = m.words
    code: i64 = w[at]
    if w[code + OB_TYPE] != T_CODE:
        raise wrong_argument(m, "code", "code", code)
    if not is_dict(w, w[at + 1]):
        raise wrong_argument(m, "globals", "dict", w[at + 1])
    name: i64 = given(w[at + 2])
    if name != 0 and not is_str(w, name):
        raise m.error(T_TYPE_ERROR, "arg 3 (name) must be None or string")
    defaults: i64 = given(w[at + 3])
    if defaults != 0 and not is_tuple(w, defaults):
        raise m.error(T_TYPE_ERROR, "arg 4 (defaults) must be None or tuple")
    closure: i64 = given(w[at + 4])
    check_closure(m, code, closure)
    f: i64 = new_function(m, code, w[at + 1])
    fill(m, f, FUNC_NAME, name)
    fill(m, f, FUNC_DEFAULTS, defaults)
    fill(m, f, FUNC_CLOSURE, closure)
    return f


def given(o: i64) -> i64:
    """The argument; 0 if it is None."""
    return 0 if o == NONE else o


def fill(m: Machine, f: i64, word: i64, value: i64) -> None:
    """Set a field of the function to a borrowed value; 0 leaves it as it is."""
    if value != 0:
        incref(m.words, value)
        store(m, m.words, f + word, value)


def wrong_argument(m: Machine, name: str, wanted: str, o: i64) -> Raised:
    """TypeError for an argument of a wrong type."""
    return m.error(T_TYPE_ERROR, f"function() argument '{name}' must be {wanted}, not {name_of_type_of(m, o)}")


def check_closure(m: Machine, code: i64, closure: i64) -> None:
    """The closure (0: none) must have a cell for each of the code's free variables."""
    w = m.words
    free: i64 = w[w[code + CO_FREEVARS] + OB_SIZE]
    if closure == 0 and free == 0:
        return
    if closure == 0 or not is_tuple(w, closure):
        raise m.error(T_TYPE_ERROR, "arg 5 (closure) must be " + ("tuple" if closure == 0 else "None or tuple"))
    n: i64 = w[closure + OB_SIZE]
    if n != free:
        text = f"{host_str(m, w[code + CO_NAME])} requires closure of length {int(free)}, not {int(n)}"
        raise m.error(T_VALUE_ERROR, text)
    i: i64 = closure + TUPLE_ITEMS
    while n > 0:
        if w[w[i] + OB_TYPE] != T_CELL:
            raise m.error(T_TYPE_ERROR, "arg 5 (closure) expected cell, found " + name_of_type_of(m, w[i]))
        i += 1
        n -= 1
