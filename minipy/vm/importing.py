"""Importing: sys.modules, then the folders of sys.path; the last of them is minipy's library.

    import a.b      sys.modules["a.b"], or else b.mp, b.py, b/__init__.mp ... in one of the folders of a.__path__
    import a        sys.modules["a"], a module that is built in, or the same in one of the folders of sys.path

A native module that is not built in is taken as lying in the library. A module enters sys.modules before its code
runs, so circular imports find it half made, as in CPython; when its code fails it is taken out again.

CPython counterpart: Lib/importlib/_bootstrap.py (_find_and_load), Python/import.c.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from minipy.bytecode.code import Code
from minipy.errors import SourceError
from minipy.memory.layout import LIST_ITEMS, LIST_LENGTH, MODULE_DICT, OB_TYPE, TP_SOLID, W_BUILTINS, W_MODULES
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_LIST, T_MODULE_NOT_FOUND_ERROR
from minipy.memory.words import Raised
from minipy.modules import (
    abcmodule,
    atexitmodule,
    cmathmodule,
    collectionsmodule,
    functoolsmodule,
    gcmodule,
    itertoolsmodule,
    mathmodule,
    operatormodule,
    randommodule,
    sysmodule,
    timemodule,
    tracebackmodule,
    weakrefmodule,
)
from minipy.objects.attributes_set import set_attr
from minipy.objects.dictobject import dict_del_str, dict_get_str, dict_set_str
from minipy.objects.identifiers import ID_BUILTINS, ID_CACHED, ID_FILE, ID_PATH, NAME_PATH, NAME_SYS
from minipy.objects.list_methods import list_of_texts
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import module_entry, new_module
from minipy.objects.unicodeobject import host_str, intern, is_str, new_str
from minipy.vm.do_import import import_error, is_module
from minipy.vm.entry import run_code
from minipy.vm.host import Host, ModuleSource
from minipy.vm.loader import Loader
from minipy.vm.syntax_errors import set_syntax_error

NATIVE_MODULES: Final[dict[str, Callable[[Machine, i64], None]]] = {
    "_abc": abcmodule.fill,
    "_collections": collectionsmodule.fill,
    "_functools": functoolsmodule.fill,
    "_operator": operatormodule.fill,
    "_traceback": tracebackmodule.fill,
    "_weakref": weakrefmodule.fill,
    "atexit": atexitmodule.fill,
    "cmath": cmathmodule.fill,
    "gc": gcmodule.fill,
    "itertools": itertoolsmodule.fill,
    "math": mathmodule.fill,
    "random": randommodule.fill,
    "sys": sysmodule.fill,
    "time": timemodule.fill,
}
"""Each native module's name, and what puts its functions into its dict."""


def native_module(m: Machine, name: str) -> i64:
    """A new native module (owned), or 0 if there is none with this name."""
    fill = NATIVE_MODULES.get(name)
    if fill is None:
        return 0
    module: i64 = new_module(m, name)
    try:
        fill(m, m.words[module + MODULE_DICT])
    except Raised:
        decref(m, m.words, module)
        raise
    return module


class Importer:
    """Finds and runs modules for one interpreter."""

    def __init__(self, host: Host, loader: Loader) -> None:
        self.host = host
        self.loader = loader
        self.running: list[int] = []
        """Addresses of the modules whose code is running its first time, the outermost first."""

    def import_module(self, m: Machine, name: str) -> i64:
        """The module `name`, all packages it lies in imported first; owned."""
        parent: i64 = 0
        done = ""
        for part in name.split("."):
            done = f"{done}.{part}" if done else part
            parent = self.find_or_load(m, done, part, parent)
        return parent

    def find_or_load(self, m: Machine, name: str, part: str, parent: i64) -> i64:
        """The module from sys.modules, or made now; owned. `parent` (0: none) is stolen."""
        key: i64 = 0
        try:
            key = intern(m, name)
            module: i64 = dict_get_str(m.words, m.words[W_MODULES], key)
            if module == NONE:
                text = f"import of {name} halted; None in sys.modules"
                raise import_error(m, T_MODULE_NOT_FOUND_ERROR, name, text)
            if module != 0:
                m.words[module] += 1
                return module
            module = self.make(m, name, key, part, parent)
            if parent != 0:
                bind_child(m, parent, part, module)
            return module
        finally:
            if parent != 0:
                decref(m, m.words, parent)
            if key != 0:
                decref(m, m.words, key)

    def make(self, m: Machine, name: str, key: i64, part: str, parent: i64) -> i64:
        """The module: built in, or the first that is found in the folders; a native one lies in the library."""
        if parent != 0:
            return self.load(m, name, key, self.find(m, part, self.package_folders(m, name, parent)))
        folders = system_path(m)
        library = self.host.library_path()
        before = folders.index(library) if library in folders else len(folders)
        found = None if name in sysmodule.BUILT_IN else self.find(m, part, folders[:before])
        if found is None:
            module: i64 = native_module(m, name)
            if module != 0:
                add_module(m, key, module)
                return module
            found = self.find(m, part, folders[before:])
        return self.load(m, name, key, found)

    def find(self, m: Machine, part: str, folders: list[str]) -> ModuleSource | None:
        """The module's file in one of the folders."""
        try:
            return self.host.find_module(part, folders)
        except SourceError as fault:
            raise set_syntax_error(m, fault) from None

    def package_folders(self, m: Machine, name: str, parent: i64) -> list[str]:
        """The folders of the package that the module `name` lies in; ModuleNotFoundError if that is no package."""
        path: i64 = 0
        if is_module(m.words, parent):
            path = module_entry(m.words, parent, ID_PATH)
        if path == 0:
            raise self.not_found(m, name, f"; '{name.rpartition('.')[0]}' is not a package")
        return host_texts(m, path)

    def not_found(self, m: Machine, name: str, reason: str) -> Raised:
        """The error for a module that is nowhere; it says so where CPython would have the module."""
        if self.host.cpython_has(name):
            reason = " (CPython has it, minipy does not)"
        return import_error(m, T_MODULE_NOT_FOUND_ERROR, name, f"No module named '{name}'{reason}")

    def load(self, m: Machine, name: str, key: i64, source: ModuleSource | None) -> i64:
        """Make the module and run its code; ModuleNotFoundError if there is none."""
        if source is None:
            raise self.not_found(m, name, "")
        module: i64 = new_module(m, name)
        d: i64 = m.words[module + MODULE_DICT]
        try:
            if source.path:
                set_text(m, d, ID_FILE, source.path)
            else:
                dict_set_str(m, d, ID_FILE, NONE)
            if source.folders:
                set_path(m, d, source.folders)
            dict_set_str(m, d, ID_CACHED, NONE)
            dict_set_str(m, d, ID_BUILTINS, m.words[W_BUILTINS])
        except Raised:
            decref(m, m.words, module)
            raise
        add_module(m, key, module)
        if source.code is not None:
            self.run_first(m, source.code, key, module)
        return module

    def run_first(self, m: Machine, code: Code, key: i64, module: i64) -> None:
        """Run a new module's code; if that fails the module is released and no longer in sys.modules."""
        self.running.append(int(module))
        try:
            self.run(m, code, m.words[module + MODULE_DICT])
        except Raised:
            dict_del_str(m, m.words[W_MODULES], key)
            decref(m, m.words, module)
            raise
        finally:
            self.running.pop()

    def run(self, m: Machine, code: Code, d: i64) -> None:
        """Run a module's code in its dict."""
        o: i64 = self.loader.load(code)
        try:
            decref(m, m.words, run_code(m, o, d, 0))
        finally:
            decref(m, m.words, o)


def system_path(m: Machine) -> list[str]:
    """The folders of sys.path; none if there is no such list."""
    system: i64 = dict_get_str(m.words, m.words[W_MODULES], NAME_SYS)
    if system == 0 or not is_module(m.words, system):
        return []
    return host_texts(m, module_entry(m.words, system, NAME_PATH))


def host_texts(m: Machine, o: i64) -> list[str]:
    """The str objects in a list, as host texts; none of anything else (0 included)."""
    texts: list[str] = []
    w = m.words
    if o != 0 and w[w[o + OB_TYPE] + TP_SOLID] == T_LIST:
        i: i64 = 0
        while i < w[o + LIST_LENGTH]:
            item: i64 = w[w[o + LIST_ITEMS] + i]
            if is_str(w, item):
                texts.append(host_str(m, item))
            i += 1
    return texts


def bind_child(m: Machine, parent: i64, part: str, module: i64) -> None:
    """A submodule becomes an attribute of its package; on an error `module` is released."""
    name: i64 = 0
    try:
        name = intern(m, part)
        set_attr(m, parent, name, module)
    except Raised:
        decref(m, m.words, module)
        raise
    finally:
        if name != 0:
            decref(m, m.words, name)


def add_module(m: Machine, key: i64, module: i64) -> None:
    """Enter a new module into sys.modules; it is released on an error."""
    try:
        dict_set_str(m, m.words[W_MODULES], key, module)
    except Raised:
        decref(m, m.words, module)
        raise


def set_text(m: Machine, d: i64, key: i64, text: str) -> None:
    """d[key] = text."""
    value: i64 = new_str(m, text)
    try:
        dict_set_str(m, d, key, value)
    finally:
        decref(m, m.words, value)


def set_path(m: Machine, d: i64, folders: list[str]) -> None:
    """A package has a `__path__`, the list of its folders."""
    o: i64 = list_of_texts(m, folders)
    try:
        dict_set_str(m, d, ID_PATH, o)
    finally:
        decref(m, m.words, o)
