"""Names: globals and built-ins with their inline caches, namespaces of class bodies, unbound variables.

LOAD_GLOBAL turns itself into LOAD_GLOBAL_MODULE or LOAD_GLOBAL_BUILTIN when it first finds the name. Its two cache
words then hold where:

    MODULE   version of the module's dict | offset of the value in its entries
    BUILTIN  version of the module's dict | version of the builtins' dict << 24, offset of the value in its entries

A dict's version changes when keys come or go or entries move, so the offset is good while the versions are.

CPython counterpart: Python/ceval.c (LOAD_GLOBAL, LOAD_NAME, format_exc_unbound), Python/specialize.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.bytecode.opcodes import LOAD_GLOBAL, LOAD_GLOBAL_BUILTIN, LOAD_GLOBAL_MODULE
from minipy.memory.layout import (
    CO_CELLVARS,
    CO_FREEVARS,
    CO_NLOCALS,
    CO_NLOCALSPLUS,
    CO_VARNAMES,
    DICT_ENTRIES,
    DICT_VERSION,
    EXC_VALUE,
    FRAME_NAMES,
    FUNC_CODE,
    FUNC_GLOBALS,
    OB_SIZE,
    OB_TYPE,
    TUPLE_ITEMS,
    W_BASE,
    W_BUILTINS,
    W_PART,
    W_PENDING,
    W_SP,
)
from minipy.memory.objalloc import gc_track
from minipy.memory.refcount import decref, store
from minipy.memory.statics import T_DICT, T_KEY_ERROR, T_NAME_ERROR, T_UNBOUND_LOCAL_ERROR
from minipy.memory.words import Raised, vec
from minipy.objects import abstract_sequence
from minipy.objects.dictobject import dict_del_str, dict_find_str, dict_get_str, dict_set_str
from minipy.objects.dicttable import ENTRY_VALUE
from minipy.objects.exceptions import catch
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import builtins_of
from minipy.objects.unicodeobject import host_str, str_equal


# ---------------------------------------------------------------- unbound variables
def local_name(w: vec[i64], base: i64, i: i64) -> i64:
    """The name (borrowed) of local, cell or free variable i of the record at `base`."""
    code: i64 = w[w[base - 1] + FUNC_CODE]
    if i < w[code + CO_NLOCALS]:
        return w[w[code + CO_VARNAMES] + TUPLE_ITEMS + i]
    free: i64 = w[code + CO_NLOCALSPLUS] - w[w[code + CO_FREEVARS] + OB_SIZE]
    if i >= free:
        return w[w[code + CO_FREEVARS] + TUPLE_ITEMS + i - free]
    return own_cell_name(w, code, i - w[code + CO_NLOCALS])


def own_cell_name(w: vec[i64], code: i64, i: i64) -> i64:
    """The i-th of the cell variables that are not parameters."""
    cells: i64 = w[code + CO_CELLVARS]
    at: i64 = cells + TUPLE_ITEMS
    while True:
        name: i64 = w[at]
        at += 1
        if is_local(w, code, name):
            continue
        if i == 0:
            return name
        i -= 1


def is_local(w: vec[i64], code: i64, name: i64) -> bool:
    """Is the name one of CO_VARNAMES?"""
    names: i64 = w[code + CO_VARNAMES]
    i: i64 = 0
    while i < w[names + OB_SIZE]:
        if str_equal(w, w[names + TUPLE_ITEMS + i], name):
            return True
        i += 1
    return False


def unbound_local(m: Machine, base: i64, i: i64) -> Raised:
    """UnboundLocalError for local i."""
    name = host_str(m, local_name(m.words, base, i))
    text = f"cannot access local variable '{name}' where it is not associated with a value"
    return m.error(T_UNBOUND_LOCAL_ERROR, text)


def unbound_first(m: Machine, base: i64, i: i64) -> Raised:
    """The same for the first load of a fused instruction."""
    m.words[W_PART] = 1
    return unbound_local(m, base, i)


def unbound_pair(m: Machine, base: i64, arg: i64) -> Raised:
    """The same for LOAD_FAST_LOAD_FAST: whichever is empty."""
    if m.words[base + (arg & 65535)] == 0:
        return unbound_first(m, base, arg & 65535)
    return unbound_local(m, base, arg >> 16)


def unbound_cell(m: Machine, base: i64, i: i64) -> Raised:
    """UnboundLocalError for an own cell, NameError for a free variable."""
    w = m.words
    code: i64 = w[w[base - 1] + FUNC_CODE]
    if i < w[code + CO_NLOCALSPLUS] - w[w[code + CO_FREEVARS] + OB_SIZE]:
        return unbound_local(m, base, i)
    name: i64 = local_name(w, base, i)
    text = f"cannot access free variable '{host_str(m, name)}' where it is not associated with a value"
    text += " in enclosing scope"
    return name_error(m, T_NAME_ERROR, text, name)


def name_error(m: Machine, kind: i64, text: str, name: i64) -> Raised:
    """A NameError that knows its name (borrowed)."""
    raised = m.error(kind, text)
    w = m.words
    w[name] += 1
    store(m, w, w[W_PENDING] + EXC_VALUE, name)
    return raised


def undefined(m: Machine, name: i64) -> Raised:
    """NameError for a name that is nowhere."""
    return name_error(m, T_NAME_ERROR, f"name '{host_str(m, name)}' is not defined", name)


# ---------------------------------------------------------------- globals
def forget_global(w: vec[i64], pc: i64) -> i64:
    """A specialised instruction's versions no longer hold: make it LOAD_GLOBAL again, to be executed once more."""
    w[pc - 1] = w[pc - 1] >> 8 << 8 | LOAD_GLOBAL
    return pc - 1


def load_global(m: Machine, module_dict: i64, name: i64, pc: i64) -> i64:
    """The value (owned) of a global or built-in name; specialises the instruction before `pc`."""
    w = m.words
    entry: i64 = dict_find_str(w, module_dict, name)
    if entry != 0:
        w[pc] = w[module_dict + DICT_VERSION]
        w[pc + 1] = entry + ENTRY_VALUE - w[module_dict + DICT_ENTRIES]
        w[pc - 1] = w[pc - 1] >> 8 << 8 | LOAD_GLOBAL_MODULE
    else:
        builtins: i64 = builtins_of(w, module_dict)
        entry = dict_find_str(w, builtins, name)
        if entry == 0:
            raise undefined(m, name)
        if builtins == w[W_BUILTINS]:
            w[pc] = w[module_dict + DICT_VERSION]
            w[pc + 1] = w[builtins + DICT_VERSION] << 24 | entry + ENTRY_VALUE - w[builtins + DICT_ENTRIES]
            w[pc - 1] = w[pc - 1] >> 8 << 8 | LOAD_GLOBAL_BUILTIN
    value: i64 = w[entry + ENTRY_VALUE]
    w[value] += 1
    return value


def store_global(m: Machine, module_dict: i64, name: i64, pc: i64, sp: i64) -> i64:
    """Bind a global name to the top of the stack and pop it; remember where it lies in the cache words at `pc`.

    The loop stores there by itself next time, any object: so it asks that the collector sees the dict.
    """
    dict_set_str(m, module_dict, name, m.words[sp - 1])
    w = m.words
    gc_track(w, module_dict)
    entry: i64 = dict_find_str(w, module_dict, name)
    w[pc] = w[module_dict + DICT_VERSION]
    w[pc + 1] = entry + ENTRY_VALUE - w[module_dict + DICT_ENTRIES]
    return pop_one(m, sp)


def pop_one(m: Machine, sp: i64) -> i64:
    """Drop the top of the stack; return the new sp."""
    w = m.words
    sp -= 1
    w[W_SP] = sp
    decref(m, w, w[sp])
    return sp


def delete_global(m: Machine, name: i64) -> None:
    """del of a global name."""
    w = m.words
    if not dict_del_str(m, running_globals(w), name):
        raise undefined(m, name)


# ---------------------------------------------------------------- namespaces
def namespace(w: vec[i64]) -> i64:
    """The running record's namespace (borrowed): a class body's dict, else the module's."""
    base: i64 = w[W_BASE]
    function: i64 = w[base - 1]
    own: i64 = w[base + w[w[function + FUNC_CODE] + CO_NLOCALSPLUS] + FRAME_NAMES]
    return own if own != 0 else w[function + FUNC_GLOBALS]


def find_in_namespace(m: Machine, name: i64) -> i64:
    """The value (owned) of a name in the running record's namespace, or 0."""
    w = m.words
    names: i64 = namespace(w)
    if w[names + OB_TYPE] == T_DICT:
        value: i64 = dict_get_str(w, names, name)
        if value != 0:
            w[value] += 1
        return value
    try:
        return m.get_item(names, name)
    except Raised:
        if not catch(m, T_KEY_ERROR):
            raise
    return 0


def load_name(m: Machine, name: i64) -> i64:
    """LOAD_NAME: namespace, globals, builtins; owned."""
    value: i64 = find_in_namespace(m, name)
    if value != 0:
        return value
    w = m.words
    module_dict: i64 = running_globals(w)
    value = dict_get_str(w, module_dict, name)
    if value == 0:
        value = dict_get_str(w, builtins_of(w, module_dict), name)
    if value == 0:
        raise undefined(m, name)
    w[value] += 1
    return value


def running_globals(w: vec[i64]) -> i64:
    """The globals of the running record's function, borrowed."""
    return w[w[w[W_BASE] - 1] + FUNC_GLOBALS]


def store_name(m: Machine, name: i64, value: i64) -> None:
    """STORE_NAME; `value` is borrowed."""
    names: i64 = namespace(m.words)
    if m.words[names + OB_TYPE] == T_DICT:
        dict_set_str(m, names, name, value)
    else:
        m.set_item(names, name, value)


def delete_name(m: Machine, name: i64) -> None:
    """DELETE_NAME."""
    names: i64 = namespace(m.words)
    if m.words[names + OB_TYPE] == T_DICT:
        if not dict_del_str(m, names, name):
            raise undefined(m, name)
        return
    try:
        abstract_sequence.del_item(m, names, name)
    except Raised:
        if not catch(m, T_KEY_ERROR):
            raise
        raise undefined(m, name) from None
