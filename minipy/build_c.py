"""Improves the C that mypyc wrote, before the C compiler sees it. Text in, text out; no part is needed for being right.

mypyc's C is correct and general; gcc lays it out badly for an interpreter. Each part below looks for one pattern that
mypyc always writes the same way, and changes nothing where it does not find it:

    part        what mypyc writes                            what it becomes
    indent      wrappers, each indented more than the last   a quarter of the file for everybody to read
    direct      a call through the machine's method table    the call of the one method it can be (build_calls.py)
    lanes       counting references to heap.words, .floats   nothing: they are borrowed (build_lanes.py)
    addresses   a second test: was the index negative?       false: an address never is, so IndexError at once
    bounds      IndexError raised at each bounds test        the end of the process: the words are corrupt, and gcc
                                                             has one way out of each access less to lay out
    cold        error exits between the lines of hot code,   error exits move out of the way; no traceback for
                a host traceback entry at each of them       `Raised`, which is control flow and no fault
    inline      a call of a small helper (INLINE)            the helper's body
    switch      if x == 1 ... else if x == 2 ...             switch (x) in front of the chain, a jump table
    imports     forty lines for each import                  a call; no names that nobody asks for (build_imports.py)
    order       functions in the order of the source         what every program runs lies together (build_order.py)
    static      in the header: functions anyone may call     functions of this file: gcc inlines what is called once

Invariants: a switch only jumps where the chain of tests would have arrived, and the chain stays behind it, so
nothing is decided here that mypyc had not decided. `addresses` and `bounds` change what a fault of minipy itself does:
compiled, an index that is negative or too large ends the process with exit code 70.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Final

from minipy.build_calls import call_directly, make_static
from minipy.build_imports import IMPORTER, shorten_imports
from minipy.build_lanes import borrow_lanes
from minipy.build_order import ATTRIBUTES, order_functions

INLINE: Final = (
    "floatobject.fast_float",
    "floatobject.float_value",
    "frame.drop_number",
    "frame.free_number",
    "frame.word_int",
    "longobject.fast_int",
    "obmalloc.alloc_small",
    "obmalloc.take_block",
    "traverse.visit_decref",
    "traverse.visit_reachable",
)
"""Helpers (module.function) whose calls gcc must replace by their bodies: small, hot and not recursive."""

IN_C: Final = "indent direct lanes addresses bounds cold inline switch imports order"
"""The parts for a C file, in their order; `static` is for the header."""

SHORTEST_CHAIN: Final = 6
"""Fewer tests than this stay as they are: a jump table would not be quicker."""

_BOUNDS: Final = re.compile(r"(cpy_r_\w+) = (\(uint64_t\)\S+ < \(uint64_t\)\S+);")
_FROM_END: Final = re.compile(
    r"^(    (cpy_r_\w+) = \S+ \+ (cpy_r_\w+);\n    cpy_r_\w+ = )\(uint64_t\)\2 < \(uint64_t\)\3;", re.M
)
_BAD_ADDRESS: Final = """\
#include <unistd.h>
__attribute__((noreturn, cold, noinline, unused)) static void minipy_bad_address(const char *function) {
    fprintf(stderr, "minipy: internal error: address out of range in %s; please report it\\n", function);
    fflush(NULL);
    _exit(70);
}
"""
_COLD: Final = """\
#include <string.h>
static PyObject *minipy_raised;
static inline int minipy_is_control_flow(void) {
    PyObject *type = PyErr_Occurred();
    if (type != minipy_raised && type != NULL && strcmp(((PyTypeObject *)type)->tp_name, "Raised") == 0)
        minipy_raised = type;
    return type == minipy_raised;
}
extern void CPy_AddTraceback(const char *, const char *, int, PyObject *) __attribute__((cold));
extern void CPy_Raise(PyObject *) __attribute__((cold));
extern void PyErr_SetNone(PyObject *) __attribute__((cold));
#define CPy_AddTraceback(file, function, line, globals) \\
    do { if (!minipy_is_control_flow()) (CPy_AddTraceback)(file, function, line, globals); } while (0)
"""
_TEST: Final = re.compile(r"    (cpy_r_\w+) = (cpy_r_\w+) == (-?\d+);$")
_BRANCH: Final = re.compile(r"    if \((!?)(cpy_r_\w+)\) (?:goto (\w+);|\{)$")
_NAME: Final = re.compile(r"cpy_r_\w+")
_GOTO: Final = re.compile(r"\s+goto (\w+);$")
_LABEL: Final = re.compile(r"(\w+): ;$")


def improve(text: str, parts: str = IN_C) -> tuple[str, list[str]]:
    """The improved C and one line a part that says what it did, or that it found nothing."""
    report = []
    for name in parts.split():
        text, count = PARTS[name](text)
        report.append(f"{name}: {count} places" if count else f"{name}: pattern not found, left as it was")
    return text, report


def check_bounds(text: str) -> tuple[str, int]:
    """An index outside ends the process, so that gcc can drop mypyc's way of raising IndexError at each place."""
    text, count = _BOUNDS.subn(r"\1 = \2; if (__builtin_expect(!\1, 0)) minipy_bad_address(__func__);", text)
    return _after_includes(text, _BAD_ADDRESS), count


def refuse_negative(text: str) -> tuple[str, int]:
    """Replace the test whether index + length is inside by 0, so that the path behind it falls away."""
    return _FROM_END.subn(r"\g<1>0;", text)


def mark_cold(text: str) -> tuple[str, int]:
    """Declare what only error exits call as cold, behind the last #include."""
    return _after_includes(text, _COLD), _COLD.count("extern ")


def _after_includes(text: str, more: str) -> str:
    """The text with `more` behind its last #include; as it was if it has none."""
    includes = list(re.finditer(r"^#include .*\n", text, re.M))
    if not includes:
        return text
    end = includes[-1].end()
    return text[:end] + more + text[end:]


def inline_helpers(text: str, names: tuple[str, ...] = INLINE) -> tuple[str, int]:
    """Put an inline attribute in front of the definitions of the named helpers."""
    functions = "|".join(name.replace(".", "___") for name in names)
    definition = rf"^(?:char|int64_t|double|PyObject \*) ?CPyDef_(?:\w+___)?(?:{functions})\(.*\) \{{$"
    return re.subn(definition, r"inline __attribute__((always_inline)) \g<0>", text, flags=re.M)


def order(text: str) -> tuple[str, int]:
    """Put together what every program runs."""
    text, count = order_functions(text)
    return _after_includes(text, ATTRIBUTES), count


def import_shortly(text: str) -> tuple[str, int]:
    """Make the imports of module bodies short."""
    text, count = shorten_imports(text)
    return _after_includes(text, IMPORTER) if "minipy_import(" in text else text, count


def strip_indentation(text: str) -> tuple[str, int]:
    """Cut blanks at the beginning of lines down to eight."""
    return re.subn(r"^ {9,}", "        ", text, flags=re.M)


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


PARTS: Final[dict[str, Callable[[str], tuple[str, int]]]] = {
    "addresses": refuse_negative,
    "bounds": check_bounds,
    "cold": mark_cold,
    "direct": call_directly,
    "inline": inline_helpers,
    "lanes": borrow_lanes,
    "static": make_static,
    "switch": add_switches,
    "imports": import_shortly,
    "order": order,
    "indent": strip_indentation,
}


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
