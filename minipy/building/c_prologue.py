"""What improved C needs ahead of it: definitions of its own, behind mypyc's includes."""

from __future__ import annotations

import re


def after_includes(text: str, more: str) -> str:
    """The text with `more` behind its last #include; as it was if it has none."""
    includes = list(re.finditer(r"^#include .*\n", text, re.M))
    if not includes:
        return text
    end = includes[-1].end()
    return text[:end] + more + text[end:]
