"""Comprehensions and generator expressions: a function of one parameter, called at once.

    [f(x) for x in xs if x]      the function    BUILD_LIST 0
                                                 LOAD_FAST .0
                                        next     FOR_ITER -> end
                                                 STORE_FAST x; ... POP_JUMP_IF_FALSE -> again
                                                 ... CALL 1; LIST_APPEND 2
                                        again    JUMP_BACKWARD -> next
                                        end      RETURN_VALUE
                                 around it       MAKE_FUNCTION; LOAD xs; GET_ITER; CALL 1

CPython counterpart: Python/compile.c of 3.11 (compiler_comprehension, compiler_sync_comprehension_generator).
"""
from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minipy.bytecode import opcodes as op
from minipy.bytecode.code import Code
from minipy.compiler.blocks import JUMP, Block
from minipy.compiler.functions import Functions
from minipy.compiler.unit import UNIT_COMPREHENSION
from minipy.errors import Span
from minipy.syntax import ast

GENERATOR: Final = 0


class Comprehensions(Functions):
    """[...], {...}, {...: ...} and (...) with `for`."""

    def expr_ListComp(self, node: ast.ListComp) -> None:
        self.comprehension(node, "<listcomp>", node.generators, [node.elt], op.BUILD_LIST, op.LIST_APPEND)

    def expr_SetComp(self, node: ast.SetComp) -> None:
        self.comprehension(node, "<setcomp>", node.generators, [node.elt], op.BUILD_SET, op.SET_ADD)

    def expr_DictComp(self, node: ast.DictComp) -> None:
        self.comprehension(node, "<dictcomp>", node.generators, [node.key, node.value], op.BUILD_MAP, op.MAP_ADD)

    def expr_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self.comprehension(node, "<genexpr>", node.generators, [node.elt], GENERATOR, GENERATOR)

    def comprehension(
        self, node: ast.expr, name: str, generators: Sequence[ast.comprehension], element: list[ast.expr],
        build: int, add: int,
    ) -> None:  # fmt: skip
        """Make the function and call it with the first iterable's iterator."""
        if any(generator.is_async for generator in generators):
            raise self.error("asynchronous comprehension outside of an asynchronous function")
        span = self.span
        self.enter(UNIT_COMPREHENSION, name, node, node.lineno)
        code = self.comprehension_body(node, generators, element, build, add)
        self.span = span
        self.make_function(code, 0)
        self.iterable(generators[0].iter)
        self.emit(op.GET_ITER)
        self.emit(op.CALL, 1)

    def comprehension_body(
        self, node: ast.expr, generators: Sequence[ast.comprehension], element: list[ast.expr], build: int, add: int
    ) -> Code:
        """The function's code."""
        self.span = Span.of(node)
        self.unit.argcount = 1
        if build != GENERATOR:
            self.emit(build, 0)
        self.loops(generators, 0, element, add, 1)
        if build != GENERATOR:
            self.emit(op.RETURN_VALUE)
        return self.leave()

    def loops(
        self, generators: Sequence[ast.comprehension], index: int, element: list[ast.expr], add: int, below: int
    ) -> None:
        """One `for` and what is inside it; `below`: iterators on the stack when it has its own, the result counted."""
        generator = generators[index]
        start, again, end = Block(), Block(), Block()
        single = single_value(generator.iter) if index > 0 else None
        if single is not None:
            self.expr(single)
        else:
            self.push_iterator(generator, index)
            below += 1
            self.use_block(start)
            self.emit_jump(op.FOR_ITER, end)
        self.expr(generator.target)
        for condition in generator.ifs:
            self.jump_if(condition, again, False)
        if index + 1 < len(generators):
            self.loops(generators, index + 1, element, add, below)
        else:
            self.add_element(element, add, below)
        self.use_block(again)
        if single is None:
            self.emit_jump(JUMP, start)
            self.use_block(end)

    def push_iterator(self, generator: ast.comprehension, index: int) -> None:
        """The iterator of a `for`: the first one comes as the argument."""
        if index == 0:
            self.emit(op.LOAD_FAST, 0)
            return
        self.iterable(generator.iter)
        self.emit(op.GET_ITER)

    def add_element(self, element: list[ast.expr], add: int, below: int) -> None:
        """Compute one element and put it where it belongs."""
        self.exprs(element)
        if add != GENERATOR:
            self.emit(add, below)
            return
        self.emit_yield()
        self.emit(op.POP_TOP)


def single_value(node: ast.expr) -> ast.expr | None:
    """The only value of `[value]` or `(value,)`: `for x in [value]` is an assignment."""
    if isinstance(node, ast.List | ast.Tuple) and len(node.elts) == 1 and not isinstance(node.elts[0], ast.Starred):
        return node.elts[0]
    return None
