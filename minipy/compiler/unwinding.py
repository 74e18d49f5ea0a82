"""The way out: what `return`, `break` and `continue` do to the statements around them that they leave.

    for x in xs:                 return f()      LOAD f; CALL 0
        with m:                                  SWAP 2; m's exit with three None; POP_TOP      leaves `with`
            return f()                           SWAP 2; POP_TOP                                leaves `for`
                                                 RETURN_VALUE

A finally body is generated once more for each way out. What it emits on the way is no longer guarded by the
statement it has left: `unit.handler` is set to what guards that statement from outside.

CPython counterpart: Python/compile.c (compiler_unwind_fblock, compiler_unwind_fblock_stack).
"""
from __future__ import annotations

from typing import Final

from minipy.bytecode import opcodes as op
from minipy.compiler.blocks import JUMP, Block, Handler
from minipy.compiler.patterns import Patterns
from minipy.compiler.unit import (
    FINALLY_END,
    FINALLY_TRY,
    FOR_LOOP,
    HANDLER_CLEANUP,
    POP_VALUE,
    STAR_HANDLER,
    TRY_EXCEPT,
    WHILE_LOOP,
    WITH,
    Nesting,
)
from minipy.syntax import ast
from minipy.syntax.symtable import FUNCTION

MAX_NESTING: Final = 20  # CPython's CO_MAXBLOCKS


class Unwinding(Patterns):
    """Leaving statements, and the statements that do it."""

    def nest(self, kind: int, outer: Handler | None) -> Nesting:
        """Enter a statement that the way out has to take care of; `outer` guards it from outside."""
        if len(self.unit.nesting) >= MAX_NESTING:
            raise self.error("too many statically nested blocks")
        nesting = Nesting(kind, outer)
        self.unit.nesting.append(nesting)
        return nesting

    def unnest(self) -> None:
        """Leave it by its normal end."""
        self.unit.nesting.pop()

    def guard(self, block: Block, lasti: bool, pushed: int = 0) -> Handler:
        """Guard what is emitted from now on; `pushed`: how many values on the stack the handler does not keep."""
        handler = Handler(block, self.unit.depth - pushed, lasti)
        block.depth = handler.depth + 1 + lasti
        self.unit.handler = handler
        return handler

    def stmt_Return(self, node: ast.Return) -> None:
        """Compute the value, leave all statements around with it on top, return it."""
        if self.unit.scope.kind != FUNCTION:
            raise self.error("'return' outside function")
        keep = node.value is not None and not isinstance(node.value, ast.Constant)
        unit = self.unit
        nesting, handler, depth = unit.nesting, unit.handler, unit.depth
        if node.value is not None:
            if keep:
                self.expr(node.value)
            else:
                self.at(node.value)
                self.emit(op.NOP)
        if node.value is None or node.value.lineno != node.lineno:
            self.at(node)
            self.emit(op.NOP)
        while unit.nesting:
            self.leave_one(keep)
        if not keep:
            self.emit_const(node.value.value if isinstance(node.value, ast.Constant) else None)
        self.emit(op.RETURN_VALUE)
        unit.nesting, unit.handler, unit.depth = nesting, handler, depth

    def stmt_Break(self, node: ast.Break) -> None:
        self.jump_out(to_end=True, message="'break' outside loop")

    def stmt_Continue(self, node: ast.Continue) -> None:
        self.jump_out(to_end=False, message="'continue' not properly in loop")

    def jump_out(self, to_end: bool, message: str) -> None:
        """Leave what is inside the innermost loop and jump to its end (leaving it too) or its beginning."""
        unit = self.unit
        nesting, handler, depth, span = unit.nesting, unit.handler, unit.depth, self.span
        self.emit(op.NOP)
        while unit.nesting and unit.nesting[-1].kind not in (WHILE_LOOP, FOR_LOOP):
            self.leave_one(False)
        if not unit.nesting:
            self.span = self.span or span
            raise self.error(message)
        loop = unit.nesting[-1]
        if to_end:
            self.leave_one(False)
        target = loop.end if to_end else loop.begin
        assert target is not None
        self.emit_jump(JUMP, target)
        unit.nesting, unit.handler, unit.depth = nesting, handler, depth

    def leave_one(self, keep: bool) -> None:
        """Emit what leaving the innermost statement takes; `keep` the value on top."""
        left = self.unit.nesting[-1]
        if left.kind == STAR_HANDLER:
            raise self.error("'break', 'continue' and 'return' cannot appear in an except* block")
        self.unit.nesting = self.unit.nesting[:-1]
        if left.kind == TRY_EXCEPT:
            self.unit.handler = left.handler
        elif left.kind == FOR_LOOP or left.kind == POP_VALUE:
            self.keep_on_top(keep)
            self.emit(op.POP_TOP)
        elif left.kind == FINALLY_TRY:
            self.leave_finally(left, keep)
        elif left.kind == FINALLY_END:
            self.keep_on_top(keep)
            self.emit(op.POP_TOP)
            self.keep_on_top(keep)
            self.unit.handler = left.handler
            self.emit(op.POP_EXCEPT)
        elif left.kind == WITH:
            self.leave_with(left, keep)
        elif left.kind == HANDLER_CLEANUP:
            self.leave_handler(left, keep)

    def keep_on_top(self, keep: bool) -> None:
        """Bring the value to pop to the top, under which the value to keep then lies."""
        if keep:
            self.emit(op.SWAP, 2)

    def leave_finally(self, left: Nesting, keep: bool) -> None:
        """Run the finally body; a `return` in it drops the value kept."""
        self.unit.handler = left.handler
        if keep:
            self.nest(POP_VALUE, left.handler)
        self.stmts(left.body)
        if keep:
            self.unnest()
        self.without_span()

    def leave_with(self, left: Nesting, keep: bool) -> None:
        """Call the exit method with three None."""
        self.unit.handler = left.handler
        assert left.statement is not None
        self.at(left.statement)
        self.keep_on_top(keep)
        self.call_exit()
        self.without_span()

    def call_exit(self) -> None:
        """Call the exit method on top, for a block that ended without an exception; it is held until it returns."""
        self.emit(op.COPY, 1)
        for _ in range(3):
            self.emit_const(None)
        self.emit(op.CALL, 3)
        self.emit(op.POP_TOP)
        self.emit(op.POP_TOP)

    def leave_handler(self, left: Nesting, keep: bool) -> None:
        """Leave an except clause: the exception is handled, its name unbound."""
        if left.name is not None:
            self.unit.handler = left.inner
        self.keep_on_top(keep)
        self.unit.handler = left.handler
        self.emit(op.POP_EXCEPT)
        if left.name is not None:
            self.unbind(left.name)

    def unbind(self, name: str) -> None:
        """`name = None; del name`, which works however the clause left the name."""
        self.emit_const(None)
        self.store_name(name)
        self.delete_name(name)
