"""Importing: sys.modules, native modules, then a program's own files.

A module enters sys.modules before its code runs, so circular imports find it half made, as in CPython; when its code
fails it is taken out again.

CPython counterpart: Lib/importlib/_bootstrap.py (_find_and_load), Python/import.c.
"""

from __future__ import annotations

from typing import Final

from mypy_extensions import i64

from minipy.bytecode.code import Code
from minipy.errors import SourceError
from minipy.memory.layout import EXC_VALUE, MODULE_DICT, OB_TYPE, W_MODULES, W_PENDING
from minipy.memory.refcount import decref, store
from minipy.memory.statics import T_MODULE, T_MODULE_NOT_FOUND_ERROR
from minipy.memory.words import Raised
from minipy.modules import gcmodule, mathmodule, randommodule, sysmodule, timemodule
from minipy.objects.dictobject import dict_del_str, dict_get_str, dict_set_str
from minipy.objects.identifiers import ID_FILE, ID_PATH
from minipy.objects.listobject import list_append, new_list
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import new_module
from minipy.objects.unicodeobject import host_str, intern, new_str
from minipy.vm.entry import run_code
from minipy.vm.host import Host, ModuleSource
from minipy.vm.loader import Loader
from minipy.vm.syntax_errors import set_syntax_error

NATIVE_MODULES: Final = ("gc", "math", "random", "sys", "time")


def native_module(m: Machine, name: str) -> i64:
    """A new native module (owned), or 0 if there is none with this name."""
    if name == "gc":
        return gcmodule.make(m)
    elif name == "math":
        return mathmodule.make(m)
    elif name == "random":
        return randommodule.make(m)
    elif name == "sys":
        return sysmodule.make(m)
    elif name == "time":
        return timemodule.make(m)
    return 0


class Importer:
    """Finds and runs modules for one interpreter."""

    def __init__(self, host: Host, loader: Loader) -> None:
        self.host = host
        self.loader = loader

    def import_module(self, m: Machine, name: str) -> i64:
        """The module `name`, all packages it lies in imported first; owned."""
        parent: i64 = 0
        done = ""
        for part in name.split("."):
            done = f"{done}.{part}" if done else part
            module: i64 = self.find_or_load(m, done, part, parent)
            if parent != 0:
                self.bind_child(m, parent, part, module)
            parent = module
        return parent

    def bind_child(self, m: Machine, parent: i64, part: str, module: i64) -> None:
        """A submodule becomes an attribute of its package `parent` (stolen); on an error `module` is released too."""
        try:
            set_entry(m, m.words[parent + MODULE_DICT], part, module)
        except Raised:
            decref(m, m.words, module)
            raise
        finally:
            decref(m, m.words, parent)

    def find_or_load(self, m: Machine, name: str, part: str, parent: i64) -> i64:
        """The module from sys.modules, or made now; owned. On an error `parent` is released."""
        key: i64 = 0
        try:
            key = intern(m, name)
            return self.find_or_make(m, name, key, part, parent)
        except Raised:
            if parent != 0:
                decref(m, m.words, parent)
            raise
        finally:
            if key != 0:
                decref(m, m.words, key)

    def find_or_make(self, m: Machine, name: str, key: i64, part: str, parent: i64) -> i64:
        """The module from sys.modules, a native one, or one with a file; owned."""
        module: i64 = dict_get_str(m.words, m.words[W_MODULES], key)
        if module != 0:
            m.words[module] += 1
            return module
        module = native_module(m, name)
        if module != 0:
            add_module(m, key, module)
            return module
        return self.load(m, name, key, self.find(m, name, part, parent))

    def find(self, m: Machine, name: str, part: str, parent: i64) -> ModuleSource:
        """The module's file; ModuleNotFoundError if there is none."""
        search: list[str] = []
        if parent != 0:
            folder: i64 = 0
            if m.words[parent + OB_TYPE] == T_MODULE:
                folder = dict_get_str(m.words, m.words[parent + MODULE_DICT], ID_FILE)
            path: i64 = 0
            if folder != 0:
                path = dict_get_str(m.words, m.words[parent + MODULE_DICT], ID_PATH)
            if path == 0:
                text = f"No module named '{name}'; '{name.rpartition('.')[0]}' is not a package"
                raise not_found(m, name, text)
            search = [host_str(m, folder).rpartition("/")[0]]
        try:
            found = self.host.find_module(part, search)
        except SourceError as fault:
            raise set_syntax_error(m, fault) from None
        if found is None:
            raise not_found(m, name, f"No module named '{name}'")
        return found

    def load(self, m: Machine, name: str, key: i64, source: ModuleSource) -> i64:
        """Make the module and run its code."""
        module: i64 = new_module(m, name)
        d: i64 = m.words[module + MODULE_DICT]
        try:
            set_text(m, d, ID_FILE, source.path)
            if source.is_package:
                mark_package(m, d, source.path)
        except Raised:
            decref(m, m.words, module)
            raise
        add_module(m, key, module)
        try:
            self.run(m, source.code, d)
        except Raised:
            dict_del_str(m, m.words[W_MODULES], key)
            decref(m, m.words, module)
            raise
        return module

    def run(self, m: Machine, code: Code, d: i64) -> None:
        """Run a module's code in its dict."""
        o: i64 = self.loader.load(code)
        try:
            decref(m, m.words, run_code(m, o, d, 0))
        finally:
            decref(m, m.words, o)


def add_module(m: Machine, key: i64, module: i64) -> None:
    """Enter a new module into sys.modules; it is released on an error."""
    try:
        dict_set_str(m, m.words[W_MODULES], key, module)
    except Raised:
        decref(m, m.words, module)
        raise


def set_entry(m: Machine, d: i64, name: str, value: i64) -> None:
    """d[name] = value, for a name that is not interned yet."""
    key: i64 = intern(m, name)
    try:
        dict_set_str(m, d, key, value)
    finally:
        decref(m, m.words, key)


def set_text(m: Machine, d: i64, key: i64, text: str) -> None:
    """d[key] = text."""
    value: i64 = new_str(m, text)
    try:
        dict_set_str(m, d, key, value)
    finally:
        decref(m, m.words, value)


def mark_package(m: Machine, d: i64, path: str) -> None:
    """A package has a `__path__`, a list of its one folder."""
    folders: i64 = new_list(m, 0)
    folder: i64 = 0
    try:
        folder = new_str(m, path.rpartition("/")[0])
        list_append(m, folders, folder)
        dict_set_str(m, d, ID_PATH, folders)
    finally:
        decref(m, m.words, folders)
        if folder != 0:
            decref(m, m.words, folder)


def not_found(m: Machine, name: str, text: str) -> Raised:
    """ModuleNotFoundError that knows the module's name."""
    raised = m.error(T_MODULE_NOT_FOUND_ERROR, text)
    o: i64 = new_str(m, name)
    w = m.words
    store(m, w, w[W_PENDING] + EXC_VALUE, o)
    return raised
