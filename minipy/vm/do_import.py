"""Instructions of import statements.

CPython counterpart: IMPORT_NAME, IMPORT_FROM, IMPORT_STAR (import_all_from) in Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    EXC_VALUE,
    INT_VALUE,
    LIST_ITEMS,
    LIST_LENGTH,
    NATIVE_NAME,
    OB_SIZE,
    OB_TYPE,
    TP_SOLID,
    TUPLE_ITEMS,
    W_MODULES,
    W_PENDING,
)
from minipy.memory.refcount import decref, store
from minipy.memory.statics import (
    NONE,
    T_BUILTIN,
    T_IMPORT_ERROR,
    T_MODULE,
    T_MODULE_NOT_FOUND_ERROR,
    T_STR,
    T_TYPE_ERROR,
)
from minipy.memory.words import Raised, vec
from minipy.objects.dictobject import dict_get_str
from minipy.objects.exceptions import clear_pending, pending_matches
from minipy.objects.identifiers import ID_ALL, ID_DICT, ID_FILE, ID_IMPORT, ID_NAME, ID_PATH
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import builtins_of, module_entry, module_name
from minipy.objects.tupleobject import new_tuple
from minipy.objects.typeobject import is_subtype
from minipy.objects.unicodeobject import host_str, intern, is_str, new_str
from minipy.vm import names
from minipy.vm.frame import pop_top, replace_top


def import_name(m: Machine, name: i64, sp: i64) -> i64:
    """IMPORT_NAME: level, fromlist become the module: the last part's with a fromlist, else the first's."""
    w = m.words
    module_dict: i64 = names.running_globals(w)
    function: i64 = dict_get_str(w, builtins_of(w, module_dict), ID_IMPORT)
    if function == 0:
        raise m.error(T_IMPORT_ERROR, "__import__ not found")
    if w[function + OB_TYPE] != T_BUILTIN or w[function + NATIVE_NAME] != ID_IMPORT:
        return replace_top(m, sp, 2, call_import(m, function, name, sp))
    full = host_str(m, name)
    level = int(w[w[sp - 2] + INT_VALUE])
    if level > 0:
        full = absolute_name(m, module_dict, full, level)
    from_list: i64 = m.words[sp - 1]
    return replace_top(m, sp, 2, import_parts(m, full, 0 if from_list == NONE else from_list))


def call_import(m: Machine, function: i64, name: i64, sp: i64) -> i64:
    """What the program's own `__import__` gives for name, globals, locals (None), fromlist, level."""
    args: i64 = new_tuple(m, 5)
    w = m.words
    at: i64 = args + TUPLE_ITEMS
    for value in (name, names.running_globals(w), NONE, w[sp - 1], w[sp - 2]):
        w[value] += 1
        w[at] = value
        at += 1
    try:
        return m.call_object(function, args, 0)
    finally:
        decref(m, m.words, args)


def import_parts(m: Machine, full: str, from_list: i64) -> i64:
    """Import a module by its full name: with a fromlist (not 0) it is given, else that of the first part."""
    module: i64 = m.import_module(full)
    if from_list != 0:
        import_submodules(m, module, full, from_list)
    elif "." in full:
        decref(m, m.words, module)
        module = m.import_module(full.partition(".")[0])
    return module


def absolute_name(m: Machine, d: i64, name: str, level: int) -> str:
    """The full name of a relative import in the module with the globals d."""
    w = m.words
    here: i64 = dict_get_str(w, d, ID_NAME)
    package = host_str(m, here) if here != 0 else ""
    if dict_get_str(w, d, ID_PATH) == 0:
        package = package.rpartition(".")[0]
    parts = package.split(".") if package else []
    if level - 1 >= len(parts):
        if not parts:
            raise m.error(T_IMPORT_ERROR, "attempted relative import with no known parent package")
        raise m.error(T_IMPORT_ERROR, "attempted relative import beyond top-level package")
    if level > 1:
        parts = parts[: 1 - level]
    return ".".join([*parts, name] if name else parts)


def import_submodules(m: Machine, module: i64, full: str, from_list: i64) -> None:
    """`from package import a`: a may be a module that was not imported yet. On an error `module` is released."""
    w = m.words
    if not is_module(w, module) or module_entry(w, module, ID_PATH) == 0:
        return
    i: i64 = 0
    while i < m.words[from_list + OB_SIZE]:
        item: i64 = m.words[from_list + TUPLE_ITEMS + i]
        text = host_str(m, item)
        if text != "*" and module_entry(m.words, module, item) == 0:
            try:
                decref(m, m.words, m.import_module(full + "." + text))
            except Raised:
                if not is_missing(m, full + "." + text):
                    decref(m, m.words, module)
                    raise
                clear_pending(m)
        i += 1


def is_missing(m: Machine, name: str) -> bool:
    """Says the pending exception that there is no module `name`? (Not: that one it imports is missing.)"""
    w = m.words
    if not pending_matches(w, T_MODULE_NOT_FOUND_ERROR):
        return False
    missing: i64 = w[w[W_PENDING] + EXC_VALUE]
    return missing != 0 and is_str(w, missing) and host_str(m, missing) == name


def import_from(m: Machine, name: i64, sp: i64) -> i64:
    """IMPORT_FROM: push an attribute of the module below."""
    module: i64 = m.words[sp - 1]
    value: i64 = m.find_attribute(module, name)
    if value == 0:
        value = find_submodule(m, module, name)
    m.words[sp] = value
    return sp + 1


def find_submodule(m: Machine, module: i64, name: i64) -> i64:
    """The submodule from sys.modules (owned); ImportError if there is none."""
    wanted = host_str(m, name)
    if not is_module(m.words, module):
        text = f"cannot import name '{wanted}' from '<unknown module name>' (unknown location)"
        raise m.error(T_IMPORT_ERROR, text)
    text = module_name(m, module)
    key: i64 = intern(m, f"{text}.{wanted}")
    value: i64 = dict_get_str(m.words, m.words[W_MODULES], key)
    decref(m, m.words, key)
    if value != 0:
        m.words[value] += 1
        return value
    file: i64 = module_entry(m.words, module, ID_FILE)
    place = host_str(m, file) if file != 0 else "unknown location"
    of = f"'{text}'"
    if file != 0 and m.is_initializing(module):
        of = f"partially initialized module '{text}' (most likely due to a circular import)"
    raise import_error(m, T_IMPORT_ERROR, text, f"cannot import name '{wanted}' from {of} ({place})")


def import_error(m: Machine, t: i64, name: str, text: str) -> Raised:
    """An ImportError of the class t that knows the module's name."""
    o: i64 = new_str(m, name)
    raised = m.error(t, text)
    w = m.words
    if is_subtype(w, w[w[W_PENDING] + OB_TYPE], T_IMPORT_ERROR):
        store(m, w, w[W_PENDING] + EXC_VALUE, o)
    else:
        decref(m, w, o)
    return raised


def is_module(w: vec[i64], o: i64) -> bool:
    """Is o a module? sys.modules may hold anything."""
    return w[w[o + OB_TYPE] + TP_SOLID] == T_MODULE


# ---------------------------------------------------------------- from module import *
def import_star(m: Machine, sp: i64) -> i64:
    """IMPORT_STAR: bind in the namespace what `__all__` lists, or the public names of the module's `__dict__`."""
    module: i64 = m.words[sp - 1]
    listed: i64 = m.find_attribute(module, ID_ALL)
    if listed != 0:
        bind_names(m, module, listed, True)
    else:
        d: i64 = m.find_attribute(module, ID_DICT)
        if d == 0:
            raise m.error(T_IMPORT_ERROR, "from-import-* object has no __dict__ and no __all__")
        bind_names(m, module, d, False)
    return pop_top(m, 1, sp)


def bind_names(m: Machine, module: i64, source: i64, listed: bool) -> None:
    """Bind the names that `source` (stolen) has: `__all__`, or a `__dict__`, whose underscored names are left out."""
    try:
        names_list: i64 = m.list_of(source)
    finally:
        decref(m, m.words, source)
    try:
        i: i64 = 0
        while i < m.words[names_list + LIST_LENGTH]:
            name: i64 = m.words[m.words[names_list + LIST_ITEMS] + i]
            i += 1
            if m.words[name + OB_TYPE] != T_STR:
                raise no_name(m, module, name, listed)
            if listed or not host_str(m, name).startswith("_"):
                bind_one(m, module, name)
    finally:
        decref(m, m.words, names_list)


def no_name(m: Machine, module: i64, o: i64, listed: bool) -> Raised:
    """TypeError about something among the names that is no str."""
    of = module_name(m, module) if is_module(m.words, module) else "?"
    where = f"Item in {of}.__all__" if listed else f"Key in {of}.__dict__"
    return m.error(T_TYPE_ERROR, f"{where} must be str, not {m.type_name(o)}")


def bind_one(m: Machine, module: i64, name: i64) -> None:
    """Bind the module's attribute `name`."""
    value: i64 = m.get_attribute(module, name)
    try:
        names.store_name(m, name, value)
    finally:
        decref(m, m.words, value)
