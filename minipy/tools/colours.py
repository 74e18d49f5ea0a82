"""When to colour, and a traceback in colours: both as CPython 3.13 does it.

      File "fib.mp", line 3, in half          name, number and function in magenta
        return n / 0                          the range that failed in red, its operator in bold red,
               ~~^~~                          in the line and below it
    ZeroDivisionError: division by zero       the type in bold magenta, the message in magenta

The text is that of CPython 3.11, coloured line by line; without the colours it is the same text.

CPython counterpart: Lib/_colorize.py and Lib/traceback.py of 3.13.
"""

from __future__ import annotations

import os
import re
from itertools import groupby, zip_longest
from typing import Final, TextIO

RED: Final = "\x1b[31m"
BOLD_RED: Final = "\x1b[1;31m"
MAGENTA: Final = "\x1b[35m"
BOLD_MAGENTA: Final = "\x1b[1;35m"
RESET: Final = "\x1b[0m"

ENTRY: Final = re.compile(r'  File "(?P<file>.*)", line (?P<line>\d+)(?:, in (?P<name>.*))?')
MARKS: Final = re.compile(r"    (?P<blanks> *)(?P<marks>[~^]+)")
LAST: Final = re.compile(r"(?P<type>[^\W\d][\w.]*)(?:: (?P<message>.*))?")


def wants_colour(stream: TextIO) -> bool:
    """Whether what is written to the stream shall have colours: the environment says, else it has if it is a terminal.

    PYTHON_COLORS (0 or 1) goes before NO_COLOR, that before FORCE_COLOR, that before TERM=dumb. Empty is not set.
    """
    environment = os.environ
    if environment.get("PYTHON_COLORS") in ("0", "1"):
        return environment["PYTHON_COLORS"] == "1"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return environment.get("TERM") != "dumb" and stream.isatty()


def coloured(traceback: str) -> str:
    """The text of a traceback, or of a SyntaxError, in colours."""
    lines = traceback.splitlines()
    shown: list[str] = []
    number = 0
    inside = False  # an entry was shown, the last line not yet
    while number < len(lines):
        line = lines[number]
        entry = ENTRY.fullmatch(line)
        marks = MARKS.fullmatch(lines[number + 1]) if number + 1 < len(lines) and line.startswith("    ") else None
        if entry:
            shown.append(entry_coloured(entry))
            inside = True
        elif inside and marks:
            shown += range_coloured(line, lines[number + 1])
            number += 1
        elif inside and (last := LAST.fullmatch(line)):
            shown.append(last_coloured(last))
            inside = False
        else:
            shown.append(line)
        number += 1
    return "\n".join(shown) + "\n"


def entry_coloured(entry: re.Match[str]) -> str:
    """The first line of an entry."""
    text = f'  File {MAGENTA}"{entry["file"]}"{RESET}, line {MAGENTA}{entry["line"]}{RESET}'
    return text if entry["name"] is None else f"{text}, in {MAGENTA}{entry['name']}{RESET}"


def range_coloured(line: str, marks: str) -> tuple[str, str]:
    """A source line and the marks below it."""
    pairs = list(zip_longest(line, marks, fillvalue=""))
    groups = [(mark, list(group)) for mark, group in groupby(pairs, key=lambda pair: pair[1])]
    return (
        "".join(painted(mark, "".join(letter for letter, _ in group)) for mark, group in groups),
        "".join(painted(mark, "".join(below for _, below in group)) for mark, group in groups),
    )


def painted(mark: str, text: str) -> str:
    """Text above or of the mark."""
    if mark == "^":
        return f"{BOLD_RED}{text}{RESET}"
    return f"{RED}{text}{RESET}" if mark == "~" else text


def last_coloured(last: re.Match[str]) -> str:
    """`Type: message`."""
    kind = f"{BOLD_MAGENTA}{last['type']}{RESET}"
    return kind if last["message"] is None else f"{kind}: {MAGENTA}{last['message']}{RESET}"
