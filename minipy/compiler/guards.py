"""try and with: guarding statements with handlers.

    try: A                    A                guarded by F
    finally: B                B                the normal way
                              JUMP end
                         F    PUSH_EXC_INFO    guarded by C
                              B
                              RERAISE 0
                         C    COPY 3; POP_EXCEPT; RERAISE 1          an exception in B itself
                         end

`unit.handler` is the guard of the instructions now emitted; a handler's depth is the stack's where its guard begins.

CPython counterpart: Python/compile.c (compiler_try_finally, compiler_try_except, compiler_with), and
Objects/exception_handling_notes.txt.
"""
from __future__ import annotations

from typing import Final

from minipy.bytecode import opcodes as op
from minipy.compiler import suspicions
from minipy.compiler.blocks import JUMP, Block, Handler
from minipy.compiler.unit import (
    EXCEPTION_HANDLER,
    FINALLY_END,
    FINALLY_TRY,
    HANDLER_CLEANUP,
    TRY_EXCEPT,
    WITH,
)
from minipy.compiler.unwinding import Unwinding
from minipy.syntax import ast

AT_LASTI: Final = 1  # RERAISE: the position lies directly below the exception
AT_LASTI_OF_WITH: Final = 2  # ... below the previously handled one


class Guards(Unwinding):
    """try, except, finally, with."""

    # ------------------------------------------------------------ try
    def stmt_Try(self, node: ast.Try) -> None:
        if node.finalbody:
            self.try_finally(node)
        else:
            self.try_except(node)

    def try_finally(self, node: ast.Try | ast.TryStar) -> None:
        """try ... finally, perhaps with except clauses inside."""
        unit, outer = self.unit, self.unit.handler
        handler, end = Block(), Block()
        self.emit(op.NOP)
        guard = self.guard(handler, False)
        nesting = self.nest(FINALLY_TRY, outer)
        nesting.body = node.finalbody
        self.use_block(Block())
        if isinstance(node, ast.TryStar):
            self.try_except_star(node)
        elif node.handlers:
            self.try_except(node)
        else:
            self.stmts(node.body)
        self.unnest()
        unit.handler = outer
        self.stmts(node.finalbody)
        self.jump_without_span(end)
        self.use_handler(guard)
        self.finally_handler(node, outer)
        self.use_block(end)

    def try_except_star(self, node: ast.TryStar) -> None:
        """try ... except*; see except_star.py."""
        raise NotImplementedError

    def use_handler(self, guard: Handler) -> None:
        """Place a handler's block."""
        self.without_span()
        self.use_block(guard.block)

    def finally_handler(self, node: ast.Try | ast.TryStar, outer: Handler | None) -> None:
        """The finally body as an exception's handler."""
        cleanup = Block()
        guard = self.guard(cleanup, True)
        self.emit(op.PUSH_EXC_INFO)
        self.nest(FINALLY_END, outer)
        self.stmts(node.finalbody)
        self.unnest()
        self.emit(op.RERAISE, 0)
        self.unit.handler = outer
        self.cleanup(guard)

    def cleanup(self, guard: Handler) -> None:
        """An exception inside a handler: the one handled before becomes current again, the new one goes on."""
        self.use_handler(guard)
        self.emit(op.COPY, 3)
        self.emit(op.POP_EXCEPT)
        self.emit(op.RERAISE, AT_LASTI)

    def try_except(self, node: ast.Try) -> None:
        """try ... except ... else."""
        unit, outer, end = self.unit, self.unit.handler, Block()
        in_handlers = self.before_clauses(node, end)
        self.nest(EXCEPTION_HANDLER, outer)
        for clause in node.handlers:
            self.at(clause)
            if clause.type is None and clause is not node.handlers[-1]:
                raise self.error("default 'except:' must be last")
            self.except_clause(clause, outer, end)
            unit.handler = in_handlers
        self.unnest()
        self.at(node.handlers[-1])
        self.emit(op.RERAISE, 0)
        unit.handler = outer
        self.cleanup(in_handlers)
        self.use_block(end)

    def before_clauses(self, node: ast.Try | ast.TryStar, end: Block) -> Handler:
        """The body and its else; then the handler begins, in which the clauses follow, guarded by what is returned."""
        unit, outer = self.unit, self.unit.handler
        handler, cleanup = Block(), Block()
        self.emit(op.NOP)
        guard = self.guard(handler, False)
        self.nest(TRY_EXCEPT, outer)
        self.use_block(Block())
        self.stmts(node.body)
        self.unnest()
        unit.handler = outer
        self.stmts(node.orelse)
        self.jump_without_span(end)
        self.use_handler(guard)
        in_handlers = self.guard(cleanup, True)
        self.emit(op.PUSH_EXC_INFO)
        return in_handlers

    def except_clause(self, clause: ast.ExceptHandler, outer: Handler | None, end: Block) -> None:
        """One clause: test, body, jump to the end; the block for the next test follows."""
        following = Block()
        if clause.type is not None:
            self.expr(clause.type)
            self.emit(op.CHECK_EXC_MATCH)
            self.emit_jump(op.POP_JUMP_IF_FALSE, following)
        depth = self.unit.depth
        if clause.name is not None:
            self.named_clause_body(clause, clause.name, outer, end)
        else:
            self.nest(HANDLER_CLEANUP, outer)
            self.emit(op.POP_TOP)
            self.stmts(clause.body)
            self.unnest()
            self.without_span()
            self.unit.handler = outer
            self.emit(op.POP_EXCEPT)
            self.emit_jump(JUMP, end)
        if following.depth < 0:
            following.depth = depth
        self.use_block(following)

    def named_clause_body(
        self, clause: ast.ExceptHandler, name: str, outer: Handler | None, end: Block
    ) -> None:
        """The body of `except E as name`, guarded so that the name is unbound at its end in any case."""
        unit, in_handlers = self.unit, self.unit.handler
        self.store_name(name)
        body_end = Block()
        guard = self.guard(body_end, True)
        nesting = self.nest(HANDLER_CLEANUP, outer)
        nesting.inner, nesting.name = in_handlers, name
        self.use_block(Block())
        self.stmts(clause.body)
        self.unnest()
        self.without_span()
        unit.handler = outer
        self.emit(op.POP_EXCEPT)
        self.unbind(name)
        self.emit_jump(JUMP, end)
        unit.handler = in_handlers
        self.use_handler(guard)
        self.unbind(name)
        self.emit(op.RERAISE, AT_LASTI)

    # ------------------------------------------------------------ with
    def stmt_With(self, node: ast.With) -> None:
        self.with_item(node, 0)

    def with_item(self, node: ast.With, index: int) -> None:
        """One manager and what is inside it: the next one, or the body."""
        unit, outer = self.unit, self.unit.handler
        handler, end = Block(), Block()
        item = node.items[index]
        self.expr(item.context_expr)
        self.emit(op.BEFORE_WITH)
        guard = self.guard(handler, True, pushed=1)
        self.nest(WITH, outer).statement = node
        if item.optional_vars is None:
            self.emit(op.POP_TOP)
        else:
            self.expr(item.optional_vars)
        if index + 1 < len(node.items):
            self.with_item(node, index + 1)
        else:
            self.stmts(node.body)
        self.unnest()
        unit.handler = outer
        self.at(node)
        self.call_exit()
        self.emit_jump(JUMP, end)
        self.use_block(guard.block)
        self.with_handler(outer)
        self.use_block(end)

    def with_handler(self, outer: Handler | None) -> None:
        """An exception leaves a with block: the exit method may swallow it."""
        swallow, cleanup = Block(), Block()
        span = self.span
        guard = self.guard(cleanup, True)
        self.emit(op.PUSH_EXC_INFO)
        self.emit(op.WITH_EXCEPT_START)
        self.emit_jump(op.POP_JUMP_IF_TRUE, swallow)
        self.emit(op.RERAISE, AT_LASTI_OF_WITH)
        self.unit.handler = outer
        self.cleanup(guard)
        self.span = span
        self.unit.handler = guard
        self.use_block(swallow)
        self.emit(op.POP_TOP)
        self.unit.handler = outer
        self.emit(op.POP_EXCEPT)
        self.emit(op.POP_TOP)
        self.emit(op.POP_TOP)

    # ------------------------------------------------------------ raise and assert
    def stmt_Raise(self, node: ast.Raise) -> None:
        values = [value for value in (node.exc, node.cause) if value is not None]
        self.exprs(values)
        self.emit(op.RAISE_VARARGS, len(values))

    def stmt_Assert(self, node: ast.Assert) -> None:
        """`assert test, message`: nothing but a test if it holds."""
        self.warn(suspicions.of_assertion(node))
        end = Block()
        self.jump_if(node.test, end, True)
        self.emit(op.LOAD_ASSERTION_ERROR)
        if node.msg is not None:
            self.expr(node.msg)
            self.emit(op.CALL, 1)
        self.emit(op.RAISE_VARARGS, 1)
        self.use_block(end)
