"""Where the user's programs keep what they can make again: the grammar's tables, compiled code of read-only folders.

The layer below all others, with minipy/errors.py; imports nothing of minipy.
"""

from __future__ import annotations

import os
import sys


def cache_directory() -> str:
    """minipy's folder among the user's caches; it need not exist."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "minipy")
