"""Improves the C that mypyc wrote, before the C compiler sees it. Text in, text out; no part is needed for being right.

mypyc's C is correct and general; gcc lays it out badly for an interpreter. Each part below looks for one pattern that
mypyc always writes the same way, and changes nothing where it does not find it:

    part        what mypyc writes                            what it becomes
    indent      wrappers, each indented more than the last   a quarter of the file for everybody to read
    direct      a call through the machine's method table    the call of the one method it can be (c_calls)
    lanes       counting references to heap.words, .floats   nothing: they are borrowed (c_lanes)
    addresses   a second test: was the index negative?       false: an address never is (c_bounds)
    bounds      IndexError raised at each bounds test        the end of the process (c_bounds)
    cold        error exits between the lines of hot code    out of its way (c_hints)
    inline      a call of a small helper                     the helper's body (c_hints)
    switch      if x == 1 ... else if x == 2 ...             switch (x) in front of the chain (c_switch)
    imports     forty lines for each import                  a call; no names that nobody asks for (c_imports)
    order       functions in the order of the source         what every program runs lies together (c_order)
    static      in the header: functions anyone may call     functions of this file: gcc inlines what is called once

Invariant: no program can tell. `addresses` and `bounds` change what a fault of minipy itself does: compiled, an index
that is negative or too large ends the process with exit code 70.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from minipy.building.c_bounds import check_bounds, refuse_negative
from minipy.building.c_calls import call_directly, make_static
from minipy.building.c_hints import inline_helpers, mark_cold
from minipy.building.c_imports import shorten_imports
from minipy.building.c_lanes import borrow_lanes
from minipy.building.c_order import order_functions
from minipy.building.c_switch import add_switches


def strip_indentation(text: str) -> tuple[str, int]:
    """Cut blanks at the beginning of lines down to eight."""
    return re.subn(r"^ {9,}", "        ", text, flags=re.M)


PARTS: Final[dict[str, Callable[[str], tuple[str, int]]]] = {
    "indent": strip_indentation,
    "direct": call_directly,
    "lanes": borrow_lanes,
    "addresses": refuse_negative,
    "bounds": check_bounds,
    "cold": mark_cold,
    "inline": inline_helpers,
    "switch": add_switches,
    "imports": shorten_imports,
    "order": order_functions,
    "static": make_static,
}
"""In the order in which they are done."""
IN_HEADER: Final = ("static",)
IN_C: Final = tuple(name for name in PARTS if name not in IN_HEADER)


def improve(text: str, parts: Iterable[str] = IN_C) -> tuple[str, list[str]]:
    """The improved C and one line a part that says what it did, or that it found nothing."""
    report = []
    for name in parts:
        text, count = PARTS[name](text)
        report.append(f"{name}: {count} places" if count else f"{name}: pattern not found, left as it was")
    return text, report
