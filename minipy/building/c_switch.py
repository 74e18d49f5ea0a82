"""Puts a switch in front of a chain of tests, so that gcc makes a jump table of it.

    if x == 1 ... else if x == 2 ...        switch (x) { case 1: goto ...; case 2: goto ...; default: goto ...; }
                                            if x == 1 ... else if x == 2 ...

Invariant: a switch only jumps where the chain of tests would have arrived, and the chain stays behind it, so nothing is
decided here that mypyc had not decided.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

SHORTEST_CHAIN: Final = 6
"""Fewer tests than this stay as they are: a jump table would not be quicker."""

_TEST: Final = re.compile(r"    (cpy_r_\w+) = (cpy_r_\w+) == (-?\d+);$")
_BRANCH: Final = re.compile(r"    if \((!?)(cpy_r_\w+)\) (?:goto (\w+);|\{)$")
_NAME: Final = re.compile(r"cpy_r_\w+")
_GOTO: Final = re.compile(r"\s+goto (\w+);$")
_LABEL: Final = re.compile(r"(\w+): ;$")


def add_switches(text: str) -> tuple[str, int]:
    """Put a switch in front of every long chain of equality tests of one variable."""
    out: list[str] = []
    body: list[str] = []
    count = 0
    for line in text.split("\n"):
        if not body and not (line.startswith(("int64_t CPyDef", "char CPyDef")) and line.endswith(") {")):
            out.append(line)
            continue
        body.append(line)
        if line == "}":
            count += _switch_function(body)
            out += body
            body = []
    return "\n".join(out + body), count


class _Test:
    """`result = variable == constant;` and the branch behind it; targets are labels or line numbers."""

    def __init__(self, variable: str, constant: str, true: str | int, false: str | int) -> None:
        self.variable = variable
        self.constant = constant
        self.true = true
        self.false = false


def _switch_function(lines: list[str]) -> int:
    """Add the switches of one function's lines in place; how many."""
    uses = Counter(_NAME.findall("\n".join(lines)))
    tests = {i: test for i in range(len(lines)) if (test := _read_test(lines, i, uses)) is not None}
    labels = {match[1]: i for i, line in enumerate(lines) if (match := _LABEL.match(line))}
    inserts: dict[int, list[str]] = {}
    seen: set[int] = set()
    switches = 0
    for start in tests:
        chain = _chain(lines, tests, labels, start) if start not in seen else []
        if len(chain) >= SHORTEST_CHAIN and _is_word(lines, tests[start].variable):
            switch = _switch_lines([tests[i] for i in chain], inserts)
            inserts.setdefault(start, []).append(switch)
            switches += 1
            seen.update(chain)
    for at in sorted(inserts, reverse=True):
        lines[at:at] = sorted(inserts[at], reverse=True)  # a label ("CPyCase...") comes before an indented switch
    return switches


def _read_test(lines: list[str], i: int, uses: Counter[str]) -> _Test | None:
    """The test at line i, if there is one whose result nothing else uses (declaration, test, branch)."""
    match = _TEST.match(lines[i])
    branch = _BRANCH.match(lines[i + 1]) if match else None
    if match is None or branch is None or branch[2] != match[1] or uses[match[1]] != 3:
        return None
    taken: str | int
    other: str | int
    if branch[3]:
        taken, other = branch[3], i + 2
    else:
        first, second = _GOTO.match(lines[i + 2]), _GOTO.match(lines[i + 4])
        if first is None or second is None or lines[i + 3] != "    } else":
            return None
        taken, other = first[1], second[1]
    return _Test(match[2], match[3], other, taken) if branch[1] else _Test(match[2], match[3], taken, other)


def _chain(lines: list[str], tests: dict[int, _Test], labels: dict[str, int], start: int) -> list[int]:
    """The lines of the tests of one variable that follow each other when each of them fails."""
    chain = [start]
    while True:
        target = tests[chain[-1]].false
        at = labels.get(target, len(lines)) if isinstance(target, str) else target
        while at < len(lines) and _LABEL.match(lines[at]):
            at += 1
        if at not in tests or tests[at].variable != tests[start].variable or at in chain:
            return chain
        chain.append(at)


def _is_word(lines: list[str], variable: str) -> bool:
    """Whether the variable is a plain i64: a parameter or a local."""
    return f"    int64_t {variable};" in lines or f"int64_t {variable}" in re.split(r"[(),] ?", lines[0])


def _switch_lines(chain: list[_Test], inserts: dict[int, list[str]]) -> str:
    """The switch for a chain; labels it needs at lines that have none are added to `inserts`."""
    cases: dict[str, str] = {}
    for test in chain:
        cases.setdefault(test.constant, _label(test.true, inserts))
    arms = " ".join(f"case {constant}: goto {target};" for constant, target in cases.items())
    return f"    switch ({chain[0].variable}) {{ {arms} default: goto {_label(chain[-1].false, inserts)}; }}"


def _label(target: str | int, inserts: dict[int, list[str]]) -> str:
    """The target's label; for a line number one is added to `inserts`."""
    if isinstance(target, str):
        return target
    name = f"CPyCase{target}"
    if f"{name}: ;" not in inserts.setdefault(target, []):
        inserts[target].append(f"{name}: ;")
    return name
