"""try ... except*: each clause takes its part of a group of exceptions, and what is left goes on to the next.

    F    PUSH_EXC_INFO; BUILD_LIST 0; COPY 2          previous, group, raised, rest        guarded by C
         type 1; CHECK_EG_MATCH                       ..., rest, match
         COPY 1; POP_JUMP_IF_NONE -> no match         guarded by R: what the body raises is added to `raised`
         store or POP_TOP; body; JUMP next
    R    LIST_APPEND 3; POP_TOP; JUMP next
         no match: POP_TOP
    next ... the other clauses ...
         LIST_APPEND 1; PREP_RERAISE_STAR             previous, exception or None
         if it is None: POP_TOP; POP_EXCEPT; JUMP end
         SWAP 2; POP_EXCEPT; RERAISE 0
    C    COPY 3; POP_EXCEPT; RERAISE 1

CPython counterpart: compiler_try_star_except of Python/compile.c.
"""
from __future__ import annotations

from minipy.bytecode import opcodes as op
from minipy.compiler.blocks import JUMP, Block, Handler
from minipy.compiler.guards import Guards
from minipy.compiler.unit import EXCEPTION_HANDLER, STAR_HANDLER
from minipy.syntax import ast


class ExceptStar(Guards):
    """try ... except*."""

    def stmt_TryStar(self, node: ast.TryStar) -> None:
        if node.finalbody:
            self.try_finally(node)
        else:
            self.try_except_star(node)

    def try_except_star(self, node: ast.TryStar) -> None:
        """try ... except* ... else."""
        outer, end = self.unit.handler, Block()
        in_handlers = self.before_clauses(node, end)
        self.emit(op.BUILD_LIST, 0)
        self.emit(op.COPY, 2)
        self.nest(EXCEPTION_HANDLER, outer)
        for clause in node.handlers:
            self.at(clause)
            self.star_clause(clause, in_handlers)
        self.unnest()
        self.at(node.handlers[-1])
        self.emit(op.LIST_APPEND, 1)
        self.raise_what_is_left(outer, end)
        self.cleanup(in_handlers)
        self.use_block(end)

    def star_clause(self, clause: ast.ExceptHandler, in_handlers: Handler) -> None:
        """One clause: it ends with what is left on top, whatever its body does."""
        assert clause.type is not None
        no_match, body_end, following = Block(), Block(), Block()
        self.expr(clause.type)
        self.emit(op.CHECK_EG_MATCH)
        self.emit(op.COPY, 1)
        self.emit_jump(op.POP_JUMP_IF_NONE, no_match)
        if clause.name is None:
            self.emit(op.POP_TOP)
        else:
            self.store_name(clause.name)
        guard = self.guard(body_end, True)
        self.nest(STAR_HANDLER, in_handlers)
        self.use_block(Block())
        self.stmts(clause.body)
        self.unnest()
        self.without_span()
        self.unit.handler = in_handlers
        if clause.name is not None:
            self.unbind(clause.name)
        self.emit_jump(JUMP, following)
        self.use_handler(guard)
        if clause.name is not None:
            self.unbind(clause.name)
        self.emit(op.LIST_APPEND, 3)
        self.emit(op.POP_TOP)
        self.emit_jump(JUMP, following)
        self.use_block(no_match)
        self.emit(op.POP_TOP)
        self.use_block(following)

    def raise_what_is_left(self, outer: Handler | None, end: Block) -> None:
        """Go on with what the clauses raised and what none of them took, if there is any."""
        unit, in_handlers = self.unit, self.unit.handler
        reraise = Block()
        self.emit(op.PREP_RERAISE_STAR)
        self.emit(op.COPY, 1)
        self.emit_jump(op.POP_JUMP_IF_NOT_NONE, reraise)
        self.emit(op.POP_TOP)
        unit.handler = outer
        self.emit(op.POP_EXCEPT)
        self.emit_jump(JUMP, end)
        unit.handler = in_handlers
        self.use_block(reraise)
        unit.handler = outer
        self.emit(op.SWAP, 2)
        self.emit(op.POP_EXCEPT)
        self.emit(op.RERAISE, 0)
