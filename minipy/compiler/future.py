"""`from __future__ import ...` at the beginning of a file.

CPython counterpart: Python/future.c.
"""
from __future__ import annotations

from typing import Final

from minipy.compiler.options import Options
from minipy.errors import SourceError, Span
from minipy.syntax import ast

ALWAYS_ON: Final = frozenset((
    "nested_scopes", "generators", "division", "absolute_import", "with_statement", "print_function",
    "unicode_literals", "generator_stop", "barry_as_FLUFL",
))  # fmt: skip
LATE: Final = "from __future__ imports must occur at the beginning of the file"
NO_END: Final = -2  # a caret one wide


def find_futures(tree: ast.mod, options: Options) -> tuple[bool, int]:
    """Are annotations to be kept as text, and the last line where such an import may stand."""
    annotations = False
    line = previous = -1
    done = False
    for node in tree.body if isinstance(tree, ast.Module | ast.Interactive) else ():
        if done and node.lineno > previous:
            break
        previous = node.lineno
        if isinstance(node, ast.ImportFrom) and node.module == "__future__" and not node.level:
            if done:
                raise error(LATE, node, node.col_offset - 1, options)  # one to the left, as CPython
            annotations = check_names(node, options) or annotations
            line = node.lineno
        else:
            done = done or not is_string(node)
    return annotations, line


def check_names(node: ast.ImportFrom, options: Options) -> bool:
    """Is `annotations` among the features; SyntaxError for one that does not exist."""
    for alias in node.names:
        if alias.name == "braces":
            raise error("not a chance", node, node.col_offset, options)
        if alias.name not in ALWAYS_ON and alias.name != "annotations":
            raise error(f"future feature {alias.name} is not defined", node, node.col_offset, options)
    return any(alias.name == "annotations" for alias in node.names)


def is_string(node: ast.stmt) -> bool:
    """Is the statement a docstring?"""
    return (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    )


def error(message: str, node: ast.ImportFrom, column: int, options: Options) -> SourceError:
    """A SyntaxError in the import's line."""
    span = Span(node.lineno, column, node.lineno, NO_END)
    return SourceError.at("SyntaxError", message, options.filename, span, options.source)
