"""What a line may go on with: names, attributes, keywords, commands and their arguments.

Read from the words alone: no attribute is looked up, no property runs.

CPython counterpart: Lib/rlcompleter.py, which evaluates what stands before the dot.
"""

from __future__ import annotations

import keyword
import os
import re

from minipy.memory.layout import (
    MODULE_DICT,
    OB_SIZE,
    OB_TYPE,
    TP_CLASS,
    TP_DICT,
    TP_DICTOFFSET,
    TP_FLAGS,
    TP_KEYS,
    TP_MRO,
    TP_VALUES,
    TPFLAGS_TYPE,
    TUPLE_ITEMS,
    W_BUILTINS,
)
from minipy.memory.statics import T_DICT, T_MODULE
from minipy.memory.words import Heap
from minipy.modules.sysmodule import BUILT_IN
from minipy.objects.longobject import host_int
from minipy.systemhost import LIBRARY, SUFFIXES
from minipy.tools import lookup

DOTTED = re.compile(r"((?:[^\W\d]\w*\.)*)([^\W\d]\w*)?$")
IMPORT = re.compile(r"\s*(?:import|from)\s+(?:[\w.]+\s*,\s*)*(\w*)$")
FROM = re.compile(r"\s*from\s+([\w.]+)\s+import\s+(?:\w+\s*,\s*)*(\w*)$")
TAKES_NAME = ("heap", "refs", "why", "dis", "explain", "step", "time", "ast")
WORDS = {"heap": ("map",), "gc": ("collect", "step", "on", "off", "threshold", "log"), "explain": ("on", "off")}
TAKES_FILE = ("load", "save")
NATIVE = ("cmath", "math", "random")
"""Modules that are neither built in nor a file of the library."""


def completions(heap: Heap, line: str, options: list[str]) -> tuple[str, list[str]]:
    """The beginning of a word at the end of the line, and what it may become. `options`: the names `:set` takes."""
    if line.startswith(":"):
        return command_completions(heap, line, options)
    if match := FROM.match(line):
        return match[2], fitting(match[2], list(lookup.namespace(heap, match[1])))
    if match := IMPORT.match(line):
        return match[1], fitting(match[1], module_names())
    match = DOTTED.search(line)
    dotted, begun = (match[1], match[2] or "") if match else ("", "")
    if dotted:
        return begun, fitting(begun, attributes_of(heap, dotted[:-1].split(".")))
    return begun, fitting(begun, names(heap))


def command_completions(heap: Heap, line: str, options: list[str]) -> tuple[str, list[str]]:
    """Of a command line."""
    from minipy.tools.commands import COMMANDS

    name, blank, rest = line[1:].partition(" ")
    commands = [command.name for command in COMMANDS]
    if not blank:
        return name, fitting(name, commands)
    begun = rest.rpartition(" ")[2]
    if name == "help":
        return begun, fitting(begun, commands)
    if name == "set":
        return begun, fitting(begun, options)
    if name in TAKES_FILE:
        return rest, file_names(rest)
    words = fitting(rest, list(WORDS.get(name, ())))
    if words or name not in TAKES_NAME:
        return rest if words else "", words
    return completions(heap, rest, options)


def fitting(begun: str, words: list[str]) -> list[str]:
    """Those that begin so, sorted; names with underscores only if one was typed, nothing for nothing typed at all."""
    return sorted({word for word in words if word.startswith(begun) and (begun or not word.startswith("_"))})


def names(heap: Heap) -> list[str]:
    """Globals, built-in names and keywords."""
    builtins = lookup.names(heap, int(heap.words[W_BUILTINS]))
    return [*lookup.namespace(heap, "__main__"), *builtins, *keyword.kwlist, *keyword.softkwlist]


def module_names() -> list[str]:
    """What can be imported: built in, in the library, in the current folder."""
    found = [*BUILT_IN, *NATIVE]
    for entry in (*entries(LIBRARY), *entries(".")):
        stem, ending = os.path.splitext(entry.name)
        if stem.isidentifier() and (ending in SUFFIXES or entry.is_dir() and not stem.startswith("__")):
            found.append(stem)
    return found


def file_names(begun: str) -> list[str]:
    """Paths that begin so, folders with a slash behind them; hidden ones only if a dot was typed."""
    folder, name = os.path.split(begun)
    fitting = [entry for entry in entries(os.path.expanduser(folder) or ".") if entry.name.startswith(name)]
    shown = [entry for entry in fitting if name.startswith(".") or not entry.name.startswith(".")]
    return sorted(os.path.join(folder, entry.name) + "/" * entry.is_dir() for entry in shown)


def entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder, nothing if it cannot be read."""
    try:
        return list(os.scandir(folder))
    except OSError:
        return []


def attributes_of(heap: Heap, path: list[str]) -> list[str]:
    """The names behind a dotted name's last dot."""
    a = lookup.global_object(heap, path[0])
    for name in path[1:]:
        a = (own_attributes(heap, a) | class_attributes(heap, a)).get(name, 0) if a else 0
    return [*own_attributes(heap, a), *class_attributes(heap, a)] if a else []


def own_attributes(heap: Heap, a: int) -> dict[str, int]:
    """The attributes of the object itself, and their values."""
    w = heap.words
    t = int(w[a + OB_TYPE])
    if t == T_MODULE:
        return lookup.names(heap, int(w[a + MODULE_DICT]))
    if w[t + TP_FLAGS] & TPFLAGS_TYPE:
        return inherited(heap, a)
    values = int(w[a + w[t + TP_VALUES]]) if w[t + TP_VALUES] else 0
    if values:
        keys = lookup.names(heap, int(w[t + TP_KEYS]))
        count = int(w[a + w[t + TP_VALUES] + 1])
        places = {name: host_int(heap, index) for name, index in keys.items()}
        return {name: int(w[values + i]) for name, i in places.items() if i < count and w[values + i]}
    d = int(w[a + w[t + TP_DICTOFFSET]]) if w[t + TP_DICTOFFSET] else 0
    return lookup.names(heap, d) if d and w[d + OB_TYPE] == T_DICT else {}


def class_attributes(heap: Heap, a: int) -> dict[str, int]:
    """The attributes of the object's class."""
    w = heap.words
    return inherited(heap, int(w[w[a + OB_TYPE] + TP_CLASS]))


def inherited(heap: Heap, t: int) -> dict[str, int]:
    """What the type and its bases define."""
    w = heap.words
    mro = int(w[t + TP_MRO])
    found: dict[str, int] = {}
    for i in range(int(w[mro + OB_SIZE]) if mro else 0):
        base = int(w[mro + TUPLE_ITEMS + i])
        if w[base + TP_DICT]:
            found = lookup.names(heap, int(w[base + TP_DICT])) | found
    return found
