"""Where a command's lines go: plain text, or coloured by rich on a terminal.

A line is a str, or a tuple of (text, style) where cells have colours of their own; as plain text both are the same
characters. On a terminal a str that is too long goes on in the next row, below where its description began. rich is
imported with the first coloured line.
"""

from __future__ import annotations

from collections.abc import Callable

MYPY = False  # true for the type checker alone: importing typing takes as long as starting the machine
if MYPY:
    from typing import Any

    from rich.console import Console

Span = tuple[str, str]
Line = str | tuple[Span, ...]

PLAIN_WIDTH = 80
MOST_HANGING = 30
HIGHLIGHTS = (
    r"(?P<address>\b0x[0-9a-f]+\b)",
    r"(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")",
    r"(?P<number>(?<![\w.])[-+]?\d[\d,]*(?:\.\d+)?%?(?![\w.]))",
    r"^(?P<head>\S.*)$",
)
STYLES = {"mp.address": "cyan", "mp.text": "green", "mp.number": "bold", "mp.head": "bold"}


def broken(line: str, width: int) -> list[str]:
    """The line in rows of so many columns, broken between words; the others begin below the first row's second part."""
    if len(line) <= width:
        return [line]
    import re
    from textwrap import wrap

    lead = len(line) - len(line.lstrip())
    gap = re.search(r"\S(?:  +)(?=\S)", line[: min(MOST_HANGING, width // 2)])
    hanging = " " * (gap.end() if gap else lead + 2)
    return wrap(line, width, subsequent_indent=hanging, break_on_hyphens=False, replace_whitespace=False)


def plain(line: Line) -> str:
    """The line's characters."""
    return line if isinstance(line, str) else "".join(text for text, _ in line)


class Screen:
    """Plain lines for `write`, `width` columns wide where a command can choose, and where it `breaks` lines."""

    def __init__(self, write: Callable[[str], None] = print, width: int = PLAIN_WIDTH, breaks: bool = False) -> None:
        self.write = write
        self.width = width
        self.breaks = breaks

    def show(self, line: Line) -> None:
        """Show a line."""
        for row in broken(plain(line), self.width) if self.breaks else [plain(line)]:
            self.write(row)


class ColourScreen(Screen):
    """A terminal that shows colours."""

    def __init__(self) -> None:
        super().__init__()
        self._console: Console | None = None

    @property
    def console(self) -> Console:
        """rich's console, made at first use."""
        if self._console is None:
            from rich.console import Console
            from rich.highlighter import RegexHighlighter
            from rich.theme import Theme

            class Highlighter(RegexHighlighter):
                """Addresses, texts, numbers, headings."""

                base_style = "mp."
                highlights = list(HIGHLIGHTS)

            self._console = Console(theme=Theme(STYLES), highlighter=Highlighter(), force_terminal=True)
        return self._console

    @property
    def width(self) -> int:
        """The terminal's columns now."""
        return self.console.width

    @width.setter
    def width(self, columns: int) -> None:
        """The terminal says how wide it is."""

    def show(self, line: Line) -> None:
        """Show a line in colours."""
        console: Any = self.console
        if isinstance(line, str):
            for row in broken(line, self.width):
                console.print(row, markup=False, soft_wrap=True)
            return
        from rich.text import Text

        console.print(Text.assemble(*line), highlight=False, soft_wrap=True)
