"""Expressions back to text: what an annotation is under `from __future__ import annotations`.

Each method gets the level of what stands around it and adds parentheses where its own binds weaker.

CPython counterpart: Python/ast_unparse.c.
"""
from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from minipy.syntax import ast

TUPLE: Final = 0
TEST: Final = 1  # lambda, x if c else y
OR: Final = 2
AND: Final = 3
NOT: Final = 4
COMPARISON: Final = 5
BIT_OR: Final = 6
FACTOR: Final = 12
ATOM: Final = 15
BINARY: Final = MappingProxyType({
    "BitOr": (" | ", 6), "BitXor": (" ^ ", 7), "BitAnd": (" & ", 8), "LShift": (" << ", 9), "RShift": (" >> ", 9),
    "Add": (" + ", 10), "Sub": (" - ", 10), "Mult": (" * ", 11), "MatMult": (" @ ", 11), "Div": (" / ", 11),
    "Mod": (" % ", 11), "FloorDiv": (" // ", 11), "Pow": (" ** ", 13),
})  # fmt: skip
UNARY: Final = MappingProxyType({"Not": ("not ", NOT), "USub": ("-", FACTOR), "UAdd": ("+", FACTOR),
                                 "Invert": ("~", FACTOR)})  # fmt: skip
COMPARISONS: Final = MappingProxyType({
    "Eq": " == ", "NotEq": " != ", "Lt": " < ", "LtE": " <= ", "Gt": " > ", "GtE": " >= ", "Is": " is ",
    "IsNot": " is not ", "In": " in ", "NotIn": " not in ",
})  # fmt: skip
INFINITY: Final = "1e309"


def unparse(node: ast.expr) -> str:
    """The text of an expression."""
    return text(node, TEST)


def text(node: ast.expr, level: int) -> str:
    """The text of an expression that stands in something of that level."""
    writer = getattr(Unparser, type(node).__name__)
    written = writer(node, level)
    assert isinstance(written, str)
    return written


def texts(nodes: Sequence[ast.expr], level: int = TEST) -> str:
    """Several, separated by commas."""
    return ", ".join(text(node, level) for node in nodes)


def optional(node: ast.expr | None, level: int = TEST) -> str:
    """The text of a part that may be left out."""
    return "" if node is None else text(node, level)


def enclose(written: str, wanted: bool) -> str:
    """In parentheses, if wanted."""
    return f"({written})" if wanted else written


class Unparser:
    """One method a class of nodes."""

    @staticmethod
    def BoolOp(node: ast.BoolOp, level: int) -> str:
        own, word = (AND, " and ") if isinstance(node.op, ast.And) else (OR, " or ")
        return enclose(word.join(text(value, own + 1) for value in node.values), level > own)

    @staticmethod
    def BinOp(node: ast.BinOp, level: int) -> str:
        sign, own = BINARY[type(node.op).__name__]
        right_first = isinstance(node.op, ast.Pow)
        written = text(node.left, own + right_first) + sign + text(node.right, own + (not right_first))
        return enclose(written, level > own)

    @staticmethod
    def UnaryOp(node: ast.UnaryOp, level: int) -> str:
        sign, own = UNARY[type(node.op).__name__]
        return enclose(sign + text(node.operand, own), level > own)

    @staticmethod
    def Compare(node: ast.Compare, level: int) -> str:
        rest = zip(node.ops, node.comparators, strict=True)
        written = "".join(COMPARISONS[type(kind).__name__] + text(operand, COMPARISON + 1) for kind, operand in rest)
        return enclose(text(node.left, COMPARISON + 1) + written, level > COMPARISON)

    @staticmethod
    def IfExp(node: ast.IfExp, level: int) -> str:
        condition = f"{text(node.body, TEST + 1)} if {text(node.test, TEST + 1)} else {text(node.orelse, TEST)}"
        return enclose(condition, level > TEST)

    @staticmethod
    def Lambda(node: ast.Lambda, level: int) -> str:
        space = " " if node.args.args or node.args.posonlyargs else ""
        return enclose(f"lambda{space}{parameters(node.args)}: {text(node.body, TEST)}", level > TEST)

    @staticmethod
    def NamedExpr(node: ast.NamedExpr, level: int) -> str:
        return enclose(f"{text(node.target, ATOM)} := {text(node.value, ATOM)}", level > TUPLE)

    @staticmethod
    def Dict(node: ast.Dict, level: int) -> str:
        items = [
            f"**{text(value, BIT_OR)}" if key is None else f"{text(key, TEST)}: {text(value, TEST)}"
            for key, value in zip(node.keys, node.values, strict=True)
        ]
        return "{" + ", ".join(items) + "}"

    @staticmethod
    def Set(node: ast.Set, level: int) -> str:
        return "{" + texts(node.elts) + "}"

    @staticmethod
    def List(node: ast.List, level: int) -> str:
        return "[" + texts(node.elts) + "]"

    @staticmethod
    def Tuple(node: ast.Tuple, level: int) -> str:
        if not node.elts:
            return "()"
        return enclose(texts(node.elts) + "," * (len(node.elts) == 1), level > TUPLE)

    @staticmethod
    def ListComp(node: ast.ListComp, level: int) -> str:
        return f"[{text(node.elt, TEST)}{loops(node.generators)}]"

    @staticmethod
    def SetComp(node: ast.SetComp, level: int) -> str:
        return f"{{{text(node.elt, TEST)}{loops(node.generators)}}}"

    @staticmethod
    def GeneratorExp(node: ast.GeneratorExp, level: int) -> str:
        return f"({text(node.elt, TEST)}{loops(node.generators)})"

    @staticmethod
    def DictComp(node: ast.DictComp, level: int) -> str:
        return f"{{{text(node.key, TEST)}: {text(node.value, TEST)}{loops(node.generators)}}}"

    @staticmethod
    def Call(node: ast.Call, level: int) -> str:
        """A generator expression as the only argument brings its own parentheses."""
        function = text(node.func, ATOM)
        if len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp) and not node.keywords:
            return function + text(node.args[0], TEST)
        named = [f"{k.arg}=" if k.arg is not None else "**" for k in node.keywords]
        arguments = [text(argument, TEST) for argument in node.args]
        arguments += [name + text(k.value, TEST) for name, k in zip(named, node.keywords, strict=True)]
        return f"{function}({', '.join(arguments)})"

    @staticmethod
    def Attribute(node: ast.Attribute, level: int) -> str:
        owner = node.value
        dot = " ." if isinstance(owner, ast.Constant) and isinstance(owner.value, int) else "."
        return text(owner, ATOM) + dot + node.attr

    @staticmethod
    def Subscript(node: ast.Subscript, level: int) -> str:
        return f"{text(node.value, ATOM)}[{text(node.slice, TUPLE)}]"

    @staticmethod
    def Slice(node: ast.Slice, level: int) -> str:
        step = "" if node.step is None else f":{text(node.step, TEST)}"
        return f"{optional(node.lower)}:{optional(node.upper)}{step}"

    @staticmethod
    def Starred(node: ast.Starred, level: int) -> str:
        return "*" + text(node.value, BIT_OR)

    @staticmethod
    def Name(node: ast.Name, level: int) -> str:
        return node.id

    @staticmethod
    def Constant(node: ast.Constant, level: int) -> str:
        """A literal; an infinite float has none, so it is written as one too large."""
        if node.value is ...:
            return "..."
        written = repr(node.value)
        if isinstance(node.value, float | complex):
            written = written.replace("inf", INFINITY)
        return ("u" if node.kind is not None else "") + written

    @staticmethod
    def JoinedStr(node: ast.JoinedStr, level: int) -> str:
        return "f" + repr("".join(piece(value) for value in node.values))

    @staticmethod
    def FormattedValue(node: ast.FormattedValue, level: int) -> str:
        return "f" + repr(piece(node))

    @staticmethod
    def Yield(node: ast.Yield, level: int) -> str:
        return "(yield)" if node.value is None else f"(yield {text(node.value, TEST)})"

    @staticmethod
    def YieldFrom(node: ast.YieldFrom, level: int) -> str:
        return f"(yield from {text(node.value, TEST)})"


def loops(generators: Sequence[ast.comprehension]) -> str:
    """The `for` and `if` parts of a comprehension."""
    written = ""
    for generator in generators:
        written += f" for {text(generator.target, TUPLE)} in {text(generator.iter, TEST + 1)}"
        written += "".join(f" if {text(condition, TEST + 1)}" for condition in generator.ifs)
    return written


def parameters(node: ast.arguments) -> str:
    """A lambda's parameters."""
    positional = node.posonlyargs + node.args
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(node.defaults))
    written = [parameter(p, d) for p, d in zip(positional, defaults + list(node.defaults), strict=True)]
    if node.posonlyargs:
        written.insert(len(node.posonlyargs), "/")
    if node.vararg is not None:
        written.append("*" + node.vararg.arg)
    elif node.kwonlyargs:
        written.append("*")
    written += [parameter(p, d) for p, d in zip(node.kwonlyargs, node.kw_defaults, strict=True)]
    if node.kwarg is not None:
        written.append("**" + node.kwarg.arg)
    return ", ".join(written)


def parameter(node: ast.arg, default: ast.expr | None) -> str:
    """One parameter."""
    return node.arg if default is None else f"{node.arg}={text(default, TEST)}"


def piece(node: ast.expr) -> str:
    """A part of an f-string, without quotes."""
    if isinstance(node, ast.Constant):
        return str(node.value).replace("{", "{{").replace("}", "}}")
    if isinstance(node, ast.JoinedStr):
        return "".join(piece(value) for value in node.values)
    assert isinstance(node, ast.FormattedValue)
    inner = text(node.value, TEST + 1)
    conversion = "" if node.conversion < 0 else "!" + chr(node.conversion)
    spec = "" if node.format_spec is None else ":" + piece(node.format_spec)
    return "{" + " " * inner.startswith("{") + inner + conversion + spec + "}"
