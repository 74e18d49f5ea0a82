"""Instructions of import statements.

CPython counterpart: IMPORT_NAME, IMPORT_FROM, IMPORT_STAR (import_all_from) in Python/ceval.c.
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.memory.layout import (
    DICT_ENTRIES,
    DICT_NENTRIES,
    FUNC_GLOBALS,
    INT_VALUE,
    MODULE_DICT,
    OB_SIZE,
    OB_TYPE,
    TUPLE_ITEMS,
    W_BASE,
    W_MODULES,
)
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_IMPORT_ERROR, T_MODULE, T_STR, T_TYPE_ERROR
from minipy.memory.words import Raised
from minipy.objects.dictobject import dict_get_str
from minipy.objects.identifiers import ID_ALL, ID_FILE, ID_NAME, ID_PATH
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import module_entry, module_name
from minipy.objects.unicodeobject import host_str, intern
from minipy.vm import names
from minipy.vm.build import replace_top
from minipy.vm.do_update import pop_top


def import_name(m: Machine, name: i64, sp: i64) -> i64:
    """IMPORT_NAME: level, fromlist become the module: the last part's with a fromlist, else the first's."""
    w = m.words
    level = int(w[w[sp - 2] + INT_VALUE])
    from_list: i64 = w[sp - 1]
    full = host_str(m, name)
    if level > 0:
        full = absolute_name(m, full, level)
    module: i64 = m.import_module(full)
    if from_list == NONE:
        if "." in full:
            decref(m, m.words, module)
            module = m.import_module(full.partition(".")[0])
    else:
        import_submodules(m, module, full, from_list)
    return replace_top(m, sp, 2, module)


def absolute_name(m: Machine, name: str, level: int) -> str:
    """The full name of a relative import."""
    w = m.words
    d: i64 = w[w[w[W_BASE] - 1] + FUNC_GLOBALS]
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
    if w[module + OB_TYPE] != T_MODULE or module_entry(w, module, ID_PATH) == 0:
        return
    i: i64 = 0
    while i < m.words[from_list + OB_SIZE]:
        item: i64 = m.words[from_list + TUPLE_ITEMS + i]
        text = host_str(m, item)
        if text != "*" and module_entry(m.words, module, item) == 0:
            try:
                decref(m, m.words, m.import_module(full + "." + text))
            except Raised:
                if not m.catch(T_IMPORT_ERROR):
                    decref(m, m.words, module)
                    raise
        i += 1


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
    text = module_name(m, module) if m.words[module + OB_TYPE] == T_MODULE else "<unknown module name>"
    wanted = host_str(m, name)
    key: i64 = intern(m, f"{text}.{wanted}")
    value: i64 = dict_get_str(m.words, m.words[W_MODULES], key)
    decref(m, m.words, key)
    if value != 0:
        m.words[value] += 1
        return value
    place = "unknown location"
    file: i64 = module_entry(m.words, module, ID_FILE) if m.words[module + OB_TYPE] == T_MODULE else 0
    if file != 0:
        place = host_str(m, file)
    raise m.error(T_IMPORT_ERROR, f"cannot import name '{wanted}' from '{text}' ({place})")


def import_star(m: Machine, sp: i64) -> i64:
    """IMPORT_STAR: bind the public names, or those of `__all__`, in the namespace."""
    module: i64 = m.words[sp - 1]
    public: i64 = m.find_attribute(module, ID_ALL)
    if public != 0:
        bind_listed(m, module, public)
    else:
        bind_public(m, m.words[module + MODULE_DICT])
    return pop_top(m, 1, sp)


def bind_listed(m: Machine, module: i64, public: i64) -> None:
    """Bind the names that `__all__` (stolen) lists."""
    try:
        iterator: i64 = m.iter(public)
    finally:
        decref(m, m.words, public)
    try:
        name: i64 = m.next(iterator)
        while name != 0:
            try:
                bind_one(m, module, name)
            finally:
                decref(m, m.words, name)
            name = m.next(iterator)
    finally:
        decref(m, m.words, iterator)


def bind_one(m: Machine, module: i64, name: i64) -> None:
    """Bind the module's attribute `name`."""
    if m.words[name + OB_TYPE] != T_STR:
        raise m.error(T_TYPE_ERROR, f"Item in __all__ must be str, not {m.type_name(name)}")
    value: i64 = m.get_attribute(module, name)
    try:
        names.store_name(m, name, value)
    finally:
        decref(m, m.words, value)


def bind_public(m: Machine, d: i64) -> None:
    """Bind all names of a module's dict that do not begin with an underscore."""
    i: i64 = 0
    while i < m.words[d + DICT_NENTRIES]:
        entry: i64 = m.words[d + DICT_ENTRIES] + 3 * i
        key: i64 = m.words[entry + 1]
        if key != 0 and not host_str(m, key).startswith("_"):
            names.store_name(m, key, m.words[entry + 2])
        i += 1
