"""The first pass over the tree: which scopes there are, and what each says about each name.

One method a node that opens a scope, binds a name or may be misplaced; every other node only has its children
visited, in the order of its fields. What is evaluated outside a function (defaults, decorators, annotations, the
first iterable of a comprehension) belongs to the scope around it.

CPython counterpart: Python/symtable.c (symtable_visit_*, symtable_add_def).
"""
from __future__ import annotations

from collections.abc import Callable, Sequence

from minipy.errors import SourceError, Span
from minipy.located import Located
from minipy.syntax import ast
from minipy.syntax.depth import MAX_DEPTH, too_deep
from minipy.syntax.symresolve import Resolver
from minipy.syntax.symtable import (
    ANNOTATION,
    CLASS,
    DEF_ANNOT,
    DEF_COMP_ITER,
    DEF_GLOBAL,
    DEF_IMPORT,
    DEF_LOCAL,
    DEF_NONLOCAL,
    DEF_PARAM,
    FUNCTION,
    MODULE,
    USE,
    Directive,
    Scope,
    SymbolTable,
    mangle,
)


def build(
    tree: ast.mod, filename: str, source: str = "", evaluate_annotations: bool = True, levels: int = MAX_DEPTH
) -> SymbolTable:
    """The resolved symbol table of a tree, of so many levels at most; raises SourceError.

    `source` is only for the error's line.
    """
    collector = Collector(filename, source, evaluate_annotations)
    collector.levels = levels
    top = Scope(MODULE, "top", tree, 0, None, None)
    collector.scope = collector.top = top
    collector.scopes[tree] = top
    collector.children(tree)
    Resolver(filename, source).resolve(top, None, set())
    return SymbolTable(top, collector.scopes, evaluate_annotations)


class Collector:
    """Walks one tree; `scope` is the scope it is in."""

    def __init__(self, filename: str, source: str, evaluate_annotations: bool) -> None:
        self.filename = filename
        self.source = source
        self.evaluate_annotations = evaluate_annotations
        self.scopes: dict[ast.AST, Scope] = {}
        self.top: Scope
        self.scope: Scope
        self.depth = 0
        self.levels = MAX_DEPTH
        self.visitors: dict[type, Callable[[ast.AST], None]] = {}

    # ------------------------------------------------------------ walking
    def visit(self, node: ast.AST) -> None:
        """Collect from one node."""
        kind = node.__class__
        visitor = self.visitors.get(kind)
        if visitor is None:
            visitor = getattr(self, "visit_" + kind.__name__, self.children)
            self.visitors[kind] = visitor
        self.depth += 1
        if self.depth > self.levels:
            raise too_deep(node, self.filename, self.source)
        visitor(node)
        self.depth -= 1

    def children(self, node: ast.AST) -> None:
        """Collect from all children of a node, in the order of its fields."""
        for field in node._fields:
            value = getattr(node, field)
            if value.__class__ is list:
                self.visit_all(value)
            elif isinstance(value, ast.AST):
                self.visit(value)

    def visit_all(self, nodes: Sequence[ast.AST | None]) -> None:
        """Collect from each node of a list; parts left out are None (names in lists are no nodes)."""
        for node in nodes:
            if isinstance(node, ast.AST):
                self.visit(node)

    def visit_optional(self, node: ast.AST | None) -> None:
        """Collect from a part that may be left out."""
        if node is not None:
            self.visit(node)

    # ------------------------------------------------------------ names
    def error(self, message: str, place: Located) -> SourceError:
        """A SyntaxError at a node."""
        return SourceError.at("SyntaxError", message, self.filename, Span.of(place), self.source)

    def record(self, name: str, bits: int, place: Located) -> None:
        """Note `bits` of a name in the scope; SyntaxError for a second parameter of the name."""
        self.record_in(self.scope, name, bits, place)

    def record_in(self, scope: Scope, name: str, bits: int, place: Located) -> None:
        """As `record`, in a scope that may be one around."""
        name = mangle(self.scope.private, name)
        known = scope.symbols.get(name, 0)
        if bits & DEF_PARAM:
            if known & DEF_PARAM:
                raise self.error(f"duplicate argument '{name}' in function definition", place)
            scope.parameters.append(name)
        if scope.in_target:
            if known & (DEF_GLOBAL | DEF_NONLOCAL):
                message = f"comprehension inner loop cannot rebind assignment expression target '{name}'"
                raise self.error(message, place)
            bits |= DEF_COMP_ITER
        scope.symbols[name] = known | bits
        if bits & DEF_GLOBAL:
            self.top.symbols[name] = self.top.symbols.get(name, 0) | bits

    def visit_Name(self, node: ast.Name) -> None:
        self.record(node.id, USE if node.ctx is ast.LOAD or isinstance(node.ctx, ast.Load) else DEF_LOCAL, node)
        if node.id == "super" and self.scope.kind == FUNCTION and isinstance(node.ctx, ast.Load):
            self.record("__class__", USE, node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """A constant names nothing."""

    # ------------------------------------------------------------ scopes
    def enter(self, kind: str, name: str, node: ast.AST, lineno: int, private: str | None) -> Scope:
        """Open a scope inside the present one and make it the present one."""
        scope = Scope(kind, name, node, lineno, private, self.scope)
        scope.in_iterable = self.scope.in_iterable  # also of a lambda in it
        self.scope.children.append(scope)
        self.scopes[node] = scope
        self.scope = scope
        return scope

    def leave(self) -> None:
        """Back to the scope around."""
        assert self.scope.parent is not None
        self.scope = self.scope.parent

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """The name, what is evaluated outside, then the function's own scope."""
        self.record(node.name, DEF_LOCAL, node)
        self.visit_all(node.args.defaults)
        self.visit_all(node.args.kw_defaults)
        self.visit_annotations(node)
        self.visit_all(node.decorator_list)
        self.enter(FUNCTION, node.name, node, node.lineno, self.scope.private)
        self.visit_parameters(node.args)
        self.visit_all(node.body)
        self.leave()

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """Defaults outside, parameters and body in the lambda's own scope."""
        self.visit_all(node.args.defaults)
        self.visit_all(node.args.kw_defaults)
        self.enter(FUNCTION, "lambda", node, node.lineno, self.scope.private)
        self.visit_parameters(node.args)
        self.visit(node.body)
        self.leave()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Bases and decorators outside, the body in the class's own scope."""
        self.record(node.name, DEF_LOCAL, node)
        self.visit_all(node.bases)
        self.visit_all(node.keywords)
        self.visit_all(node.decorator_list)
        self.enter(CLASS, node.name, node, node.lineno, node.name)
        self.visit_all(node.body)
        self.leave()

    def visit_parameters(self, node: ast.arguments) -> None:
        """The parameters, in the order of a code object's first locals."""
        last = [a for a in (node.vararg, node.kwarg) if a is not None]
        for parameter in node.posonlyargs + node.args + node.kwonlyargs + last:
            self.record(parameter.arg, DEF_PARAM, parameter)

    def visit_annotations(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """All annotations of a function's head."""
        args = node.args
        for parameter in args.posonlyargs + args.args:
            self.visit_annotation(parameter.annotation)
        for starred in (args.vararg, args.kwarg):
            if starred is not None:
                self.visit_annotation(starred.annotation)
        for parameter in args.kwonlyargs:
            self.visit_annotation(parameter.annotation)
        self.visit_annotation(node.returns)

    def visit_annotation(self, node: ast.expr | None) -> None:
        """One annotation; in a scope of its own where annotations are kept as text."""
        if node is None:
            return
        if self.evaluate_annotations:
            self.visit(node)
            return
        self.enter(ANNOTATION, "_annotation", node, node.lineno, self.scope.private)
        self.visit(node)
        self.leave()
        self.scope.children.pop()  # its names are never looked up

    # ------------------------------------------------------------ comprehensions
    def visit_ListComp(self, node: ast.ListComp) -> None:
        self.comprehension(node, "list comprehension", "listcomp", node.generators, node.elt, None)

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self.comprehension(node, "set comprehension", "setcomp", node.generators, node.elt, None)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self.comprehension(node, "generator expression", "genexpr", node.generators, node.elt, None)

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self.comprehension(node, "dict comprehension", "dictcomp", node.generators, node.key, node.value)

    def comprehension(
        self, node: ast.expr, title: str, name: str,
        generators: list[ast.comprehension], element: ast.expr, value: ast.expr | None,
    ) -> None:  # fmt: skip
        """A function of one parameter `.0`, the iterator of its first iterable."""
        self.scope.in_iterable += 1
        self.visit(generators[0].iter)
        self.scope.in_iterable -= 1
        scope = self.enter(FUNCTION, name, node, node.lineno, self.scope.private)
        scope.comprehension = title
        scope.is_generator = name == "genexpr"
        self.record(".0", DEF_PARAM, node)
        for index, generator in enumerate(generators):
            scope.in_target = True
            self.visit(generator.target)
            scope.in_target = False
            if index > 0:
                scope.in_iterable += 1
                self.visit(generator.iter)
                scope.in_iterable -= 1
            self.visit_all(generator.ifs)
        self.visit_optional(value)
        self.visit(element)
        self.leave()

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        """A walrus; inside a comprehension it binds outside of it."""
        self.forbid_in_annotation("named expression", node)
        if self.scope.in_iterable:
            raise self.error("assignment expression cannot be used in a comprehension iterable expression", node)
        if self.scope.comprehension:
            self.bind_outside(node.target)
        self.visit(node.value)
        self.visit(node.target)

    def bind_outside(self, target: ast.Name) -> None:
        """A walrus in a comprehension binds in the function or module around (PEP 572)."""
        name = target.id
        scope: Scope | None = self.scope
        while scope is not None and scope.comprehension:
            if scope.symbols.get(mangle(scope.private, name), 0) & DEF_COMP_ITER:
                message = f"assignment expression cannot rebind comprehension iteration variable '{name}'"
                raise self.error(message, target)
            scope = scope.parent
        assert scope is not None
        if scope.kind == CLASS:
            raise self.error("assignment expression within a comprehension cannot be used in a class body", target)
        is_global = scope.kind == MODULE or scope.symbols.get(mangle(scope.private, name), 0) & DEF_GLOBAL
        self.record(name, DEF_GLOBAL if is_global else DEF_NONLOCAL, target)
        self.declare(name, target)
        self.record_in(scope, name, DEF_GLOBAL if scope.kind == MODULE else DEF_LOCAL, target)

    # ------------------------------------------------------------ statements that bind
    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """An annotated target; only a plain name is bound by the annotation itself."""
        if isinstance(node.target, ast.Name):
            self.annotated_name(node, node.target)
        else:
            self.visit(node.target)
        self.visit_annotation(node.annotation)
        self.visit_optional(node.value)

    def annotated_name(self, node: ast.AnnAssign, target: ast.Name) -> None:
        """`name: annotation`, with a value or without."""
        known = self.scope.symbols.get(mangle(self.scope.private, target.id), 0)
        if known & (DEF_GLOBAL | DEF_NONLOCAL) and node.simple and self.scope.kind != MODULE:
            declared = "global" if known & DEF_GLOBAL else "nonlocal"
            raise self.error(f"annotated name '{target.id}' can't be {declared}", node)
        if node.simple:
            self.record(target.id, DEF_ANNOT | DEF_LOCAL, target)
        elif node.value is not None:
            self.record(target.id, DEF_LOCAL, target)

    def visit_Global(self, node: ast.Global) -> None:
        self.declaration(node, node.names, "global", DEF_GLOBAL)

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self.declaration(node, node.names, "nonlocal", DEF_NONLOCAL)

    def declaration(self, node: ast.stmt, names: list[str], word: str, bit: int) -> None:
        """`global` or `nonlocal`: must come before any other mention of the name."""
        for name in names:
            known = self.scope.symbols.get(mangle(self.scope.private, name), 0)
            if known & DEF_PARAM:
                raise self.error(f"name '{name}' is parameter and {word}", node)
            if known & USE:
                raise self.error(f"name '{name}' is used prior to {word} declaration", node)
            if known & DEF_ANNOT:
                raise self.error(f"annotated name '{name}' can't be {word}", node)
            if known & DEF_LOCAL:
                raise self.error(f"name '{name}' is assigned to before {word} declaration", node)
            self.record(name, bit, node)
            self.declare(name, node)

    def declare(self, name: str, place: Located) -> None:
        """Remember where a name was declared, for errors found later."""
        self.scope.directives.append(Directive(mangle(self.scope.private, name), Span.of(place)))

    def visit_alias(self, node: ast.alias) -> None:
        if node.name == "*":
            if self.scope.kind != MODULE:
                raise self.error("import * only allowed at module level", node)
            return
        self.record(node.asname or node.name.partition(".")[0], DEF_IMPORT, node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self.visit_optional(node.type)
        if node.name is not None:
            self.record(node.name, DEF_LOCAL, node)
        self.visit_all(node.body)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name is not None:
            self.record(node.name, DEF_LOCAL, node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        self.visit_optional(node.pattern)
        if node.name is not None:
            self.record(node.name, DEF_LOCAL, node)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self.visit_all(node.keys)
        self.visit_all(node.patterns)
        if node.rest is not None:
            self.record(node.rest, DEF_LOCAL, node)

    # ------------------------------------------------------------ what may be misplaced
    def visit_Yield(self, node: ast.Yield | ast.YieldFrom) -> None:
        self.forbid_in_annotation("yield expression", node)
        self.visit_optional(node.value)
        self.scope.is_generator = True
        if self.scope.comprehension:
            raise self.error(f"'yield' inside {self.scope.comprehension}", node)

    def visit_YieldFrom(self, node: ast.YieldFrom) -> None:
        self.visit_Yield(node)

    def visit_Await(self, node: ast.Await) -> None:
        self.forbid_in_annotation("await expression", node)
        self.visit(node.value)

    def forbid_in_annotation(self, what: str, node: ast.expr) -> None:
        """Some expressions make no sense in an annotation that is kept as text."""
        if self.scope.kind == ANNOTATION:
            raise self.error(f"'{what}' can not be used within an annotation", node)
