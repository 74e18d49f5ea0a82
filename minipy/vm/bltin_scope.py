"""Built-in functions about names: globals, locals, vars, dir, exec, eval, compile.

CPython counterpart: Python/bltinmodule.c, Objects/frameobject.c (FastToLocals), Objects/object.c (PyObject_Dir).
"""

from __future__ import annotations

from mypy_extensions import i64

from minipy.bytecode.code import CO_NEWLOCALS
from minipy.memory.layout import (
    CELL_CONTENTS,
    CO_FLAGS,
    CO_FREEVARS,
    CO_NLOCALSPLUS,
    FRAME_NAMES,
    FUNC_CODE,
    FUNC_GLOBALS,
    OB_SIZE,
    OB_TYPE,
    TP_SOLID,
    W_BASE,
    W_BUILTINS,
)
from minipy.memory.refcount import decref
from minipy.memory.statics import (
    NONE,
    T_BYTEARRAY,
    T_BYTES,
    T_CELL,
    T_CODE,
    T_DICT,
    T_STR,
    T_TYPE_ERROR,
    T_VALUE_ERROR,
)
from minipy.memory.words import Raised
from minipy.objects import attributes
from minipy.objects.bytesobject import host_bytes
from minipy.objects.dictobject import dict_get_str, dict_set, dict_set_str, new_dict
from minipy.objects.identifiers import ID_BUILTINS, ID_DICT, ID_DIR, ID_GETITEM
from minipy.objects.listsort import list_sort
from minipy.objects.machine import Machine
from minipy.objects.unicodeobject import host_str
from minipy.vm import names


def owned(m: Machine, o: i64) -> i64:
    """A new reference to a borrowed object."""
    m.words[o] += 1
    return o


# ---------------------------------------------------------------- namespaces
def globals_of(m: Machine) -> i64:
    """globals()."""
    w = m.words
    return owned(m, w[w[w[W_BASE] - 1] + FUNC_GLOBALS])


def locals_of(m: Machine) -> i64:
    """locals(): the namespace of a module or class body; in a function a new dict of its variables."""
    w = m.words
    base: i64 = w[W_BASE]
    code: i64 = w[w[base - 1] + FUNC_CODE]
    own: i64 = w[base + w[code + CO_NLOCALSPLUS] + FRAME_NAMES]
    if own != 0 or w[code + CO_FLAGS] & CO_NEWLOCALS == 0:
        return owned(m, names.namespace(w))
    d: i64 = new_dict(m)
    try:
        add_locals(m, d, base, w[code + CO_NLOCALSPLUS])
    except Raised:
        decref(m, m.words, d)
        raise
    return d


def add_locals(m: Machine, d: i64, base: i64, n: i64) -> None:
    """Put the n variables at `base` that have a value into the dict, by name."""
    i: i64 = 0
    while i < n:
        w = m.words
        value: i64 = w[base + i]
        if value != 0 and w[value + OB_TYPE] == T_CELL:
            value = w[value + CELL_CONTENTS]
        if value != 0:
            dict_set(m, d, names.local_name(w, base, i), value)
        i += 1


def vars_of(m: Machine, at: i64, n: i64) -> i64:
    """vars([o])."""
    if n == 0:
        return locals_of(m)
    d: i64 = attributes.find_attr(m, m.words[at], ID_DICT)
    if d == 0:
        raise m.error(T_TYPE_ERROR, "vars() argument must have __dict__ attribute")
    return d


def dir_of(m: Machine, at: i64, n: i64) -> i64:
    """dir([o]): a sorted list of names."""
    if n > 0:
        return dir_list(m, m.words[at])
    return sorted_list(m, locals_of(m))


def dir_list(m: Machine, o: i64) -> i64:
    """dir(o), owned."""
    method: i64 = attributes.lookup_special(m, o, ID_DIR)
    if method == 0:
        raise m.error(T_TYPE_ERROR, "object does not provide __dir__")
    return sorted_list(m, attributes.call_held(m, method, o, 0))


def sorted_list(m: Machine, names: i64) -> i64:
    """A sorted list of what `names` (stolen) gives."""
    try:
        o: i64 = m.list_of(names)
    finally:
        decref(m, m.words, names)
    try:
        list_sort(m, o, 0, False)
    except Raised:
        decref(m, m.words, o)
        raise
    return o


# ---------------------------------------------------------------- exec, eval, compile
def source_text(m: Machine, o: i64, function: str, filename: str) -> str:
    """The text to compile; TypeError if o is neither str nor bytes, SyntaxError if the bytes are no text."""
    solid: i64 = m.words[m.words[o + OB_TYPE] + TP_SOLID]
    if solid == T_STR:
        return host_str(m, o)
    if solid == T_BYTES or solid == T_BYTEARRAY:
        return m.decode_source(host_bytes(m, o), filename)
    what = "a string, bytes or AST object" if function == "compile" else "a string, bytes or code object"
    raise m.error(T_TYPE_ERROR, f"{function}() arg 1 must be {what}")


def compile_source(m: Machine, at: i64) -> i64:
    """compile(source, filename, mode)."""
    w = m.words
    if w[w[at + 1] + OB_TYPE] != T_STR or w[w[at + 2] + OB_TYPE] != T_STR:
        raise m.error(T_TYPE_ERROR, f"compile() arg 2 must be str, not {m.type_name(w[at + 1])}")
    mode = host_str(m, w[at + 2])
    if mode not in ("exec", "eval", "single"):
        raise m.error(T_VALUE_ERROR, "compile() mode must be 'exec', 'eval' or 'single'")
    filename = host_str(m, w[at + 1])
    return m.compile_text(source_text(m, w[at], "compile", filename), filename, mode, True)


def scope_argument(m: Machine, at: i64, n: i64, i: i64) -> i64:
    """Argument i of exec or eval, borrowed; 0 if it is missing or None."""
    if i >= n or m.words[at + i] == NONE:
        return 0
    return m.words[at + i]


def run_text(m: Machine, at: i64, n: i64, mode: str) -> i64:
    """exec and eval: compile if it is text, find globals and locals, run."""
    module_dict: i64 = scope_argument(m, at, n, 1)
    namespace: i64 = scope_argument(m, at, n, 2)
    function = "exec" if mode == "exec" else "eval"
    if module_dict != 0 and m.words[m.words[module_dict + OB_TYPE] + TP_SOLID] != T_DICT:
        kind = m.type_name(module_dict)
        if function == "exec":
            raise m.error(T_TYPE_ERROR, f"exec() globals must be a dict, not {kind}")
        raise m.error(T_TYPE_ERROR, "globals must be a dict")
    if namespace != 0 and not is_mapping(m, namespace):
        what = "mapping" if mode == "eval" else f"mapping or None, not {m.type_name(namespace)}"
        raise m.error(T_TYPE_ERROR, f"locals must be a {what}")
    own_locals: i64 = 0
    if module_dict == 0:
        module_dict = m.words[m.words[m.words[W_BASE] - 1] + FUNC_GLOBALS]
        if namespace == 0:
            own_locals = locals_of(m)
            namespace = own_locals
    try:
        add_builtins(m, module_dict)
        return run_in(m, at, mode, module_dict, 0 if namespace == module_dict else namespace)
    finally:
        if own_locals != 0:
            decref(m, m.words, own_locals)


def is_mapping(m: Machine, o: i64) -> bool:
    """Has o items by key?"""
    special: i64 = m.find_special(o, ID_GETITEM)
    if special != 0:
        decref(m, m.words, special)
    return special != 0


def add_builtins(m: Machine, d: i64) -> None:
    """Globals given to exec and eval get `__builtins__`."""
    if dict_get_str(m.words, d, ID_BUILTINS) == 0:
        dict_set_str(m, d, ID_BUILTINS, m.words[W_BUILTINS])


def run_in(m: Machine, at: i64, mode: str, module_dict: i64, namespace: i64) -> i64:
    """Run the source or code object at `at`."""
    source: i64 = m.words[at]
    code: i64 = source
    if m.words[source + OB_TYPE] == T_CODE:
        check_no_free_variables(m, source, mode)
        m.words[source] += 1
    else:
        text = source_text(m, source, mode, "<string>")
        code = m.compile_text(text.lstrip(" \t") if mode == "eval" else text, "<string>", mode, namespace != 0)
    try:
        return m.run_code(code, module_dict, namespace)
    finally:
        decref(m, m.words, code)


def check_no_free_variables(m: Machine, code: i64, mode: str) -> None:
    """TypeError for a code object that needs a closure."""
    n: i64 = m.words[m.words[code + CO_FREEVARS] + OB_SIZE]
    if n > 0 and mode == "exec":
        raise m.error(T_TYPE_ERROR, f"code object requires a closure of exactly length {int(n)}")
    if n > 0:
        raise m.error(T_TYPE_ERROR, "code object passed to eval() may not contain free variables")


def exec_source(m: Machine, at: i64, n: i64) -> i64:
    """exec(source[, globals[, locals]])."""
    result: i64 = run_text(m, at, n, "exec")
    decref(m, m.words, result)
    return owned(m, NONE)


def eval_source(m: Machine, at: i64, n: i64) -> i64:
    """eval(source[, globals[, locals]])."""
    return run_text(m, at, n, "eval")

