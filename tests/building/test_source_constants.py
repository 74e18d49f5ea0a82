"""The build's folding of constants across modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from minipy.building.source_constants import fold_constants, fold_text


def test_an_expression_of_imported_constants_becomes_a_literal() -> None:
    text = "from minipy.a import BASE\nT_INT: Final = BASE + 5 * (1 << 6)  # why\n"
    folded, values, count = fold_text(text, {"minipy.a": {"BASE": 3}})
    assert folded == "pass\nT_INT: Final = 323  # why\n"
    assert values == {"BASE": 3, "T_INT": 323} and count == 1


def test_an_expression_over_two_lines_keeps_the_line_numbers() -> None:
    folded, values, _ = fold_text("FLAGS: Final = (\n    1 | 4\n)\nLAST: Final = 7\n", {})
    assert folded.split("\n")[3] == "LAST: Final = 7" and values["FLAGS"] == 5


def test_what_is_no_int_expression_stays() -> None:
    text = "A: Final = 'x' + 'y'\nB: Final = f(1)\nC: int = 1 + 2\nD: Final = True\n"
    assert fold_text(text, {}) == (text, {}, 0)


def test_files_are_folded_in_order(tmp_path: Path) -> None:
    first, second = tmp_path / "a.py", tmp_path / "b.py"
    first.write_text("A: Final = 2 * 3\n")
    second.write_text("from p.a import A\nB: Final = A - 10\n")
    assert fold_constants({"p.a": first, "p.b": second}) == 2
    assert second.read_text() == "pass\nB: Final = -4\n"


def test_the_constant_side_of_a_conditional_expression_is_a_word() -> None:
    text = (
        "from mypy_extensions import i64\nfrom minipy.a import NONE\n"
        "def f(a: i64) -> i64:\n    return g(a) if a else -1 if h(a) else NONE  # why\n"
    )
    folded, _, count = fold_text(text, {"minipy.a": {"NONE": 7}})
    assert folded.endswith("    return g(a) if a else i64(-1) if h(a) else i64(7)  # why\n") and count == 0


def test_constants_are_literals_where_they_are_read() -> None:
    text = "from minipy.a import FREE, NONE, free\ndef f(a):\n    a.NONE = free(NONE, x=-FREE)\n"
    folded, _, _ = fold_text(text, {"minipy.a": {"NONE": 7, "FREE": -1}})
    assert folded == "from minipy.a import free\ndef f(a):\n    a.NONE = free((7), x=-(-1))\n"


def test_a_name_that_some_function_has_for_its_own_stays() -> None:
    text = "from minipy.a import FREE\ndef f(a):\n    FREE = a\n    return FREE\ndef g():\n    return FREE\n"
    assert fold_text(text, {"minipy.a": {"FREE": 1}})[0] == text


def test_a_table_of_constants_is_loaded_as_python_loads_its_own() -> None:
    text = "from minipy.a import POP\nMETHODS: Final = (\n    (POP, 'pop'),\n    (POP + 1, 'push'),\n    (9, 'x'),\n)\n"
    folded, _, _ = fold_text(text, {"minipy.a": {"POP": 3}})
    space: dict[str, object] = {"Final": dict}
    exec(folded, space)
    assert space["METHODS"] == ((3, "pop"), (4, "push"), (9, "x"))
    assert folded.startswith("pass\nMETHODS: Final[tuple[tuple[int, str], ...]] = __import__('marshal').loads(b'")
    assert folded.count("\n") == text.count("\n")


@pytest.mark.parametrize("rows", ["(1, 'a'), (2, 'b')", "(1, 'a'), (2, 'b'), (3, 4)", "(1, f()), (2, 'b'), (3, 'c')"])
def test_other_tables_stay(rows: str) -> None:
    assert fold_text(f"TABLE: Final = ({rows})\n", {})[0] == f"TABLE: Final = ({rows})\n"


def test_conditional_expressions_of_other_things_stay() -> None:
    text = "from mypy_extensions import i64\nA = 1 if B else 2\ndef f(a: i64) -> str:\n    return 'x' if a else 'y'\n"
    assert fold_text(text, {})[0] == text
    text = "def f(a: int) -> int:\n    return a if a else 0\n"
    assert fold_text(text, {})[0] == text
