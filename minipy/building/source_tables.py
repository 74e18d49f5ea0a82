"""Makes tables of constants cheap to load: mypyc would write code that puts every row together, run once at each start.

    METHODS: Final = ((1, "append", 1), (2, "pop", 0))
    METHODS: Final[tuple[tuple[int, str, int], ...]] = __import__("marshal").loads(b"...")

Python's own cache of compiled modules keeps its constants in the same way; the package is compiled for the one version
of Python that reads it. Half a megabyte of C less is executed (and read from the disk) when minipy starts.

Invariant: only a tuple whose rows have all the same type is replaced, by a tuple equal to it.
"""

from __future__ import annotations

import ast
import marshal
from collections.abc import Mapping
from typing import Final, cast

from minipy.building.source_values import constant

FEWEST_ROWS: Final = 3
"""Below that, the code is no longer than the call."""
FORMAT: Final = 2
"""Of marshal: the last one without back references, so that the same table is always the same bytes."""


def tables(tree: ast.Module, values: Mapping[str, int]) -> list[tuple[ast.expr | ast.stmt, str]]:
    """The definitions of tables in a module whose constants have the given values, each with what takes its place."""
    edits: list[tuple[ast.expr | ast.stmt, str]] = []
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(node.value, ast.Tuple):
            kind = ast.unparse(node.annotation)
            table = constant(node.value, values) if kind.startswith("Final") else None
            rows = type_of(table)
            if rows.endswith(", ...]"):
                kind = f"Final[{rows}]" if kind == "Final" else kind
                data = marshal.dumps(cast("tuple[int | str, ...]", table), FORMAT)
                edits.append((node, f"{node.target.id}: {kind} = __import__('marshal').loads({data!r})"))
    return edits


def type_of(value: object) -> str:
    """The type of a constant in Python's notation: `tuple[row, ...]` if there are several rows, all of one type."""
    if not isinstance(value, tuple):
        return type(value).__name__
    types = [type_of(element) for element in value]
    if len(types) >= FEWEST_ROWS and len(set(types)) == 1:
        return f"tuple[{types[0]}, ...]"
    return f"tuple[{', '.join(types) or '()'}]"
