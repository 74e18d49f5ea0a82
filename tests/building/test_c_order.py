"""The order of the functions in the compiled library."""

from __future__ import annotations

from pathlib import Path

import pytest

from minipy.building.c_order import EVERY_PROGRAM, order_functions
from minipy.building.compiling import compiled_modules, folded_modules

PLACES = [
    ("PyObject *CPyPy_m___f(PyObject *self, PyObject *const *args, size_t nargs) {", "__attribute__((cold)) "),
    ("char CPyDef_frame_____top_level__(void) {", "MINIPY_AT_START "),
    ("        int CPyExec_minipy___vm___frame(PyObject *module)\n        {", "MINIPY_AT_START "),
    ("static int CPyExec_minipy___vm___frame__impl(PyObject *module)\n{", "MINIPY_AT_START "),
    ("int64_t CPyDef_ceval___run(PyObject *cpy_r_m) {", "__attribute__((hot)) "),
    ("char CPyDef_memory___refcount___decref(int64_t cpy_r_a) {", "__attribute__((hot)) "),
    ("VecI64 CPyDef_words___Heap___grow(PyObject *cpy_r_self) {", "__attribute__((hot)) "),
]


@pytest.mark.parametrize("definition, place", PLACES)
def test_what_every_program_runs_has_a_place(definition: str, place: str) -> None:
    assert order_functions(f"{definition}\n") == (f"{place}{definition}\n", 1)


@pytest.mark.parametrize(
    "line",
    [
        "char CPyDef_check_blocks___check_pool(PyObject *cpy_r_heap) {",
        "extern int64_t CPyDef_ceval___run(PyObject *cpy_r_m);",
        "inline __attribute__((always_inline)) char CPyDef_frame___free_number(VecI64 cpy_r_w) {",
        "    cpy_r_r1 = CPyDef_ceval___run(cpy_r_m);",
    ],
)
def test_other_lines_stay(line: str) -> None:
    assert order_functions(line) == (line, 0)


def test_the_modules_that_every_program_runs_are_compiled() -> None:
    root = Path(__file__).parent.parent.parent
    assert set(EVERY_PROGRAM.split()) <= {name.rpartition(".")[2] for name in compiled_modules(folded_modules(root))}
