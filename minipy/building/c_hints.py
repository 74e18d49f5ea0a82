"""Hints for gcc, which change nothing but how its code is laid out.

    cold        what only error exits call is marked, so that they move out of the way of hot code; and an exit adds no
                host traceback entry for `Raised`, which is control flow and no fault
    inline      calls of the small helpers in INLINE are replaced by their bodies
"""

from __future__ import annotations

import re
from typing import Final

from minipy.building.c_prologue import after_includes

INLINE: Final = (
    "floatobject.fast_float",
    "floatobject.float_value",
    "frame.drop_number",
    "frame.free_number",
    "frame.word_int",
    "hashing.mixed",
    "hashing.quick_equal",
    "hashing.quick_hash",
    "longobject.fast_int",
    "obmalloc.alloc_small",
    "obmalloc.take_block",
    "refcount.free_leaf",
    "refcount.has_last_words",
    "refcount.leave_list",
    "traverse.visit_decref",
    "traverse.visit_reachable",
)
"""Helpers (module.function) whose calls gcc must replace by their bodies: small, hot and not recursive."""
_COLD: Final = """\
#include <string.h>
static PyObject *minipy_raised;
static inline int minipy_is_control_flow(void) {
    PyObject *type = PyErr_Occurred();
    if (type != minipy_raised && type != NULL && strcmp(((PyTypeObject *)type)->tp_name, "Raised") == 0)
        minipy_raised = type;
    return type == minipy_raised;
}
extern void CPy_AddTraceback(const char *, const char *, int, PyObject *) __attribute__((cold));
extern void CPy_Raise(PyObject *) __attribute__((cold));
extern void PyErr_SetNone(PyObject *) __attribute__((cold));
#define CPy_AddTraceback(file, function, line, globals) \\
    do { if (!minipy_is_control_flow()) (CPy_AddTraceback)(file, function, line, globals); } while (0)
"""


def mark_cold(text: str) -> tuple[str, int]:
    """Declare what only error exits call as cold, behind the last #include."""
    return after_includes(text, _COLD), _COLD.count("extern ")


def inline_helpers(text: str, names: tuple[str, ...] = INLINE) -> tuple[str, int]:
    """Put an inline attribute in front of the definitions of the named helpers."""
    functions = "|".join(name.replace(".", "___") for name in names)
    definition = rf"^(?:char|int64_t|double|PyObject \*) ?CPyDef_(?:\w+___)?(?:{functions})\(.*\) \{{$"
    return re.subn(definition, r"inline __attribute__((always_inline)) \g<0>", text, flags=re.M)
