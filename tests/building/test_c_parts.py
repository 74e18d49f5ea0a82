"""The smaller improvements on C as mypyc writes it; each leaves alone what it does not know."""

from __future__ import annotations

import pytest

from minipy.building.c_bounds import check_bounds, refuse_negative
from minipy.building.c_calls import call_directly, make_static
from minipy.building.c_hints import inline_helpers, mark_cold
from minipy.building.c_improve import improve, strip_indentation
from minipy.building.c_lanes import borrow_lanes
from minipy.building.c_switch import add_switches

BOUNDS = """\
    cpy_r_r3 = (uint64_t)cpy_r_a < (uint64_t)cpy_r_r2;
    if (cpy_r_r3) goto CPyL5;
    cpy_r_r4 = cpy_r_a + cpy_r_r2;
    cpy_r_r5 = (uint64_t)cpy_r_r4 < (uint64_t)cpy_r_r2;
    if (cpy_r_r5) goto CPyL4;
"""


def chain(constants: list[int], head: str = "int64_t CPyDef_m___call(PyObject *cpy_r_m, int64_t cpy_r_n) {") -> str:
    """`if n == 1: return 10 elif n == 2: ...` as mypyc writes it."""
    declarations = [f"    char cpy_r_r{i};" for i in range(len(constants))]
    lines = []
    for i, constant in enumerate(constants):
        lines += [
            f"    cpy_r_r{i} = cpy_r_n == {constant};",
            f"    if (!cpy_r_r{i}) goto CPyL{i};",
            f"    return {constant * 10};",
            f"CPyL{i}: ;",
        ]
    return "\n".join([head, *declarations, *lines, "    return 0;", "}", ""])


def test_an_index_outside_ends_the_process() -> None:
    text, count = check_bounds("#include <a.h>\n" + BOUNDS)
    assert count == 2
    test = "cpy_r_r3 = (uint64_t)cpy_r_a < (uint64_t)cpy_r_r2;"
    assert f"{test} if (__builtin_expect(!cpy_r_r3, 0)) minipy_bad_address(__func__);" in text
    assert text.index("static void minipy_bad_address") < text.index(test)


def test_a_negative_address_is_refused() -> None:
    text, count = refuse_negative(BOUNDS)
    assert count == 1
    assert "    cpy_r_r5 = 0;\n" in text
    assert "    cpy_r_r3 = (uint64_t)cpy_r_a < (uint64_t)cpy_r_r2;\n" in text


def test_cold_declarations_follow_the_includes() -> None:
    text, count = mark_cold('#include <a.h>\n#include "b.h"\nint x;\n')
    assert count == 3
    assert text.startswith('#include <a.h>\n#include "b.h"\n#include <string.h>')
    assert text.index("extern void CPy_AddTraceback") < text.index("#define CPy_AddTraceback") < text.index("int x;")
    assert text.endswith("int x;\n")


def test_indentation_is_cut() -> None:
    assert strip_indentation("    a\n" + " " * 90 + "b\n") == ("    a\n        b\n", 1)


@pytest.mark.parametrize("module", ["refcount", "memory___refcount"])
def test_helpers_are_inlined_where_they_are_defined(module: str) -> None:
    definition = f"char CPyDef_{module}___decref(VecI64 cpy_r_w, int64_t cpy_r_a) {{\n"
    call = f"    cpy_r_r1 = CPyDef_{module}___decref(cpy_r_w, cpy_r_a);\n"
    text, count = inline_helpers(definition + call, ("refcount.decref",))
    assert count == 1
    assert text == f"inline __attribute__((always_inline)) {definition}{call}"


def test_a_longer_name_is_not_the_helper() -> None:
    text = "char CPyDef_refcount___xdecref(VecI64 cpy_r_w) {\nchar CPyDef_otherrefcount___decref(VecI64 cpy_r_w) {\n"
    assert inline_helpers(text, ("refcount.decref",)) == (text, 0)


def test_a_long_chain_gets_a_switch() -> None:
    text, count = add_switches(chain([1, 2, 3, 4, 5, 6, 7]))
    assert count == 1
    assert "switch (cpy_r_n) { case 1: goto CPyCase" in text
    assert text.index("switch") < text.index("cpy_r_r0 = cpy_r_n == 1;")
    for label in range(7):
        assert f"CPyL{label}: ;" in text


def test_the_first_of_equal_constants_wins() -> None:
    text, count = add_switches(chain([1, 2, 3, 2, 5, 6, 7]))
    assert count == 1
    assert text.count("case 2:") == 1


@pytest.mark.parametrize(
    "text",
    [
        chain([1, 2, 3]),
        chain([1, 2, 3, 4, 5, 6, 7], "int64_t CPyDef_m___call(PyObject *cpy_r_m, double cpy_r_n) {"),
        chain([1, 2, 3, 4, 5, 6, 7]).replace("CPyL3: ;", "CPyL3: ;\n    cpy_r_n = 2;"),
        chain([1, 2, 3, 4, 5, 6, 7]).replace("    return 0;", "    return cpy_r_r3 + cpy_r_r4;"),
    ],
    ids=["short", "not a word", "assigned between", "results used later"],
)
def test_other_chains_stay(text: str) -> None:
    assert add_switches(text) == (text, 0)


def test_an_improvement_says_what_it_did() -> None:
    text, report = improve(BOUNDS, ("bounds", "switch"))
    assert "__builtin_expect" in text
    assert report == ["bounds: 2 places", "switch: pattern not found, left as it was"]


VIRTUAL = """\
    static CPyVTableItem vm___VM_vtable_scratch[] = {
        (CPyVTableItem)CPyDef_vm___VM_____init__,
        (CPyVTableItem)CPyDef_machine___Machine___add,
    };
    cpy_r_r2 = CPY_GET_METHOD(cpy_r_m, CPyType_machine___Machine, 1, MachineObject, char (*)(PyObject *, int64_t))(cpy_r_m, cpy_r_a); /* add */
    cpy_r_r3 = CPY_GET_METHOD(cpy_r_h, CPyType_host___Host, 1, HostObject, char (*)(PyObject *))(cpy_r_h); /* write */
"""  # noqa: E501


def test_a_method_of_the_machine_is_called_directly() -> None:
    text, count = call_directly(VIRTUAL, {"machine___Machine": "vm___VM"})
    assert count == 1
    assert "    cpy_r_r2 = CPyDef_machine___Machine___add(cpy_r_m, cpy_r_a); /* add */\n" in text
    assert "CPY_GET_METHOD(cpy_r_h" in text


READ = """\
    VecI64 cpy_r_r0;
    cpy_r_r0 = ((HeapObject *)cpy_r_heap)->_words;
    if (unlikely(cpy_r_r0.len < 0)) {
        CPy_AttributeError("memory/gc.py", "f", "Heap", "words", 1, CPyStatic_gc___globals);
        goto CPyL1;
    }
    VEC_I64_INCREF(cpy_r_r0);
    VEC_I64_DECREF(cpy_r_r0);
"""


def test_a_lane_is_borrowed() -> None:
    text, count = borrow_lanes(f"char CPyDef_gc___f(PyObject *cpy_r_heap) {{\n{READ}}}\n")
    assert count == 2
    assert "CREF" not in text and "AttributeError" not in text
    assert "    cpy_r_r0 = ((HeapObject *)cpy_r_heap)->_words;\n" in text


@pytest.mark.parametrize(
    "function",
    [
        f"VecI64 CPyDef_gc___f(PyObject *cpy_r_heap) {{\n{READ}}}\n",
        f"char CPyDef_f(PyObject *cpy_r_heap) {{\n{READ}    VecI64 cpy_r_r1;\n    cpy_r_r1 = VecI64Api.alloc(3);\n}}\n",
        f"char CPyDef_f(PyObject *cpy_r_heap) {{\n{READ}    ((HeapObject *)cpy_r_heap)->_words = cpy_r_r0;\n}}\n",
        f"char CPyDef_f(PyObject *cpy_r_heap) {{\n{READ}    cpy_r_r1 = VecI64Api.box(cpy_r_r0);\n}}\n",
    ],
    ids=["returned", "made here", "stored", "boxed"],
)  # fmt: skip
def test_other_vectors_are_counted(function: str) -> None:
    assert borrow_lanes(function) == (function, 0)


def test_functions_of_the_header_are_static_variables_are_not() -> None:
    variable = "extern PyObject *CPyStatic_gc___globals;\n"
    text, count = make_static(f"extern char CPyDef_gc___f(PyObject *);\n{variable}")
    assert count == 1
    assert text == f"static char CPyDef_gc___f(PyObject *);\n{variable}"
