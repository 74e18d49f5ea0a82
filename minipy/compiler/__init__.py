"""The compiler: from the syntax tree to a Code object.

    code = compiler.compile_module(parser.parse(source, filename, "exec"), filename, source=source)

Every fault is a SourceError. Options by keyword:
    source               the text, for the line an error shows
    observed             emit LINE and STEP, leave instructions unfused
    separate_namespace   module-level names are not the globals (exec with its own locals, eval)
    future_annotations   as if the text began with `from __future__ import annotations`
    warn                 called with the text and Span of each SyntaxWarning

Way of the work: symbol table (syntax/symtable.py) -> code generator (codegen.py and the layers below it) ->
assembler (assemble.py).

CPython counterpart: Python/compile.c, Python/symtable.c, Python/future.c, Python/ast_opt.c.
"""
from __future__ import annotations

from minipy.bytecode.code import Code
from minipy.compiler.codegen import CodeGenerator
from minipy.compiler.future import find_futures
from minipy.compiler.options import Options as Options
from minipy.compiler.options import Warn
from minipy.syntax import ast
from minipy.syntax.depth import deep_enough
from minipy.syntax.symcollect import build


def compile_module(
    tree: ast.Module, filename: str, *, source: str = "", observed: bool = False, separate_namespace: bool = False,
    future_annotations: bool = False, warn: Warn | None = None,
) -> Code:  # fmt: skip
    """The code of a file or of a text for exec."""
    return compile_tree(tree, Options(filename, source, observed, separate_namespace, warn), future_annotations)


def compile_interactive(
    tree: ast.Interactive, filename: str, *, source: str = "", observed: bool = False,
    separate_namespace: bool = False, future_annotations: bool = False, warn: Warn | None = None,
) -> Code:  # fmt: skip
    """The code of one interactive statement: values of expressions are printed."""
    return compile_tree(tree, Options(filename, source, observed, separate_namespace, warn), future_annotations)


def compile_expression(
    tree: ast.Expression, filename: str, *, source: str = "", observed: bool = False,
    separate_namespace: bool = False, future_annotations: bool = False, warn: Warn | None = None,
) -> Code:  # fmt: skip
    """The code that returns the value of one expression (eval)."""
    return compile_tree(tree, Options(filename, source, observed, separate_namespace, warn), future_annotations)


def compile_tree(tree: ast.mod, options: Options, future_annotations: bool = False) -> Code:
    """The code of any tree."""
    options.interactive = isinstance(tree, ast.Interactive)
    with deep_enough():
        annotations, line = find_futures(tree, options)
        table = build(tree, options.filename, options.source, not (annotations or future_annotations), options.levels)
        generator = CodeGenerator(table, options)
        generator.future_line = line
        return generator.module(tree)
