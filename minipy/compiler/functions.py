"""What opens a scope of its own: def, lambda and class, with decorators, defaults, annotations and closures.

    def f(a, b=1): ...     LOAD_CONST (1,); LOAD_CONST <code f>; MAKE_FUNCTION 1; STORE f

CPython counterpart: Python/compile.c (compiler_function, compiler_lambda, compiler_class, compiler_make_closure).
"""
from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minipy.bytecode import opcodes as op
from minipy.bytecode.code import Code
from minipy.compiler.assemble import assemble
from minipy.compiler.calls import Calls
from minipy.compiler.constants import NOT_CONSTANT
from minipy.compiler.unit import UNIT_CLASS, UNIT_FUNCTION, UNIT_LAMBDA, Unit
from minipy.compiler.unparse import unparse
from minipy.errors import Span
from minipy.syntax import ast

HAS_DEFAULTS: Final = 1
HAS_KEYWORD_DEFAULTS: Final = 2
HAS_ANNOTATIONS: Final = 4
HAS_CLOSURE: Final = 8


class Functions(Calls):
    """Functions and classes."""

    # ------------------------------------------------------------ units
    def enter(self, kind: str, name: str, node: ast.AST, firstlineno: int) -> None:
        """Start a code object for the scope that `node` opens."""
        self.unit = Unit(kind, self.table.scopes[node], name, firstlineno, getattr(self, "unit", None))
        self.span = Span(firstlineno, 0, firstlineno, 0)
        self.emit(op.RESUME)

    def leave(self) -> Code:
        """Finish the code object; back to the unit around."""
        unit = self.unit
        if unit.block.index >= 0:
            self.end_of_code()
        code = assemble(unit, self.options)
        if unit.parent is not None:
            self.unit = unit.parent
        return code

    def end_of_code(self) -> None:
        """Falling off the end returns None."""
        self.without_span()
        self.emit_const(None)
        self.emit(op.RETURN_VALUE)

    def make_function(self, code: Code, flags: int) -> None:
        """Push a function of the code; its closure's cells are those of this scope."""
        if code.freevars:
            for name in code.freevars:
                self.emit(op.LOAD_CLOSURE, self.unit.closure_index(name))
            self.emit(op.BUILD_TUPLE, len(code.freevars))
            flags |= HAS_CLOSURE
        self.emit_const(code)
        self.emit(op.MAKE_FUNCTION, flags)

    # ------------------------------------------------------------ def and lambda
    def stmt_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Decorators, defaults and annotations are computed where the def stands, the body is a code object."""
        self.forbid_debug_parameters(node.args)
        span = self.span
        self.decorators(node.decorator_list)
        first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
        flags = self.defaults(node.args)
        if self.annotations(node.args, node.returns):
            flags |= HAS_ANNOTATIONS
        self.enter(UNIT_FUNCTION, node.name, node, first)
        self.parameters(node.args)
        body = self.take_docstring(node.body)
        self.stmts(body)
        code = self.leave()
        self.span = span
        self.make_function(code, flags)
        self.apply_decorators(node.decorator_list)
        self.store_name(node.name)

    def take_docstring(self, body: Sequence[ast.stmt]) -> Sequence[ast.stmt]:
        """Make a leading string the first constant, else None; return the other statements."""
        doc = docstring(body)
        self.unit.const_index(doc)
        self.unit.doc = doc
        return body if doc is None else body[1:]

    def expr_Lambda(self, node: ast.Lambda) -> None:
        """A function whose body is one expression."""
        self.forbid_debug_parameters(node.args)
        flags = self.defaults(node.args)
        span = self.span
        self.enter(UNIT_LAMBDA, "<lambda>", node, node.lineno)
        self.parameters(node.args)
        self.unit.const_index(None)  # so that the first constant is no docstring
        self.expr(node.body)
        self.span = Span.of(node.body)
        self.emit(op.RETURN_VALUE)
        code = self.leave()
        self.span = span
        self.make_function(code, flags)

    def parameters(self, args: ast.arguments) -> None:
        """Note how many parameters there are of each kind."""
        self.unit.posonlyargcount = len(args.posonlyargs)
        self.unit.argcount = len(args.posonlyargs) + len(args.args)
        self.unit.kwonlyargcount = len(args.kwonlyargs)

    def forbid_debug_parameters(self, args: ast.arguments) -> None:
        """`__debug__` is a constant."""
        named = [*args.posonlyargs, *args.args, args.vararg, *args.kwonlyargs, args.kwarg]
        for parameter in named:
            if parameter is not None:
                self.forbid_debug(parameter.arg)

    def defaults(self, args: ast.arguments) -> int:
        """Push the tuple of defaults and the dict of keyword defaults, where there are any; return the flags."""
        flags = 0
        if args.defaults:
            flags |= HAS_DEFAULTS
            self.tuple_of(args.defaults)
        pairs = [(a, d) for a, d in zip(args.kwonlyargs, args.kw_defaults, strict=True) if d is not None]
        for parameter, default in pairs:
            self.emit_const(self.mangled(parameter.arg))
            self.expr(default)
        if pairs:
            flags |= HAS_KEYWORD_DEFAULTS
            self.emit(op.BUILD_MAP, len(pairs))
        return flags

    def tuple_of(self, nodes: Sequence[ast.expr]) -> None:
        """Push a tuple of values, as a constant if it is one."""
        values = [self.folder.fold(node) for node in nodes]
        if NOT_CONSTANT in values:
            self.exprs(nodes)
            self.emit(op.BUILD_TUPLE, len(nodes))
        else:
            self.emit_const(tuple(values))

    # ------------------------------------------------------------ annotations
    def annotations(self, args: ast.arguments, returns: ast.expr | None) -> bool:
        """Push the tuple (name, annotation, name, annotation ...); False if there are none."""
        parameters = [*args.posonlyargs, *args.args, args.vararg, *args.kwonlyargs, args.kwarg]
        count = sum(self.annotated(p.arg, p.annotation) for p in parameters if p is not None)
        count += self.annotated("return", returns)
        if count:
            self.emit(op.BUILD_TUPLE, count * 2)
        return count > 0

    def annotated(self, name: str, annotation: ast.expr | None) -> bool:
        """Push a name and its annotation, if it has one."""
        if annotation is None:
            return False
        self.emit_const(self.mangled(name))
        self.annotation(annotation)
        return True

    def annotation(self, node: ast.expr) -> None:
        """Push the value of an annotation, or its text under `from __future__ import annotations`."""
        if not self.table.annotations_evaluated:
            self.emit_const(unparse(node))
        elif isinstance(node, ast.Starred):
            self.expr(node.value)
            self.emit(op.UNPACK_SEQUENCE, 1)
        else:
            self.expr(node)

    # ------------------------------------------------------------ classes
    def stmt_ClassDef(self, node: ast.ClassDef) -> None:
        """__build_class__(function of the body, name, *bases, **keywords), decorated and bound."""
        span = self.span
        self.decorators(node.decorator_list)
        first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
        self.enter(UNIT_CLASS, node.name, node, first)
        code = self.class_body(node)
        self.span = span
        self.emit(op.LOAD_BUILD_CLASS)
        self.make_function(code, 0)
        self.emit_const(node.name)
        self.validate_keywords(node.keywords)
        self.call(2, node.bases, node.keywords)
        self.apply_decorators(node.decorator_list)
        self.store_name(node.name)

    def class_body(self, node: ast.ClassDef) -> Code:
        """The code that fills a class's namespace."""
        unit = self.unit
        self.emit(op.LOAD_GLOBAL, unit.name_index("__name__"))
        self.emit(op.STORE_NAME, unit.name_index("__module__"))
        self.emit_const(unit.qualname)
        self.emit(op.STORE_NAME, unit.name_index("__qualname__"))
        self.body(node.body)
        self.without_span()
        if unit.scope.needs_class_closure:
            self.emit(op.LOAD_CLOSURE, unit.cells["__class__"])
            self.emit(op.COPY, 1)
            self.emit(op.STORE_NAME, unit.name_index("__classcell__"))
            self.emit(op.RETURN_VALUE)
        return self.leave()

    def body(self, statements: Sequence[ast.stmt]) -> None:
        """The statements of a module or class, its docstring and annotations. See codegen.py."""
        raise NotImplementedError

    # ------------------------------------------------------------ decorators
    def decorators(self, nodes: Sequence[ast.expr]) -> None:
        """Push the decorators."""
        for node in nodes:
            self.expr(node)

    def apply_decorators(self, nodes: Sequence[ast.expr]) -> None:
        """Call the decorators, the last first, on what was defined."""
        span = self.span
        for node in reversed(nodes):
            self.at(node)
            self.emit(op.CALL, 1)
        self.span = span


def docstring(body: Sequence[ast.stmt]) -> str | None:
    """The string a body begins with, or None."""
    if not body or not isinstance(body[0], ast.Expr):
        return None
    value = body[0].value
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
