"""What a line may go on with: names, attributes, keywords, commands and their arguments.

Read from the words alone: no attribute is looked up, no property runs.

CPython counterpart: Lib/rlcompleter.py, which evaluates what stands before the dot.
"""

from __future__ import annotations

import keyword
import os
import re

from minipy.memory.layout import W_BUILTINS
from minipy.memory.words import Heap
from minipy.modules.sysmodule import BUILT_IN
from minipy.systemhost import LIBRARY, SUFFIXES
from minipy.tools import lookup
from minipy.tools.naming import attributes, dotted_name
from minipy.vm.importing import NATIVE_MODULES

DOTTED = re.compile(r"((?:[^\W\d]\w*\.)*)([^\W\d]\w*)?$")
IMPORT = re.compile(r"\s*(?:import|from)\s+(?:[\w.]+\s*,\s*)*(\w*)$")
FROM = re.compile(r"\s*from\s+([\w.]+)\s+import\s+(?:\w+\s*,\s*)*(\w*)$")
TAKES_NAME = ("heap", "refs", "why", "dis", "explain", "step", "time", "ast")
WORDS = {"heap": ("map",), "gc": ("collect", "step", "on", "off", "threshold", "log"), "explain": ("on", "off")}
TAKES_FILE = ("load", "save")


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
        return begun, fitting(begun, attributes_of(heap, dotted[:-1]))
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
    """What can be imported: native, in the library, in the current folder."""
    found = [*BUILT_IN, *NATIVE_MODULES]
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


def attributes_of(heap: Heap, dotted: str) -> list[str]:
    """The names that may stand behind a dotted name and a dot."""
    a = dotted_name(heap, dotted)
    return list(attributes(heap, a)) if a else []
