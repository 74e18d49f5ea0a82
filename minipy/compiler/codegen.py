"""The code generator's top: modules, simple statements, assignments, loops, imports.

    compile_module(tree, filename) -> Code      tree -> symbol table -> blocks of instructions -> Code

A module's names are its globals, so module-level code uses LOAD_GLOBAL and STORE_GLOBAL, unless it is to run in a
namespace of its own.

CPython counterpart: Python/compile.c (compiler_mod, compiler_body, compiler_visit_stmt1), Python/future.c.
"""
from __future__ import annotations

from collections.abc import Sequence

from minipy.bytecode import opcodes as op
from minipy.bytecode.code import Code
from minipy.compiler.blocks import JUMP, Block
from minipy.compiler.except_star import ExceptStar
from minipy.compiler.functions import docstring
from minipy.compiler.future import LATE
from minipy.compiler.unit import FOR_LOOP, UNIT_CLASS, UNIT_MODULE, WHILE_LOOP
from minipy.errors import Span
from minipy.objects.operators import NB_INPLACE
from minipy.syntax import ast


class CodeGenerator(ExceptStar):
    """Generates the code of one tree."""

    future_line: int = 0  # up to which `from __future__` may stand

    # ------------------------------------------------------------ the tree
    def module(self, tree: ast.mod) -> Code:
        """The code of a Module, Interactive or Expression."""
        self.enter(UNIT_MODULE, "<module>", tree, 1)
        self.unit.block.instructions[0].span = Span(0, 0, 1, 0)
        if isinstance(tree, ast.Expression):
            self.expr(tree.body)
            self.emit(op.RETURN_VALUE)
        elif isinstance(tree, ast.Interactive | ast.Module):
            self.body(tree.body)
        return self.leave()

    def body(self, statements: Sequence[ast.stmt]) -> None:
        """The statements of a module or class: `__annotations__` and `__doc__` first."""
        if self.unit.kind == UNIT_MODULE and statements:
            self.at(statements[0])
        if has_annotations(statements):
            self.emit(op.SETUP_ANNOTATIONS)
        doc = None if self.options.interactive and self.unit.kind == UNIT_MODULE else docstring(statements)
        if doc is not None:
            first = statements[0]
            assert isinstance(first, ast.Expr)
            self.expr(first.value)
            self.without_span()
            self.store_name("__doc__")
            statements = statements[1:]
            self.unit.doc = doc
        self.stmts(statements)

    # ------------------------------------------------------------ assignments
    def stmt_Assign(self, node: ast.Assign) -> None:
        self.expr(node.value)
        for target in node.targets[:-1]:
            self.emit(op.COPY, 1)
            self.expr(target)
        self.expr(node.targets[-1])

    def stmt_AugAssign(self, node: ast.AugAssign) -> None:
        """`target op= value`: the target's parts are computed once and kept for the store."""
        target = node.target
        self.at(target)
        if isinstance(target, ast.Attribute):
            self.expr(target.value)
            self.emit(op.COPY, 1)
            self.start_at_attribute(target)
            self.emit_attribute(op.LOAD_ATTR, target.attr)
        elif isinstance(target, ast.Subscript):
            self.expr(target.value)
            self.expr(target.slice)
            self.emit(op.COPY, 2)
            self.emit(op.COPY, 2)
            self.emit(op.BINARY_SUBSCR)
        else:
            self.load_name(target.id)
        self.at(node)
        self.expr(node.value)
        self.operator(node.op, NB_INPLACE)
        self.at(target)
        self.store_augmented(target)

    def store_augmented(self, target: ast.Name | ast.Attribute | ast.Subscript) -> None:
        """Store the result; the target's own parts lie below it."""
        if isinstance(target, ast.Attribute):
            self.start_at_attribute(target)
            self.emit(op.SWAP, 2)
            self.emit_attribute(op.STORE_ATTR, target.attr)
        elif isinstance(target, ast.Subscript):
            self.emit(op.SWAP, 3)
            self.emit(op.SWAP, 2)
            self.emit(op.STORE_SUBSCR)
        else:
            self.store_name(target.id)

    def stmt_AnnAssign(self, node: ast.AnnAssign) -> None:
        """`target: annotation = value`; only names of modules and classes get into `__annotations__`."""
        target = node.target
        if node.value is not None:
            self.expr(node.value)
            self.expr(target)
        if isinstance(target, ast.Name):
            self.forbid_debug(target.id)
            if node.simple and self.unit.kind in (UNIT_MODULE, UNIT_CLASS):
                self.annotation(node.annotation)
                self.load_name("__annotations__")
                self.emit_const(self.mangled(target.id))
                self.emit(op.STORE_SUBSCR)
        elif node.value is None:
            self.evaluate_parts(target)
        evaluated = self.table.annotations_evaluated and self.unit.kind in (UNIT_MODULE, UNIT_CLASS)
        if not node.simple and evaluated:
            self.evaluate(node.annotation)

    def evaluate_parts(self, target: ast.Attribute | ast.Subscript) -> None:
        """`a.b: T` without a value computes what would be needed to assign."""
        if isinstance(target, ast.Attribute):
            self.forbid_debug(target.attr)
            self.evaluate(target.value)
            return
        self.evaluate(target.value)
        parts = target.slice.elts if isinstance(target.slice, ast.Tuple) else [target.slice]
        for part in parts:
            bounds = (part.lower, part.upper, part.step) if isinstance(part, ast.Slice) else (part,)
            for bound in bounds:
                if bound is not None:
                    self.evaluate(bound)

    def evaluate(self, node: ast.expr) -> None:
        """Compute an expression for its effects."""
        self.expr(node)
        self.emit(op.POP_TOP)

    def stmt_Delete(self, node: ast.Delete) -> None:
        self.exprs(node.targets)

    # ------------------------------------------------------------ loops and branches
    def stmt_If(self, node: ast.If) -> None:
        end = Block()
        branch: ast.If | None = node
        while branch is not None:
            branch = self.if_branch(branch, end)
        self.use_block(end)

    def if_branch(self, node: ast.If, end: Block) -> ast.If | None:
        """One test and its body; the next `elif` is returned, so that a long chain does not nest."""
        following = Block() if node.orelse else end
        self.jump_if(node.test, following, False)
        self.stmts(node.body)
        if not node.orelse:
            return None
        self.jump_without_span(end)
        self.use_block(following)
        if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            self.at(node.orelse[0])
            return node.orelse[0]
        self.stmts(node.orelse)
        return None

    def stmt_While(self, node: ast.While) -> None:
        """The test is at the top; the jump back to it is the loop's safe point."""
        begin, otherwise, end = Block(), Block(), Block()
        self.use_block(begin)
        nesting = self.nest(WHILE_LOOP, self.unit.handler)
        nesting.begin, nesting.end = begin, end
        self.jump_if(node.test, otherwise, False)
        self.stmts(node.body)
        self.without_span()
        self.emit_jump(JUMP, begin)
        self.unnest()
        self.use_block(otherwise)
        self.stmts(node.orelse)
        self.use_block(end)

    def stmt_For(self, node: ast.For) -> None:
        """The iterator stays on the stack while the loop runs."""
        begin, exhausted, end = Block(), Block(), Block()
        self.iterable(node.iter)
        self.emit(op.GET_ITER)
        self.use_block(begin)
        nesting = self.nest(FOR_LOOP, self.unit.handler)
        nesting.begin, nesting.end = begin, end
        self.emit_jump(op.FOR_ITER, exhausted)
        self.expr(node.target)
        self.stmts(node.body)
        self.without_span()
        self.emit_jump(JUMP, begin)
        self.unnest()
        self.use_block(exhausted)
        self.stmts(node.orelse)
        self.use_block(end)

    # ------------------------------------------------------------ the rest
    def stmt_Expr(self, node: ast.Expr) -> None:
        """An expression for its effects; a constant has none. Interactively its value is printed."""
        if self.options.interactive and self.unit.kind == UNIT_MODULE:
            self.expr(node.value)
            self.emit(op.PRINT_EXPR)
        elif isinstance(node.value, ast.Constant):
            self.emit(op.NOP)
        else:
            self.expr(node.value)
            self.without_span()
            self.emit(op.POP_TOP)

    def stmt_Pass(self, node: ast.Pass) -> None:
        self.emit(op.NOP)

    def stmt_Global(self, node: ast.Global) -> None:
        """The symbol table has heard it."""

    def stmt_Nonlocal(self, node: ast.Nonlocal) -> None:
        """The symbol table has heard it."""

    def stmt_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        raise self.unsupported("an async function")

    def stmt_AsyncFor(self, node: ast.AsyncFor) -> None:
        raise self.error("'async for' outside async function")

    def stmt_AsyncWith(self, node: ast.AsyncWith) -> None:
        raise self.error("'async with' outside async function")

    # ------------------------------------------------------------ imports
    def stmt_Import(self, node: ast.Import) -> None:
        """`import a.b` binds a, `import a.b as c` the module a.b."""
        for alias in node.names:
            self.emit_const(0)
            self.emit_const(None)
            self.emit(op.IMPORT_NAME, self.unit.name_index(alias.name))
            if alias.asname is None:
                self.store_name(alias.name.partition(".")[0])
            else:
                self.import_as(alias.name.split(".")[1:], alias.asname)

    def import_as(self, parts: Sequence[str], asname: str) -> None:
        """`import a.b.c as x`: from the module a on top to its part b, and on to c."""
        for index, part in enumerate(parts):
            if index > 0:
                self.emit(op.SWAP, 2)
                self.emit(op.POP_TOP)
            self.emit(op.IMPORT_FROM, self.unit.name_index(part))
        self.store_name(asname)
        if parts:
            self.emit(op.POP_TOP)

    def stmt_ImportFrom(self, node: ast.ImportFrom) -> None:
        """`from module import names`, `*` among them."""
        if node.module == "__future__" and node.lineno > self.future_line:
            raise self.error(LATE)
        self.emit_const(node.level)
        self.emit_const(tuple(alias.name for alias in node.names))
        self.emit(op.IMPORT_NAME, self.unit.name_index(node.module or ""))
        for alias in node.names:
            if alias.name == "*":
                self.emit(op.IMPORT_STAR)
                return
            self.emit(op.IMPORT_FROM, self.unit.name_index(alias.name))
            self.store_name(alias.asname or alias.name)
        self.emit(op.POP_TOP)


def has_annotations(statements: Sequence[ast.stmt]) -> bool:
    """Is any name annotated here, not counting functions and classes inside?"""
    for node in statements:
        if isinstance(node, ast.AnnAssign):
            return True
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) and has_annotations(getattr(node, field, ())):
                return True
    return False
