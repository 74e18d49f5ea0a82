"""Displays `[a, *b]`, `{a: b, **c}`, `{a, b}`, `(a, b)`, and their mirror image, unpacking `a, *b = c`.

    [a, b]           LOAD a; LOAD b; BUILD_LIST 2
    [a, *b]          LOAD a; BUILD_LIST 1; LOAD b; LIST_EXTEND 1
    [1, 2, 3]        BUILD_LIST 0; LOAD_CONST (1, 2, 3); LIST_EXTEND 1

CPython counterpart: Python/compile.c (starunpack_helper, unpack_helper, compiler_list, compiler_dict ...).
"""
from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minipy.bytecode import opcodes as op
from minipy.compiler.conditions import Conditions
from minipy.compiler.constants import NOT_CONSTANT
from minipy.compiler.emitter import STACK_USE_GUIDELINE
from minipy.syntax import ast

LIST_WAY: Final = (op.BUILD_LIST, op.LIST_APPEND, op.LIST_EXTEND)
SET_WAY: Final = (op.BUILD_SET, op.SET_ADD, op.SET_UPDATE)
TUPLE_WAY: Final = (op.BUILD_TUPLE, op.LIST_APPEND, op.LIST_EXTEND)
"""How a sequence is made: of values on the stack; adding one; adding many (a tuple is a list until the end)."""
BIG_DICT: Final = 17
"""Pairs that are put on the stack at once."""


class Displays(Conditions):
    """Lists, sets, tuples, dicts and unpacking."""

    def sequence(self, elements: Sequence[ast.expr], way: tuple[int, int, int], pushed: int = 0) -> None:
        """Make a sequence of `pushed` values already on the stack and the elements."""
        build, add, extend = way
        if not pushed and self.constant_sequence(elements, build, extend):
            return
        big = len(elements) + pushed > STACK_USE_GUIDELINE
        if not big and not any(isinstance(element, ast.Starred) for element in elements):
            self.exprs(elements)
            self.emit(build, len(elements) + pushed)
            return
        start = op.BUILD_LIST if build == op.BUILD_TUPLE else build
        built = big
        if big:
            self.emit(start, pushed)
        for position, element in enumerate(elements):
            if isinstance(element, ast.Starred):
                if not built:
                    self.emit(start, position + pushed)
                    built = True
                self.expr(element.value)
                self.emit(extend, 1)
            else:
                self.expr(element)
                if built:
                    self.emit(add, 1)
        if build == op.BUILD_TUPLE:
            self.emit(op.LIST_TO_TUPLE)

    def constant_sequence(self, elements: Sequence[ast.expr], build: int, extend: int) -> bool:
        """More than two constants: a tuple is one constant, a list or set copies one. False if it is not that."""
        if len(elements) <= 2:
            return False
        values = [self.folder.fold(element) for element in elements]
        if NOT_CONSTANT in values:
            return False
        if build == op.BUILD_TUPLE:
            self.emit_const(tuple(values))
        else:
            self.emit(build, 0)
            self.emit_const(frozenset(values) if build == op.BUILD_SET else tuple(values))
            self.emit(extend, 1)
        return True

    def expr_List(self, node: ast.List) -> None:
        if isinstance(node.ctx, ast.Load):
            self.sequence(node.elts, LIST_WAY)
        else:
            self.targets(node)

    def expr_Tuple(self, node: ast.Tuple) -> None:
        """A tuple, a constant if it can be one; or targets to bind or delete."""
        if not isinstance(node.ctx, ast.Load):
            self.targets(node)
            return
        constant = self.folder.fold(node)
        if constant is NOT_CONSTANT:
            self.sequence(node.elts, TUPLE_WAY)
        else:
            self.emit_const(constant)

    def expr_Set(self, node: ast.Set) -> None:
        self.sequence(node.elts, SET_WAY)

    def iterable(self, node: ast.expr) -> None:
        """Nobody else sees a display that is run over at once: a list can be a tuple, constants one constant."""
        starred = isinstance(node, ast.List | ast.Set) and any(isinstance(e, ast.Starred) for e in node.elts)
        if not isinstance(node, ast.List | ast.Set) or starred:
            self.expr(node)
            return
        before = self.span
        self.at(node)
        values = [self.folder.fold(element) for element in node.elts]
        if NOT_CONSTANT not in values:
            self.emit_const(tuple(values) if isinstance(node, ast.List) else frozenset(values))
        else:
            self.sequence(node.elts, TUPLE_WAY if isinstance(node, ast.List) else SET_WAY)
        self.span = before

    def targets(self, node: ast.List | ast.Tuple) -> None:
        """Bind, or delete, each of several targets."""
        if isinstance(node.ctx, ast.Store):
            self.unpack(node.elts)
        for element in node.elts:
            self.expr(element.value if isinstance(element, ast.Starred) else element)

    def unpack(self, targets: Sequence[ast.expr]) -> None:
        """Replace an iterable by its items for the targets, the first on top."""
        starred = [i for i, target in enumerate(targets) if isinstance(target, ast.Starred)]
        if not starred:
            self.emit(op.UNPACK_SEQUENCE, len(targets))
            return
        before = starred[0]
        behind = len(targets) - before - 1
        if before >= 1 << 8 or behind >= 1 << 24:
            raise self.error("too many expressions in star-unpacking assignment")
        if len(starred) > 1:
            raise self.error("multiple starred expressions in assignment")
        self.emit(op.UNPACK_EX, before | behind << 8)

    def expr_Starred(self, node: ast.Starred) -> None:
        if isinstance(node.ctx, ast.Store):
            raise self.error("starred assignment target must be in a list or tuple")
        raise self.error("can't use starred expression here")

    def expr_Dict(self, node: ast.Dict) -> None:
        """A dict display, in portions between `**mapping` parts."""
        made = False
        pairs: list[tuple[ast.expr, ast.expr]] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                made = self.add_pairs(pairs, made) or made
                if not made:
                    self.emit(op.BUILD_MAP, 0)
                    made = True
                self.expr(value)
                self.emit(op.DICT_UPDATE, 1)
                pairs = []
                continue
            pairs.append((key, value))
            if len(pairs) == BIG_DICT:
                made = self.add_pairs(pairs, made)
                pairs = []
        if not self.add_pairs(pairs, made) and not made:
            self.emit(op.BUILD_MAP, 0)

    def add_pairs(self, pairs: list[tuple[ast.expr, ast.expr]], made: bool) -> bool:
        """Make a dict of the pairs, or add them to the one `made` already; False if there are none."""
        if not pairs:
            return False
        big = len(pairs) * 2 > STACK_USE_GUIDELINE
        if big:
            self.emit(op.BUILD_MAP, 0)
        for key, value in pairs:
            self.expr(key)
            self.expr(value)
            if big:
                self.emit(op.MAP_ADD, 1)
        if not big:
            self.emit(op.BUILD_MAP, len(pairs))
        if made:
            self.emit(op.DICT_UPDATE, 1)
        return True
