"""What has a place in the source. For annotations alone: nothing that runs at each start imports it."""

from __future__ import annotations

from typing import Protocol


class Located(Protocol):
    """Anything with a position, as the nodes of the syntax tree."""

    lineno: int
    col_offset: int
    end_lineno: int
    end_col_offset: int
