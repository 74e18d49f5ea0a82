"""minipy: a Python interpreter that is also a glass machine. `Interpreter` runs programs and shows their memory."""

from __future__ import annotations

from minipy.interpreter import Interpreter, LimitReached
from minipy.memory import words
from minipy.memory.options import Options
from minipy.version import __version__

COMPILED = not words.__file__.endswith(".py")
"""Whether this installation runs compiled by mypyc."""

__all__ = ["COMPILED", "Interpreter", "LimitReached", "Options", "__version__"]
