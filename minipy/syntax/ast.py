"""The syntax tree: one stanza per node, with CPython 3.11's names, fields and positions.

How a stanza reads: see `node.py`.  Operators and contexts are nodes without fields; one shared instance of each
is enough (`LOAD`, `STORE`, `DEL`).  Type comments are not read: `type_comment` is always None and `type_ignores`
always empty.  How deep a tree may be nested is for those who walk it (`depth.py`): the parser has no limit but
CPython's, 200 open brackets and 100 indentations.

CPython counterpart: Parser/Python.asdl.
"""
from __future__ import annotations

from types import EllipsisType
from typing import Final, TypeAlias

from minipy.syntax.node import AST as AST
from minipy.syntax.node import dump as dump
from minipy.syntax.node import located

constant: TypeAlias = str | bytes | int | float | complex | bool | None | EllipsisType
singleton: TypeAlias = bool | None

# the kinds of nodes, as an annotation names them
class mod(AST): ...
class stmt(located): ...
class expr(located): ...
class pattern(located): ...
class excepthandler(located): ...
class type_ignore(AST): ...
class expr_context(AST): ...
class operator(AST): ...
class unaryop(AST): ...
class boolop(AST): ...
class cmpop(AST): ...

# modules
class Module(mod):
    body: list[stmt]
    type_ignores: list[type_ignore]

class Interactive(mod):
    body: list[stmt]

class Expression(mod):
    body: expr

# statements
class FunctionDef(stmt):
    name: str
    args: arguments
    body: list[stmt]
    decorator_list: list[expr]
    returns: expr | None
    type_comment: str | None = None

class AsyncFunctionDef(stmt):
    name: str
    args: arguments
    body: list[stmt]
    decorator_list: list[expr]
    returns: expr | None
    type_comment: str | None = None

class ClassDef(stmt):
    name: str
    bases: list[expr]
    keywords: list[keyword]
    body: list[stmt]
    decorator_list: list[expr]

class Return(stmt):
    value: expr | None = None

class Delete(stmt):
    targets: list[expr]

class Assign(stmt):
    targets: list[expr]
    value: expr
    type_comment: str | None = None

class AugAssign(stmt):
    target: Name | Attribute | Subscript
    op: operator
    value: expr

class AnnAssign(stmt):
    target: Name | Attribute | Subscript
    annotation: expr
    value: expr | None
    simple: int

class For(stmt):
    target: expr
    iter: expr
    body: list[stmt]
    orelse: list[stmt]
    type_comment: str | None = None

class AsyncFor(stmt):
    target: expr
    iter: expr
    body: list[stmt]
    orelse: list[stmt]
    type_comment: str | None = None

class While(stmt):
    test: expr
    body: list[stmt]
    orelse: list[stmt]

class If(stmt):
    test: expr
    body: list[stmt]
    orelse: list[stmt]

class With(stmt):
    items: list[withitem]
    body: list[stmt]
    type_comment: str | None = None

class AsyncWith(stmt):
    items: list[withitem]
    body: list[stmt]
    type_comment: str | None = None

class Match(stmt):
    subject: expr
    cases: list[match_case]

class Raise(stmt):
    exc: expr | None = None
    cause: expr | None = None

class Try(stmt):
    body: list[stmt]
    handlers: list[ExceptHandler]
    orelse: list[stmt]
    finalbody: list[stmt]

class TryStar(stmt):
    body: list[stmt]
    handlers: list[ExceptHandler]
    orelse: list[stmt]
    finalbody: list[stmt]

class Assert(stmt):
    test: expr
    msg: expr | None = None

class Import(stmt):
    names: list[alias]

class ImportFrom(stmt):
    module: str | None
    names: list[alias]
    level: int

class Global(stmt):
    names: list[str]

class Nonlocal(stmt):
    names: list[str]

class Expr(stmt):
    value: expr

class Pass(stmt): ...
class Break(stmt): ...
class Continue(stmt): ...

# expressions
class BoolOp(expr):
    op: boolop
    values: list[expr]

class NamedExpr(expr):
    target: Name
    value: expr

class BinOp(expr):
    left: expr
    op: operator
    right: expr

class UnaryOp(expr):
    op: unaryop
    operand: expr

class Lambda(expr):
    args: arguments
    body: expr

class IfExp(expr):
    test: expr
    body: expr
    orelse: expr

class Dict(expr):
    keys: list[expr | None]  # None for `**value`
    values: list[expr]

class Set(expr):
    elts: list[expr]

class ListComp(expr):
    elt: expr
    generators: list[comprehension]

class SetComp(expr):
    elt: expr
    generators: list[comprehension]

class DictComp(expr):
    key: expr
    value: expr
    generators: list[comprehension]

class GeneratorExp(expr):
    elt: expr
    generators: list[comprehension]

class Await(expr):
    value: expr

class Yield(expr):
    value: expr | None = None

class YieldFrom(expr):
    value: expr

class Compare(expr):
    left: expr
    ops: list[cmpop]
    comparators: list[expr]

class Call(expr):
    func: expr
    args: list[expr]
    keywords: list[keyword]

class FormattedValue(expr):
    value: expr
    conversion: int  # -1, or the character code of s, r or a
    format_spec: expr | None = None

class JoinedStr(expr):
    values: list[expr]

class Constant(expr):
    value: constant
    kind: str | None = None  # "u" for a string written with that prefix

class Attribute(expr):
    value: expr
    attr: str
    ctx: expr_context

class Subscript(expr):
    value: expr
    slice: expr
    ctx: expr_context

class Starred(expr):
    value: expr
    ctx: expr_context

class Name(expr):
    id: str
    ctx: expr_context

class List(expr):
    elts: list[expr]
    ctx: expr_context

class Tuple(expr):
    elts: list[expr]
    ctx: expr_context

class Slice(expr):
    lower: expr | None = None
    upper: expr | None = None
    step: expr | None = None

# helpers of statements and expressions
class comprehension(AST):
    target: expr
    iter: expr
    ifs: list[expr]
    is_async: int

class ExceptHandler(excepthandler):
    type: expr | None
    name: str | None
    body: list[stmt]

class arguments(AST):
    posonlyargs: list[arg]
    args: list[arg]
    vararg: arg | None
    kwonlyargs: list[arg]
    kw_defaults: list[expr | None]  # one for each of kwonlyargs
    kwarg: arg | None
    defaults: list[expr]  # of the last of posonlyargs and args

class arg(located):
    arg: str
    annotation: expr | None
    type_comment: str | None = None

class keyword(located):
    arg: str | None  # None for `**value`
    value: expr

class alias(located):
    name: str
    asname: str | None = None

class withitem(AST):
    context_expr: expr
    optional_vars: expr | None = None

# patterns
class match_case(AST):
    pattern: pattern
    guard: expr | None
    body: list[stmt]

class MatchValue(pattern):
    value: expr

class MatchSingleton(pattern):
    value: singleton

class MatchSequence(pattern):
    patterns: list[pattern]

class MatchMapping(pattern):
    keys: list[expr]
    patterns: list[pattern]
    rest: str | None

class MatchClass(pattern):
    cls: expr
    patterns: list[pattern]
    kwd_attrs: list[str]
    kwd_patterns: list[pattern]

class MatchStar(pattern):
    name: str | None

class MatchAs(pattern):
    pattern: pattern | None = None  # None for a capture
    name: str | None = None  # None for the wildcard `_`

class MatchOr(pattern):
    patterns: list[pattern]

# contexts and operators
class Load(expr_context): ...
class Store(expr_context): ...
class Del(expr_context): ...
class And(boolop): ...
class Or(boolop): ...
class Add(operator): ...
class Sub(operator): ...
class Mult(operator): ...
class MatMult(operator): ...
class Div(operator): ...
class Mod(operator): ...
class Pow(operator): ...
class LShift(operator): ...
class RShift(operator): ...
class BitOr(operator): ...
class BitXor(operator): ...
class BitAnd(operator): ...
class FloorDiv(operator): ...
class Invert(unaryop): ...
class Not(unaryop): ...
class UAdd(unaryop): ...
class USub(unaryop): ...
class Eq(cmpop): ...
class NotEq(cmpop): ...
class Lt(cmpop): ...
class LtE(cmpop): ...
class Gt(cmpop): ...
class GtE(cmpop): ...
class Is(cmpop): ...
class IsNot(cmpop): ...
class In(cmpop): ...
class NotIn(cmpop): ...


LOAD: Final = Load()
STORE: Final = Store()
DEL: Final = Del()
