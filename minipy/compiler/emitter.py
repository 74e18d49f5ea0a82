"""The ground of the code generator: emitting instructions, jumps and names, and visiting nodes.

The code generator is one class in layers, a file each, every layer using those before it in this list:

    Emitter  Conditions  Displays  Expressions  Calls  Functions  Comprehensions  Patterns
    Guards  ExceptStar  CodeGenerator

`span` is where the source stands that the next instructions are for. An expression sets it and puts the old one
back; a statement sets it and leaves it; None marks instructions no source stands for.

CPython counterpart: Python/compile.c (compiler_addop, compiler_next_instr, compiler_nameop, compiler_visit_expr).
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from minipy.bytecode import opcodes as op
from minipy.bytecode.effects import effect, jump_effect
from minipy.compiler.blocks import ENDS, JUMP, Block, Instruction
from minipy.compiler.constants import Folder
from minipy.compiler.options import Options
from minipy.compiler.unit import UNIT_CLASS, UNIT_MODULE, Unit
from minipy.errors import SourceError, Span
from minipy.located import Located
from minipy.syntax import ast
from minipy.syntax.depth import too_deep
from minipy.syntax.symtable import CELL, FREE, GLOBAL_EXPLICIT, LOCAL, SymbolTable, mangle

LOADS: Final = (op.LOAD_FAST, op.LOAD_DEREF, op.LOAD_GLOBAL, op.LOAD_NAME)
STORES: Final = (op.STORE_FAST, op.STORE_DEREF, op.STORE_GLOBAL, op.STORE_NAME)
DELETES: Final = (op.DELETE_FAST, op.DELETE_DEREF, op.DELETE_GLOBAL, op.DELETE_NAME)
STACK_USE_GUIDELINE: Final = 30
"""Displays and calls with more values are built piece by piece, so that the operand stack stays small."""


class Emitter:
    """Emits into `unit`, the code object in the making."""

    unit: Unit

    def __init__(self, table: SymbolTable, options: Options) -> None:
        self.table = table
        self.options = options
        self.folder = Folder()
        self.span: Span | None = None
        self.level = 0
        self.visitors: dict[type, Callable[[ast.AST], None]] = {}

    # ------------------------------------------------------------ instructions
    def emit(self, opcode: int, arg: int = 0, second: int = 0) -> None:
        """Append an instruction that does not jump."""
        unit = self.unit
        instruction = Instruction(opcode, arg, self.span, unit.handler)
        instruction.second = second
        unit.block.instructions.append(instruction)
        taken, put = effect(opcode, arg)
        unit.depth += put - taken
        if unit.depth > unit.top_depth:
            unit.top_depth = unit.depth
        if opcode in ENDS:
            unit.block = Block()

    def emit_const(self, value: object) -> None:
        """LOAD_CONST."""
        self.emit(op.LOAD_CONST, self.unit.const_index(value))

    def emit_jump(self, opcode: int, target: Block) -> None:
        """Append a jump, JUMP included, to a block placed before or later."""
        unit = self.unit
        instruction = Instruction(opcode, 0, self.span, unit.handler)
        instruction.target = target
        unit.block.instructions.append(instruction)
        if opcode == JUMP:
            if target.depth < 0:
                target.depth = unit.depth
            unit.block = Block()
            return
        taken, put = jump_effect(opcode)
        if target.depth < 0:
            target.depth = unit.depth + put - taken
        taken, put = effect(opcode, 0)
        unit.depth += put - taken
        unit.top_depth = max(unit.top_depth, unit.depth)
        self.use_block(Block())

    def use_block(self, block: Block) -> None:
        """Place a block: what follows goes into it."""
        unit = self.unit
        if block.depth < 0:
            block.depth = unit.depth
        unit.depth = block.depth
        block.index = len(unit.blocks)
        unit.blocks.append(block)
        unit.block = block

    def without_span(self) -> None:
        """What follows stands for no source."""
        self.span = None

    def at(self, node: Located) -> None:
        """What follows is for this node."""
        self.span = Span.of(node)

    # ------------------------------------------------------------ names
    def mangled(self, name: str) -> str:
        """The name as this scope stores it."""
        return mangle(self.unit.private, name)

    def load_name(self, name: str) -> None:
        """Push a variable's value."""
        self.name_instruction(name, LOADS)

    def store_name(self, name: str) -> None:
        """Bind a variable to the top of the stack; SyntaxError for `__debug__`."""
        self.forbid_debug(name)
        self.name_instruction(name, STORES)

    def delete_name(self, name: str) -> None:
        """Unbind a variable."""
        self.name_instruction(name, DELETES)

    def name_instruction(self, name: str, choices: tuple[int, int, int, int]) -> None:
        """Emit one of the choices (fast, deref, global, name), whichever finds the name."""
        unit = self.unit
        name = mangle(unit.private, name)
        way = unit.scope.way(name)
        fast, deref, global_, by_name = choices
        if way == FREE or way == CELL:
            if fast == op.LOAD_FAST and unit.kind == UNIT_CLASS:
                deref = op.LOAD_CLASSDEREF
            self.emit(deref, unit.cells[name] if way == CELL else unit.frees[name])
        elif way == GLOBAL_EXPLICIT:
            self.emit(global_, unit.name_index(name))
        elif unit.kind == UNIT_CLASS or (unit.kind == UNIT_MODULE and self.options.separate_namespace):
            self.emit(by_name, unit.name_index(name))
        elif way == LOCAL and unit.kind != UNIT_MODULE:
            self.emit(fast, unit.local_index(name))
        else:
            self.emit(global_, unit.name_index(name))

    def forbid_debug(self, name: str) -> None:
        """`__debug__` is a constant."""
        if name == "__debug__":
            raise self.error("cannot assign to __debug__")

    # ------------------------------------------------------------ visiting
    def expr(self, node: ast.expr) -> None:
        """Emit code that pushes the value of an expression (or, by its context, binds or deletes it)."""
        before = self.span
        self.span = Span(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
        self.visit(node, "expr_")
        self.span = before

    def visit(self, node: ast.AST, prefix: str) -> None:
        """Call the method for a node's class, e.g. `expr_BinOp`."""
        kind = node.__class__
        visitor = self.visitors.get(kind)
        if visitor is None:
            visitor = getattr(self, prefix + kind.__name__)
            self.visitors[kind] = visitor
        self.level += 1
        if self.level > self.options.levels:
            raise too_deep(node, self.options.filename, self.options.source)
        visitor(node)
        self.level -= 1

    def exprs(self, nodes: Sequence[ast.expr]) -> None:
        """Push the values of several expressions."""
        for node in nodes:
            self.expr(node)

    def stmts(self, nodes: Sequence[ast.stmt]) -> None:
        """Emit code for statements."""
        for node in nodes:
            self.span = Span.of(node)
            self.visit(node, "stmt_")

    def jump_if(self, test: ast.expr, target: Block, wanted: bool) -> None:
        """Jump if the test's truth is `wanted`, else fall through. See conditions.py."""
        raise NotImplementedError

    def error(self, message: str, place: Located | None = None) -> SourceError:
        """A SyntaxError at a node, or where the code generator is."""
        span = Span.of(place) if place is not None else self.span or Span(1, -1, 1, -1)
        return SourceError.at("SyntaxError", message, self.options.filename, span, self.options.source)

    def warn(self, message: str | None) -> None:
        """Pass a warning on, as often as the place is generated: a finally body several times, as in CPython."""
        if message is not None and self.options.warn is not None and self.span is not None:
            self.options.warn(message, self.span)

    def unsupported(self, what: str) -> SourceError:
        """The SyntaxError for a construct of Python that minipy leaves out."""
        return self.error(f"{what} is not supported by minipy yet")
