"""match: a pattern becomes tests that jump to the next case when they fail.

    match point:             LOAD point
        case [0, y]: A       COPY 1; MATCH_SEQUENCE; POP_JUMP_IF_FALSE -> fail 1
                             GET_LEN; LOAD_CONST 2; EQ; POP_JUMP_IF_FALSE -> fail 1
                             UNPACK_SEQUENCE 2; LOAD_CONST 0; EQ; POP_JUMP_IF_FALSE -> fail 1
                             STORE y; POP_TOP; A; JUMP -> end
                    fail 1   POP_TOP
                    fail 0   the next case

Names are bound only when the whole pattern has matched: until then captured values wait on the stack, below what
is still being looked at. So a test that fails has some values to pop: `fails[n]` pops n of them, then falls into
`fails[n - 1]`.

CPython counterpart: Python/compile.c (compiler_match, compiler_pattern_*).
"""
from __future__ import annotations

from collections.abc import Sequence

from minipy.bytecode import opcodes as op
from minipy.compiler.blocks import JUMP, Block
from minipy.compiler.comprehensions import Comprehensions
from minipy.compiler.constants import NOT_CONSTANT
from minipy.objects.operators import CMP_EQ, CMP_GE
from minipy.syntax import ast


class Case:
    """Where the matching of one case stands.

    `stores`: names captured so far, whose values lie below the `on_top` values still needed; `fails[n]`: where to go
    to pop n values and fail; `irrefutable`: may the pattern match everything?
    """

    __slots__ = ("stores", "on_top", "fails", "irrefutable")

    def __init__(self, irrefutable: bool) -> None:
        self.stores: list[str] = []
        self.on_top = 0
        self.fails: list[Block] = []
        self.irrefutable = irrefutable


class Patterns(Comprehensions):
    """match statements; `case` is the innermost case, or alternative of one, being matched."""

    case: Case

    def stmt_Match(self, node: ast.Match) -> None:
        """The cases one after the other; a last `case _` needs no test and no copy of the subject."""
        self.expr(node.subject)
        end = Block()
        has_default = len(node.cases) > 1 and is_wildcard(node.cases[-1].pattern)
        tried = node.cases[:-1] if has_default else node.cases
        for case in tried:
            self.match_case(case, case is tried[-1], case is node.cases[-1], end)
        if has_default:
            default = node.cases[-1]
            self.at(default.pattern)
            self.emit(op.NOP)
            if default.guard is not None:
                self.jump_if(default.guard, end, False)
            self.stmts(default.body)
            self.without_span()
        self.use_block(end)

    def match_case(self, node: ast.match_case, drops_subject: bool, last: bool, end: Block) -> None:
        """One case; the last one tried consumes the subject itself."""
        self.at(node.pattern)
        if not drops_subject:
            self.emit(op.COPY, 1)
        self.case = Case(irrefutable=node.guard is not None or last)
        self.pattern(node.pattern)
        for name in self.case.stores:
            self.store_name(name)
        fails = self.case.fails
        if node.guard is not None:
            self.jump_if(node.guard, fail_block(fails, 0), False)
        if not drops_subject:
            self.emit(op.POP_TOP)
        self.stmts(node.body)
        self.without_span()
        self.emit_jump(JUMP, end)
        self.at(node.pattern)
        self.use_fails(fails)

    # ------------------------------------------------------------ failing
    def fail(self, opcode: int) -> None:
        """Jump to where everything this case has put on the stack is popped."""
        case = self.case
        self.emit_jump(opcode, fail_block(case.fails, case.on_top + len(case.stores)))

    def use_fails(self, fails: list[Block]) -> None:
        """Place the blocks that pop, and go on behind them with the next case."""
        for block in reversed(fails[1:]):
            self.use_block(block)
            self.emit(op.POP_TOP)
        if fails:
            self.use_block(fails[0])
        else:
            self.use_block(Block())

    # ------------------------------------------------------------ patterns
    def pattern(self, node: ast.pattern) -> None:
        """Match the top of the stack, which is consumed."""
        self.at(node)
        self.visit(node, "pattern_")

    def subpattern(self, node: ast.pattern) -> None:
        """A pattern inside another: it may match everything."""
        before = self.case.irrefutable
        self.case.irrefutable = True
        self.pattern(node)
        self.case.irrefutable = before

    def capture(self, name: str | None) -> None:
        """Keep the top of the stack for a name, below all that is still needed; without a name drop it."""
        if name is None:
            self.emit(op.POP_TOP)
            return
        self.forbid_debug(name)
        case = self.case
        if name in case.stores:
            raise self.error(f"multiple assignments to name {name!r} in pattern")
        self.rotate(case.on_top + len(case.stores) + 1)
        case.stores.append(name)

    def rotate(self, count: int) -> None:
        """Put the top below the count - 1 values under it."""
        for n in range(count, 1, -1):
            self.emit(op.SWAP, n)

    def pattern_MatchValue(self, node: ast.MatchValue) -> None:
        if self.folder.fold(node.value) is NOT_CONSTANT and not isinstance(node.value, ast.Attribute):
            raise self.error("patterns may only match literals and attribute lookups")
        self.expr(node.value)
        self.emit(op.COMPARE_OP, CMP_EQ)
        self.fail(op.POP_JUMP_IF_FALSE)

    def pattern_MatchSingleton(self, node: ast.MatchSingleton) -> None:
        """None, True, False: by identity."""
        if node.value is None:
            self.fail(op.POP_JUMP_IF_NOT_NONE)
            return
        self.emit_const(node.value)
        self.emit(op.IS_OP, 0)
        self.fail(op.POP_JUMP_IF_FALSE)

    def pattern_MatchAs(self, node: ast.MatchAs) -> None:
        """`name`, `_` or `pattern as name`."""
        if node.pattern is None:
            if not self.case.irrefutable:
                what = "wildcard" if node.name is None else f"name capture {node.name!r}"
                raise self.error(f"{what} makes remaining patterns unreachable")
            self.capture(node.name)
            return
        self.case.on_top += 1
        self.emit(op.COPY, 1)
        self.pattern(node.pattern)
        self.case.on_top -= 1
        self.capture(node.name)

    def pattern_MatchStar(self, node: ast.MatchStar) -> None:
        self.capture(node.name)

    # ------------------------------------------------------------ sequences
    def pattern_MatchSequence(self, node: ast.MatchSequence) -> None:
        """`[a, *b, c]`: a sequence of the right length, then its items."""
        stars = [i for i, element in enumerate(node.patterns) if isinstance(element, ast.MatchStar)]
        if len(stars) > 1:
            raise self.error("multiple starred names in sequence pattern")
        size = len(node.patterns)
        self.case.on_top += 1
        self.emit(op.MATCH_SEQUENCE)
        self.fail(op.POP_JUMP_IF_FALSE)
        if not stars:
            self.check_length(size, CMP_EQ)
        elif size > 1:
            self.check_length(size - 1, CMP_GE)
        self.case.on_top -= 1
        if all(is_wildcard(element) for element in node.patterns):
            self.emit(op.POP_TOP)
        elif stars and is_wildcard(node.patterns[stars[0]]):
            self.match_items(node.patterns, stars[0])
        else:
            self.unpack_pattern(node.patterns, stars)
            self.match_unpacked(node.patterns)

    def check_length(self, size: int, comparison: int) -> None:
        """Fail unless the subject's length compares with `size` like that."""
        self.emit(op.GET_LEN)
        self.emit_const(size)
        self.emit(op.COMPARE_OP, comparison)
        self.fail(op.POP_JUMP_IF_FALSE)

    def unpack_pattern(self, patterns: Sequence[ast.pattern], stars: list[int]) -> None:
        """Replace the subject by its items."""
        if not stars:
            self.emit(op.UNPACK_SEQUENCE, len(patterns))
            return
        before, behind = stars[0], len(patterns) - stars[0] - 1
        if before >= 1 << 8 or behind >= 1 << 24:
            raise self.error("too many expressions in star-unpacking sequence pattern")
        self.emit(op.UNPACK_EX, before | behind << 8)

    def match_unpacked(self, patterns: Sequence[ast.pattern]) -> None:
        """Match as many values on the stack, the first on top."""
        self.case.on_top += len(patterns)
        for element in patterns:
            self.case.on_top -= 1
            self.subpattern(element)

    def match_items(self, patterns: Sequence[ast.pattern], star: int) -> None:
        """With `*_` among them only the items that matter are looked at, by index."""
        self.case.on_top += 1
        for index, element in enumerate(patterns):
            if is_wildcard(element):
                continue
            self.emit(op.COPY, 1)
            if index < star:
                self.emit_const(index)
            else:
                self.emit(op.GET_LEN)
                self.emit_const(len(patterns) - index)
                self.emit(op.BINARY_SUBTRACT)
            self.emit(op.BINARY_SUBSCR)
            self.subpattern(element)
        self.case.on_top -= 1
        self.emit(op.POP_TOP)

    # ------------------------------------------------------------ mappings and classes
    def pattern_MatchMapping(self, node: ast.MatchMapping) -> None:
        """`{key: pattern, **rest}`: a mapping that has the keys, then the values."""
        size = len(node.keys)
        self.case.on_top += 1
        self.emit(op.MATCH_MAPPING)
        self.fail(op.POP_JUMP_IF_FALSE)
        if size:
            self.check_length(size, CMP_GE)
        elif node.rest is None:
            self.case.on_top -= 1
            self.emit(op.POP_TOP)
            return
        self.mapping_keys(node)
        self.emit(op.BUILD_TUPLE, size)
        self.emit(op.MATCH_KEYS)
        self.case.on_top += 2
        self.fail_if_none()
        self.emit(op.UNPACK_SEQUENCE, size)
        self.case.on_top -= 1
        self.match_unpacked(node.patterns)
        self.case.on_top -= 2
        if node.rest is None:
            self.emit(op.POP_TOP)
            self.emit(op.POP_TOP)
        else:
            self.mapping_rest(size, node.rest)

    def mapping_keys(self, node: ast.MatchMapping) -> None:
        """Push the keys; SyntaxError for a literal given twice."""
        seen: set[object] = set()
        for key in node.keys:
            value = self.folder.fold(key)
            if value is NOT_CONSTANT and not isinstance(key, ast.Attribute):
                raise self.error("mapping pattern keys may only match literals and attribute lookups")
            if value is not NOT_CONSTANT:
                if value in seen:
                    raise self.error(f"mapping pattern checks duplicate key ({value!r})")
                seen.add(value)
            self.expr(key)

    def mapping_rest(self, size: int, name: str) -> None:
        """Bind a dict of the subject's other items; on the stack are the subject and the tuple of keys."""
        self.emit(op.BUILD_MAP, 0)
        self.emit(op.SWAP, 3)
        self.emit(op.DICT_UPDATE, 2)
        self.emit(op.UNPACK_SEQUENCE, size)
        for below in range(size, 0, -1):
            self.emit(op.COPY, 1 + below)
            self.emit(op.SWAP, 2)
            self.emit(op.DELETE_SUBSCR)
        self.capture(name)

    def fail_if_none(self) -> None:
        """Fail if the top is None, which stays on the stack and is counted in `on_top`."""
        self.emit(op.COPY, 1)
        self.fail(op.POP_JUMP_IF_NONE)

    def pattern_MatchClass(self, node: ast.MatchClass) -> None:
        """`Class(pattern, name=pattern)`: an instance, then its attributes."""
        seen: set[str] = set()
        span = self.span
        for name, element in zip(node.kwd_attrs, node.kwd_patterns, strict=True):
            self.at(element)
            self.forbid_debug(name)
            if name in seen:
                raise self.error(f"attribute name repeated in class pattern: {name}")
            seen.add(name)
        self.span = span
        patterns = node.patterns + node.kwd_patterns
        self.expr(node.cls)
        self.emit_const(tuple(node.kwd_attrs))
        self.emit(op.MATCH_CLASS, len(node.patterns))
        self.case.on_top += 1
        self.fail_if_none()
        self.emit(op.UNPACK_SEQUENCE, len(patterns))
        self.case.on_top -= 1
        self.match_unpacked(patterns)

    # ------------------------------------------------------------ alternatives
    def pattern_MatchOr(self, node: ast.MatchOr) -> None:
        """`a | b`: the first alternative that matches; all must capture the same names."""
        end = Block()
        outer = self.case
        names: list[str] = []
        for index, alternative in enumerate(node.patterns):
            self.at(alternative)
            self.case = Case(irrefutable=index == len(node.patterns) - 1 and outer.irrefutable)
            self.emit(op.COPY, 1)
            self.pattern(alternative)
            if index == 0:
                names = self.case.stores
            elif not self.reorder(self.case.stores, names):
                raise self.error("alternative patterns bind different names")
            self.emit_jump(JUMP, end)
            self.unit.depth -= len(names)
            self.use_fails(self.case.fails)
        self.case = outer
        self.emit(op.POP_TOP)
        self.fail(JUMP)
        self.use_block(end)
        self.keep_captures(names)

    def reorder(self, stores: list[str], wanted: list[str]) -> bool:
        """Bring the captured values into the order of the first alternative's; False if the names differ."""
        if sorted(stores) != sorted(wanted):
            return False
        for place in range(len(wanted) - 1, -1, -1):
            found = stores.index(wanted[place])
            if found == place:
                continue
            moved = stores[: found + 1]
            del stores[: found + 1]
            stores[place - found : place - found] = moved
            for _ in moved:
                self.rotate(place + 1)
        return True

    def keep_captures(self, names: list[str]) -> None:
        """Put what the alternatives captured below all that is still needed, and drop the subject's copy."""
        case = self.case
        count = len(names) + 1 + case.on_top + len(case.stores)
        for name in names:
            if name in case.stores:
                raise self.error(f"multiple assignments to name {name!r} in pattern")
            self.rotate(count)
            case.stores.append(name)
        self.emit(op.POP_TOP)


def fail_block(fails: list[Block], pops: int) -> Block:
    """The block that pops so many values."""
    while len(fails) <= pops:
        fails.append(Block())
    return fails[pops]


def is_wildcard(node: ast.pattern) -> bool:
    """Is it `_` or `*_`?"""
    if isinstance(node, ast.MatchAs):
        return node.pattern is None and node.name is None
    return isinstance(node, ast.MatchStar) and node.name is None
