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
from minipy.memory.layout import MODULE_DICT, W_MODULES
from minipy.memory.refcount import decref
from minipy.memory.statics import NONE, T_MODULE_NOT_FOUND_ERROR
from minipy.memory.words import Raised
from minipy.modules import (
    gcmodule,
    mathmodule,
    operatormodule,
    randommodule,
    sysmodule,
    timemodule,
    tracebackmodule,
)
from minipy.objects.attributes_set import set_attr
from minipy.objects.dictobject import dict_del_str, dict_get_str, dict_set_str
from minipy.objects.identifiers import ID_FILE, ID_PATH
from minipy.objects.listobject import list_append, new_list
from minipy.objects.machine import Machine
from minipy.objects.moduleobject import new_module
from minipy.objects.unicodeobject import host_str, intern, new_str
from minipy.vm.do_import import import_error, is_module
from minipy.vm.entry import run_code
from minipy.vm.host import Host, ModuleSource
from minipy.vm.loader import Loader
from minipy.vm.syntax_errors import set_syntax_error

NATIVE_MODULES: Final = ("_operator", "_traceback", "gc", "math", "random", "sys", "time")


def native_module(m: Machine, name: str) -> i64:
    """A new native module (owned), or 0 if there is none with this name."""
    if name == "gc":
        return gcmodule.make(m)
    elif name == "math":
        return mathmodule.make(m)
    elif name == "_operator":
        return operatormodule.make(m)
    elif name == "random":
        return randommodule.make(m)
    elif name == "sys":
        return sysmodule.make(m)
    elif name == "time":
        return timemodule.make(m)
    elif name == "_traceback":
        return tracebackmodule.make(m)
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
        """A native module, or one with a file; owned."""
        module: i64 = native_module(m, name)
        if module != 0:
            add_module(m, key, module)
            return module
        return self.load(m, name, key, self.find(m, name, part, parent))

    def find(self, m: Machine, name: str, part: str, parent: i64) -> ModuleSource:
        """The module's file; ModuleNotFoundError if there is none."""
        search: list[str] = []
        if parent != 0:
            folder: i64 = 0
            if is_module(m.words, parent):
                folder = dict_get_str(m.words, m.words[parent + MODULE_DICT], ID_FILE)
            path: i64 = 0
            if folder != 0:
                path = dict_get_str(m.words, m.words[parent + MODULE_DICT], ID_PATH)
            if path == 0:
                text = f"No module named '{name}'; '{name.rpartition('.')[0]}' is not a package"
                raise import_error(m, T_MODULE_NOT_FOUND_ERROR, name, text)
            search = [host_str(m, folder).rpartition("/")[0]]
        try:
            found = self.host.find_module(part, search)
        except SourceError as fault:
            raise set_syntax_error(m, fault) from None
        if found is None:
            raise import_error(m, T_MODULE_NOT_FOUND_ERROR, name, f"No module named '{name}'")
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
