"""A code object of the host and one of minipy's brought into one form, to compare what they have in common.

Each instruction that can fail, or binds a name, becomes (name, argument, place in the source). Where the two
machines differ (calls, operators with opcodes of their own, super()) the names are made equal.
"""
from __future__ import annotations

import dis
from types import CodeType

from minipy.bytecode.code import Code
from minipy.bytecode.decode import Decoded, decode
from minipy.bytecode.dis import argument_text

Place = tuple[int | None, int | None, int | None, int | None]
Fact = tuple[str, str, Place]

NOT_COMPARED = frozenset(
    "CACHE PRECALL PUSH_NULL NOP EXTENDED_ARG LOAD_CONST POP_TOP COPY SWAP KW_NAMES BUILD_MAP BUILD_CONST_KEY_MAP "
    "LIST_TO_TUPLE RESUME MAKE_CELL COPY_FREE_VARS RETURN_GENERATOR PUSH_EXC_INFO POP_EXCEPT RERAISE BUILD_TUPLE "
    "LOAD_BUILD_CLASS RETURN_VALUE MAP_ADD".split()
)
SYMBOLS = {
    "BINARY_ADD": "+", "BINARY_SUBTRACT": "-", "BINARY_MULTIPLY": "*", "BINARY_FLOOR_DIVIDE": "//",
    "BINARY_REMAINDER": "%", "BINARY_TRUE_DIVIDE": "/",
}  # fmt: skip


def common_name(name: str) -> str | None:
    """The name both are compared by; None for instructions that only one has or that cannot fail."""
    if name in NOT_COMPARED or "JUMP" in name:
        return None
    if name in SYMBOLS:
        return "BINARY_OP"
    if name.startswith("CALL") and name != "CALL_FUNCTION_EX":
        return "CALL"
    return name.replace("LOAD_METHOD", "LOAD_ATTR").replace("_GLOBAL", "_NAME")


def has_argument(name: str) -> bool:
    """Is the argument of such an instruction the same text on both sides?"""
    return name in ("BINARY_OP", "COMPARE_OP") or name.endswith(("_NAME", "_ATTR", "_FAST", "_DEREF"))


def host_facts(code: CodeType) -> set[Fact]:
    """The host's code."""
    facts = set()
    for instruction in dis.get_instructions(code):
        name = common_name(instruction.opname)
        if name is not None:
            text = instruction.argrepr.removeprefix("NULL + ") if has_argument(name) else ""
            place = instruction.positions
            assert place is not None
            facts.add((name, text, (place.lineno, place.col_offset, place.end_lineno, place.end_col_offset)))
    return facts


def own_facts(code: Code) -> set[Fact]:
    """Minipy's code, not fused."""
    facts: set[Fact] = set()
    spans = dict(code.positions)
    for instruction in decode(code):
        name = common_name(instruction.opcode.name)
        if name is not None:
            span = spans[instruction.offset]
            text = own_argument(code, instruction) if has_argument(name) else ""
            facts.add((name, text, (span.lineno, span.col_offset, span.end_lineno, span.end_col_offset)))
    return facts


def own_argument(code: Code, instruction: Decoded) -> str:
    """The argument as the host writes it."""
    symbol = SYMBOLS.get(instruction.opcode.name)
    if symbol is None:
        return argument_text(code, instruction)
    return symbol + "=" * (instruction.operand > 0)


def is_artificial(fact: Fact) -> bool:
    """Is it part of the cleanup of `except E as name`, which stands for no source?"""
    return fact[0].split("_")[0] in ("STORE", "DELETE") and fact[0].split("_")[1] in ("FAST", "NAME", "DEREF")


def differences(host: CodeType, own: Code) -> list[str]:
    """What the two codes do not agree on, nested codes included."""
    names = (
        "argcount", "posonlyargcount", "kwonlyargcount", "varnames", "cellvars", "freevars", "qualname", "firstlineno",
    )  # fmt: skip
    found = [f"{own.qualname}: {name}" for name in names if getattr(host, f"co_{name}") != getattr(own, name)]
    expected, actual = host_facts(host), own_facts(own)
    supers = {place for _, text, place in actual if text == "__class__"}
    for fact in sorted(expected ^ actual, key=repr):
        if not is_artificial(fact) and fact[2] not in supers:
            side = "only the host has" if fact in expected else "only minipy has"
            found.append(f"{own.qualname}: {side} {fact}")
    inner = [constant for constant in host.co_consts if isinstance(constant, CodeType)]
    own_inner = [constant for constant in own.consts if isinstance(constant, Code)]
    if [code.co_name for code in inner] == [code.name for code in own_inner]:
        for host_code, own_code in zip(inner, own_inner, strict=True):
            found += differences(host_code, own_code)
    return found
