"""What a compilation is told besides the tree."""
from __future__ import annotations

from collections.abc import Callable

from minipy.errors import Span
from minipy.syntax.depth import MAX_DEPTH

Warn = Callable[[str, Span], None]
"""Called with a SyntaxWarning's text and place."""


class Options:
    """`source` is only for the text of an error; `observed` adds LINE and STEP and leaves instructions unfused;
    with `separate_namespace` module-level names are looked up in a namespace of their own first (exec with locals);
    a tree of more than `levels` is too deep;
    `warn` hears of what is allowed but surely not meant.
    """

    def __init__(
        self, filename: str, source: str = "", observed: bool = False, separate_namespace: bool = False,
        warn: Warn | None = None, levels: int = MAX_DEPTH,
    ) -> None:  # fmt: skip
        self.filename = filename
        self.source = source
        self.observed = observed
        self.separate_namespace = separate_namespace
        self.warn = warn
        self.levels = min(levels, MAX_DEPTH)
        self.interactive = False
