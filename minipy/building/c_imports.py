"""Makes the imports in the C of module bodies short: hundreds of modules import each other when minipy starts.

    from typing import Any                   nothing: annotations mean nothing to compiled code
    from minipy.memory.gc import collect     makes sure that the module is there; the name is not bound where the C
                                             calls the function itself and never asks for the name
    the import of a compiled module          forty lines at each place become a call of one function

Invariant: a name is left out only if no line of the C fetches it from its module's dict, and nobody imports it from
there: for that, a module says `import name as name`, or the type checker objects. The C's first line lists these names.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from minipy.building.c_prologue import after_includes

ANNOTATION_NAMES: Final = {
    "__future__": {"annotations"},
    "collections.abc": {"Callable", "Iterator", "Sequence"},
    "typing": {"Any", "Final", "TextIO", "cast"},
    "mypy_extensions": {"i64", "mypyc_attr"},
}
"""What modules import for the type checker and mypyc alone: compiled code never looks at it."""

_AGAIN: Final = re.compile(r"import (\w+) as \1$", re.M)
_LIST: Final = re.compile(r"/\* exported again: (.*) \*/")
_STATIC: Final = re.compile(r"    (cpy_r_\w+) = CPyStatics\[\d+\]; /\* (.*) \*/$")
_IMPORT: Final = re.compile(r"(    cpy_r_\w+ = )CPyImport_ImportFromMany\((\w+), (\w+), \w+, \w+\);$")
_FETCH: Final = re.compile(
    r"    (cpy_r_\w+) = CPyStatic_(\w+)___globals;\n    (cpy_r_\w+) = CPyStatics\[\d+\]; /\* '(\w+)' \*/\n"
    r"    cpy_r_\w+ = CPyDict_GetItem\(\1, \3\);"
)
_BIND: Final = re.compile(
    r"(    (cpy_r_\w+) = CPyStatics\[\d+\]; /\* (\(.*\)) \*/\n    (cpy_r_\w+) = CPyStatic_(\w+)___globals;\n"
    r"    cpy_r_\w+ = )CPyImport_GetNativeAttrs\(cpy_r_\w+, \2, \2, \4\);"
)
_FAIL: Final = r"    if \(unlikely\(%s == NULL\)\) \{\n.*\n        goto \w+;\n    \}\n"
_SITE: Final = re.compile(
    r"    (?P<cache>\w+) = (?P<module>\(void \*\)&CPyModule_\w+);\n"
    r"    (?P<state>\w+) = (?P<known>\(void \*\)&CPyImportState_\w+);\n"
    r"    \w+ = (?P<lock>CPyModuleLockAPI_\w+);\n"
    r"    (?P<ready>\w+) = CPyImport_IsInitialized\((?P=state)\);\n"
    r"    if \(!(?P=ready)\) goto (?P<load>\w+);\n"
    r"    \w+ = PyImport_GetModuleDict\(\);\n"
    r"    \w+ = (?P<name>CPyStatics\[\d+\]); .*\n"
    r"    (?P<found>\w+) = CPyDict_GetItem\(.*\);\n" + _FAIL % "(?P=found)" +
    r"    (?P<result>\w+) = (?P=found);\n    goto (?P<end>\w+);\n(?P=load): ;\n"
    r"    \w+ = (?P<init>CPyInitOnly_\w+);\n    \w+ = (?P<exec>CPyExec_\w+);\n"
    r"    \w+ = \(PyObject \*\*\)(?P<internal>&CPyModule_\w+);\n"
    r"    \w+ = PyImport_GetModuleDict\(\);\n"
    r"    \w+ = (?P<group>CPyStatics\[\d+\]); .*\n"
    r"    (?P<library>\w+) = CPyDict_GetItem\(.*\);\n" + _FAIL % "(?P=library)" +
    r"    \w+ = (?P<file>CPyStatics\[\d+\]); .*\n"
    r"    (?P<path>\w+) = CPyObject_GetAttr\(.*\);\n    CPy_DECREF\((?P=library)\);\n" + _FAIL % "(?P=path)" +
    r"    \w+ = (?P<suffix>CPyStatics\[\d+\]); .*\n    \w+ = CPyStatics\[\d+\]; .*\n"
    r"    (?P<loaded>\w+) = CPyImport_ImportNative\(.*, (?P<package>[01])\);\n    CPy_DECREF\((?P=path)\);\n"
    r"(?P<fail>" + _FAIL % "(?P=loaded)" + r")"
    r"    (?P=result) = (?P=loaded);\n(?P=end): ;\n"
)  # fmt: skip
_CALL: Final = (
    r"    \g<loaded> = minipy_import(\g<name>, \g<init>, \g<exec>, \g<internal>, \g<module>, \g<known>,"
    r" \g<lock>, \g<group>, \g<file>, \g<suffix>, \g<package>);\n"
    r"\g<fail>    \g<result> = \g<loaded>;\n"
)
_IMPORTER: Final = """\
static __attribute__((cold, noinline, unused)) PyObject *minipy_import(
    PyObject *name, PyObject *(*init)(void), int (*exec)(PyObject *), CPyModule **module, CPyModuleCache *cache,
    CPyImportState *state, CPyModuleLockAPI *lock, PyObject *group, PyObject *file, PyObject *suffix, Py_ssize_t package
) {
    PyObject *modules = PyImport_GetModuleDict();
    if (CPyImport_IsInitialized(state)) return CPyDict_GetItem(modules, name);
    PyObject *library = CPyDict_GetItem(modules, group);
    if (library == NULL) return NULL;
    PyObject *path = CPyObject_GetAttr(library, file);
    Py_DECREF(library);
    if (path == NULL) return NULL;
    PyObject *result = CPyImport_ImportNative(
        name, init, exec, module, cache, state, lock, path, suffix, package);
    Py_DECREF(path);
    return result;
}
"""
"""Returns the module, a new reference, loaded if it is not yet; NULL with an exception set."""


def shorten_imports(text: str) -> tuple[str, int]:
    """The C with shorter imports, and how many there were."""
    text, dropped = drop_annotation_names(text)
    text, unbound = leave_unbound(text)
    text, sites = _SITE.subn(_CALL, text)
    return after_includes(text, _IMPORTER) if sites else text, dropped + unbound + sites


def drop_annotation_names(text: str) -> tuple[str, int]:
    """Put None where a module body imports what only annotations name."""
    lines = text.split("\n")
    statics: dict[str, str] = {}
    count = 0
    for i, line in enumerate(lines):
        if static := _STATIC.match(line):
            statics[static[1]] = static[2]
        elif (found := _IMPORT.match(line)) and is_annotation(statics.get(found[2], ""), statics.get(found[3], "")):
            lines[i] = f"{found[1]}Py_NewRef(Py_None);"
            count += 1
    return "\n".join(lines), count


def is_annotation(module: str, names: str) -> bool:
    """Whether names (as a tuple's repr) imported from a module (as a str's repr) are for annotations alone."""
    return module != "" and set(literal_eval(names)) <= ANNOTATION_NAMES.get(literal_eval(module), set())


def list_exported_again(text: str, sources: Iterable[str]) -> str:
    """The C with a first line that says which names the modules of these sources import for others."""
    names = sorted({name for source in sources for name in _AGAIN.findall(source)})
    return f"/* exported again: {' '.join(names)} */\n{text}"


def leave_unbound(text: str) -> tuple[str, int]:
    """Put None where names of a compiled module are bound that their importer never fetches, nor exports again."""
    exported = _LIST.match(text)
    again = exported[1].split() if exported else []
    fetched: dict[str, set[str]] = defaultdict(lambda: set(again))
    for fetch in _FETCH.finditer(text):
        fetched[fetch[2]].add(fetch[4])

    def bind(found: re.Match[str]) -> str:
        needed = fetched[found[5]].intersection(literal_eval(found[3]))
        return found[0] if needed else f"{found[1]}Py_NewRef(Py_None);"

    return _BIND.subn(bind, text)
