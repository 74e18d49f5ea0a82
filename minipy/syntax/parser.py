"""Source text to syntax tree: the door of the front end, and the only module that knows Lark.

    parse(text, "fib.mp")      text -> lexer.Scan -> lalr.Machine with the builders -> ast.Module, or SourceError

Lark reads grammar/minipy.lark and computes its LALR(1) tables.  That takes half a second, so the tables, plain
strings, numbers and tuples, are kept in a file in the user's cache directory, named by what they depend on; later
starts load them in a few milliseconds and do not import Lark.  Where no file can be written all works as well.

CPython counterpart: Parser/pegen.c; Tools/peg_generator makes its parser from Grammar/python.gram.
"""
from __future__ import annotations

import functools
import hashlib
import marshal
import os
import sys
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, cast, overload

from minipy.errors import SourceError, line_of
from minipy.syntax import ast, build_args, build_expr, build_pattern, build_stmt, literals
from minipy.syntax.escapes import utf8
from minipy.syntax.lalr import END, Builder, Machine, Rule, Stuck
from minipy.syntax.lastline import end_without_newline, is_closed
from minipy.syntax.lexer import Scan, Vocabulary
from minipy.syntax.messages import explain, plain
from minipy.syntax.softwords import unmark
from minipy.syntax.source import decode, scanner_text
from minipy.syntax.token import Fault, Token
from minipy.syntax.token import fault as fault_at
from minipy.usercache import cache_directory

Mode: TypeAlias = Literal["exec", "eval", "single"]
START_RULES: Final = {"exec": "file_input", "eval": "eval_input", "single": "single_input"}
PROBES: Final = (  # rules that `site.py` parses by
    "atom", "primary", "bitwise_or", "disjunction", "expression", "star_expressions", "yield_expression",
    "comprehension",
)
BUILDERS: Final = (build_expr, build_args, build_stmt, build_pattern)
FORMAT: Final = 7  # of the tables; to be raised when their layout changes

# fixed terminals (text, name), others (name, pattern), actions by state, rules (as `lalr.Rule`), start states
Tables: TypeAlias = tuple[
    list[tuple[str, str]],
    list[tuple[str, str]],
    list[dict[str, int]],
    list[tuple[str, int, tuple[int | None, ...], str]],
    dict[str, int],
]


class Parser:
    """The grammar ready for use; it holds nothing of what is parsed."""

    def __init__(self, tables: Tables) -> None:
        fixed, patterns, states, rules, starts = tables
        self.vocabulary = Vocabulary(fixed, patterns)
        made = [Rule(origin, size, keep, self._builder(name)) for origin, size, keep, name in rules]
        self.machine = Machine(states, made, starts)

    def _builder(self, name: str) -> Builder | None:
        """The function of that name; none for what only hands on a value ("") and for a list (`_name`)."""
        if name == "strings":
            return functools.partial(literals.strings, self.parse_field)
        if not name or name.startswith("_"):
            return None
        return cast(Builder, next(getattr(module, name) for module in BUILDERS if hasattr(module, name)))

    def scan(self, text: str, filename: str) -> Scan:
        """The tokens of a program, whose first line is line 1; of no text at all, the end is in line 0."""
        return Scan(self.vocabulary, "\n" + scanner_text(text, filename), 0 if text else -1, 0)

    def build(self, scan: Scan, start: str) -> object:
        """The tree of the tokens; raises the Fault that CPython would report."""
        try:
            return self.machine.run(scan.tokens, start)
        except Stuck as stuck:
            raise explain(self.machine, scan, start, stuck) from None

    def parse_field(self, text: str, lineno: int, column: int) -> ast.expr:
        """The expression of a replacement field: `text`, in parentheses, which is at `column` of a line."""
        try:
            tree = self.build(Scan(self.vocabulary, text + "\n", lineno, -column), "eval_input")
        except Fault:
            raise self._field_fault(text, lineno) from None
        assert isinstance(tree, ast.Expression)
        return tree.body

    def _field_fault(self, text: str, lineno: int) -> Fault:
        """The fault of a replacement field, placed in its text and not in the line."""
        scan = Scan(self.vocabulary, text + "\n", lineno, 0)
        try:
            self.build(scan, "eval_input")
        except Fault as fault:
            assert fault.span is not None
            if not fault.text and fault.message:  # not in a field of this field
                fault.text = line_of(utf8(text), fault.span.lineno - lineno + 1)
                fault.message = ("" if fault is scan.fault else "f-string: ") + fault.message
            return fault
        raise AssertionError("a fault that depends on the column")


@functools.cache
def parser() -> Parser:
    """The parser, made when it is first wanted; it never changes."""
    return Parser(load_tables())


@overload
def parse(source: str | bytes, filename: str, mode: Literal["exec"] = "exec") -> ast.Module: ...
@overload
def parse(source: str | bytes, filename: str, mode: Literal["eval"]) -> ast.Expression: ...
@overload
def parse(source: str | bytes, filename: str, mode: Literal["single"]) -> ast.Interactive: ...
def parse(source: str | bytes, filename: str, mode: Mode = "exec") -> ast.Module | ast.Expression | ast.Interactive:
    """The tree of a program, an expression or an interactive statement; raises SourceError and nothing else."""
    text = decode(source, filename)
    if mode == "exec":
        text = _ended(source, text)
    scan = parser().scan(text, filename)
    if mode != "exec":
        end_without_newline(scan, text)
    try:
        if mode == "single":
            return _single_statement(scan, text)
        if mode == "eval":
            unmark(scan.tokens)
        tree = parser().build(scan, START_RULES[mode])
    except Fault as fault:
        raise _located(fault, text, filename) from None
    assert isinstance(tree, (ast.Module, ast.Expression))
    return tree


def _ended(source: str | bytes, text: str) -> str:
    """A text with the newline that CPython adds to it: to one that ends in \\r\\n, too."""
    added = not text.endswith("\n") or isinstance(source, str) and source.endswith("\r\n")
    return text + "\n" if text and added else text


def _single_statement(scan: Scan, text: str) -> ast.Interactive:
    """The tree of a text that is to be one statement; raises Fault."""
    try:
        tree = parser().build(scan, START_RULES["single"])
    except Fault:
        first = _first_line(scan)
        if first is None:
            raise
        return first
    assert isinstance(tree, ast.Interactive)
    if not _is_simple(tree) and not is_closed(scan, text):
        raise plain(scan.tokens[-1])
    return tree


def _located(fault: Fault, text: str, filename: str) -> SourceError:
    """The fault with its file and its line."""
    assert fault.span is not None
    return SourceError(fault.kind, fault.message, filename, fault.span, fault.text or line_of(text, fault.span.lineno))


def _first_line(scan: Scan) -> ast.Interactive | None:
    """The tree of the first line, if that is a statement without a block; raises Fault if more follows it."""
    tokens = scan.tokens
    end = next((i for i, token in enumerate(tokens) if token.type == "_NEWLINE"), len(tokens))
    try:
        tree = parser().machine.run([*tokens[: end + 1], tokens[min(end, len(tokens) - 1)].copy(END)], "single_input")
    except Stuck:
        return None
    assert isinstance(tree, ast.Interactive)
    if not _is_simple(tree):
        return None
    if any(token.type not in ("_INDENT", END) for token in tokens[end + 1 :]):
        raise fault_at("multiple statements found while compiling a single statement", tokens[end])
    return tree


def _is_simple(tree: ast.Interactive) -> bool:
    """Whether an interactive statement has no block, which an empty line would have to end."""
    return not any("body" in statement._fields or isinstance(statement, ast.Match) for statement in tree.body)


def is_incomplete(source: str, filename: str = "<stdin>") -> bool:
    """Whether a statement typed in lines, the last without its newline, wants more of them.

    It does as long as a bracket, a string or a block is open; a block is ended by an empty line. A statement that is
    wrong whatever may follow wants no more. CPython counterpart: Lib/codeop.py.
    """
    scan = parser().scan(decode(source, filename), filename)
    if scan.tokens[0].type == END:
        return False
    try:
        tree = parser().build(scan, START_RULES["single"])
    except Fault as fault:
        return fault.at_end
    assert isinstance(tree, ast.Interactive)
    return not _is_simple(tree) and source.rpartition("\n")[2] != ""


def tokens(source: str | bytes, filename: str = "<string>") -> list[Token]:
    """The tokens of a program as the parser sees them; raises SourceError where the scanner stops."""
    text = decode(source, filename)
    scan = parser().scan(text, filename)
    if scan.fault is not None:
        raise _located(scan.fault, text, filename)
    for token in scan.tokens:
        token.text = utf8(token.text) if token.type == "STRING" else token.text
    return scan.tokens


# the tables

def load_tables() -> Tables:
    """The grammar's tables, from the cache or from Lark."""
    grammar = _grammar()
    key = hashlib.sha256(f"{FORMAT} {sys.implementation.cache_tag} {grammar}".encode()).hexdigest()
    path = Path(cache_directory()) / f"grammar-{key[:32]}.tables"
    try:
        data = path.read_bytes()
        if hashlib.sha256(data[32:]).digest() == data[:32]:
            return cast(Tables, marshal.loads(data[32:]))
    except OSError:
        pass
    tables = compile_grammar(grammar)
    _write(path, marshal.dumps(tables))
    return tables


def _grammar() -> str:
    """The text of the grammar: in the package, or beside it in the source tree; also where the package is in a zip."""
    for folder in Path(__file__).parents[1:3]:
        path = folder / "grammar" / "minipy.lark"
        if path.is_file():
            return path.read_text("utf-8")
    import pkgutil

    data = pkgutil.get_data("minipy", "grammar/minipy.lark")
    assert data is not None
    return data.decode("utf-8")


def _write(path: Path, data: bytes) -> None:
    """Write a cache file, whole or not at all."""
    temporary = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(hashlib.sha256(data).digest() + data)
        temporary.replace(path)
    except OSError:
        pass


def compile_grammar(grammar: str) -> Tables:
    """Have Lark make the tables, and take them out of the form in which it saves them."""
    from lark import Lark
    from lark.grammar import Rule as LarkRule
    from lark.lexer import TerminalDef

    lark = Lark(grammar, parser="lalr", lexer="basic", start=[*START_RULES.values(), *PROBES], maybe_placeholders=True)
    data, memo = lark.memo_serialize([TerminalDef, LarkRule])
    terminals = [memo[reference["@"]] for reference in data["parser"]["lexer_conf"]["terminals"]]
    fixed = [(t["pattern"]["value"], t["name"]) for t in terminals if t["pattern"]["__type__"] == "PatternStr"]
    patterns = [(t["name"], _with_flags(**t["pattern"])) for t in terminals if t["pattern"]["__type__"] == "PatternRE"]
    table = data["parser"]["parser"]
    names: dict[int, str] = table["tokens"]
    rules: dict[int, int] = {}  # our number of the rule with that number in the memo
    states: list[dict[str, int]] = []
    for _, actions in sorted(table["states"].items()):
        row: dict[str, int] = {}
        for name, (is_reduce, argument) in actions.items():
            row[names[name]] = ~rules.setdefault(argument["@"], len(rules)) if is_reduce else argument
        states.append(row)
    for last in table["end_states"].values():
        states[last][END] = len(states)
    states.append({})
    return fixed, patterns, states, [_plain_rule(memo[number]) for number in rules], table["start_states"]


def _with_flags(value: str, flags: list[str], **_: object) -> str:
    """A regular expression with its flags in it."""
    return f"(?{''.join(sorted(flags))}:{value})" if flags else value


def _plain_rule(rule: dict[str, Any]) -> tuple[str, int, tuple[int | None, ...], str]:
    """What `lalr.Rule` wants to know of a rule as Lark saves it, with the name of the builder."""
    options, expansion = rule["options"], rule["expansion"]
    keep: list[int | None] = []
    numbers = iter(range(len(expansion)))
    for is_left_out in options["empty_indices"] or [False] * len(expansion):
        if is_left_out:
            keep.append(None)
            continue
        number = next(numbers)
        symbol = expansion[number]
        if options["keep_all_tokens"] or not symbol.get("filter_out"):
            is_list = symbol["__type__"] == "NonTerminal" and symbol["name"].startswith("_")
            keep.append(~number if is_list else number)
    origin, alias = rule["origin"]["name"], rule["alias"]
    passes = options["expand1"] and not alias and len(keep) == 1
    return origin, len(expansion), tuple(keep), "" if passes else alias or origin
