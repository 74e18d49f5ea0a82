"""Calls.

    f(a, b)            LOAD f; LOAD a; LOAD b; CALL 2
    o.m(a)             LOAD o; LOAD_METHOD m; LOAD a; CALL_METHOD 1
    f(a, k=b)          LOAD f; LOAD a; LOAD b; CALL_KW 2 ('k',)
    f(*a, **k)         LOAD f; LOAD a; BUILD_MAP 0; LOAD k; DICT_MERGE 1; CALL_FUNCTION_EX 1

The arguments of CALL_FUNCTION_EX: a tuple, or for a lone `*a` that very object.

CPython counterpart: Python/compile.c (compiler_call, maybe_optimize_method_call, compiler_call_helper).
"""
from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minipy.bytecode import opcodes as op
from minipy.compiler import suspicions
from minipy.compiler.displays import TUPLE_WAY
from minipy.compiler.emitter import STACK_USE_GUIDELINE
from minipy.compiler.expressions import Expressions
from minipy.compiler.unit import UNIT_CLASS, UNIT_MODULE
from minipy.syntax import ast
from minipy.syntax.symtable import DEF_BOUND, FREE, GLOBAL_IMPLICIT

BIG_KEYWORDS: Final = 15


class Calls(Expressions):
    """Calls of functions and methods."""

    def expr_Call(self, node: ast.Call) -> None:
        """`f(...)`, told apart by what can be done quicker: a method call, a bare `super()`, any other."""
        self.validate_keywords(node.keywords)
        self.warn(suspicions.of_call(node, self.folder.fold))
        if self.is_method_call(node):
            self.method_call(node)
        elif self.is_bare_super(node):
            self.super_call(node)
        else:
            self.expr(node.func)
            self.call(0, node.args, node.keywords)

    def is_method_call(self, node: ast.Call) -> bool:
        """Is it `owner.name(...)` with few enough arguments and no stars?"""
        if not isinstance(node.func, ast.Attribute) or not isinstance(node.func.ctx, ast.Load):
            return False
        count = len(node.args) + len(node.keywords) + bool(node.keywords)
        return count < STACK_USE_GUIDELINE and not has_stars(node.args, node.keywords)

    def method_call(self, node: ast.Call) -> None:
        """`owner.name(arguments)`; errors of the lookup and of the call stand at the name if the owner spans lines."""
        function = node.func
        assert isinstance(function, ast.Attribute)
        before = self.span
        self.expr(function.value)
        self.at(function)
        self.start_at_attribute(function)
        self.emit_attribute(op.LOAD_ATTR if node.keywords else op.LOAD_METHOD, function.attr)
        self.span = before
        self.exprs(node.args)
        self.exprs([keyword.value for keyword in node.keywords])
        self.start_at_attribute(function)
        if node.keywords:
            self.emit_keyword_call(len(node.args) + len(node.keywords), node.keywords)
        else:
            self.emit(op.CALL_METHOD, len(node.args))
        self.span = before

    def is_bare_super(self, node: ast.Call) -> bool:
        """Is it `super()` where the class and the first argument can be filled in?"""
        unit = self.unit
        return (
            isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args and not node.keywords
            and unit.kind not in (UNIT_MODULE, UNIT_CLASS) and unit.argcount > 0
            and unit.scope.way("super") == GLOBAL_IMPLICIT and unit.scope.way("__class__") == FREE
            and not self.table.top.symbols.get("super", 0) & DEF_BOUND
        )  # fmt: skip

    def super_call(self, node: ast.Call) -> None:
        """`super()` as super(__class__, first argument)."""
        self.expr(node.func)
        self.load_name("__class__")
        name = self.unit.scope.parameters[0]
        if name in self.unit.cells:
            self.emit(op.LOAD_DEREF, self.unit.cells[name])
        else:
            self.emit(op.LOAD_FAST, 0)
        self.emit(op.CALL, 2)

    def emit_keyword_call(self, count: int, keywords: Sequence[ast.keyword]) -> None:
        """CALL_KW with `count` arguments, the last of them for the keywords."""
        names = tuple(self.mangled(keyword.arg or "") for keyword in keywords)
        self.emit(op.CALL_KW, count, self.unit.const_index(names))

    def call(self, pushed: int, args: Sequence[ast.expr], keywords: Sequence[ast.keyword]) -> None:
        """Call what lies below `pushed` arguments with those and more."""
        count = pushed + len(args)
        if count + len(keywords) * 2 > STACK_USE_GUIDELINE or has_stars(args, keywords):
            self.call_with_stars(pushed, args, keywords)
            return
        self.exprs(args)
        if not keywords:
            self.emit(op.CALL, count)
            return
        self.exprs([keyword.value for keyword in keywords])
        self.emit_keyword_call(count + len(keywords), keywords)

    def call_with_stars(self, pushed: int, args: Sequence[ast.expr], keywords: Sequence[ast.keyword]) -> None:
        """A call whose arguments are put into a tuple and a dict first."""
        if pushed == 0 and len(args) == 1 and isinstance(args[0], ast.Starred):
            self.expr(args[0].value)
        else:
            self.sequence(args, TUPLE_WAY, pushed)
        if keywords:
            self.keyword_dict(keywords)
        self.emit(op.CALL_FUNCTION_EX, 1 if keywords else 0)

    def keyword_dict(self, keywords: Sequence[ast.keyword]) -> None:
        """Push a dict of keyword arguments, `**mapping` merged where it stands."""
        made = False
        named: list[ast.keyword] = []
        for keyword in keywords:
            if keyword.arg is not None:
                named.append(keyword)
                continue
            made = self.add_keywords(named, made) or made
            named = []
            if not made:
                self.emit(op.BUILD_MAP, 0)
                made = True
            self.expr(keyword.value)
            self.emit(op.DICT_MERGE, 1)
        self.add_keywords(named, made)

    def add_keywords(self, keywords: Sequence[ast.keyword], made: bool) -> bool:
        """Make a dict of named arguments, or merge it into the one `made` already; False if there are none."""
        if not keywords:
            return False
        big = len(keywords) > BIG_KEYWORDS
        if big:
            self.emit(op.BUILD_MAP, 0)
        for keyword in keywords:
            self.emit_const(self.mangled(keyword.arg or ""))
            self.expr(keyword.value)
            if big:
                self.emit(op.MAP_ADD, 1)
        if not big:
            self.emit(op.BUILD_MAP, len(keywords))
        if made:
            self.emit(op.DICT_MERGE, 1)
        return True

    def validate_keywords(self, keywords: Sequence[ast.keyword]) -> None:
        """SyntaxError for a keyword given twice, or named `__debug__`."""
        seen: set[str] = set()
        for keyword in keywords:
            if keyword.arg is None:
                continue
            self.forbid_debug(keyword.arg)
            if keyword.arg in seen:
                raise self.error(f"keyword argument repeated: {keyword.arg}", keyword)
            seen.add(keyword.arg)


def has_stars(args: Sequence[ast.expr], keywords: Sequence[ast.keyword]) -> bool:
    """Is there an argument `*x` or `**x`?"""
    return any(isinstance(arg, ast.Starred) for arg in args) or any(keyword.arg is None for keyword in keywords)
