"""What every node of the syntax tree is made of: the stanza reader, the position, and `dump`.

`ast.py` is a list of stanzas.  A stanza is a row of the language's abstract grammar: the class is the node,
the annotations are its fields in order, `| None` marks the optional ones.  From it come `__slots__`,
`_fields` and `__init__`:

    class BinOp(expr):            BinOp(left, op, right, lineno=1, col_offset=0, end_lineno=1, end_col_offset=5)
        left: expr                BinOp._fields == ("left", "op", "right")
        op: operator
        right: expr

CPython counterpart: Parser/asdl_c.py and its output Python-ast.c; Lib/ast.py for `dump`.
"""
from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final, cast, dataclass_transform

POSITION: Final = ("lineno", "col_offset", "end_lineno", "end_col_offset")


def position(*, default: int = 0, kw_only: bool = True) -> int:
    """Declare a position attribute: a keyword argument of the node's constructor, 0 when left out."""
    return default


def _make_init(fields: tuple[str, ...], defaulted: frozenset[str], located: bool) -> Callable[..., None]:
    """Write the constructor a stanza stands for."""
    parameters = ["self"] + [f + "=None" * (f in defaulted) for f in fields]
    if located:
        parameters += ["*"] + [p + "=0" for p in POSITION]
    stores = [f" self.{f} = {f}\n" for f in fields + POSITION * located] or [" pass\n"]
    namespace: dict[str, Callable[..., None]] = {}
    exec(f"def __init__({', '.join(parameters)}):\n{''.join(stores)}", namespace)
    return namespace["__init__"]


@dataclass_transform(field_specifiers=(position,))
class _Stanza(type):
    """The metaclass that reads a stanza's annotations (all in one class: nodes do not inherit fields)."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, object]) -> _Stanza:
        declared = cast("dict[str, str]", namespace.get("__annotations__", {}))
        fields = tuple(f for f in declared if f not in POSITION and not f.startswith("_"))
        defaulted = frozenset(f for f in fields if f in namespace)
        located = "lineno" in declared or any(getattr(base, "_attributes", ()) for base in bases)
        for attribute in declared:
            namespace.pop(attribute, None)
        namespace["__slots__"] = fields + (POSITION if "lineno" in declared else ())
        namespace["_fields"] = fields
        namespace["_optional"] = frozenset(f for f in fields if declared[f].endswith("| None"))
        namespace["_attributes"] = POSITION if located else ()
        namespace["__init__"] = _make_init(fields, defaulted, located)
        return super().__new__(mcs, name, bases, namespace)


class AST(metaclass=_Stanza):
    """Any node. `_optional`: the fields that may be None; `_attributes`: `POSITION`, or () where there is none."""

    _fields: ClassVar[tuple[str, ...]]
    _optional: ClassVar[frozenset[str]]
    _attributes: ClassVar[tuple[str, ...]]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} node>"


class located(AST):
    """A node with a position: lines from 1, columns in UTF-8 bytes from 0, the end exclusive.

    Not a class of CPython's, where each kind of node repeats the four attributes.
    """

    lineno: int = position(kw_only=True, default=0)
    col_offset: int = position(kw_only=True, default=0)
    end_lineno: int = position(kw_only=True, default=0)
    end_col_offset: int = position(kw_only=True, default=0)


def dump(node: AST, indent: int | None = 2, include_attributes: bool = False) -> str:
    """The tree as text, as the host's `ast.dump` writes it; on one line where `indent` is None.

    Not recursive: a tree may be as deep as it likes. A value waits on `work` for the texts of its parts.
    """
    work: list[tuple[object, int, bool]] = [(node, 1, False)]
    texts: list[tuple[str, bool]] = []  # finished, each with whether it is short: may share a line with others
    while work:
        value, level, is_open = work.pop()
        if not isinstance(value, (AST, list)):
            texts.append((repr(value), True))
            continue
        parts = _parts(value, include_attributes)
        if not is_open:
            work.append((value, level, True))
            work += [(part, level + 1, False) for _, part in reversed(parts)]
            continue
        first = len(texts) - len(parts)
        items = [name + text for (name, _), (text, _) in zip(parts, texts[first:], strict=True)]
        is_short = isinstance(value, AST) and len(items) <= 3 and all(short for _, short in texts[first:])
        text = _layout(items, None if is_short or not items else indent, level)
        texts[first:] = [(_enclose(value, text), not items)]
    return texts[0][0]


def _parts(value: AST | list[object], attributes: bool) -> list[tuple[str, object]]:
    """What the text of a node or a list consists of: names with their `=`, and values."""
    if isinstance(value, list):
        return [("", part) for part in value]
    shown = [f for f in value._fields if getattr(value, f) is not None or f not in value._optional]
    return [(f"{name}=", getattr(value, name)) for name in (*shown, *value._attributes * attributes)]


def _enclose(value: AST | list[object], text: str) -> str:
    return f"[{text}]" if isinstance(value, list) else f"{type(value).__name__}({text})"


def _layout(items: list[str], indent: int | None, level: int) -> str:
    """The items, each on its own line at `level`; on one line where `indent` is None."""
    if indent is None:
        return ", ".join(items)
    newline = "\n" + " " * (indent * level)
    return newline + ("," + newline).join(items)
