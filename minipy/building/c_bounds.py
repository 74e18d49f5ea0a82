"""What an index outside the words does: mypyc raises IndexError, the machine ends.

    addresses   a negative index would count from the end: an address never is negative, so that path is never taken
    bounds      the words are corrupt if an index is outside: the process ends with exit code 70, and gcc has one way
                out of each access less to lay out
"""

from __future__ import annotations

import re
from typing import Final

from minipy.building.c_prologue import after_includes

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


def check_bounds(text: str) -> tuple[str, int]:
    """An index outside ends the process, so that gcc can drop mypyc's way of raising IndexError at each place."""
    text, count = _BOUNDS.subn(r"\1 = \2; if (__builtin_expect(!\1, 0)) minipy_bad_address(__func__);", text)
    return after_includes(text, _BAD_ADDRESS), count


def refuse_negative(text: str) -> tuple[str, int]:
    """Replace the test whether index + length is inside by 0, so that the path behind it falls away."""
    return _FROM_END.subn(r"\g<1>0;", text)
