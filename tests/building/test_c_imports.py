"""The build's shorter imports, on pieces of C as mypyc writes them."""

from __future__ import annotations

import pytest

from minipy.building.c_imports import drop_annotation_names, leave_unbound, list_exported_again, shorten_imports

IMPORT = """\
    cpy_r_r5 = CPyStatics[50]; /* %s */
    cpy_r_r6 = CPyStatics[5]; /* %s */
    cpy_r_r7 = CPyStatic_m___globals;
    cpy_r_r8 = CPyImport_ImportFromMany(cpy_r_r6, cpy_r_r5, cpy_r_r5, cpy_r_r7);
"""


@pytest.mark.parametrize("names, module", [("('annotations',)", "'__future__'"), ("('Final',)", "'typing'")])
def test_imports_for_annotations_are_dropped(names: str, module: str) -> None:
    text, count = drop_annotation_names(IMPORT % (names, module))
    assert count == 1
    assert "    cpy_r_r8 = Py_NewRef(Py_None);" in text


@pytest.mark.parametrize("names, module", [("('Final', 'NamedTuple')", "'typing'"), ("('Final',)", "'m'")])
def test_other_imports_stay(names: str, module: str) -> None:
    assert drop_annotation_names(IMPORT % (names, module)) == (IMPORT % (names, module), 0)


BIND = """\
    cpy_r_r35 = CPyStatics[7]; /* ('decref', 'LIMIT') */
    cpy_r_r36 = CPyStatic_%s___globals;
    cpy_r_r37 = CPyImport_GetNativeAttrs(cpy_r_r23, cpy_r_r35, cpy_r_r35, cpy_r_r36);
"""
FETCH = """\
    cpy_r_r1 = CPyStatic_frame___globals;
    cpy_r_r2 = CPyStatics[9]; /* 'LIMIT' */
    cpy_r_r3 = CPyDict_GetItem(cpy_r_r1, cpy_r_r2);
"""


def test_names_that_nobody_fetches_are_not_bound() -> None:
    text, count = leave_unbound(FETCH + BIND % "gc")
    assert count == 1 and text.startswith(FETCH) and text.endswith("    cpy_r_r37 = Py_NewRef(Py_None);\n")


def test_a_name_that_its_module_fetches_is_bound() -> None:
    assert leave_unbound(FETCH + BIND % "frame")[0] == FETCH + BIND % "frame"


def test_a_name_that_others_import_from_here_is_bound() -> None:
    text = list_exported_again(BIND % "gc", ["from minipy.gc import decref as decref\nfrom minipy.gc import x as y\n"])
    assert leave_unbound(text) == (text, 1) and text.startswith("/* exported again: decref */\n")


def fail(result: str) -> str:
    return f"""\
    if (unlikely({result} == NULL)) {{
        CPy_AddTraceback("minipy/vm/frame.py", "<module>", 21, CPyStatic_frame___globals);
        goto CPyL55;
    }}
"""


SITE = f"""\
    cpy_r_r16 = (void *)&CPyModule_minipy___gc;
    cpy_r_r17 = (void *)&CPyImportState_minipy___gc;
    cpy_r_r18 = CPyModuleLockAPI_minipy;
    cpy_r_r19 = CPyImport_IsInitialized(cpy_r_r17);
    if (!cpy_r_r19) goto CPyL9;
    cpy_r_r20 = PyImport_GetModuleDict();
    cpy_r_r21 = CPyStatics[526]; /* 'minipy.gc' */
    cpy_r_r22 = CPyDict_GetItem(cpy_r_r20, cpy_r_r21);
{fail("cpy_r_r22")}\
    cpy_r_r23 = cpy_r_r22;
    goto CPyL13;
CPyL9: ;
    cpy_r_r24 = CPyInitOnly_minipy___gc;
    cpy_r_r25 = CPyExec_minipy___gc;
    cpy_r_r26 = (PyObject **)&CPyModule_minipy___gc__internal;
    cpy_r_r27 = PyImport_GetModuleDict();
    cpy_r_r28 = CPyStatics[67]; /* 'minipy__mypyc' */
    cpy_r_r29 = CPyDict_GetItem(cpy_r_r27, cpy_r_r28);
{fail("cpy_r_r29")}\
    cpy_r_r30 = CPyStatics[15]; /* '__file__' */
    cpy_r_r31 = CPyObject_GetAttr(cpy_r_r29, cpy_r_r30);
    CPy_DECREF(cpy_r_r29);
{fail("cpy_r_r31")}\
    cpy_r_r32 = CPyStatics[68]; /* '.so' */
    cpy_r_r33 = CPyStatics[526]; /* 'minipy.gc' */
    cpy_r_r34 = CPyImport_ImportNative(cpy_r_r33, cpy_r_r24, cpy_r_r25, cpy_r_r26, cpy_r_r16, cpy_r_r17, cpy_r_r18, \
cpy_r_r31, cpy_r_r32, 0);
    CPy_DECREF(cpy_r_r31);
{fail("cpy_r_r34")}\
    cpy_r_r23 = cpy_r_r34;
CPyL13: ;
"""


def test_the_import_of_a_compiled_module_is_a_call() -> None:
    text, count = shorten_imports(SITE)
    assert count == 1
    assert text == (
        "    cpy_r_r34 = minipy_import(CPyStatics[526], CPyInitOnly_minipy___gc, CPyExec_minipy___gc,"
        " &CPyModule_minipy___gc__internal, (void *)&CPyModule_minipy___gc, (void *)&CPyImportState_minipy___gc,"
        " CPyModuleLockAPI_minipy, CPyStatics[67], CPyStatics[15], CPyStatics[68], 0);\n"
        f"{fail('cpy_r_r34')}    cpy_r_r23 = cpy_r_r34;\n"
    )
